"""The page of whoever holds the key of a certificate of attendance: no account, no script."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ClassVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from certificates.views.files import read, served
from certificates.views.verification import PRIVATE_HEADERS
from events.devices import Cookie, Device
from events.models import Participation

A_DAY = 24 * 3600


class Seeker(Device):
    """The phone of somebody who opens addresses that lead nowhere.

    A key has too many signs to be guessed anyway.
    """

    LIMITS: ClassVar[dict[str, str]] = {"participation": "30/10m/key"}
    UNMARKED: ClassVar[dict[str, str]] = {"participation": "60/10m/key"}
    COUNTS_READING = True

    @property
    def cookie(self) -> Cookie:
        """For a day, on these pages alone."""
        return Cookie("sertifikat", "/p/", A_DAY, "events.holding")


def for_holders(
    view: Callable[[HttpRequest, Participation], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Find the certificate by its key, for anybody; a device that tries many keys has to wait."""

    @wraps(view)
    def answer(request: HttpRequest, key: str) -> HttpResponse:
        its = Participation.objects.with_key(key.lower()).first()
        response = view(request, its) if its else _unknown(request)
        for name, value in PRIVATE_HEADERS.items():
            response[name] = value
        return response

    return login_not_required(require_safe(answer))


@for_holders
def participation(request: HttpRequest, its: Participation) -> HttpResponse:
    """Whose certificate for what, the file, and how anybody checks it."""
    return _page(request, its)


@for_holders
def participation_download(request: HttpRequest, its: Participation) -> HttpResponse:
    """The signed scan where there is one, else what was drawn; nothing of a revoked one."""
    paper = its.certificate
    kept = paper.scan or paper
    if paper.is_revoked or not paper.has_file:
        return redirect(its)
    content = read(kept)
    return _page(request, its, status=503) if content is None else served(kept, content)


def _page(request: HttpRequest, its: Participation, *, status: int = 200) -> HttpResponse:
    paper = its.certificate
    facts = {"facts": paper.facts, "is_unreadable": status != 200}
    context = {"its": its, "certificate": paper, **facts}
    return render(request, "events/participation.html", context, status=status)


def _unknown(request: HttpRequest) -> HttpResponse:
    device = Seeker(request)
    if refused := device.refused("participation"):
        return refused
    return device.remember(render(request, "events/participation_unknown.html", status=404))
