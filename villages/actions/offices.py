"""An office closes when nothing is left there, may open again, and passes to another Kanwil."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

import accounts.offices
import audit.actions
from accounts import invitations
from accounts.models import Office, OfficeKind, User
from desabinaan import formats
from desabinaan.constraints import broke
from desabinaan.workflow import TransitionRefused
from villages.actions.striking import release
from villages.closing import Holds
from villages.models import Assignment
from villages.models.officer import AssignmentQuerySet

LEFT = "{office} belum dapat ditutup: {words}. Alihkan desanya dan akhiri perannya dahulu."
BEFORE_THE_ONE_ABOVE = "{parent} ditutup sejak {day}; {office} ditutup paling lambat hari itu."
SENT_MEANWHILE = "Seorang PIMPASA Rudenim baru saja ditugaskan di sana. Pindahkan sekali lagi."
BELOW_A_CLOSED_ONE = "{parent} sudah ditutup; pindahkan {office} ke unit atasan lain dahulu."


@transaction.atomic
def close_office(office: Office, *, on: date, basis: str, by: User) -> Office:
    """Let an office close from this day on; what it issued stays. Twice changes nothing.

    Refused while it guides villages, prepares sheets, or somebody serves there on that day.
    Invitations are withdrawn and its claims on regions rest, so that others may be confirmed.
    """
    invitations.hold_waiting(office=office)
    office = Office.objects.lock(office.pk)
    if office.is_directorate:
        raise TransitionRefused("Direktorat Jenderal tidak dapat ditutup.")
    if office.closed_on == on:
        return office
    if words := Holds(office, on).words:
        raise TransitionRefused(LEFT.format(office=office, words=", ".join(words)))
    for invitation in invitations.hold_waiting(office=office):
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
def move_office(office: Office, *, to: Office, basis: str, by: User) -> Office:
    """Put a unit below another one; who was lent between a Rudenim and a Kanim goes home first.

    A Rudenim lends its PIMPASA only under its own Kanwil: from today on they guide there no longer.
    """
    reason = f"{office} kini di bawah {to}. Dasar: {basis}"
    release(lent_across(office, to), by=by, reason=reason)
    try:
        with transaction.atomic():
            return accounts.offices.move_office(office, to=to, basis=basis, by=by)
    except IntegrityError as clash:
        if not broke(clash, "office_leaves_nobody"):
            raise
        raise TransitionRefused(SENT_MEANWHILE) from clash


def lent_across(office: Office, to: Office) -> AssignmentQuerySet:
    """What PIMPASA of a Rudenim hold at the office, or its own elsewhere, and not under `to`."""
    houses = Q(officer__office__kind=OfficeKind.DETENTION_HOUSE)
    here = Q(village__office=office) & ~Q(officer__office__parent=to)
    theirs = Q(officer__office=office) & ~Q(village__office__parent=to)
    return Assignment.objects.not_over().filter(houses, here | theirs).with_list()


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
