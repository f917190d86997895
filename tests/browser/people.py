"""The persons of the browser tests, with a password that they can type."""

from datetime import date
from typing import Any

from accounts import actions
from accounts.actions import Person
from accounts.models import Membership, Office, Role, User
from certificates.actions import choose_number_template
from tests.browser.conftest import PASSWORD
from villages.actions import give_account
from villages.models import Village

SINCE = date(2024, 1, 2)


def person(username: str, name: str, office: Office, role: Role, **details: Any) -> User:
    """Somebody who serves in an office and knows their password."""
    user, _ = actions.create_user(Person(name, username), by=None, password=PASSWORD)
    membership = Membership(user=user, office=office, role=role, starts_on=SINCE, **details)
    keeper = office.memberships.filter(role=Role.ADMIN).select_related("user").first()
    by = keeper.user if keeper and role == Role.HEAD else None
    actions.start_membership(membership, by=by)
    return user


def staff_of(office: Office) -> User:
    """A petugas."""
    return person("198803142010121001", "Ratri Wulandari", office, Role.STAFF)


def head_of(office: Office) -> User:
    """The kepala kantor."""
    return person("197509172000031002", "Bagus Prasetyo", office, Role.HEAD)


def admin_of(office: Office) -> User:
    """The office's administrator, who has chosen how certificates are numbered."""
    admin = person("199001012015051003", "Citra Anjani", office, Role.ADMIN)
    chosen = {"pattern": "DBI-{nomor}/{romawi}/{tahun}", "serial_width": 3}
    choose_number_template(office, "designation", chosen=chosen, by=admin)
    return admin


def official_of(village: Village, admin: User) -> User:
    """The village's secretary."""
    access, _ = give_account(
        village,
        person=Person("Sulastri"),
        title="Sekretaris Desa",
        by=admin,
        password=PASSWORD,
    )
    return access.user
