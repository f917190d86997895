"""Who may do what with events; pure, over what is already loaded."""

from accounts.access import Access
from accounts.models import Role
from desabinaan.workflow import Answer, Denied
from events.models import Event, FollowUp, Institution, Visit


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


def can_note_visits(access: Access) -> Answer:
    """Whoever guides villages today, and staff of the office that they work in, for them."""
    office = access.current_office
    if access.assigned_village_ids or (office and access.has_role(Role.STAFF, office.pk)):
        return True
    return Denied("Sambang desa dicatat oleh PIMPASA atau petugas kantor imigrasi.")


def can_keep_visit(access: Access, visit: Visit) -> Answer:
    """The officer who called, while they guide the village, and staff of the office."""
    is_theirs = visit.officer.user_id == access.user.pk
    if is_theirs and visit.village_id in access.assigned_village_ids:
        return True
    if access.has_role(Role.STAFF, visit.office_id):
        return True
    return Denied(f"Sambang desa ini dikelola oleh {visit.officer} atau petugas {visit.office}.")


def can_keep_source(access: Access, source: Event | Visit) -> Answer:
    """Whoever keeps the event or the visit says what follows from it."""
    if isinstance(source, Event):
        return can_keep(access, source)
    return can_keep_visit(access, source)


def can_close(access: Access, item: FollowUp) -> Answer:
    """Whoever has to do it, and whoever keeps what it follows from."""
    if item.owner_id == access.user.pk:
        return True
    return can_keep_source(access, item.source)
