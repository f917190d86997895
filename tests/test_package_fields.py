"""Fields of documents: those of ordinary papers come in, those that fetch or start do not."""

from __future__ import annotations

import pytest

from desabinaan import packages
from tests.office_files import document, field, instruction, package, simple

BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{place}"/></w:r>' for place in ("begin", "separate", "end")
)
SHARE = "file://///10.0.0.9/share/setup.exe"
X = 'xmlns:x="x"'


def says(words: str, element: str = "w:instrText") -> str:
    """A run with words of a command."""
    return f"<w:r><{element}>{words}</{element}></w:r>"


def nested(outer: str, inner: str) -> str:
    """A field with another one in the middle of its command."""
    before, after = outer.split("|")
    return BEGIN + says(before) + BEGIN + says(inner) + END + says(after) + SEPARATE + END


def refusal(content: bytes) -> str:
    """The code of the refusal; "" where it comes in."""
    try:
        packages.opened("docx", content)
    except packages.Refused as refused:
        return str(refused.answer["code"])
    return ""


ORDINARY = [
    " PAGE   \\* MERGEFORMAT ",
    "page",
    "NUMPAGES",
    ' DATE \\@ "dddd, dd MMMM yyyy" ',
    ' TOC \\o "1-3" \\h \\z \\u ',
    " PAGEREF _Toc1 \\h ",
    " REF _Ref1 \\h  \\* MERGEFORMAT ",
    " SEQ Tabel \\* ARABIC ",
    ' STYLEREF "Heading 1" \\s ',
    " FORMTEXT ",
    " FORMCHECKBOX ",
    ' IF 1 = 1 "ya" "tidak" ',
    " =SUM(ABOVE) ",
    " = 2 + 3 \\* Roman ",
    " MERGEFIELD Nama_Desa ",
    ' ADDIN CSL_CITATION {"uris":["http://www.mendeley.com/documents/?uuid=1"]} ',
    " ADDIN EN.CITE ",
    " SHAPE  \\* MERGEFORMAT ",
    " EQ \\f(1,2) ",
    " SYMBOL 183 \\f Symbol ",
    " DOCPROPERTY Nomor ",
    ' HYPERLINK "https://www.imigrasi.go.id/hidden/database?link=DDE" ',
    ' HYPERLINK "mailto:humas@example.go.id?subject=Tanya" \\t "_blank" ',
    ' HYPERLINK "https://example.go.id" \\l ":~:text=desa" \\o "Buka \\"situs\\" C:\\\\x" ',
    ' HYPERLINK \\l "_Toc12345" ',
    ' HYPERLINK "" \\l "_Toc12345" ',
    " HYPERLINK https://example.go.id \\* MERGEFORMAT ",
    "",
    " ",
]
FETCHING = [
    f' HYPERLINK "{SHARE}" ',
    f' hyperlink \\o "Unduh" "{SHARE}" ',
    f' HYPERLINK \\n "{SHARE}" ',
    f' HYPERLINK \\* "{SHARE}" ',
    f' HYPERLINK \\s "{SHARE}" ',
    f' HYPERLINK \\l "{SHARE}" ',
    f' HYPERLINK "https://example.go.id" "{SHARE}" ',
    f" HYPERLINK {SHARE} ",
    ' HYPERLINK "\\\\\\\\10.0.0.9\\\\share\\\\setup.exe" ',
    " HYPERLINK \\\\\\\\10.0.0.9\\\\share ",
    ' HYPERLINK "ms-msdt:/id PCWDiagnostic" ',
    ' HYPERLINK "setup.exe" ',
    ' HYPERLINK "javascript:alert(1)" ',
    f' HYPERLINK "{SHARE}',
    ' INCLUDEPICTURE "https://x.example/a.png" \\d ',
    ' INCLUDETEXT "c:\\\\x" ',
    ' INCLUDE "c:\\\\x" ',
    ' IMPORT "http://x.example/a.png" ',
    ' RD "http://x.example/a.docx" ',
    ' LINK Excel.Sheet.12 "c:\\\\x" ',
    ' DATABASE \\d "c:\\\\x" ',
]
STARTING = [
    " MACROBUTTON FileOpen Tekan ",
    " EMBED Package ",
    " DDE cmd x ",
    ' PRINT "x" ',
    " CONTROL Forms.HTML ",
    " HTMLCONTROL x ",
    " Sesuatu ",
    "\u200bDDEAUTO x",
    "\ufeffPAGE",
    "1",
]
# Both programs that read an element and those that pass over it must find the same command.
TWOFOLD = {
    "words of a change before it": field(
        "<w:delInstrText>PAGE </w:delInstrText><w:instrText>DDEAUTO x</w:instrText>"
    ),
    "words in an element of nobody": document(
        BEGIN + f"<x:x {X}>{says('PAGE ')}</x:x>" + says("DDEAUTO x") + SEPARATE + END
    ),
    "words in one of two ways": document(
        BEGIN
        + f"<m:a xmlns:m='m'><m:Choice>{says('PAGE ')}</m:Choice></m:a>"
        + f"<m:a xmlns:m='m'><m:Choice>{says('DDEAUTO x')}</m:Choice></m:a>"
        + SEPARATE
        + END
    ),
    "words that a change took away, in the element of others": document(
        BEGIN + f"<w:del>{says('PAGE ')}</w:del>" + says("DDEAUTO x") + SEPARATE + END
    ),
    "a beginning of nobody": document(
        BEGIN + says('IF 1 = 1 "') + BEGIN + f'<x:fldChar {X} x:fldCharType="end"/>' + says("DDE x")
    ),
    "an end in an element of nobody": document(
        BEGIN + says("IF 1 = 1") + BEGIN + f"<x:x {X}>{END}</x:x>" + says("DDEAUTO x")
    ),
    "an end for others": document(
        BEGIN
        + says("IF 1 = 1")
        + f'<w:fldChar {X} w:fldCharType="begin" x:fldCharType="end"/>'
        + says("DDEAUTO x")
    ),
    "a result of nobody": document(
        BEGIN + f'<x:fldChar {X} x:fldCharType="separate"/>' + says("DDEAUTO x") + SEPARATE + END
    ),
    "words of a command in a result": field(
        "<w:instrText>PAGE</w:instrText>", "1</w:t><w:instrText>DDEAUTO x</w:instrText><w:t>"
    ),
    "words of a command before any field": document(says("PAGE ") + BEGIN + says("PAGE") + END),
    "a command of the result of another": document(nested(" |DDEAUTO x", 'QUOTE "PAGE"')),
    "a command that goes on in another": document(nested("PAGE|", "QUOTE x")),
    "a command that never ends": document(BEGIN + says("DDEAUTO x")),
    "a field in a result": document(
        BEGIN + says("PAGE") + SEPARATE + BEGIN + says("DDEAUTO x") + SEPARATE + END + END
    ),
    "a field in a command": document(nested('IF 1 = 1 "|"', "DDEAUTO x")),
    "a field in an attribute, in a command": document(
        BEGIN + says("") + '<w:fldSimple w:instr="QUOTE DDE"/>' + says("PAGE") + END
    ),
}


