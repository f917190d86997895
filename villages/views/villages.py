"""The village: the list, the record, its data, where it lies, and its contacts."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.models import Entry, EntryQuerySet
from desabinaan.editing import again_if_overtaken
from desabinaan.http import FORM_METHODS, PortalRequest, refusal_as_message, render_page, require
from desabinaan.workflow import TransitionRefused
from villages import actions
from villages.forms import ContactForm, EndContactForm, VillageForm
from villages.forms.village import HeadForm, LocationForm
from villages.models import Village, VillageContact
from villages.officers import Guides
from villages.permissions import can_edit_village, can_import, can_propose, can_write_contacts
from villages.record import VillageRecord, struck_out_of

PAGE_SIZE = 25


@require_safe
def villages(request: PortalRequest) -> HttpResponse:
    """The villages of the office that the person works in, searched and filtered."""
    mine = Village.objects.visible_to(request.access).in_current_office(request.access)
    text, status = request.GET.get("q", "").strip(), request.GET.get("status", "")
    unguided = request.GET.get("pimpasa") == "tanpa"
    accountless = request.GET.get("akun") == "tanpa"
    found = mine.matching(text).with_list().standing_at(status)
    if unguided:
        found = found.unguided()
    if accountless:
        found = found.without_account()
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "text": text,
        "status": status,
        "unguided": unguided,
        "accountless": accountless,
        "may_propose": can_propose(request.access),
        "may_import": can_import(request.access),
    }
    return render_page(request, "villages/villages.html", context, part="rows")


@require_safe
def village(request: PortalRequest, pk: int) -> HttpResponse:
    """The record: where it lies, who guides it, who speaks for it, its sheets, its history."""
    found = get_object_or_404(Village.objects.visible_to(request.access).with_record(), pk=pk)
    context = {
        "village": found,
        "record": VillageRecord(request.access, found),
        "guides": Guides.of(found, request.access),
    }
    return render_page(request, "villages/village.html", context)


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def village_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """The village's word and address, its WhatsApp group, and what the office notes."""
    found = found_village(request, pk)
    require(can_edit_village(request.access, found))
    standing = VillageForm.initial_of(found)
    form = VillageForm(
        request.POST or None,
        standing=standing,
        history=_changes_of(found, *standing),
        place=found.office,
    )
    if form.is_valid():
        changes = form.cleaned_data
        try:
            actions.update_village(found, changes=changes, seen=standing, by=request.user)
        except TransitionRefused as refusal:
            form.add_error("local_term", refusal.message)
        else:
            messages.success(request, "Data desa disimpan.")
            return redirect(found)
    return render_page(request, "villages/village_edit.html", {"village": found, "form": form})


def _changes_of(village: Village, *fields: str) -> EntryQuerySet:
    """When any of these was changed, the latest first."""
    updates = Entry.objects.about(village).filter(verb="village.updated")
    return updates.filter(data__fields__has_any_keys=fields)


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def village_location(request: PortalRequest, pk: int) -> HttpResponse:
    """Where the village hall stands, by the phone's position or by hand."""
    found = found_village(request, pk)
    require(can_edit_village(request.access, found))
    standing = {"latitude": found.latitude, "longitude": found.longitude}
    form = LocationForm(
        request.POST or None,
        standing=standing,
        history=_changes_of(found, *standing),
        place=found.office,
    )
    if form.is_valid():
        actions.update_village(found, changes=form.cleaned_data, seen=standing, by=request.user)
        messages.success(request, "Letak kantor desa disimpan.")
        return redirect(found)
    return render_page(request, "villages/village_location.html", {"village": found, "form": form})


