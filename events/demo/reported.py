"""The founding cases were reported: each event of them that is over has its report, C1 its record.

Numbers come from the register of the office, on days as they would have been; all invented.
"""

from __future__ import annotations

from datetime import timedelta

import certificates.actions
from accounts.models import User
from events import actions
from events.alike import Likenesses
from events.candidates import Candidates
from events.models import Event
from events.proceedings import PROCEEDINGS, proposed_points
from events.report import REPORT
from events.signed_prints import Signing
from events.story import Story
from villages.demo.people import Team
from villages.demo.telling import moment
from villages.papers import signer_of

LATER = timedelta(days=3)  # after it was held
CODES = {REPORT.key: "LAP", PROCEEDINGS.key: "BA"}
WITNESSES = [{"name": "Mursidah Hayati", "title": "Sekretaris Desa Gendang Timburu"}]
OF_BATULICIN = "kanim-batulicin"


def report(event: Event, team: Team, *, by: str) -> None:
    """File the report of what is over; for C1 the official record too, as it is signed by two."""
    office = team.office
    _choose_numbers(team)
    _settle(event, by=team[by])
    dated = event.ends_on + LATER
    signing = Signing(dated, signer_of(team.head), team.head)
    if office.code == OF_BATULICIN:
        said = {"points": proposed_points(Story.of(event)), "witnesses": WITNESSES}
        actions.order_proceedings(event, signing, said, by=team[by])
    actions.file_report(event, signing, by=team[by], at=moment(office, dated, 14, 0))


def _settle(event: Event, *, by: User) -> None:
    """Who was noted twice is one person; whoever waited for that gets their certificate."""
    for pair in Likenesses(event).open:
        actions.merge(pair.first, pair.second, by=by)
    if Candidates.of(event).lacking:
        actions.order_certificates(event, by=by, at=event.ends_at + LATER)


def _choose_numbers(team: Team) -> None:
    for kind, code in CODES.items():
        chosen = {
            "pattern": "{nomor}/" + code + "/{romawi}/{tahun}",
            "unit_code": "",
            "classification": "",
            "serial_width": 3,
        }
        certificates.actions.choose_number_template(
            team.office, kind, chosen=chosen, by=team["admin 1"]
        )
