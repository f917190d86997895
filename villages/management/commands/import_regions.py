"""Brings the official regions to an edition of the national list."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from villages import regions
from villages.tables import TableRefused


class Command(BaseCommand):
    """Import the regions; a second run changes nothing."""

    help = "Memuat daftar wilayah; mengulanginya tidak mengubah apa pun."

    # The checks load every view, and WeasyPrint with them: seconds for nothing that is used here.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, and how carefully."""
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            default=regions.PACKAGED_EDITION,
            help="CSV (boleh .gz) dengan kolom code,name,level,kind; bawaan: daftar terpasang",
        )
        parser.add_argument(
            "--preview",
            "--dry-run",
            action="store_true",
            help="hanya menunjukkan apa yang akan berubah, dan apa yang tersentuh di portal",
        )
        parser.add_argument(
            "--retire-many",
            action="store_true",
            help="izinkan edisi yang menghapus lebih dari 5 %% wilayah",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Compare or take over, and say what changed."""
        try:
            edition = regions.read_edition(options["file"])
            if options["preview"]:
                difference = regions.compare(edition)
            else:
                difference = regions.take_over(
                    edition, on=timezone.localdate(), retire_many=options["retire_many"]
                )
        except TableRefused as refusal:
            raise CommandError(f"{refusal} Tidak ada yang diubah.") from refusal
        self._report(difference, is_preview=options["preview"])

    def _report(self, difference: regions.Difference, *, is_preview: bool) -> None:
        if is_preview:
            self.stdout.writelines(f"{example}\n" for example in difference.examples)
            self._report_details(difference)
        prefix = "Akan menjadi" if is_preview else "Wilayah"
        self.stdout.write(
            f"{prefix}: {difference.added} ditambah, {difference.changed} diubah, "
            f"{difference.retired} tidak berlaku lagi, {difference.returned} berlaku kembali, "
            f"{difference.unchanged} tetap."
        )

    def _report_details(self, difference: regions.Difference) -> None:
        touched = difference.touched
        self.stdout.write(
            f"Berganti nama {difference.renamed}, berganti jenis {difference.rekinded}, "
            f"pindah induk {difference.moved + difference.reparented}."
        )
        self.stdout.write(
            f"Tersentuh di portal: {touched.villages} desa ({touched.designated} desa binaan), "
            f"{touched.sheets} usulan terbuka, {touched.jurisdictions} wilayah kerja."
        )
