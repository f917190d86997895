"""A recorded table is put right before anybody vouches for it; after that, never."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import audit.actions
from accounts.access import access_of
from accounts.models import User
from audit.models import Entry
from desabinaan.doubts import SAID, words_of
from desabinaan.workflow import TransitionRefused
from reports.coverage import Coverage
from reports.roll import Roll
from reports.scope import Scope, scope_of
from tests.factories import (
    DecreeFactory,
    DesignationFactory,
    JurisdictionFactory,
    MembershipFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
    VillageFactory,
    approval,
    ask_to_revoke,
    bring_in,
    confirm,
    head_of,
)
from tests.looks import confirmed, read_of
from tests.races import just_before, together
from villages import actions, rounds
from villages.actions.decision import Approval
from villages.models import Decree, Designation, GuidingTerm, Import, Officer, Village
from villages.onboarding.confirming import ConfirmPage

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]
NAMES = ["Pakuncen", "Karangsari", "Bumirejo"]
WORDS = {
    "number": "W.13-0412 Tahun 2024",
    "dated": date(2024, 4, 12),
    "title": "Penetapan Desa Binaan Imigrasi",
    "signer_level": "office",
    "signer_name": "Ratna Wulandari",
}
TYPED = {**WORDS, "dated": "2024-04-12"}


def record(names: list[str] = NAMES, number: str = "", guides: object = ()) -> Import:
    office = JurisdictionFactory().office
    for serial, name in enumerate(names):
        RegionFactory(code=f"33.07.06.20{serial:02}", name=name)
    staff = UserFactory(staff_of=office)
    batch = bring_in(office, *names, by=staff, number=number, guides=guides)  # type: ignore[arg-type]
    return actions.record_import(batch, by=staff)


@pytest.fixture
def table() -> Import:
    """Three villages of Selomerto, recorded under one SK by one of the staff."""
    return record()


def sheets(table: Import) -> list[Designation]:
    found = Designation.objects.filter(import_row__batch=table)
    related = found.select_related("village__region", "village__office", "decree", "office")
    return list(related.order_by("village__region__code"))


def decree_of(table: Import) -> Decree:
    return sheets(table)[0].decree  # type: ignore[return-value]


def correction(decree: Decree) -> str:
    return reverse("villages:decree_correct", args=[decree.pk])


def striking(sheet: Designation) -> str:
    return reverse("villages:strike_out", args=[sheet.pk])


def certified(sheet: Designation) -> None:
    NumberTemplateFactory(office=sheet.office)
    head = head_of(sheet.office)
    actions.certify([sheet], actions.Certification(head), by=head.user)


def scope(user: User, **asked: str) -> Scope:
    return scope_of(access_of(user), asked)


# --- The SK ---------------------------------------------------------------------------------------


def test_staff_correct_the_sk_of_a_table_and_its_villages_follow(
    table: Import, sign_in: SignIn
) -> None:
    decree, colleague = decree_of(table), UserFactory(staff_of=table.office)
    before = decree.number

    client = sign_in(colleague)
    answer = client.post(correction(decree), TYPED)

    decree.refresh_from_db()
    assert answer["Location"] == table.confirmation_url
    assert WORDS["number"] in client.get(table.get_absolute_url()).content.decode()
    assert {name: getattr(decree, name) for name in WORDS} == WORDS
    for sheet in sheets(table):
        assert sheet.designated_on == WORDS["dated"]
        assert sheet.office.day_of(sheet.status_at) == WORDS["dated"]
        (told,) = Entry.objects.about(sheet).filter(verb="designation.decree_corrected")
        assert f"nomor SK: “{before}” menjadi “{WORDS['number']}”" in told.note
        assert "tanggal SK: 7 Maret 2024 menjadi 12 April 2024" in told.note
    for subject, verb in ((decree, "decree.corrected"), (table, "import.decree_corrected")):
        (told,) = Entry.objects.about(subject).filter(verb=verb)
        assert (told.by, before in told.note) == (colleague, True)


def test_whoever_corrects_the_sk_does_not_confirm_the_table(table: Import) -> None:
    helper = UserFactory(admin_of=table.office)
    acting = MembershipFactory(
        user=helper, office=table.office, role="head", acting_kind="plh",
        starts_on=table.office.today(),
    )  # fmt: skip

    actions.correct_decree(decree_of(table), words=WORDS, by=helper)

    with pytest.raises(TransitionRefused, match="pejabat lain"):
        actions.confirm_import(table, acting, by=helper)
    word = {"confirmed_by": helper, "confirmed_as": acting, "confirmed_at": timezone.now()}
    with pytest.raises(IntegrityError, match="does not confirm"), transaction.atomic():
        Designation.objects.filter(pk=sheets(table)[0].pk).update(**word)
    confirm(table)
    assert not Designation.objects.unconfirmed().exists()


def test_a_second_click_changes_nothing(table: Import) -> None:
    for _ in range(2):
        decree = actions.correct_decree(decree_of(table), words=WORDS, by=table.created_by)

    assert Entry.objects.about(decree).filter(verb="decree.corrected").count() == 1


def test_villages_go_over_to_the_sk_that_says_the_same(table: Import) -> None:
    wrong = decree_of(table)
    known = DecreeFactory(office=table.office, **WORDS)
    DecreeFactory(office=OfficeFactory(), **WORDS)  # a number of its own, in another office

    actions.correct_decree(wrong, words=WORDS, by=table.created_by)

    assert {sheet.decree for sheet in sheets(table)} == {known}
    assert {sheet.designated_on for sheet in sheets(table)} == {known.dated}
    assert not Decree.objects.filter(pk=wrong.pk).exists()
    (told,) = Entry.objects.about(known).filter(verb="decree.corrected")
    assert wrong.number in told.note


@pytest.mark.parametrize("says_where_from", [True, False])
def test_whoever_joins_two_sks_stays_with_their_table_and_a_second_click_is_told(
    says_where_from: bool, table: Import, sign_in: SignIn
) -> None:
    colleague, staff = UserFactory(staff_of=table.office), table.created_by
    RegionFactory(code="33.07.06.2003", name="Kadipaten")
    theirs = bring_in(table.office, "Kadipaten", by=colleague, number="W.13-0000 Tahun 2024")
    theirs = actions.record_import(theirs, by=colleague)
    actions.correct_decree(decree_of(theirs), words=WORDS, by=colleague)
    head = head_of(table.office).user
    actions.send_import_back(theirs, note="Periksa.", by=head)
    client, decree = sign_in(staff), decree_of(table)
    page = correction(decree) + (f"?tabel={table.pk}" if says_where_from else "")

    first = client.post(page, TYPED)
    again = client.post(page, TYPED, follow=True)

    assert first["Location"] == table.confirmation_url
    assert again.status_code == 200
    assert f"bergabung dengan SK {WORDS['number']}" in again.content.decode()
    if says_where_from:
        assert again.redirect_chain[-1][0] == table.confirmation_url
    stranger = Client()
    stranger.force_login(UserFactory(staff_of=OfficeFactory()))
    assert stranger.post(page, TYPED).status_code == 404


def test_a_number_with_another_meaning_is_refused_at_its_field(
    table: Import, sign_in: SignIn
) -> None:
    DecreeFactory(office=table.office, **{**WORDS, "title": "Tentang hal lain"})

    page = sign_in(table.created_by).post(correction(decree_of(table)), TYPED).content.decode()

    assert "sudah tercatat dengan isi lain" in page
    assert "Tentang hal lain" in page
    with pytest.raises(TransitionRefused, match="isi lain"):
        actions.correct_decree(decree_of(table), words=WORDS, by=table.created_by)


def decided_beside(table: Import) -> None:
    """One of the portal's own under the same SK."""
    waiting = DesignationFactory(office=table.office, submitted=True)
    NumberTemplateFactory(office=table.office)
    head = head_of(table.office)
    decree = decree_of(table)
    facts = {name: getattr(decree, name) for name in WORDS}
    actions.approve(waiting, Approval(**facts, head=head, decree=decree), by=head.user)


