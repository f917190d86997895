"""In whose capacity a sheet was decided: kept with the decision, and never struck out."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import cancel_membership, end_membership
from accounts.models import Membership
from audit.models import Entry
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DesignationFactory,
    JurisdictionFactory,
    MembershipFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
    approval,
    bring_in,
    designate,
    hand_in,
    head_of,
)
from villages import actions
from villages.models import Designation, Preparer, Status

pytestmark = pytest.mark.django_db


def deputy_of(designation: Designation, since: int = 0) -> Membership:
    """An acting head whose first day is today, so that the role could still be struck out."""
    office = designation.office
    first = office.today() - timedelta(days=since)
    deputy = UserFactory(head_of=office, head_of__acting_kind="plh", head_of__starts_on=first)
    return deputy.memberships.get()


def test_an_approval_and_a_rejection_name_the_role() -> None:
    approved, rejected = DesignationFactory(), DesignationFactory(submitted=True)
    acting = deputy_of(approved)
    designate(approved, head=acting)
    head = head_of(rejected.office)

    actions.reject(rejected, reason="Belum.", head=head, by=head.user)

    rejected.refresh_from_db()
    assert (approved.decided_as, approved.decided_acting) == (acting, "Plh.")
    assert (rejected.decided_as, rejected.decided_acting) == (head, "")


def test_an_acting_head_whose_namesake_signs_is_still_one() -> None:
    designation = DesignationFactory()
    acting = deputy_of(designation)

    designate(designation, head=acting, signs="decree", signer_name="Orang Lain")

    assert designation.decided_acting == "Plh."
    assert designation.decree.signer_words == "Orang Lain, Kepala Kantor Imigrasi"


def test_an_acting_head_who_signs_is_named_so_wherever_the_decree_is(
    sign_in: Callable[..., Client],
) -> None:
    designation = DesignationFactory()
    acting = deputy_of(designation)
    named = f"{acting.user.name}, Plh. Kepala Kantor Imigrasi"
    designate(designation, head=acting, number="", dated=None, signer_name=acting.user.name)
    decree = designation.decree
    next_one = DesignationFactory(office=designation.office, submitted=True)
    staff = sign_in(UserFactory(staff_of=designation.office))
    number = {"number": "W.13-77", "dated": designation.office.today().isoformat()}

    pages = [
        staff.get(designation.get_absolute_url()),
        staff.get(decree.get_absolute_url()),
        staff.post(reverse("villages:decree_number", args=[designation.pk]), number),
        sign_in(head_of(next_one.office).user).get(reverse("villages:approve", args=[next_one.pk])),
    ]

    assert [named in page.text for page in pages] == [True] * 4


def test_every_sheet_of_a_decree_names_its_signer_alike(sign_in: Callable[..., Client]) -> None:
    by_deputy = DesignationFactory()
    acting = deputy_of(by_deputy)
    by_head = DesignationFactory(office=by_deputy.office)
    sk = {"number": "W.13-77", "dated": by_head.office.today(), "signer_name": acting.user.name}
    designate(by_deputy, head=acting, **sk)
    designate(by_head, **sk)
    staff = sign_in(UserFactory(staff_of=by_head.office))

    pages = [staff.get(sheet.get_absolute_url()).text for sheet in (by_deputy, by_head)]

    assert by_head.decree == by_deputy.decree
    named = f"<dd>{acting.user.name}, Plh. Kepala Kantor Imigrasi</dd>"
    assert [named in page for page in pages] == [True, True]


def test_who_signs_stays_as_it_was_chosen() -> None:
    sheet = DesignationFactory(approved=True, approved__signs="decree")

    with pytest.raises(IntegrityError, match="who signs was chosen with the decision"):
        Designation.objects.filter(pk=sheet.pk).update(signs="decider")


def test_a_role_in_which_something_was_decided_is_not_struck_out() -> None:
    designation = DesignationFactory(submitted=True)
    acting = deputy_of(designation)
    actions.reject(designation, reason="Belum.", head=acting, by=acting.user)

    with pytest.raises(TransitionRefused, match="sudah memutuskan dalam peran ini"):
        cancel_membership(acting, by=UserFactory())

    assert not Entry.objects.filter(verb="membership.cancelled").exists()
    today = designation.office.today()
    assert end_membership(acting, ends_on=today, by=UserFactory()).ends_on == today


def recorded() -> Designation:
    """What a table brought in, unconfirmed and without the portal's certificate."""
    office = JurisdictionFactory().office
    RegionFactory(code="33.07.06.2000", name="Pakuncen")
    staff = UserFactory(staff_of=office)
    actions.record_import(bring_in(office, "Pakuncen", by=staff), by=staff)
    return Designation.objects.get()


def decided(sheet: Designation, head: Membership) -> None:
    actions.reject(sheet, reason="Belum.", head=head, by=head.user)


