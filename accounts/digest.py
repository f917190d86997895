"""A mail that tells several matters at once: its subject, its words, its name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from accounts.models import Office, User
from accounts.owed import Item
from desabinaan import mail

MOST = 20  # of each sort; the rest is on the desk
MOST_SORTS = 2  # in a subject line
PREFERENCES = "accounts:notices"
ALARM = "Keamanan akun Anda di Portal Desa Binaan Imigrasi"


@dataclass(frozen=True, slots=True)
class Line:
    """One matter: what it is called, how it stands, where its page is."""

    name: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """The matters of one sort in one office, the first of them written out."""

    title: str
    office: Office
    total: int
    lines: tuple[Line, ...]

    @property
    def more(self) -> int:
        """How many are not written out."""
        return self.total - len(self.lines)


def digest(user: User, items: Iterable[Item]) -> EmailMessage:
    """Everything that the person is to be told, in one mail."""
    owed = list(items)
    sections = _sections(_uncovered(owed))
    offices = list(dict.fromkeys(section.office for section in sections))
    preferences = mail.own_address(PREFERENCES)
    context = {
        "user": user,
        "sections": sections,
        "offices": offices,
        "desk": mail.own_address("reports:desk"),
        "preferences": preferences,
    }
    text = render_to_string("accounts/email/notices.txt", context)
    return mail.letter(
        subject_of(sections),
        text,
        user.email,
        List_Unsubscribe=f"<{preferences}>",
        Message_ID=mail.message_id(_name_of(user, owed)),
    )


def alarm(user: User, items: Iterable[Item]) -> EmailMessage:
    """What happened to the person's account, in a mail of its own, so that they notice."""
    owed = list(items)
    told = [item.matter.words for item in owed]
    context = {"user": user, "told": told, "portal": settings.PORTAL_URL}
    text = render_to_string("accounts/email/security_notice.txt", context)
    return mail.letter(ALARM, text, user.email, Message_ID=mail.message_id(_name_of(user, owed)))


def subject_of(sections: list[Section]) -> str:
    """What it is about, and how many: "3 usulan menunggu keputusan, 1 sertifikat siap diunduh"."""
    if len(sections) == 1 and sections[0].total == 1:
        return f"{sections[0].title}: {sections[0].lines[0].name}"
    totals: dict[str, int] = {}
    for section in sections:
        totals[section.title] = totals.get(section.title, 0) + section.total
    sorts = [f"{total} {title[0].lower()}{title[1:]}" for title, total in totals.items()]
    told = ", ".join(sorts[:MOST_SORTS])
    return f"{told}, dan lainnya" if len(sorts) > MOST_SORTS else told


def _uncovered(items: list[Item]) -> list[Item]:
    """Without what another of them says as well: who reads of a certificate knows of the rest."""
    covered = {(it.kind.covers, it.subject_id) for it in items if it.kind.covers}
    return [it for it in items if (it.kind.key, it.subject_id) not in covered]


def _sections(items: list[Item]) -> list[Section]:
    """By office and sort, in the order in which they came."""
    heaps: dict[tuple[Office, str], list[Item]] = {}
    for item in items:
        if item.matter.office:  # else it is an alarm, which has a mail of its own
            heaps.setdefault((item.matter.office, item.kind.title), []).append(item)
    return [
        Section(title, office, len(heap), tuple(map(_line, heap[:MOST])))
        for (office, title), heap in heaps.items()
    ]


def _line(item: Item) -> Line:
    return Line(item.matter.name, item.matter.words, mail.linked(item.matter.path))


def _name_of(user: User, items: list[Item]) -> str:
    """The same mail has the same name, should a worker die before it noted that it left."""
    said = sorted((item.notices, item.since.isoformat()) for item in items)
    return salted_hmac("accounts.digest", f"{user.pk} {said}", algorithm="sha256").hexdigest()[:32]
