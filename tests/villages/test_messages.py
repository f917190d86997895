"""Ready texts for WhatsApp: for whoever may pass the news on, and nobody else."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from tests.factories import (
    DesignationFactory,
    NumberTemplateFactory,
    OfficeFactory,
    UserFactory,
    VillageAccessFactory,
)
from villages import actions, messages
from villages.models import Designation

pytestmark = pytest.mark.django_db
REMIND, PASS_ON = "Ingatkan Kepala Kantor", "Beri tahu desa lewat WhatsApp"


@pytest.fixture
def office():
    office = OfficeFactory()
    NumberTemplateFactory(office=office)
    return office


def person(role: str, sheet: Designation):
    office = sheet.office
    return {
        "staff": lambda: UserFactory(staff_of=office),
        "head": lambda: UserFactory(head_of=office, head_of__acting_kind="plh"),
        "admin": lambda: UserFactory(admin_of=office),
        "observer": lambda: UserFactory(observer_of=office.parent),
        "village": lambda: UserFactory(village=sheet.village),
    }[role]()


@pytest.mark.parametrize(
    ("role", "offered"),
    [("staff", True), ("head", False), ("admin", False), ("observer", False), ("village", False)],
)
def test_staff_get_a_text_that_reminds_the_head(sign_in, office, role, offered) -> None:
    sheet = DesignationFactory(office=office, submitted=True)

    page = sign_in(person(role, sheet)).get(sheet.get_absolute_url()).content.decode()

    assert (REMIND in page) is offered
    assert ("wa.me" in page) is offered


@pytest.mark.parametrize(
    ("role", "offered"), [("staff", True), ("head", False), ("admin", False), ("village", False)]
)
def test_a_request_to_revoke_has_its_own_reminder(sign_in, office, role, offered) -> None:
    sheet = DesignationFactory(office=office, revocation_requested=True)

    page = sign_in(person(role, sheet)).get(sheet.get_absolute_url()).content.decode()

    assert (REMIND in page) is offered
    assert ("usul pencabutan penetapan" in page) is offered


@pytest.mark.parametrize(
    ("role", "offered"), [("staff", False), ("head", True), ("admin", False), ("village", False)]
)
def test_the_head_gets_a_text_for_the_staff_when_a_sheet_came_back(
    sign_in, office, role, offered
) -> None:
    sheet = DesignationFactory(office=office, returned=True)

    page = sign_in(person(role, sheet)).get(sheet.get_absolute_url()).content.decode()

    assert ("Beri tahu petugas lewat WhatsApp" in page) is offered
    assert sheet.status_note not in messages.returned(sheet)


@pytest.mark.parametrize(
    ("role", "offered"),
    [("staff", True), ("head", False), ("admin", False), ("observer", False), ("village", False)],
)
def test_staff_who_see_a_mistake_ask_the_head_to_send_the_sheet_back(
    sign_in, office, role, offered
) -> None:
    sheet = DesignationFactory(office=office, submitted=True)

    page = sign_in(person(role, sheet)).get(sheet.get_absolute_url()).content.decode()

    assert ("Ada yang keliru? Mintalah Kepala Kantor mengembalikannya." in page) is offered
    assert (f'rows="8">{messages.recall(sheet)}</textarea>' in page) is offered
    assert f"Yth. Kepala {office.short_name}" in messages.recall(sheet)
    assert sheet.get_absolute_url() in messages.recall(sheet)


@pytest.mark.parametrize(
    ("role", "reads"), [("head", True), ("staff", True), ("observer", False), ("village", False)]
)
def test_who_sent_a_sheet_back_reads_what_they_wrote(sign_in, office, role, reads) -> None:
    sheet = DesignationFactory(office=office, returned=True, returned__note="Lengkapi buktinya.")

    page = sign_in(person(role, sheet)).get(sheet.get_absolute_url()).content.decode()

    assert ("<p>Lengkapi buktinya.</p>" in page) is reads


@pytest.mark.parametrize("state", ["complete", "returned", "approved", "revocation_requested"])
def test_a_sheet_that_is_not_with_the_head_is_not_asked_back(sign_in, office, state) -> None:
    sheet = DesignationFactory(office=office, **{state: True})

    page = sign_in(UserFactory(staff_of=office)).get(sheet.get_absolute_url()).content.decode()

    assert "Ada yang keliru?" not in page


def test_there_is_nothing_to_remind_of_before_and_after(sign_in, office) -> None:
    client = sign_in(UserFactory(staff_of=office))

    for state in ("complete", "returned", "approved"):
        sheet = DesignationFactory(office=office, **{state: True})
        assert REMIND not in client.get(sheet.get_absolute_url()).content.decode(), state


@pytest.mark.parametrize(
    ("role", "offered"),
    [("staff", True), ("head", True), ("admin", False), ("observer", False), ("village", False)],
)
def test_staff_and_head_get_a_text_for_the_village_on_both_pages(
    sign_in, office, role, offered
) -> None:
    sheet = DesignationFactory(office=office, approved=True, approved__ready=True)
    client = sign_in(person(role, sheet))

    for address in (sheet.get_absolute_url(), sheet.certificate.get_absolute_url()):
        page = client.get(address).content.decode()
        assert (PASS_ON in page) is offered, address


@pytest.mark.parametrize("state", ["approved", "revoked"])
def test_a_certificate_that_cannot_be_downloaded_is_no_news(sign_in, office, state) -> None:
    sheet = DesignationFactory(office=office, **{state: True})
    client = sign_in(UserFactory(staff_of=office))

    for address in (sheet.get_absolute_url(), sheet.certificate.get_absolute_url()):
        assert PASS_ON not in client.get(address).content.decode()


def test_a_village_that_moved_is_told_by_the_office_that_guides_it(sign_in, office) -> None:
    sheet = DesignationFactory(office=office, approved=True, approved__ready=True)
    new = OfficeFactory()
    actions.move_village(sheet.village, to=new, basis="SK 1", by=UserFactory())

    page = sign_in(UserFactory(staff_of=new)).get(sheet.get_absolute_url()).content.decode()

    assert PASS_ON in page


def test_the_texts_say_where_and_since_when_and_no_more(sign_in, office, settings) -> None:
    settings.PORTAL_URL = "https://portal.example"
    waiting = DesignationFactory(office=office, submitted=True)
    ready = DesignationFactory(office=office, approved=True, approved__ready=True)

    reminder = messages.reminder(waiting)
    news = messages.ready(ready.certificate, has_account=True)

    assert f"https://portal.example/penetapan/{waiting.pk}/" in reminder
    assert office.short_name in reminder
    assert f"https://portal.example/sertifikat/{ready.certificate.code}/" in news
    assert f"https://portal.example/v/{ready.certificate.code}" in news
    assert f"Yth. Pemerintah {ready.village}" in news
    for text in (reminder, news):
        assert waiting.created_by.name not in text
        assert waiting.created_by.nip not in text
        assert ready.decided_by.name not in text


def test_a_village_without_an_account_is_not_told_to_download(sign_in, office) -> None:
    sheet = DesignationFactory(office=office, approved=True, approved__ready=True)
    staff = UserFactory(staff_of=office)

    def texts() -> list[str]:
        client = sign_in(staff)
        places = (sheet.get_absolute_url(), sheet.certificate.get_absolute_url())
        return [client.get(it).content.decode() for it in places]

    without = texts()
    VillageAccessFactory(village=sheet.village)
    with_one = texts()

    for page in without:
        assert "Berkasnya kami kirimkan bersama pesan ini." in page
        assert "Dengan akun desa, Bapak/Ibu" not in page
    for page in with_one:
        assert "Dengan akun desa, Bapak/Ibu dapat mengunduhnya" in page
        assert "kami kirimkan" not in page


@pytest.mark.parametrize("role", ["staff", "head", "admin", "observer"])
def test_the_sheet_says_that_the_village_has_no_account_and_who_gives_it(
    sign_in, office, role
) -> None:
    sheet = DesignationFactory(office=office, approved=True, approved__ready=True)
    reader = person(role, sheet)
    keeper = reader if role == "admin" else UserFactory(admin_of=office)
    way = reverse("villages:village_account", args=[sheet.village_id])

    without = sign_in(reader).get(sheet.get_absolute_url()).content.decode()
    over = VillageAccessFactory(village=sheet.village, ends_on=office.today())
    closed = sign_in(reader).get(sheet.get_absolute_url()).content.decode()
    VillageAccessFactory(village=sheet.village)
    with_one = sign_in(reader).get(sheet.get_absolute_url()).content.decode()

    assert over.ends_on
    for page in (without, closed):
        assert "Desa belum punya akun" in page
        assert "Siap diunduh oleh kantor dan desa" not in page
        assert (way in page) is (role == "admin")
        assert (f"Mintalah {keeper.name} (administrator kantor)" in page) is (role != "admin")
    assert "belum punya akun" not in with_one
    assert "Siap diunduh oleh kantor dan desa" in with_one


def test_so_does_the_page_of_its_decree(sign_in, office) -> None:
    sheet = DesignationFactory(office=office, approved=True, approved__ready=True)
    client = sign_in(UserFactory(staff_of=office))

    without = client.get(sheet.decree.get_absolute_url()).content.decode()
    VillageAccessFactory(village=sheet.village)
    with_one = client.get(sheet.decree.get_absolute_url()).content.decode()

    assert "1 desa belum punya akun" in without
    assert "oleh kantor dan desa" not in without
    assert "oleh kantor dan desa" in with_one


def test_the_link_carries_the_whole_text(sign_in, office) -> None:
    sheet = DesignationFactory(office=office, submitted=True)

    page = sign_in(UserFactory(staff_of=office)).get(sheet.get_absolute_url()).content.decode()

    link = page.split('href="https://wa.me/', 1)[1].split('"', 1)[0]
    assert parse_qs(urlsplit(link).query)["text"] == [messages.reminder(sheet)]
    assert f'readonly rows="8">{messages.reminder(sheet)}</textarea>' in page
