"""Brings invented work to real offices, for trying out and for showing."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from events.demo.loading import load
from villages.demo import loading
from villages.demo.people import PASSWORD


class Command(BaseCommand):
    """Load the demo, once; a second run changes nothing. Never by accident in production."""

    help = "Memuat data peraga; mengulanginya tidak mengubah apa pun."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to insist, and whether to tell how to sign in."""
        parser.add_argument(
            "--force", action="store_true", help="muat juga tanpa DEMO (akun peraga terbuka)"
        )
        parser.add_argument("--sign-ins", action="store_true", help="hanya menampilkan akun peraga")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load unless loaded, or show the sign-ins."""
        if options["sign_ins"]:
            self._show_sign_ins()
            return
        if not (settings.DEMO or options["force"]):
            raise CommandError(
                "Data peraga tidak dimuat: portal ini bukan peraga (DEMO tidak aktif). "
                "Akun peraga memakai sandi yang diketahui umum; --force bila memang dikehendaki."
            )
        if loading.is_loaded():
            self.stdout.write("Data peraga: sudah ada, tidak ada yang diubah.")
            return
        try:
            loaded = load()
        except loading.NotReady as missing:
            raise CommandError(str(missing)) from missing
        self.stdout.write(
            f"Data peraga: {loaded.sheets} usulan dan penetapan, {loaded.events} kegiatan dimuat."
        )

    def _show_sign_ins(self) -> None:
        if not loading.is_loaded():
            raise CommandError("Data peraga belum dimuat: jalankan load_demo.")
        rows = list(loading.sign_ins())
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
        self.stdout.write(f"Sandi semua akun peraga: {PASSWORD}")
