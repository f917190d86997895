"""A last look that midnight overtook: date and number follow the day, so it is shown once more."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Office, User
from certificates.models import RegisterEntry
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    JurisdictionFactory,
    NumberTemplateFactory,
    OfficerFactory,
    RegionFactory,
    UserFactory,
    bring_in,
    head_of,
)
from villages import actions, rounds
from villages.assignment_letters import ASSIGNMENT_LETTER
from villages.models import Decree
from villages.views.steps import DAY_IS_OVER

pytestmark = pytest.mark.django_db

type Form = tuple[User, str, dict[str, Any]]  # who sends it, where to, and what they chose


def sk(office: Office) -> dict[str, str]:
    return {
        "number": "W.13-77",
        "dated": office.today().isoformat(),
        "title": "Penetapan Desa Binaan Imigrasi",
        "signer_level": "office",
        "signer_name": "Ratna Wulandari",
        "certificate_signer": "decider",
    }


def one_village() -> Form:
    sheet = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=sheet.office)
    address = reverse("villages:approve", args=[sheet.pk])
    typed = {rounds.SHOWN: sheet.stamp, **sk(sheet.office)}
    return UserFactory(head_of=sheet.office), address, typed


def several_villages() -> Form:
    office = NumberTemplateFactory().office
    sheets = [DesignationFactory(office=office, submitted=True) for _ in range(2)]
    chosen = {"usulan": [sheet.pk for sheet in sheets], rounds.SHOWN: sheets[-1].stamp}
    return UserFactory(head_of=office), reverse("villages:approve_all"), chosen | sk(office)


def villages_of_a_table() -> Form:
    office = JurisdictionFactory().office
    NumberTemplateFactory(office=office)
    RegionFactory(code="33.07.06.2001", name="Pakuncen")
    staff = UserFactory(staff_of=office)
    actions.record_import(bring_in(office, "Pakuncen", by=staff), by=staff)
    decree = Decree.objects.get()
    sheets = [sheet.pk for sheet in decree.designations.all()]
    address = reverse("villages:decree_certificates", args=[decree.pk])
    typed = {"sheets": sheets, "signer": "decider", rounds.SHOWN: decree.stamp}
    return head_of(office).user, address, typed


def a_number_of_a_sheet() -> Form:
    sheet = DesignationFactory(approved=True, approved__number="")
    typed = {"number": "W.13-77", "dated": sheet.office.today().isoformat()}
    return sheet.decided_by, reverse("villages:decree_number", args=[sheet.pk]), typed


def a_number_of_a_decree() -> Form:
    sheet = DesignationFactory(approved=True, approved__number="")
    address = reverse("villages:decree_edit", args=[sheet.decree.pk])
    return sheet.decided_by, address, sk(sheet.office)


def a_letter() -> Form:
    officer = OfficerFactory()
    NumberTemplateFactory(office=officer.office, kind=ASSIGNMENT_LETTER.key)
    AssignmentFactory(officer=officer)
    head = UserFactory(head_of=officer.office)
    address = reverse("villages:officer_letter", args=[officer.pk])
    browser = Client()
    browser.force_login(head)
    form = browser.get(address).context["form"]
    told = {name: form[name].value() for name in form.fields}
    typed = {name: "" if value is None else value for name, value in told.items()}
    day = officer.office.today().isoformat()
    return head, address, typed | {"numbering": "next", "number": "", "dated": "", "starts_on": day}


@pytest.mark.parametrize(
    "filled_in",
    [
        one_village,
        several_villages,
        villages_of_a_table,
        a_number_of_a_sheet,
        a_number_of_a_decree,
        a_letter,
    ],
)
def test_a_look_that_midnight_overtook_is_shown_again_before_a_number_is_taken(
    filled_in: Callable[[], Form], sign_in: Callable[[User], Client]
) -> None:
    person, address, typed = filled_in()
    client = sign_in(person)
    look = client.post(address, typed)
    shown = value_of_day(look.content.decode())
    day = (date.fromisoformat(shown) - timedelta(days=1)).isoformat()
    typed |= wording_of(look.content.decode())

    again = client.post(address, {**typed, "hari": day, "confirmed": "1"})

    assert again.status_code == 200
    assert DAY_IS_OVER in again.content.decode()
    assert value_of_day(again.content.decode()) == shown
    assert not RegisterEntry.objects.exists()
    client.post(address, {**typed, "hari": shown, "confirmed": "1"})
    assert RegisterEntry.objects.exists()


def wording_of(page: str) -> dict[str, str]:
    """What the look says of the SK that it showed, where it stands under one."""
    return dict(re.findall(rf'name="({rounds.WORDING})" value="([^"]*)"', page))


def value_of_day(page: str) -> str:
    return page.split('name="hari" value="', 1)[1].split('"', 1)[0]
