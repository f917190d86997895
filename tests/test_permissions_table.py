"""Who may what: every keyed address against every role of its own office, the village and above.

A row is the roles whom the address lets in; all others of the table get a 403, or a 404 where they
may not know of the record at all.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Office, User
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    OfficeFactory,
    OfficerFactory,
    UserFactory,
    VillageFactory,
)
from tests.test_architecture import PUBLIC, addresses
from tests.test_office_isolation import KINDS, OWNED, Owned, answer, signed_in
from villages.models import Designation, Village

pytestmark = pytest.mark.django_db

STAFF, HEAD, ADMIN, OBSERVER, NATION, VILLAGE, GUIDE, FORMER = (
    "staff", "head", "admin", "observer", "national admin", "village", "PIMPASA", "former staff",
)  # fmt: skip
OFFICE = {STAFF, HEAD, ADMIN}
READERS = {*OFFICE, OBSERVER, NATION}
EVERYBODY = {*READERS, VILLAGE}
GUIDES = {STAFF, GUIDE}  # of the village: its office, and the officer who is sent there

MAY: dict[str, set[str]] = {
    "events:event": {*EVERYBODY, GUIDE},
    "events:event_ics": {*EVERYBODY, GUIDE},
    "events:event_edit": {STAFF},
    "events:agenda": {STAFF},
    "events:agenda_order": {STAFF},
    "events:agenda_standard": {STAFF},
    "events:item_edit": {STAFF},
    "events:item_move": {STAFF},
    "events:item_drop": {STAFF},
    "events:contributor_add": {STAFF},
    "events:contributor_edit": {STAFF},
    "events:contributor_drop": {STAFF},
    "events:minutes": {STAFF},
    "events:report": {STAFF},
    "events:report_file": {STAFF},
    "events:report_take_back": {STAFF},
    "events:proceedings": {STAFF},
    "events:press_release": {STAFF},
    "events:questions": {STAFF},
    "events:question_edit": {STAFF},
    "events:question_move": {STAFF},
    "events:question_drop": {STAFF},
    "events:knowledge": {STAFF},
    "events:knowledge_ready": {STAFF},
    "events:knowledge_set": {STAFF},
    "events:knowledge_poster": {STAFF},
    "events:knowledge_withdraw": {STAFF},
    "events:knowledge_question": {STAFF},
    "events:knowledge_question_move": {STAFF},
    "events:knowledge_question_drop": {STAFF},
    "events:photos": {STAFF},
    "events:visit_photos": {STAFF},
    "events:photo": {*EVERYBODY, GUIDE},
    "events:photo_edit": {STAFF},
    "events:photo_move": {STAFF},
    "events:photo_drop": {STAFF},
    "events:material_add": {STAFF},
    "events:material": {*EVERYBODY, GUIDE},
    "events:material_drop": {STAFF},
    "events:follow_up_add": {STAFF},
    "events:follow_up_edit": {STAFF},
    "events:follow_up_close": {STAFF},
    "events:follow_up_drop": {STAFF},
    "events:visit": {*READERS, GUIDE},
    "events:visit_edit": {STAFF},
    "events:visit_follow_up_add": {STAFF},
    "events:event_villages": {STAFF},
    "events:attendance": READERS,
    "events:attendee_edit": {STAFF},
    "events:attendee_drop": {STAFF},
    "events:attendee_identify": {STAFF},
    "events:attendee_deny": {STAFF},
    "events:arrival_take_back": {STAFF},
    "events:school_add": {STAFF},
    "events:attendance_sheet": {STAFF},
    "events:attendance_pages": READERS,
    "events:attendance_import": {STAFF},
    "events:attendance_page": READERS,
    "events:attendance_page_drop": {STAFF},
    "events:alike": {STAFF},
    "events:merge_undo": {STAFF},
    "events:check_in_screen": {STAFF},
    "events:check_in_set": {STAFF},
    "events:check_in_sheet": {STAFF},
    "events:check_in_clear": {STAFF},
    "events:certificates": READERS,
    "events:certificate_rule": {STAFF},
    "events:certificates_check": {STAFF},
    "events:certificates_export": {STAFF},
    "events:certificate_revoke": {STAFF},
    "events:attendee_exclude": {STAFF},
    "events:attendee_take_in": {STAFF},
    "events:attendee_certificate_name": {STAFF},
    "events:contributor_certificate_name": {STAFF},
    "events:contributor_exclude": {STAFF},
    "events:contributor_take_in": {STAFF},
    "events:school_edit": {STAFF},
    "events:school_drop": {STAFF},
    "events:event_start": {STAFF},
    "events:event_finish": {STAFF},
    "events:event_reopen": {STAFF},
    "events:event_cancel": {STAFF},
    "events:invitees": READERS,
    "events:invitees_choose": {STAFF},
    "events:invitees_heads": {STAFF},
    "events:invitee_add": {STAFF},
    "events:invitation": {STAFF},
    "events:letters_export": {STAFF},
    "events:invitee": {STAFF},
    "events:invitee_came": {STAFF},
    "events:invitee_drop": {STAFF},
    "events:institution_edit": {STAFF},
    "events:institution_retire": {STAFF},
    "events:institution_restore": {STAFF},
    "accounts:office_detail": {ADMIN, NATION},
    "accounts:office_profile": {ADMIN, NATION},
    "accounts:office_edit": {NATION},
    "accounts:office_emblem": READERS,
    "accounts:member_add": {ADMIN, NATION},
    "accounts:member_edit": {ADMIN, NATION},
    "accounts:member_password": {ADMIN, NATION},
    "accounts:acting_add": {ADMIN, NATION},
    "accounts:membership_confirm": {HEAD, NATION},
    "accounts:membership_end": {ADMIN, NATION},
    "accounts:member_second_factor": {ADMIN, NATION},
    "mfa_remove_webauthn": set(),  # nobody's but the owner's
    "session_end": set(),
    "accounts:invite": {ADMIN, NATION},
    "accounts:invitation_resend": {ADMIN, NATION},
    "accounts:invitation_withdraw": {ADMIN, NATION},
    "certificates:certificate": EVERYBODY,
    "certificates:download": EVERYBODY,
    "certificates:original": EVERYBODY,
    "certificates:scan_attach": {STAFF, HEAD},
    "certificates:scan": READERS,
    "certificates:scan_withdraw": {STAFF, HEAD},
    "certificates:export": set(),  # whoever asked for it, and nobody else
    "certificates:export_download": set(),
    "certificates:letter": READERS,
    "certificates:letter_download": READERS,
    "certificates:letter_original": READERS,
    "certificates:letter_scan": {STAFF, HEAD},
    "certificates:numbering": READERS,
    "certificates:number_template": {ADMIN, NATION},
    "certificates:register": READERS,
    "certificates:number_write": {STAFF, HEAD},
    "certificates:number_void": {STAFF, HEAD},
    "villages:village": {*EVERYBODY, GUIDE},
    "villages:village_edit": {STAFF},
    "villages:village_officers": {STAFF, ADMIN},
    "villages:officer": READERS,
    "villages:officer_edit": {STAFF, ADMIN},
    "villages:officer_end": {STAFF, ADMIN},
    "villages:officer_sign_in": {ADMIN, NATION},
    "villages:officer_assign": {STAFF, ADMIN},
    "villages:officer_letter": OFFICE,
    "villages:handover": {STAFF, ADMIN},
    "villages:assignment_end": {STAFF, ADMIN},
    "villages:village_location": {STAFF},
    "villages:village_move": {NATION},
    "villages:office_receive": {NATION},
    "villages:office_setup": {ADMIN, NATION},
    "villages:office_move": {NATION},
    "villages:office_close": {NATION},
    "villages:office_reopen": {NATION},
    "villages:village_profile": {*EVERYBODY, GUIDE},
    "villages:village_profile_add": {STAFF},
    "villages:village_profile_edit": {STAFF},
    "villages:village_profile_drop": {STAFF},
    "villages:village_document_add": {STAFF},
    "villages:village_document": READERS,
    "villages:village_document_drop": {STAFF},
    "villages:head_change": GUIDES,
    "villages:contact_add": GUIDES,
    "villages:contact_end": GUIDES,
    "villages:contact_edit": GUIDES,
    "villages:contact_drop": GUIDES,
    "villages:village_account": {ADMIN, NATION},
    "villages:village_account_password": {ADMIN, NATION},
    "villages:village_account_card": {ADMIN, NATION},
    "villages:edition": {NATION},
    "villages:edition_apply": {NATION},
    "villages:edition_abandon": {NATION},
    "villages:criterion_edit": {NATION},
    "villages:criterion_move": {NATION},
    "villages:criterion_toggle": {NATION},
    "villages:village_account_email": {ADMIN, NATION},
    "villages:village_account_end": {ADMIN, NATION},
    "villages:jurisdictions": READERS,
    "villages:import": {STAFF, ADMIN},
    "villages:import_columns": {STAFF, ADMIN},
    "villages:import_officers": {STAFF, ADMIN},
    "villages:import_officer": {STAFF, ADMIN},
    "villages:import_drop_doubtful": {STAFF, ADMIN},
    "villages:import_record": {STAFF, ADMIN},
    "villages:import_confirm": OFFICE,
    "villages:import_send_back": {HEAD},
    "villages:import_ask_again": {STAFF, ADMIN},
    "villages:import_abandon": {STAFF, ADMIN},
    "villages:import_refusals": {STAFF, ADMIN},
    "villages:import_row": {STAFF, ADMIN},
    "villages:import_row_drop": {STAFF, ADMIN},
    "villages:import_row_restore": {STAFF, ADMIN},
    "villages:designation": READERS,
    "villages:findings": {STAFF},
    "villages:finding": {STAFF},
    "villages:finding_drop": {STAFF},
    "villages:coordination": {STAFF},
    "villages:consent": {STAFF},
    "villages:review": {STAFF},
    "villages:submit": {STAFF},
    "villages:withdraw": {STAFF},
    "villages:approve": {HEAD},
    "villages:return": {HEAD},
    "villages:reject": {HEAD},
    "villages:decree_number": {STAFF, HEAD},
    "villages:ceremony": {STAFF, HEAD},
    "villages:revocation_request": {STAFF, HEAD},
    "villages:revoke": {HEAD},
    "villages:decline_revocation": {HEAD},
    "villages:end": {HEAD},
    "villages:strike_out": {STAFF, ADMIN},
    "villages:decree": READERS,
    "villages:decree_edit": {HEAD},
    "villages:decree_correct": {STAFF, ADMIN},
    "villages:decree_certificates": {HEAD},
    "villages:document": READERS,
    "villages:document_remove": {STAFF},
}
# Where a button takes more than the page that shows it.
MAY_PRESS: dict[str, set[str]] = {
    "events:attendance": {STAFF},
    "events:attendance_pages": {STAFF},
    "events:invitees": {STAFF},
    "villages:jurisdictions": {NATION},
    "villages:import_confirm": {HEAD},
}
ROLES = [STAFF, HEAD, ADMIN, OBSERVER, NATION, VILLAGE, GUIDE]


def person(role: str, owned: Owned) -> User:
    office = owned.office
    if role == HEAD:
        return UserFactory(head_of=office, head_of__acting_kind="plh")
    if role == OBSERVER:
        return UserFactory(observer_of=office.parent)
    if role == NATION:
        return UserFactory(admin_of=office.parent.parent)
    if role == VILLAGE:
        return UserFactory(village=_village_of(owned))
    if role == GUIDE:  # of the village, and without a role in the office
        village = _village_of(owned)
        return _guide(village.office, village=village)
    return UserFactory(**{f"{role}_of": office})


def _guide(office: Office, **what: Any) -> User:
    user: User = AssignmentFactory(officer=OfficerFactory(office=office), **what).officer.user
    return user


def _village_of(owned: Owned) -> Village:
    """The village that the record is about, or one of the office's."""
    sheet = Designation.objects.filter(office=owned.office).first()
    found = sheet.village if sheet else Village.objects.filter(office=owned.office).first()
    return found or VillageFactory(office=owned.office)


