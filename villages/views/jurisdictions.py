"""Who serves where: an office's jurisdictions, which the national administrator settles."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts.models import Office
from desabinaan.http import FORM_METHODS, PortalRequest, refusal_as_message, render_page, require
from villages import actions
from villages.forms import RegionForm
from villages.jurisdiction_page import JurisdictionPage
from villages.models import Region
from villages.permissions import can_settle_jurisdiction


@require_http_methods(FORM_METHODS)
def jurisdictions(request: PortalRequest, code: str) -> HttpResponse:
    """What the office serves and how sure that is; kabupaten are searched for and confirmed."""
    office = get_object_or_404(Office.objects.visible_to(request.access), code=code)
    may_settle = can_settle_jurisdiction(request.access)
    form = RegionForm(request.POST or None)
    if request.method == "POST":
        require(may_settle)
    if form.is_valid():
        servable = Region.objects.current().servable()
        region = get_object_or_404(servable, pk=form.cleaned_data["region"])
        with refusal_as_message(request):
            actions.settle_jurisdiction(office, region, by=request.user)
            messages.success(request, f"{region} dipastikan sebagai wilayah kerja {office}.")
        return redirect("villages:jurisdictions", code=code)
    page = JurisdictionPage(office, request.GET.get("q", "").strip())
    context = {"office": office, "page": page, "may_settle": may_settle}
    return render_page(request, "villages/jurisdictions.html", context)
