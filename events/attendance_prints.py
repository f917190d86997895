"""The attendance of an event on paper: to be signed, with names and rows left free, or as it is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from certificates.actions import Paper
from certificates.kinds import LetterKind
from certificates.misprints import Source
from desabinaan import formats
from events.invitation_letters import event_facts
from events.models import Event, Invitee, Reply
from events.origins import event_of
from events.positions import position
from events.report import ON_THE_LIST
from events.signed_prints import Signing
from events.story import Story
from villages.models.region import RegionLevel, search_key
from villages.papers import Signer

ATTENDANCE = LetterKind(
    key="attendance",
    label="Daftar hadir",
    template="events/pdf/attendance.html",
    is_numbered=False,
    origin=event_of,
    sources={
        "people.name": Source("Nama peserta “{}”", ON_THE_LIST),
        "people.institution": Source("Instansi peserta “{}”", ON_THE_LIST),
        "people.title": Source("Jabatan peserta “{}”", ON_THE_LIST),
    },
)
BLANK_ROWS, MOST_BLANK_ROWS = 20, 200
NOBODY = Signer(title="", acting="", name="", rank="", nip="")  # whoever came signs for themselves


@dataclass(frozen=True, slots=True)
class Expected:
    """A row of the sheet: somebody who came, or who is invited and may come."""

    name: str
    institution: str
    title: str
    sex: str = ""

    @property
    def whose(self) -> str:
        """Title and institution in a line."""
        return position(self.title, self.institution)


def expected(event: Event) -> list[Expected]:
    """Those who are on the list, then those who are invited, did not decline, and are not on it."""
    people = _on_the_list(event)
    there = {search_key(it.name) for it in people}
    invited = event.invitees.awaited().select_related("region__parent__parent")
    guests = (_guest(it) for it in invited)
    return people + [it for it in guests if not it.name or search_key(it.name) not in there]


def _guest(invitee: Invitee) -> Expected:
    """Who is expected, or who comes instead; of a village its name alone: a sheet is narrow."""
    region = invitee.region
    is_village = region is not None and region.level == RegionLevel.VILLAGE
    place = region.full_name if region and is_village else invitee.institution
    if invitee.reply == Reply.REPRESENTED:
        name, title = invitee.deputy
        return Expected(name, place, title or invitee.title)
    return Expected(invitee.person, place, invitee.title)


def to_sign(event: Event, blank: int) -> Paper:
    """The sheet to be signed: those who are expected, and rows to be filled in."""
    people = expected(event)
    first = len(people) + 1
    rows = range(first, first + min(max(blank, 0), MOST_BLANK_ROWS))
    facts = {"people": _people(people), "blank": list(rows), "filled": False}
    return _paper(event, "Daftar hadir (untuk ditandatangani)", facts)


def as_it_is(event: Event) -> Paper:
    """Who came, as the portal has it, pupils counted by class."""
    story = Story.of(event)
    facts = {
        "people": _people(_on_the_list(event)),
        "blank": [],
        "filled": True,
        "total": formats.number(story.numbers.people.total),
        "words": story.numbers.people.words,
        "has_pages": event.attendance_pages.exists(),
        "schools": [
            [str(it), formats.number(it.boys), formats.number(it.girls), formats.number(it.total)]
            for it in story.schools
        ],
    }
    return _paper(event, "Daftar hadir", facts)


def _on_the_list(event: Event) -> list[Expected]:
    return [Expected(it.name, it.institution, it.title, it.sex) for it in event.attendees.present()]


def _people(rows: list[Expected]) -> list[dict[str, str]]:
    return [asdict(it) for it in rows]


def _paper(event: Event, called: str, said: dict[str, Any]) -> Paper:
    office, today = event.office, event.office.today()
    facts = {
        "title": "Daftar hadir",
        "of": event.pk,  # two events alike have a sheet each
        "event": event_facts(event),
        **said,
        **Signing(today, NOBODY).facts(office),
    }
    return Paper(ATTENDANCE.key, office, today, f"{called} {event.title}"[:200], facts)
