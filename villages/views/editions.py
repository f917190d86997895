"""New editions of the national list: uploaded, looked at, then applied."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.models import Entry
from desabinaan.http import FORM_METHODS, PortalRequest, refusal_as_message, render_page, require
from villages import actions
from villages.forms.edition import ApplyForm, EditionForm
from villages.models import Edition, EditionChange
from villages.models.edition import ChangeView
from villages.permissions import can_keep_regions

PAGE_SIZE = 50
EDITIONS_SHOWN = 20


@require_http_methods(FORM_METHODS)
def editions(request: PortalRequest) -> HttpResponse:
    """The editions so far, and the way to bring another."""
    require(can_keep_regions(request.access))
    form = EditionForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        edition = actions.receive_edition(form.cleaned_data["file"], by=request.user)
        return redirect(edition)
    known = Edition.objects.visible_to(request.access).with_page()[:EDITIONS_SHOWN]
    return render_page(request, "villages/editions.html", {"form": form, "editions": known})


@require_safe
def edition(request: PortalRequest, pk: int) -> HttpResponse:
    """What the edition changes, region by region, and what it touches."""
    found = _edition(request, pk)
    view = request.GET.get("lihat", "")
    changes = EditionChange.objects.visible_to(request.access).filter(edition=found)
    rows = Paginator(changes.seen_as(view).with_successor(), PAGE_SIZE)
    context = {
        "edition": found,
        "page": rows.get_page(request.GET.get("halaman")),
        "view": view if view in ChangeView.values else "",
        "views": ChangeView.choices,
        "form": ApplyForm(),
        "entries": Entry.objects.about(found),
    }
    return render_page(request, "villages/edition.html", context)


@require_POST
def edition_apply(request: PortalRequest, pk: int) -> HttpResponse:
    """Bring the regions to it."""
    found = _edition(request, pk)
    form = ApplyForm(request.POST)
    if form.is_valid():
        with refusal_as_message(request):
            actions.apply_edition(found, **form.cleaned_data, by=request.user)
            messages.success(request, "Daftar wilayah mengikuti edisi ini.")
    return redirect(found)


@require_POST
def edition_abandon(request: PortalRequest, pk: int) -> HttpResponse:
    """Leave the regions as they are."""
    found = _edition(request, pk)
    with refusal_as_message(request):
        actions.abandon_edition(found, by=request.user)
        messages.success(request, "Edisi dibatalkan; tidak ada wilayah yang berubah.")
    return redirect("villages:editions")


def _edition(request: PortalRequest, pk: int) -> Edition:
    return get_object_or_404(Edition.objects.visible_to(request.access).with_page(), pk=pk)
