"""The report of an event: proposed from its data, mended, filed once, taken back when void."""

from __future__ import annotations

import uuid
from datetime import date, time, timedelta
from typing import Any

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import certificates.actions
from accounts.models import User
from audit.models import Entry
from certificates import storage, tasks
from certificates.models import Letter
from desabinaan.workflow import TransitionRefused
from events import actions
from events.models import Event, EventLetter, Phase, ReportWords, Source
from events.models.report import SECTIONS
from events.report import REPORT, ReportPrints
from events.story import Story
from tests.events.held import by_the_head, held_event
from tests.factories import (
    EventFactory,
    UserFactory,
    checked_photo,
)
from tests.looks import confirmed, read_of
from tests.races import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(office, staff) -> Event:
    return held_event(staff, office)


def written(client: Client, event: Event, **changes: Any) -> dict[str, Any]:
    """The form of the words as it is offered."""
    form = client.get(reverse("events:report", args=[event.pk])).context["form"]
    return {name: form[name].value() for name in (*SECTIONS, "proposed")} | changes


def signed(client: Client, event: Event) -> dict[str, Any]:
    form = client.get(reverse("events:report_file", args=[event.pk])).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in typed.items()}


def filed(client: Client, event: Event) -> Letter:
    address = reverse("events:report_file", args=[event.pk])
    answer = client.post(address, confirmed(client, address, signed(client, event)))
    assert answer.status_code == 302
    return EventLetter.objects.get(
        event=event, letter__kind=REPORT.key, letter__entry__void=None
    ).letter


def test_the_words_are_proposed_from_what_is_known(client, staff, event) -> None:
    client.force_login(staff)
    words = written(client, event)

    assert "Selasa, 25 Juni 2024, pukul 09.00–12.00 WIB" in words["general"]
    assert "Ampel di Kecamatan" in words["scope"]
    assert "Ratna Wulandari, Kepala Subbagian Tata Usaha" in words["activities"]
    assert "atas nama Kepala Kantor" in words["activities"]
    assert "“Paspor pekerja”" in words["activities"]
    assert "dibahas 1 pertanyaan" in words["activities"]
    assert "2 peserta (1 laki-laki, 1 perempuan) dari 2 instansi dan desa" in words["results"]


