"""The demo: whole, once, believable, and never by accident."""

from io import StringIO

import pytest
from django.contrib.auth.hashers import get_hasher
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, User
from certificates.models import RegisterEntry
from desabinaan import uploads
from events.candidates import Candidates
from events.models import Event, FollowUp, InvitationLetter, Visit
from tests.events import founding_events
from tests.villages import founding_cases
from villages.demo.people import PASSWORD
from villages.models import (
    Ceremony,
    Designation,
    Document,
    Officer,
    Outcome,
    Revocation,
)

pytestmark = pytest.mark.django_db


def load(*options: str) -> str:
    out = StringIO()
    call_command("load_demo", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def nation() -> None:
    call_command("import_regions", verbosity=0, stdout=StringIO())
    call_command("import_offices", verbosity=0, stdout=StringIO())


def test_it_stands_on_regions_and_offices(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]

    with pytest.raises(CommandError, match="import_regions, lalu import_offices"):
        load()

    assert not User.objects.exists()


def test_production_refuses_it(settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]

    with pytest.raises(CommandError, match="--force"):
        load()


def test_it_tells_the_founding_cases_and_gives_every_desk_work(
    nation: None, settings: object
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]

    first, again = load(), load()

    assert "usulan dan penetapan, 12 kegiatan dimuat" in first
    the_founding_events_are_told_as_reported()
    founding_events.are_whole()
    founding_events.one_waits_for_its_report()
    founding_events.one_is_running()
    assert "tidak ada yang diubah" in again
    founding_cases.stand_as_they_were_reported()
    every_desk_has_work()
    its_letters_would_be_let_in()

    known_names_answer_no_sooner_than_unknown_ones()
    table = load("--sign-ins")

    assert "kepala@wonosobo.example" in table
    assert table.rstrip().endswith(PASSWORD)
    for line in table.splitlines()[:-1]:
        assert _signs_in(line.split()[0]), line
    two_of_a_kind_are_told_apart(table)


def two_of_a_kind_are_told_apart(table: str) -> None:
    staff = [line for line in table.splitlines() if "Petugas" in line]
    words = [tuple(line.split()[1:]) for line in staff]
    guiding = Officer.objects.live().values_list("user__username", flat=True)

    assert len(words) == len(set(words)) == 10
    for line in staff:
        name = line.split()[0]
        nip = User.objects.get(email=name).username if "@" in name else name
        assert ("PIMPASA" in line) is (nip in guiding), line
        assert ("(masuk dengan NIP)" in line) is ("@" not in name), line


def known_names_answer_no_sooner_than_unknown_ones() -> None:
    usual = get_hasher()
    kept = {it.password for it in User.objects.all() if it.has_usable_password()}

    assert kept
    assert not [it for it in kept if usual.must_update(it)]


def every_desk_has_work() -> None:
    # Every stage is there, and every kind of waiting.
    assert set(Designation.objects.values_list("status", flat=True)) >= {
        "draft", "submitted", "returned", "rejected", "approved", "revoked", "ended",
    }  # fmt: skip
    assert Designation.objects.awaiting_decree_number().exists()
    assert Revocation.objects.filter(outcome=Outcome.PENDING).exists()
    assert Ceremony.objects.count() >= 5
    assert all(document.size < 300_000 for document in Document.objects.all())
    # The registers have no gaps, and the Plh. acts today.
    for office in set(RegisterEntry.objects.values_list("office", flat=True)):
        for year in range(2023, 2030):
            given = RegisterEntry.objects.filter(office=office, year=year, serial__gt=0)
            for kind in set(given.values_list("kind", flat=True)):
                rows = given.filter(kind=kind).order_by("dated", "serial")
                serials = list(rows.values_list("serial", flat=True))
                assert serials == list(range(1, len(serials) + 1))
    assert Membership.objects.get(acting_kind="plh").is_live()


def its_letters_would_be_let_in() -> None:
    letter = Document.objects.first()
    assert letter

    with letter.file.open() as file:
        upload = SimpleUploadedFile(letter.name, file.read(), letter.content_type)
    assert uploads.check(upload).sha256 == letter.sha256


def _signs_in(name: str) -> bool:
    answer = Client().post("/masuk/", {"login": name, "password": PASSWORD})
    return answer.status_code == 302


def the_founding_events_are_told_as_reported() -> None:
    told = {
        event.office.code: (event.kind.key, event.status, event.villages.count())
        for event in Event.objects.filter(starts_at__year__lt=2025).select_related("office", "kind")
    }
    assert told == {
        "kanim-cilacap": ("coordination", "reported", 1),
        "kanim-batulicin": ("strengthening", "reported", 1),
        "kanim-wonosobo": ("inauguration", "reported", 1),
        "kanim-jember": ("socialization", "reported", 7),
        "kanim-kerinci": ("inauguration", "reported", 2),
    }
    wuluhan = founding_events.of("kanim-jember")
    assert (wuluhan.questions.count(), wuluhan.follow_ups.to_do().count()) == (2, 0)
    assert "foto bersama" in wuluhan.minutes.text
    reports = Event.objects.filter(status="reported").select_related("report__letter__entry")
    years = {event.report.letter.entry.year - event.starts_on.year for event in reports}
    assert years == {0}
    assert FollowUp.objects.to_do().exists()
    assert Visit.objects.filter(office__code="kanim-wonosobo").exists()
    its_guests_were_invited()
    who_came_has_a_certificate()


def who_came_has_a_certificate() -> None:
    for code, speakers in (("kanim-wonosobo", 2), ("kanim-jember", 3)):
        event = Event.objects.get(office__code=code, starts_at__year=2024)
        papers = [it.certificate for it in event.participations.with_list()]
        assert sum(it.kind == "speaker" for it in papers) == speakers
        assert len(papers) > 5
        assert {it.facts["dated"] for it in papers} == {event.ends_on.isoformat()}
        assert not Candidates.of(event).lacking  # who was noted twice is one person


def its_guests_were_invited() -> None:
    wuluhan = Event.objects.get(office__code="kanim-jember")
    invited = wuluhan.invitees.values_list("kind", flat=True)
    assert sum(kind == "village" for kind in invited) == 7
    assert {"district", "police", "army", "ngo", "migrant_protection"} < set(invited)
    assert not wuluhan.invitees.unanswered().exists()
    to_come = InvitationLetter.objects.get(event__starts_at__gt=timezone.now())
    assert to_come.event.invitees.unanswered().exists()
    assert to_come.letter.facts["event"]["title"] == to_come.event.title
