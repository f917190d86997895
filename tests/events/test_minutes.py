"""What was said at an event: the minutes, questions in their order, answers; kept."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.access import access_of
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.models import Event, Minutes, Question
from tests.factories import (
    AssignmentFactory,
    EventFactory,
    UserFactory,
    VillageAccessFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db
SAID = {"text": "Acara dibuka oleh Camat.\nPaparan disampaikan.", "taken_by": "Staf"}
ASKED = {"asked_by": "Kepala Desa Ampel", "text": "Apa syaratnya?", "answer": "", "answered_by": ""}


@pytest.fixture
def event(office) -> Event:
    return EventFactory(office=office)


def ask(event: Event, *texts: str) -> list[Question]:
    facts = [{**ASKED, "text": text} for text in texts]
    return [actions.write_question(event, facts=it, by=event.created_by) for it in facts]


def asked(event: Event) -> list[str]:
    return [item.text for item in event.questions.all()]


def test_minutes_are_written_and_mended_with_history(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:minutes", args=[event.pk])

    client.post(address, SAID)
    client.post(address, SAID)  # a second click
    opened = client.get(address).context["form"]
    stamp = {"dibuka": opened["dibuka"].value()}
    client.post(address, {**SAID, **stamp, "text": "Acara ditutup."})

    assert Minutes.objects.get().text == "Acara ditutup."
    last, first = Entry.objects.about(event).filter(verb="event.minutes_written")
    assert last.data == {"before": SAID["text"]}
    assert first.data == {"before": ""}


def test_questions_are_asked_by_a_title_and_answered_later(client, staff, event) -> None:
    client.force_login(staff)
    client.post(reverse("events:questions", args=[event.pk]), {**ASKED, "answered_by": "Narsum"})
    item = event.questions.get()
    assert item.answered_by == ""  # nobody answered yet

    answer = {**ASKED, "answer": "KTP, KK, akta.", "answered_by": "Kepala Seksi"}
    client.post(reverse("events:question_edit", args=[item.pk]), answer)

    page = client.get(event.get_absolute_url()).content.decode()
    assert "Kepala Desa Ampel" in page
    assert "KTP, KK, akta." in page


def test_a_second_click_asks_nothing_twice(event) -> None:
    first, second = ask(event, "Berapa biayanya?", "Berapa biayanya?")

    assert first == second


def test_questions_are_moved_and_taken_off(client, staff, event) -> None:
    _, second, _ = ask(event, "Satu", "Dua", "Tiga")
    client.force_login(staff)
    move = reverse("events:question_move", args=[second.pk])

    client.post(move, {"arah": "naik"})
    assert asked(event) == ["Dua", "Satu", "Tiga"]
    client.post(move, {"arah": "naik"})  # at the top already
    client.post(move, {"arah": "ke samping"})
    assert asked(event) == ["Dua", "Satu", "Tiga"]
    client.post(reverse("events:question_drop", args=[second.pk]))

    assert asked(event) == ["Satu", "Tiga"]
    assert Entry.objects.about(event).first().verb == "event.question_dropped"


def test_the_office_reads_it_and_the_village_does_not(client, event) -> None:
    village = VillageFactory(office=event.office, region=event.regions.get())
    actions.write_minutes(event, facts=SAID, by=event.created_by)
    ask(event, "Apa syaratnya?")

    for user, reads in (
        (UserFactory(head_of=event.office), True),
        (UserFactory(village=village), False),
    ):
        client.force_login(user)
        page = client.get(event.get_absolute_url()).content.decode()
        assert ("Paparan disampaikan." in page) is reads
        assert ("Apa syaratnya?" in page) is reads


def test_the_rows_themselves_are_the_office_s_and_of_whoever_guides_there(client, event) -> None:
    village = VillageFactory(office=event.office, region=event.regions.get())
    actions.write_minutes(event, facts=SAID, by=event.created_by)
    ask(event, "Apa syaratnya?")
    guide = AssignmentFactory(village=village, officer__office=event.office).officer.user
    both = AssignmentFactory().officer.user  # guides another village, and speaks for this one
    VillageAccessFactory(village=village, user=both)

    for user, reads in (
        (UserFactory(head_of=event.office), True),
        (guide, True),
        (UserFactory(village=village), False),
        (both, False),
    ):
        access = access_of(user)
        assert Event.objects.visible_to(access).filter(pk=event.pk).exists()
        for model in (Minutes, Question):
            assert model.objects.visible_to(access).exists() is reads
        client.force_login(user)
        page = client.get(event.get_absolute_url()).content.decode()
        assert ("Paparan disampaikan." in page) is reads


def test_what_was_called_off_keeps_what_was_said(event) -> None:
    actions.write_minutes(event, facts=SAID, by=event.created_by)
    [item] = ask(event, "Apa syaratnya?")
    actions.cancel(event, reason="Batal.", by=event.created_by)

    with pytest.raises(TransitionRefused):
        actions.write_minutes(event, facts={**SAID, "text": "Lain"}, by=event.created_by)
    with pytest.raises(TransitionRefused):
        actions.drop_question(item, by=event.created_by)
    for model in (Minutes, Question):
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            model.objects.update(text="Lain")
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            model.objects.all().delete()


def test_an_answer_by_nobody_and_an_empty_question_are_refused(event) -> None:
    its = {"event": event, "position": 10}

    with pytest.raises(IntegrityError, match="question_answered"), transaction.atomic():
        Question.objects.create(asked_by="Kades", text="Apa?", answered_by="Camat", **its)
    with pytest.raises(IntegrityError, match="question_is_asked"), transaction.atomic():
        Question.objects.create(asked_by="", text="Apa?", **its)
