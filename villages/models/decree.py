"""Decrees (SK): official numbers come from the correspondence system and are typed here."""

from __future__ import annotations

import hashlib
from copy import copy
from functools import cached_property
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, ExtractYear, Now, Upper
from django.urls import reverse

from accounts.access import Access
from accounts.models import ActingKind, Office, User
from desabinaan import formats, legibility
from desabinaan.locking import LockingQuerySet


class SignerLevel(models.TextChoices):
    """Who signed the decree; both Kakanim and Kakanwil were seen."""

    OFFICE = "office", "Kepala Kantor Imigrasi"
    REGIONAL = "regional", "Kepala Kantor Wilayah"
    DIRECTORATE = "directorate", "Direktur Jenderal Imigrasi"


# What a decree says; once it is numbered, a trigger keeps it.
WORDING = ("office_id", "number", "dated", "title", "signer_level", "signer_name")

# What each is called where somebody reads what differs.
LABELS = {
    "number": "nomor SK",
    "dated": "tanggal SK",
    "title": "tentang",
    "signer_level": "ditandatangani oleh",
    "signer_name": "nama penanda tangan",
}

PREPARED = "Anda ikut menyiapkan usulan di bawah SK ini; pejabat lain yang mengubah isinya."

STAMP_DIGITS = 12  # of a digest: enough to notice a change, and nobody gains by forging one


class DecreeQuerySet(LockingQuerySet["Decree"]):
    def visible_to(self, access: Access) -> Self:
        """The decrees of the person's offices."""
        return self.filter(office__in=access.office_ids)

    def covering_more(self, office: Office) -> Self:
        """The office's decrees that may cover further villages, the latest of date first.

        Those without a number are among them; those without a date are in the making, and lead.
        """
        latest = F("dated").desc(nulls_first=True)
        return self.filter(office=office).with_signer().order_by(latest, "-created_at", "-pk")

    def with_signer(self) -> Self:
        """With what `signed_acting_kind` would ask of each."""
        return self.annotate(signed_acting_kind=acting_kind_of("pk", "signer_name"))

    def under_number_of(self, decree: Decree) -> Self:
        """The decree that its office has recorded under that number in that year, if any.

        Small letters or capitals: no correspondence system tells two numbers apart by them.
        """
        if not decree.number or not decree.dated:
            return self.none()
        return self.filter(
            office=decree.office_id, number__iexact=decree.number, year=decree.dated.year
        ).exclude(pk=decree.pk)

    def with_page(self) -> Self:
        """With the office as papers name it, who noted it, who prepared what is under it."""
        from villages.models.sheet import Preparer  # noqa: PLC0415 - sheets import this

        prepared = Preparer.objects.filter(designation__decree=OuterRef("pk"))
        people = prepared.order_by().values("user").distinct()
        related = self.with_signer().select_related("office__parent", "created_by")
        return related.annotate(preparer_ids=ArraySubquery(people))


def acting_kind_of(decree: str, name: str) -> Coalesce:
    """What `Decree.signed_acting_kind` would ask, of the decree and name in columns of a query."""
    kinds = _acting_kinds(OuterRef(decree), OuterRef(name))
    return Coalesce(Subquery(kinds[:1]), Value(""))


def _acting_kinds(decree: Any, name: Any) -> QuerySet[Any, Any]:
    """In which acting roles somebody of this name decided under a decree, the first first."""
    from villages.models.designation import Designation  # noqa: PLC0415 - it imports Decree

    decided = Designation.objects.filter(decree=decree, decided_as__user__name=name)
    acting = decided.exclude(decided_as__acting_kind="").order_by("pk")
    return acting.values_list("decided_as__acting_kind", flat=True)