@require_http_methods(FORM_METHODS)
def head_change(request: PortalRequest, pk: int) -> HttpResponse:
    """A new head of the village; the one before stays on the record, with the end of the term."""
    found = found_village(request, pk)
    require(can_write_contacts(request.access, found))
    today = found.office.today()
    initial = {"title": found.head_title, "since": today}
    form = HeadForm(request.POST or None, initial=initial, today=today)
    if form.is_valid():
        try:
            head = actions.change_head(found, facts=form.cleaned_data, by=request.user)
        except TransitionRefused as refusal:
            form.add_error("since", refusal.message)
        else:
            messages.success(request, f"{head} dicatat sebagai {found.head_title}.")
            return redirect(found)
    contacts = VillageContact.objects.visible_to(request.access).filter(village=found)
    former = contacts.heads_after(today - timedelta(days=1)).first()
    context = {"village": found, "form": form, "former": former}
    return render_page(request, "villages/contact_head.html", context)


@require_http_methods(FORM_METHODS)
def contact_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Somebody who speaks for the village."""
    found = found_village(request, pk)
    require(can_write_contacts(request.access, found))
    form = ContactForm(request.POST or None, today=found.office.today())
    if form.is_valid():
        try:
            actions.write_contact(found, facts=form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error("role", error.messages)
        else:
            messages.success(request, f"{form.cleaned_data['name']} dicatat.")
            return redirect(found)
    return render_page(request, "villages/contact.html", {"village": found, "form": form})


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def contact_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """What was noted of a contact, of the head too, to be put right or taken back."""
    contact = _open_contact(request, pk)
    village, standing = contact.village, ContactForm.initial_of(contact)
    require(can_write_contacts(request.access, village))
    told = Entry.objects.about(village).filter(data__contact=contact.pk)
    form = ContactForm(
        request.POST or None,
        standing=standing,
        history=told,
        place=village.office,
        today=village.office.today(),
    )
    if form.is_valid():
        facts = form.cleaned_data
        try:
            actions.write_contact(
                village, facts=facts, item=contact, seen=standing, by=request.user
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"Data {facts['name']} disimpan.")
            return redirect(village)
    context = {"village": village, "contact": contact, "form": form}
    return render_page(request, "villages/contact_edit.html", context)


@require_POST
def contact_drop(request: PortalRequest, pk: int) -> HttpResponse:
    """Take back a contact that was noted by mistake; who presses twice is told that it is done."""
    if village := _dropped_from(request, pk):
        require(can_write_contacts(request.access, village))
        messages.info(request, "Catatan ini sudah dihapus.")
        return redirect(village)
    contact = _open_contact(request, pk)
    require(can_write_contacts(request.access, contact.village))
    actions.drop_contact(contact, by=request.user)
    messages.success(request, f"Catatan {contact} dihapus.")
    return redirect(contact.village)


@require_http_methods(FORM_METHODS)
def contact_end(request: PortalRequest, pk: int) -> HttpResponse:
    """Close a contact's term; the name stays on the record."""
    contact = _open_contact(request, pk)
    require(can_write_contacts(request.access, contact.village))
    initial = {"until": contact.village.office.today()}
    form = EndContactForm(request.POST or None, initial=initial)
    if form.is_valid():
        with refusal_as_message(request):
            actions.end_contact(contact, until=form.cleaned_data["until"], by=request.user)
            messages.success(request, f"Masa jabatan {contact} diakhiri.")
        return redirect(contact.village)
    return render_page(request, "villages/contact_end.html", {"contact": contact, "form": form})


def _dropped_from(request: PortalRequest, pk: int) -> Village | None:
    """The village whose history says that this contact was struck out."""
    villages = Village.objects.visible_to(request.access).with_page()
    return villages.filter(pk__in=struck_out_of(pk)).first()


def _open_contact(request: PortalRequest, pk: int) -> VillageContact:
    contacts = VillageContact.objects.visible_to(request.access).with_held()
    return get_object_or_404(contacts, pk=pk)


def found_village(request: PortalRequest, pk: int) -> Village:
    """The village with its office and path; 404 where the person may not know of it."""
    return get_object_or_404(Village.objects.visible_to(request.access).with_page(), pk=pk)
