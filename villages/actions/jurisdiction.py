"""Who serves where: settled by the national administrator, since no official list is public."""

from __future__ import annotations

from django.db import IntegrityError, transaction

import audit.actions
from accounts.models import Office, User
from desabinaan.constraints import broke
from desabinaan.workflow import TransitionRefused
from villages.models import Jurisdiction, Region


@transaction.atomic
def settle_jurisdiction(office: Office, region: Region, *, by: User) -> Jurisdiction:
    """Confirm that this office serves the region; other offices' unconfirmed claims on it rest.

    Adds the claim where none was known. Refused where another office is confirmed already, and for
    an office that is closed or about to be.
    """
    if Office.objects.lock(office.pk).closed_on:
        raise TransitionRefused(f"{office} ditutup; pilih kantor yang lain.")
    try:
        with transaction.atomic():
            jurisdiction, _ = Jurisdiction.objects.update_or_create(
                office=office,
                region=region,
                defaults={"is_confirmed": True, "confirmed_by": by},
            )
    except IntegrityError as clash:
        if not broke(clash, "jurisdiction_one_confirmed_whole"):
            raise
        raise TransitionRefused(
            f"{region} sudah dipastikan untuk kantor lain; wilayah itu belum dapat dialihkan."
        ) from clash
    audit.actions.record(
        "jurisdiction.confirmed", office, by=by, note=region.name, region=region.code
    )
    return jurisdiction
