"""The sheets of the spreadsheet: their columns, how many rows, and the rows one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import Any

from django.db.models import OuterRef

from desabinaan import formats
from reports.coverage import Coverage
from reports.load import Load
from reports.outreach import LABELS, Outreach, Reached
from reports.scope import Scope
from reports.waiting import Times, Waiting
from villages.models import Designation, Region, Status
from villages.models.designation import DesignationQuerySet
from villages.models.officer import guides_of
from villages.models.region import CODE_LENGTHS, RegionLevel

CHUNK = 2000  # records held at once

type Columns = Sequence[tuple[str, int]]  # label and width

PLACE: Columns = (("Kecamatan", 26), ("Kabupaten/Kota", 28), ("Provinsi", 24))
VILLAGE: Columns = (("Kode", 16), ("Desa", 30), *PLACE)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet."""

    name: str
    columns: Columns
    size: int
    rows: Callable[[], Iterable[Sequence[Any]]]


def tables_of(scope: Scope) -> list[Table]:
    """Every sheet of a recap, the figures before the lists."""
    coverage, load, waiting = Coverage(scope), Load(scope), Waiting(scope)
    outreach = Outreach(scope)
    summary = chain(_summary(coverage, load, waiting), _reached(outreach.total))
    return [
        _of("Ringkasan", (("Perihal", 34), ("Isi", 60)), summary),
        _of("Cakupan", COVERAGE, _coverage(coverage)),
        _of("Menurut status", (("Status", 24), ("Desa", 12)), _standings(coverage)),
        _of("Beban per kantor", LOAD, _load(load)),
        _of("PIMPASA", PEOPLE, _people(load)),
        _of("Waktu proses", TIMES, _times(waiting)),
        _of("Kegiatan dan sambang", (("Kode", 16), ("Wilayah", 34), *REACHED), _places(outreach)),
        _of("Jenis kegiatan", (("Jenis", 44), *REACHED[:-1]), _kinds(outreach)),
        _of("Kegiatan per kantor", (("Kantor", 50), *REACHED), _offices(outreach)),
        _sheets_table(scope),
        _left_table(scope),
        _reached_table(outreach),
    ]


def listed(scope: Scope) -> int:
    """How many rows its lists have: those are what takes time.

    The villages that were reached are some of these again.
    """
    return _sheets_table(scope).size + _left_table(scope).size


def _of(name: str, columns: Columns, rows: Iterable[Sequence[Any]]) -> Table:
    found = list(rows)
    return Table(name, columns, len(found), lambda: found)


# --- Figures -------------------------------------------------------------------------------------

COVERAGE: Columns = (
    ("Kode", 12),
    ("Wilayah", 34),
    ("Jumlah desa dan kelurahan", 16),
    ("Ditetapkan", 12),
    ("Termasuk belum dibenarkan", 14),
    ("Persen", 10),
    ("Baru dalam periode", 14),
    ("Dicabut atau berakhir", 14),
    ("Dalam proses", 12),
    ("Belum ditetapkan", 14),
)
LOAD: Columns = (
    ("Kantor", 50),
    ("Desa binaan", 12),
    ("Termasuk belum dibenarkan", 14),
    ("Tanpa PIMPASA", 12),
    ("PIMPASA bertugas", 12),
    ("PIMPASA tanpa desa", 12),
    ("Desa binaan per PIMPASA", 12),
    ("Penugasan lain", 12),
)
PEOPLE: Columns = (
    ("PIMPASA", 34),
    ("Kantor", 50),
    ("Bertugas sejak", 14),
    ("Sampai", 14),
    ("Desa binaan", 12),
    ("Sebagai ketua", 12),
    ("Membina sejak", 14),
    ("Penugasan lain", 12),
    ("Kegiatan dalam periode", 12),
    ("Sambang desa dalam periode", 12),
)
REACHED: Columns = tuple((label, 12) for label in LABELS)
TIMES: Columns = (
    ("Kantor", 50),
    ("Diputuskan", 12),
    ("Median (hari)", 12),
    ("Persentil ke-90 (hari)", 14),
    ("Terlama (hari)", 12),
    ("Pernah dikembalikan", 14),
    ("Putaran pengembalian", 14),
    ("Menunggu keputusan", 14),
    ("Menunggu sejak", 14),
    ("Sedang disusun", 12),
)


