"""A table of who came, from a spreadsheet: its columns, its people, and rows that are refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cached_property

from django.core import signing
from django.core.exceptions import ValidationError

from accounts.models import User
from desabinaan import formats
from events.actions.attendance import Key, Person
from events.categories import Categories
from events.forms.attendance import PersonForm
from events.models import Event, Sex
from villages.models.region import search_key
from villages.onboarding.spreadsheets import Spreadsheet

MOST_ROWS = 2_000
TITLE_LINES = 20  # above which the headers stand
SHOWN = 20  # rows of each sort that the preview names
CONFIRMED_WITHIN = 3600
_SALT = "events.attendance_table"

HEADERS = {
    "name": ("nama", "nama lengkap", "nama peserta", "peserta"),
    "institution": (
        "instansi", "instansi desa", "instansi atau desa", "desa", "desa kelurahan", "asal",
        "asal instansi", "asal desa", "unit kerja", "lembaga", "alamat", "utusan",
    ),
    "title": ("jabatan", "kedudukan", "pekerjaan"),
    "phone": (
        "no hp", "nomor hp", "hp", "no hp opsional", "telepon", "no telepon", "telp", "no telp",
        "nomor telepon", "wa", "no wa", "whatsapp",
    ),
    "sex": ("l p", "jenis kelamin", "jk", "kelamin", "gender"),
}  # fmt: skip
_MEANING = {search_key(header): key for key, headers in HEADERS.items() for header in headers}
_SEXES = {
    **dict.fromkeys(("l", "lk", "lakilaki", "pria", "lelaki"), Sex.MALE),
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "w"), Sex.FEMALE),
}
_WITHOUT_ZERO = re.compile(r"8\d{7,12}")  # as a spreadsheet keeps the number of a phone

type Rows = Sequence[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that does not come in: where, what it says, and why."""

    line: int
    name: str
    reason: str


@dataclass(frozen=True)
class Table:
    """What a file says of who came; nothing of it is stored before somebody confirms it."""

    file: str
    people: tuple[Person, ...]
    refused: tuple[Refusal, ...]

    @classmethod
    def of(cls, sheet: Spreadsheet) -> Table:
        """Read the rows; ValidationError where no column holds names, or there are too many."""
        place, columns = _headers(sheet.rows)
        rows = sheet.rows[place + 1 :]
        if len(rows) > MOST_ROWS:
            most = formats.number(MOST_ROWS)
            raise ValidationError(f"Tabel ini terlalu panjang. Paling banyak {most} baris.")
        people, refused = [], []
        for line, cells in rows:
            told = {key: cells[at] if at < len(cells) else "" for key, at in columns.items()}
            if not any(told.values()):
                continue  # a numbered row that nobody filled in
            try:
                people.append(_person(told))
            except ValidationError as error:
                name = told["name"] or told.get("institution", "")
                refused.append(Refusal(line, name, " ".join(error.messages)))
        if not people and not refused:
            raise ValidationError("Tabel ini tidak berisi satu nama pun.")
        return cls(sheet.name, tuple(people), tuple(refused))

    def sealed(self, event: Event, user: User) -> str:
        """The people for the page that asks to confirm them; it cannot be altered on the way."""
        told = [event.pk, user.pk, self.file, [astuple(it) for it in self.people]]
        return signing.dumps(told, salt=_SALT, compress=True)

    @classmethod
    def opened(cls, sealed: str, event: Event, user: User) -> Table | None:
        """The same again; None for what is altered, too old, or of another event or person."""
        try:
            told = signing.loads(sealed, salt=_SALT, max_age=CONFIRMED_WITHIN)
        except signing.BadSignature:
            return None
        *whose, file, people = told
        if whose != [event.pk, user.pk]:
            return None
        return cls(file, tuple(Person(*it) for it in people), ())


@dataclass(frozen=True)
class Preview:
    """A table beside the list of an event: who is new, who stands there, what is refused."""

    event: Event
    table: Table

    @cached_property
    def new(self) -> list[Person]:
        """Those who are not on the list yet, each once."""
        rows = self.event.attendees.values_list("name_key", "place_key", "phone_digits")
        standing: set[Key] = set(rows)
        return [person for key, person in self._each.items() if key not in standing]

    @property
    def shown(self) -> list[Person]:
        """The first of them."""
        return self.new[:SHOWN]

    @property
    def known(self) -> int:
        """How many rows name somebody who stands there, or in a row above."""
        return len(self.table.people) - len(self.new)

    @cached_property
    def _each(self) -> dict[Key, Person]:
        found: dict[Key, Person] = {}
        known = Categories.of(self.event)
        for person in self.table.people:
            home = person.at_home(known)
            found.setdefault(home.key, home)
        return found


def likeness(rows: Rows) -> int:
    """How many columns a sheet has that a list of people has."""
    return max((len(_meant(cells)) for _, cells in rows[:TITLE_LINES]), default=0)


def _headers(rows: Rows) -> tuple[int, dict[str, int]]:
    """In which row the headers stand, and which column means what."""
    found = [(place, _meant(cells)) for place, (_, cells) in enumerate(rows[:TITLE_LINES])]
    named = [it for it in found if "name" in it[1]]
    if not named:
        raise ValidationError(
            "Kolom “Nama” tidak ditemukan. Beri judul kolom: Nama, Instansi/Desa, Jabatan, "
            "No. HP, L/P."
        )
    return max(named, key=lambda it: len(it[1]))  # the first of equals


def _meant(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for position, header in enumerate(cells):
        if key := _MEANING.get(search_key(header)):
            found.setdefault(key, position)
    return found


def _person(told: dict[str, str]) -> Person:
    """The person of a row; ValidationError says what is wrong with it."""
    said = {key: told.get(key, "") for key in HEADERS}
    if not said["institution"]:
        raise ValidationError("Instansi atau desa belum diisi.")
    if not said["name"]:
        raise ValidationError("Nama belum diisi.")
    sex = search_key(said["sex"])
    if sex and sex not in _SEXES:
        raise ValidationError("Kolom L/P hanya berisi L atau P.")
    said["sex"] = _SEXES.get(sex, "")
    if _WITHOUT_ZERO.fullmatch(said["phone"]):
        said["phone"] = f"0{said['phone']}"
    return Person(**{key: PersonForm.base_fields[key].clean(it) for key, it in said.items()})
