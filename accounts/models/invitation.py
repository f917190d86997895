"""Invitations: a person is asked by e-mail to take a role in an office."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import urlsafe_base64_encode

from accounts.models.membership import Membership
from accounts.models.office import Office, OfficeKind, today_there
from accounts.models.role import ActingKind, Role
from accounts.models.user import Rank, User
from desabinaan import formats
from desabinaan.locking import LockingQuerySet

if TYPE_CHECKING:
    from accounts.access import Access

LIFETIME = timedelta(days=7)
_SALT = "accounts.invitation"


class InvitationStatus(models.TextChoices):
    """Where an invitation stands; one that nobody answered in time is waiting and expired."""

    WAITING = "waiting", "Menunggu"
    ACCEPTED = "accepted", "Diterima"
    WITHDRAWN = "withdrawn", "Ditarik"


class InvitationQuerySet(LockingQuerySet["Invitation"]):
    def visible_to(self, access: Access) -> Self:
        """The invitations of the offices that this person may read."""
        return self.filter(office__in=access.office_ids)

    def waiting(self) -> Self:
        """Those that nobody has answered or withdrawn, expired ones among them; newest first."""
        return self.filter(status=InvitationStatus.WAITING).order_by("-asked_at", "-pk")

    def with_token(self, token: str) -> Self:
        """The one whose link this is: only the hash of what the link carries is stored."""
        return self.filter(token_hash=hash_of(token)).select_related("office", "invited_by")

    def owed(self) -> Self:
        """Those whose mail has not left yet, and still makes sense."""
        return self.waiting().filter(mailed_at=None, expires_at__gt=timezone.now())

    def with_held(self) -> Self:
        """With its office, who invited, and who answered or withdrew it."""
        return self.select_related("office", "invited_by", "settled_by")


def hash_of(token: str) -> str:
    """What the database keeps of a token."""
    return salted_hmac(f"{_SALT}.hash", token, algorithm="sha256").hexdigest()


class Invitation(models.Model):
    """A role that waits for a person: given when they open the link and press its button.

    The link's token is derived from `seed` by the portal's own key, so that a worker can mail it,
    and again after it died; whoever reads the database alone cannot.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="invitations")
    name = models.CharField("nama lengkap", max_length=120)
    email = models.EmailField("surel")
    username = models.CharField("NIP", max_length=18, blank=True)
    rank = models.CharField("pangkat", max_length=5, choices=Rank, blank=True)
    role = models.CharField("peran", max_length=10, choices=Role)
    acting_kind = models.CharField("status jabatan", max_length=3, choices=ActingKind, blank=True)
    title = models.CharField("jabatan", max_length=120, blank=True)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("sampai", null=True, blank=True)
    status = models.CharField(
        "keadaan", max_length=10, choices=InvitationStatus, default=InvitationStatus.WAITING
    )
    seed = models.CharField(max_length=43, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField("diminta", editable=False)
    expires_at = models.DateTimeField("berlaku sampai", editable=False)
    mailed_at = models.DateTimeField("terkirim", null=True, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    settled_at = models.DateTimeField("selesai", null=True, editable=False)
    created_at = models.DateTimeField("dibuat", db_default=Now(), editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "undangan"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="invitation_status_known", condition=Q(status__in=InvitationStatus.values)
            ),
            models.CheckConstraint(name="invitation_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="invitation_nip_shaped",
                condition=Q(username="") | Q(username__regex=r"^\d{18}$"),
            ),
            models.CheckConstraint(name="invitation_has_address", condition=~Q(email="")),
            models.CheckConstraint(
                name="invitation_dates_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
            ),
            models.CheckConstraint(
                name="invitation_acting_is_a_dated_head",
                condition=Q(acting_kind="")
                | Q(acting_kind__in=ActingKind.values, role=Role.HEAD, ends_on__isnull=False),
                violation_error_message=(
                    "Plt./Plh. hanya untuk kepala kantor, dengan tanggal akhir."
                ),
            ),
            models.CheckConstraint(
                name="invitation_ends", condition=Q(expires_at__gt=F("asked_at"))
            ),
            models.CheckConstraint(
                name="invitation_settled_by_someone",
                condition=Q(
                    status=InvitationStatus.WAITING, settled_by=None, settled_at__isnull=True
                )
                | ~Q(status=InvitationStatus.WAITING)
                & Q(settled_by__isnull=False, settled_at__isnull=False),
            ),
            models.UniqueConstraint(
                "office",
                Lower("email"),
                name="invitation_one_waiting",
                condition=Q(status=InvitationStatus.WAITING),
                violation_error_message=(
                    "Alamat ini sudah diundang oleh kantor ini; kirim ulang atau tarik dahulu."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.role_words}"

    @property
    def role_words(self) -> str:
        """The role as people say it, as the membership will."""
        facts = {name: getattr(self, name) for name in ("role", "acting_kind", "title")}
        return Membership(**facts).role_words

    def standing(self) -> str:
        """Who answered or withdrew it, and when; or since when it waits."""
        if self.settled_by is None or self.settled_at is None:
            return f"menunggu jawaban sejak {formats.moment(self.asked_at, self.office.timezone)}."
        when = formats.moment(self.settled_at, self.office.timezone)
        return f"{self.get_status_display().lower()} oleh {self.settled_by}, {when}."

    @property
    def is_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        """Whether the link still leads somewhere."""
        return self.status == InvitationStatus.WAITING and not self.is_expired

    @property
    def is_vouched_for(self) -> bool:
        """Whether whoever invited still may: as administrator of the office, or of the nation."""
        there = Q(office=self.office_id) | Q(office__kind=OfficeKind.DIRECTORATE)
        roles = Membership.objects.filter(there, user=self.invited_by, role=Role.ADMIN)
        return self.invited_by.is_active and roles.on(today_there("office__")).exists()

    @property
    def token(self) -> str:
        """What the link carries; only the portal itself can tell it."""
        digest = salted_hmac(_SALT, self.seed, algorithm="sha256").digest()
        return urlsafe_base64_encode(digest)

    def renew(self) -> None:
        """A new link for another seven days; the one before leads nowhere. Unsaved."""
        self.seed = secrets.token_urlsafe(32)
        self.token_hash = hash_of(self.token)
        self.asked_at = timezone.now()
        self.expires_at = self.asked_at + LIFETIME
        self.mailed_at = None

    def membership_of(self, user: User) -> Membership:
        """The role that it gives, unsaved; it never counts for days before it was accepted."""
        facts = {name: getattr(self, name) for name in ("role", "acting_kind", "title", "ends_on")}
        starts_on = max(self.starts_on, self.office.today())
        return Membership(user=user, office=self.office, starts_on=starts_on, **facts)
