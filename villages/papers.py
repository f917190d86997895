"""What a designation puts on paper: the certificate's facts, frozen when it is ordered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from django.db.models import Q

from accounts.models import Membership, Office, OfficeKind
from certificates.actions import Paper
from certificates.kinds import Kind, Origin, Proof
from certificates.misprints import BY_THE_NATION, Source
from desabinaan import formats
from villages import messages
from villages.models import Designation, SignerLevel, VillageAccess
from villages.models.designation import PAPER
from villages.models.status import Signs, Status

if TYPE_CHECKING:
    from accounts.access import Access
    from certificates.models import Certificate
    from villages.models import Decree, Village

TITLE = "Sertifikat Penghargaan"
ENDED_REMARK = "Sertifikat ini asli, tetapi kini desa ini tidak lagi menjadi Desa Binaan Imigrasi."


class Signer(TypedDict):
    """Who signs the certificate, as they are on that day."""

    title: str
    acting: str
    name: str
    rank: str
    nip: str
    on_behalf: NotRequired[str]  # of whose office: "Kepala Kantor Imigrasi …"; letters alone


def signer_of(head: Membership) -> Signer:
    """A head or acting head as signer, with rank and NIP as the office chose to print them."""
    office = head.office
    return Signer(
        title=leading_title(office),
        acting=head.acting_words,
        name=head.user.name,
        rank=head.user.get_rank_display() if office.prints_rank else "",
        nip=head.user.nip if office.prints_nip else "",
    )


def decree_signer(decree: Decree) -> Signer:
    """The one who signed the decree, where they sign the certificate as well."""
    title = _signer_title(SignerLevel(decree.signer_level), decree.office)
    return Signer(title=title, acting="", name=decree.signer_name, rank="", nip="")


def signer_under(decree: Decree, head: Membership, signs: str) -> Signer:
    """Who signs a certificate under this decree, today: whoever decides, or the decree's signer.

    Where the two are one, they sign as what they are: acting, with rank and number.
    """
    return signer_of(head) if signs_as_head(decree, head, signs) else decree_signer(decree)


def signs_as_head(decree: Decree, head: Membership, signs: str) -> bool:
    """Whether whoever decides is printed in that role, and not somebody who signed the decree."""
    return signs != Signs.DECREE or decree.is_signed_by(head.user.name)


def signer(designation: Designation) -> Signer:
    """Who signs its certificate, if it is ordered today."""
    head = designation.decided_as or designation.certified_as
    if designation.decree is None or head is None:
        raise ValueError("a certificate needs a decree, and somebody who answers for it")
    return signer_under(designation.decree, head, designation.signs)


def leader_of(office: Office) -> Signer:
    """Who leads the office today, where the portal knows it; else a line to be filled in."""
    head = office.memberships.heads().on(office.today()).first()  # of a Kantor Imigrasi alone
    if head is not None:
        return signer_of(head)
    return Signer(title=leading_title(office), acting="", name="", rank="", nip="")


def leading_title(office: Office) -> str:
    """What whoever leads the office is called."""
    return "Direktur Jenderal Imigrasi" if office.is_directorate else f"Kepala {office.name}"


def marked(marks: Iterable[str], clauses: Sequence[str]) -> list[list[str]]:
    """Each clause with its mark, for a template to list; forms take no more than can be marked."""
    return [[mark, clause] for mark, clause in zip(marks, clauses, strict=False)]


def _signer_title(level: SignerLevel, office: Office) -> str:
    """The title of an office's decrees' signer: its own head, or one of those above it."""
    match level:
        case SignerLevel.OFFICE:
            return leading_title(office)
        case SignerLevel.REGIONAL:
            above = office.parent
            if above is None or above.kind != OfficeKind.REGIONAL:
                return str(level.label)
            return leading_title(above)
        case SignerLevel.DIRECTORATE:
            return str(level.label)


def printed_date(decree: Decree, today: date) -> date:
    """The date of a certificate: today in the office's zone, and never before its decree."""
    return max(today, decree.dated) if decree.dated else today


