"""Which state of a sheet or a table a page showed: nothing is decided unread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from audit.models import Entry
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from villages.models.status import Status

if TYPE_CHECKING:
    from accounts.models import User
    from villages.models import Designation, Import, Revocation

SHOWN = "dilihat"
NOTHING = datetime(1970, 1, 1, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def stamp(moment: datetime) -> str:
    """The moment of a submission, to the microsecond, as a page carries it."""
    return str((moment - NOTHING) // MOMENT)


def shown(said: Mapping[str, str]) -> datetime:
    """The latest submission that the page had shown; a page that does not say has shown none."""
    try:
        return NOTHING + int(said.get(SHOWN, "")) * MOMENT
    except (ValueError, OverflowError):
        return NOTHING


def shown_last(said: Mapping[str, str]) -> int | None:
    """What the page had shown as the latest that happened; None where no page of ours asks."""
    number = said.get(SHOWN, "")
    return int(number) if number.isascii() and number.isdigit() and len(number) <= 18 else None


def is_unread(sheet: Designation, seen: datetime | None) -> bool:
    """Whether it was submitted after what the person has seen; None where nobody looked before."""
    return seen is not None and sheet.status == Status.SUBMITTED and sheet.status_at > seen


def words(sheet: Designation) -> str:
    """Who submitted it again, and when."""
    moment = formats.moment(sheet.status_at, sheet.office)
    return (
        f"usulan ini diajukan lagi oleh {sheet.status_by.name}, {moment}, sesudah Anda membukanya. "
        "Bacalah sekali lagi, lalu putuskan."
    )


def refuse_unread(sheet: Designation, seen: datetime | None) -> None:
    """Refuse a decision on what the person has not read; the sheet's row is held.

    What another decided meanwhile is no submission: the step itself refuses, and says who did what.
    """
    if is_unread(sheet, seen):
        raise TransitionRefused(f"Belum diputuskan: {words(sheet)}")


def refuse_unread_change(sheet: Designation, seen: int | None, *, by: User) -> None:
    """Refuse to submit what was changed since, in another tab too; the sheet's row is held.

    None: nobody looked before.
    """
    if seen is None:
        return
    since = Entry.objects.about(sheet).filter(pk__gt=seen).first()
    if since:
        told = since.sentence if since.by != by else f"Anda {since.phrase}"
        raise TransitionRefused(
            f"Belum diajukan: {told}, {formats.moment(since.at, sheet.office)}, sesudah halaman "
            "ini Anda buka. Periksalah sekali lagi, lalu ajukan."
        )


def refuse_unread_request(revocation: Revocation, seen: datetime | None) -> None:
    """Refuse an answer to a request to revoke that came after the one the person has read."""
    if seen is None or revocation.requested_at <= seen:
        return
    moment = formats.moment(revocation.requested_at, revocation.designation.office)
    raise TransitionRefused(
        f"Belum diputuskan: pencabutan ini diusulkan lagi oleh {revocation.requested_by.name}, "
        f"{moment}, sesudah Anda membukanya. Bacalah alasannya, lalu putuskan."
    )


def refuse_changed_table(batch: Import, seen: int | None, *, by: User) -> None:
    """Refuse to write over what another did to a table since; its row is held. None: nobody looked.

    What they did themselves they know: a second click is none.
    """
    if seen is None:
        return
    since = Entry.objects.about(batch).filter(pk__gt=seen).exclude(by=by).first()
    if since:
        raise TransitionRefused(
            f"Belum disimpan: {since.who} mengubah tabel ini, "
            f"{formats.moment(since.at, batch.office)}, sesudah Anda membukanya. "
            "Periksalah sekali lagi."
        )


def refuse_unread_table(batch: Import, seen: datetime | None) -> None:
    """Refuse a word for a table that was mended since; its row is held. None: nobody looked.

    Asked after the step, which says who gave another word meanwhile.
    """
    changed = batch.mended_at
    if seen is None or changed is None or changed <= seen or batch.mended_by is None:
        return
    moment = formats.moment(changed, batch.office)
    raise TransitionRefused(
        f"Belum diputuskan: tabel ini diperbaiki {batch.mended_by.name}, {moment}, sesudah Anda "
        "membukanya. Periksalah sekali lagi, lalu putuskan."
    )
