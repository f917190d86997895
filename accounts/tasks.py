"""What the workers do for people: the mail that lets them in, and the mail that tells them."""

import logging

from allauth.account.forms import default_token_generator
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.utils import user_pk_to_url_str
from celery import shared_task
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts import mailing, sessions
from accounts.models import Invitation, PasswordRequest, User
from desabinaan import health, mail

logger = logging.getLogger(__name__)

NOT_SENT = (mail.MailServerDown, mail.MailRefused)
ONE_ROUND = 200  # the next begins within a minute


@shared_task(acks_late=True, reject_on_worker_lost=True)
def mail_reset_links() -> None:
    """Send the links that are owed; one that is held is being sent by another worker."""
    PasswordRequest.objects.stale().delete()
    for pk in PasswordRequest.objects.owed().values_list("pk", flat=True)[:ONE_ROUND]:
        if health.mail_rests():
            return
        _mail_reset_link(pk)


@transaction.atomic
def _mail_reset_link(pk: int) -> None:
    """To whoever has the address, and then it is forgotten; one that nobody has shows nowhere."""
    asked = PasswordRequest.objects.owed().lock_if_free(pk)
    if asked is None:
        return
    try:
        for user in filter_users_by_email(asked.email, is_active=True, for_login=True):
            if user.has_usable_password():
                mail.deliver(_reset_letter(user))
    except mail.MailServerDown:
        return  # noted and logged; it stays owed
    except mail.MailRefused as refusal:
        logger.warning("the mail server took no link of request %s: %s", pk, refusal)
        asked.put_off()
        asked.save(update_fields=["refusals", "due_at"])
        return
    asked.delete()


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
    if health.mail_rests():
        return
    for pk in Invitation.objects.owed().values_list("pk", flat=True)[:ONE_ROUND]:
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


def _reset_letter(user: User) -> EmailMessage:
    """The link is made now, so its day begins when the mail leaves."""
    token = default_token_generator.make_token(user)
    url = mail.own_address("account_reset_password_from_key", user_pk_to_url_str(user), token)
    text = render_to_string("account/email/password_reset.txt", {"user": user, "url": url})
    return mail.letter("Sandi baru untuk Portal Desa Binaan Imigrasi", text, user.email)
