"""`manage.py prepare`: bring the database and the static files up to this version."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from desabinaan import checks, files


class Command(BaseCommand):
    """Migrate, collect, import; with DEMO the invented data too. A second time changes nothing."""

    help = "Bring the database and the static files up to this version; may be repeated."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the static files as given, where they are part of an image."""
        parser.add_argument("--database-only", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run the steps in their order."""
        checks.require_database()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        self.claim_files()
        if not options["database_only"]:
            call_command("collectstatic", interactive=False, verbosity=0)
        call_command("import_regions")
        call_command("import_offices")
        if settings.DEMO:
            call_command("load_demo")

    def claim_files(self) -> None:
        """See that uploads and papers have their folder; `/readyz` says so where they have none."""
        if not files.claim():
            self.stderr.write(
                f"{settings.FILES_DIR} holds none of the files that the database names: is its disk"
                f" mounted? Where they are lost for good, create the file {files.MARK} in it."
            )
