"""Everything that changes an event: one door, one verb each.

`planning` makes it and says what it is and for whom; `agenda` what happens there and by whom;
`running` takes it from plan to end; `institutions` keeps the address book of an office, `inviting`
says who is invited and what they answered, `letters` orders the letters that invite them;
`attendance` notes who came, `check_in` lets them enter themselves, `paper` keeps the signed sheets,
and `merging` says of two who look alike whether they are one.
"""

from events.actions.agenda import (
    drop_contributor,
    drop_item,
    move_item,
    order_items,
    take_standard,
    write_contributor,
    write_item,
)
from events.actions.attendance import (
    Noted,
    Person,
    attend,
    change_attendee,
    drop_attendee,
    drop_school,
    import_attendees,
    write_school,
)
from events.actions.check_in import (
    change_pin,
    close_check_in,
    count_wrong_pin,
    enter,
    open_check_in,
)
from events.actions.institutions import (
    restore_institution,
    retire_institution,
    write_institution,
)
from events.actions.inviting import (
    drop_invitee,
    invite,
    invite_heads,
    invite_institutions,
    note_reply,
)
from events.actions.letters import order_invitations
from events.actions.merging import keep_apart, merge, undo_merge
from events.actions.paper import drop_page, keep_page
from events.actions.planning import add_villages, change, drop_villages, plan
from events.actions.running import cancel, finish, start

__all__ = [
    "Noted",
    "Person",
    "add_villages",
    "attend",
    "cancel",
    "change",
    "change_attendee",
    "change_pin",
    "close_check_in",
    "count_wrong_pin",
    "drop_attendee",
    "drop_contributor",
    "drop_invitee",
    "drop_item",
    "drop_page",
    "drop_school",
    "drop_villages",
    "enter",
    "finish",
    "import_attendees",
    "invite",
    "invite_heads",
    "invite_institutions",
    "keep_apart",
    "keep_page",
    "merge",
    "move_item",
    "note_reply",
    "open_check_in",
    "order_invitations",
    "order_items",
    "plan",
    "restore_institution",
    "retire_institution",
    "start",
    "take_standard",
    "undo_merge",
    "write_contributor",
    "write_institution",
    "write_item",
    "write_school",
]
