"""Strangers find nothing: every keyed address, each method, as everybody who should not know of it.

`OWNED` maps each keyed address to what builds a record and the person who owns it. The owner is
let in first, so that no address passes for the wrong reason. An address that is not listed fails:
nobody can forget one. Addresses of the same kind of record are asked in one test, by one set of
strangers: building and signing in eleven people takes longer than what they ask.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import events.actions
from accounts.models import Office, User
from certificates.actions import attach_scan
from certificates.models import Certificate
from events.models import Event, Source
from tests.factories import (
    AssignmentFactory,
    CriterionFactory,
    DesignationFactory,
    EventFactory,
    ExportFactory,
    FollowUpFactory,
    InvitationFactory,
    JurisdictionFactory,
    LetterFactory,
    MaterialFactory,
    MembershipFactory,
    NumberTemplateFactory,
    OfficeFactory,
    OfficerFactory,
    ParticipationFactory,
    PhotoFactory,
    RegionalOfficeFactory,
    RegionFactory,
    RegisterEntryFactory,
    UserFactory,
    VillageAccessFactory,
    VillageFactory,
    VisitFactory,
    bring_in,
    checked_pdf,
    draw_now,
    signed_pdf,
    small_pdf,
)
from tests.test_architecture import addresses
from villages import actions, editions
from villages.models import Decree, Designation, ImportOfficer, ImportRow, Village

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Owned:
    """A record, how it is addressed, its office, and somebody whom it lets in."""

    kwargs: dict[str, Any]
    office: Office
    owner: User


@cache
def sheet(role: str = "staff", /, *extra: str, **stage: Any) -> Callable[[], Owned]:
    """A sheet at a stage, seen by somebody with that role in its office."""

    def build() -> Owned:
        designation = DesignationFactory(**(stage or {"complete": True}))
        NumberTemplateFactory(office=designation.office)
        kwargs = {"pk": designation.pk}
        if "key" in extra:
            kwargs["key"] = "migrant-pocket"
        owner = UserFactory(**{f"{role}_of": designation.office})
        return Owned(kwargs, designation.office, owner)

    return build


@cache
def decided(**stage: Any) -> Callable[[], Owned]:
    """A sheet that has its head already: the owner acts as one."""

    def build() -> Owned:
        designation = DesignationFactory(**stage)
        owner = UserFactory(head_of=designation.office, head_of__acting_kind="plh")
        return Owned({"pk": designation.pk}, designation.office, owner)

    return build


def village(role: str = "staff") -> Owned:
    it = VillageFactory()
    return Owned({"pk": it.pk}, it.office, UserFactory(**{f"{role}_of": it.office}))


@cache
def officer(role: str = "staff") -> Callable[[], Owned]:
    """An officer who guides a village, seen by somebody with that role in the office."""

    def build() -> Owned:
        it = AssignmentFactory().officer
        return Owned({"pk": it.pk}, it.office, UserFactory(**{f"{role}_of": it.office}))

    return build


def assignment() -> Owned:
    it = AssignmentFactory()
    return Owned({"pk": it.pk}, it.officer.office, UserFactory(staff_of=it.officer.office))


def contact() -> Owned:
    it = VillageFactory()
    facts = {"role": "head", "name": "Slamet Riyanto"}
    owner = UserFactory(staff_of=it.office)
    written = actions.write_contact(it, facts=facts, by=owner)
    return Owned({"pk": written.pk}, it.office, owner)


@cache
def nation(build: Callable[[], Owned]) -> Callable[[], Owned]:
    """The same record in the hands of the national administrator."""

    def held() -> Owned:
        owned = build()
        return replace(owned, owner=UserFactory(admin_of=owned.office.parent.parent))

    return held


@cache
def by(role: str, build: Callable[[str], Owned]) -> Callable[[], Owned]:
    """The same record, seen by somebody with that role in its office."""
    return partial(build, role)


def part_of_profile() -> Owned:
    owned = village()
    return Owned({**owned.kwargs, "section": "program"}, owned.office, owned.owner)


def programme() -> Owned:
    owned = village()
    facts = {"kind": "desbumi", "owner": "Migrant CARE", "since_year": 2016}
    it = Village.objects.get(pk=owned.kwargs["pk"])
    item = actions.write_programme(it, facts=facts, by=owned.owner)
    return Owned({**owned.kwargs, "section": "program", "item": item.pk}, it.office, owned.owner)


def document_of_village() -> Owned:
    it = VillageFactory()
    owner = UserFactory(staff_of=it.office)
    document = actions.attach_document(
        it, checked_pdf(), title="Profil desa", is_shared=False, by=owner
    )
    return Owned({"key": document.key}, it.office, owner)


def account() -> Owned:
    it = VillageAccessFactory()
    office = it.village.office
    return Owned({"pk": it.pk}, office, UserFactory(admin_of=office))


def decree() -> Owned:
    designation = DesignationFactory(approved=True)
    owner = UserFactory(staff_of=designation.office)
    return Owned({"pk": designation.decree_id}, designation.office, owner)


def unnumbered_decree() -> Owned:
    designation = DesignationFactory(approved=True, approved__number="")
    owner = UserFactory(head_of=designation.office, head_of__acting_kind="plh")
    return Owned({"pk": designation.decree_id}, designation.office, owner)


def recorded_decree() -> Owned:
    office = JurisdictionFactory().office
    staff = UserFactory(staff_of=office)
    actions.record_import(bring_in(office, RegionFactory().name, by=staff), by=staff)
    NumberTemplateFactory(office=office)
    head = UserFactory(head_of=office)
    return Owned({"pk": Decree.objects.latest("pk").pk}, office, head)


def uncorrected_decree() -> Owned:
    owned = recorded_decree()
    return replace(owned, owner=UserFactory(staff_of=owned.office))


def recorded_sheet() -> Owned:
    owned = uncorrected_decree()
    return replace(owned, kwargs={"pk": Designation.objects.latest("pk").pk})


def evidence() -> Owned:
    designation = DesignationFactory(complete=True)
    owner = designation.created_by
    criterion = designation.findings.get().criterion
    finding = actions.write_finding(
        designation, criterion, justification="Warga banyak.", evidence=checked_pdf(), by=owner
    )
    document = finding.documents.get()
    return Owned({"key": document.key}, designation.office, owner)


def office(role: str = "admin") -> Owned:
    it = OfficeFactory(emblem=ContentFile(small_pdf(), name="lambang.png"))
    return Owned({"code": it.code}, it, UserFactory(**{f"{role}_of": it}))


def membership() -> Owned:
    owned = office()
    it = MembershipFactory(office=owned.office)
    return Owned({**owned.kwargs, "pk": it.pk}, it.office, owned.owner)


def appointment() -> Owned:
    it = MembershipFactory(role="head", acting_kind="plh")
    head = UserFactory(head_of=it.office)
    return Owned({"code": it.office.code, "pk": it.pk}, it.office, head)


def colleague() -> Owned:
    owned = office()
    it = UserFactory(staff_of=owned.office)
    return Owned({**owned.kwargs, "user_pk": it.pk}, owned.office, owned.owner)


def certificate() -> Owned:
    designation = DesignationFactory(approved=True)
    draw_now(designation.certificate)
    owner = UserFactory(staff_of=designation.office)
    return Owned({"code": designation.certificate.code}, designation.office, owner)


def signed() -> Owned:
    owned = certificate()
    paper = Certificate.objects.get(**owned.kwargs)
    scan = attach_scan(paper, signed_pdf(), by=owned.owner)
    return Owned({"pk": scan.pk}, owned.office, owned.owner)


def letter() -> Owned:
    it = LetterFactory(ready=True)
    return Owned({"pk": it.pk}, it.office, UserFactory(staff_of=it.office))


def exported() -> Owned:
    it = ExportFactory(ready=True)
    return Owned({"pk": it.pk}, it.office, it.ordered_by)


def invitation() -> Owned:
    owned = office()
    it = InvitationFactory(office=owned.office)
    return Owned({**owned.kwargs, "pk": it.pk}, it.office, owned.owner)


def passkey() -> Owned:
    it = OfficeFactory()
    owner = UserFactory(staff_of=it)
    key = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "Ponsel"})
    return Owned({"pk": key.pk}, it, owner)


def sign_in() -> Owned:
    it = OfficeFactory()
    owner = UserFactory(staff_of=it)
    client = Client()
    client.force_login(owner)
    client.get("/")
    return Owned({"pk": owner.sign_ins.get().pk}, it, owner)


def number_template() -> Owned:
    owned = office()
    return Owned({**owned.kwargs, "kind": "designation"}, owned.office, owned.owner)


def written_number() -> Owned:
    it = RegisterEntryFactory(by_hand=True)
    return Owned({"pk": it.pk}, it.office, UserFactory(staff_of=it.office))


def criterion() -> Owned:
    it = OfficeFactory()
    owner = UserFactory(admin_of=it.parent.parent)
    return Owned({"pk": CriterionFactory().pk}, it, owner)


def region_edition() -> Owned:
    it = OfficeFactory()
    owner = UserFactory(admin_of=it.parent.parent)
    RegionFactory(code="33")
    file = SimpleUploadedFile("e.csv", b"code,name,level,kind\n33,Jateng,1,provinsi\n")
    edition = actions.receive_edition(editions.check(file), by=owner)
    return Owned({"pk": edition.pk}, it, owner)


@cache
def batch(*names: str) -> Callable[[], Owned]:
    """An import of the office's table."""

    def build() -> Owned:
        jurisdiction = JurisdictionFactory()
        owner = UserFactory(staff_of=jurisdiction.office)
        RegionFactory(code="33.07.06.2009")
        it = bring_in(jurisdiction.office, *names, by=owner)
        return Owned({"pk": it.pk}, jurisdiction.office, owner)

    return build


