"""What is noted of a person is put right: name, number, rank, and the address as a way in."""

from datetime import timedelta

import pytest
from allauth.account.adapter import get_adapter
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from accounts import actions, cards, invitations, mailing
from accounts.actions import Person
from accounts.models import Office, User
from audit.models import Entry
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    DirectorateFactory,
    InvitationFactory,
    MembershipFactory,
    OfficeFactory,
    OfficerFactory,
    UserFactory,
    draw_now,
)
from tests.races import just_before

pytestmark = pytest.mark.django_db
NIP, OTHER_NIP = "198609262015051001", "198609262015051002"


@pytest.fixture
def office() -> Office:
    return OfficeFactory(code="kanim-a")


@pytest.fixture
def admin(office) -> User:
    return UserFactory(admin_of=office)


@pytest.fixture
def person(office) -> User:
    """Somebody new, who has not chosen a password of their own yet."""
    user = UserFactory(
        username=NIP,
        name="Ratna Wulandri",
        email="ratna@kanim.example",
        must_change_password=True,
    )
    MembershipFactory(user=user, office=office, role="staff")
    return user


def url(person: User) -> str:
    return f"/kantor/kanim-a/orang/{person.pk}/ubah/"


def typed(person: User, **changed: str) -> dict[str, str]:
    """What the page sends back, with its stamp."""
    known = ("name", "nip", "employment", "rank", "email")
    return {name: getattr(person, name) for name in known} | changed


def verbs(subject: User | Office) -> list[str]:
    return list(Entry.objects.about(subject).order_by("pk").values_list("verb", flat=True))


def test_a_misspelt_name_a_wrong_number_and_a_rank_are_put_right(
    sign_in, office, admin, person
) -> None:
    facts = typed(
        person, name="Ratna Wulandari, S.H.", nip="19860926 201505 1 002", employment="pns",
        rank="III/d",
    )  # fmt: skip

    answer = sign_in(admin).post(url(person), facts)

    person.refresh_from_db()
    assert answer["Location"] == "/kantor/kanim-a/"
    assert (person.name, person.nip) == ("Ratna Wulandari, S.H.", OTHER_NIP)
    assert (person.employment, person.rank) == ("pns", "III/d")
    assert verbs(person)[-2:] == ["user.name_settled", "user.employment_settled"]
    told = Entry.objects.about(office).get(verb="office.person_settled")
    assert told.by == admin
    assert told.note == (
        "Ratna Wulandri: nama menjadi Ratna Wulandari, S.H.; NIP; status kepegawaian; pangkat"
    )


def test_a_new_address_is_a_way_in_and_no_history_names_it(sign_in, office, admin, person) -> None:
    sign_in(admin).post(url(person), typed(person, email="Ratna.W@kanim.example"))

    person.refresh_from_db()
    assert (person.email, person.username) == ("ratna.w@kanim.example", NIP)
    assert verbs(person)[-1] == "user.email_settled"
    told = Entry.objects.about(office).get(verb="office.person_settled")
    assert told.note == "Ratna Wulandri: surel"
    assert not Entry.objects.filter(data__icontains="kanim.example").exists()
    assert not Entry.objects.filter(note__icontains="kanim.example").exists()


def test_who_signs_in_by_address_signs_in_by_the_new_one_or_by_a_number(
    sign_in, office, admin
) -> None:
    tya = "tya@kanim.example"
    person = UserFactory(username=tya, email=tya, rank="", must_change_password=True)
    MembershipFactory(user=person, office=office, role="staff")
    browser = sign_in(admin)

    emptied = browser.post(url(person), typed(person, email=""))
    browser.post(url(person), typed(person, email="tia@kanim.example"))
    person.refresh_from_db()
    by_address = person.username
    browser.post(url(person), typed(person, nip=NIP, email="tia@kanim.example"))
    person.refresh_from_db()

    assert "Tanpa NIP" in emptied.content.decode()
    assert by_address == "tia@kanim.example"
    assert (person.username, person.email) == (NIP, "tia@kanim.example")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"nip": "123"}, "18 angka"),
        ({"nip": ""}, "jangan dikosongkan"),
        ({"nip": "198613262015051001", "employment": "pns"}, "tanggal lahir"),
        ({"employment": "pppk", "rank": "III/a"}, "golongan I–XVII"),
        ({"nip": OTHER_NIP}, "Sudah ada akun"),
        ({"email": "lain@kanim.example"}, "Sudah ada akun"),
        ({"name": ""}, "Isi nama lengkap"),
    ],
    ids=["short", "emptied", "of no day", "grade", "number taken", "address taken", "nameless"],
)
def test_what_cannot_be_is_refused_in_a_sentence(sign_in, admin, person, changed, sentence) -> None:
    UserFactory(username=OTHER_NIP, email="lain@kanim.example")

    page = sign_in(admin).post(url(person), typed(person, **changed)).content.decode()

    assert sentence in page
    assert verbs(person) == []


