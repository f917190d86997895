"""Home: the desk of whoever signs in."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from desabinaan.http import PortalRequest, render_page
from reports.desks import desk_of


@require_safe
def desk(request: PortalRequest) -> HttpResponse:
    """What waits for me, since when, with the button that does it; then what I wait for."""
    return render_page(request, "reports/desk.html", {"desk": desk_of(request.access)})
