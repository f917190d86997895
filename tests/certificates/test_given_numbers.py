"""After a restore from an older dump: what is on paper already is given to nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

import certificates.actions
from accounts.models import Office, User
from audit.models import Entry
from certificates import given, tasks
from certificates.models import (
    Certificate,
    Letter,
    NumberSequence,
    NumberTemplate,
    RegisterEntry,
    Void,
)
from certificates.register import SKIPPED, UNKNOWN
from desabinaan import files
from tests.factories import (
    NOTE,
    DesignationFactory,
    DirectorateFactory,
    NumberTemplateFactory,
    OfficeFactory,
    ParticipationFactory,
    UserFactory,
    VillageFactory,
    note,
)
from tests.factories import EventFactory as AnEvent
from villages.models.designation import PAPER
from villages.papers import office_facts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_papers(settings: Any, tmp_path: Path) -> None:
    """A folder of papers without those of other tests."""
    papers = settings.STORAGES["papers"]
    options = {**papers["OPTIONS"], "location": tmp_path / "papers"}
    settings.STORAGES = {**settings.STORAGES, "papers": {**papers, "OPTIONS": options}}


@pytest.fixture
def admin() -> User:
    return UserFactory(username="admin@contoh.go.id", admin_of=DirectorateFactory())


@pytest.fixture
def office() -> Office:
    return OfficeFactory(name="Kantor Imigrasi Kelas II Non TPI Contoh Raya")


def letter_of(office: Office) -> Letter:
    NumberTemplateFactory(office=office, kind=NOTE.key, pattern="{nomor}/NOTA/{tahun}")
    told = note(office)
    paper = replace(told, facts={**told.facts, "office": office_facts(office)})
    return certificates.actions.order_letter(paper, by=UserFactory(staff_of=office))


def certificate_of(office: Office) -> Certificate:
    return DesignationFactory(office=office, approved=True).certificate


def certificate_of_event(office: Office) -> Certificate:
    region = VillageFactory(office=office).region
    return ParticipationFactory(event=AnEvent(office=office, regions=[region])).certificate


def draw(*papers: Certificate | Letter) -> None:
    for paper in papers:
        (tasks.draw if isinstance(paper, Certificate) else tasks.draw_letter)(paper.pk)


@contextmanager
def forgotten() -> Iterator[None]:
    """What is done within is lost as by a restore: rows, and no files."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def skip(*options: str) -> str:
    said = StringIO()
    call_command("skip_given_numbers", "--by=admin@contoh.go.id", *options, stdout=said)
    return said.getvalue()


def numbers_of(office: Office) -> list[str]:
    """Those on papers, in small letters."""
    papers = [*Certificate.objects.filter(office=office), *Letter.objects.filter(office=office)]
    return [paper.number.lower() for paper in papers]


def codes_of(office: Office) -> list[str]:
    return list(Certificate.objects.filter(office=office).values_list("code", flat=True))


def everything() -> list[int]:
    tables = (RegisterEntry, Void, NumberSequence, Entry)
    return [table.objects.count() for table in tables]


ORDERS: list[Callable[[Office], Certificate | Letter]] = [
    certificate_of,
    certificate_of_event,
    letter_of,
]


def test_the_written_procedure_gives_no_number_and_no_code_twice(
    office: Office, admin: User
) -> None:
    draw(*(order(office) for order in ORDERS))
    kept = numbers_of(office), codes_of(office)
    with forgotten():
        out = [order(office) for order in ORDERS for _ in range(3)]
        draw(*(paper for place, paper in enumerate(out) if place % 3 != 1))  # one was never drawn
        numbers, codes = numbers_of(office), codes_of(office)
    assert (numbers_of(office), codes_of(office)) == kept
    before = everything()

    foretold = skip()
    assert everything() == before
    told = skip("--write")
    afterwards = everything()
    again = skip("--write")
    draw(*(order(office) for order in ORDERS for _ in range(2)))

    assert "goes on after 4 and not after 1, 1 of them on no paper" in foretold
    assert "6 of them are to be written: repeat with --write." in foretold
    assert told.count("goes on after 4 and not after 1") == len(ORDERS)
    assert "0 of them were written." in again
    assert afterwards[0] > before[0]
    fresh = set(numbers_of(office)) - set(kept[0])
    assert len(fresh) == 2 * len(ORDERS)
    assert not fresh & set(numbers)
    assert not (set(codes_of(office)) - set(kept[1])) & set(codes)


def test_a_second_time_changes_nothing(office: Office, admin: User) -> None:
    with forgotten():
        draw(letter_of(office))
    NumberTemplateFactory(office=office, kind=NOTE.key, pattern="{nomor}/NOTA/{tahun}")
    skip("--write")
    before = everything()

    said = skip("--write")

    assert everything() == before
    assert "1 numbers are out; 0 of them were written." in said


