"""Who may do what with events; pure, over what is already loaded."""

from accounts.access import Access
from accounts.models import Role
from desabinaan.workflow import Answer, Denied
from events.models import Event, Institution


def can_plan(access: Access) -> Answer:
    """Staff plan events of the office that they work in now."""
    office = access.current_office
    if office is None or not (office.designates and access.has_role(Role.STAFF, office.pk)):
        return Denied("Kegiatan direncanakan oleh petugas kantor imigrasi.")
    return True


def can_keep(access: Access, event: Event) -> Answer:
    """Staff of the event's office mend it, run it and cancel it."""
    if access.has_role(Role.STAFF, event.office_id):
        return True
    return Denied(f"Kegiatan ini dikelola oleh petugas {event.office}.")


def can_read_attendance(access: Access, event: Event) -> Answer:
    """Who came is read inside the event's office and above it; villages read how many."""
    if event.office_id in access.office_ids:
        return True
    return Denied(f"Nama peserta hanya terbaca oleh {event.office}.")


def can_invite(access: Access) -> Answer:
    """Staff keep the address book of the office that they work in now."""
    office = access.current_office
    if office is None or not (office.designates and access.has_role(Role.STAFF, office.pk)):
        return Denied("Buku alamat dikelola oleh petugas kantor imigrasi.")
    return True


def can_keep_institution(access: Access, entry: Institution) -> Answer:
    """Staff of the office whose address book it stands in."""
    if access.has_role(Role.STAFF, entry.office_id):
        return True
    return Denied(f"Buku alamat ini dikelola oleh petugas {entry.office}.")


def can_read_guests(access: Access, event: Event) -> Answer:
    """Who reads the event for an office reads whom it invites; villages do not."""
    if event.office_id in access.office_ids:
        return True
    return Denied("Daftar undangan hanya terbaca oleh kantor penyelenggara.")