def test_it_is_written_mended_and_filed_and_the_event_is_settled(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:report", args=[event.pk])
    words = written(client, event, suggestions="Perluas ke kecamatan lain.\n\n  Ulangi. ")
    client.post(address, {**words, "lanjut": "1"})
    letter = filed(client, event)

    event.refresh_from_db()
    assert ReportWords.objects.get().suggestions == "Perluas ke kecamatan lain.\nUlangi."
    assert (event.status, event.report_id) == ("reported", letter.pk)
    assert letter.number.endswith("/LAP/" + str(event.office.today().year))
    assert letter.facts["suggestions"] == ["Perluas ke kecamatan lain.", "Ulangi."]
    assert letter.facts["signer"]["name"] == "Hendarto Wirasena"
    assert "on_behalf" not in letter.facts["signer"]
    last = Entry.objects.about(event).first()
    assert (last.verb, last.by) == ("event.reported", staff)
    with pytest.raises(TransitionRefused, match="dilaporkan oleh"):
        actions.write_minutes(event, facts={"text": "x", "taken_by": ""}, by=staff)


def looked_at(client: Client, event: Event) -> Any:
    return client.post(reverse("events:report_file", args=[event.pk]), signed(client, event))


def one_more_comes(event: Event) -> None:
    person = actions.Person("Joko Tri", "Desa Burat")
    actions.attend(event, [person], source=Source.PAPER, by=event.created_by)


@pytest.mark.parametrize("comes", ["before it is saved", "after"])
def test_what_was_left_as_proposed_tells_no_old_figures(client, staff, event, comes: str) -> None:
    client.force_login(staff)
    words = written(client, event, suggestions="Perluas.")

    if comes != "after":
        one_more_comes(event)
    client.post(reverse("events:report", args=[event.pk]), words)
    if comes == "after":
        one_more_comes(event)
    look = looked_at(client, event)

    assert "2 peserta" in words["results"]
    [told] = [it for it in look.context["facts"]["results"] if "peserta" in it]
    assert "3 peserta" in told
    assert look.context["facts"]["suggestions"] == ["Perluas."]
    assert "sebelum data kegiatan berubah" not in look.content.decode()
    assert "3 peserta" in written(client, event)["results"]


def test_who_wrote_otherwise_hears_that_the_data_changed_since(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:report", args=[event.pk])
    client.post(address, written(client, event, results="Dihadiri 2 peserta, semuanya paham."))
    said = "Bagian hasil yang dicapai ditulis sebelum data kegiatan berubah"

    assert said not in looked_at(client, event).content.decode()
    one_more_comes(event)
    look = looked_at(client, event).content.decode()
    page = client.get(address).content.decode()

    assert said in look
    assert f'href="{address}">Sesuaikan isi laporan</a>' in look
    assert "sesudah bagian ini ditulis: hasil yang dicapai." in page
    mended = written(client, event, results="Dihadiri 3 peserta, semuanya paham.")
    client.post(address, mended)
    look = looked_at(client, event)
    assert said not in look.content.decode()
    assert look.context["facts"]["results"] == ["Dihadiri 3 peserta, semuanya paham."]


def test_who_may_be_a_guest_is_said_before_the_list_is_closed(client, staff, event) -> None:
    facts = {"title": "Kepala Dinas Tenaga Kerja", "institution": "Disnaker", "kind": "manpower"}
    facts |= {"region": None, "person": "Yuli Setyaningrum"}
    guest = actions.invite(event, facts=facts, by=staff)
    came = actions.Person("Yuli Setyaningrum", "Disnaker", "Kadis")
    [person] = actions.attend(event, [came], source=Source.SELF, by=None).new
    client.force_login(staff)
    said = "1 undangan mungkin sudah tercatat hadir"

    assert said in looked_at(client, event).content.decode()
    actions.identify(person, guest, by=staff)
    assert "mungkin sudah tercatat" not in looked_at(client, event).content.decode()


def test_a_new_proposal_replaces_nothing_that_is_not_outdated(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:report", args=[event.pk])
    own = {"results": "Dihadiri 2 peserta, paham.", "suggestions": "Perluas."}
    client.post(address, written(client, event, **own))
    one_more_comes(event)

    page = client.get(address, {"usulan": "1"})

    form = page.context["form"]
    assert "3 peserta" in form["results"].value()
    assert form["suggestions"].value() == "Perluas."
    assert "Usulan baru dari data pada: hasil yang dicapai." in page.content.decode()


def test_saved_for_another_section_it_is_still_said_what_is_old(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:report", args=[event.pk])
    client.post(address, written(client, event, results="Dihadiri 2 peserta, paham."))
    one_more_comes(event)

    client.post(address, written(client, event, closing="Sekian."))

    assert "hasil yang dicapai ditulis sebelum" in looked_at(client, event).content.decode()
    same = Entry.objects.about(event).filter(verb="event.report_written").count()
    client.post(address, written(client, event))
    assert Entry.objects.about(event).filter(verb="event.report_written").count() == same


def test_an_item_on_a_day_that_was_taken_off_is_told_before_it_is_printed(
    client, staff, event
) -> None:
    item = {"title": "Paparan", "minutes": 60, "led_by": ""}
    actions.write_item(event, facts=item, by=staff)
    actions.write_item(event, facts={**item, "opens_day_at": time(8)}, by=staff)
    client.force_login(staff)
    said = "1 acara jatuh sesudah hari terakhir kegiatan: sesuaikan susunan acaranya."

    assert said in looked_at(client, event).content.decode()
    actions.drop_item(event.agenda.last(), by=staff)
    assert "sesudah hari terakhir" not in looked_at(client, event).content.decode()


@pytest.mark.parametrize("sent", ["[]", '{"results": 3, "nothing": "x"}', "{", ""])
def test_what_is_no_proposal_is_nobody_s(client, staff, event, sent: str) -> None:
    client.force_login(staff)
    client.post(reverse("events:report", args=[event.pk]), written(client, event, proposed=sent))

    words = ReportWords.objects.filter(event=event).first()
    assert words is None or words.proposed == {}
    one_more_comes(event)
    assert "sebelum data" not in looked_at(client, event).content.decode()


def test_the_report_is_drawn_with_its_sections_tables_and_photos(client, staff, event) -> None:
    shown = {"is_consented": True, "by": staff}
    [photo] = actions.add_photos(event, [checked_photo("red")], **shown)
    actions.describe_photo(photo, facts={"caption": "Foto bersama"}, by=staff)
    actions.add_photos(event, [checked_photo("blue")], is_consented=False, by=staff)
    client.force_login(staff)
    look = client.post(reverse("events:report_file", args=[event.pk]), signed(client, event))
    assert "1 foto tidak dimuat" in look.content.decode()

    letter = filed(client, event)
    tasks.draw_letter(letter.pk)
    letter.refresh_from_db()

    with pypdfium2.PdfDocument(storage.read(letter.file, letter.sha256)) as document:
        words = " ".join(page.get_textpage().get_text_range() for page in document)
        images = [it for page in document for it in page.get_objects([3])]
    for part in (
        "A. Pendahuluan",
        "B. Kegiatan yang dilaksanakan",
        "C. Hasil yang dicapai",
        "D. Simpulan dan saran",
        "E. Penutup",
        "BP3MI",
        "Kirim bahan paparan",
        "DOKUMENTASI",
        "Foto bersama",
        "Kepala Desa Ampel",
    ):
        assert part in words
    assert len(images) == 1
    assert "Siti Aminah" not in words  # institutions are told, not who came


def test_the_gain_in_knowledge_is_told(event, staff) -> None:
    actions.take_ready_questions(event, by=staff)
    check = event.knowledge_checks.live().get()
    questions = list(check.questions.all())
    for phase, known in ((Phase.BEFORE, 0), (Phase.AFTER, len(questions))):
        actions.open_phase(event, phase, by=staff)
        answers = {it.pk: it.right if place < known else 0 for place, it in enumerate(questions)}
        for _ in range(3):
            actions.answer(check, phase, answers, sheet_id=uuid.uuid4())
        actions.close_phase(event, by=staff)

    prints = ReportPrints(Story.of(event), by_the_head(event))

    assert prints.facts["knowledge"][0][2:] == ["0%", "100%"]
    told = "0 persen sebelum kegiatan (3 lembar) dan 100 persen sesudah kegiatan (3 lembar)"
    assert f"{told}, selisih 100 poin persentase" in " ".join(prints.facts["results"])


def test_while_people_answer_the_check_nothing_is_filed(client, staff, event) -> None:
    actions.take_ready_questions(event, by=staff)
    actions.open_phase(event, Phase.AFTER, by=staff)
    client.force_login(staff)
    address = reverse("events:report_file", args=[event.pk])
    look = client.post(address, signed(client, event)).content.decode()

    answer = client.post(address, confirmed(client, address, signed(client, event)))

    assert "Cek pengetahuan masih dibuka" in look
    assert "Cek pengetahuan masih dibuka" in answer.content.decode()
    event.refresh_from_db()
    assert event.status == "finished"
    actions.close_phase(event, by=staff)
    filed(client, event)


def test_what_was_done_already_stays_within_the_page(event, staff) -> None:
    due = date(2024, 9, 27)  # the longest month
    facts = {"what": "Undang perangkat desa", "owner_id": staff.pk, "due_on": due}
    actions.close_follow_up(actions.write_follow_up(event, facts=facts, by=staff), by=staff)
    letter = actions.file_report(event, by_the_head(event), by=staff)

    tasks.draw_letter(letter.pk)

    letter.refresh_from_db()
    with pypdfium2.PdfDocument(storage.read(letter.file, letter.sha256)) as document:
        ends = [end for page in document for end in right_ends(page, "(selesai)")]
    assert len(ends) == 1
    assert ends[0] <= (210 - 20) * 72 / 25.4  # the margin, in points


def right_ends(page: pypdfium2.PdfPage, words: str) -> list[float]:
    """Where on the page these words end, each time that they stand there."""
    text = page.get_textpage()
    search, found = text.search(words), []
    while place := search.get_next():
        found.append(text.get_charbox(place[0] + place[1] - 1)[2])
    return found


def test_what_changed_since_it_was_read_is_not_filed(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:report_file", args=[event.pk])
    typed = signed(client, event)
    read = read_of(client.post(address, typed))
    actions.attend(
        event, [actions.Person(name="Wati", institution="BPJS")], source=Source.OFFICER, by=staff
    )

    answer = client.post(address, {**typed, **read, "confirmed": "1"})

    assert "kehadiran" in answer.content.decode()
    assert not EventLetter.objects.exists()


def test_pressed_twice_it_is_filed_once(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:report_file", args=[event.pk])
    sent = confirmed(client, address, signed(client, event))

    client.post(address, sent)
    client.post(address, sent)

    assert EventLetter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_file_it_at_once_and_one_does(office, staff, event) -> None:
    other = UserFactory(staff_of=office)
    signing = by_the_head(event)

    def file(by: User) -> object:
        try:
            return actions.file_report(event, signing, by=by)
        except TransitionRefused as refusal:
            return refusal.message

    results = together(lambda: file(staff), lambda: file(other))

    assert sum(isinstance(it, Letter) for it in results) == 1, results
    assert sum("dilaporkan oleh" in str(it) for it in results) == 1
    assert EventLetter.objects.count() == 1


def test_a_report_whose_number_is_void_is_taken_back_and_written_anew(client, staff, event) -> None:
    client.force_login(staff)
    first = filed(client, event)
    back = reverse("events:report_take_back", args=[event.pk])

    refused = client.post(back, follow=True).content.decode()
    assert "masih berlaku" in refused
    certificates.actions.void_number(first.entry, reason="Salah tanggal", by=event.created_by)
    assert "Tarik laporan" in client.get(event.get_absolute_url()).content.decode()
    assert "Laporan belum dibuat" in client.get("/").content.decode()
    client.post(back)

    event.refresh_from_db()
    assert (event.status, event.report) == ("finished", None)
    second = filed(client, event)
    assert second != first
    assert EventLetter.objects.filter(event=event).count() == 2


def test_the_database_keeps_what_was_reported(event, staff) -> None:
    letter = actions.file_report(event, by_the_head(event), by=staff)
    event.refresh_from_db()
    rows = Event.objects.filter(pk=event.pk)
    other = EventFactory(office=event.office)
    for wrong in (
        lambda: rows.update(title="Lain"),
        lambda: rows.update(status="finished", report=None),
        lambda: Event.objects.filter(pk=other.pk).update(report=letter.pk),
        lambda: Event.objects.filter(pk=other.pk).update(status="reported"),
        lambda: EventLetter.objects.filter(pk=letter.pk).update(event=other),
        lambda: EventLetter.objects.filter(pk=letter.pk).delete(),
        lambda: ReportWords.objects.create(event=event, **dict.fromkeys(SECTIONS, "x")),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_nothing_is_reported_before_it_was_held(client, staff, office) -> None:
    coming = EventFactory(office=office, starts_at=timezone.now() + timedelta(days=3))
    client.force_login(staff)

    for name in ("report", "report_file", "proceedings", "press_release"):
        assert client.get(reverse(f"events:{name}", args=[coming.pk])).status_code == 302
    with pytest.raises(TransitionRefused, match="belum dilaksanakan"):
        actions.write_report(coming, facts=dict.fromkeys(SECTIONS, "x"), by=staff)
