"""PIMPASA: the office's list, the record, the appointment, its end, the way in."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

import accounts.actions
from accounts import nip
from accounts.actions import Person
from accounts.models import Membership, Office, User
from accounts.models.membership import roles_of
from accounts.permissions import can_settle_person
from audit.models import Entry
from desabinaan.editing import again_if_overtaken
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    refusal_as_message,
    render_page,
    require,
    require_office,
)
from villages import actions
from villages.forms.officers import EndOfficerForm, KnownOfficerForm, OfficerForm
from villages.models import Assignment, Officer
from villages.models.officer import OfficerQuerySet
from villages.officers import (
    NowAndBefore,
    behind,
    candidates_of,
    visits_of,
    why_not,
    why_not_settled,
    with_visits,
)
from villages.permissions import (
    can_appoint,
    can_keep_officers,
    can_open_sign_in,
    can_write_letters,
    can_write_letters_of,
)

PAGE_SIZE = 25


@require_safe
def officers(request: PortalRequest) -> HttpResponse:
    """The officers of the office that the person works in, with their load."""
    mine = Officer.objects.visible_to(request.access).in_current_office(request.access)
    text, standing = request.GET.get("q", "").strip(), request.GET.get("keadaan", "")
    office = request.GET.get("kantor", "")
    found = mine.matching(text).of_office(office).with_list().standing_at(standing)
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "text": text,
        "standing": standing,
        "office_code": office,
        "may_appoint": can_appoint(request.access),
        "may_write": can_write_letters(request.access),
    }
    return render_page(request, "villages/officers.html", context, part="rows")


@require_safe
def officer(request: PortalRequest, pk: int) -> HttpResponse:
    """The record: the person, the decree, the villages now and before, what happened."""
    found = open_officer(request, pk, with_roles=True, loaded=with_visits)
    assignments = Assignment.objects.visible_to(request.access).filter(officer=found)
    context = {
        "officer": found,
        "assignments": NowAndBefore.of(assignments.with_list().with_standing().with_heirs()),
        "visits": visits_of(found),
        "may_keep": can_keep_officers(request.access, found.office),
        "may_write": can_write_letters_of(request.access, found.office),
        "may_open": can_open_sign_in(request.access, found),
        "may_settle": can_settle_person(request.access, found.user, found.office),
        "entries": Entry.objects.about(found),
    }
    return render_page(request, "villages/officer.html", context)


@require_http_methods(FORM_METHODS)
def officer_add(request: PortalRequest) -> HttpResponse:
    """A colleague, or somebody new, becomes a PIMPASA of the current office."""
    office = require_office(request.access, can_appoint)
    person = _colleague(request, office)
    form = _appointing(request, office, person)
    if form.is_valid() and (appointed := _appoint(request, form)):
        messages.success(request, f"{appointed} dicatat sebagai PIMPASA.")
        return redirect(appointed)
    context = {
        "office": office,
        "person": person,
        "form": form,
        "candidates": [] if person or form.is_bound else candidates_of(office),
    }
    return render_page(request, "villages/officer_add.html", context)


def _appointing(request: PortalRequest, office: Office, person: User | None) -> OfficerForm:
    """The form; it shows what is noted of the person, also where only their number was typed."""
    known = None if person else _behind_what_was_typed(request, office)
    kind = KnownOfficerForm if known else OfficerForm
    return kind(
        request.POST or None,
        office=office,
        person=person,
        initial=OfficerForm.initial_of(office, person, None),
        standing=OfficerForm.noted_of(person or known),
    )


def _behind_what_was_typed(request: PortalRequest, office: Office) -> User | None:
    """Who has this number already, and may become an officer here."""
    number = nip.tidy(request.POST.get("nip", ""))
    known = behind(number) if nip.is_shaped(number) else None
    return None if known and why_not(known, request.POST.get("name", ""), office) else known


def _colleague(request: PortalRequest, office: Office) -> User | None:
    """The member of the office whom the address names."""
    chosen = request.GET.get("orang", "")
    if not chosen.isdecimal() or len(chosen) > 9:
        return None
    serving = Membership.objects.visible_to(request.access).on(office.today()).with_page()
    role = serving.filter(office=office, user=int(chosen)).first()
    return role.user if role else None


def _appoint(request: PortalRequest, form: OfficerForm) -> Officer | None:
    """Appoint; nothing when the form must be mended."""
    person = form.person_facts()
    known = form.person or behind(person.username)
    if known and (refused := _why_not(request, form, known, person)):
        form.add_error(None, refused)
        return None
    try:
        return actions.appoint(
            person, form.appointment(), office=form.office, by=request.user, known=known
        )
    except ValidationError as error:
        form.refuse(error)
        return None


def _why_not(
    request: PortalRequest, form: OfficerForm, known: User, person: Person
) -> dict[str, str]:
    """Why a known person is not appointed so, by field."""
    if refused := why_not(known, person.name, form.office):
        return {"nip": refused}
    return why_not_settled(request.access, known, person, form.office)


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def officer_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Mend number, rank, decree and term."""
    found = open_officer(request, pk, with_roles=True)
    require(can_keep_officers(request.access, found.office))
    form = OfficerForm(
        request.POST or None,
        office=found.office,
        person=found.user,
        standing=OfficerForm.initial_of(found.office, found.user, found),
        history=Entry.objects.about(found).filter(verb="officer.changed"),
        place=found.office,
    )
    person = form.person_facts() if form.is_valid() else None
    if person and (refused := why_not_settled(request.access, found.user, person, found.office)):
        form.add_error(None, refused)
    elif person:
        try:
            appointment = form.appointment()
            actions.change_officer(found, person, appointment, seen=form.standing, by=request.user)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"Data {found} disimpan.")
            return redirect(found)
    may_settle = not found.is_over() and can_settle_person(request.access, found.user, found.office)
    context = {"officer": found, "form": form, "may_settle": may_settle}
    return render_page(request, "villages/officer_edit.html", context)


