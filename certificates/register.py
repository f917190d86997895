"""Taking numbers, and writing them as the office chose."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

import audit.actions
from accounts.models import Office, User
from certificates.models import NumberSequence, NumberTemplate, RegisterEntry, Void
from desabinaan.constraints import broke
from desabinaan.workflow import TransitionRefused

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
PLACEHOLDERS = {
    "{nomor}": "nomor urut",
    "{kode}": "kode unit",
    "{klasifikasi}": "klasifikasi",
    "{tahun}": "tahun",
    "{bulan}": "bulan, 01 sampai 12",
    "{romawi}": "bulan, I sampai XII",
}
SKIPPED = "Dilewati: nomor ini sudah ditulis tangan."
UNKNOWN = "Tidak diketahui: di antara nomor yang sudah tercetak"
YET_TO_COME = (
    "Nomor ini akan diberikan portal sendiri menurut pola kantor Anda. Bila sudah terpakai pada "
    "surat lain, mintalah administrator kantor mengubah polanya."
)
SERIAL_HERE = "\N{REPLACEMENT CHARACTER}"  # stands in for the serial; no pattern holds it


def render_number(template: NumberTemplate, serial: int, dated: date) -> str:
    """The number as it is printed: the pattern with its placeholders filled."""
    return _filled(template, str(serial).zfill(template.serial_width), dated)


def _filled(template: NumberTemplate, serial: str, dated: date) -> str:
    values = {
        "{nomor}": serial,
        "{kode}": template.unit_code,
        "{klasifikasi}": template.classification,
        "{tahun}": str(dated.year),
        "{bulan}": f"{dated.month:02}",
        "{romawi}": ROMAN_MONTHS[dated.month - 1],
    }
    number = template.pattern
    for placeholder, value in values.items():
        number = number.replace(placeholder, value)
    return number


def take_number(office: Office, kind: str, dated: date, *, by: User) -> RegisterEntry:
    """Give out the next number of the office's register for that kind and year."""
    return take_numbers(office, kind, dated, 1, by=by)[0]


def take_numbers(
    office: Office, kind: str, dated: date, count: int, *, by: User
) -> list[RegisterEntry]:
    """Give out the next so many numbers of a register, in their order.

    One UPDATE counts; its row lock lasts until the transaction ends, so a rolled-back paper leaves
    no gap and two at once no double. A number that somebody wrote by hand is skipped, and says so.
    Raises NumberTemplate.DoesNotExist where none was chosen, and TransitionRefused where another
    paper of the portal has one of the numbers.
    """
    template = NumberTemplate.objects.get(office=office, kind=kind)
    template.office = office
    given: list[RegisterEntry] = []
    while len(given) < count:
        entries = enter_all(_next(template, dated, count - len(given)))
        _void_skipped(entries, by=by)
        given += [entry for entry in entries if entry.skips_id is None]
    return given


def _next(template: NumberTemplate, dated: date, count: int) -> list[RegisterEntry]:
    """The next entries, counted and not yet written; each knows whether it skips a number."""
    register: dict[str, Any] = {
        "office": template.office,
        "kind": template.kind,
        "year": dated.year,
    }
    sequence, _ = NumberSequence.objects.get_or_create(**register)
    sequence.last_value = F("last_value") + count
    sequence.save(update_fields=["last_value"])
    serials = range(sequence.last_value - count + 1, sequence.last_value + 1)
    numbers = {serial: render_number(template, serial, dated) for serial in serials}
    written = RegisterEntry.objects.filter(office=template.office, year=dated.year, serial=None)
    by_hand = {it.number.upper(): it for it in written.numbered(numbers.values())}
    return [
        RegisterEntry(
            **register, serial=serial, number=number, dated=dated, skips=by_hand.get(number.upper())
        )
        for serial, number in numbers.items()
    ]


def _void_skipped(entries: Sequence[RegisterEntry], *, by: User) -> None:
    """Keep skipped serials in their rows, void from the first moment: no gap, and on no paper."""
    skipped = [entry for entry in entries if entry.skips_id is not None]
    for entry in skipped:
        Void.objects.create(entry=entry, reason=SKIPPED, voided_by=by)
        audit.actions.record("number.skipped", entry, by=by, note=f"{entry}: {SKIPPED}")


def next_serial(template: NumberTemplate, year: int) -> int:
    """The serial that this register is to give next; held until the transaction ends."""
    its: dict[str, Any] = {"office": template.office, "kind": template.kind, "year": year}
    sequence, _ = NumberSequence.objects.get_or_create(**its)
    sequence.last_value = F("last_value")  # as it stands, but with the row's lock
    sequence.save(update_fields=["last_value"])
    return sequence.last_value + 1


