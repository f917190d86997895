"""The door of an event: its screen and its sheet for officers, its page for everybody who came."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    refusal_as_message,
    render_page,
    require,
)
from desabinaan.workflow import TransitionRefused
from events import actions
from events.entering import Receipt, Visitor, poster_of
from events.forms import CheckInForm
from events.models import Attendee, CheckIn, Event
from events.permissions import can_keep
from events.views.events import found_event, keeps

TOO_MANY_THERE = (
    "Terlalu banyak isian dari jaringan ini. Isi PIN yang disebutkan petugas, pakai data seluler, "
    "atau mintalah petugas mencatat kehadiran Anda."
)


@require_safe
def check_in_screen(request: PortalRequest, pk: int) -> HttpResponse:
    """The code of this minute for a screen in the hall, renewed by itself; else how to open.

    With `?layar=penuh` the code alone, large, as a hall sees it.
    """
    event = found_event(request, pk)
    require(can_keep(request.access, event))
    door = CheckIn.objects.visible_to(request.access).filter(event=event).first()
    is_open = door is not None and door.is_open and not event.is_settled
    context = {
        "event": event,
        "door": door,
        "poster": poster_of(door, with_code=True) if door and is_open else None,
    }
    if request.GET.get("layar") == "penuh":
        return render_page(request, "events/check_in_hall.html", context, part="code")
    return render_page(request, "events/check_in_screen.html", context, part="code")


@require_POST
def check_in_set(request: PortalRequest, pk: int) -> HttpResponse:
    """Open the door, shut it, or give it another PIN."""
    event = found_event(request, pk)
    require(can_keep(request.access, event))
    wanted = request.POST.get("pintu")
    with refusal_as_message(request):
        if wanted == "buka":
            actions.open_check_in(event, by=request.user)
            messages.success(request, "Daftar hadir mandiri dibuka.")
        elif door := CheckIn.objects.visible_to(request.access).filter(event=event).first():
            _set(request, door, wanted)
    return redirect("events:check_in_screen", pk=pk)


def _set(request: PortalRequest, door: CheckIn, wanted: str | None) -> None:
    if wanted == "pin":
        actions.change_pin(door, by=request.user)
        messages.success(request, "PIN diganti; PIN lama tidak berlaku lagi.")
    elif wanted == "tutup":
        actions.close_check_in(door, by=request.user)
        messages.success(request, "Daftar hadir mandiri ditutup.")


@require_safe
@keeps
def check_in_sheet(request: PortalRequest, event: Event) -> HttpResponse:
    """The sheet to print and hang up: its code leads to the page that asks for the PIN."""
    doors = CheckIn.objects.visible_to(request.access).filter(event=event, is_open=True)
    door = doors.select_related("event__office").first()
    if door is None:
        messages.info(request, "Buka daftar hadir mandiri dahulu.")
        return redirect("events:check_in_screen", pk=event.pk)
    context = {"event": event, "door": door, "poster": poster_of(door)}
    return render_page(request, "events/check_in_sheet.html", context)


@cache_control(private=True, no_store=True)
@login_not_required
@require_http_methods(FORM_METHODS)
def check_in(request: HttpRequest, key: str) -> HttpResponse:
    """Whoever came enters themselves: led in by the code on the screen, or by the spoken PIN."""
    door = get_object_or_404(CheckIn.objects.with_key(key))
    if not door.takes_people:
        return _shut(request, door)
    visitor = Visitor(request, door)
    if request.method == "POST":
        return visitor.remember(_entered(request, visitor))
    ticket = visitor.ticket
    if not ticket and not door.takes_pin:
        return visitor.remember(_shut(request, door, is_crowded=not visitor.is_marked))
    form = CheckInForm(asks_pin=not ticket)
    return visitor.remember(_shown(request, visitor, form))


@cache_control(private=True, no_store=True)
@login_not_required
@require_safe
def checked_in(request: HttpRequest, key: str) -> HttpResponse:
    """Thanks, and what was noted: for the phone that just sent it; others read of nobody."""
    door = get_object_or_404(CheckIn.objects.with_key(key))
    context = {"event": door.event, "entry": Receipt(request, door).entry}
    return render_page(request, "events/checked_in.html", context)


def _entered(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Note the person, or show what is to be mended."""
    door = visitor.door
    if not (visitor.has_ticket or door.takes_pin):
        return _shut(request, door)
    if refused := visitor.refused("check_in"):
        return refused
    by_pin = not visitor.has_ticket or (door.takes_pin and visitor.has_pin)
    form = CheckInForm(request.POST, asks_pin=by_pin)
    try:
        if form.is_valid() and (entry := _let_in(visitor, form, by_pin=by_pin)):
            return Receipt(request, door).hand_out(redirect("events:checked_in", door.key), entry)
    except actions.Crowded as refusal:  # who was told the PIN gets in all the same
        form = CheckInForm(request.POST, asks_pin=door.takes_pin)
        form.add_error(None, refusal.message)
    except TransitionRefused as refusal:
        form.add_error(None, refusal.message)
    return _shown(request, visitor, form)


def _let_in(visitor: Visitor, form: CheckInForm, *, by_pin: bool) -> Attendee | None:
    """Who was noted; nobody where the PIN is wrong: the form says so.

    Raises TransitionRefused.
    """
    if by_pin:
        pin = form.cleaned_data["pin"]
        if said := actions.try_pin(visitor.door, pin, guesser=visitor):
            form.add_error("pin", said)
            return None
    elif not visitor.is_led_in():
        raise actions.Crowded(TOO_MANY_THERE)
    noted = actions.enter(visitor.door, form.person(), by_pin=by_pin)
    [entry] = noted.new or noted.known
    return entry


def _shown(request: HttpRequest, visitor: Visitor, form: CheckInForm) -> HttpResponse:
    context = {"event": visitor.door.event, "form": form, "ticket": visitor.ticket}
    return render_page(request, "events/check_in.html", context)


def _shut(request: HttpRequest, door: CheckIn, *, is_crowded: bool = False) -> HttpResponse:
    """Not now: what event it is, and whom to ask."""
    context = {"event": door.event, "is_open": door.takes_people, "is_crowded": is_crowded}
    return render_page(request, "events/check_in_shut.html", context, status=410)
