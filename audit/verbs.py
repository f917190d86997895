"""The verbs that history knows; each app registers its own, with the words people read."""

_VERBS: dict[str, str] = {}


def register(verbs: dict[str, str]) -> None:
    """Teach history these verbs: dotted name to Indonesian predicate ("mengajukan usulan")."""
    _VERBS.update(verbs)


def phrase(verb: str) -> str:
    """The predicate that people read for this verb; unknown verbs are a programming error."""
    return _VERBS[verb]