def declined(sheet: Designation, head: Membership) -> None:
    actions.decline_revocation(sheet, note="Masih aktif.", head=head, by=head.user)


def revoked(sheet: Designation, head: Membership) -> None:
    day = sheet.office.today()
    actions.revoke(sheet, decree_number="W.13-C", decree_dated=day, head=head, by=head.user)


def ended(sheet: Designation, head: Membership) -> None:
    actions.end(sheet, note="Selesai.", head=head, by=head.user)


def confirmed(sheet: Designation, head: Membership) -> None:
    actions.confirm_import(sheet.import_row.batch, head, by=head.user)


def certified(sheet: Designation, head: Membership) -> None:
    NumberTemplateFactory(office=sheet.office)
    actions.certify([sheet], actions.Certification(head), by=head.user)


@pytest.mark.parametrize(
    ("act", "stage"),
    [
        (decided, {"submitted": True}),
        (declined, {"revocation_requested": True}),
        (revoked, {"revocation_requested": True}),
        (ended, {"approved": True}),
        (confirmed, None),
        (certified, None),
    ],
    ids=lambda it: getattr(it, "__name__", ""),
)
def test_a_role_ends_no_earlier_than_what_was_done_in_it(
    act: Callable[[Designation, Membership], None], stage: dict[str, bool] | None
) -> None:
    sheet = DesignationFactory(**stage) if stage else recorded()
    acting, today = deputy_of(sheet, since=7), sheet.office.today()
    yesterday = today - timedelta(days=1)
    act(sheet, acting)

    with pytest.raises(TransitionRefused, match=formats.long_date(today)):
        end_membership(acting, ends_on=yesterday, by=UserFactory())
    with pytest.raises(IntegrityError, match="acted in it"), transaction.atomic():
        Membership.objects.filter(pk=acting.pk).update(ends_on=yesterday)

    assert end_membership(acting, ends_on=today, by=UserFactory()).ends_on == today


def test_a_role_in_which_nothing_was_done_since_ends_at_once() -> None:
    sheet = DesignationFactory(submitted=True)
    acting, office = deputy_of(sheet, since=7), sheet.office
    early = timezone.now() - timedelta(days=3)
    actions.reject(sheet, reason="Belum.", head=acting, by=acting.user, at=early)
    yesterday = office.today() - timedelta(days=1)

    with pytest.raises(TransitionRefused, match=formats.long_date(office.day_of(early))):
        end_membership(acting, ends_on=office.day_of(early) - timedelta(days=1), by=acting.user)

    assert end_membership(acting, ends_on=yesterday, by=UserFactory()).ends_on == yesterday


def test_the_page_that_ends_a_role_follows(sign_in: Callable[..., Client]) -> None:
    sheet = DesignationFactory(submitted=True)
    acting, office = deputy_of(sheet, since=7), sheet.office
    today, yesterday = office.today(), office.today() - timedelta(days=1)
    address = f"/kantor/{office.code}/peran/{acting.pk}/akhiri/"
    browser = sign_in(UserFactory(admin_of=office))

    before = browser.get(address).content.decode()
    decided(sheet, acting)
    after = browser.get(address).content.decode()
    answer = browser.post(address, {"ends_on": yesterday.isoformat()})

    at_once = "Untuk berhenti saat ini juga, isi tanggal kemarin"
    assert at_once in before
    assert at_once not in after
    assert f"paling awal {formats.long_date(today)}" in after
    told = str(answer.context["form"].errors["ends_on"])
    assert f"Paling awal {formats.long_date(today)}" in told
    browser.post(address, {"ends_on": today.isoformat()})
    assert Membership.objects.get(pk=acting.pk).ends_on == today


def test_who_was_struck_out_decides_nothing() -> None:
    designation = DesignationFactory(submitted=True)
    acting = deputy_of(designation)
    cancel_membership(Membership.objects.get(pk=acting.pk), by=UserFactory())

    with pytest.raises(TransitionRefused, match="sudah dibatalkan"):
        actions.reject(designation, reason="Belum.", head=acting, by=acting.user)


@pytest.mark.parametrize("wrong", ["another office", "another person", "another role", "nobody"])
def test_the_database_wants_a_head_of_the_office(wrong: str) -> None:
    designation = DesignationFactory(submitted=True)
    head = head_of(designation.office)
    role = {
        "another office": lambda: MembershipFactory(user=head.user, role="head"),
        "another person": lambda: deputy_of(designation),
        "another role": lambda: MembershipFactory(user=head.user, office=designation.office),
        "nobody": lambda: None,
    }[wrong]()
    decided = {"status": Status.REJECTED, "decided_by": head.user, "decided_at": timezone.now()}

    with (
        pytest.raises(IntegrityError, match=r"head of the office|in_a_capacity"),
        transaction.atomic(),
    ):
        Designation.objects.filter(pk=designation.pk).update(
            **decided, decided_as=role, status_note="x"
        )


