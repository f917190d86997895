"""`manage.py skip_given_numbers`: after a restore, give no number a second time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.access import access_of
from accounts.models import User
from accounts.models.user import tidy_sign_in_name
from certificates import actions, given, kinds
from certificates.actions import Skipped
from certificates.given import Given, Unplaced
from certificates.models import NumberTemplate
from desabinaan import files


class Command(BaseCommand):
    """Write the numbers of papers without a row into their registers, and move those on.

    Without --write it only says what it would do. May be repeated: what is done stays done.
    """

    help = "After a restore: skip the numbers that are on paper already. First without --write."

    def add_arguments(self, parser: CommandParser) -> None:
        """In whose name, and what is known besides the files."""
        parser.add_argument("--by", required=True, help="NIP or address of a national admin")
        parser.add_argument(
            "--told",
            help="a file of what offices tell of lost papers, - for standard input; a line for "
            "each: code of the office;2026-11-27;number;subject",
        )
        parser.add_argument("--write", action="store_true", help="do it; else nothing is changed")

    def handle(self, *_args: Any, **options: Any) -> None:
        """One line for each register and each doubt; ends with 1 where a person must look."""
        by, found = self._who(options["by"]), list(self._found(options["told"]))
        numbers = [it for it in found if isinstance(it, Given)]
        unplaced = [it for it in found if isinstance(it, Unplaced)]
        with transaction.atomic():
            done = actions.skip_given(numbers, by=by)
            transaction.set_rollback(not options["write"])
        self._tell(done, unplaced)
        self.stdout.write(
            f"{len(numbers)} numbers are out; {len(done.written)} of them "
            + ("were written." if options["write"] else "are to be written: repeat with --write.")
        )
        if unplaced or done.doubled:
            raise CommandError(f"{len(unplaced) + len(done.doubled)} lines above need a person.")

    def _who(self, name: str) -> User:
        user = User.objects.with_sign_in_name(tidy_sign_in_name(name))
        if user is None or not access_of(user).is_national_admin:
            raise CommandError(f"{name} is no national administrator.")
        return user

    def _found(self, told: str) -> Iterator[Given | Unplaced]:
        yield from given.of_papers(files.strays(it.name for it in files.kept()))
        if told:
            yield from given.of_lines(_lines(told))

    def _tell(self, done: Skipped, unplaced: list[Unplaced]) -> None:
        moved = {(it.template.office_id, it.template.kind, it.year) for it in done.moved}
        for it in done.moved:
            lost = f", {it.unknown} of them on no paper that was found" if it.unknown else ""
            self.stdout.write(
                f"{_register(it.template)}, {it.year}: goes on after {it.after} and not after "
                f"{it.before}{lost}."
            )
        for entry in done.written:
            if (entry.office_id, entry.kind, entry.year) not in moved:
                self.stdout.write(f"{entry.office}, {entry.year}: {entry} is written by hand.")
        for number, entry in done.doubled:
            self.stdout.write(
                f"{number.source} has {number.number}, which {number.office} gave to: "
                f"{entry.title}, {entry.dated}."
            )
        for line in unplaced:
            self.stdout.write(f"{line.source}: {line.why}.")


def _lines(told: str) -> list[str]:
    try:
        text = sys.stdin.read() if told == "-" else Path(told).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(f"{told} cannot be read ({type(error).__name__}).") from error
    return text.splitlines()


def _register(template: NumberTemplate) -> str:
    return f"{template.office}, {kinds.registers().get(template.kind, template.kind)}"
