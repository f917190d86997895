"""When a mail leaves, for whom, and that it leaves once: preferences, refusals, two workers."""

import smtplib
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts import actions, mailing, notices, owed, tasks
from accounts.models import Mailbox, Notice, NoticeChoice, Told
from audit.models import Entry
from desabinaan import health
from tests.factories import DesignationFactory, NumberTemplateFactory, OfficeFactory, UserFactory
from tests.notices import addressees, end_mail_pause, mailed, pass_time, post_after
from tests.races import together
from villages import actions as village_actions

pytestmark = pytest.mark.django_db
PAGE = "/pemberitahuan/"


@pytest.fixture
def office():
    office = OfficeFactory()
    NumberTemplateFactory(office=office)
    return office


@pytest.fixture
def head(office):
    return mailed(head_of=office)


def submit(office, **stage):
    return DesignationFactory(office=office, **(stage or {"submitted": True}))


# --- Bundled -------------------------------------------------------------------------------------


def test_nothing_leaves_in_the_first_minutes_and_then_all_of_it_together(office, head) -> None:
    submit(office)
    at_first = post_after(timedelta(minutes=4))
    for _ in range(2):
        submit(office)

    (letter,) = post_after(timedelta(minutes=2))

    assert at_first == []
    assert letter.subject == "3 usulan menunggu keputusan"


def test_after_a_mail_there_is_silence_for_an_hour(office, head) -> None:
    submit(office)
    assert addressees(post_after()) == [head.email]
    for _ in range(3):
        submit(office)

    soon, later = post_after(timedelta(minutes=30)), post_after(timedelta(minutes=31))

    assert soon == []
    assert [letter.subject for letter in later] == ["3 usulan menunggu keputusan"]


def test_nobody_is_told_twice(office, head) -> None:
    submit(office)

    rounds = [len(post_after(timedelta(hours=2))) for _ in range(4)]

    assert rounds == [1, 0, 0, 0]
    assert Told.objects.count() == 1


@pytest.mark.parametrize("why", ["no address", "closed"])
def test_some_people_get_no_mail(office, why) -> None:
    closed = {"email": "tutup@kantor.example", "is_active": False}
    UserFactory(head_of=office, **(closed if why == "closed" else {}))
    submit(office)

    assert post_after() == []
    assert Notice.objects.open().exists()


def test_somebody_of_two_offices_reads_of_both_in_one_mail(office) -> None:
    elsewhere = OfficeFactory()
    head = mailed(head_of=office)
    actions.start_membership(
        actions.Membership(
            user=head, office=elsewhere, role="head", acting_kind="plt",
            starts_on=elsewhere.today(), ends_on=elsewhere.today(),
        ),
        by=None,
    )  # fmt: skip
    submit(office)
    submit(elsewhere)

    (letter,) = post_after()

    assert letter.subject == "2 usulan menunggu keputusan"
    assert office.name in letter.body
    assert elsewhere.name in letter.body


# --- As they wish --------------------------------------------------------------------------------


def test_whoever_wants_no_mail_gets_none(office, head) -> None:
    actions.choose_notices(head, pace="never", muted=[], by=head)
    submit(office)

    assert post_after(timedelta(days=9)) == []


def test_whoever_mutes_a_sort_is_told_of_the_others(office) -> None:
    staff = mailed(staff_of=office)
    actions.choose_notices(staff, pace="at_once", muted=["sheet.returned"], by=staff)
    submit(office, created_by=staff, returned=True)
    submit(office, created_by=staff, rejected=True)

    (letter,) = post_after()

    assert letter.subject.startswith("Usulan diputuskan")


@pytest.mark.parametrize(
    ("zone", "hour", "leaves"),  # by the clock of Greenwich
    [
        ("Asia/Jakarta", 23, False),
        ("Asia/Jakarta", 0, True),
        ("Asia/Makassar", 22, False),
        ("Asia/Makassar", 23, True),
        ("Asia/Jayapura", 21, False),
        ("Asia/Jayapura", 22, True),
    ],
)
def test_the_daily_mail_leaves_at_seven_by_the_clock_of_the_office(
    office, head, monkeypatch, zone, hour, *, leaves
) -> None:
    type(office).objects.filter(pk=office.pk).update(timezone=zone)
    actions.choose_notices(head, pace="daily", muted=[], by=head)
    submit(office)
    afternoon = datetime(2026, 3, 2, 8, tzinfo=UTC)
    now = datetime(2026, 3, 2 if hour > 12 else 3, hour, 5, tzinfo=UTC)
    Notice.objects.update(at=afternoon)
    monkeypatch.setattr(timezone, "now", lambda: now)

    assert mailing.send_owed() == leaves
    assert mailing.send_owed() == 0


def test_the_daily_mail_leaves_once_a_day(office, head) -> None:
    actions.choose_notices(head, pace="daily", muted=[], by=head)
    submit(office)
    first = post_after(timedelta(days=1))
    second = submit(office)

    at_noon, next_day = post_after(timedelta(0)), post_after(timedelta(days=1))

    assert len(first) == 1
    assert at_noon == []
    assert [it.subject for it in next_day] == [f"Usulan menunggu keputusan: {second.village}"]