def test_an_address_of_another_is_refused_where_it_was_typed(sign_in, admin, person) -> None:
    UserFactory(username=OTHER_NIP, email="lain@kanim.example")

    answer = sign_in(admin).post(url(person), typed(person, email="lain@kanim.example"))

    assert "Sudah ada akun" in str(answer.context["form"].errors["email"])


def test_what_is_saved_as_it_stands_leaves_no_trace(sign_in, office, admin, person) -> None:
    sign_in(admin).post(url(person), typed(person))

    assert verbs(person) == []
    assert "office.person_settled" not in verbs(office)


def test_who_opened_the_page_before_another_saved_is_told(sign_in, office, admin, person) -> None:
    browser = sign_in(admin)
    stamp = browser.get(url(person)).context["form"]["dibuka"].value()
    User.objects.filter(pk=person.pk).update(name="Ratna Wulandari")

    page = browser.post(url(person), typed(person, name="Ratna W.", dibuka=stamp))

    person.refresh_from_db()
    assert "Belum disimpan" in page.content.decode()
    assert person.name == "Ratna Wulandari"


@pytest.mark.parametrize("power", ["head now", "head before", "head soon", "admin now"])
def test_no_administrator_of_an_office_turns_a_head_s_mail_to_themselves(
    sign_in, office, admin, person, power
) -> None:
    role, when = power.split()
    days = {"now": (-9, None), "before": (-9, -1), "soon": (3, None)}[when]
    starts_on, ends_on = (d and office.today() + timedelta(days=d) for d in days)
    MembershipFactory(user=person, office=office, role=role, starts_on=starts_on, ends_on=ends_on)
    browser = sign_in(admin)

    page = browser.get(url(person)).content.decode()
    browser.post(url(person), typed(person, name="Ratna Wulandari", email="saya@kanim.example"))

    person.refresh_from_db()
    assert "administrator nasional" in page
    assert 'name="email"' not in page
    assert person.email == "ratna@kanim.example"
    assert person.name == "Ratna Wulandari"


OWN = "sandi pilihan sendiri 7"


def _changed_it(office: Office) -> User:
    user, _ = actions.create_user(Person("Ratna Wulandri", NIP, "ratna@kanim.example"), by=None)
    actions.choose_password(user, OWN)
    return user


def _came_by_invitation(office: Office) -> User:
    invitation = InvitationFactory(office=office, username=NIP, email="ratna@kanim.example")
    return invitations.open_account(invitation, password=OWN)


def _used_a_card(office: Office) -> User:
    user = actions.enter_person(Person("Ratna", NIP, "ratna@kanim.example"), by=UserFactory())
    card, code = cards.issue(user, by=UserFactory())
    return cards.use(card, code=code, password=OWN)


def _was_the_first(office: Office) -> User:
    person = Person("Ratna", NIP, "ratna@kanim.example")
    return actions.create_user(person, by=None, password=OWN)[0]


def _followed_a_link(office: Office) -> User:
    user, _ = actions.create_user(Person("Ratna", NIP, "ratna@kanim.example"), by=None)
    get_adapter().set_password(user, OWN)
    return user


