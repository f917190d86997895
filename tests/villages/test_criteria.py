"""Criteria: kept by the national administrator; what was ticked keeps its meaning."""

import pytest
from django.db import IntegrityError

from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from tests.factories import DesignationFactory, DirectorateFactory, OfficeFactory, UserFactory
from villages import actions
from villages.models import Criterion

pytestmark = pytest.mark.django_db


@pytest.fixture
def national():
    return UserFactory(admin_of=DirectorateFactory())


@pytest.fixture
def used():
    return DesignationFactory(complete=True).findings.get().criterion


def order() -> list[str]:
    return list(Criterion.objects.values_list("key", flat=True))


def test_a_new_criterion_stands_last_and_is_offered(client, national) -> None:
    client.force_login(national)

    client.post("/kriteria/tambah/", {"label": "Desa pesisir", "hint": "Di tepi laut."})

    criterion = Criterion.objects.get(label="Desa pesisir")
    assert order()[-1] == criterion.key == "desa-pesisir"
    assert criterion in Criterion.objects.published()
    assert Entry.objects.about(criterion).get().by == national


def test_the_same_words_twice_get_keys_of_their_own(national) -> None:
    keys = [actions.add_criterion(label="Pesisir", hint="", by=national).key for _ in range(3)]

    assert keys == ["pesisir", "pesisir-2", "pesisir-3"]


def test_unused_it_is_reworded(client, national) -> None:
    criterion = actions.add_criterion(label="Pesisir", hint="", by=national)
    client.force_login(national)

    client.post(f"/kriteria/{criterion.pk}/ubah/", {"label": "Desa pesisir", "hint": "Laut."})

    criterion.refresh_from_db()
    assert (criterion.label, criterion.hint) == ("Desa pesisir", "Laut.")
    reworded = Entry.objects.about(criterion).get(verb="criterion.reworded")
    assert reworded.note == "Pesisir → Desa pesisir"


def test_used_it_keeps_its_words(client, national, used) -> None:
    client.force_login(national)

    assert "tidak dapat diubah lagi" in client.get(f"/kriteria/{used.pk}/ubah/").content.decode()
    answer = client.post(f"/kriteria/{used.pk}/ubah/", {"label": "Lain", "hint": ""}, follow=True)

    assert "sudah dipakai" in answer.content.decode()
    assert Criterion.objects.get(pk=used.pk).label == used.label
    with pytest.raises(TransitionRefused):
        actions.reword_criterion(used, label="Lain", hint="", by=national)


def test_the_database_itself_refuses_other_words(used) -> None:
    with pytest.raises(IntegrityError, match="keeps its words"):
        Criterion.objects.filter(pk=used.pk).update(hint="Lain")


def test_retired_it_is_offered_no_more_and_sheets_keep_it(client, national, used) -> None:
    client.force_login(national)

    client.post(f"/kriteria/{used.pk}/masa-berlaku/", {"berlaku": "0"})
    assert used not in Criterion.objects.published()
    assert DesignationFactory._meta.model.objects.get().findings.get().criterion == used

    client.post(f"/kriteria/{used.pk}/masa-berlaku/", {"berlaku": "1"})
    assert used in Criterion.objects.published()
    verbs = Entry.objects.about(used).values_list("verb", flat=True)
    assert set(verbs) == {"criterion.retired", "criterion.restored"}


def test_what_no_button_says_changes_no_criterion(client, national, used) -> None:
    before = order()
    client.force_login(national)

    for answer in ({}, {"berlaku": "tidak", "arah": "samping"}):
        client.post(f"/kriteria/{used.pk}/masa-berlaku/", answer)
        client.post(f"/kriteria/{used.pk}/urutan/", answer)

    assert used in Criterion.objects.published()
    assert order() == before


def test_it_moves_one_place_and_stops_at_the_ends(client, national) -> None:
    before = order()
    first, last = (Criterion.objects.get(key=before[place]) for place in (0, -1))
    client.force_login(national)

    client.post(f"/kriteria/{first.pk}/urutan/", {"arah": "naik"})
    client.post(f"/kriteria/{last.pk}/urutan/", {"arah": "turun"})
    assert order() == before

    client.post(f"/kriteria/{first.pk}/urutan/", {"arah": "turun"})
    assert order() == [before[1], before[0], *before[2:]]


def test_only_the_nation_s_administrator_keeps_them(client, used) -> None:
    office = OfficeFactory()
    client.force_login(UserFactory(admin_of=office, staff_of=office))

    assert client.get("/kriteria/").status_code == 403
    assert client.post("/kriteria/tambah/", {"label": "Pesisir"}).status_code == 403
    assert client.post(f"/kriteria/{used.pk}/masa-berlaku/").status_code == 404
