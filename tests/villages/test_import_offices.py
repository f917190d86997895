"""The tree of offices: taken over from the list, without touching what offices keep."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Office, OfficeKind, User
from accounts.offices import change_office, move_office
from tests.villages.conftest import WriteEdition
from villages import jurisdictions, offices, regions
from villages.actions import close_office
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


# --- What people have changed since --------------------------------------------------------------


@pytest.fixture
def edited(write_edition: WriteEdition) -> Office:
    """Wonosobo, whose class somebody has changed; another one, opened by hand; the list again."""
    take_over(write_edition(SMALL_TREE))
    by = User.objects.create_user(name="Admin Nasional", email="admin@example.go.id")
    office = Office.objects.get(code="kanim-wonosobo")
    named = {"office_class": "Kelas I TPI", "name": "Kantor Imigrasi Kelas I TPI Wonosobo"}
    return change_office(office, named, basis="SK", by=by)


@pytest.mark.django_db
def test_what_a_person_settled_stays_and_the_import_says_so(
    write_edition: WriteEdition, edited: Office
) -> None:
    listed = SMALL_TREE.replace(
        "Wonosobo,33.07,33,Asia/Jakarta", "Mojotengah,33.07,33,Asia/Makassar"
    )
    out = StringIO()

    tally = take_over(write_edition(listed))
    again = take_over(write_edition(listed))

    edited.refresh_from_db()
    assert edited.name == "Kantor Imigrasi Kelas I TPI Wonosobo"  # settled by a person
    assert (edited.city, edited.timezone) == ("Mojotengah", "Asia/Makassar")  # settled by nobody
    assert (tally.changed, again.changed, again.unchanged) == (1, 0, 3)
    assert tally.kept == again.kept == ["Kantor Imigrasi Kelas I TPI Wonosobo: nama, kelas"]
    path = write_edition(listed)
    claims = path.with_name("claims.csv")
    claims.write_text(",".join(jurisdictions.HEADER) + "\n", encoding="utf-8")
    call_command("import_offices", "--offices", path, "--claims", claims, stdout=out)
    assert (
        "lain dari daftar:\n  Kantor Imigrasi Kelas I TPI Wonosobo: nama, kelas" in out.getvalue()
    )


@pytest.mark.django_db
def test_once_the_list_says_the_same_there_is_nothing_to_say(
    write_edition: WriteEdition, edited: Office
) -> None:
    caught_up = SMALL_TREE.replace("Kelas II Non TPI", "Kelas I TPI")

    assert take_over(write_edition(caught_up)).kept == []


@pytest.mark.django_db
def test_an_office_that_was_moved_or_closed_by_hand_stays_so(
    write_edition: WriteEdition, edited: Office
) -> None:
    ditjen, by = Office.objects.get(code="ditjen"), User.objects.get()
    move_office(edited, to=ditjen, basis="SK", by=by)
    close_office(edited, on=edited.today(), basis="SK", by=by)
    close_office(Office.objects.get(code="kanwil-jateng"), on=edited.today(), basis="SK", by=by)

    tally = take_over(write_edition(SMALL_TREE))

    edited.refresh_from_db()
    assert (edited.parent, edited.is_closed) == (ditjen, True)
    assert "unit atasan" in tally.kept[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("kanim-wonosobo,immigration_office", "kanim-wonosobo,detention_house", "tidak dapat ber"),
        ("kanim-wonosobo,immi", "kanim-baru,immi", "sudah ditutup di portal"),
        ("ditjen", "ditjen-lain", "kode lain"),
    ],
)
def test_a_list_that_contradicts_the_portal_is_refused_whole(
    write_edition: WriteEdition, edited: Office, old: str, new: str, reason: str
) -> None:
    ditjen, by = Office.objects.get(code="ditjen"), User.objects.get()
    move_office(edited, to=ditjen, basis="SK", by=by)
    close_office(Office.objects.get(code="kanwil-jateng"), on=edited.today(), basis="SK", by=by)
    before = list(Office.objects.values())

    with pytest.raises(TableRefused, match=reason):
        take_over(write_edition(SMALL_TREE.replace(old, new)))

    assert list(Office.objects.values()) == before


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
