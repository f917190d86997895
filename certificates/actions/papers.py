"""What happens to papers: ordered, drawn, downloaded, signed and scanned, revoked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

import audit.actions
from accounts import notices
from accounts.models import Office, User
from audit.models import Entry
from certificates import codes, kinds, misprints, register, storage
from certificates.models import (
    READY,
    REVOKE,
    Certificate,
    Export,
    Letter,
    NumberTemplate,
    RegisterEntry,
    Scan,
    Status,
)
from certificates.models.scan import SUFFIXES, UNSIGNED
from desabinaan import formats, queue
from desabinaan.uploads import CheckedFile
from desabinaan.workflow import TransitionRefused

AGAIN = timedelta(minutes=10)  # asked again within these: a double click, or an impatient hand
IMMEDIATE_ATTEMPTS = 3  # a worker that is killed hands its paper on at once, but not for ever


@dataclass(frozen=True, slots=True)
class Paper:
    """What an app above wants on paper: frozen from here on."""

    kind: str
    office: Office
    dated: date  # the printed date, in the office's zone; its year is the register's
    title: str
    facts: dict[str, Any]


@transaction.atomic
def order_all(
    papers: Sequence[Paper], *, by: User, at: datetime | None = None
) -> list[Certificate]:
    """Order certificates of one register, numbered in this order: all of them or none.

    Raises NumberTemplate.DoesNotExist where the office has not chosen how it numbers this kind, and
    refuses words that no typeface of the papers has: such a paper could never be drawn.
    """
    entries = register.take_numbers(*_register_of(papers), len(papers), by=by)
    sources = kinds.get(papers[0].kind).sources
    for paper, entry in zip(papers, entries, strict=True):
        _require_printable(paper.title, entry.number, paper, sources)
    moment = at or timezone.now()
    ordered = Certificate.objects.bulk_create(
        Certificate(code=codes.new(), entry=entry, **_frozen(paper, by=by, at=moment))
        for paper, entry in zip(papers, entries, strict=True)
    )
    audit.actions.record_all(
        "certificate.ordered",
        [(certificate, "") for certificate in ordered],
        by=by,
        at=at,
        data=lambda certificate: {"number": certificate.number},
    )
    _have_drawn(*ordered)
    return ordered


def _register_of(papers: Sequence[Paper]) -> tuple[Office, str, date]:
    """Where papers that are ordered together take their numbers."""
    if len({(paper.office.pk, paper.kind, paper.dated) for paper in papers}) != 1:
        raise ValueError("papers that are ordered together have one office, kind and date")
    return papers[0].office, papers[0].kind, papers[0].dated


def _frozen(paper: Paper, *, by: User, at: datetime) -> dict[str, Any]:
    """What a row keeps of the paper that was wanted, by whom and when."""
    return {
        "kind": paper.kind,
        "office": paper.office,
        "title": paper.title,
        "facts": paper.facts,
        "ordered_by": by,
        "ordered_at": at,
    }


@transaction.atomic
def order_letter(paper: Paper, *, by: User, at: datetime | None = None, number: str = "") -> Letter:
    """Give the letter its number, if its kind takes one, freeze what it says, and have it drawn.

    The number is the next of the office's register, or the one that the correspondence system gave.

    `paper.kind` is the key of a registered `kinds.LetterKind`, which says what the facts hold; the
    caller keeps the letter, whose page is `letter.get_absolute_url()`. Raises TransitionRefused
    with a sentence for people where the office has not chosen how it numbers this kind, where the
    number stands in its register already, or where the words have a sign that no typeface of the
    papers has; then nothing has happened.
    """
    kind = kinds.letter(paper.kind)
    entry = None
    if kind.is_numbered:
        given = _written_number(paper, number, by=by) if number else None
        entry = given or _letter_numbers([paper], kind, by)[0]
    _require_printable(kind.label, entry.number if entry else "", paper, kind.sources)
    letter = Letter.objects.create(entry=entry, **_frozen(paper, by=by, at=at or timezone.now()))
    audit.actions.record("letter.ordered", letter, by=by, at=at, number=letter.number)
    _have_drawn(letter)
    return letter


@transaction.atomic
def order_letters(papers: Sequence[Paper], *, by: User, at: datetime | None = None) -> list[Letter]:
    """Order letters of one register, numbered by it in this order: all of them or none.

    Raises TransitionRefused as `order_letter` does.
    """
    kind = kinds.letter(papers[0].kind)
    _register_of(papers)  # they have one
    entries = _letter_numbers(papers, kind, by)
    for entry, paper in zip(entries, papers, strict=True):
        _require_printable(kind.label, entry.number, paper, kind.sources)
    moment = at or timezone.now()
    ordered = Letter.objects.bulk_create(
        Letter(entry=entry, **_frozen(paper, by=by, at=moment))
        for paper, entry in zip(papers, entries, strict=True)
    )
    audit.actions.record_all(
        "letter.ordered",
        [(letter, "") for letter in ordered],
        by=by,
        at=at,
        data=lambda letter: {"number": letter.number},
    )
    _have_drawn(*ordered)
    return ordered


@transaction.atomic
def order_once(paper: Paper, *, by: User, at: datetime | None = None) -> Letter:
    """The very same letter of the office, whoever ordered it; ordered now where there is none.

    For a kind without numbers that tells of a whole office, and on which day it does.
    """
    Office.objects.lock(paper.office.pk)  # so that two clicks find each other
    return _the_same(paper).order_by("-pk").first() or order_letter(paper, by=by, at=at)


def ordered_just_now(paper: Paper, *, by: User, number: str = "") -> Letter | None:
    """The very same letter of this person from the last minutes: a second click brings no second.

    Whoever asks holds the rows of which the letter speaks, so that two clicks find each other. One
    whose number is void does not count, and neither does another number.
    """
    of_the_register = Q(entry=None) | Q(entry__serial__isnull=False)
    numbered = Q(entry__number=number) if number else of_the_register
    mine = _the_same(paper).filter(numbered, ordered_by=by)
    return mine.filter(entry__void=None, ordered_at__gt=timezone.now() - AGAIN).last()


def _the_same(paper: Paper) -> models.QuerySet[Letter]:
    return Letter.objects.filter(kind=paper.kind, office=paper.office, facts=paper.facts)


def _written_number(paper: Paper, number: str, *, by: User) -> RegisterEntry:
    """The entry of a number that was given elsewhere: noted before and still free, or a new one."""
    written = RegisterEntry.objects.of(paper.office, paper.kind, paper.dated.year)
    noted = written.filter(number=number, dated=paper.dated, serial=None).first()
    if noted:
        noted = RegisterEntry.objects.lock(noted.pk)
        if noted.paper is None and noted.voiding is None:
            return noted
    register.refuse_yet_to_come(paper.office, number, paper.dated)
    return register.enter(
        RegisterEntry(
            office=paper.office,
            kind=paper.kind,
            year=paper.dated.year,
            number=number,
            dated=paper.dated,
            subject=paper.title,
            written_by=by,
        )
    )


def _letter_numbers(
    papers: Sequence[Paper], kind: kinds.LetterKind, by: User
) -> list[RegisterEntry]:
    paper = papers[0]
    try:
        return register.take_numbers(paper.office, paper.kind, paper.dated, len(papers), by=by)
    except NumberTemplate.DoesNotExist as missing:
        raise TransitionRefused(
            f"{kind.label} belum dibuat: {paper.office} belum memilih pola nomornya."
        ) from missing


def _require_printable(
    label: str, number: str, paper: Paper, sources: Mapping[str, misprints.Source]
) -> None:
    wrong = misprints.found({"number": number, **paper.facts}, sources)
    if wrong:
        raise TransitionRefused(f"{label} tidak dapat dicetak: {' '.join(wrong)}")


def _have_drawn(*papers: Certificate | Letter) -> None:
    from certificates import tasks  # noqa: PLC0415 - tasks import actions

    # A broker that is down breaks nothing: the order stands, and the sweeper finds it.
    task = tasks.draw if isinstance(papers[0], Certificate) else tasks.draw_letter
    queue.publish_each_on_commit(task, [paper.pk for paper in papers])


def attach[P: (Certificate, Letter)](paper: P, content: bytes) -> P:
    """Keep the drawn bytes: file first, then file, hash and status in one step; once only."""
    name, sha256 = storage.keep(content)
    with transaction.atomic():
        paper = type(paper).objects.lock(paper.pk)
        if not READY.is_open(paper):
            return paper
        READY.apply(paper)
        paper.file, paper.sha256, paper.size = name, sha256, len(content)
        paper.drawn_at = timezone.now()
        paper.save(update_fields=["status", "file", "sha256", "size", "drawn_at"])
        is_letter = isinstance(paper, Letter)
        audit.actions.record(
            "letter.drawn" if is_letter else "certificate.drawn", paper, by=None, sha256=sha256
        )
    return paper


def begin_drawing[P: (Certificate, Export, Letter)](paper: P) -> bool:
    """Count the attempt before it is made: one that ends its worker is counted as well.

    False when there is nothing to draw, or when the paper failed so often that only the sweeper,
    with its growing pauses, may try again.
    """
    papers = type(paper).objects.filter(pk=paper.pk)
    early = papers.filter(status=Status.ORDERED, attempts__lt=IMMEDIATE_ATTEMPTS)
    due = papers.owed()
    return bool((due | early).update(attempts=F("attempts") + 1, tried_at=timezone.now()))


def hasten() -> int:
    """Let whatever failed begin anew, as if just ordered; how many. No pause keeps it waiting.

    What a worker has in hand meanwhile is drawn twice at most, which is drawing it once.
    """
    waiting = [it.objects.filter(status=Status.ORDERED) for it in (Certificate, Letter, Export)]
    failed = [papers.filter(attempts__gt=0) for papers in waiting]
    return sum(papers.update(attempts=0, tried_at=None) for papers in failed)


@transaction.atomic
def note_download(certificate: Certificate, *, by: User) -> None:
    """Remember that a holder took the file; once a day for each person is enough to know."""
    certificate = Certificate.objects.with_office().lock(certificate.pk)
    place = certificate.office
    midnight = datetime.combine(place.today(), time(), formats.zone_of(place))
    taken = Entry.objects.about(certificate).filter(
        verb="certificate.downloaded", by=by, at__gte=midnight
    )
    if not taken.exists():
        audit.actions.record("certificate.downloaded", certificate, by=by)


@transaction.atomic
def attach_scan(
    paper: Certificate | Letter, file: CheckedFile, *, by: User, told_by: str = ""
) -> Scan:
    """Keep the paper as it was signed and scanned; from now on it is what its holders download.

    The drawn file and earlier scans stay with the office. The very same file again changes nothing,
    and the drawn file itself is refused. History keeps what told that it is this paper.
    """
    paper = type(paper).objects.lock(paper.pk)
    if not paper.takes_scan:
        raise TransitionRefused(f"Pindaian tidak disimpan: {paper.standing()}")
    if file.sha256 == paper.sha256:
        raise TransitionRefused(UNSIGNED)
    latest = paper.scan
    if latest and latest.sha256 == file.sha256:
        return latest
    scan = _kept_scan(paper, file, by=by)
    is_letter = isinstance(paper, Letter)
    audit.actions.record(
        "letter.scan_attached" if is_letter else "certificate.scan_attached",
        paper,
        by=by,
        note="; ".join(filter(None, [file.name, told_by])),
    )
    if not is_letter:
        notices.tell("certificate.signed", paper)
    return scan


def _kept_scan(paper: Certificate | Letter, file: CheckedFile, *, by: User) -> Scan:
    name, sha256 = storage.keep(file.content, SUFFIXES[file.content_type])
    return Scan.objects.create(
        certificate=paper if isinstance(paper, Certificate) else None,
        letter=paper if isinstance(paper, Letter) else None,
        file=name,
        name=file.name,
        content_type=file.content_type,
        sha256=sha256,
        size=len(file.content),
        uploaded_by=by,
    )


@transaction.atomic
def withdraw_scan(scan: Scan, *, reason: str, by: User) -> Scan:
    """Take a wrong scan out of use; what the portal drew is downloaded again."""
    paper = type(scan.paper).objects.lock(scan.paper.pk)
    scan = Scan.objects.lock(scan.pk)
    if scan.withdrawn_by_id == by.pk:
        return scan
    if paper.scan != scan:
        raise TransitionRefused("Pindaian ini sudah diganti atau ditarik.")
    scan.withdrawn_by, scan.withdrawn_at, scan.withdrawn_reason = by, timezone.now(), reason
    scan.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    is_letter = isinstance(paper, Letter)
    audit.actions.record(
        "letter.scan_withdrawn" if is_letter else "certificate.scan_withdrawn",
        paper,
        by=by,
        note=f"{scan.name}\n{reason}",
    )
    return scan


@transaction.atomic
def revoke(
    certificate: Certificate, *, reason: str, by: User, at: datetime | None = None
) -> Certificate:
    """Take the certificate out of force; it stays known, as revoked, for ever."""
    certificate = Certificate.objects.lock(certificate.pk)
    REVOKE.apply(certificate)
    certificate.revoked_at = at or timezone.now()
    certificate.revoked_reason = reason
    certificate.save(update_fields=["status", "revoked_at", "revoked_reason"])
    audit.actions.record("certificate.revoked", certificate, by=by, at=at, note=reason)
    return certificate
