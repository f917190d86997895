"""Everything that changes an event: one door, one verb each.

`planning` makes it and says what it is and for whom; `agenda` what happens there and by whom;
`running` takes it from plan to end.
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
from events.actions.planning import add_villages, change, drop_villages, plan
from events.actions.running import cancel, finish, start

__all__ = [
    "add_villages",
    "cancel",
    "change",
    "drop_contributor",
    "drop_item",
    "drop_villages",
    "finish",
    "move_item",
    "order_items",
    "plan",
    "start",
    "take_standard",
    "write_contributor",
    "write_item",
]
