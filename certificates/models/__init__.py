"""The register of numbers, and the papers that carry them: certificates and letters."""

from certificates.models.certificate import REVOKE, Certificate
from certificates.models.export import Export, ExportStatus
from certificates.models.letter import Letter
from certificates.models.paper import READY, Status
from certificates.models.register import NumberSequence, NumberTemplate, RegisterEntry, Void
from certificates.models.scan import Scan

__all__ = [
    "READY",
    "REVOKE",
    "Certificate",
    "Export",
    "ExportStatus",
    "Letter",
    "NumberSequence",
    "NumberTemplate",
    "RegisterEntry",
    "Scan",
    "Status",
    "Void",
]
