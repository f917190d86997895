"""What papers print is refused at its own field when no typeface has it, and named where it stands.

One such sign in an office's address would otherwise stop every certificate, letter and report.
"""

from typing import Any

import pytest
from django import forms
from django.urls import reverse

from accounts.forms.invitation import InviteForm
from accounts.forms.office import ProfileForm
from accounts.forms.people import MemberForm
from accounts.forms.units import ChangeForm, OpenForm
from accounts.models import Office, User
from certificates.forms import NumberTemplateForm
from certificates.models import Certificate, Letter, RegisterEntry
from tests.factories import DesignationFactory, OfficeFactory, UserFactory
from tests.looks import LOOKS, Form, a_letter, confirmed
from villages.decree_drafts import proposed
from villages.forms.afterwards import RevocationDecisionForm
from villages.forms.officers import OfficerForm
from villages.forms.onboarding import ColumnsForm

pytestmark = pytest.mark.django_db
STRANGE = "Seksi ☎ Tikim"
PRINTED = {
    ProfileForm: ("address", "letterhead"),
    ChangeForm: ("name", "city"),
    OpenForm: ("name", "city", "address"),
    MemberForm: ("name", "title"),
    InviteForm: ("name", "title"),
    NumberTemplateForm: ("pattern", "unit_code", "classification"),
    OfficerForm: ("name", "decree_number", "decree_signer_title"),
    RevocationDecisionForm: ("decree_number",),
    ColumnsForm: ("officer_decree_number", "officer_signer_title"),
}


@pytest.mark.parametrize(
    ("form", "name"), [(form, name) for form, names in PRINTED.items() for name in names]
)
def test_a_sign_that_cannot_be_printed_is_refused_where_it_is_typed(
    form: type[forms.Form], name: str
) -> None:
    field = form.base_fields[name]

    with pytest.raises(forms.ValidationError, match="☎"):
        field.clean(STRANGE)
    assert field.clean("Tikim – “Ampek”") == "Tikim – “Ampek”"


def test_each_line_of_a_letterhead_is_looked_at() -> None:
    letterhead = ProfileForm.base_fields["letterhead"]

    for strange in ("KEMENTERIAN\nDITJEN ☎", "KEMENTERIAN\n<b>DITJEN</b>"):
        with pytest.raises(forms.ValidationError):
            letterhead.clean(strange)
    assert letterhead.clean("KEMENTERIAN\nDITJEN") == "KEMENTERIAN\nDITJEN"


def test_the_page_of_the_profile_says_it_at_the_field(sign_in: Any) -> None:
    office = OfficeFactory()

    page = sign_in(UserFactory(admin_of=office)).post(
        f"/kantor/{office.code}/profil/", {"address": "Jalan Baru 2 ☎ 0331"}
    )

    assert page.context["form"].errors["address"] == [
        "Tanda ☎ tidak dapat dicetak pada surat dan sertifikat."
    ]


ADDRESS = "Alamat kantor memuat ☎; administrator memperbaikinya di Profil kantor."


def with_an_old_address() -> None:
    """As an office's profile may stand since before such signs were refused."""
    Office.objects.update(address="Jalan Baru 2 ☎ 0331")


@pytest.mark.parametrize("look", [*LOOKS, a_letter])
def test_the_last_look_and_the_refusal_name_what_stands_there_and_who_mends_it(
    look: Any, sign_in: Any
) -> None:
    form: Form = look()
    person, address, typed = form
    browser = sign_in(person)
    with_an_old_address()

    shown = browser.post(address, typed).content.decode()
    refused = browser.post(address, confirmed(browser, address, typed), follow=True)

    assert ADDRESS in shown
    assert f"tidak dapat dicetak: {ADDRESS}" in refused.content.decode()
    assert not Certificate.objects.exists()
    assert not Letter.objects.exists()
    assert not RegisterEntry.objects.exists()


def test_a_draft_and_a_report_say_it_too(sign_in: Any) -> None:
    sheet = DesignationFactory(submitted=True)
    draft = proposed(sheet.office)
    clauses = {it: "\n".join(getattr(draft, it)) for it in ("considering", "recalling", "decides")}
    typed = {"subject": "Penetapan", "signer_title": "Kepala", "signer_name": "Ratna Wulandari"}
    with_an_old_address()
    browser = sign_in(UserFactory(head_of=sheet.office))

    drafted = browser.post("/sk/draf/", {"sheets": [sheet.pk], **typed, **clauses}, follow=True)
    month = f"{sheet.office.today():%Y-%m}"
    reported = browser.post(reverse("reports:recap_report"), {"periode": month}, follow=True)

    for page in (drafted, reported):
        assert f"tidak dapat dicetak: {ADDRESS}" in page.content.decode()
    assert not Letter.objects.exists()


def test_a_name_among_several_is_quoted(sign_in: Any) -> None:
    person, address, typed = a_letter()
    officer = User.objects.get(officerships__isnull=False)
    User.objects.filter(pk=officer.pk).update(name="Bagas ☎")

    shown = sign_in(person).post(address, typed).content.decode()

    assert (
        "Nama petugas “Bagas ☎” memuat ☎; administrator memperbaikinya pada data orangnya." in shown
    )
