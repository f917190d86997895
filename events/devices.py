"""The phone of somebody without an account: a random mark tells it from others, and nothing more.

A whole village may sit behind one router: what is limited is limited by the phone, never by its
address alone. The phone keeps its mark in a signed cookie of the pages in question.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.utils.safestring import SafeString

from desabinaan import qr
from events.models import CheckIn, KnowledgeCheck


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

    LIMITS: ClassVar[dict[str, str]] = {}
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

    @property
    def counted(self) -> str:
        """Under which name what it does is counted."""
        return self.device

    def refused(self, action: str) -> HttpResponse | None:
        """The page for a device that does this too often."""
        refusal: HttpResponse | None = consume_or_429(
            self.request,
            action=action,
            key=self.counted,
            config=self.LIMITS,
            limit_get=self.COUNTS_READING,
        )
        return refusal

    def remember(self, response: HttpResponse) -> HttpResponse:
        """Mark the device, on the pages of this matter alone."""
        return self.keep(response, self.kept)

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

    @property
    def counted(self) -> str:
        """By the door and the device."""
        return f"{self.door.key}:{self.device}"


@dataclass(frozen=True, slots=True)
class Poster:
    """What a screen or a sheet shows of a door: its address, as words and as a picture."""

    address: str  # where the picture leads

    @property
    def picture(self) -> SafeString:
        """The QR code as vectors within the page."""
        return qr.picture_of(self.address)
