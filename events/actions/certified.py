"""What a certificate of attendance in force keeps as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desabinaan.workflow import TransitionRefused

if TYPE_CHECKING:
    from events.models import ParticipationQuerySet


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
