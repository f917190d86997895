"""An office with its staff and its land, for tests of events."""

from __future__ import annotations

import pytest

from accounts.models import Office, User
from tests.factories import JurisdictionFactory, UserFactory


@pytest.fixture
def office() -> Office:
    """An office that serves Kabupaten Wonosobo."""
    return JurisdictionFactory().office


@pytest.fixture
def staff(office: Office) -> User:
    """Somebody who prepares things there."""
    return UserFactory(staff_of=office)
