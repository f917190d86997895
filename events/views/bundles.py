"""All papers of one sort of an event in one file: a worker makes it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from desabinaan.http import PortalRequest, refusal_as_message, require
from events import actions
from events.bundles import CERTIFICATES, LETTERS, Bundle
from events.permissions import can_keep
from events.views.events import found_event


def _ordering(bundle: Bundle) -> Callable[..., HttpResponse]:
    """The address that orders this sort of paper, for whoever keeps the event."""

    def ordered(request: PortalRequest, pk: int) -> HttpResponse:
        event = found_event(request, pk)
        require(can_keep(request.access, event))
        form = request.POST.get("bentuk", "")
        with refusal_as_message(request):
            return redirect(actions.order_bundle(event, bundle, form, by=request.user))
        return redirect(bundle.page, pk=pk)

    return require_POST(ordered)


certificates_export = _ordering(CERTIFICATES)
letters_export = _ordering(LETTERS)