@pytest.mark.parametrize("words", ORDINARY)
def test_fields_of_ordinary_papers_come_in(words: str) -> None:
    assert refusal(instruction(words)) == ""
    assert refusal(simple(words)) == ""


@pytest.mark.parametrize("words", FETCHING)
def test_fields_that_fetch_or_lead_to_programs_do_not(words: str) -> None:
    assert refusal(instruction(words)) == "outside"
    assert refusal(simple(words)) == "outside"


@pytest.mark.parametrize("words", STARTING)
def test_fields_that_start_something_or_that_nobody_knows_do_not(words: str) -> None:
    assert refusal(instruction(words)) == "active"
    assert refusal(simple(words)) == "active"


@pytest.mark.parametrize("name", TWOFOLD)
def test_no_two_programs_read_two_commands(name: str) -> None:
    assert refusal(TWOFOLD[name]) == "active"


def test_a_link_that_is_put_together_is_none() -> None:
    assert refusal(document(nested('HYPERLINK "https:|"', "QUOTE x"))) == "outside"


def test_fields_as_office_programs_write_them() -> None:
    box = BEGIN + says(" PA") + says("GE ") + SEPARATE + says("1", "w:t") + END
    frame = f"<v:textbox xmlns:v='v'><w:txbxContent><w:p>{box}</w:p></w:txbxContent></v:textbox>"
    boxes = f"<m:Choice>{frame}</m:Choice><m:Fallback>{frame}</m:Fallback>"
    either = f"<w:r><m:AlternateContent xmlns:m='m'>{boxes}</m:AlternateContent></w:r>"
    deleted = f"<w:del>{BEGIN}</w:del><w:del>{says(' PAGE ', 'w:delInstrText')}</w:del>"

    assert (
        refusal(
            document(
                # A table of contents: a link with a number in its result, over several paragraphs.
                f"<w:p>{BEGIN}{says(' TOC ')}{SEPARATE}{BEGIN}"
                + says(' HYPERLINK \\l "_Toc1" ')
                + SEPARATE
                + says("Bab", "w:t")
                + box
                + f"{END}</w:p><w:p>{END}</w:p>"
                # Numbers of pages in frames, once for old and once for new programs.
                + f"<w:p>{BEGIN}{says('REF x')}{SEPARATE}"
                + f"{either}{END}</w:p>"
                # Letters, a number in a sum, and what a change took away.
                + nested('IF |= "x" "ya" "tidak"', " MERGEFIELD x ")
                + nested(" = | - 1 ", "PAGE")
                + deleted
                + f"<w:del>{END}</w:del>"
            )
        )
        == ""
    )


def test_the_words_around_a_field_are_no_command() -> None:
    words = says("DDEAUTO dan LINK", "w:t")
    page = BEGIN + says("PAGE") + SEPARATE + words + END

    assert refusal(document(words + page + words)) == ""
    assert (
        refusal(package("docx", {"word/footer1.xml": f"<w:ftr xmlns:w='w'>{page}</w:ftr>"})) == ""
    )
