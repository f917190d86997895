"""Whoever entered themselves and did not come is taken off the list at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desabinaan import formats
from desabinaan.http import FORM_METHODS, PortalRequest, refusal_as_message, render_page
from events import actions
from events.clearing import Between, Entered
from events.forms import DropEnteredForm, EnteredForm
from events.models import Event
from events.views.events import keeps


@require_http_methods(FORM_METHODS)
@keeps
def check_in_clear(request: PortalRequest, event: Event) -> HttpResponse:
    """First the time, then how many entered themselves in it; then they go, with the reason."""
    period = EnteredForm(request.GET or None, event=event)
    found, form = None, DropEnteredForm()
    if period.is_valid():
        found = Between(event, period.span)
        form = DropEnteredForm(request.POST or None, initial={"shown": found.number})
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
    """To the list without them; where they are more or fewer by now, to another look."""
    with refusal_as_message(request):
        number = actions.drop_self_entered(
            found.event, between=found.span, by=request.user, **form.cleaned_data
        )
        told = f"{formats.number(number)} orang yang mengisi sendiri dihapus dari daftar hadir."
        messages.success(request, told if number else "Isian itu sudah tidak ada.")
        return redirect("events:attendance", pk=found.event.pk)
    return redirect(request.get_full_path())
