"""The surat tugas: whom it sends where, under what number, who prepares, signs and reads it."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import certificates.actions
from accounts.access import access_of
from accounts.models import Membership, User
from audit.models import Entry
from certificates import pdf, storage, tasks
from certificates.actions.papers import AGAIN
from certificates.models import Letter, NumberTemplate, RegisterEntry
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    DirectorateFactory,
    MembershipFactory,
    NumberTemplateFactory,
    OfficeFactory,
    OfficerFactory,
    UserFactory,
    VillageAccessFactory,
    VillageFactory,
    checked_pdf,
    small_pdf,
)
from tests.looks import confirmed, read_of
from tests.races import just_before
from villages import actions
from villages.assignment_letters import (
    ASSIGNMENT_LETTER,
    CONSIDERING,
    DUTIES,
    LetterWords,
    letter_paper,
    proposed_bases,
)
from villages.models import Assignment, AssignmentLetter, Officer
from villages.papers import signer_of

SignIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db

FIVE = ("penyuluhan", "tokoh masyarakat", "berperan serta", "kesempatan pertama", "pendapat")
CIRCULAR = "IMI.4-GR.04.01-691"


@pytest.fixture
def sign_in() -> SignIn:
    """A browser for each person, several at once."""

    def open_browser(user: User) -> Client:
        browser = Client()
        browser.force_login(user)
        return browser

    return open_browser


@pytest.fixture
def officer() -> Officer:
    """Of an office with a head and a pattern for its letters."""
    office = OfficeFactory(city="Wonosobo")
    MembershipFactory(office=office, role="head", user__name="Hendarto Wirasena")
    NumberTemplateFactory(office=office, kind=ASSIGNMENT_LETTER.key, pattern="{nomor}/ST/{tahun}")
    return OfficerFactory(office=office)


@pytest.fixture
def held(officer: Officer) -> list[Assignment]:
    return [AssignmentFactory(officer=officer, part="lead"), AssignmentFactory(officer=officer)]


def address(officer: Officer) -> str:
    return reverse("villages:officer_letter", args=[officer.pk])


def typed(browser: Client, where: str, **changes: Any) -> dict[str, Any]:
    """The form as it is offered, with these changes."""
    form = browser.get(where).context["form"]
    told = {name: form[name].value() for name in form.fields}
    told = {name: "" if value is None else value for name, value in told.items()}
    own = {"numbering": "next", "number": "", "dated": ""}
    return {**told, **own, "starts_on": told["starts_on"].isoformat(), **changes}


def words_of(officer: Officer, **changes: Any) -> LetterWords:
    office = officer.office
    head = office.memberships.get(role="head")
    told = {
        "considering": ["bahwa desa dibina"],
        "bases": [f"Surat Edaran Nomor {CIRCULAR}"],
        "duties": DUTIES,
        "copies": ["Camat Selomerto"],
        "dated": office.today(),
        "starts_on": office.today(),
        "ends_on": None,
        "signer": signer_of(head),
        "signed_as": head,
    }
    return LetterWords(**{**told, **changes})


def ordered(
    officer: Officer, assignments: list[Assignment], number: str = "", **changes: Any
) -> Letter:
    by, words = UserFactory(staff_of=officer.office), words_of(officer, **changes)
    return actions.order_assignment_letter(officer.office, assignments, words, by=by, number=number)


# --- Ordering ----------------------------------------------------------------------------------


def test_a_head_whose_role_does_not_cover_the_printed_day_is_doubted(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    office = officer.office
    deputy = MembershipFactory(
        office=office,
        role="head",
        acting_kind="plh",
        starts_on=office.today(),
        ends_on=office.today() + timedelta(days=6),
    )
    browser = sign_in(UserFactory(staff_of=office))
    old = {"numbering": "typed", "number": "W.13-9", "dated": "2024-05-02", "signer": deputy.pk}

    told = typed(browser, address(officer), **old)
    look = browser.post(address(officer), told).content.decode()
    today = {**told, "dated": office.today().isoformat()}
    fitting = browser.post(address(officer), today).content.decode()

    first = formats.long_date(office.today())
    assert (
        f"{deputy.user.name} bukan Plh. Kepala {office.name} pada tanggal yang tercetak, "
        f"2 Mei 2024: perannya baru mulai {first}."
    ) in look
    assert "Buat surat tugas" in fitting
    assert "pada tanggal yang tercetak" not in fitting


AN = {"signer": "an", "signer_title": "Kepala Subbagian Tata Usaha", "signer_name": "Ratri Wahyuni"}


def test_the_last_look_names_villages_that_do_not_stand_designated(
    sign_in: SignIn, officer: Officer
) -> None:
    office, browser = officer.office, sign_in(UserFactory(staff_of=officer.office))
    states = ("approved", "rejected")
    sheets = {it: DesignationFactory(office=office, **{it: True}) for it in states}
    held = {
        state: AssignmentFactory(officer=officer, village=sheet.village)
        for state, sheet in sheets.items()
    }

    told = typed(browser, address(officer))
    look = browser.post(address(officer), told).content.decode()
    chosen = {**told, "assignments": [it.pk for it in held.values()]}
    other = browser.post(address(officer), chosen).content.decode()

    assert told["assignments"] == [held["approved"].pk]  # the other one is ticked on purpose
    assert "tidak berstatus ditetapkan" not in look
    assert f"{sheets['rejected'].village} tidak berstatus ditetapkan: ditolak." in other
    assert f"{sheets['approved'].village} tidak berstatus" not in other


def test_an_official_signs_on_behalf_of_the_head(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    browser = sign_in(UserFactory(staff_of=officer.office))
    told = typed(browser, address(officer), **AN)

    look = browser.post(address(officer), told).content.decode()
    browser.post(address(officer), confirmed(browser, address(officer), told))

    letter = Letter.objects.get()
    head = f"Kepala {officer.office.name}"
    assert f"a.n. {head}" in look
    assert letter.facts["signer"] == {
        "title": "Kepala Subbagian Tata Usaha",
        "acting": "",
        "name": "Ratri Wahyuni",
        "rank": "",
        "nip": "",
        "on_behalf": head,
    }
    words = " ".join(printed(letter))
    assert f"a.n. {head} Kepala Subbagian Tata Usaha, Ratri Wahyuni" in words
    assert f"secara tertulis kepada {head}." in words


def test_who_signs_for_the_head_is_named(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    browser = sign_in(UserFactory(staff_of=officer.office))
    told = typed(browser, address(officer), **{**AN, "signer_title": "", "signer_name": ""})

    errors = browser.post(address(officer), told).context["form"].errors

    assert set(errors) == {"signer_title", "signer_name"}


def test_without_a_pattern_there_is_nothing_to_choose_about_the_number(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    browser = sign_in(UserFactory(staff_of=officer.office))
    with_pattern = browser.get(address(officer)).content.decode()
    NumberTemplate.objects.all().delete()

    page = browser.get(address(officer)).content.decode()

    assert with_pattern.count('type="radio" name="numbering"') == 2
    assert '<input type="hidden" name="numbering" value="typed"' in page
    assert 'type="radio" name="numbering"' not in page


def test_staff_look_once_more_and_the_letter_takes_the_next_number(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    browser = sign_in(UserFactory(staff_of=officer.office))
    told = typed(browser, address(officer))

    look = browser.post(address(officer), told)
    before = Letter.objects.exists()
    answer = browser.post(address(officer), {**told, **read_of(look), "confirmed": "1"})

    letter = Letter.objects.get()
    assert not before
    assert "nomor berikutnya dari register kantor" in look.content.decode()
    assert answer["Location"] == letter.get_absolute_url()
    assert letter.number == f"1/ST/{officer.office.today().year}"
    assert set(letter.assignment_letter.assignments.all()) == set(held)


def test_a_double_click_is_one_letter_with_one_number(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    browser = sign_in(UserFactory(staff_of=officer.office))
    read = confirmed(browser, address(officer), typed(browser, address(officer)))

    first, second = (browser.post(address(officer), read) for _ in range(2))

    assert second["Location"] == first["Location"]
    assert Letter.objects.count() == RegisterEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_letter(officer: Officer) -> None:
    held, by = [AssignmentFactory(officer=officer)], UserFactory(staff_of=officer.office)

    def click() -> Letter:
        return actions.order_assignment_letter(officer.office, held, words_of(officer), by=by)

    assert just_before(click, click) == Letter.objects.get()
    assert RegisterEntry.objects.count() == 1


def test_a_typed_number_that_is_sent_twice_is_one_letter(
    officer: Officer, held: list[Assignment]
) -> None:
    by = UserFactory(staff_of=officer.office)
    words = words_of(officer)

    letters = {
        actions.order_assignment_letter(officer.office, held, words, by=by, number="W.13-7")
        for _ in range(2)
    }

    assert letters == {Letter.objects.get()}


def test_only_the_very_same_letter_is_a_double_click(
    officer: Officer, held: list[Assignment]
) -> None:
    office, words = officer.office, words_of(officer)
    by, colleague = UserFactory(staff_of=office), UserFactory(staff_of=office)

    def order(whom: list[Assignment], words: LetterWords, by: User, number: str = "") -> Letter:
        return actions.order_assignment_letter(office, whom, words, by=by, number=number)

    first = order(held, words, by)
    others = [
        order(held[:1], words, by),
        order(held, words_of(officer, copies=[]), by),
        order(held, words, colleague),
        order(held, words, by, number="W.13-7"),
    ]
    certificates.actions.void_number(first.entry, reason="Salah.", by=by)
    after_the_void = order(held, words, by)
    Letter.objects.filter(pk=after_the_void.pk).update(ordered_at=timezone.now() - AGAIN)
    later = order(held, words, by)

    assert len({first, *others, after_the_void, later}) == 7


def test_it_is_proposed_with_the_circular_the_appointment_and_the_five_duties(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    form = sign_in(UserFactory(staff_of=officer.office)).get(address(officer)).context["form"]

    bases = " ".join(form.initial["bases"])
    assert CIRCULAR in bases
    assert officer.decree_number in bases
    for duty, word in zip(form.initial["duties"], FIVE, strict=True):
        assert word in duty


def test_what_stays_unticked_stays_out(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    browser = sign_in(UserFactory(staff_of=officer.office))

    told = typed(browser, address(officer), assignments=[held[0].pk])
    browser.post(address(officer), confirmed(browser, address(officer), told))

    facts = Letter.objects.get().facts
    assert [village["name"] for village in facts["villages"]] == [held[0].village.name]


def test_a_number_of_the_correspondence_system_is_typed_with_its_date(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    browser = sign_in(UserFactory(staff_of=officer.office))
    told = typed(browser, address(officer), numbering="typed")
    given = {**told, "number": "W.13.IMI.9-KP.04.01-77", "dated": "2026-03-05"}

    lacking = browser.post(address(officer), told)
    browser.post(address(officer), confirmed(browser, address(officer), given))

    letter = Letter.objects.get()
    assert {"number", "dated"} <= set(lacking.context["form"].errors)
    assert letter.number == "W.13.IMI.9-KP.04.01-77"
    assert letter.facts["dated"] == "2026-03-05"
    assert (letter.entry.is_written_by_hand, letter.entry.year) == (True, 2026)


def test_a_number_that_the_office_has_already_is_refused_in_words(
    officer: Officer, held: list[Assignment]
) -> None:
    ordered(officer, held, number="KP-7")

    with pytest.raises(TransitionRefused, match="Nomor KP-7 sudah ada dalam register"):
        ordered(officer, held, number="KP-7")

    assert Letter.objects.count() == 1


def test_a_number_on_which_the_assignments_stand_is_offered(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    form = sign_in(UserFactory(staff_of=officer.office)).get(address(officer)).context["form"]

    assert form.initial["numbering"] == "typed"
    assert (form.initial["number"], form.initial["dated"]) == (
        held[0].basis_number, held[0].basis_dated,
    )  # fmt: skip


def test_a_letter_that_is_there_already_begins_with_its_assignments(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    browser = sign_in(UserFactory(staff_of=officer.office))
    told = typed(browser, address(officer))
    given = {**told, "numbering": "typed", "number": "KP-9", "dated": "2024-03-05"}

    same = browser.post(address(officer), {**given, "starts_on": "2024-03-05"}).content.decode()
    usual = browser.post(address(officer), {**given, "starts_on": "2024-03-19"}).content.decode()
    ahead = browser.post(address(officer), {**given, "starts_on": "2024-04-07"}).content.decode()

    assert told["starts_on"] == held[0].starts_on.isoformat()
    assert "Pastikan keduanya benar" not in same
    assert "Pastikan keduanya benar" not in usual
    assert "baru berlaku mulai 7 April 2024. Pastikan keduanya benar" in ahead


def test_the_last_look_shows_everything_that_is_printed(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    browser = sign_in(UserFactory(staff_of=officer.office))
    nip = "198001012005011001"
    told = typed(
        browser, address(officer), **AN, signer_nip=nip, considering="bahwa perlu ditinjau"
    )

    look = browser.post(address(officer), told).content.decode()

    assert "bahwa perlu ditinjau." in look
    assert "NIP 19800101 200501 1 001" in look


def test_what_ends_before_the_letter_and_a_second_lead_are_said_before_it_is_printed(
    sign_in: SignIn, officer: Officer
) -> None:
    today = officer.office.today()
    ending = AssignmentFactory(officer=officer, part="lead", ends_on=today + timedelta(days=3))
    heir = OfficerFactory(office=officer.office)
    AssignmentFactory(officer=heir, village=ending.village, part="lead",
                      starts_on=today + timedelta(days=4))  # fmt: skip
    browser = sign_in(UserFactory(staff_of=officer.office))

    page = browser.get(reverse("villages:assignment_letter"))
    given = {"numbering": "typed", "number": "KP-9", "dated": today.isoformat(),
             "starts_on": (today + timedelta(days=4)).isoformat(),
             "assignments": list(Assignment.objects.values_list("pk", flat=True))}  # fmt: skip
    told = typed(browser, reverse("villages:assignment_letter")) | given
    look = browser.post(reverse("villages:assignment_letter"), told)

    assert ending.pk not in page.context["form"].initial["assignments"]
    assert f"Sudah diserahkan kepada {heir}" in page.content.decode()
    assert "sebelum surat ini berlaku" in look.content.decode()
    assert f"{ending.village} memiliki lebih dari satu ketua" in look.content.decode()


def test_nothing_is_ticked_where_every_village_has_its_letter(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    ordered(officer, held)

    page = sign_in(UserFactory(staff_of=officer.office)).get(address(officer))

    assert page.context["form"].initial["assignments"] == []
    assert page.content.decode().count("Sudah dalam surat tugas") == len(held)


def test_nobody_signs_the_letter_that_sends_them(sign_in: SignIn, officer: Officer) -> None:
    head = officer.office.memberships.get(role="head")
    own = OfficerFactory(office=officer.office, user=head.user)
    mine = AssignmentFactory(officer=own)
    browser = sign_in(UserFactory(staff_of=officer.office))
    together = reverse("villages:assignment_letter")
    told = typed(browser, together, assignments=[mine.pk], signer=str(head.pk))

    alone = browser.get(address(own)).context["form"].fields["signer"].choices
    answer = browser.post(together, {**told, "confirmed": "1"})

    assert str(head.pk) not in dict(alone)
    assert "pejabat lain yang menandatanganinya" in str(answer.context["form"].errors["signer"])
    assert not Letter.objects.exists()


def _signed(head: Membership, how: str, person: Officer) -> dict[str, Any]:
    """The head's own signature, or an official who turns out to be the officer, by number."""
    if how == "head":
        return {"signer": signer_of(head), "signed_as": head}
    return {"signer": {**signer_of(head), "name": "Ratri Wahyuni", "nip": person.user.nip}}


