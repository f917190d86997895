"""The shape and wording of what is typed about events."""

from events.forms.agenda import ContributorForm, ItemForm
from events.forms.attendance import (
    AttendeeForm,
    DropAttendeeForm,
    PairForm,
    PersonForm,
    SchoolForm,
    SheetForm,
    SignedPageForm,
    WalkInForm,
)
from events.forms.check_in import CheckInForm
from events.forms.clearing import DropEnteredForm, EnteredForm
from events.forms.event import CancelForm, EventForm, PlaceForm
from events.forms.follow_up import FollowUpForm
from events.forms.institution import InstitutionForm
from events.forms.invitation import InvitationForm
from events.forms.invitee import InviteeForm, ReplyForm
from events.forms.knowledge import AnswersForm, KnowledgeQuestionForm, WithdrawCheckForm
from events.forms.material import MaterialForm
from events.forms.minutes import MinutesForm, QuestionForm
from events.forms.participation import (
    CertificateNameForm,
    CertificateRuleForm,
    ExclusionForm,
    RevokeParticipationForm,
)
from events.forms.photo import PhotoForm, PhotosForm
from events.forms.report import FileReportForm, ProceedingsForm, ReportForm
from events.forms.visit import NewVisitForm, VisitForm

__all__ = [
    "AnswersForm",
    "AttendeeForm",
    "CancelForm",
    "CertificateNameForm",
    "CertificateRuleForm",
    "CheckInForm",
    "ContributorForm",
    "DropAttendeeForm",
    "DropEnteredForm",
    "EnteredForm",
    "EventForm",
    "ExclusionForm",
    "FileReportForm",
    "FollowUpForm",
    "InstitutionForm",
    "InvitationForm",
    "InviteeForm",
    "ItemForm",
    "KnowledgeQuestionForm",
    "MaterialForm",
    "MinutesForm",
    "NewVisitForm",
    "PairForm",
    "PersonForm",
    "PhotoForm",
    "PhotosForm",
    "PlaceForm",
    "ProceedingsForm",
    "QuestionForm",
    "ReplyForm",
    "ReportForm",
    "RevokeParticipationForm",
    "SchoolForm",
    "SheetForm",
    "SignedPageForm",
    "VisitForm",
    "WalkInForm",
    "WithdrawCheckForm",
]
