"""Who gets no certificate of attendance, whatever the rule says; and taken in again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

import audit.actions
from accounts.models import User
from desabinaan.workflow import TransitionRefused
from events.actions.certified import held_over, refuse_certified
from events.candidates import Candidates
from events.models import Attendee, Contributor, Exclusion, Participation

UNDONE = "Tidak dikecualikan"


@transaction.atomic
def exclude(
    person: Attendee | Contributor, *, reason: str, by: User, at: datetime | None = None
) -> Exclusion:
    """No certificate for them by any order until they are taken in again; twice is once.

    Raises TransitionRefused where they have one in force, or are on the event no more.
    """
    event = held_over(person.event_id)
    if said := _of(person, event.exclusions.all()).first():
        return said
    if not type(person)._default_manager.filter(pk=person.pk, event=event).exists():
        raise TransitionRefused(f"{UNDONE}: {person} sudah dilepas dari kegiatan ini.")
    refuse_certified(UNDONE, person.participations.all())
    said = write_exclusion(person, reason=reason, by=by, at=at)
    note = f"{person}, {person.whose}: {reason}"
    audit.actions.record("event.certificate_excluded", event, by=by, at=at, note=note)
    return said


def write_exclusion(
    person: Attendee | Contributor, *, reason: str, by: User, at: datetime | None = None
) -> Exclusion:
    """The row alone, for whoever holds the event and tells its history."""
    whose = {person._meta.model_name or "": person}
    return Exclusion.objects.create(
        event_id=person.event_id, reason=reason, by=by, at=at or timezone.now(), **whose
    )


@transaction.atomic
def take_in(person: Attendee | Contributor, *, by: User) -> None:
    """The rule says again whether they get one, also where theirs was revoked; twice is once.

    What was said of a row that turned out to be the same person is taken back with it.
    """
    event = held_over(person.event_id)
    same = Candidates.of(event).same_rows(person)
    undone, _ = _of(person, event.exclusions.all(), same).delete()
    _of(person, event.participations.filter(unreplaced=True), same).update(unreplaced=False)
    if undone:
        note = f"{person}, {person.whose}"
        audit.actions.record("event.certificate_taken_in", event, by=by, note=note)


def _of[Row: (Exclusion, Participation)](
    person: Attendee | Contributor, rows: QuerySet[Row], same: list[int] | None = None
) -> QuerySet[Row]:
    """Those of this person, by any of the rows that are them."""
    return rows.filter(**{f"{person._meta.model_name}__in": same or [person.pk]})
