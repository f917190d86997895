"""Doubts: what may be right though it looks wrong. Said once; sent again under them, it stands."""

from collections.abc import Iterable

from django.http import HttpRequest

SAID = "diragukan"  # what templates/components/doubts.html sends back


def words_of(doubts: Iterable[str]) -> str:
    """The doubts as the form carries them: others than these are said anew."""
    return " ".join(doubts)


def unsaid(request: HttpRequest, doubts: list[str]) -> list[str]:
    """The doubts that whoever pressed the button has not read yet."""
    return [] if request.POST.get(SAID) == words_of(doubts) else doubts
