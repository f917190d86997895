"""Invitations: a link that mail scanners may open, a button that only a person presses."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from accounts import actions, invitations, tasks
from accounts.models import Invitation, SignIn, User
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    LONG_AGO,
    InvitationFactory,
    MembershipFactory,
    OfficeFactory,
    UserFactory,
    VillageAccessFactory,
)
from tests.races import just_before, together

pytestmark = pytest.mark.django_db
INVITE = "/kantor/kanim-a/undang/"
CHOSEN = {"password1": "sepeda-biru-di-gunung", "password2": "sepeda-biru-di-gunung"}


@pytest.fixture
def office():
    return OfficeFactory(code="kanim-a")


@pytest.fixture
def admin(office):
    return UserFactory(admin_of=office)


def typed(office, **changed):
    facts = {
        "name": "Ratna Wulandari, S.H.",
        "email": "Ratna@Kantor.example",
        "username": "",
        "rank": "III/d",
        "role": "staff",
        "acting_kind": "definitive",
        "title": "Analis Keimigrasian",
        "starts_on": office.today().isoformat(),
        "ends_on": "",
    }
    return {**facts, **changed}


def link(invitation) -> str:
    return f"/undangan/{invitation.token}/"


def asked_again(invitation):
    return Invitation.objects.get(pk=invitation.pk)


# --- Sending ------------------------------------------------------------------------------------


def test_an_invitation_is_mailed_after_the_commit_with_a_link_to_this_portal(
    sign_in, office, admin, django_capture_on_commit_callbacks, settings
) -> None:
    settings.PORTAL_URL = "https://portal.example"
    with django_capture_on_commit_callbacks(execute=False) as queued:
        answer = sign_in(admin).post(INVITE, typed(office), headers={"host": "localhost"})

    invitation = Invitation.objects.get()
    assert answer["Location"] == "/kantor/kanim-a/"
    assert len(queued) == 1
    assert mail.outbox == []

    tasks.mail_invitation(invitation.pk)

    (letter,) = mail.outbox
    assert letter.to == ["ratna@kantor.example"]
    assert f"https://portal.example{link(invitation)}" in letter.body
    assert asked_again(invitation).mailed_at


def test_the_mail_leaves_once_however_often_the_worker_runs() -> None:
    invitation = InvitationFactory()

    tasks.mail_invitation(invitation.pk)
    tasks.mail_invitation(invitation.pk)

    assert len(mail.outbox) == 1
    assert not Invitation.objects.owed().exists()


def test_a_mail_server_that_is_down_leaves_the_mail_owed_and_no_address_in_the_log(
    monkeypatch, caplog
) -> None:
    invitation = InvitationFactory()

    def down(*_args):
        raise SMTPException(invitation.email)

    monkeypatch.setattr(EmailBackend, "send_messages", down)
    tasks.mail_invitation(invitation.pk)

    assert list(Invitation.objects.owed()) == [invitation]
    assert "SMTPException" in caplog.text
    assert invitation.email not in caplog.text
    assert invitation.token not in caplog.text


@pytest.mark.parametrize("over", ["withdrawn", "expired"])
def test_nothing_is_mailed_for_an_invitation_that_is_over(over) -> None:
    invitation = InvitationFactory()
    if over == "withdrawn":
        invitations.withdraw(invitation, by=invitation.invited_by)
    else:
        past = timezone.now() - timedelta(seconds=1)
        Invitation.objects.update(expires_at=past)

    tasks.mail_invitation(invitation.pk)

    assert mail.outbox == []


def test_only_the_hash_of_the_link_is_stored() -> None:
    invitation = InvitationFactory()

    stored = Invitation.objects.filter(pk=invitation.pk).values_list().get()

    assert invitation.token not in map(str, stored)
    assert Invitation.objects.with_token(invitation.token).get() == invitation
    assert not Invitation.objects.with_token(invitation.token_hash).exists()


def test_history_names_the_role_and_not_the_address(sign_in, office, admin) -> None:
    sign_in(admin).post(INVITE, typed(office))

    entry = Entry.objects.about(office).get(verb="invitation.sent")
    assert entry.note == "Ratna Wulandari, S.H.: Analis Keimigrasian"
    assert "kantor.example" not in str(entry.data)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "bukan-surel"),
        ("username", "123"),
        ("role", "observer"),
        ("acting_kind", "plh"),
        ("ends_on", "2001-01-01"),
        ("name", ""),
    ],
)
def test_what_cannot_be_is_said_at_its_field(sign_in, office, admin, field, value) -> None:
    answer = sign_in(admin).post(INVITE, typed(office, **{field: value}))

    assert field in answer.context["form"].errors
    assert not Invitation.objects.exists()


def test_an_address_waits_for_one_answer_at_a_time(sign_in, office, admin) -> None:
    InvitationFactory(office=office, email="ratna@kantor.example")

    answer = sign_in(admin).post(INVITE, typed(office))

    assert "sudah diundang" in answer.context["form"].errors["email"][0]


@pytest.mark.parametrize("who", ["oneself", "a village", "closed", "two people"])
def test_some_are_not_invited(sign_in, office, admin, who) -> None:
    address, nip = "ratna@kantor.example", "198609262015051001"
    if who == "oneself":
        User.objects.filter(pk=admin.pk).update(email=address)
    elif who == "a village":
        VillageAccessFactory(user=UserFactory(email=address))
    elif who == "closed":
        UserFactory(email=address, is_active=False)
    else:
        UserFactory(email=address)
        UserFactory(username=nip)

    answer = sign_in(admin).post(INVITE, typed(office, username=nip))

    assert "email" in answer.context["form"].errors
    assert not Invitation.objects.exists()


def test_sent_again_the_old_link_leads_nowhere(client, office, admin) -> None:
    invitation = InvitationFactory(office=office)
    old = link(invitation)
    client.force_login(admin)

    client.post(f"/kantor/kanim-a/undangan/{invitation.pk}/kirim-ulang/")

    renewed = asked_again(invitation)
    assert Client().get(old).status_code == 410
    assert Client().get(link(renewed)).status_code == 200
    assert renewed.mailed_at is None
    with pytest.raises(TransitionRefused, match="baru saja"):
        invitations.resend(renewed, by=admin)


def test_withdrawn_the_link_leads_nowhere(client, office, admin) -> None:
    invitation = InvitationFactory(office=office)
    client.force_login(admin)

    client.post(f"/kantor/kanim-a/undangan/{invitation.pk}/tarik/")

    assert Client().post(link(invitation), CHOSEN).status_code == 410
    assert not User.objects.filter(email=invitation.email).exists()
    assert Entry.objects.about(office).filter(verb="invitation.withdrawn").exists()
    with pytest.raises(TransitionRefused, match=f"ditarik oleh {admin.name}"):
        invitations.withdraw(invitation, by=admin)


# --- Answering ----------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_does_nothing(client, method) -> None:
    invitation = InvitationFactory()

    answers = [getattr(client, method)(link(invitation)) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {200}
    assert asked_again(invitation).status == "waiting"
    assert not User.objects.filter(email=invitation.email).exists()
    assert not client.session.get("_auth_user_id")


def test_a_scanner_that_presses_buttons_without_a_password_does_nothing(client) -> None:
    invitation = InvitationFactory()

    client.post(link(invitation), {})

    assert asked_again(invitation).is_open


def test_a_newcomer_chooses_a_password_and_is_at_work(client, office) -> None:
    invitation = InvitationFactory(office=office, username="198609262015051001", rank="III/d")

    answer = client.post(link(invitation), CHOSEN)

    user = User.objects.get(username="198609262015051001")
    role = user.memberships.get()
    assert answer["Location"] == "/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.email, user.rank, user.must_change_password) == (invitation.email, "III/d", False)
    assert user.check_password(CHOSEN["password1"])
    assert (role.office, role.role, role.starts_on) == (office, "staff", office.today())
    assert Entry.objects.about(office).get(verb="membership.started").by == invitation.invited_by
    assert Entry.objects.about(office).get(verb="invitation.accepted").by == user
    assert SignIn.objects.get(user=user).session_key == client.session.session_key
    assert Client().get(link(invitation)).status_code == 410


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"password1": "pendek", "password2": "pendek"}, "password1"),
        ({"password1": "sepeda-biru-di-gunung", "password2": "lain"}, "password2"),
        ({"password1": "undangan-ratna@kantor", "password2": "undangan-ratna@kantor"}, "password1"),
    ],
)
def test_the_password_is_held_to_the_rules(client, chosen, field) -> None:
    invitation = InvitationFactory(email="undangan-ratna@kantor.example")

    answer = client.post(link(invitation), chosen)

    assert field in answer.context["form"].errors
    assert asked_again(invitation).is_open


def test_whoever_has_an_account_signs_in_first_and_then_joins(client, office) -> None:
    user = UserFactory(email="bagas@kantor.example", staff_of=OfficeFactory())
    invitation = InvitationFactory(office=office, email="bagas@kantor.example", role="admin")

    page = client.get(link(invitation)).content.decode()
    assert f"/masuk/?next={link(invitation)}" in page
    client.post(link(invitation), CHOSEN)
    assert asked_again(invitation).is_open

    client.force_login(user)
    assert "Anda masuk sebagai" in client.get(link(invitation)).content.decode()
    assert asked_again(invitation).is_open
    client.post(link(invitation))
    assert user.memberships.filter(office=office, role="admin").exists()
    assert not user.check_password(CHOSEN["password1"])


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_issued_password_answers_no_invitation(client, office, method) -> None:
    user = UserFactory(email="bagas@kantor.example", must_change_password=True)
    invitation = InvitationFactory(office=office, email="bagas@kantor.example")
    client.force_login(user)

    answer = getattr(client, method)(link(invitation))

    assert answer["Location"] == "/sandi/ganti/"
    assert not user.memberships.exists()
    assert asked_again(invitation).is_open


@pytest.mark.parametrize("method", ["get", "post"])
def test_nor_does_whoever_owes_a_second_factor(client, office, method) -> None:
    user = UserFactory(
        email="bagas@kantor.example",
        head_of=OfficeFactory(),
        created_at=timezone.now() - timedelta(days=31),
    )
    invitation = InvitationFactory(office=office, email="bagas@kantor.example")
    client.force_login(user)

    answer = getattr(client, method)(link(invitation))

    assert answer["Location"] == "/keamanan/"
    assert not user.memberships.filter(office=office).exists()
    assert asked_again(invitation).is_open


def test_an_invitation_is_not_answered_with_somebody_else_s_account(client, office) -> None:
    UserFactory(email="bagas@kantor.example")
    other = UserFactory()
    invitation = InvitationFactory(office=office, email="bagas@kantor.example")
    client.force_login(other)

    assert "untuk akun lain" in client.get(link(invitation)).content.decode()
    client.post(link(invitation))

    assert not other.memberships.exists()
    assert asked_again(invitation).is_open


def test_nobody_gives_themselves_a_role_by_a_second_address(client, office, admin) -> None:
    invitation = InvitationFactory(office=office, invited_by=admin, role="head")
    client.force_login(admin)

    client.post(link(invitation))

    assert not admin.memberships.filter(role="head").exists()
    assert asked_again(invitation).is_open


def test_a_village_s_account_joins_no_office(client) -> None:
    invitation = InvitationFactory()
    official = VillageAccessFactory().user
    client.force_login(official)

    client.post(link(invitation))

    assert not official.memberships.exists()
    assert asked_again(invitation).is_open


def test_whoever_has_the_role_is_not_invited_to_it(sign_in, office, admin) -> None:
    known = UserFactory(email="ratna@kantor.example", staff_of=office)

    answer = sign_in(admin).post(INVITE, typed(office))

    assert f"{known.name} sudah Petugas di kantor ini" in answer.context["form"].errors["email"][0]
    assert not Invitation.objects.exists()


def test_whoever_has_had_the_role_may_be_invited_to_it_again(sign_in, office, admin) -> None:
    yesterday = office.today() - timedelta(days=1)
    UserFactory(email="ratna@kantor.example", staff_of=office, staff_of__ends_on=yesterday)

    sign_in(admin).post(INVITE, typed(office))

    assert Invitation.objects.exists()


def test_whoever_got_the_role_meanwhile_is_told_so_in_their_own_words(client, office) -> None:
    invitation = InvitationFactory(office=office)
    user = UserFactory(email=invitation.email, **{f"{invitation.role}_of": office})
    client.force_login(user)

    page = client.post(link(invitation), follow=True)

    assert "Anda sudah Petugas di" in page.content.decode()
    assert user.memberships.count() == 1


def test_a_role_that_clashes_by_now_is_refused_whole(client, office) -> None:
    invitation = InvitationFactory(office=office, role="head")
    MembershipFactory(office=office, role="head")

    answer = client.post(link(invitation), CHOSEN)

    assert "sudah memiliki kepala" in answer.content.decode()
    assert not User.objects.filter(email=invitation.email).exists()
    assert asked_again(invitation).is_open


def test_a_term_that_is_over_is_not_begun(client, office) -> None:
    past = office.today() - timedelta(days=1)
    invitation = InvitationFactory(office=office, ends_on=past)

    answer = client.post(link(invitation), CHOSEN)

    assert "sudah lewat" in answer.content.decode()
    assert not User.objects.filter(email=invitation.email).exists()


def test_an_expired_link_says_whom_to_ask(client) -> None:
    invitation = InvitationFactory(expires_at=timezone.now() - timedelta(seconds=1))

    answer = client.get(link(invitation))

    assert answer.status_code == 410
    assert "administrator" in answer.content.decode()
    with pytest.raises(TransitionRefused, match="kedaluwarsa"):
        invitations.join(invitation, by=UserFactory())


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_there_is_one_account() -> None:
    invitation = InvitationFactory()

    def accept():
        return invitations.open_account(invitation, password="sepeda-biru-di-gunung")

    outcomes = together(*[accept] * 4)

    assert sum(isinstance(it, User) for it in outcomes) == 1
    assert User.objects.filter(email=invitation.email).count() == 1


@pytest.mark.django_db(transaction=True)
def test_invited_six_times_at_once_there_is_one_invitation_and_a_sentence_for_the_others() -> None:
    office = OfficeFactory(code="kanim-a")
    browsers = [Client() for _ in range(6)]
    for browser in browsers:
        browser.force_login(UserFactory(admin_of=office))

    answers = together(*(lambda it=it: it.post(INVITE, typed(office)) for it in browsers))

    assert sorted(getattr(it, "status_code", 500) for it in answers) == [200] * 5 + [302]
    refused = [it for it in answers if it.status_code == 200]
    assert all("sudah diundang" in it.content.decode() for it in refused)
    assert Invitation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_offices_accepted_at_once_open_one_account_and_ask_to_sign_in() -> None:
    asked = [InvitationFactory(email="ratna@example.id") for _ in range(4)]

    def accept(invitation):
        return invitations.open_account(invitation, password="sepeda-biru-di-gunung")

    outcomes = together(*(lambda it=it: accept(it) for it in asked))

    refused = [it for it in outcomes if not isinstance(it, User)]
    assert [type(it) for it in refused] == [TransitionRefused] * 3
    assert {it.message for it in refused} == {invitations.SIGN_IN_FIRST}


# --- What the database keeps ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "promise"),
    [
        ({"status": "accepted"}, "invitation_settled_by_someone"),
        ({"email": ""}, "invitation_answered_once"),
        ({"role": "head"}, "invitation_answered_once"),
        ({"expires_at": timezone.now() - timedelta(days=9)}, "invitation_ends"),
    ],
)
def test_the_database_refuses_what_cannot_be(changed, promise) -> None:
    invitation = InvitationFactory()

    with pytest.raises(IntegrityError) as refused:
        Invitation.objects.filter(pk=invitation.pk).update(**changed)

    assert refused.value.__cause__.diag.constraint_name == promise


def test_an_answered_invitation_stays_answered() -> None:
    invitation = InvitationFactory()
    invitations.withdraw(invitation, by=invitation.invited_by)

    with pytest.raises(IntegrityError, match="answered once"):
        Invitation.objects.update(status="waiting", settled_by=None, settled_at=None)


# --- The one who invited --------------------------------------------------------------------------


@pytest.mark.parametrize("known", [True, False])
def test_an_invitation_ends_with_the_role_of_whoever_sent_it(client, office, known) -> None:
    invitation = InvitationFactory(office=office, role="admin")
    inviter = invitation.invited_by
    if known:
        client.force_login(UserFactory(email=invitation.email, username=invitation.email))
    inviter.memberships.update(ends_on=office.today() - timedelta(days=1))  # a term that ran out

    page = client.get(link(invitation))
    client.post(link(invitation), CHOSEN)

    assert (page.status_code, asked_again(invitation).status) == (410, "waiting")
    assert "bukan lagi administrator" in page.content.decode()
    assert not office.memberships.filter(role="admin").exclude(user=inviter).exists()


@pytest.mark.parametrize("how", ["ended", "cancelled"])
def test_what_an_administrator_sent_is_taken_back_when_the_role_ends(office, how) -> None:
    since = office.today() if how == "cancelled" else LONG_AGO
    inviter = UserFactory(admin_of=office, admin_of__starts_on=since)
    mine = InvitationFactory(office=office, invited_by=inviter)
    other = InvitationFactory(office=office)
    national = UserFactory()
    role = inviter.memberships.get()

    if how == "cancelled":
        actions.cancel_membership(role, by=national)
    else:
        yesterday = office.today() - timedelta(days=1)
        actions.end_membership(role, ends_on=yesterday, by=national)

    assert (asked_again(mine).status, asked_again(mine).settled_by) == ("withdrawn", national)
    assert asked_again(other).status == "waiting"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["ended", "cancelled"])
def test_a_role_ends_although_its_invitation_is_accepted_in_that_moment(how) -> None:
    office = OfficeFactory()
    inviter = UserFactory(
        admin_of=office, admin_of__starts_on=office.today() if how == "cancelled" else LONG_AGO
    )
    accepted, other = (InvitationFactory(office=office, invited_by=inviter) for _ in range(2))
    role, nation = inviter.memberships.get(), UserFactory()
    yesterday = office.today() - timedelta(days=1)

    outcome = just_before(
        lambda: invitations.open_account(accepted, password="sepeda-biru-di-gunung"),
        lambda: (
            actions.cancel_membership(role, by=nation)
            if how == "cancelled"
            else actions.end_membership(role, ends_on=yesterday, by=nation)
        ),
    )

    assert not isinstance(outcome, Exception), outcome
    assert (asked_again(accepted).status, asked_again(other).status) == ("accepted", "withdrawn")


def test_no_mail_leaves_for_an_inviter_who_may_no_longer() -> None:
    invitation = InvitationFactory()
    invitation.invited_by.memberships.all().delete()

    tasks.mail_invitation(invitation.pk)

    assert mail.outbox == []


def test_a_colleague_who_sends_it_again_vouches_for_it(client, office, admin) -> None:
    invitation = InvitationFactory(office=office)
    invitation.invited_by.memberships.all().delete()

    again = invitations.resend(invitation, by=admin)
    client.post(link(again), CHOSEN)

    assert (asked_again(again).status, again.invited_by) == ("accepted", admin)


def test_the_database_takes_no_answer_to_an_invitation_without_an_inviter(office) -> None:
    invitation = InvitationFactory(office=office)
    invitation.invited_by.memberships.all().delete()
    facts = {"status": "accepted", "settled_by": UserFactory(), "settled_at": timezone.now()}

    with pytest.raises(IntegrityError, match="who invites is an administrator"):
        Invitation.objects.filter(pk=invitation.pk).update(**facts)
