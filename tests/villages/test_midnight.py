"""A last look that midnight overtook: date and number follow the day, so it is shown once more."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import User
from certificates.models import RegisterEntry
from tests.looks import LOOKS, Form, a_letter, read_of
from villages.views.steps import DAY_IS_OVER

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("filled_in", [*LOOKS, a_letter])
def test_a_look_that_midnight_overtook_is_shown_again_before_a_number_is_taken(
    filled_in: Callable[[], Form], sign_in: Callable[[User], Client]
) -> None:
    person, address, typed = filled_in()
    client = sign_in(person)
    look = client.post(address, typed)
    shown = value_of_day(look.content.decode())
    day = (date.fromisoformat(shown) - timedelta(days=1)).isoformat()
    typed |= read_of(look)

    again = client.post(address, {**typed, "hari": day, "confirmed": "1"})

    assert again.status_code == 200
    assert DAY_IS_OVER in again.content.decode()
    assert value_of_day(again.content.decode()) == shown
    assert not RegisterEntry.objects.exists()
    client.post(address, {**typed, "hari": shown, "confirmed": "1"})
    assert RegisterEntry.objects.exists()


def value_of_day(page: str) -> str:
    return page.split('name="hari" value="', 1)[1].split('"', 1)[0]
