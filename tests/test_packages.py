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
from tests.office_files import (
    OFFICE,
    between,
    commented,
    document,
    field,
    hyperlink,
    instruction,
    moved,
    package,
    padded,
    relation,
    simple,
    streamed,
)

RELS = "ppt/_rels/presentation.xml.rels"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
PDF = '<Default Extension="wmf" ContentType="application/pdf"/>'
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
W = 'xmlns:w="w"'
RENAMED = (
    '<Types><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.png" ContentType="{packages.MAIN["docx"]}"/></Types>'
)


DDE = f'<w:fldSimple {W} w:instr="DDEAUTO c:\\\\cmd.exe"/>'
HIDDEN = {
    "by character references": field("<w:instrText>&#68;&#x44;EAUTO c:\\cmd.exe</w:instrText>"),
    "around a comment": instruction("D<!-- -->DEAUTO c:\\cmd.exe"),
    "around an instruction": instruction("D<?x y?>DEAUTO c:\\cmd.exe"),
    "around an element": instruction("D<w:x/>DEAUTO c:\\cmd.exe"),
    "in CDATA": instruction("<![CDATA[DDEAUTO c:\\cmd.exe]]>"),
    "in two runs": instruction("DD</w:instrText></w:r><w:r><w:instrText>EAUTO c:\\cmd.exe"),
    "in two runs on two lines": instruction(
        "DD</w:instrText></w:r>\n <w:r><w:t>x</w:t></w:r>\n <w:r>\n  <w:instrText>EAUTO c:\\cmd.exe"
    ),
    "around another field": instruction(
        'DD</w:instrText><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText>'
        '<w:fldChar w:fldCharType="end"/><w:instrText>EAUTO'
    ),
    "around an element of nobody": instruction(
        '&#68;D</w:instrText><x:instrText xmlns:x="x">z</x:instrText><w:instrText>EAUTO'
    ),
    "around an element of nobody, under two prefixes": instruction(
        '&#68;D</w:instrText><x:instrText xmlns:x="x">z</x:instrText>'
        '<v:instrText xmlns:v="w">EAUTO</v:instrText><w:instrText>'
    ),
    "around what a change took away": instruction(
        "DD</w:instrText><w:delInstrText>z</w:delInstrText><w:instrText>EAUTO"
    ),
    "in what a change took away": field("<w:delInstrText>DDEAUTO c:\\cmd.exe</w:delInstrText>"),
    "as plain words of a command": field("<w:t>DDEAUTO c:\\cmd.exe</w:t>"),
    "in an attribute": document('<w:fldSimple w:instr="DDE&#65;UTO x"/>'),
    "under another prefix": package(
        "docx", {"word/document.xml": '<v:fldSimple xmlns:v="w" v:instr = "DDE&#65;UTO x"/>'}
    ),
    "in a main part of another ending": package(
        "docx", {"[Content_Types].xml": RENAMED, "word/document.png": DDE}
    ),
    "in a part of no type": package("docx", {"word/document.png": DDE}),
    "behind empty lines": package("docx", {"word/header.png": "\n" * 200_000 + DDE}),
    "in wide signs": package("docx", {"word/a.png": ("\ufeff" + DDE).encode("utf-16-be")}),
}
STARTS_NOTHING = {
    "a link": ("docx", instruction(' HYPERLINK "https://www.imigrasi.go.id" ')),
    "a number of a page": ("docx", field("<w:instrText> PAGE </w:instrText>", "DDE dan LINK")),
    "a table of contents": ("docx", simple(' TOC \\o "1-3" ')),
    "words": ("docx", package("docx", {"word/document.xml": f"<w:t {W}>LINK dan DDEAUTO</w:t>"})),
    "a button to a slide": (
        "pptx",
        package(parts={"ppt/slides/slide1.xml": '<a action="ppaction://hlinksldjump"/>'}),
    ),
    "a drawing": (
        "pptx",
        package(parts={"ppt/media/image1.svg": '<svg xmlns="s"><text>DDE link</text></svg>'}),
    ),
}
ACTIONS = ("ppaction://&#112;rogram", "ppaction://&#x6d;acro?name=x", " PPACTION://hlinkfile")

ACTION = '<a:hlinkClick action="ppaction://program" xmlns:a="a"/>'

PAGE = b"<html><script>alert(1)</script></html>"

