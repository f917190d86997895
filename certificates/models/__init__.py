"""The register of numbers, and the certificates that carry them."""

from certificates.models.certificate import READY, REVOKE, Certificate, Status
from certificates.models.register import NumberSequence, NumberTemplate, RegisterEntry

__all__ = [
    "READY",
    "REVOKE",
    "Certificate",
    "NumberSequence",
    "NumberTemplate",
    "RegisterEntry",
    "Status",
]