@pytest.mark.parametrize("how", ["head", "number"])
def test_no_letter_is_ordered_that_sends_its_signer(officer: Officer, how: str) -> None:
    head = officer.office.memberships.get(role="head")
    head.office.prints_nip = False
    person = head.user if how == "head" else UserFactory()
    own = OfficerFactory(office=officer.office, user=person)
    sent = [AssignmentFactory(officer=officer), AssignmentFactory(officer=own)]
    words = words_of(officer, **_signed(head, how, own))
    by = UserFactory(staff_of=officer.office)

    with pytest.raises(TransitionRefused, match=f"{person.name} ditugaskan dengan surat ini"):
        actions.order_assignment_letter(officer.office, sent, words, by=by)

    assert not Letter.objects.exists()
    assert not RegisterEntry.objects.exists()


@pytest.mark.parametrize("how", ["head", "number"])
def test_the_database_lets_no_letter_send_its_signer(
    officer: Officer, held: list[Assignment], how: str
) -> None:
    head = officer.office.memberships.get(role="head")
    person = head.user if how == "head" else UserFactory()
    own = OfficerFactory(office=officer.office, user=person)
    letter = ordered(officer, held, **_signed(head, how, own)).assignment_letter

    with pytest.raises(IntegrityError, match="letter_signed_by_another"), transaction.atomic():
        letter.assignments.add(AssignmentFactory(officer=own))
    with pytest.raises(IntegrityError, match="letter_signer_stays"), transaction.atomic():
        AssignmentLetter.objects.filter(pk=letter.pk).update(signed_by=officer.user)


