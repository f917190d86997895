"""Presentations and documents from outside: plain ones come in as they are, nothing else does."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from desabinaan import packages
from desabinaan.uploads import check_material
from tests.factories import small_pdf
from tests.hostile_files import pdf_with, with_script
from tests.office_files import OFFICE, hyperlink, package, relation

RELS = "ppt/_rels/presentation.xml.rels"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
OLE = '<Default Extension="bin" ContentType="application/vnd.ms-office.activeX"/>'
MACROS = (
    '<Override PartName="/ppt/x.xml" ContentType='
    '"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"/>'
)
BOMB = b"\0" * (8 * 1024 * 1024)
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
SPLIT = (
    '<w:document xmlns:w="w"><w:instrText xml:space="preserve"> DD</w:instrText>'
    "<w:instrText>EAUTO c:\\\\windows\\\\cmd.exe</w:instrText></w:document>"
)
ACTION = '<a:hlinkClick action="ppaction://program" xmlns:a="a"/>'

PLAIN = {
    "a presentation": package(),
    "a document": package("docx"),
    "one with a link to a page": package(parts={RELS: hyperlink("https://imigrasi.go.id")}),
    "one with a letter": package(parts={RELS: hyperlink("mailto:humas@example.go.id")}),
    "one with a picture": package(parts={"ppt/media/image1.png": bytes(range(256)) * 4000}),
    "one with the settings of a printer": package(
        parts={"ppt/printerSettings/printerSettings1.bin": b"x"}
    ),
}
HOSTILE = {
    "macros": (package(parts={"ppt/vbaProject.bin": b"x"}), "active"),
    "the type of macros": (package(types=MACROS), "active"),
    "a control": (package(types=OLE), "active"),
    "an object of another program": (
        package(parts={"ppt/embeddings/oleObject1.bin": b"x"}),
        "active",
    ),
    "a table behind a chart": (
        package(parts={"ppt/embeddings/Microsoft_Excel_Sheet.xlsx": b"x"}),
        "active",
    ),
    "a relation to an object": (
        package(parts={RELS: relation(f"{OFFICE}/oleObject", "x.dat", outside=False)}),
        "active",
    ),
    "a ribbon with buttons": (
        package(parts={RELS: relation(f"{MICROSOFT}/ui/extensibility", "u.xml", outside=False)}),
        "active",
    ),
    "a picture from elsewhere": (
        package(parts={RELS: relation(f"{OFFICE}/image", "https://example.org/pixel.png")}),
        "outside",
    ),
    "a template from elsewhere": (
        package(
            "docx",
            {"word/_rels/settings.xml.rels": relation(f"{OFFICE}/attachedTemplate", "\\\\x\\y")},
        ),
        "active",
    ),
    "a link to a program": (package(parts={RELS: hyperlink("file:///c:/cmd.exe")}), "outside"),
    "a link to a share": (package(parts={RELS: hyperlink("\\\\server\\share")}), "outside"),
    "a button that starts a program": (
        package(parts={"ppt/slides/slide1.xml": ACTION}),
        "active",
    ),
    "a field that starts a program, in pieces": (
        package("docx", {"word/document.xml": SPLIT}),
        "active",
    ),
    "entities": (package(parts={"ppt/slides/slide1.xml": ENTITIES}), "active"),
    "entities in wide signs": (
        package(parts={RELS: ("\ufeff" + ENTITIES).encode("utf-16-le")}),
        "active",
    ),
    "a bomb": (package(parts={"ppt/media/image1.png": BOMB}), "heavy"),
    "too many parts": (package(parts={f"ppt/x{n}": "" for n in range(5001)}), "heavy"),
    "a way out": (package(parts={"../../etc/cron.d/x": b"x"}), "broken"),
    "another file before it": (b"GIF89a" + package(), "mixed"),
    "a document under a presentation's name": (package("docx"), "type"),
    "no types": (package(parts={"[Content_Types].xml": "<Types/>"}), "type"),
    "types that are none": (package(parts={"[Content_Types].xml": "<Types"}), "broken"),
    "nothing": (b"", "broken"),
    "half of it": (package()[:400], "broken"),
}
KIND = {"a template from elsewhere": "docx", "a field that starts a program, in pieces": "docx"}


@pytest.mark.parametrize("name", PLAIN)
def test_what_is_plain_comes_in(name: str) -> None:
    kind = "docx" if name == "a document" else "pptx"

    assert packages.opened(kind, PLAIN[name]) == b""


@pytest.mark.parametrize("name", HOSTILE)
def test_what_runs_fetches_or_carries_something_does_not(name: str) -> None:
    content, code = HOSTILE[name]

    with pytest.raises(packages.Refused) as refused:
        packages.opened(KIND.get(name, "pptx"), content)

    assert refused.value.answer["code"] == code


def test_a_part_that_lies_about_its_size_is_not_unfolded() -> None:
    content = package(parts={"ppt/slides/slide1.xml": " " * (40 * 1024 * 1024)})
    lying = content.replace((40 * 1024 * 1024).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    assert lying != content

    with pytest.raises(packages.Refused):
        packages.opened("pptx", lying)


def test_a_locked_file_says_so() -> None:
    content = bytearray(package())
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        first = file.infolist()[0]
    content[first.header_offset + 6] |= 1
    start = bytes(content).index(b"PK\x01\x02")
    content[start + 8] |= 1

    with pytest.raises(packages.Refused) as refused:
        packages.opened("pptx", bytes(content))

    assert refused.value.answer["code"] == "locked"


def checked(name: str, content: bytes) -> str:
    """The type of what was let in, or the code of the refusal."""
    try:
        return check_material(SimpleUploadedFile(name, content)).content_type.rpartition(".")[2]
    except ValidationError as error:
        return f"not: {error.code}"


def test_the_process_apart_says_the_same() -> None:
    assert checked("paparan.pptx", package()) == "presentation"
    assert checked("makalah.DOCX", package("docx")) == "document"
    assert checked("paparan.pdf", small_pdf(120)) == "application/pdf"
    assert checked("paparan.pdf", pdf_with(with_script)) == "not: active"
    assert checked("paparan.pptx", HOSTILE["macros"][0]) == "not: active"
    assert checked("paparan.pptx", small_pdf()) == "not: type"
    assert checked("paparan.pdf", package()) == "not: type"
    assert checked("paparan.pptm", package()) == "not: type"
    assert checked("paparan.pptx", bytes(20 * 1024 * 1024 + 1)) == "not: size"
