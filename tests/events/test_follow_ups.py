"""What follows from events and visits: whose it is, on whose desk, done in one press, kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.access import access_of
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.models import Event, FollowUp
from tests.factories import (
    AssignmentFactory,
    EventFactory,
    FollowUpFactory,
    MembershipFactory,
    OfficerFactory,
    UserFactory,
    VillageFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db
DUE = "Tindak lanjut jatuh tempo"


@pytest.fixture
def event(office) -> Event:
    return EventFactory(office=office)


def in_days(event: Event, days: int) -> str:
    return (event.office.today() + timedelta(days=days)).isoformat()


def desk(client, user) -> str:
    client.force_login(user)
    return client.get("/").content.decode()


def test_it_is_noted_with_owner_and_day_and_shown_on_the_record(client, staff, event) -> None:
    client.force_login(staff)
    typed = {"what": "Kirim bahan paparan", "owner_id": staff.pk, "due_on": in_days(event, 7)}

    address = reverse("events:follow_up_add", args=[event.pk])
    page = client.post(address, typed, follow=True).content.decode()
    client.post(address, typed)  # a second click

    assert "Kirim bahan paparan" in page
    item = event.follow_ups.get()
    assert (item.owner, item.office) == (staff, event.office)
    assert Entry.objects.about(event).first().verb == "follow_up.written"


def test_the_owner_is_of_the_office_or_guides_a_village_of_the_event(client, staff, event) -> None:
    village = VillageFactory(office=event.office, region=event.regions.get())
    guide = AssignmentFactory(officer=OfficerFactory(office=event.office), village=village).officer
    AssignmentFactory(officer=OfficerFactory(office=event.office))  # of another village
    UserFactory(staff_of=EventFactory().office)
    client.force_login(staff)

    page = client.get(reverse("events:follow_up_add", args=[event.pk]))

    offered = dict(page.context["form"].fields["owner_id"].choices)
    assert set(offered) == {"", staff.pk, event.created_by.pk, guide.user_id}


def test_a_day_before_the_event_is_refused(client, staff, event) -> None:
    client.force_login(staff)
    typed = {"what": "Kirim bahan", "owner_id": staff.pk, "due_on": in_days(event, -3)}

    page = client.post(reverse("events:follow_up_add", args=[event.pk]), typed)

    assert "tidak sebelum kegiatannya" in page.content.decode()
    assert not event.follow_ups.exists()


def test_it_lands_on_the_desk_of_its_owner_and_is_closed_there(client, event) -> None:
    owner = UserFactory(head_of=event.office)
    item = FollowUpFactory(source=event, owner=owner, due_on=event.office.today())

    assert item.what in desk(client, owner)
    its = reverse("events:follow_up_close", args=[item.pk])
    page = client.post(its, {"dari": "meja"}, follow=True).content.decode()

    assert DUE not in page
    item.refresh_from_db()
    assert item.is_done
    assert item.done_by == owner
    entry = Entry.objects.about(event).first()
    assert (entry.verb, entry.note, entry.by) == ("follow_up.closed", item.what, owner)


def test_colleagues_see_only_what_its_owner_let_pass(client, staff, event) -> None:
    today = event.office.today()
    FollowUpFactory(source=event, what="Belum waktunya", due_on=today + timedelta(days=3))
    FollowUpFactory(source=event, what="Sudah lewat", due_on=today - timedelta(days=1))

    page = desk(client, staff)

    assert "Sudah lewat" in page
    assert event.created_by.name in page
    assert "Belum waktunya" not in page
    assert "Belum waktunya" in desk(client, event.created_by)


def test_what_is_due_later_is_on_no_desk_yet(client, event) -> None:
    later = event.office.today() + timedelta(days=30)
    FollowUpFactory(source=event, due_on=later)

    assert DUE not in desk(client, event.created_by)


def test_a_pimpasa_without_a_role_has_theirs_on_the_desk(client) -> None:
    visit = VisitFactory()
    item = FollowUpFactory(source=visit, owner=visit.officer.user)
    other = FollowUpFactory(source=visit, owner=UserFactory(staff_of=visit.office))

    page = desk(client, visit.officer.user)

    assert item.what in page
    assert other.what not in page
    assert client.post(reverse("events:follow_up_close", args=[item.pk])).status_code == 302
    item.refresh_from_db()
    assert item.is_done


def test_what_a_pimpasa_has_to_do_is_theirs_while_they_guide_a_village_of_the_event() -> None:
    guides, elsewhere = AssignmentFactory(), AssignmentFactory()
    user = guides.officer.user
    here, there = (
        EventFactory(office=it.village.office, regions=[it.village.region])
        for it in (guides, elsewhere)
    )
    items = [FollowUpFactory(source=event, owner=user) for event in (here, there)]

    assert list(FollowUp.objects.visible_to(access_of(user))) == items[:1]


def test_what_one_does_as_pimpasa_of_another_office_is_on_the_desk_too(client) -> None:
    visit = VisitFactory()
    user = visit.officer.user
    home = EventFactory().office
    MembershipFactory(user=user, office=home, role="staff")
    item = FollowUpFactory(source=visit, owner=user)

    assert item.what in desk(client, user)


def test_closing_can_be_taken_back(client, staff, event) -> None:
    item = FollowUpFactory(source=event, owner=staff)
    client.force_login(staff)
    address = reverse("events:follow_up_close", args=[item.pk])

    client.post(address)
    client.post(address)  # a second click
    client.post(address, {"buka": "1"})

    item.refresh_from_db()
    assert not item.is_done
    verbs = [entry.verb for entry in Entry.objects.about(event)][:3]
    assert verbs == ["follow_up.reopened", "follow_up.closed", "follow_up.written"]


def test_somebody_else_of_the_office_without_the_role_closes_nothing(client, event) -> None:
    item = FollowUpFactory(source=event)
    client.force_login(UserFactory(head_of=event.office))

    assert client.post(reverse("events:follow_up_close", args=[item.pk])).status_code == 403


def test_it_is_mended_and_taken_back_with_history(client, staff, event) -> None:
    item = FollowUpFactory(source=event, owner=staff)
    client.force_login(staff)
    typed = {"what": "Kirim surat", "owner_id": staff.pk, "due_on": in_days(event, 5)}

    client.post(reverse("events:follow_up_edit", args=[item.pk]), typed)
    assert event.follow_ups.get().what == "Kirim surat"
    client.post(reverse("events:follow_up_drop", args=[item.pk]))

    assert not event.follow_ups.exists()
    assert Entry.objects.about(event).first().verb == "follow_up.dropped"


def test_the_village_reads_none_of_them(client, event) -> None:
    village = VillageFactory(office=event.office, region=event.regions.get())
    item = FollowUpFactory(source=event)
    client.force_login(UserFactory(village=village))

    page = client.get(event.get_absolute_url()).content.decode()

    assert item.what not in page
    assert client.post(reverse("events:follow_up_close", args=[item.pk])).status_code == 404


def test_of_what_was_called_off_only_that_it_is_done_is_said(event) -> None:
    item = FollowUpFactory(source=event)
    actions.cancel(event, reason="Batal.", by=event.created_by)
    facts = {"what": "Lain", "owner_id": item.owner_id, "due_on": item.due_on}

    with pytest.raises(TransitionRefused):
        actions.write_follow_up(event, facts=facts, by=event.created_by)
    for change in ({"what": "Lain"}, {"office": EventFactory().office}):
        with pytest.raises(IntegrityError, match=r"stays|belongs"), transaction.atomic():
            FollowUp.objects.filter(pk=item.pk).update(**change)
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        FollowUp.objects.filter(pk=item.pk).delete()

    actions.close_follow_up(item, by=event.created_by)
    assert FollowUp.objects.get(pk=item.pk).is_done


def test_the_database_takes_no_follow_up_for_another_office(event) -> None:
    its = {"what": "Kirim", "owner": event.created_by, "created_by": event.created_by}
    other = EventFactory().office

    with pytest.raises(IntegrityError, match="office of what"), transaction.atomic():
        FollowUp.objects.create(office=other, event=event, due_on=other.today(), **its)
    day, now = event.office.today(), timezone.now()
    with pytest.raises(IntegrityError, match="follow_up_done_by_somebody"), transaction.atomic():
        FollowUp.objects.create(office=event.office, event=event, due_on=day, done_at=now, **its)
