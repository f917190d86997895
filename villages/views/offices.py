"""Opening an office step by step, moving or closing one, and opening it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.units import BasisForm, MoveOfficeForm
from accounts.models import Office
from accounts.permissions import can_administer, can_keep_offices
from desabinaan.http import FORM_METHODS, PortalRequest, refusal_as_message, render_page, require
from villages import actions
from villages.closing import Holds
from villages.forms.closing import CloseForm
from villages.setup import OfficeSetup


@require_safe
def office_setup(request: PortalRequest, code: str) -> HttpResponse:
    """What an office needs before it can work, and what is done of it."""
    office = _office(request, code)
    require(can_administer(request.access, office))
    setup = OfficeSetup(request.access, office)
    return render_page(request, "villages/office_setup.html", {"office": office, "setup": setup})


@require_http_methods(FORM_METHODS)
def office_move(request: PortalRequest, code: str) -> HttpResponse:
    """Below another unit; the observers there read it from then on."""
    office = _office(request, code)
    require(can_keep_offices(request.access))
    form = MoveOfficeForm(request.POST or None, office=office)
    if form.is_valid():
        with refusal_as_message(request):
            to, basis = form.cleaned_data["parent"], form.cleaned_data["basis"]
            actions.move_office(office, to=to, basis=basis, by=request.user)
            messages.success(request, f"{office} kini berada di bawah {to}.")
        return redirect(office)
    return render_page(request, "villages/office_move.html", {"office": office, "form": form})


@require_http_methods(FORM_METHODS)
def office_close(request: PortalRequest, code: str) -> HttpResponse:
    """What is left there, and from which day on it is closed."""
    office = _office(request, code)
    require(can_keep_offices(request.access))
    form = CloseForm(request.POST or None, office=office)
    if form.is_valid():
        with refusal_as_message(request):
            office = actions.close_office(office, **form.cleaned_data, by=request.user)
            messages.success(request, f"{office} ditutup.")
            return redirect(office)
    holds = Holds(office, office.today())
    context = {"office": office, "form": form, "holds": holds}
    return render_page(request, "villages/office_close.html", context)


@require_http_methods(FORM_METHODS)
def office_reopen(request: PortalRequest, code: str) -> HttpResponse:
    """A closing taken back."""
    office = _office(request, code)
    require(can_keep_offices(request.access))
    form = BasisForm(request.POST or None)
    if form.is_valid():
        with refusal_as_message(request):
            actions.reopen_office(office, basis=form.cleaned_data["basis"], by=request.user)
            messages.success(request, f"{office} dibuka kembali.")
        return redirect("villages:office_setup", code=office.code)
    return render_page(request, "villages/office_reopen.html", {"office": office, "form": form})


def _office(request: PortalRequest, code: str) -> Office:
    """The office; 404 for those who may not know of it."""
    visible = Office.objects.visible_to(request.access).select_related("parent")
    return get_object_or_404(visible, code=code)