def test_every_keyed_address_is_in_the_table() -> None:
    assert set(MAY) == set(OWNED)


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_holds(kind: str) -> None:
    owned = OWNED[kind]()
    people = {role: signed_in(person(role, owned)) for role in ROLES}
    stranger = signed_in(UserFactory())

    met = {}
    for name in KINDS[kind]:
        address = reverse(name, kwargs=owned.kwargs)
        if answer(stranger, "get", address) != 405:
            met |= {(name, role, "get"): answer(people[role], "get", address) for role in ROLES}
        if answer(stranger, "post", address) != 405:
            met |= {(name, role, "post"): pressed(people[role], address) for role in ROLES}

    let_in = {asked for asked, status in met.items() if status in {200, 302}}
    assert {name for name, _, _ in met} == set(KINDS[kind])
    assert let_in == {(name, role, how) for name, role, how in met if role in who_may(name, how)}


def pressed(client: Client, address: str) -> int:
    """What somebody meets who presses the button; undone, for the next to find things as before."""
    with transaction.atomic():
        met = answer(client, "post", address)
        transaction.set_rollback(True)
    return met


def who_may(name: str, method: str) -> set[str]:
    return MAY_PRESS.get(name, MAY[name]) if method == "post" else MAY[name]


# --- Addresses without a key -------------------------------------------------------------------

