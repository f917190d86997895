"""`manage.py prepare`: bring the database and the static files up to this version."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Migrate, collect, import; with DEMO the invented data too. A second time changes nothing."""

    help = "Bring the database and the static files up to this version; may be repeated."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run the steps in their order."""
        quiet = {"verbosity": min(options["verbosity"], 1) - 1}
        call_command("migrate", interactive=False, **quiet)
        call_command("collectstatic", interactive=False, **quiet)
        call_command("import_regions")
        call_command("import_offices")
        if settings.DEMO:
            call_command("load_demo")
