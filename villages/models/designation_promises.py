"""What the database holds true of each designation by itself, whatever it is asked to save.

What takes a look at other rows is a trigger; `docs/promises.md` lists them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from villages.models.status import (
    CLAIMS_VILLAGE,
    DECIDED,
    EXPLAINED,
    UNDER_DECREE,
    VOUCHED_FOR,
    Signs,
    Status,
)

CONSTRAINTS = [
    models.CheckConstraint(name="designation_status_known", condition=Q(status__in=Status.values)),
    models.CheckConstraint(
        name="designation_decided_when_final",
        condition=Q(status__in=DECIDED, decided_by__isnull=False, decided_at__isnull=False)
        | (~Q(status__in=DECIDED) | Q(recorded_by__isnull=False))
        & Q(decided_by=None, decided_at=None),
    ),
    models.CheckConstraint(
        name="designation_decided_in_a_capacity",
        condition=Q(status__in=DECIDED, decided_as__isnull=False)
        | (~Q(status__in=DECIDED) | Q(recorded_by__isnull=False)) & Q(decided_as=None),
    ),
    models.CheckConstraint(
        name="designation_opener_does_not_decide",
        condition=Q(decided_as=None) | ~Q(decided_by=F("created_by")),
    ),
    models.CheckConstraint(
        name="designation_recorded_was_decided_elsewhere",
        condition=Q(recorded_by=None, recorded_at=None)
        | Q(
            recorded_by__isnull=False,
            recorded_at__isnull=False,
            status__in=UNDER_DECREE,
            submitted_at=None,
            decided_by=None,
            decided_as=None,
        ),
    ),
    models.CheckConstraint(
        name="designation_has_decree_when_designated",
        condition=Q(status__in=UNDER_DECREE, decree__isnull=False, designated_on__isnull=False)
        & (Q(signs__in=Signs.values) | Q(recorded_by__isnull=False, certificate=None))
        | ~Q(status__in=UNDER_DECREE)
        & Q(decree=None, designated_on=None, certificate=None, signs=""),
    ),
    models.CheckConstraint(
        name="designation_signer_of_its_certificate",
        condition=Q(certificate=None, signer__isnull=True)
        | Q(certificate__isnull=False, signer__isnull=False),
    ),
    models.CheckConstraint(
        name="designation_recorded_certified_in_a_capacity",
        condition=Q(certified_as=None) & (Q(recorded_by=None) | Q(certificate=None))
        | ~Q(certified_as=None) & ~Q(recorded_by=None) & ~Q(certificate=None),
    ),
    models.CheckConstraint(
        name="designation_confirmed_as_a_whole",
        condition=Q(confirmed_by=None, confirmed_as=None, confirmed_at=None)
        | Q(
            recorded_by__isnull=False,
            confirmed_by__isnull=False,
            confirmed_as__isnull=False,
            confirmed_at__isnull=False,
        ),
    ),
    models.CheckConstraint(
        name="designation_recorder_does_not_confirm",
        condition=Q(confirmed_by=None)
        | ~Q(confirmed_by=F("recorded_by")) & ~Q(confirmed_by=F("created_by")),
    ),
    models.CheckConstraint(
        name="designation_certified_once_confirmed",
        condition=VOUCHED_FOR | Q(certificate=None),
    ),
    models.CheckConstraint(
        name="designation_submitted_when_seen",
        condition=Q(status=Status.DRAFT, submitted_at=None)
        | Q(status=Status.WITHDRAWN)
        | Q(recorded_by__isnull=False)
        | ~Q(status__in=[Status.DRAFT, Status.WITHDRAWN]) & Q(submitted_at__isnull=False),
    ),
    models.CheckConstraint(
        name="designation_says_why",
        condition=~Q(status__in=EXPLAINED) | ~Q(status_note=""),
    ),
    models.CheckConstraint(
        name="designation_struck_was_only_recorded",
        condition=~Q(status=Status.STRUCK)
        | Q(recorded_by__isnull=False, confirmed_by=None, certificate=None),
    ),
    models.CheckConstraint(
        name="designation_ended_in_a_capacity",
        condition=Q(ended_as=None) | Q(status=Status.ENDED),
    ),
    models.UniqueConstraint(
        name="designation_one_per_village",
        fields=["village"],
        condition=Q(status__in=CLAIMS_VILLAGE),
    ),
]
