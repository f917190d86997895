"""Activation cards: printed once, used once, by a person without an e-mail address."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models.user import User
from desabinaan.locking import LockingQuerySet
from desabinaan.workflow import Transition

LIFETIME = timedelta(days=30)
MOST_TRIES = 10
_SALT = "accounts.card"


class CardStatus(models.TextChoices):
    """Where a card stands; one that nobody used in time is waiting and expired."""

    WAITING = "waiting", "Menunggu dipakai"
    USED = "used", "Dipakai"
    VOIDED = "voided", "Tidak berlaku lagi"


USE = Transition("Pakai kartu", frozenset({CardStatus.WAITING}), CardStatus.USED)
VOID = Transition("Batalkan kartu", frozenset({CardStatus.WAITING}), CardStatus.VOIDED)


class CardQuerySet(LockingQuerySet["ActivationCard"]):
    def waiting(self) -> Self:
        """Those that nobody has used or voided, expired ones among them."""
        return self.filter(status=CardStatus.WAITING)

    def void(self) -> None:
        """Let the waiting ones open nothing any more."""
        VOID.apply_all(self, settled_at=timezone.now())

    def with_key(self, key: str) -> Self:
        """The one whose QR code this is."""
        return self.filter(key=key).select_related("user")

    def of_name(self, name: str) -> Self:
        """The waiting one of whoever signs in with this name: there is one at most."""
        return self.waiting().filter(user__username=name).select_related("user")

    def with_held(self) -> Self:
        """With its person."""
        return self.select_related("user")


class ActivationCard(models.Model):
    """A way to a first password: the QR code names the card, the code beside it opens it.

    Wrong codes are counted on the card itself, and not per address of the network: a whole village
    may sit behind one router, and whoever has no card cannot even try.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="cards")
    key = models.CharField(max_length=22, unique=True, editable=False)
    code_hash = models.CharField(max_length=64, editable=False)
    status = models.CharField(
        "keadaan", max_length=10, choices=CardStatus, default=CardStatus.WAITING
    )
    wrong_tries = models.PositiveSmallIntegerField("kode salah", default=0)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("dicetak", db_default=Now(), editable=False)
    expires_at = models.DateTimeField("berlaku sampai", editable=False)
    settled_at = models.DateTimeField("selesai", null=True, editable=False)

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = "kartu aktivasi"
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="card_status_known", condition=Q(status__in=CardStatus.values)
            ),
            models.CheckConstraint(
                name="card_settled_at_some_time",
                condition=Q(status=CardStatus.WAITING, settled_at=None)
                | ~Q(status=CardStatus.WAITING) & Q(settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="card_tries_are_few", condition=Q(wrong_tries__lte=MOST_TRIES)
            ),
            models.CheckConstraint(name="card_ends", condition=Q(expires_at__gt=F("issued_at"))),
            models.UniqueConstraint(
                name="card_one_waiting", fields=["user"], condition=Q(status=CardStatus.WAITING)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_status_display()}"

    def standing(self) -> str:
        """How the card stands, in a sentence."""
        return f"keadaan kartu ini: {self.get_status_display().lower()}."

    @property
    def is_open(self) -> bool:
        """Whether the right code still opens it."""
        in_time = self.expires_at > timezone.now()
        return self.status == CardStatus.WAITING and in_time and bool(self.tries_left)

    @property
    def tries_left(self) -> int:
        """How many wrong codes it still bears."""
        return MOST_TRIES - self.wrong_tries

    def seal(self, code: str) -> None:
        """Name the card anew and take the code that will open it; only its hash stays. Unsaved."""
        self.key = secrets.token_urlsafe(16)
        self.code_hash = self._hash(code)
        self.expires_at = timezone.now() + LIFETIME

    def opens_with(self, code: str) -> bool:
        """Whether this is the code that was printed."""
        return constant_time_compare(self.code_hash, self._hash(code))

    def _hash(self, code: str) -> str:
        return salted_hmac(_SALT, f"{self.key}:{code}", algorithm="sha256").hexdigest()
