"""What events are to the sheets of their villages, lent to the app below."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery
from django.db.models.expressions import Combinable

import audit.actions
from accounts.access import Access
from accounts.models import User
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from events.models import Contribution, Event, Occasion
from events.models.status import OVER
from villages.meetings import Meeting, MeetingSide, Part
from villages.models import Designation
from villages.models.sheet import Ceremony, Coordination

SHOWN = 8
CEREMONY = {
    "opened_by": Contribution.OPENER,
    "presented_by": Contribution.PRESENTER,
    "received_by": Contribution.RECEIVER,
}
LONGEST = {
    "place": Coordination._meta.get_field("place").max_length,
    "attended_by": Coordination._meta.get_field("attended_by").max_length,
    "person": Ceremony._meta.get_field("opened_by").max_length,
}


def found(access: Access, sheet: Designation, part: Part) -> list[Meeting]:
    """The events of the sheet's office for its village that are over, the latest first."""
    mine = Event.objects.visible_to(access).filter(office=sheet.office, status__in=OVER)
    its = mine.for_village(sheet.village.region_id).select_related("office")
    return [_meeting(event, part) for event in its.prefetch_related("contributors")[:SHOWN]]


def name(sheet: Designation, part: Part, meeting: int, by: User) -> bool:
    """Keep which event this part of the sheet was, told by its history; whether that is news."""
    event = Event.objects.lock(meeting)
    is_for_it = event.villages.filter(region=sheet.village.region_id).exists()
    if event.office_id != sheet.office_id or event.status not in OVER or not is_for_it:
        raise TransitionRefused(
            "Kegiatan yang dipilih belum dilaksanakan, atau bukan untuk desa ini."
        )
    known = Occasion.objects.filter(designation=sheet, part=part)
    if known.filter(event=event).exists():
        return False
    Occasion.objects.update_or_create(
        designation=sheet, part=part, defaults={"event": event, "named_by": by}
    )
    audit.actions.record("event.named", event, by=by, note=_named(sheet, part))
    return True


def let_go(sheet: Designation, part: Part, by: User) -> None:
    """This part of the sheet is no event's any more; its history tells it."""
    for occasion in Occasion.objects.filter(designation=sheet, part=part).select_related("event"):
        occasion.delete()
        audit.actions.record("event.let_go", occasion.event, by=by, note=_named(sheet, part))


def _named(sheet: Designation, part: Part) -> str:
    return f"{WORDS[part]}: {sheet.village}"


WORDS = {Part.COORDINATION: "Koordinasi", Part.CEREMONY: "Pengukuhan"}


def named_events() -> dict[str, Combinable]:
    """The event of each part, for a query of sheets."""
    its = Occasion.objects.filter(designation=OuterRef("pk"))
    return {f"{part}_event": Subquery(its.filter(part=part).values("event")) for part in Part}


MEETINGS = MeetingSide(found=found, name=name, let_go=let_go, named_events=named_events)


def _meeting(event: Event, part: Part) -> Meeting:
    people = list(event.contributors.all())
    if part == Part.COORDINATION:
        whose = dict.fromkeys(person.institution for person in people)
        said = {"attended_by": _listed(whose, LONGEST["attended_by"])}
    else:
        said = {
            field: next((it.whose for it in people if it.contribution == wanted), "")[
                : LONGEST["person"]
            ]
            for field, wanted in CEREMONY.items()
        }
    place = event.venue[: LONGEST["place"]]
    title = f"{event}, {formats.long_date(event.starts_on)}"
    return Meeting(event.pk, title, event.starts_on, place, said)


def _listed(names: Iterable[str], longest: int | None) -> str:
    """As many of the names as there is room for, each of them whole."""
    told = ", ".join(names)
    if longest is None or len(told) <= longest:
        return told
    return told[: longest + 1].rpartition(",")[0]
