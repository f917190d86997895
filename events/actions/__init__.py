"""Everything that changes an event: one door, one verb each.

`planning` makes it and says what it is and for whom; `agenda` what happens there and by whom, with
`materials` of those who speak; `running` takes it from plan to end, and back after a slip;
`institutions` keeps the address book of an office, `inviting` says who is invited and what they
answered, `letters` orders the letters that invite them; `attendance` notes who came, `arrivals`
those who are invited with one press, `identifying` says who of the list they are, `check_in` lets
them enter themselves, `vouching` keeps that an officer said so too, `paper` keeps the signed
sheets, and `merging` says of two who look alike whether they are one; `minutes` says what was said,
`photos` show it, `knowledge` asks what it taught. `visits` notes when an officer called on a
village, and `follow_ups` what is to be done after an event or a visit; `sources` is what photos and
follow-ups share. `reporting` writes the report and files it, which settles the event, and orders
the other papers of what was held. `certifying` orders certificates of attendance, `excluding` says
who gets none, `naming` how somebody is called on theirs, and `bundling` puts all papers of one sort
into one file.
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
from events.actions.arrivals import note_invited, take_back
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
from events.actions.bundling import order_bundle
from events.actions.certifying import (
    order_certificates,
    revoke_participation,
    write_certificate_rule,
)
from events.actions.check_in import (
    Crowded,
    change_pin,
    close_check_in,
    drop_self_entered,
    enter,
    open_check_in,
    try_pin,
)
from events.actions.excluding import exclude, take_in
from events.actions.follow_ups import (
    close_follow_up,
    drop_follow_up,
    reopen_follow_up,
    write_follow_up,
)
from events.actions.identifying import deny, identify
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
from events.actions.knowledge import (
    answer,
    close_phase,
    drop_knowledge_question,
    move_knowledge_question,
    open_phase,
    take_ready_questions,
    withdraw_check,
    write_knowledge_question,
)
from events.actions.letters import order_invitations
from events.actions.materials import add_material, drop_material
from events.actions.merging import keep_apart, merge, undo_merge
from events.actions.minutes import (
    drop_question,
    move_question,
    write_minutes,
    write_question,
)
from events.actions.naming import name_on_certificate
from events.actions.paper import drop_page, keep_page
from events.actions.photos import add_photos, describe_photo, drop_photo, move_photo
from events.actions.planning import add_villages, change, drop_villages, plan
from events.actions.reporting import (
    file_report,
    order_attendance,
    order_proceedings,
    take_report_back,
    write_report,
)
from events.actions.running import cancel, finish, reopen, start
from events.actions.visits import change_visit, note_visit

__all__ = [
    "Crowded",
    "Noted",
    "Person",
    "add_material",
    "add_photos",
    "add_villages",
    "answer",
    "attend",
    "cancel",
    "change",
    "change_attendee",
    "change_pin",
    "change_visit",
    "close_check_in",
    "close_follow_up",
    "close_phase",
    "deny",
    "describe_photo",
    "drop_attendee",
    "drop_contributor",
    "drop_follow_up",
    "drop_invitee",
    "drop_item",
    "drop_knowledge_question",
    "drop_material",
    "drop_page",
    "drop_photo",
    "drop_question",
    "drop_school",
    "drop_self_entered",
    "drop_villages",
    "enter",
    "exclude",
    "file_report",
    "finish",
    "identify",
    "import_attendees",
    "invite",
    "invite_heads",
    "invite_institutions",
    "keep_apart",
    "keep_page",
    "merge",
    "move_item",
    "move_knowledge_question",
    "move_photo",
    "move_question",
    "name_on_certificate",
    "note_invited",
    "note_reply",
    "note_visit",
    "open_check_in",
    "open_phase",
    "order_attendance",
    "order_bundle",
    "order_certificates",
    "order_invitations",
    "order_items",
    "order_proceedings",
    "plan",
    "reopen",
    "reopen_follow_up",
    "restore_institution",
    "retire_institution",
    "revoke_participation",
    "start",
    "take_back",
    "take_in",
    "take_ready_questions",
    "take_report_back",
    "take_standard",
    "try_pin",
    "undo_merge",
    "withdraw_check",
    "write_certificate_rule",
    "write_contributor",
    "write_follow_up",
    "write_institution",
    "write_item",
    "write_knowledge_question",
    "write_minutes",
    "write_question",
    "write_report",
    "write_school",
]