def confirmed_in_part(table: Import) -> None:
    """A village that moved away stays unconfirmed when the rest of its table is."""
    moved = sheets(table)[-1].village
    nation = UserFactory(admin_of=table.office.parent.parent)
    actions.move_village(moved, to=OfficeFactory(), basis="Keputusan Menteri", by=nation)
    confirm(table)


KEPT = {
    "ditetapkan di portal": decided_beside,
    "sudah ada sertifikat": lambda table: certified(sheets(table)[0]),
    "sudah dibenarkan": confirmed_in_part,
}


@pytest.mark.parametrize("why", KEPT)
def test_an_sk_for_which_somebody_answers_stays(table: Import, sign_in: SignIn, why: str) -> None:
    KEPT[why](table)
    decree, staff = decree_of(table), table.created_by
    client = sign_in(staff)

    page = client.get(decree.get_absolute_url()).content.decode()
    answer = client.post(correction(decree), TYPED, follow=True).content.decode()

    for told in (page, answer):
        assert why in told
        assert "dinyatakan salah catat satu per satu, lalu diimpor" in told
    assert correction(decree) not in page
    with pytest.raises(TransitionRefused, match=why):
        actions.correct_decree(decree, words=WORDS, by=staff)
    for name, value in WORDS.items():
        if getattr(decree, name) != value:
            with pytest.raises(IntegrityError, match="decree is frozen"), transaction.atomic():
                Decree.objects.filter(pk=decree.pk).update(**{name: value})


