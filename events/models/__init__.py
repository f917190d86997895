"""What the events app stores."""

from events.models.agenda import AgendaItem, Contribution, Contributor, StandardItem
from events.models.attendance import (
    AttendancePage,
    Attendee,
    Category,
    Merge,
    SchoolCount,
    Sex,
    Source,
)
from events.models.certificate_name import CertificateName
from events.models.check_in import CheckIn
from events.models.event import Event, EventQuerySet, EventVillage
from events.models.exclusion import Exclusion
from events.models.follow_up import FollowUp, FollowUpQuerySet
from events.models.guest_denial import GuestDenial
from events.models.institution import Institution, InstitutionKind, InstitutionQuerySet
from events.models.invitation_letter import InvitationLetter
from events.models.invitee import Invitee, InviteeQuerySet, Reply
from events.models.kind import EventKind
from events.models.knowledge import AnswerSheet, KnowledgeCheck, KnowledgeQuestion, Phase
from events.models.material import Material
from events.models.minutes import Minutes, Question
from events.models.occasion import Occasion
from events.models.participation import CertificateRule, Participation, ParticipationQuerySet
from events.models.photo import Photo
from events.models.report import EventLetter, ReportWords
from events.models.status import Status
from events.models.turnout import Turnout
from events.models.visit import Visit, VisitQuerySet

__all__ = [
    "AgendaItem",
    "AnswerSheet",
    "AttendancePage",
    "Attendee",
    "Category",
    "CertificateName",
    "CertificateRule",
    "CheckIn",
    "Contribution",
    "Contributor",
    "Event",
    "EventKind",
    "EventLetter",
    "EventQuerySet",
    "EventVillage",
    "Exclusion",
    "FollowUp",
    "FollowUpQuerySet",
    "GuestDenial",
    "Institution",
    "InstitutionKind",
    "InstitutionQuerySet",
    "InvitationLetter",
    "Invitee",
    "InviteeQuerySet",
    "KnowledgeCheck",
    "KnowledgeQuestion",
    "Material",
    "Merge",
    "Minutes",
    "Occasion",
    "Participation",
    "ParticipationQuerySet",
    "Phase",
    "Photo",
    "Question",
    "Reply",
    "ReportWords",
    "SchoolCount",
    "Sex",
    "Source",
    "StandardItem",
    "Status",
    "Turnout",
    "Visit",
    "VisitQuerySet",
]
