"""How the portal writes dates, times and numbers in Indonesian."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone

MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli"]
MONTHS += ["Agustus", "September", "Oktober", "November", "Desember"]
DAYS_OF_WEEK = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
ZONE_WORDS = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}
NOTHING = "\N{EN DASH}"

UNITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
UNITS += ["sepuluh", "sebelas"]
SIZES = ((1000, "ribu"), (100, "ratus"), (10, "puluh"))

DAY = 86400
# The longest unit that has passed at least once names the age.
DAYS = ((365, "tahun"), (30, "bulan"), (1, "hari"))
SECONDS = ((3600, "jam"), (60, "menit"))


def zone_of(place: object) -> tzinfo:
    """The zone of an office, of anything else with a `timezone`, or by its name."""
    name = place if isinstance(place, str) else getattr(place, "timezone", "")
    return ZoneInfo(name) if name else timezone.get_default_timezone()


def long_date(day: date | datetime | None, place: object = None) -> str:
    """A date as it stands in a letter: "7 Maret 2024"."""
    if not day:
        return NOTHING
    if isinstance(day, datetime) and timezone.is_aware(day):
        day = day.astimezone(zone_of(place))
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday(day: date) -> str:
    """The name of the day: "Selasa"."""
    return DAYS_OF_WEEK[day.weekday()]


def month(day: date) -> str:
    """The month of a day: "Juni 2024"."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def moment(instant: datetime | None, place: object = None) -> str:
    """An instant in the place's own time: "7 Maret 2024, 09.00 WIB"."""
    if not instant:
        return NOTHING
    local = instant.astimezone(zone_of(place))
    return f"{long_date(local, place)}, {local:%H.%M} {_zone_word(local)}"


def days(first: date, last: date) -> str:
    """From which day until which, by name, the month and year said once where they are the same.

    "Jumat, 27 November 2026", "Jumat–Sabtu, 27–28 November 2026", and over a month's end
    "Senin, 30 November – Selasa, 1 Desember 2026".
    """
    dash = "\N{EN DASH}"
    ends = f"{weekday(last)}, {long_date(last)}"
    if first == last:
        return ends
    if (first.year, first.month) == (last.year, last.month):
        names = f"{weekday(first)}{dash}{weekday(last)}"
        return f"{names}, {first.day}{dash}{long_date(last)}"
    begins = long_date(first)
    if first.year == last.year:
        begins = begins.removesuffix(f" {first.year}")
    return f"{weekday(first)}, {begins} {dash} {ends}"


def span(start: datetime, end: datetime, place: object = None) -> str:
    """From when until when: "25 Juni 2024, 09.00–12.00 WIB"; over days both days are said."""
    first, last = (it.astimezone(zone_of(place)) for it in (start, end))
    if first.date() == last.date():
        return f"{long_date(first, place)}, {clock(start, end, place)}"
    return f"{long_date(first, place)}, {first:%H.%M} sampai {moment(end, place)}"


def clock(start: datetime, end: datetime, place: object = None) -> str:
    """The times of day alone: "09.00–12.00 WIB"; over days, when it starts."""
    first, last = (it.astimezone(zone_of(place)) for it in (start, end))
    if first.date() != last.date():
        return f"mulai {first:%H.%M} {_zone_word(first)}"
    return f"{first:%H.%M}\N{EN DASH}{last:%H.%M} {_zone_word(last)}"


def opened_and_closed(start: datetime, end: datetime, place: object = None) -> str:
    """When what lasts over days begins and when it ends, its days being said already.

    "08.00 WIB (hari pertama) sampai 15.00 WIB (hari terakhir)"; midnight closes the day before it.
    """
    first, last = (it.astimezone(zone_of(place)) for it in (start, end))
    closes = "24.00" if last.time() == time.min else f"{last:%H.%M}"
    return (
        f"{first:%H.%M} {_zone_word(first)} (hari pertama) sampai {closes} {_zone_word(last)} "
        "(hari terakhir)"
    )


def zone_word(place: object) -> str:
    """The zone of a place as people say it: WIB, WITA, WIT."""
    return _zone_word(timezone.now().astimezone(zone_of(place)))


def _zone_word(local: datetime) -> str:
    return ZONE_WORDS.get(str(local.tzinfo), f"{local:%Z}")


def first_of(names: Sequence[str], shown: int) -> str:
    """As many names as are shown, and how many there are besides: "Tieng, Burat dan 6 lainnya"."""
    more = len(names) - shown
    told = ", ".join(names[:shown])
    return f"{told} dan {number(more)} lainnya" if more > 0 else told


def listed(names: Sequence[str]) -> str:
    """All of them in a sentence: "Tieng", "Tieng dan Burat", "Tieng, Burat, dan Ampel"."""
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"


def spelled(value: int) -> str:
    """A whole number in words, as official records spell it: "dua puluh lima".

    Raises ValueError for a million and beyond.
    """
    if not 0 <= value < 1_000_000:
        raise ValueError(value)
    if value < 12:
        return UNITS[value]
    if value < 20:
        return f"{UNITS[value - 10]} belas"
    size, word = next(it for it in SIZES if value >= it[0])
    many, rest = divmod(value, size)
    head = f"se{word}" if many == 1 else f"{spelled(many)} {word}"
    return f"{head} {spelled(rest)}" if rest else head


def age(since: date | datetime | None) -> str:
    """How long ago, calmly: "3 hari"; from a whole day on as the dates beside it count."""
    if not since:
        return NOTHING
    zone = timezone.get_default_timezone()
    if not isinstance(since, datetime):
        since = datetime.combine(since, time(), zone)
    now = timezone.now()
    passed = int((now - since).total_seconds())
    units: tuple[tuple[int, str], ...] = SECONDS
    if passed >= DAY:
        passed, units = (now.astimezone(zone).date() - since.astimezone(zone).date()).days, DAYS
    for length, word in units:
        if passed >= length:
            return f"{passed // length} {word}"
    return "kurang dari 1 menit"


def number(value: int | None) -> str:
    """A whole number with points: 1.234."""
    return NOTHING if value is None else f"{int(value):,}".replace(",", ".")


def grouped(code: str) -> str:
    """A code in groups of four, as it is printed: ABCD-EFGH-JKLM."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def nip(digits: str) -> str:
    """A NIP as it is printed, birth, appointment, sex, serial: "19860926 201505 1 001"."""
    if len(digits) != 18:
        return digits
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def file_size(size: int | None) -> str:
    """Bytes as people say them, never on two lines: 48 KB, 1,2 MB."""
    if size is None:
        return NOTHING
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\N{NO-BREAK SPACE}KB"
    return f"{size / 1_000_000:.1f}\N{NO-BREAK SPACE}MB".replace(".", ",")