def test_the_database_lets_nothing_else_through(table: Import) -> None:
    decree, elsewhere = decree_of(table), DecreeFactory(office=table.office)
    (sheet, *_) = sheets(table)
    mine, its = Decree.objects.filter(pk=decree.pk), Designation.objects.filter(pk=sheet.pk)

    refusals = {
        "decree is frozen": lambda: mine.update(office=OfficeFactory()),
        "keeps its decree": lambda: its.update(decree=elsewhere),
        "what is recorded keeps": lambda: its.update(designated_on=date(2024, 4, 12)),
        "decree is frozen ": lambda: Decree.objects.filter(pk=elsewhere.pk).update(number="Lain"),
    }
    for match, change in refusals.items():
        with pytest.raises(IntegrityError, match=match.strip()), transaction.atomic():
            change()
    with pytest.raises(IntegrityError, match="decree is frozen"), transaction.atomic():
        mine._raw_delete(mine.db)
    for half in ({"number": ""}, {"dated": date(2024, 4, 12)}):
        with pytest.raises(IntegrityError, match="the day of its numbered"):
            at_the_end_of(lambda half=half: mine.update(**half))  # type: ignore[misc]


def at_the_end_of(change: Callable[[], object]) -> None:
    """As if the transaction ended after it."""
    with transaction.atomic():
        change()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_sk_corrected_meanwhile_is_seen_before_it_is_overwritten(
    table: Import, sign_in: SignIn
) -> None:
    decree, client = decree_of(table), sign_in(table.created_by)
    opened = client.get(correction(decree)).context["form"]["dibuka"].value()
    colleague = UserFactory(staff_of=table.office)
    actions.correct_decree(decree, words={**WORDS, "signer_name": "Budi Hartono"}, by=colleague)

    page = client.post(correction(decree), {**TYPED, "dibuka": opened}).content.decode()

    assert colleague.name in page
    assert "Budi Hartono" in page
    decree.refresh_from_db()
    assert decree.signer_name == "Budi Hartono"


def test_a_head_does_not_confirm_what_was_corrected_since_they_looked(
    table: Import, sign_in: SignIn
) -> None:
    head = head_of(table.office)
    client = sign_in(head.user)
    looked = table.stamp
    actions.correct_decree(decree_of(table), words=WORDS, by=table.created_by)

    page = client.post(table.confirmation_url, {rounds.SHOWN: looked}, follow=True).content.decode()
    unread = Designation.objects.unconfirmed().count()
    table.refresh_from_db()
    client.post(table.confirmation_url, {rounds.SHOWN: table.stamp, "confirmed": "1"})

    assert "diperbaiki" in page
    assert "sesudah Anda membukanya" in page
    assert f'name="dilihat" value="{table.stamp}"' in page
    assert unread == 3
    assert not Designation.objects.unconfirmed().exists()


def test_a_head_certifies_only_the_wording_that_they_read(table: Import, sign_in: SignIn) -> None:
    NumberTemplateFactory(office=table.office)
    decree, client = decree_of(table), sign_in(head_of(table.office).user)
    chosen = {"sheets": [it.pk for it in sheets(table)], "signer": "decider"}
    url = reverse("villages:decree_certificates", args=[decree.pk])
    read = confirmed(client, url, chosen)
    actions.correct_decree(decree, words=WORDS, by=table.created_by)

    look = client.post(url, read)
    none_yet = Designation.objects.filter(certificate__isnull=False).count()
    client.post(url, {**chosen, **read_of(look), "confirmed": "1"})

    assert "berubah sesudah Anda memeriksanya (isi SK)" in look.content.decode()
    assert none_yet == 0
    assert {it.certificate.facts["decree"]["number"] for it in sheets(table) if it.certificate} == {
        WORDS["number"]
    }


# --- A village that was recorded by mistake -------------------------------------------------------


