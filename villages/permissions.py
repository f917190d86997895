"""Who may do what with villages and their sheets; pure, over what is already loaded."""

from accounts.access import Access
from accounts.models import Office, OfficeKind, Role
from accounts.permissions import can_issue_password
from desabinaan.workflow import Answer, Denied
from villages.assignment_letters import in_letter_of
from villages.models import (
    Assignment,
    Decree,
    Designation,
    Import,
    Officer,
    Village,
    VillageAccess,
)
from villages.models.decree import PREPARED

GUIDING = (OfficeKind.IMMIGRATION_OFFICE, OfficeKind.DETENTION_HOUSE)


def can_propose(access: Access) -> Answer:
    """Staff prepare sheets in the office that they work in now."""
    office = access.current_office
    if office is None or not (office.designates and access.has_role(Role.STAFF, office.pk)):
        return Denied("Usulan disusun oleh petugas kantor imigrasi.")
    return True


def can_prepare(access: Access, designation: Designation) -> Answer:
    """Staff of the sheet's office fill it in."""
    if not access.has_role(Role.STAFF, designation.office_id):
        return Denied(f"Usulan disusun oleh petugas {designation.office}.")
    return True


def can_import(access: Access) -> Answer:
    """Staff and administrator bring in what their current office has kept in a table until now."""
    office = access.current_office
    if office is None:
        return Denied("Tabel desa binaan diimpor oleh petugas atau administrator kantor imigrasi.")
    return can_import_for(access, office)


def can_import_for(access: Access, office: Office) -> Answer:
    """Staff and administrator of that office."""
    works = any(access.has_role(role, office.pk) for role in (Role.STAFF, Role.ADMIN))
    if not (office.designates and works):
        return Denied(f"Tabel desa binaan diimpor oleh petugas atau administrator {office}.")
    return True


def can_read_table(access: Access, batch: Import) -> Answer:
    """Whoever works in the office: those who bring tables in, and the head who confirms them."""
    return can_read_table_of(access, batch.office)


def can_read_table_of(access: Access, office: Office) -> Answer:
    """The same of any table of that office."""
    if access.has_role(Role.HEAD, office.pk) or can_import_for(access, office):
        return True
    return Denied(f"Tabel desa binaan dibaca oleh orang yang bertugas di {office}.")


def can_confirm(access: Access, batch: Import) -> Answer:
    """A head or acting head of the office, never whoever worked on the table."""
    if not access.has_role(Role.HEAD, batch.office_id):
        return Denied(f"Tabel dibenarkan oleh Kepala {batch.office} atau pejabat pengganti.")
    if access.user.pk in batch.makers:
        return Denied("Anda ikut menyiapkan tabel ini; pejabat lain yang membenarkannya.")
    return True


def can_correct_decree(access: Access, decree: Decree) -> Answer:
    """Whoever brings tables in puts right what one of them said of its decree."""
    if can_import_for(access, decree.office):
        return True
    return Denied(f"SK dari tabel diperbaiki oleh petugas atau administrator {decree.office}.")


def can_strike_out(access: Access, designation: Designation) -> Answer:
    """Whoever brings tables in at the office that keeps the village now."""
    if can_import_for(access, designation.keeper):
        return True
    office = designation.keeper
    return Denied(f"Salah catat dinyatakan oleh petugas atau administrator {office}.")


def can_read_sheet(access: Access, designation: Designation) -> Answer:
    """The office reads everything; the village sees status and dates, not evidence and notes.

    A designation is read by the office that issued it, and by the one that guides the village now.
    """
    if not designation.reader_ids & access.office_ids:
        return Denied("Isi usulan hanya dapat dibaca oleh kantor imigrasi.")
    return True


def can_decide(access: Access, designation: Designation) -> Answer:
    """A head or acting head decides for their own office, never on what they prepared."""
    if not access.has_role(Role.HEAD, designation.office_id):
        return Denied(f"Keputusan ada pada Kepala {designation.office} atau pejabat pengganti.")
    if access.user in designation.preparers.all():
        return Denied("Anda ikut menyiapkan usulan ini; pejabat lain yang memutuskan.")
    return True


def can_remind(access: Access, designation: Designation) -> Answer:
    """Staff of the office remind their head."""
    office = designation.keeper
    if access.has_role(Role.STAFF, office.pk):
        return True
    return Denied(f"Kepala Kantor diingatkan oleh petugas {office}.")


def can_send_back(access: Access, designation: Designation) -> Answer:
    """The head tells the staff that a sheet came back."""
    if access.has_role(Role.HEAD, designation.office_id):
        return True
    return Denied(f"Petugas diberi tahu oleh Kepala {designation.office}.")


