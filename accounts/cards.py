"""Handing out a first password on paper: the card is printed once, and opens the account once."""

from __future__ import annotations

import re
import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

import audit.actions
from accounts import actions, second_factor
from accounts.actions import SPOKEN_SIGNS
from accounts.models import ActivationCard, User
from accounts.models.card import USE
from desabinaan import qr
from desabinaan.workflow import TransitionRefused

CODE_LENGTH = 8


class WrongCode(Exception):
    """The code does not open this card; the message says how often one may still try."""

    def __init__(self, tries_left: int) -> None:
        left = f"Tersisa {tries_left} percobaan." if tries_left else "Mintalah kartu baru."
        super().__init__(f"Kode tidak cocok dengan kartu ini. {left}")


@transaction.atomic
def issue(user: User, *, by: User) -> tuple[ActivationCard, str]:
    """Take the password away and make a card; the card, and the code to print on it, once.

    An earlier card opens nothing any more, and sessions end with the old password. A second factor
    goes with it, as history tells: the card alone opens the account.
    """
    if second_factor.is_set_up(user):
        second_factor.take_off(user, by=by)
    User.objects.lock(user.pk)
    user.cards.all().void()
    user.set_unusable_password()
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    code = "".join(secrets.choice(SPOKEN_SIGNS) for _ in range(CODE_LENGTH)).upper()
    card = ActivationCard(user=user, issued_by=by)
    card.seal(code)
    card.save()
    audit.actions.record("user.card_issued", user, by=by)
    return card, f"{code[:4]}-{code[4:]}"


def use(card: ActivationCard, *, code: str, password: str) -> User:
    """Open the account with the code from the card and a password of the person's own.

    Raises WrongCode, which counts, or TransitionRefused where the card is over.
    """
    check(card, code)
    with transaction.atomic():
        card = ActivationCard.objects.lock(card.pk)
        USE.apply(card)  # refuses one that another click used, or a new card voided, meanwhile
        card.settled_at = timezone.now()
        card.save(update_fields=["status", "settled_at"])
        actions.choose_password(card.user, password)
        audit.actions.record("user.card_used", card.user, by=card.user)
    return card.user


@transaction.atomic
def _try(card: ActivationCard, code: str) -> int | None:
    """Nothing where the code fits; else count it, and how many tries are left."""
    card = ActivationCard.objects.lock(card.pk)
    if not card.is_open:
        raise TransitionRefused("Kartu ini sudah tidak berlaku.")
    if card.opens_with(tidy_code(code)):
        return None
    card.wrong_tries += 1
    card.save(update_fields=["wrong_tries"])
    return card.tries_left


def check(card: ActivationCard, code: str) -> None:
    """Raise WrongCode unless the code fits; the count stands whatever comes after."""
    left = _try(card, code)
    if left is not None:
        raise WrongCode(left)


def found_by(name: str, code: str) -> ActivationCard | None:
    """The open card of this name and this code, for whoever cannot scan; looking counts nothing.

    Names are no secret: whoever guesses must not use up the card of somebody else. The page limits
    how often a name may be tried.
    """
    card = ActivationCard.objects.of_name(name).first()
    fits = card is not None and card.is_open and card.opens_with(tidy_code(code))
    return card if fits else None


def tidy_code(typed: str) -> str:
    """The code as it was printed, however it was typed."""
    return re.sub(r"[\s\-–]", "", typed).upper()


def address_of(card: ActivationCard) -> str:
    """Where the QR code leads: by the portal's own address, whatever Host was asked for."""
    return f"{settings.PORTAL_URL.rstrip('/')}{reverse('accounts:activate', args=[card.key])}"


def picture_of(card: ActivationCard) -> SafeString:
    """The QR code as vectors within the page."""
    return qr.picture_of(address_of(card))