def test_staff_strike_a_village_out_and_it_stays_in_its_history(
    table: Import, sign_in: SignIn
) -> None:
    wrong, *_ = sheets(table)
    client, why = sign_in(table.created_by), "Tidak ada dalam SK itu."

    answer = client.post(striking(wrong), {"reason": why})

    wrong.refresh_from_db()
    assert answer["Location"] == table.confirmation_url
    assert (wrong.status, wrong.status_note, wrong.status_by) == ("struck", why, table.created_by)
    for subject, verb in (
        (wrong, "designation.struck_out"),
        (wrong.village, "village.struck_out"),
        (table, "import.village_struck_out"),
    ):
        (told,) = Entry.objects.about(subject).filter(verb=verb)
        assert why in told.note
    listed = client.get(reverse("villages:designations"), {"status": "struck"}).content.decode()
    assert "Desa Pakuncen" in listed
    assert "Desa Karangsari" not in listed
    record_page = client.get(wrong.village.get_absolute_url()).content.decode()
    assert "Salah catat" in record_page
    assert why in client.get(wrong.get_absolute_url()).content.decode()


def test_what_was_struck_out_counts_nowhere(table: Import, sign_in: SignIn) -> None:
    wrong, *_ = sheets(table)
    staff = table.created_by
    actions.strike_out(wrong, reason="Bukan desa ini.", by=staff)
    client = sign_in(staff)
    past = {"periode": "bebas", "dari": "2024-01-01", "sampai": "2024-12-31"}

    now, then = Coverage(scope(staff)), Coverage(scope(staff, **past))

    assert (now.total.designated, then.total.designated) == (2, 2)
    assert scope(staff).sheets.filter(scope(staff).went).count() == 0
    assert scope(staff).sheets.filter(scope(staff, **past).became).count() == 2
    for reader in (staff, UserFactory(observer_of=table.office.parent),
                   UserFactory(observer_of=table.office.parent.parent)):  # fmt: skip
        told = scope(reader).everywhere.values_list("status", flat=True)
        assert sorted(told) == ["approved", "approved"]
    never = Roll.asked(scope(staff), {"status": "tanpa"}).entries
    assert [it.region.name for it in never] == ["Pakuncen"]
    villages = client.get(reverse("villages:villages"), {"q": "Pakuncen"}).content.decode()
    assert "Belum diusulkan" in villages
    assert "belum dibenarkan" not in villages
    decree = client.get(decree_of(table).get_absolute_url()).content.decode()
    assert "Desa Pakuncen" not in decree
    assert "1 desa lain tercatat dengan SK ini dan dinyatakan salah catat" in decree
    confirm(table)
    public = reverse("villages:public_village", args=[wrong.village.region.code])
    assert Client().get(public).status_code == 404
    assert "Pakuncen" not in Client().get(reverse("villages:public_villages")).content.decode()


def test_the_village_reads_of_no_designation_any_more(table: Import, sign_in: SignIn) -> None:
    wrong, *_ = sheets(table)
    client = sign_in(UserFactory(village=wrong.village))
    actions.strike_out(wrong, reason="Bukan desa ini.", by=table.created_by)

    desk = client.get(reverse("reports:desk")).content.decode()
    page = client.get(wrong.get_absolute_url()).content.decode()

    assert "Desa ini belum diusulkan menjadi Desa Binaan Imigrasi" in desk
    assert "Desa Anda tidak ditetapkan dengan catatan itu" in page
    assert "Bukan desa ini." not in page
    assert wrong.decree.number not in page  # type: ignore[union-attr]
    record_page = client.get(wrong.village.get_absolute_url()).content.decode()
    assert "Salah catat" in record_page
    assert "Catatan kantor" in record_page
    assert wrong.decree.number not in record_page  # type: ignore[union-attr]
    assert "ditetapkan" not in record_page


def test_a_village_that_was_struck_out_is_brought_in_or_proposed_again(table: Import) -> None:
    again, proposed, _ = sheets(table)
    staff = table.created_by
    for sheet in (again, proposed):
        actions.strike_out(sheet, reason="SK-nya lain.", by=staff)

    actions.record_import(bring_in(table.office, "Pakuncen", by=staff), by=staff)
    draft = actions.propose(proposed.village.region, office=table.office, by=staff)

    assert again.village.designations.filter(status="approved").count() == 1
    assert draft.village_id == proposed.village_id


