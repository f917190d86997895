"""A new edition of the regions in the portal: previewed, then applied as the command applies it."""

from __future__ import annotations

import gzip
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from desabinaan import turns
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DesignationFactory,
    DirectorateFactory,
    JurisdictionFactory,
    OfficeFactory,
    UserFactory,
)
from tests.races import just_before, together
from tests.villages.conftest import SMALL_NATION, WriteEdition
from villages import actions, edition_file, editions, regions
from villages.models import Edition, EditionStatus, Region
from villages.models.region import RegionKind

pytestmark = pytest.mark.usefixtures("nation")
PAGE = "/wilayah/edisi/"
# Pakuncen comes to Kecamatan Grabag under another code, Wonorejo becomes a desa of another name,
# Kali Pakuncen goes, Baru comes, and Wonosobo is spelt otherwise.
NEW = (
    SMALL_NATION.replace("33.07.06.2009,Pakuncen", "33.06.01.2002,Pakuncen")
    .replace("33.07.06.1001,Wonorejo,4,kelurahan", "33.07.06.1001,Wonorejo Asri,4,desa")
    .replace("33.07.06.2010,Kali Pakuncen,4,desa\n", "33.07.06.2019,Baru,4,desa\n")
    .replace("Kabupaten Wonosobo", "Kabupaten Wanasaba")
)


@pytest.fixture
def nation_admin() -> User:
    return UserFactory(admin_of=DirectorateFactory())


def uploaded(text: str, name: str = "edisi.csv") -> editions.UploadedEdition:
    return editions.check(SimpleUploadedFile(name, text.encode()))


def received(text: str, by: User) -> Edition:
    return actions.receive_edition(uploaded(text), by=by)


def state() -> list[tuple[object, ...]]:
    rows = Region.objects.order_by("code")
    return list(rows.values_list("code", "name", "kind", "parent__code", "retired_on"))


# --- The preview ---------------------------------------------------------------------------------


def test_the_preview_names_every_kind_of_change_and_changes_nothing(nation_admin: User) -> None:
    before = state()

    edition = received(NEW, nation_admin)

    told = {
        name: edition.difference[name]
        for name in ("added", "changed", "retired", "renamed", "rekinded", "moved")
    }
    assert told == {
        "added": 2, "changed": 2, "retired": 2, "renamed": 2, "rekinded": 1, "moved": 1,
    }  # fmt: skip
    moved = edition.changes.with_successor().get(code="33.07.06.2009")
    assert (moved.change, moved.successor, moved.successor_place) == (
        "retired", "33.06.01.2002", "Grabag, Kabupaten Purworejo",
    )  # fmt: skip
    assert edition.total == len(NEW.splitlines()) - 1
    assert state() == before


def test_names_are_compared_as_they_would_stand_here(nation_admin: User) -> None:
    careless = SMALL_NATION.replace("2009,Pakuncen,", "2009,pakuncen*,")

    edition = received(careless, nation_admin)

    assert edition.difference["changed"] == 0
    assert not edition.changes.exists()


def test_the_preview_says_what_the_portal_holds_there(nation_admin: User) -> None:
    office = OfficeFactory()
    region = Region.objects.get
    JurisdictionFactory(office=office, region=region(code="33.07"))
    JurisdictionFactory(office=office, region=region(code="35.09"))  # nothing changes there
    designated = {"office": office, "approved": True, "village__region__code": "33.07.06.2009"}
    DesignationFactory(**designated)
    for code in ("33.07.06.2011", "35.09.11.2004"):
        DesignationFactory(office=office, submitted=True, village__region__code=code)

    edition = received(NEW, nation_admin)

    assert edition.difference["touched"] == {
        "villages": 2, "designated": 1, "sheets": 1, "jurisdictions": 1,
    }  # fmt: skip
    counted = {
        it.code: (it.villages, it.designated, it.sheets, it.jurisdictions)
        for it in edition.changes.seen_as("touched")
    }
    # Both lie in the kabupaten whose name changes; one of them goes itself.
    assert counted == {"33.07": (2, 1, 1, 1), "33.07.06.2009": (1, 1, 0, 0)}


