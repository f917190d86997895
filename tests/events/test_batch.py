"""A batch of certificates of attendance with real workers, some of which are killed."""

from __future__ import annotations

import pytest
from django.test import Client

from certificates import tasks
from certificates.models import RegisterEntry
from events import actions
from events.actions import Person
from events.certificate_list import CertificateList
from events.models import Participation
from tests.certificates.test_worker import assert_each_drawn_once, drawn, overdue
from tests.events.certified import certified
from tests.factories import MembershipFactory
from tests.worker_process import WorkerProcess, wait_for

PEOPLE = 39


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_a_batch_outlives_its_workers(celery_worker_process: WorkerProcess) -> None:
    office = MembershipFactory(role="staff").office
    people = [Person(f"Peserta {place:02}", f"Desa {place}") for place in range(PEOPLE)]
    event = certified(office, *people)
    browser = Client()
    browser.force_login(event.created_by)
    address = f"/kegiatan/{event.pk}/sertifikat/"

    def told() -> CertificateList:
        return browser.get(address).context["list"]

    actions.order_certificates(event, by=event.created_by)
    counts = [told()]
    wait_for(lambda: drawn() >= 4)
    celery_worker_process.kill_child()
    counts.append(told())
    wait_for(lambda: drawn() >= 12)
    celery_worker_process.kill()
    left = drawn()
    counts.append(told())
    overdue()
    celery_worker_process.start()
    tasks.sweep.delay()
    wait_for(lambda: drawn() == PEOPLE + 1)

    assert_each_drawn_once(PEOPLE + 1)
    assert left < PEOPLE + 1
    assert counts[2].counts["ready"] == left
    assert [it.total for it in [*counts, told()]] == [PEOPLE + 1] * 4
    assert told().counts == {"ready": PEOPLE + 1, "waiting": 0, "retried": 0, "revoked": 0}
    serials = RegisterEntry.objects.filter(kind="participant").order_by("serial")
    assert list(serials.values_list("serial", flat=True)) == list(range(1, PEOPLE + 1))
    files = set(Participation.objects.values_list("certificate__file", flat=True))
    assert len(files) == PEOPLE + 1
