"""Brings offices and jurisdictions to the packaged lists."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from villages import jurisdictions, offices
from villages.tables import TableRefused, Tally


class Command(BaseCommand):
    """Import the offices and which regions they serve; a second run changes nothing.

    What people have changed in the portal stays, and is named where the lists say otherwise.
    """

    help = "Memuat daftar kantor dan wilayah kerjanya; mengulanginya tidak mengubah apa pun."

    # The checks load every view, and WeasyPrint with them: seconds for nothing that is used here.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which files."""
        parser.add_argument("--offices", type=Path, default=offices.PACKAGED_OFFICES)
        parser.add_argument("--claims", type=Path, default=jurisdictions.PACKAGED_CLAIMS)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Take over both files in one transaction, and say what changed."""
        try:
            with transaction.atomic():
                office_tally = offices.take_over(offices.read_offices(options["offices"]))
                claim_tally = jurisdictions.take_over(jurisdictions.read_claims(options["claims"]))
        except TableRefused as refusal:
            raise CommandError(f"{refusal} Tidak ada yang diubah.") from refusal
        self._report("Kantor", office_tally)
        self._report("Wilayah kerja", claim_tally)

    def _report(self, what: str, tally: Tally) -> None:
        self.stdout.write(
            f"{what}: {tally.added} ditambah, {tally.changed} diubah, {tally.unchanged} tetap."
        )
        if tally.kept:
            self.stdout.write("Tetap seperti diubah di portal, lain dari daftar:")
            self.stdout.writelines(f"  {kept}\n" for kept in tally.kept)
