"""Two villages with one file as their letters of consent: said to both sides, refused to nobody."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.access import access_of
from accounts.models import Office
from desabinaan.uploads import CheckedFile
from tests.factories import (
    DesignationFactory,
    NumberTemplateFactory,
    UserFactory,
    head_of,
    small_pdf,
)
from tests.looks import sk
from villages import actions
from villages.models import Designation
from villages.pages import open_sheet

pytestmark = pytest.mark.django_db
SAID = "Berkas yang sama juga menjadi surat kesediaan"


@pytest.fixture
def office() -> Office:
    found: Office = NumberTemplateFactory().office
    return found


def with_letter(office: Office, content: bytes, **stage: bool) -> Designation:
    """A sheet whose village consents by this very file."""
    sheet = DesignationFactory(office=office, complete=True)
    consent = sheet.consent
    facts = {
        name: getattr(consent, name)
        for name in ("letter_number", "letter_dated", "signatory_name", "signatory_title")
    }
    file = CheckedFile("surat.pdf", "application/pdf", content)
    actions.write_consent(sheet, facts=facts, scan=file, by=sheet.created_by)
    if stage.get("submitted"):
        actions.submit(sheet, by=sheet.created_by)
    return Designation.objects.get(pk=sheet.pk)


def test_the_preparer_and_the_head_are_told_whose_letter_it_is_too(sign_in, office) -> None:
    other = with_letter(office, small_pdf() + b"%1", submitted=True)
    sheet = with_letter(office, small_pdf() + b"%1", submitted=True)
    alone = with_letter(office, small_pdf() + b"%2", submitted=True)
    head: Client = sign_in(head_of(office).user)
    typed = {"dilihat": sheet.stamp, **sk(office)}

    look = head.post(reverse("villages:approve", args=[sheet.pk]), typed).text
    read = head.get(alone.get_absolute_url()).text
    page: Client = sign_in(UserFactory(staff_of=office))

    assert f"{sheet.village}: juga {other.village.region.name}" in look
    assert SAID not in read
    assert f"{SAID} {other.village.region.name}." in page.get(sheet.get_absolute_url()).text


def test_of_several_those_are_named_whose_letter_is_one(sign_in, office) -> None:
    first, second = (with_letter(office, small_pdf() + b"%1", submitted=True) for _ in range(2))
    alone = with_letter(office, small_pdf() + b"%2", submitted=True)
    typed = {"usulan": [it.pk for it in (first, second, alone)], **sk(office)}
    head: Client = sign_in(head_of(office).user)

    look = head.post(reverse("villages:approve_all"), {**typed, "dilihat": alone.stamp}).text

    assert "Satu berkas menjadi surat kesediaan lebih dari satu desa." in look
    assert f"{first.village}: juga {second.village.region.name}" in look
    assert f"{alone.village}: juga" not in look


def test_of_many_it_is_said_how_many_more_there_are(sign_in, office) -> None:
    others = [with_letter(office, small_pdf() + b"%1", submitted=True) for _ in range(5)]
    sheet = with_letter(office, small_pdf() + b"%1", submitted=True)
    names = ", ".join(it.village.region.name for it in others[:3])

    page: Client = sign_in(UserFactory(staff_of=office))

    assert f"{SAID} {names} dan 2 lainnya." in page.get(sheet.get_absolute_url()).text


def test_another_office_s_letter_and_one_that_was_given_up_are_nobody_s_matter(office) -> None:
    content = small_pdf() + b"%3"
    with_letter(NumberTemplateFactory().office, content)
    given_up = with_letter(office, content)
    actions.withdraw(given_up, reason="Keliru.", by=given_up.created_by)

    sheet = with_letter(office, content)

    assert Designation.objects.with_decision().get(pk=sheet.pk).consent_shared == []
    assert open_sheet(access_of(sheet.created_by), sheet.pk).consent_shared == []
