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

__all__ = [
    "AttendeeForm",
    "CancelForm",
    "CheckInForm",
    "ContributorForm",
    "DropAttendeeForm",
    "EventForm",
    "ItemForm",
    "PairForm",
    "PersonForm",
    "PlaceForm",
    "SchoolForm",
    "SignedPageForm",
    "WalkInForm",
]
