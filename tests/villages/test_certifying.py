"""The portal's certificate for what was designated before it: asked for, ordered by another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.actions import end_membership
from accounts.models import Membership, User
from audit.models import Entry
from certificates.models import Certificate, RegisterEntry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DesignationFactory,
    JurisdictionFactory,
    MembershipFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
    bring_in,
    confirm,
    draw_now,
    head_of,
)
from tests.looks import read_of
from tests.races import just_before
from villages import actions
from villages.models import Decree, Designation, Import, Preparer, Region, Village

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]


@pytest.fixture
def decree() -> Decree:
    """A decree with three villages, brought in by staff; the office numbers its certificates."""
    office = JurisdictionFactory().office
    names = ["Pakuncen", "Karangsari", "Bumirejo"]
    for serial, name in enumerate(names):
        RegionFactory(code=f"33.07.06.20{serial:02}", name=name)
    staff = UserFactory(staff_of=office)
    actions.record_import(bring_in(office, *names, by=staff), by=staff)
    NumberTemplateFactory(office=office)
    return Decree.objects.get()


def certify(decree: Decree, *sheets: Designation, **how: object) -> list[Designation]:
    head = head_of(decree.office)
    return actions.certify(
        sheets or decree.designations.all(),
        actions.Certification(head, **how),
        by=head.user,
    )


def chosen(*sheets: Designation, **more: str) -> dict[str, object]:
    return {"sheets": [sheet.pk for sheet in sheets], "signer": "decider", **more}


def test_a_head_orders_the_certificates_of_many_villages_at_once(
    decree: Decree, sign_in: SignIn
) -> None:
    head = head_of(decree.office)
    sheets = list(decree.designations.all())
    address = reverse("villages:decree_certificates", args=[decree.pk])
    client = sign_in(head.user)

    choice = client.get(address).content.decode()
    look = client.post(address, chosen(*sheets))
    last_look = look.content.decode()
    nothing_yet = Certificate.objects.count()
    client.post(address, chosen(*sheets, **read_of(look), confirmed="1"))

    assert choice.count("checked") >= len(sheets)
    assert "3 desa belum dibenarkan." in choice
    assert "Terbitkan 3 sertifikat" in last_look
    assert nothing_yet == 0
    today = decree.office.today()
    entries = list(RegisterEntry.objects.order_by("serial"))
    assert [entry.serial for entry in entries] == [1, 2, 3]
    assert {(entry.year, entry.dated) for entry in entries} == {(today.year, today)}
    sheet = Designation.objects.exclude(certificate=None).first()
    assert sheet.certified_as == head
    assert sheet.certificate.facts["decree"]["number"] == decree.number
    assert sheet.certificate.facts["decree"]["date"] == "2024-03-07"
    assert sheet.certificate.facts["signer"]["name"] == head.user.name
    assert sheet.designated_on == date(2024, 3, 7)
    assert Entry.objects.filter(verb="designation.certified", by=head.user).count() == 3


def test_numbers_follow_the_villages_codes_in_the_same_few_queries(
    decree: Decree, django_assert_max_num_queries: Any
) -> None:
    first, second, third = decree.designations.order_by("pk")
    Region.objects.filter(pk=first.village.region_id).update(code="33.07.06.2090")

    with django_assert_max_num_queries(43):
        certify(decree)

    entries = RegisterEntry.objects.order_by("serial")
    told = list(entries.values_list("certificate__designation", flat=True))
    assert told == [second.pk, third.pk, first.pk]


def test_one_village_is_chosen_from_its_own_page(decree: Decree, sign_in: SignIn) -> None:
    sheet = decree.designations.first()
    client = sign_in(head_of(decree.office).user)
    address = f"{reverse('villages:decree_certificates', args=[decree.pk])}?desa={sheet.pk}"

    page = client.get(sheet.get_absolute_url()).content.decode()
    choice = client.get(address).content.decode()

    assert address in page
    assert choice.count(" checked") == 2  # the village, and who signs


def test_its_village_downloads_it(decree: Decree, sign_in: SignIn) -> None:
    (sheet,) = certify(decree, decree.designations.first())
    sheet.refresh_from_db()
    draw_now(sheet.certificate)
    client = sign_in(UserFactory(village=sheet.village))

    desk = client.get(reverse("reports:desk")).content.decode()
    answer = client.get(reverse("certificates:download", args=[sheet.certificate.code]))

    assert "Unduh sertifikat" in desk
    assert answer.content.startswith(b"%PDF")


def test_the_public_page_finds_it_genuine(decree: Decree, client: Client) -> None:
    (sheet,) = certify(decree, decree.designations.first())

    page = client.get(reverse("certificates:verify", args=[sheet.certificate.code]))

    assert "SAH" in page.content.decode()


def test_a_second_click_orders_nothing_more(decree: Decree) -> None:
    certify(decree)

    assert certify(decree) == []
    assert Certificate.objects.count() == 3


def test_who_brought_it_in_does_not_order_its_certificate(decree: Decree, sign_in: SignIn) -> None:
    maker = decree.designations.first().recorded_by
    head = MembershipFactory(
        user=maker, office=decree.office, role="head", acting_kind="plh",
        starts_on=decree.office.today(),
    )  # fmt: skip
    client = sign_in(maker)

    page = client.get(reverse("villages:decree_certificates", args=[decree.pk]))
    sheet = client.get(decree.designations.first().get_absolute_url())
    with pytest.raises(TransitionRefused, match="Anda ikut mencatat"), transaction.atomic():
        actions.certify(decree.designations.all(), actions.Certification(head), by=maker)

    assert "Tidak ada sertifikat yang dapat Anda terbitkan" in page.content.decode()
    assert "Anda ikut mencatat penetapan ini" in sheet.content.decode()
    assert not Certificate.objects.exists()


def test_who_settled_a_row_is_its_maker_too() -> None:
    office = JurisdictionFactory().office
    region = RegionFactory(code="33.07.06.2009")
    staff, helper = UserFactory(staff_of=office), UserFactory(admin_of=office)
    batch = bring_in(office, f"{region.name}x", by=staff)
    actions.choose_region(batch.rows.get(), region, by=helper)

    actions.record_import(batch, by=staff)

    assert set(Preparer.objects.values_list("user", flat=True)) == {staff.pk, helper.pk}


def test_the_database_asks_for_a_head_of_the_office(decree: Decree) -> None:
    sheet = decree.designations.first()
    elsewhere = head_of(OfficeFactory())
    confirm(sheet.import_row.batch)

    with (
        pytest.raises(IntegrityError, match="a head of the office orders"),
        transaction.atomic(),
    ):
        actions.certify([sheet], actions.Certification(elsewhere), by=elsewhere.user)
    with pytest.raises(IntegrityError, match="in_a_capacity"), transaction.atomic():
        Designation.objects.filter(pk=sheet.pk).update(certified_as=head_of(decree.office))


def test_a_certificate_ordered_once_keeps_its_capacity(decree: Decree) -> None:
    (sheet,) = certify(decree, decree.designations.first())
    other = MembershipFactory(
        office=decree.office, role="head", acting_kind="plh", starts_on=decree.office.today()
    )

    with pytest.raises(IntegrityError, match="ordered once"), transaction.atomic():
        Designation.objects.filter(pk=sheet.pk).update(certified_as=other)


def test_without_a_number_pattern_nothing_is_ordered(decree: Decree, sign_in: SignIn) -> None:
    decree.office.number_templates.all().delete()
    client = sign_in(head_of(decree.office).user)
    address = reverse("villages:decree_certificates", args=[decree.pk])

    page = client.get(address).content.decode()
    with pytest.raises(TransitionRefused, match="pola nomor"), transaction.atomic():
        certify(decree)

    assert "belum memilih pola nomor" in page
    assert not Certificate.objects.exists()


def test_all_or_nothing(decree: Decree) -> None:
    first, second, _ = decree.designations.order_by("pk")
    actions.request_revocation(second, reason="Desa mundur.", by=first.recorded_by)

    with pytest.raises(TransitionRefused, match="pencabutannya sedang diusulkan"):
        certify(decree)

    assert not Certificate.objects.exists()
    assert not RegisterEntry.objects.exists()


def test_one_whose_revocation_was_asked_for_is_not_offered_and_the_pages_say_so(
    decree: Decree, sign_in: SignIn
) -> None:
    head = head_of(decree.office)
    asked, *others = decree.designations.order_by("pk")
    actions.request_revocation(asked, reason="Desa mundur.", by=asked.recorded_by)
    client = sign_in(head.user)
    address = reverse("villages:decree_certificates", args=[decree.pk])

    choice = client.get(address).content.decode()
    refused = client.post(address, chosen(asked, *others)).content.decode()
    look = client.post(address, chosen(*others))
    sheet = client.get(asked.get_absolute_url()).content.decode()
    client.post(address, chosen(*others, **read_of(look), confirmed="1"))

    for page in (choice, look.content.decode()):
        assert f'<a href="{asked.get_absolute_url()}">{asked.village.full_name}</a>' in page
        assert "pencabutannya sedang diusulkan" in page
    assert f'value="{asked.pk}"' not in choice
    assert "menunggu pejabat lain" not in choice
    assert "baru saja berubah" in refused
    assert "Pencabutannya sedang diusulkan; putuskan dahulu." in sheet
    assert f"{address}?desa=" not in sheet
    assert Certificate.objects.count() == 2


def test_where_only_such_are_left_no_page_offers_to_order_them(
    decree: Decree, sign_in: SignIn
) -> None:
    for sheet in decree.designations.all():
        actions.request_revocation(sheet, reason="Desa mundur.", by=sheet.recorded_by)
    client = sign_in(head_of(decree.office).user)
    address = reverse("villages:decree_certificates", args=[decree.pk])

    page = client.get(decree.get_absolute_url()).content.decode()
    empty = client.get(address).content.decode()

    assert address not in page
    assert "pencabutannya sedang diusulkan" in page
    assert "Tidak ada sertifikat yang dapat Anda terbitkan" in empty
    assert "pencabutannya sedang diusulkan" in empty
    assert "sudah mempunyai sertifikat" not in empty


@pytest.mark.parametrize(
    "happens", ["nothing", "asked", "declined", "moved", "struck", "certified", "drafted"]
)
def test_what_is_listed_is_what_may_be_ordered(decree: Decree, happens: str) -> None:
    sheet, head = decree.designations.order_by("pk").first(), head_of(decree.office)
    if happens in {"asked", "declined"}:
        actions.request_revocation(sheet, reason="Mundur.", by=sheet.recorded_by)
    if happens == "declined":
        actions.decline_revocation(sheet, note="Tidak.", head=head, by=head.user)
    if happens == "moved":
        Village.objects.filter(pk=sheet.village_id).update(office=OfficeFactory())
    if happens == "struck":
        actions.strike_out(sheet, reason="Salah.", by=sheet.recorded_by)
    if happens == "certified":
        certify(decree, sheet)
    if happens == "drafted":
        sheet = DesignationFactory(complete=True)
    sheet = Designation.objects.get(pk=sheet.pk)

    listed = Designation.objects.certifiable().filter(pk=sheet.pk).exists()

    assert listed is not bool(sheet.why_not_certify())
    assert listed is (happens in {"nothing", "declined", "certified"})


def test_a_village_that_moved_on_gets_no_certificate_here(decree: Decree, sign_in: SignIn) -> None:
    sheet = decree.designations.first()
    Village.objects.filter(pk=sheet.village_id).update(office=OfficeFactory())
    client = sign_in(head_of(decree.office).user)

    page = client.get(reverse("villages:decree_certificates", args=[decree.pk])).content.decode()
    with pytest.raises(TransitionRefused, match="kini dibina"):
        certify(decree, sheet)

    assert sheet.village.full_name not in page
    assert "1 desa lain menunggu" in page


def test_the_signer_of_the_decree_may_sign_once_more(decree: Decree) -> None:
    (sheet,) = certify(decree, decree.designations.first(), signs="decree")

    assert sheet.certificate.facts["signer"]["name"] == "Ratna Wulandari"


def test_the_page_of_the_decree_tells_how_far_the_drawing_is(
    decree: Decree, sign_in: SignIn
) -> None:
    certify(decree)
    draw_now(decree.designations.first().certificate)
    client = sign_in(head_of(decree.office).user)

    page = client.get(decree.get_absolute_url()).content.decode()

    assert "<strong>1 dari 3</strong> sertifikat siap" in page


# --- The role ends while its holder certifies ---------------------------------------------------


def ended_yesterday(role: Membership) -> Membership:
    yesterday = role.office.today() - timedelta(days=1)
    return end_membership(role, ends_on=yesterday, by=UserFactory())


@pytest.mark.django_db(transaction=True)
def test_whose_role_has_just_ended_orders_no_certificate(decree: Decree) -> None:
    head = head_of(decree.office)

    outcome = just_before(lambda: ended_yesterday(head), lambda: certify(decree))

    assert isinstance(outcome, TransitionRefused), outcome
    assert "tidak berlaku pada" in outcome.message
    assert not Certificate.objects.exists()
    assert not RegisterEntry.objects.exists()
    assert not Entry.objects.filter(verb="designation.certified").exists()


@pytest.mark.django_db(transaction=True)
def test_the_role_of_who_has_just_certified_does_not_end_before_that_day(decree: Decree) -> None:
    head = head_of(decree.office)

    outcome = just_before(lambda: certify(decree), lambda: ended_yesterday(head))

    assert isinstance(outcome, TransitionRefused), outcome
    assert "masih memutuskan dalam peran ini" in outcome.message
    assert Membership.objects.get(pk=head.pk).ends_on is None
    assert Certificate.objects.count() == 3


# --- What was sent back -------------------------------------------------------------------------


def test_a_head_who_sent_the_table_back_is_reminded_before_he_certifies_it(
    decree: Decree, sign_in: SignIn
) -> None:
    head = head_of(decree.office)
    table = Import.objects.get()
    actions.send_import_back(table, note="Salah SK.", by=head.user)
    client = sign_in(head.user)
    form = reverse("villages:decree_certificates", args=[decree.pk])

    pages = [client.get(it).content.decode() for it in (decree.get_absolute_url(), form)]
    actions.ask_again(table, by=table.created_by)
    mended = client.get(form).content.decode()

    for page in pages:
        assert f"dikembalikan oleh {head.user.name}" in page
        assert "Salah SK." in page
    assert "Salah SK." not in mended


def test_whoever_prepared_the_table_is_offered_no_certificate_of_it(
    decree: Decree, sign_in: SignIn
) -> None:
    maker = Import.objects.get().created_by
    MembershipFactory(
        user=maker, office=decree.office, role="head", acting_kind="plh",
        starts_on=decree.office.today(),
    )  # fmt: skip
    form = reverse("villages:decree_certificates", args=[decree.pk])

    own = sign_in(maker).get(decree.get_absolute_url()).content.decode()
    others = sign_in(head_of(decree.office).user).get(decree.get_absolute_url()).content.decode()

    assert form not in own
    assert "pejabat lain yang menerbitkannya" in own
    assert form in others
