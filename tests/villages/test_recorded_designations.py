"""Designations from before the portal: what the database asks of them, and what follows them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DecreeFactory,
    DesignationFactory,
    JurisdictionFactory,
    RegionFactory,
    UserFactory,
    VillageFactory,
    bring_in,
    head_of,
)
from villages import actions
from villages.models import Designation, Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorded() -> Designation:
    office = JurisdictionFactory().office
    staff = UserFactory(staff_of=office)
    batch = bring_in(office, RegionFactory(code="33.07.06.2009").name, by=staff)
    actions.record_import(batch, by=staff)
    return Designation.objects.get()


def refused(designation: Designation, match: str, **changed: object) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        Designation.objects.filter(pk=designation.pk).update(**changed)


def written(by: User, **changed: object) -> Designation:
    """A row as nobody but the import may write it."""
    village = VillageFactory()
    decree = DecreeFactory(office=village.office)
    now = timezone.now()
    facts = {
        "village": village,
        "office": village.office,
        "created_by": by,
        "status": Status.APPROVED,
        "status_by": by,
        "recorded_by": by,
        "recorded_at": now,
        "decree": decree,
        "designated_on": decree.dated,
    }
    return Designation.objects.create(**{**facts, **changed})


def test_it_was_decided_by_nobody_here(recorded: Designation) -> None:
    assert recorded.is_recorded
    assert recorded.decided_by is None
    assert recorded.submitted_at is None
    assert recorded.certificate is None
    assert "di luar portal" in recorded.standing()


def test_it_names_nobody_as_its_decider(recorded: Designation) -> None:
    head = head_of(recorded.office)

    decided = {"decided_by": head.user, "decided_as": head, "decided_at": timezone.now()}

    refused(recorded, "designation_recorded_was_decided_elsewhere", **decided)


def test_it_keeps_its_decree_and_who_recorded_it(recorded: Designation) -> None:
    other = DecreeFactory(office=recorded.office)

    refused(recorded, "keeps its decree", decree=other)
    refused(recorded, "not recorded afterwards", recorded_by=UserFactory())


def test_a_sheet_of_the_portal_is_never_recorded_instead_of_decided() -> None:
    sheet = DesignationFactory(submitted=True)
    now = timezone.now()

    refused(
        sheet,
        "not recorded afterwards",
        status=Status.APPROVED,
        recorded_by=sheet.created_by,
        recorded_at=now,
    )


def test_a_decision_in_the_portal_still_needs_its_decider_and_signer() -> None:
    sheet = DesignationFactory(submitted=True)
    decree = DecreeFactory(office=sheet.office)
    approved = {"status": Status.APPROVED, "decree": decree, "designated_on": decree.dated}

    refused(sheet, "designation_(decided|has_decree|settled)", **approved)


@pytest.mark.parametrize(
    "changed",
    [{"status": Status.ENDED}, {"status": Status.DRAFT, "decree": None, "designated_on": None}],
)
def test_only_what_stands_designated_is_recorded(changed: dict[str, object]) -> None:
    by = UserFactory()

    with pytest.raises(IntegrityError, match=r"recorded|ends the guidance"), transaction.atomic():
        written(by, **changed)


def test_a_decree_without_a_number_designates_nothing_here() -> None:
    by = UserFactory()
    village = VillageFactory()
    bare = DecreeFactory(office=village.office, number="")

    with pytest.raises(IntegrityError, match="numbered decree"), transaction.atomic():
        written(by, village=village, office=village.office, decree=bare)


def test_its_village_is_not_proposed_again(recorded: Designation) -> None:
    with pytest.raises(TransitionRefused, match="di luar portal"):
        actions.propose(
            recorded.village.region,
            office=recorded.office,
            by=UserFactory(staff_of=recorded.office),
        )


def test_it_ends_like_any_other(recorded: Designation) -> None:
    head = head_of(recorded.office)
    actions.end(recorded, note="Masa pembinaan selesai.", head=head, by=head.user)

    recorded.refresh_from_db()
    assert recorded.status == Status.ENDED


def test_it_is_revoked_by_two_persons(recorded: Designation) -> None:
    head = head_of(recorded.office).user
    staff = recorded.recorded_by
    actions.request_revocation(recorded, reason="Desa mengundurkan diri.", by=staff)

    today = recorded.office.today()
    decree = {"decree_number": "W.13-C-1", "decree_dated": today}
    actions.revoke(recorded, **decree, head=head_of(recorded.office), by=head)

    recorded.refresh_from_db()
    assert recorded.status == Status.REVOKED
    assert recorded.is_recorded
