"""The yearly list of regions: all or nothing, twice the same, and refused when it is broken."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import StringIO
from pathlib import Path
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from tests.villages.conftest import SMALL_NATION, WriteEdition
from villages import regions
from villages.models import Region
from villages.regions import Difference
from villages.tables import TableRefused

DAY = date(2026, 1, 1)


def take_over(path: Path, *, retire_many: bool = True) -> Difference:
    return regions.take_over(regions.read_edition(path), on=DAY, retire_many=retire_many)


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_regions", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_packaged_list_is_the_whole_nation_and_repeats_without_a_change() -> None:
    first = run()
    second = run()

    assert "91599 ditambah" in first
    assert "0 ditambah, 0 diubah, 0 tidak berlaku lagi, 0 berlaku kembali, 91599 tetap" in second
    assert Region.objects.villages().count() == 8_496 + 75_266
    pakuncen = Region.objects.with_path().get(code="33.07.06.2009")
    assert pakuncen.path == "Kecamatan Selomerto, Kabupaten Wonosobo, Jawa Tengah"
    for text in ["dukuh dempok", "Dukuhdempok"]:
        assert Region.objects.villages().nearest(text)[0].code == "35.09.11.2004"
    assert Region.objects.filter(name="Pakuncen").count() == 5


@pytest.mark.django_db(transaction=True)
def test_after_an_import_that_was_rolled_back_the_next_is_as_quick() -> None:
    edition = regions.read_edition(regions.PACKAGED_EDITION)[:20_000]
    with transaction.atomic():
        regions.take_over(edition, on=DAY, retire_many=True)
        transaction.set_rollback(True)

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE villages_region")  # as autovacuum does: many pages, and no row
        cursor.execute("SET statement_timeout = '10s'")
        try:
            difference = regions.take_over(edition, on=DAY, retire_many=True)
        finally:
            cursor.execute("RESET statement_timeout")

    assert difference.added == 20_000


@pytest.mark.usefixtures("nation")
def test_a_second_run_touches_no_row(write_edition: WriteEdition) -> None:
    before = _row_versions()

    difference = take_over(write_edition(SMALL_NATION))

    assert difference.is_empty
    assert difference.unchanged == len(before)
    assert _row_versions() == before


@pytest.mark.usefixtures("nation")
def test_slips_in_names_are_put_right_once_and_change_nothing_again(
    write_edition: WriteEdition,
) -> None:
    careless = SMALL_NATION.replace("2010,Kali Pakuncen", "2010,Kali pakuncen jati*")
    careless = careless.replace("2004,Dukuhdempok", '2004,"dukuh demp""ok"')

    first = take_over(write_edition(careless))
    second = take_over(write_edition(careless))

    assert first.changed == 2
    assert second.is_empty
    assert Region.objects.get(code="35.09.11.2004").name == "Dukuh Demp'ok"
    assert Region.objects.get(code="35.09.11.2004").search_key == "dukuhdempok"


def _row_versions() -> set[tuple[object, ...]]:
    return set(Region.objects.extra(select={"version": "xmin::text"}).values_list("pk", "version"))


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_bring_one_nation(write_edition: WriteEdition) -> None:
    edition = regions.read_edition(write_edition(SMALL_NATION))
    start = Barrier(2)

    def run_together() -> int:
        try:
            start.wait(timeout=10)
            return regions.take_over(edition, on=DAY).added
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        added = [run.result() for run in [pool.submit(run_together) for _ in range(2)]]

    assert sorted(added) == [0, len(edition)]


@pytest.mark.usefixtures("nation")
def test_names_and_kinds_follow_the_new_edition(write_edition: WriteEdition) -> None:
    edition = SMALL_NATION.replace("2009,Pakuncen,4,desa", "2009,Pakuncen Baru,4,kelurahan")

    difference = take_over(write_edition(edition))

    assert (difference.changed, difference.added, difference.retired) == (1, 0, 0)
    assert difference.examples == ["berubah: 33.07.06.2009 Pakuncen → Pakuncen Baru"]
    changed = Region.objects.get(code="33.07.06.2009")
    assert (changed.name, changed.kind) == ("Pakuncen Baru", "kelurahan")
    assert changed.search_key == "pakuncenbaru"


@pytest.mark.usefixtures("nation")
def test_what_an_edition_lacks_is_retired_and_may_return(write_edition: WriteEdition) -> None:
    village = Region.objects.get(code="33.07.06.2009")

    gone = take_over(write_edition(SMALL_NATION.replace("33.07.06.2009,Pakuncen,4,desa\n", "")))
    village.refresh_from_db()
    assert (gone.retired, village.retired_on) == (1, DAY)

    back = take_over(write_edition(SMALL_NATION))
    village.refresh_from_db()
    assert (back.returned, back.added, village.retired_on) == (1, 0, None)


@pytest.mark.usefixtures("nation")
def test_a_dry_run_shows_what_would_change_and_changes_nothing(write_edition: WriteEdition) -> None:
    edition = SMALL_NATION.replace("Kali Pakuncen", "Kalipakuncen") + "33.07.06.2012,Baru,4,desa\n"
    before = _row_versions()

    said = run(write_edition(edition), "--dry-run")

    assert "baru: 33.07.06.2012 Baru" in said
    assert "berubah: 33.07.06.2010 Kali Pakuncen → Kalipakuncen" in said
    assert "Akan menjadi: 1 ditambah, 1 diubah" in said
    assert _row_versions() == before


@pytest.mark.usefixtures("nation")
def test_a_cut_off_edition_does_not_retire_the_nation(write_edition: WriteEdition) -> None:
    cut_off = write_edition(SMALL_NATION[: SMALL_NATION.index("33.06,")])

    with pytest.raises(CommandError, match="mungkin tidak lengkap"):
        run(cut_off)

    assert not Region.objects.exclude(retired_on=None).exists()
    run(cut_off, "--retire-many")
    assert Region.objects.exclude(retired_on=None).count() == 21


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Baris pertama"),
        ("kode,nama,tingkat,jenis\n33,Jawa Tengah,1,provinsi\n", "harus berisi: code,name"),
        ("code,name,level,kind\n", "tidak berisi satu wilayah pun"),
        ("code,name,level,kind\n33,Jawa Tengah,1\n", "berisi 3 kolom, seharusnya 4"),
        ("code,name,level,kind\n33,Jawa Tengah,1,negara\n", "tidak dikenal"),
        ("code,name,level,kind\n33,Jawa Tengah,2,provinsi\n", "tidak cocok untuk provinsi"),
        ("code,name,level,kind\n3307,Wonosobo,2,kabupaten\n", "tidak cocok untuk kabupaten"),
        ("code,name,level,kind\n33, ,1,provinsi\n", "kosong"),
        (f"code,name,level,kind\n33,{'a' * 121},1,provinsi\n", "terlalu panjang"),
        ("code,name,level,kind\n33,Jateng,1,provinsi\n33,Jateng,1,provinsi\n", "dua kali"),
        ("code,name,level,kind\n33.07,Wonosobo,2,kabupaten\n", "kode 33 tidak ada"),
        ('code,name,level,kind\n33,"Jawa Tengah,1,provinsi\n', "bukan tabel CSV"),
        ("code,name,level,kind\n33,Jawa\x00Tengah,1,provinsi\n", "tanda yang tidak terbaca"),
    ],
)
@pytest.mark.usefixtures("nation")
def test_a_broken_edition_is_refused_in_a_sentence(
    write_edition: WriteEdition, text: str, reason: str
) -> None:
    before = _row_versions()

    with pytest.raises(CommandError, match=reason) as refused:
        run(write_edition(text))

    assert str(refused.value).endswith("Tidak ada yang diubah.")
    assert _row_versions() == before


def test_a_broken_archive_is_refused_in_a_sentence(tmp_path: Path) -> None:
    whole = gzip.compress(SMALL_NATION.encode())
    broken = {
        "cut.gz": whole[:-20],
        "flipped.gz": whole[:40] + bytes([whole[40] ^ 255]) + whole[41:],
        "plain.gz": SMALL_NATION.encode(),
        "latin.csv": "code,name,level,kind\n33,Jawa\xe9,1,provinsi\n".encode("latin-1"),
    }

    for name, content in broken.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(TableRefused, match=r"rusak|bukan tabel CSV"):
            regions.read_edition(tmp_path / name)


def test_a_missing_file_or_a_folder_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TableRefused, match="tidak ada"):
        regions.read_edition(tmp_path / "nowhere.csv")
    with pytest.raises(TableRefused, match="tidak terbaca"):
        regions.read_edition(tmp_path)


@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize(
    "wrong",
    [
        {"level": 3},
        {"kind": "kecamatan"},
        {"code": "33.07.06"},
        {"parent": None},
        {"code": "33.07.06.2010"},
    ],
)
def test_the_database_refuses_a_region_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        Region.objects.filter(code="33.07.06.2009").update(**wrong)
