"""People of an office: added with a role, put right, given a new password, relieved of a role."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts import actions, second_factor
from accounts.access import Access, guides_of, is_village_account
from accounts.forms.invitation import InviteForm
from accounts.forms.particulars import PersonForm
from accounts.forms.people import EndRoleForm, MemberForm
from accounts.models import Membership, Office, User
from accounts.models.membership import MembershipQuerySet, roles_of
from accounts.particulars import settle_person
from accounts.people import shares_a_word
from accounts.permissions import (
    can_add_known,
    can_end,
    can_issue_password,
    can_reset_second_factor,
    can_settle_email,
    can_settle_number,
    can_settle_person,
)
from accounts.views.appointments import given_words
from accounts.views.offices import kept_office
from audit.models import Entry
from desabinaan.editing import again_if_overtaken
from desabinaan.http import FORM_METHODS, PortalRequest, refusal_as_message, render_page, require
from desabinaan.workflow import Answer

SETTLED = ("user.name_settled", "user.employment_settled", "user.email_settled")


@require_http_methods(FORM_METHODS)
def member_add(request: PortalRequest, code: str) -> HttpResponse:
    """Somebody new, or somebody known in a further role; the password shows once, on the answer."""
    office = kept_office(request, code)
    asked = {"role": request.GET.get("peran"), "acting_kind": request.GET.get("status")}
    initial = {name: value for name, value in asked.items() if value}
    form = MemberForm(request.POST or None, office=office, initial=initial)
    if form.is_valid():
        known = form.known_user()
        answer = _admit_known(request, form, known) if known else _admit_new(request, form)
        if answer:
            return answer
    return render_page(request, "accounts/member_add.html", {"office": office, "form": form})


def _admit_new(request: PortalRequest, form: MemberForm) -> HttpResponse | None:
    """Open the account; nothing when the form must be mended."""
    membership = form.membership()
    try:
        password = actions.admit(form.person(), membership, by=request.user)
    except ValidationError as error:
        form.refuse(error)
        return None
    if membership.awaits:
        messages.info(request, given_words(membership))
    return _password_page(request, form.office, membership.user, password)


def _admit_known(request: PortalRequest, form: MemberForm, known: User) -> HttpResponse | None:
    """Give the role to an existing account, after a page that says so without naming anybody."""
    if sentence := _why_not(request.user, known):
        form.add_error("sign_in_name", sentence)
        return None
    prefetch_related_objects([known], roles_of())
    if not can_add_known(request.access, known, form.office):
        return _invitation_page(request, form)
    if "confirmed" not in request.POST:
        context = {
            "office": form.office,
            "form": form,
            "name_differs": not shares_a_word(known.name, form.cleaned_data["name"]),
        }
        return render_page(request, "accounts/member_known.html", context)
    membership = form.membership()
    membership.user = known
    try:
        actions.start_membership(membership, by=request.user)
    except ValidationError as error:
        form.refuse(error)
        return None
    messages.success(request, given_words(membership))
    return redirect(form.office)


def _invitation_page(request: PortalRequest, form: MemberForm) -> HttpResponse:
    """The invitation instead, filled in as far as was typed; it says nothing of the account."""
    invited = InviteForm(office=form.office, by=request.user, initial=form.as_invited())
    context = {"office": form.office, "form": invited, "elsewhere": form["sign_in_name"].value()}
    return render_page(request, "accounts/invite.html", context)


def _why_not(by: User, known: User) -> str:
    if known == by:
        return "Peran Anda sendiri diberikan oleh administrator lain."
    if is_village_account(known):
        return actions.VILLAGE_ACCOUNT
    if not known.is_active:
        return "Akun ini dinonaktifkan. Hubungi administrator nasional."
    return ""


@require_http_methods(FORM_METHODS)
def membership_end(request: PortalRequest, code: str, pk: int) -> HttpResponse:
    """Let a role end, or strike out one noted by mistake today."""
    office = kept_office(request, code)
    roles = Membership.objects.visible_to(request.access).with_page().filter(office=office)
    membership = get_object_or_404(roles, pk=pk)
    require(can_end(request.access, membership))
    form = EndRoleForm(request.POST or None, membership=membership)
    if form.is_valid() or (form.is_bound and form.is_mistake):
        with refusal_as_message(request):
            _end(request, form)
        return redirect(office)
    context = {"office": office, "membership": membership, "form": form}
    return render_page(request, "accounts/membership_end.html", context)


def _end(request: PortalRequest, form: EndRoleForm) -> None:
    membership, reason = form.membership, form.cleaned_data.get("reason", "")
    if form.is_mistake:
        actions.cancel_membership(membership, by=request.user, reason=reason)
        messages.success(request, f"Peran {membership.user} dibatalkan.")
        return
    ends_on = form.cleaned_data["ends_on"]
    actions.end_membership(membership, ends_on=ends_on, by=request.user, reason=reason)
    messages.success(request, f"Peran {membership.user} diakhiri.")


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def member_edit(request: PortalRequest, code: str, user_pk: int) -> HttpResponse:
    """Put right what was noted of a person of the office, or of one who guides for it."""
    office = kept_office(request, code)
    person = _one_of(request, office, user_pk)
    require(can_settle_person(request.access, person, office))
    may = _may_settle(request.access, person, office)
    form = PersonForm(
        request.POST or None,
        person=person,
        office=office,
        withheld=[name for name, answer in may.items() if not answer],
        history=Entry.objects.about(person).filter(verb__in=SETTLED),
    )
    if form.is_valid():
        try:
            settled = settle_person(
                person,
                form.changes(),
                office=office,
                seen=form.standing,
                withheld=partial(_withheld, request.access, office),
                by=request.user,
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            _say_settled(request, settled, form.unheard())
            return redirect(office)
    context = {"office": office, "person": person, "form": form, "may": may}
    return render_page(request, "accounts/member_edit.html", context)


def _may_settle(access: Access, person: User, office: Office) -> dict[str, Answer]:
    """Whether number and address are theirs to settle, by the names of the form."""
    within_reach = can_issue_password(access, person, office)  # asks history: once
    return {
        "nip": can_settle_number(access, person, within_reach),
        "email": can_settle_email(access, person, within_reach),
    }


def _withheld(access: Access, office: Office, held: User) -> list[str]:
    """What is not theirs to settle once the person is held, by the names of the person's fields."""
    prefetch_related_objects([held], roles_of())
    if not can_settle_person(access, held, office):
        return ["name"]
    may = _may_settle(access, held, office)
    return [{"nip": "username"}.get(name, name) for name, answer in may.items() if not answer]


