"""How an office comes to its numbers: the pattern that it chooses."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

import audit.actions
from accounts.models import Office, User
from certificates.models import NumberTemplate


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
