"""How an office comes to its numbers: the pattern it chooses, what it writes by hand and voids."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

import audit.actions
from accounts.models import Office, User
from certificates import kinds, register
from certificates.models import Letter, NumberTemplate, RegisterEntry, Void
from desabinaan import formats
from desabinaan.editing import Seen, unless_overtaken
from desabinaan.workflow import TransitionRefused


@transaction.atomic
def choose_number_template(
    office: Office, kind: str, *, chosen: dict[str, Any], by: User, seen: Seen | None = None
) -> NumberTemplate:
    """Settle how the office numbers this kind of paper from the next one on."""
    Office.objects.lock(office.pk)  # also before the first one
    unless_overtaken(NumberTemplate.objects.of(office, kind), seen)
    template, _ = NumberTemplate.objects.update_or_create(
        office=office,
        kind=kind,
        defaults={**chosen, "chosen_by": by, "chosen_at": timezone.now()},
    )
    audit.actions.record(
        "number_template.chosen", office, by=by, note=template.pattern, kind=kind, **chosen
    )
    return template


@transaction.atomic
def write_number(office: Office, kind: str, *, told: dict[str, Any], by: User) -> RegisterEntry:
    """Note the number, date and subject of a paper issued elsewhere; it takes no serial.

    Refused where the portal itself is going to give that number.
    """
    register.refuse_yet_to_come(office, told["number"], told["dated"])
    entry = RegisterEntry(office=office, kind=kind, year=told["dated"].year, written_by=by, **told)
    register.enter(entry)
    audit.actions.record("number.written", entry, by=by, note=f"{entry}: {entry.subject}")
    return entry


@transaction.atomic
def void_number(entry: RegisterEntry, *, reason: str, by: User) -> Void:
    """Let a number no longer count: it stays listed with the reason, and is never given again.

    The number of a certificate only once that is revoked: as long as it hangs on a wall as SAH, it
    counts. A letter with a void number does not count either; its page says so, and its bytes stay.
    Its kind hears of it.
    """
    entry = RegisterEntry.objects.lock(entry.pk)
    voiding = entry.voiding
    if voiding and voiding.voided_by_id == by.pk:
        return voiding
    if voiding:
        raise TransitionRefused(
            f"Nomor {entry} sudah dibatalkan oleh {voiding.voided_by}, "
            f"{formats.moment(voiding.voided_at, entry.office)}."
        )
    if entry.is_in_force:
        raise TransitionRefused(
            f"Nomor {entry} dipakai sertifikat yang masih berlaku. Cabut dahulu penetapan atau "
            "sertifikatnya."
        )
    voiding = Void.objects.create(entry=entry, reason=reason, voided_by=by)
    for subject in filter(None, [entry, entry.paper]):
        audit.actions.record("number.voided", subject, by=by, note=f"{entry}: {reason}")
    if isinstance(entry.paper, Letter):
        kinds.letter(entry.paper.kind).voided(entry.paper, by)
    return voiding
