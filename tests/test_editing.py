"""Two people at one form: the second is told, sees both versions, and saves knowingly."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from audit.models import Entry
from desabinaan.editing import Overtaken
from desabinaan.uploads import CheckedFile
from tests.factories import (
    CriterionFactory,
    DesignationFactory,
    DirectorateFactory,
    NumberTemplateFactory,
    OfficeFactory,
    OfficerFactory,
    UserFactory,
    VillageAccessFactory,
    VillageFactory,
    small_pdf,
)
from villages import actions
from villages.models import Consent, Document, Village

pytestmark = pytest.mark.django_db


def sign_in(person: User) -> Client:
    """A browser of their own."""
    client = Client()
    client.force_login(person)
    return client


def opened(client: Client, url: str) -> dict[str, str]:
    """What a browser would send back of the form at this address, nothing changed."""
    return sent_back(client.get(url).content.decode())


def sent_back(page: str) -> dict[str, str]:
    main = page.partition("<main")[2]
    found = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main):
        found[name] = value
    texts = r'<input type="(?:text|url|tel|date|number|email)" name="(\w+)"(?: value="([^"]*)")?'
    for name, value in re.findall(texts, main):
        found[name] = value
    for name, value in re.findall(r'<textarea name="(\w+)"[^>]*>\n?([^<]*)</textarea>', main):
        found[name] = value
    for name, options in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', main, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    for name, value in re.findall(r'type="radio" name="(\w+)" value="([^"]*)"[^>]* checked', main):
        found[name] = value
    for name in re.findall(r'type="checkbox" name="(\w+)"[^>]* checked', main):
        found[name] = "on"
    found.pop("csrfmiddlewaretoken", None)
    return found


@pytest.fixture
def village() -> Village:
    return VillageFactory(address="Jalan Lama 1", note="Hubungi sekretaris desa.")


@pytest.fixture
def first(village: Village) -> User:
    return UserFactory(staff_of=village.office, name="Ratri Wulandari")


@pytest.fixture
def second(village: Village) -> User:
    return UserFactory(staff_of=village.office, name="Damar Setyo")


def test_the_second_to_save_is_told_who_was_first_and_loses_nothing(
    village: Village, first: User, second: User
) -> None:
    url = reverse("villages:village_edit", args=[village.pk])
    early, late = sign_in(first), sign_in(second)
    theirs, mine = opened(early, url), opened(late, url)
    early.post(url, theirs | {"address": "Jalan Baru 2", "note": "Kantor pindah."})

    answer = late.post(url, mine | {"note": "Ketua BPD berganti."})

    village.refresh_from_db()
    assert (village.address, village.note) == ("Jalan Baru 2", "Kantor pindah.")
    page = answer.content.decode()
    assert "Belum disimpan: Ratri Wulandari mengubah data ini pada" in page
    again = sent_back(page)
    assert again["note"] == "Ketua BPD berganti."
    assert "Kantor pindah." in page
    assert again["address"] == "Jalan Baru 2"
    late.post(url, again)
    village.refresh_from_db()
    assert (village.address, village.note) == ("Jalan Baru 2", "Ketua BPD berganti.")


def test_what_somebody_saved_after_the_refusal_is_not_overwritten_either(
    village: Village, first: User, second: User
) -> None:
    url = reverse("villages:village_edit", args=[village.pk])
    late = sign_in(second)
    mine = opened(late, url)
    actions.update_village(village, changes={"note": "Satu."}, by=first)
    refused = sent_back(late.post(url, mine | {"note": "Dua."}).content.decode())
    actions.update_village(village, changes={"note": "Tiga."}, by=first)

    answer = late.post(url, refused)

    assert "Tiga." in answer.content.decode()
    village.refresh_from_db()
    assert village.note == "Tiga."


def test_a_second_click_is_no_conflict(village: Village, first: User) -> None:
    url = reverse("villages:village_edit", args=[village.pk])
    client = sign_in(first)
    typed = opened(client, url) | {"note": "Kantor pindah."}

    assert client.post(url, typed).status_code == 302
    assert client.post(url, typed).status_code == 302


def test_a_second_click_that_keeps_the_scan_is_no_conflict() -> None:
    sheet = DesignationFactory(complete=True)
    client = sign_in(sheet.created_by)
    url = reverse("villages:consent", args=[sheet.pk])
    typed = opened(client, url) | {"letter_number": "045.2/18/2026"}

    assert client.post(url, typed).status_code == 302
    assert client.post(url, typed).status_code == 302
    assert Consent.objects.get(designation=sheet).letter_number == "045.2/18/2026"


def test_a_second_click_that_keeps_the_scan_of_an_agreement_is_none(
    village: Village, first: User
) -> None:
    facts = {"kind": "cooperation", "title": "Pembinaan", "first_party": "Kantor",
             "first_number": "", "second_party": "Desa", "second_number": "",
             "third_party": "", "third_number": "",
             "dated": date(2025, 3, 1), "valid_until": None}  # fmt: skip
    scan = CheckedFile("pks.pdf", "application/pdf", small_pdf())
    agreement = actions.write_agreement(village, facts=facts | {"scan": scan}, by=first)
    url = reverse("villages:village_profile_edit", args=[village.pk, "perjanjian", agreement.pk])
    client = sign_in(first)
    typed = opened(client, url) | {"title": "Pembinaan desa"}

    assert client.post(url, typed).status_code == 302
    assert client.post(url, typed).status_code == 302


def test_a_second_click_on_the_office_profile_is_none_with_an_emblem_or_without() -> None:
    office = OfficeFactory(address="Jalan Lama 1")
    client = sign_in(UserFactory(admin_of=office))
    url = reverse("accounts:office_profile", args=[office.code])

    with_emblem = opened(client, url)
    clicks = [client.post(url, with_emblem | {"emblem": picture()}) for _ in range(2)]
    kept = opened(client, url) | {"address": "Jalan Baru 2"}
    clicks += [client.post(url, kept) for _ in range(2)]

    assert [answer.status_code for answer in clicks] == [302] * 4


def picture() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (40, 40), "navy").save(drawn, "PNG")
    return SimpleUploadedFile("lambang.png", drawn.getvalue(), "image/png")


def test_the_row_itself_is_compared_once_it_is_held(village: Village, first: User) -> None:
    seen = {"note": village.note}
    actions.update_village(village, changes={"note": "Satu."}, by=first)

    with pytest.raises(Overtaken):
        actions.update_village(village, changes={"note": "Dua."}, seen=seen, by=first)

    village.refresh_from_db()
    assert village.note == "Satu."


def test_who_was_overtaken_in_the_last_moment_sees_the_page_with_both(
    village: Village, first: User, second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = reverse("villages:village_edit", args=[village.pk])
    client = sign_in(second)
    mine = opened(client, url)
    save = actions.update_village

    def somebody_is_quicker(*args: object, **facts: object) -> Village:
        monkeypatch.setattr(actions, "update_village", save)
        save(village, changes={"note": "Satu."}, by=first)
        return save(*args, **facts)

    monkeypatch.setattr(actions, "update_village", somebody_is_quicker)
    answer = client.post(url, mine | {"note": "Dua."})

    assert "Belum disimpan: Ratri Wulandari" in answer.content.decode()
    village.refresh_from_db()
    assert village.note == "Satu."


def test_a_justification_is_not_erased_by_the_one_saved_later() -> None:
    sheet = DesignationFactory()
    criterion = CriterionFactory()
    url = reverse("villages:finding", args=[sheet.pk, criterion.key])
    early = sign_in(UserFactory(staff_of=sheet.office, name="Ratri Wulandari"))
    late = sign_in(UserFactory(staff_of=sheet.office))
    theirs, mine = opened(early, url), opened(late, url)
    early.post(url, theirs | {"justification": "Ada agen di desa."})

    answer = late.post(url, mine | {"justification": "Banyak yang pergi."})

    assert sheet.findings.get().justification == "Ada agen di desa."
    page = answer.content.decode()
    assert "Ada agen di desa." in page
    assert "Banyak yang pergi." in page
    assert "Ratri Wulandari" in page


def test_a_scan_is_not_replaced_by_who_has_not_seen_it() -> None:
    sheet = DesignationFactory(complete=True)
    url = reverse("villages:consent", args=[sheet.pk])
    late = sign_in(UserFactory(staff_of=sheet.office))
    mine = opened(late, url)
    written = sheet.consent
    facts = {"letter_number": written.letter_number, "letter_dated": written.letter_dated,
             "signatory_name": written.signatory_name,
             "signatory_title": written.signatory_title}  # fmt: skip
    other = CheckedFile("lain.pdf", "application/pdf", small_pdf(3))
    actions.write_consent(sheet, facts=facts, scan=other, by=sheet.created_by)
    upload = SimpleUploadedFile("kedua.pdf", small_pdf(2), "application/pdf")

    answer = late.post(url, mine | {"scan": upload})

    assert "Belum disimpan" in answer.content.decode()
    assert Consent.objects.get(designation=sheet).scan.name == "lain.pdf"
    assert Document.objects.filter(designation=sheet, purpose="consent").count() == 1


def test_coordination_and_ceremony_are_compared_too() -> None:
    sheet = DesignationFactory()
    staff = sheet.created_by
    client = sign_in(UserFactory(staff_of=sheet.office))
    url = reverse("villages:coordination", args=[sheet.pk])
    mine = opened(client, url) | {"held_on": "2025-03-01", "place": "Aula"}
    facts = {"held_on": date(2025, 3, 2), "place": "Balai", "attended_by": "", "outcome": ""}
    actions.write_coordination(sheet, facts=facts, by=staff)
    approved = DesignationFactory(approved=True, office=sheet.office)
    ceremony = reverse("villages:ceremony", args=[approved.pk])
    told = {"held_on": "2025-06-01", "place": "Balai", "opened_by": "Camat",
            "presented_by": "Kepala Kantor", "received_by": "Kepala Desa"}  # fmt: skip
    planned = opened(client, ceremony) | told
    actions.write_ceremony(approved, facts=told | {"held_on": date(2025, 7, 1)}, by=staff)

    assert "2 Maret 2025" in client.post(url, mine).content.decode()
    assert "1 Juli 2025" in client.post(ceremony, planned).content.decode()


def test_profile_entries_are_compared_too(village: Village, first: User) -> None:
    facts = {"kind": "desbumi", "name": "", "owner": "Migrant CARE", "since_year": 2016, "note": ""}
    programme = actions.write_programme(village, facts=facts, by=first)
    url = reverse("villages:village_profile_edit", args=[village.pk, "program", programme.pk])
    client = sign_in(UserFactory(staff_of=village.office))
    mine = opened(client, url)
    actions.write_programme(village, facts=facts | {"since_year": 2017}, by=first, item=programme)

    answer = client.post(url, mine | {"since_year": "2015"})

    assert "2017" in answer.content.decode()
    programme.refresh_from_db()
    assert programme.since_year == 2017


def test_an_entry_that_was_taken_back_meanwhile_is_not_brought_back(
    village: Village, first: User, second: User
) -> None:
    facts = {"kind": "desbumi", "name": "", "owner": "Migrant CARE", "since_year": 2016, "note": ""}
    programme = actions.write_programme(village, facts=facts, by=first)
    stale = type(programme).objects.get(pk=programme.pk)
    actions.drop_programme(programme, by=first)

    with pytest.raises(Exception, match="baru saja dihapus"):
        actions.write_programme(village, facts=facts, by=second, item=stale)


def test_a_number_that_is_settled_meanwhile_moves_no_other_answer() -> None:
    officer = OfficerFactory(user=UserFactory(username="bagas@kantor.example"))
    url = reverse("villages:officer_edit", args=[officer.pk])
    early = sign_in(UserFactory(staff_of=officer.office, name="Ratri Wulandari"))
    late = sign_in(UserFactory(staff_of=officer.office))
    settled = {"nip": "199003142015031002", "employment": "pns"}
    theirs, mine = opened(early, url) | settled, opened(late, url) | settled
    early.post(url, theirs)

    answer = late.post(url, mine | {"decree_number": "W.13-78"})

    page = answer.content.decode()
    assert "Belum disimpan: Ratri Wulandari" in page
    assert "Diubah juga" not in page
    again = sent_back(page)
    assert again["decree_number"] == "W.13-78"
    assert late.post(url, again).status_code == 302
    officer.refresh_from_db()
    assert officer.decree_number == "W.13-78"


def test_an_emblem_that_is_uploaded_meanwhile_moves_no_other_answer() -> None:
    office = OfficeFactory(prints_rank=True, prints_nip=False)
    url = reverse("accounts:office_profile", args=[office.code])
    early = sign_in(UserFactory(admin_of=office))
    late = sign_in(UserFactory(admin_of=office))
    mine = opened(late, url)
    early.post(url, opened(early, url) | {"emblem": picture()})
    del mine["prints_rank"]

    refused = late.post(url, mine).content.decode()
    late.post(url, sent_back(refused))

    assert "Belum disimpan" in refused
    office.refresh_from_db()
    assert not office.prints_rank
    assert office.emblem


def new_officer(**changed: str) -> dict[str, str]:
    return {
        "name": "Bayu Kusuma", "nip": "199407182020121003", "employment": "pns", "rank": "",
        "decree_number": "KP-1", "decree_dated": "2026-03-02", "starts_on": "2026-03-02",
        "decree_signer_title": "Kepala Kantor", "ends_on": "", **changed,
    }  # fmt: skip


def test_a_colleague_s_number_typed_anew_does_not_wipe_their_rank() -> None:
    office = OfficeFactory()
    colleague = UserFactory(username="199407182020121003", name="Bayu Kusuma", staff_of=office,
                            employment="pns", rank="III/c")  # fmt: skip
    client = sign_in(UserFactory(staff_of=office))
    url = reverse("villages:officer_add")

    asked = client.post(url, opened(client, url) | new_officer()).content.decode()
    answer = client.post(url, sent_back(asked))

    assert "NIP ini sudah tercatat di portal" in asked
    assert "diubah orang lain" not in asked
    assert answer.status_code == 302
    colleague.refresh_from_db()
    assert colleague.rank == "III/c"


def test_a_colleague_s_rank_is_changed_knowingly() -> None:
    office = OfficeFactory()
    colleague = UserFactory(username="199407182020121003", name="Bayu Kusuma", staff_of=office,
                            employment="pns", rank="III/c")  # fmt: skip
    client = sign_in(UserFactory(staff_of=office))
    url = reverse("villages:officer_add")

    asked = client.post(url, opened(client, url) | new_officer(rank="III/d")).content.decode()
    noted = User.objects.get(pk=colleague.pk).rank
    client.post(url, sent_back(asked))

    assert noted == "III/c"
    assert "Tercatat lain." in asked
    colleague.refresh_from_db()
    assert colleague.rank == "III/d"


def test_a_rank_that_changed_since_a_colleague_was_chosen_is_shown() -> None:
    office = OfficeFactory()
    colleague = UserFactory(username="199407182020121003", staff_of=office,
                            employment="pns", rank="III/c")  # fmt: skip
    client = sign_in(UserFactory(staff_of=office))
    url = reverse("villages:officer_add") + f"?orang={colleague.pk}"
    mine = opened(client, url)
    User.objects.filter(pk=colleague.pk).update(rank="III/d")

    client.post(url, new_officer(rank="III/c", dibuka=mine["dibuka"]))

    colleague.refresh_from_db()
    assert colleague.rank == "III/d"


def test_the_address_of_an_account_is_compared_too() -> None:
    account = VillageAccessFactory(user__email="lama@desa.example")
    office = account.village.office
    early = sign_in(UserFactory(admin_of=office, name="Ratri Wulandari"))
    late = sign_in(UserFactory(admin_of=office))
    url = reverse("villages:village_account_email", args=[account.pk])
    theirs, mine = opened(early, url), opened(late, url)
    early.post(url, theirs | {"email": "satu@desa.example"})

    answer = late.post(url, mine | {"email": "dua@desa.example"})

    assert "Belum disimpan: Ratri Wulandari" in answer.content.decode()
    account.user.refresh_from_db()
    assert account.user.email == "satu@desa.example"


def test_an_officer_is_compared_with_the_person_too() -> None:
    officer = OfficerFactory()
    admin = UserFactory(admin_of=officer.office)
    url = reverse("villages:officer_edit", args=[officer.pk])
    client = sign_in(admin)
    mine = opened(client, url)
    officer.decree_number = "W.13-77"
    officer.save()

    answer = client.post(url, mine | {"decree_number": "W.13-78"})

    assert "W.13-77" in answer.content.decode()
    officer.refresh_from_db()
    assert officer.decree_number == "W.13-77"


def test_the_office_profile_and_its_numbers_are_compared_too() -> None:
    office = OfficeFactory(address="Jalan Lama 1")
    client = sign_in(UserFactory(admin_of=office))
    url = reverse("accounts:office_profile", args=[office.code])
    mine = opened(client, url)
    type(office).objects.filter(pk=office.pk).update(address="Jalan Baru 2")
    template = NumberTemplateFactory(office=office, kind="designation", unit_code="W.13")
    numbers = reverse("certificates:number_template", args=[office.code, "designation"])
    pattern = opened(client, numbers)
    type(template).objects.filter(pk=template.pk).update(unit_code="W.14")

    profile = client.post(url, mine | {"address": "Jalan Sana 3"})
    number = client.post(numbers, pattern | {"unit_code": "W.15", "choose": "1"})

    assert "Jalan Baru 2" in profile.content.decode()
    assert "W.14" in number.content.decode()
    office.refresh_from_db()
    template.refresh_from_db()
    assert (office.address, template.unit_code) == ("Jalan Baru 2", "W.14")


def test_the_data_of_an_office_is_compared_too() -> None:
    office = OfficeFactory(name="Kantor Imigrasi Kelas II TPI Ambon", office_class="Kelas II TPI",
                           timezone="Asia/Jakarta")  # fmt: skip
    nation = DirectorateFactory()
    early = sign_in(UserFactory(admin_of=nation, name="Ratri Wulandari"))
    late = sign_in(UserFactory(admin_of=nation))
    url = reverse("accounts:office_edit", args=[office.code])
    theirs, mine = opened(early, url), opened(late, url)
    early.post(url, theirs | {"timezone": "Asia/Jayapura", "basis": "SK 1"})

    refused = late.post(url, mine | {"office_class": "Kelas I TPI", "basis": "SK 2"})

    office.refresh_from_db()
    assert (office.office_class, office.timezone) == ("Kelas II TPI", "Asia/Jayapura")
    page = refused.content.decode()
    assert "Belum disimpan: Ratri Wulandari" in page
    again = sent_back(page)
    assert (again["timezone"], again["basis"]) == ("Asia/Jayapura", "SK 2")
    late.post(url, again)
    office.refresh_from_db()
    assert office.timezone == "Asia/Jayapura"
    assert office.name == "Kantor Imigrasi Kelas I TPI Ambon"


def test_a_second_click_on_an_office_s_data_changes_nothing_back() -> None:
    office = OfficeFactory(name="Kantor Imigrasi Kelas II TPI Ambon", office_class="Kelas II TPI")
    client = sign_in(UserFactory(admin_of=DirectorateFactory()))
    url = reverse("accounts:office_edit", args=[office.code])
    typed = opened(client, url) | {"office_class": "Kelas I TPI", "basis": "SK 2"}

    clicks = [client.post(url, typed) for _ in range(2)]

    office.refresh_from_db()
    assert [answer.status_code for answer in clicks] == [302, 302]
    assert office.name == "Kantor Imigrasi Kelas I TPI Ambon"
    assert Entry.objects.about(office).filter(verb="office.changed").count() == 1


def test_a_decree_without_number_is_compared_too() -> None:
    sheet = DesignationFactory(approved=True, approved__number="")
    decree, head = sheet.decree, sheet.decided_by
    client = sign_in(UserFactory(head_of=sheet.office, head_of__acting_kind="plh"))
    url = reverse("villages:decree_edit", args=[decree.pk])
    mine = opened(client, url)
    names = ("number", "dated", "title", "signer_level", "signer_name")
    words = {name: getattr(decree, name) for name in names} | {"title": "Penetapan Desa Satu"}
    actions.change_decree(decree, words=words, by=head)

    answer = client.post(url, mine | {"title": "Penetapan Desa Dua"})

    assert f"Belum disimpan: {head.name} mengubah" in answer.content.decode()
    decree.refresh_from_db()
    assert decree.title == "Penetapan Desa Satu"


def test_the_words_of_a_criterion_are_compared_too() -> None:
    criterion = CriterionFactory(label="Kantong migran")
    client = sign_in(UserFactory(admin_of=DirectorateFactory()))
    url = reverse("villages:criterion_edit", args=[criterion.pk])
    mine = opened(client, url)
    type(criterion).objects.filter(pk=criterion.pk).update(label="Kantong pekerja")

    answer = client.post(url, mine | {"label": "Kantong TKI"})

    assert "Kantong pekerja" in answer.content.decode()
    criterion.refresh_from_db()
    assert criterion.label == "Kantong pekerja"
