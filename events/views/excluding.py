"""Who gets no certificate of attendance: said of one person with the reason, and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from desabinaan.http import FORM_METHODS, PortalRequest, refusal_as_message, render_page
from events import actions
from events.forms import ExclusionForm
from events.models import Attendee, Contributor, Event
from events.models.status import OVER
from events.views.events import kept_row

TOO_EARLY = "Sertifikat dibuat sesudah kegiatan dinyatakan selesai."


@require_http_methods(FORM_METHODS)
def attendee_exclude(request: PortalRequest, pk: int) -> HttpResponse:
    """Somebody who came gets none."""
    return _exclude(request, kept_row(request, Attendee.objects.visible_to(request.access), pk))


@require_http_methods(FORM_METHODS)
def contributor_exclude(request: PortalRequest, pk: int) -> HttpResponse:
    """Somebody who does something there gets none."""
    return _exclude(request, kept_row(request, Contributor.objects.visible_to(request.access), pk))


@require_POST
def attendee_take_in(request: PortalRequest, pk: int) -> HttpResponse:
    """Somebody who came is to get one again, if the rule says so."""
    return _take_in(request, kept_row(request, Attendee.objects.visible_to(request.access), pk))


@require_POST
def contributor_take_in(request: PortalRequest, pk: int) -> HttpResponse:
    """The same for somebody who does something there."""
    return _take_in(request, kept_row(request, Contributor.objects.visible_to(request.access), pk))


def told_if_not_over(request: PortalRequest, event: Event) -> HttpResponse | None:
    """How the event stands, where it was not held to its end."""
    if event.status in OVER:
        return None
    messages.info(request, TOO_EARLY)
    return redirect(event)


def _exclude(request: PortalRequest, person: Attendee | Contributor) -> HttpResponse:
    if early := told_if_not_over(request, person.event):
        return early
    form = ExclusionForm(request.POST or None)
    if form.is_valid():
        with refusal_as_message(request):
            actions.exclude(person, **form.cleaned_data, by=request.user)
            messages.success(request, f"{person} tidak mendapat sertifikat.")
        return redirect("events:certificates_check", pk=person.event_id)
    context = {"event": person.event, "person": person, "form": form}
    return render_page(request, "events/certificate_exclude.html", context)


def _take_in(request: PortalRequest, person: Attendee | Contributor) -> HttpResponse:
    with refusal_as_message(request):
        actions.take_in(person, by=request.user)
        messages.success(request, f"{person} mendapat sertifikat lagi menurut aturan.")
    address = reverse("events:certificates_check", args=[person.event_id])
    return redirect(f"{address}?tampil=tidak#daftar")
