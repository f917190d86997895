"""What pages that show frozen facts need; the facts are JSON, so their dates are words."""

from datetime import date

from django import template

from desabinaan import formats

register = template.Library()


@register.filter
def frozen_date(day: str) -> str:
    """A date among the facts as it stands in a letter: 7 Maret 2024."""
    return formats.long_date(date.fromisoformat(day) if day else None)
