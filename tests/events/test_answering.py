"""People answer a knowledge check from their phones: once each, and nobody knows who said what."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.models import AnswerSheet, Event, KnowledgeCheck, Phase
from tests.factories import EventFactory, OfficeFactory
from tests.races import just_before, together

pytestmark = pytest.mark.django_db

ASKED = {"choices": ["APOA", "M-Paspor"], "right": 2}


@pytest.fixture(autouse=True)
def _nobody_tried() -> None:
    cache.clear()


def a_check(event: Event) -> KnowledgeCheck:
    """Two questions, asked before the event."""
    for text in ("Satu", "Dua"):
        facts = {**ASKED, "text": text}
        actions.write_knowledge_question(event, facts=facts, by=event.created_by)
    open_for(event, "before")
    return KnowledgeCheck.objects.get(event=event)


def open_for(event: Event, phase: str) -> None:
    actions.open_phase(event, Phase(phase), by=event.created_by)


@pytest.fixture
def event(office) -> Event:
    return EventFactory(office=office)


@pytest.fixture
def check(event) -> KnowledgeCheck:
    return a_check(event)


def address(check: KnowledgeCheck, name: str = "knowledge_sheet") -> str:
    return reverse(f"events:{name}", args=[check.key])


def filled(check: KnowledgeCheck, page: str, *choices: int) -> dict[str, str]:
    """What a form sends: its hidden fields, and these choices in the order of the questions."""
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    names = [f"p{pk}" for pk in check.questions.values_list("pk", flat=True)]
    return hidden | {name: str(it) for name, it in zip(names, choices, strict=True)}


def send(check: KnowledgeCheck, phone: Client, *choices: int) -> str:
    page = phone.get(address(check)).content.decode()
    sent = filled(check, page, *choices)
    return phone.post(address(check), sent, follow=True).content.decode()


def mark_of(check: KnowledgeCheck, phone: Client) -> str:
    """The random mark that the phone keeps: the key of its sheet is drawn from it."""
    return signing.loads(phone.cookies["cek"].value, salt=f"events.answering.{check.key}")[0]


def test_a_phone_answers_once_in_each_phase(event, check) -> None:
    phone = Client()

    said = send(check, phone, 2, 0)
    assert "Jawaban dari ponsel ini sudah diterima" in said
    assert phone.get(address(check)).status_code == 302  # to the thanks
    assert "sudah diterima" in phone.post(address(check), follow=True).content.decode()
    open_for(event, "after")
    assert "Satu" in phone.get(address(check)).content.decode()
    send(check, phone, 2, 2)

    sheets = AnswerSheet.objects.order_by("-phase")
    assert [(it.phase, list(it.answers.values())) for it in sheets] == [
        ("before", [2, 0]),
        ("after", [2, 2]),
    ]


def test_an_answer_that_never_arrived_is_sent_again_and_is_one(check) -> None:
    phone = Client()
    page = phone.get(address(check)).content.decode()
    sent = filled(check, page, 1, 1)
    before = phone.cookies["cek"].value

    phone.post(address(check), sent)
    phone.cookies["cek"] = before  # the answer did not reach the phone
    phone.post(address(check), sent)

    assert AnswerSheet.objects.count() == 1


def test_what_a_phone_keeps_leads_to_no_sheet(check) -> None:
    phone = Client()
    phone.get(address(check))
    before = mark_of(check, phone)
    send(check, phone, 1, 1)

    sheet = AnswerSheet.objects.get()
    stored = {name: getattr(sheet, name) for name in (it.attname for it in sheet._meta.fields)}
    assert set(stored) == {"id", "knowledge_check_id", "phase", "answers", "answered_on"}
    assert mark_of(check, phone) != before
    assert phone.cookies["cek"]["path"] == address(check)
    assert phone.cookies["cek"]["httponly"]
    assert not Entry.objects.filter(at__gte=check.created_at, by=None).exists()


def test_the_page_says_what_is_asked_and_not_what_is_right(check, event) -> None:
    answer = Client().get(address(check))

    text = answer.content.decode()
    for said in (event.title, str(event.office), "sebelum kegiatan", "M-Paspor", "Tidak tahu"):
        assert said in text
    assert [it for it in ("benar", "<script", event.created_by.name) if it in text] == []
    assert "no-store" in answer["Cache-Control"]


def test_every_question_is_answered_and_what_was_chosen_stays(check) -> None:
    phone = Client()
    page = phone.get(address(check)).content.decode()
    sent = filled(check, page, 2, 1)
    dropped = sorted(it for it in sent if re.fullmatch(r"p\d+", it))[-1]
    del sent[dropped]

    text = phone.post(address(check), sent).content.decode()

    assert "Pilih satu jawaban" in text
    assert len(re.findall(r"<input[^>]* checked", text)) == 1
    assert not AnswerSheet.objects.exists()


def test_answers_of_the_phase_before_are_looked_at_again(event, check) -> None:
    phone = Client()
    page = phone.get(address(check)).content.decode()
    sent = filled(check, page, 1, 1)
    open_for(event, "after")

    text = phone.post(address(check), sent).content.decode()
    assert "giliran jawaban sesudah kegiatan" in text
    assert not AnswerSheet.objects.exists()
    phone.post(address(check), filled(check, text, 1, 1))

    assert AnswerSheet.objects.get().phase == "after"


def test_nobody_answers_what_is_shut_settled_or_withdrawn(event, check) -> None:
    by = event.created_by
    actions.close_phase(event, by=by)
    assert Client().get(address(check)).status_code == 410
    assert Client().post(address(check)).status_code == 410
    open_for(event, "before")
    assert Client().get(address(check)).status_code == 200
    actions.withdraw_check(event, reason="Salah.", by=by)
    assert Client().get(address(check)).status_code == 410
    again = a_check(EventFactory())
    actions.cancel(again.event, reason="Batal.", by=again.event.created_by)
    assert Client().get(address(again)).status_code == 410
    assert Client().get(reverse("events:knowledge_sheet", args=["tidakada"])).status_code == 404


def test_the_form_is_protected_without_an_account(check) -> None:
    phone = Client(enforce_csrf_checks=True)
    sent = filled(check, phone.get(address(check)).content.decode(), 1, 1)
    del sent["csrfmiddlewaretoken"]

    assert phone.post(address(check), sent).status_code == 403
    assert not AnswerSheet.objects.exists()


def test_a_device_that_sends_too_often_is_slowed_and_others_are_not(check) -> None:
    phone = Client()
    phone.get(address(check))

    said = [phone.post(address(check)).status_code for _ in range(31)]

    assert (said[0], said[-1]) == (200, 429)
    assert "sudah diterima" in send(check, Client(), 1, 1)


def test_a_flood_of_sheets_ends(check, monkeypatch) -> None:
    monkeypatch.setattr("events.actions.knowledge.MOST_SHEETS", 1)
    send(check, Client(), 1, 1)

    assert "Terlalu banyak lembar" in send(check, Client(), 2, 2)
    assert AnswerSheet.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_hall_behind_one_router_answers_once_each_and_a_double_click_is_one() -> None:
    event = EventFactory(office=OfficeFactory())
    check = a_check(event)
    phones = [Client() for _ in range(20)]
    pages = [phone.get(address(check)).content.decode() for phone in phones]

    def press(number: int) -> int:
        sent = filled(check, pages[number], 2, number % 3)
        other = Client()  # the same phone: its first answer is still on the way
        other.cookies["cek"] = phones[number].cookies["cek"].value
        return other.post(address(check), sent).status_code

    steps = [lambda number=number: press(number % 20) for number in range(25)]
    answers = together(*steps, at_once=8)

    assert set(answers) == {302}
    assert AnswerSheet.objects.count() == 20


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("then", ["", "after"])
def test_a_sheet_that_meets_the_end_of_its_phase_is_refused_in_a_sentence(then: str) -> None:
    event = EventFactory(office=OfficeFactory())
    check = a_check(event)
    answers = dict.fromkeys(check.questions.values_list("pk", flat=True), 1)

    def go_on() -> None:
        if then:
            open_for(event, then)
        else:
            actions.close_phase(event, by=event.created_by)

    told = just_before(go_on, lambda: actions.answer(check, "before", answers, sheet_id=uuid4()))

    assert isinstance(told, TransitionRefused)
    assert not AnswerSheet.objects.exists()
