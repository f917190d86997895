"""The shape and wording of what people enter about villages and their sheets."""

from villages.forms.afterwards import (
    CeremonyForm,
    DecreeNumberForm,
    EndForm,
    RevocationDecisionForm,
    RevocationDeclineForm,
    RevocationRequestForm,
    StrikeOutForm,
)
from villages.forms.decision import (
    ApprovalForm,
    CertifyForm,
    DecreeChangeForm,
    DecreeCorrectionForm,
    RejectForm,
    ReturnForm,
)
from villages.forms.onboarding import ColumnsForm, ImportForm, NamedForm, SendBackForm
from villages.forms.sheet import ConsentForm, CoordinationForm, FindingForm, WithdrawForm
from villages.forms.village import ContactForm, EndContactForm, RegionForm, VillageForm

__all__ = [
    "ApprovalForm",
    "CeremonyForm",
    "CertifyForm",
    "ColumnsForm",
    "ConsentForm",
    "ContactForm",
    "CoordinationForm",
    "DecreeChangeForm",
    "DecreeCorrectionForm",
    "DecreeNumberForm",
    "EndContactForm",
    "EndForm",
    "FindingForm",
    "ImportForm",
    "NamedForm",
    "RegionForm",
    "RejectForm",
    "ReturnForm",
    "RevocationDecisionForm",
    "RevocationDeclineForm",
    "RevocationRequestForm",
    "SendBackForm",
    "StrikeOutForm",
    "VillageForm",
    "WithdrawForm",
]
