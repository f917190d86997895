"""The certificate's page and its file: for the office and the holder, exact to the byte."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

import certificates.actions
from accounts.models import User
from audit.actions import record
from audit.models import Entry
from certificates import storage
from certificates.models import Certificate
from desabinaan.templatetags.portal import bernomor
from tests.factories import DesignationFactory, OfficeFactory, UserFactory, VillageFactory

SignIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet() -> DesignationFactory:
    return DesignationFactory(approved=True, approved__ready=True)


def page_of(certificate: Certificate) -> str:
    return f"/sertifikat/{certificate.code}/"


def file_of(certificate: Certificate) -> str:
    return f"/sertifikat/{certificate.code}/unduh/"


def downloads() -> int:
    return Entry.objects.filter(verb="certificate.downloaded").count()


def test_the_village_downloads_the_exact_bytes(sign_in: SignIn, sheet: DesignationFactory) -> None:
    client = sign_in(UserFactory(village=sheet.village))

    response = client.get(file_of(sheet.certificate))

    assert response.status_code == 200
    assert hashlib.sha256(response.content).hexdigest() == sheet.certificate.sha256
    assert len(response.content) == sheet.certificate.size


def test_the_file_arrives_as_a_named_private_pdf(
    sign_in: SignIn, sheet: DesignationFactory
) -> None:
    client = sign_in(UserFactory(village=sheet.village))

    response = client.get(file_of(sheet.certificate))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        f'attachment; filename="{sheet.certificate.file_name}"'
    )
    assert sheet.certificate.file_name.isascii()
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["ETag"] == f'"{sheet.certificate.sha256}"'


def test_a_villages_download_is_remembered_once_a_day_for_each_person(
    sign_in: SignIn, sheet: DesignationFactory
) -> None:
    first, second = UserFactory(village=sheet.village), UserFactory(village=sheet.village)

    for person in (first, first, second):
        assert sign_in(person).get(file_of(sheet.certificate)).status_code == 200

    assert downloads() == 2


def test_another_days_download_is_remembered_again(
    sign_in: SignIn, sheet: DesignationFactory
) -> None:
    person = UserFactory(village=sheet.village)
    yesterday = timezone.now() - timedelta(days=1)
    record("certificate.downloaded", sheet.certificate, by=person, at=yesterday)

    sign_in(person).get(file_of(sheet.certificate))

    assert downloads() == 2


def test_looking_at_the_headers_is_no_download(sign_in: SignIn, sheet: DesignationFactory) -> None:
    client = sign_in(UserFactory(village=sheet.village))

    assert client.head(file_of(sheet.certificate)).status_code == 200
    assert downloads() == 0


def test_the_offices_own_download_is_not_remembered(
    sign_in: SignIn, sheet: DesignationFactory
) -> None:
    for person in (
        UserFactory(staff_of=sheet.office),
        UserFactory(observer_of=sheet.office.parent),
    ):
        assert sign_in(person).get(file_of(sheet.certificate)).status_code == 200
    assert downloads() == 0


def test_strangers_find_nothing(sign_in: SignIn, sheet: DesignationFactory) -> None:
    for person in (
        UserFactory(),
        UserFactory(head_of=OfficeFactory()),
        UserFactory(village=VillageFactory(office=sheet.office)),
    ):
        client = sign_in(person)
        assert client.get(file_of(sheet.certificate)).status_code == 404
        assert client.get(page_of(sheet.certificate)).status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(client: Client, sheet: DesignationFactory) -> None:
    response = client.get(file_of(sheet.certificate))

    assert response.status_code == 302
    assert response["Location"].startswith("/masuk/")


@pytest.mark.parametrize("code", ["tidak-ada", "%00", "N84RVG6HZNDR"])
def test_a_code_that_leads_nowhere_is_not_found(sign_in: SignIn, code: str) -> None:
    client = sign_in(UserFactory(staff_of=OfficeFactory()))

    assert client.get(f"/sertifikat/{code}/").status_code == 404
    assert client.get(f"/sertifikat/{code}/unduh/").status_code == 404


def test_a_file_that_is_not_drawn_yet_leads_back_to_the_page(sign_in: SignIn) -> None:
    certificate = DesignationFactory(approved=True).certificate
    client = sign_in(UserFactory(staff_of=certificate.office))

    response = client.get(file_of(certificate), follow=True)

    assert response.redirect_chain == [(page_of(certificate), 302)]
    assert "masih disiapkan" in response.content.decode()


def test_the_village_keeps_no_revoked_certificate_but_the_office_does(sign_in: SignIn) -> None:
    sheet = DesignationFactory(approved=True, approved__ready=True)
    Certificate.objects.filter(pk=sheet.certificate.pk).update(
        status="revoked", revoked_at=timezone.now(), revoked_reason="Tidak aktif."
    )
    village = UserFactory(village=sheet.village)

    refused = sign_in(village).get(file_of(sheet.certificate))
    page = sign_in(village).get(page_of(sheet.certificate)).content.decode()

    assert refused.status_code == 403
    assert "telah dicabut" in refused.content.decode()
    assert "Tidak aktif." not in page
    assert "unduh/" not in page
    staff = sign_in(UserFactory(staff_of=sheet.office))
    assert staff.get(file_of(sheet.certificate)).status_code == 200
    assert "Tidak aktif." in staff.get(page_of(sheet.certificate)).content.decode()


def test_of_one_that_was_revoked_before_it_was_drawn_nobody_is_told_to_ask_for_a_copy(
    sign_in: SignIn,
) -> None:
    sheet = DesignationFactory(approved=True)  # its certificate is ordered, and not drawn yet
    certificates.actions.revoke(sheet.certificate, reason="Keliru.", by=sheet.decided_by)

    page = sign_in(UserFactory(village=sheet.village)).get(page_of(sheet.certificate))

    assert "dicabut sebelum berkasnya selesai dibuat" in page.content.decode()
    assert "salinannya" not in page.content.decode()


def test_the_page_of_a_valid_certificate_does_not_speak_as_of_one_in_doubt(
    sign_in: SignIn, sheet: DesignationFactory
) -> None:
    page = sign_in(UserFactory(village=sheet.village)).get(page_of(sheet.certificate))

    assert "Tentang desa ini dan kantor pembinanya" in page.content.decode()


@pytest.mark.parametrize("damage", ["changed", "lost"])
def test_bytes_that_were_not_drawn_are_never_handed_out(
    sign_in: SignIn, sheet: DesignationFactory, damage: str
) -> None:
    place = Path(settings.STORAGES["papers"]["OPTIONS"]["location"], sheet.certificate.file)
    content = place.read_bytes()
    if damage == "changed":
        place.write_bytes(content[:-1] + b"!")
    else:
        place.unlink()
    client = sign_in(UserFactory(village=sheet.village))

    response = client.get(file_of(sheet.certificate), follow=True)

    assert response.redirect_chain == [(page_of(sheet.certificate), 302)]
    assert "tidak terbaca" in response.content.decode()
    assert downloads() == 0
    storage.keep(content)


def test_the_page_shows_number_code_hash_and_the_way_to_verify(
    sign_in: SignIn, sheet: DesignationFactory
) -> None:
    page = sign_in(UserFactory(staff_of=sheet.office)).get(page_of(sheet.certificate))
    text = page.content.decode()

    certificate = sheet.certificate
    assert bernomor(certificate.number) in text
    assert certificate.sha256 in text
    assert f"{certificate.code[:4]}-{certificate.code[4:8]}-{certificate.code[8:]}" in text
    assert f'href="/v/{certificate.code}"' in text
    assert "memesan sertifikat" in text
    assert f'<li><a href="{sheet.get_absolute_url()}">{sheet.village.full_name}</a></li>' in text


def test_the_village_sees_dates_but_not_who_did_what(
    sign_in: SignIn, sheet: DesignationFactory
) -> None:
    text = sign_in(UserFactory(village=sheet.village)).get(page_of(sheet.certificate))

    assert "memesan sertifikat" not in text.content.decode()
    assert sheet.certificate.ordered_by.name not in text.content.decode().replace(
        sheet.certificate.facts["signer"]["name"], ""
    )


def test_a_waiting_page_asks_again_and_hears_only_news(sign_in: SignIn) -> None:
    sheet = DesignationFactory(approved=True)
    client = sign_in(UserFactory(staff_of=sheet.office))
    whole = client.get(page_of(sheet.certificate)).content.decode()
    part = {"HX-Request": "true"}

    assert 'hx-trigger="every 2s"' in whole
    assert "Lihat keadaan terbaru" in whole
    again = client.get(page_of(sheet.certificate), {"tampak": "ordered"}, headers=part)
    assert again.status_code == 204

    Certificate.objects.filter(pk=sheet.certificate.pk).update(attempts=2, tried_at=timezone.now())
    news = client.get(page_of(sheet.certificate), {"tampak": "ordered"}, headers=part)
    assert "belum berhasil dibuat setelah 2 kali" in news.content.decode()
    assert "<html" not in news.content.decode()


def test_once_drawn_the_page_stops_asking(sign_in: SignIn, sheet: DesignationFactory) -> None:
    client = sign_in(UserFactory(staff_of=sheet.office))

    part = client.get(
        page_of(sheet.certificate), {"tampak": "ordered"}, headers={"HX-Request": "true"}
    ).content.decode()

    assert "hx-trigger" not in part
    assert "unduh/" in part


def test_the_page_takes_ten_queries_at_most(
    sign_in: SignIn,
    sheet: DesignationFactory,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client, address = sign_in(UserFactory(staff_of=sheet.office)), page_of(sheet.certificate)
    client.get("/")  # the session is as it is in the middle of the work

    # 1 session, 2 user, 3 memberships, 4 villages of an official; 5 the certificate with number
    # and office, 6 its scans, 7 its history. The type of record is asked once per process.
    with django_assert_max_num_queries(10):
        client.get(address)
