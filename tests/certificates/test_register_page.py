"""The register as people keep it: without gap, written by hand, voided with a reason, for ever."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

import certificates.actions
from audit.models import Entry
from certificates import register
from certificates.models import Letter, RegisterEntry, Void
from desabinaan.templatetags.portal import bernomor
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    NOTE,
    CertificateFactory,
    DesignationFactory,
    DirectorateFactory,
    LetterFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegisterEntryFactory,
    UserFactory,
    note,
)

pytestmark = pytest.mark.django_db
PAGE = "/kantor/kanim-a/register/"
LETTER = {"kind": "other", "number": "W.13-UM.01.01-7", "subject": "Undangan rapat"}


@pytest.fixture
def office():
    return OfficeFactory(code="kanim-a")


@pytest.fixture
def staff(office):
    return UserFactory(staff_of=office)


@pytest.fixture
def browser(sign_in, staff):
    return sign_in(staff)


def void(entry, by, reason="Salah ketik.") -> Void:
    return certificates.actions.void_number(entry, reason=reason, by=by)


# --- The database ------------------------------------------------------------------------------


def test_a_serial_that_leaves_a_gap_is_refused(office) -> None:
    RegisterEntryFactory(office=office)

    with pytest.raises(IntegrityError, match="the next serial"), transaction.atomic():
        RegisterEntryFactory(office=office, serial=3)


@pytest.mark.parametrize(
    "changed",
    [{"subject": ""}, {"written_by": None}, {"number": ""}],
)
def test_a_number_without_serial_says_who_wrote_it_and_what_for(office, changed) -> None:
    with pytest.raises(IntegrityError, match="register_given_or_written"), transaction.atomic():
        RegisterEntryFactory(office=office, by_hand=True, **changed)


def test_a_given_number_is_not_written_by_hand(office, staff) -> None:
    with pytest.raises(IntegrityError, match="register_given_or_written"), transaction.atomic():
        RegisterEntryFactory(office=office, written_by=staff)


def test_the_database_voids_no_number_of_a_certificate_in_force(office, staff) -> None:
    certificate = CertificateFactory(ready=True, office=office)

    with pytest.raises(IntegrityError, match="revoked first"), transaction.atomic():
        Void.objects.create(entry=certificate.entry, reason="x", voided_by=staff)


def test_the_database_lets_a_number_be_voided_in_its_own_office_or_from_above(office) -> None:
    elsewhere = UserFactory(staff_of=OfficeFactory())
    over = UserFactory(staff_of=office, staff_of__ends_on=office.today() - timedelta(days=1))

    for by in (elsewhere, over, UserFactory(observer_of=DirectorateFactory())):
        with pytest.raises(IntegrityError, match="in the office of its"), transaction.atomic():
            void(RegisterEntryFactory(office=office, by_hand=True), by)

    void(RegisterEntryFactory(office=office, by_hand=True), UserFactory(admin_of=office))
    void(
        RegisterEntryFactory(office=office, by_hand=True),
        UserFactory(admin_of=DirectorateFactory()),
    )


@pytest.mark.parametrize(
    "statement", ["UPDATE certificates_void SET reason = 'y'", "DELETE FROM certificates_void"]
)
def test_a_void_number_stays_void(office, staff, statement) -> None:
    void(RegisterEntryFactory(office=office, by_hand=True), staff)

    with (
        pytest.raises(IntegrityError, match="stays void"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("kind", ["voided", "of another letter"])
def test_a_paper_takes_only_a_number_of_its_own(office, staff, kind) -> None:
    letter = LetterFactory(office=office)
    entry = {
        "voided": lambda: RegisterEntryFactory(office=office, kind=NOTE.key),
        "of another letter": lambda: letter.entry,
    }[kind]()
    if kind == "voided":
        void(entry, staff)

    with pytest.raises(IntegrityError, match="a paper takes a new number"):
        Letter.objects.create(
            kind=NOTE.key, office=office, entry=entry, title="x", facts={}, ordered_by=staff
        )


def test_a_number_given_elsewhere_stands_on_a_letter_but_on_no_certificate(office, staff) -> None:
    entry = RegisterEntryFactory(office=office, by_hand=True, kind="designation")

    with pytest.raises(IntegrityError, match="a paper takes a new number"), transaction.atomic():
        CertificateFactory(office=office, entry=entry)

    letter = certificates.actions.order_letter(note(office), by=staff, number="W.13-UM.01.01-7")
    assert (letter.number, letter.entry.serial) == ("W.13-UM.01.01-7", None)


# --- Voiding -----------------------------------------------------------------------------------


def test_a_void_number_is_listed_with_its_reason_and_never_given_again(office, staff) -> None:
    first = LetterFactory(office=office)
    void(first.entry, staff, "Salah alamat.")

    second = certificates.actions.order_letter(note(office), by=staff)

    assert (first.entry.serial, second.entry.serial) == (1, 2)
    verbs = Entry.objects.about(first).values_list("verb", flat=True)
    assert "number.voided" in verbs


def test_a_certificate_in_force_keeps_its_number_until_it_is_revoked() -> None:
    held = DesignationFactory(approved=True)
    gone = DesignationFactory(revoked=True)

    with pytest.raises(TransitionRefused, match="masih berlaku"):
        void(held.certificate.entry, held.decided_by)
    voiding = void(gone.certificate.entry, gone.decided_by)

    assert voiding.entry == gone.certificate.entry


def test_voiding_twice_is_voiding_once(office, staff) -> None:
    entry = RegisterEntryFactory(office=office, by_hand=True)

    first, again = void(entry, staff), void(entry, staff)
    with pytest.raises(TransitionRefused, match=staff.name):
        void(entry, UserFactory())

    assert first == again
    assert Void.objects.count() == 1


def test_staff_void_a_number_on_its_page(browser, office) -> None:
    letter = LetterFactory(office=office, ready=True)
    address = f"/register/{letter.entry.pk}/batalkan/"

    empty = browser.post(address, {"reason": ""})
    done = browser.post(address, {"reason": "Salah alamat."}, follow=True).content.decode()

    assert "Isi alasan" in empty.content.decode()
    assert "Batal</" in done
    assert "Salah alamat." in done
    page = browser.get(letter.get_absolute_url()).content.decode()
    assert "Nomor surat ini dibatalkan" in page
    assert "Unduh untuk arsip kantor" in page


# --- Written by hand ---------------------------------------------------------------------------


def test_a_number_from_elsewhere_is_noted_without_a_serial(browser, office, staff) -> None:
    today = office.today()

    done = browser.post(f"{PAGE}tulis/", {**LETTER, "dated": today.isoformat()}, follow=True)

    entry = RegisterEntry.objects.get()
    assert (entry.serial, entry.written_by, entry.year) == (None, staff, today.year)
    assert "Undangan rapat" in done.content.decode()
    assert Entry.objects.about(entry).get().verb == "number.written"


def test_a_number_that_stands_there_already_is_refused_at_its_field(browser, office) -> None:
    data = {**LETTER, "dated": office.today().isoformat()}
    browser.post(f"{PAGE}tulis/", data)

    again = browser.post(f"{PAGE}tulis/", {**data, "number": f" {LETTER['number']}  "})

    assert "sudah ada dalam register" in again.context["form"].errors["number"][0]
    assert RegisterEntry.objects.count() == 1


@pytest.mark.parametrize("day", ["1999-12-31", "2999-01-01", ""])
def test_a_day_that_cannot_be_is_refused(browser, office, day) -> None:
    answer = browser.post(f"{PAGE}tulis/", {**LETTER, "dated": day})

    assert "dated" in answer.context["form"].errors


def test_the_portal_never_gives_a_number_that_was_written_by_hand(office, staff) -> None:
    NumberTemplateFactory(office=office, kind=NOTE.key, pattern="N-{nomor}")
    RegisterEntryFactory(office=office, by_hand=True, number="N-1", dated=office.today())

    letter = certificates.actions.order_letter(note(office), by=staff)

    assert letter.number == "N-2"


# --- The page ----------------------------------------------------------------------------------


def test_the_register_shows_its_kind_and_year_only(browser, office) -> None:
    certificate = CertificateFactory(office=office)
    RegisterEntryFactory(office=office, by_hand=True, subject="Surat pengantar")

    page = browser.get(PAGE, {"tahun": certificate.entry.year}).content.decode()
    other = browser.get(PAGE, {"jenis": "other", "tahun": "2026"}).content.decode()

    assert bernomor(certificate.entry.number) in page
    assert "Surat pengantar" not in page
    assert "Surat pengantar" in other
    assert "Ditulis tangan" in other


def test_the_register_is_searched_by_number_and_by_what_it_stands_on(browser, office) -> None:
    for subject in ("Undangan rapat", "Nota dinas"):
        RegisterEntryFactory(office=office, by_hand=True, subject=subject)

    found = browser.get(PAGE, {"jenis": "other", "tahun": "2026", "q": "undangan"})

    assert [entry.subject for entry in found.context["page"].object_list] == ["Undangan rapat"]


def test_printed_the_register_runs_from_the_first_number_on(browser, office) -> None:
    for _ in range(3):
        RegisterEntryFactory(office=office)

    shown = browser.get(PAGE, {"tahun": "2026"}).context["page"].object_list
    printed = browser.get(PAGE, {"tahun": "2026", "cetak": "1"}).context["page"].object_list

    assert [entry.serial for entry in shown] == [3, 2, 1]
    assert [entry.serial for entry in printed] == [1, 2, 3]


@pytest.mark.parametrize(
    "query", [{"jenis": "x"}, {"tahun": "abcd"}, {"tahun": "99999"}, {"q": "\0"}]
)
def test_an_odd_address_shows_a_register(browser, query) -> None:
    assert browser.get(PAGE, query).status_code == 200


def test_the_own_register_is_that_of_the_current_office(browser) -> None:
    assert browser.get("/register/")["Location"] == PAGE


def test_observers_read_and_write_nothing(sign_in, office) -> None:
    entry = RegisterEntryFactory(office=office, by_hand=True)
    browser = sign_in(UserFactory(observer_of=office.parent))

    page = browser.get(PAGE, {"jenis": "other", "tahun": "2026"}).content.decode()

    assert bernomor(entry.number) in page
    assert "Batalkan" not in page
    assert "Tulis nomor" not in page


def test_the_next_number_after_a_refused_one_leaves_no_gap(office, staff) -> None:
    NumberTemplateFactory(office=office, kind=NOTE.key, pattern="N-{nomor}")
    with pytest.raises(TransitionRefused):
        certificates.actions.order_letter(note(office, place="村"), by=staff)

    assert register.take_number(office, NOTE.key, office.today(), by=UserFactory()).serial == 1
