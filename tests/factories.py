"""The smallest valid rows, and the situations that tests start from.

Situations are reached through the real actions wherever there is one, so that a factory cannot
make what the portal could not: `DesignationFactory(approved=True)` has a decree, a number from the
register and a certificate waiting to be drawn.
"""

import io
import secrets
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import cycle
from typing import Any
from zoneinfo import ZoneInfo

import factory
import pikepdf
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

import certificates.actions
import events.actions
from accounts.models import Invitation, Membership, Office, OfficeKind, Role, User
from certificates import codes, kinds
from certificates.models import (
    Certificate,
    Export,
    Letter,
    NumberSequence,
    NumberTemplate,
    RegisterEntry,
)
from desabinaan.uploads import CheckedFile
from events.models import (
    Event,
    EventKind,
    FollowUp,
    Material,
    Participation,
    Photo,
    Source,
    Visit,
)
from events.participation import PARTICIPANT, SPEAKER
from events.signed_prints import Signing
from villages import actions, papers
from villages.models import (
    Assignment,
    Basis,
    Criterion,
    Decree,
    Designation,
    Import,
    Officer,
    Preparer,
    Region,
    Village,
    VillageAccess,
)
from villages.models.designation import PAPER
from villages.models.jurisdiction import Jurisdiction
from villages.onboarding.spreadsheets import Spreadsheet

PASSWORD = "sandi-untuk-pengujian"
LONG_AGO = date(2020, 1, 1)
NAMES = ["Ratna Wulandari", "Bagas Prakoso", "Siti Maesaroh", "Yusuf Hidayat", "Dewi Lestari"]
REGIONS = {
    "33": "Jawa Tengah",
    "33.07": "Kabupaten Wonosobo",
    "33.07.06": "Selomerto",
    "33.07.06.2009": "Pakuncen",
}


