"""The agenda of an event, and the people in it."""

from __future__ import annotations

from typing import Any

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
    goes_up,
    refusal_as_message,
    render_page,
    require,
)
from events import actions
from events.agenda import Timetable
from events.forms import ContributorForm, ItemForm
from events.models import AgendaItem, Contribution, Contributor, Event
from events.permissions import can_keep
from events.views.events import found_event, keeps, kept_row, told_if_settled, way_back


@require_http_methods(FORM_METHODS)
@keeps
def agenda(request: PortalRequest, event: Event) -> HttpResponse:
    """The agenda by the clock, to be written, ordered and mended; one more item at its end."""
    items = list(event.agenda.all())
    form = ItemForm(request.POST or None, may_open_day=bool(items) and event.lasts_days)
    if form.is_valid():
        with refusal_as_message(request):
            item = actions.write_item(event, facts=form.cleaned_data, by=request.user)
            messages.success(request, f"{item} ditambahkan.")
        return redirect("events:agenda", pk=event.pk)
    context = {
        "event": event,
        "timetable": Timetable.of(event, items),
        "form": form,
        "standard": event.kind.standard_items.count(),
    }
    return render_page(request, "events/agenda.html", context)


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def item_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Mend an item."""
    item = _kept_item(request, pk)
    if settled := told_if_settled(request, item.event):
        return settled
    standing = ItemForm.standing_of(item)
    form = ItemForm(
        request.POST or None,
        may_open_day=item.may_open_day,
        standing=standing,
        history=Entry.objects.about(item.event).filter(verb="event.agenda_written"),
        place=item.event.office,
    )
    if form.is_valid():
        with refusal_as_message(request):
            facts: dict[str, Any] = form.cleaned_data
            actions.write_item(item.event, facts=facts, item=item, seen=standing, by=request.user)
            messages.success(request, "Acara disimpan.")
        return redirect("events:agenda", pk=item.event_id)
    context = {"event": item.event, "item": item, "form": form}
    return render_page(request, "events/agenda_item.html", context)


@require_POST
def item_drop(request: PortalRequest, pk: int) -> HttpResponse:
    """Take an item off; a second click finds it gone, and the agenda."""
    event = _event_named(request)
    if event and not AgendaItem.objects.visible_to(request.access).filter(pk=pk).exists():
        return redirect("events:agenda", pk=event.pk)
    item = _kept_item(request, pk)
    with refusal_as_message(request):
        actions.drop_item(item, by=request.user)
        messages.success(request, f"{item} dihapus dari susunan acara.")
    return redirect("events:agenda", pk=item.event_id)


@require_POST
def item_move(request: PortalRequest, pk: int) -> HttpResponse:
    """One place up or down; the page opens again where the item is."""
    item = _kept_item(request, pk)
    if (up := goes_up(request.POST)) is not None:
        with refusal_as_message(request):
            place = next(iter(_keys(request.POST.get("tempat", ""))), None)
            actions.move_item(item, up=up, place=place, by=request.user)
    return redirect(f"{reverse('events:agenda', args=[item.event_id])}#acara-{item.pk}")


@require_POST
def agenda_order(request: PortalRequest, pk: int) -> HttpResponse:
    """All items in the order in which somebody dropped them."""
    event = found_event(request, pk)
    require(can_keep(request.access, event))
    keys, seen = (_keys(request.POST.get(name, "")) for name in ("urutan", "semula"))
    with refusal_as_message(request):
        actions.order_items(event, keys, seen=seen, by=request.user)
    return redirect("events:agenda", pk=event.pk)


def _keys(text: str) -> list[int]:
    """The numbers that stand between commas; what is none is left out."""
    return [int(it) for it in text.split(",") if it.isdecimal() and len(it) < 10]


@require_POST
def agenda_standard(request: PortalRequest, pk: int) -> HttpResponse:
    """Begin with what events of this kind usually have."""
    event = found_event(request, pk)
    require(can_keep(request.access, event))
    with refusal_as_message(request):
        if taken := actions.take_standard(event, by=request.user):
            messages.success(request, f"{taken} acara baku dipakai; sesuaikan seperlunya.")
    return redirect("events:agenda", pk=event.pk)


@require_http_methods(FORM_METHODS)
@keeps
def contributor_add(request: PortalRequest, event: Event) -> HttpResponse:
    """Somebody who does something at the event."""
    asked = request.GET.get("sebagai", "")
    initial = {"institution": event.office.name}
    if asked in Contribution.values:
        initial["contribution"] = asked
    form = ContributorForm(request.POST or None, initial=initial)
    if form.is_valid() and _written(request, event, form):
        return redirect(event)
    context = {"event": event, "person": None, "form": form}
    return render_page(request, "events/contributor.html", context)


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def contributor_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Mend what is noted of them."""
    person = kept_contributor(request, pk)
    if settled := told_if_settled(request, person.event):
        return settled
    back = way_back(request, person.event, person.event.get_absolute_url())
    form = ContributorForm(
        request.POST or None,
        standing=ContributorForm.standing_of(person),
        history=Entry.objects.about(person.event).filter(verb="event.contributor_written"),
        place=person.event.office,
    )
    if form.is_valid() and _written(request, person.event, form, person):
        return redirect(back)
    context = {"event": person.event, "person": person, "form": form, "back": back}
    return render_page(request, "events/contributor.html", context)


def _written(
    request: PortalRequest, event: Event, form: ContributorForm, person: Contributor | None = None
) -> bool:
    """Whether it was stored, or refused for good; a form to be mended is shown again."""
    seen = form.standing if person else None
    try:
        with refusal_as_message(request):
            facts = form.cleaned_data
            actions.write_contributor(event, facts=facts, person=person, seen=seen, by=request.user)
            messages.success(request, f"{facts['name']} dicatat.")
    except ValidationError as error:
        form.refuse(error)
        return False
    return True


@require_POST
def contributor_drop(request: PortalRequest, pk: int) -> HttpResponse:
    """Take somebody off; a second click finds them gone, and the event."""
    event = _event_named(request)
    if event and not Contributor.objects.visible_to(request.access).filter(pk=pk).exists():
        return redirect(event)
    person = kept_contributor(request, pk)
    with refusal_as_message(request):
        actions.drop_contributor(person, by=request.user)
        messages.success(request, f"{person} dilepas.")
    return redirect(person.event)


def _event_named(request: PortalRequest) -> Event | None:
    """The event that a form names, for somebody who keeps it."""
    keys = _keys(request.POST.get("kegiatan", ""))
    event = found_event(request, keys[0]) if keys else None
    if event:
        require(can_keep(request.access, event))
    return event


def _kept_item(request: PortalRequest, pk: int) -> AgendaItem:
    """The item, for somebody who keeps its event."""
    return kept_row(request, AgendaItem.objects.visible_to(request.access), pk)


def kept_contributor(request: PortalRequest, pk: int) -> Contributor:
    """The person, for somebody who keeps the event."""
    return kept_row(request, Contributor.objects.visible_to(request.access), pk)
