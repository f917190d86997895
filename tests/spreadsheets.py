"""Tables as offices keep them, as attackers would send them, and the honest ones beside them."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

type Table = Sequence[Sequence[Any]]


def xlsx(rows: Table) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(rows: Table, separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def upload(content: bytes, name: str = "desa.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def cells_of(content: bytes) -> list[list[str]]:
    """The texts of the first sheet, and never a formula."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [["" if value is None else str(value) for value in row] for row in sheet.values]


def repacked(content: bytes, extra: dict[str, bytes] | None = None, **changed: Any) -> bytes:
    """The workbook with further parts, or with its sheet rewritten by `sheet`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for part in old.infolist():
            data = old.read(part)
            if re.search(r"worksheets/sheet\d", part.filename) and "sheet" in changed:
                data = changed["sheet"](data)
            new.writestr(part.filename, data)
        for name, data in (extra or {}).items():
            new.writestr(name, data)
    return out.getvalue()


def swollen(piece: bytes, times: int) -> bytes:
    """A workbook whose sheet goes on and on; written in pieces, so that only its reader suffers."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx([["Desa"]]))) as old, zipfile.ZipFile(out, "w", 8) as new:
        for part in old.infolist():
            start, end = old.read(part), b""
            if "worksheets/sheet" in part.filename:
                start, end = start[: start.index(b"</sheetData>")], b"</sheetData></worksheet>"
            with new.open(part.filename, "w") as written:
                written.write(start)
                for _ in range(times if end else 0):
                    written.write(piece)
                written.write(end)
    return out.getvalue()


def bomb() -> bytes:
    """A few hundred kilobytes that unfold to more than 200 MB."""
    return swollen(b" " * 2**20, 210)


def many_rows() -> bytes:
    """A million rows, small because they are alike."""
    return swollen(b"<row><c><v>1</v></c></row>" * 1_000, 1_000)


def merged_down(words: Sequence[str], *, rows: int, sheets: int = 1) -> bytes:
    """Small workbooks that show in every row, in merged cells, what they keep once."""
    book = Workbook()
    for sheet in [book.active, *(book.create_sheet() for _ in range(sheets - 1))]:
        sheet.append(list(words))
        for row in range(2, rows + 1):
            sheet.cell(row, len(words) + 1, "a")
        for column in range(1, len(words) + 1):
            sheet.merge_cells(None, 1, column, rows, column)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def deep_text_bomb() -> bytes:
    """A small workbook whose entities would multiply."""
    laughs = b"".join(b'<!ENTITY a%d "%b">' % (n + 1, b"&a%d;" % n * 10) for n in range(9))
    head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">%b]>' % laughs

    def laugh(sheet: bytes) -> bytes:
        body = sheet[sheet.index(b"<worksheet") :]
        row = b'<row><c t="inlineStr"><is><t>&a9;</t></is></c></row></sheetData>'
        return head + body.replace(b"</sheetData>", row)

    return repacked(xlsx([["Desa"]]), sheet=laugh)


def with_formula() -> bytes:
    """A formula, with what its program last showed, and one without."""

    def compute(sheet: bytes) -> bytes:
        shown = b'<c r="A2" t="str"><f>"Paku"&amp;"ncen"</f><v>Pakuncen</v></c>'
        unshown = b"<c r=\"B2\"><f>cmd|' /C calc'!A0</f></c>"
        return sheet.replace(
            b"</sheetData>", b'<row r="2">%b%b</row></sheetData>' % (shown, unshown)
        )

    return repacked(xlsx([["Nama Desa", "Kecamatan"]]), sheet=compute)


OLD_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LOCKED = OLD_HEADER + "EncryptedPackage".encode("utf-16-le")
