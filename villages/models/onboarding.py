"""An office's own table on its way into the portal: read, checked row by row, recorded at once."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, F, Func, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now
from django.urls import reverse

from accounts.access import Access
from accounts.models import Office, User
from audit.models import Entry
from desabinaan import formats
from desabinaan.locking import LockingQuerySet
from desabinaan.workflow import Transition
from villages import rounds
from villages.models.decree import Decree
from villages.models.status import Status


class ImportStatus(models.TextChoices):
    """Where an import stands; until it is recorded, nothing of it is anywhere else.

    Recorded it counts inside the portal; everybody hears of its villages once it is confirmed.
    """

    READ = "read", "Kolom belum dipastikan"
    CHECKED = "checked", "Sedang diperiksa"
    RECORDED = "recorded", "Sudah dicatat"
    RETURNED = "returned", "Dikembalikan"
    CONFIRMED = "confirmed", "Sudah dibenarkan"
    ABANDONED = "abandoned", "Dibatalkan"


class RowStatus(models.TextChoices):
    """What became of a row."""

    MATCHED = "matched", "Siap"
    DOUBTFUL = "doubtful", "Meragukan"
    REFUSED = "refused", "Tidak dapat dicatat"
    KNOWN = "known", "Sudah tercatat"
    DROPPED = "dropped", "Dilewati"
    RECORDED = "recorded", "Dicatat"


class NamedStatus(models.TextChoices):
    """Who a name in the table turned out to be."""

    MATCHED = "matched", "PIMPASA kantor ini"
    NEW = "new", "Akan diangkat"
    DOUBTFUL = "doubtful", "Meragukan"
    REFUSED = "refused", "Tidak dapat dicatat"
    DROPPED = "dropped", "Dilewati"
    RECORDED = "recorded", "Diangkat"


MAP = Transition(
    "Pastikan kolom", frozenset({ImportStatus.READ, ImportStatus.CHECKED}), ImportStatus.CHECKED
)
RECORD = Transition("Catat desa", frozenset({ImportStatus.CHECKED}), ImportStatus.RECORDED)
ABANDON = Transition(
    "Batalkan impor",
    frozenset({ImportStatus.READ, ImportStatus.CHECKED}),
    ImportStatus.ABANDONED,
)

# Another person than who brought it in: a head vouches for the table, or sends it back with a note.
CONFIRM = Transition(
    "Benarkan tabel",
    frozenset({ImportStatus.RECORDED, ImportStatus.RETURNED}),
    ImportStatus.CONFIRMED,
)
SEND_BACK = Transition(
    "Kembalikan tabel", frozenset({ImportStatus.RECORDED}), ImportStatus.RETURNED
)
ASK_AGAIN = Transition("Ajukan lagi", frozenset({ImportStatus.RETURNED}), ImportStatus.RECORDED)

CHOOSE = Transition(
    "Pilih desa", frozenset({RowStatus.DOUBTFUL, RowStatus.MATCHED}), RowStatus.MATCHED
)
DROP = Transition(
    "Lewati baris", frozenset({RowStatus.DOUBTFUL, RowStatus.MATCHED}), RowStatus.DROPPED
)
# Back to a person's eye, whatever it was before: the village may be taken by now.
TAKE_BACK = Transition("Pulihkan baris", frozenset({RowStatus.DROPPED}), RowStatus.DOUBTFUL)
# What the rest of the table, or the portal, says against a row that seemed well by itself.
REFUSE = Transition(
    "Tolak baris", frozenset({RowStatus.DOUBTFUL, RowStatus.MATCHED}), RowStatus.REFUSED
)
RECOGNIZE = Transition("Kenali baris", frozenset({RowStatus.MATCHED}), RowStatus.KNOWN)
TAKE_OVER = Transition("Catat baris", frozenset({RowStatus.MATCHED}), RowStatus.RECORDED)

IDENTIFY = Transition(
    "Pastikan orangnya",
    frozenset({NamedStatus.DOUBTFUL, NamedStatus.DROPPED}),
    NamedStatus.MATCHED,
)
APPOINT = Transition(
    "Angkat", frozenset({NamedStatus.DOUBTFUL, NamedStatus.DROPPED}), NamedStatus.NEW
)
PASS_OVER = Transition(
    "Lewati",
    frozenset({NamedStatus.DOUBTFUL, NamedStatus.MATCHED, NamedStatus.NEW}),
    NamedStatus.DROPPED,
)
TAKE_ON = Transition("Angkat PIMPASA", frozenset({NamedStatus.NEW}), NamedStatus.RECORDED)

OPEN = [ImportStatus.READ, ImportStatus.CHECKED]
IN_PORTAL = [ImportStatus.RECORDED, ImportStatus.RETURNED, ImportStatus.CONFIRMED]
UNCONFIRMED = [ImportStatus.RECORDED, ImportStatus.RETURNED]
CHECKED_BY_ANOTHER = [ImportStatus.RETURNED, ImportStatus.CONFIRMED]
LEFT_OVER = [RowStatus.REFUSED, RowStatus.DOUBTFUL, RowStatus.DROPPED]
# Designations whose village has not moved: only of these does their office give its word.
STILL_GUIDED = Q(village__office=F("office"))
HOLDS_REGION = [RowStatus.MATCHED, RowStatus.KNOWN, RowStatus.RECORDED]
SURE = [NamedStatus.MATCHED, NamedStatus.NEW]
UNSURE = [NamedStatus.DOUBTFUL, NamedStatus.REFUSED, NamedStatus.DROPPED]

_STANDING = {
    ImportStatus.READ: "berkas ini sudah dibaca",
    ImportStatus.CHECKED: "kolomnya sudah dipastikan",
    ImportStatus.RECORDED: "impor ini sudah dicatat",
    ImportStatus.RETURNED: "tabel ini sudah dikembalikan",
    ImportStatus.CONFIRMED: "tabel ini sudah dibenarkan",
    ImportStatus.ABANDONED: "impor ini sudah dibatalkan",
}


class ImportQuerySet(LockingQuerySet["Import"]):
    def visible_to(self, access: Access) -> Self:
        """The imports of the person's offices."""
        return self.filter(office__in=access.office_ids)

    def in_current_office(self, access: Access) -> Self:
        """Those of the office that the person works in now; of all below it, at a Kanwil."""
        return self.filter(office__in=access.working_office_ids)

    def with_page(self) -> Self:
        """With the office and the people; the table itself is read only where it is needed."""
        related = self.select_related("office", "created_by", "status_by", "recorded_by")
        return related.defer("table")

    def with_counts(self) -> Self:
        """With how many rows stand where."""
        counts = {
            f"{status.value}_rows": Count("rows", filter=Q(rows__status=status))
            for status in RowStatus
        }
        return self.annotate(**counts).order_by("-pk")

    def with_last_entry(self) -> Self:
        """With what happened to it last, as a page about it carries it."""
        told = Entry.objects.about_each(self.model, "pk").order_by("-pk").values("pk")
        return self.annotate(last_entry=Subquery(told[:1]))

    def with_confirmation(self) -> Self:
        """With how many of its villages still wait to be confirmed, and who brought them in."""
        from villages.models.designation import Designation  # noqa: PLC0415 - rows import this

        mine = Designation.objects.filter(import_row__batch=OuterRef("pk")).unconfirmed()
        mine = mine.filter(STILL_GUIDED)
        grouped = mine.order_by().values("import_row__batch").annotate(number=Count("pk"))
        makers = ImportMaker.objects.filter(batch=OuterRef("pk"))
        return self.annotate(
            unconfirmed=Coalesce(Subquery(grouped.values("number")), 0),
            maker_ids=ArraySubquery(makers.order_by().values_list("user", flat=True)),
        )

    def to_confirm(self) -> Self:
        """Those with villages that nobody has confirmed, the longest-waiting first."""
        waiting = self.filter(status__in=UNCONFIRMED).with_confirmation().filter(unconfirmed__gt=0)
        return waiting.order_by("status_at", "pk")

    def under(self, decree: Decree) -> Self:
        """Those whose villages were recorded under the decree."""
        return self.filter(pk__in=decree.designations.values("import_row__batch"))

    def returned_under(self, decree: Decree) -> Self:
        """Those a head sent back that have unconfirmed villages under the decree."""
        loose = {"decree": decree, "confirmed_by": None, "status": Status.APPROVED}
        mine = {f"rows__designation__{name}": value for name, value in loose.items()}
        return self.filter(**mine, status=ImportStatus.RETURNED).distinct()

    def with_held(self) -> Self:
        """With the office and whose steps were the last; without the table."""
        return self.select_related("office", "status_by", "recorded_by", "mended_by").defer("table")