def _say_settled(request: PortalRequest, settled: User, unheard: list[str]) -> None:
    if not unheard:
        messages.success(request, f"Data {settled} disimpan.")
        return
    messages.warning(
        request,
        f"{' dan '.join(unheard)} yang Anda isi tidak disimpan, karena kini hanya diubah oleh "
        f"administrator nasional. Data {settled} yang lain tersimpan.",
    )


@require_http_methods(FORM_METHODS)
def member_password(request: PortalRequest, code: str, user_pk: int) -> HttpResponse:
    """A one-time password for somebody who forgot theirs; shown once, on the answer."""
    office = kept_office(request, code)
    person = _colleague(request, office, user_pk)
    require(can_issue_password(request.access, person, office))
    if request.method == "POST":
        password = actions.issue_member_password(person, office, by=request.user)
        return _password_page(request, office, person, password)
    context = {"office": office, "person": person}
    return render_page(request, "accounts/member_password.html", context)


@require_http_methods(FORM_METHODS)
def member_second_factor(request: PortalRequest, code: str, user_pk: int) -> HttpResponse:
    """Take a lost second factor off, so that the person can set up a new one."""
    office = kept_office(request, code)
    person = _colleague(request, office, user_pk)
    require(can_reset_second_factor(request.access, person, office))
    if request.method == "POST":
        second_factor.reset(person, office, by=request.user)
        messages.success(request, f"Faktor kedua {person} dilepas; perangkatnya dikeluarkan.")
        return redirect(office)
    context = {"office": office, "person": person, "is_set_up": second_factor.is_set_up(person)}
    return render_page(request, "accounts/member_second_factor.html", context)


def _colleague(request: PortalRequest, office: Office, user_pk: int) -> User:
    """Somebody with a role in the office, now or soon."""
    roles = _roles_in(request, office).values("user")
    return get_object_or_404(
        User.objects.prefetch_related(roles_of()).filter(pk__in=roles), pk=user_pk
    )


def _one_of(request: PortalRequest, office: Office, user_pk: int) -> User:
    """Somebody with a role in the office, or who guides for it, now or soon."""
    theirs = Q(pk__in=_roles_in(request, office).values("user"))
    theirs |= Q(pk__in=guides_of(office).values("user"))
    return get_object_or_404(User.objects.prefetch_related(roles_of()).filter(theirs), pk=user_pk)


def _roles_in(request: PortalRequest, office: Office) -> MembershipQuerySet:
    roles = Membership.objects.visible_to(request.access).not_over(office.today())
    return roles.filter(office=office).order_by()


def _password_page(
    request: PortalRequest, office: Office, person: User, password: str
) -> HttpResponse:
    """The answer that shows the password, and nowhere else: not stored, not in an address."""
    context = {"office": office, "person": person, "password": password}
    return render_page(request, "accounts/password_issued.html", context)
