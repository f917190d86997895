"""Assignments: officers to villages, from either side; their end; the hand-over."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from desabinaan import formats
from desabinaan.doubts import unsaid
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    picked,
    refusal_as_message,
    render_page,
    require,
)
from desabinaan.workflow import TransitionRefused
from villages import actions
from villages.forms.handover import HandOverForm
from villages.forms.officers import AssignmentForm, EndAssignmentForm
from villages.models import Assignment, Officer, Village
from villages.officers import candidates_for, holdings_of, once_guided_by, ticked
from villages.passing import other_leads, passings_of
from villages.permissions import (
    can_end_assignment,
    can_keep_officers,
    can_strike_out_assignment,
)
from villages.views.officers import open_officer

FOUND = 60  # villages to choose from at once; the search narrows them down


@require_http_methods(FORM_METHODS)
def officer_assign(request: PortalRequest, pk: int) -> HttpResponse:
    """Several villages for one officer, searched in the list of the office."""
    officer = open_officer(request, pk)
    require(can_keep_officers(request.access, officer.office))
    text = request.GET.get("q", "").strip()
    open_ones = Village.objects.visible_to(request.access).filter(office=officer.office)
    form = AssignmentForm(request.POST or None, office=officer.office)
    chosen = picked(request.POST, "pilih")
    if form.is_bound and not chosen:
        form.add_error(None, "Pilih sedikitnya satu desa.")
    doubts: list[str] = []
    if form.is_valid():
        villages = list(open_ones.filter(pk__in=chosen).select_related("region"))
        known = once_guided_by(officer.office)
        if _all_there(form, chosen, villages, known):
            doubts = unsaid(request, other_leads([officer], villages, form.terms()))
            if not doubts and _assigned(request, form, [officer], villages):
                return redirect(officer)
    found = open_ones.free_of(officer).matching(text).with_choice()
    context = {
        "officer": officer,
        "form": form,
        "doubts": doubts,
        "text": text,
        "villages": ticked(found[:FOUND], chosen),
        "is_cut": found.count() > FOUND,
    }
    return render_page(request, "villages/assignment_add.html", context)


@require_http_methods(FORM_METHODS)
def village_officers(request: PortalRequest, pk: int) -> HttpResponse:
    """One or more officers for one village."""
    villages = Village.objects.visible_to(request.access).with_page().with_standing()
    village = get_object_or_404(villages, pk=pk)
    require(can_keep_officers(request.access, village.office))
    open_ones = candidates_for(village)
    form = AssignmentForm(request.POST or None, office=village.office)
    chosen = picked(request.POST, "pilih")
    if form.is_bound and not chosen:
        form.add_error(None, "Pilih sedikitnya satu PIMPASA.")
    doubts: list[str] = []
    if form.is_valid():
        officers = list(open_ones.filter(pk__in=chosen))
        known = Officer.objects.visible_to(request.access).with_page()
        if _all_there(form, chosen, officers, known):
            doubts = unsaid(request, other_leads(officers, [village], form.terms()))
            if not doubts and _assigned(request, form, officers, [village]):
                return redirect(village)
    context = {
        "village": village,
        "form": form,
        "doubts": doubts,
        "officers": ticked(open_ones.free_for(village).with_list(), chosen),
    }
    return render_page(request, "villages/assignment_village.html", context)


def _all_there(
    form: AssignmentForm,
    chosen: frozenset[int],
    found: Sequence[Village | Officer],
    known: QuerySet[Village] | QuerySet[Officer],
) -> bool:
    """Whether all that was ticked may still be assigned; else the form says what may not.

    By name, as far as the office knows or knew it.
    """
    missing = chosen - {it.pk for it in found}
    if not missing:
        return True
    names = sorted(str(it) for it in known.filter(pk__in=missing))
    if unnamed := len(missing) - len(names):
        names.append(f"{formats.number(unnamed)} pilihan lain" if names else f"{unnamed} pilihan")
    form.add_error(
        None,
        f"Belum ada yang ditugaskan. {', '.join(names)} tidak dapat dipilih lagi; "
        "yang lain tetap tercentang.",
    )
    return False


def _assigned(
    request: PortalRequest, form: AssignmentForm, officers: list[Officer], villages: list[Village]
) -> bool:
    """Whether the assignments stand; a refusal shows on the form, so that nothing typed is lost."""
    try:
        made = actions.assign(officers, villages, form.terms(), by=request.user)
    except TransitionRefused as refusal:
        form.add_error(None, refusal.message)
        return False
    messages.success(request, f"{formats.number(len(made))} penugasan dicatat.")
    return True


@require_http_methods(FORM_METHODS)
def assignment_end(request: PortalRequest, pk: int) -> HttpResponse:
    """Let an assignment end, or strike out one noted by mistake."""
    assignments = Assignment.objects.visible_to(request.access).with_desk()
    assignment = get_object_or_404(assignments, pk=pk)
    require(can_end_assignment(request.access, assignment))
    reads_officer = assignment.officer.office_id in request.access.office_ids
    back = assignment.officer if reads_officer else assignment.village
    may_strike = can_strike_out_assignment(request.access, assignment)
    form = EndAssignmentForm(
        request.POST or None,
        assignment=assignment,
        is_own=bool(can_keep_officers(request.access, assignment.officer.office)),
        may_strike=bool(may_strike),
    )
    if form.is_valid() or (form.is_bound and form.is_mistake):
        with refusal_as_message(request):
            _end(request, form)
        return redirect(back)
    context = {
        "assignment": assignment,
        "officer": assignment.officer,
        "reads_officer": reads_officer,
        "back": back,
        "may_strike": may_strike,
        "form": form,
    }
    return render_page(request, "villages/assignment_end.html", context)


def _next(form: HandOverForm) -> str:
    """What the successors still lack: the letter that sends them."""
    heirs = {it.user.name for it in form.plan().successors.values() if it}
    if not heirs:
        return ""
    return f" Surat tugas bagi {' dan '.join(sorted(heirs))} dapat dibuat dari halaman PIMPASA."


def _end(request: PortalRequest, form: EndAssignmentForm) -> None:
    assignment, reason = form.assignment, form.cleaned_data.get("reason", "")
    where = f"{assignment.officer} di {assignment.village}"
    if form.is_mistake:
        actions.cancel_assignment(assignment, by=request.user, reason=reason)
        messages.success(request, f"Penugasan {where} dibatalkan.")
        return
    ends_on = form.cleaned_data["ends_on"]
    actions.end_assignment(
        assignment, ends_on=ends_on, by=request.user, reason=reason, not_before=form.not_before
    )
    messages.success(request, f"Penugasan {where} diakhiri.")


@require_http_methods(FORM_METHODS)
def handover(request: PortalRequest, pk: int) -> HttpResponse:
    """All that an officer holds, and who takes it on: in one step."""
    officer = open_officer(request, pk)
    require(can_keep_officers(request.access, officer.office))
    holdings = holdings_of(officer, request.access)
    form = HandOverForm(request.POST or None, officer=officer, holdings=holdings)
    context = {"officer": officer, "holdings": holdings, "form": form}
    if form.is_valid() and "edit" not in request.POST:
        if "checked" not in request.POST:
            passings = passings_of(holdings.assignments, form.plan())
            seen = {
                **context,
                "plan": form.plan(),
                "passings": passings,
                "sheets": form.passed_sheets,
            }
            return render_page(request, "villages/handover_check.html", seen)
        try:
            actions.hand_over(officer, form.plan(), by=request.user)
        except TransitionRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Tugas {officer} diserahterimakan.{_next(form)}")
            return redirect(officer)
    return render_page(request, "villages/handover.html", context)