@cache
def recorded_batch(role: str = "head") -> Callable[[], Owned]:
    """A recorded table that waits to be confirmed, seen by somebody with that role."""

    def build() -> Owned:
        office = JurisdictionFactory().office
        staff = UserFactory(staff_of=office)
        it = actions.record_import(bring_in(office, RegionFactory().name, by=staff), by=staff)
        return Owned({"pk": it.pk}, office, UserFactory(**{f"{role}_of": office}))

    return build


@cache
def batch_row(name: str) -> Callable[[], Owned]:
    """A row of an import."""

    def build() -> Owned:
        owned = batch(name)()
        return replace(owned, kwargs={"pk": ImportRow.objects.latest("pk").pk})

    return build


def batch_officer() -> Owned:
    """A PIMPASA whom a table names."""
    owned = batch("Pakuncen")()
    RegionFactory(code="33.07.06.2010", name="Karangsari")
    bring_in(owned.office, "Karangsari", by=owned.owner, guides=[("Bagas Prakoso", "1")])
    return replace(owned, kwargs={"pk": ImportOfficer.objects.latest("pk").pk})


def event() -> Owned:
    place = VillageFactory()
    it = EventFactory(office=place.office, regions=[place.region])
    return Owned({"pk": it.pk}, it.office, UserFactory(staff_of=it.office))


