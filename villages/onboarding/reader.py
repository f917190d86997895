"""A spreadsheet from outside: its sheets, or why they are not let in.

`desabinaan.apart` runs this in a process of its own, which may break without harm. Values are read,
never computed: a formula is worth what its program last showed.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

# No office serves so many villages; the worst table of them is matched while the browser waits.
MAX_ROWS = 3_000
MAX_COLUMNS = 60
LONGEST_CELL = 500
MAX_TEXT = (
    8_000_000  # signs of a file, as shown; ten thousand villages with all their columns take half
)
# A sheet of which whole columns were coloured has a million empty rows below its table.
BLANK_ROWS_AT_THE_END = 500
MAX_PARTS = 2_000  # files inside an XLSX
MAX_UNFOLDED = 200 * 1024 * 1024  # all of them together

MAX_SHEETS = 10  # visible ones that are looked at
MAX_MERGED = 5_000
TITLE_LINES = 20  # in which a heading may stretch over several columns

type Row = tuple[int, list[str]]  # its number in the file, its cells
type Sheet = tuple[str, list[Row]]  # its title
type Block = tuple[int, int, int, int]  # of merged cells: first row and column, last of both

OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MACROS = re.compile(r"vbaproject|macrosheets/", re.IGNORECASE)
ELSEWHERE = re.compile(r"externallinks/|connections\.xml|querytables/", re.IGNORECASE)

MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MOST_WESTERN_SIGNS = 0.1  # of a text that the old Western code page is said to explain
SEPARATORS = (";", ",", "\t")
# A file of ours, or of a careful program, that kept a cell from becoming a formula.
DEFUSED = re.compile(r"'(?=[=+\-@\t\r])")


class Refused(Exception):
    """The file must not come in; the code of the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.answer = {"code": code}


# --- XLSX --------------------------------------------------------------------------------------


def workbook_sheets(content: bytes) -> list[Sheet]:
    """The visible sheets that hold rows; too long ones only where nothing else is there."""
    _look_inside(content)
    os.environ["OPENPYXL_LXML"] = "False"  # the parser that refuses entities
    import openpyxl  # noqa: PLC0415 - costs half a second that a CSV need not wait
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet  # noqa: PLC0415

    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is missing")
    warnings.simplefilter("ignore")
    # It would read a sheet that does not say its size to the end, before we count its rows.
    ReadOnlyWorksheet._get_size = lambda _sheet: None  # type: ignore[attr-defined]
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        return _sheets_of(book, content)
    except Refused:
        raise
    except MemoryError as heavy:
        raise Refused("heavy") from heavy
    except Exception as broken:  # whatever a library makes of a broken file
        raise Refused("broken") from broken


def _sheets_of(book: Any, content: bytes) -> list[Sheet]:
    found: list[Sheet] = []
    refusal, left = Refused("empty"), MAX_TEXT
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in visible[:MAX_SHEETS]:
        try:
            rows = _limited(_numbered(sheet.iter_rows(values_only=True)))
        except Refused as too_long:
            refusal = too_long
            continue
        if rows:
            left -= _spread(rows, _merged(content, sheet._worksheet_path), left)
            found.append((str(sheet.title), rows))
    if not found:
        raise refusal
    return found


def _merged(content: bytes, path: str) -> list[Block]:
    """The blocks of merged cells, which stand behind the rows of the sheet."""
    found: list[Block] = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(path) as part:
        rest = b""
        while piece := part.read(2**20):
            for first, top, last, bottom in MERGED.findall(rest + piece):
                found.append((int(top), _column(first), int(bottom), _column(last)))
            if len(found) > MAX_MERGED:
                break
            rest = piece[-100:]
    return found[:MAX_MERGED]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _spread(rows: list[Row], blocks: list[Block], left: int) -> int:
    """Repeat what merged cells show: downwards everywhere, to the right among the headings.

    How many signs the sheet has then; refused beyond those that are left to the workbook, for
    what its file keeps once may be shown in every row.
    """
    signs = sum(len(cell) for _, cells in rows for cell in cells)
    by_number = dict(rows)
    for top, first, bottom, last in blocks:
        shown = by_number.get(top, [])[first : first + 1]
        if not shown or not shown[0] or first >= MAX_COLUMNS:
            continue
        right = min(last, MAX_COLUMNS - 1) if bottom <= TITLE_LINES else first
        for number in range(top, min(bottom, top + MAX_ROWS) + 1):
            cells = by_number.get(number)
            if cells is None:
                continue
            signs += _filled(cells, first, right, shown[0])
            if signs > left:
                raise Refused("heavy")
    if signs > left:
        raise Refused("heavy")
    return signs