def test_a_person_chooses_on_a_page_of_their_own(sign_in, office, head) -> None:
    client = sign_in(head)
    page = client.get(PAGE).content.decode()

    answer = client.post(PAGE, {"pace": "daily", "wanted": ["sheet.waiting", "sheet.returned"]})

    choice = NoticeChoice.objects.get(user=head)
    assert head.email in page
    assert answer["Location"] == PAGE
    assert choice.pace == "daily"
    assert "revocation.waiting" in choice.muted
    assert "sheet.waiting" not in choice.muted
    assert "certificate.own" not in choice.muted  # does not concern them: left as it was
    (entry,) = Entry.objects.about(head).filter(verb="user.notices_chosen")
    assert entry.by == head


def test_what_does_not_concern_somebody_today_stays_as_they_chose_it(sign_in, head) -> None:
    actions.choose_notices(head, pace="daily", muted=["decree.missing"], by=head)

    sign_in(head).post(PAGE, {"pace": "at_once", "wanted": ["sheet.waiting"]})

    assert "decree.missing" in NoticeChoice.objects.get(user=head).muted


def test_choosing_the_same_again_is_no_event(head) -> None:
    for _ in range(2):
        actions.choose_notices(head, pace="daily", muted=["sheet.waiting"], by=head)

    assert Entry.objects.about(head).filter(verb="user.notices_chosen").count() == 1


@pytest.mark.parametrize(
    "sent", [{"pace": "hourly"}, {"lain": "1"}, {"pace": "daily", "wanted": ["x.y"]}]
)
def test_what_cannot_be_chosen_is_not_kept(sign_in, head, sent) -> None:
    answer = sign_in(head).post(PAGE, sent)

    assert answer.context["form"].errors
    assert not NoticeChoice.objects.exists()


def test_the_page_shows_each_what_concerns_them(office) -> None:
    def sorts(user) -> set[str]:
        client = Client()
        client.force_login(user)
        return {kind.key for kind in client.get(PAGE).context["form"].kinds}

    village = DesignationFactory(office=office).village

    assert {"sheet.waiting", "revocation.waiting"} <= sorts(UserFactory(head_of=office))
    assert {"sheet.returned", "decree.missing"} <= sorts(UserFactory(staff_of=office))
    assert sorts(UserFactory(village=village)) == {
        "certificate.own",
        "certificate.signed",
        "designation.closed",
        "village.guided",
    }
    assert sorts(UserFactory(admin_of=office)) == {"import.sent_back"}
    assert sorts(UserFactory(observer_of=office.parent)) == set()


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (60, "digabung, dan paling banyak satu surel per jam."),
        (15, "digabung, dan paling banyak satu surel per 15 menit."),
        (0, "Kabar yang berdekatan digabung."),
    ],
)
def test_how_often_mail_comes_is_said_as_it_is_set(
    sign_in, head, settings, minutes: int, said: str
) -> None:
    settings.NOTICES_REST = timedelta(minutes=minutes)

    page = sign_in(head).get(PAGE).content.decode()

    assert said in page


def test_the_page_is_nobody_s_who_has_not_signed_in(client) -> None:
    assert client.get(PAGE)["Location"].startswith("/masuk/")


# --- The mail server -----------------------------------------------------------------------------


def failing(monkeypatch, *faults):
    """Let the server answer with these, one after the other, and then work again."""
    left, works = list(faults), EmailBackend.send_messages

    def send(self, messages):
        if left:
            raise left.pop(0)
        return works(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send)


def test_a_server_that_is_down_costs_one_attempt_and_loses_nothing(
    office, head, monkeypatch, caplog
) -> None:
    acting = mailed(head_of=office, head_of__acting_kind="plh")
    submit(office)
    failing(monkeypatch, smtplib.SMTPServerDisconnected(head.email), OSError("planted"))

    down = post_after()
    resting = post_after()  # not even asked
    health_after_one = health.mail_rests()
    health.note_mail(leaves=True)  # the pause is over
    still_down, back = post_after(), None
    health.note_mail(leaves=True)
    back = post_after()

    assert (down, resting, still_down) == ([], [], [])
    assert health_after_one
    assert addressees(back) == sorted([head.email, acting.email])
    assert "SMTPServerDisconnected" in caplog.text
    assert head.email not in caplog.text


def test_an_operator_sees_that_no_mail_leaves_though_the_portal_works(client) -> None:
    said = []
    for _ in range(3):
        health.note_mail(leaves=False)
        health.note_mail(leaves=False)  # within the pause: the same failure
        end_mail_pause()
        said.append(client.get("/readyz").json()["mail"])

    health.note_mail(leaves=True)
    assert said == ["ok", "ok", "down"]
    assert client.get("/readyz").json()["mail"] == "ok"
    assert client.get("/readyz").status_code in {200, 503}  # as the other parts say


