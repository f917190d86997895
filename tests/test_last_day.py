"""Rights end at midnight: of the office in whose calendar they were given, not of the server.

The account of a village is another matter: it ends at once, on the day on which it is closed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from tests.factories import AssignmentFactory, OfficeFactory, UserFactory, VillageFactory
from villages.models import Village

pytestmark = pytest.mark.django_db

LAST = date(2026, 3, 1)
# When the first of March is over, by the clock of Greenwich.
MIDNIGHTS = {"Asia/Jakarta": 17, "Asia/Pontianak": 17, "Asia/Makassar": 16, "Asia/Jayapura": 15}


def guide(village: Village) -> User:
    officer = {"officer__office": village.office, "ends_on": LAST}
    return AssignmentFactory(village=village, **officer).officer.user


WHO: dict[str, Callable[[Village], User]] = {
    "staff": lambda village: UserFactory(staff_of=village.office, staff_of__ends_on=LAST),
    "administrator": lambda village: UserFactory(admin_of=village.office, admin_of__ends_on=LAST),
    "acting head": lambda village: UserFactory(
        head_of=village.office, head_of__acting_kind="plh", head_of__ends_on=LAST
    ),
    "observer": lambda village: UserFactory(
        observer_of=village.office.parent, observer_of__ends_on=LAST
    ),
    "PIMPASA": guide,
}


@pytest.mark.parametrize("zone", MIDNIGHTS)
@pytest.mark.parametrize("who", WHO)
def test_the_last_second_of_the_last_day_counts_and_the_next_does_not(
    sign_in, monkeypatch, who: str, zone: str
) -> None:
    office = OfficeFactory(timezone=zone)
    if who == "observer":  # whose day is that of the Kanwil
        type(office).objects.filter(pk=office.parent_id).update(timezone=zone)
    village = VillageFactory(office=office)
    midnight = datetime(2026, 3, 1, MIDNIGHTS[zone], tzinfo=UTC)
    person = WHO[who](village)
    # What was open in the browser before stays open there: only the clock goes on.
    monkeypatch.setattr(timezone, "now", lambda: midnight - timedelta(seconds=1))
    browser, page = sign_in(person), f"/desa/{village.pk}/"

    before = browser.get(page).status_code
    monkeypatch.setattr(timezone, "now", lambda: midnight)
    after = browser.get(page).status_code

    assert (before, after) == (200, 404)
