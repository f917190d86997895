"""What the report of an event proposes to say, from what is known of it already.

In the order of PANRB's format (programme.md §4.4): introduction, what was done, what came of it,
conclusions and suggestions, closing. Nothing is claimed that nobody noted.
"""

from __future__ import annotations

from collections.abc import Iterable

from desabinaan import formats
from events.models import ReportWords
from events.models.report import SECTIONS
from events.story import Story

PROGRAMME = (
    "Kegiatan ini merupakan bagian dari program Desa Binaan Imigrasi, yang membina desa agar "
    "warganya bermigrasi secara aman dan tidak menjadi korban tindak pidana perdagangan orang "
    "(TPPO) dan tindak pidana penyelundupan manusia (TPPM)."
)
# By the kind of event; programme.md §1 and §4.1. What has no words of its own is an outreach.
PURPOSES = {
    "coordination": "Menyamakan langkah dengan instansi terkait dan pemerintah desa dalam "
    "pembinaan desa, serta menggali kesediaan dan kebutuhan desa.",
    "inauguration": "Mengukuhkan desa sebagai Desa Binaan Imigrasi dan memperkenalkan petugas yang "
    "membinanya.",
    "monev_meeting": "Menilai jalannya pembinaan desa dan menyepakati perbaikannya.",
    "coordination_meeting": "Menyamakan langkah satuan kerja dalam pembinaan desa.",
    "timpora_meeting": "Menyamakan langkah anggota Tim Pengawasan Orang Asing.",
    "pimpasa_inauguration": "Mengukuhkan Petugas Imigrasi Pembina Desa (PIMPASA).",
    "mobile_passport_service": "Mendekatkan pelayanan paspor kepada warga desa.",
    "benchmark_visit": "Mempelajari pengalaman pembinaan desa untuk diterapkan.",
}
OUTREACH = (
    "Memberikan pemahaman tentang tata cara memperoleh paspor, bahaya berangkat ke luar negeri "
    "tanpa prosedur, serta pencegahan TPPO dan TPPM, dan mempererat hubungan kantor dengan "
    "pemerintah desa dan warganya."
)
CLOSING = "Demikian laporan ini dibuat untuk digunakan sebagaimana mestinya."


def words_of(story: Story) -> dict[str, str]:
    """The words as somebody wrote them, or else as they are proposed now."""
    kept, now = kept_of(story), proposed(story)
    if kept is None:
        return now
    return {it: now[it] if kept.is_as_proposed(it) else getattr(kept, it) for it in SECTIONS}


def anew(story: Story) -> dict[str, str]:
    """The words with a new proposal where the old one is outdated; all of it where none is."""
    now, old = proposed(story), outdated(story)
    return {**words_of(story), **{it: now[it] for it in old}} if old else now


def outdated(story: Story) -> list[str]:
    """The sections that somebody wrote before what is known changed."""
    kept, now = kept_of(story), proposed(story)
    return [it for it in SECTIONS if kept and kept.was_proposed_otherwise(it, now[it])]


def called(sections: Iterable[str]) -> list[str]:
    """How people call these sections."""
    names = {it.name: str(it.verbose_name) for it in ReportWords._meta.fields}
    return [names[it] for it in sections]


def kept_of(story: Story) -> ReportWords | None:
    """What was saved of the words, if anything was."""
    return getattr(story.event, "report_words", None)


def proposed(story: Story) -> dict[str, str]:
    """Every section as a proposal, one paragraph on each line."""
    event = story.event
    told = {
        "general": [_held(story), PROGRAMME],
        "purpose": [PURPOSES.get(event.kind.key, OUTREACH)],
        "scope": _scope(story),
        # Who opened and who spoke stands in the table above: minutes tell it once already.
        "activities": story.minutes
        or [story.opened, story.led, *story.spoken, story.handed_over, _asked(story)],
        "results": [story.attended, story.learned, _told_of(story)],
        "conclusions": [f"{event.title} telah dilaksanakan pada {story.held_on}."],
        "suggestions": [_to_do(story)],
        "closing": [CLOSING],
    }
    told["activities"] = [it for it in told["activities"] if it] or [_held(story)]
    told["results"] = [it for it in told["results"] if it] or ["Kehadiran belum dicatat."]
    return {name: "\n".join(filter(None, lines)) for name, lines in told.items()}


def _held(story: Story) -> str:
    event = story.event
    section = f" melalui {event.section}" if event.section else ""
    return (
        f"{event.office.name}{section} melaksanakan kegiatan “{event.title}” pada {story.held_on}, "
        f"bertempat di {event.venue}."
    )


def _scope(story: Story) -> list[str]:
    event = story.event
    told = [f"Kegiatan menyasar {story.where}."] if story.villages else []
    told += [f"Sasaran kegiatan: {event.audience}."] if event.audience else []
    return told or [f"Kegiatan dilaksanakan oleh {event.office.name}."]


def _asked(story: Story) -> str:
    asked = len(story.questions)
    return f"Dalam tanya jawab dibahas {formats.number(asked)} pertanyaan." if asked else ""


def _told_of(story: Story) -> str:
    number = len(story.follow_ups)
    return f"Disepakati {formats.number(number)} tindak lanjut." if number else ""


def _to_do(story: Story) -> str:
    open_ = sum(not it.is_done for it in story.follow_ups)
    return "Tindak lanjut yang disepakati perlu diselesaikan tepat waktu." if open_ else ""
