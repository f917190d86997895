"""How fast pages answer with 10,000 villages and 1,000 officers; verification beside a bare view.

Everything is laid down in one transaction that is rolled back: the portal's own rows stay alone.
"""

from __future__ import annotations

import resource
import runpy
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import cycle, islice
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path

from bench import outreach
from bench.timing import timed
from desabinaan.urls import urlpatterns as portal

VILLAGES = 10_000
OFFICERS = 1_000
RUNS = 60
PAIRED = 1_000  # asked by turns with the peer, so that both meet the same machine
DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
type Row = tuple[str, str, str]  # what, measured, budget


@login_not_required
def bare(_request: HttpRequest, code: str) -> HttpResponse:
    """The peer: the paper and its designation, as a view would ask for them, and no page."""
    from certificates.models import Certificate  # noqa: PLC0415 - only when Django is ready
    from villages.models import Designation  # noqa: PLC0415

    certificate = Certificate.objects.published().with_office().get(code=code)
    sheets = Designation.objects.filter(certificate=certificate)
    sheet = sheets.values("status", "status_at", "office__timezone").first()
    return HttpResponse(f"{certificate.number} {sheet and sheet['status']}")


# The peer stands where the verification page does: behind the addresses that are asked first.
_ITS_PLACE = [getattr(pattern, "app_name", "") for pattern in portal].index("certificates")
urlpatterns = [*portal[:_ITS_PLACE], path("bench/<str:code>", bare), *portal[_ITS_PLACE:]]


def rows() -> list[Row]:
    """The lines for the table of `make bench`."""
    # As a process of the web server is: tests/test_deployment.py sees to it that this is its hook.
    runpy.run_path("gunicorn.conf.py")["post_worker_init"](None)
    with _ten_thousand_villages() as codes, override_settings(ROOT_URLCONF=__name__):
        return [*_pages(), *_recap(), *_verification(codes)]


# --- What is measured ----------------------------------------------------------------------------


def _pages() -> list[Row]:
    everywhere, office = _client("observer", "ditjen"), _client("staff", _busiest_office())
    designation = _designation_of(_busiest_office())
    asked = {
        "list of villages, whole nation": (everywhere, "/desa/"),
        "list of villages, searched": (everywhere, "/desa/?q=suka"),
        "list of designations, whole nation": (everywhere, "/penetapan/"),
        "list of designations, one office": (office, "/penetapan/"),
        "list of officers, whole nation": (everywhere, "/pimpasa/"),
        "desk of an office": (office, "/"),
        "desk of the nation": (everywhere, "/"),
        "recap of the nation: coverage": (everywhere, "/rekap/"),
        "recap of the nation: one kabupaten": (everywhere, "/rekap/?wilayah=33.07"),
        "recap of the nation: villages left": (everywhere, "/rekap/desa/?status=belum"),
        "recap of the nation: officers": (everywhere, "/rekap/pimpasa/"),
        "recap of the nation: waiting times": (everywhere, "/rekap/waktu/"),
        "recap of the nation: outreach": (everywhere, "/rekap/kegiatan/"),
        "recap of the nation: outreach, one province": (everywhere, "/rekap/kegiatan/?wilayah=33"),
        "recap of an office: outreach": (office, "/rekap/kegiatan/"),
        "recap of an office: coverage": (office, "/rekap/"),
        "recap of an office: villages left": (office, "/rekap/desa/?status=belum"),
        "recap of an office: officers": (office, "/rekap/pimpasa/"),
        "recap of an office: waiting times": (office, "/rekap/waktu/"),
        "a designation": (office, f"/penetapan/{designation['pk']}/"),
        "a village": (office, f"/desa/{designation['village']}/"),
        "a decree": (office, f"/sk/{designation['decree']}/"),
        "public list, searched": (Client(SERVER_NAME="localhost"), "/desa-binaan/?q=suka+maju"),
    }
    return [_page(name, client, address) for name, (client, address) in asked.items()]


