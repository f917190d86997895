"""What the workers do for people: send the mail that lets them choose a new password."""

from allauth.account.forms import default_token_generator
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.utils import user_pk_to_url_str
from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User


@shared_task(acks_late=True, autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def mail_reset_link(email: str) -> None:
    """Send the link to whoever has this address; an address that nobody has shows nowhere."""
    for user in filter_users_by_email(email, is_active=True, for_login=True):
        if user.has_usable_password():
            context = {"user": user, "url": _reset_url(user)}
            text = render_to_string("account/email/password_reset.txt", context)
            send_mail("Sandi baru untuk Portal Desa Binaan Imigrasi", text, None, [user.email])


def _reset_url(user: User) -> str:
    """The link by the portal's own address: a forged Host header must not get into a mail."""
    path = reverse(
        "account_reset_password_from_key",
        args=[user_pk_to_url_str(user), default_token_generator.make_token(user)],
    )
    return f"{settings.PORTAL_URL.rstrip('/')}{path}"
