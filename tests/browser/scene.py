"""One office in full swing: every role at work, every state in which a sheet can stand."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import batched, cycle, islice
from typing import Any
from uuid import uuid4

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

import events.actions
from accounts import cards
from accounts.actions import Person, issue_member_password
from accounts.models import ActivationCard, Invitation, Membership, Office, User
from certificates.actions import (
    Paper,
    attach_scan,
    expire_export,
    order_letter,
    refuse_export,
    void_number,
    withdraw_exports,
)
from certificates.models import Certificate, Export, Letter, RegisterEntry
from desabinaan.uploads import CheckedFile
from events import bundles
from events.attendance_prints import as_it_is
from events.invitation_letters import InvitationWords
from events.models import Event, Institution, Participation, Phase, Source, Visit
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    DirectorateFactory,
    EventFactory,
    ExportFactory,
    FollowUpFactory,
    InvitationFactory,
    JurisdictionFactory,
    MaterialFactory,
    MembershipFactory,
    NumberTemplateFactory,
    OfficeFactory,
    OfficerFactory,
    ParticipationFactory,
    PhotoFactory,
    RegionFactory,
    RegisterEntryFactory,
    UserFactory,
    VillageAccessFactory,
    VillageFactory,
    VisitFactory,
    bring_in,
    checked_pdf,
    confirm,
    draw_now,
    report,
    signed_pdf,
    small_pdf,
)
from villages import actions, editions
from villages.assignment_letters import DUTIES, LetterWords
from villages.decree_drafts import DECREE_DRAFT
from villages.models import (
    Assignment,
    Criterion,
    Designation,
    Edition,
    Import,
    Officer,
    SisterProgramme,
    Village,
    VillageAccess,
    VillageContact,
)
from villages.papers import signer_of

STATES: dict[str, dict[str, Any]] = {
    "draft": {},
    "complete": {"complete": True},
    "submitted": {"submitted": True},
    "returned": {"returned": True},
    "rejected": {"rejected": True},
    "unnumbered": {"approved": True, "approved__number": ""},
    "ordered": {"approved": True},
    "ready": {"approved": True, "approved__ready": True},
    "requested": {"revocation_requested": True},
    "revoked": {"revoked": True},
    "ended": {"ended": True},
    "withdrawn": {"withdrawn": True},
}


EVENTS: dict[str, dict[str, Any]] = {
    "coming": {"starts_at": timezone.now() + timedelta(days=3)},
    "planned": {},
    "overdue": {"starts_at": timezone.now() - timedelta(days=3)},
    "running": {"went": "started"},
    "finished": {"went": "finished"},
    "reported": {"went": "reported"},
    "void": {"went": "reported"},
    "cancelled": {"went": "cancelled"},
}


@dataclass
class Scene:
    """What places are addressed with: people by role, sheets by state, and what hangs on them."""

    office: Office
    people: dict[str, User]
    sheets: dict[str, Designation] = field(default_factory=dict)
    imports: dict[str, Import] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    institutions: dict[str, Institution] = field(default_factory=dict)
    participations: dict[str, Participation] = field(default_factory=dict)
    visit: Visit | None = None
    invited_by: Letter | None = None
    leaving: Membership | None = None
    appointed: Membership | None = None
    contact: VillageContact | None = None
    programme: SisterProgramme | None = None
    account: VillageAccess | None = None
    officer: Officer | None = None
    assignment: Assignment | None = None
    sent_by: Letter | None = None
    invitation: Invitation | None = None
    card: ActivationCard | None = None
    letter: Letter | None = None
    exports: dict[str, Export] = field(default_factory=dict)
    entry: RegisterEntry | None = None
    edition: Edition | None = None


def build_scene() -> Scene:
    """The office of Wonosobo with one sheet in every state, and one of everything else."""
    office = OfficeFactory(code="kanim-wonosobo")
    JurisdictionFactory(office=office)
    NumberTemplateFactory(office=office)
    RegionFactory(code="33.07.06.2009")
    closed = OfficeFactory(code="kanim-tutup")
    Office.objects.filter(pk=closed.pk).update(closed_on=closed.today())
    scene = Scene(office, _people(office))
    _place_sheets(scene)
    _describe(scene)
    _guide(scene)
    grow(scene, 1)
    return scene


def grow(scene: Scene, rows: int) -> None:
    """That many more of everything that pages list."""
    office, staff, admin = scene.office, scene.people["staff"], scene.people["admin"]
    for state in islice(cycle(STATES), rows - 1):
        _seen_by_its_village(scene, DesignationFactory(office=office, **STATES[state]))
        OfficeFactory()
    _bring_in(scene, rows)
    _plan(scene, rows)
    _certify(scene, rows)
    _close(scene, rows)
    _address(scene, rows)
    _follow_up(scene, rows)
    file = SimpleUploadedFile("edisi.csv", b"code,name,level,kind\n33,Jateng,1,provinsi\n")
    scene.edition = actions.receive_edition(editions.check(file), by=scene.people["national"])
    criteria = cycle(Criterion.objects.published())
    for criterion in islice(criteria, rows):
        sheet, ready = scene.sheets["complete"], scene.sheets["ready"]
        by = UserFactory(staff_of=office)
        actions.write_finding(
            sheet,
            criterion,
            justification="Warga banyak.",
            evidence=checked_pdf("bukti.pdf"),
            by=by,
        )
        known = {"number": ready.decree.number, "dated": ready.decree.dated}
        actions.record_decree(ready, **known, scan=checked_pdf("sk.pdf"), by=by)
        contact = {"role": "operator", "name": "Sutrisno"}
        scene.contact = actions.write_contact(ready.village, facts=contact, by=staff)
        person = Person(f"Sulastri {by.pk}")
        scene.account, _ = actions.give_account(
            ready.village, person=person, title="Kaur Umum", by=admin, password="sandi-percobaan"
        )
        scene.card, _ = cards.issue(UserFactory(), by=admin)
        scene.invitation = InvitationFactory(office=office, invited_by=admin)
        _note(ready.village, by)
        soon = timedelta(days=9)
        colleague = OfficerFactory(office=office, created_by=staff)
        AssignmentFactory(officer=colleague, village=ready.village, created_by=staff)
        for officer in (scene.officer, colleague):
            village = VillageFactory(office=office)
            AssignmentFactory(officer=officer, village=village, created_by=staff)
        scene.sent_by = _send(scene, f"ST-{by.pk}", by)
        scene.appointed = MembershipFactory(
            office=office,
            role="head",
            acting_kind="plh",
            given_by=scene.people["admin"],
            awaits=True,
        )
        scene.leaving = MembershipFactory(office=office, ends_on=office.today() + soon)
        MembershipFactory(office=office, starts_on=office.today() + soon)
        signed = scene.sheets["signed"].certificate
        again = CheckedFile("p.pdf", "application/pdf", small_pdf() + f"%{by.pk}".encode())
        attach_scan(signed, again, by=by)
        draft = Paper(DECREE_DRAFT.key, office, office.today(), "Draf SK", {})
        scene.letter = order_letter(draft, by=by)  # of a kind that the web server knows
        draw_now(scene.letter)
        scene.exports = _exports(office, staff)
        facts = {"event": scene.events["certified"].pk}
        kind = bundles.CERTIFICATES.key(bundles.ZIP)
        archive = ExportFactory(office=office, ordered_by=staff, facts=facts, kind=kind, ready=True)
        withdraw_exports(Export.objects.filter(pk=archive.pk), by=staff)
        scene.exports["archive"] = archive
        scene.entry = RegisterEntryFactory(office=office, by_hand=True)
        MembershipFactory(office=office, ends_on=office.today() - soon)


def _exports(office: Office, staff: User) -> dict[str, Export]:
    """One that waits, one that is being written, one that is there, one gone, one never made."""
    mine = {"office": office, "ordered_by": staff}
    begun = ExportFactory(**mine, attempts=1, done=1000, tried_at=timezone.now())
    ready = ExportFactory(**mine, ready=True)
    past = {"ordered_at": timezone.now() - timedelta(days=2), "expires_at": timezone.now()}
    expired = expire_export(ExportFactory(**mine, **past, ready=True))
    refused = refuse_export(ExportFactory(**mine))
    ordered = ExportFactory(**mine)
    shown = {"ordered": ordered, "begun": begun, "ready": ready}
    return {**shown, "expired": expired, "refused": refused}


def _guide(scene: Scene) -> None:
    """Staff who guide a village with a PIMPASA who has no role, and one village left by both."""
    office, staff = scene.office, scene.people["staff"]
    village = scene.sheets["ready"].village
    scene.officer = OfficerFactory(office=office, user=staff, created_by=staff)
    other = OfficerFactory(office=office, user=scene.people["guide"], created_by=staff)
    for officer in (scene.officer, other):
        it = AssignmentFactory(officer=officer, village=village, created_by=staff)
        scene.assignment = scene.assignment or it
    left = scene.sheets["ordered"].village
    gone = {"ends_on": office.today() - timedelta(days=9), "created_by": staff}
    AssignmentFactory(officer=other, village=left, **gone)


def _send(scene: Scene, number: str, by: User) -> Letter:
    """A surat tugas of both who guide, signed and scanned; most villages wait for one."""
    held = Assignment.objects.filter(village=scene.assignment.village)
    head = scene.office.memberships.get(role="head", acting_kind="")
    words = LetterWords(
        considering=["bahwa desa dibina"],
        bases=["Surat edaran"],
        duties=DUTIES,
        copies=["Camat"],
        dated=scene.office.today(),
        starts_on=scene.office.today(),
        ends_on=None,
        signer=signer_of(head),
        signed_as=head,
    )
    letter = actions.order_assignment_letter(scene.office, held, words, by=by, number=number)
    draw_now(letter)
    attach_scan(letter, signed_pdf("surat.pdf"), by=by)
    return letter


def _plan(scene: Scene, rows: int) -> None:
    """Events in every state, for a village that somebody signs in for and others that nobody does.

    Each is for so many villages more, and there are so many more of them.
    """
    office, staff = scene.office, scene.people["staff"]
    known = scene.sheets["ready"].village.region
    for state, made in EVENTS.items():
        regions = [known, *(RegionFactory() for _ in range(rows))]
        title = f"Sosialisasi {state}"
        its = {"office": office, "created_by": staff, "regions": regions, "title": title}
        scene.events[state] = EventFactory(**its, **made)
    for place in range(rows):
        facts = {"title": f"Paparan {place}", "minutes": 5, "led_by": "Pembawa acara"}
        events.actions.write_item(scene.events["planned"], facts=facts, by=staff)
        facts = {"contribution": "speaker", "name": f"Narasumber {place}", "title": "Camat"}
        facts |= {"institution": "Kecamatan Selomerto", "topic": "Berangkat aman"}
        events.actions.write_contributor(scene.events["planned"], facts=facts, by=staff)
        facts = {"asked_by": "Kades", "text": f"Apa syarat {place}?", "answer": "Paspor."}
        facts |= {"answered_by": "Camat" if place else ""}
        events.actions.write_question(scene.events["planned"], facts=facts, by=staff)
    MaterialFactory(event=scene.events["planned"])
    _check(scene, rows, by=staff)
    said = {"text": "Acara dibuka.\nPaparan disampaikan.", "taken_by": "Staf"}
    events.actions.write_minutes(scene.events["planned"], facts=said, by=staff)
    report = scene.events["void"].report.letter
    void_number(report.entry, reason="Salah tanggal", by=staff)
    events.actions.order_attendance(
        scene.events["finished"], as_it_is(scene.events["finished"]), by=staff
    )
    _attend(scene.events["planned"], rows, by=staff)
    events.actions.open_check_in(scene.events["coming"], by=staff)
    for state, made in islice(cycle(EVENTS.items()), rows - 1):
        title = f"Penyuluhan {state} {len(scene.events)}"
        its = {"office": office, "created_by": UserFactory(staff_of=office), "regions": [known]}
        EventFactory(**its, title=title, **made)


def _check(scene: Scene, rows: int, *, by: User) -> None:
    """Knowledge checks: one that is open, one that is being written, one that was answered."""
    answered, written, shown = (scene.events[it] for it in ("finished", "running", "planned"))
    for event in (written, shown):
        for number in range(min(rows, 10)):
            facts = {"text": f"Apa nama aplikasi paspor ke-{number}?", "right": 2}
            facts |= {"choices": ["APOA", "M-Paspor", "SIMKIM", "Surat jalan", "Kartu tanda"]}
            events.actions.write_knowledge_question(event, facts=facts, by=by)
    events.actions.open_phase(shown, Phase.BEFORE, by=by)
    events.actions.take_ready_questions(answered, by=by)
    check = answered.knowledge_checks.get()
    keys = list(check.questions.values_list("pk", flat=True))
    for phase in Phase:
        events.actions.open_phase(answered, phase, by=by)
        for number in range(rows + 2):
            answers = {key: (number + place) % 4 for place, key in enumerate(keys)}
            events.actions.answer(check, phase, answers, sheet_id=uuid4())
    events.actions.close_phase(answered, by=by)


def _attend(event: Event, rows: int, *, by: User) -> None:
    """People and classes that came to it, each from elsewhere."""
    door = events.actions.open_check_in(event, by=by)
    events.actions.enter(door, events.actions.Person("Zulkifli", "Desa Seberang"))
    people = [
        events.actions.Person(f"Peserta {place}", f"Desa Tetangga {place}", "Kader", sex="P")
        for place in range(rows)
    ]
    for place in range(rows):  # who look alike, and who did
        people += [
            events.actions.Person(f"Wati {place}", village) for village in ("Burat", "Tieng")
        ]
    siti = [events.actions.Person("Siti", f"Desa Dekat {place}") for place in range(rows + 1)]
    noted = events.actions.attend(event, [*siti, *people], source=Source.OFFICER, by=by)
    for other in noted.new[1 : rows + 1]:
        events.actions.merge(noted.new[0], other, by=by)
    for place in range(rows):
        content = small_pdf() + b"%" * place
        sheet = CheckedFile(f"lembar-{place}.pdf", "application/pdf", content)
        events.actions.keep_page(event, sheet, by=by)
    for place in range(rows):
        facts = {"school": f"SMK {place}", "grade": "XI", "boys": 10, "girls": 12}
        events.actions.write_school(event, facts=facts, by=by)


def _certify(scene: Scene, rows: int) -> None:
    """Certificates of an event: drawn, one revoked, more to come; and where none is drawn.

    There one was made anew.
    """
    staff = scene.people["staff"]
    for state in ("certified", "certifying"):
        its = {"office": scene.office, "created_by": staff, "title": f"Sosialisasi {state}"}
        event = scene.events[state] = EventFactory(**its)
        people = [
            events.actions.Person(f"Penerima {place}", f"Desa Penerima {place}", phone="0812000000")
            for place in range(rows + 1)
        ]
        ParticipationFactory(event=event, people=people)
    waiting = scene.events["certifying"].participations.with_list().first()
    replaced = scene.events["certifying"].participations.with_held().order_by("pk").last()
    events.actions.revoke_participation(replaced, reason="Salah tulis.", by=staff)
    events.actions.order_certificates(scene.events["certifying"], by=staff)
    Certificate.objects.filter(pk=waiting.pk).update(attempts=3, tried_at=timezone.now())
    event = scene.events["certified"]
    *drawn, last = event.participations.with_held().order_by("pk")
    for its in drawn:
        draw_now(its.certificate)
    events.actions.revoke_participation(last, reason="Salah tulis.", by=staff)
    scene.participations = {"ready": drawn[0], "revoked": last, "waiting": waiting}
    scene.participations["replaced"] = replaced
    people = [events.actions.Person(f"Susulan {place}", f"Desa {place}") for place in range(rows)]
    people += [events.actions.Person("Pak 村", f"Desa {place}") for place in range(rows)]
    people += [
        events.actions.Person(f"Pengantar {place}", f"Desa {place}") for place in range(rows)
    ]
    for person in events.actions.attend(event, people, source=Source.PAPER, by=staff).new:
        if person.name.startswith("Pengantar"):
            events.actions.exclude(person, reason="Hanya mengantar peserta.", by=staff)
        elif person.name.startswith("Susulan"):  # who spoke there as well
            facts = {"contribution": "speaker", "name": person.name, "title": "Staf"}
            facts["institution"] = "Dinas Pendidikan"
            events.actions.write_contributor(event, facts=facts, by=staff)


def _close(scene: Scene, rows: int) -> None:
    """An event that was reported while some lack a certificate, and some look like others."""
    staff = scene.people["staff"]
    its = {"office": scene.office, "created_by": staff, "title": "Sosialisasi closed"}
    event = scene.events["closed"] = EventFactory(**its)
    first = events.actions.Person("Penerima", "Desa Penerima")
    ParticipationFactory(event=event, people=[first])
    people = [
        events.actions.Person(f"Penutup {place}", village)
        for place in range(rows)
        for village in ("Burat", "Tieng")
    ]
    alone = events.actions.Person("Susulan", "Desa Susulan")
    events.actions.attend(event, [alone, *people], source=Source.PAPER, by=staff)
    facts = {"contribution": "speaker", "name": "Susanti", "title": "Staf", "institution": "Dinas"}
    events.actions.write_contributor(event, facts=facts, by=staff)
    report(event)


def _address(scene: Scene, rows: int) -> None:
    """An address book of those who are invited, and of one more who no longer is."""
    staff = scene.people["staff"]
    district = scene.sheets["ready"].village.region.district
    for place in range(rows + 1):
        facts = {"kind": "police", "institution": f"Polsek {place} {rows}", "title": "Kapolsek"}
        facts |= {"person": "Slamet", "phone": "0000123456", "region_id": district.pk}
        entry = events.actions.write_institution(scene.office, facts=facts, by=staff)
        scene.institutions["retired" if place else "current"] = entry
    invited = scene.events["planned"]
    book = scene.office.institutions.exclude(pk=scene.institutions["current"].pk).current()
    events.actions.invite_institutions(invited, book, by=staff)
    events.actions.invite_heads(invited, by=staff)
    for place in range(rows):  # who may be somebody who is invited
        its = events.actions.Person(f"Wahyu {place}", f"Polsek {place + 1} {rows}", "Kapolsek")
        events.actions.enter(invited.check_in, its)
    scene.invited_by = _invite(scene, f"UND-{rows}")
    soon = {"starts_at": timezone.now() + timedelta(days=5), "title": "Rapat koordinasi"}
    coming = EventFactory(office=scene.office, created_by=staff, regions=[], **soon)
    events.actions.invite_institutions(coming, book, by=staff)  # nobody answered
    facts = {"reply": "represented", "represented_by": "Sekretaris"}
    events.actions.note_reply(invited.invitees.first(), facts=facts, by=staff)
    events.actions.retire_institution(scene.institutions["retired"], by=staff)


def _invite(scene: Scene, number: str) -> Letter:
    """A letter to all who are invited."""
    head = scene.office.memberships.get(role="head", acting_kind="")
    words = InvitationWords(
        subject="Undangan sosialisasi",
        nature="Biasa",
        opening=["Kami mengundang Bapak/Ibu pada:"],
        closing=["Terima kasih."],
        contact="",
        copies=[],
        with_agenda=True,
        one_each=False,
        dated=scene.office.today(),
        signer=signer_of(head),
        signed_as=head,
    )
    event, by = scene.events["planned"], scene.people["staff"]
    guests = event.invitees.all()
    [letter] = events.actions.order_invitations(event, guests, words, by=by, number=number)
    draw_now(letter)
    return letter


def _follow_up(scene: Scene, rows: int) -> None:
    """Visits, photos, and what is to be done after them and after events: due, let pass, done."""
    staff, guide, today = scene.people["staff"], scene.people["guide"], scene.office.today()
    passed = today - timedelta(days=1)
    for place in range(rows):
        scene.visit = VisitFactory(assignment=scene.assignment)
        for source in (scene.visit, scene.events["planned"]):
            PhotoFactory(source=source, is_consented=bool(place % 2))
            owner, due = ((staff, today), (guide, today), (staff, passed))[place % 3]
            FollowUpFactory(source=source, owner=owner, due_on=due)
        done = FollowUpFactory(source=scene.visit, owner=staff)
        events.actions.close_follow_up(done, by=staff)


def _bring_in(scene: Scene, rows: int) -> None:
    """Imports in every state, from the one with a doubtful row to the one that was mended."""
    office, staff = scene.office, scene.people["staff"]
    regions = [RegionFactory() for _ in range(6 * rows)]
    names = [region.name for region in regions]
    first, second, third, fourth, fifth, sixth = batched(names, rows)
    guides = [
        ("Bagas Prakoso", "19900314 201503 1 002"),
        (staff.name.split()[0], ""),
        (scene.people["guide"].name, ""),
        ("Siti Nurhaliza", "198609262015051000"),
    ]
    scene.imports = {
        "doubtful": bring_in(office, "Pakunce", *first, by=staff, guides=guides),
        "ready": bring_in(office, *second, second[0], by=staff),
        "recorded": bring_in(office, *third, third[0], by=staff),
        "confirmed": bring_in(office, *fourth, by=staff),
        "returned": bring_in(office, *fifth, by=staff),
        "mended": bring_in(office, *sixth, by=staff),
    }
    for state in ("recorded", "confirmed", "returned", "mended"):
        scene.imports[state] = actions.record_import(scene.imports[state], by=staff)
    confirm(scene.imports["confirmed"])
    note = "SK baris kedua bukan SK desa itu."
    actions.send_import_back(scene.imports["returned"], note=note, by=scene.people["head"])
    for row in scene.imports["mended"].rows.select_related("designation__village"):
        scene.sheets["struck"] = actions.strike_out(row.designation, reason="Keliru.", by=staff)
        _seen_by_its_village(scene, row.designation)
    recorded = scene.imports["recorded"].rows.filter(status="recorded")
    for row in recorded.select_related("designation__village"):
        _seen_by_its_village(scene, row.designation)
        scene.sheets["recorded"] = row.designation


def _people(office: Office) -> dict[str, User]:
    elsewhere = OfficeFactory(code="kanim-lain")
    people = {
        "head": UserFactory(head_of=office),
        "acting": UserFactory(head_of=office, head_of__acting_kind="plh", staff_of=office),
        "staff": UserFactory(staff_of=office),
        "admin": UserFactory(admin_of=office),
        "national": UserFactory(admin_of=DirectorateFactory()),
        "observer": UserFactory(observer_of=office.parent),
        "newcomer": UserFactory(staff_of=elsewhere, head_of=elsewhere),
        "villager": UserFactory(username="3307062001"),
        "guide": UserFactory(),  # a PIMPASA without a role in an office
        "nobody": UserFactory(),
        "keeper": with_second_factor(UserFactory(staff_of=office)),
        "issued": UserFactory(staff_of=office),
    }
    MembershipFactory(user=people["admin"], office=elsewhere, role="admin")
    issue_member_password(people["issued"], office, by=people["admin"])
    people["issued"].refresh_from_db()
    return people


def with_second_factor(user: User) -> User:
    """An authenticator app and recovery codes, as allauth stores them."""
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)
    return user


def _place_sheets(scene: Scene) -> None:
    office, staff, acting = scene.office, scene.people["staff"], scene.people["acting"]
    sheets = scene.sheets
    for state, made in STATES.items():
        sheets[state] = DesignationFactory(office=office, created_by=staff, **made)
    sheets["own"] = DesignationFactory(office=office, created_by=acting, submitted=True)
    sheets["signed"] = DesignationFactory(office=office, created_by=staff, **STATES["ready"])
    attach_scan(sheets["signed"].certificate, signed_pdf(), by=staff)
    sheets["struggling"] = DesignationFactory(office=office, created_by=staff, approved=True)
    struggling = Certificate.objects.filter(pk=sheets["struggling"].certificate.pk)
    struggling.update(attempts=3, tried_at=timezone.now())
    for sheet in sheets.values():
        _seen_by_its_village(scene, sheet)


def _seen_by_its_village(scene: Scene, sheet: Designation) -> None:
    """By one official for all villages, whose desk thus shows every state at once."""
    VillageAccessFactory(
        user=scene.people["villager"], village=sheet.village, created_by=scene.people["staff"]
    )


def _describe(scene: Scene) -> None:
    """What only one sheet has: a rival draft, the coordination, the ceremony."""
    office, staff = scene.office, scene.people["staff"]
    complete, ready = scene.sheets["complete"], scene.sheets["ready"]
    DesignationFactory(office=OfficeFactory(code="kanim-tetangga"), village=complete.village)
    _profile(scene, ready.village)
    held = {"held_on": office.today(), "place": "Balai Desa"}
    actions.write_coordination(complete, facts=held, by=staff)
    ceremony = {"opened_by": "Camat", "presented_by": "Kepala Kantor", "received_by": "Lurah"}
    actions.write_ceremony(ready, facts={**held, **ceremony}, by=staff)
    village = VillageFactory(office=office)  # never proposed
    VillageAccessFactory(user=scene.people["villager"], village=village, created_by=staff)


def _profile(scene: Scene, village: Village) -> None:
    """What the office knows of a village, once each."""
    staff = scene.people["staff"]
    place = {"latitude": Decimal("-7.353211"), "longitude": Decimal("109.902187")}
    group = {"whatsapp_group": "https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv"}
    actions.update_village(village, changes={**place, **group, "note": "Siang hari."}, by=staff)
    head = {"role": "head", "name": "Slamet Riyanto", "since": date(2019, 5, 1)}
    actions.write_contact(village, facts=head, by=staff)
    desbumi = {"kind": "desbumi", "owner": "Migrant CARE", "since_year": 2016}
    scene.programme = actions.write_programme(village, facts=desbumi, by=staff)


def _note(village: Village, by: User) -> None:
    """One more entry in every list of the profile."""
    mark = f"{by.pk}"
    other = {"kind": "other", "name": f"Desa Peduli {mark}", "owner": "Dinas Sosial"}
    actions.write_programme(village, facts=other, by=by)
    count = {"year": 2025, "total": 1234, "source": f"Disnaker {mark}", "as_of": date(2025, 12, 31)}
    actions.write_migrant_count(village, facts=count, by=by)
    agreed = {"kind": "mou", "title": "Pembinaan", "dated": date(2025, 3, 1)}
    parties = {"first_party": "Kantor Imigrasi", "second_party": "Pemerintah Kabupaten"}
    facts = {**agreed, **parties, "scan": checked_pdf("mou.pdf")}
    actions.write_agreement(village, facts=facts, by=by)
    actions.attach_document(village, checked_pdf(), title="Peta desa", is_shared=True, by=by)