def can_pass_on(access: Access, designation: Designation) -> Answer:
    """Staff and head of the guiding office tell the village that its certificate is ready."""
    return _in_office(access, designation.keeper, "Desa diberi tahu oleh petugas atau Kepala")


def can_approve(access: Access, designation: Designation) -> Answer:
    """Who may decide may approve, once the office has chosen how it numbers certificates."""
    answer = can_decide(access, designation)
    if not answer:
        return answer
    if not designation.office_numbers_certificates:
        return Denied("Kantor belum memilih pola nomor sertifikat; administrator yang memilihnya.")
    return True


def can_decide_in(access: Access) -> Answer:
    """A head or acting head of the office that they work in now; each sheet is asked besides."""
    office = access.current_office
    if office and access.has_role(Role.HEAD, office.pk):
        return True
    return Denied("Keputusan ada pada Kepala Kantor Imigrasi atau pejabat pengganti.")


def can_certify(access: Access, decree: Decree) -> Answer:
    """A head or acting head orders the portal's certificates for what a decree had designated."""
    if not access.has_role(Role.HEAD, decree.office_id):
        return Denied(f"Sertifikat diterbitkan oleh Kepala {decree.office} atau pejabat pengganti.")
    return True


def can_certify_sheet(access: Access, designation: Designation) -> Answer:
    """The same for one village, never by whoever brought it in."""
    if not access.has_role(Role.HEAD, designation.office_id):
        return Denied(f"Kepala {designation.office} dapat menerbitkannya.")
    makers = {designation.recorded_by_id, *(it.pk for it in designation.preparers.all())}
    if access.user.pk in makers:
        return Denied("Anda ikut mencatat penetapan ini; pejabat lain yang menerbitkannya.")
    if why := designation.why_not_certify():
        return Denied(f"{why[0].upper()}{why[1:]}")
    if not designation.office_numbers_certificates:
        return Denied("Kantor belum memilih pola nomor sertifikat; administrator yang memilihnya.")
    return True


def can_record_decree(access: Access, designation: Designation) -> Answer:
    """Staff and head type the number that the correspondence system gave."""
    return can_number_decree(access, designation.office)


def can_number_decree(access: Access, office: Office) -> Answer:
    """The same, for every village under a decree of the office; its date and scan with it."""
    return _in_office(access, office, "Nomor SK dicatat oleh petugas atau Kepala")


def can_change_decree(access: Access, decree: Decree) -> Answer:
    """Only a head or acting head, as certificates print it; nobody who prepared what it decides."""
    if not access.has_role(Role.HEAD, decree.office_id):
        return Denied(
            f"Isi SK diubah oleh Kepala {decree.office} atau pejabat pengganti; "
            "petugas mencatat nomor dan tanggalnya."
        )
    if access.user.pk in decree.preparer_ids:
        return Denied(PREPARED)
    return True


def can_draft_decree(access: Access) -> Answer:
    """Staff and head of the office that they work in now; a draft decides nothing."""
    office = access.current_office
    if office and any(access.has_role(role, office.pk) for role in (Role.STAFF, Role.HEAD)):
        return True
    return Denied("Draf SK disusun oleh petugas atau Kepala kantor imigrasi.")


def can_write_ceremony(access: Access, designation: Designation) -> Answer:
    """Staff and head note the ceremony."""
    return _in_office(access, designation.keeper, "Pengukuhan dicatat oleh petugas atau Kepala")


def can_request_revocation(access: Access, designation: Designation) -> Answer:
    """Staff and head may ask for it; somebody else decides."""
    return _in_office(access, designation.keeper, "Pencabutan diusulkan oleh petugas atau Kepala")


def can_settle_revocation(access: Access, designation: Designation) -> Answer:
    """A head or acting head, and never the one who asked."""
    if not access.has_role(Role.HEAD, designation.keeper.pk):
        return Denied(f"Pencabutan diputuskan oleh Kepala {designation.keeper}.")
    pending = designation.pending_revocation
    if pending and pending.requested_by_id == access.user.pk:
        return Denied("Anda yang mengusulkan pencabutan ini; pejabat lain yang memutuskan.")
    return True


def can_end(access: Access, designation: Designation) -> Answer:
    """The head lets the guidance end when its term is over."""
    if not access.has_role(Role.HEAD, designation.keeper.pk):
        return Denied(f"Masa pembinaan diakhiri oleh Kepala {designation.keeper}.")
    return True


def can_edit_village(access: Access, village: Village) -> Answer:
    """Staff of the guiding office keep the village's address, word and contacts."""
    if not access.has_role(Role.STAFF, village.office_id):
        return Denied(f"Data desa diperbarui oleh petugas {village.office}.")
    return True


