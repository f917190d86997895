"""How events of the demo went, what follows from them, and visits of these weeks; all invented."""

from __future__ import annotations

from datetime import date, timedelta

from accounts.models import User
from events import actions
from events.demo import checked
from events.models import Event
from villages.demo.people import Team
from villages.demo.telling import moment
from villages.models import Assignment

WULUHAN = "Sosialisasi Desa Binaan Imigrasi Kecamatan Wuluhan"
SCHOOL = "Penyuluhan di SMK: paspor dan bekerja di luar negeri"
MINUTES = """\
Acara dibuka oleh Kepala Subbagian Tata Usaha, atas nama Kepala Kantor.
Narasumber pertama menyampaikan syarat paspor dan bahaya berangkat tanpa prosedur.
Narasumber kedua menceritakan layanan pekerja migran yang sudah berjalan di desanya.
Acara ditutup dengan tanya jawab dan foto bersama."""
ASKED = [
    (
        "Kepala Desa",
        "Apakah calon pekerja migran tetap perlu rekomendasi untuk mengurus paspor?",
        "Syaratnya sesuai tujuan berangkat; desa dapat menanyakannya lebih dahulu kepada kantor.",
    ),
    (
        "Perangkat desa",
        "Ke mana warga melapor bila anggota keluarganya menjadi korban?",
        "Ke kantor imigrasi, kepolisian, atau BP3MI; PIMPASA mendampingi.",
    ),
]
VISITS = [  # how many days ago, whom, what
    (3, "Sekretaris desa", "Rencana sosialisasi bulan depan dan tempatnya di balai desa."),
    (11, "Kepala desa dan kader", "Tiga warga bertanya tentang syarat paspor untuk bekerja."),
    (24, "Ketua BPD", "Tawaran kerja dari media sosial yang beredar di warga."),
]


def document(team: Team, today: date) -> None:
    """Minutes, questions, things to be done, and visits, where the office has an event for them."""
    for event in Event.objects.filter(office=team.office, title__in=[WULUHAN, SCHOOL]):
        by = event.created_by
        if event.title == WULUHAN:
            _say(event, by)
            checked.tell(event, by=by)
        _follow(event, by, today)
    _call(team, today)


def _say(event: Event, by: User) -> None:
    said = {"text": MINUTES, "taken_by": "Staf Subbagian Tata Usaha"}
    actions.write_minutes(event, facts=said, by=by)
    for asked_by, text, answer in ASKED:
        facts = {"asked_by": asked_by, "text": text, "answer": answer, "answered_by": "Narasumber"}
        actions.write_question(event, facts=facts, by=by)


def _follow(event: Event, by: User, today: date) -> None:
    due = min(event.ends_on + timedelta(days=7), today + timedelta(days=2))
    facts = {"what": "Kirim bahan paparan kepada peserta", "owner_id": by.pk, "due_on": due}
    item = actions.write_follow_up(event, facts=facts, by=by)
    if event.title == WULUHAN:
        actions.close_follow_up(item, by=by, at=moment(event.office, due, 10, 0))


def _call(team: Team, today: date) -> None:
    """The officers of the office were in their villages."""
    guiding = Assignment.objects.live().filter(village__office=team.office).with_held()
    earliest = today - timedelta(days=max(ago for ago, *_ in VISITS))
    held = guiding.filter(starts_on__lte=earliest).order_by("pk")[: len(VISITS)]
    for assignment, (ago, met, said) in zip(held, VISITS, strict=False):
        at = moment(team.office, today - timedelta(days=ago), 10, 15)
        facts = {"visited_at": at, "met": met, "said": said}
        actions.note_visit(assignment, facts=facts, by=assignment.officer.user, at=at)
