"""Every action that is told what the person saw compares it with the row that it holds."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

import pytest

import accounts.actions
import certificates.actions
import events.actions
from accounts import offices, particulars
from accounts.actions import Person
from desabinaan.editing import Overtaken
from events.models import (
    AgendaItem,
    Attendee,
    CertificateName,
    CertificateRule,
    Contributor,
    Event,
    FollowUp,
    Institution,
    Invitee,
    KnowledgeQuestion,
    Minutes,
    Photo,
    Question,
    ReportWords,
    SchoolCount,
    Source,
    Visit,
)
from events.models.report import SECTIONS
from tests.factories import (
    CriterionFactory,
    DesignationFactory,
    EventFactory,
    JurisdictionFactory,
    NumberTemplateFactory,
    OfficeFactory,
    OfficerFactory,
    PhotoFactory,
    RegionFactory,
    UserFactory,
    VillageAccessFactory,
    VillageFactory,
    VisitFactory,
    bring_in,
    checked_pdf,
    head_of,
    report,
)
from tests.test_architecture import LAYERS, code_of, tree_of
from villages import actions
from villages.actions import Appointment
from villages.models import Criterion, Decree

pytestmark = pytest.mark.django_db

type Facts = dict[str, Any]


class Case(NamedTuple):
    """An action at work: how it saves facts, what stands, and the fact that two people change."""

    save: Callable[..., Any]  # save(facts, seen=…)
    stands: Facts  # empty where nothing does
    facts: Facts
    name: str
    now: Callable[[], Any]  # what the database says of the fact


def write_finding(stands: bool = True) -> Case:
    sheet, criterion = DesignationFactory(), CriterionFactory()

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        by = sheet.created_by
        actions.write_finding(sheet, criterion, **facts, by=by, seen=seen)

    facts = {"justification": "Awal."}
    return Case(save, facts if stands else {}, facts, "justification",
                lambda: sheet.findings.get().justification)  # fmt: skip


def write_item() -> Case:
    event = EventFactory()
    facts = {"title": "Doa", "minutes": 5, "led_by": ""}
    item = events.actions.write_item(event, facts=facts, by=event.created_by)

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        events.actions.write_item(event, facts=facts, item=item, by=event.created_by, seen=seen)

    return Case(save, facts, facts, "title", lambda: AgendaItem.objects.get(pk=item.pk).title)


def write_certificate_rule(stands: bool = True) -> Case:
    event = EventFactory(went="finished")
    facts = {"categories": ["village"], "contributions": [], "dated": "event"}
    facts |= {"signed_as_id": None, "signer_title": "Kasubbag", "signer_name": "Awal"}

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        by = event.created_by
        events.actions.write_certificate_rule(event, facts=facts, by=by, seen=seen)

    def now() -> str:
        return CertificateRule.objects.get(event=event).signer_name

    return Case(save, facts if stands else {}, facts, "signer_name", now)


def name_on_certificate(stands: bool = True) -> Case:
    event = EventFactory()
    by = event.created_by
    [siti] = events.actions.attend(
        event, [events.actions.Person("Siti", "Desa")], source="officer", by=by
    ).new
    events.actions.finish(event, by=by)
    report(event)

    def save(facts: Facts, seen: Mapping[str, Any] | None) -> None:
        events.actions.name_on_certificate(siti, **facts, by=by, seen=seen)

    facts = {"name": "Awal"}
    return Case(
        save, facts if stands else {}, facts, "name", lambda: CertificateName.objects.get().name
    )


def write_institution() -> Case:
    office = OfficeFactory()
    by = UserFactory(staff_of=office)
    facts = {"kind": "police", "institution": "Polsek", "title": "Kapolsek", "region_id": None}
    entry = events.actions.write_institution(office, facts=facts, by=by)

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        its = {"institution": entry, "by": by, "seen": seen}
        events.actions.write_institution(office, facts=facts, **its)

    return Case(save, facts, facts, "title", lambda: Institution.objects.get(pk=entry.pk).title)


def note_reply() -> Case:
    event = EventFactory()
    [guest] = events.actions.invite_heads(event, by=event.created_by)
    facts = {"reply": "represented", "represented_by": "Awal"}

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        events.actions.note_reply(guest, facts=facts, by=event.created_by, seen=seen)

    def now() -> str:
        return Invitee.objects.get(pk=guest.pk).represented_by

    return Case(save, facts, facts, "represented_by", now)


def write_contributor() -> Case:
    event = EventFactory()
    facts = {"contribution": "mc", "name": "Ratna", "title": "Staf", "institution": "Kanim"}
    person = events.actions.write_contributor(event, facts=facts, by=event.created_by)

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        its = {"person": person, "by": event.created_by, "seen": seen}
        events.actions.write_contributor(event, facts=facts, **its)

    return Case(save, facts, facts, "name", lambda: Contributor.objects.get(pk=person.pk).name)


def change_attendee() -> Case:
    event = EventFactory()
    facts = {"name": "Siti", "institution": "Desa Pakuncen", "title": "Kader"}
    person = events.actions.Person(**facts)
    noted = events.actions.attend(event, [person], source=Source.OFFICER, by=event.created_by)
    [it] = noted.new

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        events.actions.change_attendee(it, facts=facts, by=event.created_by, seen=seen)

    return Case(save, facts, facts, "title", lambda: Attendee.objects.get(pk=it.pk).title)


def write_school() -> Case:
    event = EventFactory()
    facts = {"school": "SMK 1", "grade": "XI", "boys": 1, "girls": 2}
    school = events.actions.write_school(event, facts=facts, by=event.created_by)

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        its = {"school": school, "by": event.created_by, "seen": seen}
        events.actions.write_school(event, facts=facts, **its)

    return Case(save, facts, facts, "school", lambda: SchoolCount.objects.get(pk=school.pk).school)


def write_follow_up() -> Case:
    event = EventFactory()
    facts = {"what": "Kirim bahan", "due_on": event.office.today()}
    its = {**facts, "owner_id": event.created_by.pk}
    item = events.actions.write_follow_up(event, facts=its, by=event.created_by)

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        its = {"item": item, "by": event.created_by, "seen": seen}
        events.actions.write_follow_up(event, facts=facts, **its)

    return Case(save, facts, facts, "what", lambda: FollowUp.objects.get(pk=item.pk).what)


def write_minutes() -> Case:
    event = EventFactory()
    facts = {"text": "Acara dibuka.", "taken_by": "Staf"}

    def save(facts: Facts, seen: Mapping[str, Any] | None) -> None:
        events.actions.write_minutes(event, facts=facts, by=event.created_by, seen=seen)

    return Case(save, facts, facts, "text", lambda: Minutes.objects.get(event=event).text)


def write_report() -> Case:
    event = EventFactory(went="finished")
    facts = dict.fromkeys(SECTIONS, "Begini.")

    def save(facts: Facts, seen: Mapping[str, Any] | None) -> None:
        events.actions.write_report(event, facts=facts, by=event.created_by, seen=seen)

    return Case(save, facts, facts, "scope", lambda: ReportWords.objects.get(event=event).scope)


def write_knowledge_question() -> Case:
    event = EventFactory()
    facts = {"text": "Apa itu TPPO?", "choices": ["Paspor", "Perdagangan orang"], "right": 2}
    item = events.actions.write_knowledge_question(event, facts=facts, by=event.created_by)

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        its = {"item": item, "seen": seen, "by": event.created_by}
        events.actions.write_knowledge_question(event, facts=facts, **its)

    def now() -> object:
        return KnowledgeQuestion.objects.get().text

    return Case(save, facts, facts, "text", now)


def write_question() -> Case:
    event = EventFactory()
    facts = {"asked_by": "Kades", "text": "Syarat?", "answer": "", "answered_by": ""}
    item = events.actions.write_question(event, facts=facts, by=event.created_by)

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        its = {"item": item, "by": event.created_by, "seen": seen}
        events.actions.write_question(event, facts=facts, **its)

    return Case(save, facts, facts, "text", lambda: Question.objects.get(pk=item.pk).text)


def describe_photo() -> Case:
    photo = PhotoFactory()
    facts = {"caption": "Pembukaan", "is_consented": True}

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        events.actions.describe_photo(photo, facts=facts, by=photo.uploaded_by, seen=seen)

    return Case(save, facts, facts, "caption", lambda: Photo.objects.get(pk=photo.pk).caption)


def change_visit() -> Case:
    visit = VisitFactory()
    facts = {name: getattr(visit, name) for name in ("visited_at", "met", "said")}

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        events.actions.change_visit(visit, facts=facts, by=visit.created_by, seen=seen)

    return Case(save, facts, facts, "met", lambda: Visit.objects.get(pk=visit.pk).met)


def change() -> Case:
    event = EventFactory()
    facts = {name: getattr(event, name) for name in ("title", "venue", "starts_at")}

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        events.actions.change(event, facts=facts, by=event.created_by, seen=seen)

    return Case(save, facts, facts, "venue", lambda: Event.objects.get(pk=event.pk).venue)


COORDINATED = {"held_on": date(2025, 3, 1), "place": "Aula", "attended_by": "", "outcome": ""}


def write_coordination(stands: bool = True) -> Case:
    sheet = DesignationFactory()

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        actions.write_coordination(sheet, facts=facts, by=sheet.created_by, seen=seen)

    def now() -> str:
        sheet.refresh_from_db()
        return str(sheet.coordination.place)

    return Case(save, COORDINATED if stands else {}, COORDINATED, "place", now)


def write_consent(stands: bool = True) -> Case:
    sheet = DesignationFactory()
    letter = {"letter_number": "045.2/17", "letter_dated": date(2026, 2, 10),
              "signatory_name": "Slamet", "signatory_title": "Kepala Desa"}  # fmt: skip

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        by = sheet.created_by
        actions.write_consent(sheet, facts=facts, scan=checked_pdf(), by=by, seen=seen)

    def now() -> str:
        sheet.refresh_from_db()
        return str(sheet.consent.signatory_name)

    return Case(save, letter if stands else {}, letter, "signatory_name", now)


def write_ceremony(stands: bool = True) -> Case:
    sheet = DesignationFactory(approved=True)
    told = {"held_on": date(2026, 4, 1), "place": "Balai", "opened_by": "Camat",
            "presented_by": "Kepala", "received_by": "Kepala Desa"}  # fmt: skip

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        actions.write_ceremony(sheet, facts=facts, by=sheet.created_by, seen=seen)

    def now() -> str:
        sheet.refresh_from_db()
        return str(sheet.ceremony.place)

    return Case(save, told if stands else {}, told, "place", now)


def change_decree() -> Case:
    sheet = DesignationFactory(approved=True, approved__number="")
    names = ("number", "dated", "title", "signer_level", "signer_name")
    words = {name: getattr(sheet.decree, name) for name in names}
    by = head_of(sheet.office).user

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        actions.change_decree(sheet.decree, words=facts, by=by, seen=seen)

    def now() -> str:
        sheet.decree.refresh_from_db()
        return str(sheet.decree.title)

    return Case(save, words, words, "title", now)


def correct_decree() -> Case:
    office = JurisdictionFactory().office
    by = UserFactory(staff_of=office)
    actions.record_import(bring_in(office, RegionFactory().name, by=by), by=by)
    decree = Decree.objects.get()
    names = ("number", "dated", "title", "signer_level", "signer_name")
    words = {name: getattr(decree, name) for name in names}

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        actions.correct_decree(decree, words=facts, by=by, seen=seen)

    def now() -> str:
        decree.refresh_from_db()
        return str(decree.title)

    return Case(save, words, words, "title", now)


def update_village() -> Case:
    village = VillageFactory()
    note = {"note": "Awal."}

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        actions.update_village(village, changes=facts, by=village.created_by, seen=seen)

    def now() -> str:
        village.refresh_from_db()
        return str(village.note)

    return Case(save, note, note, "note", now)


def profile_row(write: Callable[..., Any], facts: Facts, name: str) -> Case:
    village = VillageFactory()
    row = write(village, facts=facts, by=village.created_by)

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        item = type(row).objects.get(pk=row.pk)
        write(village, facts=facts, by=village.created_by, item=item, seen=seen)

    def now() -> Any:
        row.refresh_from_db()
        return getattr(row, name)

    return Case(save, facts, facts, name, now)


def write_programme() -> Case:
    facts = {"kind": "desbumi", "name": "", "owner": "Awal", "since_year": 2016, "note": ""}
    return profile_row(actions.write_programme, facts, "owner")


def write_contact() -> Case:
    facts = {"role": "head", "name": "Awal", "phone": "", "since": date(2024, 1, 8)}
    return profile_row(actions.write_contact, facts, "name")


def write_migrant_count() -> Case:
    facts = {"year": 2025, "total": 140, "source": "Awal", "as_of": date(2025, 12, 31)}
    return profile_row(actions.write_migrant_count, facts, "source")


def write_agreement() -> Case:
    facts = {"kind": "willingness", "title": "Awal", "first_party": "Desa",
             "dated": date(2025, 3, 1)}  # fmt: skip
    return profile_row(actions.write_agreement, facts, "title")


def reword_criterion() -> Case:
    words = {"label": "Awal", "hint": ""}
    criterion = Criterion.objects.create(key="awal", position=990, **words)
    by = UserFactory()

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        actions.reword_criterion(criterion, **facts, by=by, seen=seen)

    def now() -> str:
        criterion.refresh_from_db()
        return str(criterion.label)

    return Case(save, words, words, "label", now)


def settle_account_email() -> Case:
    account = VillageAccessFactory(user__email="awal@desa.example")
    by = UserFactory()

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        email = f"{facts['email'].partition('@')[0].lower()}@desa.example"
        standing = seen and {"email": f"{seen['email'].partition('@')[0].lower()}@desa.example"}
        actions.settle_account_email(account, email, by=by, seen=standing)

    def now() -> str:
        account.user.refresh_from_db()
        return str(account.user.email).partition("@")[0].title()

    return Case(save, {"email": "Awal"}, {"email": "Awal"}, "email", now)


def officer_case(name: str) -> Case:
    officer = OfficerFactory(user__employment="pns", user__rank="III/a", decree_number="Awal")
    by = UserFactory(admin_of=officer.office)
    person = {key: getattr(officer.user, key) for key in ("username", "employment", "rank")}
    facts = {key: getattr(officer, key) for key in Appointment.__slots__} | person

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        term = Appointment(**{key: facts[key] for key in Appointment.__slots__})
        who = Person(officer.user.name, **{key: facts[key] for key in person})
        actions.change_officer(officer, who, term, by=by, seen=seen)

    def now() -> Any:
        officer.refresh_from_db()
        return getattr(officer.user if name in person else officer, name)

    return Case(save, facts, facts, name, now)


def choose_number_template(stands: bool = True) -> Case:
    office = OfficeFactory()
    by = UserFactory(admin_of=office)
    chosen = {"pattern": "{nomor}/A", "unit_code": "W.13"}
    if stands:
        NumberTemplateFactory(office=office, **chosen)

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        choose = certificates.actions.choose_number_template
        choose(office, "designation", chosen=facts, by=by, seen=seen)

    return Case(save, chosen if stands else {}, chosen, "unit_code",
                lambda: office.number_templates.get().unit_code)  # fmt: skip


def change_profile() -> Case:
    office = OfficeFactory(address="Awal")

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        by = UserFactory(admin_of=office)
        accounts.actions.change_profile(office, changes=facts, by=by, seen=seen)

    def now() -> str:
        office.refresh_from_db()
        return str(office.address)

    return Case(save, {"address": "Awal"}, {"address": "Awal"}, "address", now)


def settle_person(name: str) -> Case:
    office = OfficeFactory()
    user, by = UserFactory(staff_of=office, name="Awal", rank="III/a"), UserFactory()
    facts = {key: getattr(user, key) for key in ("name", "rank")}

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        particulars.settle_person(user, facts, office=office, by=by, seen=seen)

    def now() -> Any:
        user.refresh_from_db()
        return getattr(user, name)

    return Case(save, facts, facts, name, now)


def change_office() -> Case:
    office = OfficeFactory(city="Awal")

    def save(facts: Facts, seen: Mapping[str, Any]) -> None:
        offices.change_office(office, facts, basis="SK 1", by=UserFactory(), seen=seen)

    def now() -> str:
        office.refresh_from_db()
        return str(office.city)

    return Case(save, {"city": "Awal"}, {"city": "Awal"}, "city", now)


CASES: dict[str, list[Callable[[], Case]]] = {
    "write_finding": [write_finding, partial(write_finding, stands=False)],
    "write_coordination": [write_coordination, partial(write_coordination, stands=False)],
    "write_consent": [write_consent, partial(write_consent, stands=False)],
    "write_ceremony": [write_ceremony, partial(write_ceremony, stands=False)],
    "change_decree": [change_decree],
    "correct_decree": [correct_decree],
    "update_village": [update_village],
    "change": [change],
    "write_item": [write_item],
    "write_contributor": [write_contributor],
    "write_contact": [write_contact],
    "change_attendee": [change_attendee],
    "write_school": [write_school],
    "write_certificate_rule": [
        write_certificate_rule, partial(write_certificate_rule, stands=False),
    ],
    "name_on_certificate": [name_on_certificate, partial(name_on_certificate, stands=False)],
    "write_institution": [write_institution],
    "note_reply": [note_reply],
    "write_follow_up": [write_follow_up],
    "change_visit": [change_visit],
    "describe_photo": [describe_photo],
    "write_minutes": [write_minutes],
    "write_report": [write_report],
    "write_question": [write_question],
    "write_knowledge_question": [write_knowledge_question],
    "write_programme": [write_programme],
    "write_migrant_count": [write_migrant_count],
    "write_agreement": [write_agreement],
    "settle_account_email": [settle_account_email],
    "reword_criterion": [reword_criterion],
    "change_officer": [partial(officer_case, "decree_number"), partial(officer_case, "rank")],
    "choose_number_template": [
        choose_number_template, partial(choose_number_template, stands=False),
    ],
    "change_profile": [change_profile],
    "settle_person": [partial(settle_person, "name"), partial(settle_person, "rank")],
    "change_office": [change_office],
}  # fmt: skip


@pytest.mark.parametrize(
    "case", [pytest.param(it, id=name) for name, cases in CASES.items() for it in cases]
)
def test_what_somebody_saved_meanwhile_is_not_overwritten(case: Callable[[], Case]) -> None:
    it = case()
    quicker, slower = ("III/b", "III/c") if it.name == "rank" else ("Satu", "Dua")
    if it.stands:
        it.save(it.facts, seen=None)
    it.save(it.facts | {it.name: quicker}, seen=it.stands)

    with pytest.raises(Overtaken):
        it.save(it.facts | {it.name: slower}, seen=it.stands)

    assert it.now() == quicker
    it.save(it.facts | {it.name: slower}, seen=it.facts | {it.name: quicker})
    assert it.now() == slower


# Forms that begin something new: what they propose stands nowhere, or is refused by the action.
BEGINNING = {
    "ApprovalForm": "a decision; the SK that was typed before a choice had to be made again",
    "InviteForm": "who is invited",
    "MemberForm": "a role that begins",
    "WrittenNumberForm": "a number that is written in",
    "CertifyForm": "the order of certificates",
    "DecreeDraftForm": "a draft of its own",
    "AssignmentLetterForm": "a letter of its own",
    "InvitationForm": "a letter of its own",
    "ProceedingsForm": "a letter of its own",
    "SheetForm": "a sheet of its own",
    "HeadForm": "a head whose term begins",
    "EndContactForm": "the last day of a term",
    "WalkInForm": "somebody who is noted anew",
    "EventForm": "a plan of its own",
    "ContributorForm": "somebody who is noted anew",
    "FollowUpForm": "something to be done that is noted anew",
    "NewVisitForm": "a visit of its own",
    "DecreeNumberForm": "the number, given once: `record_decree` refuses another",
}


def test_no_form_over_what_stands_is_left_uncompared() -> None:
    uncompared = {
        call.func.id
        for app in LAYERS
        for path in code_of(app)
        if "views" in path.parts or path.stem == "views"
        for call in ast.walk(tree_of(path))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if {"initial"} == {it.arg for it in call.keywords} & {"initial", "standing"}
    }

    assert uncompared == BEGINNING.keys()


def test_no_action_that_compares_is_left_out() -> None:
    comparing = {
        node.name
        for app in LAYERS
        for path in code_of(app)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        for argument in node.args.kwonlyargs
        if argument.arg == "seen" and "Seen" in ast.unparse(argument.annotation or argument)
    }

    assert comparing == CASES.keys()