def certified_event() -> Owned:
    its = ParticipationFactory().event
    return Owned({"pk": its.pk}, its.office, its.created_by)


def participation() -> Owned:
    its = ParticipationFactory()
    return Owned({"pk": its.pk}, its.event.office, its.event.created_by)


def agenda_item() -> Owned:
    owned = event()
    facts = {"title": "Doa", "minutes": 5, "led_by": ""}
    its = Event.objects.get(pk=owned.kwargs["pk"])
    item = events.actions.write_item(its, facts=facts, by=owned.owner)
    return replace(owned, kwargs={"pk": item.pk})


def contributor() -> Owned:
    owned = event()
    facts = {"contribution": "mc", "name": "Ratna", "title": "Staf", "institution": "Kanim"}
    its = Event.objects.get(pk=owned.kwargs["pk"])
    person = events.actions.write_contributor(its, facts=facts, by=owned.owner)
    return replace(owned, kwargs={"pk": person.pk})


def attendee() -> Owned:
    owned = event()
    its = Event.objects.get(pk=owned.kwargs["pk"])
    person = events.actions.Person("Siti Aminah", "Desa Pakuncen")
    noted = events.actions.attend(its, [person], source=Source.OFFICER, by=owned.owner)
    return replace(owned, kwargs={"pk": noted.new[0].pk})


def attendee_over() -> Owned:
    return _over(attendee())


def contributor_over() -> Owned:
    return _over(contributor())


def _over(owned: Owned) -> Owned:
    """The same, of an event that was held to its end."""
    events.actions.finish(Event.objects.get(office=owned.office), by=owned.owner)
    return owned


def attendance_page() -> Owned:
    owned = event()
    its = Event.objects.get(pk=owned.kwargs["pk"])
    page = events.actions.keep_page(its, checked_pdf(), by=owned.owner)
    return replace(owned, kwargs={"key": page.key})


