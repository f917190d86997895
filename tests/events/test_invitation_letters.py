"""The letter that invites: one to all or one to each, numbered, read before it is printed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

import certificates.actions
from audit.models import Entry
from certificates import storage, tasks
from certificates.models import Letter, RegisterEntry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.invitation_letters import INVITATION, InvitationWords, event_facts
from events.models import Event, EventLetter, InvitationLetter, Invitee
from tests.factories import (
    EventFactory,
    MembershipFactory,
    NumberTemplateFactory,
    RegionFactory,
)
from tests.looks import confirmed, read_of
from villages.papers import signer_of

pytestmark = pytest.mark.django_db

NINE = datetime(2099, 6, 25, 2, tzinfo=UTC)  # WIB
GUESTS = ("Camat Wuluhan", "Kapolsek Wuluhan", "Danramil Wuluhan", "Kepala Disnaker")


@pytest.fixture
def event(office) -> Event:
    MembershipFactory(office=office, role="head", user__name="Hendarto Wirasena")
    NumberTemplateFactory(office=office, kind=INVITATION.key, pattern="{nomor}/UND/{tahun}")
    return EventFactory(
        office=office,
        starts_at=NINE,
        title="Sosialisasi Kecamatan Wuluhan",
        venue="Aula Kecamatan Wuluhan",
        legal_basis="SE Direktur Intelijen IMI.4-GR.04.01-691\n\nPermenimipas 2 Tahun 2025",
        regions=[RegionFactory(name="Ampel")],
    )


def guests(event: Event, *titles: str) -> list[Invitee]:
    facts = {"kind": "district", "institution": "Wuluhan", "person": ""}
    return [
        actions.invite(event, facts={**facts, "title": title}, by=event.created_by)
        for title in titles
    ]


def words_of(event: Event, **changes: Any) -> InvitationWords:
    head = event.office.memberships.get(role="head")
    told = {
        "subject": "Undangan sosialisasi",
        "nature": "Biasa",
        "opening": ["Kami mengundang Bapak/Ibu pada:"],
        "closing": ["Terima kasih."],
        "contact": "",
        "copies": [],
        "with_agenda": False,
        "one_each": False,
        "dated": event.office.today(),
        "signer": signer_of(head),
        "signed_as": head,
    }
    return InvitationWords(**{**told, **changes})


def address(event: Event) -> str:
    return reverse("events:invitation", args=[event.pk])


def typed(client: Client, event: Event, **changes: Any) -> dict[str, Any]:
    """The form as it is offered, with these changes."""
    form = client.get(address(event)).context["form"]
    told = {name: form[name].value() for name in form.fields}
    told = {name: "" if value is None else value for name, value in told.items()}
    return {**told, "numbering": "next", "number": "", "dated": "", "with_agenda": "", **changes}


def printed(letter: Letter) -> list[str]:
    tasks.draw_letter(letter.pk)
    letter.refresh_from_db()
    drawn = storage.read(letter.file, letter.sha256)
    with pypdfium2.PdfDocument(drawn) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return [" ".join(page.split()) for page in pages]


def test_one_letter_invites_all_with_a_list_in_its_annex(client, staff, event) -> None:
    guests(event, *GUESTS)
    actions.write_item(event, facts={"title": "Doa", "minutes": 5, "led_by": "MC"}, by=staff)
    client.force_login(staff)
    told = typed(client, event, with_agenda="on", contact="Ratna, 0000123456")

    look = client.post(address(event), told)
    answer = client.post(address(event), {**told, **read_of(look), "confirmed": "1"})

    letter = Letter.objects.get()
    year = event.office.today().year
    assert letter.number == f"1/UND/{year}"
    assert answer["Location"] == letter.get_absolute_url()
    assert "Buat 1 surat undangan" in look.content.decode()
    first, *annexes = printed(letter)
    for said in (
        f"Nomor : 1/UND/{year}",
        "daftar undangan terlampir",
        "Dasar: SE Direktur Intelijen IMI.4-GR.04.01-691 Permenimipas 2 Tahun 2025",
        "Hari/tanggal : Kamis, 25 Juni 2099 Waktu : 09.00–12.00 WIB",
        "Tempat : Aula Kecamatan Wuluhan",
        "Narahubung : Ratna, 0000123456",
        "Hendarto Wirasena",
    ):
        assert said in first
    assert all(title in annexes[0] for title in GUESTS)
    assert "Waktu Acara Oleh 09.00–09.05 Doa MC" in annexes[1]
    noted = Entry.objects.about(event).first()
    assert noted.note == f"Nomor 1/UND/{year} untuk 4 undangan"
    assert "0000123456" not in f"{noted.note}{noted.data}"


def test_an_agenda_that_nobody_leads_has_no_column_for_it(staff, event) -> None:
    actions.write_item(event, facts={"title": "Doa", "minutes": 5, "led_by": ""}, by=staff)
    words = words_of(event, with_agenda=True)

    [letter] = actions.order_invitations(event, guests(event, *GUESTS), words, by=staff)

    assert "Waktu Acara 09.00–09.05 Doa" in printed(letter)[-1]


def test_each_gets_a_letter_with_a_number_of_its_own(client, staff, event) -> None:
    camat, police = guests(event, *GUESTS[:2])
    actions.invite_heads(event, by=staff)
    client.force_login(staff)
    told = typed(client, event, form="each")

    for _ in range(2):  # a second click
        sent = confirmed(client, address(event), told)
        answer = client.post(address(event), sent)

    letters = list(Letter.objects.order_by("pk"))
    assert answer["Location"] == reverse("events:invitees", args=[event.pk])
    assert [it.number.split("/")[0] for it in letters] == ["1", "2", "3"]
    assert letters[0].facts["addressees"] == [
        {"title": "Camat Wuluhan", "person": "", "whereabouts": "Wuluhan"}
    ]
    [head] = event.invitees.filter(kind="village")
    assert f"Yth. Kepala Desa Ampel {head.whereabouts}" in printed(letters[2])[0]
    rows = client.get(answer["Location"]).content.decode()
    assert all(it.number in rows for it in letters)
    listed = Invitee.objects.filter(pk__in=[camat.pk, police.pk]).with_letter().order_by("pk")
    assert [it.letter["pk"] for it in listed] == [letters[0].pk, letters[1].pk]


def test_who_is_new_gets_one_and_nobody_a_second(staff, event) -> None:
    here = guests(event, *GUESTS[:2])
    words = words_of(event, one_each=True)
    first = actions.order_invitations(event, here, words, by=staff)
    here += guests(event, GUESTS[2])

    again = actions.order_invitations(event, here, words, by=staff)

    assert again[:2] == first
    assert RegisterEntry.objects.filter(kind=INVITATION.key).count() == 3


def test_a_number_that_was_given_elsewhere_is_for_one_letter(client, staff, event) -> None:
    guests(event, *GUESTS[:2])
    client.force_login(staff)
    given = {"numbering": "typed", "number": "W.13-7", "dated": "2026-01-05"}

    several = client.post(address(event), typed(client, event, form="each", **given))
    told = typed(client, event, **given)
    client.post(address(event), confirmed(client, address(event), told))

    assert "form" in several.context["form"].errors
    letter = Letter.objects.get()
    assert (letter.number, letter.facts["dated"]) == ("W.13-7", "2026-01-05")
    text = " ".join(printed(letter))
    assert "Yth. Camat Wuluhan, Wuluhan Kapolsek Wuluhan, Wuluhan" in text
    assert "DAFTAR UNDANGAN" not in text


def test_without_a_pattern_nothing_is_ordered(staff, event) -> None:
    event.office.number_templates.all().delete()
    here = guests(event, *GUESTS[:2])

    for one_each in (True, False):
        with pytest.raises(TransitionRefused, match="belum memilih pola nomornya"):
            actions.order_invitations(event, here, words_of(event, one_each=one_each), by=staff)

    assert not Letter.objects.exists()


def test_what_changed_since_it_was_read_is_not_printed(client, staff, event) -> None:
    guests(event, *GUESTS[:2])
    client.force_login(staff)
    told = typed(client, event)
    sent = confirmed(client, address(event), told)

    actions.change(event, facts={"venue": "Balai Desa Ampel"}, by=staff)
    again = client.post(address(event), sent)

    assert "berubah sesudah Anda memeriksanya (waktu, tempat, atau susunan acara)" in (
        again.content.decode()
    )
    assert not Letter.objects.exists()
    client.post(address(event), {**sent, **read_of(again)})
    assert Letter.objects.get().facts["event"]["venue"] == "Balai Desa Ampel"


def test_the_list_says_which_letters_name_another_time(client, staff, event) -> None:
    here = guests(event, *GUESTS[:2])
    actions.order_invitations(event, here, words_of(event), by=staff)
    client.force_login(staff)
    listed = reverse("events:invitees", args=[event.pk])
    warning = "Waktu atau tempat berubah"

    assert warning not in client.get(listed).content.decode()
    actions.change(event, facts={"venue": "Balai Desa Ampel"}, by=staff)
    assert client.get(listed).content.decode().count(warning) == 2
    event.refresh_from_db()
    actions.order_invitations(event, here[:1], words_of(event), by=staff)
    assert client.get(listed).content.decode().count(warning) == 1


def test_whom_a_letter_invites_stays_until_its_number_is_void(staff, event) -> None:
    [camat] = guests(event, GUESTS[0])
    [letter] = actions.order_invitations(event, [camat], words_of(event), by=staff)

    with pytest.raises(TransitionRefused, match="Batalkan dahulu nomor"):
        actions.drop_invitee(camat, by=staff)
    certificates.actions.void_number(letter.entry, reason="Salah alamat.", by=staff)
    actions.drop_invitee(camat, by=staff)

    assert not event.invitees.exists()
    assert letter.facts["addressees"][0]["title"] == "Camat Wuluhan"


def test_the_database_keeps_whom_a_letter_invites_to_which_event(staff, event) -> None:
    here = guests(event, *GUESTS[:2])
    [letter] = actions.order_invitations(event, here[:1], words_of(event), by=staff)
    other = EventFactory(office=event.office)
    [foreign] = guests(other, "Bupati")
    row = InvitationLetter.objects.filter(pk=letter.pk)
    invited = InvitationLetter.invitees.through.objects.filter(invitationletter=letter.pk)

    for refused in (
        lambda: row.update(event=other),
        row.get().delete,
        lambda: row.get().invitees.add(foreign),
        lambda: invited.update(invitee=here[1]),
        invited.delete,
        here[0].delete,
    ):
        with pytest.raises(IntegrityError, match="a letter"), transaction.atomic():
            refused()

    certificates.actions.void_number(letter.entry, reason="Salah alamat.", by=staff)
    with pytest.raises(IntegrityError, match="a letter"), transaction.atomic():
        row.get().delete()
    actions.drop_invitee(here[0], by=staff)
    assert list(row.get().invitees.all()) == []


@pytest.mark.parametrize("kept", [EventLetter, InvitationLetter])
def test_the_database_takes_no_letter_of_another_office(staff, event, kept: Any) -> None:
    [letter] = actions.order_invitations(event, guests(event, "Camat"), words_of(event), by=staff)

    with pytest.raises(IntegrityError, match="of the office of the event"), transaction.atomic():
        kept.objects.bulk_create([kept(letter=letter, event=EventFactory())])


def test_who_is_not_on_the_list_any_more_gets_no_letter(staff, event) -> None:
    here = guests(event, *GUESTS[:2])
    [foreign] = guests(EventFactory(), "Bupati")
    actions.drop_invitee(here[1], by=staff)

    for wanted in (here, [foreign], []):
        with pytest.raises(TransitionRefused, match="Daftar undangan berubah"):
            actions.order_invitations(event, wanted, words_of(event), by=staff)


def test_a_letter_dated_after_the_event_is_doubted(client, staff, event) -> None:
    guests(event, GUESTS[0])
    past = datetime(2024, 6, 25, 2, tzinfo=UTC)
    ends = datetime(2024, 6, 25, 5, tzinfo=UTC)
    actions.change(event, facts={"starts_at": past, "ends_at": ends}, by=staff)
    client.force_login(staff)

    look = client.post(address(event), typed(client, event)).content.decode()

    assert "Surat bertanggal sesudah kegiatan, yang mulai 25 Juni 2024." in look


def test_somebody_signs_on_behalf_of_the_head(client, staff, event) -> None:
    guests(event, GUESTS[0])
    client.force_login(staff)
    signs = {"signer": "an", "signer_title": "Kepala Subbagian TU", "signer_name": "Ratri Wahyuni"}
    told = typed(client, event, **signs)

    client.post(address(event), confirmed(client, address(event), told))

    text = " ".join(printed(Letter.objects.get()))
    assert f"a.n. Kepala {event.office.name} Kepala Subbagian TU, Ratri Wahyuni" in text


def test_over_days_the_first_and_the_last_are_said(event) -> None:
    ends = datetime(2099, 6, 26, 5, tzinfo=UTC)
    actions.change(event, facts={"ends_at": ends}, by=event.created_by)
    event.refresh_from_db()

    told = event_facts(event)

    assert told["day"] == "Kamis–Jumat, 25–26 Juni 2099"
    assert told["time"] == "09.00 WIB (hari pertama) sampai 12.00 WIB (hari terakhir)"


def test_an_office_without_head_or_guests_is_told_so(client, staff, event) -> None:
    client.force_login(staff)
    assert "Belum ada yang diundang" in client.get(address(event)).content.decode()
    guests(event, GUESTS[0])
    event.office.memberships.filter(role="head").delete()
    assert "Belum ada penanda tangan" in client.get(address(event)).content.decode()


def test_only_staff_of_the_office_write_it(client, office, event) -> None:
    client.force_login(office.memberships.get(role="head").user)

    assert client.get(address(event)).status_code == 403
