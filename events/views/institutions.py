"""The address book: the list, an entry anew, mended, retired and taken up again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Office
from audit.models import Entry
from desabinaan.editing import again_if_overtaken
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    refusal_as_message,
    render_page,
    require,
    require_office,
)
from events import actions
from events.address_book import AddressBook
from events.forms import InstitutionForm
from events.models import Institution
from events.permissions import can_invite, can_keep_institution

PAGE_SIZE = 25


@require_safe
def institutions(request: PortalRequest) -> HttpResponse:
    """Whom the current office invites, searched and filtered."""
    office = require_office(request.access, can_invite)
    book = AddressBook(request.access, office, request.GET)
    page = Paginator(book.found, PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {"office": office, "book": book, "page": page}
    return render_page(request, "events/institutions.html", context, part="rows")


@require_http_methods(FORM_METHODS)
def institution_add(request: PortalRequest) -> HttpResponse:
    """Somebody to invite."""
    office = require_office(request.access, can_invite)
    form = InstitutionForm(request.POST or None, office=office)
    if form.is_valid() and (entry := _written(request, office, form)):
        messages.success(request, f"{entry} masuk buku alamat.")
        return redirect("events:institutions")
    context = {"office": office, "entry": None, "form": form}
    return render_page(request, "events/institution.html", context)


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def institution_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Mend an entry."""
    entry = _kept(request, pk)
    form = InstitutionForm(
        request.POST or None,
        office=entry.office,
        standing=InstitutionForm.standing_of(entry),
        history=Entry.objects.about(entry).filter(verb="institution.written"),
    )
    if form.is_valid() and _written(request, entry.office, form, entry):
        messages.success(request, "Alamat disimpan.")
        return redirect("events:institutions")
    context = {"office": entry.office, "entry": entry, "form": form}
    return render_page(request, "events/institution.html", context)


def _written(
    request: PortalRequest, office: Office, form: InstitutionForm, entry: Institution | None = None
) -> Institution | None:
    """The entry as it was stored; nothing where it was refused, which the form then says."""
    seen = form.standing if entry else None
    try:
        return actions.write_institution(
            office, facts=form.cleaned_data, institution=entry, seen=seen, by=request.user
        )
    except ValidationError as error:
        form.refuse(error)
        return None


@require_POST
def institution_retire(request: PortalRequest, pk: int) -> HttpResponse:
    """Invite them no more."""
    entry = actions.retire_institution(_kept(request, pk), by=request.user)
    messages.success(request, f"{entry} tidak diundang lagi.")
    return redirect("events:institutions")


@require_POST
def institution_restore(request: PortalRequest, pk: int) -> HttpResponse:
    """Invite them again."""
    entry = _kept(request, pk)
    with refusal_as_message(request):
        actions.restore_institution(entry, by=request.user)
        messages.success(request, f"{entry} dipakai lagi.")
    return redirect(entry)


def _kept(request: PortalRequest, pk: int) -> Institution:
    """The entry, for somebody who keeps the address book of its office."""
    mine = Institution.objects.visible_to(request.access).select_related("office")
    entry = get_object_or_404(mine, pk=pk)
    require(can_keep_institution(request.access, entry))
    return entry
