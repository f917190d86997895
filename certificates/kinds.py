"""Kinds of paper: what an app above lends to this one, which may not import it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
from typing import IO, TYPE_CHECKING

from django.db.models import Q

from certificates import messages
from certificates.misprints import Source

if TYPE_CHECKING:
    from accounts.access import Access
    from accounts.models import User
    from certificates.models import Certificate, Export, Letter


@dataclass(frozen=True, slots=True)
class Proof:
    """What the live records say of a printed paper: whether it still holds, and what to add."""

    holds: bool
    remark: str = ""
    closing: str = ""  # what is over without making the paper untrue: nothing calls it in force


class Replacement(StrEnum):
    """What comes in the place of a paper that was revoked."""

    NONE = "none"  # it was revoked for good
    DUE = "due"  # the office makes another
    IN_FORCE = "in_force"  # there is another


def replaced_by_nothing(_certificate: Certificate) -> Replacement:
    """What comes after papers whose kind replaces none."""
    return Replacement.NONE


@dataclass(frozen=True, slots=True)
class Origin:
    """The record for which a paper was ordered, as a link back to it."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What the ordering app tells about its certificates."""

    key: str
    label: str
    template: str  # drawn by WeasyPrint
    public_template: str  # the facts as the verification page shows them
    holders: Callable[[Access], Q]  # who may download, besides the office that issued
    proof: Callable[[Certificate], Proof]  # the live chain, beside the facts
    chain: tuple[str, ...]  # the fields it reads, from Certificate: they come in the same query
    origin: Callable[[Certificate], Origin]  # open to whoever may see the certificate
    message: Callable[[Certificate], str]  # what the office sends its holder once it is ready
    sources: Mapping[str, Source] = field(default_factory=dict)  # who mends which of its facts
    replacement: Callable[[Certificate], Replacement] = replaced_by_nothing  # of a revoked one
    holder: str = "desa"  # what its holder is called within a sentence


def nobody(_access: Access) -> Q:
    """The holders of a letter that stays in its office."""
    return Q(pk__in=[])


def of_nothing(_letter: Letter) -> Origin | None:
    """The origin of a letter that hangs on no other record."""
    return None


def nothing_else(_letter: Letter, _by: User) -> None:
    """What follows where the number of a letter is voided and nothing else holds it."""


@dataclass(frozen=True, slots=True)
class LetterKind:
    """What the ordering app tells about its letters.

    The template extends `certificates/pdf/letter.html` and fills its block `body`; it knows `facts`
    and `number`. Facts are JSON of texts, lists and mappings, dates as ISO text; a text is one
    paragraph, since line breaks in it become spaces. The base prints these:
    `title`; `office`: name, letterhead (lines), address; `emblem`: a name in storage or "";
    `dated`, `place`; `signer`: title, acting, name, rank, nip. `pictures`, where there are any, are
    mappings of `file`, a JPEG's name in storage, and `caption`; the page shows the first of them as
    `portal:picture-1`.
    """

    key: str  # at most 20 signs; also in the addresses of its numbers
    label: str
    template: str
    is_numbered: bool = True  # a draft takes no number of the register, and nobody signs it
    holders: Callable[[Access], Q] = nobody  # who else may read it, asked of Letter
    page_template: str = ""  # its facts as rows on its page, where they help to find it
    message: Callable[[Letter], str] = messages.of_letter  # what is sent along with it
    origin: Callable[[Letter], Origin | None] = of_nothing  # for whoever reads its history
    voided: Callable[[Letter, User], None] = nothing_else  # in the transaction that voids it
    sources: Mapping[str, Source] = field(default_factory=dict)  # who mends which of its facts


type Progress = Callable[[int, int], None]  # so many rows are written, of so many


@dataclass(frozen=True, slots=True)
class ExportKind:
    """What an app above tells about its exports: how the file is written, and how far it is."""

    key: str
    label: str
    content_type: str
    # Raises PermissionDenied where whoever asked may no longer read it: then it ends.
    write: Callable[[Export, IO[bytes], Progress], None]
    _: KW_ONLY
    suffix: str  # of the file
    unit: str  # what is counted while it is written: "baris"
    origin: Callable[[Export], Origin]  # where a new one is asked for, in small letters


# The register of what has no kind of its own here: only numbers written by hand.
OTHER = "other"

_KINDS: dict[str, Kind] = {}
_LETTERS: dict[str, LetterKind] = {}
_EXPORTS: dict[str, ExportKind] = {}


def register(kind: Kind) -> None:
    """Make a kind of certificate known; called when the ordering app is ready."""
    _require_free(kind.key, _papers())
    _KINDS[kind.key] = kind


def register_letter(kind: LetterKind) -> None:
    """Make a kind of letter known; called when the ordering app is ready."""
    _require_free(kind.key, _papers())
    _LETTERS[kind.key] = kind


def register_export(kind: ExportKind) -> None:
    """Make a kind of export known; called when the app that writes it is ready."""
    _require_free(kind.key, _EXPORTS)
    _EXPORTS[kind.key] = kind


def _papers() -> set[str]:
    """The keys that are taken: certificates, letters and registers share one space of them."""
    return {OTHER, *_KINDS, *_LETTERS}


def _require_free(key: str, taken: Collection[str]) -> None:
    if key in taken:
        raise ValueError(f"there is a kind {key!r} already: it would be replaced unnoticed")


def get(key: str) -> Kind:
    """The kind of certificate of that key; unknown keys are a programming error."""
    return _KINDS[key]


def letter(key: str) -> LetterKind:
    """The kind of letter of that key; unknown keys are a programming error."""
    return _LETTERS[key]


def export(key: str) -> ExportKind:
    """The kind of export of that key; unknown keys are a programming error."""
    return _EXPORTS[key]


def every() -> tuple[Kind, ...]:
    """All kinds of certificate, in the order of their registration."""
    return tuple(_KINDS.values())


def letters() -> tuple[LetterKind, ...]:
    """All kinds of letter, in the order of their registration."""
    return tuple(_LETTERS.values())


def templates() -> dict[str, str]:
    """Every template that a registered kind names, with the key of one that names it."""
    named = {name: kind.key for kind in every() for name in (kind.template, kind.public_template)}
    for it in letters():
        named |= {name: it.key for name in (it.template, it.page_template) if name}
    return named


def numbered() -> dict[str, str]:
    """The kinds that take a number of the register, and what each is called."""
    papers = {kind.key: kind.label for kind in every()}
    return papers | {kind.key: kind.label for kind in letters() if kind.is_numbered}


def registers() -> dict[str, str]:
    """Every register that an office keeps, and what it is called."""
    return numbered() | {OTHER: "Surat lain"}
