"""The village: the list, the record, its data and contacts."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from audit.models import Entry
from desabinaan.http import FORM_METHODS, PortalRequest, render_page, require
from villages import actions
from villages.forms import ContactForm, EndContactForm, VillageForm
from villages.models import Designation, Village, VillageContact
from villages.permissions import can_edit_village, can_give_account, can_propose

PAGE_SIZE = 25


@require_safe
def villages(request: PortalRequest) -> HttpResponse:
    """The villages of the office that the person works in, searched and filtered."""
    mine = Village.objects.visible_to(request.access).in_current_office(request.access)
    text, status = request.GET.get("q", "").strip(), request.GET.get("status", "")
    found = mine.matching(text).with_list().standing_at(status)
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "text": text,
        "status": status,
        "may_propose": can_propose(request.access),
    }
    return render_page(request, "villages/villages.html", context, part="rows")


@require_safe
def village(request: PortalRequest, pk: int) -> HttpResponse:
    """The record: where it lies, who guides it, who speaks for it, its sheets, its history."""
    found = _village(request, pk)
    context = {
        "village": found,
        "sheets": Designation.objects.visible_to(request.access).of_village(found),
        "may_edit": can_edit_village(request.access, found),
        "may_give_account": can_give_account(request.access, found),
        "inside": found.office_id in request.access.office_ids,
        "entries": Entry.objects.about(found),
    }
    return render_page(request, "villages/village.html", context)


@require_http_methods(FORM_METHODS)
def village_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """The village's word and address."""
    found = _village(request, pk)
    require(can_edit_village(request.access, found))
    initial = {"local_term": found.local_term, "address": found.address}
    form = VillageForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.update_village(found, changes=form.cleaned_data, by=request.user)
        messages.success(request, "Data desa disimpan.")
        return redirect(found)
    return render_page(request, "villages/village_edit.html", {"village": found, "form": form})


@require_http_methods(FORM_METHODS)
def contact_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Somebody who speaks for the village."""
    found = _village(request, pk)
    require(can_edit_village(request.access, found))
    form = ContactForm(request.POST or None)
    if form.is_valid():
        actions.write_contact(found, facts=form.cleaned_data, by=request.user)
        messages.success(request, f"{form.cleaned_data['name']} dicatat.")
        return redirect(found)
    return render_page(request, "villages/contact.html", {"village": found, "form": form})


@require_http_methods(FORM_METHODS)
def contact_end(request: PortalRequest, pk: int) -> HttpResponse:
    """Close a contact's term; the name stays on the record."""
    contact = get_object_or_404(
        VillageContact.objects.visible_to(request.access).select_related(
            "village__office", "village__region"
        ),
        pk=pk,
    )
    require(can_edit_village(request.access, contact.village))
    initial = {"until": contact.village.office.today()}
    form = EndContactForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.end_contact(contact, until=form.cleaned_data["until"], by=request.user)
        messages.success(request, f"Masa jabatan {contact} diakhiri.")
        return redirect(contact.village)
    return render_page(request, "villages/contact_end.html", {"contact": contact, "form": form})


def _village(request: PortalRequest, pk: int) -> Village:
    return get_object_or_404(Village.objects.visible_to(request.access).with_page(), pk=pk)
