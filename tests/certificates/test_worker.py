"""A paper arrives once, whatever dies meanwhile: worker, queue or file system."""

from datetime import timedelta
from io import StringIO

import pytest
from celery import current_app
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Office
from audit.models import Entry
from certificates import actions, storage, tasks
from certificates.actions.papers import IMMEDIATE_ATTEMPTS
from certificates.models import Certificate, Export, Letter, Status
from tests.factories import (
    FACTS,
    CertificateFactory,
    DesignationFactory,
    ExportFactory,
    LetterFactory,
    NumberTemplateFactory,
    UserFactory,
    head_of,
)
from tests.races import decide_elsewhere
from tests.worker_process import WorkerProcess, forget_queue, wait_for
from villages.models.designation import PAPER

DEAD_BROKER = "redis://127.0.0.1:1/0"


def drawn() -> int:
    return Certificate.objects.filter(status=Status.READY).count()


def overdue() -> None:
    """Let the orders be old enough for the sweeper, the one that was in hand as well."""
    long_ago = timezone.now() - timedelta(hours=1)
    waiting = Certificate.objects.filter(status=Status.ORDERED)
    waiting.update(ordered_at=long_ago)
    waiting.filter(attempts__gt=0).update(tried_at=long_ago)


def assert_each_drawn_once(count: int) -> None:
    assert drawn() == count
    assert Entry.objects.filter(verb="certificate.drawn").count() == count
    for certificate in Certificate.objects.all():
        assert storage.read(certificate.file, certificate.sha256).startswith(b"%PDF-")


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_an_approval_brings_a_paper(celery_worker_process: WorkerProcess) -> None:
    DesignationFactory(approved=True)

    wait_for(lambda: drawn() == 1)

    assert_each_drawn_once(1)


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_a_killed_drawing_process_loses_nothing(celery_worker_process: WorkerProcess) -> None:
    office = NumberTemplateFactory().office
    for _ in range(6):
        DesignationFactory(office=office, approved=True)

    wait_for(lambda: drawn() >= 1)
    celery_worker_process.kill_child()
    celery_worker_process.wait_for_child()
    celery_worker_process.kill_child()
    wait_for(lambda: drawn() == 6)

    assert_each_drawn_once(6)


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_after_a_dead_worker_the_sweeper_brings_the_rest(
    celery_worker_process: WorkerProcess,
) -> None:
    office = NumberTemplateFactory().office
    for _ in range(6):
        DesignationFactory(office=office, approved=True)

    wait_for(lambda: drawn() >= 1)
    celery_worker_process.kill()
    before = drawn()
    overdue()
    celery_worker_process.start()
    tasks.sweep.delay()
    wait_for(lambda: drawn() == 6)

    assert before < 6
    assert_each_drawn_once(6)


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_without_a_queue_the_decision_stands_and_the_paper_comes_later(
    request: pytest.FixtureRequest,
) -> None:
    designation = DesignationFactory(submitted=True, pk=1)  # by hand: not one that is rolled back
    NumberTemplateFactory(office=designation.office)
    head = head_of(designation.office)

    decided = decide_elsewhere(head, [designation.pk], REDIS_URL=DEAD_BROKER).wait(60)
    designation.refresh_from_db()
    stood = designation.certificate.status
    overdue()
    request.getfixturevalue("celery_worker_process")
    tasks.sweep.delay()
    wait_for(lambda: drawn() == 1)

    assert decided == 0
    assert designation.status == "approved"
    assert stood == Status.ORDERED
    assert_each_drawn_once(1)


# --- Whose turn it is --------------------------------------------------------------------------


def batch(office: Office, count: int) -> list[Certificate]:
    """So many certificates in one order, as of an event."""
    papers = [actions.Paper(PAPER, office, office.today(), "Sertifikat", FACTS)] * count
    return actions.order_all(papers, by=UserFactory())


