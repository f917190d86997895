"""The address book of an office: whom it invites, found by kind and place, kept to itself."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.models import Institution, InstitutionKind
from tests.factories import OfficeFactory, RegionFactory, UserFactory

pytestmark = pytest.mark.django_db

LIST, ADD = reverse("events:institutions"), reverse("events:institution_add")
PHONE = "0000123456"
POLICE = {
    "kind": "police",
    "institution": "Polsek Selomerto",
    "title": "Kapolsek Selomerto",
    "person": "",
    "phone": PHONE,
    "region_id": "",
}


@pytest.fixture
def district(office):
    return RegionFactory().district


def write(office, by, **changes) -> Institution:
    facts = {**POLICE, "region_id": None, **changes}
    return actions.write_institution(office, facts=facts, by=by)


def test_an_institution_is_noted_once(client, office, staff, district) -> None:
    client.force_login(staff)
    typed = POLICE | {"region_id": str(district.pk)}

    client.post(ADD, typed)
    client.post(ADD, typed)
    page = client.get(LIST).content.decode()

    entry = Institution.objects.get()
    assert (entry.office, entry.region, entry.created_by) == (office, district, staff)
    assert "Kapolsek Selomerto" in page
    assert district.full_name in page
    assert PHONE in page


def test_the_same_title_in_other_letters_is_the_same(client, office, staff) -> None:
    write(office, staff)
    client.force_login(staff)

    typed = POLICE | {"title": "KAPOLSEK  SELOMERTO.", "phone": ""}
    answer = client.post(ADD, typed)

    assert "sudah ada di buku alamat" in answer.content.decode()
    its = {"kind": "police", "created_by": staff, "institution": "polsek selomerto"}
    with pytest.raises(IntegrityError, match="institution_once"), transaction.atomic():
        Institution.objects.create(office=office, title="Kapolsek-Selomerto", **its)
    elsewhere = OfficeFactory()
    assert write(elsewhere, UserFactory(staff_of=elsewhere)).pk


def test_the_longest_words_have_their_key(office, staff) -> None:
    for sign in ("M", "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "\N{SQUARE RAD OVER S SQUARED}"):
        entry = write(office, staff, institution=sign * 160, title=sign * 160)

        entry.refresh_from_db()
        assert "/" in entry.key


def test_what_is_noted_says_what_it_is() -> None:
    office = OfficeFactory()
    its = {"office": office, "created_by": UserFactory(staff_of=office)}
    words = {"institution": "Polsek", "title": "Kapolsek"}

    for wrong in ({"kind": "king", **words}, {"kind": "police", **words, "title": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Institution.objects.create(**its, **wrong)


def test_it_is_mended_and_no_telephone_is_remembered(client, office, staff) -> None:
    entry = write(office, staff)
    client.force_login(staff)
    form = client.get(entry.get_absolute_url()).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}

    client.post(entry.get_absolute_url(), sent | {"phone": "0000999888", "person": "Slamet"})

    entry.refresh_from_db()
    assert (entry.phone, entry.person) == ("0000999888", "Slamet")
    remembered = "".join(f"{it.note} {it.data}" for it in Entry.objects.about(entry))
    assert "Kapolsek Selomerto" in remembered
    assert PHONE not in remembered
    assert "0000999888" not in remembered


def test_a_place_that_passed_to_another_office_stays_noted(client, office, staff) -> None:
    elsewhere = RegionFactory(code="35.09.11.2001").district
    entry = write(office, staff, region_id=elsewhere.pk)
    client.force_login(staff)
    form = client.get(entry.get_absolute_url()).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}

    answer = client.post(entry.get_absolute_url(), sent | {"person": "Slamet"})

    assert answer.status_code == 302
    entry.refresh_from_db()
    assert (entry.person, entry.region) == ("Slamet", elsewhere)


def test_it_is_found_by_words_kind_and_place(client, office, staff, district) -> None:
    write(office, staff, region_id=district.pk)
    write(office, staff, kind="ngo", institution="Migrant CARE", title="Direktur")
    write(office, staff, kind="manpower", institution="Disnaker", title="Kepala Disnaker",
          region_id=district.regency.pk)  # fmt: skip
    client.force_login(staff)

    def found(**asked: str) -> list[str]:
        return [it.institution for it in client.get(LIST, asked).context["page"]]

    assert found() == ["Disnaker", "Polsek Selomerto", "Migrant CARE"]
    assert found(q="migrant") == ["Migrant CARE"]
    assert found(q="KAPOLSEK") == ["Polsek Selomerto"]
    assert found(q="kapol\0sek") == []
    assert found(jenis="police") == ["Polsek Selomerto"]
    assert found(wilayah=district.code) == ["Polsek Selomerto"]
    assert found(wilayah=district.regency.code) == ["Disnaker", "Polsek Selomerto"]
    assert found(wilayah="99", jenis="king") == found()
    assert "Tidak ada yang cocok" in client.get(LIST, {"q": "xyzzy"}).content.decode()


def test_who_is_invited_no_more_may_be_again(client, office, staff) -> None:
    entry = write(office, staff)
    client.force_login(staff)

    for _ in range(2):
        client.post(reverse("events:institution_retire", args=[entry.pk]))
    assert list(client.get(LIST).context["page"]) == []
    assert list(client.get(LIST, {"status": "lama"}).context["page"]) == [entry]
    assert "Pakai lagi" in client.get(entry.get_absolute_url()).content.decode()
    client.post(reverse("events:institution_restore", args=[entry.pk]))

    assert list(client.get(LIST).context["page"]) == [entry]
    verbs = list(Entry.objects.about(entry).values_list("verb", flat=True))
    assert verbs == ["institution.restored", "institution.retired", "institution.written"]


def test_whose_place_is_taken_does_not_come_back(office, staff) -> None:
    entry = actions.retire_institution(write(office, staff), by=staff)
    write(office, staff, phone="")

    with pytest.raises(TransitionRefused, match="sudah ada di buku alamat"):
        actions.restore_institution(entry, by=staff)
    with pytest.raises(ValidationError):
        write(office, staff, person="Slamet")


def test_the_book_is_kept_by_the_staff_of_its_office(client, office, staff) -> None:
    entry = write(office, staff)
    client.force_login(UserFactory(head_of=office))

    assert client.get(LIST).status_code == 403
    assert client.get(entry.get_absolute_url()).status_code == 403


def test_every_kind_has_its_word() -> None:
    assert len({kind.label for kind in InstitutionKind}) == len(InstitutionKind)
    assert all(len(kind) <= 20 for kind in InstitutionKind)