def test_one_refused_address_keeps_nobody_else_from_their_mail(
    office, head, monkeypatch, caplog
) -> None:
    acting = mailed(head_of=office, head_of__acting_kind="plh")
    submit(office)
    failing(monkeypatch, smtplib.SMTPRecipientsRefused({head.email: (550, b"unknown")}))

    others = post_after()
    at_once_again = post_after(timedelta(minutes=1))
    later = post_after(timedelta(hours=2))

    assert addressees(others + at_once_again + later) == sorted([head.email, acting.email])
    assert len(others) == len(later) == 1
    assert at_once_again == []
    assert head.email not in caplog.text
    assert not health.mail_rests()


def test_a_round_does_not_take_for_ever(office, monkeypatch) -> None:
    for _ in range(3):
        mailed(head_of=office, head_of__acting_kind="plh")
    submit(office)
    monkeypatch.setattr(mailing, "ROUND_SECONDS", -1)

    first = post_after()
    monkeypatch.undo()
    rest = post_after()

    assert len(first) == 0
    assert len(rest) == 3


@pytest.mark.usefixtures("no_broker")
def test_a_decision_does_not_ask_the_queue_or_the_mail_server(office, head, monkeypatch) -> None:
    failing(monkeypatch, *[OSError("planted")] * 9)

    submitted = submit(office)

    assert submitted.status == "submitted"
    assert Notice.objects.open().count() == 1


# --- Once ----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail(settings) -> None:
    office = OfficeFactory()
    people = [mailed(head_of=office, head_of__acting_kind="plh") for _ in range(6)]
    settings.NOTICES_REST = timedelta(0)  # so that only the lock and the rows keep it single
    submit(office)
    pass_time()

    sent = together(*[mailing.send_owed] * 4)

    assert sum(sent) == 6
    assert addressees(mail.outbox) == sorted(user.email for user in people)


@pytest.mark.django_db(transaction=True)
def test_a_second_worker_leaves_a_person_alone_whose_mail_is_being_sent(monkeypatch) -> None:
    office = OfficeFactory()
    mailed(head_of=office)
    submit(office)
    pass_time()
    sending, may_end = Event(), Event()
    works = EmailBackend.send_messages

    def slowly(self, messages):
        sending.set()
        assert may_end.wait(20)
        return works(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", slowly)

    def second() -> int:
        assert sending.wait(20)
        sent = mailing.send_owed()
        may_end.set()
        return sent

    assert together(mailing.send_owed, second) == [1, 0]
    assert len(mail.outbox) == 1


def test_a_mail_that_was_not_noted_comes_again_under_the_same_name(
    office, head, monkeypatch
) -> None:
    submit(office)

    def dies(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(mailing, "_note", dies)
    with pytest.raises(KeyboardInterrupt):
        post_after()
    first = mail.outbox[0]
    monkeypatch.undo()
    mailing.send_owed()

    again = mail.outbox[1]
    assert again.extra_headers["Message-ID"] == first.extra_headers["Message-ID"]
    assert again.body == first.body


def test_a_matter_that_is_settled_while_others_are_mailed_is_not_told(
    office, head, monkeypatch
) -> None:
    submitted = submit(office)
    pass_time()
    found = owed.survey()
    village_actions.return_to_staff(submitted, note="Perbaiki.", by=head)
    Mailbox.objects.create(user=head)

    sent = mailing._send_to(head.pk, found.owed[head.pk], None)

    assert not sent
    assert mail.outbox == []


def test_without_its_change_there_is_no_notice(office) -> None:
    with transaction.atomic():
        submit(office)
        transaction.set_rollback(True)

    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_notice_is_not_written_beside_its_change() -> None:
    with pytest.raises(RuntimeError, match="in the transaction"):
        notices.tell("sheet.waiting", OfficeFactory())


# --- Forgotten -----------------------------------------------------------------------------------


def test_what_was_told_is_forgotten_a_month_after_it_is_over(office, head) -> None:
    submitted = submit(office)
    post_after()
    village_actions.return_to_staff(submitted, note="Perbaiki.", by=head)
    post_after()  # settles it
    waiting = Notice.objects.filter(kind="sheet.waiting")

    pass_time(timedelta(days=29))
    tasks.tidy_notices()
    kept = waiting.exists()
    pass_time(timedelta(days=2))
    tasks.tidy_notices()

    assert kept
    assert not waiting.exists()
    assert not Told.objects.filter(notice__kind="sheet.waiting").exists()


def test_old_news_is_no_news(office) -> None:
    submit(office, rejected=True)
    pass_time(timedelta(days=15))
    mailing.send_owed()

    assert not Notice.objects.open().exists()


@pytest.mark.parametrize(
    ("model", "row"),
    [
        (Notice, {"kind": "nodot", "subject_id": 1}),
        (NoticeChoice, {"pace": "hourly"}),
        (Mailbox, {"failures": 1}),
    ],
)
def test_the_database_refuses_what_cannot_be(model, row) -> None:
    if model is not Notice:
        row = {**row, "user": UserFactory()}

    with pytest.raises(IntegrityError):
        model.objects.create(**row)
