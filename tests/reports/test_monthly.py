"""The periodic report: what the recap counts, as a letter to the office above, ready to sign."""

from __future__ import annotations

import io
from functools import partial
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

import certificates.actions
from accounts.access import access_of
from accounts.models import User
from certificates import pdf
from certificates.actions import Paper
from certificates.models import Letter
from reports import periods
from reports.monthly import Report
from reports.scope import Scope
from tests.certificates.test_pdf import text
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    DirectorateFactory,
    OfficeFactory,
    UserFactory,
    ask_to_revoke,
    head_of,
)
from tests.races import just_before, together
from villages import actions

pytestmark = pytest.mark.django_db


def paper_of(user: User, key: str = "") -> Paper:
    access = access_of(user)
    assert access.current_office is not None
    period = periods.named(key or f"{access.current_office.today():%Y-%m}")
    assert period is not None
    return Report(Scope(access, period)).paper()


def facts_of(user: User, key: str = "") -> dict[str, Any]:
    return paper_of(user, key).facts


def browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def _tight(words: str) -> str:
    """Without spaces: where a line breaks is the paper's business."""
    return "".join(words.split())


def _all_pages(drawn: bytes) -> str:
    """What every page of it says, without spaces."""
    with pypdfium2.PdfDocument(drawn) as paper:
        return _tight("".join(page.get_textpage().get_text_range() for page in paper))


def order(client: Client, key: str) -> Any:
    return client.post(reverse("reports:recap_report"), {"periode": key})


def test_it_says_what_the_recap_counts() -> None:
    office = OfficeFactory()
    sheet = DesignationFactory(office=office, approved=True)
    gone = DesignationFactory(office=office, approved=True)
    ask_to_revoke(gone)
    decree = {"decree_number": "W.13-CABUT-7", "decree_dated": office.today()}
    actions.revoke(gone, **decree, head=head_of(office), by=head_of(office).user)
    DesignationFactory(office=office, submitted=True)
    held = AssignmentFactory(village=sheet.village, officer__office=office)
    AssignmentFactory(village=gone.village, officer=held.officer)

    facts = facts_of(UserFactory(staff_of=office))

    assert (facts["total"]["designated"], facts["total"]["became"]) == (1, 2)
    assert {row["decree"] for row in facts["became"]} == {sheet.decree.number, gone.decree.number}
    [went] = facts["went"]
    assert (went["what"], went["decree"]) == ("Dicabut", "W.13-CABUT-7")
    assert (facts["load_total"]["officers"], facts["load_total"]["ratio"]) == (1, "1,0")
    assert facts["load_total"]["beside"] == 1
    assert [(row["load"], row["beside"]) for row in facts["people"]] == [(1, 1)]
    assert (facts["times"]["decided"], facts["times"]["waiting"]) == (2, 1)
    assert len(facts["open"]) == 1
    assert facts["addressee"] == f"Kepala {office.parent.name}"
    assert facts["signer"]["name"] == head_of(office).user.name


def test_a_kanwil_reports_of_its_offices_to_the_director_general() -> None:
    here, there = OfficeFactory(), OfficeFactory()
    for office in (here, there):
        DesignationFactory(office=office, approved=True)
    DesignationFactory(office=OfficeFactory(parent=DirectorateFactory()), approved=True)

    facts = facts_of(UserFactory(observer_of=here.parent))

    assert facts["addressee"] == "Direktur Jenderal Imigrasi"
    assert facts["total"]["designated"] == 2
    assert {row["office"] for row in facts["load"]} == {here.short_name, there.short_name}
    assert facts["signer"]["name"] == ""  # the portal knows no head of a Kanwil


