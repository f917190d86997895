"""One office in full swing: every role at work, every state in which a sheet can stand."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle, islice
from typing import Any

from django.utils import timezone

from accounts.actions import Person, issue_member_password
from accounts.models import Invitation, Membership, Office, User
from certificates.models import Certificate, Letter
from tests.factories import (
    DesignationFactory,
    DirectorateFactory,
    InvitationFactory,
    JurisdictionFactory,
    LetterFactory,
    MembershipFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
    VillageAccessFactory,
    VillageFactory,
    checked_pdf,
)
from villages import actions
from villages.models import Criterion, Designation, VillageAccess, VillageContact

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


@dataclass
class Scene:
    """What places are addressed with: people by role, sheets by state, and what hangs on them."""

    office: Office
    people: dict[str, User]
    sheets: dict[str, Designation] = field(default_factory=dict)
    leaving: Membership | None = None
    contact: VillageContact | None = None
    account: VillageAccess | None = None
    invitation: Invitation | None = None
    letter: Letter | None = None


def build_scene() -> Scene:
    """The office of Wonosobo with one sheet in every state, and one of everything else."""
    office = OfficeFactory(code="kanim-wonosobo")
    JurisdictionFactory(office=office)
    NumberTemplateFactory(office=office)
    RegionFactory(code="33.07.06.2009")
    scene = Scene(office, _people(office))
    _place_sheets(scene)
    _describe(scene)
    grow(scene, 1)
    return scene


def grow(scene: Scene, rows: int) -> None:
    """That many more of everything that pages list."""
    office, staff, admin = scene.office, scene.people["staff"], scene.people["admin"]
    for state in islice(cycle(STATES), rows - 1):
        _seen_by_its_village(scene, DesignationFactory(office=office, **STATES[state]))
        OfficeFactory()
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
        contact = {"role": "head", "name": "Sutrisno"}
        scene.contact = actions.write_contact(ready.village, facts=contact, by=staff)
        person = Person(f"Sulastri {by.pk}")
        scene.account, _ = actions.give_account(
            ready.village, person=person, title="Kaur Umum", by=admin, password="sandi-percobaan"
        )
        scene.invitation = InvitationFactory(office=office, invited_by=admin)
        soon = timedelta(days=9)
        scene.leaving = MembershipFactory(office=office, ends_on=office.today() + soon)
        MembershipFactory(office=office, starts_on=office.today() + soon)
        scene.letter = LetterFactory(office=office, ready=True)
        MembershipFactory(office=office, ends_on=office.today() - soon)


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
        "nobody": UserFactory(),
        "issued": UserFactory(staff_of=office),
    }
    MembershipFactory(user=people["admin"], office=elsewhere, role="admin")
    issue_member_password(people["issued"], office, by=people["admin"])
    people["issued"].refresh_from_db()
    return people


def _place_sheets(scene: Scene) -> None:
    office, staff, acting = scene.office, scene.people["staff"], scene.people["acting"]
    sheets = scene.sheets
    for state, made in STATES.items():
        sheets[state] = DesignationFactory(office=office, created_by=staff, **made)
    sheets["own"] = DesignationFactory(office=office, created_by=acting, submitted=True)
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
    held = {"held_on": office.today(), "place": "Balai Desa"}
    actions.write_coordination(complete, facts=held, by=staff)
    ceremony = {"opened_by": "Camat", "presented_by": "Kepala Kantor", "received_by": "Lurah"}
    actions.write_ceremony(ready, facts={**held, **ceremony}, by=staff)
    village = VillageFactory(office=office)  # never proposed
    VillageAccessFactory(user=scene.people["villager"], village=village, created_by=staff)
