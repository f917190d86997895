"""Who may keep people and offices; pure, over what is already loaded.

An administrator keeps the people of their own office, the national one those of every office, and
nobody touches their own roles or password here. So nobody raises themselves, and whoever removes
administrators stays one: no office ends up without by this way.
"""

from accounts.access import Access, is_village_account
from accounts.models import Membership, Office, OfficeKind, Role, User
from desabinaan.workflow import Answer, Denied


def can_administer(access: Access, office: Office) -> Answer:
    """The office's administrator, or the national one."""
    if access.is_national_admin or access.has_role(Role.ADMIN, office.pk):
        return True
    return Denied(f"Orang, profil, dan pola nomor dikelola oleh administrator {office}.")


def can_keep_offices(access: Access) -> Answer:
    """Only the national administrator opens, changes, moves and closes offices."""
    if access.is_national_admin:
        return True
    return Denied("Daftar kantor dikelola oleh administrator nasional.")


def can_oversee(access: Access) -> Answer:
    """Administrators see who serves in their offices, observers in those below theirs."""
    if access.overseen_office_ids:
        return True
    return Denied("Daftar peran dibuka oleh administrator kantor dan pengamat.")


def can_end(access: Access, membership: Membership) -> Answer:
    """An administrator ends roles of others."""
    if membership.user_id == access.user.pk:
        return Denied("Peran Anda sendiri diakhiri oleh administrator lain.")
    return can_administer(access, membership.office)


def can_issue_password(access: Access, person: User, office: Office) -> Answer:
    """Only for people who serve nowhere else: a password opens everything that is theirs.

    Reads `person.memberships`, loaded with their offices; asks whether the account is a village's.
    """
    answer = can_administer(access, office)
    if not answer:
        return answer
    if person.pk == access.user.pk:
        return Denied("Sandi Anda sendiri diganti di menu Ganti sandi.")
    if is_village_account(person) and not access.is_national_admin:
        return Denied("Sandi akun desa diberikan dari halaman desanya.")
    serves = [m for m in person.memberships.all() if m.is_live() or m.is_coming()]
    if access.is_national_admin or all(
        m.office_id in access.administered_office_ids for m in serves
    ):
        return True
    return Denied("Orang ini juga bertugas di kantor lain; mintakan ke administrator nasional.")


def can_reset_second_factor(access: Access, person: User, office: Office) -> Answer:
    """Whoever may issue the person's password; their own is changed on their own page."""
    if person.pk == access.user.pk:
        return Denied("Faktor kedua Anda sendiri diatur di halaman Keamanan akun.")
    return can_issue_password(access, person, office)


def roles_given_in(office: Office) -> list[Role]:
    """The roles that exist in an office: a Kanim prepares and decides, those above it observe."""
    match OfficeKind(office.kind):
        case OfficeKind.IMMIGRATION_OFFICE:
            return [Role.STAFF, Role.HEAD, Role.ADMIN]
        case OfficeKind.REGIONAL | OfficeKind.DIRECTORATE:
            return [Role.OBSERVER, Role.ADMIN]
        case OfficeKind.DETENTION_HOUSE:
            return [Role.ADMIN]
