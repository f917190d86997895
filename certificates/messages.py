"""Ready texts to send along with a paper by WhatsApp; where a kind has no words of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desabinaan import mail

if TYPE_CHECKING:
    from certificates.models import Certificate, Letter


def of_certificate(paper: Certificate) -> str:
    """What it is, and where anybody checks it."""
    office = paper.facts["office"]["name"]
    return (
        f"{paper.title}, nomor {paper.number}, dari {office}.\n\n"
        f"Keasliannya dapat diperiksa siapa saja di:\n{paper.address}"
    )


def of_letter(letter: Letter) -> str:
    """What it is, and where those who may read it find it."""
    number = f", nomor {letter.number}" if letter.number else ""
    address = mail.linked(letter.get_absolute_url())
    return f"{letter.title}{number}, {letter.office}.\n\nDibuka dengan akun portal di:\n{address}"
