"""Photos of an event or a visit: kept, described, ordered, taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

import audit.actions
from accounts.models import User
from desabinaan import formats
from desabinaan.editing import Seen, unless_overtaken
from desabinaan.ordering import STEP, moved, put
from desabinaan.storage import storing
from desabinaan.uploads import CheckedFile
from desabinaan.workflow import TransitionRefused
from events.actions.sources import held_source, named
from events.models import Event, Photo, Visit
from villages.actions.files import discard, stored

MOST_PHOTOS = 60  # of one event or visit


@storing()
def add_photos(
    source: Event | Visit,
    files: Sequence[CheckedFile],
    *,
    is_consented: bool,
    by: User,
    at: datetime | None = None,
) -> list[Photo]:
    """Keep them after those that are there; the very same photo again is left out.

    Raises TransitionRefused once the event is settled, or beyond MOST_PHOTOS.
    """
    source = held_source(source)
    there = list(source.photos.all())
    known = {photo.sha256 for photo in there}
    new = [file for file in {it.sha256: it for it in files}.values() if file.sha256 not in known]
    if len(there) + len(new) > MOST_PHOTOS:
        left = MOST_PHOTOS - len(there)
        raise TransitionRefused(f"Paling banyak {MOST_PHOTOS} foto; masih muat {left}.")
    its = {**named(source), "is_consented": is_consented}
    last = there[-1].position if there else 0
    photos = [
        Photo.objects.create(position=last + place * STEP, **its, **stored(file, by=by, at=at))
        for place, file in enumerate(new, 1)
    ]
    if photos:
        note = f"{formats.number(len(photos))} foto"
        audit.actions.record("photo.added", source, by=by, at=at, note=note)
    return photos


@transaction.atomic
def describe_photo(
    photo: Photo,
    *,
    facts: dict[str, Any],
    by: User,
    seen: Seen | None = None,
    at: datetime | None = None,
) -> Photo:
    """Say what it shows, and whether the people in it agree; of a settled event only the latter.

    Whoever does not agree any more must be heard at any time.
    """
    photo = Photo.objects.lock(photo.pk)
    unless_overtaken(photo, seen)
    changed = {name: value for name, value in facts.items() if getattr(photo, name) != value}
    if not changed:
        return photo
    if set(changed) != {"is_consented"}:
        held_source(photo.source)
    for name, value in changed.items():
        setattr(photo, name, value)
    photo.save(update_fields=list(changed))
    audit.actions.record("photo.described", photo.source, by=by, at=at, note=_said(photo))
    return photo


@transaction.atomic
def move_photo(photo: Photo, *, up: bool, by: User) -> None:
    """One place forward or back; at either end nothing happens."""
    source = held_source(photo.source)
    rows = list(source.photos.all())
    if moved(rows, photo.pk, up=up):
        put(rows)
        audit.actions.record("photo.ordered", source, by=by)


@transaction.atomic
def drop_photo(photo: Photo, *, by: User) -> None:
    """Take it away, the bytes too; one that somebody took away already is no error."""
    source = held_source(photo.source)
    its = source.photos.filter(pk=photo.pk).first()
    if its is not None:
        discard(its)
        audit.actions.record("photo.dropped", source, by=by, note=_said(its))


def _said(photo: Photo) -> str:
    agreed = "setuju dimuat" if photo.is_consented else "belum setuju dimuat"
    return f"{photo.caption or photo.name} ({agreed})"