class Row(DjangoModelFactory):
    """What all factories here share: no second save behind the model's back."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True


# --- Offices and people ------------------------------------------------------------------------


class DirectorateFactory(Row):
    class Meta:
        model = Office
        django_get_or_create = ("code",)

    code = "ditjen"
    kind = OfficeKind.DIRECTORATE
    name = "Direktorat Jenderal Imigrasi"
    city = "Jakarta"


class RegionalOfficeFactory(Row):
    class Meta:
        model = Office
        django_get_or_create = ("code",)

    code = "kanwil-jawa-tengah"
    kind = OfficeKind.REGIONAL
    name = "Kantor Wilayah Direktorat Jenderal Imigrasi Jawa Tengah"
    city = "Semarang"
    parent = factory.SubFactory(DirectorateFactory)


class OfficeFactory(Row):
    """A Kantor Imigrasi below a Kanwil below the Ditjen; each call another one."""

    class Meta:
        model = Office
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"kanim-contoh-{n}")
    kind = OfficeKind.IMMIGRATION_OFFICE
    office_class = "Kelas II Non TPI"
    name = factory.LazyAttribute(
        lambda o: f"Kantor Imigrasi {o.office_class} Contoh {o.code.rpartition('-')[2]}"
    )
    city = "Wonosobo"
    address = "Jalan Raya Contoh Nomor 1, Wonosobo"
    parent = factory.SubFactory(RegionalOfficeFactory)


def _nip(n: int) -> str:
    """Eighteen digits as a civil servant has them: birth date, start, sex, serial."""
    born = date(1970, 1, 1) + timedelta(days=n // 900)
    return f"{born:%Y%m%d}199503{1 + n % 2}{1 + n % 900:03}"


def _opened_at(user: Any) -> datetime | None:
    chose = user.password and not getattr(user, "must_change_password", False)
    return timezone.now() if chose else None


class UserFactory(Row):
    """A person; `staff_of`, `head_of`, `admin_of`, `observer_of` and `village` give them a place.

    Details of the role follow the name: `head_of=office, head_of__acting_kind="plh",
    head_of__starts_on=…, head_of__ends_on=…`.
    """

    class Meta:
        model = User

    username = factory.Sequence(_nip)
    name = factory.Sequence(lambda n: f"{NAMES[n % len(NAMES)]} {n}")
    password = factory.django.Password(PASSWORD)
    opened_at = factory.LazyAttribute(_opened_at)

    @factory.post_generation
    def staff_of(self, create: bool, office: Office | None, **details: Any) -> None:
        _give_role(self, Role.STAFF, office, details)

    @factory.post_generation
    def head_of(self, create: bool, office: Office | None, **details: Any) -> None:
        _give_role(self, Role.HEAD, office, details)

    @factory.post_generation
    def admin_of(self, create: bool, office: Office | None, **details: Any) -> None:
        _give_role(self, Role.ADMIN, office, details)

    @factory.post_generation
    def observer_of(self, create: bool, office: Office | None, **details: Any) -> None:
        _give_role(self, Role.OBSERVER, office, details)

    @factory.post_generation
    def village(self, create: bool, village: Village | None, **details: Any) -> None:
        if village:
            VillageAccessFactory(user=self, village=village, **details)


def _give_role(user: Any, role: Role, office: Office | None, details: dict[str, Any]) -> None:
    if office:
        MembershipFactory(user=user, office=office, role=role, **details)


def _given_by(role: Any) -> User | None:
    """Whoever may give this role at once; nobody where the office has nobody to give it."""
    others = Membership.objects.filter(office=role.office, role__in=[Role.HEAD, Role.ADMIN])
    if role.role != Role.HEAD or not others.exists():
        return None
    for one in others.select_related("office").exclude(user=role.user):
        if one.role == Role.HEAD and not one.acting_kind and one.is_live():
            return one.user
    leads = others.filter(role=Role.HEAD).exists()
    keeper = others.filter(role=Role.ADMIN).exclude(user=role.user).first()
    if keeper and not leads and not role.acting_kind:
        return keeper.user
    nation = Membership.objects.filter(role=Role.ADMIN, office__kind=OfficeKind.DIRECTORATE)
    above = nation.exclude(user=role.user).first()
    return above.user if above else UserFactory(admin_of=DirectorateFactory())


class MembershipFactory(Row):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    office = factory.SubFactory(OfficeFactory)
    role = Role.STAFF
    starts_on = LONG_AGO
    ends_on = factory.LazyAttribute(
        lambda o: o.office.today() + timedelta(days=7) if getattr(o, "acting_kind", "") else None
    )
    acting_kind = ""
    given_by = factory.LazyAttribute(_given_by)


class InvitationFactory(Row):
    """A waiting invitation, mailed long enough ago to be sent again."""

    class Meta:
        model = Invitation

    office = factory.SubFactory(OfficeFactory)
    name = factory.Sequence(lambda n: f"{NAMES[n % len(NAMES)]} {n}")
    email = factory.Sequence(lambda n: f"undangan-{n}@kantor.example")
    role = Role.STAFF
    starts_on = LONG_AGO
    invited_by = factory.LazyAttribute(lambda o: UserFactory(admin_of=o.office))

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **facts: Any) -> Any:
        changed = {name: facts.pop(name) for name in ("asked_at", "expires_at") if name in facts}
        invitation = model_class(*args, **facts)
        invitation.renew()
        invitation.asked_at -= timedelta(hours=1)
        for name, value in changed.items():
            setattr(invitation, name, value)
        invitation.save()
        return invitation


def head_of(office: Office) -> Membership:
    """The office's head proper; one is appointed where there is none."""
    heads = office.memberships.filter(role=Role.HEAD, acting_kind="").select_related("user")
    return heads.first() or MembershipFactory(office=office, role=Role.HEAD)


# --- Regions and villages ----------------------------------------------------------------------


def _kind_of(code: str) -> str:
    last = code.rpartition(".")[2]
    if len(code) == 5:
        return "kota" if last >= "71" else "kabupaten"
    if len(code) == 13:
        return "desa" if last.startswith("2") else "kelurahan"
    return {2: "provinsi", 8: "kecamatan"}[len(code)]


AROUND: dict[str, Region] = {}  # what this test made above its villages, by code


