"""Who leads an office for a while: noted by its administrator, confirmed by its head."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.forms.people import ActingForm
from accounts.models import Membership, Role
from accounts.people import acting_beside, confirming, needs_confirmation
from accounts.permissions import can_confirm, roles_given_in
from accounts.views.offices import kept_office
from desabinaan import formats
from desabinaan.http import FORM_METHODS, PortalRequest, refusal_as_message, render_page, require


@require_http_methods(FORM_METHODS)
def acting_add(request: PortalRequest, code: str) -> HttpResponse:
    """Somebody of the office acts as its head for some days."""
    office = kept_office(request, code)
    if Role.HEAD not in roles_given_in(office):
        raise Http404
    form = ActingForm(request.POST or None, office=office, by=request.user)
    if form.is_valid() and _appointed(request, form):
        return redirect(office)
    confirmed_by = ""
    if needs_confirmation(request.user, office):
        confirmed_by = _whose_word(map(_within_term, confirming(office, request.user)))
    context = {"office": office, "form": form, "confirmed_by": confirmed_by}
    return render_page(request, "accounts/acting_add.html", context)


def _appointed(request: PortalRequest, form: ActingForm) -> bool:
    """Give the role; False when the form must be mended."""
    try:
        membership = actions.start_membership(form.membership(), by=request.user)
    except ValidationError as error:
        form.refuse(error)
        return False
    messages.success(request, given_words(membership))
    return True


def given_words(membership: Membership) -> str:
    """That somebody has the role, and from when on it counts."""
    if not membership.awaits or membership.given_by is None:
        return f"{membership.user} mendapat peran {membership.role_words}."
    roles = confirming(membership.office, membership.given_by)
    whose = _whose_word(role.user.name for role in roles if role.vouches_for(membership))
    noted = f"{membership.user} dicatat sebagai {membership.role_words}"
    return f"{noted}; berlaku setelah disahkan {whose}."


def _whose_word(names: Iterable[str]) -> str:
    """Who may confirm, the nation's administrator always among them."""
    *others, last = [*names, "administrator nasional"]
    return f"{', '.join(others)}{',' * (len(others) > 1)} atau {last}" if others else last


def _within_term(role: Membership) -> str:
    """The head, or an acting one with the last day of whom they may confirm."""
    if not role.acting_kind:
        return role.user.name
    last = formats.long_date(role.ends_on)
    return f"{role.user.name} ({role.acting_words}, untuk masa sampai {last})"


@require_http_methods(FORM_METHODS)
def membership_confirm(request: PortalRequest, code: str, pk: int) -> HttpResponse:
    """The head, or the nation's administrator, says whether this person leads the office."""
    roles = Membership.objects.visible_to(request.access).with_page().filter(role=Role.HEAD)
    found = roles.select_related("user", "office", "given_by", "confirmed_by")
    membership = get_object_or_404(found, office__code=code, pk=pk)
    require(can_confirm(request.access, membership))
    answer = ANSWERS.get(request.POST.get("answer", ""))
    if answer:
        with refusal_as_message(request):
            answer(request, membership)
        return redirect("reports:desk")
    names = [f"{it.user} ({it.role_words})" for it in acting_beside(membership)]
    context = {"membership": membership, "others": ", ".join(names)}
    return render_page(request, "accounts/membership_confirm.html", context)


def _decline(request: PortalRequest, membership: Membership) -> None:
    actions.decline_membership(membership, by=request.user)
    messages.success(request, f"Penunjukan {membership.user} dibatalkan.")


def _confirm(request: PortalRequest, membership: Membership) -> None:
    actions.confirm_membership(membership, by=request.user)
    messages.success(request, f"Penunjukan {membership.user} disahkan.")


# Neither stands for the other: what is no answer shows the page again.
ANSWERS = {"confirm": _confirm, "decline": _decline}
