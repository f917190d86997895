"""The tree of offices: opened, changed, moved by the national administrator, and kept in order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts import offices
from accounts.models import Membership, Office
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DesignationFactory,
    DirectorateFactory,
    MembershipFactory,
    OfficeFactory,
    RegionalOfficeFactory,
    UserFactory,
)
from tests.races import just_before, together

pytestmark = pytest.mark.django_db
BASIS = "Permenimipas Nomor 1 Tahun 2025"
NEW = {
    "kind": "immigration_office",
    "office_class": "Kelas II Non TPI",
    "city": "Garut",
    "timezone": "Asia/Jakarta",
    "basis": BASIS,
}


@pytest.fixture
def kanwil():
    return RegionalOfficeFactory()


@pytest.fixture
def nation():
    return UserFactory(admin_of=DirectorateFactory())


@pytest.fixture
def browser(sign_in, nation) -> Client:
    return sign_in(nation)


# --- Opening -------------------------------------------------------------------------------------


def test_a_new_office_gets_its_name_and_code_and_the_next_steps(browser, nation, kanwil) -> None:
    answer = browser.post("/kantor/tambah/", {**NEW, "parent": kanwil.pk}, follow=True)

    office = Office.objects.get(code="kanim-garut")
    assert office.name == "Kantor Imigrasi Kelas II Non TPI Garut"
    assert office.short_name == "Kantor Imigrasi Garut"
    assert answer.request["PATH_INFO"] == "/kantor/kanim-garut/langkah/"
    page = answer.content.decode()
    for step in ("wilayah/", "undang/?peran=admin", "terima-desa/", "undang/?peran=head"):
        assert f"/kantor/kanim-garut/{step}" in page
    for subject in (office, kanwil):
        entry = Entry.objects.about(subject).get(verb="office.opened")
        assert (entry.by, BASIS in entry.note) == (nation, True)


@pytest.mark.django_db(transaction=True)
def test_two_offices_with_one_code_at_once_are_one_office_and_a_sentence(nation, kanwil) -> None:
    facts = {"code": "kanim-garut", "name": "A", "kind": "immigration_office", "parent": kanwil}

    second = just_before(
        lambda: offices.open_office(facts, basis=BASIS, by=nation),
        lambda: offices.open_office({**facts, "name": "B"}, basis=BASIS, by=nation),
    )

    assert isinstance(second, ValidationError)
    assert set(second.message_dict) == {"code"}
    assert Office.objects.get(code="kanim-garut").name == "A"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"city": ""}, "city"),
        ({"basis": ""}, "basis"),
        ({"parent": ""}, "parent"),
        ({"kind": "directorate"}, "kind"),
        ({"kind": "regional"}, "parent"),
        ({"office_class": "Kelas IX"}, "office_class"),
        ({"timezone": "Europe/Paris"}, "timezone"),
        ({"code": "tambah"}, "code"),
        ({"code": "kanim-lama"}, "code"),
        ({"code": "kanim/x"}, "code"),
        ({"name": "kantor imigrasi lama"}, "name"),
        ({"city": "a\0b"}, "city"),
    ],
)
def test_an_office_that_cannot_be_is_an_error_of_its_field(browser, kanwil, changed, field) -> None:
    OfficeFactory(code="kanim-lama", name="Kantor Imigrasi Lama", parent=kanwil)
    before = Office.objects.count()

    answer = browser.post("/kantor/tambah/", {**NEW, "parent": kanwil.pk, **changed})

    assert field in answer.context["form"].errors
    assert Office.objects.count() == before


def test_a_kanwil_has_no_class_and_stands_below_the_ditjen(browser) -> None:
    ditjen = DirectorateFactory()
    asked = {**NEW, "kind": "regional", "city": "Papua Selatan", "parent": ditjen.pk}

    browser.post("/kantor/tambah/", asked)

    kanwil = Office.objects.get(code="kanwil-papua-selatan")
    assert (kanwil.kind, kanwil.office_class, kanwil.parent) == ("regional", "", ditjen)


# --- Changing ------------------------------------------------------------------------------------


def test_a_class_changes_and_the_name_with_it_while_papers_keep_the_old_one(
    browser, nation
) -> None:
    office = OfficeFactory(
        code="kanim-tangerang",
        office_class="Kelas I Non TPI",
        name="Kantor Imigrasi Kelas I Non TPI Tangerang",
    )
    sheet = DesignationFactory(office=office, approved=True)
    asked = {"office_class": "Kelas I Khusus Non TPI", "name": office.name, "city": "Tangerang"}

    browser.post(
        "/kantor/kanim-tangerang/ubah/", {**asked, "timezone": "Asia/Jakarta", "basis": BASIS}
    )

    office.refresh_from_db()
    assert office.name == "Kantor Imigrasi Kelas I Khusus Non TPI Tangerang"
    shown = Client().get(f"/v/{sheet.certificate.code}").content.decode()
    assert "Dikeluarkan oleh Kantor Imigrasi Kelas I Non TPI Tangerang" in shown
    entry = Entry.objects.about(office).get(verb="office.changed")
    assert "kelas: Kelas I Non TPI → Kelas I Khusus Non TPI" in entry.note
    assert (entry.by, BASIS in entry.note) == (nation, True)


@pytest.mark.parametrize(
    ("name", "old", "new", "named"),
    [
        ("Kantor Imigrasi Garut", "", "Kelas II TPI", "Kantor Imigrasi Kelas II TPI Garut"),
        ("Kantor Imigrasi Kelas II TPI Garut", "Kelas II TPI", "", "Kantor Imigrasi Garut"),
        ("Kanim Istimewa", "", "Kelas I TPI", "Kanim Istimewa"),
    ],
)
def test_a_name_follows_the_class_where_it_says_one(name, old, new, named) -> None:
    office = OfficeFactory.build(name=name, office_class=old, parent=None)

    assert offices.renamed(office, new) == named


def test_saving_what_is_already_so_writes_nothing(browser) -> None:
    office = OfficeFactory(code="kanim-a")
    same = {name: getattr(office, name) for name in ("office_class", "name", "city", "timezone")}

    browser.post("/kantor/kanim-a/ubah/", {**same, "basis": BASIS})

    assert not Entry.objects.about(office).exists()


# --- Moving --------------------------------------------------------------------------------------


def test_an_office_moves_below_another_kanwil_with_what_is_read_there(sign_in, nation) -> None:
    office, there = OfficeFactory(code="kanim-a"), RegionalOfficeFactory(code="kanwil-b")
    sheet = DesignationFactory(office=office, submitted=True)
    before, after = UserFactory(observer_of=office.parent), UserFactory(observer_of=there)
    page = f"/penetapan/{sheet.pk}/"
    assert [sign_in(it).get(page).status_code for it in (before, after)] == [200, 404]

    asked = {"parent": there.pk, "basis": BASIS}
    sign_in(nation).post("/kantor/kanim-a/pindahkan/", asked)

    assert [sign_in(it).get(page).status_code for it in (before, after)] == [404, 200]
    for subject in (office, office.parent, there):
        assert Entry.objects.about(subject).filter(verb="office.moved").count() == 1


def test_no_office_stands_below_itself_or_below_another_kanim(browser, kanwil) -> None:
    office, other = OfficeFactory(code="kanim-a"), OfficeFactory()

    for parent in (office, other):
        answer = browser.post("/kantor/kanim-a/pindahkan/", {"parent": parent.pk, "basis": BASIS})
        assert "parent" in answer.context["form"].errors

    office.refresh_from_db()
    assert office.parent == kanwil


# --- What the database keeps ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("child", "parent"),
    [("kanim", "kanim"), ("kanim", "rudenim"), ("kanwil", "kanwil"), ("kanwil", "kanim")],
)
def test_the_database_knows_which_unit_stands_below_which(child, parent) -> None:
    made = {
        "kanwil": lambda code: RegionalOfficeFactory(code=code),
        "kanim": lambda code: OfficeFactory(code=code),
        "rudenim": lambda code: OfficeFactory(code=code, kind="detention_house"),
    }
    below, above = made[child]("x"), made[parent]("y")

    with pytest.raises(IntegrityError, match="stands below"):
        Office.objects.filter(pk=below.pk).update(parent=above)


def test_the_database_keeps_the_kind_and_one_directorate(kanwil) -> None:
    for change in ({"kind": "immigration_office"}, {"kind": "directorate", "parent": None}):
        with pytest.raises(IntegrityError, match="kind"), transaction.atomic():
            Office.objects.filter(pk=kanwil.pk).update(**change)
    with pytest.raises(IntegrityError, match="office_one_directorate"):
        DirectorateFactory(code="ditjen-kedua")


def test_the_database_lets_nobody_serve_in_a_closed_office() -> None:
    office = OfficeFactory()
    today = office.today()
    over = MembershipFactory(office=office, ends_on=today - timedelta(days=1))
    serving = MembershipFactory(office=office)

    with pytest.raises(IntegrityError, match="somebody serves"), transaction.atomic():
        Office.objects.filter(pk=office.pk).update(closed_on=today)
    Membership.objects.filter(pk=serving.pk).update(ends_on=today - timedelta(days=1))
    Office.objects.filter(pk=office.pk).update(closed_on=today)

    with pytest.raises(IntegrityError, match="closed office"), transaction.atomic():
        MembershipFactory(office=office, starts_on=date(2020, 1, 1))
    with pytest.raises(IntegrityError, match="closed office"):
        Membership.objects.filter(pk=over.pk).update(ends_on=None)


def test_a_closed_kanwil_has_no_open_unit(kanwil) -> None:
    office = OfficeFactory()

    with pytest.raises(IntegrityError, match="units below"), transaction.atomic():
        Office.objects.filter(pk=kanwil.pk).update(closed_on=kanwil.today())
    Office.objects.filter(pk=office.pk).update(closed_on=kanwil.today())
    Office.objects.filter(pk=kanwil.pk).update(closed_on=kanwil.today())

    with pytest.raises(IntegrityError, match="one that is open"):
        OfficeFactory()


def test_an_office_is_not_moved_below_a_closed_one(nation) -> None:
    office, there = OfficeFactory(), RegionalOfficeFactory(code="kanwil-b")
    Office.objects.filter(pk=there.pk).update(closed_on=there.today())

    with pytest.raises(TransitionRefused, match="sudah ditutup"):
        offices.move_office(office, to=there, basis=BASIS, by=nation)


@pytest.mark.django_db(transaction=True)
def test_a_kanwil_that_closes_while_an_office_comes_below_it_does_not_do_both() -> None:
    nation = UserFactory(admin_of=DirectorateFactory())
    office, there = OfficeFactory(), RegionalOfficeFactory(code="kanwil-b")

    def close() -> None:
        Office.objects.filter(pk=there.pk).update(closed_on=there.today())

    outcomes = together(
        close, lambda: offices.move_office(office, to=there, basis=BASIS, by=nation)
    )

    office.refresh_from_db()
    there.refresh_from_db()
    assert (there.closed_on is None) == (office.parent == there), outcomes


# --- The list ------------------------------------------------------------------------------------


def test_the_list_is_filtered_by_class_and_whether_it_is_closed(browser) -> None:
    OfficeFactory(code="kanim-a", office_class="Kelas I TPI")
    closed = OfficeFactory(code="kanim-b", office_class="Kelas I TPI")
    Office.objects.filter(pk=closed.pk).update(closed_on=closed.today())
    tomorrow = OfficeFactory(code="kanim-c", office_class="Kelas II TPI")
    Office.objects.filter(pk=tomorrow.pk).update(closed_on=closed.today() + timedelta(days=1))

    def codes(**asked: str) -> set[str]:
        page = browser.get("/kantor/", {"jenis": "immigration_office", **asked}).context["page"]
        return {office.code for office in page}

    assert codes() == {"kanim-a", "kanim-c"}
    assert codes(kelas="Kelas I TPI") == {"kanim-a"}
    assert codes(keadaan="closed") == {"kanim-b"}
    assert codes(q="KANIM-C") == {"kanim-c"}


@pytest.mark.parametrize("address", ["tambah/", "kanim-a/ubah/", "kanim-a/pindahkan/"])
def test_the_tree_is_kept_by_the_national_administrator_alone(sign_in, address) -> None:
    office = OfficeFactory(code="kanim-a")
    for role in ("staff_of", "head_of", "admin_of"):
        answer = sign_in(UserFactory(**{role: office})).get(f"/kantor/{address}")
        assert answer.status_code == 403
        assert "administrator nasional" in answer.content.decode()
