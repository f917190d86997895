"""How the offices of the demo number the papers of their events."""

from __future__ import annotations

import certificates.actions
from events.invitation_letters import INVITATION
from events.participation import PARTICIPANT, SPEAKER
from events.proceedings import PROCEEDINGS
from events.report import REPORT
from villages.demo.people import Team

CODES = {
    INVITATION.key: "UND",
    PARTICIPANT.key: "PST",
    SPEAKER.key: "NRS",
    REPORT.key: "LAP",
    PROCEEDINGS.key: "BA",
}


def choose_numbers(team: Team) -> None:
    """A row of numbers for each kind of paper, with the office's own code and the year."""
    for kind, code in CODES.items():
        chosen = {
            "pattern": code + "-{nomor}/PERAGAAN/{kode}/{romawi}/{tahun}",
            "unit_code": team.unit,
            "classification": "",
            "serial_width": 3,
        }
        certificates.actions.choose_number_template(
            team.office, kind, chosen=chosen, by=team["admin 1"]
        )
