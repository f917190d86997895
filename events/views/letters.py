"""The letter that invites: what it would say, a last look, and the order."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desabinaan.http import FORM_METHODS, PortalRequest, render_page
from desabinaan.workflow import TransitionRefused
from events import actions
from events.forms import InvitationForm
from events.invitation_letters import InvitationPrints
from events.models import Event, Invitee
from events.views.events import keeps
from villages import prints
from villages.views.steps import is_confirmed, is_read

UNDONE = "Belum dibuat"


@require_http_methods(FORM_METHODS)
@keeps
def invitation_letter(request: PortalRequest, event: Event) -> HttpResponse:
    """One letter to all who are ticked, or one to each."""
    guests = Invitee.objects.visible_to(request.access).filter(event=event).with_letter()
    offered = guests.select_related("region__parent__parent")
    listed = list(offered)
    form = InvitationForm(
        request.POST or None,
        event=event,
        invitees=offered,
        initial=InvitationForm.initial_of(event, listed),
    )
    context = {"event": event, "office": event.office, "form": form, "has_guests": bool(listed)}
    if form.is_valid() and "edit" not in request.POST:
        shown = InvitationPrints(event, list(form.cleaned_data["invitees"]), form.words())
        if not is_confirmed(request, event.office) or not is_read(request, shown, UNDONE):
            return _last_look(request, form, shown, context)
        if (answer := _ordered(request, form)) is not None:
            return answer
    return render_page(request, "events/invitation.html", context)


def _ordered(request: PortalRequest, form: InvitationForm) -> HttpResponse | None:
    """The letter's page, or the list for several; nothing where it was refused: the form says."""
    try:
        letters = actions.order_invitations(
            form.event,
            form.cleaned_data["invitees"],
            form.words(),
            by=request.user,
            number=form.given_number,
            printed=request.POST.get(prints.SHOWN, ""),
        )
    except TransitionRefused as refusal:
        form.add_error(None, refusal.message)
        return None
    if len(letters) == 1:
        messages.success(request, f"Surat undangan bernomor {letters[0].number} dibuat.")
        return redirect(letters[0])
    messages.success(request, f"{len(letters)} surat undangan dibuat; berkasnya sedang disiapkan.")
    return redirect("events:invitees", pk=form.event.pk)


def _last_look(
    request: PortalRequest,
    form: InvitationForm,
    shown: InvitationPrints,
    context: dict[str, object],
) -> HttpResponse:
    """What would be printed, before it is for good."""
    seen = {**context, "prints": shown, "facts": shown.facts, "number": form.given_number}
    return render_page(request, "events/invitation_check.html", seen)
