"""The PIMPASA of an office's own table: found, appointed, assigned; nobody doubles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Office, User
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    AssignmentFactory,
    JurisdictionFactory,
    OfficeFactory,
    OfficerFactory,
    RegionFactory,
    UserFactory,
    VillageFactory,
    bring_in,
)
from tests.spreadsheets import cells_of, text, upload
from villages import actions
from villages.models import (
    Assignment,
    ContactRole,
    Designation,
    Import,
    ImportOfficer,
    NamedStatus,
    Officer,
    Region,
    RowStatus,
    Village,
    VillageContact,
)
from villages.onboarding import service
from villages.onboarding.spreadsheets import read

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

BAGAS = "199003142015031002"
SITI = "198609262015052001"
HEADERS = ["Desa", "Kecamatan", "No SK", "Tgl SK", "Tentang", "Penanda tangan", "PIMPASA", "NIP",
           "Pangkat", "PIMPASA sejak", "No SK PIMPASA", "Tgl SK PIMPASA"]  # fmt: skip
DECREE = ["W.13-7 Tahun 2024", "7 Maret 2024", "Penetapan Desa Binaan Imigrasi", "Ratna Wulandari"]
PLACES = ("Pakuncen", "Karangsari", "Bumirejo", "Sidomulyo")


@pytest.fixture
def office() -> Office:
    """An office that serves four villages of Selomerto."""
    jurisdiction = JurisdictionFactory()
    for serial, name in enumerate(PLACES):
        RegionFactory(code=f"33.07.06.20{serial:02}", name=name)
    return jurisdiction.office


@pytest.fixture
def staff(office: Office) -> User:
    return UserFactory(staff_of=office, name="Wahyu Hidayat")


def row(village: str, name: str, nip: str = "", *more: str) -> list[str]:
    return [village, "Selomerto", *DECREE, name, nip, *more]


def checked(office: Office, by: User, *rows: list[str], **otherwise: str) -> Import:
    content = text([HEADERS, *rows]).encode()
    batch = actions.receive_import(read(upload(content, "desa.csv")), office=office, by=by)
    return actions.map_import(batch, mapped=batch.columns, otherwise=otherwise, by=by)


def only_person(batch: Import) -> ImportOfficer:
    return batch.officers.get()


def test_a_new_officer_is_appointed_and_guides_all_their_villages(
    office: Office, staff: User
) -> None:
    batch = checked(
        office,
        staff,
        row("Pakuncen", "Bagas Prakoso, S.H.", "19900314 201503 1 002", "Penata Muda (III/a)"),
        row("Karangsari", "Bagas Prakoso"),
        row("Bumirejo", "BAGAS PRAKOSO", BAGAS, "", "1 Januari 2024"),
    )
    nobody_yet = Officer.objects.count()

    actions.record_import(batch, by=staff)

    officer = Officer.objects.get()
    assert nobody_yet == 0
    assert (officer.user.name, officer.user.nip) == ("Bagas Prakoso, S.H.", BAGAS)
    assert officer.user.get_rank_display() == "Penata Muda (III/a)"
    assert not officer.user.has_usable_password()
    assert officer.decree_number == "W.13-7 Tahun 2024"
    assert officer.starts_on == date(2024, 1, 1)
    held = {it.village.region.name: it.starts_on for it in officer.assignments.all()}
    since = date(2024, 3, 7)
    assert held == {"Pakuncen": since, "Karangsari": since, "Bumirejo": date(2024, 1, 1)}
    assert {it.basis_number for it in officer.assignments.all()} == {"W.13-7 Tahun 2024"}


def test_an_officer_whom_the_portal_knows_keeps_what_is_known(office: Office, staff: User) -> None:
    user = UserFactory(username=BAGAS, name="Bagas Prakoso", employment="pns", rank="III/b")
    OfficerFactory(office=office, user=user, starts_on=date(2023, 1, 2))

    batch = checked(office, staff, row("Pakuncen", "Bagas Prakoso", BAGAS, "III/a"))
    actions.record_import(batch, by=staff)

    user.refresh_from_db()
    assert user.rank == "III/b"
    assert Assignment.objects.get().officer == Officer.objects.get()


def test_the_same_table_twice_doubles_nobody(office: Office, staff: User) -> None:
    rows = [row("Pakuncen", "Bagas Prakoso", BAGAS), row("Karangsari", "Siti Aminah", SITI)]
    actions.record_import(checked(office, staff, *rows), by=staff)

    again = checked(office, staff, *rows)

    assert {it.status for it in again.rows.all()} == {RowStatus.KNOWN}
    assert all(it.is_assigned for it in again.rows.all())
    with pytest.raises(TransitionRefused, match="Tidak ada baris yang siap"):
        actions.record_import(again, by=staff)
    assert Officer.objects.count() == Assignment.objects.count() == 2


def test_a_known_village_gets_the_officer_that_a_later_table_names(
    office: Office, staff: User, sign_in: SignIn
) -> None:
    actions.record_import(checked(office, staff, row("Pakuncen", "")), by=staff)
    batch = checked(office, staff, row("Pakuncen", "Bagas Prakoso", BAGAS))
    client = sign_in(staff)

    last_look = client.get(reverse("villages:import_record", args=[batch.pk])).content.decode()
    client.post(reverse("villages:import_record", args=[batch.pk]))

    assert "Lengkapi 1 desa" in last_look
    assert "Bagas Prakoso" in last_look
    assert Assignment.objects.get().village == Village.objects.get()
    assert Designation.objects.count() == 1


REFUSED = {
    "lost figures": (("Bagas Prakoso", "198609262015051000"), "Angka terakhir NIP hilang"),
    "too short": (("Bagas Prakoso", "1990031420"), "tidak terdiri atas 18 angka"),
    "no date of birth": (("Bagas Prakoso", "199013142015031002"), "bukan tanggal lahir"),
    "no name": (("", BAGAS), "Nama PIMPASA kosong"),
    "nobody of that name": (("Bagas Prakoso", ""), "NIP-nya kosong"),
}


@pytest.mark.parametrize("what", sorted(REFUSED))
def test_whoever_cannot_be_told_costs_the_row_its_officer_and_not_its_village(
    office: Office, staff: User, what: str
) -> None:
    named, sentence = REFUSED[what]

    batch = checked(office, staff, row("Pakuncen", *named))
    actions.record_import(batch, by=staff)

    person = only_person(batch)
    assert person.status == NamedStatus.REFUSED
    assert sentence in person.reason
    assert Designation.objects.count() == 1
    assert not Assignment.objects.exists()


def test_the_file_to_mend_tells_what_became_of_the_officer(
    office: Office, staff: User, sign_in: SignIn
) -> None:
    batch = checked(office, staff, row("Pakuncen", "Bagas Prakoso", "12"), row("Karangsari", ""))
    actions.record_import(batch, by=staff)

    answer = sign_in(staff).get(reverse("villages:import_refusals", args=[batch.pk]))
    header, *rows = cells_of(answer.content)

    assert len(rows) == 1
    assert rows[0][0] == "PIMPASA: NIP dalam tabel tidak terdiri atas 18 angka."
    assert rows[0][header.index("NIP PIMPASA")] == "12"


def test_one_number_for_two_names_is_refused(office: Office, staff: User) -> None:
    batch = checked(
        office, staff, row("Pakuncen", "Bagas", BAGAS), row("Karangsari", "Siti Aminah", BAGAS)
    )

    assert "Satu NIP untuk beberapa nama: Bagas dan Siti Aminah" in only_person(batch).reason


def test_an_officer_of_another_office_is_refused(office: Office, staff: User) -> None:
    other = OfficeFactory()
    user = UserFactory(username=BAGAS, name="Bagas Prakoso")
    OfficerFactory(office=other, user=user)

    batch = checked(office, staff, row("Pakuncen", "Bagas Prakoso", BAGAS))

    assert only_person(batch).reason == f"Bagas Prakoso masih PIMPASA {other.short_name}."


def test_the_account_of_a_village_becomes_no_officer(office: Office, staff: User) -> None:
    UserFactory(username=BAGAS, village=VillageFactory())

    batch = checked(office, staff, row("Pakuncen", "Bagas Prakoso", BAGAS))

    assert "akun desa" in only_person(batch).reason


def test_a_doubtful_name_is_settled_once_for_all_its_rows(
    office: Office, staff: User, sign_in: SignIn
) -> None:
    known = UserFactory(username=BAGAS, name="Bagas Prakoso")
    OfficerFactory(office=office, user=known, starts_on=date(2023, 1, 2))
    batch = checked(office, staff, row("Pakuncen", "Pak Bagas"), row("Karangsari", "Pak Bagas"))
    person, client = only_person(batch), sign_in(staff)

    with pytest.raises(TransitionRefused, match="1 PIMPASA yang meragukan"):
        actions.record_import(batch, by=staff)
    page = client.get(reverse("villages:import_officers", args=[batch.pk])).content.decode()
    client.post(reverse("villages:import_officer", args=[person.pk]), {"user": known.pk})
    actions.record_import(batch, by=staff)

    assert "Ini Bagas Prakoso" in page
    assert Assignment.objects.filter(officer__user=known).count() == 2


def test_a_namesake_with_another_number_may_be_somebody_new(office: Office, staff: User) -> None:
    known = UserFactory(username=BAGAS, name="Bagas Prakoso")
    OfficerFactory(office=office, user=known)
    batch = checked(office, staff, row("Pakuncen", "Bagas Prakoso", SITI, "III/a"))
    person = only_person(batch)

    assert "tercatat dengan NIP lain" in person.reason
    actions.appoint_named(person, by=staff)
    actions.record_import(batch, by=staff)

    assert Assignment.objects.get().officer.user.nip == SITI


def test_a_name_may_be_passed_over_and_taken_up_again(office: Office, staff: User) -> None:
    batch = checked(office, staff, row("Pakuncen", "Bagas Prakoso", BAGAS))

    person = actions.pass_over_officer(only_person(batch), by=staff)
    nobody = batch.rows.to_record().get().officer_standing
    actions.appoint_named(person, by=staff)
    actions.record_import(batch, by=staff)

    assert nobody == "dilewati"
    assert Assignment.objects.count() == 1


@pytest.mark.parametrize("was", ["began too late", "guides it already"])
def test_somebody_else_after_all_is_judged_by_themselves(
    office: Office, staff: User, was: str
) -> None:
    wrong = UserFactory(username=BAGAS, name="Bagas Prakoso")
    right = UserFactory(username=SITI, name="Bagas Wirawan")
    began = date(2025, 1, 2) if was == "began too late" else date(2023, 1, 2)
    of_wrong = OfficerFactory(office=office, user=wrong, starts_on=began)
    OfficerFactory(office=office, user=right, starts_on=date(2023, 1, 2))
    if was == "guides it already":
        village = VillageFactory(region=Region.objects.get(name="Pakuncen"), office=office)
        AssignmentFactory(officer=of_wrong, village=village, starts_on=date(2024, 3, 7))
    batch = checked(office, staff, row("Pakuncen", "Pak Bagas"))
    person = actions.identify_officer(only_person(batch), wrong, by=staff)
    stood = batch.rows.get()

    person = actions.pass_over_officer(person, by=staff)
    actions.identify_officer(person, right, by=staff)
    actions.record_import(batch, by=staff)

    assert stood.officer_reason or stood.is_assigned
    assert Assignment.objects.filter(officer__user=right).count() == 1


def test_what_is_wrong_with_the_cells_stays_whoever_is_meant(office: Office, staff: User) -> None:
    known = UserFactory(username=BAGAS, name="Bagas Prakoso")
    OfficerFactory(office=office, user=known, starts_on=date(2023, 1, 2))
    batch = checked(office, staff, row("Pakuncen", "Pak Bagas", "", "", "besok"))
    person = actions.identify_officer(only_person(batch), known, by=staff)

    person = actions.pass_over_officer(person, by=staff)
    actions.identify_officer(person, known, by=staff)

    assert "Tanggal mulai PIMPASA" in batch.rows.get().officer_reason


def test_nobody_is_chosen_who_was_not_suggested(
    office: Office, staff: User, sign_in: SignIn
) -> None:
    OfficerFactory(office=office, user=UserFactory(username=BAGAS, name="Bagas Prakoso"))
    stranger = UserFactory()
    person = only_person(checked(office, staff, row("Pakuncen", "Pak Bagas")))

    answer = sign_in(staff).post(
        reverse("villages:import_officer", args=[person.pk]), {"user": stranger.pk}
    )

    assert answer.status_code == 404


def test_a_term_that_began_later_keeps_its_day(office: Office, staff: User) -> None:
    user = UserFactory(username=BAGAS, name="Bagas Prakoso")
    OfficerFactory(office=office, user=user, starts_on=date(2025, 1, 2))

    batch = checked(office, staff, row("Pakuncen", "Bagas Prakoso", BAGAS))
    actions.record_import(batch, by=staff)

    assert "baru menjadi PIMPASA 2 Januari 2025" in batch.rows.get().officer_reason
    assert not Assignment.objects.exists()


def test_who_guides_the_village_already_is_not_assigned_again(office: Office, staff: User) -> None:
    user = UserFactory(username=BAGAS, name="Bagas Prakoso")
    officer = OfficerFactory(office=office, user=user, starts_on=date(2023, 1, 2))
    village = VillageFactory(office=office, region=Region.objects.get(name="Pakuncen"))
    AssignmentFactory(officer=officer, village=village, starts_on=date(2024, 6, 1))

    actions.record_import(checked(office, staff, row("Pakuncen", "Bagas Prakoso", BAGAS)), by=staff)

    assert Assignment.objects.get().starts_on == date(2024, 6, 1)


def test_a_decree_of_the_officers_own_is_what_they_stand_on(office: Office, staff: User) -> None:
    its = row("Pakuncen", "Bagas Prakoso", BAGAS, "III/a", "", "KEP-9/2025", "2 Juni 2025")

    actions.record_import(
        checked(office, staff, its, officer_signer_title="Kepala Kantor Wilayah"), by=staff
    )

    officer, assignment = Officer.objects.get(), Assignment.objects.get()
    assert officer.decree_signer_title == "Kepala Kantor Wilayah"
    assert (officer.decree_number, officer.starts_on) == ("KEP-9/2025", date(2025, 6, 2))
    assert (assignment.basis_number, assignment.basis_dated) == ("KEP-9/2025", date(2025, 6, 2))


@pytest.mark.parametrize("day", ["besok", "1 Januari 2099"])
def test_an_impossible_day_leaves_the_village_without_its_officer(
    office: Office, staff: User, day: str
) -> None:
    batch = checked(office, staff, row("Pakuncen", "Bagas Prakoso", BAGAS, "", day))
    actions.record_import(batch, by=staff)

    assert "Tanggal mulai PIMPASA" in batch.rows.get().officer_reason
    assert Designation.objects.exists()
    assert not Officer.objects.exists()


def test_a_name_that_cannot_be_printed_leaves_the_village_without_its_officer(
    office: Office, staff: User
) -> None:
    batch = checked(office, staff, row("Pakuncen", "Bagas ☎ Prakoso", BAGAS))
    actions.record_import(batch, by=staff)

    assert "Nama PIMPASA memuat tanda" in batch.rows.get().officer_reason
    assert Designation.objects.exists()
    assert not Officer.objects.exists()


def test_all_or_nothing_holds_for_officers_too(office: Office, staff: User) -> None:
    batch = checked(office, staff, row("Pakuncen", "Bagas Prakoso", BAGAS))
    UserFactory(username=BAGAS, name="Bagas Prakoso")  # somebody was quicker

    with pytest.raises(TransitionRefused, match="PIMPASA Bagas Prakoso: Sudah ada akun"):
        actions.record_import(batch, by=staff)

    assert not Designation.objects.exists()


def test_contacts_come_with_title_and_term(office: Office, staff: User) -> None:
    headers = ["Desa", "Kec", "No SK", "Tgl SK", "Tentang", "Penanda tangan", "Kepala Desa",
               "Jabatan Kepala Desa", "No HP", "Kepala Desa Sejak", "Kepala Desa Sampai",
               "Sekdes", "No HP Sekdes"]  # fmt: skip
    its = ["Pakuncen", "Selomerto", *DECREE, "Slamet Riyanto", "Pj. Kepala Desa", "81200000000",
           "1 Februari 2022", "31 Januari 2028", "Sulastri", "0812-1111"]  # fmt: skip
    for _ in range(2):
        content = text([headers, its]).encode()
        batch = actions.receive_import(read(upload(content, "d.csv")), office=office, by=staff)
        actions.map_import(batch, mapped=batch.columns, otherwise={}, by=staff)
        if batch.rows.to_record():
            actions.record_import(batch, by=staff)

    head, secretary = VillageContact.objects.order_by("role")
    assert (head.name, head.title, head.phone) == (
        "Slamet Riyanto",
        "Pj. Kepala Desa",
        "081200000000",
    )
    assert (head.since, head.until) == (date(2022, 2, 1), date(2028, 1, 31))
    assert (secretary.role, secretary.title) == (ContactRole.SECRETARY, "Sekretaris Desa Pakuncen")


def test_a_former_head_does_not_stop_the_table(office: Office, staff: User) -> None:
    village = VillageFactory(office=office, region=Region.objects.get(name="Pakuncen"))
    former = {"role": "head", "name": "Wagiman", "until": date(2022, 1, 31)}
    actions.write_contact(village, facts=former, by=staff)
    batch = bring_in(office, "Pakuncen", by=staff)
    batch.rows.update(facts={**batch.rows.get().facts, "head_name": "Slamet Riyanto"})

    actions.record_import(batch, by=staff)

    assert [it.name for it in village.contacts.all()] == ["Wagiman"]


RANKS = {"III/a": "III/a", "Penata Muda Tk. I / III b": "III/b", "penata tingkat i": "III/d",
         "IIIc": "III/c", "Pembina (IV/a)": "IV/a", "Gol. IX": "IX", "Komisaris": ""}  # fmt: skip


@pytest.mark.parametrize("written", sorted(RANKS))
def test_a_rank_is_read_as_people_write_it(written: str) -> None:
    assert service.rank_of(written) == RANKS[written]


def test_a_spoilt_number_is_mended_by_another_row_of_that_name(office: Office, staff: User) -> None:
    batch = checked(
        office,
        staff,
        row("Pakuncen", "Bagas Prakoso", f"{BAGAS[:15]}000"),
        row("Kecamatan Selomerto", "Bagas Prakoso, S.H.", BAGAS),
    )

    assert (only_person(batch).status, only_person(batch).nip) == (NamedStatus.NEW, BAGAS)


def test_the_last_look_names_the_villages_and_what_is_lost(
    office: Office, staff: User, sign_in: SignIn
) -> None:
    batch = checked(
        office,
        staff,
        row("Pakuncen", "Bagas Prakoso", BAGAS),
        row("Karangsari", "Tanpa Nomor"),
        row("Bumirejo", ""),
        row("Sidomulyo", "")[:2],
    )

    page = sign_in(staff).get(reverse("villages:import_record", args=[batch.pk])).content.decode()

    assert "(3): Pakuncen, Karangsari, Bumirejo" in page
    assert "Baris 5, Sidomulyo, Selomerto: tidak dicatat. Nomor SK kosong." in page
    assert "Baris 3, Karangsari, Selomerto: tanpa PIMPASA Tanpa Nomor" in page
    assert "Baris 4" not in page


def test_columns_say_what_they_hold_as_people_write_it(
    office: Office, staff: User, sign_in: SignIn
) -> None:
    dated = row("Pakuncen", "")
    dated[3] = "2022-03-04"
    batch = checked(office, staff, dated)

    address = reverse("villages:import_columns", args=[batch.pk])
    page = sign_in(staff).get(address).content.decode()

    assert "misalnya “4 Maret 2022”" in page
    assert "2022-03-04" not in page
    name = page[page.index('for="id_column_name"') :]
    assert "boleh dikosongkan" not in name[: name.index("</label>")]
