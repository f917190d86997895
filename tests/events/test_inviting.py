"""Who is invited to an event: chosen, named, counted once; and what they answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.guests import Replies, invitation_text
from events.models import Event, Institution, Invitee
from tests.factories import EventFactory, OfficeFactory, RegionFactory, UserFactory, VillageFactory
from villages.actions import write_contact

pytestmark = pytest.mark.django_db

NINE = datetime(2024, 6, 25, 2, tzinfo=UTC)  # WIB


@pytest.fixture
def event(office) -> Event:
    return EventFactory(office=office, starts_at=NINE, title="Sosialisasi Wuluhan")


def entry(office, by: User, title: str = "Kapolsek Selomerto", **changes) -> Institution:
    facts = {"kind": "police", "institution": "Polsek Selomerto", "title": title, "person": ""}
    facts |= {"phone": "0000123456", "region_id": None, **changes}
    return actions.write_institution(office, facts=facts, by=by)


def titles(event: Event) -> list[str]:
    return [it.title for it in event.invitees.all()]


def page_of(event: Event, name: str = "invitees") -> str:
    return reverse(f"events:{name}", args=[event.pk])


def test_many_are_chosen_at_once_and_none_twice(client, office, staff, event) -> None:
    police = entry(office, staff)
    army = entry(office, staff, "Danramil Selomerto", kind="army", institution="Koramil")
    retired = actions.retire_institution(entry(office, staff, "Camat"), by=staff)
    foreign = entry(OfficeFactory(), staff, "Bupati")
    client.force_login(staff)
    address = page_of(event, "invitees_choose")

    chosen = {"pilih": [police.pk, army.pk, retired.pk, foreign.pk, "x"]}
    client.post(address, chosen)
    client.post(address, chosen)

    assert titles(event) == ["Kapolsek Selomerto", "Danramil Selomerto"]
    assert event.invitees.first().entry == police
    [told] = Entry.objects.about(event).filter(verb="event.invited")
    assert told.note == ("Kapolsek Selomerto, Danramil Selomerto, Koramil")
    assert "sudah diundang" in client.get(address).content.decode()


def test_nobody_of_another_office_s_address_book_is_invited(office, staff, event) -> None:
    own, foreign = entry(office, staff), entry(OfficeFactory(), staff, "Bupati")

    new = actions.invite_institutions(event, [own, foreign], by=staff)

    assert [it.entry for it in new] == [own]
    assert titles(event) == ["Kapolsek Selomerto"]


def test_all_that_the_filters_leave_are_invited(client, office, staff, event) -> None:
    entry(office, staff)
    entry(office, staff, "Danramil Selomerto", kind="army")
    client.force_login(staff)

    client.post(page_of(event, "invitees_choose") + "?jenis=army", {"semua": "1"})

    assert titles(event) == ["Danramil Selomerto"]


def test_the_book_offers_those_of_the_kecamatan_first(client, office, staff) -> None:
    here, elsewhere = RegionFactory(code="33.07.06"), RegionFactory(code="33.07.07")
    event = EventFactory(office=office, regions=[RegionFactory(code="33.07.06.2001")])
    for title, region in (("Camat sini", here), ("Camat sana", elsewhere), ("Kadisnaker", None)):
        entry(office, staff, title, institution=title, region_id=region and region.pk)
    entry(office, staff, "Sekda", institution="Sekda", region_id=here.parent_id)
    client.force_login(staff)
    address = page_of(event, "invitees_choose")

    assert "Camat sana" in client.get(address, {"cakupan": "semua"}).content.decode()
    assert "Camat sana" in client.get(address, {"wilayah": "33.07.07"}).content.decode()
    client.post(address, {"semua": "1"})

    assert set(titles(event)) == {"Camat sini", "Kadisnaker", "Sekda"}


def test_the_heads_of_all_villages_are_invited_in_one_step(client, office, staff) -> None:
    village = VillageFactory(office=office)
    elsewhere = VillageFactory()
    for place, name in ((village, "Slamet Riyadi"), (elsewhere, "Orang Lain")):
        facts = {"role": "head", "name": name}
        write_contact(place, facts=facts, by=staff)
    urban = RegionFactory(kind="kelurahan", name="Wonosobo Timur")
    its = [village.region, elsewhere.region, urban]
    event = EventFactory(office=office, regions=its)
    client.force_login(staff)

    for _ in range(2):
        client.post(page_of(event, "invitees_heads"))

    named = {it.region_id: it for it in event.invitees.all()}
    assert len(named) == event.invitees.count() == 3
    noted = Entry.objects.about(event).get(verb="event.invited").note
    assert sorted(noted.split(", ")) == sorted(it.title for it in named.values())
    district = village.region.district
    assert named[village.region_id].title == f"Kepala Desa {village.name}"
    assert named[village.region_id].institution == (
        f"{village.full_name}, {district.full_name}, {district.regency.name}"
    )
    assert named[village.region_id].person == "Slamet Riyadi"
    assert named[elsewhere.region_id].person == ""  # its people are that office's to know
    assert named[urban.pk].title == "Lurah Wonosobo Timur"
    assert named[urban.pk].whereabouts == (
        f"{urban.district.full_name}, {urban.district.regency.name}"
    )


def test_somebody_else_is_typed_once(client, staff, event) -> None:
    client.force_login(staff)
    typed = {"kind": "press", "institution": "Radio Jember", "title": "Direktur", "person": ""}

    client.post(page_of(event, "invitee_add"), typed)
    client.post(page_of(event, "invitee_add"), typed)
    refused = client.post(page_of(event, "invitee_add"), typed | {"title": "DIREKTUR."})

    assert titles(event) == ["Direktur"]
    assert "sudah diundang" in refused.content.decode()
    with pytest.raises(ValidationError):
        actions.invite(event, facts=typed | {"person": "Ratna"}, by=staff)
    its = {"event": event, "created_by": staff, "kind": "press"}
    with pytest.raises(IntegrityError, match="invitee_once"), transaction.atomic():
        Invitee.objects.create(institution="radio jember", title="Direktur", **its)


@pytest.fixture
def guest(event, staff) -> Invitee:
    facts = {"kind": "district", "institution": "Kecamatan Wuluhan", "title": "Camat Wuluhan"}
    return actions.invite(event, facts=facts | {"person": ""}, by=staff)


def test_an_answer_is_noted_with_when(client, staff, event, guest) -> None:
    client.force_login(staff)
    address = reverse("events:invitee", args=[guest.pk])

    unnamed = client.post(address, {"reply": "represented", "represented_by": ""})
    client.post(address, {"reply": "represented", "represented_by": "Sekcam"})
    guest.refresh_from_db()

    assert "Isi siapa yang mewakili" in unnamed.content.decode()
    assert guest.answer == "Diwakili Sekcam"
    assert guest.replied_at is not None
    assert Entry.objects.about(event).first().note.endswith("Wuluhan: Diwakili Sekcam")
    client.post(address, {"reply": "coming", "represented_by": "Sekcam"})
    guest.refresh_from_db()
    assert (guest.answer, guest.represented_by) == ("Akan hadir", "")
    client.post(address, {"reply": "", "represented_by": ""})
    guest.refresh_from_db()
    assert (guest.answer, guest.replied_at) == ("Belum menjawab", None)


def test_the_database_keeps_answers_whole(guest) -> None:
    whole = {"reply": "coming", "replied_at": timezone.now()}
    for wrong in (
        {"reply": "coming"},
        {"reply": "maybe", "replied_at": timezone.now()},
        {"reply": "represented", "replied_at": timezone.now()},
        whole | {"represented_by": "Sekcam"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitee.objects.filter(pk=guest.pk).update(**wrong)
    assert Invitee.objects.filter(pk=guest.pk).update(**whole)


def test_replies_are_counted_and_filtered(client, office, staff, event, guest) -> None:
    actions.note_reply(guest, facts={"reply": "coming", "represented_by": ""}, by=staff)
    actions.invite_institutions(event, [entry(office, staff)], by=staff)
    client.force_login(staff)

    def found(**asked: str) -> list[str]:
        return [it.title for it in client.get(page_of(event), asked).context["page"]]

    assert found() == ["Camat Wuluhan", "Kapolsek Selomerto"]
    assert found(jawaban="coming") == found(q="wuluh") == ["Camat Wuluhan"]
    assert found(jawaban="none") == ["Kapolsek Selomerto"]
    assert found(jawaban="maybe") == found()
    told = "0 dari 2 undangan tercatat hadir. Jawaban: 1 menyatakan akan hadir, 1 tidak menjawab"
    assert told in client.get(page_of(event)).content.decode()
    record = client.get(event.get_absolute_url()).content.decode()
    assert told in record
    assert "Camat Wuluhan" in record


def test_who_was_invited_by_mistake_is_taken_off(client, staff, event, guest) -> None:
    client.force_login(staff)

    for _ in range(2):
        client.post(reverse("events:invitee_drop", args=[guest.pk]))
    actions.drop_invitee(guest, by=staff)

    assert titles(event) == []
    assert Entry.objects.about(event).filter(verb="event.invitee_dropped").count() == 1


def test_an_event_has_room_for_so_many(office, staff, event, monkeypatch) -> None:
    monkeypatch.setattr("events.actions.inviting.MOST_INVITEES", 1)
    both = [entry(office, staff), entry(office, staff, "Wakapolsek")]

    with pytest.raises(TransitionRefused, match="Paling banyak 1 undangan"):
        actions.invite_institutions(event, both, by=staff)

    assert titles(event) == []


def test_what_was_called_off_keeps_its_guests(client, staff, event, guest) -> None:
    actions.cancel(event, reason="Batal.", by=staff)
    client.force_login(staff)

    for refused in (
        lambda: actions.drop_invitee(guest, by=staff),
        lambda: actions.invite_heads(event, by=staff),
        lambda: actions.note_reply(guest, facts={"reply": "", "represented_by": "x"}, by=staff),
    ):
        with pytest.raises(TransitionRefused):
            refused()
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        Invitee.objects.filter(pk=guest.pk).update(title="Lain")
    page = client.get(page_of(event)).content.decode()
    assert "Camat Wuluhan" in page
    assert 'name="hadir"' not in page
    assert "Jawaban lain" not in page


def test_villages_do_not_read_who_is_invited(client, office, staff) -> None:
    village = VillageFactory(office=office)
    event = EventFactory(office=office, regions=[village.region])
    actions.invite_heads(event, by=staff)
    client.force_login(UserFactory(village=village))

    assert "Kepala Desa" not in client.get(event.get_absolute_url()).content.decode()
    assert client.get(page_of(event)).status_code == 403


def test_the_text_for_whatsapp_says_day_time_zone_and_place(client, staff, event) -> None:
    text = invitation_text(event)

    assert "Hari/tanggal: Selasa, 25 Juni 2024\nWaktu: 09.00–12.00 WIB\nTempat: Aula" in text
    assert event.office.name in text
    client.force_login(staff)
    assert "wa.me/?text=" in client.get(event.get_absolute_url()).content.decode()
    jayapura = EventFactory(office=OfficeFactory(timezone="Asia/Jayapura"), starts_at=NINE)
    assert "Waktu: 11.00–14.00 WIT" in invitation_text(jayapura)


def test_replies_in_a_line() -> None:
    told = Replies.of(["coming", "coming", "represented", "absent", ""])

    assert told.words == "5 diundang: 2 akan hadir, 1 diwakili, 1 tidak hadir, 1 belum menjawab"
    assert Replies.of([]).words == Replies.of([]).came_words == ""


def test_before_its_day_an_answer_is_a_promise(client, office, staff) -> None:
    coming = EventFactory(office=office, starts_at=timezone.now() + timedelta(days=9))
    guest = actions.invite(
        coming,
        facts={
            "kind": "police",
            "institution": "Polsek",
            "title": "Kapolsek",
            "person": "",
            "region": None,
        },
        by=staff,
    )
    actions.note_reply(guest, facts={"reply": "coming", "represented_by": ""}, by=staff)
    client.force_login(staff)

    for page in (page_of(coming), coming.get_absolute_url()):
        text = client.get(page).content.decode()
        assert "1 diundang: 1 akan hadir" in text
        assert "tercatat hadir" not in text


def test_whoever_promised_and_did_not_come_is_not_said_to_be_there(
    client, staff, event, guest
) -> None:
    actions.note_reply(guest, facts={"reply": "coming", "represented_by": ""}, by=staff)
    client.force_login(staff)

    record = client.get(event.get_absolute_url()).content.decode()
    assert "Belum tercatat hadir; menyatakan akan hadir" in record
    page = client.get(page_of(event)).content.decode()
    assert page.index("Belum tercatat") < page.index("Menyatakan akan hadir")


def test_one_press_notes_who_comes_and_keeps_the_search(client, staff, event, guest) -> None:
    client.force_login(staff)
    address = f"{page_of(event)}?jawaban=none"
    press = {"hadir": guest.pk}

    answers = [client.post(address, press) for _ in range(2)]  # a second click
    other = client.post(address, {"hadir": "x"})

    assert {it["Location"] for it in answers} == {f"{address}#undangan-{guest.pk}"}
    guest.refresh_from_db()
    assert guest.reply == "coming"
    assert Entry.objects.about(event).filter(verb="event.reply_noted").count() == 1
    assert other["Location"] == address


def test_one_press_takes_nobody_s_other_answer(client, staff, event, guest) -> None:
    client.force_login(staff)
    facts = {"reply": "absent", "represented_by": ""}
    actions.note_reply(guest, facts=facts, by=staff)

    page = client.post(page_of(event), {"hadir": guest.pk}, follow=True).content.decode()

    guest.refresh_from_db()
    assert guest.reply == "absent"
    assert "Belum dicatat: Camat Wuluhan sudah menjawab Tidak hadir." in page


def test_guests_of_another_event_are_not_answered_for(client, office, staff, event, guest) -> None:
    client.force_login(staff)
    other = EventFactory(office=office)

    assert client.post(page_of(other), {"hadir": guest.pk}).status_code == 404
    guest.refresh_from_db()
    assert guest.reply == ""


@pytest.mark.parametrize(
    ("typed", "name", "title"),
    [
        ("Siti Aminah, Sekretaris Kecamatan", "Siti Aminah", "Sekretaris Kecamatan"),
        ("Siti Aminah, S.Sos., M.Si., Sekcam", "Siti Aminah, S.Sos., M.Si.", "Sekcam"),
        ("dr. Budi, A.Md.Kep, Kasi Kesra, Wuluhan", "dr. Budi, A.Md.Kep", "Kasi Kesra, Wuluhan"),
        ("Ahmad, SH, MH", "Ahmad, SH, MH", ""),
        ("Ratna, BPD Ampel", "Ratna", "BPD Ampel"),
        ("Ratna", "Ratna", ""),
    ],
)
def test_degrees_of_who_comes_instead_belong_to_the_name(typed, name, title) -> None:
    assert Invitee(represented_by=typed).deputy == (name, title)
