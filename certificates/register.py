"""Taking numbers, and writing them as the office chose."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import Office
from certificates.models import NumberSequence, NumberTemplate, RegisterEntry
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


def render_number(template: NumberTemplate, serial: int, dated: date) -> str:
    """The number as it is printed: the pattern with its placeholders filled."""
    values = {
        "{nomor}": str(serial).zfill(template.serial_width),
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


def take_number(office: Office, kind: str, dated: date) -> RegisterEntry:
    """Give out the next number of the office's register for that kind and year."""
    return take_numbers(office, kind, dated, 1)[0]


def take_numbers(office: Office, kind: str, dated: date, count: int) -> list[RegisterEntry]:
    """Give out the next so many numbers of a register, in their order.

    One UPDATE counts; its row lock lasts until the transaction ends, so a rolled-back paper leaves
    no gap and two at once no double. Raises NumberTemplate.DoesNotExist where none was chosen, and
    TransitionRefused where one of the numbers stands in the register already.
    """
    template = NumberTemplate.objects.get(office=office, kind=kind)
    sequence, _ = NumberSequence.objects.get_or_create(office=office, kind=kind, year=dated.year)
    sequence.last_value = F("last_value") + count
    sequence.save(update_fields=["last_value"])
    return enter_all(
        [
            RegisterEntry(
                office=office,
                kind=kind,
                year=dated.year,
                serial=serial,
                number=render_number(template, serial, dated),
                dated=dated,
            )
            for serial in range(sequence.last_value - count + 1, sequence.last_value + 1)
        ]
    )


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
    there = RegisterEntry.objects.filter(
        office=first.office_id, year=first.year, number__in=[entry.number for entry in entries]
    )
    # None is there any more where the other one has been taken back since.
    number = there.values_list("number", flat=True).first() or first.number
    return f"Nomor {number} sudah ada dalam register {first.office} tahun {first.year}."
