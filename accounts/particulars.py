"""What is noted of a person, put right: name, number, terms of service, rank, address."""

from __future__ import annotations

from django.db import transaction

import audit.actions
from accounts.actions import Person, settle_email, settle_employment
from accounts.models import Office, User
from desabinaan.editing import Seen, unless_overtaken

# What the history of the office names without saying it: a number is personal data.
LABELS = {
    "username": "NIP",
    "employment": "status kepegawaian",
    "rank": "pangkat",
    "email": "surel",
}


@transaction.atomic
def settle_person(
    user: User, person: Person, *, office: Office, by: User, seen: Seen | None = None
) -> User:
    """Put right what was noted of a person; papers that were issued keep what they say.

    The office remembers what was changed, and no history names an address. Raises ValidationError
    when the number or the address is another person's, or does not fit the terms.
    """
    user = User.objects.lock(user.pk)
    unless_overtaken(user, seen)
    told = _told(user, person)
    if not told:
        return user
    note = f"{user.name}: {told}"
    _settle_name(user, person.name, by=by)
    user = settle_employment(
        user, nip=person.username, employment=person.employment, rank=person.rank, by=by
    )
    user = settle_email(user, email=person.email, by=by)
    audit.actions.record("office.person_settled", office, by=by, note=note, user=user.pk)
    return user


def _settle_name(user: User, name: str, *, by: User) -> None:
    if name == user.name:
        return
    note = f"{user.name} → {name}"
    user.name = name
    user.save(update_fields=["name"])
    audit.actions.record("user.name_settled", user, by=by, note=note)


def _told(user: User, person: Person) -> str:
    """What changes, in words: "nama menjadi Ratna Wulandari, S.H.; pangkat"."""
    name = [f"nama menjadi {person.name}"] if person.name != user.name else []
    others = [words for it, words in LABELS.items() if getattr(person, it) != getattr(user, it)]
    return "; ".join([*name, *others])
