"""Several sheets decided at once: chosen by kecamatan, then one decree for all of them."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Office
from desabinaan import formats
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    picked,
    refusal_as_message,
    render_page,
    require_office,
)
from villages import actions, permissions, rounds
from villages.forms import ApprovalForm
from villages.last_look import LastLook
from villages.models import Decree, Designation
from villages.pages import deciding_membership
from villages.selection import Selection
from villages.views.steps import UNUSED, is_confirmed, is_read, says_otherwise


@require_safe
def waiting(request: PortalRequest) -> HttpResponse:
    """What waits for the head, by kecamatan: chosen to be decided at once, or for a draft."""
    office = require_office(request.access, permissions.can_draft_decree)
    return _waiting(request, _selection(request, office))


def _waiting(request: PortalRequest, selection: Selection, problem: str = "") -> HttpResponse:
    context = {"selection": selection, "problem": problem, "typed": _typed(request)}
    return render_page(request, "villages/waiting.html", context)


@require_http_methods(FORM_METHODS)
def approve_all(request: PortalRequest) -> HttpResponse:
    """Designate every chosen village under one decree, or none."""
    office = require_office(request.access, permissions.can_decide_in)
    selection = _selection(request, office, seen=_seen(request))
    if decree := selection.decided_already():
        if says_otherwise(request, decree):
            messages.warning(
                request, f"Desa-desa ini sudah ditetapkan dengan SK {decree}. {UNUSED}"
            )
        return redirect(decree)
    if selection.problem:
        return _waiting(request, selection, selection.problem)
    head = deciding_membership(request.access, selection.office)
    form = ApprovalForm(
        request.POST or None, initial=_typed(request), office=selection.office, head=head
    )
    if form.is_valid() and is_confirmed(request, office) and _is_read(request, selection, form):
        return _decided(request, selection, form)
    if form.is_valid() and "edit" not in request.POST:
        return _last_look(request, selection, form)
    context = {"selection": selection, "form": form}
    return render_page(request, "villages/approve_all.html", context)


def _is_read(request: PortalRequest, selection: Selection, form: ApprovalForm) -> bool:
    shown = form.approval().prints(selection.office, selection.chosen)
    return is_read(request, shown, "Belum diputuskan")


def _seen(request: PortalRequest) -> datetime | None:
    """The latest submission that the page before had shown; a link shows the choice first."""
    if request.method != "POST" and rounds.SHOWN not in request.GET:
        return None
    return rounds.shown(request.POST or request.GET)


def _selection(
    request: PortalRequest, office: Office, *, seen: datetime | None = None
) -> Selection:
    """What was chosen so far, from the form or the address."""
    said = request.POST or request.GET
    return Selection(
        access=request.access,
        office=office,
        chosen_ids=picked(said, "usulan"),
        place=said.get("wilayah", ""),
        whole=said.get("pilih", ""),
        seen=seen,
    )


def _typed(request: PortalRequest) -> dict[str, str]:
    """What was typed of the SK so far: it outlasts a choice that has to be made again."""
    said = request.POST or request.GET
    return {name: said[name] for name in ApprovalForm.base_fields if said.get(name)}


def _decided(request: PortalRequest, selection: Selection, form: ApprovalForm) -> HttpResponse:
    """Decide; the decree's page shows how the certificates come, the list who was quicker."""
    with refusal_as_message(request):
        sheets = actions.approve_all(
            selection.chosen, form.approval(), by=request.user, seen=selection.seen
        )
        count = formats.number(len(sheets))
        messages.success(request, f"{count} desa ditetapkan sebagai Desa Binaan Imigrasi.")
        return redirect(_decree_of(sheets))
    query = {"usulan": sorted(selection.chosen_ids), **_typed(request)}
    return redirect(reverse("villages:waiting", query=query))


def _decree_of(sheets: list[Designation]) -> Decree:
    decree = sheets[0].decree
    assert decree  # noqa: S101 - a constraint holds it
    return decree


def _last_look(request: PortalRequest, selection: Selection, form: ApprovalForm) -> HttpResponse:
    """What would be decided and printed, before it is for good."""
    approval = form.approval()
    decree = approval.proposed_decree(selection.office)
    context = {
        "selection": selection,
        "form": form,
        "decree": decree,
        "signer_words": approval.signer_words(decree),
        "prints": approval.prints(selection.office, selection.chosen),
        "look": LastLook(request.access, decree, selection.chosen),
        "numbers": selection.expected_numbers(decree),
    }
    return render_page(request, "villages/approve_all_check.html", context)
