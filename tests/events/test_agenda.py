"""The agenda by the clock and the people in it: written, ordered, taken over, kept."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.agenda import Timetable
from events.forms import ContributorForm, EventForm, ItemForm
from events.models import AgendaItem, Contributor, Event, EventKind, StandardItem
from tests.factories import EventFactory, UserFactory, VillageFactory

pytestmark = pytest.mark.django_db

NINE = datetime(2024, 6, 25, 2, tzinfo=UTC)  # WIB
OPENER = {
    "contribution": "opener",
    "name": "Hartini Kusuma",
    "title": "Kepala Subbagian Tata Usaha",
    "institution": "Kantor Imigrasi Jember",
    "on_behalf_of": "Kepala Kantor Imigrasi Jember",
    "topic": "",
}


@pytest.fixture
def event(office) -> Event:
    return EventFactory(office=office, starts_at=NINE)


def write(event: Event, *titles: str, minutes: int = 15) -> list[AgendaItem]:
    return [
        actions.write_item(
            event,
            facts={"title": title, "minutes": minutes, "led_by": ""},
            by=event.created_by,
        )
        for title in titles
    ]


def titles(event: Event) -> list[str]:
    return [item.title for item in event.agenda.all()]


def test_each_item_follows_the_one_before(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:agenda", args=[event.pk])

    client.post(address, {"title": "Pembukaan", "minutes": "15", "led_by": "Pembawa acara"})
    client.post(address, {"title": "Paparan", "minutes": "1.00", "led_by": ""})
    page = client.post(address, {"title": "Paparan", "minutes": "60", "led_by": ""}, follow=True)

    text = page.content.decode()
    assert "09.00–09.15 · 15 menit · Pembawa acara" in text
    assert "09.15–10.15 · 60 menit" in text
    assert titles(event) == ["Pembukaan", "Paparan"]
    assert Entry.objects.about(event).first().note == "Paparan, 60 menit"


def test_a_second_click_adds_nothing(event) -> None:
    first, second = write(event, "Doa", "Doa")

    assert first == second
    assert titles(event) == ["Doa"]


def test_what_goes_beyond_the_end_is_said(client, staff, event) -> None:
    write(event, "Paparan", minutes=200)
    client.force_login(staff)

    timetable = Timetable.of(event, event.agenda.all())
    page = client.get(event.get_absolute_url()).content.decode()

    assert timetable.overruns == 20
    assert "melewati jam selesai kegiatan: lebih 20 menit" in page


def of_two_days(event: Event) -> Event:
    """From 09.00 to 15.00 WIB of the day after, with an evening that goes on past midnight."""
    facts = {"ends_at": NINE + timedelta(hours=30)}
    event = actions.change(event, facts=facts, by=event.created_by)
    write(event, "Pembukaan", "Malam keakraban", minutes=8 * 60)
    [item] = write(event, "Paparan", minutes=60)
    facts = {"opens_day_at": time(8)}
    actions.write_item(event, facts=facts, item=item, by=event.created_by)
    return Event.objects.with_page().get(pk=event.pk)


def test_an_item_opens_the_next_day(client, staff, event) -> None:
    event = of_two_days(event)
    client.force_login(staff)

    pages = [
        client.get(address).content.decode()
        for address in (
            event.get_absolute_url(),
            reverse("events:agenda", args=[event.pk]),
            reverse("events:shared_event", args=[event.share_key]),
        )
    ]

    for page in pages:
        heads = [page.index(f"{day} Juni 2024") for day in ("Selasa, 25", "Rabu, 26")]
        assert page.index("17.00–01.00") < page.index("08.00–09.00")
        assert heads[0] < page.index("09.00–17.00")
        assert page.rindex("Rabu, 26 Juni 2024") < page.index("08.00–09.00")
    assert Timetable.of(event, event.agenda.all()).overruns == 0
    assert Entry.objects.about(event).first().note == (
        "Paparan, 60 menit, hari berikutnya pukul 08.00"
    )


def test_papers_tell_the_days_of_an_agenda(event) -> None:
    rows = Timetable.of(event := of_two_days(event), event.agenda.all()).rows

    assert rows == [
        ["", "Selasa, 25 Juni 2024", ""],
        ["09.00–17.00", "Pembukaan", ""],
        ["17.00–01.00", "Malam keakraban", ""],
        ["", "Rabu, 26 Juni 2024", ""],
        ["08.00–09.00", "Paparan", ""],
    ]


def test_only_what_follows_on_another_day_is_asked_for_its_hour(client, staff, event) -> None:
    client.force_login(staff)
    address, asked = reverse("events:agenda", args=[event.pk]), "Mulai hari berikutnya pukul"

    def of(item: AgendaItem) -> str:
        return client.get(reverse("events:item_edit", args=[item.pk])).content.decode()

    [alone] = write(event, "Doa")
    assert asked not in client.get(address).content.decode() + of(alone)
    event = of_two_days(event)
    first, *_, last = event.agenda.all()
    assert asked in client.get(address).content.decode()
    assert asked not in of(first)
    assert asked in of(last)
    actions.change(event, facts={"ends_at": NINE + timedelta(hours=3)}, by=staff)
    page = client.get(address).content.decode()
    assert asked not in page  # of one day now, and what still opens another is beyond its end
    assert "1 acara jatuh sesudah hari terakhir kegiatan. Hapus atau pindahkan" in page
    assert "1 acara jatuh sesudah" in client.get(event.get_absolute_url()).content.decode()
    edit = reverse("events:item_edit", args=[last.pk])
    assert client.post(edit, {"title": "Paparan", "minutes": "60", "opens_day_at": ""})
    last.refresh_from_db()
    assert last.opens_day_at is None


@pytest.mark.parametrize("how", ["dropped", "moved down"])
def test_the_rest_of_a_day_stays_on_it_without_its_opener(event, how: str) -> None:
    event = of_two_days(event)
    write(event, "Praktik", "Penutup", minutes=60)
    opener = event.agenda.get(title="Paparan")

    if how == "dropped":
        actions.drop_item(opener, by=event.created_by)
    else:
        actions.move_item(opener, up=False, by=event.created_by)

    slots = Timetable.of(event, event.agenda.all()).slots
    [opens] = [it for it in slots if it.heading.startswith("Rabu")]
    assert (opens.item.title, opens.clock) == ("Praktik", "08.00–09.00")
    rest = ["Penutup"] if how == "dropped" else ["Paparan", "Penutup"]
    assert [it.item.title for it in slots[slots.index(opens) + 1 :]] == rest


def test_the_first_item_begins_with_the_event(event) -> None:
    event = of_two_days(event)
    *_, last = event.agenda.all()
    for _ in range(2):
        actions.move_item(last, up=True, by=event.created_by)

    first, *_ = Timetable.of(event, event.agenda.all()).slots

    assert (first.item, first.clock) == (last, "09.00–10.00")


def test_items_are_moved_by_buttons(client, staff, event) -> None:
    first, second, third = write(event, "Satu", "Dua", "Tiga")
    client.force_login(staff)

    answer = client.post(reverse("events:item_move", args=[third.pk]), {"arah": "naik"})
    assert titles(event) == ["Satu", "Tiga", "Dua"]
    assert answer["Location"].endswith(f"#acara-{third.pk}")
    client.post(reverse("events:item_move", args=[first.pk]), {"arah": "turun"})
    assert titles(event) == ["Tiga", "Satu", "Dua"]
    client.post(reverse("events:item_move", args=[second.pk]), {"arah": "turun"})
    client.post(reverse("events:item_move", args=[second.pk]), {"arah": "samping"})
    assert titles(event) == ["Tiga", "Satu", "Dua"]


def test_items_are_put_into_the_order_in_which_they_were_dropped(client, staff, event) -> None:
    first, second, third = write(event, "Satu", "Dua", "Tiga")
    [foreign] = write(EventFactory(), "Lain")
    client.force_login(staff)
    address = reverse("events:agenda_order", args=[event.pk])

    semula = f"{first.pk},{second.pk},{third.pk},"
    urutan = f"{third.pk},{foreign.pk},x,{first.pk},{first.pk}"

    client.post(address, {"urutan": urutan, "semula": semula})
    assert titles(event) == ["Tiga", "Satu", "Dua"]  # whom the order forgot comes last
    before = Entry.objects.about(event).count()
    client.post(address, {"urutan": f"{third.pk},{first.pk},{second.pk}", "semula": semula})
    assert Entry.objects.about(event).count() == before


def test_an_item_is_mended_and_dropped(client, staff, event) -> None:
    first, second = write(event, "Satu", "Dua")
    client.force_login(staff)
    address = reverse("events:item_edit", args=[first.pk])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}

    client.post(address, sent | {"title": "Pembukaan"})
    client.post(reverse("events:item_drop", args=[second.pk]))

    assert titles(event) == ["Pembukaan"]
    assert actions.drop_item(second, by=staff) is None


def test_the_standard_of_its_kind_is_taken_over_once(client, staff, event) -> None:
    client.force_login(staff)
    page = client.get(reverse("events:agenda", args=[event.pk])).content.decode()
    address = reverse("events:agenda_standard", args=[event.pk])

    assert "Pakai susunan acara baku" in page
    client.post(address)
    client.post(address)

    standard = list(event.kind.standard_items.values_list("title", flat=True))
    assert titles(event) == standard
    assert Entry.objects.about(event).filter(verb="event.agenda_taken").count() == 1
    assert "Pakai susunan" not in client.get(event.get_absolute_url()).content.decode()


def test_all_kinds_but_a_visit_have_a_standard() -> None:
    bare = EventKind.objects.exclude(pk__in=StandardItem.objects.values("kind"))

    assert {kind.key for kind in bare} == {"village_visit"}


def test_an_outsider_opens_on_behalf_of_somebody(client, staff, event) -> None:
    client.force_login(staff)

    client.post(reverse("events:contributor_add", args=[event.pk]), OPENER)

    person = event.contributors.get()
    assert person.whose == (
        "Kepala Subbagian Tata Usaha, Kantor Imigrasi Jember, atas nama "
        "Kepala Kantor Imigrasi Jember"
    )
    page = client.get(event.get_absolute_url()).content.decode()
    assert person.whose in page
    assert Entry.objects.about(event).first().note.startswith("Pembuka acara: Hartini Kusuma")


def test_one_opens_and_several_speak(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:contributor_add", args=[event.pk])
    speaker = OPENER | {"contribution": "speaker", "topic": "Paspor", "on_behalf_of": ""}

    for facts in (OPENER, speaker, speaker | {"name": "Slamet"}, speaker):
        assert client.post(address, facts).status_code == 302
    refused = client.post(address, OPENER | {"name": "Orang lain"}).content.decode()

    assert "sudah mempunyai seorang dengan peran itu" in refused
    assert "Orang lain" in refused
    kinds = [person.contribution for person in event.contributors.all()]
    assert kinds == ["opener", "speaker", "speaker"]


def test_only_who_speaks_has_a_subject(client, staff, event) -> None:
    client.force_login(staff)

    client.post(reverse("events:contributor_add", args=[event.pk]), OPENER | {"topic": "Paspor"})

    assert event.contributors.get().topic == ""


def test_a_person_is_mended_and_taken_off(client, staff, event) -> None:
    person = actions.write_contributor(event, facts=OPENER, by=staff)
    client.force_login(staff)
    address = reverse("events:contributor_edit", args=[person.pk])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}

    client.post(address, sent | {"name": "Hartini Kusuma, S.H."})
    person.refresh_from_db()
    assert person.name == "Hartini Kusuma, S.H."
    client.post(reverse("events:contributor_drop", args=[person.pk]))
    assert not event.contributors.exists()


def test_a_form_opens_for_what_the_address_says(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:contributor_add", args=[event.pk])

    assert client.get(address, {"sebagai": "speaker"}).context["form"]["contribution"].value() == (
        "speaker"
    )
    assert client.get(address, {"sebagai": "raja"}).status_code == 200


def test_villages_read_the_agenda_and_write_nothing(client, office) -> None:
    village = VillageFactory(office=office)
    event = EventFactory(office=office, regions=[village.region])
    write(event, "Doa")
    client.force_login(UserFactory(village=village))

    page = client.get(event.get_absolute_url()).content.decode()

    assert "Doa" in page
    assert "Ubah susunan acara" not in page
    assert client.get(reverse("events:agenda", args=[event.pk])).status_code == 403


def test_what_was_called_off_keeps_its_agenda(client, staff, event) -> None:
    [item] = write(event, "Doa")
    person = actions.write_contributor(event, facts=OPENER, by=staff)
    actions.cancel(event, reason="Batal.", by=staff)
    client.force_login(staff)

    for refused in (
        lambda: actions.drop_item(item, by=staff),
        lambda: actions.take_standard(event, by=staff),
        lambda: actions.drop_contributor(person, by=staff),
    ):
        with pytest.raises(TransitionRefused):
            refused()
    for name, key in (("item_edit", item.pk), ("contributor_edit", person.pk)):
        answer = client.get(reverse(f"events:{name}", args=[key]), follow=True)
        assert "tidak dapat diubah lagi" in answer.content.decode()
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(title="Lain")
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        Contributor.objects.filter(pk=person.pk).delete()


def test_an_item_belongs_to_its_event(event) -> None:
    [item] = write(event, "Doa")

    with pytest.raises(IntegrityError, match="belongs to its event"), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(event=EventFactory())


def test_the_action_refuses_a_second_chair(event, staff) -> None:
    chair = OPENER | {"contribution": "chair"}
    actions.write_contributor(event, facts=chair, by=staff)

    with pytest.raises(ValidationError, match="sudah mempunyai seorang"):
        actions.write_contributor(event, facts=chair | {"name": "Lain"}, by=staff)


def test_an_agenda_has_an_end(event, staff, monkeypatch) -> None:
    monkeypatch.setattr("events.actions.agenda.MOST_ITEMS", 2)
    write(event, "Satu", "Dua")

    with pytest.raises(TransitionRefused, match="Paling banyak 2 acara"):
        write(event, "Tiga")


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        (EventForm, {"title", "venue", "section", "audience", "legal_basis"}),
        (ItemForm, {"title", "led_by"}),
        (ContributorForm, {"name", "title", "institution", "on_behalf_of", "topic"}),
    ],
)
def test_whatever_papers_print_has_signs_that_they_have(office, form, printed) -> None:
    typed = dict.fromkeys(printed, "Rapat 会議\nkedua")

    filled = form(typed, office=office) if form is EventForm else form(typed)

    for name in printed:
        assert any("tidak dapat dicetak" in it for it in filled.errors[name]), name


def test_two_clicks_move_an_item_once(client, staff, event) -> None:
    *_, third = write(event, "Satu", "Dua", "Tiga")
    client.force_login(staff)
    page = client.get(reverse("events:agenda", args=[event.pk])).content.decode()

    assert '<input type="hidden" name="tempat" value="2">' in page
    for _ in range(2):
        sent = {"arah": "naik", "tempat": "2"}
        client.post(reverse("events:item_move", args=[third.pk]), sent)

    assert titles(event) == ["Satu", "Tiga", "Dua"]


def test_a_colleague_s_order_is_not_undone_by_an_older_page(client, staff, event) -> None:
    first, second, third = write(event, "Satu", "Dua", "Tiga")
    client.force_login(staff)
    page = client.get(reverse("events:agenda", args=[event.pk])).content.decode()
    actions.order_items(event, [third.pk, first.pk, second.pk], by=UserFactory())

    semula = f"{first.pk},{second.pk},{third.pk},"
    sent = {"urutan": f"{second.pk},{first.pk},{third.pk}", "semula": semula}
    answer = client.post(reverse("events:agenda_order", args=[event.pk]), sent, follow=True)

    assert f'value="{semula}"' in page
    assert "Susunan acara berubah sejak Anda membukanya" in answer.content.decode()
    assert titles(event) == ["Tiga", "Satu", "Dua"]


def test_what_is_dropped_twice_leads_to_the_page_both_times(client, staff, event) -> None:
    [item] = write(event, "Doa")
    person = actions.write_contributor(event, facts=OPENER, by=staff)
    client.force_login(staff)
    ways = {"item_drop": item, "contributor_drop": person}

    for name, it in ways.items():
        address = reverse(f"events:{name}", args=[it.pk])
        answers = [client.post(address, {"kegiatan": event.pk}) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302], name
        assert answers[0]["Location"] == answers[1]["Location"]
        assert client.post(address).status_code == 404
        assert client.post(address, {"kegiatan": EventFactory().pk}).status_code == 404
