"""Migrations that would bring back to force what somebody took out of it refuse the way back."""

from importlib import import_module

import pytest
from django.db import IntegrityError, connection
from django.db.migrations import Migration, RunSQL

from accounts.actions import start_membership
from accounts.models import Membership
from certificates.actions import attach_scan, withdraw_scan
from tests.factories import DesignationFactory, MembershipFactory, UserFactory, draw_now, signed_pdf

pytestmark = pytest.mark.django_db


def first_step_back(app: str, name: str) -> str:
    """What the database is asked before anything else of the migration is undone."""
    migration: type[Migration] = import_module(f"{app}.migrations.{name}").Migration
    last = migration.operations[-1]
    assert isinstance(last, RunSQL)
    assert last.sql == RunSQL.noop
    return str(last.reverse_sql)


def test_a_withdrawn_scan_is_not_in_use_again() -> None:
    step = first_step_back("certificates", "0013_scan_withdrawn")
    designation = DesignationFactory(approved=True)
    draw_now(designation.certificate)
    scan = attach_scan(designation.certificate, signed_pdf(), by=designation.created_by)
    with connection.cursor() as cursor:
        cursor.execute(step)  # one that is in use may lose what it does not hold

        withdraw_scan(scan, reason="Pindaian desa lain.", by=designation.created_by)
        with pytest.raises(IntegrityError, match="in use again"):
            cursor.execute(step)


def test_nobody_leads_because_the_portal_went_back() -> None:
    step = first_step_back("accounts", "0012_head_confirmed")
    office = MembershipFactory(role="head").office
    admin, today = UserFactory(admin_of=office), office.today()
    with connection.cursor() as cursor:
        cursor.execute(step)

        acting = {"role": "head", "acting_kind": "plh", "starts_on": today, "ends_on": today}
        noted = Membership(user=UserFactory(), office=office, **acting)
        assert start_membership(noted, by=admin).awaits
        with pytest.raises(IntegrityError, match="would lead"):
            cursor.execute(step)
