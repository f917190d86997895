"""The record of a village: where it lies, who leads it, what the office notes of it."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DesignationFactory,
    OfficeFactory,
    UserFactory,
    VillageFactory,
    checked_pdf,
    small_pdf,
)
from tests.races import together
from villages import actions
from villages.models import (
    Agreement,
    MigrantCount,
    SisterProgramme,
    Village,
    VillageContact,
    VillageDocument,
)

pytestmark = pytest.mark.django_db
GROUP = "https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv"
DESBUMI = {"kind": "desbumi", "name": "", "owner": "Migrant CARE", "since_year": 2016, "note": ""}
COUNT = {"year": 2025, "men": 40, "women": 100, "total": 140, "source": "Pemerintah desa",
         "as_of": date(2025, 12, 31)}  # fmt: skip
AGREED = {
    "kind": "cooperation",
    "title": "Pembentukan Desa Binaan Imigrasi",
    "first_party": "Kantor Imigrasi Wonosobo",
    "first_number": "W13-1",
    "second_party": "Pemerintah Desa Pakuncen",
    "second_number": "045/7",
    "third_party": "",
    "third_number": "",
    "dated": date(2025, 3, 1),
    "valid_until": date(2025, 12, 31),
    "scan": None,
}


@pytest.fixture
def village():
    return VillageFactory()


@pytest.fixture
def staff(village):
    return UserFactory(staff_of=village.office)


@pytest.fixture
def browser(sign_in, staff):
    return sign_in(staff)


@pytest.fixture
def official(village):
    return UserFactory(village=village)


def page(village, *more: str) -> str:
    return "/".join([f"/desa/{village.pk}", *more, ""])


def opens(browser, document: VillageDocument) -> bool:
    response = browser.get(document.get_absolute_url())
    for close in response._resource_closers:  # without the signal that ends tests
        close()
    return bool(response.status_code == 200)


def verbs(village) -> list[str]:
    return list(Entry.objects.about(village).values_list("verb", flat=True))


# --- Where it lies -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        ("-7.353211", "109.902187"),
        ("-7,353211", "109,902187°"),
        ("\N{MINUS SIGN}7.3532114", "109.90218749"),
    ],
)
def test_a_position_is_understood_as_people_write_it(browser, village, latitude, longitude) -> None:
    browser.post(page(village, "letak"), {"latitude": latitude, "longitude": longitude})

    village.refresh_from_db()
    assert village.position == "-7.353211,109.902187"
    shown = browser.get(page(village)).content.decode()
    assert "mlat=-7.353211&amp;mlon=109.902187#map=15" in shown
    assert 'href="geo:-7.353211,109.902187"' in shown


@pytest.mark.parametrize(
    ("latitude", "longitude", "wrong"),
    [
        ("7.35", "109.9", "latitude"),  # the minus was forgotten
        ("109.9", "-7.35", "latitude"),
        ("-7.35", "151.2", "longitude"),
        ("-7.35", "", "longitude"),
        ("", "109.9", "latitude"),
        ("utara", "109.9", "latitude"),
        ("NaN", "109.9", "latitude"),
        ("1e999", "109.9", "latitude"),
    ],
)
def test_a_position_that_cannot_be_is_refused_at_its_field(
    browser, village, latitude, longitude, wrong
) -> None:
    answer = browser.post(page(village, "letak"), {"latitude": latitude, "longitude": longitude})

    assert wrong in answer.context["form"].errors
    assert latitude in answer.content.decode()
    assert not Village.objects.get().has_position


def test_a_position_may_be_taken_back(browser, village, staff) -> None:
    actions.update_village(village, changes={"latitude": -7, "longitude": 110}, by=staff)

    browser.post(page(village, "letak"), {"latitude": "", "longitude": ""})

    village.refresh_from_db()
    assert not village.has_position


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude": -33.8, "longitude": 151.2},
        {"latitude": -7.3},
        {"longitude": 109.9},
        {"whatsapp_group": "http://chat.whatsapp.com/AbCdEfGhIjKl"},
        {"whatsapp_group": "https://chat.whatsapp.com.example/AbCdEfGhIjKl"},
    ],
)
def test_the_database_refuses_what_the_form_would(village, wrong) -> None:
    with pytest.raises(IntegrityError, match=r"lies_in_indonesia|whatsapp_group_is_one"):
        Village.objects.filter(pk=village.pk).update(**wrong)


# --- Its data ----------------------------------------------------------------------------------


def test_the_group_is_for_the_office_and_the_village(browser, sign_in, village, official) -> None:
    sheet = DesignationFactory(village=village, office=village.office, approved=True)
    data = {"local_term": "Desa", "address": "", "note": "Hubungi sore hari.",
            "whatsapp_group": f"{GROUP}?mode=ac_t"}  # fmt: skip

    browser.post(page(village, "ubah"), data)

    village.refresh_from_db()
    assert village.whatsapp_group == GROUP
    inside = browser.get(page(village)).content.decode()
    assert GROUP in inside
    assert "Hubungi sore hari." in inside
    own = sign_in(official).get(page(village)).content.decode()
    assert GROUP in own
    assert "Hubungi sore hari." not in own
    browser.logout()
    for address in (f"/v/{sheet.certificate.code}",):
        assert GROUP not in browser.get(address).content.decode()


@pytest.mark.parametrize(
    "link", ["https://wa.me/6281", "javascript:alert(1)", "https://chat.whatsapp.com/", "grup"]
)
def test_only_an_invitation_to_a_group_is_a_group(browser, village, link) -> None:
    answer = browser.post(page(village, "ubah"), {"local_term": "Desa", "whatsapp_group": link})

    assert "whatsapp_group" in answer.context["form"].errors


def test_saving_without_a_change_leaves_no_trace(browser, village) -> None:
    browser.post(page(village, "ubah"), {"local_term": village.local_term})

    assert verbs(village) == []


def test_the_record_says_what_it_lacks_one_step_at_a_time(browser, village, staff) -> None:
    assert b"Catat kepala desa" in browser.get(page(village)).content
    actions.write_contact(village, facts={"role": "head", "name": "Slamet Riyanto"}, by=staff)
    assert b"Letak kantor desa belum diketahui" in browser.get(page(village)).content
    actions.update_village(village, changes={"latitude": -7, "longitude": 110}, by=staff)
    assert b"Belum ada tautan grup" in browser.get(page(village)).content
    actions.update_village(village, changes={"whatsapp_group": GROUP}, by=staff)

    assert b"Langkah berikutnya" not in browser.get(page(village)).content


# --- Who leads it ------------------------------------------------------------------------------


def head(village, name: str, since: date | None = None, until: date | None = None):
    facts = {"role": "head", "name": name, "since": since, "until": until}
    return actions.write_contact(village, facts=facts, by=village.created_by)


def test_a_new_head_ends_the_term_of_the_one_before(browser, village) -> None:
    former = head(village, "Slamet Riyanto", date(2019, 5, 1), date(2027, 5, 1))

    shown = browser.get(page(village, "ganti-kepala")).content.decode()
    browser.post(
        page(village, "ganti-kepala"),
        {"name": "Tri Handayani", "title": "Kepala Desa", "since": "2026-03-02"},
    )

    assert "Slamet Riyanto" in shown
    former.refresh_from_db()
    assert former.until == date(2026, 3, 1)
    new = VillageContact.objects.get(name="Tri Handayani")
    assert (new.role, new.since, new.until) == ("head", date(2026, 3, 2), None)
    assert verbs(village)[:2] == ["village.head_changed", "village.contact_ended"]
    record = browser.get(page(village)).content.decode()
    assert "sampai 1 Maret 2026" in record


def test_a_head_cannot_begin_before_the_one_whose_term_it_ends(browser, village) -> None:
    head(village, "Slamet Riyanto", date(2026, 3, 2))

    answer = browser.post(page(village, "ganti-kepala"), {"name": "Tri", "since": "2026-03-02"})

    said = str(answer.context["form"].errors["since"])
    assert "Slamet Riyanto tercatat menjabat sejak 2 Maret 2026" in said
    assert village.contacts.count() == 1


def test_a_second_head_is_led_to_the_right_page(browser, village) -> None:
    head(village, "Slamet Riyanto")

    answer = browser.post(page(village, "kontak", "tambah"), {"role": "head", "name": "Tri"})

    assert "Ganti kepala desa" in str(answer.context["form"].errors["role"])
    assert village.contacts.count() == 1


def test_the_database_knows_one_head_at_a_time(village) -> None:
    head(village, "Slamet Riyanto", date(2019, 5, 1), date(2025, 5, 1))
    head(village, "Tri Handayani", date(2025, 5, 2))
    VillageContact.objects.create(village=village, role="secretary", name="Joko")
    head(VillageFactory(), "Slamet Riyanto")

    with pytest.raises(IntegrityError, match="one_head_at_a_time"), transaction.atomic():
        VillageContact.objects.create(village=village, role="head", name="Umi")
    with pytest.raises(IntegrityError, match="one_head_at_a_time"), transaction.atomic():
        VillageContact.objects.filter(name="Slamet Riyanto", village=village).update(until=None)


@pytest.mark.django_db(transaction=True)
def test_two_who_change_the_head_at_once_leave_one() -> None:
    village = VillageFactory()
    head(village, "Slamet Riyanto")
    names = ["Tri Handayani", "Joko Susilo", "Umi Khasanah"]

    outcomes = together(
        *(
            lambda name=name: actions.change_head(
                village, facts={"name": name, "since": date(2026, 3, 2)}, by=village.created_by
            )
            for name in names
        )
    )

    assert sum(isinstance(it, TransitionRefused) for it in outcomes) == 2
    assert village.contacts.filter(role="head", until=None).count() == 1


def test_an_ended_term_is_not_lengthened(village) -> None:
    former = head(village, "Slamet Riyanto", date(2019, 5, 1), date(2025, 5, 1))

    with pytest.raises(TransitionRefused, match="sudah berakhir pada 1 Mei 2025"):
        actions.end_contact(former, until=date(2026, 1, 1), by=village.created_by)
    actions.end_contact(former, until=date(2024, 1, 1), by=village.created_by)

    former.refresh_from_db()
    assert former.until == date(2024, 1, 1)


# --- The profile -------------------------------------------------------------------------------


def test_a_sister_programme_is_noted_mended_and_taken_back(browser, village) -> None:
    add = page(village, "profil", "program", "tambah")
    assert browser.get(add).status_code == 200
    browser.post(add, {**DESBUMI, "note": "Peraturan desa; kelompok usaha."})
    programme = SisterProgramme.objects.get()
    own = page(village, "profil", "program", str(programme.pk))

    assert browser.get(own).context["form"].initial["owner"] == "Migrant CARE"
    browser.post(own, {**DESBUMI, "since_year": 2017})
    programme.refresh_from_db()
    assert programme.since_year == 2017
    assert "DESBUMI" in browser.get(page(village, "profil")).content.decode()
    browser.post(f"{own}hapus/")

    assert not SisterProgramme.objects.exists()
    assert verbs(village) == [
        "village.programme_dropped", "village.programme_written", "village.programme_written",
    ]  # fmt: skip


def test_the_same_programme_or_figure_twice_is_refused_in_a_sentence(browser, village) -> None:
    for owner in ("Migrant CARE", "Kemnaker"):
        twice = browser.post(
            page(village, "profil", "program", "tambah"), {**DESBUMI, "owner": owner}
        )
    for source in ("Disnaker", "disnaker"):
        again = browser.post(
            page(village, "profil", "pekerja-migran", "tambah"),
            {"year": 2025, "total": 140, "source": source, "as_of": "2025-12-31"},
        )

    assert "Program ini sudah dicatat" in twice.content.decode()
    assert "dari sumber yang sama sudah dicatat" in again.content.decode()
    assert SisterProgramme.objects.count() == MigrantCount.objects.count() == 1


def test_a_total_is_the_sum_or_stands_alone(browser, village) -> None:
    add = page(village, "profil", "pekerja-migran", "tambah")
    common = {"source": "Pemerintah desa", "as_of": "2025-12-31"}

    browser.post(add, {**common, "year": 2025, "men": 40, "women": 100})
    browser.post(add, {**common, "year": 2024, "total": "0"})
    half = browser.post(add, {**common, "year": 2023, "men": 40, "total": 140})
    wrong = browser.post(add, {**common, "year": 2023, "men": 40, "women": 1, "total": 140})
    none = browser.post(add, {**common, "year": 2023})
    early = browser.post(add, {**common, "year": 2026, "total": 3})

    counts = MigrantCount.objects.values_list("year", "men", "women", "total")
    assert list(counts) == [(2025, 40, 100, 140), (2024, None, None, 0)]
    refused = {"women": half, "total": wrong, "as_of": early}
    assert all(field in answer.context["form"].errors for field, answer in refused.items())
    assert "total" in none.context["form"].errors


@pytest.mark.parametrize(
    ("model", "facts", "name"),
    [
        (MigrantCount, {**COUNT, "total": 141}, "parts_add_up"),
        (MigrantCount, {**COUNT, "women": None}, "parts_add_up"),
        (MigrantCount, {**COUNT, "year": 2026}, "year_plausible"),
        (MigrantCount, {**COUNT, "source": ""}, "has_source"),
        (SisterProgramme, {**DESBUMI, "kind": "other"}, "named_when_other"),
        (SisterProgramme, {**DESBUMI, "kind": "lain"}, "kind_known"),
        (SisterProgramme, {**DESBUMI, "owner": ""}, "has_owner"),
        (Agreement, {**AGREED, "second_party": "", "second_number": ""}, "has_its_parties"),
        (Agreement, {**AGREED, "third_number": "7"}, "number_of_a_party"),
        (Agreement, {**AGREED, "valid_until": date(2025, 2, 1)}, "term_in_order"),
    ],
)
def test_the_database_keeps_the_profile_true(village, model, facts, name) -> None:
    with pytest.raises(IntegrityError, match=name):
        model.objects.create(village=village, **facts)


def test_an_agreement_keeps_its_scan_until_another_comes(browser, sign_in, village, official):
    add = page(village, "profil", "perjanjian", "tambah")
    given = {name: value for name, value in AGREED.items() if value}

    def upload(address: str, **more: object) -> None:
        scan = SimpleUploadedFile("pks.pdf", small_pdf())
        assert browser.post(address, {**given, "scan": scan, **more}).status_code == 302

    upload(add)
    agreement = Agreement.objects.get()
    first = agreement.scan
    own = page(village, "profil", "perjanjian", str(agreement.pk))
    browser.post(own, {**given, "title": "Pembinaan"})
    agreement.refresh_from_db()
    assert (agreement.title, agreement.scan) == ("Pembinaan", first)
    upload(own)

    agreement.refresh_from_db()
    assert agreement.scan != first
    assert not VillageDocument.objects.filter(pk=first.pk).exists()
    shown = sign_in(official).get(page(village, "profil")).content.decode()
    assert agreement.scan.get_absolute_url() in shown
    assert "Habis masa berlaku" in shown
    assert opens(sign_in(official), agreement.scan)


def test_a_scan_belongs_to_the_village_of_its_agreement(village, staff) -> None:
    agreement = actions.write_agreement(village, facts=AGREED, by=staff)
    other = VillageFactory()
    scan = actions.attach_document(other, checked_pdf(), title="PKS", is_shared=True, by=staff)

    with pytest.raises(IntegrityError, match="agreement_scan_of_its_village"), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(scan=scan)


def test_a_refused_agreement_stores_no_file(village, staff) -> None:
    wrong = {**AGREED, "second_party": "", "scan": checked_pdf()}

    with pytest.raises(ValidationError):
        actions.write_agreement(village, facts=wrong, by=staff)

    assert not VillageDocument.objects.exists()
    assert not Agreement.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_dropped_agreement_takes_its_scan_along() -> None:
    village = VillageFactory()
    facts = {**AGREED, "scan": checked_pdf()}
    agreement = actions.write_agreement(village, facts=facts, by=village.created_by)
    stored = agreement.scan.file.name
    assert default_storage.exists(stored)

    actions.drop_agreement(agreement, by=village.created_by)

    assert not default_storage.exists(stored)
    assert not VillageDocument.objects.exists()


def test_the_village_reads_what_is_shared_with_it(browser, sign_in, village, official) -> None:
    for title, shared in (("Profil desa", "on"), ("Kerawanan", "")):
        data = {"title": title, "file": SimpleUploadedFile("a.pdf", small_pdf())}
        add = page(village, "dokumen", "tambah")
        browser.post(add, {**data, "is_shared": shared} if shared else data)
    shared, kept = VillageDocument.objects.order_by("pk")

    own = sign_in(official)

    shown = own.get(page(village, "profil")).content.decode()
    assert "Profil desa" in shown
    assert "Kerawanan" not in shown
    assert "Ubah" not in shown
    assert opens(own, shared)
    assert not opens(own, kept)


def test_a_removed_document_is_gone_and_remembered(browser, village, staff) -> None:
    document = actions.attach_document(
        village, checked_pdf("peta.pdf"), title="Peta desa", is_shared=False, by=staff
    )

    browser.post(f"/dokumen-desa/{document.key}/lepas/")

    assert not VillageDocument.objects.exists()
    entry = Entry.objects.about(village).first()
    assert (entry.verb, entry.note) == ("village.document_removed", "Peta desa (peta.pdf)")


def test_an_unknown_part_or_an_entry_of_another_village_is_not_there(browser, village) -> None:
    elsewhere = VillageFactory(office=village.office)
    by = village.created_by
    programme = actions.write_programme(elsewhere, facts=DESBUMI, by=by)

    assert browser.get(page(village, "profil", "apa", "tambah")).status_code == 404
    for more in ((), ("hapus",)):
        address = page(village, "profil", "program", str(programme.pk), *more)
        assert browser.post(address, DESBUMI).status_code == 404


def test_the_village_and_others_write_nothing(sign_in, village, official) -> None:
    pages = [
        page(village, "letak"),
        page(village, "ganti-kepala"),
        page(village, "dokumen", "tambah"),
        page(village, "profil", "program", "tambah"),
    ]

    for person in (official, UserFactory(head_of=village.office)):
        assert {sign_in(person).post(it, {}).status_code for it in pages} == {403}
    stranger = UserFactory(staff_of=OfficeFactory())
    assert {sign_in(stranger).get(it).status_code for it in pages} == {404}
