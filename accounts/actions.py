"""What happens to people and offices: accounts, passwords, dated roles, profiles."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

import audit.actions
from accounts import notices
from accounts.access import acted_on, is_village_account
from accounts.models import Membership, NoticeChoice, Office, OfficeKind, Role, User
from audit.models import Entry
from desabinaan import formats, legibility
from desabinaan.constraints import broke, save_checked
from desabinaan.editing import Seen, unless_overtaken
from desabinaan.storage import storing
from desabinaan.workflow import TransitionRefused

# Read aloud over the telephone without doubt: no 0/o, 1/l/i.
SPOKEN_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
# Else whoever gives the role could issue a password, and act for a village of another office.
VILLAGE_ACCOUNT = "Nama masuk ini dipakai oleh akun desa. Pakai NIP atau alamat surel lain."


@dataclass(frozen=True, slots=True)
class Person:
    """Who an account is for; `username` is a NIP or a village code, or empty for an e-mail."""

    name: str
    username: str = ""
    email: str = ""
    rank: str = ""
    employment: str = ""


def one_time_password() -> str:
    """A password to be told once and replaced at first use: three groups of four signs."""
    signs = [secrets.choice(SPOKEN_SIGNS) for _ in range(12)]
    return "-".join("".join(signs[start : start + 4]) for start in (0, 4, 8))


def tidy_issued_password(typed: str) -> str:
    """An issued password as it was issued, however it was written down: case, spaces, hyphens."""
    signs = re.sub(r"[\s\-–]", "", typed).lower()
    if len(signs) != 12 or not set(signs) <= set(SPOKEN_SIGNS):
        return typed
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))


@transaction.atomic
def create_user(person: Person, *, by: User | None, password: str = "") -> tuple[User, str]:
    """Open an account; the person and the password to tell them, once.

    With a `password` of their own choice (the first administrator, demo data) it need not be
    changed. Raises ValidationError when the sign-in name or the address is taken or misshapen.
    """
    issued = password or one_time_password()
    user = _unsaved(person)
    user.must_change_password = not password
    if password:
        user.note_opened()
    user.set_password(issued)
    save_checked(user, exclude=["last_login"])
    audit.actions.record("user.created", user, by=by)
    return user, issued


@transaction.atomic
def enter_person(person: Person, *, by: User, at: datetime | None = None) -> User:
    """Note a person who does not sign in: no password opens the account until one is issued.

    Raises ValidationError when the number or the address is taken or misshapen.
    """
    user = _unsaved(person)
    user.set_unusable_password()
    save_checked(user, exclude=["last_login", "password"])
    audit.actions.record("user.entered", user, by=by, at=at)
    return user


def _unsaved(person: Person) -> User:
    email = person.email.strip().lower()
    return User(
        name=legibility.line(person.name),
        username=person.username or email,
        email=email,
        employment=person.employment,
        rank=person.rank,
    )


@transaction.atomic
def settle_employment(  # noqa: PLR0913 - what is settled, by whom and when
    user: User, *, nip: str, employment: str, rank: str, by: User, at: datetime | None = None
) -> User:
    """Settle a person's number, terms and rank; whoever signed in by e-mail may do so still.

    They are told of another number, by which they sign in from now on. Raises ValidationError when
    the number is another person's, or does not fit the terms.
    """
    user = User.objects.lock(user.pk)
    before = (user.username, user.employment, user.rank)
    user.username, user.employment, user.rank = nip, employment, rank
    if (user.username, user.employment, user.rank) == before:
        return user
    changed = ["username", "employment", "rank"]
    save_checked(user, exclude=["last_login", "password"], fields=changed)
    audit.actions.record("user.employment_settled", user, by=by, at=at)
    if user.username != before[0]:
        notices.tell("user.number_settled", user, at=at)
    return user


@transaction.atomic
def settle_email(user: User, *, email: str, by: User) -> User:
    """Settle where a person's mail goes; who signed in with the former address takes the new one.

    Raises ValidationError when the address is another person's.
    """
    user = User.objects.lock(user.pk)
    email = email.strip().lower()
    if user.email == email:
        return user
    if user.username == user.email:
        user.username = email
    user.email = email
    save_checked(user, exclude=["last_login", "password"], fields=["username", "email"])
    audit.actions.record("user.email_settled", user, by=by)
    notices.tell("user.email_settled", user)
    return user


@transaction.atomic
def issue_password(user: User, *, by: User) -> str:
    """Replace a forgotten password with a one-time one, to be told to the person; sessions end."""
    issued = one_time_password()
    user.cards.all().void()
    user.set_password(issued)
    user.must_change_password = True
    user.reset_at = timezone.now()
    user.save(update_fields=["password", "must_change_password", "reset_at"])
    audit.actions.record("user.password_issued", user, by=by)
    return issued


@transaction.atomic
def choose_password(user: User, password: str) -> None:
    """Take the person's own password in place of the one they had or were given."""
    user.set_password(password)
    user.must_change_password = False
    user.note_opened()
    user.save(update_fields=["password", "must_change_password", "opened_at"])
    audit.actions.record("user.password_changed", user, by=user)


