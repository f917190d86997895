"""A press release of an event as text to copy, written from the event's own data alone.

A published release once named another office in its last paragraph, copied from a template
(founding case C1): here every name comes from the event. Nobody is quoted who was not heard: the
place for a quotation is left open.
"""

from __future__ import annotations

from desabinaan import formats
from events.models import Contribution, Contributor
from events.positions import position
from events.story import Story

QUOTATION = "“[Kutipan {}]”"
ABOUT = (
    "Desa Binaan Imigrasi adalah desa yang dibina kantor imigrasi agar warganya bermigrasi secara "
    "aman dan tidak menjadi korban tindak pidana perdagangan orang (TPPO) dan tindak pidana "
    "penyelundupan manusia (TPPM)."
)
MOST_INSTITUTIONS = 12


def text_of(story: Story) -> str:
    """Headline, what happened, who spoke, who came, what follows, and the office."""
    event = story.event
    paragraphs = [
        event.title.upper(),
        _lead(story),
        _spoken(story),
        _quotation(story),
        _attended(story),
        _agreed(story),
        ABOUT,
        "\n".join(filter(None, [event.office.name, event.office.address])),
    ]
    return "\n\n".join(filter(None, paragraphs))


def _lead(story: Story) -> str:
    event = story.event
    city = event.office.city or event.office.short_name
    whom = f", dengan sasaran {story.where}," if story.villages else ""
    return (
        f"{city.upper()} – {event.office.name} melaksanakan {event.title}{whom} pada "
        f"{story.held_on}, di {event.venue}. {story.opened}".strip()
    )


def _spoken(story: Story) -> str:
    told = [*story.spoken, *filter(None, [story.handed_over])]
    asked = len(story.questions)
    if asked:
        told.append(f"Dalam tanya jawab, peserta mengajukan {formats.number(asked)} pertanyaan.")
    return " ".join(told)


def _quotation(story: Story) -> str:
    said_by = next(
        (
            its[0]
            for part in (Contribution.OPENER, Contribution.SPEAKER)
            if (its := story.those(part))
        ),
        None,
    )
    return QUOTATION.format(_called(said_by)) if said_by else ""


def _called(person: Contributor) -> str:
    return position(person.title, person.institution)


def _attended(story: Story) -> str:
    if not story.attended:
        return ""
    # The first sentence names the villages that it was for; whoever else came is told first.
    villages = {it.region.full_name for it in story.villages}
    names = sorted((it.label for it in story.numbers.by_institution), key=villages.__contains__)
    if not names:
        return story.attended
    if len(names) <= MOST_INSTITUTIONS:
        return f"{story.attended} Mereka datang dari {formats.listed(names)}."
    return f"{story.attended} Di antaranya dari {formats.first_of(names, MOST_INSTITUTIONS)}."


def _agreed(story: Story) -> str:
    agreed = story.agreed
    return f"Tindak lanjut yang disepakati: {formats.listed(agreed)}." if agreed else ""
