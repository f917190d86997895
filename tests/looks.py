"""The last looks at what will be printed: how one comes there, and what a browser sends back."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import Office, User
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


def read_of(look: HttpResponse) -> dict[str, str]:
    """What the look says that it shows of the papers to come."""
    found = re.search(r'name="tercetak" value="([\w-]+)"', look.content.decode())
    assert found, "this page is no last look"
    return {"tercetak": found[1]}


def confirmed(client: Client, address: str, typed: dict[str, Any]) -> dict[str, Any]:
    """What whoever looks at it, and presses the button, sends."""
    return {**typed, **read_of(client.post(address, typed)), "confirmed": "1"}


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
    typed = {"sheets": sheets, "signer": "decider"}
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
    return head, address, offered(browser, address)


def offered(browser: Client, address: str) -> dict[str, Any]:
    """The form of a surat tugas as it is offered, under the register's next number."""
    form = browser.get(address).context["form"]
    told = {name: form[name].value() for name in form.fields}
    typed = {name: "" if value is None else value for name, value in told.items()}
    typed |= {"numbering": "next", "number": "", "dated": ""}
    return typed | {"starts_on": typed["starts_on"].isoformat()}


LOOKS = (
    one_village,
    several_villages,
    villages_of_a_table,
    a_number_of_a_sheet,
    a_number_of_a_decree,
)
