"""Who came to the events of the demo: invented names, by each of the ways onto the list."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle, islice

from accounts.models import User
from events import actions
from events.actions import Person
from events.models import Event, Source

NAMES = (
    ("Siti Aminah", "P"), ("Slamet Widodo", "L"), ("Sri Lestari", "P"), ("Agus Prasetyo", "L"),
    ("Dewi Anggraini", "P"), ("Bambang Sutrisno", "L"), ("Nur Hidayah", "P"), ("Joko Santoso", "L"),
    ("Endang Rahayu", "P"), ("Hadi Purnomo", "L"), ("Wahyuni", "P"), ("Rudi Hartono", "L"),
)  # fmt: skip
AGENCIES = ("Kecamatan", "Polsek", "Dinas Tenaga Kerja", "BP3MI", "BPJS Ketenagakerjaan")
SHOWN = 8  # villages of which somebody came
A_QUARTER = timedelta(minutes=15)


def tell(event: Event, *, by: User) -> None:
    """From each village its head, from the agencies somebody, and neighbours by themselves.

    One of them wrote the village another way on the sheet, for a person to look at.
    """
    names = cycle(NAMES)
    villages = [it.region.full_name for it in event.villages.with_list()[:SHOWN]]
    at = event.starts_at + A_QUARTER
    heads = [_person(next(names), village, "Kepala desa") for village in villages]
    agencies = [_person(next(names), agency, "Staf") for agency in AGENCIES]
    actions.attend(event, [*heads, *agencies], source=Source.OFFICER, by=by, at=at)
    homes = cycle(villages or ["Warga sekitar"])
    neighbours = [_person(it, next(homes), "Warga") for it in islice(names, 4)]
    actions.attend(event, neighbours, source=Source.SELF, by=None, at=at)
    name, institution = neighbours[0].name, neighbours[0].institution
    again = Person(name, institution.replace("Desa", "Ds."))
    actions.attend(event, [again], source=Source.PAPER, by=by, at=event.ends_at)


def _person(named: tuple[str, str], institution: str, title: str) -> Person:
    name, sex = named
    return Person(name, institution, title, sex=sex)
