"""Letters: papers for the office's own hand, without a public code; drafts take no number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.text import slugify

from accounts.access import Access
from certificates import kinds
from certificates.models.paper import DrawnPaper, DrawnPaperQuerySet, Status
from certificates.models.register import RegisterEntry, Void
from desabinaan import formats

if TYPE_CHECKING:
    from certificates.models.scan import Scan


class LetterQuerySet(DrawnPaperQuerySet["Letter"]):
    def visible_to(self, access: Access) -> Self:
        """What the person's offices wrote, and what was written to them."""
        scope = Q(office__in=access.office_ids)
        for kind in kinds.letters():
            scope |= Q(kind=kind.key) & kind.holders(access)
        return self.filter(scope)

    def with_page(self) -> Self:
        """With what its page says: the office, the number, who voided it, the signed scans."""
        from certificates.models.scan import Scan  # noqa: PLC0415 - it imports Letter

        scans = Prefetch("scans", Scan.objects.with_people().order_by("-pk"))
        return self.select_related("office", "entry__void__voided_by").prefetch_related(scans)


class Letter(DrawnPaper):
    """A letter of an office: a number where its kind takes one, frozen facts, exact bytes.

    It is never revoked: a letter that does not count has its number voided in the register.
    """

    entry = models.OneToOneField(
        RegisterEntry, on_delete=models.PROTECT, related_name="letter", null=True
    )

    objects = LetterQuerySet.as_manager()

    class Meta(DrawnPaper.Meta):
        verbose_name = "surat"
        constraints = [
            *DrawnPaper.Meta.constraints,
            models.CheckConstraint(
                name="letter_status_known",
                condition=Q(status__in=[Status.ORDERED, Status.READY]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})" if self.number else self.title

    def get_absolute_url(self) -> str:
        return reverse("certificates:letter", args=[self.pk])

    @property
    def number(self) -> str:
        """The number in the office's register; a draft has none."""
        return self.entry.number if self.entry else ""

    @property
    def voiding(self) -> Void | None:
        """Who voided its number, so that it does not count, if anybody did."""
        return self.entry.voiding if self.entry else None

    @property
    def scan(self) -> Scan | None:
        """The latest scan of it as it was signed, unless withdrawn: what its reader downloads."""
        latest = next(iter(self.scans.all()), None)
        return None if latest is None or latest.is_withdrawn else latest

    @property
    def takes_scan(self) -> bool:
        """Whether it is drawn, counts, and is one that is signed at all."""
        return self.is_ready and self.entry is not None and self.voiding is None

    @property
    def template(self) -> str:
        """What draws it."""
        return kinds.letter(self.kind).template

    @property
    def pictures(self) -> list[bytes]:
        """The pictures that it shows, in their order; the facts say where their bytes lie."""
        return [self._bytes_of(it["file"]) for it in self.facts.get("pictures", [])]

    @property
    def file_name(self) -> str:
        """A sensible name for the downloaded file."""
        return f"{slugify(' '.join([self.title, self.number]))}.pdf"

    def standing(self) -> str:
        """How the letter came to stand where it does."""
        if self.entry is None:
            return "draf tidak ditandatangani."
        if voiding := self.voiding:
            when = formats.moment(voiding.voided_at, self.office)
            return f"nomornya dibatalkan oleh {voiding.voided_by}, {when}."
        return f"surat ini berstatus “{self.get_status_display()}”."
