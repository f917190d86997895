"""Who stands before the door of an event: their device, and what led them in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.core import signing
from django.http import HttpResponse
from django.urls import reverse

from desabinaan.mail import own_address
from events.devices import Cookie, DeviceAt, Poster
from events.models import Attendee, CheckIn

COOKIE_AGE = 24 * 3600
CODE, TICKET = "k", "tiket"
# Who saw the screen has this long to type, on a weak signal too, though the code moved on.
TICKET_AGE = 15 * 60
_SALT = "events.entering"


@dataclass(frozen=True)
class Visitor(DeviceAt[CheckIn]):
    """Somebody at the door of an event; nothing is known of them but the device."""

    # By device: one phone may enter a whole row of people.
    LIMITS = {"check_in": "120/h/key", "check_in_pin": "10/10m/key"}
    # A form that was opened has marked its phone: without a mark hardly anybody sends one.
    UNMARKED = {"check_in": "60/10m/key"}
    # A hall of three hundred behind one router, and some who come twice; whoever takes marks for a
    # crowd, or sends for one, is let in by the spoken PIN alone, and leaves room for other places.
    FRESH: ClassVar[dict[str, str]] = {"check_in_fresh": "400/10m/key"}
    LED_IN: ClassVar[dict[str, str]] = {"check_in_led": "600/10m/key"}
    # Wrong PINs of all phones at one address; the screen in the hall leads in all the same.
    GUESSES: ClassVar[dict[str, str]] = {"check_in_guess": "50/h/key"}

    @property
    def cookie(self) -> Cookie:
        """Remembered for a day, on the pages of attendance alone."""
        return Cookie("hadir", "/hadir/", COOKIE_AGE, _SALT)

    @property
    def ticket(self) -> str:
        """For the form: that this device saw the code on the screen; nothing where it did not."""
        if self.door.shows(self.request.GET.get(CODE, "")) and self.is_marked:
            return signing.dumps([self.door.key, self.device], salt=_SALT)
        return self.request.POST.get(TICKET, "") if self.has_ticket else ""

    @property
    def has_ticket(self) -> bool:
        """Whether the form brings such a ticket, of this event and this device, young enough."""
        try:
            told = signing.loads(self.request.POST.get(TICKET, ""), salt=_SALT, max_age=TICKET_AGE)
        except signing.BadSignature:
            return False
        return bool(self.remembered) and told == [self.door.key, self.remembered]

    @property
    def has_pin(self) -> bool:
        """Whether the form brings a PIN, whatever led to it."""
        return bool(self.request.POST.get("pin", "").strip())

    def is_led_in(self) -> bool:
        """Count whom the screen leads in from where it is; whether they are not too many yet."""
        return self.is_one_of_few(self.LED_IN)

    @property
    def may_guess(self) -> bool:
        """Whether few enough of its PINs were wrong, and of those that come from where it is."""
        return self.allows("check_in_pin", looking=True) and self._from_there(looking=True)

    def guessed(self) -> None:
        """Count a wrong PIN, for the device and for where it is."""
        self.allows("check_in_pin")
        self._from_there()

    def _from_there(self, *, looking: bool = False) -> bool:
        return self.within(self.GUESSES, "check_in_guess", self.address, looking=looking)


@dataclass(frozen=True)
class Receipt(DeviceAt[CheckIn]):
    """What a phone may read of the entry that it just made; any other phone reads nothing of it."""

    @property
    def cookie(self) -> Cookie:
        """Of the page of thanks alone, for as long as somebody still stands at the door."""
        page = reverse("events:checked_in", args=[self.door.key])
        return Cookie("tercatat", page, TICKET_AGE, "events.receipt")

    def hand_out(self, response: HttpResponse, entry: Attendee) -> HttpResponse:
        """Let the phone remember which entry is its own; the one before is forgotten."""
        return self.keep(response, [self.door.key, entry.pk])

    @property
    def entry(self) -> Attendee | None:
        """The row as it stands on the list; nothing where this phone made none of this event."""
        match self.brought:
            case [self.door.key, int(pk)]:
                return self.door.event.attendees.filter(pk=pk).first()
        return None


def poster_of(door: CheckIn, *, with_code: bool = False) -> Poster:
    """What leads to the door; on a screen with the code of this minute."""
    address = own_address("events:check_in", door.key)
    return Poster(f"{address}?{CODE}={door.code()}" if with_code else address)
