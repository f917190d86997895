"""What follows from an event or a visit: written, mended, done, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from audit.models import Entry
from desabinaan.editing import again_if_overtaken
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    refusal_as_message,
    render_page,
    require,
)
from events import actions
from events.forms import FollowUpForm
from events.models import Event, FollowUp, Visit
from events.permissions import can_close, can_keep_source, can_keep_visit
from events.views.events import keeps, told_if_settled


@require_http_methods(FORM_METHODS)
@keeps
def follow_up_add(request: PortalRequest, event: Event) -> HttpResponse:
    """One more thing to be done after an event."""
    return _add(request, event)


@require_http_methods(FORM_METHODS)
def visit_follow_up_add(request: PortalRequest, pk: int) -> HttpResponse:
    """One more thing to be done after a visit."""
    visit = get_object_or_404(Visit.objects.visible_to(request.access).with_page(), pk=pk)
    require(can_keep_visit(request.access, visit))
    return _add(request, visit)


def _add(request: PortalRequest, source: Event | Visit) -> HttpResponse:
    form = FollowUpForm(
        request.POST or None, source=source, initial=FollowUpForm.initial_for(source)
    )
    if form.is_valid():
        with refusal_as_message(request):
            actions.write_follow_up(source, facts=form.cleaned_data, by=request.user)
            messages.success(request, "Tindak lanjut dicatat.")
        return redirect(source)
    context = {"source": source, "item": None, "form": form}
    return render_page(request, "events/follow_up.html", context)


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def follow_up_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Mend it, or pass it to somebody else."""
    item = _kept(request, pk)
    source = item.source
    if isinstance(source, Event) and (settled := told_if_settled(request, source)):
        return settled
    standing = FollowUpForm.standing_of(item)
    form = FollowUpForm(
        request.POST or None,
        source=source,
        item=item,
        standing=standing,
        history=Entry.objects.about(source).filter(verb="follow_up.written"),
    )
    if form.is_valid():
        with refusal_as_message(request):
            facts = form.cleaned_data
            actions.write_follow_up(source, facts=facts, item=item, seen=standing, by=request.user)
            messages.success(request, "Tindak lanjut disimpan.")
        return redirect(source)
    context = {"source": source, "item": item, "form": form}
    return render_page(request, "events/follow_up.html", context)


@require_POST
def follow_up_close(request: PortalRequest, pk: int) -> HttpResponse:
    """It is done; the page goes on from where the button was."""
    item = _found(request, pk)
    require(can_close(request.access, item))
    if "buka" in request.POST:
        actions.reopen_follow_up(item, by=request.user)
        messages.success(request, "Tindak lanjut dibuka lagi.")
    else:
        actions.close_follow_up(item, by=request.user)
        messages.success(request, f"Selesai: {item}.")
    return redirect("reports:desk" if request.POST.get("dari") == "meja" else item)


@require_POST
def follow_up_drop(request: PortalRequest, pk: int) -> HttpResponse:
    """Take it back."""
    item = _kept(request, pk)
    with refusal_as_message(request):
        actions.drop_follow_up(item, by=request.user)
        messages.success(request, "Tindak lanjut dihapus.")
    return redirect(item)


def _found(request: PortalRequest, pk: int) -> FollowUp:
    """The follow-up; 404 where the person may not know of it."""
    return get_object_or_404(FollowUp.objects.visible_to(request.access).with_page(), pk=pk)


def _kept(request: PortalRequest, pk: int) -> FollowUp:
    """The follow-up, for somebody who keeps what it follows from."""
    item = _found(request, pk)
    require(can_keep_source(request.access, item.source))
    return item
