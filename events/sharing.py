"""What is sent along of an event and of its invitations: a short address, and words for WhatsApp.

Whoever opens such an address needs no account, so nothing of people stands behind it, but for the
letter of an invitation, which its own guests read.
"""

from __future__ import annotations

from certificates.models import Letter
from desabinaan import formats
from desabinaan.mail import own_address
from events.models import Event

THANKS = "Terima kasih."


def address_of(event: Event) -> str:
    """The page of the event for everybody."""
    return own_address("events:shared_event", event.share_key)


def when_and_where(event: Event) -> str:
    """Day, time by the clock of the office, and place; a line each."""
    lines = [
        f"Hari/tanggal: {formats.days(event.starts_on, event.ends_on)}",
        f"Waktu: {event.hours}",
        f"Tempat: {event.venue}",
    ]
    return "\n".join(lines)


def event_text(event: Event) -> str:
    """To send by WhatsApp: what it is, how it stands, when, where, and where more is said."""
    return "\n\n".join(
        (
            f"{event.kind} {event.office.name}: {event.title}{_standing(event)}",
            when_and_where(event),
            f"Selengkapnya:\n{address_of(event)}",
        )
    )


def _standing(event: Event) -> str:
    if event.is_cancelled:
        return " (DIBATALKAN)"
    return " (sudah dilaksanakan)" if not event.is_open else ""


def letter_text(letter: Letter) -> str:
    """To send by WhatsApp to those whom a letter invites: what for, and where they read it."""
    address = own_address("events:shared_letter", letter.invitation_letter.share_key)
    facts, office = letter.facts["event"], letter.facts["office"]["name"]
    when = ", ".join(filter(None, (facts["day"], facts["time"])))
    return "\n\n".join(
        (
            "Yth. Bapak/Ibu,",
            f"berikut surat undangan nomor {letter.number} dari {office} untuk {facts['title']}, "
            f"{when}, di {facts['venue']}.",
            f"Suratnya dapat dibaca dan diunduh di:\n{address}",
            "Mohon tautan ini tidak disebarkan; surat ini untuk yang diundang.",
            THANKS,
        )
    )
