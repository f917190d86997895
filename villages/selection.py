"""The sheets that wait for an office's head, and which of them are chosen to be decided at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby

from django.db.models import Case, Count, Q, When

from accounts.access import Access
from accounts.models import Office, Role
from certificates.previews import Forecast, forecast
from desabinaan.workflow import Answer, Denied
from villages import papers, rounds
from villages.actions.steps import is_repeated
from villages.earlier import Earlier, earlier_of
from villages.models import Decree, Designation, Region, Status
from villages.models.designation import PAPER, DesignationQuerySet
from villages.models.region import RegionLevel
from villages.models.status import APPROVE
from villages.permissions import can_approve

MOST_AT_ONCE = 120  # a whole kecamatan: the largest of the national list has 108 villages
MOST_SHOWN = 150  # all ticked, they fit into one request: DATA_UPLOAD_MAX_NUMBER_FIELDS


@dataclass(frozen=True, slots=True)
class Choice:
    """A sheet, whether it is chosen, and why it cannot be where it cannot."""

    sheet: Designation
    is_chosen: bool
    may: Answer

    @property
    def why_not(self) -> str:
        """What keeps this person from choosing it."""
        return self.may.reason if isinstance(self.may, Denied) else ""

    @property
    def earlier(self) -> Earlier | None:
        """What became of an earlier sheet of the village."""
        return earlier_of(self.sheet)

    @property
    def came_back(self) -> bool:
        """Whether it was sent back once, and is here again."""
        first = self.sheet.submitted_at
        return first is not None and first < self.sheet.status_at


@dataclass(frozen=True, slots=True)
class Place:
    """A kecamatan, or a kabupaten or kota, and how many sheets wait there."""

    region: Region
    waiting: int

    @property
    def is_inside(self) -> bool:
        """Whether it stands below its kabupaten or kota in the list."""
        return self.region.level == RegionLevel.DISTRICT


@dataclass(frozen=True)
class Selection:
    """What waits in the office that the person works in now, by kecamatan, and what they chose.

    `place` narrows the list down to a region; what was chosen stays in it. `whole` is a kecamatan
    of which everything is chosen with one press. What was submitted after they have `seen` the list
    is not chosen before they have read it again.
    """

    access: Access
    office: Office
    chosen_ids: frozenset[int]
    place: str = ""
    whole: str = ""
    seen: datetime | None = None

    most = MOST_AT_ONCE

    @property
    def decides(self) -> bool:
        """Whether the person decides here; others choose for a draft of the decree."""
        return self.access.has_role(Role.HEAD, self.office.pk)

    @cached_property
    def rows(self) -> list[Choice]:
        """The waiting sheets of the place, and those chosen elsewhere, by the villages' codes."""
        wanted = Q(pk__in=self.chosen_ids)
        if self._is_place(self.whole):
            wanted |= Q(village__region__code__startswith=f"{self.whole}.")
        sheets = self._waiting.annotate(is_wanted=Case(When(wanted, then=True), default=False))
        if self._is_place(self.place):
            here = Q(village__region__code__startswith=f"{self.place}.")
            sheets = sheets.filter(here | Q(is_wanted=True))
        # What was chosen comes first, so that no cut loses it; it is shown in the order of codes.
        first = sheets.with_decision().order_by("-is_wanted", "village__region__code")[:MOST_SHOWN]
        listed = sorted(first, key=lambda sheet: sheet.village.region.code)
        return [self._row(sheet) for sheet in listed]

    @cached_property
    def groups(self) -> list[tuple[Region, list[Choice]]]:
        """The rows by kecamatan."""
        by_district = groupby(self.rows, lambda row: row.sheet.village.region.district)
        return [(district, list(rows)) for district, rows in by_district]

    @cached_property
    def chosen(self) -> list[Designation]:
        """What is chosen and may be."""
        return [row.sheet for row in self.rows if row.is_chosen]

    @cached_property
    def left_out(self) -> list[tuple[Designation, str]]:
        """What was asked for and cannot be chosen, with the reason; of other offices nothing."""
        refused = [(row.sheet, row.why_not) for row in self.rows if self._is_refused(row)]
        refused += [(sheet, rounds.words(sheet)) for sheet in self._unread]
        gone = self.chosen_ids - {row.sheet.pk for row in self.rows}
        if not gone:
            return refused
        asked = Designation.objects.visible_to(self.access).filter(pk__in=gone)
        others = asked.exclude(office=self.office, status=Status.SUBMITTED).with_list()
        return [*refused, *((sheet, self._where(sheet)) for sheet in others)]

    @property
    def stamp(self) -> str:
        """The latest submission that the list shows, for the decision to say."""
        return rounds.stamp(max((row.sheet.status_at for row in self.rows), default=rounds.NOTHING))

    @cached_property
    def places(self) -> list[Place]:
        """Where sheets wait: each kabupaten or kota, followed by its kecamatan."""
        by_district = self._waiting.order_by().values_list("village__region__parent")
        counts = dict(by_district.annotate(Count("pk")))
        districts = Region.objects.filter(pk__in=counts).with_path().order_by("code")
        return list(self._in_order(list(districts), counts))

    @property
    def total(self) -> int:
        """How many sheets wait in the whole office."""
        return sum(it.waiting for it in self.places if not it.is_inside)

    @property
    def is_cut(self) -> bool:
        """Whether more wait than the page shows."""
        return len(self.rows) == MOST_SHOWN < self.total

    @property
    def lacks_numbers(self) -> bool:
        """Whether nobody can approve, because the office has not chosen how it numbers."""
        return self.decides and any(not it.sheet.office_numbers_certificates for it in self.rows)

    @property
    def problem(self) -> str:
        """What keeps the choice from being decided on as it is."""
        if self.left_out:
            return "Sebagian pilihan Anda tidak dapat diputuskan. Periksa pilihan, lalu lanjutkan."
        if not self.chosen:
            return "Pilih sedikitnya satu usulan."
        if len(self.chosen) > MOST_AT_ONCE:
            return (
                f"Paling banyak {MOST_AT_ONCE} usulan dalam satu langkah; "
                f"Anda memilih {len(self.chosen)}."
            )
        return ""

    def decided_already(self) -> Decree | None:
        """The decree of a choice that this very person has just decided on: a double click."""
        sheets = Designation.objects.visible_to(self.access).filter(office=self.office)
        asked = list(sheets.filter(pk__in=self.chosen_ids).select_related("decree"))
        is_mine = all(is_repeated(sheet, APPROVE, self.access.user) for sheet in asked)
        decrees = {sheet.decree for sheet in asked}
        return decrees.pop() if is_mine and len(decrees) == 1 else None

    def expected_numbers(self, decree: Decree) -> Forecast | None:
        """The numbers that the certificates would take under this decree; none without its own."""
        if not decree.number:
            return None
        dated = papers.printed_date(decree, self.office.today())
        return forecast(self.office, PAPER, dated, len(self.chosen))

    @property
    def _waiting(self) -> DesignationQuerySet:
        return Designation.objects.visible_to(self.access).waiting_in(self.office)

    def _is_place(self, code: str) -> bool:
        return any(code == place.region.code for place in self.places)

    def _row(self, sheet: Designation) -> Choice:
        may = can_approve(self.access, sheet) if self.decides else True
        is_wanted = sheet.pk in self.chosen_ids or sheet.village.region.district.code == self.whole
        is_read = not rounds.is_unread(sheet, self.seen)
        return Choice(sheet, is_chosen=bool(may and is_wanted and is_read), may=may)

    @property
    def _unread(self) -> list[Designation]:
        asked = [row.sheet for row in self.rows if row.may and row.sheet.pk in self.chosen_ids]
        return [sheet for sheet in asked if rounds.is_unread(sheet, self.seen)]

    def _is_refused(self, row: Choice) -> bool:
        return row.sheet.pk in self.chosen_ids and not row.may

    def _where(self, sheet: Designation) -> str:
        if sheet.office_id == self.office.pk:
            return sheet.standing()
        return f"usulan ini diputuskan di {sheet.office}; pilih dahulu kantor itu."

    @staticmethod
    def _in_order(districts: list[Region], counts: dict[int, int]) -> Iterator[Place]:
        for regency, inside in groupby(districts, lambda district: district.regency):
            places = [Place(district, counts[district.pk]) for district in inside]
            yield Place(regency, sum(place.waiting for place in places))
            yield from places
