"""What the events app stores."""

from events.models.agenda import AgendaItem, Contribution, Contributor, StandardItem
from events.models.attendance import (
    AttendancePage,
    Attendee,
    Category,
    Merge,
    SchoolCount,
    Sex,
    Source,
)
from events.models.check_in import CheckIn
from events.models.event import Event, EventQuerySet, EventVillage
from events.models.institution import Institution, InstitutionKind, InstitutionQuerySet
from events.models.invitation_letter import InvitationLetter
from events.models.invitee import Invitee, InviteeQuerySet, Reply
from events.models.kind import EventKind
from events.models.occasion import Occasion
from events.models.status import Status

__all__ = [
    "AgendaItem",
    "AttendancePage",
    "Attendee",
    "Category",
    "CheckIn",
    "Contribution",
    "Contributor",
    "Event",
    "EventKind",
    "EventQuerySet",
    "EventVillage",
    "Institution",
    "InstitutionKind",
    "InstitutionQuerySet",
    "InvitationLetter",
    "Invitee",
    "InviteeQuerySet",
    "Merge",
    "Occasion",
    "Reply",
    "SchoolCount",
    "Sex",
    "Source",
    "StandardItem",
    "Status",
]
