"""Whether an office guides a village, or merely means to: what it keeps of it says so."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from villages.models.designation import CLAIMS_VILLAGE, Designation, Status

# What an office keeps of a village that it guides; a mere draft brings none of it.
KEPT = (
    "Agreement",
    "Assignment",
    "MigrantCount",
    "SisterProgramme",
    "VillageAccess",
    "VillageContact",
    "VillageDocument",
)


def is_guided() -> Q:
    """Villages of which their office has more than a draft; all of it would pass with them."""
    its_own = Q(office=OuterRef("office"), status__in=CLAIMS_VILLAGE)
    over = Q(status__in=[Status.REVOKED, Status.ENDED])  # it may have come with a move
    sheets = Designation.objects.filter(its_own | over, village=OuterRef("pk"))
    guided = ~Q(note="") | ~Q(whatsapp_group="") | Q(Exists(sheets))
    for name in KEPT:
        kept = apps.get_model("villages", name)._default_manager.filter(village=OuterRef("pk"))
        guided |= Q(Exists(kept.order_by()))
    return guided
