"""Which guest somebody on the list is: said with one press, and taken back with another."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from desabinaan.http import PortalRequest, picked, refusal_as_message
from events import actions
from events.models import Attendee, Invitee
from events.views.events import kept_row


@require_POST
def attendee_identify(request: PortalRequest, pk: int) -> HttpResponse:
    """They are the guest who is named."""
    person, guest = _both(request, pk)
    if guest is None:
        return _to_the_list(person)
    with refusal_as_message(request):
        actions.identify(person, guest, by=request.user)
        messages.success(request, f"{person} tercatat hadir sebagai {guest.title}.")
    return _to_the_list(person)


@require_POST
def attendee_deny(request: PortalRequest, pk: int) -> HttpResponse:
    """They are not."""
    person, guest = _both(request, pk)
    if guest is None:
        return _to_the_list(person)
    with refusal_as_message(request):
        actions.deny(person, guest, by=request.user)
        messages.success(request, f"{person} bukan {guest.title}.")
    return _to_the_list(person)


def _both(request: PortalRequest, pk: int) -> tuple[Attendee, Invitee | None]:
    """The person, and the guest whom the button names, for somebody who keeps the event."""
    person = kept_row(request, Attendee.objects.visible_to(request.access), pk)
    named = picked(request.POST, "undangan")
    if len(named) != 1:
        return person, None
    guests = Invitee.objects.visible_to(request.access).filter(event=person.event_id)
    return person, get_object_or_404(guests, pk__in=named)


def _to_the_list(person: Attendee) -> HttpResponse:
    return redirect(f"{reverse('events:attendance', args=[person.event_id])}#pesan")
