"""Whom a table means by its PIMPASA: known here, to be appointed, doubtful, or nobody at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import models

from accounts import nip
from accounts.actions import VILLAGE_ACCOUNT
from accounts.models import Membership, Office, User
from accounts.models.membership import roles_of
from accounts.people import shares_a_word
from desabinaan import formats
from villages import officers
from villages.models import (
    Assignment,
    Import,
    ImportOfficer,
    ImportRow,
    NamedStatus,
    Officer,
    VillageAccess,
)
from villages.models.region import search_key
from villages.onboarding import service
from villages.onboarding.facts import Facts, Reading

SUGGESTED = 6
LONGEST_NAME = 120


@dataclass(slots=True)
class Named:
    """A person as the table names them, and the rows on which they stand."""

    name: str
    nip: str
    rank: str = ""
    others: set[str] = field(default_factory=set)  # other people's names beside the same number
    lines: list[int] = field(default_factory=list)
    rows: list[ImportRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who a name turned out to be: somebody, somebody of these, or nobody, and why."""

    status: NamedStatus
    reason: str = ""
    user: User | None = None
    suggestions: tuple[int, ...] = ()


@dataclass(frozen=True)
class People:
    """Who could be meant, loaded at once for the whole table."""

    office: Office
    by_number: Mapping[str, User]
    village_accounts: frozenset[int]
    terms: Mapping[int, list[Officer]]  # those that are not over, by person
    here: Sequence[User]  # who guides or serves in the office

    @classmethod
    def of(cls, named: Iterable[Named], office: Office) -> People:
        """In five queries."""
        numbers = [it.nip for it in named if it.nip]
        users = User.objects.filter(username__in=numbers).prefetch_related(roles_of())
        by_number = {user.username: user for user in users}
        serving = Membership.objects.on(office.today()).filter(office=office).values("user")
        guiding = Officer.objects.not_over().filter(office=office).values("user")
        here = list(User.objects.filter(pk__in=serving.union(guiding)).order_by("name", "pk"))
        known = [*here, *by_number.values()]
        terms: dict[int, list[Officer]] = defaultdict(list)
        for term in Officer.objects.not_over().filter(user__in=known).select_related("office"):
            terms[term.user_id].append(term)
        accounts = VillageAccess.objects.filter(user__in=known).values_list("user", flat=True)
        return cls(office, by_number, frozenset(accounts), terms, here)

    def namesakes(self, name: str) -> list[User]:
        """Those of the office whose name is written alike, titles aside."""
        key = service.name_key(name)
        return [user for user in self.here if key and service.name_key(user.name) == key]

    def similar(self, name: str) -> list[User]:
        """Those of the office whose name has a word of this one."""
        return [user for user in self.here if shares_a_word(user.name, name)]

    def terms_here(self, user: User) -> list[Officer]:
        """The person's terms in this office."""
        return [term for term in self.terms.get(user.pk, []) if term.office_id == self.office.pk]


def settle(
    batch: Import, rows: Sequence[ImportRow], read: Mapping[int, Reading]
) -> list[ImportOfficer]:
    """The persons whom these rows name, judged, unsaved; each row knows its own.

    `read` holds the refused rows as well: one may have the number that another lacks.
    """
    named = _named(read, batch.office.today())
    by_line = {row.line: row for row in rows}
    for it in named:
        it.rows = [by_line[line] for line in it.lines if line in by_line]
    named = [it for it in named if it.rows]
    if not named:
        return []
    people = People.of(named, batch.office)
    settled = []
    for it in named:
        person = judge(it, people)
        person.batch = batch
        settled.append(person)
        for row in it.rows:
            row.officer = person
            its = read[row.line]
            row.officer_problem = " ".join(its.officer_problems)
            reason = row.officer_problem or why_not_since(person, its.facts, people)
            row.officer_reason = reason
    return settled


def _named(read: Mapping[int, Reading], today: date) -> list[Named]:
    """Each person once: by number, or by name where the table gives none that is one."""
    found: dict[str, Named] = {}
    unsure: list[tuple[int, Facts]] = []
    for line, reading in read.items():
        its = reading.facts
        digits = nip.tidy(its.officer_nip)
        if not its.names_an_officer:
            continue
        if service.wrong_with(digits, today):
            unsure.append((line, its))
        else:
            _note(found.setdefault(digits, Named(its.officer_name, digits)), line, its)
    # "Bagas Prakoso" with his number on one row, and without it, or with half of it, on others.
    by_name: dict[str, list[Named]] = defaultdict(list)
    for person in found.values():
        by_name[service.name_key(person.name)].append(person)
    for line, its in unsure:
        key, digits = service.name_key(its.officer_name), nip.tidy(its.officer_nip)
        alike = by_name.get(key, []) if key else []
        fresh = Named(its.officer_name, digits)
        person = alike[0] if len(alike) == 1 else found.setdefault(f"{key} {digits}", fresh)
        _note(person, line, its)
    return list(found.values())


def _note(person: Named, line: int, its: Facts) -> None:
    person.lines.append(line)
    person.name = person.name or its.officer_name
    person.rank = person.rank or its.officer_rank
    if its.officer_name and not shares_a_word(person.name, its.officer_name):
        person.others.add(its.officer_name)


