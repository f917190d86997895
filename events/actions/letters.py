"""The letters that invite: numbered by the office's register, remembered with the event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

import audit.actions
import certificates.actions
from accounts.models import User
from certificates.actions import Paper
from certificates.actions.papers import AGAIN
from certificates.models import Letter
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from events.actions.bundling import withdraw_bundles
from events.actions.planning import held
from events.bundles import LETTERS
from events.invitation_letters import INVITATION, InvitationPrints, InvitationWords
from events.models import Event, InvitationLetter, Invitee
from villages.prints import digest


@transaction.atomic
def order_invitations(  # noqa: PLR0913 - whom to, what it says, by whom and when
    event: Event,
    guests: Iterable[Invitee],
    words: InvitationWords,
    *,
    by: User,
    number: str = "",
    printed: str | None = None,
    at: datetime | None = None,
) -> list[Letter]:
    """Have the letters drawn that invite these guests: one to all, or one to each.

    Refused where one of them is not on the list any more; without a number of the correspondence
    system they take the next ones of the office's register. Asked for twice within minutes, they
    are the same letters. `printed` is the stamp of what the person read: nothing else is printed.
    """
    event = held(event)
    wanted = {guest.pk for guest in guests}
    here = Invitee.objects.filter(pk__in=wanted, event=event).lock_these()
    if not here or len(here) != len(wanted):
        raise TransitionRefused("Daftar undangan berubah sejak halaman ini dibuka; periksa lagi.")
    prints = InvitationPrints(event, here, words)
    prints.refuse_unread(printed, "Belum dibuat")
    if words.one_each and not number:
        return _one_each(event, here, prints.papers, by=by, at=at)
    if len(prints.papers) > 1:
        raise TransitionRefused("Satu nomor hanya untuk satu surat.")
    [paper] = prints.papers
    if same := certificates.actions.ordered_just_now(paper, by=by, number=number):
        return [same]
    letter = certificates.actions.order_letter(paper, by=by, number=number, at=at)
    _keep(event, [(letter, here)], by=by, at=at)
    return [letter]


def _one_each(
    event: Event,
    guests: Sequence[Invitee],
    papers: Sequence[Paper],
    *,
    by: User,
    at: datetime | None,
) -> list[Letter]:
    """A letter to each, but for those who got this very one a moment ago."""
    known = _just_now(event, by)
    fresh = [
        (paper, guest)
        for paper, guest in zip(papers, guests, strict=True)
        if digest(paper.facts) not in known
    ]
    if fresh:
        letters = certificates.actions.order_letters([it for it, _ in fresh], by=by, at=at)
        pairs = zip(letters, fresh, strict=True)
        _keep(event, [(letter, [guest]) for letter, (_, guest) in pairs], by=by, at=at)
        known |= {digest(letter.facts): letter for letter in letters}
    return [known[digest(paper.facts)] for paper in papers]


def _just_now(event: Event, by: User) -> dict[str, Letter]:
    """What this person ordered for the event in the last minutes, by what it says."""
    mine = Letter.objects.filter(kind=INVITATION.key, invitation_letter__event=event)
    lately = mine.filter(ordered_by=by, ordered_at__gt=timezone.now() - AGAIN, entry__void=None)
    return {digest(letter.facts): letter for letter in lately.select_related("entry")}


def _keep(
    event: Event,
    letters: Sequence[tuple[Letter, Sequence[Invitee]]],
    *,
    by: User,
    at: datetime | None,
) -> None:
    """Remember whom each letter invites; it stands for the one that they had."""
    invited = {guest.pk for _, guests in letters for guest in guests}
    if InvitationLetter.objects.counting().filter(event=event, invitees__in=invited).exists():
        withdraw_bundles(event, LETTERS, by=by)  # files of all letters hold that one
    InvitationLetter.objects.bulk_create(
        InvitationLetter(letter=letter, event=event) for letter, _ in letters
    )
    through = InvitationLetter.invitees.through
    through._default_manager.bulk_create(
        through(invitationletter_id=letter.pk, invitee_id=guest.pk)
        for letter, guests in letters
        for guest in guests
    )
    audit.actions.record("event.invitation_ordered", event, by=by, at=at, note=_told(letters))


def _told(letters: Sequence[tuple[Letter, Sequence[Invitee]]]) -> str:
    first, last = letters[0][0].number, letters[-1][0].number
    if len(letters) == 1:
        return f"Nomor {first} untuk {formats.number(len(letters[0][1]))} undangan"
    return f"{formats.number(len(letters))} surat, nomor {first} sampai {last}"
