"""What an office's table says: its rows, and the persons whom they name as PIMPASA."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Count, Q

from accounts.access import Access
from accounts.models import Employment, User
from desabinaan.locking import LockingQuerySet
from villages.models.designation import Designation
from villages.models.onboarding import (
    HOLDS_REGION,
    LEFT_OVER,
    SURE,
    UNSURE,
    Import,
    NamedStatus,
    RowStatus,
)
from villages.models.region import Region

if TYPE_CHECKING:
    from collections.abc import Iterable


# Of a row whose village stands or will stand: its officer can be assigned, or stays out.
ASSIGNABLE = Q(officer__status__in=SURE, officer_reason="", is_assigned=False)
UNGUIDED = Q(officer__status__in=UNSURE) | Q(officer__isnull=False) & ~Q(officer_reason="")
MENDABLE = Q(status__in=LEFT_OVER) | Q(status__in=HOLDS_REGION) & UNGUIDED
BRINGS = Q(status=RowStatus.MATCHED) | Q(status=RowStatus.KNOWN) & (
    Q(adds_contacts=True) | ASSIGNABLE
)


class ImportOfficerQuerySet(LockingQuerySet["ImportOfficer"]):
    def visible_to(self, access: Access) -> Self:
        """The persons in the tables of the person's offices."""
        return self.filter(batch__office__in=access.office_ids)

    def with_page(self) -> Self:
        """With who they are, on how many rows they stand, and the import without its table."""
        related = self.select_related("batch__office", "batch__status_by", "user")
        return (
            related.defer("batch__table").annotate(row_count=Count("rows")).order_by("name", "pk")
        )

    def with_held(self) -> Self:
        """With the import without its table."""
        return self.select_related("batch__office", "batch__status_by").defer("batch__table")


class ImportOfficer(models.Model):
    """A PIMPASA as the table names them, on however many rows: who that is, settled once."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="officers")
    name = models.CharField("nama", max_length=120, blank=True)
    nip = models.CharField("NIP", max_length=18, blank=True)
    employment = models.CharField(max_length=4, choices=Employment, blank=True)
    rank = models.CharField("pangkat", max_length=5, blank=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    suggestions = models.JSONField("mungkin", default=list)
    reason = models.TextField("sebab", blank=True)
    status = models.CharField("status", max_length=10, choices=NamedStatus)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    row_count: int  # annotated by with_page()

    objects = ImportOfficerQuerySet.as_manager()

    class Meta:
        verbose_name = "PIMPASA dalam tabel"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="import_officer_status_known", condition=Q(status__in=NamedStatus.values)
            ),
            models.CheckConstraint(
                name="import_officer_is_somebody",
                condition=~Q(status=NamedStatus.MATCHED) | Q(user__isnull=False),
            ),
            models.CheckConstraint(
                name="import_officer_new_has_a_number",
                condition=~Q(status=NamedStatus.NEW) | Q(user__isnull=False) | ~Q(nip=""),
            ),
            models.CheckConstraint(
                name="import_officer_says_why",
                condition=~Q(status__in=[NamedStatus.DOUBTFUL, NamedStatus.REFUSED])
                | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.user.name if self.user else self.name or self.nip

    @property
    def is_open(self) -> bool:
        """Whether somebody may still say who is meant."""
        return self.status in {NamedStatus.DOUBTFUL, NamedStatus.DROPPED}

    @property
    def is_sure(self) -> bool:
        """Whether they will be assigned."""
        return self.status in SURE

    @property
    def may_be_new(self) -> bool:
        """Whether the table says enough of them to appoint somebody whom nobody knows."""
        return bool(self.nip and self.employment)

    def standing(self) -> str:
        """How the name stands now."""
        return f"{self}: {self.get_status_display()}."


class ImportRowQuerySet(LockingQuerySet["ImportRow"]):
    def visible_to(self, access: Access) -> Self:
        """The rows of the imports of the person's offices."""
        return self.filter(batch__office__in=access.office_ids)

    def standing_at(self, status: str) -> Self:
        """Those with this status; all where it is none that exists."""
        return self.filter(status=status) if status in RowStatus.values else self

    def left_over(self) -> Self:
        """Those that were not taken over, and that somebody may mend in the table."""
        return self.filter(MENDABLE)

    def to_record(self) -> Self:
        """Those that bring something: a village, or what a known one lacks."""
        return self.filter(BRINGS)

    def tally(self) -> dict[str, int]:
        """How many bring something or can be mended, and how many persons they name; one query."""
        doubtful = Q(officer__status=NamedStatus.DOUBTFUL)
        return self.aggregate(
            to_record=Count("pk", filter=BRINGS),
            left_over=Count("pk", filter=MENDABLE),
            assignments=Count("pk", filter=BRINGS & ASSIGNABLE),
            assigned=Count("pk", filter=Q(is_assigned=True)),
            officers=Count("officer", distinct=True),
            unclear=Count("officer", filter=doubtful, distinct=True),
        )

    def with_page(self) -> Self:
        """With the village, where it lies, and the import without its table."""
        return self.select_related(
            "batch__office",
            "batch__status_by",
            "region__parent__parent__parent",
            "officer__user",
            "designation__decree",
        ).defer("batch__table")

    def with_held(self) -> Self:
        """With the village, where it lies, and the import without its table."""
        return self.with_page()