class RegionFactory(Row):
    """A region by its code, with all regions around it; each call another desa of Selomerto.

    Those around it are remembered for the test: nearly every row of it lies in some village.
    """

    class Meta:
        model = Region

    @classmethod
    def _create(cls, model_class: type[Region], *_: Any, **facts: Any) -> Region:
        code = facts["code"]
        if known := AROUND.get(code):
            return known
        region = Region.objects.filter(code=code).first() or Region.objects.create(**facts)
        if len(code) < 13:
            AROUND[code] = region
        return region

    code = factory.Sequence(lambda n: f"33.07.06.{2100 + n % 7800}")
    name = factory.LazyAttribute(
        lambda o: REGIONS.get(o.code) or f"Sukamaju {o.code.rpartition('.')[2]}"
    )
    kind = factory.LazyAttribute(lambda o: _kind_of(o.code))
    level = factory.LazyAttribute(lambda o: o.code.count(".") + 1)
    parent = factory.LazyAttribute(
        lambda o: RegionFactory(code=o.code.rpartition(".")[0]) if "." in o.code else None
    )


class JurisdictionFactory(Row):
    """An office that serves a regency: by default Kabupaten Wonosobo, where the villages lie."""

    class Meta:
        model = Jurisdiction

    office = factory.SubFactory(OfficeFactory)
    region = factory.SubFactory(RegionFactory, code="33.07")


class VillageFactory(Row):
    class Meta:
        model = Village

    region = factory.SubFactory(RegionFactory)
    office = factory.SubFactory(OfficeFactory)
    local_term = factory.LazyAttribute(lambda o: o.region.local_term)
    created_by = factory.SubFactory(UserFactory)


class VillageAccessFactory(Row):
    class Meta:
        model = VillageAccess

    user = factory.SubFactory(UserFactory)
    village = factory.SubFactory(VillageFactory)
    title = "Sekretaris Desa"
    starts_on = LONG_AGO
    created_by = factory.SubFactory(UserFactory)


# --- Officers ------------------------------------------------------------------------------------


class OfficerFactory(Row):
    """A PIMPASA of an office; the person has no role there unless one is given."""

    class Meta:
        model = Officer

    user = factory.SubFactory(UserFactory)
    office = factory.SubFactory(OfficeFactory)
    decree_number = "W.13.IMI-0071.KP.04.01 Tahun 2024"
    decree_dated = date(2024, 1, 8)
    decree_signer_title = "Kepala Kantor Imigrasi Wonosobo"
    starts_on = date(2024, 1, 8)
    created_by = factory.SubFactory(UserFactory)


class AssignmentFactory(Row):
    """An officer who guides a village of their office."""

    class Meta:
        model = Assignment

    officer = factory.SubFactory(OfficerFactory)
    village = factory.SubFactory(VillageFactory, office=factory.SelfAttribute("..officer.office"))
    part = "member"
    starts_on = date(2024, 3, 7)
    basis = Basis.LETTER
    basis_number = "W.13.IMI-0102.KP.04.01 Tahun 2024"
    basis_dated = date(2024, 3, 5)
    created_by = factory.SubFactory(UserFactory)


# --- Files -------------------------------------------------------------------------------------


@cache
def small_pdf(pages: int = 1) -> bytes:
    """A real PDF of empty pages, as small as can be; the same bytes each time."""
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def checked_pdf(name: str = "surat.pdf") -> CheckedFile:
    """A file as it comes out of the check at the door."""
    return CheckedFile(name, "application/pdf", small_pdf())


def signed_pdf(name: str = "bertanda.pdf") -> CheckedFile:
    """The scan of a signed paper: never the bytes that `draw_now` gives it."""
    return CheckedFile(name, "application/pdf", small_pdf(pages=2))


# --- Papers ------------------------------------------------------------------------------------


class NumberTemplateFactory(Row):
    class Meta:
        model = NumberTemplate
        django_get_or_create = ("office", "kind")

    office = factory.SubFactory(OfficeFactory)
    kind = PAPER
    pattern = "{nomor}/{kode}/DBI/{romawi}/{tahun}"
    unit_code = "W13.IMI.7"
    chosen_by = factory.SubFactory(UserFactory)


