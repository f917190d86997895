"""A recorded table put right: the words of its SK, and a village that does not belong there."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from audit.models import Entry
from desabinaan.doubts import unsaid
from desabinaan.editing import again_if_overtaken
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    picked,
    refusal_as_message,
    render_page,
    require,
)
from villages import actions, permissions, repairs
from villages.decree_doubts import doubts_of
from villages.forms import DecreeCorrectionForm, StrikeOutForm
from villages.models import Decree, Designation, Import, ImportStatus
from villages.models.status import STRIKE
from villages.officers import Guides
from villages.progress import Progress
from villages.views.steps import on_sheet

FROM_TABLE = "tabel"


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def decree_correct(request: PortalRequest, pk: int) -> HttpResponse:
    """Put right what a table said of its decree, while nobody vouched for its villages."""
    decrees = Decree.objects.visible_to(request.access).with_page()
    found = decrees.filter(pk=pk).first()
    if found is None:
        joined = get_object_or_404(decrees, pk=repairs.joined(pk))
        messages.info(request, f"SK itu sudah bergabung dengan SK {joined}; desanya kini di sana.")
        return redirect(_page_of(_table_of(request, joined), joined))
    require(permissions.can_correct_decree(request.access, found))
    covered = Designation.objects.visible_to(request.access).filter(decree=found)
    under = Progress.of(covered)
    if why := repairs.why_not_correct(found, under):
        messages.warning(request, why)
        return redirect(found)
    told = Entry.objects.about(found).filter(verb="decree.corrected")
    form = DecreeCorrectionForm(request.POST or None, decree=found, history=told)
    table = _table_of(request, found)
    back = _page_of(table, found)
    doubts = _unsaid_doubts(request, form)
    if form.is_valid() and not doubts:
        with refusal_as_message(request):
            words, seen = form.cleaned_data, form.standing
            theirs = Import.objects.visible_to(request.access).under(found)
            mine = set(theirs.values_list("pk", flat=True))
            found = actions.correct_decree(found, words=words, seen=seen, by=request.user)
            messages.success(request, f"SK {found} disimpan untuk semua desanya.")
            return redirect(_page_of(_table_of(request, found, mine), found))
        return redirect(back)  # the decree itself may have given way meanwhile
    context = {
        "decree": found,
        "form": form,
        "under": under,
        "back": back,
        "table": table,
        "doubts": doubts,
    }
    return render_page(request, "villages/decree_correct.html", context)


@require_http_methods(FORM_METHODS)
@on_sheet(permissions.can_strike_out, STRIKE)
def strike_out(request: PortalRequest, sheet: Designation) -> HttpResponse:
    """Say why the village was recorded by mistake; it then never was designated."""
    if why := repairs.why_not_strike(sheet):
        messages.warning(request, why)
        return redirect(sheet)
    form = StrikeOutForm(request.POST or None, designation=sheet)
    if form.is_valid():
        with refusal_as_message(request):
            actions.strike_out(sheet, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, f"{sheet.village} dinyatakan salah catat.")
        return redirect(_back_from(request, sheet))
    context = {
        "sheet": sheet,
        "form": form,
        "guides": Guides.of(sheet.village, request.access),
        # The note is for the office whose table it is, not for one that the village moved to.
        "is_returned": sheet.import_status == ImportStatus.RETURNED
        and sheet.office_id in request.access.office_ids,
        "back": _back_from(request, sheet),
    }
    return render_page(request, "villages/strike_out.html", context)


def _table_of(
    request: PortalRequest, decree: Decree, first: Collection[int] = frozenset()
) -> Import | None:
    """The table that waits under the decree, one that came back first.

    One's own before any other: the address names the table that one came from, and `first` are
    those that stood under the SK. It may have joined one under which somebody else's stand.
    """
    tables = Import.objects.visible_to(request.access).under(decree).to_confirm()
    named = picked(request.GET, FROM_TABLE)

    def place(table: Import) -> tuple[bool, bool, bool]:
        return (table.pk not in named, table.pk not in first, not table.is_returned)

    waiting = sorted(tables.with_page(), key=place)
    return waiting[0] if waiting else None


def _page_of(table: Import | None, decree: Decree) -> str:
    return table.confirmation_url if table else decree.get_absolute_url()


def _unsaid_doubts(request: PortalRequest, form: DecreeCorrectionForm) -> list[str]:
    """What looks wrong about number and date, once: saved again as they are, they stand."""
    if not form.is_valid():
        return []
    typed = Decree(pk=form.decree.pk, office=form.decree.office, **form.cleaned_data)
    return unsaid(request, doubts_of(typed))


def _back_from(request: PortalRequest, sheet: Designation) -> str:
    """The table that brought the village in, where this person reads it; else its sheet."""
    if sheet.import_pk and permissions.can_import_for(request.access, sheet.office):
        return reverse("villages:import_confirm", args=[sheet.import_pk])
    return sheet.get_absolute_url()
