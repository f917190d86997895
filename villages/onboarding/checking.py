"""Every row of an import, judged: ready, doubtful, refused, or in the portal already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.db.models.functions import Upper

from accounts.models import Office
from desabinaan.workflow import Transition
from villages import recoding
from villages.models import (
    Decree,
    Designation,
    Import,
    ImportOfficer,
    ImportRow,
    RowStatus,
    guidance,
)
from villages.models.onboarding import RECOGNIZE, REFUSE
from villages.models.status import CLAIMS_VILLAGE
from villages.onboarding import columns, contacts, facts, guides, matching
from villages.onboarding.facts import Facts, Reading
from villages.onboarding.gazetteer import Gazetteer

PASSED = (RowStatus.MATCHED, RowStatus.DOUBTFUL)


@dataclass(frozen=True, slots=True)
class Read:
    """A row of the file with its number and what it says."""

    line: int
    reading: Reading

    @property
    def facts(self) -> Facts:
        """What the row says."""
        return self.reading.facts


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a table: its rows, and the persons whom it names as PIMPASA; unsaved."""

    rows: list[ImportRow]
    officers: list[ImportOfficer]


def judge(batch: Import) -> Judged:
    """Match and judge every row of the import; a constant number of queries."""
    read = list(_read(batch))
    gazetteer = Gazetteer.of(batch.office)
    elsewhere = matching.outside((row.facts.code for row in read), gazetteer)
    rows = [_judged(batch, row, gazetteer, elsewhere) for row in read]
    said = {row.line: row.facts for row in read}
    # What cannot be mended in the table is said first: what stands in the portal already.
    claims = _refuse_claimed(rows, said, batch.office)
    refuse_unlike_decrees(rows, said, batch.office)
    _refuse_doubles(rows)
    known = {
        claims[row.region_id].village_id: row
        for row in rows
        if row.region_id
        and row.status == RowStatus.KNOWN
        # One that moved on is no longer this office's to add to.
        and claims[row.region_id].village.office_id == batch.office_id
    }
    contacts.mark_additions(known, said, batch.office.today())
    standing = [row for row in rows if row.status in PASSED] + list(known.values())
    officers = guides.settle(batch, standing, {row.line: row.reading for row in read})
    guides.mark_assigned(standing, said)
    return Judged(rows, officers)


def facts_of(row: ImportRow) -> Facts:
    """What a kept row says."""
    days = {name: row.facts.get(name) for name in (*facts.DAYS, *facts.OFFICER_DAYS)}
    read = {name: date.fromisoformat(day) if day else None for name, day in days.items()}
    return Facts(**{**row.facts, **read})


def claims_on(regions: Iterable[int]) -> dict[int, Designation]:
    """The sheets that claim these villages, by region."""
    claims = Designation.objects.filter(village__region__in=regions, status__in=CLAIMS_VILLAGE)
    related = claims.select_related("village", "office", "decree", "status_by")
    return {claim.village.region_id: claim for claim in related}


def guided_elsewhere(regions: Iterable[int], office: Office) -> dict[int, str]:
    """The villages that another office guides, by region, each with the sentence that says so.

    And those that are in the portal already, under a code that is no longer in force.
    """
    wanted = list(regions)
    found = guidance.guided_elsewhere(office).filter(region__in=wanted)
    former = recoding.under_old_codes(wanted)
    recoded = {pk: recoding.why_not_again(village) for pk, village in former.items()}
    return recoded | {village.region_id: village.guidance for village in found}


def standing_of(claim: Designation, office: Office) -> str:
    """Which office claims a village, and how, as this one may know it."""
    standing = claim.standing_for(office)
    if claim.office_id == office.pk:
        return f"{claim.office.short_name}: {standing}"
    return f"{standing[0].upper()}{standing[1:]}"


def is_known(claim: Designation, its: Facts, office: Office) -> bool:
    """Whether an earlier import brought this very row."""
    decree = claim.decree
    return (
        claim.is_recorded
        and claim.office_id == office.pk
        and decree is not None
        and (decree.number, decree.dated) == (its.decree_number, its.decree_dated)
    )


