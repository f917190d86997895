"""Everything that changes a village or its sheet: one door, one verb each.

`preparation` fills the sheet in, `decision` is the head's, `numbering` mends the decree until it
has its number, `repairing` what a table recorded, `afterwards` follows a designation, `village`
keeps the village itself, `profile` what the office knows of it, `officers` and `handover` those who
guide it, `letters` what sends them there; `offices` closes an office that has nothing left,
`editions` brings the regions to a new edition of the national list.
"""

from villages.actions.afterwards import (
    decline_revocation,
    end,
    request_revocation,
    revoke,
    write_ceremony,
)
from villages.actions.certifying import Certification, certify
from villages.actions.confirming import ask_again, confirm_import, send_import_back
from villages.actions.criteria import (
    add_criterion,
    move_criterion,
    restore_criterion,
    retire_criterion,
    reword_criterion,
)
from villages.actions.decision import (
    Approval,
    approve,
    approve_all,
    reject,
    return_to_staff,
)
from villages.actions.drafting import draft_decree
from villages.actions.editions import abandon_edition, apply_edition, receive_edition
from villages.actions.guiding import appoint_named, identify_officer, pass_over_officer
from villages.actions.handover import HandOver, hand_over, pass_sheet
from villages.actions.jurisdiction import settle_jurisdiction
from villages.actions.letters import order_assignment_letter
from villages.actions.moving import move_region, move_village
from villages.actions.numbering import change_decree, record_decree
from villages.actions.officers import (
    Appointment,
    Terms,
    appoint,
    assign,
    change_officer,
    end_assignment,
    end_officer,
)
from villages.actions.offices import close_office, move_office, reopen_office
from villages.actions.onboarding import (
    abandon_import,
    choose_region,
    drop_doubtful_rows,
    drop_row,
    map_import,
    receive_import,
    record_import,
    take_back_row,
)
from villages.actions.preparation import (
    drop_finding,
    propose,
    remove_document,
    submit,
    withdraw,
    write_consent,
    write_coordination,
    write_finding,
)
from villages.actions.profile import (
    attach_document,
    drop_agreement,
    drop_migrant_count,
    drop_programme,
    remove_document_of_village,
    write_agreement,
    write_migrant_count,
    write_programme,
)
from villages.actions.repairing import correct_decree, strike_out
from villages.actions.striking import cancel_assignment
from villages.actions.village import (
    change_head,
    drop_contact,
    end_account,
    end_contact,
    give_account,
    give_account_by_card,
    issue_account_card,
    issue_account_password,
    settle_account_email,
    update_village,
    write_contact,
)

__all__ = [
    "Appointment",
    "Approval",
    "Certification",
    "HandOver",
    "Terms",
    "abandon_edition",
    "abandon_import",
    "add_criterion",
    "apply_edition",
    "appoint",
    "appoint_named",
    "approve",
    "approve_all",
    "ask_again",
    "assign",
    "attach_document",
    "cancel_assignment",
    "certify",
    "change_decree",
    "change_head",
    "change_officer",
    "choose_region",
    "close_office",
    "confirm_import",
    "correct_decree",
    "decline_revocation",
    "draft_decree",
    "drop_agreement",
    "drop_contact",
    "drop_doubtful_rows",
    "drop_finding",
    "drop_migrant_count",
    "drop_programme",
    "drop_row",
    "end",
    "end_account",
    "end_assignment",
    "end_contact",
    "end_officer",
    "give_account",
    "give_account_by_card",
    "hand_over",
    "identify_officer",
    "issue_account_card",
    "issue_account_password",
    "map_import",
    "move_criterion",
    "move_office",
    "move_region",
    "move_village",
    "order_assignment_letter",
    "pass_over_officer",
    "pass_sheet",
    "propose",
    "receive_edition",
    "receive_import",
    "record_decree",
    "record_import",
    "reject",
    "remove_document",
    "remove_document_of_village",
    "reopen_office",
    "request_revocation",
    "restore_criterion",
    "retire_criterion",
    "return_to_staff",
    "revoke",
    "reword_criterion",
    "send_import_back",
    "settle_account_email",
    "settle_jurisdiction",
    "strike_out",
    "submit",
    "take_back_row",
    "update_village",
    "withdraw",
    "write_agreement",
    "write_ceremony",
    "write_consent",
    "write_contact",
    "write_coordination",
    "write_finding",
    "write_migrant_count",
    "write_programme",
]
