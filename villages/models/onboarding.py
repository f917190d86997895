"""An office's own table on its way into the portal: read, checked row by row, recorded at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Now
from django.urls import reverse

from accounts.access import Access
from accounts.models import Office, User
from desabinaan import formats
from desabinaan.workflow import Transition
from villages.models.designation import Designation
from villages.models.region import Region

if TYPE_CHECKING:
    from collections.abc import Iterable


class ImportStatus(models.TextChoices):
    """Where an import stands; until it is recorded, nothing of it is anywhere else."""

    READ = "read", "Kolom belum dipastikan"
    CHECKED = "checked", "Sedang diperiksa"
    RECORDED = "recorded", "Sudah dicatat"
    ABANDONED = "abandoned", "Dibatalkan"


class RowStatus(models.TextChoices):
    """What became of a row."""

    MATCHED = "matched", "Siap"
    DOUBTFUL = "doubtful", "Meragukan"
    REFUSED = "refused", "Tidak dapat dicatat"
    KNOWN = "known", "Sudah tercatat"
    DROPPED = "dropped", "Dilewati"
    RECORDED = "recorded", "Dicatat"


MAP = Transition(
    "Pastikan kolom", frozenset({ImportStatus.READ, ImportStatus.CHECKED}), ImportStatus.CHECKED
)
RECORD = Transition("Catat desa", frozenset({ImportStatus.CHECKED}), ImportStatus.RECORDED)
ABANDON = Transition(
    "Batalkan impor",
    frozenset({ImportStatus.READ, ImportStatus.CHECKED}),
    ImportStatus.ABANDONED,
)

CHOOSE = Transition(
    "Pilih desa", frozenset({RowStatus.DOUBTFUL, RowStatus.MATCHED}), RowStatus.MATCHED
)
DROP = Transition(
    "Lewati baris", frozenset({RowStatus.DOUBTFUL, RowStatus.MATCHED}), RowStatus.DROPPED
)
# Back to a person's eye, whatever it was before: the village may be taken by now.
TAKE_BACK = Transition("Pulihkan baris", frozenset({RowStatus.DROPPED}), RowStatus.DOUBTFUL)

OPEN = [ImportStatus.READ, ImportStatus.CHECKED]
LEFT_OVER = [RowStatus.REFUSED, RowStatus.DOUBTFUL, RowStatus.DROPPED]
HOLDS_REGION = [RowStatus.MATCHED, RowStatus.KNOWN, RowStatus.RECORDED]

_STANDING = {
    ImportStatus.READ: "berkas ini sudah dibaca",
    ImportStatus.CHECKED: "kolomnya sudah dipastikan",
    ImportStatus.RECORDED: "impor ini sudah dicatat",
    ImportStatus.ABANDONED: "impor ini sudah dibatalkan",
}


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, access: Access) -> Self:
        """The imports of the person's offices."""
        return self.filter(office__in=access.office_ids)

    def in_current_office(self, access: Access) -> Self:
        """Those of the office that the person works in now; of all below it, at a Kanwil."""
        return self.filter(office__in=access.working_office_ids)

    def with_page(self) -> Self:
        """With the office and the people; the table itself is read only where it is needed."""
        return self.select_related("office", "created_by", "status_by").defer("table")

    def with_counts(self) -> Self:
        """With how many rows stand where."""
        counts = {
            f"{status.value}_rows": Count("rows", filter=Q(rows__status=status))
            for status in RowStatus
        }
        return self.annotate(**counts).order_by("-pk")

    def lock(self, pk: int) -> Import:
        """The import with its table, held until the transaction ends."""
        related = self.select_related("office", "status_by")
        return related.select_for_update(of=("self",), no_key=True).get(pk=pk)


class Import(models.Model):
    """One uploaded table of an office. It is a record: one can leave it and come back.

    Its columns are decided, its rows matched; doubtful ones are settled by people, and then all
    that is ready is recorded in one transaction, or nothing is.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField("nama berkas", max_length=120)
    sha256 = models.CharField(max_length=64)
    # The rows of the file, each with its number, headers and titles among them.
    table = models.JSONField("isi berkas")
    header_at = models.PositiveIntegerField("baris judul kolom", default=0)
    columns = models.JSONField("arti kolom", default=dict)
    otherwise = models.JSONField("isi bila kosong", default=dict)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("diunggah", db_default=Now(), editable=False)
    status = models.CharField(
        "status", max_length=10, choices=ImportStatus, default=ImportStatus.READ
    )
    status_at = models.DateTimeField("sejak", db_default=Now())
    status_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "impor"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_status_known", condition=Q(status__in=ImportStatus.values)
            ),
            # What was given up leaves no phone numbers behind.
            models.CheckConstraint(
                name="import_abandoned_is_empty",
                condition=~Q(status=ImportStatus.ABANDONED) | Q(table=[]),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("villages:import", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether its rows may still be settled."""
        return self.status in OPEN

    @property
    def is_checked(self) -> bool:
        """Whether its rows were matched and wait to be recorded."""
        return self.status == ImportStatus.CHECKED

    @property
    def is_recorded(self) -> bool:
        """Whether its villages stand in the portal."""
        return self.status == ImportStatus.RECORDED

    def standing(self) -> str:
        """Who did what and when, as the import stands now."""
        moment = formats.moment(self.status_at, self.office)
        return f"{_STANDING[ImportStatus(self.status)]} oleh {self.status_by.name}, {moment}."


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def visible_to(self, access: Access) -> Self:
        """The rows of the imports of the person's offices."""
        return self.filter(batch__office__in=access.office_ids)

    def standing_at(self, status: str) -> Self:
        """Those with this status; all where it is none that exists."""
        return self.filter(status=status) if status in RowStatus.values else self

    def left_over(self) -> Self:
        """Those that were not taken over, and that somebody may mend in the table."""
        return self.filter(status__in=LEFT_OVER)

    def with_page(self) -> Self:
        """With the village, where it lies, and the import without its table."""
        return self.select_related(
            "batch__office", "batch__status_by", "region__parent__parent__parent"
        ).defer("batch__table")

    def lock(self, pk: int) -> ImportRow:
        """The row, held until the transaction ends."""
        return self.with_page().select_for_update(of=("self",), no_key=True).get(pk=pk)


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

    def standing(self) -> str:
        """How the row stands now."""
        return f"baris {self.line} {self.get_status_display().lower()}."
