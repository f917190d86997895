"""Loads the demo: once, whole or not at all; and tells with what one signs in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.actions import Person
from accounts.models import Office, User
from villages import actions
from villages.demo.around import around
from villages.demo.founding import founding
from villages.demo.guides import COLLEAGUES_WHO_GUIDE, send_guides
from villages.demo.people import HOUSES, PASSWORD, Team, one_password, staff_the_offices
from villages.demo.profiles import note_profiles
from villages.demo.tables import bring_tables_in
from villages.demo.telling import decide, prepare
from villages.models import ContactRole, Region, Village


@dataclass(frozen=True, slots=True)
class Official:
    """Who signs in for a village, and who else speaks for it."""

    region: str
    office: str
    name: str
    head: str
    mail: str = ""  # without one, by the village's code
    title: str = "Sekretaris Desa"
    address: str = ""


OFFICIALS = (
    Official("33.07.06.2009", "kanim-wonosobo", "Retno Asih Prameswari", "Sugeng Hartoyo Wicaksana",
             "desa@pakuncen.example", address="Jalan Raya Selomerto, Pakuncen"),
    Official("33.07.06.2015", "kanim-wonosobo", "Joko Tri Handaru", "Turyanto Hadinegara",
             address="Dusun Krajan, Plobangan"),
    Official("33.07.02.2005", "kanim-wonosobo", "Umi Khasanah Wibawa", "Ngadiman Surya Laksana"),
    Official("63.02.15.2002", "kanim-batulicin", "Hamdani Syukur Bahri", "Jumbrani Arsyad",
             "desa@gendangtimburu.example"),
    Official("15.01.21.2009", "kanim-kerinci", "Yosi Marlinda Putri", "Aswir Rio",
             "desa@kotoduabaru.example"),
)  # fmt: skip


class NotReady(Exception):
    """The demo stands on regions and offices; the message says what to load first."""


def is_loaded() -> bool:
    """Whether the demo's people are here already."""
    return User.objects.filter(username=HOUSES[0].posts[0].nip).exists()


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many sheets, and who works in which office."""

    sheets: int
    teams: Mapping[str, Team]


def load() -> Loaded:
    """Load everything in one transaction. The papers of its sheets are drawn afterwards."""
    _require_ground()
    with transaction.atomic(), one_password():
        teams = staff_the_offices()
        told = founding() + around(timezone.localdate())
        tellings = [
            prepare(case, teams[case.office]) for case in sorted(told, key=lambda it: it.begun)
        ]
        # By the day of the decision, as the registers gave their numbers.
        for telling in sorted(tellings, key=lambda it: it.case.decided_on):
            decide(telling)
        for official in OFFICIALS:
            _welcome(official, teams[official.office])
        note_profiles(teams)
        send_guides(teams)
        bring_tables_in(teams)
    return Loaded(len(tellings), teams)


def sign_ins() -> Iterator[tuple[str, str, str]]:
    """What to type, as what, and where: the table that `make run` prints."""
    for house in HOUSES:
        office = Office.objects.get(code=house.code)
        for post in sorted(house.posts, key=lambda it: it.order):
            signs_in_with = f"{post.mail}@{house.domain}" if post.mail else post.nip
            role = f"{post.acting.capitalize()}. {post.title}" if post.acting else post.role.label
            if (house.code, f"{post.role} {post.key}") in COLLEAGUES_WHO_GUIDE:
                role = f"{role}, PIMPASA"
            role = role if post.mail else f"{role} (masuk dengan NIP)"
            yield signs_in_with, role, office.short_name
    for official in OFFICIALS:
        region = Region.objects.with_path().get(code=official.region)
        signs_in_with = official.mail or official.region.replace(".", "")
        title = official.title if official.mail else f"{official.title} (masuk dengan kode desa)"
        yield signs_in_with, title, f"{region.full_name}, {region.regency.full_name}"


def _require_ground() -> None:
    codes = {house.code for house in HOUSES}
    if Office.objects.filter(code__in=codes).count() < len(codes) or not Region.objects.exists():
        raise NotReady("Muat wilayah dan kantor dahulu: import_regions, lalu import_offices.")


def _welcome(official: Official, team: Team) -> None:
    """Give the village its account, its address and the people who speak for it."""
    village = Village.objects.select_related("region", "office").get(region__code=official.region)
    staff = team["staff 1"]
    if official.address:
        actions.update_village(village, changes={"address": official.address}, by=staff)
    speakers = (
        (ContactRole.HEAD, official.head, "Kepala Desa", ""),
        (ContactRole.SECRETARY, official.name, official.title, "0812-0000-0101"),
    )
    for role, name, title, phone in speakers:
        facts = {"role": role, "name": name, "title": title, "phone": phone}
        actions.write_contact(village, facts=facts, by=staff)
    person = Person(official.name, email=official.mail)
    if official.mail:
        person = Person(official.name, official.mail, official.mail)
    actions.give_account(
        village, person=person, title=official.title, by=team["admin 1"], password=PASSWORD
    )
