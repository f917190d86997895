"""The decree after the decision: mended while it has no number; its number, once, for all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

import audit.actions
from accounts.models import User
from desabinaan import formats
from desabinaan.editing import Seen, unless_overtaken
from desabinaan.storage import storing
from desabinaan.uploads import CheckedFile
from desabinaan.workflow import TransitionRefused
from villages.actions import decrees
from villages.actions.decision import ORDERED, order_certificates
from villages.actions.files import store
from villages.actions.steps import lock, lock_all
from villages.actions.twice import kept_already
from villages.models import Decree, Designation, Preparer, Purpose, SignerLevel, Status
from villages.models.decree import LABELS, PREPARED
from villages.prints import Prints

type Changes = dict[str, list[str]]  # by field: what the decree said, and what it says now


@storing()
def record_decree(  # noqa: PLR0913 - the scan, and what was read, come with the number
    designation: Designation,
    *,
    number: str,
    dated: date,
    by: User,
    scan: CheckedFile | None = None,
    printed: str | None = None,
) -> Decree:
    """Type the number that the correspondence system gave, and attach the signed scan.

    One decree may cover several villages: each that waits gets its certificate and its history
    row. Where a decree that says the same has the number already, the waiting villages join it.
    `printed` is the stamp of the certificates as the person read them: nothing else is printed.
    """
    decree = decrees.hold_of(designation)
    if not decree.number:
        decree.number, decree.dated = number, dated
        decree = _number(decree, by=by, printed=printed)
    elif (decree.number, decree.dated) != (number, dated):
        raise TransitionRefused(f"Nomor SK sudah dicatat: {decree.number}.")
    if scan:
        _attach_scan(designation, scan, by=by)
    return decree


@transaction.atomic
def change_decree(
    decree: Decree,
    *,
    words: dict[str, Any],
    by: User,
    seen: Seen | None = None,
    printed: str | None = None,
) -> Decree:
    """Put right what a decree says that has no number yet; with a number, as `record_decree`.

    What was copied from it follows: the day of the designation. A numbered decree is refused: its
    certificates print it. Nobody who prepared what it decides says what it says.
    """
    decree = decrees.hold(decree)
    if decree.number:
        if decree.says_the_same(Decree(office_id=decree.office_id, **words)):
            return decree
        raise TransitionRefused(f"SK {decree} sudah bernomor; isinya tidak dapat diubah lagi.")
    if Preparer.objects.filter(designation__decree=decree, user=by).exists():
        raise TransitionRefused(PREPARED)
    unless_overtaken(decree, seen)
    changes = _set_words(decree, words, by=by)
    waiting = _waiting_under(decree)
    for sheet in waiting:
        sheet.designated_on = decree.dated or sheet.office.day_of(sheet.status_at)
        sheet.save(update_fields=["designated_on"])
    if changes:
        _remember(decree, waiting, changes, by=by)
    if decree.number:
        return _number(decree, by=by, printed=printed)
    decree.save()
    return decree


def _set_words(decree: Decree, words: dict[str, Any], *, by: User) -> str:
    """Set what differs, unsaved; a sentence of what it was and is, the number left aside."""
    decree.changed_by = by
    changes = changes_of(decree, {name: words[name] for name in words if name != "number"})
    for name, value in words.items():
        setattr(decree, name, value)
    return told_changes(changes)


def changes_of(decree: Decree, words: dict[str, Any]) -> Changes:
    """What the decree says and what it is to say, where the two differ, as history keeps it."""
    return {
        name: [_kept(getattr(decree, name)), _kept(value)]
        for name, value in words.items()
        if getattr(decree, name) != value
    }


def told_changes(changes: Changes) -> str:
    """The same in a sentence."""
    return "; ".join(
        f"{LABELS[name]}: {in_words(name, was)} menjadi {in_words(name, now)}"
        for name, (was, now) in changes.items()
    )


def _kept(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def in_words(name: str, kept: str) -> str:
    """What a decree said, as people read it."""
    if name == "dated":
        return formats.long_date(date.fromisoformat(kept) if kept else None)
    return str(SignerLevel(kept).label) if name == "signer_level" else f"“{kept}”"


def _remember(decree: Decree, sheets: Sequence[Designation], changes: str, *, by: User) -> None:
    audit.actions.record("decree.changed", decree, by=by, note=changes)
    noted = [(sheet, changes) for sheet in sheets]
    audit.actions.record_all("designation.decree_changed", noted, by=by)


def _number(decree: Decree, *, by: User, printed: str | None) -> Decree:
    """The decree with its number, or the one that has it already; what waited is ordered."""
    numbered = decrees.record(decree)
    waiting = _waiting_under(decree)
    for sheet in waiting:
        sheet.decree, sheet.designated_on = numbered, numbered.dated
    office = waiting[0].office if waiting else numbered.office
    Prints(office, numbered, waiting).refuse_unread(printed, "Belum dicatat")
    if waiting:
        order_certificates(waiting, by=by)
    for sheet in waiting:
        sheet.save(update_fields=[*ORDERED, "designated_on"])
    noted = [(sheet, numbered.number) for sheet in waiting]
    audit.actions.record_all("designation.decree_numbered", noted, by=by)
    if numbered != decree:
        decrees.discard_if_unused(decree)
    return numbered


def _waiting_under(decree: Decree) -> list[Designation]:
    """The sheets under the decree that wait for a certificate, their rows held."""
    sheets = lock_all(decree.designations.filter(status=Status.APPROVED))
    # Revoked, or ordered, in the meantime. The decree has its number by now: it says nothing.
    return [sheet for sheet in sheets if sheet.is_approved and not sheet.certificate_id]


def _attach_scan(designation: Designation, file: CheckedFile, *, by: User) -> None:
    """The scan of the decree; this file comes after the sheet was frozen."""
    designation = lock(designation)
    if kept_already(designation.documents.all(), file, purpose=Purpose.DECREE):
        return
    document = store(designation, file, Purpose.DECREE, by=by)
    audit.actions.record("designation.document_attached", designation, by=by, note=document.name)
