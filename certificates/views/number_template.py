"""How an office numbers its papers: per kind a pattern, seen at work before it is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Office
from accounts.permissions import can_administer
from audit.models import Entry, EntryQuerySet
from certificates import actions, kinds
from certificates.forms import NumberTemplateForm
from certificates.models import NumberTemplate
from certificates.previews import numbering_of, preview_of
from desabinaan.editing import again_if_overtaken
from desabinaan.http import FORM_METHODS, PortalRequest, render_page, require

FIELDS = ("pattern", "unit_code", "classification", "serial_width")


@dataclass(frozen=True, slots=True)
class Example:
    """A shape seen on real papers: a suggestion, never official."""

    pattern: str
    seen: str


EXAMPLES = {
    "1": Example("{kode}.{nomor}-{klasifikasi} Tahun {tahun}", "W.30.099-IMI.GR.03.01 Tahun 2024"),
    "2": Example("{kode}-{klasifikasi}-{nomor}", "W.18.IMI.1-UM.01.01-4562"),
    "3": Example("{kode}-{nomor}.{klasifikasi} Tahun {tahun}", "IMI-0722.KP.04.01 Tahun 2023"),
}


@require_safe
def numbering(request: PortalRequest, code: str) -> HttpResponse:
    """Every kind of numbered paper with its pattern, and how far its numbers have come."""
    office = get_object_or_404(Office.objects.visible_to(request.access), code=code)
    context = {
        "office": office,
        "rows": numbering_of(office),
        "may_choose": can_administer(request.access, office),
    }
    return render_page(request, "certificates/numbering.html", context)


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def number_template(request: PortalRequest, code: str, kind: str) -> HttpResponse:
    """Try patterns, see the next numbers, and choose one; only “Gunakan pola ini” saves."""
    office = get_object_or_404(Office.objects.visible_to(request.access), code=code)
    if kind not in kinds.numbered():
        raise Http404
    require(can_administer(request.access, office))
    chosen = NumberTemplate.objects.visible_to(request.access).of(office, kind)
    entries = Entry.objects.about(office).filter(verb="number_template.chosen", data__kind=kind)
    form = _pattern_form(request, office, kind, chosen, entries)
    valid = form.is_valid()
    if valid and "choose" in request.POST:
        actions.choose_number_template(
            office, kind, chosen=form.cleaned_data, seen=form.standing, by=request.user
        )
        messages.success(request, "Pola nomor dipilih. Dokumen berikutnya memakainya.")
        return redirect("certificates:number_template", code=code, kind=kind)
    context = {
        "office": office,
        "label": kinds.numbered()[kind],
        "form": form,
        "chosen": chosen,
        "preview": preview_of(form.template()) if valid else chosen and preview_of(chosen),
        "examples": EXAMPLES,
        "entries": entries,
    }
    return render_page(request, "certificates/number_template.html", context, part="preview")


def _pattern_form(
    request: PortalRequest,
    office: Office,
    kind: str,
    chosen: NumberTemplate | None,
    entries: EntryQuerySet,
) -> NumberTemplateForm:
    """The pattern as it stands, as an example has it, or as it was typed."""
    standing = {name: getattr(chosen, name) for name in FIELDS} if chosen else {}
    typed = request.GET if request.htmx else request.POST  # what htmx asks for is only looked at
    return NumberTemplateForm(
        typed or None,
        office=office,
        kind=kind,
        standing=standing,
        initial=standing | _example(request),
        history=entries,
        place=office,
    )


def _example(request: PortalRequest) -> dict[str, object]:
    """The example that was asked for, to start from."""
    example = EXAMPLES.get(request.GET.get("contoh", ""))
    return {"pattern": example.pattern} if example else {}
