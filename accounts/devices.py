"""Browsers that an account has signed in from: wrong guesses elsewhere do not lock them out.

Tries of a name are counted where they are made. A whole village may sit behind one router; so a
browser that once signed in carries a cookie, and is counted by itself.
"""

from __future__ import annotations

from allauth.core.internal.ratelimit import get_ip
from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac

from accounts.access import access_of
from accounts.models import User

COOKIE = "peramban"
MAX_AGE = 365 * 24 * 3600
OWN_IN_SESSION = "own"
REMEMBERED = 8  # accounts on one shared computer
_SALT = "accounts.devices"


def known(request: HttpRequest, name: str) -> str:
    """What counts this browser apart for whoever has that name; nothing where it is not known."""
    device, marks = _read(request)
    user = User.objects.with_sign_in_name(name) if marks else None
    return device if user and _mark(user) in marks else ""


def place(request: HttpRequest, name: str) -> str:
    """Where that name is tried: in a known browser of that account, else at an address.

    So what others behind one router send closes nothing to a browser that the account knows.
    """
    return known(request, name) or str(get_ip(request))


def source(request: HttpRequest, name: str) -> str:
    """Who is counted where a name is tried: that name, in that place.

    Whoever tries a name that is not theirs uses up their own tries, not those of its person.
    """
    return f"{name}:{place(request, name)}"


def refusal(request: HttpRequest, **keys: str) -> HttpResponse | None:
    """The page for who tries too often; what one limit refuses does not count for those after."""
    refusals = (consume_or_429(request, action=action, key=key) for action, key in keys.items())
    return next(filter(None, refusals), None)


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Note on the browser that this account has signed in from it."""
    device, marks = _read(request)
    mark = _mark(user)
    marks = [mark, *(other for other in marks if other != mark)][:REMEMBERED]
    response.set_cookie(
        COOKIE,
        signing.dumps([device or get_random_string(16), marks], salt=_SALT),
        max_age=MAX_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def suit(session: SessionBase, user: User) -> None:
    """Until the browser closes, unless it is said to be one's own: a month for a village's phone.

    Who overlooks the question on a shared computer leaves nothing open behind them.
    """
    if session.get(OWN_IN_SESSION):
        session.set_expiry(settings.VILLAGE_SESSION_AGE if access_of(user).is_village else None)
    else:
        session.set_expiry(0)


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        device, marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return "", []
    return device, marks


def _mark(user: User) -> str:
    """Who it is stays off a shared computer: only a keyed hash is kept."""
    return salted_hmac(_SALT, str(user.pk), algorithm="sha256").hexdigest()[:16]
