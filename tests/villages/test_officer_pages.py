"""The pages of PIMPASA: the list, the appointment, assignments from both sides, the desks."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    MembershipFactory,
    OfficeFactory,
    OfficerFactory,
    UserFactory,
    VillageAccessFactory,
    VillageFactory,
)
from villages import actions
from villages.models import Assignment, Officer

SignIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db

RIGHT = "199407182020121003"
NEW = {
    "name": "Bayu Kusuma",
    "nip": "19940718 202012 1 003",
    "employment": "pns",
    "rank": "II/d",
    "decree_number": "KP-1/2026",
    "decree_dated": "2026-03-02",
    "decree_signer_title": "Kepala Kantor",
    "starts_on": "2026-03-02",
}
TERMS = {
    "part": "member",
    "basis": "letter",
    "basis_number": "ST-1",
    "basis_dated": "2026-03-02",
    "starts_on": "2026-03-02",
}


def text(response: object) -> str:
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]


def test_staff_note_somebody_who_has_never_signed_in(sign_in: SignIn) -> None:
    office = OfficeFactory()

    answer = sign_in(UserFactory(staff_of=office)).post("/pimpasa/tambah/", NEW)

    officer = Officer.objects.select_related("user").get()
    assert answer["Location"] == officer.get_absolute_url()
    assert (officer.office, officer.user.nip) == (office, RIGHT)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"nip": "199413182020121003"}, "nip"),
        ({"nip": "1994"}, "nip"),
        ({"rank": "IX"}, "rank"),
        ({"employment": "pppk"}, "rank"),
        ({"decree_dated": "2999-01-01"}, "decree_dated"),
        ({"ends_on": "2026-03-01"}, "ends_on"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    sign_in: SignIn, change: dict[str, str], field: str
) -> None:
    browser = sign_in(UserFactory(staff_of=OfficeFactory()))

    answer = browser.post("/pimpasa/tambah/", {**NEW, **change})

    assert field in answer.context["form"].errors
    assert not Officer.objects.exists()
    assert not User.objects.filter(username=RIGHT).exists()


def test_the_number_of_a_pppk_is_not_read(sign_in: SignIn) -> None:
    browser = sign_in(UserFactory(staff_of=OfficeFactory()))

    pppk = {**NEW, "nip": "199413182020999999", "employment": "pppk", "rank": "IX"}
    browser.post("/pimpasa/tambah/", pppk)

    assert Officer.objects.get().user.get_rank_display() == "Golongan IX"


def test_a_colleague_is_chosen_from_the_office(sign_in: SignIn) -> None:
    office = OfficeFactory()
    colleague = UserFactory(username=RIGHT, staff_of=office)
    browser = sign_in(UserFactory(admin_of=office))

    listed = text(browser.get("/pimpasa/tambah/"))
    browser.post(f"/pimpasa/tambah/?orang={colleague.pk}", NEW)

    assert f"?orang={colleague.pk}" in listed
    assert Officer.objects.get().user == colleague
    assert f"?orang={colleague.pk}" not in text(browser.get("/pimpasa/tambah/"))


@pytest.mark.parametrize("who", ["elsewhere", "village", "other name", "inactive", "officer"])
def test_a_number_that_is_somebody_elses_opens_no_way_in(sign_in: SignIn, who: str) -> None:
    office = OfficeFactory()
    made = {
        "elsewhere": {"name": "Bayu Kusuma", "staff_of": OfficeFactory()},
        "village": {"name": "Bayu Kusuma"},
        "other name": {"name": "Ratri Wulandari"},
        "inactive": {"name": "Bayu Kusuma", "is_active": False},
        "officer": {"name": "Bayu Kusuma"},
    }
    user = UserFactory(username=RIGHT, **made[who])
    if who == "village":
        VillageAccessFactory(user=user)
    if who == "officer":
        OfficerFactory(user=user)

    answer = sign_in(UserFactory(staff_of=office)).post("/pimpasa/tambah/", NEW)

    assert answer.context["form"].errors
    assert not Officer.objects.filter(office=office).exists()


def test_the_administrator_opens_the_way_in_and_the_password_shows_once(sign_in: SignIn) -> None:
    officer = OfficerFactory()
    User.objects.filter(pk=officer.user_id).update(password="!unusable")
    browser = sign_in(UserFactory(admin_of=officer.office))

    answer = browser.post(f"/pimpasa/{officer.pk}/akses/")

    officer.user.refresh_from_db()
    assert officer.user.check_password(answer.context["password"])
    assert officer.user.must_change_password
    assert "no-store" in answer["Cache-Control"]


def test_several_villages_are_ticked_for_one_officer(sign_in: SignIn) -> None:
    officer = OfficerFactory()
    villages = [VillageFactory(office=officer.office) for _ in range(3)]
    browser = sign_in(UserFactory(staff_of=officer.office))
    address = f"/pimpasa/{officer.pk}/tugaskan/"

    shown = text(browser.get(address))
    browser.post(address, {**TERMS, "pilih": [villages[0].pk, villages[1].pk]})

    assert all(village.full_name in shown for village in villages)
    assert set(Assignment.objects.values_list("village", flat=True)) == {
        villages[0].pk,
        villages[1].pk,
    }


def test_a_village_of_another_office_cannot_be_ticked(sign_in: SignIn) -> None:
    officer, foreign = OfficerFactory(), VillageFactory()
    browser = sign_in(UserFactory(staff_of=officer.office))

    browser.post(f"/pimpasa/{officer.pk}/tugaskan/", {**TERMS, "pilih": [foreign.pk]})

    assert not Assignment.objects.exists()


def test_a_ticked_village_that_moved_meanwhile_stops_all_and_is_named(sign_in: SignIn) -> None:
    officer, stranger = OfficerFactory(), VillageFactory()
    stays, goes = (VillageFactory(office=officer.office) for _ in range(2))
    DesignationFactory(village=goes, office=officer.office, approved=True)
    browser = sign_in(UserFactory(staff_of=officer.office))
    actions.move_village(goes, to=OfficeFactory(), basis="SK 1", by=UserFactory())

    ticked = {**TERMS, "pilih": [stays.pk, goes.pk, stranger.pk]}
    answer = text(browser.post(f"/pimpasa/{officer.pk}/tugaskan/", ticked))

    assert f"{goes}, 1 pilihan lain tidak dapat dipilih lagi" in answer
    assert stranger.region.name not in answer
    assert f'value="{stays.pk}" checked' in answer
    assert not Assignment.objects.exists()


def test_a_ticked_officer_whose_term_ended_meanwhile_stops_all_and_is_named(
    sign_in: SignIn,
) -> None:
    stays = OfficerFactory()
    goes, village = OfficerFactory(office=stays.office), VillageFactory(office=stays.office)
    yesterday = stays.office.today() - timedelta(days=1)
    actions.end_officer(goes, ends_on=yesterday, by=UserFactory())
    browser = sign_in(UserFactory(staff_of=stays.office))

    ticked = {**TERMS, "pilih": [stays.pk, goes.pk]}
    answer = text(browser.post(f"/desa/{village.pk}/pimpasa/", ticked))

    assert f"{goes} tidak dapat dipilih lagi" in answer
    assert f'value="{stays.pk}" checked' in answer
    assert not Assignment.objects.exists()


def test_what_was_ticked_survives_a_missing_field(sign_in: SignIn) -> None:
    officer = OfficerFactory()
    village = VillageFactory(office=officer.office)
    browser = sign_in(UserFactory(staff_of=officer.office))

    without = {**TERMS, "basis_number": "", "pilih": [village.pk]}
    answer = browser.post(f"/pimpasa/{officer.pk}/tugaskan/", without)

    assert f'value="{village.pk}" checked' in text(answer)


@pytest.mark.parametrize("side", ["officer", "village"])
def test_a_second_lead_is_doubted_once_and_then_stands(sign_in: SignIn, side: str) -> None:
    led = AssignmentFactory(part="lead", starts_on=date(2026, 1, 5))
    office, village = led.village.office, led.village
    officer = OfficerFactory(office=office)
    browser = sign_in(UserFactory(staff_of=office))
    picked, place = (
        (village, f"/pimpasa/{officer.pk}/tugaskan/")
        if side == "officer"
        else (officer, f"/desa/{village.pk}/pimpasa/")
    )
    typed = {**TERMS, "part": "lead", "pilih": [picked.pk]}

    asked = browser.post(place, typed)
    unchanged = officer.assignments.count()
    browser.post(place, {**typed, "diragukan": asked.context["doubts"][0]})

    assert f"{led.officer}, sejak 5 Januari 2026" in text(asked)
    assert "checked" in text(asked).partition(f'value="{picked.pk}"')[2][:80]
    assert (unchanged, officer.assignments.get().part) == (0, "lead")


def test_members_and_terms_that_never_meet_are_no_second_lead(sign_in: SignIn) -> None:
    led = AssignmentFactory(part="lead", starts_on=date(2026, 1, 5), ends_on=date(2026, 3, 1))
    office = led.village.office
    browser = sign_in(UserFactory(staff_of=office))
    place = f"/desa/{led.village.pk}/pimpasa/"
    first, second, third = (OfficerFactory(office=office) for _ in range(3))

    browser.post(place, {**TERMS, "pilih": [first.pk]})
    browser.post(place, {**TERMS, "part": "lead", "pilih": [second.pk]})
    both = browser.post(place, {**TERMS, "part": "lead", "pilih": [third.pk]})

    assert [it.assignments.count() for it in (first, second, third)] == [1, 1, 0]
    assert str(second) in both.context["doubts"][0]


def test_two_who_are_to_lead_at_once_are_doubted(sign_in: SignIn) -> None:
    village = VillageFactory()
    pair = [OfficerFactory(office=village.office) for _ in range(2)]
    browser = sign_in(UserFactory(staff_of=village.office))

    asked = browser.post(
        f"/desa/{village.pk}/pimpasa/", {**TERMS, "part": "lead", "pilih": [it.pk for it in pair]}
    )

    assert "2 ketua sekaligus" in text(asked)
    assert not Assignment.objects.exists()


def test_an_officer_is_assigned_from_the_village(sign_in: SignIn) -> None:
    officer = OfficerFactory()
    village = DesignationFactory(office=officer.office, approved=True).village
    browser = sign_in(UserFactory(staff_of=officer.office))

    before = text(browser.get(f"/desa/{village.pk}/"))
    browser.post(f"/desa/{village.pk}/pimpasa/", {**TERMS, "pilih": [officer.pk]})
    after = text(browser.get(f"/desa/{village.pk}/"))

    assert "belum memiliki PIMPASA" in before
    assert officer.user.name in after
    assert "belum memiliki PIMPASA" not in after


def test_an_assignment_ends_or_is_struck_out(sign_in: SignIn) -> None:
    officer = OfficerFactory()
    held = AssignmentFactory(officer=officer)
    slip = AssignmentFactory(officer=officer, starts_on=officer.office.today())
    browser = sign_in(UserFactory(staff_of=officer.office))

    browser.post(f"/penugasan/{held.pk}/akhiri/", {"ends_on": "2026-03-02", "reason": "Mutasi."})
    browser.post(f"/penugasan/{slip.pk}/akhiri/", {"mistaken": "on"})

    held.refresh_from_db()
    assert held.ends_on == date(2026, 3, 2)
    assert not Assignment.objects.filter(pk=slip.pk).exists()


def test_the_list_finds_by_name_number_and_load(sign_in: SignIn) -> None:
    busy = AssignmentFactory().officer
    idle = OfficerFactory(office=busy.office)
    over = OfficerFactory(office=busy.office, ends_on=date(2025, 1, 1))
    browser = sign_in(UserFactory(staff_of=busy.office))

    def names(query: str) -> set[str]:
        page = browser.get(f"/pimpasa/{query}").context["page"]
        return {officer.user.name for officer in page.object_list}

    assert names("") == {busy.user.name, idle.user.name}
    assert names("?keadaan=idle") == {idle.user.name}
    assert names("?keadaan=over") == {over.user.name}
    assert names(f"?q={busy.user.nip}") == {busy.user.name}


def test_villages_without_an_officer_are_seen_at_once(sign_in: SignIn) -> None:
    sheet = DesignationFactory(approved=True)
    guided = AssignmentFactory(officer=OfficerFactory(office=sheet.office)).village
    browser = sign_in(UserFactory(staff_of=sheet.office))

    desk = text(browser.get("/"))
    listed = browser.get("/desa/?pimpasa=tanpa").context["page"].object_list

    for role in ("head", "admin"):
        how = {"head_of__acting_kind": "plh"} if role == "head" else {}
        other = sign_in(UserFactory(**{f"{role}_of": sheet.office}, **how)).get("/")
        assert "Desa binaan tanpa PIMPASA" in text(other)
    assert "Desa binaan tanpa PIMPASA" in desk
    assert f"/desa/{sheet.village_id}/pimpasa/" in desk
    assert [village.pk for village in listed] == [sheet.village_id]
    assert guided not in listed


def test_an_officers_desk_shows_their_villages_with_whom_and_whom_to_call(sign_in: SignIn) -> None:
    sheet = DesignationFactory(approved=True)
    held = AssignmentFactory(officer=OfficerFactory(office=sheet.office), village=sheet.village)
    other = AssignmentFactory(officer=OfficerFactory(office=sheet.office), village=sheet.village)
    contact = {"role": "head", "name": "Slamet Riyanto", "phone": "0812-0000-0101"}
    actions.write_contact(sheet.village, facts=contact, by=sheet.created_by)

    desk = text(sign_in(held.officer.user).get("/"))

    for words in (sheet.village.full_name, "sejak 7 Maret 2024", f"bersama {other.officer.user}",
                  "Slamet Riyanto", "0812-0000-0101", "Ditetapkan"):  # fmt: skip
        assert words in desk
    assert sheet.village.full_name in text(sign_in(held.officer.user).get("/desa/"))


@pytest.mark.parametrize("address", ["/pimpasa/", "/penetapan/", "/desa/"])
def test_lists_speak_to_a_village_in_no_words_of_an_office(sign_in: SignIn, address: str) -> None:
    client = sign_in(VillageAccessFactory().user)

    page = client.get(address).content.decode()

    assert "Catat petugas" not in page
    assert "daftar desa nasional" not in page
    assert "Tanpa PIMPASA" not in page
    assert "desa Anda" in page or "Desa Anda" in page


def test_the_village_learns_who_guides_it_but_no_number(sign_in: SignIn) -> None:
    held = AssignmentFactory()
    official = VillageAccessFactory(village=held.village).user

    page = text(sign_in(official).get(f"/desa/{held.village_id}/"))

    assert held.officer.user.name in page
    assert held.officer.user.nip not in page
    assert f"/pimpasa/{held.officer_id}/" not in page


def changed(answer: object, person: User) -> bool:
    """Whether the rank of this person is another one now."""
    person.refresh_from_db()
    return answer.status_code == 302 and person.rank == NEW["rank"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", ["head", "admin"])
@pytest.mark.parametrize("way", ["chosen", "typed", "edited"])
def test_staff_change_no_rank_of_a_head_or_administrator(
    sign_in: SignIn, role: str, way: str
) -> None:
    office = OfficeFactory()
    facts = {"username": RIGHT, "name": NEW["name"], "employment": "pns", "rank": "IV/b"}
    person = UserFactory(**facts, **{f"{role}_of": office})
    address = "/pimpasa/tambah/"
    if way == "chosen":
        address += f"?orang={person.pk}"
    if way == "edited":
        address = f"{OfficerFactory(user=person, office=office).get_absolute_url()}ubah/"

    answer = sign_in(UserFactory(staff_of=office)).post(address, NEW)

    assert not changed(answer, person)
    assert "administrator kantornya" in answer.context["form"].errors["rank"][0]
    again = sign_in(UserFactory(staff_of=office)).post(address, {**NEW, "rank": "IV/b"})
    assert again.status_code == 302  # nothing of the person changes
    assert Officer.objects.get().user == person


def test_an_administrator_notes_the_rank_of_the_head(sign_in: SignIn) -> None:
    office = OfficeFactory()
    head = UserFactory(username=RIGHT, name=NEW["name"], rank="IV/b", head_of=office)

    answer = sign_in(UserFactory(admin_of=office)).post(f"/pimpasa/tambah/?orang={head.pk}", NEW)

    assert changed(answer, head)


def test_an_administrator_notes_no_rank_of_a_head_elsewhere(sign_in: SignIn) -> None:
    office = OfficeFactory()
    head = UserFactory(username=RIGHT, staff_of=office, head_of=OfficeFactory())

    answer = sign_in(UserFactory(admin_of=office)).post(f"/pimpasa/tambah/?orang={head.pk}", NEW)

    assert not changed(answer, head)


@pytest.mark.parametrize("led", [False, True], ids=["staff", "head before"])
def test_staff_give_no_number_to_who_led_an_office(sign_in: SignIn, led: bool) -> None:
    office = OfficeFactory()
    address = "bayu@kanim.example"
    person = UserFactory(username=address, email=address, name=NEW["name"], staff_of=office)
    if led:
        ended = {"starts_on": date(2024, 1, 1), "ends_on": date(2024, 3, 1)}
        MembershipFactory(user=person, office=OfficeFactory(), role="head", **ended)

    answer = sign_in(UserFactory(staff_of=office)).post(f"/pimpasa/tambah/?orang={person.pk}", NEW)

    person.refresh_from_db()
    assert (person.username == address, answer.status_code == 200) == (led, led)
    if led:
        assert "administrator nasional" in answer.context["form"].errors["nip"][0]
