"""An event from plan to end: who takes which step, when, and what the others are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from events import actions
from events.models import Event
from tests.factories import EventFactory, RegionFactory, UserFactory, VillageFactory, midnight

pytestmark = pytest.mark.django_db


def soon(**also):
    return {"starts_at": timezone.now() + timedelta(days=3), **also}


def past(**also):
    return {"starts_at": timezone.now() - timedelta(days=3), **also}


def press(client, event: Event, name: str, **data: str) -> str:
    answer = client.post(reverse(f"events:{name}", args=[event.pk]), data, follow=True)
    event.refresh_from_db()
    return answer.content.decode()


def test_it_is_started_and_finished_on_its_day(client, office, staff) -> None:
    event = EventFactory(office=office)
    client.force_login(staff)

    assert "Kegiatan dimulai." in press(client, event, "event_start")
    assert event.status == "running"
    assert "Kegiatan selesai." in press(client, event, "event_finish")
    assert (event.status, event.status_by) == ("finished", staff)
    verbs = [entry.verb for entry in Entry.objects.about(event)]
    assert verbs[:2] == ["event.finished", "event.started"]


def test_what_was_never_started_here_is_finished_all_the_same(office, staff) -> None:
    event = EventFactory(office=office, **past())

    assert actions.finish(event, by=staff).status == "finished"


@pytest.mark.parametrize("name", ["event_start", "event_finish"])
def test_before_its_day_it_neither_begins_nor_ends(client, office, staff, name: str) -> None:
    event = EventFactory(office=office, **soon())
    client.force_login(staff)

    said = press(client, event, name)

    assert "Ubah waktunya dahulu bila dimajukan" in said
    assert event.status == "planned"


def test_the_page_offers_what_can_be_done_now(client, office, staff) -> None:
    client.force_login(staff)
    start, finish = (f">{label}<" for label in ("Mulai kegiatan", "Nyatakan selesai"))

    pages = {
        when: client.get(EventFactory(office=office, **facts).get_absolute_url()).content.decode()
        for when, facts in {"soon": soon(), "now": {}, "past": past()}.items()
    }

    offered = {when: (start in page, finish in page) for when, page in pages.items()}
    assert offered == {"soon": (False, False), "now": (True, True), "past": (False, True)}
    assert "Waktu kegiatan ini sudah lewat" in pages["past"]


def test_while_it_runs_the_page_offers_what_is_done_there_first(client, office, staff) -> None:
    client.force_login(staff)

    page = client.get(EventFactory(office=office, went="started").get_absolute_url())

    panel = page.content.decode().partition("Langkah berikutnya")[2].partition("</section>")[0]
    labels = ("Isi daftar hadir", "Kode QR", "Tambah foto", "Nyatakan selesai", "Ubah rencana")
    places = [panel.index(label) for label in labels]
    assert places == sorted(places)
    assert panel.count('class="button"') == 1


def test_a_second_click_is_no_conflict_but_a_colleague_s_is_told(client, office, staff) -> None:
    event = EventFactory(office=office)
    client.force_login(staff)
    press(client, event, "event_start")

    assert "tidak dapat dilakukan" not in press(client, event, "event_start")
    client.force_login(UserFactory(staff_of=office))
    assert f"kegiatan ini dimulai oleh {staff.name} pada" in press(client, event, "event_start")


def test_it_is_called_off_with_a_reason_that_its_villages_read(client, office, staff) -> None:
    village = VillageFactory(office=office)
    event = EventFactory(office=office, regions=[village.region], **soon())
    client.force_login(staff)

    assert "Isi alasan kegiatan dibatalkan" in press(client, event, "event_cancel", reason=" ")
    assert event.status == "planned"
    press(client, event, "event_cancel", reason="Camat berhalangan.")

    assert (event.status, event.status_note) == ("cancelled", "Camat berhalangan.")
    client.force_login(UserFactory(village=village))
    seen = client.get(event.get_absolute_url()).content.decode()
    assert "Camat berhalangan." in seen
    assert "Riwayat" not in seen
    assert staff.name not in seen


def test_it_is_not_over_before_its_hour(client, office, staff) -> None:
    late = timezone.now().replace(hour=16, minute=30)  # 23.30 WIB of the same day, or past it
    event = EventFactory(office=office, starts_at=max(late, timezone.now() + timedelta(minutes=5)))
    client.force_login(staff)

    page = client.get(event.get_absolute_url()).content.decode()
    assert ">Nyatakan selesai<" not in page
    press(client, event, "event_finish")

    assert event.status == "planned"


def test_it_is_not_over_before_its_last_day(client, office, staff) -> None:
    """Certificates and letters name the planned days; one that was not needed is taken off."""
    today = midnight(office, timezone.now())
    end = today + timedelta(days=2)
    event = EventFactory(office=office, ends_at=end, went="started")
    client.force_login(staff)

    page = client.get(event.get_absolute_url()).content.decode()
    said = press(client, event, "event_finish")

    assert ">Nyatakan selesai<" not in page
    assert f"Dapat dinyatakan selesai pada {tomorrow(office)}" in page
    assert f"direncanakan sampai {tomorrow(office)}. Ubah waktunya bila" in said
    assert event.status == "running"
    actions.change(event, facts={"ends_at": today + timedelta(days=1)}, by=staff)
    page = client.get(event.get_absolute_url()).content.decode()
    assert "Dapat dinyatakan selesai" not in page
    assert ">Nyatakan selesai<" in page
    assert "Kegiatan selesai." in press(client, event, "event_finish")
    with pytest.raises(ValidationError, match="tidak berakhir di masa depan"):
        actions.change(event, facts={"ends_at": end}, by=staff)


def test_on_its_last_day_it_is_over(office, staff) -> None:
    starts_at = midnight(office, timezone.now()) - timedelta(hours=16)
    event = EventFactory(
        office=office, starts_at=starts_at, ends_at=starts_at + timedelta(hours=40), went="started"
    )

    assert event.starts_on < event.ends_on
    assert actions.finish(event, by=staff).status == "finished"


def tomorrow(office) -> str:
    return formats.long_date(office.today() + timedelta(days=1))


@pytest.mark.parametrize("went", ["started", "finished"])
def test_what_was_held_is_not_moved_into_the_future(office, staff, went: str) -> None:
    event = EventFactory(office=office, went=went)
    later = {name: getattr(event, name) + timedelta(days=300) for name in ("starts_at", "ends_at")}
    earlier = {name: getattr(event, name) - timedelta(days=3) for name in ("starts_at", "ends_at")}

    with pytest.raises(ValidationError, match="tidak bertanggal di masa depan"):
        actions.change(event, facts=later, by=staff)

    assert actions.change(event, facts=earlier, by=staff).starts_at == earlier["starts_at"]


@pytest.mark.parametrize("went", ["started", "finished"])
def test_a_slip_is_undone(client, office, staff, went: str) -> None:
    event = EventFactory(office=office, went=went)
    client.force_login(staff)

    offered = client.get(event.get_absolute_url()).content.decode()
    assert "Kegiatan dibuka kembali." in press(client, event, "event_reopen")

    assert ">Buka kembali<" in offered
    assert event.status == "planned"
    assert Entry.objects.about(event).first().verb == "event.reopened"
    again = press(client, event, "event_reopen")
    assert "tidak dapat dilakukan" not in again
    assert ">Buka kembali<" not in again


@pytest.mark.parametrize("went", ["finished", "cancelled"])
def test_what_is_over_is_not_called_off(client, office, staff, went: str) -> None:
    event = EventFactory(office=office, went=went)
    client.force_login(staff)

    press(client, event, "event_cancel", reason="Lain.")

    assert event.status == went
    with pytest.raises(TransitionRefused):
        actions.cancel(event, reason="Lain.", by=UserFactory())


def test_what_was_called_off_is_not_changed_any_more(client, office, staff) -> None:
    event = EventFactory(office=office, went="cancelled")
    client.force_login(staff)

    for refused in (
        lambda: actions.change(event, facts={"venue": "Lain"}, by=staff),
        lambda: actions.add_villages(event, RegionFactory(), by=staff),
        lambda: actions.drop_villages(event, event.regions.get(), by=staff),
    ):
        with pytest.raises(TransitionRefused, match="tidak dapat diubah lagi"):
            refused()
    for name in ("event_edit", "event_villages"):
        answer = client.get(reverse(f"events:{name}", args=[event.pk]), follow=True)
        assert "tidak dapat diubah lagi" in answer.content.decode()
