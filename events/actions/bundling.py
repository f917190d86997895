"""All papers of one sort of an event in one file: asked for, and withdrawn with a paper of it."""

from __future__ import annotations

from django.db import transaction

import certificates.actions
from accounts.models import User
from certificates.models import Export, Letter
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from events.bundles import FORMS, LETTERS, MOST_IN_PDF, Bundle
from events.models import Event, InvitationLetter


@transaction.atomic
def order_bundle(event: Event, bundle: Bundle, form: str, *, by: User) -> Export:
    """Have a worker put together all that are ready; raises TransitionRefused where none is.

    The event is held: a paper that is revoked meanwhile is in no file that is served.
    """
    event = Event.objects.lock(event.pk)
    wanted = bundle.wanted(event, form)
    if wanted is None:
        if bundle.ready(event).exists():
            many = formats.number(MOST_IN_PDF)
            raise TransitionRefused(f"Lebih dari {many} {bundle.unit} untuk satu PDF; unduh ZIP.")
        raise TransitionRefused(f"Belum ada {bundle.unit} yang siap.")
    return certificates.actions.order_export(wanted, by=by)


def withdraw_bundles(event: Event, bundle: Bundle, *, by: User) -> None:
    """Forget the files that hold these papers of the event, which the caller holds."""
    kinds = [bundle.key(form) for form in FORMS]
    about = Export.objects.filter(kind__in=kinds, facts__event=event.pk)
    certificates.actions.withdraw_exports(about, by=by)


@transaction.atomic
def withdraw_letter(letter: Letter, *, by: User) -> None:
    """Forget the files of all letters of the event to which this one invites: it counts no more.

    The event is held: whoever orders a file at the same time comes before, or finds it void.
    """
    its = InvitationLetter.objects.filter(letter=letter).first()
    if its:
        withdraw_bundles(Event.objects.lock(its.event_id), LETTERS, by=by)
