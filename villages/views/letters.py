"""The surat tugas: what it would say, a last look, and the order; for one officer or several."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import Office
from desabinaan.http import FORM_METHODS, PortalRequest, render_page, require, require_office
from desabinaan.workflow import TransitionRefused
from villages import actions, prints
from villages.assignment_letters import LetterPrints
from villages.forms.letters import AssignmentLetterForm
from villages.models import Assignment
from villages.models.officer import AssignmentQuerySet
from villages.permissions import can_write_letters, can_write_letters_of
from villages.views.officers import open_officer
from villages.views.steps import is_confirmed, is_read

AHEAD = timedelta(weeks=3)  # offices date a letter some weeks before its first day
OFFERED = 300  # assignments to choose from at once


@require_http_methods(FORM_METHODS)
def officer_letter(request: PortalRequest, pk: int) -> HttpResponse:
    """The letter of one officer: all their villages, or those that stay ticked."""
    officer = open_officer(request, pk)
    require(can_write_letters_of(request.access, officer.office))
    mine = Assignment.objects.visible_to(request.access).filter(officer=officer)
    back = officer.get_absolute_url()
    return _letter(request, officer.office, mine, back=back, sent_alone=officer.user_id)


@require_http_methods(FORM_METHODS)
def assignment_letter(request: PortalRequest) -> HttpResponse:
    """One letter for several officers of the current office."""
    office = require_office(request.access, can_write_letters)
    theirs = Assignment.objects.visible_to(request.access).filter(officer__office=office)
    return _letter(request, office, theirs, back=reverse("villages:officers"))


def _letter(
    request: PortalRequest,
    office: Office,
    assignments: AssignmentQuerySet,
    *,
    back: str,
    sent_alone: int | None = None,
) -> HttpResponse:
    offered = assignments.not_over().with_list().with_standing().with_heirs()
    offered = offered.by_officer()
    listed = list(offered[:OFFERED])
    form = AssignmentLetterForm(
        request.POST or None,
        office=office,
        assignments=offered,
        sent_alone=sent_alone,
        initial=AssignmentLetterForm.initial_of(office, listed),
    )
    context = {
        "office": office,
        "form": form,
        "back": back,
        "has_assignments": bool(listed),
    }
    if form.is_valid() and "edit" not in request.POST:
        shown = LetterPrints(office, list(form.cleaned_data["assignments"]), form.words())
        if not is_confirmed(request, office) or not is_read(request, shown, "Belum dibuat"):
            return _last_look(request, form, shown, context)
        if (answer := _ordered(request, form)) is not None:
            return answer
    return render_page(request, "villages/assignment_letter.html", context)


def _ordered(request: PortalRequest, form: AssignmentLetterForm) -> HttpResponse | None:
    """The letter's page; nothing where it was refused, which the form then says."""
    try:
        letter = actions.order_assignment_letter(
            form.office,
            form.cleaned_data["assignments"],
            form.words(),
            by=request.user,
            number=form.given_number,
            printed=request.POST.get(prints.SHOWN, ""),
        )
    except TransitionRefused as refusal:
        form.add_error(None, refusal.message)
        return None
    messages.success(request, f"Surat tugas bernomor {letter.number} dibuat.")
    return redirect(letter)


def _last_look(
    request: PortalRequest,
    form: AssignmentLetterForm,
    shown: LetterPrints,
    context: dict[str, object],
) -> HttpResponse:
    """What would be printed, before it is for good."""
    words = shown.words
    seen = {
        **context,
        "prints": shown,
        "facts": shown.paper.facts,
        "number": form.given_number,
        "is_ahead": words.starts_on - words.dated > AHEAD,
    }
    return render_page(request, "villages/assignment_letter_check.html", seen)
