"""Which office serves which region, as compiled from public sources: read and taken over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction

from accounts.models import Office
from desabinaan.editing import set_values
from villages.models.jurisdiction import Coverage, Jurisdiction
from villages.models.region import Region, RegionLevel
from villages.tables import PACKAGED, TableRefused, Tally, read_table

PACKAGED_CLAIMS = PACKAGED / "office_regency.csv"
HEADER = (
    "office_code", "regency_code", "regency", "coverage", "asof", "newer_office", "source",
    "shared_with",
)  # fmt: skip
STATED = ("coverage", "asof", "source")


class Claim(NamedTuple):
    """An office is said to serve a region, and who says so."""

    office_code: str
    region_code: str
    coverage: str
    asof: str
    source: str


type Key = tuple[str, str]


def read_claims(path: Path = PACKAGED_CLAIMS) -> list[Claim]:
    """Every claim of the file; where a newer office has opened, its own as well."""
    stated: dict[Key, Claim] = {}
    inferred: dict[Key, Claim] = {}
    for line, row in read_table(path, HEADER):
        claim = Claim(
            row["office_code"], row["regency_code"], row["coverage"], row["asof"], row["source"]
        )
        if claim.coverage not in Coverage.values:
            raise TableRefused(f"Baris {line}: cakupan “{claim.coverage}” tidak dikenal.")
        if claim[:2] in stated:
            raise TableRefused(
                f"Baris {line}: {claim.office_code} untuk {claim.region_code} muncul dua kali."
            )
        stated[claim[:2]] = claim
        if row["newer_office"]:
            newer = _of_newer_office(claim, row["newer_office"])
            inferred[newer[:2]] = newer
    return list((inferred | stated).values())


def _of_newer_office(claim: Claim, newer_office: str) -> Claim:
    return claim._replace(
        office_code=newer_office,
        asof="",
        source=f"Kantor baru di wilayah ini; semula dilayani {claim.office_code}.",
    )


@transaction.atomic
def take_over(claims: Iterable[Claim]) -> Tally:
    """Bring the jurisdictions to these claims, all or nothing.

    A region that one office alone claims is confirmed, any other is not. Where a person has
    confirmed something, nothing changes, and a claim that is new there rests. Closed offices claim
    nothing, whatever the file says.
    """
    with connection.cursor() as cursor:  # one import at a time; readers go on
        cursor.execute("LOCK TABLE villages_jurisdiction IN SHARE ROW EXCLUSIVE MODE")
    closed = set(Office.objects.exclude(closed_on=None).values_list("code", flat=True))
    wanted = {claim[:2]: claim for claim in claims if claim.office_code not in closed}
    open_claims = Jurisdiction.objects.of_open_offices().with_page()
    held = {(j.office.code, j.region.code): j for j in open_claims}
    added = _new_rows([wanted[key] for key in sorted(wanted.keys() - held.keys())])
    settled = {region for (_, region), j in held.items() if j.confirmed_by_id is not None}
    sole = {region for region, count in _claimants([*held, *added]).items() if count == 1}
    changed = [
        row
        for key, row in held.items()
        if key[1] not in settled
        and set_values(row, _stated(wanted.get(key)) | {"is_confirmed": key[1] in sole})
    ]
    for (_, region), row in added.items():
        row.is_confirmed = region in sole - settled
    # Changes first: a sole claim may have to give up its confirmation before another is added.
    Jurisdiction.objects.bulk_update(changed, [*STATED, "is_confirmed"])
    Jurisdiction.objects.bulk_create(added.values())
    return Tally(len(added), len(changed), len(held) - len(changed))


def _claimants(keys: Iterable[Key]) -> Counter[str]:
    return Counter(region_code for _, region_code in keys)


def _stated(claim: Claim | None) -> dict[str, object]:
    if claim is None:  # ours, and not in the file: stays as it is
        return {}
    return {"coverage": claim.coverage, "asof": claim.asof, "source": claim.source}


def _new_rows(claims: list[Claim]) -> dict[Key, Jurisdiction]:
    """The claims as rows, not saved; refused where the office or the region is unknown."""
    offices = Office.objects.in_bulk({c.office_code for c in claims}, field_name="code")
    regions = {r.code: r for r in Region.objects.filter(code__in={c.region_code for c in claims})}
    rows = {}
    for claim in claims:
        office, region = offices.get(claim.office_code), regions.get(claim.region_code)
        if office is None:
            raise TableRefused(f"Kantor {claim.office_code} tidak ada di daftar kantor.")
        if region is None:
            raise TableRefused(
                f"Wilayah {claim.region_code} tidak ada; jalankan import_regions dahulu."
            )
        if region.level not in {RegionLevel.REGENCY, RegionLevel.DISTRICT}:
            raise TableRefused(f"Wilayah {region.code} {region} bukan kabupaten/kota/kecamatan.")
        rows[claim[:2]] = Jurisdiction(office=office, region=region, **_stated(claim))
    return rows
