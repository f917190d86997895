"""`manage.py create_national_admin`: the first account of a new portal."""

from __future__ import annotations

import getpass
import os
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import actions
from accounts.actions import Person
from accounts.models import Membership, Office, OfficeKind, Role
from accounts.models.user import tidy_sign_in_name

PASSWORD_VARIABLE = "ADMIN_PASSWORD"  # noqa: S105 - a name, not a password


class Command(BaseCommand):
    """Open the account of the national administrator, who then opens those of the offices."""

    help = "Membuat administrator nasional pertama. Jalankan setelah import_offices."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and where the password comes from."""
        parser.add_argument("name", help="nama lengkap")
        parser.add_argument("sign_in_name", help="NIP 18 angka, atau alamat surel")
        parser.add_argument("--email", default="", help="surel, bila masuk dengan NIP")
        parser.add_argument(
            "--password-stdin", action="store_true", help="baca sandi dari masukan standar"
        )
        parser.add_argument(
            "--again", action="store_true", help="tambah satu lagi walau sudah ada administrator"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Refuse what makes no sense, ask for the password, open the account."""
        office = self._directorate(again=options["again"])
        name = tidy_sign_in_name(options["sign_in_name"])
        username, email = ("", name) if "@" in name else (name, options["email"])
        person = Person(options["name"], username, email)
        try:
            password = self._password(stdin=options["password_stdin"])
            user = actions.create_national_admin(person, password=password, on=office.today())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Administrator nasional dibuat: {user}, masuk dengan {user.username}.")

    def _directorate(self, *, again: bool) -> Office:
        office = Office.objects.filter(kind=OfficeKind.DIRECTORATE).first()
        if office is None:
            raise CommandError("Belum ada kantor. Jalankan `manage.py import_offices` dahulu.")
        admins = Membership.objects.filter(office=office, role=Role.ADMIN)
        if admins.not_over(office.today()).exists() and not again:
            raise CommandError(
                "Sudah ada administrator nasional. Tambahkan orang di halaman kantor, "
                "atau pakai --again bila tidak ada lagi yang dapat masuk."
            )
        return office

    def _password(self, *, stdin: bool) -> str:
        """From standard input, the environment, or typed twice; held to the portal's rules."""
        if stdin:
            password = sys.stdin.readline().rstrip("\n")
        else:
            password = os.environ.get(PASSWORD_VARIABLE, "") or _typed()
        validate_password(password)
        return password


def _typed() -> str:
    password = getpass.getpass("Sandi: ")
    if password != getpass.getpass("Sandi, sekali lagi: "):
        raise CommandError("Kedua sandi tidak sama.")
    return password
