"""What a designation sheet holds: findings, coordination, consent; later ceremony, revocation."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Membership, User
from villages import rounds
from villages.models.criterion import Criterion
from villages.models.designation import Designation
from villages.models.document import Document
from villages.models.status import Outcome


class Finding(models.Model):
    """A criterion that the village meets, with the reason why; its evidence hangs on it."""

    designation = models.ForeignKey(Designation, on_delete=models.CASCADE, related_name="findings")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    justification = models.TextField("uraian", max_length=2000)

    class Meta:
        verbose_name = "kriteria terpenuhi"
        ordering = ["criterion__position"]
        constraints = [
            models.UniqueConstraint(name="finding_once", fields=["designation", "criterion"]),
            models.CheckConstraint(name="finding_justified", condition=~Q(justification="")),
        ]

    def __str__(self) -> str:
        return str(self.criterion)

    @property
    def evidence(self) -> list[Document]:
        """Its files, among those of the sheet that are already loaded."""
        return [file for file in self.designation.documents.all() if file.finding_id == self.pk]


class Coordination(models.Model):
    """The coordination that came before: when, where, with whom."""

    designation = models.OneToOneField(
        Designation, on_delete=models.CASCADE, related_name="coordination"
    )
    held_on = models.DateField("tanggal koordinasi")
    place = models.CharField("tempat", max_length=160)
    attended_by = models.CharField("pihak yang hadir", max_length=400, blank=True)
    outcome = models.TextField("hasil", max_length=2000, blank=True)

    class Meta:
        verbose_name = "koordinasi"

    def __str__(self) -> str:
        return f"{self.held_on} {self.place}"


class Consent(models.Model):
    """The village's own wish, by letter: a village is designated only if its officials want it."""

    designation = models.OneToOneField(
        Designation, on_delete=models.CASCADE, related_name="consent"
    )
    letter_number = models.CharField("nomor surat", max_length=100)
    letter_dated = models.DateField("tanggal surat")
    signatory_name = models.CharField("nama penanda tangan", max_length=120)
    signatory_title = models.CharField("jabatan penanda tangan", max_length=80)
    scan = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "kesediaan desa"

    def __str__(self) -> str:
        return self.letter_number


class Ceremony(models.Model):
    """The pengukuhan: who opened it, who handed the certificate to whom. Presenter ≠ signer."""

    designation = models.OneToOneField(
        Designation, on_delete=models.CASCADE, related_name="ceremony"
    )
    held_on = models.DateField("tanggal pengukuhan")
    place = models.CharField("tempat", max_length=160)
    opened_by = models.CharField("dibuka oleh", max_length=160)
    presented_by = models.CharField("sertifikat diserahkan oleh", max_length=160)
    received_by = models.CharField("sertifikat diterima oleh", max_length=160)

    class Meta:
        verbose_name = "pengukuhan"

    def __str__(self) -> str:
        return f"{self.held_on} {self.place}"


class Revocation(models.Model):
    """The wish to revoke, by one person, and what a head who is another made of it."""

    designation = models.ForeignKey(
        Designation, on_delete=models.CASCADE, related_name="revocations"
    )
    reason = models.TextField("alasan", max_length=2000)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(db_default=Now())
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.PENDING)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_as = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)
    decree_number = models.CharField("nomor SK pencabutan", max_length=100, blank=True)
    decree_dated = models.DateField("tanggal SK pencabutan", null=True)
    note = models.TextField("catatan", blank=True)

    class Meta:
        verbose_name = "pencabutan"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="revocation_reasoned", condition=~Q(reason="")),
            models.CheckConstraint(
                name="revocation_outcome_known", condition=Q(outcome__in=Outcome.values)
            ),
            models.CheckConstraint(
                name="revocation_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("requested_by")),
            ),
            models.CheckConstraint(
                name="revocation_decided_when_settled",
                condition=Q(outcome=Outcome.PENDING, decided_by=None, decided_at=None)
                | ~Q(outcome=Outcome.PENDING)
                & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="revocation_capacity_once_settled",
                condition=Q(decided_as=None) | ~Q(outcome=Outcome.PENDING),
            ),
            models.CheckConstraint(
                name="revocation_confirmed_with_decree",
                condition=Q(outcome=Outcome.CONFIRMED, decree_dated__isnull=False)
                & ~Q(decree_number="")
                | ~Q(outcome=Outcome.CONFIRMED) & Q(decree_number="", decree_dated=None),
            ),
            models.UniqueConstraint(
                name="revocation_one_pending",
                fields=["designation"],
                condition=Q(outcome=Outcome.PENDING),
            ),
        ]

    def __str__(self) -> str:
        return f"Pencabutan {self.designation}"

    @property
    def stamp(self) -> str:
        """Which request a page shows, for the answer to say."""
        return rounds.stamp(self.requested_at)

    def standing(self) -> str:
        """How the request stands, in a sentence."""
        return f"keadaan usul pencabutan ini: {self.get_outcome_display().lower()}."


class Preparer(models.Model):
    """Somebody who edited the sheet, and therefore may not decide on it."""

    designation = models.ForeignKey(Designation, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "penyusun"
        constraints = [
            models.UniqueConstraint(name="preparer_once", fields=["designation", "user"])
        ]

    def __str__(self) -> str:
        return str(self.user)
