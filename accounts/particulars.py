"""What is noted of a person, put right: name, number, terms of service, rank, address."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from django.db import transaction

import audit.actions
from accounts.actions import settle_email, settle_employment
from accounts.models import Office, User
from accounts.models.role import POWERFUL
from desabinaan.editing import Overtaken, Seen, unless_overtaken

# What the history of the office names without saying it: a number is personal data.
LABELS = {
    "username": "NIP",
    "employment": "status kepegawaian",
    "rank": "pangkat",
    "email": "surel",
}


type Changes = Mapping[str, str]  # what was asked for, by the names of the person's fields


def _nothing(_held: User) -> Collection[str]:
    return ()


@transaction.atomic
def settle_person(  # noqa: PLR0913 - whom, to what, where, by whom, and what they saw and may
    user: User,
    changes: Changes,
    *,
    office: Office,
    by: User,
    seen: Seen | None = None,
    withheld: Callable[[User], Collection[str]] = _nothing,
) -> User:
    """Put right what was noted of a person; papers that were issued keep what they say.

    What was not asked for stays as it stands by now, and what is `withheld` from whoever asks by
    the time the person is held is no longer theirs to change: Overtaken. The office remembers what
    was changed, and no history names an address. Raises ValidationError when the number or the
    address is another person's, or does not fit the terms.
    """
    user = User.objects.lock(user.pk)
    unless_overtaken(user, seen)
    if not changes.keys().isdisjoint(withheld(user)):
        raise Overtaken
    told = _told(user, changes)
    if not told:
        return user
    before, note = user.name, f"{user.name}: {told}"
    meant = {name: getattr(user, name) for name in ("name", *LABELS)} | dict(changes)
    _settle_name(user, meant["name"], by=by)
    user = settle_employment(
        user, nip=meant["username"], employment=meant["employment"], rank=meant["rank"], by=by
    )
    if "email" in changes:
        user = settle_email(user, email=meant["email"], by=by)
    audit.actions.record("office.person_settled", office, by=by, note=note, user=user.pk)
    if meant["name"] != before:
        renamed = f"{before}: nama menjadi {meant['name']}"
        _tell_where_they_led(user, renamed, but=office, by=by)
    return user


def _tell_where_they_led(user: User, note: str, *, but: Office, by: User) -> None:
    """Papers there bear the former name: the history of those offices says who it is."""
    led = Office.objects.filter(memberships__user=user, memberships__role__in=POWERFUL)
    for place in led.exclude(pk=but.pk).distinct():
        audit.actions.record("office.person_settled", place, by=by, note=note, user=user.pk)


def _settle_name(user: User, name: str, *, by: User) -> None:
    if name == user.name:
        return
    note = f"{user.name} → {name}"
    user.name = name
    user.save(update_fields=["name"])
    audit.actions.record("user.name_settled", user, by=by, note=note)


def _told(user: User, changes: Changes) -> str:
    """What changes, in words: "nama menjadi Ratna Wulandari, S.H.; pangkat"."""
    new = {name: value for name, value in changes.items() if getattr(user, name) != value}
    name = [f"nama menjadi {new['name']}"] if "name" in new else []
    return "; ".join([*name, *(words for it, words in LABELS.items() if it in new)])
