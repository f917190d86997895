"""Sessions of a person: noted while they are used, listed, and ended."""

from __future__ import annotations

import re
from collections.abc import Iterable

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


def note(request: HttpRequest, user: User) -> None:
    """Remember that this session is in use now."""
    SignIn.objects.update_or_create(
        session_key=request.session.session_key,
        # By the database's clock, as `since`: a page that asked at the same moment was earlier.
        defaults={"seen_at": Greatest(F("since"), Now())},
        create_defaults={"user": user, "device": words_for(request.headers.get("User-Agent", ""))},
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


def end_all_of(user: User) -> None:
    """End every session of a person, without a word of its own in the history."""
    _forget(list(user.sign_ins.values_list("session_key", flat=True)))


def tidy() -> None:
    """Forget sessions whose time is over."""
    Session.objects.filter(expire_date__lte=timezone.now()).delete()
    SignIn.objects.orphaned().delete()


def _forget(keys: list[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(session_key__in=keys).delete()
