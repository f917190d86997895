"""The shape and wording of what is typed about events."""

from events.forms.agenda import ContributorForm, ItemForm
from events.forms.event import CancelForm, EventForm, PlaceForm

__all__ = ["CancelForm", "ContributorForm", "EventForm", "ItemForm", "PlaceForm"]
