"""Certificates of attendance: the rule, the order of all who lack one, and one taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string

import audit.actions
import certificates.actions
from accounts.models import User
from certificates import kinds
from certificates.models import Certificate, NumberTemplate
from desabinaan import formats
from desabinaan.editing import Seen, set_values, unless_overtaken
from desabinaan.workflow import TransitionRefused
from events.actions.bundling import withdraw_bundles
from events.actions.certified import held_over
from events.actions.excluding import write_exclusion
from events.actions.naming import write_certificate_name
from events.bundles import CERTIFICATES
from events.candidates import Candidate, Candidates
from events.models import CertificateRule, Event, Participation
from events.models.participation import KEY_ALPHABET, KEY_LENGTH
from events.participation_prints import ParticipationPrints

UNDONE = "Belum dipesan"
NO_RULE = "Pilih dahulu siapa yang mendapat sertifikat."


@transaction.atomic
def write_certificate_rule(
    event: Event,
    *,
    facts: Mapping[str, Any],
    by: User,
    seen: Seen | None = None,
    at: datetime | None = None,
) -> CertificateRule:
    """Say who gets a certificate, of which day, signed by whom; for those that come from now on.

    Raises TransitionRefused where the event was not held to its end; a report does not close it.
    """
    event = held_over(event.pk)
    rule = CertificateRule.objects.filter(event=event).first()
    unless_overtaken(rule, seen)
    rule = rule or CertificateRule(event=event, categories=[], contributions=[])
    if not set_values(rule, facts):
        return rule
    rule.save()
    audit.actions.record("event.certificate_rule_written", event, by=by, at=at)
    return rule


@transaction.atomic
def order_certificates(
    event: Event, *, by: User, printed: str | None = None, at: datetime | None = None
) -> list[Certificate]:
    """Order one for everybody who should have one and has none, numbered: all of them or none.

    Nothing is ordered, and nothing refused, where nobody lacks one any more: a second click.
    `printed` is the stamp of what the person read. Raises TransitionRefused.
    """
    event = held_over(event.pk)
    rule = CertificateRule.objects.filter(event=event).with_held().first()
    if rule is None:
        raise TransitionRefused(NO_RULE)
    rule.event = event
    wanted = Candidates(event, rule).wanted
    if not wanted:
        return []
    prints = ParticipationPrints(event, rule, wanted)
    prints.refuse_unread(printed, UNDONE)
    if prints.misprints:
        raise TransitionRefused(f"{UNDONE}: {' '.join(prints.misprints)}")
    ordered: list[Certificate] = []
    for candidates, papers in prints.batches():
        its = _ordered(papers, by=by, at=at)
        _keep(event, its, candidates)
        audit.actions.record("event.certificates_ordered", event, by=by, at=at, note=_told(its))
        ordered += its
    return ordered


@transaction.atomic
def revoke_participation(
    its: Participation, *, reason: str, by: User, mended_name: str = "", unreplaced: bool = False
) -> Certificate:
    """Take one out of force, for good; the next order makes a new one, unless it is `unreplaced`.

    That one bears `mended_name`, where it is said because the lists of the event change no more.
    Files of all certificates are forgotten. Unreplaced, the person is excluded for the same reason.
    Twice is once.
    """
    event = Event.objects.lock(its.event_id)
    certificate = Certificate.objects.lock(its.pk)
    if certificate.is_revoked:
        return certificate
    certificate = certificates.actions.revoke(certificate, reason=reason, by=by)
    withdraw_bundles(event, CERTIFICATES, by=by)
    note = f"{certificate.title}, nomor {certificate.number}: {reason}"
    if mended_name and its.person:
        its.mended_name = mended_name
        its.save(update_fields=["mended_name"])
        write_certificate_name(its.person, name=mended_name, by=by)
        note += f"\nNama yang benar: {mended_name}"
    if unreplaced and its.person:
        its.unreplaced = True
        its.save(update_fields=["unreplaced"])
        write_exclusion(its.person, reason=reason, by=by)
        note += "\nTidak diganti."
    audit.actions.record("event.certificate_revoked", event, by=by, note=note)
    return certificate


def _ordered(
    papers: list[certificates.actions.Paper], *, by: User, at: datetime | None
) -> list[Certificate]:
    try:
        return certificates.actions.order_all(papers, by=by, at=at)
    except NumberTemplate.DoesNotExist as missing:
        kind = kinds.get(papers[0].kind)
        raise TransitionRefused(
            f"{UNDONE}: {papers[0].office} belum memilih pola nomor {kind.label.lower()}."
        ) from missing


def _keep(event: Event, ordered: Iterable[Certificate], candidates: Iterable[Candidate]) -> None:
    """Remember whose each is, under a key of its own."""
    rows = []
    for certificate, candidate in zip(ordered, candidates, strict=True):
        key = get_random_string(KEY_LENGTH, KEY_ALPHABET)
        whose = {type(candidate.row)._meta.model_name or "": candidate.row}
        rows.append(Participation(certificate=certificate, event=event, key=key, **whose))
    Participation.objects.bulk_create(rows)


def _told(ordered: list[Certificate]) -> str:
    label = kinds.get(ordered[0].kind).label
    first, last = ordered[0].number, ordered[-1].number
    if len(ordered) == 1:
        return f"1 {label.lower()}, nomor {first}"
    return f"{formats.number(len(ordered))} {label.lower()}, nomor {first} sampai {last}"
