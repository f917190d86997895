"""What people are told of sheets, certificates and assignments: to whom, while it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import timedelta

from django.db.models import Q

from accounts.access import Access
from accounts.models import Office, Role
from accounts.notices import Kind, Matter
from certificates.models import Status as Paper
from desabinaan import formats
from villages.models import (
    Assignment,
    Designation,
    Import,
    ImportStatus,
    Outcome,
    Revocation,
    Status,
    Village,
)
from villages.models.onboarding import ImportQuerySet
from villages.readers import officials, preparers, serving, still_preparers

LONG = timedelta(days=60)
WEEK = timedelta(days=7)
DAY = timedelta(days=1)

type Matters = Mapping[int, Matter]


# --- How it stands -----------------------------------------------------------------------------


def _sheets(ids: Collection[int], *statuses: Status) -> list[Designation]:
    return list(Designation.objects.filter(pk__in=ids, status__in=statuses).with_list())


def _place(village: Village) -> str:
    """Where a village lies: two of one office may have one name."""
    region = village.region
    return f"{region.district.full_name}, {region.regency.name}"


def _moved(sheet: Designation, word: str) -> str:
    return f"{_place(sheet.village)}; {word} {formats.moment(sheet.status_at, sheet.office)}"


def _about(sheet: Designation, readers: Iterable[int], words: str) -> Matter:
    path = sheet.get_absolute_url()
    return Matter(sheet.office, frozenset(readers), str(sheet.village), words, path)


def _waiting(ids: Collection[int]) -> Matters:
    """Submitted sheets: for whoever may decide on each, and therefore did not prepare it."""
    sheets = _sheets(ids, Status.SUBMITTED)
    heads = serving({sheet.office for sheet in sheets}, Role.HEAD)
    made = preparers(sheets)
    return {
        it.pk: _about(it, heads[it.office_id] - made[it.pk], _moved(it, "diajukan"))
        for it in sheets
    }


def _revocations(ids: Collection[int]) -> Matters:
    """Requests to revoke: for the heads of the guiding office, but not for whoever asked."""
    pending = Revocation.objects.filter(
        pk__in=ids, outcome=Outcome.PENDING, designation__status=Status.APPROVED
    )
    asked = {it.designation_id: it for it in pending}
    sheets = _sheets(asked.keys(), Status.APPROVED)
    heads = serving({sheet.village.office for sheet in sheets}, Role.HEAD)
    matters = {}
    for sheet in sheets:
        it, office = asked[sheet.pk], sheet.village.office
        words = f"{_place(sheet.village)}; diusulkan {formats.moment(it.requested_at, office)}"
        readers = frozenset(heads[office.pk] - {it.requested_by_id})
        path = sheet.get_absolute_url()
        matters[it.pk] = Matter(office, readers, str(sheet.village), words, path)
    return matters


def _returned(ids: Collection[int]) -> Matters:
    sheets = _sheets(ids, Status.RETURNED)
    readers = still_preparers(sheets)
    tail = "; catatannya ada di halaman ini:"
    return {it.pk: _about(it, readers[it.pk], _moved(it, "dikembalikan") + tail) for it in sheets}


def _decided(ids: Collection[int]) -> Matters:
    sheets = _sheets(ids, Status.APPROVED, Status.REJECTED)
    readers = still_preparers(sheets)
    return {it.pk: _about(it, readers[it.pk], _decision_on(it)) for it in sheets}


def _decision_on(sheet: Designation) -> str:
    if sheet.status == Status.REJECTED:
        return _moved(sheet, "ditolak")
    tail = "; menunggu nomor SK" if sheet.awaits_decree_number else ""
    return _moved(sheet, "ditetapkan") + tail


def _unnumbered(ids: Collection[int]) -> Matters:
    """Designated without the decree's number: for all staff of the office, who may type it."""
    sheets = [it for it in _sheets(ids, Status.APPROVED) if it.awaits_decree_number]
    staff = serving({sheet.office for sheet in sheets}, Role.STAFF)
    return {it.pk: _about(it, staff[it.office_id], _moved(it, "ditetapkan")) for it in sheets}


def _certified(ids: Collection[int]) -> list[Designation]:
    """Designated, with a certificate that is drawn or will be."""
    alive = Q(certificate__status__in=[Paper.ORDERED, Paper.READY], status=Status.APPROVED)
    return list(Designation.objects.filter(alive, pk__in=ids).with_list())


def _certificates(ids: Collection[int]) -> Matters:
    """For whoever prepared the sheet, once the file is there."""
    sheets = _certified(ids)
    readers = still_preparers(sheets)
    return {it.pk: _of_paper(it, it.office, readers[it.pk], it.get_absolute_url()) for it in sheets}


