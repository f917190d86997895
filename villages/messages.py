"""Ready texts to send by WhatsApp: the office sends them by hand, the portal sends none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desabinaan import formats, mail

if TYPE_CHECKING:
    from certificates.models import Certificate
    from villages.models import Designation


def reminder(sheet: Designation) -> str:
    """To the head: that a sheet waits, since when, and where it is."""
    region = sheet.village.region
    return "\n\n".join(
        (
            f"Yth. Kepala {sheet.office.short_name},",
            f"usulan penetapan {sheet.village}, {region.district.full_name}, "
            f"{region.regency.name}, menunggu keputusan sejak "
            f"{formats.long_date(sheet.status_at, sheet.office)}:",
            mail.linked(sheet.get_absolute_url()),
            "Terima kasih.",
        )
    )


def ready(certificate: Certificate) -> str:
    """To the village: that its certificate can be downloaded, and how anybody checks it."""
    village, office = certificate.facts["village"], certificate.facts["office"]
    name = f"{village['term']} {village['name']}"
    return "\n\n".join(
        (
            f"Yth. Pemerintah {name},",
            f"sertifikat Desa Binaan Imigrasi {name} sudah siap. Dengan akun desa, "
            f"Bapak/Ibu dapat mengunduhnya di:\n{mail.linked(certificate.get_absolute_url())}",
            f"Keasliannya dapat diperiksa siapa saja di:\n{certificate.address}",
            f"Terima kasih.\n{office['name']}",
        )
    )
