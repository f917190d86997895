"""Regions, jurisdictions, villages, and the sheets by which they are designated."""

from villages.models.account import VillageAccess
from villages.models.assignment_letter import AssignmentLetter
from villages.models.criterion import Criterion
from villages.models.decree import Decree, SignerLevel
from villages.models.designation import Designation
from villages.models.document import Document, Purpose
from villages.models.edition import Edition, EditionChange, EditionStatus
from villages.models.guiding_term import GuidingTerm
from villages.models.jurisdiction import Jurisdiction
from villages.models.officer import Assignment, Basis, Officer, Part
from villages.models.onboarding import Import, ImportMaker, ImportStatus, NamedStatus, RowStatus
from villages.models.onboarding_rows import ImportOfficer, ImportRow
from villages.models.profile import (
    Agreement,
    AgreementKind,
    MigrantCount,
    ProgrammeKind,
    SisterProgramme,
    VillageDocument,
)
from villages.models.region import Region
from villages.models.sheet import Ceremony, Consent, Coordination, Finding, Preparer, Revocation
from villages.models.status import Outcome, Status
from villages.models.village import ContactRole, Village, VillageContact

__all__ = [
    "Agreement",
    "AgreementKind",
    "Assignment",
    "AssignmentLetter",
    "Basis",
    "Ceremony",
    "Consent",
    "ContactRole",
    "Coordination",
    "Criterion",
    "Decree",
    "Designation",
    "Document",
    "Edition",
    "EditionChange",
    "EditionStatus",
    "Finding",
    "GuidingTerm",
    "Import",
    "ImportMaker",
    "ImportOfficer",
    "ImportRow",
    "ImportStatus",
    "Jurisdiction",
    "MigrantCount",
    "NamedStatus",
    "Officer",
    "Outcome",
    "Part",
    "Preparer",
    "ProgrammeKind",
    "Purpose",
    "Region",
    "Revocation",
    "RowStatus",
    "SignerLevel",
    "SisterProgramme",
    "Status",
    "Village",
    "VillageAccess",
    "VillageContact",
    "VillageDocument",
]
