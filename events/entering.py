"""Who stands before the door of an event: their device, and what led them in."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing

from desabinaan.mail import own_address
from events.devices import Cookie, DeviceAt, Poster
from events.models import CheckIn

COOKIE_AGE = 24 * 3600
CODE, TICKET = "k", "tiket"
# Who saw the screen has this long to type, on a weak signal too, though the code moved on.
TICKET_AGE = 15 * 60
_SALT = "events.entering"


@dataclass(frozen=True)
class Visitor(DeviceAt[CheckIn]):
    """Somebody at the door of an event; nothing is known of them but the device."""

    # By device: one phone may enter a whole row of people. Never by address.
    LIMITS = {"check_in": "120/h/key", "check_in_pin": "10/10m/key"}

    @property
    def cookie(self) -> Cookie:
        """Remembered for a day, on the pages of attendance alone."""
        return Cookie("hadir", "/hadir/", COOKIE_AGE, _SALT)

    @property
    def ticket(self) -> str:
        """For the form: that this device saw the code on the screen; nothing where it did not."""
        if self.door.shows(self.request.GET.get(CODE, "")):
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


def poster_of(door: CheckIn, *, with_code: bool = False) -> Poster:
    """What leads to the door; on a screen with the code of this minute."""
    address = own_address("events:check_in", door.key)
    return Poster(f"{address}?{CODE}={door.code()}" if with_code else address)
