"""The village itself: its word and address, who speaks for it, and its account."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import accounts.actions
import audit.actions
from accounts import cards, second_factor
from accounts.actions import Person
from accounts.models import ActivationCard, User
from desabinaan import formats
from desabinaan.editing import Seen, unless_overtaken
from desabinaan.workflow import TransitionRefused
from villages.actions.twice import stands_already
from villages.models import ContactRole, Village, VillageAccess, VillageContact

# What papers, public pages and visitors go by: history keeps what stood there before.
TOLD = {
    "local_term": "Sebutan setempat",
    "address": "Alamat kantor desa",
    "latitude": "Lintang",
    "longitude": "Bujur",
}
# The same of a contact; a telephone number stays out of the history.
TOLD_OF_CONTACT = {
    "role": "Kedudukan",
    "name": "Nama",
    "title": "Jabatan",
    "since": "Menjabat sejak",
    "until": "Menjabat sampai",
}


@transaction.atomic
def update_village(
    village: Village, *, changes: dict[str, Any], by: User, seen: Seen | None = None
) -> Village:
    """Settle the village's local word, address, position, WhatsApp group or the office's note.

    The word stays while a sheet with it is with the head, and until its certificate is ordered.
    """
    village = Village.objects.lock(village.pk)
    unless_overtaken(village, seen)
    changed = {field: new for field, new in changes.items() if getattr(village, field) != new}
    if not changed:
        return village
    sheet = village.designations.before_print().first() if "local_term" in changed else None
    if sheet:
        raise TransitionRefused(f"Sebutan desa belum dapat diubah: {sheet.standing()}")
    note = "\n".join(_change(village, changed, name) for name in TOLD if name in changed)
    for field, value in changed.items():
        setattr(village, field, value)
    village.save(update_fields=list(changed))
    audit.actions.record("village.updated", village, by=by, note=note, fields=sorted(changed))
    return village


def _change(village: Village, changed: dict[str, Any], name: str) -> str:
    """What stood there and what stands there now: "Sebutan setempat: Desa → Nagari"."""
    before, now = getattr(village, name), changed[name]
    return f"{TOLD[name]}: {before or formats.NOTHING} → {now or formats.NOTHING}"


@transaction.atomic
def write_contact(
    village: Village,
    *,
    facts: dict[str, Any],
    by: User,
    item: VillageContact | None = None,
    seen: Seen | None = None,
) -> VillageContact:
    """Note a person who speaks for the village, or put right what was noted of one.

    Who is noted in these words already is not again. Raises ValidationError for a second head in
    the same time: `change_head` ends the first.
    """
    village = Village.objects.lock(village.pk)
    if item:
        return _mend_contact(village, item, facts, by=by, seen=seen)
    if same := stands_already(village.contacts.all(), **facts):
        return same
    contact = VillageContact(village=village, **facts)
    contact.validate_constraints()
    contact.save()
    audit.actions.record(
        "village.contact_written", village, by=by, note=contact.name, contact=contact.pk
    )
    return contact


def _mend_contact(
    village: Village, item: VillageContact, facts: dict[str, Any], *, by: User, seen: Seen | None
) -> VillageContact:
    contact = village.contacts.filter(pk=item.pk).first()
    if contact is None:
        raise ValidationError("Catatan ini baru saja dihapus orang lain.")
    unless_overtaken(contact, seen)
    changed = {name: value for name, value in facts.items() if getattr(contact, name) != value}
    if not changed:
        return contact
    told = _told_of_contact(contact)
    for name, value in changed.items():
        setattr(contact, name, value)
    _refuse_second_head(contact)
    contact.validate_constraints()
    contact.save(update_fields=list(changed))
    now = _told_of_contact(contact)
    lines = [f"{it}: {told[it]} → {now[it]}" for it in told if told[it] != now[it]]
    note = "\n".join([contact.name, *lines])
    audit.actions.record("village.contact_changed", village, by=by, note=note, contact=contact.pk)
    return contact


def _told_of_contact(contact: VillageContact) -> dict[str, str]:
    """What stands there, as history tells it, by what it is called."""
    said = {
        "role": contact.get_role_display(),
        "name": contact.name,
        "title": contact.title,
        "since": formats.long_date(contact.since),
        "until": formats.long_date(contact.until),
    }
    return {label: said[name] or formats.NOTHING for name, label in TOLD_OF_CONTACT.items()}


def _refuse_second_head(contact: VillageContact) -> None:
    """Say whose term stands in the way, since that may be what is to be put right first."""
    eve = contact.since - timedelta(days=1) if contact.since else date.min
    others = contact.village.contacts.heads_after(eve)
    if contact.until:
        others = others.exclude(since__gt=contact.until)
    other = others.exclude(pk=contact.pk).first() if contact.is_head else None
    if other:
        sentence = (
            f"{other} tercatat sebagai kepala{term_of(other)}; betulkan dahulu masa jabatannya."
        )
        raise ValidationError({"role": sentence})


def term_of(contact: VillageContact) -> str:
    """From when until when, as far as it is known, to go on with a sentence."""
    since = f" sejak {formats.long_date(contact.since)}" if contact.since else ""
    return f"{since} sampai {formats.long_date(contact.until)}" if contact.until else since


@transaction.atomic
def drop_contact(contact: VillageContact, *, by: User) -> None:
    """Take back a contact that was noted by mistake; the history keeps it."""
    village = Village.objects.lock(contact.village_id)
    noted = village.contacts.filter(pk=contact.pk).first()
    if noted is None:
        return
    what = f"{noted}, {noted.title or noted.get_role_display()}"
    term = term_of(noted).strip()
    note = ", ".join(filter(None, [what, term]))
    audit.actions.record("village.contact_dropped", village, by=by, note=note, contact=noted.pk)
    noted.delete()


@transaction.atomic
def change_head(village: Village, *, facts: dict[str, Any], by: User) -> VillageContact:
    """A new head from `facts["since"]` on; the term of the one before ends on the day before.

    Refused where the one before began no earlier: then that entry is mended or ended first.
    """
    village = Village.objects.lock(village.pk)
    if same := stands_already(village.contacts.all(), role=ContactRole.HEAD, until=None, **facts):
        return same
    since: date = facts["since"]
    eve = since - timedelta(days=1)
    for former in village.contacts.heads_after(eve):
        if former.since and former.since > eve:
            raise TransitionRefused(
                f"{former.name} tercatat menjabat sejak {formats.long_date(former.since)}; "
                "kepala yang baru mulai sesudahnya."
            )
        former.until = eve
        former.save(update_fields=["until"])
        audit.actions.record(
            "village.contact_ended", village, by=by, note=former.name, contact=former.pk
        )
    head = village.contacts.create(role=ContactRole.HEAD, **facts)
    audit.actions.record("village.head_changed", village, by=by, note=head.name, contact=head.pk)
    return head


@transaction.atomic
def end_contact(contact: VillageContact, *, until: date, by: User) -> VillageContact:
    """Close a contact's term; the name stays in the village's memory. A term is never lengthened.

    Refused where it ended on an earlier day.
    """
    contact = VillageContact.objects.lock(contact.pk)
    if contact.until and contact.until < until:
        raise TransitionRefused(
            f"Masa jabatan {contact} sudah berakhir pada {formats.long_date(contact.until)}."
        )
    contact.until = max(until, contact.since or until)
    contact.save(update_fields=["until"])
    audit.actions.record(
        "village.contact_ended", contact.village, by=by, note=contact.name, contact=contact.pk
    )
    return contact


@transaction.atomic
def give_account(
    village: Village, *, person: Person, title: str, by: User, password: str = ""
) -> tuple[VillageAccess, str]:
    """Open the village's account; the access, and the one-time password to hand over.

    Without an e-mail address the person signs in with the village's code. Raises ValidationError
    when the person has one already, or the address is taken.
    """
    Village.objects.lock(village.pk)  # two clicks at once give one account
    if village.accesses.filter(ends_on=None, user__name__iexact=person.name).exists():
        sentence = f"{person.name} sudah mempunyai akun desa ini; beri sandi baru bila hilang."
        raise ValidationError({"name": sentence})
    username = person.username or _free_code(village)
    person = Person(person.name, username, person.email)
    user, issued = accounts.actions.create_user(person, by=by, password=password)
    access = VillageAccess.objects.create(
        user=user,
        village=village,
        title=title,
        starts_on=village.office.today(),
        created_by=by,
    )
    audit.actions.record("village.account_given", village, by=by, note=person.name)
    return access, issued


@transaction.atomic
def issue_account_password(access: VillageAccess, *, by: User) -> str:
    """Replace the village's forgotten password with a one-time one."""
    access = _open_account(access)
    issued = accounts.actions.issue_password(access.user, by=by)
    audit.actions.record("village.password_issued", access.village, by=by, note=access.user.name)
    return issued


