"""The address book of an office: entries written, retired, taken up again."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

import audit.actions
from accounts.models import Office, User
from desabinaan.editing import Seen, set_values, unless_overtaken
from desabinaan.workflow import TransitionRefused
from events.models import Institution
from villages.actions.twice import stands_already


@transaction.atomic
def write_institution(
    office: Office,
    *,
    facts: dict[str, Any],
    by: User,
    institution: Institution | None = None,
    seen: Seen | None = None,
) -> Institution:
    """Note whom the office invites, or mend it; the very same again is the same.

    Raises ValidationError where the institution stands there with this title already. History
    names institution and title, never a telephone.
    """
    Office.objects.lock(office.pk)  # so that two clicks find each other
    if institution is None:
        if same := stands_already(office.institutions.current(), **facts):
            return same
        institution = Institution(office=office, created_by=by, **facts)
    else:
        institution = Institution.objects.lock(institution.pk)
        unless_overtaken(institution, seen)
        if not set_values(institution, facts):
            return institution
    _checked(institution)
    institution.save()
    audit.actions.record("institution.written", institution, by=by, note=str(institution))
    return institution


@transaction.atomic
def retire_institution(institution: Institution, *, by: User) -> Institution:
    """It is invited no more; what named it before goes on naming it."""
    institution = Institution.objects.lock(institution.pk)
    if not institution.is_retired:
        institution.retired_at = timezone.now()
        institution.save(update_fields=["retired_at"])
        audit.actions.record("institution.retired", institution, by=by, note=str(institution))
    return institution


@transaction.atomic
def restore_institution(institution: Institution, *, by: User) -> Institution:
    """It is invited again; refused where another entry has taken its place."""
    Office.objects.lock(institution.office_id)
    institution = Institution.objects.lock(institution.pk)
    if institution.is_retired:
        institution.retired_at = None
        try:
            institution.validate_constraints()
        except ValidationError as error:
            raise TransitionRefused(" ".join(error.messages)) from error
        institution.save(update_fields=["retired_at"])
        audit.actions.record("institution.restored", institution, by=by, note=str(institution))
    return institution


def _checked(institution: Institution) -> None:
    try:
        institution.validate_constraints()
    except ValidationError as error:
        raise ValidationError({"title": error.messages}) from error
