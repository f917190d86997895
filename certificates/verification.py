"""The public answer: SAH, DICABUT or TIDAK DIKENAL, from frozen facts and at most two queries.

A code that cannot be right was never looked up, so it gets none of the three.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Literal

from django.utils import timezone

from certificates import codes, kinds
from certificates.models import Certificate
from certificates.models.certificate import CertificateQuerySet

type Outcome = Literal["valid", "revoked", "unknown", "mistyped"]  # as the tag `verdict` words them

NO_LONGER_STANDS = "Penetapan yang menjadi dasar sertifikat ini tidak berlaku lagi."


@dataclass(frozen=True, slots=True)
class Answer:
    """What the portal says of a code, and about which paper."""

    typed: codes.Checked
    outcome: Outcome = "unknown"
    certificate: Certificate | None = None
    remark: str = ""
    closing: str = ""
    at: datetime = field(default_factory=timezone.now)

    @property
    def is_known(self) -> bool:
        """Whether a paper with this code was ever ordered."""
        return self.certificate is not None

    @property
    def public_template(self) -> str:
        """What shows the facts of a paper of this kind."""
        return kinds.get(self.certificate.kind).public_template if self.certificate else ""


@cache
def _published() -> CertificateQuerySet:
    """The question, put together once; it holds no rows, and whoever asks it asks a copy."""
    return Certificate.objects.published().with_public_page()


def answer(typed: str) -> Answer:
    """Look up what somebody typed or scanned; only a code that can be right costs a query."""
    checked = codes.check(typed)
    if not checked.plausible:
        return Answer(checked, "mistyped")
    try:
        certificate = _published().get(code=checked.code)
    except Certificate.DoesNotExist:
        return Answer(checked)
    if certificate.is_revoked:
        return Answer(checked, "revoked", certificate)
    proof = kinds.get(certificate.kind).proof(certificate)
    if not proof.holds:
        return Answer(checked, "revoked", certificate, proof.remark or NO_LONGER_STANDS)
    return Answer(checked, "valid", certificate, proof.remark, proof.closing)
