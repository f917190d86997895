"""Offices: who sees which page, what a profile takes, and the office that one works in."""

import io
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.models import Office
from audit.models import Entry
from tests.factories import (
    DirectorateFactory,
    MembershipFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegionalOfficeFactory,
    UserFactory,
    head_of,
)

pytestmark = pytest.mark.django_db
PAGE = "/kantor/kanim-a/"
PROFILE = f"{PAGE}profil/"
KEPT = [PAGE, PROFILE, f"{PAGE}orang/tambah/", f"{PAGE}penomoran/designation/"]


@pytest.fixture
def office():
    return OfficeFactory(code="kanim-a")


@pytest.fixture
def admin(office):
    return UserFactory(admin_of=office)


def picture(kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "navy").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("address", KEPT)
def test_pages_of_an_office_are_for_its_administrator(sign_in, office, admin, address) -> None:
    assert sign_in(admin).get(address).status_code == 200
    assert sign_in(UserFactory(admin_of=DirectorateFactory())).get(address).status_code == 200


@pytest.mark.parametrize("address", KEPT)
def test_other_people_of_the_office_are_told_whose_pages_they_are(sign_in, office, address) -> None:
    for role in ("staff_of", "head_of"):
        response = sign_in(UserFactory(**{role: office})).get(address)

        assert response.status_code == 403
        assert "administrator" in response.content.decode()


@pytest.mark.parametrize("address", KEPT)
def test_an_office_is_unknown_to_strangers(sign_in, office, address) -> None:
    assert sign_in(UserFactory(admin_of=OfficeFactory())).get(address).status_code == 404
    assert sign_in(UserFactory()).get(address).status_code == 404


def test_an_observer_above_reads_and_does_not_keep(sign_in, office) -> None:
    observer = UserFactory(observer_of=RegionalOfficeFactory())

    assert sign_in(observer).get(PAGE).status_code == 403


def test_the_page_says_when_nobody_can_decide(sign_in, office, admin) -> None:
    assert "tidak ada kepala" in sign_in(admin).get(PAGE).content.decode()

    MembershipFactory(office=office, role="head")
    assert "tidak ada kepala" not in sign_in(admin).get(PAGE).content.decode()


def test_the_office_page_takes_the_same_queries_for_many_people(
    sign_in, office, admin, django_assert_max_num_queries
) -> None:
    for _ in range(30):
        MembershipFactory(office=office)
    NumberTemplateFactory(office=office)
    client = sign_in(admin)
    client.get(PAGE)

    # session, person, roles; office, its roles, its history and kind of record, its pattern
    with django_assert_max_num_queries(10):
        client.get(PAGE)


def test_the_list_of_offices_is_searched_and_filtered(sign_in) -> None:
    OfficeFactory(code="kanim-a", city="Wonosobo")
    OfficeFactory(code="kanim-b", city="Cilacap")
    client = sign_in(UserFactory(admin_of=DirectorateFactory()))

    found = client.get("/kantor/", {"q": "cilacap", "jenis": "immigration_office"})

    assert [o.code for o in found.context["page"]] == ["kanim-b"]
    assert "Tidak ada kantor" in client.get("/kantor/", {"q": "xyz"}).content.decode()


@pytest.mark.parametrize("text", ["\0", "cila\0cap", "%", "\\", "😀", "9" * 5000])
@pytest.mark.parametrize("field", ["q", "jenis", "halaman"])
def test_the_list_takes_whatever_is_asked(sign_in, field, text) -> None:
    client = sign_in(UserFactory(admin_of=DirectorateFactory()))

    assert client.get("/kantor/", {field: text}).status_code == 200


@pytest.mark.parametrize("field", ["sign_in_name", "name", "email", "role", "title", "starts_on"])
def test_an_unprintable_sign_in_a_form_is_an_error_of_its_field(
    sign_in, office, admin, field
) -> None:
    client = sign_in(admin)

    response = client.post(f"{PAGE}orang/tambah/", {field: "a\0b"})

    assert field in response.context["form"].errors
    assert client.get(f"{PAGE}orang/tambah/", {"peran": "\0", "status": "\0"}).status_code == 200
    assert client.post("/kantor-aktif/", {"office": "\0", "next": "\0"}).status_code == 404
    assert client.post("/kantor-aktif/", {"office": office.pk, "next": "\0"}).status_code == 302


def test_the_list_counts_people_by_the_day_of_each_office(sign_in, monkeypatch) -> None:
    east, west = OfficeFactory(timezone="Asia/Jayapura"), OfficeFactory()
    for office in (east, west):
        MembershipFactory(office=office, role="admin", starts_on=date(2026, 3, 2))
        MembershipFactory(office=office, ends_on=date(2026, 3, 1))
    late = datetime(2026, 3, 1, 16, tzinfo=UTC)  # the 2nd in Jayapura, still the 1st in Jakarta
    monkeypatch.setattr(timezone, "now", lambda: late)

    counted = Office.objects.with_list()

    assert [(o.people, o.admins) for o in (counted.get(pk=east.pk), counted.get(pk=west.pk))] == [
        (1, 1),
        (1, 0),
    ]


