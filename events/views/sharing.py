"""What a short link leads to: the page of an event for everybody, and the letter for its guests."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.access import Access
from certificates.models import Letter
from certificates.views.files import read, served
from desabinaan.http import as_download, render_page
from events import ics
from events.agenda import Timetable
from events.invitation_letters import event_facts
from events.models import Event, InvitationLetter
from events.sharing import address_of

NOT_LISTED = "noindex, nofollow"


@cache_control(private=True, no_store=True)
@login_not_required
@require_safe
def shared_event(request: HttpRequest, key: str) -> HttpResponse:
    """What, when, where, and in which order; to whoever may see more, the way to the record."""
    event = get_object_or_404(Event.objects.with_key(key))
    access = _access(request)
    reads_record = access and Event.objects.visible_to(access).filter(pk=event.pk).exists()
    context = {
        "event": event,
        "timetable": Timetable.of(event, event.agenda.all()),
        "reads_record": reads_record,
    }
    return render_page(request, "events/shared_event.html", context)


@login_not_required
@require_safe
def shared_event_ics(_request: HttpRequest, key: str) -> HttpResponse:
    """The event for the calendar of whoever has the link."""
    event = get_object_or_404(Event.objects.with_key(key))
    content = ics.calendar_for_everybody(event, address_of(event))
    return _unlisted(
        as_download(content, name=f"kegiatan-{event.pk}.ics", content_type=ics.CONTENT_TYPE)
    )


@cache_control(private=True, no_store=True)
@login_not_required
@require_safe
def shared_letter(request: HttpRequest, key: str) -> HttpResponse:
    """Who is invited finds the letter here; whoever reads it in the portal is led to its page."""
    invitation = get_object_or_404(InvitationLetter.objects.with_key(key))
    access = _access(request)
    if access and Letter.objects.visible_to(access).filter(pk=invitation.pk).exists():
        return redirect("certificates:letter", pk=invitation.pk)
    return _letter_page(request, invitation)


@login_not_required
@require_safe
def shared_letter_file(request: HttpRequest, key: str) -> HttpResponse:
    """The letter as it was signed, else as it was drawn; none once its number is void."""
    invitation = get_object_or_404(InvitationLetter.objects.with_key(key))
    letter = invitation.letter
    kept = letter.scan or letter
    if letter.voiding or not kept.has_file:
        return redirect("events:shared_letter", key=key)  # which says so
    content = read(kept)
    if content is None:
        return _letter_page(request, invitation, status=503)
    return _unlisted(served(kept, content))


def _letter_page(
    request: HttpRequest, invitation: InvitationLetter, *, status: int = 200
) -> HttpResponse:
    letter, event = invitation.letter, invitation.event
    context = {
        "invitation": invitation,
        "letter": letter,
        "event": event,
        "has_moved": letter.facts["event"] != event_facts(event),
        "is_unreadable": status != 200,
    }
    return render_page(request, "events/shared_letter.html", context, status=status)


def _access(request: HttpRequest) -> Access | None:
    """What the person may see, where one is signed in."""
    access: Access | None = request.access  # type: ignore[attr-defined]
    return access or None  # a lazy one is asked for only here


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = NOT_LISTED
    return response
