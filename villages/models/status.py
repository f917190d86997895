"""Where a designation can stand, the steps from one place to the next, and what follows from it."""

from __future__ import annotations

from django.db import models
from django.db.models import Case, Q, Value, When

from desabinaan.workflow import Transition


class Status(models.TextChoices):
    """Where a designation stands. The ceremony is a date, not a status: its order varies."""

    DRAFT = "draft", "Draf"
    SUBMITTED = "submitted", "Diajukan"
    RETURNED = "returned", "Dikembalikan"
    REJECTED = "rejected", "Ditolak"
    APPROVED = "approved", "Ditetapkan"
    REVOKED = "revoked", "Dicabut"
    ENDED = "ended", "Berakhir"
    WITHDRAWN = "withdrawn", "Ditarik"
    STRUCK = "struck", "Salah catat"


def standing_words(status: str | None) -> str:
    """The words for where a village stands; one without a sheet was not proposed yet."""
    return str(Status(status).label) if status else "Belum diusulkan"


class Signs(models.TextChoices):
    """Who signs the certificate, as it was chosen with the decision."""

    DECIDER = "decider", "Yang memutuskan"
    DECREE = "decree", "Penanda tangan SK"


class Outcome(models.TextChoices):
    """What became of a request to revoke."""

    PENDING = "pending", "Menunggu keputusan"
    CONFIRMED = "confirmed", "Dikabulkan"
    DECLINED = "declined", "Tidak dikabulkan"


SUBMIT = Transition("Ajukan", frozenset({Status.DRAFT, Status.RETURNED}), Status.SUBMITTED)
RETURN = Transition("Kembalikan", frozenset({Status.SUBMITTED}), Status.RETURNED)
REJECT = Transition("Tolak", frozenset({Status.SUBMITTED}), Status.REJECTED)
APPROVE = Transition("Tetapkan", frozenset({Status.SUBMITTED}), Status.APPROVED)
REVOKE = Transition("Cabut", frozenset({Status.APPROVED}), Status.REVOKED)
END = Transition("Akhiri", frozenset({Status.APPROVED}), Status.ENDED)
# A wrong village, or one that no longer wants it: the way out of a sheet nobody will submit.
WITHDRAW = Transition("Tarik usulan", frozenset({Status.DRAFT, Status.RETURNED}), Status.WITHDRAWN)
# Recorded by mistake, and seen before anybody vouched for it: it never was a designation.
STRIKE = Transition("Nyatakan salah catat", frozenset({Status.APPROVED}), Status.STRUCK)

_PENDING = frozenset({Outcome.PENDING})
GRANT = Transition("Kabulkan pencabutan", _PENDING, Outcome.CONFIRMED, field="outcome")
DECLINE = Transition("Tolak pencabutan", _PENDING, Outcome.DECLINED, field="outcome")

# A village stands where its designation says, whatever others say; else where its latest does.
DESIGNATED_FIRST = Case(When(status=Status.APPROVED, then=Value(0)), default=Value(1))

EDITABLE = [Status.DRAFT, Status.RETURNED]
CLAIMS_VILLAGE = [Status.SUBMITTED, Status.RETURNED, Status.APPROVED]
DECIDED = [Status.REJECTED, Status.APPROVED, Status.REVOKED, Status.ENDED]
# Nothing is left to guide there: refused, over, or never a designation.
ADRIFT = [Status.REJECTED, Status.REVOKED, Status.ENDED, Status.STRUCK]
# What is told of a village that is proposed once more.
OVER = [Status.REJECTED, Status.REVOKED, Status.ENDED]
CLOSED = [Status.REVOKED, Status.ENDED]  # was a designation, and is none any more
CEREMONIAL = [Status.SUBMITTED, Status.APPROVED, Status.REVOKED, Status.ENDED]
DESIGNATED = [Status.APPROVED, Status.REVOKED, Status.ENDED]
# Those that name their decree and go with their village; what was struck out counts nowhere.
UNDER_DECREE = [*DESIGNATED, Status.STRUCK]
EXPLAINED = [Status.RETURNED, Status.REJECTED, Status.REVOKED, Status.STRUCK]
# Recorded from its decree, standing, and without a certificate of the portal.
LACKS_CERTIFICATE = Q(recorded_by__isnull=False, status=Status.APPROVED, certificate=None)
# Decided here by two persons, or recorded by one and confirmed by another.
VOUCHED_FOR = Q(recorded_by=None) | Q(confirmed_by__isnull=False)
# Designated by a decree whose number the correspondence system has yet to give.
UNNUMBERED = Q(status=Status.APPROVED, decree__number="")
