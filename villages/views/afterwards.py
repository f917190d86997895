"""Pages after the decision: the decree's number, the ceremony, revocation, the end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desabinaan.editing import again_if_overtaken
from desabinaan.http import FORM_METHODS, PortalRequest, refusal_as_message, render_page
from villages import actions, permissions, prints, rounds
from villages.forms import (
    CeremonyForm,
    DecreeNumberForm,
    EndForm,
    RevocationDecisionForm,
    RevocationDeclineForm,
    RevocationRequestForm,
)
from villages.meetings import Part, meetings_for
from villages.models import Ceremony, Decree, Designation
from villages.models.status import END, REVOKE
from villages.officers import Guides
from villages.pages import deciding_membership
from villages.views.decrees import look_at_number, number_prints
from villages.views.preparation import chosen_meeting, told_of
from villages.views.steps import is_confirmed, is_read, on_sheet


@require_http_methods(FORM_METHODS)
@on_sheet(permissions.can_record_decree)
def decree_number(request: PortalRequest, sheet: Designation) -> HttpResponse:
    """Type the number that the correspondence system gave, and attach the signed scan."""
    if sheet.decree is None:
        messages.warning(request, f"Nomor SK tidak dapat dicatat: {sheet.standing()}")
        return redirect(sheet)
    form = DecreeNumberForm(
        request.POST or None, request.FILES or None, designation=sheet, initial=_decree_of(sheet)
    )
    if form.is_valid() and (
        not sheet.awaits_decree_number
        or (is_confirmed(request, sheet.office) and _is_read(request, sheet.decree, form))
    ):
        with refusal_as_message(request):
            printed = request.POST.get(prints.SHOWN, "")
            said = form.cleaned_data
            decree = actions.record_decree(sheet, **said, by=request.user, printed=printed)
            messages.success(request, "SK disimpan.")
            return redirect(_shown_on(request, sheet, decree))
        return redirect(sheet)
    if sheet.awaits_decree_number and form.says_number and "edit" not in request.POST:
        shown = number_prints(request, sheet.decree, _typed(form))
        return look_at_number(request, shown, form, back=sheet)
    decrees = Decree.objects.visible_to(request.access).with_page()
    may_change = permissions.can_change_decree(request.access, decrees.get(pk=sheet.decree.pk))
    context = {"sheet": sheet, "form": form, "may_change": may_change}
    return render_page(request, "villages/decree_number.html", context)


def _is_read(request: PortalRequest, decree: Decree, form: DecreeNumberForm) -> bool:
    return is_read(request, number_prints(request, decree, _typed(form)), "Belum dicatat")


def _typed(form: DecreeNumberForm) -> dict[str, object]:
    """Number and date; the scan is no word of the SK."""
    return {name: form.cleaned_data[name] for name in ("number", "dated")}


def _shown_on(request: PortalRequest, sheet: Designation, decree: Decree) -> Designation | Decree:
    """The decree's own page where it covers more villages: all certificates come there."""
    covered = Designation.objects.visible_to(request.access).filter(decree=decree)
    return decree if covered.count() > 1 else sheet


def _decree_of(sheet: Designation) -> dict[str, object]:
    return {"number": sheet.decree.number, "dated": sheet.decree.dated} if sheet.decree else {}


@require_http_methods(FORM_METHODS)
@again_if_overtaken
@on_sheet(permissions.can_write_ceremony)
def ceremony(request: PortalRequest, sheet: Designation) -> HttpResponse:
    """The pengukuhan: when, where, who opened it, who handed over, who received."""
    if not sheet.may_have_ceremony:
        messages.warning(request, f"Pengukuhan tidak dapat dicatat: {sheet.standing()}")
        return redirect(sheet)
    written: Ceremony | None = getattr(sheet, "ceremony", None)
    held = meetings_for(request.access, sheet, Part.CEREMONY)
    event = chosen_meeting(request, held)
    standing = CeremonyForm.initial_of(written)
    form = CeremonyForm(
        request.POST or None,
        designation=sheet,
        standing=standing,
        initial=standing | (event.facts if event else {}),
        history=told_of(sheet, "ceremony_written"),
    )
    if form.is_valid():
        with refusal_as_message(request):
            facts, meeting = form.cleaned_data, event.pk if event else None
            actions.write_ceremony(
                sheet, facts=facts, seen=form.standing, meeting=meeting, by=request.user
            )
            messages.success(request, "Pengukuhan disimpan.")
        return redirect(sheet)
    context = {"sheet": sheet, "form": form, "held": held, "event": event}
    return render_page(request, "villages/ceremony.html", context)


