"""A presentation or document of an office program (OOXML): whether it may be passed on.

It is kept as it came; here only its parts are counted, and its relations and commands read.
`desabinaan.apart` runs this in a process of its own, which may break without harm.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections import defaultdict
from functools import lru_cache
from typing import Any
from xml.parsers import expat

MEBIBYTE = 1024 * 1024
MAX_PARTS = 5_000
MAX_UNFOLDED = 300 * MEBIBYTE  # all parts; a presentation full of pictures has 40
MAX_XML = 32 * MEBIBYTE  # one part that is read
MAX_RATIO = 200  # unfolded to folded, of a part beyond a mebibyte; text has 10 to 50
CPU_SECONDS = {"pptx": 10, "docx": 10}
MEMORY = {"pptx": 384 * MEBIBYTE, "docx": 384 * MEBIBYTE}

MAIN = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
}
CONTENT_TYPES = "[Content_Types].xml"
# In the types of parts and of relations: what runs, what other programs open, other documents.
ACTIVE = re.compile(
    r"macroenabled|vbaproject|vbadata|activex|oleobject|/control$|/package$|afchunk|"
    r"attachedtemplate|frameset|subdocument|externallink|customui|wordvbadata|keymapcustom|"
    r"attachedtoolbars|webextension|mailmerge|ui/extensibility",
    re.IGNORECASE,
)
# Folders in which programs keep what is embedded.
CARRIES = re.compile(r"(^|/)(embeddings|activex|customui|webextensions)/", re.IGNORECASE)
# Endings of parts: pictures, sounds and videos; what is read here, and what else stands in plain
# documents: fonts, folders, settings of printers, a signature's beginning, notes of programs.
MEDIA = re.compile(
    r"\.(png|jpe?g?|jfif|gif|bmp|dib|tiff?|[ew]m[fz]|svg|ico|webp|wdp|jxr|hei[cf]|pcx|pict?|jp2|"
    r"mp[34]|m4[av]|wa?v|wm[av]|aac|midi?|aiff?|au|ogg|flac|mov|avi|mpe?g|asf|3gp|mkv|webm|mts)$"
)
OTHERS = re.compile(
    r"\.(xml|rels|vml|odttf|fntdata|ttf|otf|sigs)$|/$|(^|/)printersettings\d*\.bin$|"
    r"^ppt/metadata$|^\[trash\]/\d+\.dat$"
)
MEDIA_KINDS = ("image/", "audio/", "video/")
# How programs, scripts, archives, shortcuts and other documents begin, whatever they are called.
CARRIED = (
    *(b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"#!", b"PK", b"Rar!", b"7z\xbc\xaf", b"MSCF"),
    *(b"L\0\0\0\x01\x14\x02\0", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rt", b"ITSF"),
)
# Words in the parts themselves: fields that fetch or start something, buttons that do.
STARTS = re.compile(r"ppaction://(program|macro|ole|hlinkfile)", re.IGNORECASE)
FETCHES = re.compile(r"DDE|INCLUDETEXT|INCLUDEPICTURE|\bLINK\b|DATABASE", re.IGNORECASE)
INSTRUCTIONS = ("instrtext", "delinstrtext")  # elements of a field's command
WORDS = ("t", "deltext")  # some programs take these for one, where a command stands
# What is read as XML: by its type, by its ending, or since it begins so, whatever it is called.
XML_TYPE = re.compile(r"[/+]xml\s*(;|$)|vmldrawing", re.IGNORECASE)
XML_ENDINGS = (".xml", ".rels", ".vml")
BEFORE_XML = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"  # marks of encodings, halves of wide signs, spaces
ENCODINGS = {None, "utf-8", "utf-16"}  # others, programs may read otherwise than we do
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, ValueError, KeyError, EOFError),
    *(NotImplementedError, RuntimeError),  # foldings and locks that nobody uses here
    struct.error,
)
# Of an archive: what stands before each part, and what stands at the end.
HEAD, END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s4H2LH")
SIZES_FOLLOW, SIZES = 0x8, (12, 16, 20, 24)  # behind a part, where its program could not go back
NO_GAP: tuple[int, ...] = (0,)
LINKS = ("https://", "http://", "mailto:")
HYPERLINKS = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink",
}
RELATIONS_OF = re.compile(r"(^|/)_rels/([^/]*)\.rels$")  # a part
INSIDE = {"", "internal"}
OUTWARD = re.compile(r"\s*([a-z][a-z0-9+.-]*:|[\\/]{2})", re.IGNORECASE)  # a scheme, or a share
PRESSED = {"hyperlink", "hlinkclick"}  # elements of links
RELATIONS = "relationships "  # the namespace of attributes that take a relation ends so
FETCHED = {"src", "althref"}  # attributes of what is shown with the page
SHOWN = {"image", "imagedata", "fill", "use", "feimage", "script"}  # elements that show their href

type Command = dict[str, list[str]]  # its words by the element that has them; under "" all of them


class Refused(Exception):
    """The file must not come in: the reason's code, and the figures that its sentence needs."""

    def __init__(self, code: str, **figures: int) -> None:
        super().__init__(code)
        self.answer = {"code": code, **figures}