@pytest.mark.parametrize("first", [-9, 1])
def test_a_role_that_is_over_or_has_not_begun_decides_nothing(first: int) -> None:
    designation = DesignationFactory(submitted=True)
    office = designation.office
    head_of(office)
    NumberTemplateFactory(office=office)
    days = [office.today() + timedelta(days=first + n) for n in (0, 8)]
    role = MembershipFactory(
        office=office, role="head", acting_kind="plh", starts_on=days[0], ends_on=days[1]
    )
    decided = {"decided_by": role.user, "decided_as": role, "decided_at": timezone.now()}

    for decide in (
        lambda: actions.approve(designation, approval(office, head=role), by=role.user),
        lambda: actions.reject(designation, reason="Belum.", head=role, by=role.user),
    ):
        with pytest.raises(TransitionRefused, match="tidak berlaku pada"):
            decide()
    with pytest.raises(IntegrityError, match="not in force"), transaction.atomic():
        Designation.objects.filter(pk=designation.pk).update(
            status=Status.REJECTED, status_note="x", **decided
        )


@pytest.mark.parametrize(("zone", "is_over"), [("Asia/Jakarta", False), ("Asia/Jayapura", True)])
def test_the_day_of_a_decision_is_that_of_the_office(zone: str, is_over: bool) -> None:
    designation = DesignationFactory(office=OfficeFactory(timezone=zone), submitted=True)
    role = MembershipFactory(
        office=designation.office, role="head", acting_kind="plh", ends_on=date(2026, 6, 30)
    )
    midnight_in_jayapura = datetime(2026, 6, 30, 15, 30, tzinfo=UTC)
    said = {"reason": "Belum.", "head": role, "by": role.user, "at": midnight_in_jayapura}
    decided = {"decided_by": role.user, "decided_as": role, "decided_at": midnight_in_jayapura}
    here = Designation.objects.filter(pk=designation.pk)
    refused = (
        pytest.raises((TransitionRefused, IntegrityError), match=r"tidak berlaku|not in force")
        if is_over
        else nullcontext()
    )

    with refused, transaction.atomic():
        here.update(status=Status.REJECTED, status_note="x", **decided)
        transaction.set_rollback(True)
    with refused:
        actions.reject(designation, **said)

    assert here.get().decided_as == (None if is_over else role)


def test_what_was_decided_stands_when_the_role_ends_before_it_is_certified() -> None:
    two_days_ago = timezone.now() - timedelta(days=2)
    designation = DesignationFactory(approved=True, approved__number="", approved__at=two_days_ago)
    office = designation.office
    yesterday = office.today() - timedelta(days=1)
    end_membership(designation.decided_as, ends_on=yesterday, by=UserFactory())

    actions.record_decree(designation, number="W.13-1", dated=office.today(), by=UserFactory())

    designation.refresh_from_db()
    assert designation.certificate


def test_the_role_stands_with_the_decision() -> None:
    designation = DesignationFactory(rejected=True)
    other = MembershipFactory(user=designation.decided_by, office=designation.office, role="admin")

    with pytest.raises(IntegrityError, match=r"decided once|head of the office"):
        Designation.objects.filter(pk=designation.pk).update(decided_as=other)


def test_who_opened_a_sheet_never_decides_on_it() -> None:
    designation = DesignationFactory(complete=True)
    colleague = UserFactory(staff_of=designation.office)
    actions.submit(designation, by=colleague)
    maker = designation.created_by
    MembershipFactory(user=maker, office=designation.office, role="head", acting_kind="plh")
    decided = {"status": Status.REJECTED, "decided_by": maker, "decided_at": timezone.now()}

    with pytest.raises(IntegrityError, match=r"preparer|opener"), transaction.atomic():
        Designation.objects.filter(pk=designation.pk).update(
            **decided, decided_as=maker.memberships.get(role="head"), status_note="x"
        )


def test_a_preparer_does_not_return_their_own_sheet() -> None:
    designation = DesignationFactory()
    hand_in(designation)

    with pytest.raises(TransitionRefused, match="Anda ikut menyiapkan"):
        actions.return_to_staff(designation, note="Lengkapi.", by=designation.created_by)

    with pytest.raises(IntegrityError, match="preparer"), transaction.atomic():
        Designation.objects.filter(pk=designation.pk).update(
            status=Status.RETURNED, status_by=designation.created_by, status_note="x"
        )


def test_who_returned_a_sheet_may_help_to_mend_it_and_then_decides_no_more() -> None:
    designation = DesignationFactory(returned=True)

    Preparer.objects.create(designation=designation, user=designation.status_by)

    head = head_of(designation.office)
    actions.submit(designation, by=designation.created_by)
    with pytest.raises(TransitionRefused, match="Anda ikut menyiapkan"):
        actions.reject(designation, reason="Belum.", head=head, by=head.user)
