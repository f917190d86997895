"""A row that was waited for is read as it stands then: a double click is one click, and no error.

Each step begins while another one changed the same row and what it names, and is not committed yet.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

import accounts.actions
import certificates.actions
from accounts import cards, invitations
from accounts.actions import Person
from accounts.models import ActivationCard, InvitationStatus, User
from audit.models import Entry
from certificates.actions import Wanted
from certificates.models import Export, Void
from desabinaan.editing import Overtaken
from desabinaan.workflow import Gone, TransitionRefused
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    InvitationFactory,
    JurisdictionFactory,
    MembershipFactory,
    OfficeFactory,
    OfficerFactory,
    RegionFactory,
    RegisterEntryFactory,
    UserFactory,
    VillageFactory,
    bring_in,
    checked_pdf,
    head_of,
)
from tests.races import just_before
from villages import actions
from villages.actions import Appointment, Terms
from villages.actions.officers import assign_each
from villages.models import (
    Assignment,
    Criterion,
    Decree,
    Designation,
    Document,
    Import,
    Officer,
    Village,
    VillageDocument,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_table_is_recorded_once_by_one_who_did_not_upload_it() -> None:
    office = OfficeFactory()
    village = RegionFactory(name="Pakuncen")
    JurisdictionFactory(office=office, region=village.parent.parent)
    batch = bring_in(office, "Pakuncen")
    batch.rows.update(status="matched", region=village)
    by = UserFactory(staff_of=office)

    def click() -> Import:
        return actions.record_import(batch, by=by)

    again = just_before(click, click)

    assert again.is_recorded
    assert again.status_by == by
    assert Decree.objects.count() == 1


def test_a_village_that_just_moves_away_is_not_confirmed_by_the_office_that_lost_it() -> None:
    office = JurisdictionFactory().office
    names = ["Pakuncen", "Karangsari"]
    for serial, name in enumerate(names):
        RegionFactory(code=f"33.07.06.20{serial:02}", name=name)
    staff = UserFactory(staff_of=office)
    table = actions.record_import(bring_in(office, *names, by=staff), by=staff)
    head, elsewhere, nation = head_of(office), OfficeFactory(), UserFactory()
    moved = Village.objects.get(region__name="Karangsari")

    confirmed = just_before(
        lambda: actions.move_village(moved, to=elsewhere, basis="Keputusan Menteri", by=nation),
        lambda: actions.confirm_import(table, head, by=head.user),
    )

    assert confirmed.status == "confirmed"
    given = Designation.objects.filter(confirmed_by=head.user)
    assert [it.village.region.name for it in given] == ["Pakuncen"]


def test_an_officer_whom_two_tables_name_at_once_is_assigned_once() -> None:
    officer = OfficerFactory()
    village = VillageFactory(office=officer.office)
    day = officer.office.today()
    terms = Terms("member", day, "letter", "ST-1", day)
    by = UserFactory(staff_of=officer.office)

    def assign() -> list[Assignment]:
        return assign_each([(officer, village, terms)], by=by)

    assert just_before(assign, assign) == []
    assert Assignment.objects.count() == 1


def test_two_clicks_at_once_order_one_export() -> None:
    office = OfficeFactory()
    by = UserFactory(staff_of=office)
    wanted = Wanted(
        kind="recap", office=office, title="Rekap", facts={}, office_ids=[office.pk], rows=1
    )

    def click() -> Export:
        return certificates.actions.order_export(wanted, by=by)

    assert just_before(click, click) == Export.objects.get()


def test_of_two_cards_made_at_once_one_opens_the_account() -> None:
    user, by = UserFactory(), UserFactory()

    def click() -> ActivationCard:
        return cards.issue(user, by=by)[0]

    later = just_before(click, click)

    assert [it for it in user.cards.all() if it.is_open] == [later]


def test_a_number_is_voided_once_by_three_clicks() -> None:
    entry = RegisterEntryFactory(by_hand=True)
    by = UserFactory(staff_of=entry.office)

    def click() -> Void:
        return certificates.actions.void_number(entry, reason="Salah.", by=by)

    again = just_before(click, click)
    third = click()

    assert [again, third] == [Void.objects.get()] * 2


def test_a_number_just_voided_by_another_is_refused_with_their_name() -> None:
    entry = RegisterEntryFactory(by_hand=True)
    first, second = UserFactory(staff_of=entry.office), UserFactory(staff_of=entry.office)

    def void(by: User) -> Void:
        return certificates.actions.void_number(entry, reason="Salah.", by=by)

    refusal = just_before(lambda: void(first), lambda: void(second))

    assert isinstance(refusal, TransitionRefused)
    assert first.name in refusal.message


def as_stands(officer: Officer) -> dict[str, Any]:
    person = {name: getattr(officer.user, name) for name in ("username", "employment", "rank")}
    return {name: getattr(officer, name) for name in Appointment.__slots__} | person


def change(officer: Officer, seen: dict[str, Any], *, rank: str, by: User) -> Officer:
    told = {name: seen[name] for name in Appointment.__slots__}
    person = Person(officer.user.name, officer.user.username, employment="pns", rank=rank)
    return actions.change_officer(officer, person, Appointment(**told), by=by, seen=seen)


def test_of_two_ranks_saved_at_once_the_second_is_told() -> None:
    officer = OfficerFactory(user__employment="pns", user__rank="III/a")
    admin, seen = UserFactory(admin_of=officer.office), as_stands(officer)

    told = just_before(
        lambda: change(officer, seen, rank="III/b", by=admin),
        lambda: change(officer, seen, rank="III/c", by=admin),
    )

    officer.user.refresh_from_db()
    assert isinstance(told, Overtaken)
    assert officer.user.rank == "III/b"


def test_a_rank_settled_elsewhere_in_that_moment_is_not_overwritten() -> None:
    officer = OfficerFactory(user__employment="pns", user__rank="III/a")
    admin, seen = UserFactory(admin_of=officer.office), as_stands(officer)

    told = just_before(
        lambda: User.objects.filter(pk=officer.user_id).update(rank="III/b"),
        lambda: change(officer, seen, rank="III/c", by=admin),
    )

    officer.user.refresh_from_db()
    assert isinstance(told, Overtaken)
    assert officer.user.rank == "III/b"


def test_an_invitation_just_withdrawn_is_not_sent_again_and_says_why() -> None:
    invitation = InvitationFactory()
    by = invitation.invited_by

    refusal = just_before(
        lambda: invitations.withdraw(invitation, by=by),
        lambda: invitations.resend(invitation, by=by),
    )

    invitation.refresh_from_db()
    assert isinstance(refusal, TransitionRefused)
    assert f"ditarik oleh {by.name}" in refusal.message
    assert invitation.status == InvitationStatus.WITHDRAWN


WILLING = {"kind": "desbumi", "name": "", "owner": "Migrant CARE", "since_year": 2016, "note": ""}
COUNTED = {"year": 2025, "total": 140, "men": None, "women": None, "source": "Disnaker",
           "as_of": date(2025, 12, 31)}  # fmt: skip
AGREED = {"kind": "willingness", "title": "Kesediaan", "first_party": "Desa",
          "dated": date(2025, 3, 1)}  # fmt: skip


@pytest.mark.parametrize(
    ("write", "drop", "facts", "changed"),
    [
        (actions.write_programme, actions.drop_programme, WILLING, {"since_year": 2017}),
        (actions.write_migrant_count, actions.drop_migrant_count, COUNTED, {"total": 141}),
        (actions.write_agreement, actions.drop_agreement, AGREED, {"title": "Setuju"}),
    ],
)
def test_what_is_being_dropped_is_not_brought_back(
    write: Any, drop: Any, facts: dict[str, Any], changed: dict[str, Any]
) -> None:
    village = VillageFactory()
    by = village.created_by
    row = write(village, facts=facts, by=by)
    edited, clicked_again = (type(row).objects.get(pk=row.pk) for _ in range(2))

    refusal = just_before(
        lambda: drop(row, by=by),
        lambda: write(village, facts=facts | changed, by=by, item=edited),
    )
    drop(clicked_again, by=by)

    assert isinstance(refusal, ValidationError)
    assert not type(row).objects.exists()
    assert Entry.objects.about(village).filter(verb__endswith="_dropped").count() == 1


def test_a_document_that_is_taken_away_twice_is_taken_away_once() -> None:
    village = VillageFactory()
    by, file = village.created_by, checked_pdf()
    document = actions.attach_document(village, file, title="Peta", is_shared=False, by=by)
    other = VillageDocument.objects.get()

    just_before(
        lambda: actions.remove_document_of_village(document, by=by),
        lambda: actions.remove_document_of_village(other, by=by),
    )

    assert Entry.objects.about(village).filter(verb="village.document_removed").count() == 1


def test_evidence_that_two_take_off_at_once_is_taken_off_once() -> None:
    sheet = DesignationFactory(complete=True)
    by, file = sheet.created_by, checked_pdf("bukti.pdf")
    criterion = sheet.findings.get().criterion
    actions.write_finding(sheet, criterion, justification="Warga.", evidence=file, by=by)
    document, same = (Document.objects.get(purpose="evidence") for _ in range(2))
    colleague = UserFactory(staff_of=sheet.office)

    just_before(
        lambda: actions.remove_document(document, by=by),
        lambda: actions.remove_document(same, by=colleague),
    )

    assert Entry.objects.about(sheet).filter(verb="designation.document_removed").count() == 1


def test_two_criteria_added_at_once_do_not_share_a_place() -> None:
    by = UserFactory()

    just_before(
        lambda: actions.add_criterion(label="Kantong migran baru", hint="", by=by),
        lambda: actions.add_criterion(label="Perbatasan baru", hint="", by=by),
    )

    places = list(Criterion.objects.values_list("position", flat=True))
    assert len(places) == len(set(places))


class Asked(NamedTuple):
    """What somebody's browser sends."""

    by: User
    address: str
    data: dict[str, str]


