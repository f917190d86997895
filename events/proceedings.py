"""The official record of an event (*berita acara*): that it was held, and what was established.

Signed for the office, and by whoever else stands for it: a village, an agency.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from certificates.kinds import LetterKind
from certificates.misprints import Source
from desabinaan import formats
from events.invitation_letters import ON_THE_EVENT, event_facts
from events.origins import event_of
from events.signed_prints import SignedPrints
from events.story import Story, within

PROCEEDINGS = LetterKind(
    key="proceedings",
    label="Berita acara",
    template="events/pdf/proceedings.html",
    page_template="events/proceedings_facts.html",
    origin=event_of,
    sources={
        "event.title": Source("Nama kegiatan “{}”", ON_THE_EVENT),
        "event.venue": Source("Tempat kegiatan “{}”", ON_THE_EVENT),
    },
)
CLOSING = (
    "Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."
)
MOST_POINTS = 20


@dataclass(frozen=True)
class ProceedingsPrints(SignedPrints):
    """The record, if it were ordered now."""

    points: Sequence[str] = ()
    witnesses: Sequence[dict[str, str]] = field(default_factory=tuple)  # name and title of each

    kind = PROCEEDINGS
    parts = {
        "waktu, tempat, atau desa": ("event", "spelled", "villages"),
        "butir": ("points",),
        "yang turut menandatangani": ("witnesses",),
    }

    def _said(self) -> dict[str, Any]:
        story = self.story
        return {
            "event": event_facts(story.event),
            "spelled": spelled_days(story.event.starts_on, story.event.ends_on),
            "villages": story.where,
            "points": list(self.points),
            "closing": CLOSING,
            "witnesses": list(self.witnesses),
        }


def spelled_days(first: date, last: date) -> str:
    """One day, or from which until which, as a record spells them."""
    if first == last:
        return spelled_day(first)
    return f"{spelled_day(first)} sampai dengan {spelled_day(last)}"


def spelled_day(day: date) -> str:
    """A day as a record spells it: "Selasa, tanggal dua puluh lima bulan Juni tahun …"."""
    month = formats.MONTHS[day.month - 1]
    return (
        f"{formats.weekday(day)}, tanggal {formats.spelled(day.day)} bulan {month} tahun "
        f"{formats.spelled(day.year)}"
    )


def proposed_points(story: Story) -> list[str]:
    """What it would establish, from what is known."""
    to_do = [
        f"{within(it.what)}, oleh {it.owner.name}, paling lambat {formats.long_date(it.due_on)}."
        for it in story.follow_ups
        if not it.is_done
    ]
    told = [story.opened, *story.spoken, story.handed_over, story.attended]
    if to_do:
        told.append(f"Disepakati tindak lanjut: {formats.listed([it[:-1] for it in to_do])}.")
    return [it for it in told if it][:MOST_POINTS] or ["Kegiatan dilaksanakan sampai selesai."]