def _read(batch: Import) -> Iterator[Read]:
    today = batch.office.today()
    headers = batch.table[batch.header_at][1]
    for line, cells in batch.table[batch.header_at + 1 :]:
        picked = columns.picked(cells, batch.columns)
        # Printed tables repeat their headers on every page.
        if cells == headers or not facts.is_about_a_village(picked):
            continue
        reading = facts.read(picked, batch.otherwise, today=today)
        if not reading.facts.is_example:
            yield Read(line, reading)


def _judged(
    batch: Import, row: Read, gazetteer: Gazetteer, elsewhere: Mapping[str, str]
) -> ImportRow:
    says = {"batch": batch, "line": row.line, "facts": asdict(row.facts)}
    if row.reading.problems:
        return ImportRow(**says, status=RowStatus.REFUSED, reason=" ".join(row.reading.problems))
    match = matching.match(row.facts, gazetteer, elsewhere)
    return ImportRow(
        **says,
        region_id=match.spot.pk if match.spot else None,
        status=_status_of(match),
        reason=match.reason,
        suggestions=[spot.pk for spot in match.suggestions],
    )


def _status_of(match: matching.Match) -> RowStatus:
    if match.spot:
        return RowStatus.MATCHED
    return RowStatus.REFUSED if match.is_refused else RowStatus.DOUBTFUL


def _refuse(row: ImportRow, reason: str, step: Transition = REFUSE) -> None:
    step.apply(row)
    row.reason, row.suggestions = reason, []


def refuse_unlike_decrees(rows: list[ImportRow], said: Mapping[int, Facts], office: Office) -> None:
    """A decree says one thing: on every row, and as the portal has recorded it.

    Its number is one in small letters or capitals, as `decree_number_once` has it.
    """
    numbers = {facts.decree_number.upper() for facts in said.values()}
    recorded = Decree.objects.filter(office=office).alias(capital=Upper("number"))
    recorded = recorded.filter(capital__in=numbers)
    known = {(decree.number.upper(), decree.year): decree for decree in recorded}
    first: dict[tuple[str, int], int] = {}
    for row in rows:
        if row.status not in PASSED:
            continue
        its = said[row.line]
        key = (its.decree_number.upper(), its.decree_dated.year if its.decree_dated else 0)
        decree, written = known.get(key), decree_of(its, office)
        if decree and not decree.says_the_same(written):
            _refuse(row, decree.told_otherwise(written))
            continue
        model = said[first.setdefault(key, row.line)]  # what was refused is nobody's model
        if (its.decree_number, its.wording) != (model.decree_number, model.wording):
            _refuse(row, f"SK ini tertulis lain pada baris {first[key]}; samakan isinya.")


def decree_of(its: Facts, office: Office) -> Decree:
    """The decree that a row names, unsaved."""
    return Decree(
        office=office,
        number=its.decree_number,
        dated=its.decree_dated,
        title=its.decree_title,
        signer_level=its.signer_level,
        signer_name=its.signer_name,
    )


def _refuse_doubles(rows: list[ImportRow]) -> None:
    first: dict[int | None, int] = {}
    for row in rows:
        if row.status == RowStatus.MATCHED:
            line = first.setdefault(row.region_id, row.line)
            if line != row.line:
                _refuse(row, f"Desa ini sudah ada pada baris {line}.")


def _refuse_claimed(
    rows: list[ImportRow], said: Mapping[int, Facts], office: Office
) -> dict[int, Designation]:
    regions = [row.region_id for row in rows if row.region_id]
    claims, elsewhere = claims_on(regions), guided_elsewhere(regions, office)
    for row in rows:
        claim = claims.get(row.region_id or 0)
        if row.status == RowStatus.MATCHED and claim is None and row.region_id in elsewhere:
            _refuse(row, elsewhere[row.region_id])
        if claim is None or row.status != RowStatus.MATCHED:
            continue
        if is_known(claim, said[row.line], office):
            _refuse(row, "Sudah tercatat di portal dengan SK ini.", RECOGNIZE)
        else:
            _refuse(row, standing_of(claim, office))
    return claims
