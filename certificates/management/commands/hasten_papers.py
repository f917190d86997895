"""`manage.py hasten_papers`: the cause is mended, and nobody need wait for the pauses to end."""

from typing import Any

from django.core.management.base import BaseCommand

from certificates import actions, tasks
from desabinaan import queue


class Command(BaseCommand):
    """Make all papers and exports that failed due now, and ask the workers for them."""

    help = "Have what could not be drawn tried again at once; to be run once the cause is mended."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say how many; where the broker takes nothing, the clock asks within a minute."""
        count = actions.hasten()
        sweeps = (tasks.sweep, tasks.sweep_exports)
        asked = count and all(queue.publish(sweep) for sweep in sweeps)
        when = "The workers were asked for them." if asked else "The next sweep asks for them."
        self.stdout.write(f"Due again now: {count}. {when}" if count else "Nothing has failed.")
