"""What was noted of a village's contact is put right, or struck out; one head at a time stays."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from audit.models import Entry
from tests.factories import AssignmentFactory, UserFactory, VillageFactory
from tests.races import together
from villages import actions
from villages.models import Village, VillageContact

pytestmark = pytest.mark.django_db
PHONE = "0812-0000-0101"


@pytest.fixture
def village() -> Village:
    return VillageFactory()


@pytest.fixture
def staff(village) -> User:
    return UserFactory(staff_of=village.office)


@pytest.fixture
def browser(staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def noted(village: Village, name: str, role: str = "head", **facts: object) -> VillageContact:
    return actions.write_contact(
        village, facts={"role": role, "name": name, **facts}, by=village.created_by
    )


def opened(browser: Client, contact: VillageContact) -> dict[str, str]:
    """What the page holds, as a browser sends it back."""
    form = browser.get(f"/kontak/{contact.pk}/ubah/").context["form"]
    return {it.name: "" if it.value() is None else str(it.value()) for it in form}


def test_a_head_s_name_telephone_and_first_day_are_put_right(browser, village) -> None:
    head = noted(village, "Slamet Riyanti", title="Kepala Desa", since=date(2024, 1, 8))
    changed = {"name": "Slamet Riyanto", "phone": PHONE, "since": "2024-01-05"}

    answer = browser.post(f"/kontak/{head.pk}/ubah/", opened(browser, head) | changed)

    head.refresh_from_db()
    assert answer["Location"] == village.get_absolute_url()
    assert (head.name, head.phone, head.since) == ("Slamet Riyanto", PHONE, date(2024, 1, 5))
    assert (head.role, head.title, head.until) == ("head", "Kepala Desa", None)
    entry = Entry.objects.about(village).first()
    assert (entry.verb, entry.note) == (
        "village.contact_changed",
        "Slamet Riyanto\nNama: Slamet Riyanti → Slamet Riyanto\n"
        "Menjabat sejak: 8 Januari 2024 → 5 Januari 2024",
    )
    assert PHONE not in str(list(Entry.objects.values_list("note", "data")))


def test_saved_as_it_stands_leaves_no_trace(browser, village) -> None:
    contact = noted(village, "Retno Asih", "secretary")

    browser.post(f"/kontak/{contact.pk}/ubah/", opened(browser, contact))

    assert Entry.objects.about(village).count() == 1


@pytest.mark.parametrize(
    "changed",
    [{"role": "head"}, {"role": "head", "since": "2025-01-01"}],
    ids=["since ever", "one day"],
)
def test_nobody_becomes_a_second_head_by_being_put_right(browser, village, changed) -> None:
    noted(village, "Slamet Riyanto", since=date(2024, 1, 8))
    other = noted(village, "Retno Asih", "secretary")

    page = browser.post(f"/kontak/{other.pk}/ubah/", opened(browser, other) | changed)

    other.refresh_from_db()
    assert other.role == "secretary"
    said = str(page.context["form"].errors["role"])
    assert "Slamet Riyanto tercatat sebagai kepala sejak 8 Januari 2024" in said


@pytest.mark.parametrize("how", ["noted", "put right", "changed"])
def test_who_is_called_head_does_not_begin_some_day(browser, village, how) -> None:
    facts = {"role": "head", "name": "Slamet", "since": "2099-01-01"}
    if how == "put right":
        head = noted(village, "Slamet")
        page = browser.post(f"/kontak/{head.pk}/ubah/", opened(browser, head) | facts)
    else:
        where = "kontak/tambah/" if how == "noted" else "ganti-kepala/"
        page = browser.post(f"{village.get_absolute_url()}{where}", facts)

    assert "belum tiba" in str(page.context["form"].errors["since"])
    assert not village.contacts.filter(since__year=2099).exists()


def test_two_terms_that_meet_are_put_right_one_after_the_other(browser, village) -> None:
    former = noted(village, "Slamet", since=date(2019, 5, 1))
    head = actions.change_head(
        village, facts={"name": "Tri", "since": date(2025, 5, 2)}, by=village.created_by
    )
    earlier = {"since": "2025-04-01"}

    refused = browser.post(f"/kontak/{head.pk}/ubah/", opened(browser, head) | earlier)
    browser.post(f"/kontak/{former.pk}/ubah/", opened(browser, former) | {"until": "2025-03-31"})
    browser.post(f"/kontak/{head.pk}/ubah/", opened(browser, head) | earlier)

    head.refresh_from_db()
    former.refresh_from_db()
    assert "sampai 1 Mei 2025; betulkan dahulu" in refused.content.decode()
    assert (former.until, head.since) == (date(2025, 3, 31), date(2025, 4, 1))


@pytest.mark.django_db(transaction=True)
def test_two_put_right_at_once_are_never_two_heads() -> None:
    village = VillageFactory()
    rows = [noted(village, name, "secretary") for name in ("Slamet", "Tri", "Umi")]
    facts = {"role": "head", "since": None, "until": None}

    together(
        *(
            lambda it=it: actions.write_contact(
                village, facts=facts | {"name": it.name}, item=it, by=village.created_by
            )
            for it in rows
        )
    )

    assert village.contacts.filter(role="head").count() == 1


def test_what_another_changed_meanwhile_is_shown_first(browser, village) -> None:
    contact = noted(village, "Retno Asih", "secretary")
    data = opened(browser, contact)
    VillageContact.objects.filter(pk=contact.pk).update(name="Retno Asih, S.Pd.")

    page = browser.post(f"/kontak/{contact.pk}/ubah/", data | {"name": "Retna Asih"})

    contact.refresh_from_db()
    assert "Belum disimpan" in page.content.decode()
    assert contact.name == "Retno Asih, S.Pd."


def test_one_noted_by_mistake_is_struck_out_and_history_keeps_it(browser, village, staff) -> None:
    head = noted(village, "Slamet", phone=PHONE, title="Kepala Desa", since=date(2024, 1, 8))

    answer = browser.post(f"/kontak/{head.pk}/hapus/")
    again = browser.post(f"/kontak/{head.pk}/hapus/", follow=True)
    stranger = Client()
    stranger.force_login(UserFactory(staff_of=VillageFactory().office))

    assert answer["Location"] == village.get_absolute_url()
    assert again.redirect_chain == [(village.get_absolute_url(), 302)]
    assert "sudah dihapus" in again.content.decode()
    assert browser.post(f"/kontak/{head.pk + 1}/hapus/").status_code == 404
    assert stranger.post(f"/kontak/{head.pk}/hapus/").status_code == 404
    assert not village.contacts.exists()
    entry = Entry.objects.about(village).get(verb="village.contact_dropped")
    assert (entry.by, entry.note) == (staff, "Slamet, Kepala Desa, sejak 8 Januari 2024")


def test_what_was_struck_out_meanwhile_is_not_put_right(village, staff) -> None:
    contact = noted(village, "Retno Asih", "secretary")
    actions.drop_contact(contact, by=staff)
    stale = VillageContact(pk=contact.pk, village=village, role="secretary", name="Retno Asih")

    actions.drop_contact(stale, by=staff)
    with pytest.raises(ValidationError, match="baru saja dihapus"):
        actions.write_contact(village, facts={"name": "Retna"}, item=stale, by=staff)

    assert not village.contacts.exists()
    assert Entry.objects.about(village).filter(verb="village.contact_dropped").count() == 1


def test_the_page_of_the_village_leads_there_for_its_head_and_for_who_is_over(
    browser, village
) -> None:
    head = noted(village, "Slamet")
    former = noted(village, "Retno", "secretary", until=date(2025, 1, 1))

    page = browser.get(village.get_absolute_url()).content.decode()

    for it in (head, former):
        assert f"/kontak/{it.pk}/ubah/" in page


def test_the_pimpasa_of_the_village_puts_right_and_nobody_who_only_reads() -> None:
    held = AssignmentFactory()
    guide, village = held.officer.user, held.village
    head, observer = noted(village, "Slamet"), UserFactory(observer_of=village.office.parent)
    browser, reader = Client(), Client()
    browser.force_login(guide)
    reader.force_login(observer)

    browser.post(f"/kontak/{head.pk}/ubah/", opened(browser, head) | {"name": "Slamet Riyanto"})

    head.refresh_from_db()
    assert head.name == "Slamet Riyanto"
    assert f"/kontak/{head.pk}/ubah/" in browser.get(village.get_absolute_url()).content.decode()
    assert f"/kontak/{head.pk}/ubah/" not in reader.get(village.get_absolute_url()).content.decode()
    assert reader.get(f"/kontak/{head.pk}/ubah/").status_code == 403
    assert reader.post(f"/kontak/{head.pk}/hapus/").status_code == 403


def test_who_is_named_as_having_saved_before_changed_this_contact(browser, village) -> None:
    mine, other = noted(village, "Retno Asih", "secretary"), noted(village, "Wagiman", "other")
    earlier, later = (UserFactory(staff_of=village.office, name=it) for it in ("Yusuf", "Tirta"))
    page = opened(browser, mine)
    facts = {name: getattr(mine, name) for name in ("role", "title", "phone", "since", "until")}
    actions.write_contact(village, facts=facts | {"name": "Retno"}, item=mine, by=earlier)
    actions.end_contact(other, until=village.office.today(), by=later)

    said = browser.post(f"/kontak/{mine.pk}/ubah/", page | {"name": "R. Asih"}).content.decode()

    assert "Yusuf mengubah data ini" in said
    assert "Tirta" not in said


def test_who_ended_the_term_meanwhile_is_named_too(browser, village) -> None:
    head = noted(village, "Slamet", since=date(2024, 1, 8))
    page, heir = opened(browser, head), UserFactory(staff_of=village.office, name="Yusuf")
    facts = {"name": "Wagiman", "title": "", "phone": "", "since": date(2025, 1, 8)}
    actions.change_head(village, facts=facts, by=heir)

    said = browser.post(f"/kontak/{head.pk}/ubah/", page | {"name": "Slamet R."}).content.decode()

    assert "Yusuf mengubah data ini" in said


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("page", ["edit", "add", "head"])
def test_a_day_of_no_time_at_all_is_refused_in_words(browser, village, page, day) -> None:
    head = noted(village, "Slamet", since=date(2024, 1, 8))
    where = {
        "edit": f"/kontak/{head.pk}/ubah/",
        "add": f"/desa/{village.pk}/kontak/tambah/",
        "head": f"/desa/{village.pk}/ganti-kepala/",
    }
    sent = {"role": "head", "name": "Wagiman", "title": "", "phone": "", "until": "", "since": day}

    answer = browser.post(where[page], sent)

    assert "Periksa tahunnya" in answer.context["form"].errors["since"][0]
