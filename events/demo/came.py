"""Who came to the events of the demo: invented names, by each of the ways onto the list."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import User
from events import actions
from events.actions import Person
from events.arrivals import Arrival
from events.demo import drawn
from events.demo.cast import WOMEN
from events.demo.told import Came, Told
from events.models import Category, Event, InstitutionKind, Invitee, Source

A_QUARTER = timedelta(minutes=15)
CATEGORIES = {
    InstitutionKind.IMMIGRATION: Category.OFFICER,
    InstitutionKind.VILLAGE: Category.VILLAGE,
    InstitutionKind.COMMUNITY: Category.VILLAGE,
}
EARLY = 2  # of those who are invited, who have come to what goes on


def tell(event: Event, told: Told, *, by: User) -> None:
    """The guests as those who are invited, then everybody else; the signed sheet is kept.

    Where somebody entered themselves and signed too, they wrote their village another way on the
    sheet, for a person to look at.
    """
    at = event.starts_at + A_QUARTER
    expected = event.invitees.exclude(reply="absent").order_by("pk")
    guests = [it for it in map(_guest, expected) if it.name]
    noted = [*(guests if told.is_over else guests[:EARLY]), *_those(told, Source.OFFICER)]
    actions.attend(event, noted, source=Source.OFFICER, by=by, at=at)
    themselves = _those(told, Source.SELF)
    if themselves:
        door = actions.open_check_in(event, by=by, at=event.starts_at)
        actions.attend(event, themselves, source=Source.SELF, by=None, at=at)
        if told.is_over:
            actions.close_check_in(door, by=by, at=event.ends_at)
    if told.is_over:
        signed = _those(told, Source.PAPER)
        actions.attend(event, signed, source=Source.PAPER, by=by, at=event.ends_at)
        lines = [(it.name, it.institution) for it in [*noted, *signed]]
        actions.keep_page(event, drawn.sheet(event.title, lines), by=by, at=event.ends_at)


def _those(told: Told, source: Source) -> list[Person]:
    return [_person(it) for it in told.came if it.source == source]


def _person(it: Came) -> Person:
    return Person(it.name, it.institution, it.title, sex=_sex(it.name))


def _guest(guest: Invitee) -> Person:
    its = Arrival.of(guest)
    category = CATEGORIES.get(InstitutionKind(guest.kind), Category.AGENCY)
    return Person(
        its.name,
        its.institution,
        its.title,
        sex=_sex(its.name),
        category=category,
        invitee_id=guest.pk,
    )


def _sex(name: str) -> str:
    return "P" if name in WOMEN else "L"
