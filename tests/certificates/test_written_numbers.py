"""Numbers written by hand: never one that the portal is going to give, and skipped all the same."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Office
from audit.models import Entry
from certificates import actions, register
from certificates.models import RegisterEntry
from certificates.previews import forecast, preview_of
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    NOTE,
    CertificateFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegisterEntryFactory,
    UserFactory,
)
from villages.models.designation import PAPER

pytestmark = pytest.mark.django_db


def write(office: Office, number: str, dated: date | None = None) -> RegisterEntry:
    told = {"number": number, "dated": dated or office.today(), "subject": "Surat biasa"}
    return actions.write_number(office, "other", told=told, by=UserFactory())


@pytest.mark.parametrize("ahead", [1, 2, 700])
def test_a_number_that_the_portal_is_going_to_give_is_not_written_by_hand(ahead) -> None:
    template = NumberTemplateFactory(pattern="{nomor}/{kode}/{romawi}/{tahun}", serial_width=3)
    office = template.office
    last = register.take_number(office, PAPER, office.today(), by=UserFactory()).serial
    number = register.render_number(template, last + ahead, office.today())

    with pytest.raises(TransitionRefused) as refusal:
        write(office, number)

    assert "akan diberikan portal" in refusal.value.message
    assert RegisterEntry.objects.count() == 1


def test_numbers_of_other_papers_and_of_times_that_are_over_are_written() -> None:
    template = NumberTemplateFactory(pattern="{nomor}/{kode}/{bulan}/{tahun}")
    office, today = template.office, template.office.today()
    before = today.replace(year=today.year - 1)

    assert write(office, f"7/W99.OTHER/{today:%m}/{today.year}").is_written_by_hand
    assert write(office, register.render_number(template, 7, before), before).is_written_by_hand


def test_a_month_that_is_over_gives_no_number_any_more(monkeypatch) -> None:
    template = NumberTemplateFactory(pattern="{nomor}/{kode}/{bulan}/{tahun}")
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 6, 15, 5, tzinfo=UTC))
    office = template.office
    may, june, july = (
        register.render_number(template, 7, date(2026, month, 2)) for month in (5, 6, 7)
    )

    written = write(office, may, date(2026, 5, 2))

    assert written.is_written_by_hand
    for number in (june, july):
        with pytest.raises(TransitionRefused, match="akan diberikan portal"):
            write(office, number)


def test_a_number_written_by_hand_is_skipped_and_the_register_says_so() -> None:
    office, by = OfficeFactory(), UserFactory()
    today = office.today()
    taken = [
        write(office, f"{serial}/K/{today.year}") for serial in (1, 2)
    ]  # no pattern chosen yet
    NumberTemplateFactory(office=office, pattern="{nomor}/K/{tahun}")

    entry = register.take_number(office, PAPER, today, by=by)

    assert (entry.serial, entry.number) == (3, f"3/K/{today.year}")
    skipped = RegisterEntry.objects.filter(skips__isnull=False).order_by("serial")
    assert [(it.serial, it.skips, it.number) for it in skipped] == [
        (1, taken[0], taken[0].number),
        (2, taken[1], taken[1].number),
    ]
    assert {it.void.reason for it in skipped} == {register.SKIPPED}
    assert {it.void.voided_by for it in skipped} == {by}
    assert Entry.objects.filter(verb="number.skipped").count() == 2


def test_a_kind_of_paper_with_the_pattern_of_another_is_refused_by_name() -> None:
    office, by = OfficeFactory(), UserFactory()
    write(office, "1/K")
    for kind in (PAPER, "assignment_letter"):
        NumberTemplateFactory(office=office, kind=kind, pattern="{nomor}/K")

    first = register.take_number(office, PAPER, office.today(), by=by)
    with pytest.raises(TransitionRefused) as refusal:  # both skip 1/K; 2/K is the certificate's
        register.take_number(office, "assignment_letter", office.today(), by=by)

    assert first.number == "2/K"
    assert "2/K sudah ada dalam register" in refusal.value.message


def test_a_number_in_other_letters_is_the_same_number() -> None:
    office = OfficeFactory()
    there = write(office, "W.30.7-UM")

    with pytest.raises(TransitionRefused, match=r"Nomor W\.30\.7-UM sudah ada dalam"):
        write(office, "w.30.7-um")
    with pytest.raises(IntegrityError, match="register_number_once"), transaction.atomic():
        RegisterEntryFactory(by_hand=True, office=office, number="w.30.7-um", dated=there.dated)

    assert write(OfficeFactory(), "w.30.7-um").pk  # another office's register is another


def test_a_number_that_is_to_come_is_known_in_small_letters_too() -> None:
    office = NumberTemplateFactory(pattern="W.30.{nomor}-IMI").office

    with pytest.raises(TransitionRefused, match="akan diberikan portal"):
        write(office, "w.30.1-imi")


def test_a_number_written_in_small_letters_is_skipped_and_foreseen() -> None:
    office, today = OfficeFactory(), OfficeFactory().today()
    written = write(office, "w.30.1-imi")  # no pattern chosen yet
    template = NumberTemplateFactory(office=office, pattern="W.30.{nomor}-IMI")
    foreseen, looked_at = forecast(office, PAPER, today, 1), preview_of(template)

    entry = register.take_number(office, PAPER, today, by=UserFactory())

    assert entry.number == "W.30.2-IMI"
    assert RegisterEntry.objects.get(skips=written).number == "W.30.1-IMI"
    assert foreseen
    assert foreseen.taken == written.number
    assert looked_at.taken


def test_a_pattern_that_differs_from_another_only_in_capitals_is_pointed_out() -> None:
    template = NumberTemplateFactory(pattern="{nomor}/Kp")
    NumberTemplateFactory(office=template.office, kind=NOTE.key, pattern="{nomor}/KP")

    assert preview_of(template).same_as == NOTE.label


def test_a_letter_under_a_number_that_was_noted_in_other_letters_is_refused() -> None:
    office = OfficeFactory()
    told = {"number": "kp-7", "dated": office.today(), "subject": "Surat biasa"}
    actions.write_number(office, NOTE.key, told=told, by=UserFactory())
    note = actions.Paper(NOTE.key, office, office.today(), "Nota", {})

    with pytest.raises(TransitionRefused, match="Nomor kp-7 sudah ada"):  # as it is written there
        actions.order_letter(note, by=UserFactory(), number="KP-7")


def test_a_skipped_number_is_on_no_paper_and_skips_only_what_was_written() -> None:
    office = OfficeFactory()
    written = write(office, "1/K")
    NumberTemplateFactory(office=office, pattern="{nomor}/K")
    given = register.take_number(office, PAPER, office.today(), by=UserFactory())
    skipped = RegisterEntry.objects.get(skips=written)

    with pytest.raises(IntegrityError, match="a paper takes a new number"), transaction.atomic():
        CertificateFactory(office=office, entry=skipped)
    false = {"office": office, "kind": PAPER, "year": given.year, "dated": given.dated}
    with pytest.raises(IntegrityError, match="written by hand is skipped"), transaction.atomic():
        RegisterEntry.objects.create(**false, serial=3, number="3/K", skips=given)


def test_a_skipped_number_is_on_no_paper_even_before_it_is_void() -> None:
    written = write(OfficeFactory(), "1/K")
    same = {"office": written.office, "year": written.year, "dated": written.dated}
    skipped = RegisterEntry.objects.create(
        **same, kind=PAPER, serial=1, number=written.number, skips=written
    )

    with pytest.raises(IntegrityError, match="a paper takes a new number"):
        CertificateFactory(office=written.office, entry=skipped)


@pytest.mark.parametrize(
    "sign", ["\u200b", "\u00ad", "\u202e", "\ufeff", "\u3164", "\u00a0", " ", "\ufe0f", "a\u0301"]
)
def test_the_database_keeps_no_number_with_a_sign_that_nobody_sees(sign) -> None:
    with pytest.raises(IntegrityError, match="register_number_legible"):
        RegisterEntryFactory(by_hand=True, number=f"B/9{sign} /2026")
