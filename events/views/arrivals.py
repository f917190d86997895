"""Who of the invited came: noted with one press, recognised on the list, and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from desabinaan.http import PortalRequest, picked, refusal_as_message
from events import actions
from events.actions.vouching import NO_PHONE
from events.models import Attendee, Event, Invitee, Sex
from events.views.events import kept_row

KEPT = ("q", "undangan_halaman")  # of the address: what was searched for, and how far they were


@require_POST
def invitee_came(request: PortalRequest, pk: int) -> HttpResponse:
    """Note somebody who is invited with one press, which may say L or P besides."""
    guest = kept_row(request, Invitee.objects.visible_to(request.access), pk)
    sex = request.POST.get("jk", "")
    with refusal_as_message(request):
        sex = sex if sex in Sex.values else ""
        tell(request, actions.note_invited(guest, sex=sex, by=request.user))
    return to_the_guests(request, guest.event, guest.pk)


@require_POST
def arrival_take_back(request: PortalRequest, pk: int) -> HttpResponse:
    """Take back a press of one's own that was wrong."""
    person = kept_row(request, Attendee.objects.visible_to(request.access), pk)
    with refusal_as_message(request):
        actions.take_back(person, by=request.user)
        messages.success(request, f"{person} tidak jadi dicatat hadir.")
    return to_the_guests(request, person.event, person.invitee_id)


@require_POST
def attendee_identify(request: PortalRequest, pk: int) -> HttpResponse:
    """They are the guest who is named."""
    person, guest = _both(request, pk)
    if guest is None:
        return to_the_guests(request, person.event, None)
    with refusal_as_message(request):
        known = actions.identify(person, guest, by=request.user)
        lost = f" {NO_PHONE}" if person.phone and not known.phone else ""
        messages.success(request, f"{person} tercatat hadir sebagai {guest.title}.{lost}")
    return to_the_guests(request, person.event, guest.pk)


@require_POST
def attendee_deny(request: PortalRequest, pk: int) -> HttpResponse:
    """They are not."""
    person, guest = _both(request, pk)
    if guest is None:
        return to_the_guests(request, person.event, None)
    with refusal_as_message(request):
        actions.deny(person, guest, by=request.user)
        messages.success(request, f"{person} bukan {guest.title}.")
    return to_the_guests(request, person.event, guest.pk)


def tell(request: PortalRequest, noted: actions.Noted) -> None:
    """Say who was noted, and who stood there already."""
    for person in noted.new:
        messages.success(request, f"{person.name} dicatat hadir.")
    for person in noted.known:
        said = f" Isian mandiri diganti: {'; '.join(noted.differed.splitlines())}"
        told = f"{person.name} sudah ada dalam daftar.{said if noted.differed else ''}"
        messages.info(request, told)


def to_the_guests(request: PortalRequest, event: Event, guest: int | None) -> HttpResponse:
    """The list where this guest stands or stood, where it is told; the search stays."""
    asked = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    asked["di"] = str(guest or "")
    address = reverse("events:attendance", args=[event.pk])
    return redirect(f"{address}?{urlencode(asked)}#pesan")


def _both(request: PortalRequest, pk: int) -> tuple[Attendee, Invitee | None]:
    """The person, and the guest whom the button names, for somebody who keeps the event."""
    person = kept_row(request, Attendee.objects.visible_to(request.access), pk)
    named = picked(request.POST, "undangan")
    if len(named) != 1:
        return person, None
    guests = Invitee.objects.visible_to(request.access).filter(event=person.event_id)
    return person, get_object_or_404(guests, pk__in=named)
