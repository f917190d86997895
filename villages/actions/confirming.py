"""What a table recorded, confirmed by a head who did not bring it in; or sent back with a note.

Until then it counts inside the portal only: nobody outside hears of a village on one person's word.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

import audit.actions
from accounts import notices
from accounts.models import Membership, User
from desabinaan.constraints import broke
from desabinaan.workflow import Transition, TransitionRefused
from villages import rounds
from villages.actions.decision import hold_role
from villages.models import Designation, Import, Village
from villages.models.onboarding import ASK_AGAIN, CONFIRM, SEND_BACK, STILL_GUIDED

MADE_BY_THEM = (
    "import_maker_is_not_checker",
    "designation_maker_is_not_checker",
    "designation_recorder_does_not_confirm",
)


@transaction.atomic
def confirm_import(
    batch: Import,
    head: Membership,
    *,
    by: User,
    at: datetime | None = None,
    seen: datetime | None = None,
) -> Import:
    """Vouch for every village of the table that still stands: from now on everybody may know.

    What ended or moved meanwhile stays unconfirmed; what was mended since it was `seen` is not
    confirmed unread. A second click by the same person changes nothing.
    """
    batch = Import.objects.lock(batch.pk)
    if batch.status == CONFIRM.target and batch.status_by_id == by.pk:
        return batch
    moment = at or timezone.now()
    _move(batch, CONFIRM, by=by, at=moment)
    rounds.refuse_unread_table(batch, seen)
    capacity = hold_role(head, at=moment)
    waiting = _waiting(batch)
    if not waiting:
        raise TransitionRefused("Tidak ada desa dalam tabel ini yang menunggu pembenaran.")
    with _by_another():
        batch.save(update_fields=["status", "status_at", "status_by", "status_note"])
        Designation.objects.filter(pk__in=[it.pk for it in waiting]).update(
            confirmed_by=by, confirmed_as=capacity, confirmed_at=moment
        )
    noted = [(it, f"Tabel {batch}") for it in waiting]
    audit.actions.record_all("designation.confirmed", noted, by=by, at=at)
    audit.actions.record("import.confirmed", batch, by=by, at=at, note=f"{len(waiting)} desa")
    return batch


@transaction.atomic
def send_import_back(
    batch: Import, *, note: str, by: User, seen: datetime | None = None, at: datetime | None = None
) -> Import:
    """Tell those who brought the table in what is not right; its villages stay inside.

    What was mended since it was `seen` is not sent back unread.
    """
    batch = Import.objects.lock(batch.pk)
    if batch.status == SEND_BACK.target and batch.status_by_id == by.pk:
        return batch
    _move(batch, SEND_BACK, by=by, note=note, at=at or timezone.now())
    rounds.refuse_unread_table(batch, seen)
    with _by_another():
        batch.save(update_fields=["status", "status_at", "status_by", "status_note"])
    audit.actions.record("import.sent_back", batch, by=by, at=at, note=note)
    notices.tell("import.sent_back", batch, at=at)
    return batch


@transaction.atomic
def ask_again(batch: Import, *, by: User, at: datetime | None = None) -> Import:
    """Put a table that came back before the head once more."""
    batch = Import.objects.lock(batch.pk)
    if batch.status == ASK_AGAIN.target and batch.status_by_id == by.pk:
        return batch
    _move(batch, ASK_AGAIN, by=by, at=at or timezone.now())
    batch.save(update_fields=["status", "status_at", "status_by", "status_note"])
    audit.actions.record("import.asked_again", batch, by=by, at=at)
    notices.tell("import.unconfirmed", batch, at=at)
    return batch


def _waiting(batch: Import) -> list[Designation]:
    """Its designations that wait for a word, held with their villages, which do not move now."""
    mine = Designation.objects.filter(STILL_GUIDED, import_row__batch=batch).unconfirmed()
    sheets = mine.order_by().lock_these()
    villages = Village.objects.lock_all(it.village_id for it in sheets)
    here = {it.pk for it in villages if it.office_id == batch.office_id}
    return [it for it in sheets if it.is_approved and it.is_unconfirmed and it.village_id in here]


def _move(batch: Import, step: Transition, *, by: User, at: datetime, note: str = "") -> None:
    step.apply(batch)
    batch.status_by, batch.status_at, batch.status_note = by, at, note


@contextmanager
def _by_another() -> Iterator[None]:
    """The database holds that nobody confirms what they brought in; here it becomes a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refusal:
        if broke(refusal, "import_settled"):
            words = "Peran Anda sebagai kepala kantor tidak berlaku hari ini."
            raise TransitionRefused(words) from refusal
        if not any(broke(refusal, name) for name in MADE_BY_THEM):
            raise
        raise TransitionRefused(
            "Anda ikut menyiapkan tabel ini; pejabat lain yang memeriksanya."
        ) from refusal
