"""Links between the pages of a recap, the same scope with some of it changed; and spans of days."""

from __future__ import annotations

from django import template

from desabinaan import formats
from reports.scope import Scope

register = template.Library()


@register.simple_tag
def asking(scope: Scope, **changed: str) -> str:
    """The end of an address that asks for this scope with these changes."""
    return scope.query(**changed)


@register.filter
def lama(days: int | None) -> str:
    """A span in whole days; one that was over before half a day is none of these."""
    if days is None:
        return "–"
    return f"{formats.number(days)} hari" if days else "kurang dari sehari"


@register.filter
def hari(days: int | None) -> str:
    """The same as a figure, for a narrow column of days on paper."""
    if days is None:
        return "–"
    return formats.number(days) if days else "< 1"