def struck_assignment() -> tuple[Any, Asked, str]:
    assignment = AssignmentFactory(starts_on=OfficeFactory().today())
    by = UserFactory(staff_of=assignment.officer.office)
    address = reverse("villages:assignment_end", args=[assignment.pk])
    return (
        lambda: actions.cancel_assignment(assignment, by=by),
        Asked(by, address, {"mistaken": "on"}),
        "Penugasan",
    )


def struck_role() -> tuple[Any, Asked, str]:
    role = MembershipFactory(role="staff", starts_on=OfficeFactory().today())
    by = UserFactory(admin_of=role.office)
    address = reverse("accounts:membership_end", args=[role.office.code, role.pk])
    return (
        lambda: accounts.actions.cancel_membership(role, by=by),
        Asked(by, address, {"mistaken": "on"}),
        "Peran",
    )


def declined_head() -> tuple[Any, Asked, str]:
    office = OfficeFactory()
    head = UserFactory(head_of=office)
    noted = MembershipFactory(office=office, role="head", acting_kind="plh", awaits=True,
                              given_by=UserFactory(admin_of=office))  # fmt: skip
    address = reverse("accounts:membership_confirm", args=[office.code, noted.pk])
    return (
        lambda: accounts.actions.decline_membership(noted, by=head),
        Asked(head, address, {"answer": "confirm"}),
        "Peran",
    )


