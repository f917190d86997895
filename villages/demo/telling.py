"""Makes a case happen: every step by the portal's own action, at its own time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from accounts.models import Office, User
from desabinaan import formats
from villages import actions
from villages.actions import Approval
from villages.demo.cases import Case, Consented
from villages.demo.letters import Letter, scanned
from villages.demo.people import Team
from villages.models import Criterion, Designation, Region

# Perpres 157/2024 split the ministry; papers of earlier days carry the former one.
MINISTRY_SINCE = date(2024, 10, 21)
FORMER_MINISTRY = "KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA REPUBLIK INDONESIA"


@dataclass(frozen=True, slots=True)
class Telling:
    """A case on its way: the sheet it became, and the people of its office."""

    case: Case
    team: Team
    sheet: Designation

    @property
    def staff(self) -> User:
        """Who prepares it."""
        return self.team[self.case.staff]

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """That day and time by the office's own clock."""
        return moment(self.team.office, day, hour, minute)


def moment(office: Office, day: date, hour: int, minute: int = 0) -> datetime:
    """A day and time by the office's own clock."""
    return datetime.combine(day, time(hour, minute), ZoneInfo(office.timezone))


def prepare(case: Case, team: Team) -> Telling:
    """Propose the village, fill the sheet in as far as it came, and submit it where it was."""
    region = Region.objects.with_path().get(code=case.region)
    begun = moment(team.office, case.begun, 9, 12)
    sheet = actions.propose(region, office=team.office, by=team[case.staff], at=begun)
    telling = Telling(case, team, sheet)
    _find(telling)
    _coordinate(telling)
    _consent(telling)
    if case.submitted:
        actions.submit(sheet, by=telling.staff, at=telling.at(case.submitted, 10, 40))
    return telling


def decide(telling: Telling) -> None:
    """The head's decision, and all that followed."""
    decided = telling.case.decided
    if not decided:
        return
    by, at = telling.team[decided.by], telling.at(decided.on, 14, 5)
    if decided.step == "return":
        actions.return_to_staff(telling.sheet, note=decided.said, by=by, at=at)
    elif decided.step == "reject":
        head = telling.team.people[decided.by]
        actions.reject(telling.sheet, reason=decided.said, head=head, by=by, at=at)
    else:
        with letterhead_of(telling.sheet.office, decided.on):
            actions.approve(telling.sheet, _approval(telling), by=by, at=at)
        _honour(telling)
        _close(telling)


@contextmanager
def letterhead_of(office: Office, day: date) -> Iterator[None]:
    """What stood above the office's name on that day: until the ministry was split, another one."""
    if day >= MINISTRY_SINCE or office.parent is None:
        yield
        return
    region = office.parent.name.removeprefix("Kantor Wilayah Direktorat Jenderal Imigrasi ")
    then = f"{FORMER_MINISTRY}\nKANTOR WILAYAH {region.upper()}"
    Office.objects.filter(pk=office.pk).update(letterhead=then)
    yield
    Office.objects.filter(pk=office.pk).update(letterhead=office.letterhead)


def _find(telling: Telling) -> None:
    case, at = telling.case, telling.at(telling.case.begun, 9, 30)
    for key, justification in case.findings.items():
        criterion = Criterion.objects.get(key=key)
        is_shown = case.evidence and key == next(iter(case.findings))
        actions.write_finding(
            telling.sheet,
            criterion,
            justification=justification,
            evidence=scanned(_statement(telling, justification)) if is_shown else None,
            by=telling.staff,
            at=at,
        )


def _coordinate(telling: Telling) -> None:
    told = telling.case.coordinated
    if not told:
        return
    facts = {
        "held_on": told.on,
        "place": told.place,
        "attended_by": told.attended_by,
        "outcome": told.outcome,
    }
    at = max(telling.at(told.on, 15, 20), telling.at(telling.case.begun, 9, 45))
    actions.write_coordination(telling.sheet, facts=facts, by=telling.staff, at=at)


