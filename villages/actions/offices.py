"""An office closes when nothing is left there, and may open again."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

import audit.actions
from accounts import invitations
from accounts.models import Office, User
from desabinaan import formats
from desabinaan.constraints import broke
from desabinaan.workflow import TransitionRefused
from villages.closing import Holds

LEFT = "{office} belum dapat ditutup: {words}. Alihkan desanya dan akhiri perannya dahulu."
BEFORE_THE_ONE_ABOVE = "{parent} ditutup sejak {day}; {office} ditutup paling lambat hari itu."
BELOW_A_CLOSED_ONE = "{parent} sudah ditutup; pindahkan {office} ke unit atasan lain dahulu."


@transaction.atomic
def close_office(office: Office, *, on: date, basis: str, by: User) -> Office:
    """Let an office close from this day on; what it issued stays. Twice changes nothing.

    Refused while it guides villages, prepares sheets, or somebody serves there on that day.
    Invitations are withdrawn and its claims on regions rest, so that others may be confirmed.
    """
    office = Office.objects.lock(office.pk)
    if office.is_directorate:
        raise TransitionRefused("Direktorat Jenderal tidak dapat ditutup.")
    if office.closed_on == on:
        return office
    if words := Holds(office, on).words:
        raise TransitionRefused(LEFT.format(office=office, words=", ".join(words)))
    for invitation in office.invitations.waiting():
        invitations.withdraw(invitation, by=by)
    office.jurisdictions.filter(is_confirmed=True).update(is_confirmed=False, confirmed_by=None)
    office.closed_on = on
    try:
        with transaction.atomic():
            office.save(update_fields=["closed_on"])
    except IntegrityError as clash:
        if office.parent is None or not broke(clash, "office_below_an_open_one"):
            raise
        day = formats.long_date(office.parent.closed_on)
        sentence = BEFORE_THE_ONE_ABOVE.format(parent=office.parent, day=day, office=office)
        raise TransitionRefused(sentence) from clash
    note = f"{office}, sejak {formats.long_date(on)}. Dasar: {basis}"
    for subject in filter(None, (office, office.parent)):
        audit.actions.record("office.closed", subject, by=by, note=note)
    return office


@transaction.atomic
def reopen_office(office: Office, *, basis: str, by: User) -> Office:
    """Take a closing back; regions, people and villages are given to it anew."""
    office = Office.objects.lock(office.pk)
    if office.closed_on is None:
        return office
    office.closed_on = None
    try:
        with transaction.atomic():
            office.save(update_fields=["closed_on"])
    except IntegrityError as clash:
        if not broke(clash, "office_below_an_open_one"):
            raise
        words = BELOW_A_CLOSED_ONE.format(parent=office.parent, office=office)
        raise TransitionRefused(words) from clash
    audit.actions.record("office.reopened", office, by=by, note=f"{office}. Dasar: {basis}")
    return office
