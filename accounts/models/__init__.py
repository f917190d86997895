"""Offices, the people in them, and their dated roles."""

from accounts.models.card import ActivationCard, CardStatus
from accounts.models.invitation import Invitation, InvitationStatus
from accounts.models.membership import Membership
from accounts.models.notice import Mailbox, Notice, NoticeChoice, Pace, Told
from accounts.models.office import Office, OfficeKind
from accounts.models.password_request import PasswordRequest
from accounts.models.role import ActingKind, Role
from accounts.models.sign_in import SignIn
from accounts.models.user import Employment, Rank, User

__all__ = [
    "ActingKind",
    "ActivationCard",
    "CardStatus",
    "Employment",
    "Invitation",
    "InvitationStatus",
    "Mailbox",
    "Membership",
    "Notice",
    "NoticeChoice",
    "Office",
    "OfficeKind",
    "Pace",
    "PasswordRequest",
    "Rank",
    "Role",
    "SignIn",
    "Told",
    "User",
]
