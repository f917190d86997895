"""People on the list who look alike: said to be one, or two; said again, and undone."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from desabinaan.http import FORM_METHODS, PortalRequest, refusal_as_message, render_page, require
from events import actions
from events.alike import Likenesses
from events.forms import PairForm
from events.models import Attendee, Event, Merge
from events.models.status import Status
from events.permissions import can_keep
from events.views.events import found_event, told_if_settled


@require_http_methods(FORM_METHODS)
def alike(request: PortalRequest, pk: int) -> HttpResponse:
    """The pairs that may be one person, and what was said of others; after the report as well."""
    event = found_event(request, pk)
    require(can_keep(request.access, event))
    if event.status != Status.REPORTED and (settled := told_if_settled(request, event)):
        return settled
    if request.method == "POST":
        form = PairForm(request.POST)
        if form.is_valid():
            with refusal_as_message(request):
                _say(request, event, form)
        return redirect("events:alike", pk=event.pk)
    context = {"event": event, "likenesses": Likenesses(event)}
    return render_page(request, "events/alike.html", context)


def _say(request: PortalRequest, event: Event, form: PairForm) -> None:
    """What the pressed button says of the two."""
    people = Attendee.objects.visible_to(request.access).filter(event=event)
    found = people.select_related("event").in_bulk(form.cleaned_data["pair"])
    if len(found) != 2:
        raise Http404
    kept, other = (found[pk] for pk in form.cleaned_data["pair"])
    if form.cleaned_data["is_one"]:
        actions.merge(kept, other, by=request.user)
        messages.success(request, f"{other} digabungkan ke {kept}.")
    else:
        actions.keep_apart(kept, other, by=request.user)
        messages.success(request, "Dicatat sebagai dua orang.")


@require_POST
def merge_undo(request: PortalRequest, pk: int) -> HttpResponse:
    """Take back what was said of two."""
    found = Merge.objects.visible_to(request.access).with_people().select_related("event__office")
    said = get_object_or_404(found, pk=pk)
    require(can_keep(request.access, said.event))
    with refusal_as_message(request):
        actions.undo_merge(said, by=request.user)
        messages.success(request, "Dibatalkan; keduanya tampil lagi.")
    return redirect("events:alike", pk=said.event_id)