@pytest.mark.parametrize("forgot_it", [False, True], ids=["", "and forgot it"])
@pytest.mark.parametrize(
    "opened",
    [_changed_it, _came_by_invitation, _used_a_card, _was_the_first, _followed_a_link],
)
def test_nor_the_mail_of_an_account_in_use_whose_owner_may_lead_the_office_one_day(
    sign_in, office, admin, opened, forgot_it
) -> None:
    person = opened(office)
    if not person.memberships.exists():
        MembershipFactory(user=person, office=office, role="staff")
    if forgot_it:
        actions.issue_password(person, by=admin)
    person.refresh_from_db()
    browser, nation = sign_in(admin), Client()
    nation.force_login(UserFactory(admin_of=DirectorateFactory()))

    page = browser.get(url(person)).content.decode()
    browser.post(url(person), typed(person, name="Ratna W.", email="saya@kanim.example"))
    person.refresh_from_db()
    stands = (person.name, person.email)
    nation.post(url(person), typed(person, email="baru@kanim.example"))

    person.refresh_from_db()
    assert 'name="email"' not in page
    assert "sudah memilih sandinya sendiri" in page
    assert stands == ("Ratna W.", "ratna@kanim.example")
    assert person.email == "baru@kanim.example"


def test_the_database_keeps_an_opened_account_opened(person) -> None:
    actions.choose_password(person, OWN)

    with pytest.raises(IntegrityError) as refused:
        User.objects.filter(pk=person.pk).update(opened_at=None)

    assert refused.value.__cause__.diag.constraint_name == "user_stays_opened"


def test_the_mail_of_who_has_no_password_yet_is_put_right(sign_in, office, admin) -> None:
    person = actions.enter_person(Person("Bagas Prakoso", NIP, "bgas@kanim.example"), by=admin)
    MembershipFactory(user=person, office=office, role="staff")

    sign_in(admin).post(url(person), typed(person, email="bagas@kanim.example"))

    person.refresh_from_db()
    assert person.email == "bagas@kanim.example"


def test_nor_the_mail_of_who_serves_elsewhere_too_nor_their_own(
    sign_in, office, admin, person
) -> None:
    MembershipFactory(user=person, office=OfficeFactory(), role="staff")
    guide = UserFactory(staff_of=office, email="bagas@kanim.example")
    OfficerFactory(user=guide)
    browser = sign_in(admin)

    for it in (person, guide, admin):
        browser.post(url(it), typed(it, name=f"{it.name} S.", email="saya@kanim.example"))

    stored = User.objects.filter(pk__in=[person.pk, guide.pk, admin.pk])
    assert not stored.filter(email="saya@kanim.example").exists()
    assert all(it.name.endswith(" S.") for it in stored)


def test_a_national_administrator_turns_a_head_s_mail_but_not_their_own(sign_in, office) -> None:
    nation = UserFactory(admin_of=DirectorateFactory())
    head = UserFactory(head_of=office, email="lama@kanim.example")
    browser = sign_in(nation)

    browser.post(url(head), typed(head, email="baru@kanim.example"))
    own = browser.post(
        f"/kantor/{nation.memberships.get().office.code}/orang/{nation.pk}/ubah/",
        typed(nation, email="baru@ditjen.example"),
    )

    head.refresh_from_db()
    nation.refresh_from_db()
    assert head.email == "baru@kanim.example"
    assert own.status_code == 302
    assert nation.email != "baru@ditjen.example"


@pytest.mark.parametrize("stands", ["live", "awaiting", "coming"])
def test_the_name_of_another_office_s_head_is_settled_there(
    sign_in, office, admin, person, stands
) -> None:
    elsewhere = OfficeFactory()
    starts_on = elsewhere.today() + timedelta(days=3 if stands == "coming" else -3)
    details = {"awaits": True, "given_by": UserFactory()} if stands == "awaiting" else {}
    MembershipFactory(user=person, office=elsewhere, role="head", starts_on=starts_on, **details)
    browser = sign_in(admin)

    answer = browser.post(url(person), typed(person, name="Orang Lain"))

    person.refresh_from_db()
    assert answer.status_code == 403
    assert person.name == "Ratna Wulandri"
    assert url(person) not in browser.get("/kantor/kanim-a/").content.decode()


def test_who_leads_two_offices_is_settled_by_the_national_administrator(sign_in, office) -> None:
    head = UserFactory(head_of=office)
    admin, other = UserFactory(admin_of=office), OfficeFactory()
    MembershipFactory(user=head, office=other, role="head", acting_kind="plt",
                      ends_on=other.today() + timedelta(days=9))  # fmt: skip
    browser, nation = sign_in(admin), Client()
    nation.force_login(UserFactory(admin_of=DirectorateFactory()))

    refused = browser.get(url(head))
    nation.post(url(head), typed(head, name="Nama Yang Benar"))

    head.refresh_from_db()
    assert refused.status_code == 403
    assert "diubah oleh administrator nasional" in refused.content.decode()
    assert head.name == "Nama Yang Benar"


