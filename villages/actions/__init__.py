"""Everything that changes a village or its sheet: one door, one verb each.

`preparation` fills the sheet in, `decision` is the head's, `afterwards` follows a designation,
`village` keeps the village itself, `profile` what the office knows of it, `officers` and `handover`
those who guide it.
"""

from villages.actions.afterwards import (
    decline_revocation,
    end,
    record_decree,
    request_revocation,
    revoke,
    write_ceremony,
)
from villages.actions.decision import Approval, approve, reject, return_to_staff
from villages.actions.handover import HandOver, hand_over, pass_sheet
from villages.actions.jurisdiction import settle_jurisdiction
<<<<<<< HEAD
from villages.actions.officers import (
    Appointment,
    Terms,
    appoint,
    assign,
    cancel_assignment,
    change_officer,
    end_assignment,
    end_officer,
=======
from villages.actions.onboarding import (
    abandon_import,
    choose_region,
    drop_doubtful_rows,
    drop_row,
    map_import,
    receive_import,
    record_import,
    take_back_row,
>>>>>>> 6f856a9f9aab72cbd9949835df31def9f6e6f367
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
from villages.actions.village import (
    change_head,
    end_account,
    end_contact,
    give_account,
    issue_account_password,
    update_village,
    write_contact,
)

__all__ = [
    "Appointment",
    "Approval",
<<<<<<< HEAD
    "HandOver",
    "Terms",
    "appoint",
=======
    "abandon_import",
>>>>>>> 6f856a9f9aab72cbd9949835df31def9f6e6f367
    "approve",
    "assign",
    "attach_document",
    "cancel_assignment",
    "change_head",
<<<<<<< HEAD
    "change_officer",
=======
    "choose_region",
>>>>>>> 6f856a9f9aab72cbd9949835df31def9f6e6f367
    "decline_revocation",
    "drop_agreement",
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
    "hand_over",
    "issue_account_password",
<<<<<<< HEAD
    "pass_sheet",
=======
    "map_import",
>>>>>>> 6f856a9f9aab72cbd9949835df31def9f6e6f367
    "propose",
    "receive_import",
    "record_decree",
    "record_import",
    "reject",
    "remove_document",
    "remove_document_of_village",
    "request_revocation",
    "return_to_staff",
    "revoke",
    "settle_jurisdiction",
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
