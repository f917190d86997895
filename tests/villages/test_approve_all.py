"""Several sheets under one decree, decided in one step: all of them, or none and why."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Office, User
from audit.models import Entry
from certificates.models import Certificate, RegisterEntry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DesignationFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegionFactory,
    RegisterEntryFactory,
    UserFactory,
    VillageFactory,
    approval,
    head_of,
)
from tests.races import together
from villages import actions
from villages.models import Decree, Designation, Status

pytestmark = pytest.mark.django_db

# Not in the order in which the sheets are made.
CODES = ["35.09.11.2004", "35.09.11.2001", "35.09.11.2003"]


@pytest.fixture
def office() -> Any:
    return NumberTemplateFactory().office


def wuluhan(office: Office, codes: Sequence[str] = CODES, **stage: Any) -> list[Designation]:
    """Sheets of one kecamatan, with the head unless told otherwise."""
    villages = [VillageFactory(office=office, region=RegionFactory(code=code)) for code in codes]
    stage = stage or {"submitted": True}
    return [DesignationFactory(office=office, village=village, **stage) for village in villages]


def numbers(sheets: Sequence[Designation]) -> list[tuple[str, int]]:
    """The village's code and the serial of its certificate, by code."""
    found = Designation.objects.filter(pk__in=[sheet.pk for sheet in sheets])
    named = found.values_list("village__region__code", "certificate__entry__serial")
    return sorted(named)


def deputy_of(office: Office) -> User:
    return UserFactory(head_of=office, head_of__acting_kind="plh")


def test_one_decree_designates_a_whole_kecamatan(office: Office) -> None:
    sheets = wuluhan(office)
    head = head_of(office)

    actions.approve_all(sheets, approval(office, number="W.15-1"), by=head.user)

    decided = Designation.objects.filter(pk__in=[sheet.pk for sheet in sheets])
    assert set(decided.values_list("status", "decided_by", "decided_as")) == {
        (Status.APPROVED, head.user.pk, head.pk)
    }
    assert {sheet.decree for sheet in decided} == {Decree.objects.get()}
    for sheet in decided:
        entry = Entry.objects.about(sheet).get(verb="designation.approved")
        assert (entry.by, entry.note, entry.data) == (head.user, "W.15-1", {"decree": "W.15-1"})
    assert Entry.objects.filter(verb="certificate.ordered").count() == len(sheets)


def test_numbers_follow_the_codes_of_the_villages(office: Office) -> None:
    sheets = wuluhan(office)

    actions.approve_all(sheets, approval(office), by=head_of(office).user)

    assert numbers(sheets) == list(zip(sorted(CODES), [1, 2, 3], strict=True))
    for certificate in Certificate.objects.select_related("entry"):
        [entry] = Entry.objects.about(certificate)
        assert entry.data == {"number": certificate.number}


def test_without_a_number_all_certificates_wait_and_are_ordered_together(office: Office) -> None:
    sheets = wuluhan(office)
    actions.approve_all(sheets, approval(office, number="", dated=None), by=head_of(office).user)
    waited = numbers(sheets)
    staff, today = sheets[0].created_by, office.today()

    actions.record_decree(sheets[0], number="W.15-2", dated=today, by=staff)

    assert waited == [(code, None) for code in sorted(CODES)]
    assert numbers(sheets) == list(zip(sorted(CODES), [1, 2, 3], strict=True))
    assert Entry.objects.filter(verb="designation.decree_numbered", by=staff).count() == 3


def test_a_decree_that_is_recorded_already_takes_more_villages(office: Office) -> None:
    first, *others = wuluhan(office)
    decision = approval(office, number="W.15-3")
    actions.approve(first, decision, by=decision.head.user)

    actions.approve_all(others, decision, by=decision.head.user)

    assert Decree.objects.get().designations.count() == 3
    assert sorted(serial for _, serial in numbers([first, *others])) == [1, 2, 3]


def test_the_deciding_office_guides_every_village_from_then_on(office: Office) -> None:
    stranger = OfficeFactory()
    sheets = wuluhan(office)
    for sheet in sheets[:2]:
        type(sheet.village).objects.filter(pk=sheet.village_id).update(office=stranger)

    actions.approve_all(sheets, approval(office), by=head_of(office).user)

    offices = {Designation.objects.get(pk=sheet.pk).village.office for sheet in sheets}
    assert offices == {office}
    assert Entry.objects.filter(verb="village.guided_by").count() == 2