class RegisterEntryFactory(Row):
    """The next number of a register; with `by_hand=True` one that was given elsewhere."""

    class Meta:
        model = RegisterEntry

    class Params:
        by_hand = factory.Trait(
            kind="other",
            serial=None,
            number=factory.Sequence(lambda n: f"B/{n}/2026"),
            subject="Surat pengantar",
            written_by=factory.SubFactory(UserFactory),
        )

    office = factory.SubFactory(OfficeFactory)
    kind = PAPER
    dated = date(2026, 3, 2)
    year = factory.LazyAttribute(lambda o: o.dated.year)
    serial = factory.LazyAttribute(lambda o: next_serial(o.office, o.kind, o.year))
    number = factory.LazyAttribute(lambda o: f"{o.serial}/DBI/{o.year}")


def next_serial(office: Any, kind: str, year: int) -> int:
    """The serial after the last one of that register, counted as the portal counts it."""
    sequence, _ = NumberSequence.objects.get_or_create(office=office, kind=kind, year=year)
    sequence.last_value += 1
    sequence.save()
    return int(sequence.last_value)


FACTS = {
    "title": papers.TITLE,
    "village": {
        "term": "Desa",
        "name": "Pakuncen",
        "code": "33.07.06.2009",
        "district": "Kecamatan Selomerto",
        "regency": "Kabupaten Wonosobo",
        "province": "Jawa Tengah",
    },
    "office": {
        "name": "Kantor Imigrasi Kelas II Non TPI Wonosobo",
        "letterhead": ["DIREKTORAT JENDERAL IMIGRASI"],
        "address": "Jalan Raya Contoh Nomor 1, Wonosobo",
        "city": "Wonosobo",
    },
    "emblem": "",
    "decree": {
        "number": "W.13.IMI-12.GR.03.05 Tahun 2026",
        "date": "2026-03-01",
        "title": "Penetapan Desa Binaan Imigrasi",
        "signer_title": "Kepala Kantor Imigrasi Kelas II Non TPI Wonosobo",
    },
    "dated": "2026-03-02",
    "place": "Wonosobo",
    "signer": {
        "title": "Kepala Kantor Imigrasi Kelas II Non TPI Wonosobo",
        "acting": "",
        "name": "Ratna Wulandari",
        "rank": "Penata Tk. I (III/d)",
        "nip": "198501012010012001",
    },
}


class CertificateFactory(Row):
    """A paper without a sheet; with `ready=True` its bytes are stored.

    One that a village holds comes from `DesignationFactory(approved=True).certificate`.
    """

    class Meta:
        model = Certificate

    code = factory.LazyFunction(codes.new)
    kind = PAPER
    office = factory.SubFactory(OfficeFactory)
    entry = factory.SubFactory(RegisterEntryFactory, office=factory.SelfAttribute("..office"))
    title = "Sertifikat Desa Binaan Imigrasi Desa Pakuncen"
    facts = factory.LazyFunction(lambda: dict(FACTS))
    ordered_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def ready(self, create: bool, wanted: bool | None, **details: Any) -> None:
        if wanted:
            draw_now(self)


# A kind of letter that no app lends, with a number and no words of its own.
NOTE = kinds.LetterKind("note", "Nota percobaan", "certificates/pdf/letter.html")
kinds.register_letter(NOTE)


def note(office: Any, **facts: Any) -> certificates.actions.Paper:
    """What `order_letter` takes: a letter of the office, dated today."""
    today = office.today()
    told = {**FACTS, "title": "Nota", "dated": today.isoformat(), **facts}
    return certificates.actions.Paper(NOTE.key, office, today, "Nota", told)


