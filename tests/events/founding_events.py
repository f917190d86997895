"""The five founding events, whole: who was invited came, what was told agrees, papers are there."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audit.models import Entry
from certificates.models import Certificate, RegisterEntry
from desabinaan import uploads
from events.agenda import Timetable
from events.alike import Likenesses
from events.arrivals import Arrival
from events.attendance_prints import expected
from events.knowledge import Gain
from events.models import (
    AttendancePage,
    Attendee,
    Contributor,
    Event,
    EventLetter,
    InvitationLetter,
    KnowledgeCheck,
    Material,
    Merge,
    Photo,
    Source,
)
from events.release import text_of
from events.story import Story
from villages.demo.telling import FORMER_MINISTRY
from villages.models import VillageContact

# Of founding-cases.md: where those who are on each list came from, or what they are.
THERE = {
    "kanim-cilacap": (
        "Kasubsi Teknologi Informasi Keimigrasian",
        "Kasubsi Informasi dan Komunikasi Keimigrasian",
        "Kabupaten Kebumen",
    ),
    "kanim-batulicin": (
        "Sekretaris Daerah Kabupaten Kotabaru",
        "Kepala Divisi Keimigrasian",
        "Kapolsek",
        "Babinsa",
        "Sekretaris Kecamatan",
        "Sekretaris Desa",
        "Kaur",
        "Tokoh masyarakat",
    ),
    "kanim-wonosobo": (
        "Kementerian Agama",
        "Pengadilan Agama",
        "Rumah Tahanan",
        "BPS",
        "Direktur radio",
        "Forkopimda",
        "Media",
        "Kepala Desa Pakuncen",
    ),
    "kanim-jember": (
        "Camat Wuluhan",
        "Migrant CARE",
        "BPJS Ketenagakerjaan",
        "BP3MI",
        "Disnaker",
        "Babinsa",
        "Bhabinkamtibmas",
        *(
            f"Kepala Desa {name}"
            for name in (
                "Ampel", "Dukuhdempok", "Glundengan", "Kesilir", "Lojejer", "Tamansari",
                "Tanjungrejo",
            )
        ),
    ),
    "kanim-kerinci": ("Kepala Desa Koto Dua Baru", "Kepala Desa Hiang Sakti", "Tokoh masyarakat"),
}  # fmt: skip
RECORDED = {"kanim-batulicin", "kanim-wonosobo", "kanim-kerinci"}  # what was handed over
CERTIFIED = {"kanim-wonosobo", "kanim-jember"}


def founding() -> list[Event]:
    return list(Event.objects.filter(starts_at__year__lt=2025).select_related("office"))


def of(office: str) -> Event:
    return Event.objects.get(office__code=office, starts_at__year__lt=2025)


def are_whole() -> None:
    """Asked of a database with the demo in it: tests/events/test_demo.py."""
    whoever_was_there_is_on_the_list()
    whoever_said_that_they_come_came()
    cilacap_came_with_four_officers()
    wuluhan_came_in_three_ways()
    a_village_has_one_head_and_one_secretary()
    each_event_has_people_of_its_own()
    no_more_answered_than_came()
    somebody_did_something_at_each()
    talks_have_materials_and_events_photos()
    every_paper_is_there_and_of_its_day()
    reports_tell_nothing_of_later_days()
    histories_end_soon_after()
    no_number_is_given_twice()
    pages_agree_with_lists()
    what_was_brought_would_be_let_in()


def whoever_was_there_is_on_the_list() -> None:
    for office, wanted in THERE.items():
        event = of(office)
        told = [f"{it.title} {it.institution}" for it in event.attendees.present()]
        for one in wanted:
            assert any(one in it for it in told), (office, one, told)
        assert not event.attendees.filter(sex="").exists()
        told_by = text_of(Story.of(event))
        assert not [it for it in ("tidak dicatat", "Belum") if it in told_by]


def whoever_said_that_they_come_came() -> None:
    for event in founding():
        guests = event.invitees.with_noted()
        assert guests, event
        for guest in guests:
            assert guest.reply in {"coming", "represented"}
            assert guest.noted_name == Arrival.of(guest).name
        assert not event.invitees.awaited().exists()
        assert len(expected(event)) == event.attendees.present().count()


def cilacap_came_with_four_officers() -> None:
    """C0: two heads of subsections and two of staff; the others are of agencies."""
    people = of("kanim-cilacap").attendees.present()
    assert Counter(people.values_list("category", flat=True)) == {"officer": 4, "agency": 5}
    officers = people.filter(category="officer").values_list("title", flat=True)
    assert sum(title == "Staf" for title in officers) == 2
    assert not people.filter(source=Source.SELF).exists()


def wuluhan_came_in_three_ways() -> None:
    event = of("kanim-jember")
    by = Counter(event.attendees.values_list("source", flat=True))
    assert set(by) == {Source.OFFICER, Source.SELF, Source.PAPER}
    assert min(by.values()) >= 8
    assert event.attendance_pages.get().content_type == "image/jpeg"
    assert Merge.objects.filter(event=event, is_one=True).count() == 1


def a_village_has_one_head_and_one_secretary() -> None:
    """Wherever they are named: among its contacts, on the lists, among who does something."""
    contacts = VillageContact.objects.select_related("village__region")
    told = [(it.village.region.full_name, it.title, it.name) for it in contacts]
    for rows in (Attendee.objects.all(), Contributor.objects.all()):
        told += rows.values_list("institution", "title", "name")
    holders = defaultdict(set)
    for village, title, name in told:
        for office in ("Kepala Desa", "Sekretaris Desa"):
            if village.startswith("Desa ") and title.lower().startswith(office.lower()):
                holders[village, office].add(name)
    assert ("Desa Dukuhdempok", "Kepala Desa") in holders
    assert {it: names for it, names in holders.items() if len(names) > 1} == {}


def each_event_has_people_of_its_own() -> None:
    people = Attendee.objects.filter(event__in=founding()).values_list("name", "event")
    came = Counter(name for name, _ in set(people))
    assert [name for name, times in came.items() if times > 1] == []


def no_more_answered_than_came() -> None:
    for check in KnowledgeCheck.objects.live().select_related("event"):
        came = check.event.attendees.present().count()
        sheets = Counter(check.sheets.values_list("phase", flat=True))
        assert max(sheets.values(), default=0) <= came
    gain = Gain.of(of("kanim-jember"))
    assert gain
    assert (gain.before.percent, gain.after.percent) == (44, 85)


def somebody_did_something_at_each() -> None:
    for event in founding():
        parts = Counter(event.contributors.values_list("contribution", flat=True))
        if event.kind.key == "coordination":
            assert parts["chair"] == 1
        else:
            assert parts["opener"] == 1
            assert parts["speaker"] >= 1
        if event.kind.key in {"inauguration", "strengthening"}:
            assert parts["receiver"] == event.villages.count()
            assert parts["presenter"] == 1
        assert event.minutes.text


def talks_have_materials_and_events_photos() -> None:
    for event in founding():
        for speaker in event.contributors.filter(contribution="speaker"):
            assert speaker.materials.count() == 1, speaker
        assert event.photos.filter(is_consented=True).exclude(caption="").exists()
        assert event.attendance_pages.exists()
    assert Material.objects.filter(contributor__event=of("kanim-jember")).count() == 2
    assert of("kanim-jember").photos.get().caption.startswith("Foto bersama")


def every_paper_is_there_and_of_its_day() -> None:
    for event in founding():
        code = event.office.code
        invitation = InvitationLetter.objects.get(event=event).letter
        others = {it.letter.kind: it.letter for it in EventLetter.objects.filter(event=event)}
        recorded = {"proceedings"} if code in RECORDED else set()
        assert set(others) == {"attendance", "event_report"} | recorded
        assert event.participations.exists() is (code in CERTIFIED)
        papers = [it.certificate for it in event.participations.all()]
        for paper in (invitation, *others.values(), *papers):
            assert paper.facts["dated"][:4] == str(event.starts_on.year), paper
            assert FORMER_MINISTRY in str(paper.facts["office"]), paper
        assert invitation.facts["dated"] < event.starts_on.isoformat()
        assert len(others["attendance"].facts["people"]) == event.attendees.present().count()


def reports_tell_nothing_of_later_days() -> None:
    for event in founding():
        facts = event.report.letter.facts
        assert {it[3] for it in facts["follow_ups"]} == {""}  # to be done, when it was written
        assert not event.follow_ups.to_do().exists()  # and done since
        assert date.fromisoformat(facts["dated"]).weekday() < 5
        assert Timetable.of(event, event.agenda.all()).overruns == 0


def histories_end_soon_after() -> None:
    """What was done for an event was done then, but for the sheet that names it since."""
    for event in founding():
        done = Entry.objects.about(event).exclude(verb="event.named")
        late = done.filter(at__gt=event.ends_at + timedelta(days=8))
        assert list(late.values_list("verb", flat=True)) == []
        kept = [*event.photos.all(), *event.attendance_pages.all()]
        assert {event.office.day_of(it.uploaded_at) for it in kept} == {event.ends_on}


def no_number_is_given_twice() -> None:
    of_papers = Certificate.objects.values_list("entry__number", flat=True)
    assert [it for it, times in Counter(of_papers).items() if times > 1] == []
    given = RegisterEntry.objects.exclude(letter=None).values_list("number", flat=True)
    assert [it for it, times in Counter(given).items() if times > 1] == []


def pages_agree_with_lists() -> None:
    for event in founding():
        browser = Client()
        browser.force_login(event.created_by)
        number = event.invitees.count()
        address = event.get_absolute_url()
        listed = browser.get(f"{address}hadir/").content.decode()
        assert f"{number} dari {number}" in " ".join(listed.split())
        for page in ("", "undangan/", "siaran-pers/"):
            assert browser.get(f"{address}{page}").status_code == 200


def what_was_brought_would_be_let_in() -> None:
    material = Material.objects.first()
    photo, page = Photo.objects.first(), AttendancePage.objects.first()
    assert material
    assert photo
    assert page
    checks = ((uploads.check_material, material), (uploads.check_photo, photo))
    for check, kept in (*checks, (uploads.check, page)):
        with kept.file.open() as file:
            upload = SimpleUploadedFile(kept.name, file.read(), kept.content_type)
        assert check(upload).content_type == kept.content_type


def one_waits_for_its_report() -> None:
    """With two of whom somebody has to say whether they are one, and somebody who spoke."""
    event = Event.objects.get(status="finished")
    assert [it.reason for it in Likenesses(event).open] == [
        "Nama hampir sama, instansi atau desa sama"
    ]
    assert event.contributors.filter(contribution="speaker").exists()


def one_is_running() -> None:
    """Whoever tries the demo checks in, answers, and reads a guest's letter, without an account."""
    event = Event.objects.get(status="running")
    browser = Client()

    door = event.check_in
    page = browser.get(f"/hadir/{door.key}/", {"k": door.code()})
    assert 'name="tiket"' in page.content.decode()
    assert door.takes_people
    assert door.takes_pin
    assert event.knowledge_checks.live().get().open_phase == "before"
    assert event.invitees.awaited().exists()
    assert event.attendees.filter(invitee__isnull=False).exists()
    letter = InvitationLetter.objects.get(event=event)
    assert browser.get(f"/s/{letter.share_key}/").status_code == 200
