"""Everything that changes a village or its sheet: one door, one verb each.

`preparation` fills the sheet in, `decision` is the head's, `afterwards` follows a designation,
`village` keeps the village itself.
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
from villages.actions.jurisdiction import settle_jurisdiction
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
from villages.actions.village import (
    end_account,
    end_contact,
    give_account,
    issue_account_password,
    update_village,
    write_contact,
)

__all__ = [
    "Approval",
    "approve",
    "decline_revocation",
    "drop_finding",
    "end",
    "end_account",
    "end_contact",
    "give_account",
    "issue_account_password",
    "propose",
    "record_decree",
    "reject",
    "remove_document",
    "request_revocation",
    "return_to_staff",
    "revoke",
    "settle_jurisdiction",
    "submit",
    "update_village",
    "withdraw",
    "write_ceremony",
    "write_consent",
    "write_contact",
    "write_coordination",
    "write_finding",
]
