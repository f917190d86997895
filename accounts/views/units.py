"""The tree of offices, as the national administrator keeps it: added and changed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts import offices
from accounts.forms.units import ChangeForm, OpenForm
from accounts.models import Office
from accounts.permissions import can_keep_offices
from audit.models import Entry
from desabinaan.editing import again_if_overtaken
from desabinaan.http import FORM_METHODS, PortalRequest, render_page, require
from desabinaan.workflow import TransitionRefused


@require_http_methods(FORM_METHODS)
def office_add(request: PortalRequest) -> HttpResponse:
    """A new unit; what it needs next is shown once it is there."""
    require(can_keep_offices(request.access))
    form = OpenForm(request.POST or None)
    if form.is_valid():
        try:
            facts, basis = form.facts(), form.cleaned_data["basis"]
            office = offices.open_office(facts, basis=basis, by=request.user)
        except ValidationError as error:
            form.refuse(error)
        except TransitionRefused as refusal:
            form.add_error("parent", refusal.message)
        else:
            messages.success(request, f"{office} ditambahkan.")
            return redirect("villages:office_setup", code=office.code)
    return render_page(request, "accounts/office_add.html", {"form": form})


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def office_edit(request: PortalRequest, code: str) -> HttpResponse:
    """Another class, name, city or time zone, as a decree says."""
    office = _office(request, code)
    told = Entry.objects.about(office).filter(verb="office.changed")
    form = ChangeForm(request.POST or None, office=office, history=told)
    if form.is_valid():
        basis, seen = form.cleaned_data["basis"], form.standing
        try:
            office = offices.change_office(
                office, form.meant(), basis=basis, seen=seen, by=request.user
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"Data {office} disimpan.")
            return redirect(office)
    return render_page(request, "accounts/office_edit.html", {"office": office, "form": form})


def _office(request: PortalRequest, code: str) -> Office:
    """The office, for whoever keeps the tree; 404 for those who may not know of it."""
    visible = Office.objects.visible_to(request.access).select_related("parent")
    office = get_object_or_404(visible, code=code)
    require(can_keep_offices(request.access))
    return office