# --- One failure stops all ----------------------------------------------------------------------


def nothing_happened(sheets: Sequence[Designation]) -> None:
    found = Designation.objects.filter(pk__in=[sheet.pk for sheet in sheets])
    assert set(found.values_list("status", flat=True)) == {Status.SUBMITTED}
    assert not Decree.objects.filter(designations__in=found).exists()
    remembered = [Entry.objects.about(sheet).filter(verb="designation.approved") for sheet in found]
    assert not any(entries.exists() for entries in remembered)


def test_a_sheet_that_somebody_decided_on_first_stops_all_by_name(office: Office) -> None:
    sheets = wuluhan(office)
    deputy = deputy_of(office)
    actions.reject(sheets[2], reason="Belum.", head=deputy.memberships.get(), by=deputy)

    with pytest.raises(TransitionRefused) as refusal:
        actions.approve_all(sheets, approval(office), by=head_of(office).user)

    said = refusal.value.message
    assert str(sheets[2].village) in said
    assert "Kecamatan" in said
    assert deputy.name in said
    nothing_happened(sheets[:2])
    assert not RegisterEntry.objects.exists()


def test_a_sheet_that_the_head_prepared_stops_all_by_name(office: Office) -> None:
    head = head_of(office)
    sheets = wuluhan(office)
    sheets += wuluhan(office, ["35.09.11.2007"], created_by=head.user, submitted=True)

    with pytest.raises(TransitionRefused) as refusal:
        actions.approve_all(sheets, approval(office), by=head.user)

    assert str(sheets[-1].village) in refusal.value.message
    assert "Anda ikut menyiapkan usulan ini" in refusal.value.message
    nothing_happened(sheets)
    assert not RegisterEntry.objects.exists()


def test_a_village_whose_name_cannot_be_printed_stops_all_by_name(office: Office) -> None:
    sheets = wuluhan(office)
    region = sheets[1].village.region
    type(region).objects.filter(pk=region.pk).update(name="Ampel 村")

    with pytest.raises(
        TransitionRefused, match="Nama desa “Ampel 村” memuat 村; administrator nas"
    ):
        actions.approve_all(sheets, approval(office), by=head_of(office).user)

    nothing_happened(sheets)


def test_a_number_written_by_hand_is_skipped_and_stops_nobody(office: Office) -> None:
    sheets = wuluhan(office)
    today = office.today()
    roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
    taken = f"2/W13.IMI.7/DBI/{roman[today.month - 1]}/{today.year}"
    RegisterEntryFactory(office=office, by_hand=True, number=taken, dated=today)

    decided = actions.approve_all(sheets, approval(office), by=head_of(office).user)

    serials = RegisterEntry.objects.filter(serial__isnull=False).order_by("serial")
    skipped = serials.get(serial=2)
    assert list(serials.values_list("serial", flat=True)) == [1, 2, 3, 4]
    assert skipped.skips.number == taken
    assert taken not in {sheet.certificate.number for sheet in decided}


def test_a_second_click_shows_the_result(office: Office) -> None:
    sheets = wuluhan(office)
    by = head_of(office).user
    first = actions.approve_all(sheets, approval(office, number="W.15-4"), by=by)

    again = actions.approve_all(sheets, approval(office, number="W.15-5"), by=by)

    assert [sheet.decree for sheet in again] == [sheet.decree for sheet in first]
    assert RegisterEntry.objects.count() == 3
    assert Entry.objects.filter(verb="designation.approved").count() == 3


def test_what_one_decided_alone_before_is_refused_among_others(office: Office) -> None:
    sheets = wuluhan(office)
    decision = approval(office)
    actions.approve(sheets[0], decision, by=decision.head.user)

    with pytest.raises(TransitionRefused, match="sudah ditetapkan"):
        actions.approve_all(sheets, decision, by=decision.head.user)

    nothing_happened(sheets[1:])


