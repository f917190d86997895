"""A knowledge check: written, ordered, opened, withdrawn; and what it says of what was learned."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.access import access_of
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.knowledge import Gain, with_gain
from events.knowledge_questions import READY_QUESTIONS
from events.models import AnswerSheet, Event, KnowledgeCheck, KnowledgeQuestion, Phase
from events.models.knowledge import LONGEST_CHOICE, LONGEST_TEXT
from tests.factories import AssignmentFactory, EventFactory, UserFactory, VillageFactory

pytestmark = pytest.mark.django_db

ASKED = {"text": "Apa nama aplikasi paspor?", "choices": ["APOA", "M-Paspor"], "right": 2}
TYPED = {"text": "Apa itu TPPO?", "choice_a": "Paspor", "choice_b": "Perdagangan orang", "right": 2}


@pytest.fixture
def event(office) -> Event:
    return EventFactory(office=office)


@pytest.fixture
def check(event) -> KnowledgeCheck:
    """A check with two questions, whose right answers are 2 and 1."""
    ask(event, "Satu", right=2)
    ask(event, "Dua", right=1)
    return KnowledgeCheck.objects.get()


def ask(event: Event, text: str = "Satu", **facts: Any) -> KnowledgeQuestion:
    facts = {**ASKED, "text": text, **facts}
    return actions.write_knowledge_question(event, facts=facts, by=event.created_by)


def asked(event: Event) -> list[str]:
    return [it.text for it in KnowledgeQuestion.objects.filter(knowledge_check__event=event)]


def send(check: KnowledgeCheck, phase: str, *sheets: tuple[int, ...]) -> None:
    """Sheets of this phase, each the choices in the order of the questions; then it is closed."""
    keys = list(check.questions.values_list("pk", flat=True))
    by = check.event.created_by
    actions.open_phase(check.event, Phase(phase), by=by)
    for choices in sheets:
        answers = dict(zip(keys, choices, strict=True))
        actions.answer(check, phase, answers, sheet_id=uuid.uuid4())
    actions.close_phase(check.event, by=by)


def test_questions_with_their_right_answers_are_of_the_office_alone(event, staff, check) -> None:
    village = VillageFactory(office=event.office, region=event.regions.get())
    guide = AssignmentFactory(village=village, officer__office=event.office).officer.user

    for user, reads in ((staff, True), (guide, False), (UserFactory(village=village), False)):
        rows = KnowledgeQuestion.objects.visible_to(access_of(user))
        assert rows.count() == (2 if reads else 0)
    actions.withdraw_check(event, reason="Keliru.", by=staff)
    assert not KnowledgeQuestion.objects.visible_to(access_of(staff)).exists()


def test_questions_are_written_mended_ordered_and_taken_off(client, staff, event) -> None:
    client.force_login(staff)
    page = reverse("events:knowledge", args=[event.pk])

    client.post(page, TYPED)
    client.post(page, TYPED)  # a second click
    client.post(page, {**TYPED, "text": "Apa itu TPPM?", "choice_c": "Penyelundupan", "right": 3})
    first, second = KnowledgeQuestion.objects.all()
    assert (first.text, first.choices, first.right) == (
        "Apa itu TPPO?", ["Paspor", "Perdagangan orang"], 2,
    )  # fmt: skip
    client.post(reverse("events:knowledge_question_move", args=[second.pk]), {"arah": "naik"})
    assert asked(event) == ["Apa itu TPPM?", "Apa itu TPPO?"]
    client.post(reverse("events:knowledge_question", args=[first.pk]), {**TYPED, "right": 1})
    first.refresh_from_db()
    assert first.right == 1
    client.post(reverse("events:knowledge_question_drop", args=[second.pk]))

    assert asked(event) == ["Apa itu TPPO?"]
    assert [it.verb.partition("_")[2] for it in Entry.objects.about(event)][:5] == [
        "dropped", "written", "ordered", "written", "written",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"choice_b": ""}, "choice_b"),
        ({"choice_b": "paspor"}, "choice_b"),
        ({"choice_d": "Lain"}, "choice_d"),
        ({"right": 3}, "right"),
        ({"right": ""}, "right"),
        ({"text": "x" * (LONGEST_TEXT + 1)}, "text"),
        ({"choice_a": "x" * (LONGEST_CHOICE + 1)}, "choice_a"),
    ],
)
def test_a_question_has_choices_that_differ_and_one_is_right(
    client, staff, event, sent, said
) -> None:
    client.force_login(staff)

    answer = client.post(reverse("events:knowledge", args=[event.pk]), {**TYPED, **sent})

    assert list(answer.context["form"].errors) == [said]
    assert not KnowledgeQuestion.objects.exists()


def test_there_are_ten_questions_at_most(event) -> None:
    for number in range(10):
        ask(event, f"Pertanyaan {number}")

    with pytest.raises(TransitionRefused, match="10"):
        ask(event, "Satu lagi")


def test_the_ready_questions_are_taken_once_and_only_where_none_are(client, staff, event) -> None:
    client.force_login(staff)
    ready = reverse("events:knowledge_ready", args=[event.pk])

    client.post(ready)
    client.post(ready)

    assert asked(event) == [it.text for it in READY_QUESTIONS]
    assert len(READY_QUESTIONS) <= 10
    for it in READY_QUESTIONS:
        assert len(it.text) <= LONGEST_TEXT
        assert max(map(len, it.choices)) <= LONGEST_CHOICE


def test_one_phase_is_open_at_a_time(client, staff, event, check) -> None:
    client.force_login(staff)
    setting = reverse("events:knowledge_set", args=[event.pk])

    for wanted, stands in (
        ("before", "before"), ("before", "before"), ("after", "after"), ("tutup", ""),
        ("besok", ""),
    ):  # fmt: skip
        client.post(setting, {"tahap": wanted})
        check.refresh_from_db()
        assert check.open_phase == stands

    notes = Entry.objects.about(event).filter(verb__in=["event.knowledge_opened",
                                                        "event.knowledge_closed"])  # fmt: skip
    assert [it.note for it in notes] == [
        "Sesudah kegiatan", "Sesudah kegiatan", "Sebelum kegiatan",
    ]  # fmt: skip


def test_nothing_is_opened_that_asks_nothing(event) -> None:
    with pytest.raises(TransitionRefused, match="pertanyaan"):
        actions.open_phase(event, Phase.BEFORE, by=event.created_by)


def test_questions_stay_while_they_are_answered_and_after(event, check) -> None:
    first = check.questions.first()
    by = event.created_by

    def is_refused() -> None:
        for step in (
            lambda: ask(event, "Tiga"),
            lambda: actions.write_knowledge_question(event, facts=ASKED, item=first, by=by),
            lambda: actions.drop_knowledge_question(first, by=by),
            lambda: actions.move_knowledge_question(first, up=False, by=by),
        ):
            with pytest.raises(TransitionRefused):
                step()
        for change in (
            lambda: check.questions.update(right=1),
            lambda: check.questions.all().delete(),
            lambda: KnowledgeQuestion.objects.create(knowledge_check=check, position=99, **ASKED),
        ):
            with pytest.raises(IntegrityError, match="questions stay"), transaction.atomic():
                change()

    actions.open_phase(event, Phase.BEFORE, by=by)
    is_refused()
    actions.close_phase(event, by=by)
    ask(event, "Tiga")  # nobody has answered yet
    send(check, "before", (1, 1, 1))
    is_refused()


def test_a_sheet_stays_and_fits_its_questions_and_its_phase(event, check) -> None:
    send(check, "before", (2, 0))
    keys = list(check.questions.values_list("pk", flat=True))

    for changed in (
        lambda: AnswerSheet.objects.update(phase="after"),
        lambda: AnswerSheet.objects.all().delete(),
        lambda: put(check, {keys[0]: 1, keys[1]: 1}),  # no phase is open
    ):
        with pytest.raises(IntegrityError, match="a sheet"), transaction.atomic():
            changed()
    actions.open_phase(event, Phase.AFTER, by=event.created_by)
    for answers in (
        {},
        {keys[0]: 1},
        {keys[0]: 1, keys[1]: 3},
        {keys[0]: 1, keys[1]: -1},
        {keys[0]: 1, keys[1]: None},
        {keys[0]: 1, keys[1]: 1, 0: 1},
        {keys[0]: 1, 0: 1},
    ):
        with pytest.raises(IntegrityError, match="answers the questions"), transaction.atomic():
            put(check, answers)
    put(check, {keys[0]: 1, keys[1]: 0})

    assert AnswerSheet.objects.count() == 2


def put(check: KnowledgeCheck, answers: dict[int, int | None]) -> None:
    told = {str(key): choice for key, choice in answers.items()}
    its = {"phase": "after", "answers": told, "answered_on": check.event.starts_on}
    AnswerSheet.objects.create(knowledge_check=check, **its)


def test_the_gain_is_what_more_was_known_afterwards(
    event, check, django_assert_num_queries
) -> None:
    send(check, "before", (2, 2), (1, 1), (1, 0), (0, 2))  # 2 of 8
    send(check, "after", (2, 1), (2, 1), (2, 0))  # 5 of 6

    with django_assert_num_queries(1):
        gain = Gain.of(event)
    loaded = with_gain(Event.objects.filter(pk=event.pk)).get()
    with django_assert_num_queries(0):
        assert Gain.of(loaded) == gain

    assert gain is not None
    assert (gain.before.sheets, gain.before.percent) == (4, 25)
    assert (gain.after.sheets, gain.after.percent) == (3, 83)
    assert gain.points == 58
    assert [(it.text, it.right, it.before, it.after) for it in gain.questions] == [
        ("Satu", "M-Paspor", 25, 100),
        ("Dua", "APOA", 25, 67),
    ]


def test_too_few_sheets_tell_how_many_and_nothing_more(client, staff, event, check) -> None:
    send(check, "before", (2, 1), (2, 1))
    send(check, "after", (2, 1), (2, 1), (1, 1))

    gain = Gain.of(event)

    assert gain is not None
    assert (gain.before.sheets, gain.before.percent, gain.points) == (2, None, None)
    assert {it.before for it in gain.questions} == {None}
    client.force_login(staff)
    page = client.get(reverse("events:knowledge", args=[event.pk])).content.decode()
    assert "Kurang dari tiga lembar" in page
    assert "83 persen" in page


def test_nothing_is_told_of_a_phase_while_more_may_come(event, check) -> None:
    send(check, "before", (2, 1), (2, 1), (1, 1))
    actions.open_phase(event, Phase.BEFORE, by=event.created_by)

    gain = Gain.of(event)

    assert gain is not None
    assert (gain.before.sheets, gain.before.percent, gain.before.is_open) == (3, None, True)


def test_an_event_without_a_check_gained_nothing_that_is_known(event) -> None:
    assert Gain.of(event) is None


def test_the_record_tells_those_who_read_the_minutes(client, event, check) -> None:
    village = VillageFactory(office=event.office, region=event.regions.get())
    send(check, "before", (2, 2), (1, 1), (1, 0))
    send(check, "after", (2, 1), (2, 1), (2, 1))

    for user, reads in (
        (UserFactory(head_of=event.office), True),
        (UserFactory(village=village), False),
    ):
        client.force_login(user)
        page = client.get(event.get_absolute_url()).content.decode()
        assert ("+67 poin persentase" in page) is reads
        assert ("Cek pengetahuan" in page) is reads


def test_a_check_is_withdrawn_whole_and_another_may_follow(client, staff, event, check) -> None:
    send(check, "before", (2, 1), (2, 1), (1, 1))
    client.force_login(staff)
    withdraw = reverse("events:knowledge_withdraw", args=[event.pk])

    assert "alasan" in client.post(withdraw, {"reason": ""}).content.decode()
    client.post(withdraw, {"reason": "Jawaban benarnya keliru."})

    assert Gain.of(event) is None
    assert AnswerSheet.objects.count() == 3  # kept, and counted nowhere
    entry = Entry.objects.about(event).first()
    assert (entry.verb, entry.note) == (
        "event.knowledge_withdrawn", "3 lembar. Jawaban benarnya keliru.",
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="withdrawn"), transaction.atomic():
        KnowledgeCheck.objects.update(withdrawn_because="Lain")
    assert client.get(withdraw).status_code == 302
    ask(event, "Yang benar")
    [_, other] = KnowledgeCheck.objects.order_by("pk")
    assert other.key != check.key
    with pytest.raises(IntegrityError, match="knowledge_check_one_live"), transaction.atomic():
        KnowledgeCheck.objects.create(event=event, key="k" * 10)


def test_a_question_of_a_withdrawn_check_is_not_changed(event, check) -> None:
    first = check.questions.first()
    actions.withdraw_check(event, reason="Salah.", by=event.created_by)
    ask(event, "Yang benar")

    with pytest.raises(TransitionRefused, match="ditarik"):
        actions.write_knowledge_question(event, facts=ASKED, item=first, by=event.created_by)
    actions.drop_knowledge_question(first, by=event.created_by)

    assert check.questions.count() == 2


def test_what_was_called_off_keeps_its_check(client, staff, event, check) -> None:
    actions.open_phase(event, Phase.BEFORE, by=event.created_by)
    actions.cancel(event, reason="Batal.", by=event.created_by)
    client.force_login(staff)

    for step in (
        lambda: ask(event, "Tiga"),
        lambda: actions.close_phase(event, by=event.created_by),
        lambda: actions.withdraw_check(event, reason="Salah.", by=event.created_by),
        lambda: actions.answer(check, "before", {}, sheet_id=uuid.uuid4()),
    ):
        with pytest.raises(TransitionRefused):
            step()
    for changed in (
        lambda: KnowledgeCheck.objects.update(open_phase=""),
        lambda: check.questions.update(right=1),
        lambda: put(check, {}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            changed()
    assert client.get(reverse("events:knowledge", args=[event.pk])).status_code == 302


def test_a_question_without_choices_or_a_right_one_is_refused(event, check) -> None:
    its = {"knowledge_check": check, "position": 90, **ASKED}

    for wrong, name in (
        ({"text": ""}, "asks_something"),
        ({"choices": ["A", ""]}, "asks_something"),
        ({"choices": ["A"], "right": 1}, "has_choices"),
        ({"choices": []}, "has_choices|one_is_right"),
        ({"choices": list("ABCDEF")}, "has_choices"),
        ({"right": 3}, "one_is_right"),
        ({"right": 0}, "one_is_right"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            KnowledgeQuestion.objects.create(**its | wrong)


def test_a_check_says_whole_why_it_was_withdrawn_and_is_never_deleted(check) -> None:
    for wrong, name in (
        ({"withdrawn_because": "Salah."}, "with_a_reason"),
        ({"open_phase": "during"}, "phase_known"),
        ({"key": "Besar"}, "stays|key_whole"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            KnowledgeCheck.objects.update(**wrong)
    check.questions.all().delete()
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        check.delete()
