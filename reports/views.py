"""Home, which is the desk of whoever signs in, and the recap."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from desabinaan.http import PortalRequest, as_download, render_page, require
from reports.desks import desk_of
from reports.exports import XLSX, recap_workbook
from reports.permissions import can_read_recap
from reports.recap import Recap, recap_of
from villages.models import Region


@require_safe
def desk(request: PortalRequest) -> HttpResponse:
    """What waits for me, since when, with the button that does it; then what I wait for."""
    return render_page(request, "reports/desk.html", {"desk": desk_of(request.access)})


@require_safe
def recap(request: PortalRequest) -> HttpResponse:
    """How much is designated, where, and how long it takes; the region lives in the address."""
    return render_page(request, "reports/recap.html", {"recap": _recap(request)})


@require_safe
def recap_download(request: PortalRequest) -> HttpResponse:
    """The same as a spreadsheet, with every village behind it."""
    content = recap_workbook(_recap(request))
    name = f"rekap-desa-binaan-{timezone.localdate():%Y-%m-%d}.xlsx"
    return as_download(content, name=name, content_type=XLSX)


def _recap(request: PortalRequest) -> Recap:
    require(can_read_recap(request.access))
    code = request.GET.get("wilayah", "")
    regions = Region.objects.current().opening().with_path()
    return recap_of(request.access, get_object_or_404(regions, code=code) if code else None)
