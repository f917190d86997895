"""What every view needs: the typed request, the refusals, and the page with its parts."""

import errno
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django.views import defaults
from django_htmx.middleware import HtmxDetails

from accounts.access import Access
from accounts.models import Office, User
from desabinaan.workflow import Answer, Denied, TransitionRefused

FORM_METHODS = ["GET", "HEAD", "POST"]  # a page with a form
COME_BACK_SECONDS = 30
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


class PortalRequest(HttpRequest):
    """A request whose sender is known: signed in, with what they may see today."""

    user: User
    access: Access
    htmx: HtmxDetails


def require(answer: bool | Denied) -> None:
    """Go on, or end in a 403 that says what it takes."""
    if not answer:
        raise PermissionDenied(answer.reason if isinstance(answer, Denied) else "")


def require_office(access: Access, may: Callable[[Access], Answer]) -> Office:
    """The office that the person works in now, where this may be done; else the same 403."""
    require(may(access))
    if access.current_office is None:
        raise PermissionDenied
    return access.current_office


def picked(data: QueryDict, name: str) -> frozenset[int]:
    """What was ticked, or named in the address, as ids; anything else is nobody's."""
    return frozenset(
        int(value) for value in data.getlist(name) if value.isdecimal() and len(value) < 10
    )


def goes_up(data: QueryDict) -> bool | None:
    """Whether the pressed button moves something up, or down; None for no such button."""
    return {"naik": True, "turun": False}.get(data.get("arah", ""))


@contextmanager
def refusal_as_message(request: HttpRequest) -> Iterator[None]:
    """Turn a step that is not open now into a message; the page then shows how things stand."""
    try:
        yield
    except TransitionRefused as refusal:
        messages.warning(request, refusal.message)


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """The whole page, or for an htmx swap only its part: a partial of the same template."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    name = f"{template}#{part}" if part and htmx and not htmx.boosted else template
    response = render(request, name, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def private[R: HttpResponseBase](response: R) -> R:
    """The answer with a file in it, for this person only: no cache on the way keeps it."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def as_download(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    """The bytes as a private file under a sensible name."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Length"] = str(len(content))
    return private(response)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read; Django's own page would read the form again, and fail once more."""
    request._mark_post_parse_error()  # type: ignore[attr-defined]
    return defaults.bad_request(request, exception)


def server_error(_request: HttpRequest) -> HttpResponse:
    """What went wrong: 503 while the database does not answer, 507 when the disk is full."""
    # Rendered without the request: nothing on the page may ask the database again.
    fault = sys.exc_info()[1]
    if isinstance(fault, OSError) and fault.errno in NO_ROOM:
        return HttpResponse(render_to_string("507.html"), status=507)
    if isinstance(fault, OperationalError):
        headers = {"Retry-After": str(COME_BACK_SECONDS)}
        return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
    return HttpResponse(render_to_string("500.html"), status=500)
