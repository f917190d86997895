"""What the words and attributes of a part of an office file would do where it is opened.

`desabinaan.packages` asks this in a process of its own: like that, it imports no Django.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.parsers import expat

# Buttons that start something, and fields that fetch it.
STARTS = re.compile(r"ppaction://(program|macro|ole|hlinkfile)", re.IGNORECASE)
FETCHES = {"DATA", "DATABASE", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "RD"}
HARMLESS = """
    = ADDIN ADDRESSBLOCK ADVANCE ASK AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT BIBLIOGRAPHY CITATION
    COMMENTS COMPARE CREATEDATE DATE DISPLAYBARCODE DOCPROPERTY DOCVARIABLE EDITTIME EQ FILENAME
    FILESIZE FILLIN FORMCHECKBOX FORMDROPDOWN FORMTEXT GOTOBUTTON GREETINGLINE HYPERLINK IF INDEX
    INFO KEYWORDS LASTSAVEDBY LISTNUM MERGEFIELD MERGEREC MERGESEQ NEXT NEXTIF NOTEREF NUMCHARS
    NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE PRIVATE QUOTE REF REVNUM SAVEDATE SECTION
    SECTIONPAGES SEQ SET SHAPE SKIPIF STYLEREF SUBJECT SYMBOL TA TC TEMPLATE TIME TITLE TOA TOC
    USERADDRESS USERINITIALS USERNAME XE
"""
FIELDS = frozenset(HARMLESS.split())  # all others start something, or nobody here knows them
NAME = re.compile(r'\s*(=|[a-z]+(?![^\s"\\]))', re.IGNORECASE)
NESTED = "\ufffc"  # where another field stands in a command
ARGUMENT = re.compile(r'"((?:\\.|[^"\\])*)"?|(?<!\S)\\([^\s"\\])|([^\s"]+)', re.DOTALL)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
TITLES = {"o", "t"}  # what a link is called, and the window that it opens in
INSTRUCTIONS = ("instrtext", "delinstrtext")  # elements of a field's command
WORDS = ("t", "deltext")  # some programs take these for one, where a command stands
ENCODINGS = {None, "utf-8", "utf-16"}  # others, programs may read otherwise than we do
LINKS = ("https://", "http://", "mailto:")
OUTWARD = re.compile(r"\s*([a-z][a-z0-9+.-]*:|[\\/]{2})", re.IGNORECASE)  # a scheme, or a share
PRESSED = {"hyperlink", "hlinkclick"}  # elements of links
RELATIONS = "relationships "  # the namespace of attributes that take a relation ends so
FETCHED = {"src", "althref"}  # attributes of what is shown with the page
SHOWN = {"image", "imagedata", "fill", "use", "feimage", "script"}  # elements that show their href

type Place = tuple[tuple[str, ...], int]  # elements, and the tree in which they stand


class Refused(Exception):
    """The file must not come in: the reason's code, and the figures that its sentence needs."""

    def __init__(self, code: str, **figures: int) -> None:
        super().__init__(code)
        self.answer = {"code": code, **figures}


def is_link(target: str) -> bool:
    """Whether it leads to a page or a letter, or to another place of the same document."""
    return target.strip().lower().startswith((*LINKS, "#"))


@dataclass(slots=True)
class Field:
    """One that is open: where it began, and the pieces of its command, all in one place."""

    began: Place
    pieces: list[str]
    place: Place | None = None
    in_result: bool = False