def test_the_village_and_its_pimpasa_stay_with_the_office(sign_in: SignIn) -> None:
    table = record(["Pakuncen"], guides=[("Bagas Prakoso", "199003142015031002")])
    (sheet,) = sheets(table)
    client = sign_in(table.created_by)

    page = client.get(striking(sheet)).content.decode()
    actions.strike_out(sheet, reason="Bukan desa ini.", by=table.created_by)

    assert "Penugasan PIMPASA di sini tidak ikut berakhir" in page
    assert "Bagas Prakoso, " in page
    assert Officer.objects.get().assignments.live().get().village_id == sheet.village_id
    assert Village.objects.get(pk=sheet.village_id).office_id == table.office_id


def test_a_reason_is_asked_for(table: Import, sign_in: SignIn) -> None:
    (sheet, *_) = sheets(table)

    page = sign_in(table.created_by).post(striking(sheet), {"reason": " "}).content.decode()

    assert "Isi alasan mengapa desa ini salah catat" in page
    sheet.refresh_from_db()
    assert sheet.is_approved


def test_whoever_strikes_a_village_out_does_not_confirm_the_others(table: Import) -> None:
    helper = UserFactory(staff_of=table.office)
    acting = MembershipFactory(
        user=helper, office=table.office, role="head", acting_kind="plh",
        starts_on=table.office.today(),
    )  # fmt: skip

    actions.strike_out(sheets(table)[0], reason="Bukan desa ini.", by=helper)

    with pytest.raises(TransitionRefused, match="pejabat lain"):
        actions.confirm_import(table, acting, by=helper)


def test_the_database_strikes_out_only_what_nobody_vouched_for(table: Import) -> None:
    confirmed, paper, loose = sheets(table)
    decided = DesignationFactory(approved=True)
    certified(paper)
    head, now = head_of(table.office), timezone.now()
    Designation.objects.filter(pk=confirmed.pk).update(
        confirmed_by=head.user, confirmed_as=head, confirmed_at=now
    )

    for sheet in (confirmed, paper, decided):
        written(sheet, "struck_was_only_recorded|has_decree|decided", status="struck",
                status_note="Keliru.")  # fmt: skip
    written(loose, "says_why", status="struck", status_note="")
    actions.strike_out(loose, reason="Keliru.", by=table.created_by)
    written(loose, "no step leads", status="approved")
    written(loose, "struck_was_only_recorded", confirmed_by=head.user, confirmed_as=head,
            confirmed_at=now)  # fmt: skip


def written(sheet: Designation, match: str, **changed: object) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        Designation.objects.filter(pk=sheet.pk).update(**changed)


def test_what_somebody_vouched_for_is_not_struck_out(table: Import, sign_in: SignIn) -> None:
    (sheet, *_) = sheets(table)
    confirm(table)
    client = sign_in(table.created_by)

    page = client.get(striking(sheet), follow=True).content.decode()

    assert "Bila keliru, usulkan pencabutannya." in page
    with pytest.raises(TransitionRefused, match="usulkan pencabutannya"):
        actions.strike_out(sheet, reason="Keliru.", by=table.created_by)
    decided = DesignationFactory(approved=True, office=table.office)
    with pytest.raises(TransitionRefused, match="diputuskan di portal"):
        actions.strike_out(decided, reason="Keliru.", by=table.created_by)


def test_a_request_to_revoke_is_decided_first(table: Import) -> None:
    (sheet, *_) = sheets(table)
    ask_to_revoke(sheet)

    with pytest.raises(TransitionRefused, match="putuskan dahulu"):
        actions.strike_out(sheet, reason="Keliru.", by=table.created_by)
    written(sheet, "decided first", status="struck", status_note="Keliru.")


# --- A village that moved -------------------------------------------------------------------------


def test_the_office_that_keeps_a_moved_village_strikes_it_out_and_records_it_anew(
    table: Import, sign_in: SignIn
) -> None:
    moved, *_ = sheets(table)
    there = JurisdictionFactory().office
    nation = UserFactory(admin_of=table.office.parent.parent)
    actions.move_village(moved.village, to=there, basis="Keputusan Menteri", by=nation)
    staff = UserFactory(staff_of=there)
    here, client = sign_in(table.created_by), Client()
    client.force_login(staff)

    refused = here.post(striking(moved), {"reason": "Keliru."}).status_code
    told = here.get(table.confirmation_url).content.decode()
    page = client.get(moved.get_absolute_url()).content.decode()
    answer = client.post(striking(moved), {"reason": "Dicatat lagi oleh kantor kami."})
    actions.record_import(bring_in(there, "Pakuncen", by=staff), by=staff)

    assert refused == 403
    assert striking(moved) not in told
    assert "kantor itu yang dapat menyatakannya salah catat" in told
    assert striking(moved) in page
    assert answer["Location"] == moved.get_absolute_url()
    assert "Dicatat lagi" in client.get(moved.get_absolute_url()).content.decode()
    standing = Designation.objects.get(village=moved.village_id, status="approved")
    assert (standing.office, standing.village.office) == (there, there)


