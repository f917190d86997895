"""All papers of one sort of an event in one file: an archive, or one PDF to print."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import batched
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

import pikepdf
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.access import access_of
from certificates import storage
from certificates.actions import Wanted
from certificates.kinds import ExportKind, Origin
from certificates.models import Certificate, Letter
from certificates.models.paper import DrawnPaperQuerySet, Status
from events.models import Event
from events.permissions import can_keep
from villages.prints import digest

if TYPE_CHECKING:
    from certificates.kinds import Progress
    from certificates.models import Export

type Papers = DrawnPaperQuerySet[Any]

ZIP, PDF = "zip", "pdf"
FORMS = {ZIP: ("ZIP", "application/zip"), PDF: ("satu PDF", "application/pdf")}
TOGETHER = 50  # papers that are open at once
MOST_IN_PDF = 1_000  # papers: each keeps a quarter of a megabyte in memory until it is saved
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day that an archive knows


@dataclass(frozen=True, slots=True)
class Bundle:
    """One sort of papers of an event, and where somebody asks for all of them."""

    name: str  # begins the keys of its kinds of export
    plural: str  # "Sertifikat"
    unit: str  # "sertifikat"
    page: str  # the name of the address
    origin: str
    of: Callable[[Event], Papers]  # those that count

    def ready(self, event: Event) -> Papers:
        """Those whose file is there, in the order of their numbers."""
        return self.of(event).filter(status=Status.READY).order_by("pk")

    def wanted(self, event: Event, form: str) -> Wanted | None:
        """All that are ready now; the same ones again are the same file.

        Nothing where none is, or where they are too many for one PDF.
        """
        ready = list(self.ready(event).values_list("pk", flat=True))
        if form not in FORMS or not ready or (form == PDF and len(ready) > MOST_IN_PDF):
            return None
        return Wanted(
            kind=self.key(form),
            office=event.office,
            title=f"{self.plural} {event.title}",
            facts={"event": event.pk, "papers": digest(ready)},
            office_ids=[event.office_id],
            rows=len(ready),
        )

    def key(self, form: str) -> str:
        """The kind of export that is written in this form."""
        return f"{self.name}_{form}"

    @property
    def kinds(self) -> Iterator[ExportKind]:
        """What its exports are called, and how they are written."""
        for form, write in ((ZIP, _write_zip), (PDF, _write_pdf)):
            called, content_type = FORMS[form]
            yield ExportKind(
                self.key(form),
                f"Semua {self.unit} ({called})",
                content_type,
                partial(write, self),
                suffix=form,
                unit=self.unit,
                origin=self._origin,
            )

    def _origin(self, export: Export) -> Origin:
        return Origin(self.origin, reverse(self.page, args=[export.facts["event"]]))

    def papers(self, export: Export, tell: Progress) -> Iterator[tuple[int, Certificate | Letter]]:
        """Those that are ready, one after the other.

        Raises PermissionDenied where whoever asked keeps the event no more.
        """
        access = access_of(export.ordered_by, export.office_id)
        event = Event.objects.visible_to(access).filter(pk=export.facts["event"]).first()
        if event is None or not can_keep(access, event):
            raise PermissionDenied
        found = self.ready(event).select_related("office", "entry")
        total = found.count()
        for place, paper in enumerate(found.iterator(chunk_size=TOGETHER), 1):
            yield place, paper
            if place % TOGETHER == 0:
                tell(place, total)
        tell(total, total)


def _write_zip(bundle: Bundle, export: Export, out: IO[bytes], tell: Progress) -> None:
    """Each as a file of its own, in the order of the numbers; only one is in memory at a time."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:  # PDFs are packed already
        for place, paper in bundle.papers(export, tell):
            drawn = paper.drawn_at
            stamp = _stamp(drawn) if drawn else EPOCH
            entry = zipfile.ZipInfo(f"{place:04}-{paper.file_name}", stamp)
            archive.writestr(entry, _bytes_of(paper))


def _stamp(at: datetime) -> tuple[int, int, int, int, int, int]:
    return (at.year, at.month, at.day, at.hour, at.minute, at.second)


def _write_pdf(bundle: Bundle, export: Export, out: IO[bytes], tell: Progress) -> None:
    """One paper after the other; put together in parts that lie on the disk, for memory's sake.

    Whoever signs by hand prints it; what archives keep is each paper by itself.
    """
    with ExitStack() as kept, pikepdf.new() as whole:
        for papers in batched(bundle.papers(export, tell), TOGETHER):
            part = kept.enter_context(TemporaryFile())
            _join([paper for _, paper in papers], part)
            whole.pages.extend(kept.enter_context(pikepdf.open(part)).pages)
        whole.docinfo["/Title"] = export.title
        whole.save(out)  # type: ignore[arg-type]


def _join(papers: list[Certificate | Letter], out: IO[bytes]) -> None:
    with ExitStack() as kept, pikepdf.new() as part:
        for paper in papers:
            file = kept.enter_context(TemporaryFile())
            file.write(_bytes_of(paper))
            part.pages.extend(kept.enter_context(pikepdf.open(file)).pages)
        part.save(out)  # type: ignore[arg-type]


def _bytes_of(paper: Certificate | Letter) -> bytes:
    """Its exact bytes; where they cannot be read, an OSError that says of which paper."""
    try:
        return storage.read(paper.file, paper.sha256)
    except OSError as error:
        raise OSError(f"{paper._meta.model_name} {paper.number}: {error}") from error


def _certificates(event: Event) -> Papers:
    return Certificate.objects.filter(participation__event=event.pk)


def _letters(event: Event) -> Papers:
    inviting = event.invitation_letters.inviting(event.invitees.all())
    return Letter.objects.filter(invitation_letter__event=event.pk, invitation_letter__in=inviting)


CERTIFICATES = Bundle(
    "participation",
    plural="Sertifikat",
    unit="sertifikat",
    page="events:certificates",
    origin="sertifikat kegiatan",
    of=_certificates,
)
LETTERS = Bundle(
    "invitation",
    plural="Surat undangan",
    unit="surat undangan",
    page="events:invitees",
    origin="undangan kegiatan",
    of=_letters,
)
BUNDLES = (CERTIFICATES, LETTERS)
