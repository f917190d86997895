"""A recorded table put right while nobody vouched for it: its SK corrected, a village struck out.

Whoever does so has made the table, too, and does not confirm it. The tables are held before their
decree, the decree before its designations: whoever confirms or certifies takes the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

import audit.actions
from accounts.models import User
from desabinaan.constraints import broke
from desabinaan.editing import Seen, unless_overtaken
from desabinaan.workflow import TransitionRefused
from villages import repairs
from villages.actions import decrees, makers
from villages.actions.numbering import Changes, changes_of, told_changes
from villages.actions.recording import morning_of
from villages.actions.steps import STAMPS, is_repeated, lock, move
from villages.models import Decree, Designation, Import, Preparer, Status
from villages.models.decree import WORDING
from villages.models.status import STRIKE
from villages.progress import Progress

CHUNK = 500


@transaction.atomic
def correct_decree(
    decree: Decree,
    *,
    words: dict[str, Any],
    by: User,
    seen: Seen | None = None,
    at: datetime | None = None,
) -> Decree:
    """Put right what a table said of its decree; the decree under which its villages stand now.

    The day of each designation follows. Where another decree says the same already, the villages
    go over to that one. Refused once somebody confirmed or certified any of them.
    """
    tables = Import.objects.under(decree).lock_these()
    decree, known = _held(decree, words)
    if decree.says_the_same(Decree(office_id=decree.office_id, **words)):
        return decree
    unless_overtaken(decree, seen)
    sheets = Designation.objects.lock_all(decree.designations.values_list("pk", flat=True))
    under = Progress.of(Designation.objects.filter(decree=decree))
    if why := repairs.why_not_correct(decree, under):
        raise TransitionRefused(why)
    number, changes = decree.number, changes_of(decree, words)
    note, gave_way = _told(decree, changes), decree.pk if known else None
    if known:
        _give_way(decree, sheets, known)
    else:
        _save(decree, words)
        _follow(sheets, decree)
    _note_makers(tables, sheets, by=by, at=at)
    audit.actions.record(
        "decree.corrected", known or decree, by=by, at=at, note=note, gave_way=gave_way
    )
    told = [(sheet, note) for sheet in sheets]
    audit.actions.record_all("designation.decree_corrected", told, by=by, at=at)
    data: dict[str, object] = {"number": number, "changes": changes}  # they add up by the number
    audit.actions.record_all(
        "import.decree_corrected", [(it, note) for it in tables], by=by, at=at, data=lambda _: data
    )
    return known or decree


@transaction.atomic
def strike_out(
    designation: Designation, *, reason: str, by: User, at: datetime | None = None
) -> Designation:
    """Say that a village was recorded by mistake: it never was designated, and may be anew.

    The village itself stays with its office, and with whoever guides and speaks for it.
    """
    tables = Import.objects.filter(rows__designation=designation.pk).lock_these()
    designation = lock(designation)
    if is_repeated(designation, STRIKE, by):
        return designation
    if why := repairs.why_not_strike(designation):
        raise TransitionRefused(why)
    move(designation, STRIKE, by=by, note=reason, at=at)
    designation.save(update_fields=STAMPS)
    _note_makers(tables, [designation], by=by, at=at)
    audit.actions.record("designation.struck_out", designation, by=by, at=at, note=reason)
    audit.actions.record("village.struck_out", designation.village, by=by, at=at, note=reason)
    note = f"{designation.village}: {reason}"
    told = [(table, note) for table in tables]
    audit.actions.record_all("import.village_struck_out", told, by=by, at=at)
    return designation


def _told(decree: Decree, changes: Changes) -> str:
    """What it was and is, beginning with its number."""
    told = told_changes(changes)
    return told if "number" in changes else f"SK {decree}: {told}"


def _held(decree: Decree, words: dict[str, Any]) -> tuple[Decree, Decree | None]:
    """The decree, and the other one that says what it should say already; both held at once."""
    wanted = Decree(pk=decree.pk, office_id=decree.office_id, **words)
    known = decrees.recorded(wanted)
    keys = [decree.pk, *([known.pk] if known else [])]
    held = {it.pk: it for it in Decree.objects.lock_all(keys)}
    if set(held) != set(keys) or (known and not held[known.pk].says_the_same(wanted)):
        raise TransitionRefused("SK itu baru saja diperbaiki orang lain; muat ulang halamannya.")
    return held[decree.pk], held.get(known.pk) if known else None


def _save(decree: Decree, words: dict[str, Any]) -> None:
    for name, value in words.items():
        setattr(decree, name, value)
    try:
        with transaction.atomic():
            decree.save(update_fields=[name for name in WORDING if name != "office_id"])
    except IntegrityError as clash:
        if not broke(clash, "decree_number_once"):
            raise
        raise TransitionRefused(
            f"SK {decree.number} baru saja dicatat orang lain; muat ulang halamannya."
        ) from clash


def _give_way(decree: Decree, sheets: Sequence[Designation], known: Decree) -> None:
    """Let the villages go over to the decree that is known; the wrong one gives its number back."""
    decree.number = ""
    decree.save(update_fields=["number"])
    _follow(sheets, known)
    decrees.discard_if_unused(decree)


def _follow(sheets: Sequence[Designation], decree: Decree) -> None:
    """What was copied from the decree: the day, and since when the village stands designated."""
    mine = Designation.objects.filter(pk__in=[sheet.pk for sheet in sheets])
    mine.update(decree=decree, designated_on=decree.dated)
    mine.filter(status=Status.APPROVED).update(status_at=morning_of(decree, sheets[0].office))


def _note_makers(
    tables: Iterable[Import], sheets: Iterable[Designation], *, by: User, at: datetime | None
) -> None:
    """Whoever mends a table has made it, and the head who looked before has not seen it so."""
    Preparer.objects.bulk_create(
        [Preparer(designation=sheet, user=by) for sheet in sheets],
        ignore_conflicts=True,
        batch_size=CHUNK,
    )
    for table in tables:
        makers.note(table, by=by)
        table.mended_at, table.mended_by = at or timezone.now(), by
        table.save(update_fields=["mended_at", "mended_by"])
