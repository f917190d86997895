"""Sessions of a person: noted from signing in on, listed, and ended."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest, Now
from django.http import HttpRequest
from django.utils import timezone

import audit.actions
from accounts.models import SignIn, User

# The first that fits: browsers call themselves by each other's names.
BROWSERS = {
    r"Edg": "Edge",
    r"OPR/|Opera": "Opera",
    r"SamsungBrowser": "Samsung Internet",
    r"UCBrowser": "UC Browser",
    r"Firefox|FxiOS": "Firefox",
    r"Chrome|CriOS": "Chrome",
    r"Safari": "Safari",
}
SYSTEMS = {
    r"Android": "Android",
    r"iPhone": "iPhone",
    r"iPad": "iPad",
    r"Windows": "Windows",
    r"CrOS": "ChromeOS",
    r"Mac OS X|Macintosh": "Mac",
    r"Linux|X11": "Linux",
}


def words_for(user_agent: str) -> str:
    """What people call a browser: "Chrome di Android"."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    return f"{browser or 'Peramban lain'} di {system}" if system else browser or "Perangkat lain"


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for sign, name in names.items() if re.search(sign, user_agent)), "")


def listen() -> None:
    """Note every session as it begins, by whichever door: it may never ask for a page."""
    user_logged_in.connect(_on_signed_in, dispatch_uid="portal")


def _on_signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    if request.session.session_key is None:  # another was signed in here: their session is gone
        request.session.create()
    note(request, user)


def note(request: HttpRequest, user: User) -> None:
    """Remember that this session is in use now."""
    device = words_for(request.headers.get("User-Agent", ""))
    SignIn.objects.update_or_create(
        session_key=request.session.session_key,
        # By the database's clock, as `since`: a page that asked at the same moment was earlier.
        defaults={"device": device, "seen_at": Greatest(F("since"), Now())},
        create_defaults={"user": user, "device": device},
    )


@transaction.atomic
def end(sign_ins: Iterable[SignIn], *, by: User) -> int:
    """End these sessions at once: the next page that they ask for is the sign-in page."""
    ended = list(sign_ins)
    _forget([sign_in.session_key for sign_in in ended])
    for user in {sign_in.user_id: sign_in.user for sign_in in ended}.values():
        names = ", ".join(sign_in.device for sign_in in ended if sign_in.user_id == user.pk)
        audit.actions.record("user.sessions_ended", user, by=by, note=names)
    return len(ended)


@transaction.atomic
def end_others(request: HttpRequest, *, by: User) -> int:
    """End every session of a person but this one; how many were listed.

    One that is not listed ends too, and so does a copy of this one's cookie: its key is new.
    """
    before = request.session.session_key
    count = end(SignIn.objects.visible_to_oneself(by).exclude(session_key=before), by=by)
    user = _signed_out(by)
    update_session_auth_hash(request, user)
    mine = SignIn.objects.filter(session_key=before)
    mine.update(session_key=request.session.session_key)
    return count


@transaction.atomic
def end_all_of(user: User) -> None:
    """End every session of a person, without a word of its own in the history."""
    _signed_out(user)
    _forget(list(user.sign_ins.values_list("session_key", flat=True)))


def _signed_out(user: User) -> User:
    """The person, of whom no session opens anything that began before."""
    held = User.objects.lock(user.pk)
    held.sign_out_everywhere()
    held.save(update_fields=["signed_out_at"])
    return held


def tidy() -> None:
    """Forget sessions whose time is over."""
    Session.objects.filter(expire_date__lte=timezone.now()).delete()
    SignIn.objects.orphaned().delete()


def _forget(keys: list[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(session_key__in=keys).delete()