def _filled(cells: list[str], first: int, last: int, shown: str) -> int:
    """Write it into the cells of the row that are empty; how many signs came in."""
    cells += [""] * (last + 1 - len(cells))
    empty = [column for column in range(first, last + 1) if not cells[column]]
    for column in empty:
        cells[column] = shown
    return len(empty) * len(shown)


def _look_inside(content: bytes) -> None:
    """Refuse by the list of contents what must not even be unfolded."""
    if content.startswith(OLD_CONTAINER):
        raise Refused("locked" if ENCRYPTED in content else "old")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as broken:
        raise Refused("type") from broken
    names = [part.filename for part in parts]
    if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise Refused("type")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("locked")
    if any(map(MACROS.search, names)):
        raise Refused("macro")
    if any(map(ELSEWHERE.search, names)):
        raise Refused("links")
    # A part never unfolds to more than its entry says: the archive's reader stops there.
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNFOLDED:
        raise Refused("heavy")


def _numbered(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, Iterable[Any]]]:
    return enumerate(rows, 1)


# --- CSV ---------------------------------------------------------------------------------------


def text_sheets(content: bytes) -> list[Sheet]:
    """The rows of a text whose cells are separated by semicolon, comma or tab."""
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    declared = re.fullmatch(r"sep=([;,\t])\r?", first.strip(" "))
    separator = declared[1] if declared else _separator(text)
    skipped = 1 if declared else 0
    lines = csv.reader(io.StringIO(rest if declared else text, newline=""), delimiter=separator)
    try:
        rows = _limited((lines.line_num + skipped, cells) for cells in lines)
    except csv.Error as broken:
        raise Refused("broken") from broken
    if not rows:
        raise Refused("empty")
    return [("", rows)]


def _decoded(content: bytes) -> str:
    """The text, in one of the encodings that spreadsheet programs write."""
    marked = next((name for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)), "")
    for encoding in [marked] if marked else ["utf-8", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252" and _is_garbled(text):
            break
        if not any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n" for sign in text):
            return text
        break
    raise Refused("encoding")


def _is_garbled(text: str) -> bool:
    """Whether a text has more foreign letters than any Indonesian table."""
    foreign = sum(sign > "\x7f" for sign in text)
    return foreign > max(3, MOST_WESTERN_SIGNS * len(text))


def _separator(text: str) -> str:
    """The sign that cuts the first lines into most cells."""
    sample = text[:20_000].splitlines()[:20]

    def cells(separator: str) -> int:
        return sum(len(row) - 1 for row in csv.reader(sample, delimiter=separator))

    return max(SEPARATORS, key=cells)


# --- Both --------------------------------------------------------------------------------------


def _limited(rows: Iterable[tuple[int, Iterable[Any]]]) -> list[Row]:
    """The rows that hold something, as texts; refused where there are too many."""
    kept: list[Row] = []
    blank = signs = 0
    for number, values in rows:
        cells = [_text(value) for value in list(values)[:MAX_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            blank += 1
            if blank >= BLANK_ROWS_AT_THE_END:
                break
            continue
        blank = 0
        kept.append((number, cells))
        signs += sum(map(len, cells))
        if signs > MAX_TEXT:  # a word that a workbook keeps once may stand in every cell
            raise Refused("heavy")
        if len(kept) > MAX_ROWS + BLANK_ROWS_AT_THE_END:  # title lines above the table are free
            raise Refused("rows")
    return kept


def _text(value: Any) -> str:
    """What the cell shows, on one line; a date as the year comes first."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        # A spreadsheet keeps fifteen figures: what follows them in a NIP would be invented.
        return f"{Decimal(f'{value:.14e}'):f}" if abs(value) >= 10**15 else str(int(value))
    text = str(value)
    printable = text if text.isprintable() else "".join(map(_printable, text))
    return DEFUSED.sub("", " ".join(printable.split()), count=1)[:LONGEST_CELL]


def _printable(sign: str) -> str:
    return sign if sign.isprintable() else " "


READERS: dict[str, Callable[[bytes], list[Sheet]]] = {
    "xlsx": workbook_sheets,
    "csv": text_sheets,
}
MEMORY = dict.fromkeys(READERS, 448 * 1024 * 1024)
CPU_SECONDS = dict.fromkeys(READERS, 10)


def opened(kind: str, content: bytes) -> bytes:
    """The sheets of the file, as apart.py asks for them."""
    return json.dumps(READERS[kind](content)).encode()
