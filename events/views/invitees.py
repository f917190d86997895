"""Who is invited to an event: the list, the ways onto it and off it, and the answers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
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
from events.forms import InviteeForm, ReplyForm
from events.guests import Choosing, Guests, invitation_text
from events.models import Event, Invitee, Reply
from events.permissions import can_keep, can_read_guests
from events.views.events import found_event, keeps, kept_row, told_if_settled

PAGE_SIZE = 50


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def invitees(request: PortalRequest, pk: int) -> HttpResponse:
    """Who is invited and what they answered; who comes is noted with one press."""
    event = found_event(request, pk)
    require(can_read_guests(request.access, event))
    keeps_it = can_keep(request.access, event)
    if request.method == "POST":
        require(keeps_it)
        return _noted_coming(request, event)
    guests = Guests(request.access, event, request.GET)
    page = Paginator(guests.found, PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {
        "event": event,
        "guests": guests,
        "page": page,
        "rows": guests.rows_of(page.object_list),
        "keeps": keeps_it,
        "may_change": keeps_it and not event.is_settled,
        "share_text": invitation_text(event),
    }
    return render_page(request, "events/invitees.html", context, part="rows")


def _noted_coming(request: PortalRequest, event: Event) -> HttpResponse:
    """They come, where they did not answer yet; another answer is mended on its own page."""
    chosen = picked(request.POST, "hadir")
    if len(chosen) != 1:
        return redirect(request.get_full_path())
    here = Invitee.objects.visible_to(request.access).filter(event=event)
    found = kept_row(request, here, *chosen)
    if found.reply in {"", Reply.COMING}:
        facts = {"reply": Reply.COMING, "represented_by": ""}
        seen = ReplyForm.standing_of(found)
        with refusal_as_message(request):
            its = actions.note_reply(found, facts=facts, seen=seen, by=request.user)
            messages.success(request, f"{its.title}: {its.answer}.")
    else:
        messages.warning(request, f"Belum dicatat: {found.title} sudah menjawab {found.answer}.")
    return redirect(f"{request.get_full_path()}#undangan-{found.pk}")  # the search stays as it was


@require_http_methods(FORM_METHODS)
@keeps
def invitees_choose(request: PortalRequest, event: Event) -> HttpResponse:
    """Choose from the address book: those that are ticked, or all that the filters leave."""
    choice = Choosing.of(request.access, event, request.GET)
    if request.method == "POST":
        every = "semua" in request.POST
        entries = choice.found if every else choice.picked(picked(request.POST, "pilih"))
        with refusal_as_message(request):
            new = actions.invite_institutions(event, entries, by=request.user)
            messages.success(request, _told(len(new)))
        return redirect("events:invitees", pk=event.pk)
    page = Paginator(choice.found, PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {"event": event, "book": choice, "page": page}
    return render_page(request, "events/invitees_choose.html", context, part="rows")


@require_POST
def invitees_heads(request: PortalRequest, pk: int) -> HttpResponse:
    """Invite the heads of all villages that the event is for."""
    event = found_event(request, pk)
    require(can_keep(request.access, event))
    with refusal_as_message(request):
        new = actions.invite_heads(event, by=request.user)
        messages.success(request, _told(len(new)))
    return redirect("events:invitees", pk=event.pk)


def _told(number: int) -> str:
    return f"{number} undangan ditambahkan." if number else "Semuanya sudah diundang."


@require_http_methods(FORM_METHODS)
@keeps
def invitee_add(request: PortalRequest, event: Event) -> HttpResponse:
    """Somebody who stands in no address book."""
    form = InviteeForm(request.POST or None)
    if form.is_valid() and _invited(request, event, form):
        return redirect("events:invitees", pk=event.pk)
    return render_page(request, "events/invitee_add.html", {"event": event, "form": form})


def _invited(request: PortalRequest, event: Event, form: InviteeForm) -> bool:
    """Whether they were invited, or refused for good; a form to be mended is shown again."""
    try:
        with refusal_as_message(request):
            invitee = actions.invite(event, facts=form.cleaned_data, by=request.user)
            messages.success(request, f"{invitee} diundang.")
    except ValidationError as error:
        form.refuse(error)
        return False
    return True


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def invitee(request: PortalRequest, pk: int) -> HttpResponse:
    """What they answered; and off the list, where they were invited by mistake."""
    found = _kept(request, pk)
    if settled := told_if_settled(request, found.event):
        return settled
    standing = ReplyForm.standing_of(found)
    form = ReplyForm(
        request.POST or None,
        standing=standing,
        history=Entry.objects.about(found.event).filter(verb="event.reply_noted"),
        place=found.event.office,
    )
    if form.is_valid():
        with refusal_as_message(request):
            its = actions.note_reply(found, facts=form.cleaned_data, seen=standing, by=request.user)
            messages.success(request, f"{its.title}: {its.answer}.")
        return _back(found)
    context = {"event": found.event, "invitee": found, "form": form}
    return render_page(request, "events/invitee.html", context)


@require_POST
def invitee_drop(request: PortalRequest, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    found = _kept(request, pk)
    with refusal_as_message(request):
        actions.drop_invitee(found, by=request.user)
        messages.success(request, f"{found} tidak diundang lagi.")
    return _back(found)


def _back(invitee: Invitee) -> HttpResponse:
    """The list, where they stand in it."""
    return redirect(reverse("events:invitees", args=[invitee.event_id]) + f"#undangan-{invitee.pk}")


def _kept(request: PortalRequest, pk: int) -> Invitee:
    """The guest, for somebody who keeps the event."""
    return kept_row(request, Invitee.objects.visible_to(request.access).with_held(), pk)
