"""Who may keep people and offices; pure, over what is already loaded.

An administrator keeps the people of their own office, the national one those of every office, and
nobody touches their own roles or password here. So nobody raises themselves, and whoever removes
administrators stays one: no office ends up without by this way. Nor does anybody of an office
become its head: the way in of heads and administrators is mended by the national administrator only
(docs/decisions/0014-whose-way-in-is-reset-by-whom.md).
"""

from collections.abc import Collection

from accounts.access import Access, service_of
from accounts.models import Membership, Office, OfficeKind, Role, User
from accounts.models.membership import powers_struck_out
from audit.models import Entry
from desabinaan.workflow import Answer, Denied

RESET_ELSEWHERE = (
    "Orang ini pernah, sedang, atau akan menjadi kepala kantor atau administrator. Sandi dan "
    "faktor keduanya diatur ulang oleh administrator nasional; lewat surel ia dapat meminta sandi "
    "baru sendiri."
)


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


def can_confirm(access: Access, membership: Membership) -> Answer:
    """Who leads an office is confirmed by its head or from above, never by who noted it.

    An acting head confirms acting heads within their own term, unless they are administrator of
    the office besides: whoever makes accounts and confirms heads would need nobody else.
    """
    if access.user.pk in (membership.user_id, membership.given_by_id):
        return Denied("Penunjukan disahkan oleh selain yang ditunjuk dan yang mencatatnya.")
    if access.is_national_admin:
        return True
    vouching = [role for role in access.memberships if role.vouches_for(membership)]
    administers = access.has_role(Role.ADMIN, membership.office_id)
    if any(not (role.acting_kind and administers) for role in vouching):
        return True
    return Denied(
        "Penunjukan disahkan oleh Kepala Kantor atau administrator nasional. Plt. dan Plh. hanya "
        "mengesahkan pejabat pengganti di dalam masanya sendiri, dan bila bukan administrator."
    )


def can_add_known(access: Access, person: User, office: Office) -> Answer:
    """Who serves in another office is not taken hold of by their address: they are asked.

    Reads `person.memberships`, loaded with their offices; asks the villages' side.
    """
    served = service_of(person).office_ids
    if access.is_national_admin or office.pk in served or served <= access.administered_office_ids:
        return True
    return Denied("Akun ini sudah bertugas di tempat lain.")


def can_issue_password(access: Access, person: User, office: Office) -> Answer:
    """Only for people who decide nothing and serve nowhere else: it opens all that is theirs.

    Reads `person.memberships`, loaded with their offices; asks history and the villages' side.
    """
    answer = can_administer(access, office)
    if not answer:
        return answer
    if person.pk == access.user.pk:
        return Denied("Sandi Anda sendiri diganti di menu Ganti sandi.")
    return access.is_national_admin or _is_within(access.administered_office_ids, person)


def _is_within(office_ids: Collection[int], person: User) -> Answer:
    """Whether an account opens nothing but what is kept in these offices anyway."""
    service = service_of(person)
    if service.is_villages:
        return Denied("Sandi akun desa diberikan dari halaman desanya.")
    if has_ever_held_power(person):
        return Denied(RESET_ELSEWHERE)
    if service.office_ids.issubset(office_ids):
        return True
    return Denied("Orang ini juga bertugas di kantor lain; mintakan ke administrator nasional.")


def can_settle_email(access: Access, person: User, within_reach: Answer) -> Answer:
    """Of an account in use the national administrator; before, whoever may issue its password.

    That is `within_reach`, which `can_issue_password` answers. Who reads the mail asks for a new
    password, on the day too on which the person leads the office.
    """
    if person.pk == access.user.pk:
        other = " lain" if access.is_national_admin else ""
        return Denied(f"Surel Anda sendiri diubah oleh administrator nasional{other}.")
    if within_reach:
        if access.is_national_admin or not has_opened_account(person):
            return True
        return Denied(
            "Surel membuka akun. Karena orangnya sudah memilih sandinya sendiri, surelnya diubah "
            "oleh administrator nasional."
        )
    return Denied(
        "Surel membuka akun. Surel orang yang pernah, sedang, atau akan menjadi kepala kantor atau "
        "administrator, atau juga bertugas di kantor lain, diubah oleh administrator nasional."
    )


def has_opened_account(person: User) -> bool:
    """Whether they ever had a password of their own choice.

    Ever: else whoever turns the address to themselves would issue a password first.
    """
    return person.opened_at is not None


def can_settle_number(access: Access, person: User, within_reach: Answer) -> Answer:
    """Whoever may issue the person's password: the number is the name they sign in with."""
    if person.pk == access.user.pk:
        return Denied("NIP Anda sendiri diubah oleh administrator nasional, bukan oleh Anda.")
    if within_reach:
        return True
    return Denied(
        "NIP adalah nama masuk. NIP orang yang pernah, sedang, atau akan menjadi kepala kantor "
        "atau administrator, atau juga bertugas di kantor lain, diubah oleh administrator nasional."
    )


def can_note_number(access: Access, person: User, office: Office) -> Answer:
    """A number with an appointment: whoever appoints, of who is theirs alone and never led.

    Reads `person.memberships`, loaded with their offices; asks history and the villages' side.
    """
    kept = {office.pk, *access.administered_office_ids}
    return can_settle_number(access, person, access.is_national_admin or _is_within(kept, person))


def can_settle_person(access: Access, person: User, office: Office) -> Answer:
    """The office's administrator; of a head or administrator only where they are one."""
    return can_administer(access, office) and can_settle_employment(access, person)


def can_settle_employment(access: Access, person: User) -> Answer:
    """Name, number and rank of a head or administrator: only an administrator where they are one.

    They are printed beneath what a head signs. Reads `person.memberships`, loaded with offices.
    """
    powers = [m for m in person.memberships.all() if m.has_power]
    theirs = {m.office_id for m in powers if m.is_live() or m.is_coming() or m.is_awaited()}
    if access.is_national_admin or theirs <= access.administered_office_ids:
        return True
    if theirs & access.administered_office_ids:
        return Denied(
            "Orang ini kepala atau administrator di lebih dari satu kantor. Nama, NIP, status "
            "kepegawaian, dan pangkatnya diubah oleh administrator nasional."
        )
    return Denied(
        "Nama, NIP, status kepegawaian, dan pangkat kepala kantor atau administrator diubah oleh "
        "administrator kantornya."
    )


def has_ever_held_power(person: User) -> bool:
    """Whether they are, were or will be a head or an administrator of any office.

    Were, too: else a role could be ended, the password issued, and the role given again. History
    answers for roles that counted and were struck out as slips on their first day.
    """
    if any(membership.has_power for membership in person.memberships.all()):
        return True
    return powers_struck_out(Entry.objects.about(person)).exists()


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