class Commands:
    """What a part would do, as programs read it and not as it is spelt.

    A field's command is an attribute, or the words of its runs from where it begins to where its
    result does. Programs pass over elements that they do not know, and differ in which they know:
    therefore the words of a command all stand in the same elements, its result begins and ends
    where it began, and words of a command stand nowhere else. Ordinary documents are so.
    """

    def __init__(self) -> None:
        self.taken: set[str] = set()  # relations that others than links use
        self._path: list[str] = []
        # Of each element of the path its number, and that of the last one around it which is of
        # another namespace: a frame, or what some programs pass over.
        self._trees: list[tuple[int, int]] = []
        self._number = 0
        self._open: list[Field] = []
        self._instructions = self._words = 0  # elements that are open

    @classmethod
    def of(cls, content: bytes) -> Commands:
        """Read a part; ExpatError where it is none, Refused where it would start something."""
        commands = cls()
        parser = _parser()
        parser.StartElementHandler = commands._begin
        parser.EndElementHandler = commands._end
        parser.CharacterDataHandler = commands._read
        parser.Parse(content, True)
        while commands._open:
            commands._close()
        return commands

    def _begin(self, name: str, given: dict[str, str]) -> None:
        element, around = _plain(name), self._path[-1] if self._path else name
        self._number += 1
        outer, tree = self._trees[-1] if self._trees else (0, 0)
        self._trees.append((self._number, tree if _space(around) == _space(name) else outer))
        self._path.append(name)
        self._count(element, 1)
        if element == "mailmerge":
            raise Refused("active")
        for key, value in given.items():
            plain = _plain(key)
            if plain == "instr":
                self._add_nested()
                _look_at_command(value)
            elif plain == "fldchartype":
                self._turn(value.strip().lower(), _space(key) == _space(name))
            elif RELATIONS in key:
                if element not in PRESSED:
                    self.taken.add(value.strip())
            else:
                _look_at(element, plain, value)

    def _turn(self, turn: str, is_plain: bool) -> None:
        """A field begins, its result does, or it ends."""
        here = ((self._path[-1],), self._trees[-1][1])
        if not is_plain or (turn != "begin" and self._open and self._open[-1].began != here):
            raise Refused("active")
        if turn == "begin":
            self._add_nested()
            self._open.append(Field(here, []))
        elif turn == "separate" and self._open:
            self._close()
            self._open.append(Field(here, [], in_result=True))
        elif turn == "end" and self._open:
            self._close()

    def _close(self) -> None:
        """The innermost command is whole."""
        _look_at_command("".join(self._open.pop().pieces))

    def _add_nested(self) -> None:
        """The result of another field becomes part of the command that is open."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].pieces.append(NESTED)

    def _end(self, name: str) -> None:
        self._path.pop()
        self._trees.pop()
        self._count(_plain(name), -1)

    def _count(self, element: str, more: int) -> None:
        if element in INSTRUCTIONS:
            self._instructions += more
        elif element in WORDS:
            self._words += more

    def _read(self, text: str) -> None:
        is_command = bool(self._open) and not self._open[-1].in_result
        if not (self._instructions or (self._words and is_command)):
            return
        if text.strip():
            place = (tuple(self._path), self._trees[-1][1])
            if not is_command or self._open[-1].place not in {None, place}:
                raise Refused("active")
            self._open[-1].place = place
        if is_command:
            self._open[-1].pieces.append(text)


def _look_at_command(command: str) -> None:
    """A field is of a harmless kind; a link leads where a relation may."""
    if not command.strip():
        return
    found = NAME.match(command)
    name = found[1].upper() if found else ""
    if name in FETCHES:
        raise Refused("outside")
    if not found or name not in FIELDS:
        raise Refused("active")
    if name == "HYPERLINK" and (NESTED in command or not _is_plain_link(command[found.end() :])):
        raise Refused("outside")


def _is_plain_link(words: str) -> bool:
    """Whether all leads to pages and letters that a program may take for the target."""
    after = ""
    for quoted, switch, bare in ARGUMENT.findall(words):
        word = ESCAPED.sub(r"\1", quoted) or bare
        is_target = not (after in TITLES or (after == "*" and bare.isalpha()))
        if after == "l":  # a place of the page, or of this document
            is_target = bool(OUTWARD.match(word))
        if word and is_target and not is_link(word):
            return False
        after = switch.lower()
    return True


def _look_at(element: str, attribute: str, value: str) -> None:
    """No attribute runs something, or leads elsewhere than a relation may."""
    if attribute == "embeddedhtml" or (":" in value and STARTS.search(value)):
        raise Refused("active")
    is_data = value.lstrip().lower().startswith("data:image/")
    if attribute in FETCHED or (attribute == "href" and element in SHOWN):
        if OUTWARD.match(value) and not is_data:
            raise Refused("outside")
    elif attribute == "href" and value and not is_data and not is_link(value):
        raise Refused("outside")


@lru_cache(maxsize=1_000)  # a part has few names, each many times
def _plain(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition(" ")[2].lower()


@lru_cache(maxsize=1_000)
def _space(name: str) -> str:
    """The namespace of an element or attribute."""
    return name.rpartition(" ")[0]


def elements(content: bytes) -> list[dict[str, Any]]:
    """The attributes of each element."""
    found: list[dict[str, Any]] = []
    parser = _parser()
    parser.StartElementHandler = lambda _, given: found.append(given)
    parser.Parse(content, True)
    return found


def _parser() -> expat.XMLParserType:
    """Reads XML, and refuses what declares entities of its own."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.XmlDeclHandler = _refuse_encodings
    parser.StartDoctypeDeclHandler = _refuse_entities
    return parser


def _refuse_encodings(_version: str, encoding: str | None, _standalone: int) -> None:
    if (encoding and encoding.lower()) not in ENCODINGS:
        raise Refused("broken")


def _refuse_entities(*_: Any) -> None:
    raise Refused("active")