class Decree(models.Model):
    """A surat keputusan: one may cover several villages; its number may come later."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="decrees")
    number = models.CharField("nomor SK", max_length=100, blank=True)
    dated = models.DateField("tanggal SK", null=True, blank=True)
    year = models.GeneratedField(
        expression=ExtractYear("dated"),
        output_field=models.PositiveSmallIntegerField(null=True),
        db_persist=True,
    )
    title = models.CharField("tentang", max_length=250)
    signer_level = models.CharField("penanda tangan SK", max_length=12, choices=SignerLevel)
    signer_name = models.CharField("nama penanda tangan SK", max_length=120)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    # Who put its words right last, while it had no number: none who prepared what it decides.
    changed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )

    preparer_ids: list[int]  # annotated by with_page()
    has_certifiable: bool  # annotated by villages.certifying.with_certifying()
    has_questioned: bool  # annotated by villages.certifying.with_questioned()

    objects = DecreeQuerySet.as_manager()

    class Meta:
        verbose_name = "surat keputusan"
        ordering = ["-dated", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="decree_number_legible", condition=legibility.is_line("number")
            ),
            models.UniqueConstraint(
                "office",
                "year",
                Upper("number"),
                name="decree_number_once",
                condition=~Q(number=""),
            ),
            models.CheckConstraint(
                name="decree_numbered_means_dated",
                condition=Q(number="") | Q(dated__isnull=False),
            ),
            models.CheckConstraint(
                name="decree_signer_level_known", condition=Q(signer_level__in=SignerLevel.values)
            ),
        ]

    def __str__(self) -> str:
        return self.number or "menunggu nomor SK"

    def get_absolute_url(self) -> str:
        return reverse("villages:decree", args=[self.pk])

    def says_the_same(self, other: Decree) -> bool:
        """Whether both are one decree: of one office, with one number, date, subject and signer."""
        return all(getattr(self, name) == getattr(other, name) for name in WORDING)

    def told_otherwise(self, other: Decree) -> str:
        """What to say where another is written under its number: what it says, what differs."""
        differ = [name for name in LABELS if getattr(self, name) != getattr(other, name)]
        labels = ", ".join(LABELS[name] for name in differ)
        return (
            f"SK {self.number} sudah tercatat dengan isi lain: {formats.long_date(self.dated)}, "
            f"tentang {self.title}, ditandatangani {self.signer_name}. Yang berbeda: {labels}."
        )

    def with_words(self, **words: Any) -> Decree:
        """The decree as it would read with these words, unsaved; this one stays as it is."""
        reworded = copy(self)
        for name, value in words.items():
            setattr(reworded, name, value)
        reworded.__dict__.pop("signed_acting_kind", None)  # of the name that signed before
        return reworded

    @property
    def stamp(self) -> str:
        """Which wording a page shows, for whoever decides, certifies or numbers by it to say."""
        said = "\n".join(str(getattr(self, name)) for name in WORDING)
        return hashlib.sha256(said.encode()).hexdigest()[:STAMP_DIGITS]

    def is_signed_by(self, name: str) -> bool:
        """Whether somebody of this name signed it for the office itself."""
        return self.signer_level == SignerLevel.OFFICE and self.signer_name == name

    @cached_property
    def signed_acting_kind(self) -> str:
        """As what an acting head decided under it who signed it too; a list brings it along."""
        return _acting_kinds(self.pk, self.signer_name).first() or "" if self.pk else ""

    @property
    def signer_words(self) -> str:
        """Who signed it, and as what."""
        kind = self.signed_acting_kind
        return self.signed_by(ActingKind(kind).label if kind else "")

    def signed_by(self, acting: str = "") -> str:
        """The same with the word for an acting head of the office, "Plt." or "Plh."."""
        is_acting = bool(acting) and self.signer_level == SignerLevel.OFFICE
        position = self.get_signer_level_display()
        return f"{self.signer_name}, {f'{acting} {position}' if is_acting else position}"

    @property
    def full_name(self) -> str:
        """Number, date and subject, as in a list to choose from."""
        day = f" ({formats.long_date(self.dated)})" if self.dated else ""
        return f"{self.number or 'Menunggu nomor'}{day}: {self.title}"