@transaction.atomic
def choose_notices(user: User, *, pace: str, muted: Collection[str], by: User) -> NoticeChoice:
    """Settle how soon a person is told by mail, and of what not at all."""
    spared = sorted(muted)
    choice, is_new = NoticeChoice.objects.get_or_create(
        user=user, defaults={"pace": pace, "muted": spared}
    )
    if not is_new and (choice.pace, choice.muted) == (pace, spared):
        return choice
    choice.pace, choice.muted = pace, spared
    choice.save()
    audit.actions.record("user.notices_chosen", user, by=by, pace=pace, muted=spared)
    return choice


@transaction.atomic
def issue_member_password(user: User, office: Office, *, by: User) -> str:
    """A one-time password for a person of the office, remembered by the office too."""
    issued = issue_password(user, by=by)
    audit.actions.record("office.password_issued", office, by=by, note=user.name, user=user.pk)
    return issued


@transaction.atomic
def admit(person: Person, membership: Membership, *, by: User) -> str:
    """Open an account and give it its first role, or neither; the one-time password."""
    membership.user, issued = create_user(person, by=by)
    start_membership(membership, by=by)
    return issued


@transaction.atomic
def start_membership(
    membership: Membership, *, by: User | None, at: datetime | None = None
) -> Membership:
    """Give a person a role in an office, from a day on.

    Raises ValidationError when it overlaps one they hold, for a second head at the same time, and
    for the account of a village. A head whom the office's administrator notes leads it once
    somebody else has confirmed it, unless the office never had one (decision 17).
    """
    if is_village_account(membership.user):
        raise ValidationError({"user": VILLAGE_ACCOUNT})
    # One after the other: two that clash at once would wait for each other's constraint.
    office = Office.objects.lock(membership.office_id)
    if office.closed_on and (membership.ends_on is None or membership.ends_on >= office.closed_on):
        day = formats.long_date(office.closed_on)
        raise ValidationError({"ends_on": f"{office} ditutup sejak {day}."})
    membership.given_by = by
    membership.awaits = _awaits(membership, by)
    membership.full_clean()
    membership.save()
    if by and membership.role == Role.HEAD:
        notices.tell("head.waiting" if membership.awaits else "head.appointed", membership, at=at)
    details = {"role": membership.role, "user": membership.user_id}
    for subject in (membership.office, membership.user):
        audit.actions.record(
            "membership.started", subject, by=by, at=at, note=_words(membership), **details
        )
    return membership


def _awaits(membership: Membership, by: User | None) -> bool:
    if by is None or membership.role != Role.HEAD:
        return False
    first = not membership.acting_kind and by.pk != membership.user_id
    if first and not Membership.objects.has_ever_led(membership.office):
        return False
    return not Membership.objects.appoints_heads(by, membership.office)


@transaction.atomic
def confirm_membership(membership: Membership, *, by: User) -> Membership:
    """Let a head lead the office whom its administrator has noted."""
    membership = Membership.objects.lock(membership.pk)
    if membership.confirmed_by_id == by.pk:
        return membership
    if not membership.awaits:
        raise TransitionRefused("Penunjukan ini sudah disahkan.")
    membership.awaits = False
    membership.confirmed_by, membership.confirmed_at = by, timezone.now()
    _save_confirmed(membership)
    for subject in (membership.office, membership.user):
        audit.actions.record("membership.confirmed", subject, by=by, note=_words(membership))
    notices.tell("head.appointed", membership)
    return membership


def _save_confirmed(membership: Membership) -> None:
    """The database looks once more at who confirms: their own role may have ended just now."""
    try:
        with transaction.atomic():
            membership.save(update_fields=["awaits", "confirmed_by", "confirmed_at"])
    except IntegrityError as refusal:
        promises = ("membership_head_confirmed", "membership_confirmed_by_another")
        if not any(broke(refusal, name) for name in promises):
            raise
        raise TransitionRefused(
            "Penunjukan ini tidak dapat Anda sahkan: peran Anda sudah tidak berlaku, atau tidak "
            "mencakup seluruh masanya."
        ) from refusal


@transaction.atomic
def decline_membership(membership: Membership, *, by: User) -> None:
    """Strike out a head whom an administrator has noted, before they ever led the office."""
    if not Membership.objects.lock(membership.pk).awaits:
        raise TransitionRefused("Penunjukan ini sudah disahkan; akhiri dengan tanggal.")
    cancel_membership(membership, by=by, reason="Tidak disahkan.")


