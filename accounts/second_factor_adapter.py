"""How allauth's second factor serves this portal: sealed secrets, pictures and words of ours."""

import logging
from functools import cache
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.http import urlsafe_base64_encode
from django.utils.safestring import SafeString

from accounts import second_factor
from accounts.access import access_of
from accounts.models import User
from desabinaan import qr

_SALT = "accounts.second_factor"

logger = logging.getLogger(__name__)


class PortalMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are stored encrypted by the portal's key; no last factor is taken off that is due."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": (
            "Peran Anda mewajibkan faktor kedua. Pasang penggantinya dahulu, lalu lepas yang ini."
        ),
        "cannot_generate_recovery_codes": "Pasang faktor kedua dahulu.",
        "incorrect_code": "Kode tidak cocok. Tunggu kode berikutnya, lalu coba lagi.",
        "sealed_by_another_key": (
            "Kode tidak dapat diperiksa karena kunci portal telah berganti. Mintalah administrator "
            "melepas faktor kedua Anda, seperti dijelaskan di bawah, atau tunggu sampai pengelola "
            "portal memasang kembali kunci yang lama."
        ),
    }

    def encrypt(self, text: str) -> str:
        """What the database keeps of a secret."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again, unless the portal has lost the key by which it was sealed."""
        try:
            return _seal().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as wrong:
            tell_operator()
            raise second_factor.SealedByAnotherKey from wrong

    def build_totp_svg(self, url: str) -> SafeString:
        """The QR code as vectors within the page."""
        return qr.picture_of(url)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of a person whose role takes one."""
        needed = access_of(authenticator.user).needs_second_factor_from is not None
        return not (needed and second_factor.is_last(authenticator))

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """A name to begin with, which the person may change."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Kunci sandi {count + 1}"

    def send_notification_mail(self, *_args: Any, **_options: Any) -> None:
        """Nothing here: the portal's own notice is sent by a worker."""

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)


@cache
def tell_operator() -> None:
    """One line in the log of each process: everybody with a second factor will meet the same."""
    logger.error(
        "SECRET_KEY is not the one by which second factors were sealed: their owners cannot sign"
        " in. Give the old key back, or name it in SECRET_KEY_FALLBACKS; docs/operations.md tells"
        " what to do where it is lost."
    )


def _seal() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = (salted_hmac(_SALT, "", secret=key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(_padded(key)) for key in derived])


def _padded(key: bytes) -> str:
    return urlsafe_base64_encode(key) + "="