def _own_certificates(ids: Collection[int]) -> Matters:
    """For the village itself, on the page that its account opens."""
    sheets = _certified(ids)
    acting = officials(sheet.village for sheet in sheets)
    matters = {}
    for it in sheets:
        assert it.certificate is not None  # noqa: S101 - for the types: only such sheets come here
        path, readers = it.certificate.get_absolute_url(), acting[it.village_id]
        matters[it.pk] = _of_paper(it, it.village.office, readers, path)
    return matters


def _signed_certificates(ids: Collection[int]) -> Matters:
    """By certificate: for the village, while a signed sheet is there in place of the drawn one."""
    alive = Q(certificate__status=Paper.READY, status=Status.APPROVED, certificate__in=ids)
    found = Designation.objects.filter(alive).with_list().prefetch_related("certificate__scans")
    sheets = list(found)
    acting = officials(sheet.village for sheet in sheets)
    matters = {}
    for it in sheets:
        if it.certificate and (scan := it.certificate.scan):
            office, path = it.village.office, it.certificate.get_absolute_url()
            words = f"{_place(it.village)}; {scan.type_word}, {formats.file_size(scan.size)}"
            words += f", diunggah {formats.moment(scan.uploaded_at, office)}"
            readers = frozenset(acting[it.village_id])
            matters[it.certificate.pk] = Matter(office, readers, str(it.village), words, path)
    return matters


def _of_paper(sheet: Designation, office: Office, readers: Iterable[int], path: str) -> Matter:
    paper = sheet.certificate
    return Matter(
        office,
        frozenset(readers),
        str(sheet.village),
        f"{_place(sheet.village)}; ditetapkan {formats.long_date(sheet.designated_on)}",
        path,
        is_ripe=paper is not None and paper.is_ready,
    )


def _unconfirmed(ids: Collection[int]) -> Matters:
    """Tables with villages that nobody has confirmed: for the heads who did not bring them in."""
    batches = list(_tables(ids).to_confirm().filter(status=ImportStatus.RECORDED))
    heads = serving({batch.office for batch in batches}, Role.HEAD)
    matters = {}
    for it in batches:
        words = f"{formats.number(it.unconfirmed)} desa; dicatat "
        words += formats.moment(it.recorded_at, it.office)
        matters[it.pk] = _of_table(it, heads[it.office_id] - it.makers, words)
    return matters


def _sent_back(ids: Collection[int]) -> Matters:
    """Tables that came back: for those who brought them in and still work in the office."""
    batches = list(_tables(ids).to_confirm().filter(status=ImportStatus.RETURNED))
    at_work = serving({batch.office for batch in batches}, Role.STAFF, Role.ADMIN)
    matters = {}
    for it in batches:
        words = f"dikembalikan {formats.moment(it.status_at, it.office)}"
        words += "; catatannya ada di halaman ini:"
        matters[it.pk] = _of_table(it, it.makers & at_work[it.office_id], words)
    return matters


def _tables(ids: Collection[int]) -> ImportQuerySet:
    return Import.objects.filter(pk__in=ids).with_page()


def _of_table(batch: Import, readers: Iterable[int], words: str) -> Matter:
    path = batch.confirmation_url
    return Matter(batch.office, frozenset(readers), f"Tabel {batch}", words, path)


def _closed(ids: Collection[int]) -> Matters:
    """Revoked or ended: for the village itself, without the office's reasons."""
    sheets = _sheets(ids, Status.REVOKED, Status.ENDED)
    acting = officials(sheet.village for sheet in sheets)
    words = {Status.REVOKED: "penetapan dicabut", Status.ENDED: "masa pembinaan diakhiri"}
    return {
        it.pk: _about(it, acting[it.village_id], _moved(it, words[Status(it.status)]))
        for it in sheets
    }


def _guided(ids: Collection[int]) -> Matters:
    """For the village: who guides it now and soon, whatever has changed meanwhile."""
    villages = list(Village.objects.filter(pk__in=ids).with_page())
    acting = officials(villages)
    guides: defaultdict[int, list[str]] = defaultdict(list)
    for it in Assignment.objects.not_over().filter(village__in=ids).with_list():
        guides[it.village_id].append(_guide_words(it))
    return {
        village.pk: Matter(
            village.office,
            frozenset(acting[village.pk]),
            str(village),
            f"{_place(village)}; kini {'; '.join(guides[village.pk]) or 'belum ada PIMPASA'}",
            village.get_absolute_url(),
        )
        for village in villages
    }


def _guide_words(assignment: Assignment) -> str:
    """Who, and from or until when where that is news: "Bagas, mulai 1 April 2026"."""
    words = assignment.officer.user.name
    if assignment.is_coming():
        words += f", mulai {formats.long_date(assignment.starts_on)}"
    if assignment.ends_on:
        words += f", sampai {formats.long_date(assignment.ends_on)}"
    return words