LINK = f"{OFFICE}/hyperlink"
MAIN = "ppt/presentation.xml"
VML = "ppt/drawings/vmlDrawing1.vml"
FILE = "file://///10.0.0.9/share/setup.exe"
MERGE = (
    '<w:settings xmlns:w="w"><w:mailMerge><w:connectString w:val="Provider=x"/>'
    '<w:query w:val="SELECT * FROM x"/></w:mailMerge></w:settings>'
)


def used(element: str, attribute: str) -> str:
    """A part that uses its relation so."""
    return f'<a:{element} xmlns:a="a" xmlns:r="{OFFICE}" r:{attribute}="rId1"/>'


def drawn(attribute: str, value: str) -> str:
    """A drawing of the old kind."""
    return f'<v:shape xmlns:v="v" xmlns:o="o" {attribute}="{value}"/>'


PLAIN = {
    "a presentation": package(),
    "a document": package("docx"),
    "one with a link to a page": package(parts={RELS: hyperlink("https://imigrasi.go.id")}),
    "one with a link that is pressed": package(
        parts={RELS: hyperlink("https://imigrasi.go.id"), MAIN: used("hlinkClick", "id")}
    ),
    "one with a link to a slide": package(parts={RELS: hyperlink("#Slide 2")}),
    "one with drawings": package(
        parts={
            VML: drawn("href", "https://imigrasi.go.id"),
            "ppt/a.xml": drawn("href", "#_Toc1"),
            "ppt/b.xml": drawn("src", ""),
            "ppt/media/image1.svg": drawn("href", "data:image/png;base64,iVBORw0KGgo="),
        }
    ),
    "one with a letter": package(parts={RELS: hyperlink("mailto:humas@example.go.id")}),
    "one with a picture": package(parts={"ppt/media/image1.png": bytes(range(256)) * 4000}),
    "one that was written on and on": streamed(),
    "one with room to grow": padded(),
    "one with the settings of a printer": package(
        parts={"ppt/printerSettings/printerSettings12.bin": b"x"}
    ),
    "one with what office programs put in": package(
        parts={
            "ppt/media/": b"",
            "ppt/media/image1.WMF": b"\xd7\xcd\xc6\x9a",
            "ppt/media/hdphoto1.wdp": b"II\xbc\x01",
            "ppt/media/media1.mp4": b"\0\0\0\x18ftypmp42",
            "ppt/fonts/font1.fntdata": b"x",
            "ppt/metadata": b"x",
            "docProps/thumbnail.jpeg": b"\xff\xd8\xff",
        },
        types='<Default Extension="wmf" ContentType="image/x-wmf"/>'
        '<Default Extension="mp4" ContentType="video/mp4"/>'
        '<Override PartName="/ppt/metadata" ContentType="application/binary"/>',
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
    "a program among the pictures": (package(parts={"ppt/media/setup.exe": b"x"}), "active"),
    "a shortcut": (package(parts={"ppt/media/a.lnk": b"x"}), "active"),
    "another document": (package(parts={"ppt/media/a.docm": b"x"}), "active"),
    "a page with a script": (package(parts={"ppt/media/a.hta": "<html/>"}), "active"),
    "a part without an ending": (package(parts={"ppt/media/image1": b"x"}), "active"),
    "a program that calls itself a picture": (
        package(parts={"ppt/media/image1.png": b"MZ\x90\0"}),
        "active",
    ),
    "an archive that calls itself a picture": (
        package(parts={"ppt/media/image1.png": package()}),
        "active",
    ),
    "a picture that is said to be a document": (
        package(parts={"ppt/media/image1.wmf": b"x"}, types=PDF),
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
    "a link to a program, in spaces": (
        package(parts={RELS: hyperlink(" ms-msdt:/id").replace("External", " External ")}),
        "outside",
    ),
    "a link that does not say where it leads": (
        package(parts={RELS: relation(LINK, "file:///c:/cmd.exe", outside=False)}),
        "outside",
    ),
    "a picture from elsewhere that does not say so": (
        package(parts={RELS: relation(f"{OFFICE}/image", "http://x.example/a", outside=False)}),
        "outside",
    ),
    "a picture on a share that does not say so": (
        package(parts={RELS: relation(f"{OFFICE}/image", "\\\\x\\a.png", outside=False)}),
        "outside",
    ),
    "a link of somebody's own kind": (
        package(parts={RELS: relation("https://x.example/hyperlink", "https://x.example")}),
        "outside",
    ),
    "a picture from elsewhere that calls itself a link": (
        package(parts={RELS: hyperlink("https://x.example/a.png"), MAIN: used("blip", "link")}),
        "outside",
    ),
    "the same in a folder of relations": (
        package(
            parts={
                "x_rels/_rels/a.xml.rels": hyperlink("https://x.example/a.png"),
                "x_rels/a.xml": used("blip", "link"),
            }
        ),
        "outside",
    ),
    "a link that is followed where one only points": (
        package(parts={RELS: hyperlink("https://x.example"), MAIN: used("hlinkMouseOver", "id")}),
        "outside",
    ),
    "a drawing that leads to a program": (package(parts={VML: drawn("href", FILE)}), "outside"),
    "a drawing that leads to a program, in a document": (
        package("docx", {"word/document.xml": drawn("o:href", FILE)}),
        "outside",
    ),
    "a drawing from elsewhere": (package(parts={VML: drawn("src", "http://x.example")}), "outside"),
    "a drawing from a share": (package(parts={VML: drawn("src", "//x/a.png")}), "outside"),
    "a film of a page with scripts": (
        package("docx", {"word/document.xml": drawn("embeddedHtml", "&lt;iframe/&gt;")}),
        "active",
    ),
    "letters to the rows of a table": (
        package("docx", {"word/settings.xml": MERGE}),
        "active",
    ),
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
    "another file before it, and counted": (moved(package(), behind=b"GIF89a"), "mixed"),
    "one package after the other": (package() + package(), "mixed"),
    "one package after the other, and counted": (moved(package(), behind=package()), "mixed"),
    "a page of the web after it": (package() + PAGE, "mixed"),
    "a page of the web between its parts and their list": (between(package(), PAGE), "mixed"),
    "a comment": (commented(PAGE), "mixed"),
    "a document under a presentation's name": (package("docx"), "type"),
    "no types": (package(parts={"[Content_Types].xml": "<Types/>"}), "type"),
    "types that are none": (package(parts={"[Content_Types].xml": "<Types"}), "broken"),
    "nothing": (b"", "broken"),
    "half of it": (package()[:400], "broken"),
}
KIND = dict.fromkeys(
    (
        "a template from elsewhere",
        "a field that starts a program, in pieces",
        "a drawing that leads to a program, in a document",
        "a film of a page with scripts",
        "letters to the rows of a table",
    ),
    "docx",
)


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


@pytest.mark.parametrize("name", HIDDEN)
def test_a_command_is_found_however_it_is_written(name: str) -> None:
    with pytest.raises(packages.Refused) as refused:
        packages.opened("docx", HIDDEN[name])

    assert refused.value.answer["code"] == "active"


@pytest.mark.parametrize("action", ACTIONS)
def test_a_button_is_read_as_programs_read_it(action: str) -> None:
    slide = f'<a:hlinkClick xmlns:a="a" action="{action}"/>'

    with pytest.raises(packages.Refused) as refused:
        packages.opened("pptx", package(parts={"ppt/slides/slide1.xml": slide}))

    assert refused.value.answer["code"] == "active"


@pytest.mark.parametrize("name", STARTS_NOTHING)
def test_fields_and_words_that_start_nothing_come_in(name: str) -> None:
    kind, content = STARTS_NOTHING[name]

    assert packages.opened(kind, content) == b""


@pytest.mark.parametrize(
    "slide",
    ["<p:sld", "", '<?xml version="1.0" encoding="utf-7"?><a/>', "<a>&unknown;</a>"],
)
def test_a_part_that_cannot_be_read_is_refused(slide: str) -> None:
    with pytest.raises(packages.Refused) as refused:
        packages.opened("pptx", package(parts={"ppt/slides/slide1.xml": slide}))

    assert refused.value.answer["code"] == "broken"


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
    assert checked("makalah.docx", HIDDEN["in CDATA"]) == "not: active"
    assert checked("paparan.pptx", small_pdf()) == "not: type"
    assert checked("paparan.pdf", package()) == "not: type"
    assert checked("paparan.pptm", package()) == "not: type"
    assert checked("paparan.pptx", bytes(20 * 1024 * 1024 + 1)) == "not: size"