def designation_paper(designation: Designation, *, on: date | None = None) -> Paper:
    """The certificate of a designation whose decree has its number."""
    decree = designation.decree
    if decree is None or decree.dated is None or designation.signer is None:
        raise ValueError("a certificate needs a decree with its date, and a signer")
    dated = printed_date(decree, on or designation.office.today())
    village = designation.village
    facts = {
        "title": TITLE,
        "village": village_facts(village),
        "office": office_facts(designation.office),
        "emblem": emblem_of(designation.office),
        "decree": decree_facts(decree),
        "dated": dated.isoformat(),
        "place": designation.office.city,
        "signer": designation.signer,
    }
    title = f"Sertifikat Desa Binaan Imigrasi {village.full_name}"
    return Paper(PAPER, designation.office, dated, title, facts)


def village_facts(village: Village) -> dict[str, Any]:
    """A village with its own word, its code and where it lies, as papers print it."""
    region = village.region
    return {
        "term": village.local_term,
        "name": village.name,
        "code": region.code,
        "district": region.district.full_name,
        "regency": region.regency.name,
        "province": region.province.name,
    }


def office_facts(office: Office) -> dict[str, Any]:
    """An office as the head of its papers."""
    return {
        "name": office.name,
        "letterhead": office.letterhead_lines(),
        "address": office.address,
        "city": office.city,
    }


def emblem_of(office: Office) -> str:
    """The file of its emblem, named after what is in it; empty where it has none."""
    return office.emblem.name or ""


def decree_facts(decree: Decree) -> dict[str, Any]:
    """The decree as a certificate cites it."""
    return {
        "number": decree.number,
        "date": decree.dated.isoformat() if decree.dated else "",
        "title": decree.title,
        "signer_title": decree_signer(decree)["title"],
    }


def _holders(access: Access) -> Q:
    """The village, and the office that guides it now: a village that moves takes it along."""
    return Q(designation__village__in=access.village_ids) | Q(
        designation__village__office__in=access.office_ids
    )


def _proof(certificate: Certificate) -> Proof:
    sheet: Designation | None = getattr(certificate, "designation", None)
    if sheet is None:
        return Proof(holds=False)
    if sheet.status == Status.ENDED:
        ended = formats.long_date(sheet.status_at, sheet.office)
        return Proof(holds=True, remark=ENDED_REMARK, closing=f"masa pembinaan berakhir {ended}")
    return Proof(holds=sheet.is_approved)


def _origin(certificate: Certificate) -> Origin:
    sheet = Designation.objects.select_related("village__region").get(certificate=certificate)
    return Origin(sheet.village.full_name, sheet.get_absolute_url())


def _message(certificate: Certificate) -> str:
    here = VillageAccess.objects.live().filter(village__designations__certificate=certificate)
    return messages.ready(certificate, has_account=here.exists())


_IN_THE_LIST = "administrator nasional memperbaikinya dengan edisi daftar wilayah"
_IN_THE_DECREE = "perbaiki isian SK"


def village_sources(key: str) -> dict[str, Source]:
    """Who mends what papers print of a village, below that key of their facts."""
    region = {"name": "desa", "district": "kecamatan", "regency": "kabupaten atau kota"}
    names = {**region, "province": "provinsi"}
    labels = {fact: f"Nama {word} “{{}}”" for fact, word in names.items()}
    return {f"{key}.{fact}": Source(label, _IN_THE_LIST) for fact, label in labels.items()}


DESIGNATION = Kind(
    key=PAPER,
    label="Sertifikat Desa Binaan Imigrasi",
    template="villages/pdf/designation.html",
    public_template="villages/certificate_facts.html",
    holders=_holders,
    proof=_proof,
    chain=("designation__status", "designation__status_at", "designation__office__timezone"),
    origin=_origin,
    message=_message,
    sources={
        **village_sources("village"),
        "decree.number": Source("Nomor SK", _IN_THE_DECREE),
        "decree.title": Source("Perihal SK", _IN_THE_DECREE),
        "decree.signer_title": Source("Jabatan penanda tangan SK “{}”", BY_THE_NATION),
    },
)
