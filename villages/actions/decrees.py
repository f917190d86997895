"""The decree behind a decision: held, recorded, and one where two say the same."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from desabinaan.constraints import broke
from desabinaan.workflow import Gone, TransitionRefused
from villages.models import Decree, Designation


def recorded(decree: Decree) -> Decree | None:
    """The decree that is recorded under this number of that office and year already, or none.

    One decree covers several villages, but it says one thing: a number that is known with other
    facts is refused, never silently taken over.
    """
    known = Decree.objects.under_number_of(decree).first()
    if known and not known.says_the_same(decree):
        raise TransitionRefused(f"{known.told_otherwise(decree)} Periksa isian Anda.")
    return known


def record(decree: Decree) -> Decree:
    """The decree, saved as it stands; or the one that says the same under its number already.

    Held either way: a known one may be corrected in this very moment, and is compared again.
    """
    known = recorded(decree)
    if known:
        return _hold_same(known, decree)
    try:
        with transaction.atomic():
            decree.save()
    except IntegrityError as clash:
        # Two sheets under one decree may be decided in the same moment.
        known = recorded(decree) if broke(clash, "decree_number_once") else None
        if known is None:
            raise
        return _hold_same(known, decree)
    return decree


def _hold_same(known: Decree, decree: Decree) -> Decree:
    held = hold(known)
    if not held.says_the_same(decree):
        raise TransitionRefused(f"SK {known} baru saja diperbaiki di portal; periksa isian lagi.")
    return held


def hold(decree: Decree) -> Decree:
    """The decree as it stands now, its row held: its number may have come since it was chosen."""
    try:
        return Decree.objects.lock(decree.pk)
    except Gone as joined:
        raise TransitionRefused(
            "SK itu baru saja bergabung dengan SK bernomor; pilih lagi."
        ) from joined


def hold_of(designation: Designation) -> Decree:
    """The decree under which the sheet was decided, as it stands now, its row held."""
    mine = Decree.objects.filter(designations=designation.pk)
    # The first look may have waited while a colleague put the sheet under a numbered decree.
    found = mine.lock_these() or mine.lock_these()
    if not found:
        raise TransitionRefused(f"SK tidak dapat dicatat: {designation.standing()}")
    return found[0]


def discard_if_unused(decree: Decree) -> None:
    """Drop a decree that never had a number, once nothing is decided under it any more."""
    if not decree.designations.exists():
        decree.delete()
