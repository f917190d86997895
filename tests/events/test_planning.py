"""An event is planned, mended, and made for villages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Office, User
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.models import Event, EventKind, EventVillage
from tests.factories import (
    EventFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
    VillageFactory,
)
from tests.races import just_before
from villages.models import Region

pytestmark = pytest.mark.django_db

TYPED = {
    "kind": "socialization",
    "title": "Sosialisasi Desa Binaan Imigrasi",
    "starts_on": "2024-06-25",
    "starts": "09.00",
    "ends": "12.30",
    "ends_on": "",
    "venue": "Hotel di Jember",
    "section": "Subbagian Tata Usaha",
    "audience": "Kepala desa",
    "legal_basis": "SE Direktur Intelijen Keimigrasian\nPermenimipas 2/2025",
}


def planned(**changes: Any) -> dict[str, Any]:
    starts_at = datetime(2024, 6, 25, 2, tzinfo=UTC)
    kind = EventKind.objects.get(key="socialization")
    facts = {"kind": kind, "title": "Sosialisasi", "venue": "Aula", "starts_at": starts_at}
    return {**facts, "ends_at": starts_at + timedelta(hours=3), **changes}


def test_staff_plan_an_event_and_go_on_to_its_villages(client, office, staff) -> None:
    client.force_login(staff)

    answer = client.post(reverse("events:event_add"), TYPED)

    event = Event.objects.get()
    assert answer["Location"] == reverse("events:event_villages", args=[event.pk])
    assert (event.office, event.status, event.kind.key) == (office, "planned", "socialization")
    assert event.starts_at == datetime(2024, 6, 25, 2, tzinfo=UTC)  # 09.00 WIB
    assert event.ends_at == datetime(2024, 6, 25, 5, 30, tzinfo=UTC)
    told = Entry.objects.about(event).get(verb="event.planned")
    assert (told.by, told.note) == (staff, "25 Juni 2024, 09.00–12.30 WIB, Hotel di Jember")


def test_hours_are_those_of_the_office(client) -> None:
    jayapura = OfficeFactory(timezone="Asia/Jayapura")
    client.force_login(UserFactory(staff_of=jayapura))

    page = client.get(reverse("events:event_add")).content.decode()
    client.post(reverse("events:event_add"), TYPED)

    assert "Mulai pukul (WIT)" in page
    event = Event.objects.get()
    assert event.starts_at == datetime(2024, 6, 25, tzinfo=UTC)
    assert event.span == "25 Juni 2024, 09.00–12.30 WIT"


def test_from_a_village_s_page_it_is_for_that_village(client, office, staff) -> None:
    village = RegionFactory()
    client.force_login(staff)

    answer = client.post(f"{reverse('events:event_add')}?wilayah={village.code}", TYPED)

    event = Event.objects.get()
    assert answer["Location"] == event.get_absolute_url()
    assert list(event.regions.all()) == [village]


def test_of_a_region_that_another_office_serves_nothing_is_taken_over(client, staff) -> None:
    elsewhere = RegionFactory(code="35.09.11.2004", name="Dukuhdempok")
    client.force_login(staff)

    client.post(f"{reverse('events:event_add')}?wilayah={elsewhere.code}", TYPED)

    assert not Event.objects.get().regions.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Isi nama kegiatan"),
        ({"ends": "08.00"}, "Jam selesai harus sesudah jam mulai"),
        ({"ends_on": "2024-06-24"}, "Tanggal selesai tidak boleh sebelum tanggal mulai"),
        ({"ends_on": "2024-08-24"}, "Paling lama 31 hari"),
        ({"starts": "pagi"}, "id_starts"),
        ({"starts_on": "0024-06-25"}, "Periksa tahunnya"),
        ({"kind": "pesta"}, "id_kind"),
        ({"title": "<b>"}, "Tanda &lt; dan &gt;"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_everything_is_kept(
    client, staff, wrong: dict[str, str], said: str
) -> None:
    client.force_login(staff)

    page = client.post(reverse("events:event_add"), TYPED | wrong).content.decode()

    assert "error-summary" in page
    assert said in page
    assert "Permenimipas 2/2025" in page
    assert not Event.objects.exists()


def test_an_event_of_several_days_says_both(client, staff) -> None:
    client.force_login(staff)

    client.post(reverse("events:event_add"), TYPED | {"ends_on": "2024-06-27", "ends": "08.00"})

    event = Event.objects.get()
    assert event.span == "25 Juni 2024, 09.00 sampai 27 Juni 2024, 08.00 WIB"
    assert (event.starts_on, event.ends_on) == (date(2024, 6, 25), date(2024, 6, 27))


def test_what_ends_at_midnight_ends_on_that_day(office, staff) -> None:
    midnight = datetime(2024, 6, 25, 17, tzinfo=UTC)  # 00.00 WIB of the 26th
    event = actions.plan(office=office, facts=planned(ends_at=midnight), by=staff)

    assert event.ends_on == date(2024, 6, 25)


def test_a_second_click_plans_nothing_more(client, office, staff) -> None:
    client.force_login(staff)

    first, second = (client.post(reverse("events:event_add"), TYPED) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Event.objects.count() == 1


def test_what_was_called_off_by_a_slip_is_planned_anew(client, office, staff) -> None:
    client.force_login(staff)
    client.post(reverse("events:event_add"), TYPED)
    actions.cancel(Event.objects.get(), reason="Salah tekan.", by=staff)

    client.post(reverse("events:event_add"), TYPED)

    assert sorted(Event.objects.values_list("status", flat=True)) == ["cancelled", "planned"]


def test_the_same_plan_for_fewer_villages_or_more_is_another(office, staff) -> None:
    two = tuple(VillageFactory(office=office).region for _ in range(2))

    def plan(*regions: Region) -> Event:
        return actions.plan(office=office, facts=planned(), regions=regions, by=staff)

    events = [plan(*two), plan(two[0]), plan()]

    assert len({it.pk for it in events}) == 3
    assert [plan(*two[::-1]), plan(two[0]), plan()] == events


def test_a_colleague_may_plan_the_same(office, staff) -> None:
    for by in (staff, UserFactory(staff_of=office)):
        actions.plan(office=office, facts=planned(), by=by)

    assert Event.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_in_the_same_moment_are_one_event() -> None:
    office = OfficeFactory()
    staff = UserFactory(staff_of=office)
    facts = planned()

    def click() -> None:
        try:
            actions.plan(office=office, facts=facts, by=staff)
        finally:
            connection.close()

    clicks = [Thread(target=click) for _ in range(6)]
    for it in clicks:
        it.start()
    for it in clicks:
        it.join()

    assert Event.objects.count() == 1


def test_a_plan_is_mended_and_history_keeps_what_stood_there(client, office, staff) -> None:
    client.force_login(staff)
    client.post(reverse("events:event_add"), TYPED)
    event = Event.objects.get()
    address = reverse("events:event_edit", args=[event.pk])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}

    answer = client.post(address, sent | {"starts_on": "2024-06-26", "venue": "Balai Desa Ampel"})

    assert answer["Location"] == event.get_absolute_url()
    event = Event.objects.with_page().get()
    assert (event.starts_on, event.venue) == (date(2024, 6, 26), "Balai Desa Ampel")
    assert event.changed_at > event.created_at
    assert Entry.objects.about(event).first().note == (
        "Tempat: Hotel di Jember → Balai Desa Ampel\n"
        "Mulai: 25 Juni 2024, 09.00 WIB → 26 Juni 2024, 09.00 WIB\n"
        "Selesai: 25 Juni 2024, 12.30 WIB → 26 Juni 2024, 12.30 WIB"
    )


def test_saving_without_a_change_leaves_no_trace(client, staff) -> None:
    client.force_login(staff)
    client.post(reverse("events:event_add"), TYPED)
    event = Event.objects.get()
    address = reverse("events:event_edit", args=[event.pk])
    form = client.get(address).context["form"]

    client.post(address, {name: form[name].value() or "" for name in form.fields})

    assert [it.verb for it in Entry.objects.about(event)] == ["event.planned"]


def test_a_kecamatan_comes_with_all_its_villages_in_one_step(client, office, staff) -> None:
    event = EventFactory(office=office, regions=[])
    villages = [RegionFactory() for _ in range(4)]
    RegionFactory(code="33.07.05.2001", name="Sapuran")
    actions.add_villages(event, villages[2], by=staff)
    client.force_login(staff)
    district = Region.objects.get(code="33.07.06")

    answer = client.post(
        reverse("events:event_villages", args=[event.pk]), {"tambah": district.pk}, follow=True
    )

    assert set(event.regions.all()) == set(villages)
    assert "3 desa di Kecamatan Selomerto ditambahkan." in answer.content.decode()
    assert Entry.objects.about(event).first().note == "Kecamatan Selomerto: 3 desa"


def test_villages_are_taken_off_one_by_one_or_together(client, office, staff) -> None:
    first, second = RegionFactory(), RegionFactory()
    event = EventFactory(office=office, regions=[first, second])
    address = reverse("events:event_villages", args=[event.pk])
    client.force_login(staff)

    client.post(address, {"lepas": first.pk})
    assert list(event.regions.all()) == [second]
    client.post(address, {"lepas": second.parent_id})
    assert not event.regions.exists()
    assert Entry.objects.about(event).filter(verb="event.villages_dropped").count() == 2


def test_the_same_village_twice_is_once(office, staff) -> None:
    village = RegionFactory()
    event = EventFactory(office=office, regions=[village])

    assert actions.add_villages(event, village, by=staff) == []
    assert event.villages.count() == 1


def test_only_what_the_office_serves_is_chosen(client, office, staff) -> None:
    event = EventFactory(office=office, regions=[])
    elsewhere = RegionFactory(code="35.09.11.2004", name="Dukuhdempok")
    client.force_login(staff)
    address = reverse("events:event_villages", args=[event.pk])

    found = client.get(address, {"q": "dukuh"}).content.decode()
    answer = client.post(address, {"tambah": elsewhere.pk})

    assert "Tidak ada desa atau kecamatan dengan nama itu" in found
    assert answer.status_code == 404
    assert client.post(address, {"tambah": "x"}).status_code == 302
    assert not event.regions.exists()


def test_a_search_offers_the_kecamatan_before_its_villages(client, office, staff) -> None:
    event = EventFactory(office=office, regions=[])
    RegionFactory(name="Selomerto Wetan")
    client.force_login(staff)

    page = client.get(reverse("events:event_villages", args=[event.pk]), {"q": "kec. selomerto"})

    text = page.content.decode()
    assert text.index("Tambah seluruh") < text.index("Selomerto Wetan")


def test_more_villages_than_anybody_invites_are_refused(office, staff, monkeypatch) -> None:
    monkeypatch.setattr("events.actions.planning.MOST_VILLAGES", 2)
    event = EventFactory(office=office, regions=[RegionFactory(), RegionFactory()])

    with pytest.raises(TransitionRefused, match="paling banyak 2 desa"):
        actions.add_villages(event, RegionFactory(), by=staff)


def test_a_closed_office_plans_nothing(staff) -> None:
    office = OfficeFactory()
    Office.objects.filter(pk=office.pk).update(closed_on=office.today())

    with pytest.raises(TransitionRefused, match="ditutup"):
        actions.plan(office=office, facts=planned(), by=staff)


def test_the_action_refuses_what_the_form_would(office, staff) -> None:
    with pytest.raises(ValidationError, match="selesai sesudah mulai"):
        actions.plan(office=office, facts=planned(ends_at=planned()["starts_at"]), by=staff)


@pytest.mark.parametrize("facts", [{"title": ""}, {"venue": ""}, {"status": "held"}])
def test_the_database_refuses_an_event_that_cannot_be(office, staff, facts) -> None:
    event = EventFactory(office=office)

    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(**facts)


def test_the_database_keeps_an_event_and_its_office(office) -> None:
    event = EventFactory(office=office)

    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        event.delete()
    with pytest.raises(IntegrityError, match="stays with the office"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(office=OfficeFactory())


@pytest.mark.parametrize("went", ["cancelled"])
def test_the_database_changes_nothing_that_is_settled(office, went: str) -> None:
    event = EventFactory(office=office, went=went)

    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(venue="Lain")
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        EventVillage.objects.create(event=event, region=RegionFactory())
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        event.villages.all().delete()


def test_the_database_takes_villages_only(office) -> None:
    event = EventFactory(office=office)

    with pytest.raises(IntegrityError, match="for villages"), transaction.atomic():
        EventVillage.objects.create(event=event, region=Region.objects.get(code="33.07.06"))
    with pytest.raises(IntegrityError, match="not exchanged"), transaction.atomic():
        event.villages.update(region=RegionFactory())


def test_the_fourteen_kinds_of_the_programme_are_there() -> None:
    assert EventKind.objects.count() == 14


def test_the_same_plan_for_the_next_village_is_another(client, office, staff) -> None:
    one, two = RegionFactory(), RegionFactory()
    client.force_login(staff)

    for region in (one, two, two):
        client.post(f"{reverse('events:event_add')}?wilayah={region.code}", TYPED)

    planned = Event.objects.values_list("villages__region", flat=True)
    assert sorted(planned) == sorted([one.pk, two.pk])


@pytest.mark.django_db(transaction=True)
def test_planning_waits_for_the_office_before_anything_else() -> None:
    office = OfficeFactory()
    staff = UserFactory(staff_of=office)
    starts_at = timezone.now()
    facts = {"kind": EventKind.objects.get(key="socialization"), "title": "S", "venue": "A"}
    facts |= {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}

    def plan() -> Event:
        return actions.plan(office=office, facts=facts, by=staff)

    planned = just_before(
        lambda: Office.objects.lock(office.pk), plan, lambda: User.objects.lock(staff.pk)
    )

    assert planned.office == office


def test_a_name_with_a_word_too_many_is_found_for_an_event_too(client, office, staff) -> None:
    near = RegionFactory(name="Dieng")
    RegionFactory(code=f"{near.parent.code}.2999", name="Dlisen Wetan")
    client.force_login(staff)
    event = EventFactory(office=office)

    page = client.get(reverse("events:event_villages", args=[event.pk]), {"q": "dieng wetan"})

    assert next(it.name for it, _ in page.context["choice"].villages) == "Dieng"
    assert "Bukan salah satunya?" in page.content.decode()


def test_a_kecamatan_that_is_chosen_whole_is_not_offered_again(client, office, staff) -> None:
    event = EventFactory(office=office, regions=[])
    region = RegionFactory(name="Wetan")
    Region.objects.filter(pk=region.parent_id).update(village_count=1)
    client.force_login(staff)
    address = reverse("events:event_villages", args=[event.pk])

    before = client.get(address, {"q": "selomerto"}).content.decode()
    actions.add_villages(event, region.parent, by=staff)
    after = client.get(address, {"q": "selomerto"}).content.decode()

    assert "Tambah seluruh" in before
    assert "Tambah seluruh" not in after
    assert "Termasuk seluruhnya" in after
