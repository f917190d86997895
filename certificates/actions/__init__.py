"""Everything that changes papers and their numbers: one door, one verb each."""

from certificates.actions.exports import (
    Wanted,
    attach_export,
    begin_export,
    expire_export,
    note_progress,
    order_export,
    refuse_export,
    withdraw_exports,
)
from certificates.actions.given import Skipped, skip_given
from certificates.actions.numbers import choose_number_template, void_number, write_number
from certificates.actions.papers import (
    Paper,
    attach,
    attach_scan,
    begin_drawing,
    hasten,
    note_download,
    order_all,
    order_letter,
    order_letters,
    order_once,
    ordered_just_now,
    revoke,
    withdraw_scan,
)

__all__ = [
    "Paper",
    "Skipped",
    "Wanted",
    "attach",
    "attach_export",
    "attach_scan",
    "begin_drawing",
    "begin_export",
    "choose_number_template",
    "expire_export",
    "hasten",
    "note_download",
    "note_progress",
    "order_all",
    "order_export",
    "order_letter",
    "order_letters",
    "order_once",
    "ordered_just_now",
    "refuse_export",
    "revoke",
    "skip_given",
    "void_number",
    "withdraw_exports",
    "withdraw_scan",
    "write_number",
]
