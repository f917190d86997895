"""What the last look showed is what is printed, whoever changes village, office or signer since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import accounts.actions
from accounts.models import Membership, User
from certificates.models import Certificate
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DesignationFactory,
    MembershipFactory,
    NumberTemplateFactory,
    UserFactory,
    approval,
)
from tests.looks import (
    LOOKS,
    Form,
    a_number_of_a_sheet,
    confirmed,
    read_of,
    several_villages,
    villages_of_a_table,
)
from villages import actions
from villages.models import Designation, Region
from villages.prints import Prints

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

RENAMED = "Sindumaju Wetan"
LINES = "Kementerian yang Lain\nDirektorat yang Lain"


def rename() -> None:
    """A region edition gives the villages another name."""
    villages = Designation.objects.values("village__region")
    Region.objects.filter(pk__in=villages).update(name=RENAMED)


def save_profile(**changes: Any) -> None:
    """The administrator settles what the office's papers print."""
    office = Designation.objects.select_related("office").first().office
    accounts.actions.change_profile(office, changes=changes, by=UserFactory(admin_of=office))


def give_emblem() -> None:
    save_profile(emblem=ContentFile(b"lambang lain", name="lain.png"))


CHANGES = {
    "nama, letak, atau daftar desa": rename,
    "kop atau alamat kantor": lambda: save_profile(letterhead=LINES, address="Jalan Lain 9"),
    "lambang kantor": give_emblem,
}


@pytest.mark.parametrize("filled_in", LOOKS)
def test_what_changed_since_the_look_is_looked_at_before_it_is_printed(
    filled_in: Callable[[], Form], sign_in: SignIn
) -> None:
    person, address, typed = filled_in()
    client = sign_in(person)
    look = client.post(address, typed)
    shown = []

    for change in CHANGES.values():
        change()
        look = client.post(address, {**typed, **read_of(look), "confirmed": "1"})
        shown.append(look.content.decode())
    printed = Certificate.objects.count()
    client.post(address, {**typed, **read_of(look), "confirmed": "1"})

    for part, page in zip(CHANGES, shown, strict=True):
        assert f"yang akan tercetak berubah sesudah Anda memeriksanya ({part})" in page
    assert printed == 0
    facts = Certificate.objects.first().facts
    assert facts["village"]["name"] == RENAMED
    assert facts["emblem"]
    for page, words in zip(shown, (RENAMED, "Jalan Lain 9", "/lambang/"), strict=True):
        assert words in page
    assert LINES.replace("\n", "<br>") in shown[-1]
    assert facts["office"]["letterhead"] == LINES.splitlines()
    assert "Sertifikat ditandatangani oleh" in shown[-1]


@pytest.mark.parametrize("filled_in", LOOKS)
def test_a_page_that_does_not_say_what_it_showed_has_shown_nothing(
    filled_in: Callable[[], Form], sign_in: SignIn
) -> None:
    person, address, typed = filled_in()
    client = sign_in(person)

    pages = [
        client.post(address, {**typed, **said, "confirmed": "1"})
        for said in ({}, {"tercetak": "abc"}, {"tercetak": "a-b-c-d-e-f"})
    ]

    assert all(read_of(page) for page in pages)
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("number", ["W.13-77", ""])
def test_what_changes_in_the_last_moment_stops_the_decision(number: str) -> None:
    sheet = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=sheet.office)
    decision = approval(sheet.office, number=number)
    read = replace(decision, printed=decision.prints(sheet.office, [sheet]).stamp)
    rename()

    with pytest.raises(TransitionRefused, match=r"Belum diputuskan: .*\(nama, letak"):
        actions.approve(sheet, read, by=read.head.user)

    assert Designation.objects.get().status == "submitted"


def test_what_changes_in_the_last_moment_stops_the_certificates_of_a_table() -> None:
    head, _, typed = villages_of_a_table()
    sheets = list(Designation.objects.filter(pk__in=typed["sheets"]))
    certification = actions.Certification(head.memberships.get())
    read = certification.prints(sheets[0].decree, sheets).stamp
    save_profile(address="Jalan Lain 9")

    with pytest.raises(TransitionRefused, match=r"Belum diterbitkan: .*\(kop atau alamat"):
        actions.certify(sheets, certification, by=head, printed=read)

    assert not Certificate.objects.exists()


def test_what_changes_in_the_last_moment_stops_the_number() -> None:
    sheet = DesignationFactory(approved=True, approved__number="")
    today = sheet.office.today()
    words = {"number": "W.13-70", "dated": today}
    read = Prints(sheet.office, sheet.decree.with_words(**words), [sheet]).stamp
    save_profile(address="Jalan Lain 9")

    for record in (
        lambda: actions.record_decree(sheet, **words, by=sheet.created_by, printed=read),
        lambda: actions.change_decree(sheet.decree, words=words, by=sheet.decided_by, printed=read),
    ):
        with pytest.raises(TransitionRefused, match=r"Belum dicatat: .*\(kop atau alamat"):
            record()

    assert not Certificate.objects.exists()


