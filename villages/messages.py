"""Ready texts to send by WhatsApp: the office sends them by hand, the portal sends none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desabinaan import formats, mail

if TYPE_CHECKING:
    from accounts.models import Office
    from certificates.models import Certificate
    from villages.models import Designation, Revocation

THANKS = "Terima kasih."


def reminder(sheet: Designation) -> str:
    """To the head: that a sheet waits, since when, and where it is."""
    waits = f"menunggu keputusan sejak {formats.long_date(sheet.status_at, sheet.office)}"
    return _to_head(sheet, sheet.office, f"usulan penetapan {_named(sheet)}, {waits}:")


def recall(sheet: Designation) -> str:
    """To the head: that somebody who prepared the sheet saw a mistake, and asks for it back."""
    asked = f"ada yang keliru dalam usulan penetapan {_named(sheet)}."
    return _to_head(sheet, sheet.office, f"{asked} Mohon dikembalikan untuk diperbaiki:")


def revocation_reminder(sheet: Designation, revocation: Revocation) -> str:
    """To the head: that a request to revoke waits; why is on the page."""
    office = sheet.village.office
    waits = f"menunggu keputusan sejak {formats.long_date(revocation.requested_at, office)}"
    return _to_head(sheet, office, f"usul pencabutan penetapan {_named(sheet)}, {waits}:")


def returned(sheet: Designation) -> str:
    """To the preparers: that a sheet came back; what is to be mended is on the page."""
    day = formats.long_date(sheet.status_at, sheet.office)
    said = f"usulan penetapan {_named(sheet)}, dikembalikan {day} untuk diperbaiki."
    where = f"Catatannya ada di:\n{mail.linked(sheet.get_absolute_url())}"
    return "\n\n".join(("Yth. rekan petugas,", said, where, THANKS))


def _to_head(sheet: Designation, office: Office, said: str) -> str:
    address = mail.linked(sheet.get_absolute_url())
    return "\n\n".join((f"Yth. Kepala {office.short_name},", said, address, THANKS))


def _named(sheet: Designation) -> str:
    """The village and where it lies."""
    region = sheet.village.region
    return f"{sheet.village}, {region.district.full_name}, {region.regency.name}"


def ready(certificate: Certificate, *, has_account: bool) -> str:
    """To the village: how it gets its certificate, and how anybody checks it.

    Without an account nothing can be downloaded, so the office sends the file along.
    """
    village, office = certificate.facts["village"], certificate.facts["office"]
    name = f"{village['term']} {village['name']}"
    download = (
        "Dengan akun desa, Bapak/Ibu dapat mengunduhnya di:\n"
        f"{mail.linked(certificate.get_absolute_url())}"
    )
    how = download if has_account else "Berkasnya kami kirimkan bersama pesan ini."
    return "\n\n".join(
        (
            f"Yth. Pemerintah {name},",
            f"sertifikat Desa Binaan Imigrasi {name} sudah siap. {how}",
            f"Keasliannya dapat diperiksa siapa saja di:\n{certificate.address}",
            f"{THANKS}\n{office['name']}",
        )
    )
