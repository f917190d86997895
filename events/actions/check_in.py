"""The door for people without an account: opened, shut, given another PIN; and who came through."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

import audit.actions
from accounts.models import User
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from events.actions.attendance import Noted, Person, attend
from events.actions.planning import held
from events.models import CheckIn, Event, Source
from events.models.check_in import KEY_LENGTH, PIN_LENGTH

KEY_SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that is taken for another one
WITHIN = timedelta(minutes=10)
MOST_WITHIN = 1_000  # who enter themselves at one event; a full hall is a third of it
MORE_BY_PIN = 500  # besides: whoever floods the door from afar did not hear the PIN


@transaction.atomic
def open_check_in(event: Event, *, by: User, at: datetime | None = None) -> CheckIn:
    """Let people enter themselves; opened again, its address and its PIN stay.

    Raises TransitionRefused once the event is settled.
    """
    event = held(event)
    found = CheckIn.objects.filter(event=event).first()
    if found and found.is_open:
        return found
    if found:
        found.is_open = True
        found.save(update_fields=["is_open"])
    else:
        key = get_random_string(KEY_LENGTH, KEY_SIGNS)
        opened = {"opened_by": by, "opened_at": at or timezone.now()}
        found = CheckIn.objects.create(event=event, key=key, pin=_pin(), **opened)
    audit.actions.record("event.check_in_opened", event, by=by, at=at)
    return found


@transaction.atomic
def close_check_in(check_in: CheckIn, *, by: User, at: datetime | None = None) -> None:
    """Nobody enters themselves any more, until it is opened again."""
    event = held(check_in.event)
    if CheckIn.objects.filter(pk=check_in.pk, is_open=True).update(is_open=False):
        audit.actions.record("event.check_in_closed", event, by=by, at=at)


@transaction.atomic
def change_pin(check_in: CheckIn, *, by: User) -> CheckIn:
    """Another PIN, from now on; the one before leads nowhere."""
    event = held(check_in.event)
    check_in = CheckIn.objects.lock(check_in.pk)
    before = check_in.pin
    while check_in.pin == before:
        check_in.pin = _pin()
    check_in.wrong_pins = 0
    check_in.save(update_fields=["pin", "wrong_pins"])
    audit.actions.record("event.pin_changed", event, by=by)
    return check_in


class Guesser(Protocol):
    """Who tries a PIN: whether they may, and that they were wrong."""

    @property
    def may_guess(self) -> bool:
        """Whether they guessed wrongly few enough times, they and whoever is where they are."""

    def guessed(self) -> None:
        """Count that they were wrong."""


class Tried(StrEnum):
    """What came of a PIN, as it is said; nothing is said of the right one."""

    FITS = ""
    WRONG = "PIN tidak cocok. Tanyakan kepada petugas."
    CLOSED = (
        "PIN hanya berlaku dari satu jam sebelum sampai satu jam sesudah kegiatan. "
        "Pindai kode di layar, atau hubungi petugas."
    )
    SPENT = "PIN ini terlalu sering salah diisi. Mintalah PIN baru."
    TOO_OFTEN = (
        "Terlalu banyak percobaan PIN dari ponsel atau jaringan ini. Pindai kode di layar, "
        "pakai data seluler, atau hubungi petugas."
    )


@transaction.atomic
def try_pin(door: CheckIn, pin: str, *, guesser: Guesser) -> Tried:
    """Compare a PIN, one after the other at a door, and remember a wrong one.

    Neither is done at a door that takes none now, nor for who guesses too often: they tell
    nothing, and take no PIN from the hall.
    """
    door = CheckIn.objects.lock(door.pk)
    if not (door.takes_people and door.takes_pin):
        return Tried.CLOSED
    if door.pin_is_spent:
        return Tried.SPENT
    if not guesser.may_guess:
        return Tried.TOO_OFTEN
    if door.opens_with(pin):
        return Tried.FITS
    guesser.guessed()
    door.wrong_pins += 1
    door.save(update_fields=["wrong_pins"])
    return Tried.WRONG


class Crowded(TransitionRefused):
    """Too many enter themselves at once."""


@transaction.atomic
def enter(door: CheckIn, person: Person, *, by_pin: bool = False) -> Noted:
    """Note somebody who entered themselves; entered twice, they are there once.

    Raises TransitionRefused where it is shut or the event is settled, Crowded where too many come
    at once; some room is left to those who were told the PIN.
    """
    event = held(door.event)
    door = CheckIn.objects.lock(door.pk)
    if not door.takes_people:
        raise TransitionRefused("Daftar hadir ini sudah ditutup. Hubungi petugas di tempat.")
    lately = timezone.now() - WITHIN
    most = MOST_WITHIN + (MORE_BY_PIN if by_pin else 0)
    if event.attendees.filter(source=Source.SELF, at__gte=lately).count() >= most:
        raise Crowded("Terlalu banyak isian sekaligus. Tunggu beberapa menit.")
    return attend(event, [person], source=Source.SELF, by=None)


@transaction.atomic
def drop_self_entered(  # noqa: PLR0913 - whom, when, why and by whom
    event: Event,
    *,
    between: tuple[datetime, datetime],
    chosen: Collection[int],
    rest: tuple[int, int] | None = None,
    reason: str,
    by: User,
) -> int:
    """Take off whoever was `chosen` of those who entered themselves in this time; how many it were.

    With the `rest`, also all whose key lies behind the first of the two and up to the second. Not
    of whom an officer said a word, whatever it was and whenever. A second click finds nobody.
    Raises TransitionRefused once settled.
    """
    event = held(event)
    wanted = Q(pk__in=chosen)
    if rest:
        after, through = rest
        wanted |= Q(pk__gt=after, pk__lte=through)
    false = event.attendees.self_entered(*between).unvouched().filter(wanted)
    number = false.count()
    if number == 0:
        return 0
    false.delete()
    # No names: whoever floods a list has written whatever they liked.
    since, before = (formats.moment(it, event.office) for it in between)
    note = f"{formats.number(number)} orang, dari {since} sampai sebelum {before}: {reason}"
    audit.actions.record("event.self_entered_dropped", event, by=by, note=note)
    return number


def _pin() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(PIN_LENGTH))
