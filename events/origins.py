"""From a letter back to the event that it is about."""

from __future__ import annotations

from django.db.models import Q

from certificates.kinds import Origin
from certificates.models import Letter
from events.models import Event


def event_of(letter: Letter) -> Origin | None:
    """The event, for whoever reads the letter for its office."""
    about = Q(letters__letter=letter) | Q(invitation_letters__letter=letter)
    event = Event.objects.filter(about).only("title").first()
    return Origin(event.title, event.get_absolute_url()) if event else None
