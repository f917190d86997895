"""The steps of an event: for whom it is, begun, over, called off, opened again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    refusal_as_message,
    render_page,
    require,
)
from desabinaan.workflow import Transition
from events import actions
from events.actions.running import is_repeated
from events.choosing import VillageChoice, choosable, chosen_in
from events.forms import CancelForm, PlaceForm
from events.models import Event
from events.models.status import CANCEL, FINISH, REOPEN, START
from events.permissions import can_keep
from events.views.events import found_event, keeps
from villages.models import Region
from villages.models.region import RegionLevel


@require_http_methods(FORM_METHODS)
@keeps
def event_villages(request: PortalRequest, event: Event) -> HttpResponse:
    """The villages of an event: searched, added one by one or by kecamatan, taken off."""
    if request.method == "POST":
        with refusal_as_message(request):
            _choose(request, event)
        return redirect(request.get_full_path())  # the search stays as it was
    choice = VillageChoice(event, request.GET.get("q", ""))
    context = {"event": event, "choice": choice}
    return render_page(request, "events/event_villages.html", context, part="results")


def _choose(request: PortalRequest, event: Event) -> None:
    """Add or take off what the pressed button names, and say so."""
    adding = "tambah" in request.POST
    form = PlaceForm({"region": request.POST.get("tambah" if adding else "lepas")})
    if not form.is_valid():
        return
    regions = choosable(event.office) if adding else chosen_in(event)
    region = get_object_or_404(regions.with_path(), pk=form.cleaned_data["region"])
    if adding:
        added = len(actions.add_villages(event, region, by=request.user))
        messages.success(request, _told(region, added, "ditambahkan"))
    else:
        dropped = actions.drop_villages(event, region, by=request.user)
        messages.success(request, _told(region, dropped, "dilepas"))


def _told(region: Region, number: int, what: str) -> str:
    """What became of the press; a second click changes nothing and says the same."""
    if region.level == RegionLevel.VILLAGE:
        return f"{region.full_name} {what}."
    return f"{number} desa di {region.full_name} {what}."


@require_POST
def event_start(request: PortalRequest, pk: int) -> HttpResponse:
    """It begins."""
    return _step(request, pk, START, actions.start, "Kegiatan dimulai.")


@require_POST
def event_finish(request: PortalRequest, pk: int) -> HttpResponse:
    """It is over."""
    return _step(request, pk, FINISH, actions.finish, "Kegiatan selesai.")


@require_POST
def event_reopen(request: PortalRequest, pk: int) -> HttpResponse:
    """It was not held after all, or is not over."""
    return _step(request, pk, REOPEN, actions.reopen, "Kegiatan dibuka kembali.")


def _step(
    request: PortalRequest, pk: int, step: Transition, take: Callable[..., Any], told: str
) -> HttpResponse:
    """Take the step; a double click shows the result."""
    event = found_event(request, pk)
    require(can_keep(request.access, event))
    if not is_repeated(event, step, request.user):
        with refusal_as_message(request):
            take(event, by=request.user)
            messages.success(request, told)
    return redirect(event)


@require_http_methods(FORM_METHODS)
def event_cancel(request: PortalRequest, pk: int) -> HttpResponse:
    """Call it off, with a reason."""
    event = found_event(request, pk)
    require(can_keep(request.access, event))
    if not CANCEL.is_open(event):
        if not is_repeated(event, CANCEL, request.user):
            messages.warning(request, CANCEL.refusal(event))
        return redirect(event)
    form = CancelForm(request.POST or None)
    if form.is_valid():
        with refusal_as_message(request):
            actions.cancel(event, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Kegiatan dibatalkan.")
        return redirect(event)
    return render_page(request, "events/event_cancel.html", {"event": event, "form": form})
