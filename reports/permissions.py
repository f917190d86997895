"""Who may read which report; what a report counts is scoped by its viewer anyway."""

from accounts.access import Access
from desabinaan.workflow import Answer, Denied


def can_read_recap(access: Access) -> Answer:
    """Everyone who serves in an office; a village has its own desk."""
    if access.memberships:
        return True
    return Denied(
        "Rekapitulasi dibaca oleh kantor imigrasi, Kantor Wilayah, dan Direktorat Jenderal."
    )
