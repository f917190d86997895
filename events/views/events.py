"""Events: the list, the month, the record, the plan and its changes, calendar files."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Office
from audit.models import Entry
from desabinaan.editing import again_if_overtaken
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    as_download,
    refusal_as_message,
    render_page,
    require,
    require_office,
)
from events import actions, ics
from events.attendance import with_numbers
from events.candidates import BACK_TO_THE_LOOK
from events.certificate_list import with_certificates
from events.choosing import choosable
from events.documentation import documented
from events.forms import EventForm
from events.knowledge import with_gain
from events.listing import Filters, Month
from events.models import (
    AgendaItem,
    Attendee,
    Contributor,
    Event,
    EventQuerySet,
    Invitee,
    Question,
    SchoolCount,
)
from events.permissions import can_keep, can_plan
from events.record import EventRecord
from villages.models import Region

PAGE_SIZE = 25
OF_AN_EVENT = ("event__office", "event__kind", "event__status_by")


def keeps(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the event for a person who may mend it; a settled one shows how it stands instead."""

    @wraps(view)
    def found(request: PortalRequest, pk: int) -> HttpResponse:
        event = found_event(request, pk)
        require(can_keep(request.access, event))
        return told_if_settled(request, event) or view(request, event)

    return found


def kept_row[Row: (AgendaItem, Attendee, Contributor, Invitee, Question, SchoolCount)](
    request: PortalRequest, rows: QuerySet[Row], pk: int
) -> Row:
    """What belongs to an event, for somebody who keeps the event."""
    row = get_object_or_404(rows.select_related(*OF_AN_EVENT), pk=pk)
    require(can_keep(request.access, row.event))
    return row


def way_back(request: PortalRequest, event: Event, otherwise: str) -> str:
    """The address to go on to from a name: the last look at certificates, if that led here."""
    if BACK_TO_THE_LOOK.items() <= request.GET.dict().items():
        return reverse("events:certificates_check", args=[event.pk])
    return otherwise


def told_if_settled(request: PortalRequest, event: Event) -> HttpResponse | None:
    """How the event stands, instead of a form that could not be saved any more."""
    if request.method == "POST" or not event.is_settled:
        return None
    messages.info(request, f"Kegiatan tidak dapat diubah lagi: {event.standing()}")
    return redirect(event)


@require_safe
def events(request: PortalRequest) -> HttpResponse:
    """The events of the office that the person works in, the latest first."""
    filters = Filters(request.access, request.GET)
    found = Paginator(filters.found.with_list(), PAGE_SIZE)
    context = {
        "filters": filters,
        "page": found.get_page(request.GET.get("halaman")),
        "several": len(request.access.working_office_ids) != 1,  # a village hears of several, too
        "may_plan": can_plan(request.access),
    }
    return render_page(request, "events/events.html", context, part="rows")


@require_safe
def calendar(request: PortalRequest) -> HttpResponse:
    """The same as a month."""
    office = request.access.current_office
    today = office.today() if office else timezone.localdate()
    filters = Filters(request.access, request.GET)
    month = Month(filters, request.GET.get("bulan", ""), today)
    context = {"filters": filters, "month": month, "may_plan": can_plan(request.access)}
    return render_page(request, "events/calendar.html", context)


def _of_the_page(events: EventQuerySet) -> EventQuerySet:
    """With who was invited, who came and how it went: the page has no question to spare."""
    invited = with_numbers(events.with_invited())
    return with_certificates(with_gain(documented(invited)))


@require_safe
def event(request: PortalRequest, pk: int) -> HttpResponse:
    """The record: what, when, where, for whom, and what happened."""
    found = found_event(request, pk, loaded=_of_the_page)
    context = {"event": found, "record": EventRecord(request.access, found)}
    return render_page(request, "events/event.html", context)


@require_http_methods(FORM_METHODS)
def event_add(request: PortalRequest) -> HttpResponse:
    """Plan an event of the current office; from a village's page, for that village."""
    office = require_office(request.access, can_plan)
    region = _named_in(request, office)
    form = EventForm(request.POST or None, office=office, initial=EventForm.initial_for(office))
    if form.is_valid():
        regions = (region,) if region else ()
        with refusal_as_message(request):
            planned = actions.plan(
                office=office, facts=form.facts(), regions=regions, by=request.user
            )
            messages.success(request, "Kegiatan direncanakan.")
            # Villages come next, unless the village brought the plan.
            return redirect(planned if region else "events:event_villages", *_rest(planned, region))
    context = {"office": office, "region": region, "form": form}
    return render_page(request, "events/event_add.html", context)


def _rest(planned: Event, region: Region | None) -> tuple[int, ...]:
    return () if region else (planned.pk,)


def _named_in(request: PortalRequest, office: Office) -> Region | None:
    """The village or kecamatan that the address names, if the office serves it."""
    code = request.GET.get("wilayah", "").replace("\0", "")
    return choosable(office).filter(code=code).with_path().first() if code else None


@require_http_methods(FORM_METHODS)
@again_if_overtaken
@keeps
def event_edit(request: PortalRequest, found: Event) -> HttpResponse:
    """Mend what was planned."""
    form = EventForm(
        request.POST or None,
        office=found.office,
        standing=EventForm.standing_of(found),
        history=Entry.objects.about(found).filter(verb="event.changed"),
    )
    if form.is_valid():
        seen = EventForm.seen_of(found)
        try:
            with refusal_as_message(request):
                actions.change(found, facts=form.facts(), seen=seen, by=request.user)
                messages.success(request, "Rencana kegiatan disimpan.")
            return redirect(found)
        except ValidationError as error:
            form.add_error(None, error.messages)
    certified = found.participations.in_force().count()
    context = {"event": found, "form": form, "certified": certified}
    return render_page(request, "events/event_edit.html", context)


@require_safe
def event_ics(request: PortalRequest, pk: int) -> HttpResponse:
    """The event for a calendar."""
    mine = Event.objects.visible_to(request.access).with_list()
    found = get_object_or_404(mine, pk=pk)
    content = ics.calendar_of([found], name=found.title)
    return as_download(content, name=f"kegiatan-{found.pk}.ics", content_type=ics.CONTENT_TYPE)


@require_safe
def events_ics(request: PortalRequest) -> HttpResponse:
    """Those of the office that the person works in, for a calendar: a year back, all to come."""
    mine = Event.objects.visible_to(request.access).in_current_office(request.access)
    lately = mine.filter(ends_at__gte=timezone.now() - ics.KEPT_BEFORE).with_list()
    office = request.access.current_office
    name = f"Kegiatan {office.short_name}" if office else "Kegiatan Desa Binaan Imigrasi"
    content = ics.calendar_of(lately, name=name)
    return as_download(content, name="kegiatan.ics", content_type=ics.CONTENT_TYPE)


def found_event(
    request: PortalRequest,
    pk: int,
    *,
    loaded: Callable[[EventQuerySet], EventQuerySet] | None = None,
) -> Event:
    """The event with its office, and what `loaded` adds; 404 where they may not know of it."""
    mine = Event.objects.visible_to(request.access).with_page().with_taken()
    return get_object_or_404(loaded(mine) if loaded else mine, pk=pk)