class LetterFactory(Row):
    """A letter with its number, ordered through the real action; `ready=True` stores bytes."""

    class Meta:
        model = Letter

    office = factory.SubFactory(OfficeFactory)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **given: Any) -> Any:
        office = given["office"]
        NumberTemplateFactory(office=office, kind=NOTE.key, pattern="{nomor}/NOTA/{tahun}")
        return certificates.actions.order_letter(note(office), by=UserFactory(staff_of=office))

    @factory.post_generation
    def ready(self, create: bool, wanted: bool | None, **details: Any) -> None:
        if wanted:
            draw_now(self)


class ExportFactory(Row):
    """An export that somebody of the office asked for; `ready=True` gives it a file."""

    class Meta:
        model = Export

    kind = "recap"
    office = factory.SubFactory(OfficeFactory)
    ordered_by = factory.LazyAttribute(lambda o: UserFactory(staff_of=o.office))
    office_ids = factory.LazyAttribute(lambda o: [o.office.pk])
    title = "Rekapitulasi"
    facts = factory.LazyFunction(dict)
    total = 1234
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=24))

    @factory.post_generation
    def ready(self, create: bool, wanted: bool | None, **details: Any) -> None:
        if wanted:
            certificates.actions.attach_export(self, io.BytesIO(b"PK"))
            self.refresh_from_db()


def draw_now(paper: Any) -> None:
    """Give the paper its bytes, as the worker would; a small PDF, since these are not read."""
    certificates.actions.attach(paper, small_pdf())
    paper.refresh_from_db()


# --- Sheets ------------------------------------------------------------------------------------


class CriterionFactory(Row):
    """One of the seeded criteria; made anew where a test emptied the table."""

    class Meta:
        model = Criterion
        django_get_or_create = ("key",)

    key = "migrant-pocket"
    label = "Kantong pekerja migran"
    position = 10


class DecreeFactory(Row):
    class Meta:
        model = Decree

    office = factory.SubFactory(OfficeFactory)
    number = factory.Sequence(lambda n: f"W.13.IMI.IMI.7.{1000 + n}-GR.03.05 Tahun 2026")
    dated = date(2026, 3, 1)
    title = "Penetapan Desa Binaan Imigrasi"
    signer_level = "office"
    signer_name = "Ratna Wulandari"
    created_by = factory.SubFactory(UserFactory)


class DesignationFactory(Row):
    """A draft sheet; one of the stages below takes it further, through the real actions.

    `complete` (a finding, the consent), `submitted`, `returned`, `rejected`, `approved` (a decree
    with its number, the certificate ordered; `approved__number=""` leaves it waiting for the SK,
    `approved__ready=True` draws it), `revocation_requested`, `revoked`, `ended`, `withdrawn`.
    """

    class Meta:
        model = Designation

    office = factory.SubFactory(OfficeFactory)
    village = factory.SubFactory(VillageFactory, office=factory.SelfAttribute("..office"))
    created_by = factory.LazyAttribute(lambda o: UserFactory(staff_of=o.office))
    status_by = factory.SelfAttribute("created_by")

    @classmethod
    def _after_postgeneration(
        cls, instance: Any, create: bool, results: dict[str, Any] | None = None
    ) -> None:
        instance.refresh_from_db()

    @factory.post_generation
    def prepared(self, create: bool, wanted: bool | None, **details: Any) -> None:
        Preparer.objects.create(designation=self, user=self.created_by)

    @factory.post_generation
    def complete(self, create: bool, wanted: bool | None, **details: Any) -> None:
        if wanted:
            fill_in(self)

    @factory.post_generation
    def submitted(self, create: bool, wanted: bool | None, **details: Any) -> None:
        if wanted:
            hand_in(self, **details)

    @factory.post_generation
    def returned(self, create: bool, wanted: bool | None, **details: Any) -> None:
        if wanted:
            hand_in(self)
            by = head_of(self.office).user
            actions.return_to_staff(self, **{"note": "Lengkapi uraian.", "by": by, **details})

    @factory.post_generation
    def rejected(self, create: bool, wanted: bool | None, **details: Any) -> None:
        if wanted:
            hand_in(self)
            head = head_of(self.office)
            said = {"reason": "Belum memenuhi kriteria.", "head": head, "by": head.user}
            actions.reject(self, **{**said, **details})

    @factory.post_generation
    def approved(self, create: bool, wanted: bool | None, **details: Any) -> None:
        if wanted:
            designate(self, **details)

    @factory.post_generation
    def revocation_requested(self, create: bool, wanted: bool | None, **details: Any) -> None:
        if wanted:
            designate(self)
            ask_to_revoke(self, **details)

    @factory.post_generation
    def revoked(self, create: bool, wanted: bool | None, **details: Any) -> None:
        if wanted:
            designate(self, ready=True)
            ask_to_revoke(self)
            decree = {"decree_number": "W.13-PENCABUTAN-1", "decree_dated": self.office.today()}
            head = head_of(self.office)
            actions.revoke(self, **{**decree, "head": head, "by": head.user, **details})

    @factory.post_generation
    def ended(self, create: bool, wanted: bool | None, **details: Any) -> None:
        if wanted:
            designate(self, ready=True)
            said = {"note": "Masa pembinaan selesai.", "head": head_of(self.office)}
            actions.end(self, **{**said, "by": said["head"].user, **details})

    @factory.post_generation
    def withdrawn(self, create: bool, wanted: bool | None, **details: Any) -> None:
        if wanted:
            actions.withdraw(self, reason="Salah pilih desa.", by=self.created_by)