def test_it_is_ordered_drawn_and_found_again(sign_in) -> None:
    sheet = DesignationFactory(approved=True)
    client = sign_in(UserFactory(staff_of=sheet.office))
    key = f"{sheet.office.today():%Y-%m}"

    ordered = order(client, key)
    letter = Letter.objects.get()
    again = order(client, key)
    certificates.actions.attach(letter, pdf.render_letter(letter))
    page = client.get(reverse("reports:recap_report")).content.decode()
    content = client.get(reverse("certificates:letter_download", args=[letter.pk])).content

    assert ordered["Location"] == again["Location"] == letter.get_absolute_url()
    assert Letter.objects.count() == 1
    assert letter.get_absolute_url() in page
    assert letter.number == ""
    words = _tight(text(content))
    for said in ("LAPORAN BULANAN DESA BINAAN IMIGRASI", str(sheet.village), sheet.decree.number):
        assert _tight(said) in words
    with pikepdf.open(io.BytesIO(content)) as paper:
        assert paper.Root.MarkInfo.Marked
        metadata = paper.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")


def test_what_took_no_whole_day_is_said_as_on_the_screen() -> None:
    office = OfficeFactory()
    DesignationFactory(office=office, approved=True)
    DesignationFactory(office=office, submitted=True)
    person = UserFactory(observer_of=office.parent)

    ordered = certificates.actions.order_once(paper_of(person), by=person)
    words = _all_pages(pdf.render_letter(ordered))

    said = "separuhnya dalam kurang dari sehari, sembilan dari sepuluh dalam kurang dari sehari, "
    assert _tight(f"{said}yang terlama kurang dari sehari.") in words
    assert words.count("<1hari") == 1  # what waits
    assert words.count("<1") == 4  # the office in the annex: half of them, nine of ten, the slowest
    assert "0hari" not in words


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_report() -> None:
    sheet = DesignationFactory(approved=True)
    colleagues = [UserFactory(staff_of=sheet.office) for _ in range(2)]
    key = f"{sheet.office.today():%Y-%m}"

    first, second = together(*(partial(order, browser_of(user), key) for user in colleagues))

    assert first["Location"] == second["Location"] == Letter.objects.get().get_absolute_url()


@pytest.mark.django_db(transaction=True)
def test_a_report_that_is_just_being_ordered_is_waited_for() -> None:
    office = DesignationFactory(approved=True).office
    by = UserFactory(staff_of=office)
    paper = paper_of(by)

    def click() -> Letter:
        return certificates.actions.order_once(paper, by=by)

    assert just_before(click, click) == Letter.objects.get()


def test_only_the_very_same_report_is_the_one_before() -> None:
    office = DesignationFactory(approved=True).office
    by = UserFactory(staff_of=office)
    before = certificates.actions.order_once(paper_of(by), by=by)
    DesignationFactory(office=office, submitted=True)

    after = certificates.actions.order_once(paper_of(by), by=by)

    assert before != after


@pytest.mark.parametrize("key", ["", "2026-13", "2999-01", "bebas", "\0"])
def test_only_a_month_quarter_or_year_that_has_begun_is_reported(key: str, sign_in) -> None:
    client = sign_in(UserFactory(staff_of=OfficeFactory()))

    answer = client.post(reverse("reports:recap_report"), {"periode": key})

    assert "Pilih bulan, triwulan, atau tahun" in answer.content.decode()
    assert not Letter.objects.exists()


def test_a_report_is_read_by_its_office_and_those_above(sign_in) -> None:
    sheet = DesignationFactory(approved=True)
    order(sign_in(UserFactory(staff_of=sheet.office)), f"{sheet.office.today():%Y-%m}")
    page = Letter.objects.get().get_absolute_url()

    def met(user: User) -> int:
        return int(sign_in(user).get(page).status_code)

    assert met(UserFactory(observer_of=sheet.office.parent)) == 200
    assert met(UserFactory(staff_of=OfficeFactory())) == 404


def test_an_office_without_anything_reports_that() -> None:
    facts = facts_of(UserFactory(staff_of=OfficeFactory()))

    assert facts["coverage"] == []
    assert facts["times"]["decided"] == 0
