"""Who came: the list, somebody added in a moment, mended, taken off; pupils by class."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from audit.models import Entry
from desabinaan.editing import again_if_overtaken
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    picked,
    refusal_as_message,
    render_page,
    require,
)
from events import actions
from events.arrivals import in_place_of
from events.attendance import AttendanceList, with_announced, with_numbers
from events.forms import AttendeeForm, DropAttendeeForm, SchoolForm, WalkInForm
from events.models import Attendee, Event, Invitee, SchoolCount
from events.permissions import can_keep, can_read_attendance
from events.views.arrivals import tell, to_the_guests
from events.views.events import found_event, keeps, kept_row, told_if_settled, way_back


@require_http_methods(FORM_METHODS)
def attendance(request: PortalRequest, pk: int) -> HttpResponse:
    """The list with its search; whoever keeps it adds somebody who stands before them."""
    event = found_event(request, pk, loaded=lambda its: with_announced(with_numbers(its)))
    require(can_read_attendance(request.access, event))
    guest = _guest(request, event)
    form = WalkInForm(request.POST or None, initial=WalkInForm.initial_for(guest))
    if request.method == "POST":
        require(can_keep(request.access, event))
        if form.is_valid():
            return _noted(request, event, form, guest)
    found = AttendanceList(request.access, event, request.GET)
    context = {"event": event, "list": found, "form": form, "guest": guest}
    return render_page(request, "events/attendance.html", context, part="rows")


def _guest(request: PortalRequest, event: Event) -> Invitee | None:
    """As whom of the invited they come, where the address or the form says so."""
    named = picked(request.POST, "undangan") | picked(request.GET, "undangan")
    guests = Invitee.objects.visible_to(request.access).filter(event=event).missing()
    return guests.filter(pk__in=named).first() if named else None


def _noted(
    request: PortalRequest, event: Event, form: WalkInForm, guest: Invitee | None
) -> HttpResponse:
    """The list, where it says what was noted, with the next one to be noted right below."""
    person = form.person()
    if guest:
        is_supposed = person.title == in_place_of(guest)
        person = replace(person, invitee_id=guest.pk, is_title_supposed=is_supposed)
    with refusal_as_message(request):
        source = form.cleaned_data["source"]
        tell(request, actions.attend(event, [person], source=source, by=request.user))
    if guest:
        return to_the_guests(request, event, guest.pk)
    return redirect(f"{reverse('events:attendance', args=[event.pk])}#pesan")


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def attendee_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Mend what is noted of somebody."""
    attendee = _kept_attendee(request, pk)
    if settled := told_if_settled(request, attendee.event):
        return settled
    back = way_back(request, attendee.event, reverse("events:attendance", args=[attendee.event_id]))
    standing = AttendeeForm.standing_of(attendee)
    history = Entry.objects.about(attendee)
    form = AttendeeForm(
        request.POST or None, standing=standing, history=history, place=attendee.event.office
    )
    if form.is_valid():
        try:
            with refusal_as_message(request):
                facts = form.cleaned_data
                actions.change_attendee(attendee, facts=facts, seen=standing, by=request.user)
                messages.success(request, "Catatan kehadiran disimpan.")
            return redirect(back)
        except ValidationError as error:
            form.refuse(error)
    context = {
        "event": attendee.event,
        "attendee": attendee,
        "back": back,
        "form": form,
        "denials": attendee.denials.select_related("invitee"),
        "dropping": DropAttendeeForm(auto_id="hapus_%s"),
        "entries": history,
    }
    return render_page(request, "events/attendee.html", context)


@require_http_methods(FORM_METHODS)
def attendee_drop(request: PortalRequest, pk: int) -> HttpResponse:
    """Take a wrong row off, with the reason."""
    attendee = _kept_attendee(request, pk)
    if settled := told_if_settled(request, attendee.event):
        return settled
    form = DropAttendeeForm(request.POST or None)
    if form.is_valid():
        with refusal_as_message(request):
            reason = form.cleaned_data["reason"]
            actions.drop_attendee(attendee, reason=reason, by=request.user)
            messages.success(request, f"{attendee} dihapus dari daftar hadir.")
        return redirect("events:attendance", pk=attendee.event_id)
    context = {"event": attendee.event, "attendee": attendee, "form": form}
    return render_page(request, "events/attendee_drop.html", context)


@require_http_methods(FORM_METHODS)
@keeps
def school_add(request: PortalRequest, event: Event) -> HttpResponse:
    """Count the pupils of a class."""
    form = SchoolForm(request.POST or None)
    if form.is_valid() and _counted(request, event, form):
        return redirect("events:attendance", pk=event.pk)
    context = {"event": event, "school": None, "form": form}
    return render_page(request, "events/school.html", context)


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def school_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Mend the count of a class."""
    school = _kept_school(request, pk)
    if settled := told_if_settled(request, school.event):
        return settled
    form = SchoolForm(
        request.POST or None,
        standing=SchoolForm.standing_of(school),
        history=Entry.objects.about(school.event).filter(verb="event.pupils_counted"),
        place=school.event.office,
    )
    if form.is_valid() and _counted(request, school.event, form, school):
        return redirect("events:attendance", pk=school.event_id)
    context = {"event": school.event, "school": school, "form": form}
    return render_page(request, "events/school.html", context)


@require_POST
def school_drop(request: PortalRequest, pk: int) -> HttpResponse:
    """Take a class off."""
    school = _kept_school(request, pk)
    with refusal_as_message(request):
        actions.drop_school(school, by=request.user)
        messages.success(request, f"{school} dihapus.")
    return redirect("events:attendance", pk=school.event_id)


def _counted(
    request: PortalRequest, event: Event, form: SchoolForm, school: SchoolCount | None = None
) -> bool:
    """Whether it was stored, or refused for good; a form to be mended is shown again."""
    seen = form.standing if school else None
    try:
        with refusal_as_message(request):
            facts = form.cleaned_data
            actions.write_school(event, facts=facts, school=school, seen=seen, by=request.user)
            messages.success(request, "Jumlah siswa dicatat.")
    except ValidationError as error:
        form.refuse(error)
        return False
    return True


def _kept_attendee(request: PortalRequest, pk: int) -> Attendee:
    """The person, for somebody who keeps the event."""
    return kept_row(request, Attendee.objects.visible_to(request.access), pk)


def _kept_school(request: PortalRequest, pk: int) -> SchoolCount:
    """The class, for somebody who keeps the event."""
    return kept_row(request, SchoolCount.objects.visible_to(request.access), pk)