def skip_to(
    template: NumberTemplate, given: Mapping[int, RegisterEntry], *, by: User
) -> list[RegisterEntry]:
    """Move a register on beyond these serials, whose numbers are on paper and written by hand.

    What lies between counts as given too: nobody knows on what, or whether it is. All of them are
    void from the first moment, as whatever is skipped. None of them may have been given before.
    """
    year = next(iter(given.values())).year
    entries: list[RegisterEntry] = []
    dated = next(iter(given.values())).dated
    for serial in range(next_serial(template, year), max(given) + 1):
        written = given.get(serial) or _unknown(template, serial, dated, by=by)
        dated = written.dated  # of the one before: months, where the pattern prints them
        entries.append(
            RegisterEntry(
                office=template.office,
                kind=template.kind,
                year=year,
                serial=serial,
                number=written.number,
                dated=dated,
                skips=written,
            )
        )
    enter_all(entries)
    _void_skipped(entries, by=by)
    its = NumberSequence.objects.filter(office=template.office, kind=template.kind, year=year)
    its.update(last_value=max(given))
    return entries


def _unknown(template: NumberTemplate, serial: int, dated: date, *, by: User) -> RegisterEntry:
    """The number of this serial, as it stands in the register by hand or is written now."""
    number = render_number(template, serial, dated)
    written = RegisterEntry.objects.filter(office=template.office, year=dated.year, serial=None)
    there = written.numbered([number]).first()
    if there:
        return there
    fresh = RegisterEntry(
        office=template.office,
        kind=template.kind,
        year=dated.year,
        number=number,
        dated=dated,
        subject=UNKNOWN,
        written_by=by,
    )
    audit.actions.record("number.written", enter(fresh), by=by, note=f"{fresh}: {UNKNOWN}")
    return fresh


def serial_of(template: NumberTemplate, number: str, dated: date) -> int:
    """The serial that the pattern, filled for this day, finds in a number; 0 for none."""
    return next(iter(_serials(template, number, dated)), 0)


def refuse_yet_to_come(office: Office, number: str, dated: date) -> None:
    """Refuse a number given elsewhere that the portal itself is going to give this year."""
    if dated.year == office.today().year and is_yet_to_come(office, number):
        raise TransitionRefused(YET_TO_COME)


def is_yet_to_come(office: Office, number: str) -> bool:
    """Whether a pattern of the office would give this very number later in this year.

    Whoever wrote it by hand before would have the portal skip it; a number of a month that is over
    is given no more.
    """
    today = office.today()
    counted = NumberSequence.objects.filter(office=office, year=today.year)
    last = dict(counted.values_list("kind", "last_value"))
    return any(
        serial > last.get(template.kind, 0)
        for template in NumberTemplate.objects.filter(office=office)
        for month in range(today.month, 13)
        for serial in _serials(template, number, today.replace(month=month, day=1))
    )


def _serials(template: NumberTemplate, number: str, dated: date) -> list[int]:
    """The serial that the pattern, filled for this day, finds in a number; one or none.

    Small letters or capitals are the same number, as `register_number_once` has it.
    """
    serial = "0*([0-9]{1,9})"
    shape = re.escape(_filled(template, SERIAL_HERE, dated)).replace(SERIAL_HERE, serial)
    found = re.fullmatch(shape, number, re.IGNORECASE)
    return [int(found[1])] if found else []


def enter(entry: RegisterEntry) -> RegisterEntry:
    """Write the entry; a number that the office has in that year already is refused by name."""
    return enter_all([entry])[0]


def enter_all(entries: Sequence[RegisterEntry]) -> list[RegisterEntry]:
    """Write entries of one office and year, all or none; a number that is there is named."""
    try:
        with transaction.atomic():
            return RegisterEntry.objects.bulk_create(entries)
    except IntegrityError as clash:
        if not broke(clash, "register_number_once"):
            raise
        raise TransitionRefused(_already_there(entries)) from clash


def _already_there(entries: Sequence[RegisterEntry]) -> str:
    first = entries[0]
    there = RegisterEntry.objects.filter(office=first.office_id, year=first.year)
    there = there.numbered(entry.number for entry in entries)
    # None is there any more where the other one has been taken back since.
    number = there.values_list("number", flat=True).first() or first.number
    return f"Nomor {number} sudah ada dalam register {first.office} tahun {first.year}."
