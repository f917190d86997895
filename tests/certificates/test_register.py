"""The register of numbers: 1…n for each office, kind and year, without gap and without double."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from certificates import register
from certificates.models import NumberSequence, NumberTemplate, RegisterEntry
from tests.conftest import THREADS
from tests.factories import (
    DesignationFactory,
    NumberTemplateFactory,
    OfficeFactory,
    UserFactory,
    approval,
    head_of,
)
from tests.races import decide_elsewhere, together
from villages import actions
from villages.models import Designation, Status
from villages.models.designation import PAPER

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 2)


class Interrupted(Exception):
    """Something else in the transaction failed."""


def serials(office: Any) -> list[int]:
    entries = RegisterEntry.objects.filter(office=office).order_by("serial")
    return list(entries.values_list("serial", flat=True))


def test_numbers_run_from_one_for_each_office_and_year() -> None:
    first, second = NumberTemplateFactory(), NumberTemplateFactory()

    taken = [
        register.take_number(office, PAPER, dated, by=UserFactory()).serial
        for office, dated in [
            (first.office, MARCH),
            (first.office, MARCH),
            (second.office, MARCH),
            (first.office, date(2027, 1, 4)),
        ]
    ]

    assert taken == [1, 2, 1, 1]


def test_a_number_is_written_as_the_office_chose() -> None:
    template = NumberTemplateFactory(
        pattern="{nomor}/{kode}.{klasifikasi}/{romawi}/{bulan}/{tahun}",
        unit_code="W13",
        classification="GR.03.05",
        serial_width=4,
    )

    entry = register.take_number(template.office, PAPER, MARCH, by=UserFactory())

    assert entry.number == "0001/W13.GR.03.05/III/03/2026"


def test_an_office_without_a_template_gets_no_number() -> None:
    with pytest.raises(NumberTemplate.DoesNotExist):
        register.take_number(OfficeFactory(), PAPER, MARCH, by=UserFactory())


def test_the_database_wants_the_serial_in_every_pattern() -> None:
    with pytest.raises(IntegrityError, match="number_template_has_serial"):
        NumberTemplateFactory(pattern="{kode}/{tahun}")


def test_a_number_stays_as_it_was_given() -> None:
    entry = register.take_number(NumberTemplateFactory().office, PAPER, MARCH, by=UserFactory())

    with pytest.raises(IntegrityError, match="for ever"), transaction.atomic():
        RegisterEntry.objects.filter(pk=entry.pk).update(number="1/LAIN")
    with pytest.raises(IntegrityError, match="for ever"), transaction.atomic():
        entry.delete()


def test_two_papers_never_share_a_number() -> None:
    entry = register.take_number(NumberTemplateFactory().office, PAPER, MARCH, by=UserFactory())
    entry.pk = None

    with pytest.raises(IntegrityError, match="the next serial follows"):
        entry.save()


def test_the_year_is_that_of_the_printed_date() -> None:
    office = NumberTemplateFactory().office

    with pytest.raises(IntegrityError, match="year_of_the_paper"):
        RegisterEntry.objects.create(
            office=office, kind=PAPER, year=2025, serial=1, number="1", dated=MARCH
        )


@pytest.mark.parametrize(("zone", "year"), [("Asia/Jakarta", 2026), ("Asia/Jayapura", 2027)])
def test_the_year_turns_at_the_offices_own_midnight(
    zone: str, year: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    designation = DesignationFactory(office=OfficeFactory(timezone=zone), submitted=True)
    office = NumberTemplateFactory(office=designation.office).office
    decision = approval(office, dated=date(2026, 12, 30))
    by = head_of(office).user

    # Half past midnight on New Year's Day in Jayapura, half past ten the evening before in Jakarta.
    new_year = datetime(2026, 12, 31, 15, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: new_year)
    actions.approve(designation, decision, by=by)

    assert RegisterEntry.objects.get(office=office).year == year


# --- At once -----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_fifty_approvals_at_once_with_failures_between_leave_no_gap_and_no_double() -> None:
    office = NumberTemplateFactory().office
    by = head_of(office).user
    sheets = [DesignationFactory(office=office, submitted=True) for _ in range(50)]
    decisions = [approval(office, number=f"W.13-{n}") for n in range(50)]

    def decide(n: int) -> Designation:
        with transaction.atomic():
            designation = actions.approve(sheets[n], decisions[n], by=by)
            if n % 3 == 0:
                raise Interrupted
            return designation

    outcomes = together(*(lambda n=n: decide(n) for n in range(50)), at_once=THREADS)

    failed = [it for it in outcomes if isinstance(it, Exception)]
    assert all(isinstance(it, Interrupted) for it in failed), failed
    assert len(failed) == 17
    assert serials(office) == list(range(1, 34))
    assert NumberSequence.objects.get(office_id=office.pk).last_value == 33
    assert Designation.objects.filter(status=Status.SUBMITTED).count() == 17


@pytest.mark.django_db(transaction=True)
def test_several_processes_leave_no_gap_and_no_double_either() -> None:
    office = NumberTemplateFactory().office
    head = head_of(office)
    sheets = [DesignationFactory(office=office, submitted=True).pk for _ in range(24)]

    processes = [decide_elsewhere(head, sheets[part::3]) for part in range(3)]
    codes = [process.wait(120) for process in processes]

    kept = sum(pk % 4 != 0 for pk in sheets)
    assert codes == [0, 0, 0]
    assert serials(office) == list(range(1, kept + 1))


@pytest.mark.django_db(transaction=True)
def test_the_first_number_of_a_year_is_taken_once() -> None:
    office = NumberTemplateFactory().office

    def take() -> int:
        with transaction.atomic():
            return register.take_number(office, PAPER, MARCH, by=UserFactory()).serial

    taken = together(*[take] * 8)

    assert sorted(taken) == list(range(1, 9))


@pytest.mark.django_db(transaction=True)
def test_one_office_does_not_wait_for_another() -> None:
    slow, quick = NumberTemplateFactory().office, NumberTemplateFactory().office

    with transaction.atomic():
        register.take_number(slow, PAPER, MARCH, by=UserFactory())
        [meanwhile] = together(
            lambda: register.take_number(quick, PAPER, MARCH, by=UserFactory()).serial
        )

    assert meanwhile == 1
    assert connection.is_usable()
