"""The tree of offices: taken over from the list, without touching what offices keep."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Office, OfficeKind
from tests.villages.conftest import WriteEdition
from villages import jurisdictions, offices, regions
from villages.models import Jurisdiction
from villages.tables import TableRefused

HEADER = ",".join(offices.HEADER)
SMALL_TREE = f"""\
{HEADER}
ditjen,directorate,Ditjen Imigrasi,,,,Jakarta,,31,Asia/Jakarta,,beroperasi,
kanwil-jateng,regional,Kanwil Jawa Tengah,,,ditjen,,,33,Asia/Jakarta,,beroperasi,
kanim-wonosobo,immigration_office,Kantor Imigrasi Kelas II Non TPI Wonosobo,Kelas II Non TPI,2020,\
kanwil-jateng,Wonosobo,33.07,33,Asia/Jakarta,Jalan Raya 1,beroperasi,
"""


def take_over(path: Path) -> offices.Tally:
    return offices.take_over(offices.read_offices(path))


@pytest.fixture
def packaged_regencies(db: None, tmp_path: Path) -> None:
    """The regions down to kabupaten and kota: all that jurisdictions need."""
    rows = [row for row in regions.read_edition() if row.level <= 2]
    lines = [f"{row.code},{row.name},{row.level},{row.kind}" for row in rows]
    path = tmp_path / "regencies.csv"
    path.write_text("\n".join(["code,name,level,kind", *lines]), encoding="utf-8")
    call_command("import_regions", path, stdout=StringIO())


def run() -> str:
    out = StringIO()
    call_command("import_offices", stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("packaged_regencies")
def test_the_packaged_lists_hold_the_service_and_repeat_without_a_change() -> None:
    first = run()
    second = run()

    assert "Kantor: 198 ditambah" in first
    assert "Kantor: 0 ditambah, 0 diubah, 198 tetap" in second
    assert "Wilayah kerja: 0 ditambah, 0 diubah, 388 tetap" in second
    wonosobo = Office.objects.get(code="kanim-wonosobo")
    assert wonosobo.parent is not None
    assert wonosobo.parent.kind == OfficeKind.REGIONAL
    assert Office.objects.get(code="kanim-tual").timezone == "Asia/Jayapura"
    # Garut: taken from Tasikmalaya by an office of 2025, and nobody has confirmed it.
    claims = Jurisdiction.objects.filter(region__code="32.05").order_by("office__code")
    assert [(c.office.code, c.is_confirmed) for c in claims] == [
        ("kanim-garut", False),
        ("kanim-tasikmalaya", False),
    ]


@pytest.mark.django_db
def test_offices_keep_what_they_edited(write_edition: WriteEdition) -> None:
    tree = write_edition(SMALL_TREE)
    take_over(tree)
    office = Office.objects.filter(code="kanim-wonosobo")
    assert office.get().address == "Jalan Raya 1"
    edited = {"address": "", "letterhead": "Kop kami", "prints_rank": False, "prints_nip": False}
    office.update(**edited, name="Nama lama")

    tally = take_over(tree)

    assert (tally.added, tally.changed, tally.unchanged) == (0, 1, 2)
    assert office.values(*edited).get() == edited
    assert office.get().name == "Kantor Imigrasi Kelas II Non TPI Wonosobo"


@pytest.mark.django_db
def test_an_office_moves_to_its_new_parent(write_edition: WriteEdition) -> None:
    take_over(write_edition(SMALL_TREE))

    moved = SMALL_TREE.replace(",2020,kanwil-jateng", ",2020,ditjen")
    tally = take_over(write_edition(moved))

    assert tally.changed == 1
    assert Office.objects.get(code="kanim-wonosobo").parent == Office.objects.get(code="ditjen")


@pytest.mark.django_db
def test_an_office_that_the_list_lacks_stays(write_edition: WriteEdition) -> None:
    take_over(write_edition(SMALL_TREE))

    take_over(write_edition(SMALL_TREE[: SMALL_TREE.index("kanim-")]))

    assert Office.objects.filter(code="kanim-wonosobo").exists()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("kanim-wonosobo,immi", "kanwil-jateng,immi", "dua kali"),
        ("immigration_office", "bakery", "tidak dikenal"),
        ("33.07,33,Asia/Jakarta", "33.07,33,Europe/Paris", "tidak dikenal"),
        (",2020,kanwil-jateng", ",2020,kanwil-hilang", "tidak ada atau tidak sesuai"),
        (",2020,kanwil-jateng", ",2020,kanim-wonosobo", "tidak ada atau tidak sesuai"),
        (",2020,kanwil-jateng", ",2020,", "tidak ada atau tidak sesuai"),
        ("Kanwil Jawa Tengah", "", "wajib diisi"),
        ("code,kind", "kode,jenis", "Baris pertama"),
    ],
)
def test_a_broken_tree_is_refused_in_a_sentence(
    write_edition: WriteEdition, old: str, new: str, reason: str
) -> None:
    assert old in SMALL_TREE

    with pytest.raises(TableRefused, match=reason):
        offices.read_offices(write_edition(SMALL_TREE.replace(old, new, 1)))


@pytest.mark.django_db
def test_without_regions_no_office_is_imported() -> None:
    with pytest.raises(CommandError, match="jalankan import_regions dahulu") as refused:
        run()

    assert str(refused.value).endswith("Tidak ada yang diubah.")
    assert not Office.objects.exists()
    assert len(jurisdictions.read_claims()) == 388