@pytest.mark.parametrize("filled_in", [several_villages, a_number_of_a_sheet])
def test_many_are_looked_at_in_as_many_questions_as_few(
    filled_in: Callable[[], Form], sign_in: SignIn
) -> None:
    person, address, typed = filled_in()
    client = sign_in(person)
    few = questions_of(client, address, typed)
    more_of_them(typed)

    assert questions_of(client, address, typed) == few


def questions_of(client: Client, address: str, typed: dict[str, Any]) -> int:
    client.post(address, typed)
    with CaptureQueriesContext(connection) as asked:
        read_of(client.post(address, typed))
    return len(asked)


def more_of_them(typed: dict[str, Any]) -> None:
    """As many more sheets of the office: waiting for the head, or approved under the same SK."""
    first = Designation.objects.first()
    others = [DesignationFactory(office=first.office, submitted=True) for _ in range(5)]
    if "usulan" in typed:
        typed |= {"usulan": [*typed["usulan"], *(it.pk for it in others)]}
        typed |= {"dilihat": others[-1].stamp}
        return
    head = first.decided_as
    for sheet in others:
        actions.approve(sheet, approval(first.office, decree=first.decree, head=head), by=head.user)


# --- Whose role does not cover the printed day ---------------------------------------------------


def decided_last_week() -> Designation:
    """A sheet whose SK still has no number."""
    sheet = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=sheet.office)
    decision = approval(sheet.office, number="", dated=None)
    week_ago = timezone.now() - timedelta(days=7)
    return actions.approve(sheet, decision, by=decision.head.user, at=week_ago)


def end_role(head: Membership) -> None:
    """An administrator ends it as of yesterday."""
    yesterday = head.office.today() - timedelta(days=1)
    accounts.actions.end_membership(head, ends_on=yesterday, by=UserFactory(admin_of=head.office))


@pytest.mark.parametrize("page", ["decree_number", "decree_edit"])
def test_a_signer_whose_role_is_over_is_named_with_the_day_and_doubted(
    page: str, sign_in: SignIn
) -> None:
    sheet = decided_last_week()
    head, today = sheet.decided_as, sheet.office.today()
    typed = {
        **{name: getattr(sheet.decree, name) for name in ("title", "signer_level", "signer_name")},
        "number": "W.13-70",
        "dated": today.isoformat(),
    }
    deputy = UserFactory(head_of=sheet.office, head_of__acting_kind="plh")
    subject = sheet if page == "decree_number" else sheet.decree
    client, address = sign_in(deputy), reverse(f"villages:{page}", args=[subject.pk])
    before = client.post(address, typed).content.decode()
    read = confirmed(client, address, typed)
    end_role(head)

    look = client.post(address, read)
    printed = Certificate.objects.count()
    client.post(address, {**read, **read_of(look)})

    doubt = (
        f"{head.user.name} bukan Kepala {sheet.office.name} pada tanggal yang tercetak, "
        f"{formats.long_date(today)}: perannya berakhir "
        f"{formats.long_date(today - timedelta(days=1))}."
    )
    assert head.user.name in before
    assert "pada tanggal yang tercetak" not in before
    assert "berubah sesudah Anda memeriksanya (penanda tangan)" in look.content.decode()
    assert doubt in look.content.decode()
    assert printed == 0
    assert Certificate.objects.get().facts["signer"]["name"] == head.user.name


def test_one_who_signs_in_another_such_role_on_that_day_is_not_doubted(sign_in: SignIn) -> None:
    sheet = decided_last_week()
    head = sheet.decided_as
    end_role(head)
    MembershipFactory(
        user=head.user, office=head.office, role="head", starts_on=sheet.office.today()
    )
    typed = {"number": "W.13-70", "dated": sheet.office.today().isoformat()}

    look = sign_in(UserFactory(staff_of=sheet.office)).post(
        reverse("villages:decree_number", args=[sheet.pk]), typed
    )

    assert "Periksa penanda tangannya" not in look.content.decode()


def test_two_who_decided_under_one_sk_are_each_named_with_their_villages(sign_in: SignIn) -> None:
    first = DesignationFactory(approved=True, approved__number="")
    second = DesignationFactory(office=first.office, submitted=True)
    deputy = UserFactory(head_of=first.office, head_of__acting_kind="plh").memberships.get()
    decision = approval(first.office, decree=first.decree, head=deputy)
    actions.approve(second, decision, by=deputy.user)
    typed = {"number": "W.13-70", "dated": first.office.today().isoformat()}

    look = sign_in(first.created_by).post(reverse("villages:decree_number", args=[first.pk]), typed)

    page = look.content.decode()
    for sheet, name in ((first, first.decided_by.name), (second, deputy.user.name)):
        assert f"{name}<br>" in page
        assert f"1 desa: {sheet.village.full_name}" in page
