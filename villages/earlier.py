"""What became of an earlier sheet of a village, for whoever proposes it again or decides on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Office
from desabinaan import formats
from villages.models import Designation
from villages.models.status import EDITABLE, Status

UNDECIDED = [*EDITABLE, Status.SUBMITTED]
CAME_TO = {
    Status.REVOKED: "Pernah dicabut",
    Status.ENDED: "Pembinaan pernah berakhir",
    Status.REJECTED: "Pernah ditolak",
}


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier sheet as an office is told of it: of another's only what it came to, and when."""

    sheet: Designation
    is_readable: bool  # its reason, and its page

    @classmethod
    def told(cls, sheet: Designation, office: Office) -> Earlier:
        """What this office is told of it."""
        return cls(sheet, is_readable=office.pk in sheet.reader_ids)

    def __str__(self) -> str:
        day = formats.long_date(self.sheet.status_at, self.sheet.office)
        where = "" if self.is_readable else f" di {self.sheet.office.short_name}"
        return f"{CAME_TO[Status(self.sheet.status)]} {day}{where}"

    @property
    def reason(self) -> str:
        """Why, where the office may read it."""
        return self.sheet.status_note if self.is_readable else ""


def earlier_of(sheet: Designation) -> Earlier | None:
    """What the office of a sheet is told of those before it, until this one is decided on too."""
    facts = sheet.earlier_facts
    if sheet.status not in UNDECIDED or not facts:
        return None
    before = Designation(
        pk=facts["pk"],
        village=sheet.village,
        office=Office(**facts["office"]),
        status=facts["status"],
        status_at=datetime.fromisoformat(facts["status_at"]),
        status_note=facts["status_note"],
    )
    return Earlier.told(before, sheet.office)


def weightiest(sheets: Iterable[Designation], office: Office) -> Earlier | None:
    """The same of loaded sheets of a village: one that was revoked, else the latest."""
    over = [sheet for sheet in sheets if sheet.status in CAME_TO]
    found = max(over, key=lambda it: (it.status == Status.REVOKED, it.pk), default=None)
    return Earlier.told(found, office) if found else None