def test_who_takes_a_village_over_that_was_struck_out_has_always_guided_it(table: Import) -> None:
    wrong, *_ = sheets(table)
    actions.strike_out(wrong, reason="Bukan wilayah kami.", by=table.created_by)
    there = JurisdictionFactory().office
    staff = UserFactory(staff_of=there)

    actions.record_import(bring_in(there, "Pakuncen", by=staff), by=staff)

    (term,) = GuidingTerm.objects.filter(village=wrong.village)
    assert (term.office, term.since, term.until) == (there, None, None)
    year = {"periode": "bebas", "dari": "2024-01-01", "sampai": "2024-12-31"}
    assert Coverage(scope(staff, **year)).total.designated == 1
    assert Coverage(scope(table.created_by, **year)).total.designated == 2


# --- The table that came back ---------------------------------------------------------------------


def test_a_table_that_came_back_leads_the_way(table: Import, sign_in: SignIn) -> None:
    head, staff = head_of(table.office).user, table.created_by
    actions.send_import_back(table, note="Salah SK, dan Bumirejo tidak ada.", by=head)
    client, reader = sign_in(staff), Client()
    reader.force_login(head)

    before = client.get(table.confirmation_url).content.decode()
    actions.correct_decree(decree_of(table), words=WORDS, by=staff)
    actions.strike_out(sheets(table)[-1], reason="Tidak ada dalam SK.", by=staff)
    mended = client.get(table.confirmation_url).content.decode()
    client.post(reverse("villages:import_ask_again", args=[table.pk]))
    read = reader.get(table.confirmation_url).content.decode()

    assert "Salah SK, dan Bumirejo tidak ada." in before
    assert correction(decree_of(table)) in before
    assert all(striking(sheet) in before for sheet in sheets(table))
    assert "Belum ada yang diubah sejak dikembalikan" in before
    for page in (mended, read):
        assert "Belum ada yang diubah" not in page
        assert f"menjadi “{WORDS['number']}”" in page
        assert "menyatakan salah catat: Desa Bumirejo: Tidak ada dalam SK." in page
    assert correction(decree_of(table)) not in read
    assert "Benarkan 2 desa" in read


def test_the_head_s_note_stands_where_one_repairs(table: Import, sign_in: SignIn) -> None:
    actions.send_import_back(table, note="Bumirejo tidak ada.", by=head_of(table.office).user)
    client = sign_in(table.created_by)

    pages = [client.get(correction(decree_of(table))), client.get(striking(sheets(table)[0]))]

    assert all("Bumirejo tidak ada." in page.content.decode() for page in pages)


def test_two_corrections_read_as_what_it_was_and_is(table: Import, sign_in: SignIn) -> None:
    head, staff = head_of(table.office).user, table.created_by
    actions.send_import_back(table, note="Salah SK.", by=head)
    first = decree_of(table).number
    actions.correct_decree(decree_of(table), words={**WORDS, "number": "SEMENTARA"}, by=staff)
    actions.correct_decree(decree_of(table), words=WORDS, by=staff)

    page = sign_in(staff).get(table.confirmation_url)

    (told,) = page.context["shown"].mended
    assert f"nomor SK dahulu “{first}”, kini “{WORDS['number']}”" in told
    assert "SEMENTARA" not in told
    assert "SEMENTARA" in page.content.decode().partition("Langkah demi langkah")[2]


def test_every_word_that_was_corrected_is_told_whatever_signs_it_holds(table: Import) -> None:
    head, staff = head_of(table.office).user, table.created_by
    actions.send_import_back(table, note="Salah SK.", by=head)
    title = "Penetapan “Desa Binaan”; tentang: Tahap II"
    words = {
        **WORDS,
        "number": decree_of(table).number,
        "title": title,
        "signer_name": "Bagas Prakoso",
    }

    actions.correct_decree(decree_of(table), words=words, by=staff)

    (told,) = ConfirmPage(access_of(staff), Import.objects.with_page().get()).mended
    assert f"kini “{title}”" in told
    assert "kini “Bagas Prakoso”" in told
    assert "tanggal SK dahulu 7 Maret 2024, kini 12 April 2024" in told


