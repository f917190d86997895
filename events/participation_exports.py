"""All certificates of attendance of an event in one file: an archive, or one PDF to print."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from itertools import batched
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

import pikepdf
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.access import access_of
from certificates import storage
from certificates.actions import Wanted
from certificates.kinds import ExportKind, Origin
from certificates.models import Certificate
from events.models import Event
from events.permissions import can_keep
from villages.prints import digest

if TYPE_CHECKING:
    from certificates.kinds import Progress
    from certificates.models import Export

ZIP, PDF = "zip", "pdf"
FORMS = {ZIP: "participation_zip", PDF: "participation_pdf"}
TOGETHER = 50  # papers that are open at once
MOST_PAGES = 1_000  # of one PDF: each keeps a quarter of a megabyte in memory until it is saved
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day that an archive knows


def wanted(event: Event, form: str) -> Wanted | None:
    """All that are ready now; the same ones again are the same file.

    Nothing where none is, or where they are too many for one PDF.
    """
    ready = [its.pk for its in event.participations.ready()]
    if not ready or (form == PDF and len(ready) > MOST_PAGES):
        return None
    return Wanted(
        kind=FORMS[form],
        office=event.office,
        title=f"Sertifikat {event.title}",
        facts={"event": event.pk, "papers": digest(ready)},
        office_ids=[event.office_id],
        rows=len(ready),
    )


def _papers(export: Export, tell: Progress) -> Iterator[tuple[int, Certificate]]:
    """Those that are ready, one after the other; refused where whoever asked keeps them no more."""
    access = access_of(export.ordered_by, export.office_id)
    event = Event.objects.visible_to(access).filter(pk=export.facts["event"]).first()
    if event is None or not can_keep(access, event):
        raise PermissionDenied
    found = event.participations.ready().select_related("certificate__office")
    total = found.count()
    for place, its in enumerate(found.iterator(chunk_size=TOGETHER), 1):
        yield place, its.certificate
        if place % TOGETHER == 0:
            tell(place, total)
    tell(total, total)


def _write_zip(export: Export, out: IO[bytes], tell: Progress) -> None:
    """Each as a file of its own, in the order of the numbers; only one is in memory at a time."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:  # PDFs are packed already
        for place, paper in _papers(export, tell):
            drawn = paper.drawn_at
            stamp = _stamp(drawn) if drawn else EPOCH
            entry = zipfile.ZipInfo(f"{place:04}-{paper.file_name}", stamp)
            archive.writestr(entry, storage.read(paper.file, paper.sha256))


def _stamp(at: datetime) -> tuple[int, int, int, int, int, int]:
    return (at.year, at.month, at.day, at.hour, at.minute, at.second)


def _write_pdf(export: Export, out: IO[bytes], tell: Progress) -> None:
    """One page after the other; put together in parts that lie on the disk, for memory's sake.

    Whoever signs by hand prints it; what archives keep is each paper by itself.
    """
    with ExitStack() as kept, pikepdf.new() as whole:
        for papers in batched(_papers(export, tell), TOGETHER):
            part = kept.enter_context(TemporaryFile())
            _join([paper for _, paper in papers], part)
            whole.pages.extend(kept.enter_context(pikepdf.open(part)).pages)
        whole.docinfo["/Title"] = export.title
        whole.save(out)  # type: ignore[arg-type]


def _join(papers: list[Certificate], out: IO[bytes]) -> None:
    with ExitStack() as kept, pikepdf.new() as part:
        for paper in papers:
            file = kept.enter_context(TemporaryFile())
            file.write(storage.read(paper.file, paper.sha256))
            part.pages.extend(kept.enter_context(pikepdf.open(file)).pages)
        part.save(out)  # type: ignore[arg-type]


def _origin(export: Export) -> Origin:
    address = reverse("events:certificates", args=[export.facts["event"]])
    return Origin("sertifikat kegiatan", address)


ARCHIVE = ExportKind(
    FORMS[ZIP],
    "Semua sertifikat (ZIP)",
    "application/zip",
    _write_zip,
    suffix=ZIP,
    unit="sertifikat",
    origin=_origin,
)
BOOK = ExportKind(
    FORMS[PDF],
    "Semua sertifikat (satu PDF)",
    "application/pdf",
    _write_pdf,
    suffix=PDF,
    unit="sertifikat",
    origin=_origin,
)
EXPORTS = (ARCHIVE, BOOK)