def test_the_page_shows_it_region_by_region(sign_in, nation_admin: User) -> None:
    browser = sign_in(nation_admin)
    file = SimpleUploadedFile("edisi.csv.gz", gzip.compress(NEW.encode()))

    page = browser.post(PAGE, {"file": file}, follow=True)

    shown = page.content.decode()
    assert "mungkin menjadi 33.06.01.2002 Pakuncen, Grabag, Kabupaten Purworejo" in shown
    assert "Kabupaten Wonosobo → Kabupaten Wanasaba" in shown
    assert "Kelurahan → Desa" in shown

    def listed(view: str) -> list[str]:
        asked = browser.get(page.request["PATH_INFO"], {"lihat": view})
        return [change.code for change in asked.context["page"]]

    assert listed("added") == ["33.06.01.2002", "33.07.06.2019"]
    assert listed("renamed") == ["33.07", "33.07.06.1001"]
    assert listed("rekinded") == ["33.07.06.1001"]
    assert listed("moved") == ["33.07.06.2009"]
    assert listed("retired") == ["33.07.06.2009", "33.07.06.2010"]
    assert len(listed("x")) == 6


# --- Applying ------------------------------------------------------------------------------------


def test_an_applied_edition_leaves_what_the_command_leaves(
    nation_admin: User, write_edition: WriteEdition
) -> None:
    edition = received(NEW, nation_admin)

    actions.apply_edition(edition, retire_many=True, by=nation_admin)
    by_page = state()

    call_command("import_regions", write_edition(SMALL_NATION), "--retire-many", stdout=StringIO())
    call_command("import_regions", write_edition(NEW), "--retire-many", stdout=StringIO())
    assert state() == by_page
    assert Region.objects.get(code="33.07.06.2009").retired_on == timezone.localdate()
    entry = Entry.objects.about(edition).get(verb="edition.applied")
    assert (entry.by, entry.note) == (nation_admin, "2 baru, 2 berubah, 2 tidak berlaku lagi")


def test_applied_twice_it_changes_nothing_more(nation_admin: User) -> None:
    edition = received(NEW, nation_admin)
    for _ in range(2):
        actions.apply_edition(edition, retire_many=True, by=nation_admin)

    again = received(NEW, nation_admin)

    assert Entry.objects.about(edition).filter(verb="edition.applied").count() == 1
    assert not again.changes.exists()
    assert (again.difference["added"], again.difference["unchanged"]) == (0, again.total)


def test_a_preview_that_has_aged_is_not_applied(nation_admin: User) -> None:
    first, second = received(NEW, nation_admin), received(NEW, nation_admin)
    actions.apply_edition(first, retire_many=True, by=nation_admin)
    before = state()

    with pytest.raises(TransitionRefused, match="sudah berubah"):
        actions.apply_edition(second, retire_many=True, by=nation_admin)

    second.refresh_from_db()
    assert second.is_open
    assert state() == before


@pytest.mark.django_db(transaction=True)
def test_applied_by_two_at_once_it_is_applied_once() -> None:
    people = [UserFactory(admin_of=DirectorateFactory()) for _ in range(2)]
    edition = received(NEW, people[0])

    together(
        *(lambda it=it: actions.apply_edition(edition, retire_many=True, by=it) for it in people)
    )

    assert Entry.objects.about(edition).filter(verb="edition.applied").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_of_one_who_did_not_bring_it_applies_it_once() -> None:
    brought, by = [UserFactory(admin_of=DirectorateFactory()) for _ in range(2)]
    edition = received(NEW, brought)

    def click() -> Edition:
        return actions.apply_edition(edition, retire_many=True, by=by)

    again = just_before(click, click)

    assert (again.status, again.status_by) == (EditionStatus.APPLIED, by)
    assert Entry.objects.about(edition).filter(verb="edition.applied").count() == 1


def test_while_other_files_are_looked_at_it_waits_for_its_turn(
    sign_in, nation_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "TURN_SECONDS", 0.01)
    edition = received(NEW, nation_admin)
    before = state()

    with turns.in_turn():
        answer = sign_in(nation_admin).post(
            f"{PAGE}{edition.pk}/terapkan/", {"retire_many": "on"}, follow=True
        )

    assert "sedang memeriksa berkas lain" in answer.content.decode()
    assert state() == before


