"""Certificates: papers with a public code, under which anyone may verify them for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.text import slugify

from accounts.access import Access
from certificates import codes, kinds
from certificates.models.paper import DrawnPaper, DrawnPaperQuerySet, Status
from certificates.models.register import RegisterEntry
from desabinaan import formats
from desabinaan.workflow import Transition

if TYPE_CHECKING:
    from certificates.models.scan import Scan, ScanQuerySet

REVOKE = Transition("Cabut sertifikat", frozenset({Status.ORDERED, Status.READY}), Status.REVOKED)

PUBLIC_FIELDS = ("code", "kind", "title", "facts", "status", "revoked_at")


class CertificateQuerySet(DrawnPaperQuerySet["Certificate"]):
    def visible_to(self, access: Access) -> Self:
        """What the person's offices issued, and what they hold themselves."""
        scope = Q(office__in=access.office_ids)
        for kind in kinds.every():
            scope |= Q(kind=kind.key) & kind.holders(access)
        return self.filter(scope)

    def published(self) -> Self:
        """Everything that was ever ordered: whoever holds the code may verify it."""
        return self

    def with_public_page(self) -> Self:
        """With no more than the verification page shows of a paper in force, which is asked most.

        The office is asked for when a revoked one needs its time zone; that one needs no proof.
        """
        chains = _chains()
        shown = self.select_related("entry", *_links(chains))
        shown = shown.only(*PUBLIC_FIELDS, "office", "entry__number", *chains)
        return shown.annotate(has_signed_copy=_IS_SCANNED)

    def with_page(self) -> Self:
        """With what its page says: office, number, proof, and the signed scans, latest first."""
        scans = Prefetch("scans", _scans().with_people().order_by("-pk"))
        return self.with_office().select_related(*_links(_chains())).prefetch_related(scans)


# In SQL: Django would put the same together anew each time the page is asked for, at a price.
# The latest alone counts: one that a wrong scan replaced is not in use again when that goes.
_IS_SCANNED = RawSQL(
    "COALESCE((SELECT withdrawn_at IS NULL FROM certificates_scan"
    " WHERE certificate_id = certificates_certificate.id ORDER BY id DESC LIMIT 1), FALSE)",
    (),
    models.BooleanField(),
)


def _chains() -> list[str]:
    """The fields that tell whether papers still hold, of every kind."""
    return [field for kind in kinds.every() for field in kind.chain]


def _links(chains: list[str]) -> list[str]:
    return [field.rpartition("__")[0] for field in chains]


def _scans() -> ScanQuerySet:
    from certificates.models.scan import Scan  # noqa: PLC0415 - it imports Certificate

    return Scan.objects.all()


class Certificate(DrawnPaper):
    """A paper with a public code; a revoked one stays known for ever.

    Corrections are new papers, never edits.
    """

    code = models.CharField("kode publik", max_length=12, unique=True, editable=False)
    entry = models.OneToOneField(
        RegisterEntry, on_delete=models.PROTECT, related_name="certificate"
    )
    revoked_at = models.DateTimeField("dicabut", null=True)
    revoked_reason = models.TextField("alasan pencabutan", blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta(DrawnPaper.Meta):
        verbose_name = "sertifikat"
        constraints = [
            *DrawnPaper.Meta.constraints,
            models.CheckConstraint(
                name="certificate_status_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="certificate_revoked_when_and_why",
                condition=Q(status=Status.REVOKED, revoked_at__isnull=False) & ~Q(revoked_reason="")
                | ~Q(status=Status.REVOKED) & Q(revoked_at=None, revoked_reason=""),
            ),
            models.CheckConstraint(
                name="certificate_code_shaped",
                condition=Q(code__regex=f"^[{codes.ALPHABET}]{{12}}$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({formats.grouped(self.code)})"

    def get_absolute_url(self) -> str:
        return reverse("certificates:certificate", args=[self.code])

    @property
    def number(self) -> str:
        """The number in the office's register."""
        return self.entry.number

    @property
    def template(self) -> str:
        """What draws it."""
        return kinds.get(self.kind).template

    @property
    def address(self) -> str:
        """The short public address that the QR carries."""
        return f"{settings.PORTAL_URL}{reverse('certificates:verify', args=[self.code])}"

    @property
    def is_revoked(self) -> bool:
        """Whether it is no longer valid."""
        return self.status == Status.REVOKED

    @property
    def scan(self) -> Scan | None:
        """The latest scan of it as it was signed, unless withdrawn: what its village downloads."""
        latest = next(iter(self.scans.all()), None)
        return None if latest is None or latest.is_withdrawn else latest

    @property
    def takes_scan(self) -> bool:
        """Whether it is drawn and in force, so that somebody can have signed it."""
        return self.is_ready

    @property
    def file_name(self) -> str:
        """A sensible name for the downloaded file."""
        return f"{slugify(self.title)}-{formats.grouped(self.code)}.pdf"

    def standing(self) -> str:
        """How the certificate came to stand where it does."""
        return f"sertifikat {formats.grouped(self.code)} berstatus “{self.get_status_display()}”."
