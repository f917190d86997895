"""An office brings in what it has kept in a table until now: sixty dirty rows, end to end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from accounts.models import Office, User
from audit.models import Entry
from certificates.models import Certificate
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DesignationFactory,
    JurisdictionFactory,
    OfficeFactory,
    UserFactory,
    VillageFactory,
)
from tests.spreadsheets import cells_of, text, upload, xlsx
from tests.villages.conftest import WriteEdition
from tests.villages.dirty_table import HEADERS, NAMES, NUMBER, dirty_table, edition, row
from villages import actions, regions
from villages.models import (
    Decree,
    Designation,
    Import,
    ImportRow,
    ImportStatus,
    Region,
    RowStatus,
    Status,
    Village,
    VillageContact,
)
from villages.models.decree import WORDING
from villages.onboarding.spreadsheets import read

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

SK = {"decree_number": "W.13-1", "decree_dated": "2024-03-07", "signer_name": "Ratna Wulandari"}
OTHERWISE = {"signer_level": "office", "decree_title": "", "decree_number": "", "signer_name": ""}


@pytest.fixture
def office(write_edition: WriteEdition) -> Office:
    """An office with 75 villages in three kecamatan; "Bumirejo" lies in two."""
    regions.take_over(regions.read_edition(write_edition(edition())), on=date(2025, 7, 1))
    office = OfficeFactory(code="kanim-wonosobo")
    JurisdictionFactory(office=office, region=Region.objects.get(code="33.07"))
    return office


def upload_table(client: Client, table: list[list[str]]) -> Import:
    client.post(reverse("villages:imports"), {"file": upload(xlsx(table))})
    return Import.objects.latest("pk")


def settle_columns(client: Client, batch: Import, **changed: str) -> None:
    guessed = {f"column_{key}": position for key, position in batch.columns.items()}
    client.post(
        reverse("villages:import_columns", args=[batch.pk]), {**OTHERWISE, **guessed, **changed}
    )


def test_what_no_column_says_of_the_decree_is_asked_for_before_any_row_is_judged(
    office: Office, sign_in: SignIn
) -> None:
    client = sign_in(UserFactory(staff_of=office))
    batch = upload_table(client, [["Nama Desa", "Nomor SK"], ["Pakuncen", "W.13-1"]])
    columns = {f"column_{key}": position for key, position in batch.columns.items()}
    address = reverse("villages:import_columns", args=[batch.pk])

    asked = client.post(address, {**OTHERWISE, **columns})
    batch.refresh_from_db()
    unjudged = batch.is_checked
    client.post(
        address,
        {**OTHERWISE, **columns, "signer_name": "Ratna Wulandari", "decree_dated": "2024-03-07"},
    )
    batch.refresh_from_db()

    assert set(asked.context["form"].errors) == {"decree_dated", "signer_name"}
    assert (unjudged, batch.is_checked) == (False, True)


def counts(batch: Import) -> Counter[str]:
    return Counter(batch.rows.values_list("status", flat=True))


def checked(office: Office, table: list[list[str]], by: User) -> Import:
    """An import whose columns are settled, through the actions."""
    batch = actions.receive_import(
        read(upload(text(table).encode(), "desa.csv")), office=office, by=by
    )
    return actions.map_import(batch, mapped=batch.columns, otherwise={}, by=by)


def test_sixty_dirty_rows_become_villages(office: Office, sign_in: SignIn) -> None:
    admin = UserFactory(admin_of=office)
    client = sign_in(admin)

    batch = upload_table(client, dirty_table())
    settle_columns(client, batch)
    first = counts(batch)
    nothing_yet = Village.objects.count()
    for doubtful in batch.rows.filter(status=RowStatus.DOUBTFUL):
        page = client.get(reverse("villages:import_row", args=[doubtful.pk])).content.decode()
        assert escape(doubtful.reason) in page
        if doubtful.suggestions:
            answer = {"region": doubtful.suggestions[0]}
            client.post(reverse("villages:import_row", args=[doubtful.pk]), answer)
        else:
            client.post(reverse("villages:import_row_drop", args=[doubtful.pk]))
    client.post(reverse("villages:import_record", args=[batch.pk]))

    assert first == {"matched": 44, "doubtful": 10, "refused": 6}
    assert nothing_yet == 0
    assert counts(batch) == {"recorded": 53, "dropped": 1, "refused": 6}
    designations = Designation.objects.filter(status=Status.APPROVED)
    assert designations.count() == Village.objects.filter(office=office).count() == 53
    assert Decree.objects.get().designations.count() == 53
    assert not Certificate.objects.exists()
    assert VillageContact.objects.filter(role="head").count() == 53
    assert Entry.objects.filter(verb="designation.recorded", by=admin).count() == 53
    said = designations.get(village__region__code="33.07.03.2001")
    assert said.is_recorded
    assert said.designated_on == date(2024, 3, 7)
    assert said.ceremony.held_on == date(2024, 5, 14)
    assert said.decree.number == NUMBER


def test_the_recorded_villages_stand_in_the_lists(office: Office, sign_in: SignIn) -> None:
    staff = UserFactory(staff_of=office)
    batch = checked(office, [HEADERS, row("Sukarejo")], staff)
    actions.record_import(batch, by=staff)
    designation = Designation.objects.get()
    client = sign_in(staff)

    villages = client.get(reverse("villages:villages")).content.decode()
    sheets = client.get(reverse("villages:designations")).content.decode()
    sheet = client.get(designation.get_absolute_url()).content.decode()

    assert "Desa Sukarejo" in villages
    assert "7 Maret 2024" in villages
    assert "dicatat dari SK" in sheets
    assert "Di luar portal" in sheet
    assert f"{staff.name} dari SK itu" in sheet
    assert "Isi usulan" not in sheet


def test_its_village_sees_a_recorded_designation(office: Office, sign_in: SignIn) -> None:
    staff = UserFactory(staff_of=office)
    actions.record_import(checked(office, [HEADERS, row("Sukarejo")], staff), by=staff)
    designation = Designation.objects.get()
    client = sign_in(UserFactory(village=designation.village))

    page = client.get(designation.get_absolute_url()).content.decode()
    desk = client.get(reverse("reports:desk"))

    assert NUMBER in page
    assert desk.status_code == 200


def test_the_same_table_again_changes_nothing(office: Office) -> None:
    staff = UserFactory(staff_of=office)
    table = [HEADERS, row("Sukarejo"), row("Karangsari")]
    actions.record_import(checked(office, table, staff), by=staff)

    again = checked(office, [*table, row("Bumisari")], staff)
    actions.record_import(again, by=staff)

    assert counts(again) == {"known": 2, "recorded": 1}
    assert Village.objects.count() == Designation.objects.count() == 3
    assert Decree.objects.count() == 1


def test_an_open_import_of_the_same_file_is_the_same_import(
    office: Office, sign_in: SignIn
) -> None:
    client = sign_in(UserFactory(staff_of=office))
    content = xlsx([HEADERS, row("Sukarejo")])

    for _ in range(2):
        client.post(reverse("villages:imports"), {"file": upload(content)})

    assert Import.objects.count() == 1


def test_recording_twice_is_recording_once(office: Office) -> None:
    staff = UserFactory(staff_of=office)
    batch = checked(office, [HEADERS, row("Sukarejo")], staff)

    actions.record_import(batch, by=staff)
    actions.record_import(batch, by=staff)

    assert Designation.objects.count() == 1


def test_what_is_designated_already_is_refused_with_who(office: Office) -> None:
    other = OfficeFactory()
    region = Region.objects.get(code="33.07.01.2001")
    DesignationFactory(
        approved=True, office=other, village=VillageFactory(region=region, office=other)
    )

    batch = checked(office, [HEADERS, row("Sukarejo")], UserFactory(staff_of=office))

    (refused,) = batch.rows.all()
    assert refused.status == RowStatus.REFUSED
    assert other.short_name in refused.reason
    assert "sudah ditetapkan" in refused.reason


def test_a_row_twice_is_refused_with_the_other_row_s_number(office: Office) -> None:
    batch = checked(
        office, [HEADERS, row("Sukarejo"), row("Sukarejo")], UserFactory(staff_of=office)
    )

    _, second = batch.rows.all()
    assert second.reason == "Desa ini sudah ada pada baris 2."


def test_all_or_nothing_and_the_failing_row_is_named(office: Office, sign_in: SignIn) -> None:
    staff = UserFactory(staff_of=office)
    batch = checked(office, [HEADERS, row("Sukarejo"), row("Karangsari"), row("Bumisari")], staff)
    quicker = Region.objects.get(name="Karangsari")
    DesignationFactory(submitted=True, village=VillageFactory(region=quicker))
    before = Village.objects.count(), Designation.objects.count(), Entry.objects.count()

    page = sign_in(staff).post(reverse("villages:import_record", args=[batch.pk]), follow=True)

    assert "Tidak ada yang dicatat. Baris 3, Karangsari" in page.content.decode()
    assert before == (Village.objects.count(), Designation.objects.count(), Entry.objects.count())
    batch.refresh_from_db()
    assert batch.status == ImportStatus.CHECKED


def test_a_failure_in_the_database_leaves_nothing_behind(office: Office) -> None:
    staff = UserFactory(staff_of=office)
    batch = checked(office, [HEADERS, row("Sukarejo"), row("Karangsari"), row("Bumisari")], staff)
    with connection.cursor() as cursor:  # the third village's designation cannot be written
        cursor.execute("""
            CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF (SELECT count(*) FROM villages_designation) = 2 THEN
                    RAISE EXCEPTION 'planted' USING ERRCODE = '23514'; END IF;
                RETURN NEW; END $$;
            CREATE TRIGGER planted BEFORE INSERT ON villages_designation
                FOR EACH ROW EXECUTE FUNCTION planted();
        """)

    with pytest.raises(TransitionRefused, match=r"Baris 4, Bumisari, Sapuran: Data desa ini"):
        actions.record_import(batch, by=staff)

    assert not Village.objects.exists()
    assert not Designation.objects.exists()
    assert not Decree.objects.exists()
    assert counts(batch) == {"matched": 3}


def test_nothing_is_recorded_while_a_row_is_doubtful(office: Office) -> None:
    staff = UserFactory(staff_of=office)
    batch = checked(office, [HEADERS, row("Sukarejo"), row("Sukarejoo")], staff)

    with pytest.raises(TransitionRefused, match="Masih ada 1 baris yang meragukan"):
        actions.record_import(batch, by=staff)


def test_a_village_that_another_row_means_is_not_chosen_twice(office: Office) -> None:
    staff = UserFactory(staff_of=office)
    batch = checked(office, [HEADERS, row("Sukarejo"), row("Sukarejoo")], staff)
    doubtful = batch.rows.get(status=RowStatus.DOUBTFUL)
    region = batch.rows.get(status=RowStatus.MATCHED).region

    with pytest.raises(TransitionRefused, match="sudah ada pada baris 2"):
        actions.choose_region(doubtful, region, by=staff)
    with pytest.raises(IntegrityError, match="import_row_one_per_village"):
        ImportRow.objects.filter(pk=doubtful.pk).update(region=region, status=RowStatus.MATCHED)


def test_a_row_that_was_left_out_comes_back_as_a_question(office: Office, sign_in: SignIn) -> None:
    staff = UserFactory(staff_of=office)
    batch = checked(office, [HEADERS, row("Sukarejo")], staff)
    (its,) = batch.rows.all()
    client = sign_in(staff)

    client.post(reverse("villages:import_row_drop", args=[its.pk]))
    dropped = counts(batch)
    client.post(reverse("villages:import_row_restore", args=[its.pk]))
    page = client.get(reverse("villages:import_row", args=[its.pk])).content.decode()

    assert dropped == {"dropped": 1}
    assert counts(batch) == {"doubtful": 1}
    assert "Desa Sukarejo" in page


def test_a_free_search_settles_what_has_no_suggestion(office: Office, sign_in: SignIn) -> None:
    staff = UserFactory(staff_of=office)
    batch = checked(office, [HEADERS, row("Xyzzy Qwrtp")], staff)
    (its,) = batch.rows.all()
    address = reverse("villages:import_row", args=[its.pk])
    client = sign_in(staff)

    found = client.get(address, {"q": "karangsari"}, headers={"HX-Request": "true"})
    region = Region.objects.get(name="Karangsari")
    client.post(address, {"region": region.pk})

    assert f'value="{region.pk}"' in found.content.decode()
    its.refresh_from_db()
    assert (its.status, its.region, its.settled_by) == (RowStatus.MATCHED, region, staff)


def test_a_village_of_elsewhere_is_not_chosen(office: Office, sign_in: SignIn) -> None:
    staff = UserFactory(staff_of=office)
    batch = checked(office, [HEADERS, row("Xyzzy Qwrtp")], staff)
    elsewhere = VillageFactory(region__code="35.09.11.2004").region
    address = reverse("villages:import_row", args=[batch.rows.get().pk])

    answer = sign_in(staff).post(address, {"region": elsewhere.pk})

    assert answer.status_code == 404


def test_what_is_said_for_the_whole_file_fills_empty_cells(office: Office, sign_in: SignIn) -> None:
    client = sign_in(UserFactory(staff_of=office))
    batch = upload_table(client, [["Desa", "Kecamatan"], ["Sukarejo", "Sapuran"]])

    settle_columns(
        client,
        batch,
        decree_number="W.13-7",
        decree_dated="2024-03-07",
        decree_title="Penetapan",
        signer_name="Bagas Prakoso",
        signer_level="regional",
    )

    facts = batch.rows.get(status=RowStatus.MATCHED).facts
    assert facts["decree_number"] == "W.13-7"
    assert facts["decree_dated"] == "2024-03-07"
    assert facts["signer_level"] == "regional"


@pytest.mark.parametrize("step", ["import_columns", "import_record"])
def test_what_a_colleague_settled_in_a_table_is_not_written_over_unseen(
    office: Office, sign_in: SignIn, step: str
) -> None:
    mine, theirs = (UserFactory(staff_of=office, name=name) for name in ("Damar", "Ratri W"))
    header = ["Desa", "Kecamatan", "Nomor SK", "Tanggal SK", "Penanda tangan"]
    decree = ["W.13-7", "2024-03-07", "Ratna"]
    table = [header, ["Pakuncen", "Selomerto", *decree], ["Wonorjo", "Selomerto", *decree]]
    batch = checked(office, table, mine)
    client = sign_in(mine)
    address = reverse(f"villages:{step}", args=[batch.pk])
    page = client.get(address)
    seen = page.context["seen"]
    guessed = {f"column_{key}": position for key, position in batch.columns.items()}
    batch.rows.filter(line=3).update(status=RowStatus.DOUBTFUL, region=None)
    doubtful = batch.rows.get(line=3)
    actions.drop_row(doubtful, by=theirs)

    answer = client.post(address, {**OTHERWISE, **guessed, "dilihat": seen}, follow=True)

    assert f'name="dilihat" value="{seen}"' in page.content.decode()
    assert "Belum disimpan: Ratri W mengubah tabel ini" in answer.content.decode()
    assert not Import.objects.get(pk=batch.pk).is_recorded
    doubtful.refresh_from_db()
    assert doubtful.status == RowStatus.DROPPED


def test_a_second_click_on_the_columns_of_a_table_is_no_conflict(
    office: Office, sign_in: SignIn
) -> None:
    client = sign_in(UserFactory(staff_of=office))
    batch = upload_table(client, [["Desa", "Kecamatan"], ["Pakuncen", "Selomerto"]])
    address = reverse("villages:import_columns", args=[batch.pk])
    seen = client.get(address).context["seen"]
    guessed = {f"column_{key}": position for key, position in batch.columns.items()} | SK

    for _ in range(2):
        answer = client.post(address, {**OTHERWISE, **guessed, "dilihat": seen}, follow=True)

    assert "Belum disimpan" not in answer.content.decode()
    assert batch.rows.count() == 1


def test_one_column_means_one_thing(office: Office, sign_in: SignIn) -> None:
    client = sign_in(UserFactory(staff_of=office))
    batch = upload_table(client, [["Desa", "Kecamatan"], ["Sukarejo", "Sapuran"]])
    address = reverse("villages:import_columns", args=[batch.pk])

    page = client.post(address, {**OTHERWISE, "column_name": "0", "column_district": "0"})
    nameless = client.post(address, {**OTHERWISE, "column_district": "1"})

    assert "Kolom ini sudah dipakai" in page.content.decode()
    assert "Pilih kolom yang berisi nama" in nameless.content.decode()
    assert not batch.rows.exists()


def test_a_bad_file_is_the_form_again_with_its_sentence(office: Office, sign_in: SignIn) -> None:
    client = sign_in(UserFactory(staff_of=office))

    page = client.post(reverse("villages:imports"), {"file": upload(b"x", "desa.docx")})

    assert page.status_code == 200
    assert "Pilih berkas XLSX atau CSV" in page.content.decode()
    assert not Import.objects.exists()


def test_the_file_to_mend_holds_the_reasons_and_no_formula(office: Office, sign_in: SignIn) -> None:
    staff = UserFactory(staff_of=office)
    evil = row("=HYPERLINK(1)", "+Sapuran", **{"No. SK": ""})
    batch = checked(office, [HEADERS, row("Sukarejo"), evil], staff)

    answer = sign_in(staff).get(reverse("villages:import_refusals", args=[batch.pk]))
    cells = cells_of(answer.content)

    assert len(cells) == 2
    assert "Nomor SK kosong." in cells[1][0]
    assert cells[1][2] == "'=HYPERLINK(1)"
    again = read(upload(answer.content))
    assert again.rows[1][1][2] == "=HYPERLINK(1)"


def test_what_is_mended_fits_the_sk_as_it_was_corrected_since(
    office: Office, sign_in: SignIn
) -> None:
    staff = UserFactory(staff_of=office)
    batch = checked(office, [HEADERS, row("Sukarejo"), row("Tak Dikenal")], staff)
    actions.drop_doubtful_rows(batch, by=staff)
    actions.record_import(batch, by=staff)
    decree = Decree.objects.get()
    words = {name: getattr(decree, name) for name in WORDING if name != "office_id"}
    actions.correct_decree(decree, words={**words, "dated": date(2024, 3, 13)}, by=staff)

    file = sign_in(staff).get(reverse("villages:import_refusals", args=[batch.pk]))
    (headers, *rows) = cells_of(file.content)
    (mended,) = [[cell.replace("Tak Dikenal", "Bumirejo") for cell in its] for its in rows]
    again = checked(office, [headers, mended], staff)

    assert rows[0][headers.index("Tanggal SK")] == "2024-03-13"
    assert again.rows.get().status == RowStatus.MATCHED


def test_a_row_that_an_sk_refuses_is_no_model_for_the_others_and_says_what_differs(
    office: Office,
) -> None:
    staff = UserFactory(staff_of=office)
    actions.record_import(checked(office, [HEADERS, row("Sukarejo")], staff), by=staff)
    first, second = [name for name in NAMES if name not in {"Sukarejo", "Bumirejo"}][:2]
    wrong = row(first, **{"Tgl SK": "8 Maret 2024"})

    rows = checked(office, [HEADERS, wrong, row(second), row("Sukarejo")], staff).rows

    told = {it.facts["name"]: it for it in rows.all()}
    assert "Yang berbeda: tanggal SK." in told[first].reason
    assert "7 Maret 2024" in told[first].reason
    assert told[second].status == RowStatus.MATCHED
    assert told["Sukarejo"].status == RowStatus.KNOWN


def test_a_number_in_other_letters_is_the_same_decree_and_told_before_anything_is_recorded(
    office: Office,
) -> None:
    staff = UserFactory(staff_of=office)
    first, second, third = NAMES[:3]
    small = {"No. SK": NUMBER.swapcase()}

    rows = checked(office, [HEADERS, row(first), row(second, **small)], staff).rows
    told = {it.facts["name"]: it for it in rows.all()}
    actions.record_import(checked(office, [HEADERS, row(first)], staff), by=staff)
    later = checked(office, [HEADERS, row(third, **small)], staff).rows.get()

    assert told[first].status == RowStatus.MATCHED
    assert told[second].reason == "SK ini tertulis lain pada baris 2; samakan isinya."
    assert "Yang berbeda: nomor SK." in later.reason


def test_a_returned_table_says_so_with_its_note(office: Office, sign_in: SignIn) -> None:
    staff = UserFactory(staff_of=office)
    batch = actions.record_import(checked(office, [HEADERS, row("Sukarejo")], staff), by=staff)
    client, address = sign_in(staff), batch.get_absolute_url()

    waiting = client.get(address).content.decode()
    actions.send_import_back(batch, note="Tanggalnya keliru.", by=UserFactory(head_of=office))
    returned = client.get(address).content.decode()

    assert ">Selesai</h2>" not in waiting + returned
    assert "Tanggalnya keliru." in returned.partition("Riwayat</h2>")[0]
    assert "Tindak lanjuti" in returned


def test_giving_an_import_up_is_asked_first_and_forgets_its_table(
    office: Office, sign_in: SignIn
) -> None:
    staff = UserFactory(staff_of=office)
    batch = checked(office, [HEADERS, row("Sukarejo")], staff)

    client, address = sign_in(staff), reverse("villages:import_abandon", args=[batch.pk])
    asked = client.get(address).content.decode()
    batch.refresh_from_db()
    assert "dihapus dari portal untuk seterusnya" in asked
    assert batch.status != ImportStatus.ABANDONED
    told = client.post(address, follow=True).content.decode()

    batch.refresh_from_db()
    assert "dibatalkan; isinya dihapus" in told
    assert (batch.status, batch.table, batch.rows.count()) == (ImportStatus.ABANDONED, [], 0)
    with pytest.raises(TransitionRefused, match="sudah dibatalkan"):
        actions.record_import(batch, by=staff)


def test_no_step_but_the_columns_unpacks_the_table(office: Office, sign_in: SignIn) -> None:
    staff = UserFactory(staff_of=office)
    client = sign_in(staff)
    batch = checked(office, [HEADERS, row("Sukarejo"), row("Tak Dikenal")], staff)
    page, *pages = [
        reverse(f"villages:{name}", args=[batch.pk])
        for name in ("import", "import_record", "import_officers", "import_refusals")
    ]
    shown = client.get(page).context["shown"]

    with CaptureQueriesContext(connection) as queries:
        answers = [client.get(address).status_code for address in (page, *pages)]
        client.post(reverse("villages:import_drop_doubtful", args=[batch.pk]))
        client.post(reverse("villages:import_abandon", args=[batch.pk]))

    assert answers == [200] * 4
    assert (shown.batch.lines, shown.passed_over) == (3, 0)
    assert not [it["sql"] for it in queries if '"villages_import"."table"' in it["sql"]]
    batch.refresh_from_db()
    assert (batch.status, batch.lines) == (ImportStatus.ABANDONED, 0)


def test_a_known_head_of_the_village_is_left_alone(office: Office) -> None:
    staff = UserFactory(staff_of=office)
    village = VillageFactory(region=Region.objects.get(code="33.07.01.2001"), office=office)
    actions.write_contact(village, facts={"role": "head", "name": "Wagiman"}, by=staff)

    actions.record_import(checked(office, [HEADERS, row("Sukarejo")], staff), by=staff)

    assert [contact.name for contact in village.contacts.all()] == ["Wagiman"]


def test_checking_takes_no_query_a_row(office: Office) -> None:
    staff = UserFactory(staff_of=office)
    few, many = [HEADERS, row("Sukarejo")], [HEADERS, *(row(name) for name in NAMES)]
    asked = []

    for table in (few, many):
        with CaptureQueriesContext(connection) as queries:
            checked(office, table, staff)
        asked.append(len(queries))

    assert asked[0] == asked[1]
