"""The public answer: SAH, DICABUT, DIGANTI or TIDAK DIKENAL, in one query of facts and live chain.

What was true and is over stays SAH, and says so in the same breath: SAH, SUDAH BERAKHIR. Of what
was revoked one more query asks whether another came in its place: whoever holds a paper whose name
the office mends is no suspect.

A code that cannot be right was never looked up, so it gets none of the three. Typed into the form
it is a slip; opened by its address it may stand on a forger's sheet, and that is said first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from certificates import codes, kinds
from certificates.models import Certificate
from certificates.models.certificate import CertificateQuerySet

# As the tag `verdict` words them.
type Outcome = Literal[
    "valid", "ended", "revoked", "replacing", "replaced", "unknown", "mistyped", "foreign"
]

GOVERNMENT = ".go.id"  # given to nobody but the government: what a copy of this page cannot have
REVOKED: dict[kinds.Replacement, Outcome] = {
    kinds.Replacement.NONE: "revoked",
    kinds.Replacement.DUE: "replacing",
    kinds.Replacement.IN_FORCE: "replaced",
}
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
    def is_genuine(self) -> bool:
        """Whether the paper is what it says, be it over or not."""
        return self.outcome in {"valid", "ended"}

    @property
    def is_current(self) -> bool:
        """Whether the paper is in force today."""
        return self.outcome == "valid"

    @property
    def is_revoked(self) -> bool:
        """Whether the paper does not count any more, and none is in force in its place."""
        return self.outcome in {"revoked", "replacing"}

    @property
    def is_suspect(self) -> bool:
        """Whether it was revoked for good: whoever uses it is to be reported."""
        return self.outcome == "revoked"

    @property
    def is_replaced(self) -> bool:
        """Whether another paper is in force in its place."""
        return self.outcome == "replaced"

    @property
    def public_template(self) -> str:
        """What shows the facts of a paper of this kind."""
        return kinds.get(self.certificate.kind).public_template if self.certificate else ""


@cache
def _published() -> CertificateQuerySet:
    """The question, put together once; it holds no rows, and whoever asks it asks a copy."""
    return Certificate.objects.published().with_public_page()


def answer(typed: str, *, in_form: bool = False) -> Answer:
    """Look up what somebody typed or scanned; only a code that can be right costs a query."""
    checked = codes.check(typed)
    if not checked.plausible:
        return Answer(checked, "mistyped" if in_form else "foreign")
    try:
        certificate = _published().get(code=checked.code)
    except Certificate.DoesNotExist:
        return Answer(checked)
    return judged(certificate)


def judged(certificate: Certificate) -> Answer:
    """How a paper stands, on its own page as on that of strangers."""
    code, kind = codes.Checked(certificate.code, ()), kinds.get(certificate.kind)
    if certificate.is_revoked:
        return Answer(code, REVOKED[kind.replacement(certificate)], certificate)
    proof = kind.proof(certificate)
    if not proof.holds:
        return Answer(code, "revoked", certificate, proof.remark or NO_LONGER_STANDS)
    outcome: Outcome = "ended" if proof.closing else "valid"
    return Answer(code, outcome, certificate, proof.remark, proof.closing)


def is_governmental() -> bool:
    """Whether the portal's address is one that only the government is given."""
    return (urlsplit(settings.PORTAL_URL).hostname or "").endswith(GOVERNMENT)
