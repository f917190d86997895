"""The periodic report of an office to the one above it: frozen facts for a letter of its own.

It takes no number: that comes from the correspondence system, and is left open on the paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Office
from certificates.actions import Paper
from certificates.kinds import LetterKind
from desabinaan import formats
from reports.coverage import Coverage, Row
from reports.load import Load, OfficeLoad
from reports.outreach import Outreach, Reached
from reports.periods import Length
from reports.scope import Scope
from reports.waiting import Times, Waiting
from villages.models import Designation, Outcome, Status
from villages.papers import emblem_of, leader_of, leading_title, office_facts

REPORT = LetterKind(
    key="periodic_report",
    label="Laporan berkala",
    template="reports/pdf/monthly.html",
    is_numbered=False,
)
TITLES = {Length.MONTH: "Laporan Bulanan", Length.QUARTER: "Laporan Triwulan"}
TITLES |= {Length.YEAR: "Laporan Tahunan"}
MOST_LISTED = 120  # of each list on paper: a row takes a worker 30 ms; all are in the spreadsheet
MOST_OPEN = 25


@dataclass(frozen=True)
class Report:
    """What an office reports of a period, as its recap counts it."""

    scope: Scope

    @property
    def office(self) -> Office:
        """Who reports."""
        return self.scope.own_office

    @property
    def title(self) -> str:
        """What the paper is called."""
        return f"{TITLES[self.scope.period.length]} Desa Binaan Imigrasi"

    def paper(self) -> Paper:
        """The letter as it is printed: dated today, its period closed or still running."""
        today = self.office.today()
        title = f"{self.title} {self.scope.period.words}, {self.office.name}"
        return Paper(REPORT.key, self.office, today, title[:200], self._facts(today))

    def _facts(self, today: date) -> dict[str, Any]:
        scope, waiting = self.scope, Waiting(self.scope)
        coverage, load, outreach = Coverage(scope), Load(scope), Outreach(scope)
        return {
            "title": self.title,
            "period": scope.period.words,
            "days": scope.period.days,
            "as_of": scope.as_of.isoformat(),
            "is_over": scope.period.last < today,
            "addressee": addressee(self.office),
            "is_shared": scope.spans_offices,
            "office": office_facts(self.office),
            "emblem": emblem_of(self.office),
            "dated": today.isoformat(),
            "place": self.office.city,
            "signer": leader_of(self.office),
            "total": _row(coverage.total),
            "coverage": [_row(row) for row in coverage.rows],
            "became": _became(scope),
            "became_total": coverage.total.became,
            "went": _went(scope),
            "load_total": _load(load.total),
            "load": [_load(row) for row in load.offices] if scope.spans_offices else [],
            "people": [] if scope.spans_offices else _people(load),
            "times": _times(waiting.total),
            "times_by_office": _times_by_office(waiting) if scope.spans_offices else [],
            "outreach": _reached(outreach.total),
            "outreach_kinds": [
                {"kind": kind, **_reached(reached)} for kind, reached in outreach.kinds
            ],
            "outreach_offices": _by_office(outreach) if scope.spans_offices else [],
            "open": _open(scope),
            "unnumbered": scope.kept.awaiting_decree_number().count(),
        }


def addressee(office: Office) -> str:
    """To whom the head of this office reports; nobody is above the Ditjen."""
    return leading_title(office.parent) if office.parent else ""


def _row(row: Row) -> dict[str, Any]:
    return {
        "name": row.name,
        "villages": row.villages,
        "designated": row.designated,
        "unconfirmed": row.unconfirmed,
        "share": f"{row.share:.1f}".replace(".", ","),
        "became": row.became,
        "went": row.went,
        "under_way": row.under_way,
    }


def _became(scope: Scope) -> list[dict[str, str]]:
    sheets = scope.sheets.filter(scope.became).with_long_list()
    return [
        {
            **_place(sheet),
            "decree": str(sheet.decree),
            "dated": sheet.designated_on.isoformat() if sheet.designated_on else "",
        }
        for sheet in sheets.order_by("designated_on", "village__region__code")[:MOST_LISTED]
    ]


def _went(scope: Scope) -> list[dict[str, str]]:
    sheets = scope.sheets.filter(scope.went).with_long_list().prefetch_related("revocations")
    return [
        {
            **_place(sheet),
            "what": sheet.get_status_display(),
            "decree": _ending_decree(sheet),
            "dated": sheet.office.day_of(sheet.status_at).isoformat(),
        }
        for sheet in sheets.order_by("status_at", "pk")[:MOST_LISTED]
    ]


def _ending_decree(sheet: Designation) -> str:
    """The number of the decree that revoked it; a term that ended has none."""
    granted = [it for it in sheet.revocations.all() if it.outcome == Outcome.CONFIRMED]
    return granted[0].decree_number if granted else ""


def _open(scope: Scope) -> list[dict[str, Any]]:
    """The sheets that wait for a decision on the day of the report, the longest first."""
    waiting = scope.sheets.filter(status=Status.SUBMITTED).with_long_list()
    return [
        {
            **_place(sheet),
            "since": sheet.office.day_of(sheet.status_at).isoformat(),
            # As pages count them: by the calendar, from midnight to midnight.
            "days": (sheet.office.day_of(scope.at) - sheet.office.day_of(sheet.status_at)).days,
        }
        for sheet in waiting.order_by("status_at", "pk")[:MOST_OPEN]
    ]


def _place(sheet: Designation) -> dict[str, str]:
    region = sheet.village.region
    return {
        "village": sheet.village.full_name,
        "district": region.district.full_name,
        "regency": region.regency.full_name,
        "office": sheet.office.short_name,
    }


def _load(row: OfficeLoad) -> dict[str, Any]:
    return {
        "office": row.office.short_name if row.office else "Jumlah",
        "villages": row.villages,
        "unconfirmed": row.unconfirmed,
        "unguided": row.unguided,
        "officers": row.officers,
        "idle": row.idle,
        "beside": row.beside,
        "ratio": f"{row.ratio:.1f}".replace(".", ",") if row.ratio is not None else formats.NOTHING,
    }


def _people(load: Load) -> list[dict[str, Any]]:
    return [
        {
            "name": it.user.name,
            "since": it.starts_on.isoformat(),
            "load": it.designated,
            "beside": it.beside,
            "events": it.events_held,
            "visits": it.visits_made,
        }
        for it in load.people
    ]


def _reached(reached: Reached) -> dict[str, int]:
    return reached._asdict()


def _by_office(outreach: Outreach) -> list[dict[str, Any]]:
    return [{"office": it.short_name, **_reached(reached)} for it, reached in outreach.offices]


def _times(times: Times) -> dict[str, Any]:
    return {
        "decided": times.decided,
        "middle": times.middle_days,
        "tenth": times.tenth_days,
        "slowest": times.slowest_days,
        "returned": times.returned,
        "rounds": times.rounds,
        "waiting": times.waiting,
        "preparing": times.preparing,
    }


def _times_by_office(waiting: Waiting) -> list[dict[str, Any]]:
    told = [{"office": office.short_name, **_times(it)} for office, it in waiting.offices]
    return sorted(told, key=lambda row: str(row["office"]))
