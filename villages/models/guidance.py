"""Whether an office guides a village, or merely means to: what it keeps of it says so."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from accounts.models import Office
from villages.models.designation import Designation
from villages.models.status import CLAIMS_VILLAGE, Status
from villages.models.village import Village, VillageQuerySet

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


def guided_elsewhere(office: Office) -> VillageQuerySet:
    """Those that another office guides: only a move by the national administrator takes one."""
    others = Village.objects.exclude(office=office).filter(is_guided())
    return others.select_related("office", "region")


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


def is_unconfirmed(at: str = "") -> Exists:
    """Whether a village stands designated on the word of those alone who recorded it."""
    return Exists(Designation.objects.unconfirmed().filter(village=OuterRef(f"{at}pk")))
