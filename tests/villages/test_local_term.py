"""The word before a village's name: one of a closed list, and what the head read is printed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError
from django.test import Client

from accounts.models import User
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DesignationFactory,
    NumberTemplateFactory,
    UserFactory,
    VillageFactory,
    approval,
)
from tests.races import just_before
from villages import actions, local_terms
from villages.models import Designation, Village
from villages.onboarding import spelling

type SignIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db


def change(village: Village, term: str) -> Village:
    by = UserFactory(staff_of=village.office)
    return actions.update_village(village, changes={"local_term": term}, by=by)


@pytest.mark.parametrize("term", ["Paspor kilat: WA 0812-3456-789", "desa", "Desa ", ""])
def test_a_word_of_ones_own_is_refused_by_form_and_database(sign_in: SignIn, term: str) -> None:
    village = VillageFactory()
    browser = sign_in(UserFactory(staff_of=village.office))

    answer = browser.post(f"/desa/{village.pk}/ubah/", {"local_term": term})

    assert "local_term" in answer.context["form"].errors
    with pytest.raises(IntegrityError, match="village_local_term_known"):
        Village.objects.filter(pk=village.pk).update(local_term=term)


def test_every_word_that_the_list_of_regions_uses_is_known() -> None:
    usual = {*local_terms.VILLAGE_TERMS.values(), "Desa", "Kelurahan"}

    assert usual <= set(local_terms.TERMS)
    assert list(local_terms.TERMS) == sorted(set(local_terms.TERMS))


@pytest.mark.parametrize("term", [*local_terms.TERMS, "Ds.", "Kel"])
def test_a_village_is_found_under_the_name_that_pages_show(sign_in: SignIn, term: str) -> None:
    sheet = DesignationFactory(approved=True, village__region__name="Wonolelo")
    browser = sign_in(UserFactory(staff_of=sheet.office))
    typed = f"{term} Wonolelo"

    def times(text: str) -> list[int]:
        lists = ("/desa/", "/penetapan/", "/rekap/desa/", "/desa-binaan/")
        pages = (browser.get(address, {"q": text}).content.decode() for address in lists)
        return [page.count("Wonolelo") for page in pages]

    assert times(typed) == times("Wonolelo")
    assert all(its > nobody for its, nobody in zip(times(typed), times("Wonolelox"), strict=True))
    assert spelling.village_keys(typed)[-1] == spelling.village_keys("Wonolelo")[0]


def test_history_keeps_what_stood_there_before() -> None:
    village = VillageFactory(address="Jalan Lama 1")
    by = UserFactory(staff_of=village.office)
    changes = {"local_term": "Nagari", "address": "Jalan Baru 2", "note": "Hanya untuk kantor."}

    actions.update_village(village, changes=changes, by=by)

    entry = Entry.objects.about(village).get(verb="village.updated")
    assert entry.note.splitlines() == [
        "Sebutan setempat: Desa → Nagari",
        "Alamat kantor desa: Jalan Lama 1 → Jalan Baru 2",
    ]
    assert entry.data["fields"] == ["address", "local_term", "note"]


def test_the_word_may_change_while_a_sheet_is_with_its_preparers() -> None:
    sheet = DesignationFactory(returned=True)

    assert change(sheet.village, "Nagari").local_term == "Nagari"


@pytest.mark.parametrize("stage", [{"submitted": True}, {"approved": True, "approved__number": ""}])
def test_what_the_head_read_stays_until_it_is_printed(sign_in: SignIn, stage: dict) -> None:
    sheet = DesignationFactory(**stage)
    browser = sign_in(UserFactory(staff_of=sheet.office))

    answer = browser.post(f"/desa/{sheet.village_id}/ubah/", {"local_term": "Nagari"})

    assert "belum dapat diubah" in str(answer.context["form"].errors["local_term"])
    assert Village.objects.get(pk=sheet.village_id).local_term == "Desa"
    with pytest.raises(IntegrityError, match="what the head reads is what is printed"):
        Village.objects.filter(pk=sheet.village_id).update(local_term="Nagari")


@pytest.mark.django_db(transaction=True)
def test_submitting_and_another_word_wait_for_each_other() -> None:
    sheet = DesignationFactory(returned=True)
    village = Village.objects.filter(pk=sheet.village_id)

    refused = just_before(
        lambda: actions.submit(sheet, by=sheet.created_by),
        lambda: village.update(local_term="Nagari"),
    )

    assert "what the head reads is what is printed" in str(refused)


def test_a_number_that_comes_later_prints_what_the_head_read() -> None:
    sheet = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=sheet.office)
    decision = approval(sheet.office, number="", dated=None)
    actions.approve(sheet, decision, by=decision.head.user)

    with pytest.raises(TransitionRefused):
        change(sheet.village, "Negeri")
    today = sheet.office.today()
    actions.record_decree(sheet, number="W.13-9", dated=today, by=sheet.created_by)

    certificate = Designation.objects.get(pk=sheet.pk).certificate
    assert certificate is not None
    assert certificate.facts["village"]["term"] == "Desa"
    assert change(sheet.village, "Negeri").full_name.startswith("Negeri")
