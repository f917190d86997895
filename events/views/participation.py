"""Certificates of attendance for those who keep an event: rule, last look, order, list, files."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from audit.models import Entry
from desabinaan import formats
from desabinaan.editing import again_if_overtaken
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    refusal_as_message,
    render_page,
    require,
)
from desabinaan.workflow import TransitionRefused
from events import actions
from events.candidates import Candidates
from events.certificate_list import CertificateList, unnumbered, with_rule
from events.forms import CertificateRuleForm, RevokeParticipationForm
from events.models import Event, Participation
from events.participation_prints import ParticipationPrints
from events.permissions import can_keep, can_read_attendance
from events.views.events import found_event
from events.views.excluding import told_if_not_over
from villages import prints
from villages.views.steps import is_confirmed, is_read

PAGE_SIZE = 50
UNDONE = "Belum dipesan"
# Besides those who get one.
SHOWN = {"mirip": "alike", "tidak": "left_out", "punya": "having"}


@require_safe
def certificates_of_event(request: PortalRequest, pk: int) -> HttpResponse:
    """How far they are, and each of them; asks again while one is being drawn."""
    event = found_event(request, pk, loaded=with_rule)
    require(can_read_attendance(request.access, event))
    found = CertificateList(request.access, event, request.GET)
    if request.htmx and request.GET.get("tampak") == found.progress:
        return HttpResponse(status=204)  # nothing new: the page stays, and nobody hears it twice
    context = {"event": event, "list": found}
    return render_page(request, "events/certificates.html", context, part="progress")


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def certificate_rule(request: PortalRequest, pk: int) -> HttpResponse:
    """Who gets one, which day it bears, and who signs."""
    event = _over(request, pk)
    if isinstance(event, HttpResponse):
        return event
    rule = getattr(event, "certificate_rule", None)
    form = CertificateRuleForm(
        request.POST or None,
        event=event,
        standing=CertificateRuleForm.standing_of(rule),
        history=Entry.objects.about(event).filter(verb="event.certificate_rule_written"),
    )
    if form.is_valid():
        seen = CertificateRuleForm.seen_of(rule)
        with refusal_as_message(request):
            actions.write_certificate_rule(event, facts=form.facts(), seen=seen, by=request.user)
        return redirect("events:certificates_check", pk=event.pk)
    context = {"event": event, "rule": rule, "form": form}
    return render_page(request, "events/certificate_rule.html", context)


@require_http_methods(FORM_METHODS)
def certificates_check(request: PortalRequest, pk: int) -> HttpResponse:
    """Who gets one, who does not and why, and what it says; ordered once it was read."""
    event = _over(request, pk)
    if isinstance(event, HttpResponse):
        return event
    candidates = Candidates.of(event)
    if candidates.rule is None:
        return redirect("events:certificate_rule", pk=event.pk)
    candidates.rule.event = event
    shown = ParticipationPrints(event, candidates.rule, candidates.wanted)
    if request.method == "POST" and _ordered(request, event, candidates, shown):
        return redirect("events:certificates", pk=event.pk)
    which = request.GET.get("tampil", "")
    rows = getattr(candidates, SHOWN.get(which, "wanted"))
    context = {
        "event": event,
        "office": event.office,
        "candidates": candidates,
        "unnumbered": unnumbered(event),
        "prints": shown,
        "facts": shown.facts,
        "which": which if which in SHOWN else "",
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman")),
    }
    return render_page(request, "events/certificates_check.html", context, part="rows")


@require_http_methods(FORM_METHODS)
def certificate_revoke(request: PortalRequest, pk: int) -> HttpResponse:
    """Take one out of force, with the reason; the next order makes a new one where that is said."""
    rows = Participation.objects.visible_to(request.access).with_held()
    its = get_object_or_404(rows.select_related("event__kind"), pk=pk)
    require(can_keep(request.access, its.event))
    back = redirect("events:certificates", pk=its.event_id)
    if its.certificate.is_revoked:
        messages.info(request, f"{its} sudah dicabut.")
        return back
    form = RevokeParticipationForm(request.POST or None, event=its.event)
    if form.is_valid():
        with refusal_as_message(request):
            actions.revoke_participation(its, **form.cleaned_data, by=request.user)
            messages.success(request, f"{its} dicabut.")
        return back
    context = {"event": its.event, "its": its, "form": form}
    return render_page(request, "events/certificate_revoke.html", context)


def _over(request: PortalRequest, pk: int) -> Event | HttpResponse:
    """The event, for whoever keeps it; how it stands where it was not held to its end."""
    event = found_event(request, pk, loaded=with_rule)
    require(can_keep(request.access, event))
    return told_if_not_over(request, event) or event


def _ordered(
    request: PortalRequest, event: Event, candidates: Candidates, shown: ParticipationPrints
) -> bool:
    """Whether they were ordered, now or by the same press before; else the page says why not."""
    if candidates.wanted and not (
        is_confirmed(request, event.office) and is_read(request, shown, UNDONE)
    ):
        return False
    try:
        ordered = actions.order_certificates(
            event, by=request.user, printed=request.POST.get(prints.SHOWN, "")
        )
    except TransitionRefused as refusal:
        messages.warning(request, refusal.message)
        return False
    told = f"{formats.number(len(ordered))} sertifikat dipesan; berkasnya sedang disiapkan."
    messages.success(request, told if ordered else "Tidak ada yang belum dipesan.")
    return True
