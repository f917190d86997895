"""The preparers' pages: pick a village, fill in the sheet, check the answers, submit."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from audit.models import Entry, EntryQuerySet
from desabinaan import formats
from desabinaan.editing import again_if_overtaken
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    refusal_as_message,
    render_page,
    require,
    require_office,
)
from desabinaan.uploads import CheckedFile
from villages import actions, picker, rounds
from villages.forms import ConsentForm, CoordinationForm, FindingForm, RegionForm, WithdrawForm
from villages.meetings import Meeting, Part, meetings_for
from villages.mending import mended
from villages.models import (
    Consent,
    Coordination,
    Criterion,
    Designation,
    Document,
    Finding,
    Region,
    Status,
)
from villages.models.status import RETURN, WITHDRAW
from villages.pages import criteria_of, open_sheet, recent_meetings
from villages.permissions import can_prepare, can_propose
from villages.views.steps import on_sheet


def prepares(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the sheet for a person who may fill it in; a frozen one shows how it stands instead."""

    @wraps(view)
    def found(request: PortalRequest, pk: int, **kwargs: str) -> HttpResponse:
        sheet = open_sheet(request.access, pk)
        require(can_prepare(request.access, sheet))
        if request.method != "POST" and not sheet.is_editable:
            messages.info(request, f"Usulan tidak dapat diubah: {sheet.standing()}")
            return redirect(sheet)
        return view(request, sheet, **kwargs)

    return found


def told_of(sheet: Designation, verb: str) -> EntryQuerySet:
    """When the sheet's history heard this verb, the latest first."""
    return Entry.objects.about(sheet).filter(verb=f"designation.{verb}")


@require_http_methods(FORM_METHODS)
def propose(request: PortalRequest) -> HttpResponse:
    """Search the national list inside the office's jurisdiction, and open a sheet."""
    office = require_office(request.access, can_propose)
    form = RegionForm(request.POST or None)
    if form.is_valid():
        regions = Region.objects.villages().within(office)
        region = get_object_or_404(regions.with_path(), pk=form.cleaned_data["region"])
        sheets = Designation.objects.visible_to(request.access)
        begun = sheets.in_preparation().filter(office=office, village__region=region).first()
        with refusal_as_message(request):
            sheet = actions.propose(region, office=office, by=request.user)
            if sheet == begun:
                messages.info(request, _begun_already(sheet, request.user))
            return redirect(sheet)
    search = picker.search(office, request.GET.get("q", request.POST.get("q", "")))
    return render_page(request, "villages/propose.html", {"search": search}, part="results")


def _begun_already(sheet: Designation, reader: User) -> str:
    """Whose draft it is that opens instead of a new one."""
    day = formats.long_date(sheet.office.day_of(sheet.created_at))
    maker = "Anda" if sheet.created_by == reader else sheet.created_by.name
    return f"{sheet.village} sudah ada draf, disusun {maker} sejak {day}; Anda melanjutkannya."


@require_safe
@prepares
def findings(request: PortalRequest, sheet: Designation) -> HttpResponse:
    """All criteria, each with whether the sheet justifies it."""
    context = {"sheet": sheet, "criteria": criteria_of(sheet)}
    return render_page(request, "villages/findings.html", context)


@require_http_methods(FORM_METHODS)
@again_if_overtaken
@prepares
def finding(request: PortalRequest, sheet: Designation, key: str) -> HttpResponse:
    """One criterion: why the village meets it, and what shows it."""
    criterion = get_object_or_404(Criterion.objects.open_to(sheet), key=key)
    written = _written(sheet, criterion)
    form = FindingForm(
        request.POST or None,
        request.FILES or None,
        designation=sheet,
        standing={"justification": written.justification} if written else {},
        history=told_of(sheet, "finding_written").filter(note=criterion.label),
    )
    if form.is_valid():
        with refusal_as_message(request):
            kept = actions.write_finding(
                sheet, criterion, **form.cleaned_data, seen=form.standing, by=request.user
            )
            messages.success(request, f"Kriteria “{criterion.label}” disimpan.")
            _tell_kept_before(request, kept, form.cleaned_data["evidence"])
            if request.POST.get("next") == "again":
                return redirect(request.path)
            return redirect("villages:findings", pk=sheet.pk)
    context = {
        "sheet": sheet,
        "criterion": criterion,
        "finding": written,
        "form": form,
        "earlier": None if written else _rejected_finding(request, sheet, criterion),
    }
    return render_page(request, "villages/finding.html", context)


def _tell_kept_before(
    request: PortalRequest, finding: Finding, evidence: CheckedFile | None
) -> None:
    """Say under which name the file that was sent is kept, where it came under another before."""
    if evidence is None:
        return
    theirs = Document.objects.visible_to(request.access).evidence()
    kept = theirs.filter(finding=finding, sha256=evidence.sha256).last()
    if kept and kept.name != evidence.name:
        messages.info(
            request,
            f"Berkas {evidence.name} tidak ditambahkan. Berkas ini sudah dilampirkan sebagai "
            f"{kept.name}.",
        )


def _rejected_finding(
    request: PortalRequest, sheet: Designation, criterion: Criterion
) -> Finding | None:
    """What the office's latest rejected sheet of the village said of the criterion."""
    theirs = Designation.objects.visible_to(request.access).filter(
        village=sheet.village_id, office=sheet.office_id, status=Status.REJECTED
    )
    latest = theirs.order_by("-pk").first()
    said = latest.findings.all() if latest else []
    return next((it for it in said if it.criterion_id == criterion.pk), None)


