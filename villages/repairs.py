"""What may still be put right of a recorded table: nothing that another person answers for."""

from __future__ import annotations

from audit.models import Entry
from desabinaan import formats
from villages.models import Decree, Designation
from villages.models.status import STRIKE
from villages.progress import Progress

INSTEAD = (
    "Desa yang tercatat dengan SK yang keliru dinyatakan salah catat satu per satu, lalu diimpor "
    "lagi dengan SK yang benar."
)


def why_not_correct(decree: Decree, under: Progress) -> str:
    """What keeps the decree as it is, and what to do instead; nothing where it may be corrected."""
    if not decree.number:
        return "SK ini belum bernomor; isinya diubah oleh Kepala Kantor."
    if under.decided:
        why = "ada desa yang ditetapkan di portal dengan SK ini"
    elif under.ordered:
        why = "sudah ada sertifikat yang mencetaknya"
    elif under.confirmed:
        why = "ada desa dalam SK ini yang sudah dibenarkan Kepala Kantor"
    elif not under.total + under.struck:
        why = "tidak ada desa yang dicatat dengan SK ini"
    else:
        return ""
    sentence = f"Isi SK ini tidak dapat diperbaiki: {why}."
    return f"{sentence} {INSTEAD}" if under.loose else sentence


def why_not_strike(sheet: Designation) -> str:
    """What keeps a designation from being struck out, and what to do instead; else nothing."""
    if not sheet.is_recorded:
        return "Penetapan ini diputuskan di portal. Bila keliru, usulkan pencabutannya."
    if not STRIKE.is_open(sheet):
        return STRIKE.refusal(sheet)
    if sheet.certificate_id:
        return "Sertifikatnya sudah diterbitkan. Bila keliru, usulkan pencabutan penetapan ini."
    if sheet.confirmed_at:
        moment = formats.moment(sheet.confirmed_at, sheet.office)
        return f"Penetapan ini dibenarkan {moment}. Bila keliru, usulkan pencabutannya."
    if sheet.pending_revocation:
        return "Usul pencabutannya belum diputuskan; putuskan dahulu."
    return ""


def joined(pk: int) -> int | None:
    """The decree that took over the villages of one that gave way; nothing where none did."""
    took_over = Entry.objects.filter(verb="decree.corrected", data__gave_way=pk).first()
    return (joined(took_over.subject_id) or took_over.subject_id) if took_over else None
