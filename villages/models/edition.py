"""Editions of the national list: uploaded, previewed, and then applied or given up."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from accounts.access import Access
from accounts.models import User
from desabinaan import formats
from desabinaan.locking import LockingQuerySet
from desabinaan.workflow import Transition
from villages.models.region import RegionKind, RegionLevel

# A new edition retires a handful; a cut-off file would retire the nation.
LARGEST_SHARE_RETIRED = 0.05


class EditionStatus(models.TextChoices):
    """Where an edition stands; until it is applied, no region has changed."""

    PREVIEWED = "previewed", "Belum diterapkan"
    APPLIED = "applied", "Diterapkan"
    ABANDONED = "abandoned", "Dibatalkan"


_OPEN = frozenset({EditionStatus.PREVIEWED.value})
APPLY = Transition("Terapkan edisi", _OPEN, EditionStatus.APPLIED)
ABANDON_EDITION = Transition("Batalkan", _OPEN, EditionStatus.ABANDONED)


class EditionQuerySet(LockingQuerySet["Edition"]):
    def visible_to(self, access: Access) -> Self:
        """All of them for the national administrator, none for others."""
        return self.all() if access.is_national_admin else self.none()

    def with_page(self) -> Self:
        """With the people, the latest first."""
        return self.select_related("created_by", "status_by").order_by("-pk")

    def with_held(self) -> Self:
        """With the people."""
        return self.with_page()


class Edition(models.Model):
    """A file with the whole list, and what it would change as the list stood when it came."""

    file = models.FileField("berkas", upload_to="editions/", max_length=80)
    file_name = models.CharField("nama berkas", max_length=120)
    sha256 = models.CharField(max_length=64)
    # Counts and what is touched, as `villages.regions.Difference` says them.
    difference = models.JSONField("perbedaan", default=dict)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("diunggah", db_default=Now(), editable=False)
    status = models.CharField(
        "status", max_length=10, choices=EditionStatus, default=EditionStatus.PREVIEWED
    )
    status_at = models.DateTimeField("sejak", db_default=Now())
    status_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "edisi daftar wilayah"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="edition_status_known", condition=Q(status__in=EditionStatus.values)
            ),
            # What was given up leaves no file behind.
            models.CheckConstraint(
                name="edition_abandoned_has_no_file",
                condition=~Q(status=EditionStatus.ABANDONED) | Q(file=""),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("villages:edition", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it may still be applied."""
        return self.status == EditionStatus.PREVIEWED

    @property
    def total(self) -> int:
        """How many regions it names."""
        counts: dict[str, Any] = self.difference
        return sum(counts[name] for name in ("added", "changed", "returned", "unchanged"))

    @property
    def held(self) -> int:
        """How many regions were in force when it came."""
        counts: dict[str, Any] = self.difference
        return sum(counts[name] for name in ("retired", "changed", "unchanged"))

    @property
    def retires_many(self) -> bool:
        """Whether it would retire so many that the file may be cut off."""
        return bool(self.difference["retired"] > LARGEST_SHARE_RETIRED * self.held)

    def standing(self) -> str:
        """Who did what and when, as the edition stands now."""
        did = {
            EditionStatus.PREVIEWED: "diunggah",
            EditionStatus.APPLIED: "sudah diterapkan",
            EditionStatus.ABANDONED: "sudah dibatalkan",
        }[EditionStatus(self.status)]
        return f"edisi ini {did} oleh {self.status_by.name}, {formats.moment(self.status_at)}."


class ChangeView(models.TextChoices):
    """Ways to look at what an edition changes; a region may be in several."""

    TOUCHED = "touched", "Tempat desa yang tercatat"
    RETIRED = "retired", "Tidak berlaku lagi"
    MOVED = "moved", "Pindah induk"
    RENAMED = "renamed", "Berganti nama"
    REKINDED = "rekinded", "Berganti jenis"
    RETURNED = "returned", "Berlaku kembali"
    ADDED = "added", "Baru"


_VIEWS = {
    ChangeView.TOUCHED: Q(villages__gt=0) | Q(jurisdictions__gt=0),
    ChangeView.RETIRED: Q(change="retired"),
    ChangeView.MOVED: Q(reparented=True) | ~Q(successor=""),
    ChangeView.RENAMED: Q(renamed=True),
    ChangeView.REKINDED: Q(rekinded=True),
    ChangeView.RETURNED: Q(change="returned"),
    ChangeView.ADDED: Q(change="added"),
}


class EditionChangeQuerySet(models.QuerySet["EditionChange"]):
    def visible_to(self, access: Access) -> Self:
        """The changes of the editions that the person may see."""
        return self.all() if access.is_national_admin else self.none()

    def seen_as(self, view: str) -> Self:
        """Those that one looks at in this way, by their code; all for an unknown one."""
        found = self.filter(_VIEWS[ChangeView(view)]) if view in ChangeView.values else self
        return found.order_by("code")

    def with_successor(self) -> Self:
        """With the name and place of the region that a moved one seems to have become."""
        became = EditionChange.objects.filter(
            edition=models.OuterRef("edition"), code=models.OuterRef("successor")
        )
        return self.annotate(
            successor_name=models.Subquery(became.values("new_name")[:1]),
            successor_place=models.Subquery(became.values("place")[:1]),
        )


class EditionChange(models.Model):
    """One region that an edition adds, changes or retires, and what the portal holds there."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="changes")
    change = models.CharField("perubahan", max_length=8)
    code = models.CharField("kode", max_length=13, db_collation="C")
    level = models.PositiveSmallIntegerField("tingkat", choices=RegionLevel)
    old_name = models.CharField("nama lama", max_length=120, blank=True)
    new_name = models.CharField("nama baru", max_length=120, blank=True)
    old_kind = models.CharField("jenis lama", max_length=10, choices=RegionKind, blank=True)
    new_kind = models.CharField("jenis baru", max_length=10, choices=RegionKind, blank=True)
    place = models.CharField("letak", max_length=250, blank=True)
    successor = models.CharField("kode baru", max_length=13, blank=True)
    renamed = models.BooleanField("berganti nama")
    rekinded = models.BooleanField("berganti jenis")
    reparented = models.BooleanField("pindah induk")
    villages = models.PositiveIntegerField("desa tercatat")
    designated = models.PositiveIntegerField("desa binaan")
    sheets = models.PositiveIntegerField("usulan terbuka")
    jurisdictions = models.PositiveIntegerField("wilayah kerja")

    objects = EditionChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "perubahan edisi"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(name="edition_change_once", fields=["edition", "code"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        """The name that it has from then on, or had."""
        return self.new_name or self.old_name

    @property
    def is_retired(self) -> bool:
        """Whether the edition lacks it."""
        return self.change == "retired"
