"""What an office notes of its villages: programmes, migrant workers, agreements, documents."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

import audit.actions
from accounts.models import User
from desabinaan.editing import Seen, unless_overtaken
from desabinaan.storage import storing
from desabinaan.uploads import CheckedFile
from villages.actions.files import discard, stored
from villages.actions.twice import kept_already, stands_already
from villages.models import Agreement, MigrantCount, SisterProgramme, Village, VillageDocument


@transaction.atomic
def write_programme(
    village: Village,
    *,
    facts: dict[str, Any],
    by: User,
    item: SisterProgramme | None = None,
    seen: Seen | None = None,
) -> SisterProgramme:
    """Note a programme of another institution, or mend what was noted.

    Raises ValidationError where the village has it already.
    """
    if same := _noted_already(village, SisterProgramme.objects.of(village), facts, item):
        return same
    programme = _checked(item or SisterProgramme(village=village), facts, seen)
    programme.save(force_update=bool(programme.pk))
    audit.actions.record("village.programme_written", village, by=by, note=str(programme))
    return programme


@transaction.atomic
def drop_programme(programme: SisterProgramme, *, by: User) -> None:
    """Take back what was noted by mistake; the history keeps it."""
    if not _still_there(programme):
        return
    note = f"{programme}, {programme.owner}"
    audit.actions.record("village.programme_dropped", programme.village, by=by, note=note)
    programme.delete()


@transaction.atomic
def write_migrant_count(
    village: Village,
    *,
    facts: dict[str, Any],
    by: User,
    item: MigrantCount | None = None,
    seen: Seen | None = None,
) -> MigrantCount:
    """Note how many migrant workers a source counts in a year, or mend the figure.

    Raises ValidationError where that source has been noted for the year already.
    """
    if same := _noted_already(village, MigrantCount.objects.of(village), facts, item):
        return same
    count = _checked(item or MigrantCount(village=village), facts, seen)
    count.save(force_update=bool(count.pk))
    note = f"{count.year}, {count.source}: {count.total}"
    audit.actions.record("village.migrants_counted", village, by=by, note=note)
    return count


@transaction.atomic
def drop_migrant_count(count: MigrantCount, *, by: User) -> None:
    """Take back a figure that was noted by mistake; the history keeps it."""
    if not _still_there(count):
        return
    note = f"{count.year}, {count.source}: {count.total}"
    audit.actions.record("village.migrant_count_dropped", count.village, by=by, note=note)
    count.delete()


@storing()
def write_agreement(
    village: Village,
    *,
    facts: dict[str, Any],
    by: User,
    item: Agreement | None = None,
    seen: Seen | None = None,
) -> Agreement:
    """Note an agreement with its scan, or mend what was noted; without a new scan the old stays.

    The very same facts again are the same agreement: it gets the scan that it did not have.
    """
    facts = dict(facts)
    scan: CheckedFile | None = facts.pop("scan", None)
    if same := _noted_already(village, Agreement.objects.of(village), facts, item):
        if not scan or (same.scan and same.scan.sha256 == scan.sha256):
            return same
        item, seen = same, None
    agreement = _checked(item or Agreement(village=village), facts, seen)
    earlier = agreement.scan
    if scan:
        title = f"Pindaian {agreement.get_kind_display()}"
        agreement.scan = _store(village, scan, title=title, is_shared=True, by=by)
    agreement.save(force_update=bool(agreement.pk))
    if scan and earlier:
        discard(earlier)
    audit.actions.record("village.agreement_written", village, by=by, note=str(agreement))
    return agreement


@transaction.atomic
def drop_agreement(agreement: Agreement, *, by: User) -> None:
    """Take back an agreement that was noted by mistake, with its scan; the history keeps it."""
    if not _still_there(agreement):
        return
    scan = agreement.scan
    audit.actions.record("village.agreement_dropped", agreement.village, by=by, note=str(agreement))
    agreement.delete()
    if scan:
        discard(scan)


@storing()
def attach_document(
    village: Village, file: CheckedFile, *, title: str, is_shared: bool, by: User
) -> VillageDocument:
    """Keep a checked file of the village; shared ones its government reads too."""
    Village.objects.lock(village.pk)
    kept = VillageDocument.objects.of(village).loose()
    if same := kept_already(kept, file, title=title, is_shared=is_shared):
        return same
    document = _store(village, file, title=title, is_shared=is_shared, by=by)
    audit.actions.record("village.document_attached", village, by=by, note=title)
    return document


@transaction.atomic
def remove_document_of_village(document: VillageDocument, *, by: User) -> None:
    """Take a file away; the stored bytes go once that is certain."""
    if not _still_there(document):
        return
    audit.actions.record(
        "village.document_removed", document.village, by=by, note=f"{document} ({document.name})"
    )
    discard(document)


def _store(
    village: Village, file: CheckedFile, *, title: str, is_shared: bool, by: User
) -> VillageDocument:
    return VillageDocument.objects.create(
        village=village, title=title, is_shared=is_shared, **stored(file, by=by)
    )


def _noted_already[Row: SisterProgramme | MigrantCount | Agreement](
    village: Village, rows: QuerySet[Row], facts: dict[str, Any], item: Row | None
) -> Row | None:
    """The entry that says the very same, where one more is to be noted; its village is held."""
    Village.objects.lock(village.pk)
    return None if item else stands_already(rows, **facts)


def _checked[Row: SisterProgramme | MigrantCount | Agreement](
    row: Row, facts: dict[str, Any], seen: Seen | None
) -> Row:
    """The row with these facts, not yet saved; for the same village one after the other."""
    is_new = row.pk is None
    if not _still_there(row) and not is_new:
        raise ValidationError("Catatan ini baru saja dihapus orang lain.")
    if not is_new:
        unless_overtaken(row, seen)
    for field, value in facts.items():
        setattr(row, field, value)
    row.validate_constraints()
    return row


def _still_there(row: SisterProgramme | MigrantCount | Agreement | VillageDocument) -> bool:
    """Whether nobody took it back, its village held; the row then says what stands by now."""
    Village.objects.lock(row.village_id)
    if row.pk is None:
        return False
    try:
        row.refresh_from_db()
    except row.DoesNotExist:
        return False
    return True
