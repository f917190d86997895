"""Migrations of events are undone where that forgets nothing; else the way down ends there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from importlib import import_module

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from events import actions
from events.actions.naming import write_certificate_name
from events.models import Event
from tests.factories import (
    EventFactory,
    ParticipationFactory,
    PhotoFactory,
    VisitFactory,
    report,
)

pytestmark = pytest.mark.django_db


def invited() -> Event:
    event = EventFactory()
    facts = {"kind": "district", "institution": "Wuluhan", "title": "Camat"}
    actions.invite(event, facts={**facts, "person": "Sulastri"}, by=event.created_by)
    return event


def asked() -> None:
    event = EventFactory()
    actions.take_ready_questions(event, by=event.created_by)


def arrived() -> None:
    event = invited()
    actions.note_invited(event.invitees.get(), by=event.created_by)


def excluded() -> None:
    event = EventFactory(went="finished")
    person = actions.Person("Siti Aminah", "Desa Tieng")
    actions.attend(event, [person], source="officer", by=event.created_by)
    actions.exclude(event.attendees.get(), reason="Pulang awal.", by=event.created_by)


def denied() -> None:
    event = invited()
    person = actions.Person("Siti Aminah", "Desa Tieng")
    actions.attend(event, [person], source="officer", by=event.created_by)
    actions.deny(event.attendees.get(), event.invitees.get(), by=event.created_by)


def named() -> None:
    event = EventFactory(went="finished")
    person = actions.Person("Siti Aminah", "Desa Tieng")
    actions.attend(event, [person], source="officer", by=event.created_by)
    write_certificate_name(event.attendees.get(), name="Siti Aminah, S.Pd.", by=event.created_by)


def opening_a_day() -> None:
    event = EventFactory()
    facts = {"title": "Paparan", "minutes": 60, "led_by": "", "opens_day_at": time(8)}
    actions.write_item(event, facts=facts, by=event.created_by)


def vouched() -> Event:
    event = EventFactory(went="finished")
    person = actions.Person("Siti Aminah", "Desa Tieng")
    actions.attend(event, [person], source="self", by=None)
    actions.attend(event, [person], source="officer", by=event.created_by)
    return event


@pytest.mark.parametrize(
    ("migration", "keep"),
    [
        ("0010_invitations", invited),
        ("0012_follow_ups_and_visits", VisitFactory),
        ("0016_photos", PhotoFactory),
        ("0021_reports", lambda: report(EventFactory(went="finished"))),
        ("0023_knowledge_check", asked),
        ("0025_participation", ParticipationFactory),
        ("0027_short_links", EventFactory),
        ("0031_attendee_invitee", arrived),
        ("0033_exclusions", excluded),
        ("0035_guest_denials", denied),
        ("0038_certificate_names", named),
        ("0040_attendee_vouched_by", lambda: report(vouched())),
        ("0047_agenda_of_several_days", opening_a_day),
    ],
)
def test_the_way_down_ends_where_it_would_forget(
    migration: str, keep: Callable[[], object]
) -> None:
    keep()
    loader, key = MigrationLoader(connection), ("events", migration)
    before = loader.project_state(key, at_end=False)

    with (
        pytest.raises(IntegrityError, match="the way down ends here"),
        transaction.atomic(),
        connection.schema_editor() as editor,
    ):
        loader.graph.nodes[key].unapply(before, editor)


def test_the_way_down_goes_on_where_the_history_gives_back_whom_officers_vouched_for() -> None:
    event = vouched()
    migration = import_module("events.migrations.0040_attendee_vouched_by")

    with connection.cursor() as cursor:
        cursor.execute(migration.KEPT)
        event.attendees.update(vouched_by=None)
        cursor.execute(migration.KNOWN)

    assert event.attendees.get().vouched_by == event.created_by


def test_where_there_is_nothing_to_forget_it_goes_down_and_up_again() -> None:
    call_command("migrate", "events", "0009", verbosity=0)
    assert "events_invitee" not in connection.introspection.table_names()

    call_command("migrate", "events", verbosity=0)

    EventFactory()
    assert not MigrationLoader(connection).detect_conflicts()
