"""The register: an office's numbers per kind of paper and year, without gap and without double."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now, Upper

from accounts.access import Access
from accounts.models import Office
from desabinaan import legibility
from desabinaan.locking import LockingQuerySet

if TYPE_CHECKING:
    from certificates.models.certificate import Certificate
    from certificates.models.letter import Letter


class NumberTemplateQuerySet(models.QuerySet["NumberTemplate"]):
    def visible_to(self, access: Access) -> Self:
        """The templates of the offices that this person may read."""
        return self.filter(office__in=access.office_ids)

    def of(self, office: Office, kind: str) -> NumberTemplate | None:
        """The one that the office chose for a kind of paper, if it did."""
        return self.filter(office=office, kind=kind).select_related("office", "chosen_by").first()


class NumberTemplate(models.Model):
    """How an office numbers one kind of its own papers; chosen by people, never assumed."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="number_templates")
    kind = models.CharField("jenis dokumen", max_length=20)
    pattern = models.CharField("pola nomor", max_length=80)
    unit_code = models.CharField("kode unit", max_length=30, blank=True)
    classification = models.CharField("klasifikasi", max_length=20, blank=True)
    serial_width = models.PositiveSmallIntegerField("jumlah angka nomor urut", default=1)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    chosen_at = models.DateTimeField(db_default=Now())

    objects = NumberTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "pola nomor"
        constraints = [
            models.UniqueConstraint(name="number_template_one_per_kind", fields=["office", "kind"]),
            models.CheckConstraint(
                name="number_template_has_serial", condition=Q(pattern__contains="{nomor}")
            ),
            models.CheckConstraint(
                name="number_template_serial_width_sane", condition=Q(serial_width__range=(1, 6))
            ),
        ]

    def __str__(self) -> str:
        return self.pattern


class NumberSequence(models.Model):
    """The last number that an office gave out for a kind of paper in a year."""

    pk = models.CompositePrimaryKey("office_id", "kind", "year")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last_value = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "nomor urut terakhir"

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last_value}"


class RegisterEntryQuerySet(LockingQuerySet["RegisterEntry"]):
    def visible_to(self, access: Access) -> Self:
        """The registers of the offices that this person may read."""
        return self.filter(office__in=access.office_ids)

    def of(self, office: Office, kind: str, year: int) -> Self:
        """One register: of an office, for a kind of paper, in a year."""
        return self.filter(office=office, kind=kind, year=year)

    def numbered(self, numbers: Iterable[str]) -> Self:
        """Those with one of these numbers, be it in small letters or capitals."""
        capitals = [Upper(Value(number)) for number in numbers]
        return self.alias(capital=Upper("number")).filter(capital__in=capitals)

    def matching(self, text: str) -> Self:
        """Those whose number, or what they stand on, contains the text."""
        text = text.replace("\0", "")  # PostgreSQL stores none, and refuses to compare with one
        if not text:
            return self
        return self.filter(
            Q(number__icontains=text)
            | Q(subject__icontains=text)
            | Q(certificate__title__icontains=text)
            | Q(letter__title__icontains=text)
        )

    def with_page(self) -> Self:
        """With the paper that carries the number, and who wrote or voided it."""
        return self.select_related(
            "office", "certificate", "letter", "written_by", "void__voided_by"
        )

    def latest_first(self) -> Self:
        """The portal's own numbers from the last one back, then those written by hand."""
        return self.order_by(F("serial").desc(nulls_last=True), "-dated", "-pk")

    def in_sequence(self) -> Self:
        """As a register is printed: from the first number on, then those written by hand."""
        return self.order_by(F("serial").asc(nulls_last=True), "dated", "pk")

    def with_held(self) -> Self:
        """With what hangs on it."""
        return self.with_page()


class RegisterEntry(models.Model):
    """One number of an office's register: given to a paper, or written by hand; for ever.

    The portal's own have a serial, without gap; those of papers that were numbered elsewhere have
    none, but say by whom they were written and what they stand on.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="register_entries")
    kind = models.CharField("jenis dokumen", max_length=20)
    year = models.PositiveSmallIntegerField("tahun")
    serial = models.PositiveIntegerField("nomor urut", null=True)
    number = models.CharField("nomor", max_length=120)
    dated = models.DateField("tanggal dokumen")
    subject = models.CharField("perihal", max_length=200, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    # A serial whose number somebody had written by hand: void from the first moment. Kinds of
    # paper that are numbered by one pattern each come upon the same number.
    skips = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="skipped_by", null=True
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "nomor register"
        constraints = [
            models.UniqueConstraint(
                name="register_serial_once", fields=["office", "kind", "year", "serial"]
            ),
            models.UniqueConstraint(
                "office",
                "year",
                Upper("number"),
                name="register_number_once",
                condition=Q(skips=None),
            ),
            models.CheckConstraint(
                name="register_skips_with_a_serial",
                condition=Q(skips=None) | Q(serial__isnull=False),
            ),
            models.CheckConstraint(
                name="register_number_legible", condition=legibility.is_line("number")
            ),
            models.CheckConstraint(
                name="register_year_of_the_paper", condition=Q(dated__year=F("year"))
            ),
            models.CheckConstraint(
                name="register_given_or_written",
                condition=Q(serial__gte=1, written_by=None, subject="")
                | Q(serial=None, written_by__isnull=False) & ~Q(subject="") & ~Q(number=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_written_by_hand(self) -> bool:
        """Whether the paper was numbered elsewhere, and only noted here."""
        return self.serial is None

    @property
    def paper(self) -> Certificate | Letter | None:
        """The portal's own paper that carries the number."""
        return getattr(self, "certificate", None) or getattr(self, "letter", None)

    @property
    def title(self) -> str:
        """What the number stands on."""
        return self.paper.title if self.paper else self.subject

    @property
    def voiding(self) -> Void | None:
        """Who voided the number, when and why, if anybody did."""
        return getattr(self, "void", None)

    @property
    def is_revoked(self) -> bool:
        """Whether it is the number of a certificate that was revoked."""
        return bool(getattr(self.paper, "is_revoked", False))

    @property
    def is_in_force(self) -> bool:
        """Whether a certificate that stands carries it, so that it cannot be voided."""
        return hasattr(self, "certificate") and not self.is_revoked


class Void(models.Model):
    """A number that does not count: it stays in the register, and is never given again.

    A trigger refuses it while a certificate in force carries the number: what is on a wall is
    revoked first. A letter whose number is void does not count either; its bytes stay.
    """

    entry = models.OneToOneField(
        RegisterEntry, on_delete=models.PROTECT, primary_key=True, related_name="void"
    )
    reason = models.TextField("alasan")
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    voided_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "nomor batal"
        constraints = [models.CheckConstraint(name="void_has_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.entry} (batal)"
