"""The public pages: whoever holds a certificate asks whether it is genuine."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from certificates import codes, verification

PRIVATE_HEADERS = {
    # What was SAH an hour ago may be DICABUT now; no cache on the way may answer for the portal.
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def for_strangers[**P](
    view: Callable[P, HttpResponse],
) -> Callable[P, HttpResponse]:
    """Answer everyone alike: no session is read, prolonged or lost, and nothing is kept."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        # Without it the session middleware has nothing to store, and asks the database nothing.
        del args[0].session  # type: ignore[attr-defined]
        response = view(*args, **kwargs)
        for name, value in PRIVATE_HEADERS.items():
            response[name] = value
        return response

    return login_not_required(require_safe(answer))


@for_strangers
def verify_form(request: HttpRequest) -> HttpResponse:
    """A place to type the code of a printed certificate; leads to its answer."""
    typed = codes.check(request.GET.get("kode", ""))
    if typed.code and not typed.is_number:
        return redirect("certificates:verify", typed.code)
    context = {
        "home": settings.PORTAL_URL,
        "is_governmental": verification.is_governmental(),
        "is_number": typed.is_number,
        "is_empty": "kode" in request.GET and not typed.code,
    }
    return render(request, "certificates/verify_form.html", context)


@for_strangers
def verify_shouted(request: HttpRequest, code: str = "") -> HttpResponse:  # noqa: ARG001
    """The same address in capitals, as a QR of letters and digits carries it, or a person types."""
    return redirect("certificates:verify", code) if code else redirect("certificates:verify_form")


@for_strangers
@vary_on_headers("Sec-Fetch-Site")
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What the portal says of this code; untidy ones are answered at once, not redirected."""
    # A forged sheet chooses its address, never what the browser says of where it was opened.
    in_form = request.headers.get("Sec-Fetch-Site") == "same-origin"
    answer = verification.answer(code, in_form=in_form)
    context = {
        "answer": answer,
        "certificate": answer.certificate,
        "home": settings.PORTAL_URL,
        "is_governmental": verification.is_governmental(),
    }
    status = 200 if answer.is_known else 404
    return render(request, "certificates/verify.html", context, status=status)
