"""What happens to every request on its way in, and to every answer on its way out."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

UNKNOWN_SIGN = "%EF%BF%BD"
READS = {"GET", "HEAD", "OPTIONS", "TRACE"}


def plain_query_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Read a NUL in a query as HTML does, as an unknown sign: the database does not take it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        request.META["QUERY_STRING"] = query.replace("%00", UNKNOWN_SIGN)
        return get_response(request)

    return middleware


def headers_only_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer HEAD with the headers of GET and no body, of which servers warn in their logs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.content = b""
        return response

    return middleware


class CompressPagesMiddleware(GZipMiddleware):
    """Compress pages, a fifth of the bytes; files go out as they are, exact and packed already.

    Guessing a secret by the length of the answer (BREACH) finds none that stays: the form token is
    masked anew in every page, and Django pads each answer at random.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Leave everything alone that is no page."""
        if response.get("Content-Type", "").startswith("text/html"):
            return super().process_response(request, response)
        return response


def pressed_button_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let only a form that somebody sends change anything; what scripts ask for is looked at.

    So markup that slipped in among people's words, for htmx to run, would change nothing. The
    browser itself says how it asks (`Sec-Fetch-Mode`): no attribute can say it otherwise.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        by_script = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
        if request.method not in READS and (by_script or "HX-Request" in request.headers):
            raise PermissionDenied("Perubahan hanya disimpan lewat tombol pada halamannya.")
        return get_response(request)

    return middleware
