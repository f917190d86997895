"""Everything that changes an event: one door, one verb each.

`planning` makes it and says what it is and for whom; `running` takes it from plan to end.
"""

from events.actions.planning import add_villages, change, drop_villages, plan
from events.actions.running import cancel, finish, start

__all__ = ["add_villages", "cancel", "change", "drop_villages", "finish", "plan", "start"]
