"""Officers of a Rudenim: sent by a Kanim under the same Kanwil, kept by their own house."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.access import access_of
from accounts.models import Office, User
from certificates.models import Letter
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    AssignmentFactory,
    DirectorateFactory,
    NumberTemplateFactory,
    OfficeFactory,
    OfficerFactory,
    UserFactory,
    VillageFactory,
    head_of,
)
from tests.looks import confirmed
from tests.races import just_before
from villages import actions
from villages.assignment_letters import ASSIGNMENT_LETTER, LetterWords
from villages.models import Assignment, Officer, Village
from villages.papers import signer_of

SignIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db

TERMS = {
    "part": "member",
    "basis": "letter",
    "basis_number": "ST-1",
    "basis_dated": "2026-03-02",
    "starts_on": "2026-03-02",
}


@pytest.fixture
def village() -> Village:
    return VillageFactory()


@pytest.fixture
def house(village: Village) -> Office:
    return OfficeFactory(kind="detention_house", parent=village.office.parent)


@pytest.fixture
def other_kanwil(village: Village) -> Office:
    kanwil = village.office.parent
    return OfficeFactory(kind="regional", parent=kanwil.parent)


@pytest.fixture
def officer(house: Office) -> Officer:
    return OfficerFactory(office=house)


def test_the_kanim_sends_them_to_its_village(
    sign_in: SignIn, village: Village, officer: Officer
) -> None:
    browser = sign_in(UserFactory(staff_of=village.office))
    address = f"/desa/{village.pk}/pimpasa/"

    offered = browser.get(address).content.decode()
    browser.post(address, {**TERMS, "pilih": [officer.pk]})
    page = browser.get(village.get_absolute_url()).content.decode()

    held = Assignment.objects.get()
    assert officer.office.short_name in offered
    assert (held.officer, held.village) == (officer, village)
    assert officer.user.name in page
    assert officer.get_absolute_url() not in page  # the record is of another office
    assert browser.get(officer.get_absolute_url()).status_code == 404


def test_either_side_ends_it(sign_in: SignIn, village: Village, officer: Officer) -> None:
    first = AssignmentFactory(officer=officer, village=village)
    answers = []

    browser = sign_in(UserFactory(staff_of=village.office))
    address = f"/penugasan/{first.pk}/akhiri/"
    answers.append(browser.get(address).status_code)
    answers.append(browser.post(address, {"ends_on": yesterday_of(officer)})["Location"])
    browser = sign_in(UserFactory(admin_of=officer.office))
    answers.append(browser.get(address).status_code)

    first.refresh_from_db()
    assert answers == [200, village.get_absolute_url(), 200]
    assert first.ends_on == yesterday_of(officer)


def yesterday_of(officer: Officer) -> date:
    return officer.office.today() - timedelta(days=1)


def test_the_village_s_office_ends_it_from_yesterday_on_and_rewrites_no_year_of_the_other(
    sign_in: SignIn, village: Village, officer: Officer
) -> None:
    held = AssignmentFactory(officer=officer, village=village)
    past = {"ends_on": "2024-06-01"}
    address = f"/penugasan/{held.pk}/akhiri/"

    refused = sign_in(UserFactory(staff_of=village.office)).post(address, past)
    with pytest.raises(TransitionRefused, match="Paling awal"):
        actions.end_assignment(
            held, ends_on=date(2024, 6, 1), not_before=yesterday_of(officer), by=UserFactory()
        )
    untouched = Assignment.objects.get().ends_on
    sign_in(UserFactory(staff_of=officer.office)).post(address, past)

    told = str(refused.context["form"].errors["ends_on"])
    assert formats.long_date(yesterday_of(officer)) in told
    assert officer.office.short_name in told
    assert untouched is None
    assert Assignment.objects.get().ends_on == date(2024, 6, 1)


def test_what_is_over_is_put_right_by_the_officer_s_own_office_alone(sign_in: SignIn) -> None:
    held = AssignmentFactory()
    office, village = held.officer.office, held.village
    new_office = OfficeFactory(parent=office.parent)
    actions.move_village(village, to=new_office, basis="SK 1", by=UserFactory())
    address, past = f"/penugasan/{held.pk}/akhiri/", {"ends_on": "2024-06-01"}

    browser = sign_in(UserFactory(staff_of=new_office))
    answers = [browser.get(address), browser.post(address, past)]
    over = Assignment.objects.get().ends_on
    sign_in(UserFactory(staff_of=office)).post(address, past)

    assert [it.status_code for it in answers] == [403, 403]
    assert f"hanya {office} yang membetulkan" in answers[0].content.decode()
    assert over == yesterday_of(held.officer)
    assert Assignment.objects.get().ends_on == date(2024, 6, 1)


# --- A letter of the Rudenim's own register -------------------------------------------------------


@pytest.fixture
def slip(village: Village, officer: Officer) -> Assignment:
    """Sent today by the Kanim, and told of in a letter of the Rudenim."""
    slip = AssignmentFactory(officer=officer, village=village, starts_on=officer.office.today())
    NumberTemplateFactory(office=officer.office, kind=ASSIGNMENT_LETTER.key)
    words = LetterWords(
        considering=["bahwa desa perlu dibina;"],
        bases=["Surat edaran;"],
        duties=["memberi penyuluhan;"],
        copies=[],
        dated=slip.starts_on,
        starts_on=slip.starts_on,
        ends_on=None,
        signer=signer_of(head_of(officer.office)),
    )
    actions.order_assignment_letter(officer.office, [slip], words, by=UserFactory())
    return slip


def test_only_the_office_of_the_letter_strikes_out_what_it_says(
    sign_in: SignIn, village: Village, slip: Assignment
) -> None:
    kanim, house = UserFactory(staff_of=village.office), slip.officer.office
    address, mistaken = f"/penugasan/{slip.pk}/akhiri/", {"mistaken": "on"}

    browser = sign_in(kanim)
    page = browser.get(address).content.decode()
    browser.post(address, mistaken)
    with pytest.raises(TransitionRefused, match=f"mintalah {house}"):
        actions.cancel_assignment(slip, by=kanim)

    assert 'name="mistaken"' not in page
    assert f"mintalah {house}" in page
    # Of a register that the Kanim does not read.
    assert Letter.objects.get().number not in page.replace("<wbr>", "")
    assert Assignment.objects.get() == slip
    assert Letter.objects.get().voiding is None
    sign_in(UserFactory(staff_of=house)).post(address, mistaken)
    assert Letter.objects.get().voiding is not None
    assert not Assignment.objects.exists()


def test_without_a_letter_the_kanim_strikes_its_own_slip_out(
    sign_in: SignIn, village: Village, officer: Officer
) -> None:
    slip = AssignmentFactory(officer=officer, village=village, starts_on=officer.office.today())
    browser = sign_in(UserFactory(staff_of=village.office))

    browser.post(f"/penugasan/{slip.pk}/akhiri/", {"mistaken": "on"})

    assert not Assignment.objects.exists()


def test_one_of_another_kanwil_is_not_offered_and_the_database_refuses(
    sign_in: SignIn, village: Village, other_kanwil: Office
) -> None:
    stranger = OfficerFactory(office=OfficeFactory(kind="detention_house", parent=other_kanwil))
    browser = sign_in(UserFactory(staff_of=village.office))

    browser.post(f"/desa/{village.pk}/pimpasa/", {**TERMS, "pilih": [stranger.pk]})

    assert not Assignment.objects.exists()
    with pytest.raises(IntegrityError, match="their own office"), transaction.atomic():
        AssignmentFactory(officer=stranger, village=village)


def test_their_own_house_writes_the_letter_and_types_who_signs(
    sign_in: SignIn, village: Village, officer: Officer
) -> None:
    held = AssignmentFactory(officer=officer, village=village)
    browser = sign_in(UserFactory(admin_of=officer.office))
    address = f"/pimpasa/{officer.pk}/surat-tugas/"

    form = browser.get(address).context["form"]
    told = {name: form[name].value() for name in form.fields}
    told = {name: "" if value is None else value for name, value in told.items()}
    told |= {
        "starts_on": "2026-03-02",
        "signer_name": "Bambang Widyatmoko",
        "signer_nip": "19730412 199703 1 005",
        "number": "W.13.RDI-KP.04.01-4",
        "dated": "2026-03-02",
    }
    browser.post(address, confirmed(browser, address, told))

    letter = Letter.objects.get()
    assert letter.office == officer.office
    assert letter.facts["signer"]["title"] == f"Kepala {officer.office.name}"
    assert letter.facts["signer"]["nip"] == "197304121997031005"
    assert [place["name"] for place in letter.facts["villages"]] == [held.village.name]
    kanim = sign_in(UserFactory(staff_of=village.office))
    assert kanim.get(letter.get_absolute_url()).status_code == 404


def test_when_the_village_moves_under_another_kanwil_they_leave(
    village: Village, officer: Officer, other_kanwil: Office
) -> None:
    near, far = OfficeFactory(parent=village.office.parent), OfficeFactory(parent=other_kanwil)
    held = AssignmentFactory(officer=officer, village=village)

    actions.move_village(village, to=near, basis="SK 1", by=UserFactory())
    held.refresh_from_db()
    stays = held.ends_on
    actions.move_village(village, to=far, basis="SK 2", by=UserFactory())
    held.refresh_from_db()

    assert stays is None
    assert held.ends_on is not None


@pytest.mark.parametrize("moves", ["kanim", "rudenim"])
def test_when_either_office_moves_under_another_kanwil_they_leave(
    sign_in: SignIn, village: Village, officer: Officer, other_kanwil: Office, moves: str
) -> None:
    house, held = officer.office, AssignmentFactory(officer=officer, village=village)
    own = AssignmentFactory(officer=OfficerFactory(office=village.office), village=village)
    begun = AssignmentFactory(
        officer=officer,
        village=VillageFactory(office=village.office),
        starts_on=house.today(),
    )
    unit = village.office if moves == "kanim" else house
    nation = UserFactory(admin_of=DirectorateFactory())

    asked = {"parent": other_kanwil.pk, "basis": "Keputusan Menteri Nomor 7 Tahun 2026"}
    sign_in(nation).post(f"/kantor/{unit.code}/pindahkan/", asked)

    unit.refresh_from_db()
    held.refresh_from_db()
    own.refresh_from_db()
    assert unit.parent == other_kanwil
    assert held.ends_on == house.today() - timedelta(days=1)
    assert not Assignment.objects.filter(pk=begun.pk).exists()
    assert own.ends_on is None
    assert village.pk not in access_of(officer.user).assigned_village_ids


def test_the_database_lets_no_office_go_across_which_somebody_guides(
    village: Village, officer: Officer, house: Office, other_kanwil: Office
) -> None:
    AssignmentFactory(officer=officer, village=village)
    both = Office.objects.filter(pk__in=[house.pk, village.office_id])

    for alone in (house.pk, village.office_id):
        with pytest.raises(IntegrityError, match="leaves no assignment"), transaction.atomic():
            both.filter(pk=alone).update(parent=other_kanwil)
    assert both.update(parent=other_kanwil) == 2


@pytest.mark.django_db(transaction=True)
def test_sending_one_and_moving_the_office_wait_for_each_other(
    village: Village, officer: Officer, other_kanwil: Office
) -> None:
    office, by = village.office, UserFactory()

    outcome = just_before(
        lambda: AssignmentFactory(officer=officer, village=village),
        lambda: actions.move_office(office, to=other_kanwil, basis="SK 1", by=by),
    )

    assert isinstance(outcome, TransitionRefused)
    assert actions.move_office(office, to=other_kanwil, basis="SK 1", by=by).parent == other_kanwil


def test_the_officer_of_a_rudenim_has_the_village_on_their_desk(
    sign_in: SignIn, village: Village, officer: Officer
) -> None:
    AssignmentFactory(officer=officer, village=village)

    desk = sign_in(officer.user).get("/").content.decode()

    assert village.full_name in desk
    assert "Catat kepala desa" in desk