def test_the_list_counts_nobody_whose_role_awaits_its_confirmation() -> None:
    head = head_of(OfficeFactory())
    given = {"given_by": UserFactory(admin_of=head.office), "awaits": True}
    MembershipFactory(office=head.office, role="head", acting_kind="plh", **given)

    assert Office.objects.with_list().get(pk=head.office_id).people == 2


def test_the_list_takes_few_queries(sign_in, django_assert_max_num_queries) -> None:
    for _ in range(30):
        MembershipFactory(role="admin")
    client = sign_in(UserFactory(admin_of=DirectorateFactory()))
    client.get("/kantor/")

    # session, person, roles with what lies below; count and page of offices
    with django_assert_max_num_queries(10):
        client.get("/kantor/")


def test_other_administrators_are_sent_from_the_list_to_their_own(sign_in, office, admin) -> None:
    response = sign_in(admin).get("/kantor/", follow=True)

    assert response.request["PATH_INFO"] == PAGE


def test_a_profile_is_kept_and_remembered(sign_in, office, admin) -> None:
    sign_in(admin).post(
        PROFILE,
        {"address": "Jalan Baru 2", "letterhead": " KEMENTERIAN \n\n DITJEN ", "prints_nip": "on"},
    )

    office.refresh_from_db()
    assert office.address == "Jalan Baru 2"
    assert office.letterhead_lines() == ["KEMENTERIAN", "DITJEN"]
    assert (office.prints_rank, office.prints_nip) == (False, True)
    entry = Entry.objects.about(office).get(verb="office.profile_changed")
    assert entry.data["fields"] == ["address", "letterhead", "prints_rank"]


def test_saving_an_unchanged_profile_writes_nothing(sign_in, office, admin) -> None:
    same = {"address": office.address, "letterhead": "", "prints_nip": "on", "prints_rank": "on"}

    sign_in(admin).post(PROFILE, same)

    assert not Entry.objects.about(office).exists()


@pytest.mark.parametrize("lines", ["a\nb\nc\nd\ne", "x" * 91])
def test_a_letterhead_that_does_not_fit_is_refused(sign_in, office, admin, lines) -> None:
    response = sign_in(admin).post(PROFILE, {"letterhead": lines})

    assert "letterhead" in response.context["form"].errors


def test_an_emblem_is_drawn_anew_and_served_to_its_own_people(sign_in, office, admin) -> None:
    upload = SimpleUploadedFile("lambang.png", picture() + b"<script>", "image/png")

    sign_in(admin).post(PROFILE, {"emblem": upload, "prints_nip": "on", "prints_rank": "on"})

    office.refresh_from_db()
    with office.emblem.open() as kept:
        assert b"<script>" not in kept.read()
    seen = sign_in(UserFactory(staff_of=office)).get(f"{PAGE}lambang/")
    assert seen["Content-Type"] == "image/png"
    assert seen.content.startswith(b"\x89PNG")
    assert sign_in(UserFactory()).get(f"{PAGE}lambang/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content"), [("x.svg", b"<svg/>"), ("x.png", b"%PDF-1.7"), ("x.pdf", b"%PDF-1.7")]
)
def test_only_real_pictures_become_emblems(sign_in, office, admin, name, content) -> None:
    response = sign_in(admin).post(PROFILE, {"emblem": SimpleUploadedFile(name, content)})

    assert "emblem" in response.context["form"].errors


def test_an_emblem_is_taken_off(sign_in, office, admin) -> None:
    upload = SimpleUploadedFile("lambang.jpg", picture("JPEG"))
    client = sign_in(admin)
    client.post(PROFILE, {"emblem": upload})

    client.post(PROFILE, {"remove_emblem": "on"})

    office.refresh_from_db()
    assert not office.emblem
    assert client.get(f"{PAGE}lambang/").status_code == 404


# --- The office that one works in ---------------------------------------------------------------


def test_a_person_of_two_offices_chooses_where_they_work(client, sign_in, office) -> None:
    user, other = UserFactory(staff_of=office), OfficeFactory()
    MembershipFactory(user=user, office=other)
    sign_in(user)

    response = client.post("/kantor-aktif/", {"office": other.pk, "next": "/desa/"})

    assert response["Location"] == "/desa/"
    assert client.get("/desa/").wsgi_request.access.current_office == other


@pytest.mark.parametrize(
    "target", ["https://jahat.example/", "//jahat.example", "", "foo", "account_logout"]
)
def test_choosing_an_office_leads_nowhere_else(sign_in, office, target) -> None:
    user = UserFactory(staff_of=office)

    response = sign_in(user).post("/kantor-aktif/", {"office": office.pk, "next": target})

    assert response["Location"] == "/"


def test_an_office_of_others_cannot_be_chosen(sign_in, office) -> None:
    user = UserFactory(staff_of=OfficeFactory())

    for chosen in (office.pk, "x", ""):
        assert sign_in(user).post("/kantor-aktif/", {"office": chosen}).status_code == 404


def test_the_way_to_ones_own_office(sign_in, office, admin) -> None:
    national = UserFactory(admin_of=DirectorateFactory())

    assert sign_in(admin).get("/kantor-saya/")["Location"] == PAGE
    assert sign_in(national).get("/kantor-saya/")["Location"] == "/kantor/"
    assert sign_in(UserFactory()).get("/kantor-saya/").status_code == 404
