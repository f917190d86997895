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
from xml.parsers import expat

from desabinaan.package_words import OUTWARD, Commands, Refused, elements, is_link

__all__ = ["CPU_SECONDS", "MAIN", "MEMORY", "Refused", "opened"]

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
# What is read as XML: by its type, by its ending, or since it begins so, whatever it is called.
XML_TYPE = re.compile(r"[/+]xml\s*(;|$)|vmldrawing", re.IGNORECASE)
XML_ENDINGS = (".xml", ".rels", ".vml")
BEFORE_XML = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"  # marks of encodings, halves of wide signs, spaces
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, ValueError, KeyError, EOFError),
    *(NotImplementedError, RuntimeError),  # foldings and locks that nobody uses here
    struct.error,
)
# Of an archive: what stands before each part, and what stands at the end.
HEAD, END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s4H2LH")
SIZES_FOLLOW, SIZES = 0x8, (12, 16, 20, 24)  # behind a part, where its program could not go back
NO_GAP: tuple[int, ...] = (0,)
HYPERLINKS = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink",
}
RELATIONS_OF = re.compile(r"(^|/)_rels/([^/]*)\.rels$")  # a part
INSIDE = {"", "internal"}


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
        for given in elements(_read(package, CONTENT_TYPES))
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
    for given in elements(content):
        kind, target = given.get("Type", ""), given.get("Target", "")
        if ACTIVE.search(kind):
            raise Refused("active")
        if given.get("TargetMode", "").strip().lower() in INSIDE and not OUTWARD.match(target):
            continue
        if kind not in HYPERLINKS or not is_link(target):
            raise Refused("outside")
        found.add(given.get("Id", "").strip())
    return found


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    """One part, whatever its entry says of its size."""
    with package.open(name) as part:
        content = part.read(MAX_XML + 1)
    if len(content) > MAX_XML:
        raise Refused("heavy")
    return content