ALL = {*ROLES, FORMER}
# What everybody has who signs in: their desk, lists that are empty where nothing is theirs, their
# own password, devices and second factor.
LISTS: dict[str, set[str]] = {
    "reports:desk": ALL,
    "reports:recap": READERS,
    "reports:recap_villages": READERS,
    "reports:recap_officers": READERS,
    "reports:recap_waiting": READERS,
    "reports:recap_outreach": READERS,
    "reports:recap_report": READERS,
    "reports:recap_export": READERS,
    "reports:recap_download": READERS,
    "accounts:office": READERS,
    "accounts:offices": ALL,  # sends everybody to their own, which is not there for everybody
    "accounts:office_add": {NATION},
    "accounts:memberships": {ADMIN, OBSERVER, NATION},
    "certificates:own_register": READERS,
    "events:events": ALL,
    "events:calendar": ALL,
    "events:events_ics": ALL,
    "events:event_add": {STAFF},
    "events:institutions": {STAFF},
    "events:institution_add": {STAFF},
    "events:visits": ALL,
    "events:visit_add": {STAFF, GUIDE},
    "villages:villages": ALL,
    "villages:designations": ALL,
    "villages:waiting": {STAFF, HEAD},
    "villages:approve_all": {HEAD},
    "villages:officers": ALL,
    "villages:officer_add": {STAFF, ADMIN},
    "villages:propose": {STAFF},
    "villages:decree_draft": {STAFF, HEAD},
    "villages:assignment_letter": {STAFF, HEAD, ADMIN},
    "villages:imports": {STAFF, ADMIN},
    "villages:import_template": {STAFF, ADMIN},
    "villages:doubtful": {NATION},
    "villages:editions": {NATION},
    "villages:criteria": {NATION},
    "villages:criterion_add": {NATION},
}
ONES_OWN = ("account_", "mfa_", "sessions_end", "accounts:choose_office", "accounts:notices")