def merged() -> Owned:
    owned = event()
    its = Event.objects.get(pk=owned.kwargs["pk"])
    people = [events.actions.Person("Siti", f"Desa {name}") for name in ("Tieng", "Burat")]
    noted = events.actions.attend(its, people, source=Source.OFFICER, by=owned.owner)
    said = events.actions.merge(*noted.new, by=owned.owner)
    return replace(owned, kwargs={"pk": said.pk})


def school() -> Owned:
    owned = event()
    its = Event.objects.get(pk=owned.kwargs["pk"])
    facts = {"school": "SMK 1", "grade": "XI", "boys": 1, "girls": 2}
    counted = events.actions.write_school(its, facts=facts, by=owned.owner)
    return replace(owned, kwargs={"pk": counted.pk})


def institution() -> Owned:
    owned = event()
    facts = {"kind": "police", "institution": "Polsek", "title": "Kapolsek", "region_id": None}
    it = events.actions.write_institution(owned.office, facts=facts, by=owned.owner)
    return replace(owned, kwargs={"pk": it.pk})


def invitee() -> Owned:
    owned = event()
    its = Event.objects.get(pk=owned.kwargs["pk"])
    [guest] = events.actions.invite_heads(its, by=owned.owner)
    return replace(owned, kwargs={"pk": guest.pk})


def follow_up() -> Owned:
    owned = event()
    source = Event.objects.get(pk=owned.kwargs["pk"])
    return replace(owned, kwargs={"pk": FollowUpFactory(source=source, owner=owned.owner).pk})


def question() -> Owned:
    owned = event()
    facts = {"asked_by": "Kades", "text": "Syarat paspor?", "answer": "", "answered_by": ""}
    its = Event.objects.get(pk=owned.kwargs["pk"])
    item = events.actions.write_question(its, facts=facts, by=owned.owner)
    return replace(owned, kwargs={"pk": item.pk})


def knowledge_question() -> Owned:
    owned = event()
    facts = {"text": "Apa itu TPPO?", "choices": ["Paspor", "Perdagangan orang"], "right": 2}
    its = Event.objects.get(pk=owned.kwargs["pk"])
    item = events.actions.write_knowledge_question(its, facts=facts, by=owned.owner)
    return replace(owned, kwargs={"pk": item.pk})


def photo() -> Owned:
    owned = event()
    source = Event.objects.get(pk=owned.kwargs["pk"])
    return replace(owned, kwargs={"key": PhotoFactory(source=source).key})


def material() -> Owned:
    owned = event()
    its = Event.objects.get(pk=owned.kwargs["pk"])
    return replace(owned, kwargs={"key": MaterialFactory(event=its).key})


def visit() -> Owned:
    it = VisitFactory()
    return Owned({"pk": it.pk}, it.office, UserFactory(staff_of=it.office))


