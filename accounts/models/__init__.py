"""Offices, the people in them, and their dated roles."""

from accounts.models.membership import Membership
from accounts.models.office import Office, OfficeKind
from accounts.models.role import ActingKind, Role
from accounts.models.user import Employment, Rank, User

__all__ = [
    "ActingKind",
    "Employment",
    "Membership",
    "Office",
    "OfficeKind",
    "Rank",
    "Role",
    "User",
]
