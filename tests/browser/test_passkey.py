"""A passkey in a real browser: made by a virtual authenticator, asked for at the next sign-in."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from playwright.sync_api import Page

from tests.browser.conftest import PASSWORD
from tests.browser.people import staff_of
from tests.factories import OfficeFactory

PHONE_WITH_FINGERPRINT = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_is_made_and_opens_the_next_session(visit: Callable[..., Page]) -> None:
    person = staff_of(OfficeFactory())
    page = visit(person)
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE_WITH_FINGERPRINT})

    page.goto("/keamanan/kunci/")
    page.get_by_label("Nama perangkat").fill("Ponsel dinas")
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.get_by_role("heading", name="Kode cadangan").wait_for()
    page.context.clear_cookies()
    page.goto("/masuk/")
    page.get_by_label("NIP, kode desa, atau surel").fill(person.username)
    page.get_by_label("Sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("button", name="Pakai kunci sandi").click()
    page.get_by_role("heading", name="Meja kerja").wait_for()

    passkey = Authenticator.objects.get(user=person, type="webauthn")
    assert passkey.wrap().name == "Ponsel dinas"
    assert passkey.last_used_at