OWNED: dict[str, Callable[[], Owned]] = {
    "events:certificates": certified_event,
    "events:certificate_rule": certified_event,
    "events:certificates_check": certified_event,
    "events:certificates_export": certified_event,
    "events:certificate_revoke": participation,
    "events:attendee_exclude": attendee_over,
    "events:attendee_take_in": attendee_over,
    "events:attendee_certificate_name": attendee_over,
    "events:contributor_certificate_name": contributor_over,
    "events:contributor_exclude": contributor_over,
    "events:contributor_take_in": contributor_over,
    "events:invitees": event,
    "events:invitees_choose": event,
    "events:invitees_heads": event,
    "events:invitee_add": event,
    "events:invitation": event,
    "events:letters_export": event,
    "events:invitee": invitee,
    "events:invitee_came": invitee,
    "events:invitee_drop": invitee,
    "events:institution_edit": institution,
    "events:institution_retire": institution,
    "events:institution_restore": institution,
    "events:minutes": event,
    "events:report": event,
    "events:report_file": event,
    "events:report_take_back": event,
    "events:proceedings": event,
    "events:press_release": event,
    "events:questions": event,
    "events:question_edit": question,
    "events:question_move": question,
    "events:question_drop": question,
    "events:knowledge": event,
    "events:knowledge_ready": event,
    "events:knowledge_set": event,
    "events:knowledge_poster": event,
    "events:knowledge_withdraw": event,
    "events:knowledge_question": knowledge_question,
    "events:knowledge_question_move": knowledge_question,
    "events:knowledge_question_drop": knowledge_question,
    "events:photos": event,
    "events:visit_photos": visit,
    "events:photo": photo,
    "events:photo_edit": photo,
    "events:photo_move": photo,
    "events:photo_drop": photo,
    "events:material_add": contributor,
    "events:material": material,
    "events:material_drop": material,
    "events:follow_up_add": event,
    "events:follow_up_edit": follow_up,
    "events:follow_up_close": follow_up,
    "events:follow_up_drop": follow_up,
    "events:visit": visit,
    "events:visit_edit": visit,
    "events:visit_follow_up_add": visit,
    "events:agenda": event,
    "events:agenda_order": event,
    "events:agenda_standard": event,
    "events:contributor_add": event,
    "events:item_edit": agenda_item,
    "events:item_move": agenda_item,
    "events:item_drop": agenda_item,
    "events:contributor_edit": contributor,
    "events:contributor_drop": contributor,
    "events:attendance": event,
    "events:attendee_edit": attendee,
    "events:attendee_drop": attendee,
    "events:attendee_identify": attendee,
    "events:attendee_deny": attendee,
    "events:arrival_take_back": attendee,
    "events:school_add": event,
    "events:attendance_sheet": event,
    "events:attendance_pages": event,
    "events:attendance_import": event,
    "events:attendance_page": attendance_page,
    "events:attendance_page_drop": attendance_page,
    "events:alike": event,
    "events:merge_undo": merged,
    "events:check_in_screen": event,
    "events:check_in_set": event,
    "events:check_in_sheet": event,
    "events:check_in_clear": event,
    "events:school_edit": school,
    "events:school_drop": school,
    "events:event": event,
    "events:event_ics": event,
    "events:event_edit": event,
    "events:event_villages": event,
    "events:event_start": event,
    "events:event_finish": event,
    "events:event_reopen": event,
    "events:event_cancel": event,
    "accounts:office_detail": office,
    "accounts:office_profile": office,
    "accounts:office_edit": nation(office),
    "accounts:office_emblem": office,
    "accounts:member_add": office,
    "accounts:member_edit": colleague,
    "accounts:member_password": colleague,
    "accounts:member_second_factor": colleague,
    "mfa_remove_webauthn": passkey,
    "session_end": sign_in,
    "accounts:invite": office,
    "accounts:invitation_resend": invitation,
    "accounts:invitation_withdraw": invitation,
    "accounts:acting_add": office,
    "accounts:membership_confirm": appointment,
    "accounts:membership_end": membership,
    "certificates:certificate": certificate,
    "certificates:download": certificate,
    "certificates:original": certificate,
    "certificates:scan_attach": certificate,
    "certificates:scan": signed,
    "certificates:scan_withdraw": signed,
    "certificates:export": exported,
    "certificates:export_download": exported,
    "certificates:letter": letter,
    "certificates:letter_download": letter,
    "certificates:letter_original": letter,
    "certificates:letter_scan": letter,
    "certificates:numbering": office,
    "certificates:number_template": number_template,
    "certificates:register": by("staff", office),
    "certificates:number_write": by("staff", office),
    "certificates:number_void": written_number,
    "villages:village": village,
    "villages:village_edit": village,
    "villages:village_officers": village,
    "villages:officer": officer(),
    "villages:officer_edit": officer(),
    "villages:officer_end": officer(),
    "villages:officer_sign_in": officer("admin"),
    "villages:officer_assign": officer(),
    "villages:officer_letter": officer(),
    "villages:handover": officer(),
    "villages:assignment_end": assignment,
    "villages:village_location": village,
    "villages:village_move": nation(village),
    "villages:office_receive": nation(office),
    "villages:office_setup": office,
    "villages:office_move": nation(office),
    "villages:office_close": nation(office),
    "villages:office_reopen": nation(office),
    "villages:village_profile": village,
    "villages:village_profile_add": part_of_profile,
    "villages:village_profile_edit": programme,
    "villages:village_profile_drop": programme,
    "villages:village_document_add": village,
    "villages:village_document": document_of_village,
    "villages:village_document_drop": document_of_village,
    "villages:head_change": village,
    "villages:contact_add": village,
    "villages:contact_end": contact,
    "villages:contact_edit": contact,
    "villages:contact_drop": contact,
    "villages:village_account": by("admin", village),
    "villages:village_account_password": account,
    "villages:village_account_card": account,
    "villages:edition": region_edition,
    "villages:edition_apply": region_edition,
    "villages:edition_abandon": region_edition,
    "villages:criterion_edit": criterion,
    "villages:criterion_move": criterion,
    "villages:criterion_toggle": criterion,
    "villages:village_account_email": account,
    "villages:village_account_end": account,
    "villages:jurisdictions": office,
    "villages:import": batch("Pakuncen"),
    "villages:import_columns": batch("Pakuncen"),
    "villages:import_officers": batch("Pakuncen"),
    "villages:import_officer": batch_officer,
    "villages:import_drop_doubtful": batch("Pakunce"),
    "villages:import_record": batch("Pakuncen"),
    "villages:import_confirm": recorded_batch(),
    "villages:import_send_back": recorded_batch(),
    "villages:import_ask_again": recorded_batch("staff"),
    "villages:import_abandon": batch("Pakuncen"),
    "villages:import_refusals": batch("Pakunce"),
    "villages:import_row": batch_row("Pakunce"),
    "villages:import_row_drop": batch_row("Pakuncen"),
    "villages:import_row_restore": batch_row("Pakuncen"),
    "villages:designation": sheet(),
    "villages:findings": sheet(),
    "villages:finding": sheet("staff", "key"),
    "villages:finding_drop": sheet("staff", "key"),
    "villages:coordination": sheet(),
    "villages:consent": sheet(),
    "villages:review": sheet(),
    "villages:submit": sheet(),
    "villages:withdraw": sheet(),
    "villages:approve": sheet("head", submitted=True),
    "villages:return": sheet("head", submitted=True),
    "villages:reject": sheet("head", submitted=True),
    "villages:decree_number": sheet(approved=True, approved__number=""),
    "villages:ceremony": sheet(approved=True),
    "villages:revocation_request": sheet(approved=True),
    "villages:revoke": decided(revocation_requested=True),
    "villages:decline_revocation": decided(revocation_requested=True),
    "villages:end": decided(approved=True),
    "villages:strike_out": recorded_sheet,
    "villages:decree": decree,
    "villages:decree_edit": unnumbered_decree,
    "villages:decree_correct": uncorrected_decree,
    "villages:decree_certificates": recorded_decree,
    "villages:document": evidence,
    "villages:document_remove": evidence,
}
# Keyed, but open to everybody who has the key: that is their purpose.
OPEN = {
    "villages:public_village",
    "certificates:verify",
    "certificates:verify_shouted",
    "account_reset_password_from_key",
    "accounts:invitation",
    "accounts:activate",
    "events:check_in",
    "events:checked_in",
    "events:knowledge_sheet",
    "events:knowledge_thanks",
    "events:participation",
    "events:participation_download",
    "events:shared_event",
    "events:shared_event_ics",
    "events:shared_letter",
    "events:shared_letter_file",
}


