"""The list on paper: printed, photographed, and brought in from a table after a look."""

from __future__ import annotations

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from certificates import storage, tasks
from certificates.models import Letter
from events import actions
from events.actions import Person
from events.models import AttendancePage, Event, Source
from tests.factories import EventFactory, UserFactory, checked_pdf, small_pdf
from tests.served import served
from tests.spreadsheets import text, upload, xlsx

pytestmark = pytest.mark.django_db

HEADERS = ["No", "Nama", "Instansi/Desa", "Jabatan", "No. HP (opsional)", "L/P", "Tanda tangan"]
ROWS = [
    ["DAFTAR HADIR"],
    HEADERS,
    [1, "Siti Aminah", "Desa Pakuncen", "Kader", 81200000001, "P", ""],
    [2, "Slamet", "Desa Tieng", "", "", "Laki-laki", ""],
    [3, "SLAMET", "desa tieng", "Kades", "", "", ""],
    [4, "Budi", "", "", "", "L", ""],
    [5, "Wati", "Desa Tieng", "", "", "X", ""],
    [6, "", "", "", "", "", ""],
]


@pytest.fixture
def event(office) -> Event:
    return EventFactory(office=office)


@pytest.fixture
def importing(client, staff, event) -> str:
    client.force_login(staff)
    return reverse("events:attendance_import", args=[event.pk])


def test_the_sheet_names_who_is_known_and_leaves_room(client, staff, event) -> None:
    person = Person("Siti Aminah", "Desa Pakuncen", "Kader", "0812 0000 0001", "P")
    actions.attend(event, [person], source=Source.OFFICER, by=staff)
    client.force_login(staff)

    address = reverse("events:attendance_sheet", args=[event.pk])
    assert "Siti Aminah" in client.get(address).content.decode()

    client.post(address, {"sheet": "sign", "blank": "3"})

    letter = Letter.objects.get()
    tasks.draw_letter(letter.pk)
    letter.refresh_from_db()
    with pypdfium2.PdfDocument(storage.read(letter.file, letter.sha256)) as document:
        words = "".join(document[0].get_textpage().get_text_range().split())
    for header in HEADERS:
        assert header.replace(" ", "") in words
    assert "SitiAminah" in words
    assert "0812" not in words  # it goes from hand to hand


def test_a_photographed_sheet_is_kept_and_read_by_its_office(client, staff, office, event) -> None:
    client.force_login(staff)
    address = reverse("events:attendance_pages", args=[event.pk])

    for _ in range(2):
        client.post(address, {"file": SimpleUploadedFile("lembar 1.pdf", small_pdf())})

    page = AttendancePage.objects.get()
    assert "lembar 1.pdf" in client.get(address).content.decode()
    kept = reverse("events:attendance_page", args=[page.key])
    assert served(client, kept).content == small_pdf()
    observer = Client()
    observer.force_login(UserFactory(observer_of=office.parent))
    assert served(observer, kept).status == 200
    assert observer.post(address).status_code == 403


def test_what_is_no_picture_is_refused(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:attendance_pages", args=[event.pk])

    answer = client.post(address, {"file": SimpleUploadedFile("lembar.jpg", b"<html>")})

    assert "tidak sesuai dengan namanya" in answer.content.decode()
    assert not AttendancePage.objects.exists()


def test_a_sheet_is_taken_off_with_its_bytes(
    client, staff, event, django_capture_on_commit_callbacks
) -> None:
    page = actions.keep_page(event, checked_pdf(), by=staff)
    client.force_login(staff)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("events:attendance_page_drop", args=[page.key]))

    assert not AttendancePage.objects.exists()
    assert not default_storage.exists(page.file.name)
    actions.drop_page(page, by=staff)


def test_a_sheet_stays_once_the_event_is_settled(event, staff) -> None:
    actions.keep_page(event, checked_pdf(), by=staff)
    actions.cancel(event, reason="Batal.", by=staff)

    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        AttendancePage.objects.all().delete()


