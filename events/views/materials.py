"""Materials of speakers: brought in, downloaded, taken away."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    private,
    refusal_as_message,
    render_page,
    require,
)
from events import actions
from events.forms import MaterialForm
from events.models import Material
from events.permissions import can_keep
from events.views.agenda import kept_contributor
from events.views.events import told_if_settled


@require_http_methods(FORM_METHODS)
def material_add(request: PortalRequest, pk: int) -> HttpResponse:
    """One more file of a speaker, and those that are there."""
    person = kept_contributor(request, pk)
    if settled := told_if_settled(request, person.event):
        return settled
    form = MaterialForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with refusal_as_message(request):
            material = actions.add_material(person, form.cleaned_data["file"], by=request.user)
            messages.success(request, f"{material} disimpan.")
        return redirect(person.event)
    mine = Material.objects.visible_to(request.access).filter(contributor=person)
    context = {"event": person.event, "person": person, "materials": mine, "form": form}
    return render_page(request, "events/material_add.html", context)


@require_safe
def material(request: PortalRequest, key: uuid.UUID) -> FileResponse:
    """The exact bytes, to be opened elsewhere: never inside the page."""
    found = get_object_or_404(Material.objects.visible_to(request.access), key=key)
    its = {"content_type": found.content_type, "filename": found.name}
    return private(FileResponse(found.file.open("rb"), as_attachment=True, **its))


@require_POST
def material_drop(request: PortalRequest, key: uuid.UUID) -> HttpResponse:
    """Take it away."""
    found = get_object_or_404(Material.objects.visible_to(request.access).with_page(), key=key)
    event = found.contributor.event
    require(can_keep(request.access, event))
    with refusal_as_message(request):
        actions.drop_material(found, by=request.user)
        messages.success(request, f"{found} dihapus.")
    return redirect(event)