def opened(kind: str, content: bytes) -> bytes:
    """Nothing, since the file is kept as it came; Refused says why it must not be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _look_at_parts(package, content)
            types = _look_at_types(package, kind)
            _look_inside(package, types)
    except BROKEN as broken:
        raise Refused("broken") from broken
    return b""


def _look_at_parts(package: zipfile.ZipFile, content: bytes) -> None:
    """Not too many, not too large, each once, and nothing between them."""
    parts = package.infolist()
    names = [part.filename.lower() for part in parts]
    if len(set(names)) != len(names) or not _is_nothing_else(package, content):
        raise Refused("mixed")
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused("locked")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNFOLDED:
        raise Refused("heavy")
    for part in parts:
        if part.file_size > MEBIBYTE and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise Refused("heavy")
    _look_at_names(names)


def _look_at_names(names: list[str]) -> None:
    """None leads out of the package; each says that it is of a plain document."""
    for name in names:
        if ".." in name.split("/") or name.startswith(("/", "\\")):
            raise Refused("broken")
        if CARRIES.search(name) or not (MEDIA.search(name) or OTHERS.search(name)):
            raise Refused("active")


def _is_nothing_else(package: zipfile.ZipFile, content: bytes) -> bool:
    """Whether there is no byte but the parts, one behind the other, and at the end their list.

    Else another program finds another file in it: one before, between or behind.
    """
    place, gaps = 0, NO_GAP
    for part in sorted(package.infolist(), key=lambda each: each.header_offset):
        if part.header_offset - place not in gaps or part.comment:
            return False
        *_, name, extra = HEAD.unpack_from(content, part.header_offset)
        place = part.header_offset + HEAD.size + name + extra + part.compress_size
        gaps = SIZES if part.flag_bits & SIZES_FOLLOW else NO_GAP
    mark, *_, size, start, comment = END.unpack(content[-END.size :])
    is_last = mark == b"PK\x05\x06" and start + size == len(content) - END.size and not comment
    return is_last and start == package.start_dir and start - place in gaps


def _look_at_types(package: zipfile.ZipFile, kind: str) -> dict[str, str]:
    """The parts are what a plain document of this kind has; the main one is there once.

    Returns the type of each part that is named, and of each ending.
    """
    declared = [
        (given.get("PartName") or given.get("Extension", ""), given["ContentType"])
        for given in _elements(_read(package, CONTENT_TYPES))
        if "ContentType" in given
    ]
    types = [each for _, each in declared]
    if any(ACTIVE.search(each) for each in types):
        raise Refused("active")
    if types.count(MAIN[kind]) != 1:
        raise Refused("type")
    return {what.lower(): each for what, each in declared}


def _is_xml(package: zipfile.ZipFile, name: str, types: dict[str, str]) -> bool:
    """Whether some program may read the part as XML."""
    if name.lower().endswith(XML_ENDINGS) or XML_TYPE.search(_declared(name, types)):
        return True
    with package.open(name) as part:
        while piece := part.read(MEBIBYTE):
            if begins := piece.lstrip(BEFORE_XML):
                return begins.startswith(b"<")
    return False


def _declared(name: str, types: dict[str, str]) -> str:
    """The type that the package gives to a part; "" where it gives none."""
    name = name.lower()
    return types.get(f"/{name}") or types.get(name.rpartition(".")[2], "")


def _look_at_media(package: zipfile.ZipFile, name: str, types: dict[str, str]) -> None:
    """What is no XML is a picture, a sound, a video or a font, also by its kind and its content."""
    declared = _declared(name, types).lower()
    with package.open(name) as part:
        if part.read(8).startswith(CARRIED):
            raise Refused("active")
    if MEDIA.search(name.lower()) and declared and not declared.startswith(MEDIA_KINDS):
        raise Refused("active")


def _look_inside(package: zipfile.ZipFile, types: dict[str, str]) -> None:
    """Relations lead to pages of the web or stay inside; no text names what it would start."""
    leading: dict[str, set[str]] = {}  # out, of each part
    taken: dict[str, set[str]] = {}  # by others than links, in each part
    for name in package.namelist():
        if not _is_xml(package, name, types):
            _look_at_media(package, name, types)
            continue
        content, part = _read(package, name), name.lower()
        taken[part] = Commands.of(content).taken
        if part.endswith(".rels"):
            leading[RELATIONS_OF.sub(r"\1\2", part)] = _leading_out(content)
    if any(ids & taken.get(part, set()) for part, ids in leading.items()):
        raise Refused("outside")


def _leading_out(content: bytes) -> set[str]:
    """Of the relations of a part those that somebody may press; no other one leads out."""
    found = set()
    for given in _elements(content):
        kind, target = given.get("Type", ""), given.get("Target", "")
        if ACTIVE.search(kind):
            raise Refused("active")
        if given.get("TargetMode", "").strip().lower() in INSIDE and not OUTWARD.match(target):
            continue
        if kind not in HYPERLINKS or not _is_link(target):
            raise Refused("outside")
        found.add(given.get("Id", "").strip())
    return found


def _is_link(target: str) -> bool:
    """Whether it leads to a page or a letter, or to another place of the same document."""
    return target.strip().lower().startswith((*LINKS, "#"))


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    """One part, whatever its entry says of its size."""
    with package.open(name) as part:
        content = part.read(MAX_XML + 1)
    if len(content) > MAX_XML:
        raise Refused("heavy")
    return content


class Commands:
    """What the fields and buttons of a part would do, as programs read it and not as it is spelt.

    A field's command is an attribute, or the words of its runs from where it begins to where its
    result does. All `instrText` of a part is also read as one, wherever fields begin; and both as
    if there were only one of the elements in it, since programs pass over those they do not know.
    """

    def __init__(self) -> None:
        self.taken: set[str] = set()  # relations that others than links use
        self._path: list[str] = []
        self._part: Command = defaultdict(list)
        self._fields: list[Command] = [self._part]
        self._open: list[Command] = []  # what is added to: of each open field, outermost first
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
        if FETCHES.search(commands.of_fields):
            raise Refused("active")
        return commands

    @property
    def of_fields(self) -> str:
        """What fields do."""
        return "\n".join("".join(words) for it in self._fields for words in it.values())

    def _begin(self, name: str, given: dict[str, str]) -> None:
        self._path.append(name)
        self._count(name, 1)
        if _plain(name) == "mailmerge":
            raise Refused("active")
        for key, value in given.items():
            plain = _plain(key)
            if plain == "instr":
                self._fields.append({"": [value]})
            elif plain == "fldchartype":
                self._turn(value.strip().lower())
            elif RELATIONS in key:
                if _plain(name) not in PRESSED:
                    self.taken.add(value.strip())
            else:
                _look_at(_plain(name), plain, value)

    def _turn(self, place: str) -> None:
        """A field begins, its result does, or it ends."""
        if place == "begin":
            self._open.append(defaultdict(list))
            self._fields.append(self._open[-1])
        elif place == "separate" and self._open:
            self._open[-1] = defaultdict(list)  # the result is no command
        elif place == "end" and self._open:
            self._open.pop()

    def _end(self, name: str) -> None:
        self._path.pop()
        self._count(name, -1)

    def _count(self, name: str, more: int) -> None:
        plain = _plain(name)
        if plain in INSTRUCTIONS:
            self._instructions += more
        elif plain in WORDS:
            self._words += more

    def _read(self, text: str) -> None:
        added_to = [self._part] if self._instructions else []
        if self._open and (self._instructions or self._words):
            added_to.append(self._open[-1])
        for command in added_to:
            command[""].append(text)
            command[self._path[-1]].append(text)


def _look_at(element: str, attribute: str, value: str) -> None:
    """No attribute runs something, or leads elsewhere than a relation may."""
    if attribute == "embeddedhtml" or (":" in value and STARTS.search(value)):
        raise Refused("active")
    is_data = value.lstrip().lower().startswith("data:image/")
    if attribute in FETCHED or (attribute == "href" and element in SHOWN):
        if OUTWARD.match(value) and not is_data:
            raise Refused("outside")
    elif attribute == "href" and value and not is_data and not _is_link(value):
        raise Refused("outside")


@lru_cache(maxsize=1_000)  # a part has few names, each many times
def _plain(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition(" ")[2].lower()


def _elements(content: bytes) -> list[dict[str, Any]]:
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
