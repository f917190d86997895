"""An officer's word on whoever entered themselves: it makes them sure, and stands above theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import audit.actions
from accounts.models import User
from desabinaan import formats
from events.models import Attendee

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


def give_way(
    row: Attendee,
    guest: Person,
    *,
    by: User | None,
    at: datetime | None = None,
    drops_phone: bool = False,
) -> str:
    """Call whoever entered themselves as the guest is called; what was different, in lines.

    What an officer noted or mended stays. The phone goes where nobody chose it: a stranger who
    takes the name of a guest would be sent the certificate of theirs.
    """
    if not row.rests_on_own_word:
        return ""
    facts = {name: getattr(guest, name) or getattr(row, name) for name in TOLD}
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