@require_http_methods(FORM_METHODS)
@on_sheet(permissions.can_request_revocation, REVOKE)
def revocation_request(request: PortalRequest, sheet: Designation) -> HttpResponse:
    """Ask for the designation to be revoked; a head who is another decides."""
    form = RevocationRequestForm(request.POST or None, designation=sheet)
    if form.is_valid():
        with refusal_as_message(request):
            actions.request_revocation(sheet, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Usul pencabutan disampaikan kepada Kepala Kantor.")
        return redirect(sheet)
    return render_page(request, "villages/revocation_request.html", {"sheet": sheet, "form": form})


@require_http_methods(FORM_METHODS)
@on_sheet(permissions.can_settle_revocation, REVOKE)
def revoke(request: PortalRequest, sheet: Designation) -> HttpResponse:
    """Confirm the revocation that somebody else asked for."""
    form = RevocationDecisionForm(request.POST or None, designation=sheet)
    is_right = form.is_valid() and sheet.pending_revocation and "edit" not in request.POST
    if is_right and "confirmed" not in request.POST:
        context = {
            "sheet": sheet,
            "form": form,
            "decree": form.cleaned_data,
            "guides": Guides.of(sheet.village, request.access),
        }
        return render_page(request, "villages/revoke_check.html", context)
    if form.is_valid() and "edit" not in request.POST:
        with refusal_as_message(request):
            head = deciding_membership(request.access, sheet.keeper)
            seen = rounds.shown(request.POST)
            actions.revoke(sheet, **form.cleaned_data, head=head, by=request.user, seen=seen)
            messages.success(request, f"Penetapan {sheet.village} dicabut.")
        return redirect(sheet)
    context = {
        "sheet": sheet,
        "form": form,
        "decline_form": RevocationDeclineForm(designation=sheet),
    }
    return render_page(request, "villages/revoke.html", context)


@require_http_methods(FORM_METHODS)
@on_sheet(permissions.can_settle_revocation, REVOKE)
def decline_revocation(request: PortalRequest, sheet: Designation) -> HttpResponse:
    """Let the designation stand; who comes back here without having pressed sees both ways."""
    if request.method != "POST":
        return redirect("villages:revoke", pk=sheet.pk)
    form = RevocationDeclineForm(request.POST, designation=sheet)
    if not form.is_valid():
        context = {
            "sheet": sheet,
            "form": RevocationDecisionForm(designation=sheet),
            "decline_form": form,
        }
        return render_page(request, "villages/revoke.html", context)
    with refusal_as_message(request):
        head = deciding_membership(request.access, sheet.keeper)
        seen = rounds.shown(request.POST)
        actions.decline_revocation(
            sheet, **form.cleaned_data, head=head, by=request.user, seen=seen
        )
        messages.success(request, "Usul pencabutan tidak dikabulkan; penetapan tetap berlaku.")
    return redirect(sheet)


@require_http_methods(FORM_METHODS)
@on_sheet(permissions.can_end, END)
def end(request: PortalRequest, sheet: Designation) -> HttpResponse:
    """Let the guidance end because its term is over."""
    form = EndForm(request.POST or None, designation=sheet)
    if form.is_valid():
        with refusal_as_message(request):
            head, note = (
                deciding_membership(request.access, sheet.keeper),
                form.cleaned_data["note"],
            )
            actions.end(sheet, note=note, head=head, by=request.user)
            messages.success(request, f"Masa pembinaan {sheet.village} diakhiri.")
        return redirect(sheet)
    guides = Guides.of(sheet.village, request.access)
    context = {"sheet": sheet, "form": form, "guides": guides}
    return render_page(request, "villages/end.html", context)
