"""What templates of papers need: letters that fit, dates and numbers as Indonesia writes them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from certificates.lettering import BREAKS, Place
from desabinaan import formats

register = template.Library()
register.filter("nip", formats.nip)

NO_BREAK = "\N{NO-BREAK SPACE}"
YEAR = re.compile(r"\s+Tahun\s+(?=\d{4})")
# A date, or a number with its dots; a longer one has to break somewhere.
FIGURES = re.compile(r"(\b\d{1,2} [A-Z][a-z]+ \d{4}\b|(?<!\S)(?=\S*\d)\S{2,48}(?!\S))")


@register.simple_block_tag(takes_context=True)
def typeset(  # noqa: PLR0913 - a place has as many sides
    context: Context,
    content: str,
    element: str,
    *,
    face: str,
    width: float,
    height: float,
    largest: int,
    tracking: float = 0,
    leading: float = 1.25,
    below: str = "",
    link: str = "",
) -> SafeString:
    """The words as an element like `p.office`, as large as a place of so many millimetres allows.

    A `<br>` of the template begins a new line; one in the facts is escaped, and so is text.
    What stands `below` another element of the page is never larger than that; an `a` is a `link`.
    """
    paragraphs = [BREAKS.sub(" ", unescape(line)).strip() for line in content.split("<br>")]
    if not any(paragraphs):
        return SafeString()
    kept: Any = context.render_context  # its stubs know of no keys of ours
    sizes: dict[str, int] = kept.setdefault("typeset", {})
    place = Place(face, width, height, min(largest, sizes.get(below, largest)), tracking, leading)
    setting = place.set(*filter(None, paragraphs))
    sizes[element] = setting.half_points
    name, _, style = element.partition(".")
    leads = format_html(' href="{}"', link) if link else ""
    opening = format_html('<{} class="{} half-{}"{}>', name, style, setting.half_points, leads)
    lines = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in setting.lines))
    return format_html("{}{}</{}>", opening, lines, name)


@register.filter
def unbroken(words: str) -> str:
    """Words that stay on one line, such as a date."""
    return NO_BREAK.join(words.split())


@register.filter
def with_its_year(number: str) -> str:
    """A decree's number whose "Tahun 2024" begins no line."""
    return YEAR.sub(f"{NO_BREAK}Tahun{NO_BREAK}", number)


@register.filter
def untorn(clause: str) -> SafeString:
    """A clause in which no date and no number of a letter is torn at the end of a line."""
    figure = '<span class="nowrap">{}</span>'
    parts = enumerate(FIGURES.split(clause))
    pieces = ((format_html(figure, part) if at % 2 else part,) for at, part in parts)
    return format_html_join("", "{}", pieces)


@register.filter
def named(name: str, term: str) -> str:
    """The name after its own word, which is not said twice: Desa Pakuncen, Nagari Koto Baru."""
    if name.casefold().startswith(f"{term} ".casefold()):
        return name
    return f"{term} {name}".strip()