def can_write_contacts(access: Access, village: Village) -> Answer:
    """Staff of the guiding office, and the PIMPASA who guides it today, note who speaks for it."""
    if village.pk in access.assigned_village_ids or can_edit_village(access, village):
        return True
    return Denied(f"Kontak desa dicatat oleh petugas {village.office} atau PIMPASA desa ini.")


def can_move_villages(access: Access) -> Answer:
    """Only the national administrator passes villages from one office to another."""
    if access.is_national_admin:
        return True
    return Denied("Desa dialihkan oleh administrator nasional.")


def can_appoint(access: Access) -> Answer:
    """Staff and administrator of the office that they work in now, if it guides villages."""
    office = access.current_office
    if office is None or office.kind not in GUIDING:
        return Denied("PIMPASA diangkat pada Kantor Imigrasi atau Rumah Detensi Imigrasi.")
    return can_keep_officers(access, office)


def can_keep_officers(access: Access, office: Office) -> Answer:
    """Staff and administrator note what was decreed about the office's PIMPASA."""
    if any(access.has_role(role, office.pk) for role in (Role.STAFF, Role.ADMIN)):
        return True
    return Denied(f"PIMPASA dan penugasannya dicatat oleh petugas atau administrator {office}.")


def can_end_assignment(access: Access, assignment: Assignment) -> Answer:
    """Who keeps the officer; until it is over also who keeps those of the village's office."""
    office = assignment.officer.office
    if can_keep_officers(access, office):
        return True
    if assignment.is_over():
        return Denied(f"Penugasan ini sudah berakhir; hanya {office} yang membetulkan akhirnya.")
    return can_keep_officers(access, assignment.village.office)


def can_strike_out_assignment(access: Access, assignment: Assignment) -> Answer:
    """Who may end it; once a letter speaks of it, only whose letter that is: the officer's own."""
    office = assignment.officer.office
    if assignment.letter is None or can_keep_officers(access, office):
        return True
    return Denied(in_letter_of(office))


def can_write_letters(access: Access) -> Answer:
    """Who writes the letters of the office that they work in now, if it guides villages."""
    office = access.current_office
    if office is None or office.kind not in GUIDING:
        return Denied("Surat tugas dibuat pada Kantor Imigrasi atau Rumah Detensi Imigrasi.")
    return can_write_letters_of(access, office)


def can_write_letters_of(access: Access, office: Office) -> Answer:
    """Whoever keeps the office's PIMPASA prepares their letter, or its head; the head signs it."""
    if access.has_role(Role.HEAD, office.pk) or can_keep_officers(access, office):
        return True
    return Denied(f"Surat tugas disiapkan oleh petugas atau administrator {office}.")


def can_open_sign_in(access: Access, officer: Officer) -> Answer:
    """The administrator gives a PIMPASA in office a way in; a colleague's password is renewed."""
    if officer.is_over():
        return Denied(f"Masa tugas {officer} sudah berakhir.")
    return can_issue_password(access, officer.user, officer.office)


def can_give_account(access: Access, village: Village) -> Answer:
    """The office's administrator gives the village its account."""
    if access.is_national_admin or access.has_role(Role.ADMIN, village.office_id):
        return True
    return Denied(f"Akun desa diberikan oleh administrator {village.office}.")


def can_issue_account_password(access: Access, account: VillageAccess) -> Answer:
    """The office's administrator, unless the password would open an office as well."""
    if account.user.memberships.all():
        return Denied(
            "Orang ini juga bertugas di kantor; sandinya diberikan administrator kantor itu."
        )
    return can_give_account(access, account.village)


def can_keep_criteria(access: Access) -> Answer:
    """Only the national administrator says by what villages are chosen."""
    if access.is_national_admin:
        return True
    return Denied("Kriteria dikelola oleh administrator nasional.")


def can_keep_regions(access: Access) -> Answer:
    """Only the national administrator brings the regions to a new edition."""
    if access.is_national_admin:
        return True
    return Denied("Daftar wilayah dikelola oleh administrator nasional.")


def can_settle_jurisdiction(access: Access) -> Answer:
    """Only the national administrator says which office serves a kabupaten or kota."""
    if access.is_national_admin:
        return True
    return Denied("Wilayah kerja dipastikan oleh administrator nasional.")


def _in_office(access: Access, office: Office, sentence: str) -> Answer:
    if not any(access.has_role(role, office.pk) for role in (Role.STAFF, Role.HEAD)):
        return Denied(f"{sentence} {office}.")
    return True