def test_the_register_says_what_it_knows_of_each(office: Office, admin: User) -> None:
    NumberTemplateFactory(office=office, kind=NOTE.key, pattern="{nomor}/NOTA/{tahun}")
    with forgotten():
        letter_of(office)
        draw(letter_of(office))

    skip("--write")

    year = office.today().year
    by_hand = RegisterEntry.objects.filter(office=office, serial=None).order_by("number")
    assert [(it.number, it.subject, it.written_by, it.kind) for it in by_hand] == [
        (f"1/NOTA/{year}", UNKNOWN, admin, NOTE.key),
        (f"2/NOTA/{year}", "Nota", admin, NOTE.key),
    ]
    skipped = RegisterEntry.objects.filter(office=office, serial__isnull=False)
    assert [it.skips.number for it in skipped.order_by("serial")] == [it.number for it in by_hand]
    assert {it.voiding.reason for it in skipped} == {SKIPPED}
    for entry in by_hand:
        assert Entry.objects.about(entry).get().verb == "number.written"
    for entry in skipped:
        assert Entry.objects.about(entry).get().verb == "number.skipped"
    assert NumberSequence.objects.get(office=office, kind=NOTE.key).last_value == 2


def test_a_number_without_a_pattern_is_written_by_hand_and_skipped_later(
    office: Office, admin: User
) -> None:
    with forgotten():
        draw(letter_of(office))  # its pattern was chosen after the dump, too

    said = skip("--write")
    letter = letter_of(office)

    year = office.today().year
    assert f"{office}, {year}: 1/NOTA/{year} is written by hand." in said
    assert letter.number == f"2/NOTA/{year}"


def test_what_offices_tell_of_lost_files_is_skipped_too(
    office: Office, admin: User, tmp_path: Path
) -> None:
    NumberTemplateFactory(office=office, kind=PAPER, pattern="W.13-{nomor}/{tahun}")
    today = office.today()
    told = tmp_path / "told.csv"
    told.write_text(f"{office.code};{today};w.13-7/{today.year};Sertifikat Pakuncen\n\n")

    skip(f"--told={told}", "--write")

    assert certificate_of(office).number == f"W.13-8/{today.year}"
    assert RegisterEntry.objects.filter(number=f"W.13-5/{today.year}", subject=UNKNOWN).exists()


def test_lines_that_cannot_be_read_are_named(office: Office, admin: User, tmp_path: Path) -> None:
    told = tmp_path / "told.csv"
    told.write_text(f"nobody;2026-01-02;1/K\n{office.code};January;1/K\n{office.code};2026-01-02\n")
    said = StringIO()

    with pytest.raises(CommandError, match="3 lines above need a person"):
        call_command("skip_given_numbers", "--by=admin@contoh.go.id", f"--told={told}", stdout=said)

    lines = said.getvalue()
    assert "line 1: no office has the code nobody." in lines
    assert "line 2: January is no day" in lines
    assert "line 3: there is no number." in lines


def test_a_paper_of_an_office_of_another_name_is_named(office: Office, admin: User) -> None:
    with forgotten():
        draw(letter_of(office))
    Office.objects.filter(pk=office.pk).update(name="Kantor dengan nama baru")
    said = StringIO()

    with pytest.raises(CommandError, match="1 lines above need a person"):
        call_command("skip_given_numbers", "--by=admin@contoh.go.id", stdout=said)

    assert f"0 offices are called {office.name}" in said.getvalue()


def test_a_number_that_was_given_again_before_is_told(office: Office, admin: User) -> None:
    with forgotten():
        draw(letter_of(office))
    letter_of(office)
    said = StringIO()

    with pytest.raises(CommandError, match="need a person"):
        call_command("skip_given_numbers", "--by=admin@contoh.go.id", "--write", stdout=said)

    assert f"which {office} gave to: Nota" in said.getvalue()


def test_the_same_certificate_drawn_once_more_is_no_doubt(office: Office, admin: User) -> None:
    certificate = certificate_of(office)
    with forgotten():
        draw(certificate)

    assert "0 of them were written." in skip("--write")


def test_only_a_national_administrator_lends_their_name(office: Office) -> None:
    with pytest.raises(CommandError, match="no national administrator"):
        call_command("skip_given_numbers", f"--by={UserFactory(admin_of=office).username}")


def test_a_file_that_only_looks_like_a_paper_moves_no_register() -> None:
    stray = files.Stray("ab/x.pdf", "Surat", "Nomor 99/X")  # another program made it

    assert list(given.of_papers([stray])) == []


def test_a_pattern_of_months_skips_what_lies_between_whatever_month_it_was(
    office: Office, admin: User
) -> None:
    template: NumberTemplate = NumberTemplateFactory(
        office=office, kind=NOTE.key, pattern="{nomor}/{bulan}/{tahun}"
    )
    with forgotten():
        for _ in range(2):
            letter_of(office)
        draw(letter_of(office))

    skip("--write")

    assert letter_of(office).entry.serial == 4
    assert template.pattern == "{nomor}/{bulan}/{tahun}"
