"""Who leads an office: noted by its administrator, confirmed by its head or from above."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.access import access_of
from accounts.models import Membership, Office, Role, User
from accounts.permissions import can_confirm
from audit.models import Entry
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DesignationFactory,
    DirectorateFactory,
    MembershipFactory,
    OfficeFactory,
    UserFactory,
    head_of,
)
from tests.notices import post_after
from villages import actions as sheets
from villages.models import Designation

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]


@pytest.fixture
def office() -> Any:
    return OfficeFactory(code="kanim-a")


@pytest.fixture
def admin(office: Office) -> Any:
    return UserFactory(admin_of=office)


def acting(office: Office, user: User, **changed: Any) -> Membership:
    today = office.today()
    term = {"starts_on": today, "ends_on": today + timedelta(days=6), **changed}
    return Membership(user=user, office=office, role=Role.HEAD, acting_kind="plh", **term)


def noted(office: Office, admin: User) -> Membership:
    return actions.start_membership(acting(office, UserFactory(staff_of=office)), by=admin)


def decides(user: User, office: Office) -> bool:
    return access_of(user).has_role(Role.HEAD, office.pk)


def test_whom_an_administrator_notes_leads_the_office_once_its_head_confirms(
    sign_in: SignIn, office: Office, admin: User
) -> None:
    head = UserFactory(head_of=office)
    role = noted(office, admin)
    address = f"/kantor/kanim-a/peran/{role.pk}/sahkan/"

    before = decides(role.user, office)
    client = sign_in(head)
    desk = client.get("/").content.decode()
    page = client.get(address).content.decode()
    client.post(address, {"answer": "confirm"})

    assert not before
    assert address in desk
    assert admin.name in page
    assert decides(role.user, office)
    entry = Entry.objects.about(office).get(verb="membership.confirmed")
    assert (entry.by, role.user.name in entry.note) == (head, True)


def test_the_first_head_of_an_office_counts_at_once_and_the_nation_is_told(
    office: Office, admin: User
) -> None:
    above = UserFactory(admin_of=office.parent.parent, email="nasional@ditjen.example")
    today = office.today()
    first, second, other = (
        Membership(user=UserFactory(), office=office, role=Role.HEAD, starts_on=day, ends_on=end)
        for day, end in (
            (today, today),
            (today + timedelta(days=1), None),
            (today, today + timedelta(days=6)),
        )
    )
    other.acting_kind = "plh"

    for role in (first, second, other):
        actions.start_membership(role, by=admin)

    assert [role.awaits for role in (first, second, other)] == [False, True, True]
    assert decides(first.user, office)
    told = [letter for letter in post_after() if letter.to == [above.email]]
    assert any(first.user.name in letter.body for letter in told)


def test_the_database_lets_no_administrator_note_a_second_head_alone(
    office: Office, admin: User
) -> None:
    first = actions.start_membership(
        Membership(user=UserFactory(), office=office, role=Role.HEAD, starts_on=office.today()),
        by=admin,
    )

    Membership.objects.filter(pk=first.pk).update(ends_on=office.today())
    with pytest.raises(IntegrityError, match="confirmed by a head"), transaction.atomic():
        MembershipFactory(
            office=office,
            role=Role.HEAD,
            given_by=admin,
            starts_on=office.today() + timedelta(days=1),
        )
    with pytest.raises(IntegrityError, match="confirmed by a head"), transaction.atomic():
        MembershipFactory(user=admin, office=OfficeFactory(), role=Role.HEAD, given_by=admin)


def test_whoever_noted_a_head_and_whoever_is_one_confirm_nothing(
    sign_in: SignIn, office: Office, admin: User
) -> None:
    MembershipFactory(user=admin, office=office, role="staff")
    role = noted(office, admin)
    address = f"/kantor/kanim-a/peran/{role.pk}/sahkan/"

    for who in (admin, role.user, UserFactory(admin_of=office), UserFactory(staff_of=office)):
        assert sign_in(who).post(address, {"answer": "confirm"}).status_code == 403

    assert not decides(role.user, office)


def test_the_nation_s_administrator_confirms_where_nobody_leads(
    sign_in: SignIn, office: Office, admin: User
) -> None:
    nation = UserFactory(admin_of=office.parent.parent)
    role = noted(office, admin)

    client = sign_in(nation)
    desk = client.get("/").content.decode()
    client.post(f"/kantor/kanim-a/peran/{role.pk}/sahkan/", {"answer": "confirm"})

    assert f"/kantor/kanim-a/peran/{role.pk}/sahkan/" in desk
    assert decides(role.user, office)


@pytest.mark.parametrize("who", ["head", "nation", "system"])
def test_what_the_head_or_the_nation_notes_counts_at_once(who: str, office: Office) -> None:
    by = {
        "head": lambda: UserFactory(head_of=office),
        "nation": lambda: UserFactory(admin_of=office.parent.parent),
        "system": lambda: None,
    }[who]()
    deputy = UserFactory(staff_of=office)

    actions.start_membership(acting(office, deputy), by=by)

    assert decides(deputy, office)


def deputy_of(office: Office, **also: Any) -> Any:
    """Who acts as head for a week, and what they are besides."""
    return UserFactory(head_of=office, head_of__acting_kind="plh", **also)


def lasting(office: Office, **changed: Any) -> Membership:
    """Somebody new who is to lead the office for good, or for long."""
    term = {"starts_on": office.today(), **changed}
    return Membership(user=UserFactory(), office=office, role=Role.HEAD, **term)


def test_an_acting_head_who_is_administrator_too_makes_no_head_alone(
    sign_in: SignIn, office: Office
) -> None:
    both = deputy_of(office, admin_of=office)
    mine = actions.start_membership(acting(office, UserFactory()), by=both)
    theirs = noted(office, UserFactory(admin_of=office))

    answer = sign_in(both).post(f"/kantor/kanim-a/peran/{theirs.pk}/sahkan/", {"answer": "confirm"})

    assert (mine.awaits, answer.status_code) == (True, 403)
    assert not decides(theirs.user, office)
    with pytest.raises(IntegrityError, match="confirmed by a head"), transaction.atomic():
        MembershipFactory(office=office, role="head", given_by=both, acting_kind="plt")
    with pytest.raises(TransitionRefused, match="tidak dapat Anda sahkan"):
        actions.confirm_membership(theirs, by=both)


@pytest.mark.parametrize(
    ("kind", "days", "may"), [("plh", 7, True), ("plt", 8, False), ("", None, False)]
)
def test_an_acting_head_confirms_acting_heads_within_their_own_term(
    kind: str, days: int | None, may: bool, sign_in: SignIn, office: Office
) -> None:
    admin = UserFactory(admin_of=office)
    deputy, until = deputy_of(office), office.today() + timedelta(days=days or 0)
    role = lasting(office, acting_kind=kind, ends_on=until if days else None)
    role = actions.start_membership(role, by=admin)
    address = f"/kantor/kanim-a/peran/{role.pk}/sahkan/"

    client = sign_in(deputy)
    desk = client.get("/").content.decode()
    client.post(address, {"answer": "confirm"})

    assert (address in desk) is may
    assert decides(role.user, office) is may
    if not may:
        with pytest.raises(TransitionRefused, match="tidak dapat Anda sahkan"):
            actions.confirm_membership(role, by=deputy)


def test_the_nation_is_told_whom_an_acting_head_may_not_confirm(
    office: Office, admin: User
) -> None:
    nation = UserFactory(admin_of=office.parent.parent, email="pusat@portal.example")
    UserFactory(head_of=office, head_of__acting_kind="plh", email="plh@portal.example")
    role = actions.start_membership(lasting(office), by=admin)

    (letter,) = post_after()

    assert letter.to == [nation.email]
    assert f"/peran/{role.pk}/sahkan/" in letter.body


def test_a_declined_appointment_is_gone(sign_in: SignIn, office: Office, admin: User) -> None:
    role = noted(office, admin)

    client = sign_in(UserFactory(head_of=office))
    client.post(f"/kantor/kanim-a/peran/{role.pk}/sahkan/", {"answer": "decline"})

    assert not Membership.objects.filter(pk=role.pk).exists()
    struck = Entry.objects.about(role.user).get(verb="membership.cancelled")
    assert "Tidak disahkan" in struck.note


@pytest.mark.parametrize("answer", [{}, {"answer": ""}, {"answer": "tolak"}])
def test_what_is_no_answer_confirms_nothing(
    answer: dict[str, str], sign_in: SignIn, office: Office, admin: User
) -> None:
    role = noted(office, admin)

    page = sign_in(UserFactory(head_of=office)).post(
        f"/kantor/kanim-a/peran/{role.pk}/sahkan/", answer
    )

    assert "Sahkan penunjukan" in page.content.decode()
    assert not decides(role.user, office)
    assert Membership.objects.filter(pk=role.pk, awaits=True).exists()


def test_what_counts_is_neither_confirmed_by_another_nor_declined(
    office: Office, admin: User
) -> None:
    head = head_of(office).user
    role = actions.confirm_membership(noted(office, admin), by=head)

    assert actions.confirm_membership(role, by=head).confirmed_by == head
    with pytest.raises(TransitionRefused, match="sudah disahkan"):
        actions.confirm_membership(role, by=UserFactory(head_of=office, head_of__acting_kind="plt"))
    with pytest.raises(TransitionRefused, match="sudah disahkan"):
        actions.decline_membership(role, by=head)


def test_a_head_whose_role_has_just_ended_reads_why_they_confirm_nobody(
    office: Office, admin: User
) -> None:
    head = head_of(office)
    role = noted(office, admin)
    actions.end_membership(head, ends_on=office.today() - timedelta(days=1), by=admin)

    with pytest.raises(TransitionRefused, match="sudah tidak berlaku"):
        actions.confirm_membership(role, by=head.user)

    assert Membership.objects.get(pk=role.pk).awaits


@pytest.mark.parametrize("by", ["giver", "deputy", "staff", "nobody"])
def test_the_database_wants_somebody_who_leads(by: str, office: Office, admin: User) -> None:
    role = noted(office, admin)
    who = {"giver": admin, "deputy": role.user, "staff": UserFactory(staff_of=office)}.get(by)
    stamp = {"confirmed_by": who, "confirmed_at": role.created_at if who else None}

    with pytest.raises(IntegrityError, match="confirmed"), transaction.atomic():
        Membership.objects.filter(pk=role.pk).update(awaits=False, **stamp)
    with pytest.raises(IntegrityError, match="confirmed"), transaction.atomic():
        Membership.objects.filter(pk=role.pk).update(given_by=UserFactory())


def test_the_database_takes_no_head_from_an_administrator_alone(
    office: Office, admin: User
) -> None:
    head_of(office)

    with pytest.raises(IntegrityError, match="confirmed"), transaction.atomic():
        MembershipFactory(office=office, role="head", given_by=admin, acting_kind="plh")


@pytest.mark.parametrize("days", [(-1, 0), (0, 1), (1, 0)], ids=["sooner", "longer", "later"])
def test_the_days_of_a_head_stay_as_confirmed_but_for_an_earlier_end(
    days: tuple[int, int], office: Office, admin: User
) -> None:
    head = head_of(office)
    role = actions.confirm_membership(noted(office, admin), by=head.user)
    first, last = (timedelta(days=number) for number in days)
    changed = {"starts_on": role.starts_on + first, "ends_on": role.ends_on + last}

    with pytest.raises(IntegrityError, match="never grows longer"), transaction.atomic():
        Membership.objects.filter(pk=role.pk).update(**changed)

    Membership.objects.filter(pk=role.pk).update(ends_on=role.ends_on - timedelta(days=1))


@pytest.mark.parametrize("there", ["head", "admin"])
def test_the_database_takes_no_head_from_nobody_where_somebody_leads_or_keeps_the_office(
    there: str, office: Office
) -> None:
    MembershipFactory(office=office, role=there)

    with pytest.raises(IntegrityError, match="given by somebody"), transaction.atomic():
        MembershipFactory(office=office, role="head", acting_kind="plt", given_by=None)

    assert MembershipFactory(office=OfficeFactory(), role="head", given_by=None).is_live()


@pytest.mark.parametrize("day", [0, 5])
def test_an_administrator_does_not_strike_out_the_first_head_and_make_their_own(
    day: int, office: Office, admin: User
) -> None:
    nation = UserFactory(admin_of=office.parent.parent)
    first = lasting(office, starts_on=office.today() + timedelta(days=day))
    sent = actions.start_membership(first, by=nation)
    actions.cancel_membership(sent, by=admin)

    mine = actions.start_membership(lasting(office), by=admin)

    assert mine.awaits
    assert not decides(mine.user, office)
    Membership.objects.filter(pk=mine.pk).delete()
    with pytest.raises(IntegrityError, match="confirmed by a head"), transaction.atomic():
        MembershipFactory(office=office, role="head", given_by=admin)


def test_whoever_mends_their_own_slip_notes_the_first_head_anew(
    office: Office, admin: User
) -> None:
    slip = actions.start_membership(lasting(office), by=admin)
    actions.cancel_membership(slip, by=admin)

    right = actions.start_membership(lasting(office), by=admin)

    assert not right.awaits
    assert decides(right.user, office)


def test_nobody_decides_in_a_role_that_awaits(office: Office, admin: User) -> None:
    sheet = DesignationFactory(office=office, submitted=True)
    role = noted(office, admin)

    decided = {"decided_by": role.user, "decided_as": role, "decided_at": timezone.now()}
    with pytest.raises(TransitionRefused, match="tidak berlaku"):
        sheets.reject(sheet, reason="Belum.", head=role, by=role.user)
    with pytest.raises(IntegrityError, match="awaits its confirmation"), transaction.atomic():
        Designation.objects.filter(pk=sheet.pk).update(status="rejected", **decided)

    assert Designation.objects.get(pk=sheet.pk).status == "submitted"


@pytest.mark.parametrize("there_is_a_head", [True, False])
def test_whoever_may_confirm_is_told(office: Office, admin: User, there_is_a_head: bool) -> None:
    nation = UserFactory(admin_of=DirectorateFactory(), email="pusat@portal.example")
    head = UserFactory(head_of=office, email="kepala@portal.example") if there_is_a_head else None
    role = noted(office, admin)

    letters = post_after()

    assert [letter.to for letter in letters] == [[(head or nation).email]]
    assert role.user.name in letters[0].body
    assert f"/peran/{role.pk}/sahkan/" in letters[0].body
    mail.outbox.clear()


def test_the_head_is_told_whom_the_nation_sends_to_act_for_them(office: Office) -> None:
    head = UserFactory(head_of=office, email="kepala@portal.example")
    nation = UserFactory(admin_of=office.parent.parent)
    role = actions.start_membership(acting(office, UserFactory()), by=nation)

    (letter,) = post_after()

    assert letter.to == [head.email]
    assert role.user.name in letter.body


@pytest.mark.parametrize("verb", ["ended", "cancelled"])
def test_a_head_whose_role_goes_is_told_and_so_is_the_nation(
    verb: str, office: Office, admin: User
) -> None:
    nation = UserFactory(admin_of=office.parent.parent, email="pusat@portal.example")
    today = office.today()
    head = UserFactory(head_of=office, head_of__starts_on=today, email="kepala@portal.example")
    role = head.memberships.get()

    if verb == "ended":
        actions.end_membership(role, ends_on=today, by=admin)
    else:
        actions.cancel_membership(role, by=admin)

    letters = post_after()
    assert sorted(letter.to for letter in letters) == [[head.email], [nation.email]]
    assert all(head.name in it.body and admin.name in it.body for it in letters)


def test_power_that_was_struck_out_on_its_first_day_is_remembered(
    sign_in: SignIn, office: Office, admin: User
) -> None:
    role = noted(office, admin)
    declined = noted(office, admin)
    actions.confirm_membership(role, by=UserFactory(head_of=office))
    actions.decline_membership(declined, by=UserFactory(admin_of=office.parent.parent))

    actions.cancel_membership(role, by=admin)

    client = sign_in(admin)
    page = client.get("/kantor/kanim-a/").content.decode()
    people = [role.user, declined.user]
    ways = [f"/kantor/kanim-a/orang/{person.pk}/sandi/" for person in people]
    assert [way in page for way in ways] == [False, True]
    assert [client.post(way).status_code for way in ways] == [403, 200]


def test_a_way_in_that_history_closes_is_offered_from_above(
    sign_in: SignIn, office: Office, admin: User
) -> None:
    role = noted(office, admin)
    actions.confirm_membership(role, by=UserFactory(head_of=office))
    actions.cancel_membership(role, by=admin)

    page = sign_in(UserFactory(admin_of=office.parent.parent)).get("/kantor/kanim-a/")

    assert f"/kantor/kanim-a/orang/{role.user_id}/sandi/" in page.content.decode()


# --- The form -----------------------------------------------------------------------------------


def typed(office: Office, deputy: User, **changed: Any) -> dict[str, Any]:
    today = office.today()
    return {
        "person": deputy.pk,
        "acting_kind": "plh",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=3)).isoformat(),
        "basis": "W.13-KP.04.01-12",
        **changed,
    }


ADD = "/kantor/kanim-a/pejabat-pengganti/"


def test_an_acting_head_is_noted_with_what_it_takes(
    sign_in: SignIn, office: Office, admin: User
) -> None:
    deputy = UserFactory(staff_of=office)

    client = sign_in(admin)
    page = client.get(ADD).content.decode()
    answer = client.post(ADD, typed(office, deputy))

    role = Membership.objects.get(user=deputy, role="head")
    assert answer["Location"] == "/kantor/kanim-a/"
    assert (role.basis, role.given_by, role.awaits) == ("W.13-KP.04.01-12", admin, True)
    assert "dasar W.13-KP.04.01-12" in Entry.objects.about(office).first().note
    for other in ('name="role"', 'name="title"', "definitive", 'name="sign_in_name"'):
        assert other not in page


def _leader(office: Office, who: str) -> User:
    ends_on = office.today() + timedelta(days=3)
    acts = {"head_of__acting_kind": "plh", "head_of__ends_on": ends_on}
    match who:
        case "head":
            return UserFactory(head_of=office, head_of__starts_on=office.today())
        case "acting head":
            return UserFactory(head_of=office, **acts)
        case _:
            return UserFactory(head_of=office, admin_of=office, **acts)


@pytest.mark.parametrize("days", [3, 4])
@pytest.mark.parametrize("who", ["head", "acting head", "acting head who administers"])
def test_the_page_names_whoever_may_confirm_as_the_rule_has_it(
    who: str, days: int, sign_in: SignIn, office: Office, admin: User
) -> None:
    UserFactory(head_of=office, head_of__ends_on=office.today() - timedelta(days=1))
    leader, deputy = _leader(office, who), UserFactory(staff_of=office)
    last = office.today() + timedelta(days=days)
    client = sign_in(admin)

    page = client.get(ADD).content.decode()
    facts = typed(office, deputy, ends_on=last.isoformat(), together="on")
    done = client.post(ADD, facts, follow=True).content.decode()

    role = deputy.memberships.get(role="head")
    may = bool(can_confirm(access_of(leader), role))
    assert may == (who == "head" or (who == "acting head" and days == 3))
    assert (f"disahkan {leader.name} atau administrator nasional" in done) == may
    assert ("berlaku setelah disahkan administrator nasional" in done) != may
    named = {
        "head": f"disahkan {leader.name} atau administrator nasional.",
        "acting head": f"{leader.name} (Plh., untuk masa sampai",
        "acting head who administers": "disahkan administrator nasional.",
    }
    assert named[who] in page


def test_several_who_may_confirm_are_all_named(
    sign_in: SignIn, office: Office, admin: User
) -> None:
    acting, head = _leader(office, "acting head"), _leader(office, "head")

    page = sign_in(admin).get(ADD).content.decode()

    last = formats.long_date(office.today() + timedelta(days=3))
    theirs = f"{acting.name} (Plh., untuk masa sampai {last})"
    assert f"disahkan {head.name}, {theirs}, atau administrator nasional." in page


def test_two_who_act_on_the_same_days_are_both_named_before_anything_is_saved(
    sign_in: SignIn, office: Office, admin: User
) -> None:
    first = UserFactory(head_of=office, head_of__acting_kind="plt", staff_of=office)
    second = UserFactory(staff_of=office)

    client = sign_in(admin)
    page = client.post(ADD, typed(office, second)).content.decode()
    untouched = not second.memberships.filter(role="head").exists()
    client.post(ADD, typed(office, second, together="on"))

    assert f"Selain {second.name}, sudah tercatat {first.name} (Plt." in page
    assert untouched
    assert second.memberships.filter(role="head").exists()


def test_a_plh_beside_the_head_and_after_another_needs_no_second_press(
    sign_in: SignIn, office: Office, admin: User
) -> None:
    today = office.today()
    UserFactory(head_of=office)
    MembershipFactory(
        office=office, role="head", acting_kind="plh", ends_on=today - timedelta(days=1)
    )
    deputy = UserFactory(staff_of=office)

    sign_in(admin).post(ADD, typed(office, deputy))

    assert deputy.memberships.filter(role="head").exists()


@pytest.mark.parametrize("field", ["person", "acting_kind", "starts_on", "ends_on"])
def test_what_is_missing_is_asked_for(
    field: str, sign_in: SignIn, office: Office, admin: User
) -> None:
    deputy = UserFactory(staff_of=office)

    answer = sign_in(admin).post(ADD, typed(office, deputy, **{field: ""}))

    assert field in answer.context["form"].errors


def test_nobody_is_chosen_from_elsewhere_and_a_kanwil_has_no_acting_head(
    sign_in: SignIn, office: Office, admin: User
) -> None:
    stranger = UserFactory(staff_of=OfficeFactory())
    kanwil = office.parent

    answer = sign_in(admin).post(ADD, typed(office, stranger))
    above = sign_in(UserFactory(admin_of=kanwil)).get(f"/kantor/{kanwil.code}/pejabat-pengganti/")

    assert "person" in answer.context["form"].errors
    assert above.status_code == 404


def test_whoever_opens_an_account_and_whoever_confirms_a_head_reads_the_address(
    sign_in: SignIn, office: Office, admin: User
) -> None:
    head = UserFactory(head_of=office)
    role = noted(office, admin)
    User.objects.filter(pk=role.user_id).update(email="lain@kanim.example")

    page = sign_in(head).get(f"/kantor/kanim-a/peran/{role.pk}/sahkan/").content.decode()
    assert "lain@kanim.example" in page

    User.objects.filter(pk=role.user_id).update(must_change_password=True)
    page = sign_in(User.objects.get(pk=role.user_id)).get("/sandi/ganti/").content.decode()
    assert "lain@kanim.example" in page
