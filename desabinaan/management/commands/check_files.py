"""`manage.py check_files`: is every file there that the database names, byte for byte?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from desabinaan import files


class Command(BaseCommand):
    """Read each file that a row names; list those that are missing or changed, and fail then.

    Papers and uploads that no row names are listed too, and are no failure: one may just be drawn.
    """

    help = "Compare the files with the database, after a restore for example; changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """One line for each fault and each stray file, on standard output."""
        kept = list(files.kept())
        faults = [f"{it.record}: {it.name} {fault}" for it in kept if (fault := it.fault())]
        self.stdout.writelines(f"{line}\n" for line in faults)
        strays = files.strays(it.name for it in kept)
        self.stdout.writelines(f"No row names {line}\n" for line in strays)
        self.stdout.writelines(f"No row names {name}\n" for name in files.unnamed_uploads())
        if faults:
            raise CommandError(f"{len(faults)} of {len(kept)} files are not as they were kept.")
        self.stdout.write(f"{len(kept)} files are there, each as it was kept.")
