"""Taking numbers, and writing them as the office chose."""

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
    """Give out the next number of the office's register for that kind and year.

    One UPDATE counts; its row lock lasts until the transaction ends, so a rolled-back paper leaves
    no gap and two at once no double. Raises NumberTemplate.DoesNotExist where none was chosen, and
    TransitionRefused where the next number stands in the register already.
    """
    template = NumberTemplate.objects.get(office=office, kind=kind)
    sequence, _ = NumberSequence.objects.get_or_create(office=office, kind=kind, year=dated.year)
    sequence.last_value = F("last_value") + 1
    sequence.save(update_fields=["last_value"])
    return enter(
        RegisterEntry(
            office=office,
            kind=kind,
            year=dated.year,
            serial=sequence.last_value,
            number=render_number(template, sequence.last_value, dated),
            dated=dated,
        )
    )


def enter(entry: RegisterEntry) -> RegisterEntry:
    """Write the entry; a number that the office has in that year already is refused by name."""
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as clash:
        if not broke(clash, "register_number_once"):
            raise
        raise TransitionRefused(
            f"Nomor {entry.number} sudah ada dalam register {entry.office} tahun {entry.year}."
        ) from clash
    return entry
