"""The phone of somebody without an account: a random mark tells it from others, and nothing more.

A whole village may sit behind one router: what is limited is limited by the phone, never by its
address alone. The phone keeps its mark in a signed cookie of the pages in question, which opening
one of them hands out. What brings no mark is counted by where it comes from, and so are the marks
that a door hands out, of which a hall full of phones needs fewer: else each request would be a
phone of its own, and each a row among the counts, until those of sign-in fall out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from allauth.core.internal.ratelimit import consume, get_ip
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.utils.safestring import SafeString

from desabinaan import qr
from events.models import CheckIn, KnowledgeCheck

TURNS = 3  # each of a second at most


@dataclass(frozen=True, slots=True)
class Cookie:
    """What a phone keeps: under which name, on which pages, for how many seconds."""

    name: str
    path: str
    age: int
    salt: str


@dataclass(frozen=True)
class Device:
    """Somebody's phone before a public page."""

    request: HttpRequest

    LIMITS: ClassVar[dict[str, str]] = {}  # of a phone that brings its mark
    UNMARKED: ClassVar[dict[str, str]] = {}  # of all that bring none from one address
    FRESH: ClassVar[dict[str, str]] = {}  # marks handed out to one address; nothing: to everybody
    COUNTS_READING: ClassVar[bool] = False  # else only what is sent counts

    @property
    def cookie(self) -> Cookie:
        """How the phone is remembered on these pages."""
        raise NotImplementedError

    @cached_property
    def device(self) -> str:
        """What counts this device apart: everybody in a village may share one address."""
        return self.remembered or get_random_string(16)

    @property
    def kept(self) -> Any:
        """What the cookie holds."""
        return self.device

    @property
    def remembered(self) -> str:
        """The mark that the cookie brought; empty where there is none."""
        return self.brought if isinstance(self.brought, str) else ""

    @cached_property
    def brought(self) -> Any:
        """What the cookie held; nothing where it is not ours, or too old."""
        cookie = self.cookie
        sent = self.request.COOKIES.get(cookie.name, "")
        try:
            return signing.loads(sent, salt=cookie.salt, max_age=cookie.age)
        except signing.BadSignature:
            return None

    @cached_property
    def address(self) -> str:
        """Where it is: shared by a village, so that it counts only what has no mark."""
        return str(get_ip(self.request))

    def counted(self, what: str) -> str:
        """Under which name a device or an address is counted."""
        return what

    def allows(self, action: str, *, looking: bool = False) -> bool:
        """Whether it may do this once more, which counts unless one only looks."""
        if self.remembered:
            return self.within(self.LIMITS, action, self.device, looking=looking)
        return self.within(self.UNMARKED, action, self.address, looking=looking)

    def within(
        self,
        limits: dict[str, str],
        action: str,
        whose: str,
        *,
        looking: bool = False,
        counts_reading: bool = False,
    ) -> bool:
        """Whether a device or an address is within its limit; what has none always is."""
        usage = consume(
            self.request,
            app="events",
            action=action,
            key=self.counted(whose),
            config=limits,
            limit_get=self.COUNTS_READING or counts_reading,
            dry_run=looking,
        )
        return usage is not None

    @cached_property
    def is_marked(self) -> bool:
        """Whether it has a mark, or gets one now: by opening a page, where not too many did."""
        if self.remembered:
            return True
        return self.request.method != "POST" and self.is_one_of_few(self.FRESH)

    def is_one_of_few(self, limits: dict[str, str]) -> bool:
        """Count one more from where it is; whether they are not too many yet.

        A hall that comes at once waits for its turn to be counted, and is not refused for that.
        """
        return all(
            any(self.within(limits, it, self.address, counts_reading=True) for _ in range(TURNS))
            for it in limits
        )

    def refused(self, action: str) -> HttpResponse | None:
        """The page for whoever does this too often."""
        if self.allows(action):
            return None
        refusal: HttpResponse = respond_429(self.request)
        return refusal

    def remember(self, response: HttpResponse) -> HttpResponse:
        """Mark the device, on the pages of this matter alone, if it is to have a mark."""
        return self.keep(response, self.kept) if self.is_marked else response

    def keep(self, response: HttpResponse, what: Any) -> HttpResponse:
        """Let the device's cookie hold this."""
        cookie = self.cookie
        response.set_cookie(
            cookie.name,
            signing.dumps(what, salt=cookie.salt),
            max_age=cookie.age,
            path=cookie.path,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response


@dataclass(frozen=True)
class DeviceAt[Door: (CheckIn, KnowledgeCheck)](Device):
    """The same before a door of an event, counted at each apart."""

    door: Door

    def counted(self, what: str) -> str:
        """By the door and the device, or the door and the address."""
        return f"{self.door.key}:{what}"


@dataclass(frozen=True, slots=True)
class Poster:
    """What a screen or a sheet shows of a door: its address, as words and as a picture."""

    address: str  # where the picture leads

    @property
    def picture(self) -> SafeString:
        """The QR code as vectors within the page."""
        return qr.picture_of(self.address)
