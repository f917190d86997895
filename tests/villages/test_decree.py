"""A decree says one thing, to every village under it, and for good once it has its number."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DecreeFactory,
    DesignationFactory,
    NumberTemplateFactory,
    OfficeFactory,
    UserFactory,
    approval,
    checked_pdf,
    head_of,
    small_pdf,
)
from tests.looks import confirmed, read_of
from villages import actions, papers
from villages.models import Decree, Designation

pytestmark = pytest.mark.django_db

FACTS = {
    "office_id": lambda: OfficeFactory().pk,
    "number": lambda: "W.13-lain",
    "dated": lambda: OfficeFactory().today() - timedelta(days=900),
    "title": lambda: "Tentang hal lain",
    "signer_level": lambda: "directorate",
    "signer_name": lambda: "Orang Lain",
}


def test_decrees_are_offered_by_their_date_the_latest_first() -> None:
    office = OfficeFactory()
    days = [date(2026, 3, 1), date(2024, 3, 7), None, date(2026, 9, 2)]
    for serial, day in enumerate(days):
        DecreeFactory(office=office, dated=day, number=f"W.13-{serial}" if day else "")

    offered = Decree.objects.covering_more(office)

    assert [decree.dated for decree in offered] == [None, days[3], days[0], days[1]]


@pytest.mark.parametrize("column", FACTS)
def test_a_numbered_decree_is_frozen(column: str) -> None:
    decree = DecreeFactory()

    with pytest.raises(IntegrityError, match="numbered decree is frozen"), transaction.atomic():
        Decree.objects.filter(pk=decree.pk).update(**{column: FACTS[column]()})


def test_a_numbered_decree_is_never_deleted_and_another_may_be() -> None:
    numbered, waiting = DecreeFactory(), DecreeFactory(number="")

    waiting.delete()

    with pytest.raises(IntegrityError, match="numbered decree is frozen"):
        numbered.delete()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("decree_id", lambda it: DecreeFactory(office=it.office).pk),
        ("designated_on", lambda it: it.designated_on - timedelta(days=1)),
        ("signer", lambda it: {**it.signer, "name": "Orang Lain"}),
    ],
)
def test_what_the_certificate_prints_stays(column: str, value: object) -> None:
    designation = DesignationFactory(approved=True)

    with pytest.raises(IntegrityError, match="certificate prints"), transaction.atomic():
        Designation.objects.filter(pk=designation.pk).update(**{column: value(designation)})


def test_a_number_without_its_certificates_is_refused_when_the_transaction_ends() -> None:
    designation = DesignationFactory(approved=True, approved__number="")
    today = designation.office.today()
    connection.check_constraints()  # what the designation owes is settled: only the decree moves

    Decree.objects.filter(pk=designation.decree_id).update(number="W.13-1", dated=today)

    with pytest.raises(IntegrityError, match="brings its certificates"), transaction.atomic():
        connection.check_constraints()
    transaction.set_rollback(True)


def test_a_village_under_a_numbered_decree_without_certificate_is_refused_too() -> None:
    designation = DesignationFactory(approved=True, approved__number="")
    numbered = DecreeFactory(office=designation.office)

    Designation.objects.filter(pk=designation.pk).update(decree=numbered)

    with pytest.raises(IntegrityError, match="brings its certificates"), transaction.atomic():
        connection.check_constraints()
    transaction.set_rollback(True)


def test_a_decree_is_of_the_office_that_decides() -> None:
    designation = DesignationFactory(approved=True, approved__number="")

    with pytest.raises(IntegrityError, match="decree_of_its_office"), transaction.atomic():
        Designation.objects.filter(pk=designation.pk).update(decree=DecreeFactory(number=""))


# --- Its number ----------------------------------------------------------------------------------


def waiting_beside(numbered: Designation, **facts: str) -> Designation:
    """A village of the same office, designated under a decree of its own without a number."""
    designation = DesignationFactory(submitted=True, office=numbered.office)
    decision = approval(numbered.office, number="", dated=None, **facts)
    actions.approve(designation, decision, by=decision.head.user)
    designation.refresh_from_db()
    return designation


def test_a_number_that_came_since_the_form_was_opened_brings_the_certificate() -> None:
    first = DesignationFactory(approved=True, approved__number="")
    second = DesignationFactory(submitted=True, office=first.office)
    chosen = Decree.objects.get(pk=first.decree_id)
    head = head_of(first.office)
    actions.record_decree(first, number="W.13-1", dated=first.office.today(), by=first.created_by)

    actions.approve(second, replace(approval(first.office), decree=chosen), by=head.user)

    second.refresh_from_db()
    assert second.certificate.facts["decree"]["number"] == "W.13-1"


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "Tentang hal lain"},
        {"signer_name": "Orang Lain"},
        {"signer_level": "regional", "signer_name": "Ratna Wulandari"},
    ],
)
def test_a_decree_that_says_something_else_is_not_taken_over(facts: dict[str, str]) -> None:
    numbered = DesignationFactory(approved=True)
    waiting = waiting_beside(numbered, **facts)
    decree = numbered.decree

    with pytest.raises(TransitionRefused, match="sudah tercatat dengan isi lain"):
        actions.record_decree(
            waiting, number=decree.number, dated=decree.dated, by=waiting.created_by
        )

    waiting.refresh_from_db()
    assert waiting.awaits_decree_number


@pytest.mark.parametrize("recase", [str.lower, str.upper, "Nomor {}".format])
def test_one_number_is_one_decree_however_it_is_written(
    sign_in, recase: Callable[[str], str]
) -> None:
    known = DesignationFactory(approved=True)
    sheet = DesignationFactory(office=known.office, submitted=True)
    typed = {
        "number": recase(known.decree.number),
        "dated": known.decree.dated.isoformat(),
        "title": "Hal lain",
        "signer_level": "office",
        "signer_name": "Ratna Wulandari",
        "certificate_signer": "decider",
    }

    page = sign_in(head_of(known.office).user).post(
        reverse("villages:approve", args=[sheet.pk]), typed
    )

    assert "sudah tercatat dengan isi lain" in page.content.decode()
    with pytest.raises(IntegrityError, match="decree_number_once"):
        DecreeFactory(
            office=known.office, number=known.decree.number.lower(), dated=known.decree.dated
        )


def test_a_decree_whose_villages_joined_another_is_gone() -> None:
    numbered = DesignationFactory(approved=True)
    waiting = waiting_beside(numbered)
    decree = numbered.decree

    actions.record_decree(waiting, number=decree.number, dated=decree.dated, by=waiting.created_by)

    assert list(Decree.objects.all()) == [decree]


def test_a_decree_under_which_something_was_decided_and_revoked_stays() -> None:
    numbered = DesignationFactory(approved=True)
    waiting, gone = waiting_beside(numbered), waiting_beside(numbered)
    Designation.objects.filter(pk=gone.pk).update(decree=waiting.decree)
    actions.request_revocation(gone, reason="Mundur.", by=gone.created_by)
    head, today = head_of(gone.office), gone.office.today()
    actions.revoke(gone, decree_number="W.13-C", decree_dated=today, head=head, by=head.user)
    decree = numbered.decree

    actions.record_decree(waiting, number=decree.number, dated=decree.dated, by=waiting.created_by)

    gone.refresh_from_db()
    assert not gone.decree.number


def test_who_chose_a_decree_that_has_just_joined_another_chooses_again() -> None:
    numbered = DesignationFactory(approved=True)
    waiting = waiting_beside(numbered)
    third = DesignationFactory(submitted=True, office=numbered.office)
    decision = replace(approval(third.office), decree=waiting.decree)
    decree = numbered.decree
    actions.record_decree(waiting, number=decree.number, dated=decree.dated, by=waiting.created_by)

    with pytest.raises(TransitionRefused, match="pilih lagi"):
        actions.approve(third, decision, by=decision.head.user)


def test_number_and_scan_are_recorded_together_or_not_at_all() -> None:
    numbered = DesignationFactory(approved=True)
    waiting = waiting_beside(numbered, title="Tentang hal lain")

    with pytest.raises(TransitionRefused):
        actions.record_decree(
            waiting,
            number=numbered.decree.number,
            dated=numbered.decree.dated,
            scan=checked_pdf("sk.pdf"),
            by=waiting.created_by,
        )

    assert not waiting.documents.filter(purpose="decree").exists()


@pytest.mark.parametrize(("title", "is_refused"), [("", False), ("Tentang hal lain", True)])
def test_form_and_action_agree_on_a_number_that_is_not_among_the_latest(
    title: str, is_refused: bool, sign_in: object
) -> None:
    first = DesignationFactory(approved=True)
    decree = first.decree
    DecreeFactory.create_batch(21, office=first.office)
    second = DesignationFactory(submitted=True, office=first.office)
    typed = {
        "number": decree.number,
        "dated": decree.dated.isoformat(),
        "title": title or decree.title,
        "signer_level": "office",
        "signer_name": head_of(first.office).user.name,
        "certificate_signer": "decider",
        "dilihat": second.stamp,
    }
    if not is_refused:
        typed["signer_name"] = decree.signer_name
    browser, address = sign_in(first.decided_by), reverse("villages:approve", args=[second.pk])

    page = browser.post(address, typed)
    if not is_refused:
        page = browser.post(address, {**typed, **read_of(page), "confirmed": "1"})

    second.refresh_from_db()
    assert ("sudah tercatat dengan isi lain" in page.content.decode()) is is_refused
    assert second.decree == (None if is_refused else decree)


# --- Who signed it -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "title"),
    [
        ("office", "Kepala Kantor Imigrasi Kelas II Non TPI Contoh 9000"),
        ("regional", "Kepala Kantor Wilayah Direktorat Jenderal Imigrasi Jawa Tengah"),
        ("directorate", "Direktur Jenderal Imigrasi"),
    ],
)
def test_who_signs_has_the_title_of_their_level(level: str, title: str) -> None:
    decree = DecreeFactory(office=OfficeFactory(code="kanim-contoh-9000"), signer_level=level)

    assert papers.decree_signer(decree)["title"] == title


def test_above_an_office_without_a_kanwil_nobody_is_called_its_head() -> None:
    office = OfficeFactory()
    office.parent = office.parent.parent
    decree = DecreeFactory(office=office, signer_level="regional")

    assert papers.decree_signer(decree)["title"] == "Kepala Kantor Wilayah"


def test_the_village_is_guided_by_the_office_that_decided_and_that_is_remembered() -> None:
    designation = DesignationFactory(submitted=True, village__office=OfficeFactory())
    NumberTemplateFactory(office=designation.office)
    decision = approval(designation.office)

    actions.approve(designation, decision, by=decision.head.user)

    designation.village.refresh_from_db()
    entry = Entry.objects.about(designation.village).get(verb="village.guided_by")
    assert designation.village.office == designation.office
    assert (entry.by, entry.note) == (decision.head.user, designation.office.name)


def test_a_number_typed_on_an_older_page_is_refused_aloud(sign_in) -> None:
    sheet = DesignationFactory(approved=True, approved__number="")
    today = sheet.office.today()
    browser = sign_in(UserFactory(staff_of=sheet.office))
    address = f"/penetapan/{sheet.pk}/nomor-sk/"
    typed = {"number": "W.13-B", "dated": today.isoformat()}
    actions.record_decree(sheet, number="W.13-A", dated=today, by=sheet.created_by)
    scan = SimpleUploadedFile("sk.pdf", small_pdf(), "application/pdf")

    answer = browser.post(address, typed | {"scan": scan}, follow=True)

    page = answer.content.decode()
    assert "SK disimpan" not in page
    assert "Nomor SK sudah dicatat: W.13-A" in page
    sheet.refresh_from_db()
    assert sheet.decree.number == "W.13-A"
    assert not sheet.documents.filter(purpose="decree").exists()


def test_the_number_sent_twice_and_a_scan_that_follows_are_saved(sign_in) -> None:
    sheet = DesignationFactory(approved=True, approved__number="")
    browser = sign_in(UserFactory(staff_of=sheet.office))
    address = f"/penetapan/{sheet.pk}/nomor-sk/"
    day = sheet.office.today().isoformat()
    typed = {"number": "W.13-A", "dated": day}
    typed = confirmed(browser, address, typed)

    twice = [browser.post(address, typed, follow=True).content.decode() for _ in range(2)]
    nothing = browser.post(address, {}).content.decode()
    scan = SimpleUploadedFile("sk.pdf", small_pdf(), "application/pdf")
    scanned = browser.post(address, {"scan": scan}, follow=True).content.decode()

    assert all("SK disimpan" in page for page in twice)
    assert "SK disimpan" in scanned
    assert "Unggah" in nothing
    assert sheet.documents.filter(purpose="decree").count() == 1
