"""What each person is still to be told, and whether now is the time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from accounts import notices
from accounts.models import Mailbox, Notice, NoticeChoice, Office, Pace, Told, User
from accounts.notices import Kind, Matter
from desabinaan import formats

MORNING = time(7)


@dataclass(frozen=True, slots=True)
class Item:
    """One matter of which one person is to be told, since when, and whether again."""

    kind: Kind
    subject_id: int
    matter: Matter
    notices: tuple[int, ...]
    since: datetime
    is_reminder: bool

    @property
    def waits_for_morning(self) -> bool:
        """Whether it is no matter of minutes, however soon the person wants to hear."""
        return self.is_reminder or self.kind.only_mornings


@dataclass(frozen=True, slots=True)
class Survey:
    """All that is owed, by person, and the notices that are owed to nobody any more."""

    owed: Mapping[int, list[Item]]
    settled: Collection[int]


@dataclass(frozen=True, slots=True)
class Reader:
    """A person who can be told, how they want it, and what the workers know of their mail."""

    user: User
    pace: str = Pace.AT_ONCE
    muted: frozenset[str] = frozenset()
    mailbox: Mailbox | None = None

    def wanted(self, items: Iterable[Item]) -> list[Item]:
        """What the next mail tells: alarms, by themselves; else what they chose to hear of."""
        told = list(items)
        if alarms := [item for item in told if item.kind.is_alarm]:
            return alarms
        if self.pace == Pace.NEVER:
            return []
        return [item for item in told if item.kind.key not in self.muted]

    def is_due(self, items: Iterable[Item]) -> bool:
        """Whether a mail with what they want of these leaves now."""
        wanted = self.wanted(items)
        if self.mailbox and self.mailbox.rests:
            return False
        if any(item.kind.is_alarm for item in wanted):
            return True
        mailed_at = self.mailbox.mailed_at if self.mailbox else None
        patient = self.pace == Pace.DAILY
        soon = [item for item in wanted if not (patient or item.waits_for_morning)]
        later = [item for item in wanted if patient or item.waits_for_morning]
        return _is_soon(soon, mailed_at) or any(_is_morning_of(it, mailed_at) for it in later)


def _is_soon(items: list[Item], mailed_at: datetime | None) -> bool:
    """A while after the first of them, so that the others come along; then at rest for longer."""
    now = timezone.now()
    if mailed_at and mailed_at > now - settings.NOTICES_REST:
        return False
    return any(item.since <= now - settings.NOTICES_WAIT for item in items)


def _is_morning_of(item: Item, mailed_at: datetime | None) -> bool:
    """Whether a morning has come in the office since, and no mail has left after it."""
    if item.matter.office is None:
        return False
    morning = last_morning(item.matter.office)
    return item.since <= morning and (mailed_at is None or mailed_at < morning)


def last_morning(office: Office) -> datetime:
    """The last time that it was seven o'clock by the office's own clock."""
    local = timezone.now().astimezone(formats.zone_of(office))
    morning = datetime.combine(local.date(), MORNING, local.tzinfo)
    return morning if morning <= local else morning - timedelta(days=1)


type Heard = Mapping[tuple[int, int], datetime]  # when who was told, by notice and user


@dataclass(frozen=True, slots=True)
class _Group:
    """The open notices of one matter: submitted, returned and submitted again is told once."""

    kind: Kind
    subject_id: int
    notices: tuple[Notice, ...]

    def item_for(self, reader: int, matter: Matter, heard: Heard) -> Item | None:
        """What this reader is to be told of the matter: news, a reminder, or nothing."""
        keys = tuple(notice.pk for notice in self.notices)
        news = [notice.at for notice in self.notices if (notice.pk, reader) not in heard]
        if news:
            since = min(news) + self.kind.first_after
        elif self.kind.again:
            since = max(heard[key, reader] for key in keys) + self.kind.again
        else:
            return None
        return Item(self.kind, self.subject_id, matter, keys, since, is_reminder=not news)


def survey(among: Collection[int] | None = None) -> Survey:
    """How everything stands, in a number of queries that only the kinds change."""
    # What a newer version tells is left to its own workers.
    rows = Notice.objects.open().filter(kind__in=[kind.key for kind in notices.every()])
    if among is not None:
        rows = rows.filter(pk__in=among)
    heard, now = _heard(rows), timezone.now()
    owed: defaultdict[int, list[Item]] = defaultdict(list)
    settled = {notice.pk for notice in rows}
    for group, matter in _standing(rows):
        settled.difference_update(notice.pk for notice in group.notices)
        for reader in matter.readers if matter.is_ripe else ():
            item = group.item_for(reader, matter, heard)
            if item and item.since <= now:
                owed[reader].append(item)
    return Survey(owed, settled)


def _standing(rows: Iterable[Notice]) -> Iterator[tuple[_Group, Matter]]:
    """Each matter that stands, by kind in the order of their registration."""
    found: defaultdict[str, defaultdict[int, list[Notice]]] = defaultdict(lambda: defaultdict(list))
    for notice in rows:
        found[notice.kind][notice.subject_id].append(notice)
    for kind in notices.every():
        oldest = timezone.now() - kind.lasts
        groups = {
            subject: _Group(kind, subject, fresh)
            for subject, group in found[kind.key].items()
            if (fresh := tuple(notice for notice in group if notice.at > oldest))
        }
        matters = kind.matters(list(groups)) if groups else {}
        for subject, group in groups.items():
            if subject in matters:
                yield group, matters[subject]


def _heard(rows: Iterable[Notice]) -> Heard:
    ids = [notice.pk for notice in rows]
    found = Told.objects.filter(notice__in=ids).values_list("notice_id", "user_id", "at")
    return {(notice, user): at for notice, user, at in found}


def readers(ids: Collection[int]) -> dict[int, Reader]:
    """Those of these people whom a mail reaches: their account is open and has an address."""
    people = User.objects.filter(pk__in=ids, is_active=True).exclude(email="")
    choices = NoticeChoice.objects.in_bulk(ids)
    mailboxes = Mailbox.objects.in_bulk(ids)
    found = {}
    for user in people:
        choice = choices.get(user.pk)
        wishes = (choice.pace, frozenset(choice.muted)) if choice else (Pace.AT_ONCE, frozenset())
        found[user.pk] = Reader(user, *wishes, mailbox=mailboxes.get(user.pk))
    return found
