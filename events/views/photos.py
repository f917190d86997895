"""Photos of an event or a visit: brought in, served, described, ordered, taken away."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.models import Entry
from desabinaan.editing import again_if_overtaken
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    goes_up,
    private,
    refusal_as_message,
    render_page,
    require,
)
from events import actions
from events.actions.sources import named
from events.forms import PhotoForm, PhotosForm
from events.models import Event, Photo, Visit
from events.permissions import can_keep_source, can_keep_visit
from events.views.events import keeps


@require_http_methods(FORM_METHODS)
@keeps
def photos(request: PortalRequest, event: Event) -> HttpResponse:
    """The photos of an event, to be brought in and ordered."""
    return _photos(request, event)


@require_http_methods(FORM_METHODS)
def visit_photos(request: PortalRequest, pk: int) -> HttpResponse:
    """The photos of a visit, the same way."""
    visit = get_object_or_404(Visit.objects.visible_to(request.access).with_page(), pk=pk)
    require(can_keep_visit(request.access, visit))
    return _photos(request, visit)


def _photos(request: PortalRequest, source: Event | Visit) -> HttpResponse:
    form = PhotosForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        bring_in(request, source, form)
        return redirect(request.path)
    mine = Photo.objects.visible_to(request.access)
    context = {"source": source, "photos": mine.filter(**named(source)), "form": form}
    return render_page(request, "events/photos.html", context)


def bring_in(request: PortalRequest, source: Event | Visit, form: Form) -> None:
    """Keep what was let in, and say of each of the others why it was not."""
    chosen, agreed = form.cleaned_data["photos"], form.cleaned_data["is_consented"]
    with refusal_as_message(request):
        its = {"is_consented": agreed, "by": request.user}
        kept = actions.add_photos(source, chosen.kept, **its)
        if kept:
            messages.success(request, f"{len(kept)} foto disimpan.")
        if there := len(chosen.kept) - len(kept):
            told = f"{there} foto sudah ada dan tidak disimpan dua kali"
            messages.info(request, f"{told}; keterangan dan persetujuannya diubah pada fotonya.")
    for refused in chosen.refused:
        messages.warning(request, refused)


@require_safe
@csp_override({"default-src": [CSP.NONE], "style-src": [CSP.SELF]})
def photo(request: PortalRequest, key: uuid.UUID) -> FileResponse:
    """The exact bytes of a photo, after the same check as its page."""
    found = get_object_or_404(Photo.objects.visible_to(request.access), key=key)
    name = f"foto-{found.pk}.jpg"  # what it was called on the phone is nobody's matter
    return private(
        FileResponse(found.file.open("rb"), content_type=found.content_type, filename=name)
    )


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def photo_edit(request: PortalRequest, key: uuid.UUID) -> HttpResponse:
    """Say what a photo shows, and whether the people in it agree."""
    found = _kept(request, key)
    standing = PhotoForm.standing_of(found)
    form = PhotoForm(
        request.POST or None,
        standing=standing,
        history=Entry.objects.about(found.source).filter(verb="photo.described"),
        place=found.source.office,
    )
    if form.is_valid():
        with refusal_as_message(request):
            actions.describe_photo(found, facts=form.cleaned_data, seen=standing, by=request.user)
            messages.success(request, "Keterangan foto disimpan.")
        return redirect(found.source)
    context = {"source": found.source, "photo": found, "form": form}
    return render_page(request, "events/photo.html", context)


@require_POST
def photo_move(request: PortalRequest, key: uuid.UUID) -> HttpResponse:
    """One place forward or back; the page opens again where the photo is."""
    found = _kept(request, key)
    if (up := goes_up(request.POST)) is not None:
        with refusal_as_message(request):
            actions.move_photo(found, up=up, by=request.user)
    return redirect(f"{_page_of(found)}#foto-{found.pk}")


@require_POST
def photo_drop(request: PortalRequest, key: uuid.UUID) -> HttpResponse:
    """Take a photo away."""
    found = _kept(request, key)
    with refusal_as_message(request):
        actions.drop_photo(found, by=request.user)
        messages.success(request, "Foto dihapus.")
    return redirect(found.source)


def _page_of(photo: Photo) -> str:
    name = "photos" if photo.event_id else "visit_photos"
    return reverse(f"events:{name}", args=[photo.source.pk])


def _kept(request: PortalRequest, key: uuid.UUID) -> Photo:
    """The photo, for somebody who keeps what it shows."""
    found = get_object_or_404(Photo.objects.visible_to(request.access).with_page(), key=key)
    require(can_keep_source(request.access, found.source))
    return found