class ImportRow(models.Model):
    """One row of the table: what it says, which village it means, what became of it."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField("baris")
    facts = models.JSONField("isi", encoder=DjangoJSONEncoder)
    region = models.ForeignKey(
        Region, verbose_name="desa", on_delete=models.PROTECT, related_name="+", null=True
    )
    suggestions = models.JSONField("mungkin", default=list)
    reason = models.TextField("sebab", blank=True)
    status = models.CharField("status", max_length=10, choices=RowStatus)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    designation = models.OneToOneField(
        Designation, on_delete=models.PROTECT, related_name="import_row", null=True
    )
    officer = models.ForeignKey(
        ImportOfficer, on_delete=models.CASCADE, related_name="rows", null=True
    )
    # What is wrong with the cells, whoever is meant; the reason may also be one person's.
    officer_problem = models.TextField("isian PIMPASA yang keliru", blank=True)
    officer_reason = models.TextField("sebab tanpa PIMPASA", blank=True)
    is_assigned = models.BooleanField("PIMPASA ditugaskan", default=False)
    # A village that is known already, of which the table knows somebody whom the portal does not.
    adds_contacts = models.BooleanField("membawa kontak", default=False)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = "baris impor"
        ordering = ["line"]
        constraints = [
            models.CheckConstraint(
                name="import_row_status_known", condition=Q(status__in=RowStatus.values)
            ),
            models.UniqueConstraint(name="import_row_once", fields=["batch", "line"]),
            models.UniqueConstraint(
                name="import_row_one_per_village",
                fields=["batch", "region"],
                condition=Q(status__in=HOLDS_REGION),
            ),
            models.CheckConstraint(
                name="import_row_matched_to_a_village",
                condition=~Q(status__in=HOLDS_REGION) | Q(region__isnull=False),
            ),
            models.CheckConstraint(
                name="import_row_says_why",
                condition=~Q(status__in=[RowStatus.DOUBTFUL, RowStatus.REFUSED]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="import_row_recorded_as_a_designation",
                condition=Q(status=RowStatus.RECORDED, designation__isnull=False)
                | ~Q(status=RowStatus.RECORDED) & Q(designation=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Baris {self.line}: {self.named}"

    @property
    def named(self) -> str:
        """The village as the table writes it, with its kecamatan."""
        place: Iterable[Any] = (self.facts["name"] or self.facts["code"], self.facts["district"])
        return ", ".join(filter(None, place))

    @property
    def decree_dated(self) -> date | None:
        """The day of the decree, where it was legible."""
        day: str | None = self.facts["decree_dated"]
        return date.fromisoformat(day) if day else None

    @property
    def is_settled(self) -> bool:
        """Whether somebody said which village it means, so that its doubt is history."""
        return self.status in {RowStatus.MATCHED, RowStatus.RECORDED}

    @property
    def is_doubtful(self) -> bool:
        """Whether it waits for somebody to say which village is meant."""
        return self.status == RowStatus.DOUBTFUL

    @property
    def is_matched(self) -> bool:
        """Whether it will be recorded."""
        return self.status == RowStatus.MATCHED

    @property
    def is_dropped(self) -> bool:
        """Whether somebody left it out."""
        return self.status == RowStatus.DROPPED

    @property
    def loss(self) -> str:
        """What of the row will not be taken over, and why."""
        if self.status in LEFT_OVER:
            return f"tidak dicatat. {self.reason or self.get_status_display() + '.'}"
        return f"tanpa PIMPASA {self.officer}: {self.officer_standing}"

    @property
    def officer_standing(self) -> str:
        """What becomes of the officer of the row, in words."""
        if self.officer is None:
            return ""
        if self.is_assigned:
            return "ditugaskan di desa ini"
        if self.officer_reason:
            return self.officer_reason
        if self.officer.is_sure and self.status in HOLDS_REGION:
            return "akan ditugaskan di desa ini"
        return self.officer.reason or self.officer.get_status_display().lower()

    def standing(self) -> str:
        """How the row stands now."""
        return f"baris {self.line} {self.get_status_display().lower()}."
