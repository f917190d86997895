"""Offices, the people in them, and their dated roles."""

from accounts.models.card import ActivationCard, CardStatus
from accounts.models.invitation import Invitation, InvitationStatus
from accounts.models.membership import Membership
from accounts.models.office import Office, OfficeKind
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
    "Membership",
    "Office",
    "OfficeKind",
    "Rank",
    "Role",
    "SignIn",
    "User",
]