def test_a_cut_off_edition_is_applied_only_when_one_insists(sign_in, nation_admin: User) -> None:
    edition = received(SMALL_NATION[: SMALL_NATION.index("33.06,")], nation_admin)
    address = f"{PAGE}{edition.pk}/terapkan/"
    browser = sign_in(nation_admin)

    refused = browser.post(address, follow=True).content.decode()
    assert "Edisi ini menghapus 21 dari 33 wilayah" in refused
    assert not Region.objects.exclude(retired_on=None).exists()

    browser.post(address, {"retire_many": "on"})
    assert Region.objects.exclude(retired_on=None).count() == 21


def test_an_edition_that_was_given_up_leaves_no_file(
    sign_in, nation_admin: User, django_capture_on_commit_callbacks
) -> None:
    edition = received(NEW, nation_admin)
    name, storage, before = edition.file.name, edition.file.storage, state()
    assert storage.exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        sign_in(nation_admin).post(f"{PAGE}{edition.pk}/batalkan/")

    edition.refresh_from_db()
    assert edition.status == "abandoned"
    assert not edition.changes.exists()
    assert not storage.exists(name)
    with pytest.raises(TransitionRefused, match="sudah dibatalkan"):
        actions.apply_edition(edition, retire_many=True, by=nation_admin)
    assert state() == before


# --- What is let in ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("edisi.xlsx", b"PK", "Pilih berkas CSV"),
        ("edisi.csv", b"kode,nama\n", "Baris pertama harus berisi: code,name,level,kind"),
        ("edisi.csv", b" ", "Baris pertama"),
        ("edisi.csv", b"code,name,level,kind\n33,Jawa\x00,1,provinsi\n", "tidak terbaca"),
        ("edisi.csv", "code,name,level,kind\n33,Jawé,1,x\n".encode("latin-1"), "huruf UTF-8"),
        ("edisi.csv.gz", SMALL_NATION.encode(), "rusak"),
        ("edisi.csv.gz", gzip.compress(SMALL_NATION.encode())[:-30], "rusak"),
        ("bom.csv.gz", gzip.compress(b"0" * (edition_file.MAX_UNFOLDED + 1)), "terlalu besar"),
        ("besar.csv", b"0" * (editions.MAX_BYTES + 1), "Paling besar 5 MB"),
        (
            "panjang.csv.gz",
            gzip.compress(
                b"code,name,level,kind\n"
                + b"".join(
                    b"%02d.%02d.%02d.%04d,D,4,desa\n" % (n >> 18, n >> 12 & 63, n >> 6 & 63, n & 63)
                    for n in range(edition_file.MAX_ROWS + 1)
                )
            ),
            "Paling banyak 200.000",
        ),
    ],
)
def test_what_is_no_edition_is_refused_in_a_sentence(
    sign_in, nation_admin: User, name: str, content: bytes, words: str
) -> None:
    before = state()

    page = sign_in(nation_admin).post(PAGE, {"file": SimpleUploadedFile(name, content)})

    told = " ".join(page.context["form"].errors.get("file", []))
    assert words in told
    assert state() == before
    assert not Edition.objects.exists()


def test_the_reader_knows_the_kinds_of_the_portal() -> None:
    shapes = {kind: level for kind, (level, _) in edition_file.SHAPES.items()}

    assert shapes == {kind.value: kind.level.value for kind in RegionKind}


def test_rows_survive_the_way_from_the_process(write_edition: WriteEdition) -> None:
    rows = regions.read_edition(write_edition(NEW))

    assert list(uploaded(NEW).rows()) == rows


def test_the_command_previews_by_the_same_code(write_edition: WriteEdition) -> None:
    out, before = StringIO(), state()

    call_command("import_regions", write_edition(NEW), "--preview", stdout=out)

    said = out.getvalue()
    assert "Berganti nama 2, berganti jenis 1, pindah induk 1." in said
    assert "Tersentuh di portal: 0 desa (0 desa binaan)" in said
    assert state() == before


def test_others_are_told_whose_page_it_is(sign_in) -> None:
    for role in ("staff_of", "head_of", "admin_of"):
        answer = sign_in(UserFactory(**{role: OfficeFactory()})).get(PAGE)
        assert answer.status_code == 403
        assert "administrator nasional" in answer.content.decode()
