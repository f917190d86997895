"""Passing villages to another office: first what it would do, then the deed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts.models import Office, OfficeKind
from desabinaan.http import FORM_METHODS, PortalRequest, refusal_as_message, render_page, require
from villages import actions
from villages.forms.moving import MoveForm, ReceiverForm
from villages.models import Region
from villages.moves import MovePlan
from villages.permissions import can_move_villages
from villages.views.villages import found_village

FOUND = 15


@require_http_methods(FORM_METHODS)
def village_move(request: PortalRequest, pk: int) -> HttpResponse:
    """One village: to which office, what goes along, and on what basis."""
    village = found_village(request, pk)
    require(can_move_villages(request.access))
    offices = Office.objects.visible_to(request.access).of_kind(OfficeKind.IMMIGRATION_OFFICE)
    receivers = list(offices.staying().exclude(pk=village.office_id).order_by("name"))
    chosen = ReceiverForm(request.GET if "kantor" in request.GET else None, offices=receivers)
    to = chosen.office() if chosen.is_valid() else None
    form = MoveForm(request.POST or None)
    if to and form.is_valid():
        with refusal_as_message(request):
            actions.move_village(village, to=to, basis=form.cleaned_data["basis"], by=request.user)
            messages.success(request, f"{village} kini dibina {to}.")
        return redirect(village)
    plan = MovePlan.of_village(village, to) if to else None
    context = {"village": village, "chosen": chosen, "to": to, "plan": plan, "form": form}
    return render_page(request, "villages/village_move.html", context)


@require_http_methods(FORM_METHODS)
def office_receive(request: PortalRequest, code: str) -> HttpResponse:
    """A region for an office that has opened: its villages, whoever guides them now."""
    office = get_object_or_404(Office.objects.visible_to(request.access), code=code)
    require(can_move_villages(request.access))
    text, asked = request.GET.get("q", "").strip(), request.GET.get("wilayah", "")
    servable = Region.objects.current().servable().with_path()
    region = servable.filter(code=asked).first() if asked else None
    form = MoveForm(request.POST or None)
    if region and form.is_valid():
        with refusal_as_message(request):
            basis = form.cleaned_data["basis"]
            moved = actions.move_region(region, to=office, basis=basis, by=request.user)
            messages.success(request, f"{len(moved)} desa di {region} kini dibina {office}.")
        return redirect("villages:jurisdictions", code=code)
    context = {
        "office": office,
        "found": servable.nearest(text, FOUND) if text and not region else [],
        "region": region,
        "plan": MovePlan.of_region(region, office) if region else None,
        "form": form,
        "text": text,
    }
    return render_page(request, "villages/office_receive.html", context)