def _summary(coverage: Coverage, load: Load, waiting: Waiting) -> Iterator[Sequence[Any]]:
    scope, total = coverage.scope, coverage.total
    yield "Cakupan data", scope.subject.name
    yield "Wilayah", scope.region.full_name if scope.region else "Seluruh wilayah"
    yield "Periode", scope.period.exact
    yield "Keadaan per", scope.as_of
    yield "Dibuat", formats.moment(scope.at, scope.own_office)
    yield "Desa dan kelurahan", total.villages
    yield "Ditetapkan", total.designated
    yield "Termasuk belum dibenarkan", total.unconfirmed
    yield "Persen ditetapkan", total.share
    yield "Penetapan baru dalam periode", total.became
    yield "Dicabut atau berakhir dalam periode", total.went
    yield "Dalam proses", total.under_way
    yield "PIMPASA bertugas (hari ini)", load.total.officers
    yield "Desa binaan tanpa PIMPASA (hari ini)", load.total.unguided
    yield "Usulan diputuskan dalam periode", waiting.total.decided
    yield "Median lama proses (hari)", waiting.total.middle_days
    yield "Usulan menunggu keputusan (hari ini)", waiting.total.waiting


def _coverage(coverage: Coverage) -> Iterator[Sequence[Any]]:
    for row in coverage.rows:
        region = row.region
        yield (
            region.code if region else "",
            row.name,
            row.villages,
            row.designated,
            row.unconfirmed,
            row.share,
            row.became,
            row.went,
            row.under_way,
            row.left,
        )


def _standings(coverage: Coverage) -> Iterator[Sequence[Any]]:
    return ((standing.label, standing.count) for standing in coverage.standings)


def _load(load: Load) -> Iterator[Sequence[Any]]:
    for row in load.offices:
        name = row.office.name if row.office else ""
        yield (
            name,
            row.villages,
            row.unconfirmed,
            row.unguided,
            row.officers,
            row.idle,
            row.ratio,
            row.beside,
        )


def _people(load: Load) -> Iterator[Sequence[Any]]:
    for it in load.people:
        term = (it.starts_on, it.ends_on)
        held = (it.designated, it.leads, it.guides_since, it.beside)
        yield it.user.name, it.office.name, *term, *held, it.events_held, it.visits_made


def _reached(total: Reached) -> Iterator[Sequence[Any]]:
    yield "Kegiatan dilaksanakan dalam periode", total.events
    yield "Peserta kegiatan", total.people
    yield "Siswa peserta kegiatan", total.pupils
    yield "Sambang desa dalam periode", total.visits


def _places(outreach: Outreach) -> Iterator[Sequence[Any]]:
    return ((it.code, it.full_name, *reached) for it, reached in outreach.rows)


def _kinds(outreach: Outreach) -> Iterator[Sequence[Any]]:
    return ((kind, *reached[:-1]) for kind, reached in outreach.kinds)


def _offices(outreach: Outreach) -> Iterator[Sequence[Any]]:
    return ((office.name, *reached) for office, reached in outreach.offices)


def _times(waiting: Waiting) -> Iterator[Sequence[Any]]:
    for office, times in sorted(waiting.offices, key=lambda row: row[0].name):
        yield office.name, *_figures(times, office)


def _figures(times: Times, office: Any) -> Sequence[Any]:
    since = office.day_of(times.waiting_since) if times.waiting_since else None
    return (
        times.decided,
        times.middle_days,
        times.tenth_days,
        times.slowest_days,
        times.returned,
        times.rounds,
        times.waiting,
        since,
        times.preparing,
    )


