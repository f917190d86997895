"""Certificates of attendance as papers: what they say, whom they name, and what proves them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from certificates.kinds import Kind, Origin, Proof, Replacement, nobody
from certificates.misprints import Source
from certificates.models import Certificate
from desabinaan import formats
from desabinaan.mail import linked
from events.invitation_letters import ON_THE_EVENT
from events.models import CertificateRule, Event, Participation
from villages.papers import Signer, signer_of

TITLE = "Sertifikat"
BY_STAFF = "petugas membetulkannya pada daftar hadir atau pengisi acara"


def _proof(_certificate: Certificate) -> Proof:
    """As long as one is in force the database keeps its event held: nothing has to be looked up.

    The trigger is `event_certified_was_held`; the page behind the QR is asked most of all.
    """
    return Proof(holds=True)


def _replacement(certificate: Certificate) -> Replacement:
    return Participation.objects.with_replacement().get(pk=certificate.pk).replacement


def _origin(certificate: Certificate) -> Origin:
    its = Participation.objects.select_related("event").get(certificate=certificate)
    return Origin(its.event.title, its.event.get_absolute_url())


def _message(certificate: Certificate) -> str:
    return share_text(Participation.objects.get(certificate=certificate), certificate)


def _kind(key: str, label: str) -> Kind:
    return Kind(
        key=key,
        label=label,
        template="events/pdf/participation.html",
        public_template="events/participation_facts.html",
        holders=nobody,  # who came has no account: the key of their own leads to the file
        proof=_proof,
        chain=(),
        origin=_origin,
        message=_message,
        sources={
            "name": Source("Nama “{}”", BY_STAFF),
            "whose": Source("Jabatan atau instansi “{}”", BY_STAFF),
            "topic": Source("Judul materi “{}”", BY_STAFF),
            "event.title": Source("Nama kegiatan “{}”", ON_THE_EVENT),
            "event.venue": Source("Tempat kegiatan “{}”", ON_THE_EVENT),
        },
        replacement=_replacement,
        holder="pemegangnya",
    )


PARTICIPANT = _kind("participant", "Sertifikat peserta")
SPEAKER = _kind("speaker", "Sertifikat narasumber")
KINDS = (PARTICIPANT, SPEAKER)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a certificate names them."""

    name: str
    whose: str
    role: str  # as it stands in a sentence: "peserta", "narasumber"
    topic: str = ""

    def facts(self) -> dict[str, Any]:
        """The same for the paper."""
        return {
            "name": self.name,
            "whose": self.whose,
            "role": self.role,
            "topic": self.topic,
        }


def event_facts(event: Event) -> dict[str, str]:
    """What it was, when and where, as a certificate tells it."""
    day = formats.days(event.starts_on, event.ends_on)
    return {"title": event.title, "day": day, "venue": event.venue}


def signer_by(rule: CertificateRule) -> Signer:
    """Who signs by the rule of the event: a head, or somebody for one."""
    if rule.signed_as:
        return signer_of(rule.signed_as)
    return Signer(
        title=rule.signer_title,
        acting="",
        name=rule.signer_name,
        rank="",
        nip=rule.signer_nip,
        on_behalf=f"Kepala {rule.event.office.name}",
    )


def share_text(its: Participation, certificate: Certificate) -> str:
    """To whoever came: where their certificate is, and how anybody checks it."""
    facts = certificate.facts
    return "\n\n".join(
        (
            f"Yth. {facts['name']},",
            f"terima kasih atas kehadiran Bapak/Ibu sebagai {facts['role']} pada "
            f"{facts['event']['title']}. Sertifikatnya dapat diunduh di:\n"
            f"{linked(its.get_absolute_url())}",
            f"Keasliannya dapat diperiksa siapa saja di:\n{certificate.address}",
            f"Terima kasih.\n{facts['office']['name']}",
        )
    )
