"""Papers of what was held besides its report: official record, attendance, press release."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from certificates import storage, tasks
from certificates.models import Letter
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from events import actions, release
from events.attendance_prints import Expected, as_it_is, expected, to_sign
from events.models import Event, Source
from events.participation import event_facts as certificate_says
from events.proceedings import ProceedingsPrints, proposed_points, spelled_day
from events.report_words import proposed
from events.sharing import when_and_where
from events.story import Story
from tests.events.held import HELD, by_the_head, held_event
from tests.factories import EventFactory, OfficeFactory, RegionFactory, checked_pdf
from tests.looks import confirmed

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(office, staff) -> Event:
    return held_event(staff, office)


def printed(letter: Letter) -> list[str]:
    """The words of each of its pages."""
    tasks.draw_letter(letter.pk)
    letter.refresh_from_db()
    with pypdfium2.PdfDocument(storage.read(letter.file, letter.sha256)) as document:
        return [page.get_textpage().get_text_range() for page in document]


def offered(client: Client, address: str) -> dict[str, Any]:
    form = client.get(address).context["form"]
    told = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in told.items()}


def test_a_record_is_proposed_looked_at_and_signed_by_several(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:proceedings", args=[event.pk])
    typed = offered(client, address)
    assert "Ratna Wulandari, Kepala Subbagian Tata Usaha" in typed["points"]
    assert "kirim bahan paparan" in typed["points"]

    typed["witnesses"] = "Joko Susilo; Kepala Desa Ampel\n\nSulastri; Camat Wuluhan"
    sent = confirmed(client, address, typed)
    client.post(address, sent)
    client.post(address, sent)  # a second click

    letter = Letter.objects.get(kind="proceedings")
    assert letter.facts["witnesses"] == [
        {"name": "Joko Susilo", "title": "Kepala Desa Ampel"},
        {"name": "Sulastri", "title": "Camat Wuluhan"},
    ]
    [page] = printed(letter)
    words = " ".join(page.split())
    assert "tanggal dua puluh lima bulan Juni tahun dua ribu dua puluh empat" in words
    assert "Turut menandatangani" in words
    assert Entry.objects.about(event).filter(verb="event.proceedings_ordered").count() == 1


def test_a_witness_without_a_title_is_asked_for_it(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:proceedings", args=[event.pk])

    page = client.post(address, {**offered(client, address), "witnesses": "Joko Susilo"})

    assert "“Joko Susilo” belum terbaca. Pisahkan nama" in page.content.decode()


def test_the_list_is_printed_to_be_signed_with_the_invited_and_free_rows(
    client, staff, event
) -> None:
    guest = {"kind": "district", "institution": "Wuluhan", "title": "Camat Wuluhan"}
    actions.invite(event, facts={**guest, "person": ""}, by=staff)
    actions.invite(event, facts={**guest, "title": "Kader", "person": "SITI AMINAH"}, by=staff)
    client.force_login(staff)

    answer = client.post(
        reverse("events:attendance_sheet", args=[event.pk]), {"sheet": "sign", "blank": "30"}
    )

    letter = Letter.objects.get(kind="attendance")
    assert answer["Location"] == letter.get_absolute_url()
    assert letter.entry is None
    assert [it["name"] for it in letter.facts["people"]] == ["Bambang", "Siti Aminah", ""]
    assert letter.facts["people"][2]["title"] == "Camat Wuluhan"
    assert letter.facts["blank"][-1] == 33
    assert "Tanda tangan" in printed(letter)[0]


def test_the_list_is_printed_as_it_is_once_while_it_stays_the_same(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:attendance_sheet", args=[event.pk])

    client.post(address, {"sheet": "filled"})
    client.post(address, {"sheet": "filled"})
    [letter] = Letter.objects.filter(kind="attendance")
    assert "Jumlah 2 orang: 1 laki-laki, 1 perempuan." in " ".join(
        " ".join(printed(letter)).split()
    )

    person = actions.Person(name="Wati", institution="BPJS")
    actions.attend(event, [person], source=Source.OFFICER, by=staff)
    client.post(address, {"sheet": "filled"})
    assert Letter.objects.filter(kind="attendance").count() == 2


def test_of_what_was_called_off_no_list_is_made(office, staff) -> None:
    event = EventFactory(office=office, went="cancelled")

    with pytest.raises(TransitionRefused, match="tidak dibuat: kegiatan ini dibatalkan"):
        actions.order_attendance(event, to_sign(event, 20), by=staff)

    assert not Letter.objects.exists()


def test_a_list_of_five_hundred_is_drawn_whole(client, staff, event) -> None:
    people = [actions.Person(f"Peserta {n}", f"Desa Tetangga {n % 40}") for n in range(500)]
    actions.attend(event, people, source=Source.OFFICER, by=staff)
    client.force_login(staff)
    client.post(reverse("events:attendance_sheet", args=[event.pk]), {"sheet": "filled"})

    words = " ".join(printed(Letter.objects.get(kind="attendance")))

    assert "Peserta 0" in words
    assert "Peserta 499" in words


def test_a_release_names_nothing_but_what_the_event_says(event) -> None:
    other = OfficeFactory(name="Kantor Imigrasi Lain")
    EventFactory(office=other, title="Kegiatan lain")

    text = release.text_of(Story.of(event))

    assert text.startswith("SOSIALISASI KECAMATAN WULUHAN")
    assert f"{event.office.name} melaksanakan" in text
    assert "hari Selasa, 25 Juni 2024, pukul 09.00–12.00 WIB" in text
    assert "Desa Ampel" in text
    assert "[Kutipan Kepala Subbagian Tata Usaha" in text
    assert "Siti Aminah" not in text
    assert "Lain" not in text
    assert text.count(event.office.name) >= 2


def test_the_papers_tell_who_handed_what_to_whom(event, staff) -> None:
    facts = {"institution": "Kantor Imigrasi Batulicin", "on_behalf_of": "", "topic": ""}
    giver = {**facts, "contribution": "presenter", "name": "Ratna", "title": "Kepala Seksi"}
    taker = {**facts, "contribution": "receiver", "name": "Joko Susilo", "title": "Kepala Desa"}
    actions.write_contributor(event, facts=giver, by=staff)
    actions.write_contributor(event, facts={**taker, "institution": "Desa Ampel"}, by=staff)
    said = (
        "Dokumen diserahkan oleh Ratna, Kepala Seksi, Kantor Imigrasi Batulicin, kepada "
        "Joko Susilo, Kepala Desa Ampel."
    )

    story = Story.of(event)

    assert said in release.text_of(story)
    assert said in proposed_points(story)
    assert said in proposed(story)["activities"]


def test_a_release_says_nothing_that_reads_unfinished(event, staff) -> None:
    actions.attend(event, [actions.Person("Wati", "BPJS")], source=Source.OFFICER, by=staff)
    facts = {"due_on": event.office.today() + timedelta(days=3), "owner_id": staff.pk}
    for what in ("Menyusun jadwal.", "BP3MI mengirim bahan"):
        actions.write_follow_up(event, facts={**facts, "what": what}, by=staff)

    text = release.text_of(Story.of(event))

    assert "3 peserta dari 3 instansi dan desa" in text
    assert "tidak dicatat" not in text
    assert "menyusun jadwal, dan BP3MI mengirim bahan." in text


def test_a_release_names_the_institutions_while_they_are_few(event, staff) -> None:
    few = release.text_of(Story.of(event))
    people = [actions.Person(f"Peserta {n}", f"Instansi {n}") for n in range(12)]
    actions.attend(event, people, source=Source.OFFICER, by=staff)

    many = release.text_of(Story.of(event))

    assert "Mereka datang dari" in few
    assert "lainnya" not in few
    assert "Di antaranya dari" in many
    assert "dan 2 lainnya" in many


def test_a_release_names_first_who_is_not_of_its_villages(event, staff) -> None:
    more = [actions.Person(f"Warga {sign}", "Desa Ampel") for sign in "ABC"]
    actions.attend(event, more, source=Source.OFFICER, by=staff)

    assert "Mereka datang dari BP3MI dan Desa Ampel." in release.text_of(Story.of(event))


def test_a_release_is_copied_from_its_page(client, staff, event) -> None:
    client.force_login(staff)
    page = client.get(reverse("events:press_release", args=[event.pk]))
    assert release.text_of(Story.of(event)).splitlines()[0] in page.content.decode()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (17, "tujuh belas"),
        (20, "dua puluh"),
        (31, "tiga puluh satu"),
        (100, "seratus"),
        (119, "seratus sembilan belas"),
        (1000, "seribu"),
        (2024, "dua ribu dua puluh empat"),
        (12_345, "dua belas ribu tiga ratus empat puluh lima"),
    ],
)
def test_a_number_is_spelled_as_records_spell_it(number: int, words: str) -> None:
    assert formats.spelled(number) == words


def test_a_day_is_spelled_whole() -> None:
    assert spelled_day(HELD.date()) == (
        "Selasa, tanggal dua puluh lima bulan Juni tahun dua ribu dua puluh empat"
    )


def test_papers_say_from_which_day_until_which(event, staff) -> None:
    ends_at = event.starts_at + timedelta(days=1, hours=6)
    Event.objects.filter(pk=event.pk).update(ends_at=ends_at)
    story = Story.of(event)
    days = "Selasa–Rabu, 25–26 Juni 2024"
    hours = "09.00 WIB (hari pertama) sampai 15.00 WIB (hari terakhir)"

    record = ProceedingsPrints(story, by_the_head(event)).facts
    when = when_and_where(story.event).splitlines()

    assert (record["event"]["day"], record["event"]["time"]) == (days, hours)
    assert record["spelled"].startswith("Selasa, tanggal dua puluh lima bulan Juni")
    assert " sampai dengan Rabu, tanggal dua puluh enam bulan Juni" in record["spelled"]
    assert f"pada hari {days}, pukul {hours}" in proposed(story)["general"]
    assert when[:2] == [f"Hari/tanggal: {days}", f"Waktu: {hours}"]
    assert certificate_says(story.event)["day"] == days


def test_villages_are_counted_by_their_own_word(office, staff) -> None:
    desa = [RegionFactory(code=f"33.07.06.20{n:02}") for n in range(1, 9)]
    kelurahan = [RegionFactory(code=f"33.07.06.10{n:02}") for n in range(1, 4)]
    event = EventFactory(office=office, created_by=staff, regions=[*desa, *kelurahan])

    assert Story.of(event).where == (
        "8 desa dan 3 kelurahan di Kecamatan Selomerto, Kabupaten Wonosobo"
    )


def test_whoever_comes_instead_is_expected_by_name(event, staff) -> None:
    guest = {"kind": "district", "institution": "Wuluhan", "title": "Camat", "person": ""}
    invitee = actions.invite(event, facts=guest, by=staff)
    reply = {"reply": "represented", "represented_by": "Nur Hidayah, Sekretaris Kecamatan"}
    actions.note_reply(invitee, facts=reply, by=staff)

    assert Expected("Nur Hidayah", "Wuluhan", "Sekretaris Kecamatan") in expected(event)


def test_a_list_tells_of_signed_sheets_only_where_there_are_some(client, staff, event) -> None:
    letter = actions.order_attendance(event, as_it_is(event), by=staff)
    assert "ditandatangani" not in printed(letter)[0]

    actions.keep_page(event, checked_pdf("lembar.pdf"), by=staff)
    letter = actions.order_attendance(event, as_it_is(event), by=staff)
    assert "Lembar yang ditandatangani" in printed(letter)[0]

    client.force_login(staff)
    page = client.get(letter.get_absolute_url()).content.decode()
    assert f'href="{event.get_absolute_url()}"' in page
    assert "Daftar hadir terisi" in client.get(event.get_absolute_url()).content.decode()
