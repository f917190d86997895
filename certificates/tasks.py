"""What the workers do for papers and exports: make one, and look for what is owed."""

import logging
from collections.abc import Callable
from functools import partial
from tempfile import TemporaryFile

from celery import shared_task
from django.core.exceptions import PermissionDenied

from certificates import actions, kinds, pdf
from certificates.models import Certificate, Export, Letter
from desabinaan import queue

logger = logging.getLogger(__name__)


@shared_task(acks_late=True, reject_on_worker_lost=True)
def draw(certificate_id: int) -> None:
    """Draw an ordered certificate and store the exact bytes. Running it twice changes nothing."""
    _draw(Certificate.objects.with_office().get(pk=certificate_id), pdf.render)


@shared_task(acks_late=True, reject_on_worker_lost=True)
def draw_letter(letter_id: int) -> None:
    """Draw an ordered letter and store the exact bytes. Running it twice changes nothing."""
    _draw(Letter.objects.with_office().get(pk=letter_id), pdf.render_letter)


def _draw[P: (Certificate, Letter)](paper: P, render: Callable[[P], bytes]) -> None:
    if not actions.begin_drawing(paper):
        return
    try:
        actions.attach(paper, render(paper))
    except Exception:
        # Whatever it was: the sweeper comes back, with growing pauses, until it succeeds.
        logger.exception("%s %s could not be drawn", paper._meta.model_name, paper.pk)


# On a busy machine the whole nation takes minutes; its progress keeps other workers off it.
@shared_task(acks_late=True, reject_on_worker_lost=True, time_limit=600)
def make_export(export_id: int) -> None:
    """Write an export and keep it for whoever asked. Running it twice makes it once."""
    export = Export.objects.with_page().get(pk=export_id)
    if not actions.begin_export(export):
        return
    try:
        with TemporaryFile() as file:
            kinds.export(export.kind).write(export, file, partial(actions.note_progress, export))
            actions.attach_export(export, file)
    except PermissionDenied:
        actions.refuse_export(export)
    except Exception:
        # Whatever it was: the sweeper comes back, until it succeeds or its time is over.
        logger.exception("export %s could not be made", export.pk)


@shared_task
def sweep_exports() -> None:
    """Forget the files whose time is over, and queue again what is owed."""
    for export in Export.objects.past()[:200]:
        actions.expire_export(export)
    for pk in Export.objects.owed().values_list("pk", flat=True)[:200]:
        make_export.delay(pk)


@shared_task
def sweep() -> None:
    """Queue again whatever is owed: this, not the broker, is what loses nothing.

    Papers of a batch keep their turn behind single ones.
    """
    for orders, task in ((Certificate.objects, draw), (Letter.objects, draw_letter)):
        for pk, is_of_batch in orders.owed().by_turn(200):
            if is_of_batch:
                task.apply_async((pk,), priority=queue.IN_BATCH)
            else:
                task.delay(pk)