def _page(name: str, client: Client, address: str) -> Row:
    _seconds(client, address)  # what is loaded once per process
    queries = _queries(client, address)
    times = sorted(_seconds(client, address) for _ in range(RUNS))
    return (
        f"page: {name}, {VILLAGES:,} villages",
        f"p50 {_milliseconds(times, 0.5)}, p95 {_milliseconds(times, 0.95)}, {queries} queries",
        "p95 100 ms, 10 queries",
    )


def _recap() -> list[Row]:
    """What a worker makes of the whole nation, and what asking for it costs the browser."""
    from accounts.access import access_of  # noqa: PLC0415 - only when Django is ready
    from accounts.models import Membership  # noqa: PLC0415
    from certificates import pdf  # noqa: PLC0415
    from certificates.models import Letter  # noqa: PLC0415
    from reports.exports import recap_workbook  # noqa: PLC0415
    from reports.monthly import Report  # noqa: PLC0415
    from reports.periods import month_of  # noqa: PLC0415
    from reports.scope import Scope, scope_of  # noqa: PLC0415

    access = access_of(Membership.objects.get(user__email="observer-ditjen@bench.invalid").user)
    asking, facts = timed(lambda: Report(Scope(access, month_of(DAY))).paper().facts)
    letter = Letter(kind="periodic_report", facts=facts)
    drawing, drawn = timed(lambda: pdf.render_letter(letter))
    before = _most_memory()
    writing, book = timed(lambda: recap_workbook(scope_of(access, {})))
    grown = _most_memory() - before
    return [
        ("report of the nation: facts, in the request", f"{asking:.2f} s", "1 s"),
        ("report of the nation: drawn by a worker", f"{drawing:.1f} s, {len(drawn):,} B", "30 s"),
        (
            "spreadsheet of the nation, every village of the list",
            f"{writing:.1f} s, {len(book):,} B, memory grown by {grown} MB at most",
            "60 s, 100 MB",
        ),
    ]


