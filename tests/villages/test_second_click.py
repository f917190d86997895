"""A second click stores nothing twice, and is told nothing untrue."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from certificates.models import Letter
from tests.factories import (
    DesignationFactory,
    UserFactory,
    VillageFactory,
    checked_pdf,
    head_of,
    small_pdf,
)
from tests.races import just_before
from tests.test_editing import opened
from villages import actions
from villages.decree_drafts import proposed
from villages.models import (
    Agreement,
    Document,
    Purpose,
    SisterProgramme,
    Village,
    VillageContact,
    VillageDocument,
)

type SignIn = Callable[..., Client]

pytestmark = pytest.mark.django_db

AGREED = {"kind": "cooperation", "title": "Pembinaan", "first_party": "Kantor",
          "second_party": "Desa", "dated": "2025-03-01"}  # fmt: skip


@pytest.fixture
def village() -> Village:
    return VillageFactory()


@pytest.fixture
def client_of_village(sign_in: SignIn, village: Village) -> Client:
    return sign_in(UserFactory(staff_of=village.office))


def scan(pages: int = 2) -> SimpleUploadedFile:
    return SimpleUploadedFile("berkas.pdf", small_pdf(pages), "application/pdf")


def clicked_twice(client: Client, url: str, typed: dict[str, str], file: str = "") -> HttpResponse:
    """The answer to the second of two clicks on what the form at this address holds."""
    data = opened(client, url) | typed
    for _ in range(2):
        answer = client.post(url, data | ({file: scan()} if file else {}))
    assert answer.status_code == 302, answer.context["form"].errors.as_text()
    return answer


def test_a_document_of_the_village_is_kept_once(village: Village, client_of_village) -> None:
    url = reverse("villages:village_document_add", args=[village.pk])

    clicked_twice(client_of_village, url, {"title": "Profil"}, "file")
    client_of_village.post(url, {"title": "Peta", "file": scan()})

    assert [it.title for it in VillageDocument.objects.order_by("pk")] == ["Profil", "Peta"]
    assert Entry.objects.about(village).filter(verb="village.document_attached").count() == 2


def test_a_contact_is_noted_once_and_again_after_the_term(
    village: Village, client_of_village
) -> None:
    url = reverse("villages:contact_add", args=[village.pk])

    clicked_twice(client_of_village, url, {"role": "operator", "name": "Siti"})
    noted = VillageContact.objects.get()
    actions.end_contact(noted, until=village.office.today(), by=UserFactory())
    clicked_twice(client_of_village, url, {"role": "operator", "name": "Siti"})

    assert VillageContact.objects.filter(name="Siti").count() == 2


def test_a_new_head_is_welcomed_without_a_warning(village: Village, client_of_village) -> None:
    url = reverse("villages:head_change", args=[village.pk])

    answer = clicked_twice(client_of_village, url, {"name": "Slamet"})

    told = [message.level_tag for message in get_messages(answer.wsgi_request)]
    assert "warning" not in told
    assert VillageContact.objects.get().until is None
    assert Entry.objects.about(village).filter(verb="village.head_changed").count() == 1


def test_an_agreement_is_noted_once_with_one_scan(village: Village, client_of_village) -> None:
    url = reverse("villages:village_profile_add", args=[village.pk, "perjanjian"])

    clicked_twice(client_of_village, url, AGREED, "scan")

    assert Agreement.objects.get().scan == VillageDocument.objects.get()
    assert Entry.objects.about(village).filter(verb="village.agreement_written").count() == 1


def test_an_agreement_that_is_noted_again_with_its_scan_gets_it(
    village: Village, client_of_village
) -> None:
    url = reverse("villages:village_profile_add", args=[village.pk, "perjanjian"])
    data = opened(client_of_village, url) | AGREED
    client_of_village.post(url, data)

    client_of_village.post(url, data | {"scan": scan()})

    assert Agreement.objects.get().scan == VillageDocument.objects.get()


def test_a_programme_is_noted_once_and_nobody_is_told_that_it_was(
    village: Village, client_of_village
) -> None:
    url = reverse("villages:village_profile_add", args=[village.pk, "program"])

    clicked_twice(client_of_village, url, {"kind": "desbumi", "owner": "Migrant CARE"})

    assert SisterProgramme.objects.count() == 1
    assert Entry.objects.about(village).filter(verb="village.programme_written").count() == 1


def test_a_sheet_is_withdrawn_once_and_nobody_is_told_that_it_was(sign_in: SignIn) -> None:
    sheet = DesignationFactory(complete=True)
    client = sign_in(sheet.created_by)
    url = reverse("villages:withdraw", args=[sheet.pk])

    answer = clicked_twice(client, url, {"reason": "Desa lain dahulu."})

    assert not [it for it in get_messages(answer.wsgi_request) if it.level_tag == "warning"]
    assert Entry.objects.about(sheet).filter(verb="designation.withdrawn").count() == 1


def test_a_revocation_is_declined_once_and_nobody_is_told_that_it_was(sign_in: SignIn) -> None:
    sheet = DesignationFactory(revocation_requested=True)
    client = sign_in(UserFactory(head_of=sheet.office, head_of__acting_kind="plh"))
    url = reverse("villages:decline_revocation", args=[sheet.pk])
    said = {"note": "Belum cukup alasan.", "dilihat": sheet.pending_revocation.stamp}

    for _ in range(2):
        answer = client.post(url, said, follow=True)

    assert "Tidak ada usul pencabutan" not in answer.content.decode()
    assert Entry.objects.about(sheet).filter(verb="designation.revocation_declined").count() == 1


def test_the_scan_of_a_decree_is_kept_once(sign_in: SignIn) -> None:
    sheet = DesignationFactory(approved=True)
    url = reverse("villages:decree_number", args=[sheet.pk])

    clicked_twice(sign_in(sheet.created_by), url, {}, "scan")

    assert Document.objects.get(purpose=Purpose.DECREE).designation == sheet
    attached = Entry.objects.about(sheet).filter(verb="designation.document_attached")
    assert attached.count() == 1


@pytest.mark.parametrize("words", ["Uraian yang baru.", ""])
def test_evidence_is_kept_once_whether_the_words_changed_or_not(
    sign_in: SignIn, words: str
) -> None:
    sheet = DesignationFactory(complete=True)
    finding = sheet.findings.get()
    url = reverse("villages:finding", args=[sheet.pk, finding.criterion.key])
    typed = {"justification": words} if words else {}
    before = Entry.objects.about(sheet).filter(verb="designation.finding_written").count()

    clicked_twice(sign_in(sheet.created_by), url, typed, "evidence")

    assert finding.documents.filter(sha256__isnull=False, name="berkas.pdf").count() == 1
    told = Entry.objects.about(sheet).filter(verb="designation.finding_written").count()
    assert told - before == bool(words)


def test_a_drafted_decree_is_drawn_once_and_anew_with_other_words(sign_in: SignIn) -> None:
    sheet = DesignationFactory(submitted=True)
    head_of(sheet.office)
    client = sign_in(sheet.created_by)
    url = reverse("villages:decree_draft")
    data = opened(client, url) | {"sheets": str(sheet.pk)}

    answers = [client.post(url, data) for _ in range(2)]
    other = client.post(url, data | {"subject": "Penetapan yang Lain"})

    assert answers[0]["Location"] == answers[1]["Location"] != other["Location"]
    assert Letter.objects.count() == 2
    drafted = Entry.objects.about(sheet).filter(verb="designation.decree_drafted")
    assert drafted.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_in_the_same_moment_keep_one_file_too() -> None:
    village = VillageFactory()
    staff = UserFactory(staff_of=village.office)
    sheet = DesignationFactory(submitted=True)

    def keep() -> object:
        return actions.attach_document(
            village, checked_pdf(), title="Profil", is_shared=False, by=staff
        )

    def draft() -> object:
        return actions.draft_decree(sheet.office, [sheet], proposed(sheet.office), by=staff)

    assert just_before(keep, keep) == VillageDocument.objects.get()
    assert just_before(draft, draft) == Letter.objects.get()
