"""`manage.py create_national_admin` opens a new portal, once."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Membership, User
from tests.factories import DirectorateFactory

pytestmark = pytest.mark.django_db


def create(*arguments: str, **options: bool) -> str:
    out = io.StringIO()
    call_command("create_national_admin", *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", "sandi-administrator")


def test_it_needs_the_offices() -> None:
    with pytest.raises(CommandError, match="import_offices"):
        create("Ratna", "ratna@example.id")


def test_it_opens_an_account_that_signs_in_at_once() -> None:
    office = DirectorateFactory()

    said = create("Ratna Wulandari", "19860926 201505 1 001")

    user = User.objects.get(username="198609262015051001")
    assert user.check_password("sandi-administrator")
    assert not user.must_change_password
    assert Membership.objects.get(user=user, office=office).role == "admin"
    assert "sandi-administrator" not in said


def test_a_second_one_is_refused_unless_meant() -> None:
    DirectorateFactory()
    create("Ratna", "ratna@example.id")

    with pytest.raises(CommandError, match="Sudah ada"):
        create("Bagas", "bagas@example.id")
    create("Bagas", "bagas@example.id", again=True)

    assert Membership.objects.filter(role="admin").count() == 2


def test_the_password_comes_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    DirectorateFactory()
    monkeypatch.setattr("sys.stdin", io.StringIO("sandi-dari-masukan\n"))

    create("Ratna", "ratna@example.id", password_stdin=True)

    assert User.objects.get().check_password("sandi-dari-masukan")


def test_a_weak_password_or_a_misshapen_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    DirectorateFactory()

    with pytest.raises(CommandError, match="NIP"):
        create("Ratna", "123")
    monkeypatch.setenv("ADMIN_PASSWORD", "pendek")
    with pytest.raises(CommandError):
        create("Ratna", "ratna@example.id")

    assert not User.objects.exists()