def _most_memory() -> int:
    """The most that this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _verification(codes: list[str]) -> list[Row]:
    """The page and its bare peer by turns, so that neither meets a quieter machine."""
    client, page, peer = Client(SERVER_NAME="localhost"), [], []
    queries = _queries(client, f"/v/{codes[0]}")
    for code in islice(cycle(codes), PAIRED):
        page.append(_seconds(client, f"/v/{code}"))
        peer.append(_seconds(client, f"/bench/{code}"))
    # Whoever else uses this machine disturbs both; their quieter quarters tell them apart.
    quick, bare_quick = statistics.quantiles(page)[0], statistics.quantiles(peer)[0]
    page.sort()
    return [
        (
            "page: verification",
            f"p50 {_milliseconds(page, 0.5)}, p95 {_milliseconds(page, 0.95)}, {queries} queries",
            "2 queries",
        ),
        (
            "page: verification, rate beside a bare two-query view",
            f"{bare_quick / quick:.2f} ({1 / quick:.0f} and {1 / bare_quick:.0f} a second)",
            "0.90",
        ),
    ]


def _seconds(client: Client, address: str) -> float:
    started = time.perf_counter()
    response = client.get(address, secure=True)
    elapsed = time.perf_counter() - started
    assert response.status_code == 200, (address, response.status_code)
    return elapsed


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        _seconds(client, address)
    return len(queries)  # now: the next request forgets them


def _milliseconds(times: list[float], share: float) -> str:
    return f"{times[int(share * (len(times) - 1))] * 1000:.1f} ms"


# --- What it is measured on ----------------------------------------------------------------------


@contextmanager
def _ten_thousand_villages() -> Iterator[list[str]]:
    """Ten thousand villages over all offices; every second one designated, with its paper."""
    from accounts.models import Office, User  # noqa: PLC0415 - only when Django is ready
    from villages.models import Region  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("VACUUM villages_region")  # as autovacuum does, which stands still here
    with transaction.atomic():
        clerk = User.objects.create_user(name="Petugas Ukur", email="ukur@bench.invalid")
        offices = list(Office.objects.filter(kind="immigration_office").order_by("code"))
        regions = Region.objects.villages().filter(village=None).order_by("?")[:VILLAGES]
        villages = _villages(list(regions), offices, clerk)
        sheets = _sheets(villages, clerk)
        _guides(villages, offices, clerk)
        _papers(sheets[::2], clerk)
        outreach.lay_down(villages, clerk, NOON)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ANALYZE")
        yield [sheet.certificate.code for sheet in sheets[::2]][:PAIRED]
        transaction.set_rollback(True)


def _villages(regions: list[Any], offices: list[Any], clerk: Any) -> list[Any]:
    from villages.models import Village  # noqa: PLC0415 - only when Django is ready

    return Village.objects.bulk_create(
        Village(region=region, office=office, local_term="Desa", created_by=clerk)
        for region, office in zip(regions, cycle(offices), strict=False)
    )


def _guides(villages: list[Any], offices: list[Any], clerk: Any) -> None:
    """Several officers for each office, who share nine in ten of its villages."""
    from accounts.models import User  # noqa: PLC0415 - only when Django is ready
    from villages.models import Assignment, Officer  # noqa: PLC0415

    decree = {"decree_number": "W.1-1", "decree_dated": DAY, "decree_signer_title": "Kepala"}
    people = User.objects.bulk_create(
        User(name=f"PIMPASA {number}", username=f"pimpasa-{number}@bench.invalid")
        for number in range(OFFICERS)
    )
    officers = Officer.objects.bulk_create(
        Officer(user=user, office=office, starts_on=DAY, created_by=clerk, **decree)
        for user, office in zip(people, cycle(offices), strict=False)
    )
    teams = {office.pk: cycle([it for it in officers if it.office == office]) for office in offices}
    basis = {"basis": "letter", "basis_number": "ST-1", "basis_dated": DAY, "starts_on": DAY}
    Assignment.objects.bulk_create(
        Assignment(officer=next(teams[it.office_id]), village=it, created_by=clerk, **basis)
        for at, it in enumerate(villages)
        if at % 10
    )


def _sheets(villages: list[Any], clerk: Any) -> list[Any]:
    from villages.models import Designation  # noqa: PLC0415 - only when Django is ready

    # Every second one is about to be designated, and so with the head.
    statuses = cycle(["submitted", "draft", "submitted", "submitted", "submitted", "returned"])
    return Designation.objects.bulk_create(
        Designation(
            village=village,
            office=village.office,
            created_by=clerk,
            status=status,
            status_at=NOON,
            submitted_at=None if status == "draft" else NOON,
            status_by=clerk,
            status_note="Lengkapi uraian." if status == "returned" else "",
        )
        for village, status in zip(villages, statuses, strict=False)
    )


def _papers(sheets: list[Any], clerk: Any) -> None:
    """Designate these villages, each with its decree and its drawn certificate."""
    from villages.models import Decree, Designation  # noqa: PLC0415 - only when Django is ready

    decrees = Decree.objects.bulk_create(
        Decree(
            office=sheet.office,
            number=f"W.1.IMI-{sheet.pk}-GR.03.05 Tahun 2026",
            dated=DAY,
            title=f"Penetapan {sheet.village} sebagai Desa Binaan Imigrasi",
            signer_level="office",
            signer_name=clerk.name,
            created_by=clerk,
        )
        for sheet in sheets
    )
    heads = _heads({sheet.office_id for sheet in sheets})
    for sheet, decree in zip(sheets, decrees, strict=True):
        sheet.decree, sheet.designated_on, sheet.status, sheet.status_note = (
            decree,
            DAY,
            "approved",
            "",
        )
        head = heads[sheet.office_id]
        sheet.decided_by, sheet.decided_as, sheet.decided_at = head.user, head, NOON
        sheet.signs = "decider"
        sheet.signer = {"title": "Kepala Kantor", "acting": "", "name": clerk.name}
        sheet.signer |= {"rank": "", "nip": ""}
    _certificates(sheets, clerk)
    fields = ["decree", "designated_on", "status", "status_note", "decided_by", "decided_as"]
    fields += ["decided_at", "signs", "signer", "certificate"]
    Designation.objects.bulk_update(sheets, fields, batch_size=500)


def _heads(office_ids: set[int]) -> dict[int, Any]:
    """Somebody for each office who may decide: the database asks for one."""
    from accounts.models import Membership, User  # noqa: PLC0415 - only when Django is ready

    ids, that_day = sorted(office_ids), {"starts_on": DAY, "ends_on": DAY}  # beside a real head
    people = User.objects.bulk_create(
        User(name=f"Kepala {pk}", username=f"kepala-{pk}@bench.invalid") for pk in ids
    )
    nation = Membership.objects.filter(role="admin", office__kind="directorate").first()
    given_by = nation.user if nation else None  # beside others a head is given by somebody
    terms = {"acting_kind": "plh", "given_by": given_by, **that_day}
    roles = Membership.objects.bulk_create(
        Membership(user=user, office_id=pk, role="head", **terms)
        for user, pk in zip(people, ids, strict=True)
    )
    return {role.office_id: role for role in roles}


def _certificates(sheets: list[Any], clerk: Any) -> None:
    from certificates import codes  # noqa: PLC0415 - only when Django is ready
    from certificates.models import Certificate, RegisterEntry  # noqa: PLC0415
    from villages.papers import designation_paper  # noqa: PLC0415

    papers = [designation_paper(sheet, on=DAY) for sheet in sheets]
    entries = RegisterEntry.objects.bulk_create(_entries(papers))
    certificates = Certificate.objects.bulk_create(
        Certificate(
            code=codes.new(),
            kind=paper.kind,
            entry=entry,
            office=paper.office,
            title=paper.title,
            facts=paper.facts,
            ordered_by=clerk,
            ordered_at=NOON,
            status="ready",
            file="bench.pdf",
            sha256="0" * 64,
            size=48_000,
            drawn_at=NOON,
        )
        for paper, entry in zip(papers, entries, strict=True)
    )
    for sheet, certificate in zip(sheets, certificates, strict=True):
        sheet.certificate = certificate


def _entries(papers: list[Any]) -> Iterator[Any]:
    """A number for each paper, after those that its office itself gave out."""
    from certificates.models import NumberSequence, RegisterEntry  # noqa: PLC0415

    for paper in papers:
        register = {"office": paper.office, "kind": paper.kind, "year": DAY.year}
        sequence, _ = NumberSequence.objects.get_or_create(**register)
        sequence.last_value += 1
        sequence.save(update_fields=["last_value"])
        number = f"BENCH-{sequence.last_value}"
        yield RegisterEntry(**register, serial=sequence.last_value, number=number, dated=DAY)


def _busiest_office() -> str:
    from accounts.models import Office  # noqa: PLC0415 - only when Django is ready

    office = Office.objects.filter(kind="immigration_office").order_by("code").first()
    assert office
    return office.code


def _designation_of(office_code: str) -> dict[str, int]:
    """One of the office's, with its village and its decree."""
    from villages.models import Designation  # noqa: PLC0415 - only when Django is ready

    theirs = Designation.objects.filter(office__code=office_code, status="approved")
    return theirs.values("pk", "village", "decree")[0]


def _client(role: str, office_code: str) -> Client:
    """A browser, signed in as somebody with this role in this office."""
    from accounts.models import Membership, Office, User  # noqa: PLC0415 - Django is ready

    office = Office.objects.get(code=office_code)
    address = f"{role}-{office_code}@bench.invalid"
    user = User.objects.create_user(name="Penguji", email=address)
    Membership.objects.create(user=user, office=office, role=role, starts_on=DAY)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client