def test_a_long_history_does_not_hide_that_the_table_was_returned(
    table: Import, sign_in: SignIn
) -> None:
    actions.send_import_back(table, note="Periksa lagi.", by=head_of(table.office).user)
    struck = [(table, f"Desa {number}: tidak ada dalam SK.") for number in range(40)]
    with transaction.atomic():
        audit.actions.record_all("import.village_struck_out", struck, by=table.created_by)

    page = sign_in(table.created_by).get(table.confirmation_url).content.decode()

    assert "Periksa lagi." in page
    assert "Belum ada yang diubah sejak dikembalikan" not in page
    assert "Desa 0: tidak ada dalam SK." in page


@pytest.mark.parametrize("number", ["W.13-0412 Tahun 2023", "w.13-0412 TAHUN 2023"])
def test_a_number_of_another_day_is_doubted_once_and_by_the_head_too(
    table: Import, sign_in: SignIn, number: str
) -> None:
    decree = decree_of(table)
    known = DecreeFactory(office=table.office, number="W.13-0412 Tahun 2023",
                          dated=date(2023, 10, 5))  # fmt: skip
    client, typed = sign_in(table.created_by), {**TYPED, "number": number}

    asked = client.post(correction(decree), typed)
    decree.refresh_from_db()
    unchanged = decree.number
    client.post(correction(decree), {**typed, SAID: words_of(asked.context["doubts"])})
    decree.refresh_from_db()
    look = sign_in(head_of(table.office).user).get(table.confirmation_url).content.decode()

    for page in (asked.content.decode(), look):
        assert "sudah tercatat sebagai SK tanggal 5 Oktober 2023" in page
        assert "menyebut Tahun 2023, sedangkan tanggalnya 12 April 2024" in page
    assert unchanged != known.number
    assert decree.number == number


def test_a_village_that_was_struck_out_names_no_sk(table: Import, sign_in: SignIn) -> None:
    (sheet, *_) = sheets(table)
    number = decree_of(table).number
    actions.strike_out(sheet, reason="Keliru.", by=table.created_by)
    client = sign_in(table.created_by)

    page = client.get(sheet.get_absolute_url()).content.decode()
    village = client.get(sheet.village.get_absolute_url()).content.decode()
    told = client.get(table.confirmation_url).content.decode()

    assert "Nomor SK" not in page
    assert f"SK {number}" not in village
    assert "ditetapkan 7 Maret" not in village
    assert "3 baris, 2 desa, 1 salah catat" in told


def test_a_table_of_which_every_village_was_struck_out_waits_for_nobody(table: Import) -> None:
    for sheet in sheets(table):
        actions.strike_out(sheet, reason="Keliru.", by=table.created_by)

    assert not Import.objects.to_confirm().exists()
    with pytest.raises(TransitionRefused, match="Tidak ada desa"):
        confirm(table)


def test_a_table_that_came_back_is_done_once_every_village_was_struck_out(
    table: Import, sign_in: SignIn
) -> None:
    actions.send_import_back(table, note="Bukan tabel kami.", by=head_of(table.office).user)
    for sheet in sheets(table):
        actions.strike_out(sheet, reason="Keliru.", by=table.created_by)

    page = sign_in(table.created_by).get(table.confirmation_url).content.decode()

    assert "Selesai, semua salah catat" in page
    assert reverse("villages:imports") in page


def test_no_page_speaks_of_a_certificate_that_never_was(table: Import, sign_in: SignIn) -> None:
    (sheet, *_) = sheets(table)
    client = sign_in(head_of(table.office).user)
    ends, revokes = (reverse(f"villages:{step}", args=[sheet.pk]) for step in
                     ("end", "revocation_request"))  # fmt: skip

    asked = client.get(ends).content.decode() + client.get(revokes).content.decode()
    page = client.get(sheet.get_absolute_url()).content.decode()

    assert "tanpa catatan buruk" in asked
    assert "ertifikat tetap sah" not in asked
    assert "sertifikatnya" not in asked
    assert "sertifikatnya tetap sah" not in page
    with_one = DesignationFactory(approved=True)
    other = sign_in(head_of(with_one.office).user)
    assert (
        "Sertifikat tetap sah"
        in other.get(reverse("villages:end", args=[with_one.pk])).content.decode()
    )


# --- At once --------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_one_corrects_while_another_confirms_and_both_are_told_the_truth() -> None:
    table = record(["Pakuncen"])
    decree, head = decree_of(table), head_of(table.office)

    outcomes = together(
        lambda: confirm(table, by=head),
        lambda: actions.correct_decree(decree, words=WORDS, by=table.created_by),
    )

    sheet = Designation.objects.select_related("decree").get()
    refused = [it for it in outcomes if isinstance(it, TransitionRefused)]
    assert not [it for it in outcomes if isinstance(it, Exception) and it not in refused]
    assert sheet.confirmed_by_id == head.user_id
    assert sheet.designated_on == sheet.decree.dated  # type: ignore[union-attr]
    if refused:
        assert "sudah dibenarkan" in refused[0].message
        assert sheet.decree == decree


