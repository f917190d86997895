"""Inviting people: asked by e-mail, answered by a button, never by opening a link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

import audit.actions
from accounts import actions, tasks
from accounts.actions import Person
from accounts.models import Invitation, InvitationStatus, Membership, Office, User
from accounts.models.role import meeting
from desabinaan import queue
from desabinaan.constraints import save_checked
from desabinaan.workflow import Transition, TransitionRefused

PAUSE = timedelta(minutes=1)  # between two mails to the same person
_WAITING = frozenset({InvitationStatus.WAITING.value})
ACCEPT = Transition("Terima undangan", _WAITING, InvitationStatus.ACCEPTED)
WITHDRAW = Transition("Tarik undangan", _WAITING, InvitationStatus.WITHDRAWN)
INVITER_LEFT = (
    "Undangan ini tidak berlaku lagi: yang mengundang Anda bukan lagi administrator kantor itu. "
    "Mintalah undangan baru kepada administrator yang sekarang."
)
SIGN_IN_FIRST = "Sudah ada akun dengan surel atau NIP ini. Masuk dahulu."
OWN_ROLE = "Peran Anda sendiri diberikan oleh administrator lain."


@transaction.atomic
def invite(invitation: Invitation, *, by: User) -> Invitation:
    """Ask a person to take a role; the mail leaves when this is committed.

    Raises ValidationError when the office has asked this address already, or is closed.
    """
    if invitation.office.closed_on:
        raise ValidationError(f"{invitation.office} ditutup; tidak ada yang dapat diundang.")
    invitation.invited_by = by
    invitation.renew()
    save_checked(invitation, exclude=["settled_by"])
    audit.actions.record("invitation.sent", invitation.office, by=by, **_told(invitation))
    _mail(invitation)
    return invitation


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> Invitation:
    """Send a new link, good for another seven days, in this person's name; the old one is dead."""
    invitation = Invitation.objects.lock(invitation.pk)
    _refuse_settled(invitation)
    if timezone.now() - invitation.asked_at < PAUSE:
        raise TransitionRefused("Undangan ini baru saja dikirim; tunggu satu menit.")
    invitation.invited_by = by
    invitation.renew()
    invitation.save()
    audit.actions.record("invitation.resent", invitation.office, by=by, **_told(invitation))
    _mail(invitation)
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> Invitation:
    """Take the invitation back; its link leads nowhere from now on."""
    invitation = _settle(invitation, WITHDRAW, by=by)
    audit.actions.record("invitation.withdrawn", invitation.office, by=by, **_told(invitation))
    return invitation


@transaction.atomic
def withdraw_all_of(inviter: User, *, by: User) -> None:
    """Take back what somebody sent who may not invite there any more."""
    for invitation in hold_waiting(invited_by=inviter):
        if not invitation.is_vouched_for:
            withdraw(invitation, by=by)


def hold_waiting(**sent: User | Office) -> list[Invitation]:
    """Those that wait for an answer, held: one that was answered meanwhile is left out.

    Before the role or the office that ends: whoever accepts holds their invitation first, too.
    """
    return Invitation.objects.waiting().filter(**sent).lock_these()


@transaction.atomic
def open_account(invitation: Invitation, *, password: str) -> User:
    """Accept as somebody new: the account, with the person's own password, and the role."""
    invitation = _held_open(invitation)
    if account_of(invitation):
        raise TransitionRefused(SIGN_IN_FIRST)
    person = Person(invitation.name, invitation.username, invitation.email, invitation.rank)
    try:
        user, _ = actions.create_user(person, by=invitation.invited_by, password=password)
    except ValidationError as error:
        # Whatever else is wrong with it is said; an account that is there by now is signed in to.
        taken = account_of(invitation)
        raise TransitionRefused(SIGN_IN_FIRST if taken else " ".join(error.messages)) from error
    _start(invitation, user)
    return user


@transaction.atomic
def join(invitation: Invitation, *, by: User) -> Membership:
    """Accept with the account that one has; nothing of it changes but the role."""
    invitation = _held_open(invitation)
    if not fits(invitation, by):
        raise TransitionRefused("Undangan ini untuk akun lain.")
    if invitation.invited_by_id == by.pk:
        raise TransitionRefused(OWN_ROLE)
    return _start(invitation, by)


def account_of(invitation: Invitation) -> User | None:
    """Whoever has this NIP or address already; by NIP first, since people keep it for life."""
    names = filter(None, (invitation.username, invitation.email.lower()))
    found = (User.objects.with_sign_in_name(name) for name in names)
    return next((user for user in found if user), None)


def held_already(invitation: Invitation, user: User) -> Membership | None:
    """The same role of this person in the office, at a time that the invitation is for."""
    asked = invitation.membership_of(user)
    theirs = Membership.objects.filter(user=user, office=asked.office, role=asked.role)
    return theirs.filter(meeting(asked.starts_on, asked.ends_on)).first()


def fits(invitation: Invitation, user: User) -> bool:
    """Whether this account may answer: the one that is asked, or any where a NIP is not known."""
    known = account_of(invitation)
    return known == user if known else not invitation.username


def _start(invitation: Invitation, user: User) -> Membership:
    """Give the role in the name of whoever invited, and close the invitation."""
    invitation = _settle(invitation, ACCEPT, by=user)
    membership = invitation.membership_of(user)
    if membership.ends_on and membership.ends_on < membership.starts_on:
        raise TransitionRefused("Masa tugas dalam undangan ini sudah lewat.")
    if held_already(invitation, user):
        role = membership.get_role_display()
        raise TransitionRefused(
            f"Anda sudah {role} di {invitation.office} pada masa itu; undangan ini tidak perlu."
        )
    try:
        actions.start_membership(membership, by=invitation.invited_by)
    except ValidationError as error:
        raise TransitionRefused(" ".join(error.messages)) from error
    audit.actions.record("invitation.accepted", invitation.office, by=user, **_told(invitation))
    return membership


def _held_open(invitation: Invitation) -> Invitation:
    """The invitation, held until the transaction ends; refused when its time is over."""
    invitation = Invitation.objects.lock(invitation.pk)
    _refuse_settled(invitation)
    if invitation.is_expired:
        raise TransitionRefused("Undangan ini sudah kedaluwarsa; mintalah yang baru.")
    if not invitation.is_vouched_for:
        raise TransitionRefused(INVITER_LEFT)
    return invitation


def _settle(invitation: Invitation, step: Transition, *, by: User) -> Invitation:
    invitation = Invitation.objects.lock(invitation.pk)
    step.apply(invitation)
    invitation.settled_by = by
    invitation.settled_at = timezone.now()
    invitation.save()
    return invitation


def _refuse_settled(invitation: Invitation) -> None:
    if invitation.status != InvitationStatus.WAITING:
        raise TransitionRefused(f"Undangan ini {invitation.standing()}")


def _told(invitation: Invitation) -> dict[str, Any]:
    """What the history of the office keeps of it: who as what, never the address."""
    return {"note": str(invitation), "invitation": invitation.pk}


def _mail(invitation: Invitation) -> None:
    queue.publish_on_commit(tasks.mail_invitation, invitation.pk)
