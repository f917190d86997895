"""What is let in as a table, and what is refused in a sentence."""

import io
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desabinaan.workbooks import safe
from tests import spreadsheets
from tests.spreadsheets import repacked, text, upload, xlsx
from villages.onboarding import columns, facts, workbooks
from villages.onboarding.spreadsheets import MAX_BYTES, read

TABLE = [["Nama Desa", "Kecamatan"], ["Pakuncen", "Selomerto"]]
ROWS = [(1, TABLE[0]), (2, TABLE[1])]


def test_a_workbook_and_a_text_say_the_same() -> None:
    assert read(upload(xlsx(TABLE))).rows == ROWS
    assert read(upload(text(TABLE).encode(), "desa.csv")).rows == ROWS


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_usual_separator_is_understood(separator: str) -> None:
    assert read(upload(text(TABLE, separator).encode(), "desa.csv")).rows == ROWS


def test_the_separator_that_a_file_declares_is_believed() -> None:
    content = b"sep=;\r\nNama Desa;Kecamatan\r\nPakuncen, Kali;Selomerto\r\n"

    rows = read(upload(content, "desa.csv")).rows

    assert rows == [(2, TABLE[0]), (3, ["Pakuncen, Kali", "Selomerto"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_usual_encodings_are_understood(encoding: str) -> None:
    content = "Nama Desa,Catatan\nPakuncén,kepala “baru”\n".encode(encoding)

    assert read(upload(content, "desa.csv")).rows[1] == (2, ["Pakuncén", "kepala “baru”"])


def test_a_formula_is_worth_what_it_last_showed_and_is_never_computed() -> None:
    rows = read(upload(spreadsheets.with_formula())).rows

    assert rows == [(1, ["Nama Desa", "Kecamatan"]), (2, ["Pakuncen"])]


def test_a_million_empty_rows_below_the_table_do_no_harm() -> None:
    def colour(sheet: bytes) -> bytes:
        return sheet.replace(b"</sheetData>", b'<row r="1048576"><c/></row></sheetData>')

    coloured = spreadsheets.repacked(xlsx(TABLE), sheet=colour)

    assert read(upload(coloured)).rows == ROWS


HOSTILE = {
    "a zip bomb": (spreadsheets.bomb, "desa.xlsx", "terlalu rumit"),
    "an entity bomb": (spreadsheets.deep_text_bomb, "desa.xlsx", "rusak"),
    "a million rows": (spreadsheets.many_rows, "desa.xlsx", "terlalu panjang"),
    "one long word in every cell": (
        lambda: xlsx([["x" * 450] * 25] * 900),
        "desa.xlsx",
        "terlalu rumit",
    ),
    "long words merged down every row": (
        lambda: spreadsheets.merged_down(["x" * 500] * 59, rows=300),
        "desa.xlsx",
        "terlalu rumit",
    ),
    "too much in all sheets together": (
        lambda: spreadsheets.merged_down(["x" * 500] * 59, rows=150, sheets=2),
        "desa.xlsx",
        "terlalu rumit",
    ),
    "many lines": (lambda: b"Desa\n" + b"a\n" * 11_000, "desa.csv", "terlalu panjang"),
    "external links": (
        lambda: spreadsheets.repacked(
            xlsx(TABLE), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
        ),
        "desa.xlsx",
        "berkas lain",
    ),
    "macros under a harmless name": (
        lambda: spreadsheets.repacked(xlsx(TABLE), {"xl/vbaProject.bin": b"x"}),
        "desa.xlsx",
        "makro",
    ),
    "macros by name": (lambda: xlsx(TABLE), "desa.xlsm", "makro"),
    "a password": (lambda: spreadsheets.LOCKED, "desa.xlsx", "terkunci sandi"),
    "the old format": (lambda: spreadsheets.OLD_HEADER, "desa.xls", "Excel lama"),
    "the old format renamed": (lambda: spreadsheets.OLD_HEADER, "desa.xlsx", "Excel lama"),
    "not a workbook": (lambda: b"%PDF-1.5", "desa.xlsx", "bukan tabel XLSX"),
    "another archive": (
        lambda: spreadsheets.repacked(xlsx(TABLE))[:400],
        "desa.xlsx",
        "bukan tabel XLSX",
    ),
    "a broken sheet": (
        lambda: spreadsheets.repacked(xlsx(TABLE), sheet=lambda sheet: sheet[:200]),
        "desa.xlsx",
        "rusak",
    ),
    "a foreign encoding": (lambda: "村の名前,地区".encode("shift_jis"), "desa.csv", "Huruf"),
    "bytes that are no text": (lambda: bytes(range(256)), "desa.csv", "Huruf"),
    "nothing": (lambda: b"\n\n", "desa.csv", "tidak berisi"),
    "an empty sheet": (lambda: xlsx([]), "desa.xlsx", "tidak berisi"),
    "too many bytes": (lambda: bytes(MAX_BYTES + 1), "desa.csv", "Paling besar 5 MB"),
    "another kind": (lambda: b"x", "desa.docx", "Pilih berkas XLSX atau CSV"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_table_is_refused_in_a_sentence(what: str) -> None:
    build, name, sentence = HOSTILE[what]

    with pytest.raises(ValidationError, match=sentence):
        read(upload(build(), name))


def test_what_long_merged_cells_show_is_let_in_as_far_as_other_text_is() -> None:
    content = spreadsheets.merged_down(["x" * 500] * 59, rows=150)

    (_, top), *_, (_, bottom) = read(upload(content)).rows

    assert top == ["x" * 500] * 59
    assert bottom == [*top, "a"]


@pytest.mark.parametrize("start", ["=1+1", "+62", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_nothing_that_leaves_the_portal_starts_a_formula(start: str) -> None:
    (cell,) = safe([start])

    assert cell == f"'{start}"


def test_the_template_is_read_as_an_empty_table() -> None:
    table = read(upload(workbooks.template()))

    assert table.rows[0][1][0] == "Nama desa atau kelurahan"
    assert table.rows[1][1][-1].startswith("CONTOH")
    assert len(table.rows) == 2


def workbook(fill: Callable[[Worksheet], None], *before: str) -> bytes:
    """A workbook of sheets with one line each, and then one that `fill` writes."""
    book = Workbook()
    book.active.title = "Rekap"
    for title in before:
        book.create_sheet(title, 0).append(["Dicetak oleh Tata Usaha"])
    fill(book["Rekap"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_sheet_with_the_table_is_taken_wherever_it_stands() -> None:
    content = workbook(lambda sheet: [sheet.append(row) for row in TABLE], "Catatan")

    table = read(upload(content))

    assert table.rows == ROWS
    assert table.name == "desa.xlsx, lembar Rekap"


def test_merged_cells_say_the_same_in_all_their_rows() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["DATA DESA BINAAN"])
        sheet.merge_cells("A1:C1")
        sheet.append(["Nama Desa", "SK", ""])
        sheet.append(["", "Nomor", "Tanggal"])
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("B2:C2")
        sheet.append(["Pakuncen", "W.13-7", "7 Maret 2024"])
        sheet.append(["Sinduagung"])
        sheet.merge_cells("B4:B5")
        sheet.merge_cells("C4:C5")

    rows = read(upload(workbook(fill))).rows

    place = columns.header_at(rows)
    assert rows[place] == (3, ["Nama Desa", "Nomor", "Tanggal"])
    assert columns.guess_at(rows, place) == {"name": 0, "decree_number": 1, "decree_dated": 2}
    assert rows[-1] == (5, ["Sinduagung", "W.13-7", "7 Maret 2024"])


def test_a_million_merged_rows_are_no_more_than_the_table() -> None:
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells>'

    content = repacked(xlsx(TABLE), sheet=lambda it: it.replace(b"</sheetData>", merged))

    assert read(upload(content)).rows == ROWS


def test_a_number_of_more_figures_than_a_spreadsheet_keeps_ends_in_zeros() -> None:
    rows = read(upload(xlsx([["NIP", "HP"], [198609262015051001.0, 81227001234.0]]))).rows

    assert rows[1][1] == ["198609262015051000", "81227001234"]


@pytest.mark.parametrize(
    ("row", "is_one"),
    [
        ({"name": "Pakuncen"}, True),
        ({"code": "33.07.06.2009"}, True),
        ({"name": "JUMLAH", "district": "10"}, False),
        ({"name": "Total Desa"}, False),
        ({"name": "(2)", "district": "(3)"}, False),
        ({"name": "2", "district": "3", "decree_number": "4"}, False),
        ({"head_name": "Wonosobo, 31 Desember 2024"}, False),
        ({"district": "Selomerto", "regency": "Wonosobo", "decree_number": "W.13-7"}, True),
    ],
)
def test_sums_signatures_and_counted_columns_are_no_rows(row: dict[str, str], is_one: bool) -> None:
    assert facts.is_about_a_village(row) is is_one
