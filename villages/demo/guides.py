"""The PIMPASA of the demo: who guides which village, since when, and by what letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from accounts.actions import Person
from accounts.models import Employment, Office, User
from desabinaan import formats
from villages import actions
from villages.actions import Appointment, HandOver, Terms
from villages.assignment_letters import CONSIDERING, DUTIES, LetterWords, proposed_bases
from villages.demo.people import HOUSES, Team
from villages.demo.telling import letterhead_of, moment
from villages.models import Assignment, Basis, Officer, Part, Village
from villages.papers import Signer, signer_of

LEAD, MEMBER = Part.LEAD, Part.MEMBER
PNS, PPPK = Employment.PNS, Employment.PPPK


@dataclass(frozen=True, slots=True)
class Guide:
    """A PIMPASA: a colleague by their place in the office, or somebody who does not sign in."""

    office: str
    villages: tuple[tuple[str, Part, date], ...] = ()
    colleague: str = ""  # "staff 1"
    person: Person | None = None
    since: date = date(2024, 1, 8)
    moved: date | None = None  # handed everything on, to the first of the office


PAKUNCEN, CANDI = "33.07.06.2009", "33.07.06.2003"
GUIDES = (
    # C2: the villages of Selomerto are guided in pairs.
    Guide("kanim-wonosobo", ((PAKUNCEN, LEAD, date(2024, 3, 7)),
                             ("33.07.06.2015", LEAD, date(2026, 2, 2))), "staff 1"),
    Guide("kanim-wonosobo", ((PAKUNCEN, MEMBER, date(2024, 3, 7)),), "staff 2"),
    Guide("kanim-wonosobo", (("33.07.09.2005", LEAD, date(2024, 6, 10)),
                             (CANDI, LEAD, date(2024, 1, 8))),
          person=Person("Bayu Kusuma Nugraha", "199407182020121003", rank="II/d", employment=PNS),
          moved=date(2025, 11, 28)),
    Guide("kanim-wonosobo", (),
          person=Person("Rizka Amalia Safitri", "199802112024212017", rank="IX", employment=PPPK),
          since=date(2026, 3, 2)),
    # A Rudenim guides no villages: its officer is sent to one of a Kanim under the same Kanwil.
    Guide("rudenim-semarang", (("33.07.06.2015", MEMBER, date(2026, 3, 16)),),
          person=Person("Yudha Aditya Pratama", "199605232020121005", rank="II/c", employment=PNS),
          since=date(2026, 3, 9)),
    Guide("kanim-cilacap", (("33.05.01.2004", LEAD, date(2026, 4, 6)),), "staff 1"),
    # C1: far from the office; one officer for the whole kecamatan.
    Guide("kanim-batulicin", (("63.02.15.2002", LEAD, date(2024, 5, 3)),), "staff 1"),
    Guide("kanim-jember", (("35.09.05.2001", LEAD, date(2026, 6, 8)),), "staff 1"),
    # C4: two villages under one decree, one officer each.
    Guide("kanim-kerinci", (("15.01.21.2009", LEAD, date(2024, 2, 20)),), "staff 1"),
    Guide("kanim-kerinci", (("15.01.04.2031", LEAD, date(2024, 2, 20)),), "staff 2"),
)  # fmt: skip
COLLEAGUES_WHO_GUIDE = {(it.office, it.colleague) for it in GUIDES if it.colleague}


@dataclass
class Papers:
    """The invented numbers of an office's decrees and letters, one after the other."""

    unit: str
    serials: dict[int, int] = field(default_factory=dict)

    def next(self, day: date) -> str:
        """Another number of that year."""
        self.serials[day.year] = self.serials.get(day.year, 0) + 1
        return f"PERAGAAN-{self.serials[day.year]:02}.{self.unit}.KP.04.01 Tahun {day.year}"