@require_http_methods(FORM_METHODS)
@prepares
def finding_drop(request: PortalRequest, sheet: Designation, key: str) -> HttpResponse:
    """Ask once more, then take a criterion off the sheet, with its evidence."""
    criterion = get_object_or_404(Criterion.objects.open_to(sheet), key=key)
    written = _written(sheet, criterion)
    if written and request.method != "POST":
        context = {"sheet": sheet, "criterion": criterion, "finding": written}
        return render_page(request, "villages/finding_drop.html", context)
    if request.method == "POST":
        with refusal_as_message(request):
            actions.drop_finding(sheet, criterion, by=request.user)
            messages.success(request, f"Kriteria “{criterion.label}” dihapus dari usulan.")
    return redirect("villages:findings", pk=sheet.pk)


def _written(sheet: Designation, criterion: Criterion) -> Finding | None:
    """What the sheet says of the criterion so far."""
    return next((it for it in sheet.findings.all() if it.criterion_id == criterion.pk), None)


@require_POST
def document_remove(request: PortalRequest, key: str) -> HttpResponse:
    """Take an evidence file off the sheet."""
    document = get_object_or_404(
        Document.objects.visible_to(request.access)
        .evidence()
        .select_related("designation__office", "finding__criterion"),
        key=key,
    )
    require(can_prepare(request.access, document.designation))
    with refusal_as_message(request):
        actions.remove_document(document, by=request.user)
        messages.success(request, f"Berkas {document.name} dilepas.")
    criterion = document.finding.criterion.key if document.finding else ""
    return redirect("villages:finding", pk=document.designation_id, key=criterion)


@require_http_methods(FORM_METHODS)
@again_if_overtaken
@prepares
def coordination(request: PortalRequest, sheet: Designation) -> HttpResponse:
    """When and where the office coordinated with the agencies and the village."""
    written: Coordination | None = getattr(sheet, "coordination", None)
    meetings = [] if written else recent_meetings(request.access, sheet)
    chosen = request.GET.get("dari", "")
    taken = next((meeting for meeting in meetings if str(meeting.pk) == chosen), None)
    held = meetings_for(request.access, sheet, Part.COORDINATION)
    event = chosen_meeting(request, held)
    form = CoordinationForm(
        request.POST or None,
        designation=sheet,
        standing=CoordinationForm.initial_of(written),
        initial=CoordinationForm.initial_of(written or taken) | (event.facts if event else {}),
        history=told_of(sheet, "coordination_written"),
    )
    if form.is_valid():
        with refusal_as_message(request):
            actions.write_coordination(
                sheet,
                facts=form.cleaned_data,
                seen=form.standing,
                meeting=event.pk if event else None,
                by=request.user,
            )
            messages.success(request, "Koordinasi disimpan.")
        return redirect(sheet)
    context = {"sheet": sheet, "form": form, "meetings": meetings, "taken": taken}
    context |= {"held": held, "event": event}
    return render_page(request, "villages/coordination.html", context)


def chosen_meeting(request: PortalRequest, held: list[Meeting]) -> Meeting | None:
    """The event that the address names, if it is one of these; the form is sent there again."""
    chosen = request.GET.get("kegiatan", "")
    return next((meeting for meeting in held if str(meeting.pk) == chosen), None)


@require_http_methods(FORM_METHODS)
@again_if_overtaken
@prepares
def consent(request: PortalRequest, sheet: Designation) -> HttpResponse:
    """The village's own wish, by letter."""
    written: Consent | None = getattr(sheet, "consent", None)
    form = ConsentForm(
        request.POST or None,
        request.FILES or None,
        designation=sheet,
        consent=written,
        standing=ConsentForm.initial_of(written),
        history=told_of(sheet, "consent_written"),
    )
    if form.is_valid():
        with refusal_as_message(request):
            actions.write_consent(
                sheet,
                facts=form.letter(),
                scan=form.new_scan(),
                seen=form.standing,
                by=request.user,
            )
            messages.success(request, "Kesediaan desa disimpan.")
        return redirect(sheet)
    context = {"sheet": sheet, "form": form, "consent": written}
    return render_page(request, "villages/consent.html", context)


@require_safe
@prepares
def review(request: PortalRequest, sheet: Designation) -> HttpResponse:
    """Check your answers, once more as the head will see them."""
    makers = [request.user.pk, *(person.pk for person in sheet.preparers.all())]
    heads = sheet.office.memberships.heads().on(sheet.office.today()).exclude(user__in=makers)
    changes = mended(Entry.objects.about(sheet)) if sheet.status == RETURN.target else []
    context = {"sheet": sheet, "heads": heads, "mended": changes}
    return render_page(request, "villages/review.html", context)


@require_POST
@prepares
def submit(request: PortalRequest, sheet: Designation) -> HttpResponse:
    """Hand the sheet to the head of office."""
    with refusal_as_message(request):
        # A page that does not say what it showed has shown nothing.
        actions.submit(sheet, by=request.user, seen=rounds.shown_last(request.POST) or 0)
        messages.success(request, f"Usulan {sheet.village} diajukan ke Kepala Kantor.")
        return redirect(sheet)
    return redirect("villages:review", pk=sheet.pk) if sheet.is_editable else redirect(sheet)


@require_http_methods(FORM_METHODS)
@on_sheet(can_prepare, WITHDRAW)
def withdraw(request: PortalRequest, sheet: Designation) -> HttpResponse:
    """Give the sheet up, with a reason."""
    form = WithdrawForm(request.POST or None, designation=sheet)
    if form.is_valid():
        with refusal_as_message(request):
            actions.withdraw(sheet, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, f"Usulan {sheet.village} ditarik.")
        return redirect(sheet)
    return render_page(request, "villages/withdraw.html", {"sheet": sheet, "form": form})
