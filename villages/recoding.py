"""A village that the portal has under a code which a newer edition has replaced."""

from __future__ import annotations

from collections.abc import Iterable

from villages.models import EditionChange, EditionStatus, Region, Village


def under_old_codes(regions: Iterable[int]) -> dict[int, Village]:
    """Of these regions without a village, those whose village stands under an older code.

    As the applied editions pair old and new. Where several bear one name, they pair none: then a
    village of the same name and serial in a kecamatan of the same name is meant.
    """
    gone = Village.objects.filter(region__retired_on__isnull=False)
    held = list(gone.select_related("region__parent", "office"))
    if not held:  # as a rule
        return {}
    by_code = {village.region.code: village for village in held}
    by_names = {_names(village.region): village for village in held}
    paired = EditionChange.objects.filter(edition__status=EditionStatus.APPLIED, code__in=by_code)
    became = dict(paired.exclude(successor="").values_list("successor", "code"))
    wanted = Region.objects.current().filter(pk__in=regions, village=None).select_related("parent")
    found = {}
    for region in wanted:
        village = by_code.get(became.get(region.code, "")) or by_names.get(_names(region))
        if village:
            found[region.pk] = village
    return found


def why_not_again(village: Village) -> str:
    """Why nobody registers it once more under its new code."""
    return (
        f"{village} sudah tercatat di portal dengan kode lama {village.region.code}, dibina "
        f"{village.office}; jangan mencatatnya dua kali."
    )


def _names(region: Region) -> tuple[str, str, str]:
    around = region.parent.search_key if region.parent else ""
    return region.search_key, around, region.code[-4:]