@pytest.mark.django_db(transaction=True)
def test_one_strikes_out_while_another_confirms() -> None:
    table = record(["Pakuncen"])
    (sheet,), head = sheets(table), head_of(table.office)

    outcomes = together(
        lambda: confirm(table, by=head),
        lambda: actions.strike_out(sheet, reason="Keliru.", by=table.created_by),
    )

    sheet.refresh_from_db()
    (refused,) = [it for it in outcomes if isinstance(it, Exception)]
    assert isinstance(refused, TransitionRefused)
    assert (sheet.status == "struck") is (sheet.confirmed_by_id is None)


@pytest.mark.django_db(transaction=True)
def test_a_table_does_not_join_an_sk_that_is_being_corrected() -> None:
    table = record(NAMES[:2])
    decree, staff = decree_of(table), table.created_by
    RegionFactory(code="33.07.06.2002", name="Bumirejo")
    more = bring_in(table.office, "Bumirejo", by=staff, number=decree.number)

    refused = just_before(
        lambda: actions.correct_decree(decree, words=WORDS, by=staff),
        lambda: actions.record_import(more, by=staff),
    )

    assert isinstance(refused, TransitionRefused)
    assert "baru saja diperbaiki" in refused.message
    assert Designation.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_database_waits_for_whoever_certifies_before_an_sk_is_changed() -> None:
    table = record(NAMES[:1])
    decree = decree_of(table)

    refused = just_before(
        lambda: certified(sheets(table)[0]),
        lambda: Decree.objects.filter(pk=decree.pk).update(title="Lain"),
    )

    assert isinstance(refused, IntegrityError)
    assert "decree is frozen" in str(refused)


def deciding(decree: Decree) -> Callable[[], Designation]:
    """Approve another village under the decree, typed as it stands by now."""
    sheet = DesignationFactory(office=decree.office, submitted=True)
    head = head_of(decree.office)
    NumberTemplateFactory(office=decree.office)
    typed = approval(decree.office, head=head, **{name: getattr(decree, name) for name in WORDS})
    return lambda: actions.approve(sheet, typed, by=head.user)


@pytest.mark.django_db(transaction=True)
def test_no_certificate_is_ordered_under_an_sk_that_is_being_corrected() -> None:
    table = record(NAMES[:1])
    decree = decree_of(table)
    # The number and its year stay, so that it is still found under them.
    words = {**WORDS, "number": decree.number, "title": "Judul yang lain"}

    refused = just_before(
        lambda: actions.correct_decree(decree, words=words, by=table.created_by), deciding(decree)
    )

    assert isinstance(refused, TransitionRefused)
    assert "baru saja diperbaiki di portal" in refused.message
    assert not decree.designations.exclude(certificate=None).exists()


@pytest.mark.django_db(transaction=True)
def test_an_sk_under_which_a_head_decides_is_not_corrected() -> None:
    table = record(NAMES[:1])
    decree = decree_of(table)

    refused = just_before(
        deciding(decree),
        lambda: actions.correct_decree(decree, words=WORDS, by=table.created_by),
    )

    assert isinstance(refused, TransitionRefused)
    assert "ditetapkan di portal dengan SK ini" in refused.message


@pytest.mark.django_db(transaction=True)
def test_the_database_waits_for_whoever_puts_a_sheet_under_an_sk() -> None:
    table = record(NAMES[:1])
    decree, (another,) = decree_of(table), sheets(table)
    another.pk, another.village = None, VillageFactory(office=table.office)

    # Nothing of the portal holds the decree here; nobody changes it before the sheet is there.
    changed = just_before(
        lambda: another.save(force_insert=True),
        lambda: Decree.objects.filter(pk=decree.pk).update(title="Lain"),
    )

    assert changed == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_certifies_holds_the_sk_before_its_villages_as_whoever_corrects_it() -> None:
    table = record(NAMES[:1])
    decree, (sheet,) = decree_of(table), sheets(table)

    outcome = just_before(
        lambda: Decree.objects.lock(decree.pk),
        lambda: certified(sheet),
        meanwhile=lambda: Designation.objects.lock(sheet.pk),
    )

    assert outcome is None
    assert Designation.objects.get().certificate_id
