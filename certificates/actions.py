"""What happens to papers: ordered, drawn, revoked; and how their numbers are chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

import audit.actions
from accounts.models import Office, User
from audit.models import Entry
from certificates import codes, lettering, register, storage
from certificates.models import READY, REVOKE, Certificate, NumberTemplate, Status
from desabinaan import formats
from desabinaan.workflow import TransitionRefused

IMMEDIATE_ATTEMPTS = 3  # a worker that is killed hands its paper on at once, but not for ever


@dataclass(frozen=True, slots=True)
class Paper:
    """What an app above wants on paper: frozen from here on."""

    kind: str
    office: Office
    dated: date  # the printed date, in the office's zone; its year is the register's
    title: str
    facts: dict[str, Any]


@transaction.atomic
def order(paper: Paper, *, by: User, at: datetime | None = None) -> Certificate:
    """Give the paper its number and its code, freeze what it says, and have it drawn.

    Raises NumberTemplate.DoesNotExist where the office has not chosen how it numbers this kind, and
    refuses words that no typeface of the papers has: such a paper could never be drawn.
    """
    entry = register.take_number(paper.office, paper.kind, paper.dated)
    missing = lettering.unprintable([entry.number, paper.facts])
    if missing:
        raise TransitionRefused(f"Sertifikat tidak dapat mencetak tanda {' '.join(missing)}.")
    certificate = Certificate.objects.create(
        code=codes.new(),
        kind=paper.kind,
        entry=entry,
        office=paper.office,
        title=paper.title,
        facts=paper.facts,
        ordered_by=by,
        ordered_at=at or timezone.now(),
    )
    audit.actions.record(
        "certificate.ordered", certificate, by=by, at=at, number=certificate.number
    )
    transaction.on_commit(partial(_have_drawn, certificate.pk), robust=True)
    return certificate


def _have_drawn(certificate_id: int) -> None:
    from certificates.tasks import draw  # noqa: PLC0415 - tasks import actions

    # A broker that is down breaks nothing: the order stands, and the sweeper finds it.
    draw.delay(certificate_id)


def attach(certificate: Certificate, content: bytes) -> Certificate:
    """Keep the drawn bytes: file first, then file, hash and status in one step; once only."""
    name, sha256 = storage.keep(content)
    with transaction.atomic():
        certificate = Certificate.objects.lock(certificate.pk)
        if not READY.is_open(certificate):
            return certificate
        READY.apply(certificate)
        certificate.file, certificate.sha256, certificate.size = name, sha256, len(content)
        certificate.drawn_at = timezone.now()
        certificate.save(update_fields=["status", "file", "sha256", "size", "drawn_at"])
        audit.actions.record("certificate.drawn", certificate, by=None, sha256=sha256)
    return certificate


def begin_drawing(certificate: Certificate) -> bool:
    """Count the attempt before it is made: one that ends its worker is counted as well.

    False when there is nothing to draw, or when the paper failed so often that only the sweeper,
    with its growing pauses, may try again.
    """
    due = Certificate.objects.owed().filter(pk=certificate.pk)
    early = Certificate.objects.filter(
        pk=certificate.pk, status=Status.ORDERED, attempts__lt=IMMEDIATE_ATTEMPTS
    )
    return bool((due | early).update(attempts=F("attempts") + 1, tried_at=timezone.now()))


@transaction.atomic
def note_download(certificate: Certificate, *, by: User) -> None:
    """Remember that a holder took the file; once a day for each person is enough to know."""
    certificate = Certificate.objects.with_office().lock(certificate.pk)
    place = certificate.office
    midnight = datetime.combine(place.today(), time(), formats.zone_of(place))
    taken = Entry.objects.about(certificate).filter(
        verb="certificate.downloaded", by=by, at__gte=midnight
    )
    if not taken.exists():
        audit.actions.record("certificate.downloaded", certificate, by=by)


@transaction.atomic
def revoke(
    certificate: Certificate, *, reason: str, by: User, at: datetime | None = None
) -> Certificate:
    """Take the certificate out of force; it stays known, as revoked, for ever."""
    certificate = Certificate.objects.lock(certificate.pk)
    REVOKE.apply(certificate)
    certificate.revoked_at = at or timezone.now()
    certificate.revoked_reason = reason
    certificate.save(update_fields=["status", "revoked_at", "revoked_reason"])
    audit.actions.record("certificate.revoked", certificate, by=by, at=at, note=reason)
    return certificate


@transaction.atomic
def choose_number_template(
    office: Office, kind: str, *, chosen: dict[str, Any], by: User
) -> NumberTemplate:
    """Settle how the office numbers this kind of paper from the next one on."""
    template, _ = NumberTemplate.objects.update_or_create(
        office=office,
        kind=kind,
        defaults={**chosen, "chosen_by": by, "chosen_at": timezone.now()},
    )
    audit.actions.record(
        "number_template.chosen", office, by=by, note=template.pattern, kind=kind, **chosen
    )
    return template