def test_who_signs_under_an_officer_s_name_tells_their_number(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    browser = sign_in(UserFactory(staff_of=officer.office))
    told = typed(browser, address(officer), **AN | {"signer_name": officer.user.name})

    asked = browser.post(address(officer), {**told, "confirmed": "1"})
    another = {**told, "signer_nip": "198609262015051009"}
    done = browser.post(address(officer), confirmed(browser, address(officer), another))

    assert "isi NIP penanda tangan" in str(asked.context["form"].errors["signer_nip"])
    assert done["Location"] == Letter.objects.get().get_absolute_url()


def test_a_number_that_stands_in_the_register_without_a_paper_is_taken_on(
    officer: Officer, held: list[Assignment]
) -> None:
    told = {"number": "KP-7", "dated": officer.office.today(), "subject": "Surat tugas"}
    noted = certificates.actions.write_number(
        officer.office, ASSIGNMENT_LETTER.key, told=told, by=UserFactory()
    )

    letter = ordered(officer, held, number="KP-7")

    assert letter.entry == noted
    with pytest.raises(TransitionRefused, match="sudah ada dalam register"):
        ordered(officer, held, number="KP-7")


def test_without_a_pattern_only_a_typed_number_is_offered(sign_in: SignIn) -> None:
    held = AssignmentFactory()
    MembershipFactory(office=held.officer.office, role="head")
    browser = sign_in(UserFactory(staff_of=held.officer.office))

    page = browser.get(address(held.officer))

    assert [value for value, _ in page.context["form"].fields["numbering"].choices] == ["typed"]
    assert "belum memilih pola nomor surat tugas" in page.content.decode()


def test_several_officers_go_in_one_letter(sign_in: SignIn, officer: Officer) -> None:
    other = OfficerFactory(office=officer.office)
    village = VillageFactory(office=officer.office)
    AssignmentFactory(officer=officer, village=village, part="lead")
    AssignmentFactory(officer=other, village=village)
    browser = sign_in(officer.office.memberships.get(role="head").user)
    where = reverse("villages:assignment_letter")

    browser.post(where, confirmed(browser, where, typed(browser, where)))

    facts = Letter.objects.get().facts
    assert {it["name"] for it in facts["officers"]} == {officer.user.name, other.user.name}
    (place,) = facts["villages"]
    assert place["guides"] == [f"{officer.user.name} (ketua)", f"{other.user.name} (anggota)"]


def test_an_assignment_that_ended_meanwhile_is_not_printed(
    officer: Officer, held: list[Assignment]
) -> None:
    actions.end_assignment(held[0], ends_on=date(2026, 3, 2), by=UserFactory())

    with pytest.raises(TransitionRefused, match="berubah sejak halaman ini dibuka"):
        ordered(officer, held)

    assert not RegisterEntry.objects.exists()


def test_an_acting_head_signs_as_such(sign_in: SignIn, officer: Officer) -> None:
    AssignmentFactory(officer=officer)
    acting = MembershipFactory(office=officer.office, role="head", acting_kind="plh")
    browser = sign_in(UserFactory(staff_of=officer.office))

    told = typed(browser, address(officer), signer=str(acting.pk))
    browser.post(address(officer), confirmed(browser, address(officer), told))

    signer = Letter.objects.get().facts["signer"]
    assert (signer["acting"], signer["name"]) == ("Plh.", acting.user.name)


def test_without_a_head_today_nobody_could_sign(sign_in: SignIn) -> None:
    officer = AssignmentFactory().officer

    page = sign_in(UserFactory(staff_of=officer.office)).get(address(officer))

    assert "Belum ada penanda tangan" in page.content.decode()


def test_officer_and_village_remember_the_letter(officer: Officer, held: list[Assignment]) -> None:
    letter = ordered(officer, held)

    for subject in (officer, held[0].village):
        entry = Entry.objects.about(subject).filter(verb="assignment.letter_ordered").get()
        assert entry.note == f"Nomor {letter.number}"


# --- Who reads it ------------------------------------------------------------------------------


def test_the_officer_downloads_their_own_letter_and_no_other(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    letter = ordered(officer, held)
    certificates.actions.attach(letter, small_pdf())
    colleague = AssignmentFactory(officer=OfficerFactory(office=officer.office)).officer
    file = reverse("certificates:letter_download", args=[letter.pk])

    mine = sign_in(officer.user).get(file)
    page = sign_in(officer.user).get(letter.get_absolute_url()).content.decode()

    letter.refresh_from_db()
    assert mine.content == storage.read(letter.file, letter.sha256)
    assert "Riwayat" not in page
    assert "/register/" not in page  # it is the office's
    assert sign_in(colleague.user).get(file).status_code == 404
    assert sign_in(VillageAccessFactory(village=held[0].village).user).get(file).status_code == 404


def test_the_letter_is_found_from_officer_assignment_and_village(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    letter = ordered(officer, held)
    browser = sign_in(UserFactory(staff_of=officer.office))
    villager = sign_in(VillageAccessFactory(village=held[0].village).user)

    for path in (
        officer.get_absolute_url(),
        held[0].village.get_absolute_url(),
        f"/penugasan/{held[0].pk}/akhiri/",
    ):
        assert letter.get_absolute_url() in browser.get(path).content.decode()
    village = villager.get(held[0].village.get_absolute_url()).content.decode()
    assert letter.get_absolute_url() not in village


def test_a_letter_whose_number_is_void_no_longer_counts(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    letter = ordered(officer, held)
    certificates.actions.void_number(
        letter.entry, reason="Salah desa.", by=UserFactory(staff_of=officer.office)
    )
    browser = sign_in(UserFactory(staff_of=officer.office))

    page = browser.get(officer.get_absolute_url()).content.decode()

    assert letter.get_absolute_url() not in page
    assert "belum tercantum dalam surat tugas" in page


def test_the_signed_scan_is_what_the_officer_downloads(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    letter = ordered(officer, held)
    certificates.actions.attach(letter, small_pdf())
    signed = SimpleUploadedFile("surat.pdf", small_pdf(pages=2), "application/pdf")
    staff = sign_in(UserFactory(staff_of=officer.office))
    file = reverse("certificates:letter_download", args=[letter.pk])

    page = staff.post(
        reverse("certificates:letter_scan", args=[letter.pk]), {"scan": signed}, follow=True
    )

    letter.refresh_from_db()
    assert "Surat bertanda tangan siap diunduh" in page.content.decode()
    assert "bertanda-tangan.pdf" in sign_in(officer.user).get(file)["Content-Disposition"]
    original = staff.get(reverse("certificates:letter_original", args=[letter.pk]))
    assert original.content == storage.read(letter.file, letter.sha256)


def test_a_letter_that_does_not_count_is_not_signed(
    officer: Officer, held: list[Assignment]
) -> None:
    letter = ordered(officer, held)
    certificates.actions.attach(letter, small_pdf())
    certificates.actions.void_number(
        letter.entry, reason="Salah desa.", by=UserFactory(staff_of=officer.office)
    )

    with pytest.raises(TransitionRefused, match="nomornya dibatalkan"):
        certificates.actions.attach_scan(letter, checked_pdf(), by=UserFactory())


def test_a_letter_of_which_nothing_is_left_is_void_and_stays_with_whom_it_sent(
    officer: Officer,
) -> None:
    slip = AssignmentFactory(officer=officer, starts_on=officer.office.today())
    letter = ordered(officer, [slip])

    actions.cancel_assignment(slip, by=UserFactory(staff_of=officer.office), reason="Salah desa.")

    letter = Letter.objects.get()
    assert letter.voiding is not None
    assert letter.voiding.reason == "Penugasan dalam surat ini dibatalkan. Salah desa."
    assert [place["name"] for place in letter.facts["villages"]] == [slip.village.name]
    assert Letter.objects.visible_to(access_of(officer.user)).get() == letter


def test_a_slip_in_a_letter_that_says_more_waits_until_its_number_is_void(
    sign_in: SignIn, officer: Officer, held: list[Assignment]
) -> None:
    slip = AssignmentFactory(officer=officer, starts_on=officer.office.today())
    letter = ordered(officer, [*held, slip])
    browser = sign_in(UserFactory(staff_of=officer.office))
    page = reverse("villages:assignment_end", args=[slip.pk])

    told = browser.get(page).content.decode()
    answer = browser.post(page, {"mistaken": "on"}, follow=True).content.decode()
    still_there = Assignment.objects.filter(pk=slip.pk).exists()
    certificates.actions.void_number(
        letter.entry, reason="Salah desa.", by=UserFactory(staff_of=officer.office)
    )
    browser.post(page, {"mistaken": "on"})

    assert "nomor surat itu ikut batal" in told
    assert f"Surat tugas {letter.number} menyebut penugasan ini dan penugasan lain" in answer
    assert still_there
    assert not Assignment.objects.filter(pk=slip.pk).exists()


def test_what_passes_on_before_it_began_takes_its_letter_along(officer: Officer) -> None:
    soon = officer.office.today() + timedelta(days=3)
    coming = [AssignmentFactory(officer=officer, starts_on=soon) for _ in range(2)]
    ordered(officer, coming)
    heir = OfficerFactory(office=officer.office)
    plan = actions.HandOver(
        last_day=officer.office.today(), basis="letter", basis_number="ST-9",
        basis_dated=officer.office.today(), successors={it.pk: heir for it in coming},
    )  # fmt: skip

    actions.hand_over(officer, plan, by=UserFactory(staff_of=officer.office))

    assert Letter.objects.get().voiding is not None
    assert heir.assignments.count() == 2


def test_a_village_that_moves_takes_along_only_what_no_other_village_needs(
    officer: Officer, held: list[Assignment]
) -> None:
    today = officer.office.today()
    alone, together = (AssignmentFactory(officer=officer, starts_on=today) for _ in range(2))
    own, shared = ordered(officer, [alone]), ordered(officer, [together, *held])
    nation = UserFactory(admin_of=DirectorateFactory())

    for it in (alone, together):
        actions.move_village(it.village, to=OfficeFactory(), basis="SK 1", by=nation)

    assert Letter.objects.get(pk=own.pk).voiding is not None
    assert Letter.objects.get(pk=shared.pk).voiding is None
    assert set(officer.assignments.all()) == set(held)


# --- The paper ---------------------------------------------------------------------------------


def printed(letter: Letter) -> list[str]:
    tasks.draw_letter(letter.pk)
    letter.refresh_from_db()
    drawn = storage.read(letter.file, letter.sha256)
    with pypdfium2.PdfDocument(drawn) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return [" ".join(page.split()) for page in pages]


def test_the_paper_says_who_goes_where_until_when_and_why(
    officer: Officer, held: list[Assignment]
) -> None:
    letter = ordered(officer, held)

    text = " ".join(printed(letter))

    digits = officer.user.nip
    for words in (
        "SURAT TUGAS", f"Nomor {letter.number}", "MEMBERI TUGAS", officer.user.name,
        f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}",
        held[0].village.full_name, held[0].village.region.district.name, "Ketua", "Anggota",
        CIRCULAR, "sampai dengan ditetapkan lain", "Hendarto Wirasena", "Camat Selomerto", *FIVE,
    ):  # fmt: skip
        assert words in text
    assert held[0].village.region.district.full_name not in text  # the column says so


def test_the_paper_is_tagged_and_archivable(officer: Officer, held: list[Assignment]) -> None:
    letter = ordered(officer, held)

    with pikepdf.open(io.BytesIO(pdf.render_letter(letter))) as document:
        assert document.Root.MarkInfo.Marked
        assert document.open_metadata()["pdfaid:part"] == "3"
        assert document.open_metadata()["pdfaid:conformance"] == "A"


def test_a_single_village_stands_in_the_sentence_and_not_in_a_table(
    officer: Officer, held: list[Assignment]
) -> None:
    one, both = (" ".join(printed(ordered(officer, them))) for them in (held[:1], held))

    named = f"pada {held[0].village.local_term} {held[0].village.name}, Kecamatan"
    assert named.lower() in one.lower()
    assert "Kabupaten/kota" not in one
    assert "desa yang tersebut di bawah ini" in both
    assert "Kabupaten/kota" in both


def test_a_letter_for_one_village_is_one_page(officer: Officer, held: list[Assignment]) -> None:
    office, village = officer.office, held[:1]
    office.letterhead = "KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN\nDITJEN IMIGRASI\nKANWIL"
    office.address = "Jalan Raya Banyumas Km 5, Wonosobo 56361"
    officer.decree_number = "W.13.IMI.IMI.6-GR.03.05-0412 Tahun 2024"
    words = words_of(
        officer,
        considering=CONSIDERING,
        bases=proposed_bases(village),
        copies=["Kepala Kantor Wilayah Direktorat Jenderal Imigrasi Jawa Tengah", "Camat Kejajar"],
    )
    paper = letter_paper(office, village, words)

    pages = printed(certificates.actions.order_letter(paper, by=UserFactory()))

    assert len(words.bases) == 3
    assert len(pages) == 1
    assert "Camat Kejajar" in pages[0]


def test_what_runs_over_to_a_second_page_leaves_no_signature_alone(
    officer: Officer,
) -> None:
    several = [AssignmentFactory(officer=officer) for _ in range(7)]
    words = words_of(officer, considering=CONSIDERING, bases=proposed_bases(several))
    paper = letter_paper(officer.office, several, words)

    first, second = printed(certificates.actions.order_letter(paper, by=UserFactory()))

    assert several[-1].village.full_name in first
    assert "secara tertulis" in second
    assert "Hendarto Wirasena" in second
    assert "Camat Selomerto" in second


def test_many_villages_stand_in_an_annex_with_the_letters_number(officer: Officer) -> None:
    many = [AssignmentFactory(officer=officer) for _ in range(12)]
    letter = ordered(officer, many)

    pages = printed(letter)

    annex = next(page for page in pages if "Lampiran Surat Tugas" in page)
    assert many[0].village.full_name not in pages[0]
    assert all(it.village.full_name in annex for it in many)
    assert letter.number in annex


def test_clauses_end_as_they_should_however_they_were_typed(
    officer: Officer, held: list[Assignment]
) -> None:
    words = words_of(officer, bases=["SE pertama", "SE kedua;"], duties=["membina.", "melapor"])

    facts = letter_paper(officer.office, held, words).facts

    assert facts["bases"] == [["1", "SE pertama;"], ["2", "SE kedua."]]
    assert facts["duties"] == ["membina;", "melapor."]