def fill_in(designation: Any) -> None:
    """A justified criterion and the village's letter: what a sheet needs to be submitted."""
    by = designation.created_by
    text = "Sekitar 140 warga bekerja di luar negeri."
    actions.write_finding(designation, CriterionFactory(), justification=text, by=by)
    letter = {
        "letter_number": "045.2/17/2026",
        "letter_dated": date(2026, 2, 10),
        "signatory_name": "Slamet Riyanto",
        "signatory_title": "Kepala Desa",
    }
    actions.write_consent(designation, facts=letter, scan=checked_pdf(), by=by)


def hand_in(designation: Any, *, by: User | None = None) -> None:
    """Filled in, and with the head."""
    fill_in(designation)
    actions.submit(designation, by=by or designation.created_by)


def approval(office: Office, **changed: Any) -> actions.Approval:
    """A head's decision with a decree that has its number and date; each call another number."""
    decided = {
        "number": DecreeFactory.build(office=office).number,
        "dated": office.today(),
        "title": "Penetapan Desa Binaan Imigrasi",
        "signer_level": "office",
        "signer_name": "Ratna Wulandari",
        "head": None,
        **changed,
    }
    decided["head"] = decided["head"] or head_of(office)
    return actions.Approval(**decided)


def designate(designation: Any, *, ready: bool = False, **changed: Any) -> None:
    """Submitted and approved; its certificate ordered where the decree has a number."""
    hand_in(designation)
    NumberTemplateFactory(office=designation.office)
    if changed.get("number") == "":
        changed.setdefault("dated", None)
    by, at = changed.pop("by", None), changed.pop("at", None)
    decision = approval(designation.office, **changed)
    actions.approve(designation, decision, by=by or decision.head.user, at=at)
    designation.refresh_from_db()
    if ready:
        draw_now(designation.certificate)


def ask_to_revoke(designation: Any, *, reason: str = "", by: User | None = None) -> None:
    """Somebody of the office asks for the designation to be revoked."""
    by = by or designation.created_by
    actions.request_revocation(designation, reason=reason or "Desa mengundurkan diri.", by=by)


# --- Imports -----------------------------------------------------------------------------------


def bring_in(
    office: Office,
    *names: str,
    by: User | None = None,
    guides: Sequence[tuple[str, str]] = (),
    number: str = "",
) -> Import:
    """A table of these villages of Selomerto under one SK, its columns settled.

    `guides` are the names and numbers of their PIMPASA, in turn.
    """
    by = by or UserFactory(staff_of=office)
    their = cycle(guides or [("", "")])
    rows = [(line, [name, "Selomerto", *next(their)]) for line, name in enumerate(names, 2)]
    headers = ["Desa", "Kec.", "PIMPASA", "NIP"]
    table = Spreadsheet("desa binaan.csv", secrets.token_hex(32), [(1, headers), *rows])
    batch = actions.receive_import(table, office=office, by=by)
    decree = {
        "decree_number": number or DecreeFactory.build(office=office).number,
        "decree_dated": "2024-03-07",
        "decree_title": "Penetapan Desa Binaan Imigrasi",
        "signer_name": "Ratna Wulandari",
        "signer_level": "office",
    }
    return actions.map_import(batch, mapped=batch.columns, otherwise=decree, by=by)