# --- Lists ---------------------------------------------------------------------------------------

SHEETS: Columns = (
    *VILLAGE,
    ("Kantor", 40),
    ("Status", 28),
    ("Status sejak", 14),
    ("Diajukan", 14),
    ("Diputuskan", 14),
    ("Lama proses (hari)", 12),
    ("Ditetapkan pada", 14),
    ("Nomor SK", 40),
    ("Tanggal SK", 14),
    ("PIMPASA", 40),
)


def _status(sheet: Designation) -> str:
    """Where it stands, and that no head answers for it yet."""
    said = str(sheet.get_status_display())
    return f"{said}, belum dibenarkan" if sheet.is_unconfirmed else said


def _sheets_table(scope: Scope) -> Table:
    sheets = scope.sheets
    return Table("Usulan dan penetapan", SHEETS, sheets.count(), lambda: _sheets(scope, sheets))


def _sheets(scope: Scope, sheets: DesignationQuerySet) -> Iterator[Sequence[Any]]:
    names = _names_above(scope)
    found = sheets.with_long_list().prefetch_related(None)
    found = found.annotate(guides=guides_of(OuterRef("village"))).order_by(
        "village__region__code", "pk"
    )
    for sheet in found.iterator(chunk_size=CHUNK):
        office, decree, code = sheet.office, sheet.decree, sheet.village.region.code
        submitted, decided = sheet.submitted_at, sheet.decided_at
        took = round((decided - submitted) / timedelta(days=1)) if submitted and decided else None
        yield (
            code,
            sheet.village.full_name,
            *_around(names, code),
            office.name,
            _status(sheet),
            office.day_of(sheet.status_at),
            office.day_of(submitted) if submitted else None,
            office.day_of(decided) if decided else None,
            took,
            sheet.designated_on,
            decree.number if decree else "",
            decree.dated if decree else None,
            ", ".join(sheet.guides),  # type: ignore[attr-defined]
        )


def _left_table(scope: Scope) -> Table:
    """Every village that is not designated: the ambition is all of the region."""
    done = scope.standing.filter(status=Status.APPROVED)
    left = scope.places.villages().exclude(pk__in=done.values("village__region"))
    columns = (*VILLAGE, ("Status usulan", 20))
    return Table("Belum ditetapkan", columns, left.count(), lambda: _left(scope, left))


def _left(scope: Scope, left: Any) -> Iterator[Sequence[Any]]:
    names = _names_above(scope)
    standing = dict(scope.standing.values_list("village__region", "status"))
    for region in left.order_by("code").iterator(chunk_size=CHUNK):
        status = standing.get(region.pk)
        word = str(Status(status).label) if status else "Belum diusulkan"
        yield region.code, region.full_name, *_around(names, region.code), word


def _reached_table(outreach: Outreach) -> Table:
    """Every village for which an event was held, or that was visited."""
    columns = (*VILLAGE, *REACHED)
    number = outreach.village_count
    return Table("Kegiatan per desa", columns, number, lambda: _reached_villages(outreach))


def _reached_villages(outreach: Outreach) -> Iterator[Sequence[Any]]:
    names = _names_above(outreach.scope)
    for region, reached in outreach.by_village:
        yield region.code, region.full_name, *_around(names, region.code), *reached


def _names_above(scope: Scope) -> dict[str, str]:
    """The names of every region above the villages, by code: one query for all rows."""
    above = Region.objects.filter(level__lt=RegionLevel.VILLAGE)
    if scope.region_code:
        above = above.filter(code__startswith=scope.region_code[:2])
    return {region.code: region.full_name for region in above.iterator(chunk_size=CHUNK)}


def _around(names: dict[str, str], code: str) -> list[str]:
    levels = (RegionLevel.DISTRICT, RegionLevel.REGENCY, RegionLevel.PROVINCE)
    return [names.get(code[: CODE_LENGTHS[level]], "") for level in levels]
