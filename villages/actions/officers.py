"""PIMPASA: appointed, assigned to villages, relieved; and what they hold handed on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

import accounts.actions
import audit.actions
from accounts import notices
from accounts.access import is_village_account
from accounts.actions import Person
from accounts.models import Office, User
from accounts.models.role import meeting, meets
from desabinaan import formats
from desabinaan.constraints import broke
from desabinaan.editing import Seen, unless_overtaken
from desabinaan.workflow import TransitionRefused
from villages.models import Assignment, Officer, Village

STALE = timedelta(days=30)  # an assignment noted so long after its first day is no news to anybody
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Appointment:
    """On what decree a person becomes an officer, and from when until when."""

    decree_number: str
    decree_dated: date
    decree_signer_title: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """How an officer is assigned: as what, from when until when, on the ground of what."""

    part: str
    starts_on: date
    basis: str
    basis_number: str
    basis_dated: date
    ends_on: date | None = None


@transaction.atomic
def appoint(  # noqa: PLR0913 - who, on what decree, where, by whom and when
    person: Person,
    appointment: Appointment,
    *,
    office: Office,
    by: User,
    known: User | None = None,
    at: datetime | None = None,
) -> Officer:
    """Make somebody new, or somebody known, a PIMPASA of the office.

    Somebody new gets an entry without a password. Raises ValidationError for a number that is
    taken, a second term at the same time, one in a closed office, and the account of a village.
    """
    if known and is_village_account(known):
        raise ValidationError({"user": accounts.actions.VILLAGE_ACCOUNT})
    _refuse_closing(Office.objects.lock(office.pk), appointment)
    if known:
        # Held: two terms that clash at once come one after the other.
        known = User.objects.lock(known.pk)
        # A number that is noted stands, whatever the form still showed: it is mended elsewhere.
        person = replace(person, username=known.nip or person.username)
    user = (
        _settle(known, person, by=by, at=at)
        if known
        else accounts.actions.enter_person(person, by=by, at=at)
    )
    officer = Officer(user=user, office=office, created_by=by, **_facts(appointment))
    officer.created_at = at or timezone.now()
    officer.full_clean()
    officer.save()
    for subject in (officer, officer.user):
        audit.actions.record("officer.appointed", subject, by=by, at=at, note=_appointed(officer))
    return officer


@transaction.atomic
def change_officer(
    officer: Officer,
    person: Person,
    appointment: Appointment,
    *,
    by: User,
    seen: Seen | None = None,
) -> Officer:
    """Mend what was noted of the person's service and of the appointment.

    Raises ValidationError when the term would no longer cover its assignments.
    """
    office = Office.objects.lock(officer.office_id)  # as `appoint`: office, officer, person
    officer = Officer.objects.lock(officer.pk)
    officer.user = User.objects.lock(officer.user_id)
    if seen is not None:
        of_term = {name: seen[name] for name in Appointment.__slots__}
        unless_overtaken(officer, of_term)
        unless_overtaken(officer.user, {name: seen[name] for name in seen.keys() - of_term.keys()})
    officer.user = _settle(officer.user, person, by=by)
    uncovered = _outside(officer, appointment)
    if uncovered:
        raise ValidationError(
            f"Masa tugas ini tidak mencakup penugasan di {uncovered.village}, "
            f"{term_words(uncovered)}."
        )
    _refuse_closing(office, appointment)
    for name, value in _facts(appointment).items():
        setattr(officer, name, value)
    officer.full_clean()
    officer.save()
    for subject in (officer, officer.user):
        audit.actions.record("officer.changed", subject, by=by, note=_appointed(officer))
    return officer


@transaction.atomic
def end_officer(
    officer: Officer, *, ends_on: date, by: User, reason: str = "", at: datetime | None = None
) -> Officer:
    """Let the term end with this day; refused while villages are held beyond it."""
    officer = Officer.objects.lock(officer.pk)
    if officer.ends_on and officer.ends_on <= ends_on:
        raise TransitionRefused(
            f"Masa tugas {officer} sudah berakhir {formats.long_date(officer.ends_on)}."
        )
    held = officer.assignments.exclude(ends_on__lte=ends_on).count()
    if held:
        raise TransitionRefused(
            f"{officer} masih memegang {held} desa sesudah tanggal itu; serahkan dahulu."
        )
    officer.ends_on = max(ends_on, officer.starts_on)
    officer.save(update_fields=["ends_on"])
    day = f"Hari terakhir {formats.long_date(officer.ends_on)}"
    note = "\n".join(filter(None, [day, reason]))
    for subject in (officer, officer.user):
        audit.actions.record("officer.ended", subject, by=by, at=at, note=note)
    return officer


@transaction.atomic
def assign(
    officers: Iterable[Officer],
    villages: Iterable[Village],
    terms: Terms,
    *,
    by: User,
    at: datetime | None = None,
) -> list[Assignment]:
    """Let these officers guide these villages: all of them, or none.

    Refused where one guides a village already in that time, the term of one does not cover it, or
    a village has passed to another office since.
    """
    held = [Officer.objects.lock(pk) for pk in sorted({officer.pk for officer in officers})]
    guided = sorted({village.pk: village for village in villages}.values(), key=lambda it: it.pk)
    pairs = [(officer, village) for officer in held for village in guided]
    try:
        with transaction.atomic():
            return [_assign(officer, village, terms, by=by, at=at) for officer, village in pairs]
    except IntegrityError as refusal:
        if not broke(refusal, "assignment_of_its_office"):
            raise
        raise TransitionRefused(
            "Ada desa yang kini dibina kantor lain; muat ulang daftarnya, lalu pilih lagi."
        ) from refusal


@transaction.atomic
def assign_each(wanted: Sequence[tuple[Officer, Village, Terms]], *, by: User) -> list[Assignment]:
    """Let each officer guide their village; who does so in that time already goes on as before.

    In few queries, for a whole table; refused where a term does not cover its assignment.
    """
    for pk in sorted({officer.pk for officer, _, _ in wanted}):
        Officer.objects.lock(pk)
    held = Assignment.objects.filter(
        officer__in=[officer.pk for officer, _, _ in wanted],
        village__in=[village.pk for _, village, _ in wanted],
    )
    taken: dict[tuple[int, int], list[Assignment]] = defaultdict(list)
    for it in held:
        taken[it.officer_id, it.village_id].append(it)
    new = []
    for officer, village, terms in wanted:
        mine = taken[officer.pk, village.pk]
        if any(meets(it, terms.starts_on, terms.ends_on) for it in mine):
            continue
        _within_term(officer, terms)
        new.append(_unsaved(officer, village, terms, by=by))
    Assignment.objects.bulk_create(new, batch_size=CHUNK)
    told = [told for it in new for told in told_of(it)]
    audit.actions.record_all("assignment.started", told, by=by)
    _tell(new)
    return new


def _tell(assignments: Iterable[Assignment], at: datetime | None = None) -> None:
    """The news of them, for the officers and for the villages that they guide."""
    news = [it for it in assignments if _is_news(it.officer, it.starts_on)]
    notices.tell_all("assignment.started", news, at=at)
    guided = {it.village_id: it.village for it in news}
    notices.tell_all("village.guided", list(guided.values()), at=at)


def _assign(
    officer: Officer, village: Village, terms: Terms, *, by: User, at: datetime | None
) -> Assignment:
    clashes = all_overlapping(officer, village, terms)
    if clashes:
        words = term_words(clashes[0])
        raise TransitionRefused(f"{officer} sudah ditugaskan di {village}, {words}.")
    return start(officer, village, terms, by=by, at=at)


def start(
    officer: Officer, village: Village, terms: Terms, *, by: User, at: datetime | None = None
) -> Assignment:
    """Write an assignment of an officer whose row is held; refused outside their term."""
    _within_term(officer, terms)
    assignment = _unsaved(officer, village, terms, by=by)
    assignment.created_at = at or timezone.now()
    assignment.save()
    for subject, note in told_of(assignment):
        audit.actions.record("assignment.started", subject, by=by, at=at, note=note)
    _tell([assignment], at=at)
    return assignment


def _is_news(officer: Officer, since: date) -> bool:
    """Whether the officer may not have heard yet of what began on this day."""
    return since >= officer.office.today() - STALE


def _unsaved(officer: Officer, village: Village, terms: Terms, *, by: User) -> Assignment:
    facts = {name: getattr(terms, name) for name in Terms.__slots__}
    return Assignment(officer=officer, village=village, created_by=by, **facts)


def _within_term(officer: Officer, terms: Terms) -> None:
    ends = officer.ends_on
    if terms.starts_on < officer.starts_on:
        raise TransitionRefused(
            f"{officer} baru menjadi PIMPASA {formats.long_date(officer.starts_on)}."
        )
    if ends and (terms.ends_on is None or terms.ends_on > ends):
        raise TransitionRefused(
            f"Masa tugas {officer} sebagai PIMPASA sampai {formats.long_date(ends)}; "
            "isi tanggal akhir penugasan paling lambat hari itu."
        )


def all_overlapping(officer: Officer, village: Village, terms: Terms) -> list[Assignment]:
    """What the officer holds of the village already in that time."""
    theirs = officer.assignments.filter(village=village)
    return list(theirs.filter(meeting(terms.starts_on, terms.ends_on)).with_held())


@transaction.atomic
def end_assignment(  # noqa: PLR0913 - what another office may not rewrite comes with the day
    assignment: Assignment,
    *,
    ends_on: date,
    by: User,
    reason: str = "",
    not_before: date | None = None,
    at: datetime | None = None,
) -> Assignment:
    """Let an assignment end with this day, the last on which it counts.

    Where another office than the officer's own ends it, that is `not_before` a day.
    """
    assignment = Assignment.objects.lock(assignment.pk)
    if not_before and ends_on < not_before:
        raise TransitionRefused(too_early(assignment, not_before))
    if assignment.ends_on and assignment.ends_on <= ends_on:
        raise TransitionRefused(
            f"Penugasan ini sudah berakhir {formats.long_date(assignment.ends_on)}."
        )
    assignment.ends_on = max(ends_on, assignment.starts_on)
    assignment.save(update_fields=["ends_on"])
    for subject, note in told_of(assignment, reason):
        audit.actions.record("assignment.ended", subject, by=by, at=at, note=note)
    if assignment.ends_on >= assignment.officer.office.today() - STALE:
        notices.tell("village.guided", assignment.village, at=at)
    return assignment


def too_early(assignment: Assignment, not_before: date) -> str:
    """Why another office does not end an assignment on an earlier day."""
    day, office = formats.long_date(not_before), assignment.officer.office
    return f"Paling awal {day}: yang sudah terjadi hanya dibetulkan oleh {office.short_name}."


def endless(terms: Terms) -> Terms:
    """The same, until further notice."""
    return replace(terms, ends_on=None)


def term_words(term: Officer | Assignment) -> str:
    """From when until when: "sejak 7 Maret 2026 sampai 31 Desember 2026"."""
    since = f"sejak {formats.long_date(term.starts_on)}"
    return f"{since} sampai {formats.long_date(term.ends_on)}" if term.ends_on else since


def _outside(officer: Officer, appointment: Appointment) -> Assignment | None:
    """An assignment that such a term would not cover."""
    outside = Q(starts_on__lt=appointment.starts_on)
    if appointment.ends_on:
        outside |= Q(ends_on=None) | Q(ends_on__gt=appointment.ends_on)
    return officer.assignments.filter(outside).select_related("village__region").first()


def _refuse_closing(office: Office, appointment: Appointment) -> None:
    """No term reaches the day from which the office is closed."""
    ends, closes = appointment.ends_on, office.closed_on
    if closes and (ends is None or ends >= closes):
        day = formats.long_date(closes)
        raise ValidationError({"ends_on": f"{office} ditutup sejak {day}."})


def _settle(user: User, person: Person, *, by: User, at: datetime | None = None) -> User:
    return accounts.actions.settle_employment(
        user, nip=person.username, employment=person.employment, rank=person.rank, by=by, at=at
    )


def _facts(appointment: Appointment) -> dict[str, Any]:
    return {name: getattr(appointment, name) for name in Appointment.__slots__}


def _appointed(officer: Officer) -> str:
    decree = f"SK {officer.decree_number}, {formats.long_date(officer.decree_dated)}"
    return f"{officer.office.short_name}, {decree}, {term_words(officer)}"


def told_of(assignment: Assignment, reason: str = "") -> list[tuple[Officer | Village, str]]:
    """Whose history hears of it, and how: the officer's of the village, the village's of them."""
    officer, village = assignment.officer, assignment.village
    words = f"{assignment.get_part_display()}, {term_words(assignment)}"
    tail = f"\n{reason}" if reason else ""
    return [
        (officer, f"{village.full_name}: {words}{tail}"),
        (village, f"{officer.user.name}: {words}{tail}"),
    ]
