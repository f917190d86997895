"""Lists, months and calendar files: what is found, on which day, and by whose clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from events import actions
from events.ics import calendar_of
from events.models import Event
from tests.factories import (
    AssignmentFactory,
    EventFactory,
    OfficeFactory,
    OfficerFactory,
    RegionFactory,
    UserFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db

NEW_YEAR = datetime(2024, 12, 31, 15, 30, tzinfo=UTC)  # 22.30 WIB, and 00.30 WIT of the next year


def titles(client, name: str = "events:events", **asked: str) -> list[str]:
    page = client.get(reverse(name), asked)
    return [event.title for event in page.context["page"].object_list]


def test_the_list_is_narrowed_and_says_so(client, office, staff) -> None:
    client.force_login(staff)
    village = RegionFactory(name="Tieng")
    first = EventFactory(office=office, title="Rapat", venue="Hotel", regions=[])
    second = EventFactory(office=office, title="Sosialisasi", regions=[village], went="finished")

    assert set(titles(client)) == {first.title, second.title}
    assert titles(client, q="hotel") == ["Rapat"]
    assert titles(client, q="tieng") == ["Sosialisasi"]
    assert titles(client, status="finished") == ["Sosialisasi"]
    assert titles(client, status="nonsense", jenis="") == titles(client)
    assert titles(client, jenis="coordination") == []
    assert titles(client, q="zz\0zz") == []
    page = client.get(reverse("events:events"), {"q": "tidak ada"}).content.decode()
    assert "Tidak ada yang cocok" in page


def test_days_are_those_of_each_office(client) -> None:
    national = UserFactory(admin_of=OfficeFactory().parent.parent)
    jakarta = EventFactory(office=OfficeFactory(), starts_at=NEW_YEAR)
    jayapura = EventFactory(office=OfficeFactory(timezone="Asia/Jayapura"), starts_at=NEW_YEAR)
    client.force_login(national)

    assert titles(client, sampai="2024-12-31") == [jakarta.title]
    assert set(titles(client, dari="2025-01-01")) == {jakarta.title, jayapura.title}
    assert titles(client, dari="2025-01-02") == []
    page = client.get(reverse("events:events")).content.decode()
    assert "31 Desember 2024, 22.30 sampai 1 Januari 2025, 01.30 WIB" in page
    assert "1 Januari 2025, 00.30–03.30 WIT" in page


def test_the_month_shows_each_on_its_days(client) -> None:
    national = UserFactory(admin_of=OfficeFactory().parent.parent)
    jakarta = EventFactory(office=OfficeFactory(), starts_at=NEW_YEAR)
    jayapura = EventFactory(office=OfficeFactory(timezone="Asia/Jayapura"), starts_at=NEW_YEAR)
    client.force_login(national)

    month = client.get(reverse("events:calendar"), {"bulan": "2024-12"}).context["month"]

    days = {day.day.isoformat(): day.events for day in month.days if day.events}
    assert days == {"2024-12-31": (jakarta,), "2025-01-01": (jakarta, jayapura)}
    assert (month.before, month.after) == ("2024-11", "2025-01")
    assert month.days[0].day.weekday() == 0


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (3, {27: "20.00–23.00 WIB"}),
        (4.5, {27: "mulai 20.00 WIB", 28: "sampai 00.30 WIB"}),
        (52, {27: "mulai 20.00 WIB", 28: "hari ke-2", 29: "sampai 24.00 WIB"}),
        (61, {27: "mulai 20.00 WIB", 28: "hari ke-2", 29: "hari ke-3", 30: "sampai 09.00 WIB"}),
    ],
)
def test_each_day_of_the_month_says_its_own_hours(client, office, staff, hours, told) -> None:
    at = datetime(2024, 6, 27, 13, tzinfo=UTC)
    EventFactory(office=office, starts_at=at, ends_at=at + timedelta(hours=hours))
    client.force_login(staff)

    answer = client.get(reverse("events:calendar"), {"bulan": "2024-06"})

    days = answer.context["month"].days
    assert {it.day.day: it.shown[0].clock for it in days if it.events} == told
    page = answer.content.decode()
    assert [page.count(f">{it}</span>") for it in told.values()] == [1] * len(told)


def test_a_full_day_leads_to_its_list(client, office, staff) -> None:
    at = datetime(2024, 6, 25, 3, tzinfo=UTC)
    for _ in range(5):
        EventFactory(office=office, starts_at=at)
    client.force_login(staff)

    page = client.get(reverse("events:calendar"), {"bulan": "2024-06"}).content.decode()

    assert "dan 2 lainnya" in page
    assert "?dari=2024-06-25&amp;sampai=2024-06-25" in page


@pytest.mark.parametrize("asked", ["", "2024-13", "kemarin", "9999-01", "2024-06-25"])
def test_what_is_no_month_is_this_one(client, staff, asked: str) -> None:
    client.force_login(staff)

    month = client.get(reverse("events:calendar"), {"bulan": asked}).context["month"]

    assert month.is_this


def test_an_event_for_a_calendar(client, office, staff, settings) -> None:
    settings.PORTAL_URL = "https://portal.example"
    event = EventFactory(
        office=office,
        title="Sosialisasi; Desa, Binaan",
        starts_at=datetime(2024, 6, 25, 2, tzinfo=UTC),
    )
    client.force_login(staff)

    answer = client.get(reverse("events:event_ics", args=[event.pk]))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="kegiatan-{event.pk}.ics"'
    [entry] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert entry["summary"] == "Sosialisasi; Desa, Binaan"
    assert entry.decoded("dtstart") == datetime(2024, 6, 25, 2, tzinfo=UTC)
    assert entry["uid"] == f"kegiatan-{event.pk}@portal.example"
    assert entry["url"] == f"https://portal.example/kegiatan/{event.pk}/"
    assert entry["status"] == "CONFIRMED"


def test_whoever_keeps_it_in_a_calendar_hears_that_it_was_called_off(client, office, staff) -> None:
    event = EventFactory(office=office, went="cancelled")
    client.force_login(staff)

    answer = client.get(reverse("events:event_ics", args=[event.pk]))

    [entry] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert entry["status"] == "CANCELLED"


def test_the_office_s_calendar_has_what_was_lately_and_what_is_to_come(
    client, office, staff
) -> None:
    for days in (-400, -300, 20):
        EventFactory(
            office=office, title=f"{days}", starts_at=timezone.now() + timedelta(days=days)
        )
    EventFactory(title="elsewhere")
    client.force_login(staff)

    answer = client.get(reverse("events:events_ics"))

    entries = Calendar.from_ical(answer.content).walk("VEVENT")
    assert {str(entry["summary"]) for entry in entries} == {"-300", "20"}


def test_villages_and_their_guides_find_their_own(client, office) -> None:
    village, other = VillageFactory(office=office), VillageFactory(office=office)
    event = EventFactory(office=office, regions=[village.region, other.region])
    EventFactory(office=office, regions=[other.region])
    guide = AssignmentFactory(officer=OfficerFactory(office=office), village=village).officer.user

    for user in (UserFactory(village=village), guide):
        client.force_login(user)
        assert titles(client) == [event.title]
        page = client.get(event.get_absolute_url()).content.decode()
        assert f'href="{village.get_absolute_url()}"' in page
        assert f'href="{other.get_absolute_url()}"' not in page
    page = client.get(village.get_absolute_url()).content.decode()
    assert event.title in page


def test_a_list_says_for_whom_in_a_line(client, office, staff) -> None:
    one = RegionFactory(name="Tieng")
    many = [RegionFactory() for _ in range(5)]
    EventFactory(office=office, regions=[one])
    EventFactory(office=office, regions=many)
    client.force_login(staff)

    page = client.get(reverse("events:events")).content.decode()

    assert "Desa Tieng, Kecamatan Selomerto" in page
    assert "5 desa: Sukamaju" in page
    assert "dan 2 lainnya" in page


def test_a_calendar_counts_each_change(office, staff) -> None:
    event = EventFactory(office=office)

    def sequence() -> int:
        event.refresh_from_db()
        [entry] = Calendar.from_ical(calendar_of([found(event)], name="")).walk("VEVENT")
        return int(entry["sequence"])

    counted = [sequence()]
    for change in (
        lambda: actions.change(event, facts={"venue": "Aula lain"}, by=staff),
        lambda: actions.add_villages(event, RegionFactory(), by=staff),
        lambda: actions.start(event, by=staff, at=event.starts_at),
        lambda: actions.cancel(event, reason="Banjir.", by=staff),
    ):
        change()
        counted.append(sequence())

    assert counted == sorted(set(counted))


def found(event: Event) -> Event:
    return Event.objects.with_list().get(pk=event.pk)


def test_a_month_counts_its_own_days(client, office, staff) -> None:
    EventFactory(office=office, starts_at=datetime(2024, 6, 1, 3, tzinfo=UTC))
    client.force_login(staff)

    may, june = (
        client.get(reverse("events:calendar"), {"bulan": month}).context["month"].total
        for month in ("2024-05", "2024-06")
    )

    assert (may, june) == (0, 1)