def judge(named: Named, people: People) -> ImportOfficer:
    """Who this is, unsaved."""
    if len(named.name) > LONGEST_NAME:
        too_long = "Nama PIMPASA terlalu panjang; paling banyak 120 huruf."
        return _as_judged(named, _refused(too_long))
    if named.others:
        names = " dan ".join([named.name, *sorted(named.others)])
        return _as_judged(named, _refused(f"Satu NIP untuk beberapa nama: {names}."))
    user = people.by_number.get(named.nip)
    if user:
        return _as_judged(named, _by_number(named, user, people))
    wrong = service.wrong_with(named.nip, people.office.today()) if named.nip else ""
    if wrong or not named.nip:
        return _as_judged(replace(named, nip=""), _by_name(named.name, people, wrong))
    return _newcomer(named, people)


def _as_judged(named: Named, verdict: Verdict, **said: str) -> ImportOfficer:
    return ImportOfficer(
        name=named.name[:LONGEST_NAME],
        nip=named.nip[: nip.DIGITS],
        status=verdict.status,
        reason=verdict.reason,
        user=verdict.user,
        suggestions=list(verdict.suggestions),
        **said,
    )


def _by_number(named: Named, user: User, people: People) -> Verdict:
    """Somebody whom the portal knows under this number."""
    if user.pk in people.village_accounts:
        return _refused(VILLAGE_ACCOUNT)
    roles = user.memberships.all()
    why = officers.why_not_by_roles(user, roles, named.name or user.name, people.office)
    if why:
        return _refused(why)
    if named.name and not shares_a_word(user.name, named.name):
        return _doubtful(f"NIP ini milik {user.name} di portal, bukan “{named.name}”.", [user])
    return meant(user, named.nip, people)


def meant(user: User, number: str, people: People) -> Verdict:
    """It is this person: an officer here already, or to become one."""
    elsewhere = [t for t in people.terms.get(user.pk, []) if t.office_id != people.office.pk]
    if people.terms_here(user):
        return Verdict(NamedStatus.MATCHED, user=user)
    if elsewhere:
        return _refused(f"{user.name} masih PIMPASA {elsewhere[0].office.short_name}.", user)
    if not (user.nip or number):
        return _refused(f"NIP {user.name} belum tercatat; lengkapi kolom NIP.", user)
    return Verdict(NamedStatus.NEW, user=user)


def _newcomer(named: Named, people: People) -> ImportOfficer:
    """A number that nobody has: a new person, unless the office has one of that very name."""
    if not search_key(named.name):
        return _as_judged(named, _refused("Nama PIMPASA kosong, dan NIP-nya belum dikenal."))
    verdict = Verdict(NamedStatus.NEW)
    if namesakes := people.namesakes(named.name):
        verdict = _doubtful(f"{namesakes[0].name} tercatat dengan NIP lain.", namesakes)
    rank, employment = service.rank_of(named.rank), service.employment_of(named.nip)
    fitting = rank if service.fits(rank, employment) else ""
    return _as_judged(named, verdict, employment=employment, rank=fitting)


def _by_name(name: str, people: People, wrong: str) -> Verdict:
    """No number, or an unusable one: the name must say who it is."""
    namesakes = people.namesakes(name)
    if len(namesakes) == 1 and not wrong:
        return meant(namesakes[0], "", people)
    near = namesakes or people.similar(name)
    if not near:
        missing = "NIP-nya kosong, dan kantor ini belum mempunyai PIMPASA bernama itu."
        return _refused(wrong or missing)
    return _doubtful(wrong or "Tanpa NIP, orangnya perlu dipastikan.", near)


def _refused(reason: str, user: User | None = None) -> Verdict:
    return Verdict(NamedStatus.REFUSED, reason, user)


def _doubtful(reason: str, users: Iterable[User]) -> Verdict:
    suggested = tuple(user.pk for user in users)[:SUGGESTED]
    return Verdict(NamedStatus.DOUBTFUL, reason, suggestions=suggested)


def candidates_for(person: ImportOfficer) -> models.QuerySet[User]:
    """Whom somebody may choose: those whom the portal suggested."""
    return User.objects.filter(pk__in=person.suggestions)


def why_not_since(person: ImportOfficer, its: Facts, people: People) -> str:
    """Why a known officer cannot have guided the village since the day that the table says."""
    if person.user is None or person.status != NamedStatus.MATCHED:
        return ""
    terms = people.terms_here(person.user)
    since = since_of(its)
    if since is None or term_on(terms, since):
        return ""
    began = formats.long_date(min(term.starts_on for term in terms))
    return f"{person.user.name} baru menjadi PIMPASA {began}, sesudah tanggal dalam tabel."


def since_of(its: Facts) -> date | None:
    """From when on the officer of the row guides the village: as said, else since the decree."""
    return its.officer_since or its.officer_decree_dated or its.decree_dated


def term_on(terms: Iterable[Officer], day: date) -> Officer | None:
    """The term that covers this day."""
    return next((t for t in terms if t.starts_on <= day and not _is_past(t.ends_on, day)), None)


def mark_assigned(rows: Iterable[ImportRow], said: Mapping[int, Facts]) -> None:
    """See which of these villages their officers guide already; one query."""
    wanted = {
        (row.region_id, row.officer.user_id): row
        for row in rows
        if row.region_id and row.officer and row.officer.user_id
    }
    held = Assignment.objects.filter(
        village__region__in=[region for region, _ in wanted],
        officer__user__in={user for _, user in wanted},
    )
    columns = held.values_list("village__region", "officer__user", "ends_on")
    for region, user, ends_on in columns:
        row = wanted.get((region, user))
        if row and not _is_past(ends_on, since_of(said[row.line])):
            row.is_assigned, row.officer_reason = True, ""


def _is_past(ends_on: date | None, day: date | None) -> bool:
    return ends_on is not None and day is not None and ends_on < day
