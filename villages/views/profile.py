"""The village's profile: programmes, figures, agreements and documents, noted and mended."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.models import Entry
from desabinaan.editing import again_if_overtaken
from desabinaan.http import FORM_METHODS, PortalRequest, render_page, require
from villages import actions
from villages.forms.profile import DocumentForm
from villages.models import VillageDocument
from villages.permissions import can_edit_village
from villages.record import SECTIONS, Section, VillageProfile
from villages.views.sheets import served
from villages.views.villages import found_village


@require_safe
def village_profile(request: PortalRequest, pk: int) -> HttpResponse:
    """Sister programmes, migrant workers in figures, agreements and documents."""
    village = found_village(request, pk)
    context = {"village": village, "profile": VillageProfile(request.access, village)}
    return render_page(request, "villages/village_profile.html", context)


@require_http_methods(FORM_METHODS)
def profile_add(request: PortalRequest, pk: int, section: str) -> HttpResponse:
    """One more entry in a list of the profile."""
    return _profile_form(request, pk, _section(section))


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def profile_edit(request: PortalRequest, pk: int, section: str, item: int) -> HttpResponse:
    """An entry of the profile as it stands, to be mended or taken back."""
    return _profile_form(request, pk, _section(section), item)


@require_POST
def profile_drop(request: PortalRequest, pk: int, section: str, item: int) -> HttpResponse:
    """Take back an entry that was noted by mistake."""
    village, kind = found_village(request, pk), _section(section)
    require(can_edit_village(request.access, village))
    rows = kind.model._default_manager.visible_to(request.access).of(village)  # type: ignore[attr-defined]
    kind.drop(get_object_or_404(rows, pk=item), by=request.user)
    messages.success(request, f"Catatan {kind.noun} dihapus.")
    return redirect("villages:village_profile", pk=pk)


def _profile_form(request: PortalRequest, pk: int, section: Section, item: int = 0) -> HttpResponse:
    village = found_village(request, pk)
    require(can_edit_village(request.access, village))
    rows = section.model._default_manager.visible_to(request.access).of(village)  # type: ignore[attr-defined]
    row = get_object_or_404(rows, pk=item) if item else None
    standing = section.initial_of(row)
    form = section.form(
        request.POST or None,
        request.FILES or None,
        standing=standing,
        history=Entry.objects.about(village).filter(verb=section.verb),
        place=village.office,
    )
    if form.is_valid():
        facts = form.cleaned_data
        try:
            section.write(village, facts=facts, seen=standing, by=request.user, item=row)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"Catatan {section.noun} disimpan.")
            return redirect("villages:village_profile", pk=pk)
    context = {"village": village, "section": section, "item": row, "form": form}
    return render_page(request, "villages/village_profile_item.html", context)


def _section(key: str) -> Section:
    if key not in SECTIONS:
        raise Http404
    return SECTIONS[key]


@require_http_methods(FORM_METHODS)
def document_add(request: PortalRequest, pk: int) -> HttpResponse:
    """One more file of the village."""
    village = found_village(request, pk)
    require(can_edit_village(request.access, village))
    form = DocumentForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        data = form.cleaned_data
        actions.attach_document(
            village, data["file"], title=data["title"], is_shared=data["is_shared"], by=request.user
        )
        messages.success(request, f"{data['title']} disimpan.")
        return redirect("villages:village_profile", pk=pk)
    context = {"village": village, "form": form}
    return render_page(request, "villages/village_document.html", context)


@require_safe
@csp_override({"default-src": [CSP.NONE], "object-src": [CSP.SELF], "style-src": [CSP.SELF]})
def village_document(request: PortalRequest, key: uuid.UUID) -> FileResponse:
    """The exact bytes of a village's file, after the same check as its page."""
    return served(get_object_or_404(VillageDocument.objects.visible_to(request.access), key=key))


@require_POST
def document_drop(request: PortalRequest, key: uuid.UUID) -> HttpResponse:
    """Take a file of the village away."""
    document = get_object_or_404(
        VillageDocument.objects.visible_to(request.access)
        .loose()
        .select_related("village__office"),
        key=key,
    )
    require(can_edit_village(request.access, document.village))
    actions.remove_document_of_village(document, by=request.user)
    messages.success(request, f"{document} dilepas.")
    return redirect("villages:village_profile", pk=document.village_id)