@pytest.mark.parametrize("name", ["hadir.xlsx", "hadir.csv"])
def test_a_table_is_shown_before_anything_is_stored(client, event, importing, name) -> None:
    content = xlsx(ROWS) if name.endswith("xlsx") else text(ROWS).encode()

    page = client.post(importing, {"file": upload(content, name)})

    said = page.content.decode()
    assert "2 orang baru, 1 sudah ada, 2 baris tidak dapat dimasukkan" in said
    assert "Budi: Instansi atau desa belum diisi." in said
    assert "Wati: Kolom L/P hanya berisi L atau P." in said
    assert not event.attendees.exists()

    client.post(importing, {"isi": page.context["sealed"]})
    client.post(importing, {"isi": page.context["sealed"]})

    people = event.attendees.order_by("name_key")
    told = [(it.name, it.title, it.phone, it.sex, it.source) for it in people]
    assert told == [
        ("Siti Aminah", "Kader", "081200000001", "P", "import"),
        ("Slamet", "Kades", "", "L", "import"),
    ]
    [entry] = Entry.objects.about(event).filter(verb="event.attendees_imported")
    assert entry.note == f"{name}: 2 orang"


def test_what_was_shown_cannot_be_altered_or_taken_elsewhere(client, event, importing) -> None:
    sealed = client.post(importing, {"file": upload(xlsx(ROWS))}).context["sealed"]
    other = EventFactory(office=event.office)
    stranger = Client()
    stranger.force_login(UserFactory(staff_of=event.office))

    client.post(importing, {"isi": sealed[:-1] + ("A" if sealed[-1] != "A" else "B")})
    client.post(reverse("events:attendance_import", args=[other.pk]), {"isi": sealed})
    answer = stranger.post(importing, {"isi": sealed}, follow=True)

    assert "sudah tidak berlaku" in answer.content.decode()
    assert not event.attendees.exists()
    assert not other.attendees.exists()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (xlsx([["Desa", "Umur"], ["Tieng", 3]]), "a.xlsx", "Kolom “Nama” tidak ditemukan"),
        (xlsx([["Nama", "Instansi"]]), "a.xlsx", "tidak berisi satu nama pun"),
        (xlsx([["Nama", "Desa"], *([["A", "B"]] * 2_001)]), "a.xlsx", "Paling banyak 2.000 baris"),
        (b"PK\x03\x04broken", "a.xlsx", "bukan tabel XLSX"),
        (b"Nama;Desa", "a.xlsm", "memuat makro"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(client, importing, content, name, said) -> None:
    page = client.post(importing, {"file": upload(content, name)}).content.decode()

    assert said in page


def test_a_formula_is_a_name_and_markup_is_refused(client, event, importing) -> None:
    rows = [["Nama", "Desa"], ["'=1+1", "Desa A"], ["<b>Siti</b>", "Desa A"]]

    page = client.post(importing, {"file": upload(text(rows).encode(), "a.csv")}).content.decode()

    assert "1 orang baru, 0 sudah ada, 1 baris tidak dapat" in page
    assert "<b>Siti" not in page


def test_a_row_whose_name_is_too_long_to_compare_is_refused(client, event, importing) -> None:
    rows = [["Nama", "Desa"], ["\N{SQUARE RAD OVER S SQUARED}" * 120, "Desa A"], ["Siti", "Desa A"]]

    page = client.post(importing, {"file": upload(text(rows).encode(), "a.csv")}).content.decode()

    assert "1 orang baru, 0 sudah ada, 1 baris tidak dapat" in page
    assert "Terlalu panjang: tanda khusus" in page


def test_a_row_with_a_sign_that_no_paper_prints_is_refused(client, event, importing) -> None:
    rows = [["Nama", "Desa", "Jabatan"], ["Budi", "Desa A", "Ketua ☃"], ["Siti", "Desa A", ""]]

    page = client.post(importing, {"file": upload(text(rows).encode(), "a.csv")}).content.decode()

    assert "1 orang baru, 0 sudah ada, 1 baris tidak dapat" in page
    assert "Tanda ☃ tidak dapat dicetak" in page


def test_a_thousand_rows_are_shown_before_any_is_kept(client, event, importing) -> None:
    rows = [HEADERS, *([n, f"Peserta {n}", f"Desa {n % 40}", "Warga", f"0812{n:07}", "L", ""]
                       for n in range(1_000))]  # fmt: skip
    table = upload(xlsx(rows))

    page = client.post(importing, {"file": table})

    assert "1.000 orang baru" in page.content.decode()
    assert not event.attendees.exists()
    client.post(importing, {"isi": page.context["sealed"]})
    assert event.attendees.count() == 1_000