def row_of_a_table_mapped_again() -> tuple[Any, Asked, str]:
    office = JurisdictionFactory().office
    by, other = (UserFactory(staff_of=office) for _ in range(2))
    batch = bring_in(office, "Entah Mana", by=by)
    address = reverse("villages:import_row_drop", args=[batch.rows.get().pk])
    columns, otherwise = batch.columns, batch.otherwise
    return (
        lambda: actions.map_import(batch, mapped=columns, otherwise=otherwise, by=by),
        Asked(other, address, {}),
        "Baris impor",
    )


@pytest.mark.parametrize(
    "at_once", [struck_assignment, struck_role, declined_head, row_of_a_table_mapped_again]
)
def test_what_went_while_somebody_waited_for_it_is_said_in_a_sentence(at_once) -> None:
    take_away, asked, name = at_once()
    browser = Client()
    browser.force_login(asked.by)
    browser.get("/")

    answer = just_before(take_away, lambda: browser.post(asked.address, asked.data))

    assert answer.status_code == 302
    (said,) = get_messages(answer.wsgi_request)
    assert str(said) == f"{name} ini tidak ada lagi: baru saja dihapus."


def test_what_nobody_words_is_simply_not_there(rf) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        raise Gone("Penugasan ini tidak ada lagi.")

    assert convert_exception_to_response(view)(rf.get("/")).status_code == 404
