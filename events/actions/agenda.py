"""The agenda of an event and the people in it: written, ordered, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import audit.actions
from accounts.models import User
from desabinaan.editing import Seen, set_values, unless_overtaken
from desabinaan.ordering import STEP, moved, put
from desabinaan.workflow import TransitionRefused
from events.actions.certified import refuse_certified, refuse_left_out
from events.actions.planning import held
from events.models import AgendaItem, Contributor, Event
from villages.actions.files import discard
from villages.actions.twice import stands_already

MOST_ITEMS = 60
MOST_CONTRIBUTORS = 60


@transaction.atomic
def write_item(
    event: Event,
    *,
    facts: dict[str, Any],
    by: User,
    item: AgendaItem | None = None,
    seen: Seen | None = None,
) -> AgendaItem:
    """Add an item at the end of the agenda, or mend one; the same again at the end is the same.

    Raises TransitionRefused once the event is settled, or beyond MOST_ITEMS.
    """
    event = held(event)
    if item is None:
        rows = list(event.agenda.all())
        if rows and all(getattr(rows[-1], name) == value for name, value in facts.items()):
            return rows[-1]
        if len(rows) >= MOST_ITEMS:
            raise TransitionRefused(f"Paling banyak {MOST_ITEMS} acara dalam satu kegiatan.")
        last = rows[-1].position if rows else 0
        item = AgendaItem(event=event, position=last + STEP, **facts)
    else:
        item = AgendaItem.objects.lock(item.pk)
        unless_overtaken(item, seen)
        if not set_values(item, facts):
            return item
    item.save()
    audit.actions.record("event.agenda_written", event, by=by, note=_said(item))
    return item


@transaction.atomic
def drop_item(item: AgendaItem, *, by: User) -> None:
    """Take an item off the agenda; one that somebody took off already is no error."""
    event = held(item.event)
    rows = list(event.agenda.all())
    dropped, _ = event.agenda.filter(pk=item.pk).delete()
    if dropped:
        place = rows.index(item)
        _hand_on(rows[place], rows[place + 1 : place + 2])
        audit.actions.record("event.agenda_dropped", event, by=by, note=_said(item))


@transaction.atomic
def move_item(item: AgendaItem, *, up: bool, by: User, place: int | None = None) -> None:
    """One place up or down; at the end of the agenda nothing happens.

    `place` is where the person saw it: a second click finds it elsewhere, and leaves it there.
    """
    event = held(item.event)
    rows = list(event.agenda.all())
    if moved(rows, item.pk, up=up, seen_at=place):
        if not up:
            here = rows.index(item)
            _hand_on(rows[here], rows[here - 1 : here])
        put(rows)
        audit.actions.record("event.agenda_ordered", event, by=by)


@transaction.atomic
def order_items(
    event: Event, keys: Sequence[int], *, by: User, seen: Sequence[int] | None = None
) -> None:
    """The items in this order; those that it leaves out come last.

    Raises TransitionRefused where they do not stand as the person has `seen` them any more.
    """
    event = held(event)
    items = {item.pk: item for item in event.agenda.all()}
    standing = list(items)
    wanted = [pk for pk in dict.fromkeys(keys) if pk in items]
    order = wanted + [pk for pk in standing if pk not in wanted]
    if order != standing:
        if seen is not None and list(seen) != standing:
            raise TransitionRefused(
                "Susunan acara berubah sejak Anda membukanya. Periksa, lalu urutkan lagi."
            )
        put([items[pk] for pk in order])
        audit.actions.record("event.agenda_ordered", event, by=by)


@transaction.atomic
def take_standard(event: Event, *, by: User, at: datetime | None = None) -> int:
    """The agenda that events of this kind usually have; how many items. Only on an empty one."""
    event = held(event)
    if event.agenda.exists():
        return 0
    standard = event.kind.standard_items.all()
    items = [
        AgendaItem(event=event, position=it.position, title=it.title, minutes=it.minutes)
        for it in standard
    ]
    AgendaItem.objects.bulk_create(items)
    if items:
        audit.actions.record("event.agenda_taken", event, by=by, at=at, note=str(event.kind))
    return len(items)


@transaction.atomic
def write_contributor(  # noqa: PLR0913 - who does what, by whom, over what was seen, and when
    event: Event,
    *,
    facts: dict[str, Any],
    by: User,
    person: Contributor | None = None,
    seen: Seen | None = None,
    at: datetime | None = None,
) -> Contributor:
    """Note who does what at the event, or mend it; the very same again is the same.

    Raises ValidationError for a second chair or opener, TransitionRefused once it is settled.
    """
    event = held(event)
    if person is None:
        if same := stands_already(event.contributors.all(), **facts):
            return same
        if event.contributors.count() >= MOST_CONTRIBUTORS:
            raise TransitionRefused(f"Paling banyak {MOST_CONTRIBUTORS} pengisi acara.")
        person = Contributor(event=event, **facts)
    else:
        person = Contributor.objects.lock(person.pk)
        unless_overtaken(person, seen)
        if not set_values(person, facts):
            return person
    _checked(person)
    person.save()
    audit.actions.record("event.contributor_written", event, by=by, at=at, note=_named(person))
    return person


@transaction.atomic
def drop_contributor(person: Contributor, *, by: User) -> None:
    """Take somebody off the event, their materials too; somebody may have done so already."""
    event = held(person.event)
    refuse_certified("Tidak dilepas", person.participations.all())
    refuse_left_out("Tidak dilepas", person)
    materials = list(person.materials.all())
    for material in materials:
        discard(material)
    dropped, _ = event.contributors.filter(pk=person.pk).delete()
    if dropped:
        note = "\n".join([_named(person), *(f"Materi: {it.name}" for it in materials)])
        audit.actions.record("event.contributor_dropped", event, by=by, note=note)


def _hand_on(opener: AgendaItem, follower: Sequence[AgendaItem]) -> None:
    """Who follows the item that opened a day opens it instead: the rest of it stays on that day."""
    for it in follower:
        if opener.opens_day_at and not it.opens_day_at:
            it.opens_day_at, opener.opens_day_at = opener.opens_day_at, None
            AgendaItem.objects.bulk_update([it, opener], ["opens_day_at"])


def _checked(person: Contributor) -> None:
    try:
        person.validate_constraints()
    except ValidationError as error:
        raise ValidationError({"contribution": error.messages}) from error


def _said(item: AgendaItem) -> str:
    opens = f", hari berikutnya pukul {item.opens_day_at:%H.%M}" if item.opens_day_at else ""
    return f"{item.title}, {item.minutes} menit{opens}"


def _named(person: Contributor) -> str:
    return f"{person.get_contribution_display()}: {person.name}, {person.whose}"
