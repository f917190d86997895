"""When certificates of attendance are made, and what one in force keeps as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desabinaan.workflow import TransitionRefused
from events.models import Attendee, Contributor, Event
from events.models.status import OVER

if TYPE_CHECKING:
    from events.models import ParticipationQuerySet


def held_over(event_id: int) -> Event:
    """The event, held; refused where it was not held to its end. It may be reported already."""
    event = Event.objects.lock(event_id)
    if event.status not in OVER:
        raise TransitionRefused(
            "Sertifikat dibuat sesudah kegiatan dinyatakan selesai; "
            f"kegiatan ini berstatus “{event.get_status_display()}”."
        )
    return event


def refuse_certified(undone: str, participations: ParticipationQuerySet) -> None:
    """Refuse, naming the number, while one of these certificates is in force; hold the event first.

    Raises TransitionRefused.
    """
    its = participations.in_force().select_related("certificate__entry").first()
    if its is not None:
        paper = its.certificate
        raise TransitionRefused(
            f"{undone}: {paper.title}, nomor {paper.number}, masih berlaku. Cabut dahulu "
            "sertifikat itu pada halaman sertifikat kegiatan."
        )


def refuse_left_out(undone: str, person: Attendee | Contributor) -> None:
    """Refuse while it is said that they get no certificate: noted again, they would get one.

    For whoever holds the event. Raises TransitionRefused.
    """
    if person.exclusions.exists() or person.participations.filter(unreplaced=True).exists():
        raise TransitionRefused(
            f"{undone}: {person} dikecualikan dari sertifikat kegiatan ini, dan itu akan "
            "terlupakan. Masukkan lagi dahulu orang itu pada halaman sertifikat kegiatan."
        )
