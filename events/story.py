"""Everything that the papers of an event tell of it, each part asked for once, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from desabinaan import formats
from events.agenda import Timetable
from events.attendance import Numbers, with_numbers
from events.documentation import Documentation, documented, follow_ups_of
from events.invitation_letters import event_facts
from events.knowledge import Gain, with_gain
from events.models import (
    Contribution,
    Contributor,
    Event,
    EventVillage,
    FollowUp,
    Minutes,
    Photo,
    Question,
    SchoolCount,
)
from events.places import counted
from events.record import by_district
from villages.models import Region

NAMED = 8  # villages of a kecamatan that a sentence names; more of them are counted
MOST_PHOTOS = 8  # that a report prints: four on a page
# What papers call the parts that people took (programme.md §4.2), in a sentence.
OPENED = "Acara dibuka oleh {}."
LED = "Acara dipandu oleh {} sebagai moderator."


@dataclass(frozen=True)
class Story:
    """An event as its papers tell it."""

    event: Event

    @classmethod
    def of(cls, event: Event) -> Story:
        """With most of it in one query; the event may come from anywhere."""
        found = with_gain(documented(with_numbers(Event.objects.filter(pk=event.pk))))
        return cls(found.with_page().select_related("minutes", "report_words").get())

    @cached_property
    def villages(self) -> list[EventVillage]:
        """The villages that it was for."""
        return list(self.event.villages.with_list())

    @cached_property
    def districts(self) -> list[tuple[str, list[str]]]:
        """Their names by the kecamatan in which they lie."""
        return [
            (f"{it.full_name}, {it.regency.full_name}", [each.region.full_name for each in its])
            for it, its in by_district(self.villages)
        ]

    @property
    def where(self) -> str:
        """For which villages, in a sentence: named while they are few, else counted."""
        return formats.listed([_told(it, its) for it, its in by_district(self.villages)])

    @property
    def names_too_many(self) -> bool:
        """Whether there are more of them than a sentence names."""
        return any(len(names) > NAMED for _, names in self.districts)

    @cached_property
    def contributors(self) -> list[Contributor]:
        """Who did what there."""
        return list(self.event.contributors.all())

    @property
    def speakers(self) -> list[Contributor]:
        """Those who spoke on something."""
        return self.those(Contribution.SPEAKER)

    def those(self, part: Contribution) -> list[Contributor]:
        """Those who did this."""
        return [it for it in self.contributors if it.contribution == part]

    @property
    def opened(self) -> str:
        """Who opened it, in a sentence; empty where nobody noted it."""
        openers = self.those(Contribution.OPENER)
        return OPENED.format(_person(openers[0])) if openers else ""

    @property
    def led(self) -> str:
        """Who moderated it, in a sentence."""
        moderators = self.those(Contribution.MODERATOR)
        return LED.format(formats.listed([_person(it) for it in moderators])) if moderators else ""

    @property
    def spoken(self) -> list[str]:
        """Who spoke on what, a sentence each."""
        return [
            f"{_person(it)}, menyampaikan materi “{it.topic}”."
            if it.topic
            else f"{_person(it)}, menjadi narasumber."
            for it in self.speakers
        ]

    @property
    def handed_over(self) -> str:
        """Who handed the documents to whom, in a sentence; empty where nobody noted it."""
        givers, takers = self.those(Contribution.PRESENTER), self.those(Contribution.RECEIVER)
        if not givers and not takers:
            return ""
        by = f" oleh {formats.listed([_person(it) for it in givers])}" if givers else ""
        to = f", kepada {formats.listed([_person(it) for it in takers])}" if takers else ""
        return f"Dokumen diserahkan{by}{to if givers else to.removeprefix(',')}."

    @cached_property
    def timetable(self) -> Timetable:
        """The agenda by the clock."""
        return Timetable.of(self.event, self.event.agenda.all())

    @cached_property
    def numbers(self) -> Numbers:
        """How many came."""
        return Numbers(self.event)

    @cached_property
    def schools(self) -> list[SchoolCount]:
        """The classes that came."""
        return list(self.event.school_counts.all())

    @property
    def attended(self) -> str:
        """How many came from how many institutions, in a sentence; empty where nobody is noted."""
        people, pupils = self.numbers.people, self.numbers.pupils
        told = []
        if people.total:
            places = formats.number(len(self.numbers.by_institution))
            number = formats.number(people.total)
            parts = "" if people.unsaid else f" ({people.words})"
            told.append(f"{number} peserta{parts} dari {places} instansi dan desa")
        if pupils.total:
            told.append(f"{formats.number(pupils.total)} siswa ({pupils.words})")
        return f"Kegiatan dihadiri {' serta '.join(told)}." if told else ""

    @cached_property
    def gain(self) -> Gain | None:
        """What those who came knew before and after, where it was checked."""
        return Gain.of(self.event)

    @property
    def learned(self) -> str:
        """The same in a sentence; empty where there is no percent to tell."""
        gain = self.gain
        if gain is None or not gain.tells_percents:
            return ""
        told = [
            f"{known.percent} persen {when} kegiatan ({formats.number(known.sheets)} lembar)"
            for known, when in ((gain.before, "sebelum"), (gain.after, "sesudah"))
            if known.percent is not None
        ]
        changed = "" if gain.points is None else f", selisih {gain.points} poin persentase"
        return f"Dalam cek pengetahuan, jawaban benar {formats.listed(told)}{changed}."

    @property
    def questions(self) -> tuple[Question, ...]:
        """What was asked and answered."""
        return Documentation.of(self.event).questions

    @property
    def minutes(self) -> list[str]:
        """What the minutes say, a paragraph each; nothing where nobody took any."""
        found: Minutes | None = getattr(self.event, "minutes", None)
        return [line for line in map(str.strip, found.text.splitlines()) if line] if found else []

    @property
    def follow_ups(self) -> list[FollowUp]:
        """What is to be done after it, the first due first."""
        told = follow_ups_of(self.event)
        return sorted(told, key=lambda it: (it.due_on, it.pk))

    @property
    def agreed(self) -> list[str]:
        """What is still to be done, as it stands within a sentence."""
        return [within(it.what) for it in self.follow_ups if not it.is_done]

    @cached_property
    def photos(self) -> list[Photo]:
        """The photos to which the people in them agreed, in their order."""
        return [it for it in self._all_photos if it.is_consented]

    @property
    def unshown_photos(self) -> int:
        """How many there are besides, to which nobody agreed yet."""
        return len(self._all_photos) - len(self.photos)

    @cached_property
    def _all_photos(self) -> list[Photo]:
        return list(self.event.photos.all())

    @property
    def held_on(self) -> str:
        """When it was, in a sentence: "hari Selasa, 25 Juni 2024, pukul 09.00–12.00 WIB"."""
        facts = event_facts(self.event)
        return f"hari {facts['day']}, pukul {facts['time']}"


def _told(district: Region, its: Sequence[EventVillage]) -> str:
    regions = [it.region for it in its]
    names = [it.full_name for it in regions]
    told = formats.listed(names) if len(names) <= NAMED else counted(regions)
    return f"{told} di {district.full_name}, {district.regency.full_name}"


def within(text: str) -> str:
    """What was typed as a sentence, inside another: "BP3MI" keeps its letters."""
    is_word = text[1:2].islower() or text[1:2].isspace()
    return (text[:1].lower() + text[1:] if is_word else text).rstrip(".")


def _person(it: Contributor) -> str:
    return f"{it.name}, {it.whose}"