def test_every_address_without_a_key_is_in_a_table() -> None:
    unkeyed = {name for name, entry in addresses() if not entry.pattern.converters}
    asked = {name for name in unkeyed - PUBLIC if not name.startswith(ONES_OWN)}

    assert asked == set(LISTS)


def test_the_lists_are_for_those_whom_the_table_names() -> None:
    office = OfficeFactory()
    owned = Owned({}, office, UserFactory(staff_of=office))
    people = {role: person(role, owned) for role in ROLES}
    people[FORMER] = UserFactory(staff_of=office, staff_of__ends_on=date(2024, 12, 31))
    clients = {role: signed_in(user) for role, user in people.items()}

    let_in = {
        name: {
            role
            for role, client in clients.items()
            if answer(client, "get", reverse(name)) in {200, 302}
        }
        for name in LISTS
    }

    assert let_in == LISTS


def test_somebody_with_two_offices_has_the_rights_of_each_record() -> None:
    here, there = OfficeFactory(), OfficeFactory()
    user = UserFactory(staff_of=here, head_of=there)
    draft = DesignationFactory(office=there, complete=True)
    own = DesignationFactory(office=here, complete=True)

    assert answer(user, "get", reverse("villages:findings", args=[own.pk])) == 200
    assert answer(user, "get", reverse("villages:findings", args=[draft.pk])) == 403
