"""The second factor: for whom it is needed, since when, and what happens when it is lost."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

import audit.actions
from accounts import notices, sessions
from accounts.models import Membership, Office, User

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# What of each is sealed by the portal's key; a passkey has no secret here.
SEALED = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


class SealedByAnotherKey(Exception):
    """A secret cannot be read: SECRET_KEY is another, and its fallbacks do not name the old one."""


def needed_from(memberships: Iterable[Membership]) -> date | None:
    """The first day on which a person's roles of today open nothing without a second factor.

    Some time after their first power, whichever role that was and whether or not it ended: who
    acts as head for some days ever anew would else always be in their first days. At once where
    the way in was reset since: that is no new beginning.
    """
    powers = [it for it in memberships if it.has_power and not it.awaits]
    if not any(it.is_live() for it in powers):
        return None
    first = min(powers, key=_began)
    began, reset_at = _began(first), first.user.reset_at
    if reset_at and first.office.day_of(reset_at) >= began:
        return began
    return began + timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS)


def _began(membership: Membership) -> date:
    """Since when somebody could use a role: neither unconfirmed, nor before they had an account."""
    moments = [membership.user.created_at, membership.confirmed_at]
    days = [membership.office.day_of(moment) for moment in moments if moment]
    return max(membership.starts_on, *days)


def is_set_up(user: User) -> bool:
    """Whether the person has an authenticator app or a passkey."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def has_been_set_up() -> Exists:
    """Whether the person of a role has one, for the query that loads roles."""
    return Exists(Authenticator.objects.filter(user=OuterRef("user"), type__in=FACTORS))


def is_readable(authenticator: Authenticator) -> bool:
    """Whether the portal's key opens what it checks codes by."""
    name = SEALED.get(authenticator.type)
    try:
        return name is None or bool(decrypt(authenticator.data[name]))
    except SealedByAnotherKey:
        return False


def is_last(authenticator: Authenticator) -> bool:
    """Whether without this one nothing but recovery codes would be left."""
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
    is_one = authenticator.type in FACTORS
    return is_one and not others.exclude(pk=authenticator.pk).exists()


def listen() -> None:
    """Have allauth tell what people change about their own second factor, and the mail know it."""
    notices.register(*ALARMS)
    signals.authenticator_added.connect(_on_added, dispatch_uid="portal")
    signals.authenticator_removed.connect(_on_removed, dispatch_uid="portal")
    signals.authenticator_reset.connect(_on_renewed, dispatch_uid="portal")


def _on_added(user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type in FACTORS:
        with transaction.atomic():
            audit.actions.record("user.second_factor_added", user, by=user)
            tell(user, "user.second_factor_added")


def _on_removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type in FACTORS:
        with transaction.atomic():
            audit.actions.record("user.second_factor_removed", user, by=user)
            tell(user, "user.second_factor_removed")


@transaction.atomic
def _on_renewed(user: User, **_: Any) -> None:
    audit.actions.record("user.recovery_codes_renewed", user, by=user)
    tell(user, "user.recovery_codes_renewed")


@transaction.atomic
def reset(user: User, office: Office, *, by: User) -> None:
    """Take a lost second factor off, as the office remembers too."""
    take_off(user, by=by)
    audit.actions.record("office.second_factor_reset", office, by=by, note=user.name, user=user.pk)


@transaction.atomic
def take_off(user: User, *, by: User) -> None:
    """Codes and all; sessions end, and the person is told."""
    user = User.objects.lock(user.pk)
    user.reset_at = timezone.now()
    user.save(update_fields=["reset_at"])
    Authenticator.objects.filter(user=user).delete()
    sessions.end_all_of(user)
    audit.actions.record("user.second_factor_reset", user, by=by)
    tell(user, "user.second_factor_reset")


def tell(user: User, verb: str) -> None:
    """Have the person told by mail what happened, so that a stranger's doing is noticed."""
    notices.tell(verb, user)


def _alarm(verb: str, words: str) -> notices.Kind:
    """What is told of a person's own account: to nobody else, and nobody chooses not to hear."""

    def matters(ids: Collection[int]) -> dict[int, notices.Matter]:
        return {pk: notices.Matter(None, frozenset({pk}), "", words, "") for pk in ids}

    return notices.Kind(verb, "Keamanan akun", words, lambda _access: False, matters, is_alarm=True)


ALARMS = (
    _alarm("user.second_factor_added", "Faktor kedua dipasang pada akun Anda."),
    _alarm("user.second_factor_removed", "Satu faktor kedua dilepas dari akun Anda."),
    _alarm("user.recovery_codes_renewed", "Kode cadangan akun Anda diganti dengan yang baru."),
    _alarm(
        "user.second_factor_reset",
        "Administrator melepas faktor kedua akun Anda, dan semua perangkat dikeluarkan. "
        "Masuklah dengan sandi Anda, lalu pasang faktor kedua yang baru.",
    ),
    _alarm(
        "user.number_settled",
        "NIP yang tercatat untuk akun Anda diubah. Sejak sekarang Anda masuk dengan NIP yang baru; "
        "bila Anda belum mengetahuinya, tanyakan kepada administrator kantor Anda.",
    ),
    _alarm(
        "user.email_settled",
        "Administrator mencatat alamat ini sebagai surel akun Anda. Kabar dari portal dan tautan "
        "untuk memilih sandi baru kini dikirim ke sini.",
    ),
)