def _consent(telling: Telling) -> None:
    told = telling.case.consented
    if not told:
        return
    letter = _letter_of_consent(telling, told)
    facts = {
        "letter_number": letter.reference[0].partition(": ")[2],
        "letter_dated": told.on,
        "signatory_name": told.signed_by,
        "signatory_title": told.title,
    }
    at = telling.at(told.on, 16, 10)
    actions.write_consent(telling.sheet, facts=facts, scan=scanned(letter), by=telling.staff, at=at)


def _approval(telling: Telling) -> Approval:
    decided = telling.case.decided
    assert decided is not None  # noqa: S101 - for the types: only the decided come here
    head = telling.team.people[decided.by]
    return Approval(
        number=decided.decree,
        dated=decided.decree_on,
        title=decided.title,
        signer_level=decided.level,
        signer_name=decided.signer or head.user.name,
        head=head,
    )


def _honour(telling: Telling) -> None:
    told = telling.case.honoured
    if not told:
        return
    facts = {
        "held_on": told.on,
        "place": told.place,
        "opened_by": told.opened_by,
        "presented_by": told.presented_by,
        "received_by": told.received_by,
    }
    at = telling.at(told.on, 13, 30)
    actions.write_ceremony(telling.sheet, facts=facts, by=telling.staff, at=at)


def _close(telling: Telling) -> None:
    told, team = telling.case.closed, telling.team
    if not told:
        return
    if told.asked_on:
        at = telling.at(told.asked_on, 11)
        actions.request_revocation(telling.sheet, reason=told.reason, by=telling.staff, at=at)
    if told.confirmed_on:
        actions.revoke(
            telling.sheet,
            decree_number=told.decree,
            decree_dated=told.confirmed_on,
            head=team.head,
            by=team.head.user,
            at=telling.at(told.confirmed_on, 10, 15),
        )
    if told.ended_on:
        at = telling.at(told.ended_on, 9)
        actions.end(telling.sheet, note=told.reason, head=team.head, by=team.head.user, at=at)


# --- What the village wrote --------------------------------------------------------------------


def _letter_of_consent(telling: Telling, told: Consented) -> Letter:
    office, village = telling.team.office, telling.sheet.village
    return _letter(
        telling,
        f"Surat kesediaan {village.full_name}.pdf",
        ("045.2", "Kesediaan menjadi Desa Binaan Imigrasi"),
        told,
        f"Yth. Kepala {office.name}",
        f"Menindaklanjuti koordinasi dengan {office.short_name}, dengan ini Pemerintah "
        f"{village.full_name} menyatakan bersedia ditetapkan sebagai Desa Binaan Imigrasi.",
        "Kami bersedia menunjuk seorang penghubung, membantu penyebaran informasi "
        "keimigrasian kepada warga, dan menyampaikan kepada kantor imigrasi bila ada "
        "indikasi tindak pidana perdagangan orang atau penyelundupan manusia.",
        "Demikian surat ini dibuat untuk dipergunakan sebagaimana mestinya.",
    )


def _statement(telling: Telling, justification: str) -> Letter:
    case = telling.case
    signed = case.consented.signed_by if case.consented else "Mugiyanto Prawirasena"
    serial = case.consented.serial if case.consented else 24
    return _letter(
        telling,
        f"Keterangan {telling.sheet.village.full_name}.pdf",
        ("470", "Keterangan tentang keadaan warga"),
        Consented(case.begun, signed, serial + 1),
        "Yang bertanda tangan di bawah ini menerangkan keadaan warga sebagai berikut.",
        justification,
        "Keterangan ini disusun dari catatan kependudukan desa dan laporan para ketua RT.",
    )


def _letter(
    telling: Telling, name: str, about: tuple[str, str], told: Consented, *body: str
) -> Letter:
    village = telling.sheet.village
    region = village.region
    head = (f"Pemerintah {region.regency.name}", region.district.full_name, village.full_name)
    number = f"{about[0]}/{told.serial}/{told.on.year}"
    return Letter(
        name=name,
        head=head,
        address=f"Kantor {village.full_name}, {region.district.full_name}",
        reference=(f"Nomor    : {number}", f"Perihal   : {about[1]}"),
        body=body,
        place_and_date=f"{village.name}, {formats.long_date(told.on)}",
        signed_as=f"{told.title} {village.name}",
        signed_by=told.signed_by,
    )
