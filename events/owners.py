"""Who may be asked to follow something up: the people of the office, and who guides the village."""

from __future__ import annotations

from accounts.models import Membership, User
from events.models import Event, FollowUp, Visit
from villages.models import Assignment
from villages.models.officer import AssignmentQuerySet


def owners_of(source: Event | Visit, item: FollowUp | None = None) -> list[tuple[int, str]]:
    """For a form: each by their key, by name; whoever has it already stays among them."""
    office = source.office
    serving = Membership.objects.on(office.today()).filter(office=office).select_related("user")
    people = {role.user_id: role.user for role in serving}
    for assignment in _guides_for(source).select_related("officer__user"):
        people.setdefault(assignment.officer.user_id, assignment.officer.user)
    if item is not None:
        people.setdefault(item.owner_id, item.owner)
    return [(user.pk, user.name) for user in sorted(people.values(), key=_by_name)]


def _guides_for(source: Event | Visit) -> AssignmentQuerySet:
    guiding = Assignment.objects.live()
    if isinstance(source, Visit):
        return guiding.filter(village=source.village_id)
    return guiding.filter(village__region__in=source.villages.values("region"))


def _by_name(user: User) -> tuple[str, int]:
    return user.name, user.pk
