"""Links between the pages of a recap: the same scope, some of it changed."""

from __future__ import annotations

from django import template

from reports.scope import Scope

register = template.Library()


@register.simple_tag
def asking(scope: Scope, **changed: str) -> str:
    """The end of an address that asks for this scope with these changes."""
    return scope.query(**changed)