class Import(models.Model):
    """One uploaded table of an office. It is a record: one can leave it and come back.

    Its columns are decided, its rows matched; doubtful ones are settled by people, and then all
    that is ready is recorded in one transaction, or nothing is. A head who did not bring it in
    confirms it before anybody outside hears of its villages.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField("nama berkas", max_length=120)
    sha256 = models.CharField(max_length=64)
    # The rows of the file, each with its number, headers and titles among them.
    table = models.JSONField("isi berkas")
    # How many those are, known without unpacking a file of some megabytes.
    lines = models.GeneratedField(
        expression=Func(
            "table", function="jsonb_array_length", output_field=models.PositiveIntegerField()
        ),
        output_field=models.PositiveIntegerField(),
        db_persist=True,
    )
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
    status_note = models.TextField("catatan", blank=True)
    # As it was recorded: what is confirmed afterwards has another `status_by`.
    recorded_by = models.ForeignKey(
        User,
        verbose_name="dicatat oleh",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
    )
    recorded_at = models.DateTimeField("dicatat", null=True)
    # When its SK was corrected or a village struck out last: not confirmed by who has not seen it.
    mended_at = models.DateTimeField("diperbaiki", null=True)
    mended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)

    unconfirmed: int  # annotated by with_confirmation()
    last_entry: int  # annotated by with_last_entry()
    maker_ids: list[int]

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
            models.CheckConstraint(
                name="import_recorded_by_somebody",
                condition=Q(
                    status__in=IN_PORTAL, recorded_by__isnull=False, recorded_at__isnull=False
                )
                | ~Q(status__in=IN_PORTAL) & Q(recorded_by=None, recorded_at=None),
            ),
            models.CheckConstraint(
                name="import_maker_is_not_checker",
                condition=~Q(status__in=CHECKED_BY_ANOTHER)
                | ~Q(status_by=F("recorded_by")) & ~Q(status_by=F("created_by")),
            ),
            models.CheckConstraint(
                name="import_mended_by_somebody",
                condition=Q(mended_at=None, mended_by=None)
                | Q(mended_at__isnull=False, mended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="import_says_why",
                condition=~Q(status=ImportStatus.RETURNED) | ~Q(status_note=""),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("villages:import", args=[self.pk])

    @property
    def confirmation_url(self) -> str:
        """Where it is confirmed, and read by those who wait for that."""
        return reverse("villages:import_confirm", args=[self.pk])

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
        return self.status in IN_PORTAL

    @property
    def makers(self) -> set[int]:
        """Who brought it in, settled a column, row or name or recorded it; with_confirmation()."""
        recorder = {self.recorded_by_id} if self.recorded_by_id else set()
        return {self.created_by_id, *recorder, *self.maker_ids}

    @property
    def is_confirmed(self) -> bool:
        """Whether a head vouched for it, so that everybody may know of its villages."""
        return self.status == ImportStatus.CONFIRMED

    @property
    def is_returned(self) -> bool:
        """Whether a head sent it back with a note."""
        return self.status == ImportStatus.RETURNED

    @property
    def awaits_confirmation(self) -> bool:
        """Whether it has villages that nobody has confirmed; asks with_confirmation()."""
        return self.status in UNCONFIRMED and self.unconfirmed > 0

    @property
    def stamp(self) -> str:
        """Which state of it a page shows, for the head's word to say."""
        return rounds.stamp(self.mended_at or self.status_at)

    def standing(self) -> str:
        """Who did what and when, as the import stands now."""
        moment = formats.moment(self.status_at, self.office)
        return f"{_STANDING[ImportStatus(self.status)]} oleh {self.status_by.name}, {moment}."


class ImportMaker(models.Model):
    """Somebody who worked on a table, and therefore does not confirm it; the database holds it."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "penyusun tabel"
        constraints = [models.UniqueConstraint(name="import_maker_once", fields=["batch", "user"])]

    def __str__(self) -> str:
        return str(self.user)