def _assignments(ids: Collection[int]) -> Matters:
    """For the officer who got the village, unless they noted it themselves."""
    found = Assignment.objects.not_over().filter(pk__in=ids).with_list()
    matters = {}
    for it in found:
        office, officer = it.officer.office, it.officer
        words = f"{_place(it.village)}; {it.get_part_display().lower()}"
        words += f", mulai {formats.long_date(it.starts_on)}"
        readers = frozenset({officer.user_id} - {it.created_by_id})
        path = officer.get_absolute_url()
        matters[it.pk] = Matter(office, readers, str(it.village), words, path)
    return matters


# --- Whom it concerns --------------------------------------------------------------------------


def _whoever_is(*roles: Role) -> Callable[[Access], bool]:
    def concerns(access: Access) -> bool:
        return any(it.role in roles and it.office.designates for it in access.memberships)

    return concerns


def _villages(access: Access) -> bool:
    return bool(access.village_ids)


def _guides(access: Access) -> bool:
    return bool(access.assigned_village_ids)


KINDS = (
    Kind(
        "sheet.waiting",
        "Usulan menunggu keputusan",
        "Petugas mengajukan usulan yang dapat Anda putuskan. "
        "Yang belum diputuskan diingatkan setiap pekan.",
        _whoever_is(Role.HEAD),
        _waiting,
        lasts=LONG,
        again=WEEK,
    ),
    Kind(
        "revocation.waiting",
        "Usul pencabutan menunggu keputusan",
        "Seseorang mengusulkan pencabutan penetapan, dan Anda dapat memutuskannya. "
        "Diingatkan setiap pekan.",
        _whoever_is(Role.HEAD),
        _revocations,
        lasts=LONG,
        again=WEEK,
    ),
    Kind(
        "import.unconfirmed",
        "Tabel menunggu pembenaran",
        "Desa yang sudah ditetapkan sebelum portal ini dicatat dari tabel kantor. "
        "Desanya tampil untuk umum sesudah Anda membenarkannya.",
        _whoever_is(Role.HEAD),
        _unconfirmed,
        lasts=LONG,
    ),
    Kind(
        "import.sent_back",
        "Tabel dikembalikan",
        "Tabel desa binaan yang Anda catat dikembalikan oleh Kepala Kantor dengan catatan.",
        _whoever_is(Role.STAFF, Role.ADMIN),
        _sent_back,
    ),
    Kind(
        "sheet.returned",
        "Usulan dikembalikan",
        "Usulan yang Anda susun dikembalikan untuk diperbaiki.",
        _whoever_is(Role.STAFF, Role.HEAD),
        _returned,
    ),
    Kind(
        "sheet.decided",
        "Usulan diputuskan",
        "Usulan yang Anda susun ditetapkan atau ditolak.",
        _whoever_is(Role.STAFF, Role.HEAD),
        _decided,
    ),
    Kind(
        "decree.missing",
        "Penetapan menunggu nomor SK",
        "Nomor SK belum dicatat, jadi sertifikat belum dipesan. "
        "Dikirim pagi hari, sejak hari berikutnya, dan diingatkan setiap pekan.",
        _whoever_is(Role.STAFF),
        _unnumbered,
        lasts=LONG,
        again=WEEK,
        first_after=DAY,
        only_mornings=True,
    ),
    Kind(
        "certificate.ready",
        "Sertifikat siap diunduh",
        "Sertifikat dari usulan yang Anda susun selesai disiapkan.",
        _whoever_is(Role.STAFF, Role.HEAD),
        _certificates,
        covers="sheet.decided",
    ),
    Kind(
        "certificate.own",
        "Sertifikat desa siap diunduh",
        "Sertifikat desa Anda selesai disiapkan oleh kantor imigrasi; belum ditandatangani.",
        _villages,
        _own_certificates,
    ),
    Kind(
        "certificate.signed",
        "Sertifikat bertanda tangan siap diunduh",
        "Kantor mengunggah salinan bertanda tangan sertifikat desa Anda.",
        _villages,
        _signed_certificates,
    ),
    Kind(
        "designation.closed",
        "Status Desa Binaan berakhir",
        "Penetapan desa Anda dicabut, atau masa pembinaannya diakhiri.",
        _villages,
        _closed,
    ),
    Kind(
        "village.guided",
        "PIMPASA desa berganti",
        "Petugas yang membina desa Anda ditugaskan, berganti, atau selesai bertugas.",
        _villages,
        _guided,
    ),
    Kind(
        "assignment.started",
        "Penugasan sebagai PIMPASA",
        "Anda ditugaskan membina desa, juga lewat serah terima.",
        _guides,
        _assignments,
    ),
)