def confirm(batch: Import, *, by: Membership | None = None) -> Import:
    """A head who did not bring it in vouches for a recorded table."""
    head = by or head_of(batch.office)
    return actions.confirm_import(batch, head, by=head.user)


# --- Events --------------------------------------------------------------------------------------


def midnight(office: Office, moment: datetime) -> datetime:
    """When the day of the moment began there; no zone of Indonesia changes its clocks."""
    there = ZoneInfo(office.timezone)
    return datetime.combine(office.day_of(moment), time.min, tzinfo=there)


def three_hours(office: Office, starts_at: datetime) -> datetime:
    """When what begins then ends; what has begun ends today, at whatever hour tests run."""
    ends_at, now = starts_at + timedelta(hours=3), timezone.now()
    return min(ends_at, midnight(office, now) + timedelta(days=1)) if starts_at <= now else ends_at


class EventFactory(Row):
    """A planned event of an office for one village, half an hour ago; `went` takes it further.

    `regions` are what it is for; a village is in the portal only where a test puts it there.
    """

    class Meta:
        model = Event

    kind = factory.LazyFunction(lambda: EventKind.objects.get(key="socialization"))
    title = factory.Sequence(lambda n: f"Sosialisasi {n}")
    venue = "Aula Kecamatan Selomerto"
    office = factory.SubFactory(OfficeFactory)
    starts_at = factory.LazyAttribute(
        lambda o: max(timezone.now() - timedelta(minutes=30), midnight(o.office, timezone.now()))
    )
    ends_at = factory.LazyAttribute(lambda o: three_hours(o.office, o.starts_at))
    created_by = factory.LazyAttribute(lambda o: UserFactory(staff_of=o.office))
    regions = factory.LazyFunction(lambda: (RegionFactory(),))

    @classmethod
    def _create(cls, model_class: type[Event], *_: Any, **facts: Any) -> Event:
        office, by = facts.pop("office"), facts.pop("created_by")
        regions = tuple(facts.pop("regions"))
        event = events.actions.plan(office=office, facts=facts, by=by, regions=regions)
        return Event.objects.with_page().get(pk=event.pk)

    @factory.post_generation
    def went(self, create: bool, wanted: str | None, **details: Any) -> None:
        """`went="started"`, `"finished"`, `"reported"` or `"cancelled"`: how far it came."""
        if wanted == "started":
            events.actions.start(self, by=self.created_by)
        elif wanted in {"finished", "reported"}:
            events.actions.finish(self, by=self.created_by)
            if wanted == "reported":
                report(self)
        elif wanted == "cancelled":
            events.actions.cancel(self, reason="Camat berhalangan.", by=self.created_by)
        if wanted:
            self.refresh_from_db()


def report(event: Event) -> Letter:
    """File the report of what is over, under a number that was given elsewhere."""
    signer = papers.Signer(title="Ketua panitia", acting="", name="Ratna", rank="", nip="")
    signing = Signing(event.office.today(), signer)
    number = f"LAP-{event.pk}-{event.letters.count()}"
    return events.actions.file_report(event, signing, by=event.created_by, number=number)


