"""The papers of what was held: its report, the official record, a press release."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.models import Entry
from certificates.models import Letter
from desabinaan.editing import again_if_overtaken
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    refusal_as_message,
    render_page,
    require,
)
from desabinaan.workflow import TransitionRefused
from events import actions, release
from events.actions.reporting import UNFILED, UNRECORDED
from events.forms import FileReportForm, ProceedingsForm, ReportForm
from events.forms.report import HeldLetterForm
from events.models import Event
from events.models.status import REPORT
from events.permissions import can_keep
from events.proceedings import ProceedingsPrints, proposed_points
from events.report import ReportPrints
from events.report_words import anew, called, kept_of, outdated, proposed, words_of
from events.signed_prints import SignedPrints
from events.story import Story
from events.views.events import found_event, keeps
from villages import prints
from villages.views.steps import is_confirmed, is_read

UNHELD = "Kegiatan ini belum dilaksanakan; laporannya disusun sesudah itu."
UNFINISHED = "Nyatakan dahulu kegiatan ini selesai, lalu buat laporannya."


@require_http_methods(FORM_METHODS)
@again_if_overtaken
@keeps
def report(request: PortalRequest, event: Event) -> HttpResponse:
    """The words of the report: as they were left, or as the portal proposes them from the data."""
    if not event.was_held:
        messages.info(request, UNHELD)
        return redirect(event)
    story = Story.of(event)
    words, proposal = kept_of(story), proposed(story)
    standing = ReportForm.standing_of(words)
    is_anew = words is None or "usulan" in request.GET
    form = ReportForm(
        request.POST or None,
        standing=standing,
        history=Entry.objects.about(event).filter(verb="event.report_written"),
        place=event.office,
        initial=ReportForm.initial_for(anew(story) if is_anew else words_of(story), proposal),
    )
    if form.is_valid():
        with refusal_as_message(request):
            actions.write_report(event, facts=form.cleaned_data, seen=standing, by=request.user)
            messages.success(request, "Isi laporan disimpan.")
            if "lanjut" in request.POST:
                return redirect("events:report_file", pk=event.pk)
        return redirect(event)
    old = called(outdated(story))
    context = {"event": event, "form": form, "kept": words, "anew": is_anew, "outdated": old}
    return render_page(request, "events/report.html", context)


@require_http_methods(FORM_METHODS)
@keeps
def report_file(request: PortalRequest, event: Event) -> HttpResponse:
    """Who signs the report, under what number; a last look; and the event is reported."""
    if not REPORT.is_open(event):
        messages.info(request, UNFINISHED)
        return redirect(event)
    form = FileReportForm(request.POST or None, event=event)

    def filed(printed: str) -> Letter:
        number = form.given_number
        signing = form.signing()
        return actions.file_report(event, signing, by=request.user, number=number, printed=printed)

    pages = Pages("events/report_form.html", "events/report_check.html", UNFILED)
    draft = Draft(event, form, pages, ReportPrints, filed)
    return _asked_and_ordered(request, draft)


@require_POST
def report_take_back(request: PortalRequest, pk: int) -> HttpResponse:
    """The report's number is void: the event is over, and can be mended and reported anew."""
    event = found_event(request, pk)
    require(can_keep(request.access, event))
    with refusal_as_message(request):
        actions.take_report_back(event, by=request.user)
        messages.success(request, "Laporan ditarik; kegiatan kembali selesai dan dapat diperbaiki.")
    return redirect(event)


@require_http_methods(FORM_METHODS)
def proceedings(request: PortalRequest, pk: int) -> HttpResponse:
    """The official record: what it establishes, who signs it; a last look; the order."""
    event = found_event(request, pk)
    require(can_keep(request.access, event))
    if not event.was_held:
        messages.info(request, UNHELD)
        return redirect(event)
    story = Story.of(event)
    initial = {"points": proposed_points(story), "witnesses": ProceedingsForm.witnesses_of(story)}
    form = ProceedingsForm(request.POST or None, event=event, initial=initial)

    def shown(story: Story, signing: Any) -> SignedPrints:
        return ProceedingsPrints(story, signing, **form.said())

    def ordered(printed: str) -> Letter:
        number, said = form.given_number, form.said()
        return actions.order_proceedings(
            event, form.signing(), said, by=request.user, number=number, printed=printed
        )

    pages = Pages("events/proceedings_form.html", "events/proceedings_check.html", UNRECORDED)
    draft = Draft(event, form, pages, shown, ordered)
    return _asked_and_ordered(request, draft)


@require_safe
def press_release(request: PortalRequest, pk: int) -> HttpResponse:
    """A press release to copy, written from what the event itself says."""
    event = found_event(request, pk)
    require(can_keep(request.access, event))
    if not event.was_held:
        messages.info(request, "Siaran pers disusun sesudah kegiatan dilaksanakan.")
        return redirect(event)
    context = {"event": event, "text": release.text_of(Story.of(event))}
    return render_page(request, "events/press_release.html", context)


@dataclass(frozen=True, slots=True)
class Pages:
    """The page that asks, the last look, and what is said of what was not done."""

    asking: str
    looking: str
    undone: str


@dataclass(frozen=True)
class Draft:
    """A letter that is being made: its form, what it would print, and how it is ordered."""

    event: Event
    form: HeldLetterForm
    pages: Pages
    shown: Callable[[Story, Any], SignedPrints]
    ordered: Callable[[str], Letter]  # given the stamp of what was read

    @cached_property
    def prints(self) -> SignedPrints:
        """What would be printed."""
        return self.shown(Story.of(self.event), self.form.signing())


def _asked_and_ordered(request: PortalRequest, draft: Draft) -> HttpResponse:
    """Ask, show what would be printed, and order it once that was read."""
    form, office = draft.form, draft.event.office
    context = {"event": draft.event, "office": office, "form": form}
    if form.is_valid() and "edit" not in request.POST:
        shown, undone = draft.prints, draft.pages.undone
        if not is_confirmed(request, office) or not is_read(request, shown, undone):
            context |= {"prints": shown, "facts": shown.facts, "number": form.given_number}
            return render_page(request, draft.pages.looking, context)
        try:
            letter = draft.ordered(request.POST.get(prints.SHOWN, ""))
        except TransitionRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"{letter.title} bernomor {letter.number} dibuat.")
            return redirect(letter)
    return render_page(request, draft.pages.asking, context)
