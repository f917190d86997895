"""Visits to villages: the list, the record, noting one on the way back, mending it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from audit.models import Entry
from desabinaan.editing import again_if_overtaken
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    render_page,
    require,
)
from desabinaan.workflow import TransitionRefused
from events import actions
from events.documentation import FollowUps, photos_of
from events.forms import NewVisitForm, VisitForm
from events.models import Visit
from events.permissions import can_keep_visit, can_note_visits
from events.views.photos import bring_in
from events.visits import VisitFilters, documented, notable

PAGE_SIZE = 25


@require_safe
def visits(request: PortalRequest) -> HttpResponse:
    """The visits of the office that the person works in, the latest first."""
    filters = VisitFilters(request.access, request.GET)
    found = Paginator(filters.found.with_list(), PAGE_SIZE)
    context = {
        "filters": filters,
        "page": found.get_page(request.GET.get("halaman")),
        "several": len(request.access.working_office_ids) > 1,
        "may_note": can_note_visits(request.access),
    }
    return render_page(request, "events/visits.html", context, part="rows")


@require_safe
def visit(request: PortalRequest, pk: int) -> HttpResponse:
    """The record: where and when, whom they met, what was said, what follows."""
    mine = documented(Visit.objects.visible_to(request.access).with_page())
    found = get_object_or_404(mine, pk=pk)
    keeps = bool(can_keep_visit(request.access, found))
    its = {"keeps": keeps, "changes": keeps}
    context = {
        "visit": found,
        "keeps": keeps,
        "follow_ups": FollowUps.of(request.access, found.told_follow_ups, found.office, **its),
        "photos": photos_of(found.told_photos),
        "entries": Entry.objects.about(found),
    }
    return render_page(request, "events/visit.html", context)


@require_http_methods(FORM_METHODS)
def visit_add(request: PortalRequest) -> HttpResponse:
    """Note a visit: where, when, whom, what; and the first thing that follows."""
    require(can_note_visits(request.access))
    assignments = notable(request.access)
    if not assignments:
        return render_page(request, "events/visit_add.html", {"form": None})
    asked = request.GET.get("desa", "")
    initial = NewVisitForm.initial_for(assignments, asked)
    form = NewVisitForm(
        request.POST or None, request.FILES or None, assignments=assignments, initial=initial
    )
    if form.is_valid() and (noted := _noted(request, form)):
        return redirect(noted)
    return render_page(request, "events/visit_add.html", {"form": form})


def _noted(request: PortalRequest, form: NewVisitForm) -> Visit | None:
    """The visit, with what follows from it; nothing when the form must be mended."""
    try:
        noted = actions.note_visit(
            form.assignment,
            facts=form.facts(),
            follow_up=form.follow_up(),
            by=request.user,
        )
    except TransitionRefused as refusal:
        form.add_error("visited_on", refusal.message)
        return None
    messages.success(request, "Sambang desa dicatat.")
    bring_in(request, noted, form)
    return noted


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def visit_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Mend when it was, whom they met and what was said."""
    found = get_object_or_404(Visit.objects.visible_to(request.access).with_page(), pk=pk)
    require(can_keep_visit(request.access, found))
    form = VisitForm(
        request.POST or None,
        office=found.office,
        standing=VisitForm.standing_of(found),
        history=Entry.objects.about(found).filter(verb="visit.changed"),
    )
    if form.is_valid() and _changed(request, found, form):
        return redirect(found)
    return render_page(request, "events/visit_edit.html", {"visit": found, "form": form})


def _changed(request: PortalRequest, visit: Visit, form: VisitForm) -> bool:
    """Whether it was stored; a form to be mended is shown again."""
    try:
        facts, seen = form.facts(), VisitForm.seen_of(visit)
        actions.change_visit(visit, facts=facts, seen=seen, by=request.user)
    except TransitionRefused as refusal:
        form.add_error("visited_on", refusal.message)
        return False
    messages.success(request, "Catatan sambang desa disimpan.")
    return True
