"""Presentations and documents as office programs write them, and as others would."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = {
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
    "docx": ("word/document.xml", "wordprocessingml.document"),
}
END = struct.Struct("<4s4H2LH")  # of an archive: where its list of parts is, and a comment


def relation(kind: str, target: str, *, outside: bool = True) -> str:
    """A part's relations with one of this kind."""
    mode = ' TargetMode="External"' if outside else ""
    its = f'<Relationship Id="rId1" Type="{kind}" Target="{target}"{mode}/>'
    return f'<Relationships xmlns="{RELATIONS}">{its}</Relationships>'


def hyperlink(target: str) -> str:
    """Relations with a link that somebody may press."""
    return relation(f"{OFFICE}/hyperlink", target)


def package(
    kind: str = "pptx", parts: Mapping[str, str | bytes] | None = None, types: str = ""
) -> bytes:
    """A small file of this kind with these parts more, or other ones."""
    main, name = MAIN[kind]
    declared = f"application/vnd.openxmlformats-officedocument.{name}.main+xml"
    its: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/{main}" ContentType="{declared}"/>{types}</Types>'
        ),
        "_rels/.rels": relation(f"{OFFICE}/officeDocument", main, outside=False),
        main: "<root>Berangkat aman, link resmi, DDE dan database.</root>",
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for path, content in its.items():
            file.writestr(path, content)
    return out.getvalue()


def document(words: str) -> bytes:
    """A document that says so."""
    return package("docx", {"word/document.xml": f'<w:document xmlns:w="w">{words}</w:document>'})


def field(command: str, result: str = "1") -> bytes:
    """A document with a field whose command is written so."""
    return document(
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>{command}</w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def instruction(words: str) -> bytes:
    """The same, as office programs write commands."""
    return field(f"<w:instrText>{words}</w:instrText>")


def simple(words: str) -> bytes:
    """A field in one element."""
    return document(f"<w:fldSimple w:instr={quoteattr(words)}/>")


def moved(content: bytes, *, behind: bytes) -> bytes:
    """A package behind something else, with a list that says so."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        entries, start = file.infolist(), file.start_dir
    found, more = bytearray(content), len(behind)
    for entry in entries:
        place = found.index(b"PK\x01\x02", start)
        found[place + 42 : place + 46] = (entry.header_offset + more).to_bytes(4, "little")
        start = place + 46
    return behind + ended(bytes(found), more)


def between(content: bytes, added: bytes) -> bytes:
    """A package with something between its parts and their list."""
    start = END.unpack(content[-END.size :])[6]
    return content[:start] + added + ended(content[start:], len(added))


def ended(content: bytes, more: int) -> bytes:
    """The package whose list of parts is said to be so much later."""
    *its, start, comment = END.unpack(content[-END.size :])
    return content[: -END.size] + END.pack(*its, start + more, comment)


def commented(comment: bytes) -> bytes:
    """A package with a comment."""
    out = io.BytesIO(package())
    with zipfile.ZipFile(out, "a") as file:
        file.comment = comment
    return out.getvalue()


def streamed() -> bytes:
    """A package as programs write it that cannot go back: sizes follow each part."""
    out = Forward()
    with zipfile.ZipFile(io.BytesIO(package())) as file, zipfile.ZipFile(out, "w") as copy:
        for entry in file.infolist():
            copy.writestr(entry.filename, file.read(entry), zipfile.ZIP_DEFLATED)
    return bytes(out.content)


class Forward:
    """A file that is only written on and on."""

    def __init__(self) -> None:
        self.content = bytearray()

    def write(self, more: bytes, /) -> int:
        self.content += more
        return len(more)

    def flush(self) -> None:
        pass


def padded() -> bytes:
    """A package with room for its list of types to grow, as office programs leave it."""
    out = io.BytesIO()
    room = struct.pack("<4H", 0xA220, 4 + 500, 0xA028, 500) + bytes(500)
    with zipfile.ZipFile(io.BytesIO(package())) as file, zipfile.ZipFile(out, "w") as copy:
        for entry in file.infolist():
            own = zipfile.ZipInfo(entry.filename)
            own.extra = b"" if copy.filelist else room
            copy.writestr(own, file.read(entry))
    return out.getvalue()