@transaction.atomic
def end_membership(
    membership: Membership, *, ends_on: date, by: User, reason: str = ""
) -> Membership:
    """Let a role end with this day, the last on which it counts.

    Never before a day on which something was decided in it: that was decided by a head of the day.
    """
    _hold_invitations(membership)
    membership = Membership.objects.lock(membership.pk)
    acted = acted_on(membership)
    if acted and ends_on < acted:
        raise TransitionRefused(
            f"{membership.user} masih memutuskan dalam peran ini pada {formats.long_date(acted)}; "
            "peran ini berakhir paling awal hari itu."
        )
    if membership.ends_on and membership.ends_on <= ends_on:
        raise TransitionRefused("Peran ini sudah berakhir lebih awal.")
    membership.ends_on = max(ends_on, membership.starts_on)
    membership.save(update_fields=["ends_on"])
    note = "\n".join(filter(None, [_words(membership), reason]))
    details = _as_it_ends(membership, by)
    for subject in (membership.office, membership.user):
        entry = audit.actions.record("membership.ended", subject, by=by, note=note, **details)
    _tell_of_end(membership, entry)
    _withdraw_invitations(membership, by=by)
    return membership


@transaction.atomic
def cancel_membership(membership: Membership, *, by: User, reason: str = "") -> None:
    """Strike out a role noted by mistake, which has not yet counted for a whole day.

    The row goes, so that the right person can be noted for the same days; history keeps it.
    Refused where something was decided in this role: that stays with whoever decided it.
    """
    _hold_invitations(membership)
    membership = Membership.objects.lock(membership.pk)
    if not (membership.is_new() or membership.awaits):
        raise TransitionRefused("Peran ini sudah berlaku; akhiri dengan tanggal.")
    note = "\n".join(filter(None, [_words(membership), reason]))
    details = _as_it_ends(membership, by)
    for subject in (membership.office, membership.user):
        entry = audit.actions.record("membership.cancelled", subject, by=by, note=note, **details)
    _tell_of_end(membership, entry)
    try:
        membership.delete()
    except ProtectedError as used:
        raise TransitionRefused(
            f"{membership.user} sudah memutuskan dalam peran ini; akhiri dengan tanggal."
        ) from used
    _withdraw_invitations(membership, by=by)


def _as_it_ends(membership: Membership, by: User) -> dict[str, Any]:
    """What history keeps of a role that goes; who held power on the day of a slip did hold it.

    Overruled is a head whom another had noted: that office was not without one all along.
    """
    return {
        "overruled": not membership.awaits and membership.given_by_id != by.pk,
        "role": membership.role,
        "counted": membership.is_live(),
        "ends_on": str(membership.ends_on),
        "office": membership.office_id,
    }


def _tell_of_end(membership: Membership, entry: Entry) -> None:
    """Tell of a head whom the office loses; `entry` is the person's, since the row may go."""
    if membership.role == Role.HEAD and not membership.awaits:
        notices.tell("head.ended", entry)


def _hold_invitations(ends: Membership) -> None:
    from accounts import invitations  # noqa: PLC0415 - invitations import actions

    if ends.role == Role.ADMIN:
        invitations.hold_waiting(invited_by=ends.user)


def _withdraw_invitations(ended: Membership, *, by: User) -> None:
    """What an administrator sent ends with the role; from a later day on nobody can accept it."""
    from accounts import invitations  # noqa: PLC0415 - invitations import actions

    if ended.role == Role.ADMIN:
        invitations.withdraw_all_of(ended.user, by=by)


@storing()
def change_profile(
    office: Office, *, changes: dict[str, Any], by: User, seen: Seen | None = None
) -> Office:
    """Settle what the office's papers print: address, letterhead, emblem, rank and NIP."""
    office = Office.objects.lock(office.pk)
    unless_overtaken(office, seen)
    for field, value in changes.items():
        setattr(office, field, value)
    office.save(update_fields=list(changes))
    audit.actions.record("office.profile_changed", office, by=by, fields=sorted(changes))
    return office


@transaction.atomic
def create_national_admin(person: Person, *, password: str, on: date) -> User:
    """Open the first account of a new portal: an administrator at the Ditjen."""
    user, _ = create_user(person, by=None, password=password)
    office = Office.objects.get(kind=OfficeKind.DIRECTORATE)
    start_membership(Membership(user=user, office=office, role=Role.ADMIN, starts_on=on), by=None)
    return user


def _words(membership: Membership) -> str:
    """Who, as what, and for how long: "Ratna Wulandari: Plh. Kepala Kantor, 1 – 7 Maret 2026"."""
    since = formats.long_date(membership.starts_on)
    until = f" sampai {formats.long_date(membership.ends_on)}" if membership.ends_on else ""
    basis = f"; dasar {membership.basis}" if membership.basis else ""
    return f"{membership.user.name}: {membership.role_words}, sejak {since}{until}{basis}"
