"""The criteria: added, reworded while unused, ordered, retired; by the national administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.models import Entry
from desabinaan.editing import again_if_overtaken
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    goes_up,
    refusal_as_message,
    render_page,
    require,
)
from villages import actions
from villages.forms.criterion import CriterionForm
from villages.models import Criterion
from villages.models.criterion import CriterionQuerySet
from villages.permissions import can_keep_criteria


@require_safe
def criteria(request: PortalRequest) -> HttpResponse:
    """All of them in their order, in force and retired."""
    require(can_keep_criteria(request.access))
    kept = list(Criterion.objects.visible_to(request.access).with_use())
    return render_page(request, "villages/criteria.html", {"criteria": kept})


@require_http_methods(FORM_METHODS)
def criterion_add(request: PortalRequest) -> HttpResponse:
    """A further one, at the end of the list."""
    require(can_keep_criteria(request.access))
    form = CriterionForm(request.POST or None)
    if form.is_valid():
        criterion = actions.add_criterion(**form.cleaned_data, by=request.user)
        messages.success(request, f"Kriteria “{criterion}” berlaku mulai sekarang.")
        return redirect("villages:criteria")
    return render_page(request, "villages/criterion.html", {"form": form, "criterion": None})


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def criterion_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Other words, while no sheet has ticked it."""
    criterion = get_object_or_404(_kept(request).with_use(), pk=pk)
    standing = {"label": criterion.label, "hint": criterion.hint}
    form = CriterionForm(
        request.POST or None,
        standing=standing,
        history=Entry.objects.about(criterion).filter(verb="criterion.reworded"),
    )
    if form.is_valid():
        with refusal_as_message(request):
            facts = form.cleaned_data
            actions.reword_criterion(criterion, **facts, seen=standing, by=request.user)
            messages.success(request, "Kriteria disimpan.")
        return redirect("villages:criteria")
    context = {"form": form, "criterion": criterion}
    return render_page(request, "villages/criterion.html", context)


@require_POST
def criterion_move(request: PortalRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    criterion = get_object_or_404(_kept(request), pk=pk)
    if (up := goes_up(request.POST)) is not None:
        actions.move_criterion(criterion, up=up, by=request.user)
    return redirect("villages:criteria")


@require_POST
def criterion_toggle(request: PortalRequest, pk: int) -> HttpResponse:
    """Offered to new sheets no more, or again: whichever the button said."""
    criterion = get_object_or_404(_kept(request), pk=pk)
    answer = request.POST.get("berlaku")
    if answer == "1":
        actions.restore_criterion(criterion, by=request.user)
        messages.success(request, f"Kriteria “{criterion}” berlaku kembali.")
    elif answer == "0":
        actions.retire_criterion(criterion, by=request.user)
        messages.success(request, f"Kriteria “{criterion}” tidak ditawarkan lagi.")
    return redirect("villages:criteria")


def _kept(request: PortalRequest) -> CriterionQuerySet:
    return Criterion.objects.visible_to(request.access)