def next_task() -> tuple[str, list[int]]:
    """What a worker would take up now, and for which paper."""
    with current_app.connection_for_read() as broker, broker.channel() as channel:
        message = channel.basic_get(settings.CELERY_TASK_DEFAULT_QUEUE, no_ack=True)
    return message.headers["task"].rpartition(".")[2], message.decode()[0]


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_a_single_paper_is_drawn_before_most_of_a_batch(
    celery_worker_process: WorkerProcess,
) -> None:
    batch(NumberTemplateFactory().office, 48)

    wait_for(lambda: drawn() >= 1)
    overdue()
    tasks.sweep.delay()  # whatever it queues again
    single = Certificate.objects.filter(pk=DesignationFactory(approved=True).certificate.pk)
    wait_for(single.filter(status=Status.READY).exists)
    before = drawn()
    wait_for(lambda: drawn() == 49)

    assert before < 24
    assert_each_drawn_once(49)


@pytest.mark.django_db(transaction=True)
def test_the_sweep_leaves_a_batch_behind_what_is_asked_for_singly() -> None:
    crowd = batch(NumberTemplateFactory().office, 3)
    overdue()
    late = CertificateFactory(ordered_at=timezone.now() - timedelta(minutes=2))
    forget_queue()

    tasks.sweep()
    letter = LetterFactory()

    assert next_task() == ("draw", [late.pk])
    assert next_task() == ("draw_letter", [letter.pk])
    assert [next_task() for _ in crowd] == [("draw", [it.pk]) for it in crowd]
    forget_queue()


@pytest.mark.django_db
def test_the_sweep_takes_single_papers_first_however_many_of_a_batch_are_owed() -> None:
    crowd = batch(NumberTemplateFactory().office, 3)
    overdue()
    late = CertificateFactory(ordered_at=timezone.now() - timedelta(minutes=2))

    assert Certificate.objects.owed().by_turn(2) == [(late.pk, False), (crowd[0].pk, True)]


@pytest.mark.django_db
def test_a_paper_that_waits_for_its_turn_says_so(client: Client) -> None:
    letter = LetterFactory()
    client.force_login(letter.ordered_by)

    fresh = client.get(letter.get_absolute_url()).content.decode()
    Letter.objects.update(ordered_at=timezone.now() - timedelta(minutes=2))
    later = client.get(
        letter.get_absolute_url(), {"tampak": letter.progress}, headers={"HX-Request": "true"}
    )
    Letter.objects.update(attempts=1)
    begun = client.get(letter.get_absolute_url()).content.decode()

    assert "Biasanya selesai dalam beberapa detik" in fresh
    assert "Menunggu giliran sejak" in later.content.decode()
    assert "Menunggu giliran sejak" not in begun


# --- What is owed ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_fresh_order_is_left_to_its_own_task() -> None:
    CertificateFactory()

    assert not Certificate.objects.owed().exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("attempts", "minutes", "is_due"),
    [(0, 1, True), (1, 1, False), (1, 3, True), (3, 7, False), (3, 9, True), (9, 29, False),
     (9, 31, True), (200, 31, True)],
)  # fmt: skip
def test_the_pause_doubles_with_each_failure(attempts: int, minutes: int, is_due: bool) -> None:
    certificate = CertificateFactory()
    then = timezone.now() - timedelta(minutes=minutes)
    Certificate.objects.update(
        attempts=attempts, ordered_at=then, tried_at=then if attempts else None
    )

    assert Certificate.objects.owed().filter(pk=certificate.pk).exists() is is_due


@pytest.mark.django_db
def test_what_is_drawn_or_revoked_is_owed_to_nobody() -> None:
    CertificateFactory(ready=True)
    DesignationFactory(revoked=True)
    Certificate.objects.update(ordered_at=timezone.now() - timedelta(days=1))

    assert not Certificate.objects.owed().exists()