def keyed() -> set[str]:
    return {name for name, entry in addresses() if entry.pattern.converters}


def strangers(owned: Owned) -> dict[str, User]:
    """Everybody who should not know of the record."""
    return {
        "staff of another office": UserFactory(staff_of=OfficeFactory()),
        "head of another office": UserFactory(head_of=OfficeFactory()),
        "administrator of another office": UserFactory(admin_of=OfficeFactory()),
        "another village": UserFactory(village=VillageFactory()),
        "a former member in every role": _former(owned.office),
        "a former village official": UserFactory(
            village=VillageFactory(office=owned.office), village__ends_on=date(2024, 12, 31)
        ),
        "a PIMPASA of another village": AssignmentFactory(
            officer=OfficerFactory(office=owned.office)
        ).officer.user,
        "an observer of another Kanwil": UserFactory(
            observer_of=RegionalOfficeFactory(code="kanwil-lain")
        ),
        "a PIMPASA who left for another office": _former_guide(owned.office),
        "staff of the Kanwil above": UserFactory(staff_of=owned.office.parent),
        "somebody without a role": UserFactory(),
    }


LONG_OVER = date(2024, 12, 31)


def _former(office: Office) -> User:
    """Somebody whose roles in the office and above it are all over."""
    roles: dict[str, Any] = {
        "staff_of": office,
        "head_of": office,
        "head_of__acting_kind": "plt",
        "admin_of": office,
        "observer_of": office.parent,
    }
    ended = {f"{role}__ends_on": LONG_OVER for role in roles if "__" not in role}
    user: User = UserFactory(**roles, **ended)
    return user