def test_an_office_hears_of_another_name_of_who_led_it(sign_in, office, admin, person) -> None:
    led, served = OfficeFactory(), OfficeFactory()
    days = {"starts_on": led.today() - timedelta(9), "ends_on": led.today() - timedelta(2)}
    MembershipFactory(user=person, office=led, role="head", **days)
    MembershipFactory(user=person, office=served, role="staff", **days)

    sign_in(admin).post(url(person), typed(person, name="Ratna Wulandari", rank="III/d"))

    told = Entry.objects.about(led).get(verb="office.person_settled")
    assert (told.by, told.note) == (admin, "Ratna Wulandri: nama menjadi Ratna Wulandari")
    assert "office.person_settled" not in verbs(served)


def test_the_office_s_page_leads_there_for_each_of_its_people(
    sign_in, office, admin, person
) -> None:
    head = UserFactory(head_of=office)

    page = sign_in(admin).get("/kantor/kanim-a/").content.decode()

    for it in (person, head, admin):
        assert url(it) in page


def test_a_pimpasa_without_a_role_is_put_right_from_their_own_page(sign_in, office, admin) -> None:
    officer = AssignmentFactory(officer__office=office).officer
    other = OfficerFactory().user
    browser = sign_in(admin)

    page = browser.get(f"/pimpasa/{officer.pk}/").content.decode()
    browser.post(url(officer.user), typed(officer.user, name="Bagas Prakoso, S.H."))

    officer.user.refresh_from_db()
    assert url(officer.user) in page
    assert officer.user.name == "Bagas Prakoso, S.H."
    assert browser.get(url(other)).status_code == 404


def test_nor_is_the_national_administrator_left_without_a_way_there(sign_in, office) -> None:
    officer = AssignmentFactory(officer__office=office).officer

    page = sign_in(UserFactory(admin_of=DirectorateFactory())).get(f"/pimpasa/{officer.pk}/")

    assert url(officer.user) in page.content.decode()


def test_where_a_number_is_mended_is_said_where_it_cannot_be(sign_in, office, admin) -> None:
    officer = AssignmentFactory(officer__office=office).officer
    where = f"/pimpasa/{officer.pk}/ubah/"

    led = sign_in(admin).get(where).content.decode()
    told = sign_in(UserFactory(staff_of=office)).get(where).content.decode()

    assert "NIP adalah nama masuk" in led
    assert url(officer.user) in led
    assert "NIP adalah nama masuk" in told
    assert url(officer.user) not in told


def test_staff_of_the_office_are_not_led_there(sign_in, office) -> None:
    officer = AssignmentFactory(officer__office=office).officer
    staff = UserFactory(staff_of=office)

    page = sign_in(staff).get(f"/pimpasa/{officer.pk}/").content.decode()

    assert url(officer.user) not in page


def test_papers_that_were_issued_keep_the_name_that_they_print(sign_in) -> None:
    sheet = DesignationFactory(approved=True)
    paper = sheet.certificate
    draw_now(paper)
    head, office = sheet.decided_by, sheet.office
    before, browser = (paper.facts, paper.sha256), Client()
    browser.force_login(UserFactory(admin_of=office))
    where = f"/kantor/{office.code}/orang/{head.pk}/ubah/"

    browser.post(where, typed(head, name="Nama Yang Benar"))

    head.refresh_from_db()
    paper.refresh_from_db()
    assert head.name == "Nama Yang Benar"
    assert (paper.facts, paper.sha256) == before
    assert "Nama Yang Benar" not in str(paper.facts)


def test_the_person_hears_at_the_new_address_that_it_is_theirs_now(
    sign_in, admin, person, mailoutbox
) -> None:
    sign_in(admin).post(url(person), typed(person, email="ratna.w@kanim.example"))
    sign_in(admin).post(url(person), typed(person, name="Ratna W.", email="ratna.w@kanim.example"))

    mailing.send_owed()

    (mail,) = mailoutbox
    assert mail.to == ["ratna.w@kanim.example"]
    assert "surel akun Anda" in mail.body


