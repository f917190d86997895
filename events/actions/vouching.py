"""An officer's word on whoever entered themselves: it makes them sure, and stands above theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists

import audit.actions
from accounts.models import User
from audit.models import Entry
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from events.arrivals import was_just_pressed
from events.models import Attendee, Event, Source

if TYPE_CHECKING:
    from events.actions.attendance import Person

# What people read in the history when it is mended; numbers of phones are remembered nowhere.
TOLD = {"name": "Nama", "institution": "Instansi atau desa", "title": "Jabatan"}
NO_PHONE = "Nomor HP dari isian mandiri dihapus."


def vouch(rows: Iterable[Attendee], *, by: User | None) -> list[Attendee]:
    """Keep who said it first; those of whom nobody had. For whoever holds the event."""
    own = [it for it in rows if it.rests_on_own_word]
    for row in own:
        row.vouched_by = by
    if own:
        Attendee.objects.filter(pk__in=[it.pk for it in own]).update(vouched_by=by)
    return own


def note_again(
    rows: Iterable[Attendee], *, source: Source, by: User | None, at: datetime | None = None
) -> None:
    """Remember once that people whom a press just noted were noted by another way as well.

    Whoever pressed wrongly takes back their press alone, not what others said since.
    """
    fresh = [it.pk for it in rows if was_just_pressed(it, at=at)]
    if not fresh:
        return
    told = Entry.objects.about_each(Attendee, "pk").filter(verb="attendee.noted_again")
    first = Attendee.objects.filter(pk__in=fresh).exclude(Exists(told))
    noted = ((it, source.label) for it in first)
    audit.actions.record_all("attendee.noted_again", noted, by=by, at=at)


def give_way(
    row: Attendee,
    guest: Person,
    *,
    by: User | None,
    at: datetime | None = None,
    drops_phone: bool = False,
) -> str:
    """Call whoever entered themselves as the guest is called; what was different, in lines.

    What an officer noted or mended stays, and a title that they gave, where nobody said
    another. The phone goes where nobody chose it: a stranger who
    takes the name of a guest would be sent the certificate of theirs.
    """
    if not row.rests_on_own_word:
        return ""
    facts = {name: getattr(guest, name) or getattr(row, name) for name in TOLD}
    if row.title and guest.is_title_supposed:
        facts["title"] = row.title
    note = changes(row, facts)
    if drops_phone and row.phone:
        facts["phone"] = ""
        note += [NO_PHONE]
    if not note:
        return ""
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=list(facts))
    told = "\n".join(note)
    audit.actions.record("attendee.changed", row, by=by, at=at, note=told, fields=sorted(facts))
    return told


def changes(attendee: Attendee, facts: Mapping[str, Any]) -> list[str]:
    """What would be called otherwise, each in a line."""
    return [
        f"{label}: {getattr(attendee, name) or formats.NOTHING} → {facts[name] or formats.NOTHING}"
        for name, label in TOLD.items()
        if name in facts and getattr(attendee, name) != facts[name]
    ]


def phone_is_a_strangers(event: Event, row: Attendee) -> bool:
    """Whether it is but the word of whoever entered themselves; an officer who merged chose it."""
    return row.rests_on_own_word and not event.merges.one().filter(kept=row).exists()


def refuse_twin(event: Event, row: Attendee) -> None:
    """Refuse where a row without a phone, hidden or not, is what this one would become.

    Whether they are one person is for an officer to say: of two the phone tells who is who.
    """
    if not row.phone_digits or not (twin := event.attendees.without_phone(row).first()):
        return
    if twin in event.attendees.present():
        how = "Pakai baris itu, atau gabungkan keduanya lewat nama yang mirip."
    else:
        how = "Baris itu pernah digabungkan: periksa nama yang mirip, atau betulkan baris ini."
    raise TransitionRefused(f"{row} dari {row.institution} tercatat juga tanpa nomor HP. {how}")
