"""A mail arrives, whatever dies meanwhile: the mail server, then the worker in the act.

In the demo it arrives in the terminal, whole.
"""

import re
from typing import Any

import pytest
from django.test import Client

from accounts import links, tasks
from accounts.models import Told
from desabinaan import health
from tests.factories import DesignationFactory, InvitationFactory, OfficeFactory, UserFactory
from tests.mail_server import free_port, listening
from tests.notices import mailed, pass_time
from tests.worker_process import WorkerProcess, wait_for


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_a_mail_survives_a_dead_server_and_a_worker_killed_while_it_was_sent(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{port}")
    health.note_mail(leaves=True)
    office = OfficeFactory()
    head = mailed(head_of=office)
    DesignationFactory(office=office, submitted=True)
    pass_time()

    worker: WorkerProcess = request.getfixturevalue("celery_worker_process")
    tasks.sweep_notices.delay()
    wait_for(health.mail_rests)
    told_by_nobody = Told.objects.count()

    with listening(port) as server:
        health.note_mail(leaves=True)  # the pause is over
        tasks.sweep_notices.delay()
        wait_for(lambda: server.taken)
        worker.kill()
        told_before_the_answer = Told.objects.count()
        server.answers.set()
        worker.start()  # sweeps by itself
        wait_for(Told.objects.exists)

    first, again = server.taken
    assert (told_by_nobody, told_before_the_answer) == (0, 0)
    assert first["Message-ID"] == again["Message-ID"]
    assert again["To"] == head.email
    assert again["Auto-Submitted"] == "auto-generated"
    assert Told.objects.count() == 1


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_in_the_demo_the_links_of_mails_are_read_and_opened_from_the_terminal(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    client: Client,
) -> None:
    monkeypatch.setenv("EMAIL_URL", "")
    invitation = InvitationFactory()
    someone = UserFactory(email="siti@kantor.example")
    # Longer than a line of a mail, which a mail program would put together again.
    settings.PORTAL_URL = f"http://{'meja-' * 12}kerja.localhost:8000"

    worker: WorkerProcess = request.getfixturevalue("celery_worker_process")
    tasks.mail_invitation.delay(invitation.pk)
    links.ask(someone.email)

    address = re.compile(rf"^{settings.PORTAL_URL}(/(?:undangan|sandi/baru)/\S+)$", re.MULTILINE)
    wait_for(lambda: len(address.findall(worker.log.read_text())) == 2)
    for link in address.findall(worker.log.read_text()):
        assert 'name="password1"' in client.get(link, follow=True).content.decode()