def test_the_person_hears_of_another_number_at_once_even_who_wants_no_mail(
    sign_in, admin, person, mailoutbox
) -> None:
    actions.choose_notices(person, pace="never", muted=(), by=person)
    sign_in(admin).post(url(person), typed(person, rank="III/d", employment="pns"))
    mailing.send_owed()
    before = len(mailoutbox)
    sign_in(admin).post(url(person), typed(person, nip=OTHER_NIP, rank="III/d", employment="pns"))

    mailing.send_owed()

    (mail,) = mailoutbox
    assert before == 0
    assert mail.to == ["ratna@kanim.example"]
    assert "NIP" in mail.body
    assert OTHER_NIP not in mail.body


@pytest.mark.parametrize("whose", ["elsewhere too", "a head's", "their own"])
def test_the_number_is_settled_by_whoever_may_issue_the_password(
    sign_in, office, admin, person, whose
) -> None:
    if whose == "elsewhere too":
        MembershipFactory(user=person, office=OfficeFactory(), role="staff")
    if whose == "a head's":
        MembershipFactory(user=person, office=office, role="head")
    it = admin if whose == "their own" else person
    browser, number = sign_in(admin), it.nip

    page = browser.get(url(it)).content.decode()
    browser.post(url(it), typed(it, name="Nama Yang Benar", nip="198609262015051003"))

    it.refresh_from_db()
    assert 'name="nip"' not in page
    assert number in page
    assert "administrator nasional" in page
    assert (it.name, it.nip) == ("Nama Yang Benar", number)


def test_a_national_administrator_settles_the_number_of_a_head(sign_in, office) -> None:
    head = UserFactory(head_of=office)

    sign_in(UserFactory(admin_of=DirectorateFactory())).post(
        url(head), typed(head, nip="198609262015051003")
    )

    head.refresh_from_db()
    assert head.nip == "198609262015051003"


def test_a_name_that_no_paper_could_print_is_refused(client, office, admin, person) -> None:
    client.force_login(admin)
    address = reverse("accounts:member_edit", args=[office.code, person.pk])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}

    page = client.post(address, sent | {"name": "Siti ☎"}).content.decode()

    assert "Tanda ☎ tidak dapat dicetak" in page
    person.refresh_from_db()
    assert person.name == "Ratna Wulandri"


def _another_address(person: User, by: User) -> None:
    actions.settle_email(person, email="benar@kanim.example", by=by)


def _another_number(person: User, by: User) -> None:
    actions.settle_employment(person, nip=OTHER_NIP, employment="", rank="", by=by)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("field", "settle"), [("email", _another_address), ("username", _another_number)]
)
def test_who_saves_a_name_leaves_what_was_not_offered_as_another_settled_it_meanwhile(
    sign_in, office, admin, field, settle
) -> None:
    head, nation = UserFactory(head_of=office, rank=""), UserFactory(admin_of=DirectorateFactory())
    User.objects.filter(pk=head.pk).update(email="lama@kanim.example")
    browser, before = sign_in(admin), getattr(head, field)
    head.refresh_from_db()

    just_before(
        lambda: settle(head, nation),
        lambda: browser.post(url(head), typed(head, name="Nama Yang Benar")),
    )

    head.refresh_from_db()
    assert head.name == "Nama Yang Benar"
    assert getattr(head, field) != before
    told = Entry.objects.about(office).get(verb="office.person_settled")
    assert told.note.endswith(": nama menjadi Nama Yang Benar")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Ratna Wulandri", "Surel yang Anda isi tidak disimpan"),
        ("Ratna Wulandari", "Karena orangnya sudah memilih sandinya sendiri"),
    ],
    ids=["nothing else", "a name besides"],
)
def test_an_address_is_not_turned_while_its_owner_opens_the_account_and_that_is_said(
    sign_in, admin, person, name, said
) -> None:
    browser = sign_in(admin)
    facts = typed(person, name=name, email="saya@kanim.example")
    facts["dibuka"] = browser.get(url(person)).context["form"]["dibuka"].value()

    answer = just_before(
        lambda: actions.choose_password(person, OWN), lambda: browser.post(url(person), facts)
    )

    person.refresh_from_db()
    page = browser.get(answer["Location"]) if answer.status_code == 302 else answer
    assert person.email == "ratna@kanim.example"
    assert said in page.content.decode()