@require_http_methods(FORM_METHODS)
def officer_end(request: PortalRequest, pk: int) -> HttpResponse:
    """Let the term end; villages that are still held are handed over first."""
    found = open_officer(request, pk)
    require(can_keep_officers(request.access, found.office))
    form = EndOfficerForm(request.POST or None, officer=found)
    if form.is_valid():
        with refusal_as_message(request):
            data = form.cleaned_data
            actions.end_officer(
                found, ends_on=data["ends_on"], reason=data["reason"], by=request.user
            )
            messages.success(request, f"Masa tugas {found} diakhiri.")
        return redirect(found)
    held = Assignment.objects.visible_to(request.access).filter(officer=found).not_over().count()
    context = {"officer": found, "form": form, "held": held}
    return render_page(request, "villages/officer_end.html", context)


@require_http_methods(FORM_METHODS)
def officer_sign_in(request: PortalRequest, pk: int) -> HttpResponse:
    """A one-time password for a PIMPASA; shown once, on the answer."""
    found = open_officer(request, pk, with_roles=True)
    require(can_open_sign_in(request.access, found))
    if request.method == "POST":
        password = accounts.actions.issue_member_password(found.user, found.office, by=request.user)
        context = {"officer": found, "password": password}
        return render_page(request, "villages/officer_issued.html", context)
    return render_page(request, "villages/officer_sign_in.html", {"officer": found})


def open_officer(
    request: PortalRequest,
    pk: int,
    *,
    with_roles: bool = False,
    loaded: Callable[[OfficerQuerySet], OfficerQuerySet] = lambda officers: officers,
) -> Officer:
    """The officer with person and office; 404 where one may not know of them."""
    officers = loaded(Officer.objects.visible_to(request.access).with_page())
    roles = [roles_of("user__")] if with_roles else []
    return get_object_or_404(officers.prefetch_related(*roles), pk=pk)