def test_more_villages_cost_few_more_queries(office: Office) -> None:
    def asked(sheets: Sequence[Designation]) -> int:
        with CaptureQueriesContext(connection) as queries:
            actions.approve_all(sheets, approval(office), by=head_of(office).user)
        return len([it for it in queries if "SAVEPOINT" not in it["sql"]])

    few = asked(wuluhan(office, ["35.09.11.2001", "35.09.11.2002"]))
    many = asked(wuluhan(office, [f"35.09.12.{2001 + n}" for n in range(8)]))

    assert many - few <= 6  # each sheet is saved by itself, so that a refusal says which


def test_a_number_for_many_villages_costs_few_more_queries(office: Office) -> None:
    def asked(codes: Sequence[str]) -> int:
        sheets = wuluhan(office, codes)
        decision = approval(office, number="", dated=None)
        actions.approve_all(sheets, decision, by=decision.head.user)
        with CaptureQueriesContext(connection) as queries:
            actions.record_decree(
                sheets[0], number=f"W.15-{codes[0]}", dated=office.today(), by=decision.head.user
            )
        return len([it for it in queries if "SAVEPOINT" not in it["sql"]])

    few = asked(["35.09.11.2001", "35.09.11.2002"])
    many = asked([f"35.09.12.{2001 + n}" for n in range(8)])

    assert many - few <= 6


# --- At once ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
def test_a_broker_that_is_down_is_asked_once_for_all(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    sheets = wuluhan(office)

    actions.approve_all(sheets, approval(office), by=head_of(office).user)

    assert Certificate.objects.count() == 3
    assert len([it for it in caplog.records if it.name == "desabinaan.queue"]) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_heads_with_overlapping_sheets_one_wins_and_the_other_hears_who(
    office: Office,
) -> None:
    a, b, c, d = wuluhan(office, [f"35.09.11.200{n}" for n in (4, 1, 3, 2)])
    heads = [head_of(office).user, deputy_of(office)]
    wanted = [[a, b, c], [d, c, b]]
    decisions = [
        approval(office, number=f"W.15-{by.pk}", head=by.memberships.get()) for by in heads
    ]

    outcomes = together(
        *(
            lambda by=by, how=how, which=which: actions.approve_all(which, how, by=by)
            for by, how, which in zip(heads, decisions, wanted, strict=True)
        )
    )

    refusals = [it for it in outcomes if isinstance(it, Exception)]
    [refusal] = refusals
    assert isinstance(refusal, TransitionRefused)
    winner = 1 - outcomes.index(refusal)
    decided = Designation.objects.filter(status=Status.APPROVED)
    assert set(decided) == set(wanted[winner])
    assert set(decided.values_list("decided_by", flat=True)) == {heads[winner].pk}
    assert heads[winner].name in refusal.message
    assert any(str(sheet.village) in refusal.message for sheet in (b, c))
    assert Decree.objects.count() == 1
    assert Entry.objects.filter(verb="designation.approved").count() == 3
    serials = RegisterEntry.objects.order_by("serial").values_list("serial", flat=True)
    assert list(serials) == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_many_gives_one_result(office: Office) -> None:
    sheets = wuluhan(office)
    decision = approval(office)

    outcomes = together(*[lambda: actions.approve_all(sheets, decision, by=decision.head.user)] * 3)

    assert [[sheet.status for sheet in it] for it in outcomes] == [[Status.APPROVED] * 3] * 3
    assert Certificate.objects.count() == RegisterEntry.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_single_decision_amid_many_leaves_the_register_without_gap(office: Office) -> None:
    sheets = wuluhan(office)
    other = wuluhan(office, ["35.09.12.2001"])[0]
    head, deputy = head_of(office).user, deputy_of(office)

    outcomes = together(
        lambda: actions.approve_all(sheets, approval(office), by=head),
        lambda: actions.approve(other, approval(office, head=deputy.memberships.get()), by=deputy),
        lambda: actions.return_to_staff(sheets[1], note="Lengkapi.", by=deputy),
    )

    were_designated = not isinstance(outcomes[0], TransitionRefused)
    assert isinstance(outcomes[2], TransitionRefused) == were_designated
    designated = [*sheets, other] if were_designated else [other]
    serials = sorted(RegisterEntry.objects.values_list("serial", flat=True))
    assert serials == list(range(1, len(designated) + 1))
    assert set(Designation.objects.filter(status=Status.APPROVED)) == set(designated)
