"""Materials of speakers: kept, taken away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

import audit.actions
from accounts.models import User
from desabinaan.storage import storing
from desabinaan.uploads import CheckedFile
from desabinaan.workflow import TransitionRefused
from events.actions.planning import held
from events.models import Contributor, Material
from villages.actions.files import discard, stored
from villages.actions.twice import kept_already

MOST_MATERIALS = 5  # of one speaker


@storing()
def add_material(
    person: Contributor, file: CheckedFile, *, by: User, at: datetime | None = None
) -> Material:
    """Keep what a speaker brings; the very same file again is the same.

    Raises TransitionRefused once the event is settled, or beyond MOST_MATERIALS.
    """
    event = held(person.event)
    if same := kept_already(Material.objects.filter(contributor=person), file):
        return same
    if person.materials.count() >= MOST_MATERIALS:
        raise TransitionRefused(f"Paling banyak {MOST_MATERIALS} berkas materi seorang.")
    material = Material.objects.create(contributor=person, **stored(file, by=by, at=at))
    note = f"{file.name}: {person.name}"
    audit.actions.record("event.material_added", event, by=by, at=at, note=note)
    return material


@transaction.atomic
def drop_material(material: Material, *, by: User) -> None:
    """Take it away, the bytes too; one that somebody took away already is no error."""
    event = held(material.contributor.event)
    its = Material.objects.filter(pk=material.pk).first()
    if its is not None:
        note = f"{its.name}: {material.contributor.name}"
        discard(its)
        audit.actions.record("event.material_dropped", event, by=by, note=note)
