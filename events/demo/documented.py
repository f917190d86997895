"""How events of the demo went, what follows from them, and visits of these weeks; all invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from accounts.models import User
from events import actions
from events.demo import drawn
from events.demo.around import SCHOOL
from events.demo.told import Told
from events.models import Event
from villages.demo.people import Team
from villages.demo.telling import moment
from villages.models import Assignment

A_WEEK, HALF_AN_HOUR = timedelta(days=7), timedelta(minutes=30)
VISITS = [  # how many days ago, whom, what
    (3, "Sekretaris desa", "Rencana sosialisasi bulan depan dan tempatnya di balai desa."),
    (11, "Kepala desa dan kader", "Tiga warga bertanya tentang syarat paspor untuk bekerja."),
    (24, "Ketua BPD", "Tawaran kerja dari media sosial yang beredar di warga."),
]


def document(event: Event, told: Told, *, by: User) -> None:
    """Minutes, questions, slides, a photo, and what was agreed."""
    its = told.documented
    if its is None:
        return
    at = event.ends_at + HALF_AN_HOUR
    said = {"text": its.minutes, "taken_by": its.taken_by}
    actions.write_minutes(event, facts=said, by=by, at=at)
    for asked_by, text, answer in its.asked:
        facts = {"asked_by": asked_by, "text": text, "answer": answer, "answered_by": "Narasumber"}
        actions.write_question(event, facts=facts, by=by, at=at)
    for person in event.contributors.filter(topic__in=its.slides):
        file = drawn.slides(person.topic, person.name, its.slides[person.topic])
        actions.add_material(person, file, by=by, at=event.starts_at)
    photos = actions.add_photos(
        event, [drawn.group(event.title, its.figures)], is_consented=True, by=by, at=at
    )
    for photo in photos:
        actions.describe_photo(photo, facts={"caption": its.caption}, by=by, at=at)
    _agree(event, its.to_do, event.ends_on + A_WEEK, by=by, at=at)


def follow_up(team: Team, today: date) -> None:
    """What is to be done these days, and visits, where the office has an event for them."""
    for event in Event.objects.filter(office=team.office, title=SCHOOL):
        due = min(event.ends_on + A_WEEK, today + timedelta(days=2))
        _agree(event, "Kirim bahan paparan kepada peserta", due, by=event.created_by)
    _call(team, today)


def _agree(event: Event, what: str, due: date, *, by: User, at: datetime | None = None) -> None:
    facts = {"what": what, "owner_id": by.pk, "due_on": due}
    actions.write_follow_up(event, facts=facts, by=by, at=at)


def _call(team: Team, today: date) -> None:
    """The officers of the office were in their villages."""
    guiding = Assignment.objects.live().filter(village__office=team.office).with_held()
    earliest = today - timedelta(days=max(ago for ago, *_ in VISITS))
    held = guiding.filter(starts_on__lte=earliest).order_by("pk")[: len(VISITS)]
    for assignment, (ago, met, said) in zip(held, VISITS, strict=False):
        at = moment(team.office, today - timedelta(days=ago), 10, 15)
        facts = {"visited_at": at, "met": met, "said": said}
        actions.note_visit(assignment, facts=facts, by=assignment.officer.user, at=at)
