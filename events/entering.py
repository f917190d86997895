"""Who stands before the public page of an event: their device, and what led them in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.utils.safestring import SafeString

from desabinaan import qr
from desabinaan.mail import own_address
from events.models import CheckIn

COOKIE, COOKIE_PATH = "hadir", "/hadir/"
COOKIE_AGE = 24 * 3600
CODE, TICKET = "k", "tiket"
# Who saw the screen has this long to type, on a weak signal too, though the code moved on.
TICKET_AGE = 15 * 60
# By device: one phone may enter a whole row of people. Never by address.
LIMITS = {"check_in": "120/h/key", "check_in_pin": "10/10m/key"}
_SALT = "events.entering"


@dataclass(frozen=True)
class Visitor:
    """Somebody at the door of an event; nothing is known of them but the device."""

    request: HttpRequest
    door: CheckIn

    @cached_property
    def device(self) -> str:
        """What counts this device apart: everybody in a village may share one address."""
        return self._remembered or get_random_string(16)

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
        return bool(self._remembered) and told == [self.door.key, self._remembered]

    def refused(self, action: str) -> HttpResponse | None:
        """The page for a device that does this too often."""
        key = f"{self.door.key}:{self.device}"
        refusal: HttpResponse | None = consume_or_429(
            self.request, action=action, key=key, config=LIMITS
        )
        return refusal

    def remember(self, response: HttpResponse) -> HttpResponse:
        """Mark the device for a day, on the pages of attendance alone."""
        response.set_cookie(
            COOKIE,
            signing.dumps(self.device, salt=_SALT),
            max_age=COOKIE_AGE,
            path=COOKIE_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    @cached_property
    def _remembered(self) -> str:
        try:
            told = signing.loads(
                self.request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=COOKIE_AGE
            )
        except signing.BadSignature:
            return ""
        return told if isinstance(told, str) else ""


@dataclass(frozen=True)
class Poster:
    """What a screen or a sheet shows of the door: its address, as words and as a picture."""

    door: CheckIn
    with_code: bool = False  # on a screen, that of this minute

    @cached_property
    def address(self) -> str:
        """Where the picture leads."""
        address = own_address("events:check_in", self.door.key)
        return f"{address}?{CODE}={self.door.code()}" if self.with_code else address

    @property
    def picture(self) -> SafeString:
        """The QR code as vectors within the page."""
        return qr.picture_of(self.address)
