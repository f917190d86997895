"""How somebody is called on their certificate once the event is reported, and its lists closed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

import audit.actions
from accounts.models import User
from desabinaan.editing import Seen, unless_overtaken
from desabinaan.workflow import TransitionRefused
from events.actions.certified import held_over, refuse_certified
from events.candidates import Candidates
from events.models import Attendee, CertificateName, Contributor

UNDONE = "Nama tidak diubah"


@transaction.atomic
def name_on_certificate(
    person: Attendee | Contributor,
    *,
    name: str,
    by: User,
    seen: Seen | None = None,
    at: datetime | None = None,
) -> CertificateName | None:
    """The next certificate of theirs bears this name; none, where that is what it would bear.

    Raises TransitionRefused before the report, as the lists are mended themselves then, and while
    they have a certificate in force.
    """
    event = held_over(person.event_id)
    if not event.is_settled:
        raise TransitionRefused(
            f"{UNDONE}: sebelum kegiatan dilaporkan, nama dibetulkan pada daftarnya sendiri."
        )
    standing = person.certificate_names.standing().first()
    unless_overtaken(standing, seen)
    if name == (standing or person).name:
        return standing
    same = Candidates.of(event).same_rows(person)
    whose = {f"{person._meta.model_name}__in": same}
    refuse_certified(UNDONE, event.participations.filter(**whose))
    note = f"{person}, {person.whose}: {name}"
    audit.actions.record("event.certificate_named", event, by=by, at=at, note=note)
    return write_certificate_name(person, name=name, by=by, at=at)


def write_certificate_name(
    person: Attendee | Contributor, *, name: str, by: User, at: datetime | None = None
) -> CertificateName:
    """The row alone, for whoever holds the event and tells its history."""
    told = {"name": name, "instead_of": person.name, "by": by, "at": at or timezone.now()}
    said, _ = CertificateName.objects.update_or_create(
        **{person._meta.model_name or "": person},
        defaults=told,
        create_defaults=told | {"event_id": person.event_id},
    )
    return said