class ParticipationFactory(Row):
    """A certificate of somebody who came to an event, ordered by its rule with those of others.

    `people` are who came; the first of them gets this one.
    """

    class Meta:
        model = Participation

    event = factory.LazyFunction(lambda: EventFactory(regions=[VillageFactory().region]))
    people = (events.actions.Person("Siti Aminah", "Desa Tieng"),)

    @classmethod
    def _create(cls, model_class: type[Participation], *_: Any, **facts: Any) -> Participation:
        event, people = facts["event"], facts["people"]
        office, by = event.office, event.created_by
        for kind in (PARTICIPANT, SPEAKER):
            NumberTemplateFactory(office=office, kind=kind.key, pattern="{nomor}/{kode}/{tahun}")
        noted = events.actions.attend(event, people, source=Source.OFFICER, by=by)
        if event.is_open:
            events.actions.finish(event, by=by)
        rule = {"categories": ["village", "agency", "public"], "contributions": ["speaker"]}
        rule |= {"dated": "event", "signer_title": "Kasubbag TU", "signer_name": "Hartini"}
        events.actions.write_certificate_rule(event, facts=rule, by=by)
        events.actions.order_certificates(event, by=by)
        found = Participation.objects.with_held().with_list()
        return found.get(attendee=noted.new[0])


class VisitFactory(Row):
    """An officer called, an hour ago, on a village that they guide."""

    class Meta:
        model = Visit

    assignment = factory.SubFactory(AssignmentFactory)
    visited_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    met = "Sekretaris desa"
    said = "Warga menanyakan syarat paspor."

    @classmethod
    def _create(cls, model_class: type[Visit], *_: Any, **facts: Any) -> Visit:
        sent = facts.pop("assignment")
        by = facts.pop("created_by", None) or sent.officer.user
        visit = events.actions.note_visit(sent, facts=facts, by=by)
        return Visit.objects.with_page().get(pk=visit.pk)


class FollowUpFactory(Row):
    """Something to be done after an event or a visit, in three days, by whoever planned it."""

    class Meta:
        model = FollowUp

    source = factory.SubFactory(EventFactory)
    what = factory.Sequence(lambda n: f"Kirim bahan paparan {n}")
    owner = factory.LazyAttribute(lambda o: o.source.created_by)
    due_on = factory.LazyAttribute(lambda o: o.source.office.today() + timedelta(days=3))

    @classmethod
    def _create(cls, model_class: type[FollowUp], *_: Any, **facts: Any) -> FollowUp:
        source, by = facts.pop("source"), facts.pop("created_by", None)
        facts["owner_id"] = facts.pop("owner").pk
        by = by or source.created_by
        item = events.actions.write_follow_up(source, facts=facts, by=by)
        return FollowUp.objects.with_page().get(pk=item.pk)


def checked_photo(mark: object = 0) -> CheckedFile:
    """A small photo as the inspection lets it through; each mark is another one."""
    out = io.BytesIO()
    Image.new("RGB", (32, 24), (40, 120, 200)).save(out, "JPEG", comment=str(mark).encode())
    return CheckedFile("foto.jpg", "image/jpeg", out.getvalue())


class PhotoFactory(Row):
    """A photo of an event or a visit."""

    class Meta:
        model = Photo

    source = factory.SubFactory(EventFactory)
    is_consented = True
    mark = factory.Sequence(lambda n: n)

    @classmethod
    def _create(cls, model_class: type[Photo], *_: Any, **facts: Any) -> Photo:
        source, files = facts["source"], [checked_photo(facts["mark"])]
        its = {"is_consented": facts["is_consented"], "by": source.created_by}
        [photo] = events.actions.add_photos(source, files, **its)
        return Photo.objects.with_page().get(pk=photo.pk)


class MaterialFactory(Row):
    """A PDF of a speaker at an event."""

    class Meta:
        model = Material

    event = factory.SubFactory(EventFactory)

    @classmethod
    def _create(cls, model_class: type[Material], *_: Any, **facts: Any) -> Material:
        event = facts["event"]
        told = {"contribution": "speaker", "name": "Ratna", "title": "Camat", "topic": "Paspor"}
        told["institution"] = "Kecamatan"
        person = events.actions.write_contributor(event, facts=told, by=event.created_by)
        file = CheckedFile("paparan.pdf", "application/pdf", small_pdf())
        material = events.actions.add_material(person, file, by=event.created_by)
        return Material.objects.with_page().get(pk=material.pk)