@transaction.atomic
def settle_account_email(
    access: VillageAccess, email: str, *, by: User, seen: Seen | None = None
) -> VillageAccess:
    """Settle where the portal writes to this person of the village; history names no address.

    Raises ValidationError when the address is another person's.
    """
    access = _open_account(access)
    access.user = User.objects.lock(access.user_id)
    unless_overtaken(access.user, seen)
    if access.user.email != email.strip().lower():
        access.user = accounts.actions.settle_email(access.user, email=email, by=by)
        audit.actions.record("village.email_settled", access.village, by=by, note=access.user.name)
    return access


@transaction.atomic
def give_account_by_card(
    village: Village, *, person: Person, title: str, by: User
) -> tuple[VillageAccess, ActivationCard, str]:
    """Open the village's account with a card in place of a password, or neither."""
    access, _ = give_account(village, person=person, title=title, by=by)
    return access, *issue_account_card(access, by=by)


@transaction.atomic
def issue_account_card(access: VillageAccess, *, by: User) -> tuple[ActivationCard, str]:
    """Take the village's password away for a card to print; the card, and the code on it."""
    access = _open_account(access)
    had_second_factor = second_factor.is_set_up(access.user)
    card, code = cards.issue(access.user, by=by)
    if had_second_factor:
        audit.actions.record(
            "village.second_factor_reset", access.village, by=by, note=access.user.name
        )
    audit.actions.record("village.card_issued", access.village, by=by, note=access.user.name)
    return card, code


@transaction.atomic
def end_account(access: VillageAccess, *, by: User) -> VillageAccess:
    """Close a person's way into the village's pages at once, on whatever day it was opened."""
    access = _open_account(access)
    access.ends_on = access.village.office.today()
    access.save(update_fields=["ends_on"])
    access.user.cards.all().void()
    audit.actions.record("village.account_ended", access.village, by=by, note=access.user.name)
    return access


def _open_account(access: VillageAccess) -> VillageAccess:
    """The account, held until the transaction ends; refused when somebody has just ended it."""
    access = VillageAccess.objects.lock(access.pk)
    if access.ends_on:
        raise TransitionRefused(f"Akun {access.user} sudah berakhir.")
    return access


def _free_code(village: Village) -> str:
    """The village's code without points; a second account gets a serial."""
    code = village.region.code.replace(".", "")
    taken = User.objects.filter(username__startswith=code).count()
    return f"{code}-{taken + 1}" if taken else code
