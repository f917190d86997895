"""A visit to a village: noted on the way back, mended, taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

import audit.actions
from accounts.models import User
from desabinaan import formats
from desabinaan.constraints import broke
from desabinaan.editing import Seen, set_values, unless_overtaken
from desabinaan.workflow import TransitionRefused
from events.actions.follow_ups import write_follow_up
from events.models import Visit
from villages.actions.twice import stands_already
from villages.models import Assignment, Village


@transaction.atomic
def note_visit(
    assignment: Assignment,
    *,
    facts: dict[str, Any],
    by: User,
    follow_up: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> Visit:
    """An officer called on a village that they guide; the very same again is the same visit.

    Raises TransitionRefused where they did not guide it on that day.
    """
    village = Village.objects.lock(assignment.village_id)  # two clicks find each other
    its = {"village": village, "officer": assignment.officer, **facts}
    if same := stands_already(Visit.objects.with_page(), **its):
        return same
    visit = Visit(office=village.office, created_by=by, **its)
    _save(visit)
    audit.actions.record("visit.noted", visit, by=by, note=_said(visit), at=at)
    audit.actions.record("village.visited", village, by=by, note=_told(visit), at=at)
    if follow_up:
        write_follow_up(visit, facts=follow_up, by=by)
    return visit


@transaction.atomic
def change_visit(
    visit: Visit, *, facts: dict[str, Any], by: User, seen: Seen | None = None
) -> Visit:
    """Mend when it was, whom they met and what was said; history keeps what stood before."""
    visit = Visit.objects.lock(visit.pk)
    unless_overtaken(visit, seen)
    before = _said(visit)
    stood = {name: getattr(visit, name) for name in facts}
    if not set_values(visit, facts):
        return visit
    # Only what changed: whether they guided the village is asked of a day that is said anew.
    _save(visit, [name for name in facts if getattr(visit, name) != stood[name]])
    audit.actions.record("visit.changed", visit, by=by, note=f"Sebelumnya: {before}")
    return visit


def _save(visit: Visit, fields: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            visit.save(update_fields=fields)
    except IntegrityError as refusal:
        if broke(refusal, "visit_by_who_guides"):
            day = formats.long_date(visit.visited_on)
            raise TransitionRefused(
                f"{visit.officer} tidak ditugaskan di {visit.village} pada {day}."
            ) from refusal
        raise


def _told(visit: Visit) -> str:
    return f"{visit.officer}, {formats.moment(visit.visited_at, visit.office)}"


def _said(visit: Visit) -> str:
    return f"{formats.moment(visit.visited_at, visit.office)}, menemui {visit.met}: {visit.said}"
