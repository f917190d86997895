"""What the workers do for papers: draw one, and look for what is owed."""

import logging

from celery import shared_task

from certificates import actions, pdf
from certificates.models import Certificate

logger = logging.getLogger(__name__)


@shared_task(acks_late=True, reject_on_worker_lost=True)
def draw(certificate_id: int) -> None:
    """Draw an ordered certificate and store the exact bytes. Running it twice changes nothing."""
    certificate = Certificate.objects.with_office().get(pk=certificate_id)
    if not actions.begin_drawing(certificate):
        return
    try:
        actions.attach(certificate, pdf.render(certificate))
    except Exception:
        # Whatever it was: the sweeper comes back, with growing pauses, until it succeeds.
        logger.exception("certificate %s could not be drawn", certificate_id)


@shared_task
def sweep() -> None:
    """Queue again whatever is owed: this, not the broker, is what loses nothing."""
    for pk in Certificate.objects.owed().values_list("pk", flat=True)[:200]:
        draw.delay(pk)
