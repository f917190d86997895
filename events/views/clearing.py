"""Whoever entered themselves and did not come is taken off the list at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desabinaan import formats
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    picked,
    refusal_as_message,
    render_page,
)
from events import actions
from events.clearing import Between, Entered
from events.forms import DropEnteredForm, EnteredForm
from events.models import Event
from events.views.events import keeps


@require_http_methods(FORM_METHODS)
@keeps
def check_in_clear(request: PortalRequest, event: Event) -> HttpResponse:
    """First the time, then who entered themselves in it; those ticked go, with the reason."""
    period = EnteredForm(request.GET or None, event=event)
    found = None
    form = DropEnteredForm(request.POST or None)
    if period.is_valid():
        ticked = picked(request.POST, "pilih") if request.method == "POST" else None
        found = Between(event, period.span, ticked)
        if form.is_valid():
            return _dropped(request, found, form)
    context = {
        "event": event,
        "entered": Entered(event),
        "period": period,
        "found": found,
        "form": form,
    }
    return render_page(request, "events/check_in_clear.html", context)


def _dropped(request: PortalRequest, found: Between, form: DropEnteredForm) -> HttpResponse:
    """To the list without them; where more are left than were listed, to the next of those."""
    more = found.rest and not form.rest
    with refusal_as_message(request):
        number = actions.drop_self_entered(
            found.event,
            between=found.span,
            chosen=found.ticked or (),
            rest=form.rest,
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
        told = f"{formats.number(number)} orang yang mengisi sendiri dihapus dari daftar hadir."
        messages.success(request, told if number else "Tidak ada isian yang dihapus.")
    if more:
        return redirect(request.get_full_path())
    return redirect("events:attendance", pk=found.event.pk)
