"""A village passes to another office: its rights go along, what was issued stays as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Office, User
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    DirectorateFactory,
    JurisdictionFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegionalOfficeFactory,
    RegionFactory,
    UserFactory,
    VillageAccessFactory,
    VillageFactory,
    approval,
    ask_to_revoke,
    draw_now,
)
from tests.races import behind, together
from villages import actions
from villages.models import Document, Jurisdiction, Village
from villages.models.jurisdiction import claims_on

pytestmark = pytest.mark.django_db
BASIS = "Keputusan Menteri Nomor 7 Tahun 2026"


@pytest.fixture
def nation():
    return UserFactory(admin_of=DirectorateFactory())


@pytest.fixture
def receiver():
    return OfficeFactory()


def moved(sheet, receiver, nation) -> Village:
    return actions.move_village(sheet.village, to=receiver, basis=BASIS, by=nation)


def answer(user: User, address: str) -> int:
    client = Client()
    client.force_login(user)
    response = client.get(address)
    for close in response._resource_closers:
        close()
    return int(response.status_code)


def test_its_record_goes_to_the_new_office_alone(receiver, nation) -> None:
    sheet = DesignationFactory(approved=True)
    before, after = UserFactory(staff_of=sheet.office), UserFactory(staff_of=receiver)
    page = f"/desa/{sheet.village_id}/"
    assert (answer(before, page), answer(after, page)) == (200, 404)

    moved(sheet, receiver, nation)

    assert (answer(before, page), answer(after, page)) == (404, 200)
    assert answer(after, f"{page}ubah/") == 200


def test_both_offices_read_the_designation_its_evidence_and_its_certificate(
    receiver, nation
) -> None:
    sheet = DesignationFactory(approved=True)
    draw_now(sheet.certificate)
    file = Document.objects.filter(designation=sheet).first()
    pages = [
        f"/penetapan/{sheet.pk}/",
        sheet.certificate.get_absolute_url(),
        file.get_absolute_url(),
    ]

    moved(sheet, receiver, nation)

    for office in (sheet.office, receiver):
        assert {answer(UserFactory(staff_of=office), page) for page in pages} == {200}
    for stranger in (UserFactory(staff_of=OfficeFactory()), UserFactory(village=VillageFactory())):
        assert {answer(stranger, page) for page in pages} == {404}


def test_what_was_issued_keeps_the_office_of_its_day(receiver, nation) -> None:
    sheet = DesignationFactory(approved=True)
    issuer = sheet.office

    moved(sheet, receiver, nation)

    sheet.refresh_from_db()
    assert sheet.office == sheet.decree.office == sheet.certificate.office == issuer
    assert sheet.certificate.facts["office"]["name"] == issuer.name
    shown = Client().get(f"/v/{sheet.certificate.code}").content.decode()
    assert f"Dikeluarkan oleh {issuer.name}" in shown
    public = Client().get(f"/desa-binaan/{sheet.village.region.code}/").content.decode()
    assert receiver.name in public


def test_the_new_office_has_the_say_and_the_old_one_no_longer(receiver, nation) -> None:
    sheet = DesignationFactory(approved=True)
    page = f"/penetapan/{sheet.pk}"
    old = UserFactory(head_of=sheet.office, head_of__acting_kind="plh")

    moved(sheet, receiver, nation)

    new = UserFactory(head_of=receiver)
    for step in ("usul-cabut", "pengukuhan", "akhiri"):
        assert answer(old, f"{page}/{step}/") == 403, step
        assert answer(new, f"{page}/{step}/") == 200, step
    ask_to_revoke(sheet, by=UserFactory(staff_of=receiver))
    assert answer(new, f"{page}/cabut/") == 200
    assert answer(old, f"{page}/cabut/") == 403


def test_the_new_heads_desk_has_what_waits_there(receiver, nation) -> None:
    sheet = DesignationFactory(approved=True)
    old, new = UserFactory(staff_of=sheet.office), UserFactory(head_of=receiver)
    moved(sheet, receiver, nation)
    ask_to_revoke(sheet, by=UserFactory(staff_of=receiver))

    def desk(person: User) -> str:
        client = Client()
        client.force_login(person)
        return client.get("/").content.decode()

    assert str(sheet.village) in desk(new)
    assert str(sheet.village) not in desk(old)


def test_the_list_goes_on_saying_that_it_is_designated(sign_in, receiver, nation) -> None:
    sheet = DesignationFactory(approved=True)
    moved(sheet, receiver, nation)

    listed = sign_in(UserFactory(staff_of=receiver)).get("/desa/?status=approved")

    assert str(sheet.village) in listed.content.decode()


def test_where_a_designation_goes_along_the_receivers_own_draft_is_withdrawn_and_hides_nothing(
    sign_in, receiver, nation
) -> None:
    sheet = DesignationFactory(submitted=True)
    draft = DesignationFactory(village=sheet.village, office=receiver)
    NumberTemplateFactory(office=sheet.office)
    decision = approval(sheet.office)
    actions.approve(sheet, decision, by=decision.head.user)
    plan = sign_in(nation).get(f"/desa/{sheet.village_id}/alihkan/?kantor={receiver.code}")

    moved(sheet, receiver, nation)

    draft.refresh_from_db()
    assert [it.pk for it in plan.context["plan"].withdrawn] == [draft.pk]
    assert draft.status == "withdrawn"
    listed = sign_in(UserFactory(staff_of=receiver)).get("/desa/?status=approved")
    assert str(sheet.village) in listed.content.decode()


def test_its_account_goes_along(receiver, nation) -> None:
    sheet = DesignationFactory(approved=True)
    account = VillageAccessFactory(village=sheet.village)
    page = f"/akun-desa/{account.pk}/sandi/"

    moved(sheet, receiver, nation)

    assert answer(account.user, f"/desa/{sheet.village_id}/") == 200
    assert answer(UserFactory(admin_of=receiver), page) == 200
    assert answer(UserFactory(admin_of=sheet.office), page) == 404


@pytest.mark.parametrize("stage", ["complete", "returned"])
def test_what_nobody_submitted_is_withdrawn_with_a_note(receiver, nation, stage) -> None:
    sheet = DesignationFactory(**{stage: True})
    rival = DesignationFactory(village=sheet.village, office=receiver)

    moved(sheet, receiver, nation)

    sheet.refresh_from_db()
    rival.refresh_from_db()
    assert sheet.status == "withdrawn"
    assert receiver.name in sheet.status_note
    assert BASIS in sheet.status_note
    assert rival.status == "draft"
    assert answer(UserFactory(staff_of=receiver), f"/penetapan/{sheet.pk}/") == 404


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ({"submitted": True}, "menunggu keputusan Kepala Kantor"),
        ({"approved": True, "approved__number": ""}, "belum bernomor"),
        ({"revocation_requested": True}, "usul pencabutannya menunggu"),
    ],
)
def test_a_pending_decision_is_taken_first(receiver, nation, stage, words) -> None:
    sheet = DesignationFactory(**stage)

    with pytest.raises(TransitionRefused, match=words):
        moved(sheet, receiver, nation)

    assert Village.objects.get(pk=sheet.village_id).office == sheet.office


def test_only_a_kantor_imigrasi_guides(nation) -> None:
    village = VillageFactory()

    with pytest.raises(TransitionRefused, match="Kantor Imigrasi"):
        actions.move_village(village, to=RegionalOfficeFactory(), basis=BASIS, by=nation)


def test_the_village_and_both_offices_remember(receiver, nation) -> None:
    sheet = DesignationFactory(approved=True)
    office = sheet.office

    for _ in range(2):  # a double click
        moved(sheet, receiver, nation)

    for subject in (sheet.village, office, receiver):
        entry = Entry.objects.about(subject).get(verb="village.moved")
        assert (entry.by, BASIS in entry.note) == (nation, True)
        assert entry.data == {"from_office": office.code, "to_office": receiver.code}


@pytest.mark.django_db(transaction=True)
def test_moved_to_two_offices_at_once_it_ends_in_one_with_a_true_history() -> None:
    sheet = DesignationFactory(approved=True)
    nation = UserFactory(admin_of=DirectorateFactory())
    offices = [OfficeFactory(), OfficeFactory()]

    together(*(lambda to=to: moved(sheet, to, nation) for to in offices))

    entries = Entry.objects.about(sheet.village).filter(verb="village.moved").order_by("pk")
    steps = [(entry.data["from_office"], entry.data["to_office"]) for entry in entries]
    assert steps[0][0] == sheet.office.code
    assert steps[1][0] == steps[0][1]
    assert Village.objects.get().office.code == steps[1][1]


# --- A whole region ----------------------------------------------------------------------------


def test_a_new_office_takes_a_regency_and_what_is_pending_stays(receiver, nation) -> None:
    old = OfficeFactory()
    regency = RegionFactory(code="33.07")
    JurisdictionFactory(office=old, region=regency, is_confirmed=True, confirmed_by=nation)
    there = [DesignationFactory(office=old, approved=True) for _ in range(3)]
    pending = DesignationFactory(office=old, submitted=True)
    elsewhere = VillageFactory(office=old, region=RegionFactory(code="35.09.11.2004"))

    went = actions.move_region(regency, to=receiver, basis=BASIS, by=nation)

    assert {village.pk for village in went} == {sheet.village_id for sheet in there}
    assert set(Village.objects.filter(office=old)) == {pending.village, elsewhere}
    assert claims_on(regency) == [receiver]
    assert Entry.objects.about(old).filter(verb="jurisdiction.released").exists()
    assert Jurisdiction.objects.get(office=old).confirmed_by is None


def test_a_kecamatan_may_move_alone(receiver, nation) -> None:
    old = OfficeFactory()
    here = VillageFactory(office=old, region=RegionFactory(code="33.07.06.2009"))
    VillageFactory(office=old, region=RegionFactory(code="33.07.07.2001"))
    VillageFactory(office=receiver, region=RegionFactory(code="33.07.06.2010"))

    went = actions.move_region(here.region.parent, to=receiver, basis=BASIS, by=nation)

    assert went == [here]


@pytest.mark.django_db(transaction=True)
def test_a_village_and_its_region_moved_at_once_wait_and_do_not_block_each_other() -> None:
    receiver, nation = OfficeFactory(), UserFactory(admin_of=DirectorateFactory())
    village = VillageFactory()

    outcomes = behind(
        lambda: Office.objects.lock(receiver.pk),
        lambda: actions.move_region(village.region.parent, to=receiver, basis=BASIS, by=nation),
        lambda: actions.move_village(village, to=receiver, basis=BASIS, by=nation),
    )

    assert outcomes == [[village], village]
    assert Village.objects.get().office == receiver


# --- The pages ---------------------------------------------------------------------------------


def test_one_sees_what_will_happen_before_it_does(sign_in, receiver, nation) -> None:
    sheet = DesignationFactory(approved=True)
    DesignationFactory(village=sheet.village, office=OfficeFactory())
    VillageAccessFactory(village=sheet.village)
    browser = sign_in(nation)
    page = f"/desa/{sheet.village_id}/alihkan/?kantor={receiver.code}"

    plan = browser.get(page).context["plan"]

    assert [village.pk for village in plan.going] == [sheet.village_id]
    assert (plan.standing, plan.accounts, len(plan.withdrawn)) == (1, 1, 1)
    assert not plan.staying
    refused = browser.post(page, {"basis": ""})
    assert "Isi dasar pengalihan ini." in refused.content.decode()
    assert Village.objects.get(pk=sheet.village_id).office == sheet.office
    assert browser.post(page, {"basis": BASIS}).status_code == 302
    assert Village.objects.get(pk=sheet.village_id).office == receiver


def test_the_page_moves_nothing_without_an_office(sign_in, nation) -> None:
    village = VillageFactory()
    browser = sign_in(nation)

    for query in ("", "?kantor=", "?kantor=tidak-ada", f"?kantor={village.office.code}"):
        answer = browser.post(f"/desa/{village.pk}/alihkan/{query}", {"basis": BASIS})
        assert answer.status_code == 200

    assert Village.objects.get().office == village.office


def test_a_region_is_searched_seen_and_received(sign_in, receiver, nation) -> None:
    sheet = DesignationFactory(approved=True)
    pending = DesignationFactory(office=sheet.office, submitted=True)
    browser = sign_in(nation)
    page = f"/kantor/{receiver.code}/terima-desa/"

    found = browser.get(f"{page}?q=wonosobo").content.decode()
    plan = browser.get(f"{page}?wilayah=33.07").content.decode()
    done = browser.post(f"{page}?wilayah=33.07", {"basis": BASIS}, follow=True).content.decode()

    assert "?wilayah=33.07" in found
    assert f"{pending.village}: usulannya menunggu keputusan" in plan
    assert "1 desa di Kabupaten Wonosobo kini dibina" in done
    assert Village.objects.get(pk=sheet.village_id).office == receiver
    assert Village.objects.get(pk=pending.village_id).office == sheet.office


def test_a_former_head_of_the_old_office_gains_nothing_by_the_move(receiver, nation) -> None:
    sheet = DesignationFactory(approved=True)
    yesterday = receiver.today() - timedelta(days=1)
    former = UserFactory(staff_of=receiver, staff_of__ends_on=yesterday)

    moved(sheet, receiver, nation)

    assert answer(former, f"/desa/{sheet.village_id}/") == 404
    assert answer(former, f"/penetapan/{sheet.pk}/") == 404


def test_officers_of_the_old_office_guide_it_no_longer(receiver, nation) -> None:
    village = VillageFactory()
    office = village.office
    kept = AssignmentFactory(village=village, officer__office=office)
    struck = AssignmentFactory(village=village, officer__office=office, starts_on=office.today())

    actions.move_village(village, to=receiver, basis=BASIS, by=nation)

    assert not village.assignments.not_over().exists()
    assert list(village.assignments.all()) == [kept]
    for assignment in (kept, struck):
        assert answer(assignment.officer.user, f"/desa/{village.pk}/") == 404
