"""The shape and wording of what is typed about events."""

from events.forms.agenda import ContributorForm, ItemForm
from events.forms.attendance import (
    AttendeeForm,
    DropAttendeeForm,
    PairForm,
    PersonForm,
    SchoolForm,
    SignedPageForm,
    WalkInForm,
)
from events.forms.check_in import CheckInForm
from events.forms.event import CancelForm, EventForm, PlaceForm
from events.forms.institution import InstitutionForm
from events.forms.invitation import InvitationForm
from events.forms.invitee import InviteeForm, ReplyForm

__all__ = [
    "AttendeeForm",
    "CancelForm",
    "CheckInForm",
    "ContributorForm",
    "DropAttendeeForm",
    "EventForm",
    "InstitutionForm",
    "InvitationForm",
    "InviteeForm",
    "ItemForm",
    "PairForm",
    "PersonForm",
    "PlaceForm",
    "ReplyForm",
    "SchoolForm",
    "SignedPageForm",
    "WalkInForm",
]
