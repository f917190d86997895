"""Who may do what with a paper that they may know of; pure."""

from accounts.access import Access
from accounts.models import Office, Role
from certificates.models import Certificate, Letter
from desabinaan.workflow import Answer, Denied


def can_read_history(access: Access, paper: Certificate | Letter) -> Answer:
    """Who did what is for the office that issued it and those above; holders see the dates."""
    if paper.office_id not in access.office_ids:
        return Denied("Riwayat hanya dapat dibaca oleh kantor imigrasi.")
    return True


def can_download(access: Access, certificate: Certificate) -> Answer:
    """Whoever sees a paper in force has its file; a revoked one stays with the office."""
    if certificate.is_revoked and not can_read_history(access, certificate):
        if not certificate.has_file:
            return Denied("Sertifikat ini dicabut sebelum berkasnya selesai dibuat.")
        return Denied(
            "Sertifikat ini telah dicabut, sehingga berkasnya tidak dapat diunduh lagi. "
            f"Hubungi {certificate.office} bila Anda memerlukan salinannya."
        )
    return True


def can_attach_scan(access: Access, paper: Certificate | Letter) -> Answer:
    """Staff and head of the issuing office upload what was signed."""
    if _works_in(access, paper.office):
        return True
    return Denied(f"Pindaian diunggah dan ditarik oleh petugas atau Kepala {paper.office}.")


def can_pass_on(access: Access, certificate: Certificate) -> Answer:
    """Staff and head of the issuing office tell the holder that it is ready."""
    if _works_in(access, certificate.office):
        return True
    return Denied(f"Pemegang sertifikat diberi tahu oleh petugas atau Kepala {certificate.office}.")


def can_keep_register(access: Access, office: Office) -> Answer:
    """Staff and head of the office write numbers by hand and void them; all others only read."""
    if _works_in(access, office):
        return True
    return Denied(f"Register ditulis oleh petugas atau Kepala {office}.")


def _works_in(access: Access, office: Office) -> bool:
    """Whether they prepare or sign its papers; where nobody else is, its administrator does."""
    roles = (Role.STAFF, Role.HEAD) if office.designates else (Role.ADMIN,)
    return any(access.has_role(role, office.pk) for role in roles)
