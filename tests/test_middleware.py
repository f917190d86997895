"""What happens to every request before a view sees it."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status"),
    [("/rekap/?wilayah=%00", 404), ("/desa/?q=a%00", 200), ("/?%00=%00", 200)],
)
def test_a_nul_in_a_query_is_a_sign_that_nobody_knows(
    sign_in: Callable[[User], Client], address: str, status: int
) -> None:
    browser = sign_in(UserFactory(staff_of=OfficeFactory()))

    assert browser.get(address).status_code == status
