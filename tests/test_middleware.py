"""What happens to every request before a view sees it."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from accounts.models import User
from desabinaan.middleware import headers_only_middleware
from tests.factories import OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("method", "body"), [("GET", b"halaman"), ("HEAD", b"")])
def test_who_asks_for_the_headers_alone_gets_no_page(method: str, body: bytes) -> None:
    # Called by itself: the test's browser throws the body away, as servers do with a warning.
    page = HttpResponse(b"halaman", headers={"Content-Length": "7"})

    answer = headers_only_middleware(lambda _: page)(RequestFactory().generic(method, "/"))

    assert answer.content == body
    assert answer.headers["Content-Length"] == "7"
    assert "desabinaan.middleware.headers_only_middleware" in settings.MIDDLEWARE


@pytest.mark.parametrize(
    ("address", "status"),
    [("/rekap/?wilayah=%00", 404), ("/desa/?q=a%00", 200), ("/?%00=%00", 200)],
)
def test_a_nul_in_a_query_is_a_sign_that_nobody_knows(
    sign_in: Callable[[User], Client], address: str, status: int
) -> None:
    browser = sign_in(UserFactory(staff_of=OfficeFactory()))

    assert browser.get(address).status_code == status


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16"])
@pytest.mark.django_db
def test_a_form_in_another_script_is_refused_in_a_sentence(charset: str) -> None:
    client = Client(enforce_csrf_checks=True)
    token = client.get("/masuk/").cookies["csrftoken"].value
    form = f"application/x-www-form-urlencoded; charset={charset}"

    answer = client.post("/masuk/", b"login=a", content_type=form, headers={"x-csrftoken": token})

    assert answer.status_code == 400
    assert "<h1" in answer.text
