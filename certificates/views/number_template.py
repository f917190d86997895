"""How an office numbers its certificates: a pattern, seen at work before it is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts.models import Office
from accounts.permissions import can_administer
from audit.models import Entry
from certificates import actions, kinds
from certificates.forms import NumberTemplateForm
from certificates.models import NumberTemplate
from certificates.previews import preview_of
from desabinaan.http import PortalRequest, render_page, require

FIELDS = ("pattern", "unit_code", "classification", "serial_width")


@dataclass(frozen=True, slots=True)
class Example:
    """A shape seen on real papers (programme.md §1.4): a suggestion, never official."""

    pattern: str
    seen: str


EXAMPLES = {
    "1": Example("{kode}.{nomor}-{klasifikasi} Tahun {tahun}", "W.30.099-IMI.GR.03.01 Tahun 2024"),
    "2": Example("{kode}-{klasifikasi}-{nomor}", "W.18.IMI.1-UM.01.01-4562"),
    "3": Example("{kode}-{nomor}.{klasifikasi} Tahun {tahun}", "IMI-0722.KP.04.01 Tahun 2023"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def number_template(request: PortalRequest, code: str) -> HttpResponse:
    """Try patterns, see the next numbers, and choose one; only “Gunakan pola ini” saves."""
    office = get_object_or_404(Office.objects.visible_to(request.access), code=code)
    require(can_administer(request.access, office))
    kind = kinds.every()[0].key
    chosen = NumberTemplate.objects.visible_to(request.access).of(office, kind)
    form = NumberTemplateForm(
        request.POST or None, office=office, kind=kind, initial=_initial(request, chosen)
    )
    valid = form.is_valid()
    if valid and "choose" in request.POST:
        actions.choose_number_template(office, kind, chosen=form.cleaned_data, by=request.user)
        messages.success(request, "Pola nomor dipilih. Sertifikat berikutnya memakainya.")
        return redirect("certificates:number_template", code=code)
    context = {
        "office": office,
        "form": form,
        "chosen": chosen,
        "preview": preview_of(form.template()) if valid else chosen and preview_of(chosen),
        "examples": EXAMPLES,
        "entries": Entry.objects.about(office).filter(verb="number_template.chosen"),
    }
    return render_page(request, "certificates/number_template.html", context, part="preview")


def _initial(request: PortalRequest, chosen: NumberTemplate | None) -> dict[str, object]:
    """What stands in the form at first: the chosen pattern, or the example that was asked for."""
    values: dict[str, object] = {name: getattr(chosen, name) for name in FIELDS} if chosen else {}
    if example := EXAMPLES.get(request.GET.get("contoh", "")):
        values["pattern"] = example.pattern
    return values
