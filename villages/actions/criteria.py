"""The criteria that a new sheet may tick: kept by the national administrator."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.text import slugify

import audit.actions
from accounts.models import User
from desabinaan.constraints import broke
from desabinaan.editing import Seen, unless_overtaken
from desabinaan.ordering import STEP, moved, put
from desabinaan.workflow import TransitionRefused
from villages.models import Criterion

IN_USE = "Kriteria ini sudah dipakai; akhiri masa berlakunya, lalu buat yang baru."


@transaction.atomic
def add_criterion(*, label: str, hint: str, by: User) -> Criterion:
    """A further criterion, at the end of the list."""
    last = max((it.position for it in _held()), default=0)
    criterion = Criterion(key=_free_key(label), label=label, hint=hint, position=last + STEP)
    criterion.full_clean()
    criterion.save()
    audit.actions.record("criterion.added", criterion, by=by, note=label)
    return criterion


@transaction.atomic
def reword_criterion(
    criterion: Criterion, *, label: str, hint: str, by: User, seen: Seen | None = None
) -> Criterion:
    """Other words for a criterion that no sheet has ticked yet."""
    criterion = Criterion.objects.lock(criterion.pk)
    unless_overtaken(criterion, seen)
    if (criterion.label, criterion.hint) == (label, hint):
        return criterion
    before, criterion.label, criterion.hint = criterion.label, label, hint
    try:
        with transaction.atomic():
            criterion.save(update_fields=["label", "hint"])
    except IntegrityError as clash:
        if not broke(clash, "criterion_used_keeps_words"):
            raise
        raise TransitionRefused(IN_USE) from clash
    audit.actions.record("criterion.reworded", criterion, by=by, note=f"{before} → {label}")
    return criterion


@transaction.atomic
def retire_criterion(criterion: Criterion, *, by: User) -> Criterion:
    """Offer it to new sheets no more; sheets that ticked it keep it."""
    criterion = Criterion.objects.lock(criterion.pk)
    if criterion.is_active:
        criterion.is_active = False
        criterion.save(update_fields=["is_active"])
        audit.actions.record("criterion.retired", criterion, by=by, note=criterion.label)
    return criterion


@transaction.atomic
def restore_criterion(criterion: Criterion, *, by: User) -> Criterion:
    """Offer it to new sheets again."""
    criterion = Criterion.objects.lock(criterion.pk)
    if not criterion.is_active:
        criterion.is_active = True
        criterion.save(update_fields=["is_active"])
        audit.actions.record("criterion.restored", criterion, by=by, note=criterion.label)
    return criterion


@transaction.atomic
def move_criterion(criterion: Criterion, *, up: bool, by: User) -> None:
    """One place up or down among all; at the end of the list nothing happens."""
    order = _held()
    if moved(order, criterion.pk, up=up):
        put(order)
        audit.actions.record("criterion.moved", criterion, by=by, note=criterion.label)


def _held() -> list[Criterion]:
    """All of them in their order, held until the transaction ends."""
    in_order = Criterion.objects.order_by("position", "pk")
    in_order.lock_these()
    return list(in_order)  # read anew: one may have come while we waited


def _free_key(label: str) -> str:
    """A key from the words, with a serial where it is taken."""
    base = slugify(label)[:40] or "kriteria"
    taken = set(Criterion.objects.filter(key__startswith=base).values_list("key", flat=True))
    serials = (f"{base}-{serial}" for serial in range(2, len(taken) + 3))
    return next(key for key in (base, *serials) if key not in taken)
