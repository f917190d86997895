"""The invented people of the demo: who works where, and with what they sign in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.test.utils import override_settings
from django.utils import timezone

import accounts.actions
import certificates.actions
from accounts.actions import Person
from accounts.models import ActingKind, Membership, Office, Role, User
from villages.assignment_letters import ASSIGNMENT_LETTER
from villages.models.designation import PAPER

PASSWORD = "desa-binaan-2026"  # noqa: S105 - public: it opens nothing but invented data
SINCE = date(2023, 1, 2)


@dataclass(frozen=True, slots=True)
class Post:
    """A person in an office: by which role, and under which of its titles."""

    role: Role
    key: str  # how the stories call them, unique in the office
    name: str
    nip: str
    title: str
    rank: str
    since: date = SINCE
    acting: str = ""
    mail: str = ""  # the part before the @; only for those who sign in often

    @property
    def order(self) -> tuple[int, str]:
        """Where they stand in the list of sign-ins."""
        return list(Role).index(self.role), self.key


@dataclass(frozen=True, slots=True)
class House:
    """An office of the demo: its people, its address and how it numbers its certificates."""

    code: str
    domain: str
    address: str = ""
    phone: str = ""  # numbers that nobody has: none begins with three noughts
    unit: str = ""
    pattern: str = ""
    posts: tuple[Post, ...] = ()


STAFF, HEAD, ADMIN = Role.STAFF, Role.HEAD, Role.ADMIN
TIKKIM = "Kasubsi Teknologi Informasi Keimigrasian"
INFOKOM = "Kasubsi Informasi dan Komunikasi Keimigrasian"
INTEL = "Kasubsi Intelijen Keimigrasian"
CLERK = "Analis Keimigrasian"
TU = "Kepala Urusan Umum"
CHIEF = "Kepala Kantor"
LETTERS = "ST-{nomor}/PERAGAAN/{kode}/{romawi}/{tahun}"
BY_MONTH = "{nomor}/PERAGAAN/{kode}/{romawi}/{tahun}"
BY_YEAR = "PERAGAAN-{nomor}.{kode}.{klasifikasi} Tahun {tahun}"

HOUSES = (
    House(
        "kanim-wonosobo",
        "wonosobo.example",
        "Jalan Raya Banyumas Km 5,5, Wonosobo",
        "(0286) 000 100",
        "WSB",
        BY_MONTH,
        (
            Post(STAFF, "1", "Laras Widyaningtyas", "199104122014032007", TIKKIM, "III/b",
                 mail="petugas"),
            Post(STAFF, "2", "Damar Panji Nugraha", "199609232019011004", CLERK, "III/a"),
            Post(HEAD, "1", "Hendarto Wirasena", "197508172000031012", CHIEF, "IV/a",
                 mail="kepala"),
            Post(HEAD, "2", "Sekarningrum Palupi", "198211052006042009", CHIEF, "III/d",
                 acting=ActingKind.PLH, mail="plh"),
            Post(ADMIN, "1", "Tirto Baskara Aji", "198807302010121005", TU, "III/b",
                 mail="admin"),
        ),
    ),
    House(
        "kanim-cilacap",
        "cilacap.example",
        "Jalan Urip Sumoharjo, Cilacap",
        "(0282) 000 100",
        "CLP",
        BY_YEAR,
        (
            Post(STAFF, "1", "Gilang Mahardika Putra", "199002142012121006", TIKKIM, "III/b",
                 mail="petugas"),
            Post(STAFF, "2", "Nastiti Rahayuningsih", "199312272018012003", INFOKOM, "III/a"),
            Post(HEAD, "1", "Wijanarko Sutapradja", "197204191997031008", CHIEF, "IV/a",
                 mail="kepala"),
            Post(ADMIN, "1", "Endah Puspitaloka", "198905062011012004", TU, "III/b",
                 mail="admin"),
        ),
    ),
    House(
        "kanim-batulicin",
        "batulicin.example",
        "Jalan Dharma Praja, Batulicin",
        "(0518) 000 100",
        "BTL",
        BY_MONTH,
        (
            Post(STAFF, "1", "Noor Ramadhani Idris", "199203182015021009", INTEL, "III/b",
                 mail="petugas"),
            Post(STAFF, "2", "Maulidatul Hasanah", "199711092020122006", CLERK, "III/a"),
            Post(HEAD, "1", "Ardiansyah Gazali Noor", "197611231999031005", CHIEF, "III/d",
                 mail="kepala"),
            Post(ADMIN, "1", "Rusmiati Fajriah", "198701152009122008", TU, "III/b",
                 mail="admin"),
        ),
    ),
    House(
        "kanim-jember",
        "jember.example",
        "Jalan Letjen D.I. Panjaitan, Jember",
        "(0331) 000 100",
        "JBR",
        BY_YEAR,
        (
            Post(STAFF, "1", "Yoga Prasetya Wardhana", "198912012013011007", TIKKIM, "III/c",
                 mail="petugas"),
            Post(STAFF, "2", "Fitrotun Nadhifah", "199508172019032010", INFOKOM, "III/a"),
            Post(HEAD, "1", "Suryadarma Ismoyo", "197101091996031003", CHIEF, "IV/a",
                 mail="kepala"),
            Post(ADMIN, "1", "Dwi Retnaning Kusuma", "198306252008122002", TU, "III/c",
                 mail="admin"),
        ),
    ),
    House(
        "kanim-kerinci",
        "kerinci.example",
        "Jalan Jenderal Sudirman, Sungai Penuh",
        "",
        "KRC",
        BY_MONTH,
        (
            Post(STAFF, "1", "Depatri Yulianda", "199006302014021008", INTEL, "III/b",
                 mail="petugas"),
            Post(STAFF, "2", "Rahmi Oktaviani Jamal", "199410112018122005", CLERK, "III/a"),
            Post(HEAD, "1", "Zulhendri Rio Sandaran", "197709282001121004", CHIEF, "III/d",
                 mail="kepala"),
            Post(ADMIN, "1", "Murniwati Depati", "198502142010122007", TU, "III/b",
                 mail="admin"),
        ),
    ),
    House(
        "rudenim-semarang",
        "rudenim-semarang.example",
        posts=(
            Post(ADMIN, "1", "Agung Cahyo Prabowo", "198409172009121003", TU, "III/b",
                 mail="admin"),
        ),
    ),
    House(
        "kanwil-jawa-tengah",
        "jateng.example",
        posts=(
            Post(Role.OBSERVER, "1", "Pramudita Adiwilaga", "198003272005011006",
                 "Kepala Bagian Tata Usaha dan Umum", "IV/a", mail="pengamat"),
        ),
    ),
    House(
        "ditjen",
        "ditjen.example",
        posts=(
            Post(ADMIN, "1", "Kinanti Ayuningrat", "198606142009122003",
                 "Pengelola Desa Binaan Imigrasi Nasional", "III/d", mail="admin"),
        ),
    ),
)  # fmt: skip


class QuickHasher(PBKDF2PasswordHasher):
    """A way to keep passwords with little work, for as long as the demo is being loaded."""

    iterations = 1_000


@contextmanager
def one_password() -> Iterator[None]:
    """A tenth of a second for each account is right for a secret, and wrong for a published one.

    So it is worked out once, as the portal keeps passwords, and all get the same: a name that is
    known would else answer a wrong password sooner than one that is not.
    """
    hasher = f"{QuickHasher.__module__}.{QuickHasher.__qualname__}"
    with override_settings(PASSWORD_HASHERS=[hasher]):
        yield
    quick = f"{QuickHasher.algorithm}${QuickHasher.iterations}$"
    User.objects.filter(password__startswith=quick).update(password=make_password(PASSWORD))


@dataclass(frozen=True, slots=True)
class Team:
    """An office with its people at hand, as the stories need them."""

    office: Office
    people: dict[str, Membership]  # "staff 1", "head 1" …
    unit: str  # the office's own code in its numbers

    def __getitem__(self, who: str) -> User:
        return self.people[who].user

    @property
    def head(self) -> Membership:
        """The head proper."""
        return self.people["head 1"]


def staff_the_offices() -> dict[str, Team]:
    """Open the accounts of all offices, with their roles and number templates."""
    return {house.code: _team(house) for house in HOUSES}


def _team(house: House) -> Team:
    office = Office.objects.select_related("parent__parent").get(code=house.code)
    people: dict[str, Membership] = {}
    for post in house.posts:  # whoever acts for the head is noted by the head, who comes before
        by = people["head 1"].user if post.acting else None
        people[f"{post.role} {post.key}"] = _appoint(office, post, house, by=by)
    team = Team(office, people, house.unit)
    if house.unit:
        admin = team["admin 1"]
        told = {"address": house.address, "phone": house.phone}
        accounts.actions.change_profile(office, changes=told, by=admin)
        for kind, pattern in ((PAPER, house.pattern), (ASSIGNMENT_LETTER.key, LETTERS)):
            chosen = {
                "pattern": pattern,
                "unit_code": house.unit,
                "classification": "GR.03.05",
                "serial_width": 3,
            }
            certificates.actions.choose_number_template(office, kind, chosen=chosen, by=admin)
    return team


def _appoint(office: Office, post: Post, house: House, *, by: User | None) -> Membership:
    mail = f"{post.mail}@{house.domain}" if post.mail else ""
    person = Person(post.name, post.nip, mail, post.rank)
    user, _ = accounts.actions.create_user(person, by=None, password=PASSWORD)
    membership = Membership(
        user=user,
        office=office,
        role=post.role,
        acting_kind=post.acting,
        title=post.title,
        starts_on=post.since,
    )
    if not post.acting:
        return accounts.actions.start_membership(membership, by=by)
    # While the head is away for a few days: now, and noted when that began.
    membership.starts_on = office.today() - timedelta(days=2)
    membership.ends_on = office.today() + timedelta(days=5)
    noted = timezone.now() - timedelta(days=2)
    return accounts.actions.start_membership(membership, by=by, at=noted)
