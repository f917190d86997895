"""A last look that midnight overtook: date and number follow the day, so it is shown once more."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from certificates.models import RegisterEntry
from tests.factories import (
    AssignmentFactory,
    NumberTemplateFactory,
    OfficerFactory,
    UserFactory,
)
from tests.looks import LOOKS, Form
from villages import prints
from villages.assignment_letters import ASSIGNMENT_LETTER
from villages.views.steps import DAY_IS_OVER

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("filled_in", [*LOOKS, a_letter])
def test_a_look_that_midnight_overtook_is_shown_again_before_a_number_is_taken(
    filled_in: Callable[[], Form], sign_in: Callable[[User], Client]
) -> None:
    person, address, typed = filled_in()
    client = sign_in(person)
    look = client.post(address, typed)
    shown = value_of_day(look.content.decode())
    day = (date.fromisoformat(shown) - timedelta(days=1)).isoformat()
    typed |= printed_of(look.content.decode())

    again = client.post(address, {**typed, "hari": day, "confirmed": "1"})

    assert again.status_code == 200
    assert DAY_IS_OVER in again.content.decode()
    assert value_of_day(again.content.decode()) == shown
    assert not RegisterEntry.objects.exists()
    client.post(address, {**typed, "hari": shown, "confirmed": "1"})
    assert RegisterEntry.objects.exists()


def printed_of(page: str) -> dict[str, str]:
    """What the look says of the certificates that it showed, where it is about any."""
    return dict(re.findall(rf'name="({prints.SHOWN})" value="([^"]*)"', page))


def value_of_day(page: str) -> str:
    return page.split('name="hari" value="', 1)[1].split('"', 1)[0]
