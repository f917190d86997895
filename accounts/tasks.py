"""What the workers do for people: the mail that lets them in, and the mail that tells them."""

import logging

from allauth.account.forms import default_token_generator
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.utils import user_pk_to_url_str
from celery import shared_task
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts import mailing, sessions
from accounts.models import Invitation, User
from desabinaan import mail

logger = logging.getLogger(__name__)

NOT_SENT = (mail.MailServerDown, mail.MailRefused)


@shared_task(acks_late=True, autoretry_for=NOT_SENT, retry_backoff=True, max_retries=5)
def mail_reset_link(email: str) -> None:
    """Send the link to whoever has this address; an address that nobody has shows nowhere."""
    for user in filter_users_by_email(email, is_active=True, for_login=True):
        if user.has_usable_password():
            context = {"user": user, "url": _reset_url(user)}
            text = render_to_string("account/email/password_reset.txt", context)
            mail.deliver(
                mail.letter("Sandi baru untuk Portal Desa Binaan Imigrasi", text, user.email)
            )


@shared_task(acks_late=True, reject_on_worker_lost=True)
@transaction.atomic
def mail_invitation(invitation_id: int) -> None:
    """Send the link of a waiting invitation. Running it twice sends one mail."""
    invitation = Invitation.objects.owed().lock_if_free(invitation_id)
    if invitation is None or not invitation.is_vouched_for:
        return
    url = mail.own_address("accounts:invitation", invitation.token)
    text = render_to_string("accounts/email/invitation.txt", {"invitation": invitation, "url": url})
    try:
        mail.deliver(mail.letter("Undangan ke Portal Desa Binaan Imigrasi", text, invitation.email))
    except NOT_SENT as error:
        # By number and kind only: neither the address nor the link belongs into a log.
        logger.warning("invitation %s not mailed yet: %s", invitation_id, error)
        return
    invitation.mailed_at = timezone.now()
    invitation.save(update_fields=["mailed_at"])


@shared_task
def sweep_invitations() -> None:
    """Queue again the invitations whose mail has not left: a dead worker loses none."""
    for pk in Invitation.objects.owed().values_list("pk", flat=True)[:200]:
        mail_invitation.delay(pk)


@shared_task
def sweep_notices() -> None:
    """Mail what people are still to be told; two at once send nothing twice."""
    mailing.send_owed()


@shared_task
def tidy_notices() -> None:
    """Forget what people were told a month ago."""
    mailing.forget()


@shared_task
def tidy_sessions() -> None:
    """Forget sessions whose time is over, and what was noted about them."""
    sessions.tidy()


def _reset_url(user: User) -> str:
    return mail.own_address(
        "account_reset_password_from_key",
        user_pk_to_url_str(user),
        default_token_generator.make_token(user),
    )
