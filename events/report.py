"""The report of an event on paper: its words, and the figures that the event itself has.

Signed by the official who was given the task (programme.md §4.4); a wrong one has its number
voided and is written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from certificates.kinds import LetterKind
from certificates.misprints import Source
from desabinaan import formats
from events.alike import Likenesses
from events.arrivals import likely
from events.attendance import Tally
from events.invitation_letters import ON_THE_EVENT, event_facts
from events.models.report import SECTIONS
from events.origins import event_of
from events.report_words import called, outdated, words_of
from events.signed_prints import SignedPrints
from events.story import MOST_PHOTOS
from villages.models.document import StoredFile

ON_THE_LIST = "petugas memperbaikinya pada daftar hadir"
REPORT = LetterKind(
    key="event_report",
    label="Laporan kegiatan",
    template="events/pdf/report.html",
    page_template="events/report_facts.html",
    origin=event_of,
    sources={
        "event.title": Source("Nama kegiatan “{}”", ON_THE_EVENT),
        "event.venue": Source("Tempat kegiatan “{}”", ON_THE_EVENT),
        "contributors.name": Source("Nama pengisi acara “{}”", ON_THE_EVENT),
        "contributors.whose": Source("Jabatan pengisi acara “{}”", ON_THE_EVENT),
        "attendance.institutions.label": Source("Instansi peserta “{}”", ON_THE_LIST),
    },
)


UNCERTIFIED = (
    "Sertifikat kehadiran belum dipesan, dan laporan menutup daftar hadir. Bila ada sertifikat, "
    "periksa dahulu nama peserta; sesudah laporan, nama dibetulkan satu per satu."
)
CHECK_OPEN = "Cek pengetahuan masih dibuka, sehingga hasilnya belum masuk laporan: tutup dahulu."


@dataclass(frozen=True)
class ReportPrints(SignedPrints):
    """The report, if it were filed now."""

    kind = REPORT
    parts = {
        "kata-kata laporan": SECTIONS,
        "waktu, tempat, atau susunan acara": ("event", "agenda", "contributors", "villages"),
        "kehadiran atau cek pengetahuan": ("attendance", "knowledge"),
        "tanya jawab, tindak lanjut, atau foto": ("questions", "follow_ups", "pictures"),
    }

    @property
    def is_checking(self) -> bool:
        """Whether people answer the knowledge check now: what they know would never be told."""
        gain = self.story.gain
        return gain is not None and gain.is_open

    @cached_property
    def outdated(self) -> list[str]:
        """The names of the sections that somebody wrote before what is known changed."""
        return called(outdated(self.story))

    @cached_property
    def doubts(self) -> list[str]:
        """What one would not want to file unawares."""
        story = self.story
        told = [CHECK_OPEN] if self.is_checking else []
        if self.outdated:
            told.append(
                f"Bagian {formats.listed(self.outdated)} ditulis sebelum data kegiatan berubah: "
                "bandingkan dengan usulan baru."
            )
        told += [*super().doubts, *self._doubts_of_the_list]
        if story.timetable.too_late:
            told.append(f"{story.timetable.too_late} kegiatan: sesuaikan susunan acaranya.")
        if hidden := story.unshown_photos:
            number = formats.number(hidden)
            told.append(f"{number} foto tidak dimuat: belum tercatat setuju.")
        if (more := len(story.photos) - MOST_PHOTOS) > 0:
            told.append(f"Dimuat {MOST_PHOTOS} foto pertama; {formats.number(more)} lainnya tidak.")
        if self.signing.dated < story.event.ends_on:
            told.append("Laporan bertanggal sebelum kegiatan selesai.")
        return told

    @property
    def _doubts_of_the_list(self) -> Iterator[str]:
        """What cannot be mended any more, once the report has closed who came."""
        story = self.story
        if not story.numbers.total:
            yield "Belum ada seorang pun dalam daftar hadir."
        if unsettled := len(Likenesses(story.event).open):
            number = formats.number(unsettled)
            yield f"{number} pasang nama yang mirip belum diperiksa: orangnya mungkin satu."
        if maybe := len(likely(story.event, story.event.invitees.missing())):
            number = formats.number(maybe)
            yield f"{number} undangan mungkin sudah tercatat hadir: jawab dahulu pada daftar hadir."
        if story.numbers.people.total and not story.event.participations.in_force().exists():
            yield UNCERTIFIED

    def _said(self) -> dict[str, Any]:
        story, event = self.story, self.story.event
        words = words_of(story)
        return {
            **{name: words[name].splitlines() for name in SECTIONS},
            "bases": [line for line in map(str.strip, event.legal_basis.splitlines()) if line],
            "event": {
                **event_facts(event),
                "kind": event.kind.label,
                "section": event.section,
                "audience": event.audience,
            },
            "villages": [list(it) for it in story.districts],
            "contributors": [
                {
                    "part": it.get_contribution_display(),
                    "name": it.name,
                    "whose": it.whose,
                    "topic": it.topic,
                }
                for it in story.contributors
            ],
            "lists_villages": story.names_too_many,
            "is_led": story.timetable.is_led,
            "agenda": story.timetable.rows,
            "attendance": self._attendance(),
            "knowledge": self._knowledge(),
            "questions": [
                {name: getattr(it, name) for name in ("asked_by", "text", "answer", "answered_by")}
                for it in story.questions
            ],
            "follow_ups": [
                [it.what, it.owner.name, it.due_on.isoformat(), "ya" if it.is_done else ""]
                for it in story.follow_ups
            ],
            "pictures": [_picture(it.told, it) for it in story.photos[:MOST_PHOTOS]],
        }

    def _knowledge(self) -> list[list[str]]:
        """Of each question how many in a hundred knew it before and after; and of all of them."""
        gain = self.story.gain
        if gain is None or not gain.tells_percents:
            return []
        rows = [
            [it.text, it.right, _percent(it.before), _percent(it.after)] for it in gain.questions
        ]
        return [*rows, ["", "", _percent(gain.before.percent), _percent(gain.after.percent)]]

    def _attendance(self) -> dict[str, Any]:
        numbers = self.story.numbers
        return {
            "total": formats.number(numbers.total),
            "people": _row(numbers.people),
            "categories": _rows(numbers.by_category),
            "institutions": _rows(numbers.by_institution),
            "schools": [
                _row(Tally(str(it), it.total, it.boys, it.girls)) for it in self.story.schools
            ],
        }


def _picture(caption: str, kept: StoredFile) -> dict[str, str]:
    """A picture of a paper: where its bytes lie, and what it shows."""
    return {"file": str(kept.file.name), "caption": caption}


def _percent(value: int | None) -> str:
    return formats.NOTHING if value is None else f"{value}%"


def _rows(tallies: Iterable[Tally]) -> list[dict[str, str]]:
    return [_row(it) for it in tallies]


def _row(tally: Tally) -> dict[str, str]:
    figures = {name: formats.number(getattr(tally, name)) for name in
               ("total", "male", "female", "unsaid")}  # fmt: skip
    return {"label": tally.label, **figures}
