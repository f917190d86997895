"""An unnumbered decree put right on a page: its words, what was copied from it, and its number."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Office, User
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DesignationFactory,
    MembershipFactory,
    NumberTemplateFactory,
    UserFactory,
    approval,
)
from tests.looks import confirmed
from villages import actions
from villages.models import Decree, Designation

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]


@pytest.fixture
def sheet() -> Any:
    """Designated, and its decree has no number yet."""
    return DesignationFactory(approved=True, approved__number="")


def words(decree: Decree, **changed: Any) -> dict[str, Any]:
    names = ("number", "dated", "title", "signer_level", "signer_name")
    return {**{name: getattr(decree, name) for name in names}, **changed}


def typed(decree: Decree, **changed: Any) -> dict[str, Any]:
    return {name: value or "" for name, value in words(decree, **changed).items()}


def page_of(decree: Decree) -> str:
    return reverse("villages:decree_edit", args=[decree.pk])


def test_the_words_are_put_right_and_every_village_remembers_it(sheet: Any) -> None:
    beside = DesignationFactory(office=sheet.office, submitted=True)
    decision = approval(sheet.office, decree=sheet.decree)
    actions.approve(beside, decision, by=decision.head.user)
    head = sheet.decided_by

    actions.change_decree(
        sheet.decree, words=words(sheet.decree, title="Penetapan Desa Wuluhan"), by=head
    )

    assert Decree.objects.get().title == "Penetapan Desa Wuluhan"
    for subject in (sheet, beside):
        entry = Entry.objects.about(subject).get(verb="designation.decree_changed")
        assert entry.by == head
        assert "menjadi “Penetapan Desa Wuluhan”" in entry.note
    assert Entry.objects.about(sheet.decree).get().verb == "decree.changed"


def certified(sheet: Any) -> Any:
    """The sheet once its decree has a number."""
    NumberTemplateFactory(office=sheet.office)
    day = sheet.office.today()
    actions.record_decree(sheet, number="W.13-900", dated=day, by=sheet.created_by)
    sheet.refresh_from_db()
    return sheet


def test_the_day_of_the_designation_follows_the_decree(sheet: Any) -> None:
    day = sheet.office.today() - timedelta(days=3)

    actions.change_decree(sheet.decree, words=words(sheet.decree, dated=day), by=sheet.decided_by)
    sheet.refresh_from_db()
    dated = sheet.designated_on
    actions.change_decree(sheet.decree, words=words(sheet.decree, dated=None), by=sheet.decided_by)

    sheet.refresh_from_db()
    assert dated == day
    assert sheet.designated_on == sheet.office.today()


@pytest.mark.parametrize(("signs", "name"), [("decree", "Hasan Basri"), ("decider", "")])
def test_the_certificate_is_signed_by_the_mended_signer_only_where_the_decree_s_signs(
    signs: str, name: str
) -> None:
    sheet = DesignationFactory(approved=True, approved__number="", approved__signs=signs)

    changed = words(sheet.decree, signer_level="regional", signer_name="Hasan Basri")
    actions.change_decree(sheet.decree, words=changed, by=sheet.decided_by)

    assert sheet.signer is None
    signer = certified(sheet).signer
    assert signer["name"] == (name or sheet.decided_by.name)
    assert signer["title"].startswith("Kepala Kantor Wilayah") is (signs == "decree")


def test_a_decider_who_reads_like_the_decree_s_signer_goes_on_signing() -> None:
    sheet = DesignationFactory(submitted=True)
    office = Office.objects.filter(pk=sheet.office_id)
    office.update(prints_nip=False, prints_rank=False)
    plain = approval(office.get(), number="", dated=None)
    head = plain.head.user
    actions.approve(
        sheet, approval(sheet.office, number="", dated=None, signer_name=head.name), by=head
    )
    sheet.refresh_from_db()

    office.update(prints_nip=True)  # meanwhile
    changed = words(sheet.decree, signer_level="regional", signer_name="Hasan Basri")
    actions.change_decree(sheet.decree, words=changed, by=head)

    assert certified(sheet).signer["name"] == head.name
    assert sheet.signer["nip"] == head.nip


def test_mended_words_let_the_villages_join_the_decree_that_has_the_number(sheet: Any) -> None:
    numbered = DesignationFactory(office=sheet.office, approved=True).decree
    wrong = actions.change_decree(
        sheet.decree, words=words(sheet.decree, title="Keliru"), by=sheet.decided_by
    )
    with pytest.raises(TransitionRefused, match="isi lain"):
        actions.record_decree(
            sheet, number=numbered.number, dated=numbered.dated, by=sheet.created_by
        )

    joined = actions.change_decree(wrong, words=words(numbered), by=sheet.decided_by)

    sheet.refresh_from_db()
    assert joined == sheet.decree == Decree.objects.get() == numbered
    assert sheet.certificate.facts["decree"]["title"] == numbered.title


def test_a_number_typed_with_mended_words_orders_the_certificate(sheet: Any) -> None:
    changed = words(
        sheet.decree, number="W.15-1", dated=sheet.office.today(), title="Penetapan yang benar"
    )

    actions.change_decree(sheet.decree, words=changed, by=sheet.decided_by)

    sheet.refresh_from_db()
    assert sheet.certificate.facts["decree"]["title"] == "Penetapan yang benar"
    verbs = set(Entry.objects.about(sheet).values_list("verb", flat=True))
    assert verbs >= {"designation.decree_changed", "designation.decree_numbered"}


def test_a_numbered_decree_is_refused_in_words_and_a_repetition_is_not() -> None:
    sheet = DesignationFactory(approved=True)
    decree, by = sheet.decree, sheet.decided_by

    same = actions.change_decree(decree, words=words(decree), by=by)

    assert same == decree
    with pytest.raises(TransitionRefused, match="sudah bernomor; isinya tidak dapat diubah lagi"):
        actions.change_decree(decree, words=words(decree, title="Lain"), by=by)


# --- Whoever prepared what stands under it -----------------------------------------------------


@pytest.fixture
def preparer(sheet: Any) -> User:
    """Acting head by now, and preparer of the second village under the decree."""
    beside = DesignationFactory(office=sheet.office, submitted=True)
    MembershipFactory(user=beside.created_by, office=sheet.office, role="head", acting_kind="plh")
    decision = approval(sheet.office, decree=sheet.decree)
    actions.approve(beside, decision, by=decision.head.user)
    return beside.created_by


def test_whoever_prepared_a_village_under_it_rewrites_nothing(
    sheet: Any, preparer: User, sign_in: SignIn
) -> None:
    NumberTemplateFactory(office=sheet.office)
    client, said, day = sign_in(preparer), sheet.decree, sheet.office.today()
    other = words(said, number="W.15-9", dated=day, signer_level="regional", signer_name="Lain")

    shown = client.get(said.get_absolute_url()).content.decode()
    number = client.get(reverse("villages:decree_number", args=[sheet.pk])).content.decode()
    answers = [client.get(page_of(said)), client.post(page_of(said), other | {"confirmed": "1"})]
    with pytest.raises(TransitionRefused, match="ikut menyiapkan"):
        actions.change_decree(said, words=other, by=preparer)

    assert page_of(said) not in shown + number
    assert "Anda ikut menyiapkan usulan di bawah SK ini" in shown
    assert [it.status_code for it in answers] == [403, 403]
    assert "pejabat lain yang mengubah isinya" in answers[0].content.decode()
    assert Decree.objects.get().says_the_same(said)
    assert Designation.objects.filter(certificate=None).count() == 2


def test_the_database_takes_no_words_of_a_preparer(sheet: Any, preparer: User) -> None:
    decree = Decree.objects.filter(pk=sheet.decree_id)

    for by in (preparer, None):
        for word in ({"title": "Lain"}, {"signer_level": "regional"}, {"signer_name": "Lain"}):
            with pytest.raises(IntegrityError, match="puts its words right"), transaction.atomic():
                decree.update(changed_by=by, **word)

    decree.update(changed_by=sheet.decided_by, title="Lain")
    decree.update(changed_by=preparer, dated=sheet.office.today())


# --- Its page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("acting", ["", "plh"])
def test_whoever_leads_the_office_puts_it_right_on_its_page(
    acting: str, sheet: Any, sign_in: SignIn
) -> None:
    deputy = {"head_of": sheet.office, "head_of__acting_kind": acting}
    client = sign_in(UserFactory(**deputy) if acting else sheet.decided_by)

    shown = client.get(sheet.decree.get_absolute_url()).content.decode()
    form = client.get(page_of(sheet.decree)).content.decode()
    answer = client.post(
        page_of(sheet.decree), typed(sheet.decree, title="  Penetapan Desa Wuluhan ")
    )
    after = client.get(sheet.decree.get_absolute_url()).content.decode()

    assert page_of(sheet.decree) in shown
    assert sheet.decree.title in form
    assert answer["Location"] == sheet.decree.get_absolute_url()
    assert "mengubah isi SK yang belum bernomor" in after
    assert "Penetapan Desa Wuluhan" in after


def test_staff_type_number_and_date_and_no_other_word(sheet: Any, sign_in: SignIn) -> None:
    NumberTemplateFactory(office=sheet.office)
    client, said = sign_in(sheet.created_by), sheet.decree
    day = sheet.office.today()
    other = typed(said, number="W.13-900", dated=day, title="Lain", signer_name="Lain")
    number = reverse("villages:decree_number", args=[sheet.pk])

    refused = client.post(page_of(said), other)
    untouched = Decree.objects.get()
    pages = [client.get(url).content.decode() for url in (said.get_absolute_url(), number)]
    client.post(number, confirmed(client, number, other))

    sheet.refresh_from_db()
    assert refused.status_code == 403
    assert (untouched.number, untouched.title) == (said.number, said.title)
    assert all(page_of(said) not in page for page in pages)
    assert number in pages[0]
    assert (sheet.decree.number, sheet.decree.dated) == ("W.13-900", day)
    assert sheet.certificate.facts["decree"]["title"] == said.title
    assert sheet.decree.signer_name == said.signer_name


def test_a_number_typed_on_its_page_is_looked_at_once_more(sheet: Any, sign_in: SignIn) -> None:
    client, address = sign_in(sheet.decided_by), page_of(sheet.decree)
    numbered = typed(sheet.decree, number="W.15-1", dated=sheet.office.today())

    look = client.post(address, numbered).content.decode()
    back = client.post(address, numbered | {"edit": "1"}).content.decode()
    assert Decree.objects.get().number == ""
    client.post(address, confirmed(client, address, numbered))

    sheet.refresh_from_db()
    assert str(sheet.village) in look
    assert sheet.certificate.number in look
    assert 'value="W.15-1"' in back
    assert Decree.objects.get().number == "W.15-1"


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("title", {"title": ""}),
        ("title", {"title": "Penetapan 村"}),
        ("signer_name", {"signer_name": ""}),
        ("dated", {"number": "W.15-1", "dated": ""}),
        ("dated", {"dated": "2999-01-01"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    field: str, changed: dict[str, str], sheet: Any, sign_in: SignIn
) -> None:
    answer = sign_in(sheet.decided_by).post(page_of(sheet.decree), typed(sheet.decree) | changed)

    assert field in answer.context["form"].errors
    assert Decree.objects.get().title == sheet.decree.title


def test_a_number_of_a_decree_that_says_something_else_is_refused_at_the_number(
    sheet: Any, sign_in: SignIn
) -> None:
    numbered = DesignationFactory(office=sheet.office, approved=True).decree
    wrong = typed(sheet.decree, title="Lain", number=numbered.number, dated=numbered.dated)

    answer = sign_in(sheet.decided_by).post(page_of(sheet.decree), wrong)

    assert "isi lain" in str(answer.context["form"].errors["number"])


def test_the_page_of_a_numbered_decree_says_why_it_is_closed(sign_in: SignIn) -> None:
    sheet = DesignationFactory(approved=True)
    client = sign_in(sheet.decided_by)

    shown = client.get(sheet.decree.get_absolute_url()).content.decode()
    page = client.get(page_of(sheet.decree), follow=True).content.decode()

    assert page_of(sheet.decree) not in shown
    assert "isinya tidak dapat diubah lagi" in page
    assert Designation.objects.get(pk=sheet.pk).decree == sheet.decree
