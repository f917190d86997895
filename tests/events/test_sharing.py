"""Short links: what an event and an invitation show to whoever holds one, and to nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

import certificates.actions
from certificates import storage, tasks
from certificates.models import Letter
from events import actions
from events.models import Event
from events.sharing import event_text
from tests.events.test_invitation_letters import guests, words_of
from tests.factories import (
    EventFactory,
    MembershipFactory,
    OfficeFactory,
    UserFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db

NINE = datetime(2099, 6, 25, 2, tzinfo=UTC)  # WIB


@pytest.fixture
def event(office) -> Event:
    """One with an agenda, speakers, guests and people who came."""
    made = EventFactory(office=office, starts_at=NINE, title="Sosialisasi Wuluhan", venue="Aula")
    facts = {"title": "Pembukaan", "minutes": 15, "led_by": "Bambang Sutejo"}
    actions.write_item(made, facts=facts, by=made.created_by)
    facts = {"contribution": "speaker", "name": "Sri Hartati", "title": "Camat"}
    facts |= {"institution": "Kecamatan", "topic": ""}
    actions.write_contributor(made, facts=facts, by=made.created_by)
    return made


def page(event: Event, client: Client | None = None, name: str = "shared_event") -> Any:
    return (client or Client()).get(reverse(f"events:{name}", args=[event.share_key]))


def test_whoever_has_the_link_reads_what_when_and_where_and_nobody_s_name(event) -> None:
    answer = page(event)

    text = answer.content.decode()
    said = (event.title, str(event.office), "25 Juni 2099", "09.00–12.00 WIB", "Aula")
    for it in (*said, "09.00–09.15", "Pembukaan", "Simpan ke kalender", "noindex"):
        assert it in text
    unsaid = ("Bambang", "Sri Hartati", event.created_by.name, "Buka di portal", "<script")
    assert [it for it in unsaid if it in text] == []
    assert "no-store" in answer["Cache-Control"]


def test_each_event_has_a_link_of_its_own_by_whatever_way_it_came(event, office, staff) -> None:
    facts = {"kind": event.kind, "office": office, "created_by": staff, "status_by": staff}
    facts |= {"venue": "Aula", "starts_at": NINE, "ends_at": NINE + timedelta(hours=1)}
    others = Event.objects.bulk_create(Event(title=f"Lain {it}", **facts) for it in range(40))

    keys = [event.share_key, *(it.share_key for it in others)]

    assert len(set(keys)) == 41
    assert {len(key) for key in keys} == {10}
    assert not set("".join(keys)) & set("lo01")
    assert len(set("".join(keys))) > 24  # of 32 signs; that many by chance, always


def test_a_link_leads_nowhere_else_for_good(event) -> None:
    other = EventFactory(office=event.office)
    head = MembershipFactory(office=event.office, role="head")
    letter = invitation(event, head)

    for row in (Event.objects.filter(pk=other.pk), type(letter).objects.filter(pk=letter.pk)):
        with pytest.raises(IntegrityError, match="link"), transaction.atomic():
            row.update(share_key="abcdefghjk" if row.model is Event else "abcdefghjkmn")
    assert page(event).status_code == 200
    assert Client().get("/k/abcdefghjk/").status_code == 404


def test_the_time_is_that_of_the_event_s_own_office(event) -> None:
    jayapura = EventFactory(office=OfficeFactory(timezone="Asia/Jayapura"), starts_at=NINE)

    assert "11.00–14.00 WIT" in page(jayapura).content.decode()
    assert "11.00–14.00 WIT" in event_text(jayapura)


def test_what_was_called_off_says_so_and_not_why(event) -> None:
    actions.cancel(event, reason="Camat Bambang sakit.", by=event.created_by)
    event.refresh_from_db()

    text = page(event).content.decode()

    assert "Kegiatan ini dibatalkan" in text
    assert "Bambang" not in text
    assert "DIBATALKAN" in event_text(event)
    assert b"STATUS:CANCELLED" in page(event, name="shared_event_ics").content


def test_what_nobody_began_is_not_shown_as_still_to_come(office) -> None:
    past = EventFactory(office=office, starts_at=datetime(2024, 6, 25, 2, tzinfo=UTC))

    text = page(past).content.decode()

    assert "Waktu kegiatan ini sudah lewat" in text
    assert "Simpan ke kalender" not in text


def test_the_calendar_file_leads_to_the_same_page_and_names_no_villages(event) -> None:
    village = VillageFactory(office=event.office)
    actions.add_villages(event, village.region, by=event.created_by)

    answer = page(event, name="shared_event_ics")

    lines = answer.content.decode().replace("\r\n ", "")
    assert f"/k/{event.share_key}/" in lines
    assert "DTSTART:20990625T020000Z" in lines
    assert village.region.name not in lines
    assert event.get_absolute_url() not in lines
    assert "noindex" in answer["X-Robots-Tag"]


def test_only_who_may_know_of_the_event_is_led_to_its_record(client, event, staff) -> None:
    found = {}
    for user in (staff, UserFactory(staff_of=OfficeFactory())):
        client.force_login(user)
        found[user] = "Buka di portal" in page(event, client).content.decode()

    assert list(found.values()) == [True, False]


def test_the_record_offers_the_link_and_the_words_to_villages_too(client, office, staff) -> None:
    village = VillageFactory(office=office)
    event = EventFactory(office=office, regions=[village.region], starts_at=NINE)

    for user in (staff, UserFactory(village=village)):
        client.force_login(user)
        text = client.get(event.get_absolute_url()).content.decode()
        assert f"/k/{event.share_key}/" in text
        assert "Bagikan lewat WhatsApp" in text
        assert "wa.me/?text=" in text
    assert "Hari/tanggal: Kamis, 25 Juni 2099\nWaktu: 09.00–12.00 WIB" in event_text(event)


# --- Letters that invite --------------------------------------------------------------------------


def invitation(event: Event, head: Any, **changes: Any) -> Any:
    """The letter to two guests, drawn."""
    invited = guests(event, "Camat Wuluhan", "Kapolsek Wuluhan")
    words = words_of(event, **changes)
    by = event.created_by
    [letter] = actions.order_invitations(event, invited, words, by=by, number="UND-7/2099")
    return Letter.objects.get(pk=letter.pk).invitation_letter


@pytest.fixture
def letter(event) -> Any:
    return invitation(event, MembershipFactory(office=event.office, role="head"))


def drawn(found: Any) -> Letter:
    tasks.draw_letter(found.pk)
    return Letter.objects.get(pk=found.pk)


def fetched(found: Any, name: str = "shared_letter", client: Client | None = None) -> Any:
    return (client or Client()).get(reverse(f"events:{name}", args=[found.share_key]))


def test_guests_read_their_letter_without_an_account(letter) -> None:
    waiting = fetched(letter).content.decode()
    early = fetched(letter, "shared_letter_file")
    paper = drawn(letter)

    text = fetched(letter).content.decode()
    answer = fetched(letter, "shared_letter_file")

    assert "sedang disiapkan" in waiting
    assert early["Location"] == reverse("events:shared_letter", args=[letter.share_key])
    assert "UND-7/2099" in text
    assert "25 Juni 2099" in text
    assert "09.00–12.00 WIB" in text
    assert "Unduh surat" in text
    assert "noindex" in text
    assert answer.content == storage.read(paper.file, paper.sha256)
    assert (answer["Cache-Control"], answer["X-Robots-Tag"][:7]) == ("private, no-store", "noindex")


def test_a_letter_whose_number_is_void_says_so_and_gives_no_file(letter, staff) -> None:
    paper = drawn(letter)
    certificates.actions.void_number(paper.entry, reason="Salah nama.", by=staff)

    text = fetched(letter).content.decode()

    assert "Surat ini tidak berlaku" in text
    assert "Salah nama" not in text
    assert "Unduh" not in text
    assert fetched(letter, "shared_letter_file").status_code == 302


def test_a_letter_tells_that_its_event_moved_or_was_called_off(letter, event) -> None:
    drawn(letter)
    facts = {"starts_at": NINE + timedelta(days=1), "ends_at": NINE + timedelta(days=1, hours=1)}
    actions.change(event, facts=facts, by=event.created_by)
    moved = fetched(letter).content.decode()
    actions.cancel(event, reason="Banjir.", by=event.created_by)
    off = fetched(letter).content.decode()

    assert "berubah sesudah surat dibuat" in moved
    assert "26 Juni 2099" in moved
    assert "Kegiatan ini dibatalkan" in off


def test_a_file_that_is_gone_is_told(letter) -> None:
    paper = drawn(letter)
    storages["papers"].delete(paper.file)

    answer = fetched(letter, "shared_letter_file")

    assert answer.status_code == 503
    assert "belum dapat dibuka" in answer.content.decode()


def test_whoever_reads_it_in_the_portal_is_led_to_its_page(client, letter, staff) -> None:
    client.force_login(staff)
    answer = fetched(letter, client=client)
    client.force_login(UserFactory(staff_of=OfficeFactory()))
    elsewhere = fetched(letter, client=client)

    assert answer["Location"] == reverse("certificates:letter", args=[letter.pk])
    assert elsewhere.status_code == 200


def test_the_letter_s_page_offers_its_link_only_while_it_counts(client, letter, staff) -> None:
    paper = drawn(letter)
    client.force_login(staff)
    before = client.get(paper.get_absolute_url()).content.decode()
    certificates.actions.void_number(paper.entry, reason="Salah nama.", by=staff)
    after = client.get(paper.get_absolute_url()).content.decode()

    assert f"/s/{letter.share_key}/" in before
    assert letter.share_key not in after
