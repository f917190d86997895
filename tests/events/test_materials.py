"""Materials of speakers: brought in by the office, taken home by the villages of the event."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.models import Contributor, Event, Material
from tests.factories import (
    EventFactory,
    MaterialFactory,
    UserFactory,
    VillageFactory,
    checked_pdf,
    signed_pdf,
)
from tests.office_files import package
from tests.served import served

pytestmark = pytest.mark.django_db
SPEAKER = {"contribution": "speaker", "name": "Ratna", "title": "Camat"}
SPEAKER |= {"institution": "Kecamatan", "topic": "Paspor", "on_behalf_of": ""}


@pytest.fixture
def event(office) -> Event:
    return EventFactory(office=office)


@pytest.fixture
def speaker(event) -> Contributor:
    return actions.write_contributor(event, facts=SPEAKER, by=event.created_by)


def test_a_presentation_is_kept_as_it_came_and_downloaded(client, staff, event, speaker) -> None:
    client.force_login(staff)
    content = package()
    file = SimpleUploadedFile("Paparan.pptx", content)

    client.post(reverse("events:material_add", args=[speaker.pk]), {"file": file})

    material = Material.objects.get()
    page = client.get(event.get_absolute_url()).content.decode()
    assert material.get_absolute_url() in page
    _, served_bytes, answer = served(client, material.get_absolute_url())
    assert served_bytes == content
    assert answer["Content-Disposition"] == 'attachment; filename="Paparan.pptx"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.about(event).first().note == "Paparan.pptx: Ratna"


def test_what_is_refused_is_said_at_the_form(client, staff, speaker) -> None:
    client.force_login(staff)
    file = SimpleUploadedFile("x.pptx", package(parts={"ppt/vbaProject.bin": b"x"}))

    page = client.post(reverse("events:material_add", args=[speaker.pk]), {"file": file})

    assert "memuat makro" in page.content.decode()
    assert not Material.objects.exists()


def test_a_second_click_keeps_it_once_and_five_are_enough(event, speaker) -> None:
    by = event.created_by
    first = actions.add_material(speaker, checked_pdf("a.pdf"), by=by)
    assert actions.add_material(speaker, checked_pdf("a.pdf"), by=by) == first
    for _ in range(4):
        extra = Material(contributor=speaker, file="x", name="x", content_type="application/pdf")
        extra.size, extra.sha256, extra.uploaded_by = 1, "0" * 64, by
        extra.save()

    with pytest.raises(TransitionRefused, match="Paling banyak 5"):
        actions.add_material(speaker, signed_pdf("lain.pdf"), by=by)


def test_the_villages_of_the_event_take_it_home(client, event) -> None:
    material = MaterialFactory(event=event)
    village = VillageFactory(office=event.office, region=event.regions.get())

    def status(user) -> int:
        client.force_login(user)
        return served(client, material.get_absolute_url()).status

    assert status(UserFactory(village=village)) == 200
    assert status(UserFactory(village=VillageFactory(office=event.office))) == 404


def test_it_is_taken_away_with_its_bytes(
    client, staff, event, django_capture_on_commit_callbacks
) -> None:
    material = MaterialFactory(event=event)
    client.force_login(staff)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("events:material_drop", args=[material.key]))

    assert not Material.objects.exists()
    assert not default_storage.exists(material.file.name)
    assert Entry.objects.about(event).first().verb == "event.material_dropped"


def test_they_go_with_whoever_brought_them(event, django_capture_on_commit_callbacks) -> None:
    material = MaterialFactory(event=event)

    with django_capture_on_commit_callbacks(execute=True):
        actions.drop_contributor(material.contributor, by=event.created_by)

    assert not Material.objects.exists()
    assert not default_storage.exists(material.file.name)
    assert f"Materi: {material.name}" in Entry.objects.about(event).first().note


def test_what_was_called_off_keeps_its_materials(event) -> None:
    material = MaterialFactory(event=event)
    with pytest.raises(IntegrityError, match="stays what"), transaction.atomic():
        Material.objects.update(name="lain.pdf")
    actions.cancel(event, reason="Batal.", by=event.created_by)

    with pytest.raises(TransitionRefused):
        actions.drop_material(material, by=event.created_by)
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        Material.objects.all().delete()
