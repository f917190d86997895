"""Everything that changes papers and their numbers: one door, one verb each."""

from certificates.actions.numbers import choose_number_template, void_number, write_number
from certificates.actions.papers import (
    Paper,
    attach,
    attach_scan,
    begin_drawing,
    note_download,
    order,
    order_all,
    order_letter,
    revoke,
)

__all__ = [
    "Paper",
    "attach",
    "attach_scan",
    "begin_drawing",
    "choose_number_template",
    "note_download",
    "order",
    "order_all",
    "order_letter",
    "revoke",
    "void_number",
    "write_number",
]
