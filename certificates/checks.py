"""What an app that lends its papers must bring along."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from certificates import kinds


@register(Tags.templates)
def templates_of_kinds(**_: Any) -> list[CheckMessage]:
    """Every template that a kind of paper names is there: else no paper of it is ever drawn."""
    return [
        Error(
            f"The kind of paper {key!r} names the template {name!r}, which is not there.",
            hint="Add it, or put the name right where the kind is registered.",
            id="certificates.E001",
        )
        for name, key in kinds.templates().items()
        if not _is_there(name)
    ]


def _is_there(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True