def send_guides(teams: Mapping[str, Team]) -> None:
    """Appoint the officers and send them by letter; whoever moved has handed their villages on."""
    papers = {house.code: Papers(house.unit or house.code.upper()) for house in HOUSES}
    officers = [_appoint(guide, teams[guide.office], papers[guide.office]) for guide in GUIDES]
    first: dict[str, Officer] = {}
    sendings: list[tuple[date, Guide, Officer]] = []
    for guide, officer in zip(GUIDES, officers, strict=True):
        first.setdefault(guide.office, officer)
        sendings += [(day, guide, officer) for day in {since for _, _, since in guide.villages}]
    # By their day, as the registers gave their numbers.
    for day, guide, officer in sorted(sendings, key=lambda sending: sending[0]):
        _send(officer, guide, day, teams[guide.office], papers[guide.office])
    for guide, officer in zip(GUIDES, officers, strict=True):
        if guide.moved:
            _move(officer, first[guide.office], guide.moved, teams[guide.office])


def _keeper(team: Team) -> User:
    """Who keeps the officers there; in a Rudenim its administrator is the only one."""
    return team["staff 1"] if team.office.designates else team["admin 1"]


def _send(officer: Officer, guide: Guide, day: date, team: Team, papers: Papers) -> None:
    """To the villages of that day, by one decree and one surat tugas under its letterhead."""
    by, decree = _keeper(team), papers.next(day)
    held: list[Assignment] = []
    for region, part, since in guide.villages:
        if since == day:
            village = Village.objects.select_related("region").get(region__code=region)
            terms = Terms(part, day, Basis.DECREE, decree, day)
            at = moment(team.office, day, 9, 20)
            held += actions.assign([officer], [village], terms, by=by, at=at)
    with letterhead_of(team.office, day):
        office = Office.objects.select_related("parent__parent").get(pk=team.office.pk)
        words = _words(office, team, held, day)
        number = "" if office.designates else f"ST-PERAGAAN-04.{office.code.upper()}"
        at = moment(office, day, 9, 40)
        actions.order_assignment_letter(office, held, words, by=by, number=number, at=at)


def _words(office: Office, team: Team, held: list[Assignment], day: date) -> LetterWords:
    bases = proposed_bases(held)
    return LetterWords(
        considering=CONSIDERING,
        # The ministry's regulation of 2025 was no ground before there was one.
        bases=bases if day >= date(2025, 1, 1) else bases[1:],
        duties=DUTIES,
        copies=(),
        dated=day,
        starts_on=day,
        ends_on=None,
        signer=_signer(office, team),
        signed_as=team.head if office.designates else None,
    )


def _signer(office: Office, team: Team) -> Signer:
    if office.designates:
        return signer_of(team.head)
    name = "Bambang Widyatmoko"
    return Signer(title=f"Kepala {office.name}", acting="", name=name, rank="", nip="")


def _appoint(guide: Guide, team: Team, papers: Papers) -> Officer:
    known = team[guide.colleague] if guide.colleague else None
    person = guide.person
    if known:
        person = Person(known.name, known.username, rank=known.rank, employment=PNS)
    assert person is not None  # noqa: S101 - one or the other
    decreed = Appointment(
        papers.next(guide.since), guide.since, f"Kepala {team.office.short_name}", guide.since
    )
    at = moment(team.office, guide.since, 8, 30)
    by = team["admin 1"]
    return actions.appoint(person, decreed, office=team.office, by=by, known=known, at=at)


def _move(officer: Officer, successor: Officer, last_day: date, team: Team) -> None:
    """To another office: all villages but one pass to a colleague, and one to nobody yet."""
    held = Assignment.objects.filter(officer=officer).select_related("village__region")
    plan = HandOver(
        last_day=last_day,
        basis=Basis.LETTER,
        basis_number=f"PERAGAAN-{last_day:%d%m}.{team.office.code.upper()}",
        basis_dated=last_day,
        successors={it.pk: None if it.village.region.code == CANDI else successor for it in held},
        ends_term=True,
        reason=f"Mutasi, {formats.long_date(last_day)}.",
    )
    at = moment(team.office, last_day, 15, 10)
    actions.hand_over(officer, plan, by=team["admin 1"], at=at)