def _former_guide(office: Office) -> User:
    """Somebody who guided a village of the office, and guides one of another office now."""
    user: User = UserFactory()
    guided = Village.objects.filter(office=office).first() or VillageFactory(office=office)
    former = OfficerFactory(user=user, office=office, ends_on=LONG_OVER)
    AssignmentFactory(officer=former, village=guided, ends_on=LONG_OVER)
    since = {"starts_on": date(2025, 1, 1)}
    AssignmentFactory(officer=OfficerFactory(user=user, **since), **since)
    return user


HIDDEN, LET_IN = {404, 405}, {200, 302}


def signed_in(user: User) -> Client:
    """A browser of that person."""
    client = Client()
    client.force_login(user)
    return client


def answer(who: User | Client, method: str, address: str) -> int:
    """The status that somebody meets there."""
    client = who if isinstance(who, Client) else signed_in(who)
    response = getattr(client, method)(address)
    for close in response._resource_closers:  # a served file; without the signal that ends tests
        close()
    return int(response.status_code)


def test_every_keyed_address_is_listed() -> None:
    assert keyed() == set(OWNED) | OPEN


def kinds() -> dict[str, list[str]]:
    """The addresses, those of the same kind of record together."""
    together: dict[Callable[[], Owned], list[str]] = {}
    for name, build in OWNED.items():
        together.setdefault(build, []).append(name)
    return {names[0]: names for names in together.values()}


KINDS = kinds()


@pytest.mark.parametrize("kind", KINDS)
def test_strangers_find_nothing(kind: str) -> None:
    owned = OWNED[kind]()
    owner = signed_in(owned.owner)
    clients = {who: signed_in(stranger) for who, stranger in strangers(owned).items()}
    shown = {name: is_shown(owner, reverse(name, kwargs=owned.kwargs)) for name in KINDS[kind]}

    found = {name: seen_at(name, owned, clients, shown=shown[name]) for name in KINDS[kind]}
    missing = {name: found_of_nothing(name, owned, owner) for name in KINDS[kind]}
    # Pages first: a button may take the record away.
    unchanged = {
        name: answer(owner, "get" if shown[name] else "post", reverse(name, kwargs=owned.kwargs))
        for name in sorted(KINDS[kind], key=lambda name: not shown[name])
    }

    assert {name: seen for name, seen in found.items() if seen} == {}
    assert set(missing.values()) <= HIDDEN  # the same as for a record that another office has
    assert {name: status for name, status in unchanged.items() if status not in LET_IN} == {}


def is_shown(owner: Client, address: str) -> bool:
    """Whether there is a page at the address, not only a button's deed."""
    return answer(owner, "get", address) != 405


def seen_at(name: str, owned: Owned, clients: dict[str, Client], *, shown: bool) -> dict[str, int]:
    """Whoever meets more at this address than what is not there."""
    address = reverse(name, kwargs=owned.kwargs)
    met = {
        f"{who}, {method}": answer(client, method, address)
        for who, client in clients.items()
        for method in ([*["get"] * shown, "post"])
    }
    if shown:
        met["the last of them, head"] = answer([*clients.values()][-1], "head", address)
    found = {who: status for who, status in met.items() if status not in HIDDEN}
    return found | shown_to_nobody(address)


def found_of_nothing(name: str, owned: Owned, owner: Client) -> int:
    return answer(owner, "get", reverse(name, kwargs=of_nothing(owned.kwargs)))


def shown_to_nobody(address: str) -> dict[str, int]:
    """What somebody who has not signed in meets, besides the sign-in page."""
    found = {}
    for method in ("get", "post"):
        response = getattr(Client(), method)(address)
        if response.status_code != 302 or not is_sign_in(response["Location"]):
            found[f"nobody, {method}"] = response.status_code
    return found


def is_sign_in(address: str) -> bool:
    return address.startswith(reverse("account_login"))


def of_nothing(kwargs: dict[str, Any]) -> dict[str, Any]:
    """The same address of a record that does not exist."""
    nothing = {"pk": 2_000_000_000, "code": "222222222222", "user_pk": 2_000_000_000}
    if isinstance(kwargs.get("key"), uuid.UUID):
        nothing["key"] = "00000000-0000-4000-8000-000000000000"
    return {part: nothing.get(part, said) for part, said in kwargs.items()}
