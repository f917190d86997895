"""Photos: reduced and bare of what the phone said, in order, seen by whom people agreed to."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.models import Event, Photo
from tests.factories import (
    AssignmentFactory,
    EventFactory,
    OfficerFactory,
    PhotoFactory,
    UserFactory,
    VillageFactory,
    checked_photo,
)
from tests.served import served

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(office) -> Event:
    return EventFactory(office=office)


def taken(name: str = "IMG_1.jpg", size: tuple[int, int] = (3000, 2000), turn: int = 6) -> object:
    """A noisy photo of a phone that was held upright, and that says where it was."""
    noise = Image.effect_noise(size, 90)
    picture = Image.merge("RGB", (noise, noise.rotate(90).resize(size), noise))
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x8825] = {1: "S", 2: (7.0, 20.0, 11.0)}  # GPS
    exif[0x010F] = "Merek Ponsel"
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92, exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def small(kind: str, name: str) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGBA" if kind != "JPEG" else "RGB", (40, 30)).save(out, kind)
    return SimpleUploadedFile(name, out.getvalue())


def test_a_photo_is_reduced_turned_upright_and_says_nothing(client, staff, event) -> None:
    client.force_login(staff)

    client.post(reverse("events:photos", args=[event.pk]), {"photos": [taken()]})

    photo = event.photos.get()
    content = kept_bytes(photo)
    kept = Image.open(io.BytesIO(content))
    assert photo.size == len(content) <= 300 * 1024
    assert kept.format == "JPEG"
    assert kept.height > kept.width  # as it was held
    assert max(kept.size) <= 1600
    assert not kept.getexif()
    assert b"Merek" not in content
    assert b"GPS" not in content
    assert not photo.is_consented
    assert Entry.objects.about(event).first().note == "1 foto"


def test_several_at_once_and_one_that_is_none_costs_the_others_nothing(
    client, staff, event
) -> None:
    client.force_login(staff)
    none = SimpleUploadedFile("catatan.jpg", b"bukan foto")
    heic = SimpleUploadedFile("IMG_2.HEIC", b"\0\0\0\x18ftypheic" + bytes(40))
    files = [small("PNG", "a.png"), small("WEBP", "b.webp"), none, heic]
    address = reverse("events:photos", args=[event.pk])

    page = client.post(address, {"photos": files, "is_consented": "on"}, follow=True)

    text = page.content.decode()
    assert "catatan.jpg: foto tidak dapat dibaca" in text
    assert "IMG_2.HEIC: foto HEIC" in text
    assert event.photos.count() == 1  # both were the same empty picture
    assert all(photo.is_consented for photo in event.photos.all())


def test_nothing_that_can_be_kept_is_said_at_the_form(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:photos", args=[event.pk])

    refused = client.post(address, {"photos": [SimpleUploadedFile("x.jpg", b"<svg>")]})
    nothing = client.post(address, {"is_consented": "on"})
    many = client.post(address, {"photos": [small("JPEG", f"{n}.jpg") for n in range(11)]})

    assert "x.jpg: foto tidak dapat dibaca" in refused.content.decode()
    assert "Pilih foto." in nothing.content.decode()
    assert "Paling banyak 10 foto" in many.content.decode()
    assert not event.photos.exists()


def test_the_same_photo_again_is_kept_once_and_sixty_are_enough(event) -> None:
    files = [checked_photo(n) for n in range(60)]
    its = {"is_consented": True, "by": event.created_by}

    assert len(actions.add_photos(event, [*files, files[0]], **its)) == 60
    assert actions.add_photos(event, files[:3], **its) == []
    with pytest.raises(TransitionRefused, match="Paling banyak 60"):
        actions.add_photos(event, [checked_photo("satu lagi")], **its)


def test_the_same_photo_again_is_said_to_be_there(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:photos", args=[event.pk])
    client.post(address, {"photos": [small("JPEG", "a.jpg")]})

    again = {"photos": [small("JPEG", "a.jpg")], "is_consented": "on"}
    page = client.post(address, again, follow=True).content.decode()

    assert "1 foto sudah ada dan tidak disimpan dua kali" in page


def test_the_village_sees_those_to_which_people_agreed(client, event) -> None:
    village = VillageFactory(office=event.office, region=event.regions.get())
    guide = AssignmentFactory(officer=OfficerFactory(office=event.office), village=village).officer
    shown = PhotoFactory(source=event)
    kept_back = PhotoFactory(source=event, is_consented=False)

    def seen(user) -> list[bool]:
        client.force_login(user)
        page = client.get(event.get_absolute_url()).content.decode()
        found = []
        for photo in (shown, kept_back):
            found.append(served(client, photo.get_absolute_url()).status == 200)
            assert (photo.get_absolute_url() in page) is found[-1]
        return found

    assert seen(UserFactory(village=village)) == [True, False]
    assert seen(guide.user) == [True, True]
    assert seen(UserFactory(head_of=event.office)) == [True, True]


def test_a_photo_is_served_for_this_person_only(client, staff, event) -> None:
    photo = PhotoFactory(source=event)
    client.force_login(staff)

    _, content, answer = served(client, photo.get_absolute_url())

    assert content == kept_bytes(photo)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "foto.jpg" not in answer["Content-Disposition"]


def kept_bytes(photo: Photo) -> bytes:
    with photo.file.open("rb") as file:
        return bytes(file.read())


def test_photos_are_described_moved_and_taken_away_with_their_bytes(
    client, staff, event, django_capture_on_commit_callbacks
) -> None:
    first, second = PhotoFactory(source=event), PhotoFactory(source=event)
    client.force_login(staff)
    address = reverse("events:photo_edit", args=[second.key])

    client.post(address, {"caption": "Pembukaan oleh Camat", "is_consented": "on"})
    client.post(reverse("events:photo_move", args=[second.key]), {"arah": "naik"})
    assert [it.caption for it in event.photos.all()] == ["Pembukaan oleh Camat", ""]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("events:photo_drop", args=[first.key]))

    assert event.photos.get() == second
    assert not default_storage.exists(first.file.name)
    assert default_storage.exists(second.file.name)
    assert Entry.objects.about(event).first().verb == "photo.dropped"


def test_of_what_was_called_off_only_consent_is_said(event) -> None:
    photo = PhotoFactory(source=event)
    actions.cancel(event, reason="Batal.", by=event.created_by)
    by = event.created_by

    with pytest.raises(TransitionRefused):
        actions.describe_photo(photo, facts={"caption": "Lain", "is_consented": True}, by=by)
    with pytest.raises(TransitionRefused):
        actions.drop_photo(photo, by=by)
    for change in ({"caption": "Lain"}, {"sha256": "0" * 64}, {"position": 90}):
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            Photo.objects.filter(pk=photo.pk).update(**change)
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Photo.objects.filter(pk=photo.pk).delete()

    actions.describe_photo(photo, facts={"caption": "", "is_consented": False}, by=by)
    assert not Photo.objects.get(pk=photo.pk).is_consented


def test_the_database_keeps_no_large_photo_and_none_of_nothing(event) -> None:
    photo = PhotoFactory(source=event)

    for change, name in (
        ({"size": 300 * 1024 + 1}, "photo_is_reduced"),
        ({"content_type": "image/png"}, "photo_is_reduced"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Photo.objects.filter(pk=photo.pk).update(**change)
