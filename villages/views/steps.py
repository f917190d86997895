"""The frame of every page that takes one step of a sheet: found, permitted, and open now."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.access import Access
from desabinaan.http import PortalRequest, require
from desabinaan.workflow import Answer, Transition
from villages.actions.steps import is_repeated
from villages.models import Designation
from villages.pages import open_sheet

type View = Callable[..., HttpResponse]
type Predicate = Callable[[Access, Designation], Answer]


def on_sheet(may: Predicate, step: Transition | None = None) -> Callable[[View], View]:
    """Give the view its sheet; where the step is not open, show how things stand instead.

    A step that this very person has just taken needs no warning: it was a double click.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def found(request: PortalRequest, pk: int, **kwargs: str) -> HttpResponse:
            sheet = open_sheet(request.access, pk)
            require(may(request.access, sheet))
            if step is None or step.is_open(sheet):
                return view(request, sheet, **kwargs)
            if not is_repeated(sheet, step, request.user):
                messages.warning(request, step.refusal(sheet))
            return redirect(sheet)

        return found

    return decorate