@pytest.mark.django_db
def test_a_failure_is_counted_and_seen() -> None:
    certificate = CertificateFactory(facts={**FACTS, "place": "村"})  # in no typeface of ours

    tasks.draw(certificate.pk)
    tasks.draw(certificate.pk)

    certificate.refresh_from_db()
    assert certificate.attempts == 2
    assert certificate.tried_at is not None
    assert certificate.is_struggling
    assert certificate.is_being_drawn


@pytest.mark.django_db
def test_a_paper_that_kills_its_worker_is_not_begun_at_once_for_ever() -> None:
    certificate = CertificateFactory()
    paper = Certificate.objects.filter(pk=certificate.pk)

    begun = [actions.begin_drawing(certificate) for _ in range(IMMEDIATE_ATTEMPTS + 2)]

    assert begun == [True] * IMMEDIATE_ATTEMPTS + [False, False]
    assert paper.get().attempts == IMMEDIATE_ATTEMPTS
    # The pause after the third attempt: eight minutes.
    paper.update(tried_at=timezone.now() - timedelta(minutes=7))
    assert not actions.begin_drawing(certificate)
    paper.update(tried_at=timezone.now() - timedelta(minutes=9))
    assert actions.begin_drawing(certificate)
    assert not actions.begin_drawing(certificate)  # and waits again
    assert paper.get().attempts == IMMEDIATE_ATTEMPTS + 1


@pytest.mark.django_db
def test_an_operator_who_mended_the_cause_waits_for_no_pause() -> None:
    certificate, letter = CertificateFactory(), LetterFactory()
    then = timezone.now() - timedelta(minutes=2)
    export, drawn_before = ExportFactory(ordered_at=then), CertificateFactory(ready=True)
    for model in (Certificate, Letter):
        model.objects.update(ordered_at=then)
    for model in (Certificate, Letter, Export):
        model.objects.update(attempts=9, tried_at=then)
    papers = [Certificate.objects, Letter.objects, Export.objects]
    owed = [list(kind.owed()) for kind in papers]
    forget_queue()

    said = StringIO()
    call_command("hasten_papers", stdout=said)

    assert owed == [[], [], []]
    assert [list(kind.owed()) for kind in papers] == [[certificate], [letter], [export]]
    assert "Due again now: 3. The workers were asked" in said.getvalue()
    assert Certificate.objects.get(pk=drawn_before.pk).attempts == 9
    assert actions.begin_drawing(certificate)
    with current_app.connection_for_read() as broker, broker.channel() as channel:
        asked = channel.basic_get(settings.CELERY_TASK_DEFAULT_QUEUE, no_ack=True)
    assert asked.headers["task"] == "certificates.tasks.sweep"
    forget_queue()


@pytest.mark.django_db
@pytest.mark.usefixtures("no_broker")
def test_without_a_broker_what_was_hastened_waits_for_the_sweep() -> None:
    CertificateFactory()
    Certificate.objects.update(attempts=9, tried_at=timezone.now())

    said = StringIO()
    call_command("hasten_papers", stdout=said)
    again = StringIO()
    call_command("hasten_papers", stdout=again)

    assert "Due again now: 1. The next sweep asks" in said.getvalue()
    assert "Nothing has failed." in again.getvalue()


@pytest.mark.django_db
def test_what_was_drawn_meanwhile_is_not_begun() -> None:
    certificate = CertificateFactory(ready=True)

    assert not actions.begin_drawing(certificate)
    assert Certificate.objects.get(pk=certificate.pk).attempts == certificate.attempts


@pytest.mark.django_db
def test_drawing_twice_changes_nothing() -> None:
    certificate = DesignationFactory(approved=True).certificate

    tasks.draw(certificate.pk)
    certificate.refresh_from_db()
    first = certificate.sha256
    tasks.draw(certificate.pk)

    certificate.refresh_from_db()
    assert certificate.sha256 == first
    assert_each_drawn_once(1)
