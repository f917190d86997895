"""The pages of a sheet, in each of its stages, for each who may know of it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from accounts.models import User
from audit.models import Entry
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    AssignmentFactory,
    CriterionFactory,
    DesignationFactory,
    JurisdictionFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
    VillageFactory,
    approval,
    ask_to_revoke,
    bring_in,
    checked_pdf,
    draw_now,
    fill_in,
    head_of,
    small_pdf,
)
from tests.looks import confirmed, read_of
from villages import actions
from villages.forms import ConsentForm, CoordinationForm
from villages.models import Decree, Designation, Jurisdiction, Region

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]


def decision_of(sheet: Designation) -> dict[str, str]:
    """What the decision's form sends of a sheet that it shows as it stands now."""
    return {
        "number": "W.13-77",
        "dated": sheet.office.today().isoformat(),
        "title": "Penetapan Desa Binaan Imigrasi",
        "signer_level": "office",
        "signer_name": "Ratna Wulandari",
        "certificate_signer": "decider",
        "dilihat": sheet.stamp,
    }


def what_was_read(page: HttpResponse) -> dict[str, str]:
    """What the page that checks a sheet carries to its submission."""
    (shown,) = re.findall(r'name="dilihat" value="(\d+)"', page.content.decode())
    return {"dilihat": shown}


def reword(decree: Decree, **words: str) -> None:
    """A deputy puts other words into the SK, and its number, while the head has it open."""
    deputy = UserFactory(head_of=decree.office, head_of__acting_kind="plh")
    words = {"number": "W.13-99", "dated": decree.office.today(), **words}
    actions.change_decree(decree, words=words, by=deputy)


STAGES = [
    {},
    {"complete": True},
    {"submitted": True},
    {"returned": True},
    {"rejected": True},
    {"approved": True},
    {"approved": True, "approved__number": ""},
    {"revocation_requested": True},
    {"revoked": True},
    {"ended": True},
    {"withdrawn": True},
]


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: "-".join(stage) or "draft")
@pytest.mark.parametrize("role", ["staff_of", "head_of", "admin_of"])
def test_the_record_page_shows_every_stage(
    stage: dict[str, object], role: str, sign_in: SignIn
) -> None:
    sheet = DesignationFactory(**stage)
    acting = "plh" if role == "head_of" else ""  # an office has one head at a time
    client = sign_in(UserFactory(**{role: sheet.office, f"{role}__acting_kind": acting}))

    page = client.get(sheet.get_absolute_url())

    assert page.status_code == 200
    assert str(sheet.village) in page.content.decode()


@pytest.mark.parametrize("reader", ["staff", "village", "guide"])
def test_the_list_says_who_took_the_step_to_offices_alone(sign_in: SignIn, reader: str) -> None:
    sheet = DesignationFactory(approved=True)
    match reader:
        case "staff":
            person = UserFactory(staff_of=sheet.office)
        case "village":
            person = UserFactory(village=sheet.village)
        case "guide":
            person = AssignmentFactory(
                village=sheet.village, officer__office=sheet.office
            ).officer.user

    page = sign_in(person).get("/penetapan/").content.decode()

    assert str(sheet.village) in page
    assert (sheet.status_by.name in page) is (reader == "staff")
    assert (">Oleh<" in page) is (reader == "staff")


def test_a_revocation_is_reached_while_the_number_of_the_decree_is_awaited(
    sign_in: SignIn,
) -> None:
    sheet = DesignationFactory(approved=True, approved__number="")
    actions.request_revocation(sheet, reason="Desa mengundurkan diri.", by=sheet.created_by)

    page = sign_in(sheet.decided_by).get(sheet.get_absolute_url())

    assert reverse("villages:revoke", args=[sheet.pk]) in page.content.decode()


def test_a_village_learns_nothing_of_a_sheet_that_was_never_submitted(sign_in: SignIn) -> None:
    sheet = DesignationFactory(withdrawn=True)
    client = sign_in(UserFactory(village=sheet.village))

    assert client.get(sheet.get_absolute_url()).status_code == 404


def test_a_retired_criterion_can_still_be_taken_off(sign_in: SignIn) -> None:
    sheet = DesignationFactory(complete=True)
    criterion = sheet.findings.get().criterion
    criterion.is_active = False
    criterion.save()

    client = sign_in(sheet.created_by)
    drop = client.post(reverse("villages:finding_drop", args=[sheet.pk, criterion.key]))

    assert drop.status_code == 302
    assert not sheet.findings.exists()


def test_before_a_criterion_goes_it_is_said_what_goes_with_it(sign_in: SignIn) -> None:
    sheet = DesignationFactory(complete=True)
    finding = sheet.findings.get()
    actions.write_finding(
        sheet,
        finding.criterion,
        justification=finding.justification,
        evidence=checked_pdf("kasus.pdf"),
        by=sheet.created_by,
    )
    client = sign_in(sheet.created_by)
    record = reverse("villages:finding", args=[sheet.pk, finding.criterion.key])
    address = reverse("villages:finding_drop", args=[sheet.pk, finding.criterion.key])

    page = client.get(record).content.decode()
    asked = client.get(address).content.decode()

    assert f'href="{address}"' in page
    assert f'action="{address}"' not in page
    assert escape(finding.justification) in asked
    assert "kasus.pdf" in asked
    assert sheet.findings.exists()
    told = client.post(address, follow=True).content.decode()
    assert "dihapus dari usulan" in told
    assert not sheet.findings.exists()
    assert client.get(address)["Location"] == reverse("villages:findings", args=[sheet.pk])


def test_a_file_that_is_there_under_another_name_is_not_kept_in_silence(sign_in: SignIn) -> None:
    sheet = DesignationFactory(complete=True)
    client = sign_in(sheet.created_by)
    address = reverse("villages:finding", args=[sheet.pk, sheet.findings.get().criterion.key])
    content = small_pdf()

    def sent(name: str) -> str:
        file = SimpleUploadedFile(name, content, "application/pdf")
        said = {"justification": "Dua kasus.", "evidence": file}
        return client.post(address, said, follow=True).content.decode()

    first, again, renamed = sent("kasus.pdf"), sent("kasus.pdf"), sent("kasus-2026.pdf")

    told = "Berkas ini sudah dilampirkan sebagai kasus.pdf."
    assert told not in first + again
    assert f"Berkas kasus-2026.pdf tidak ditambahkan. {told}" in renamed
    assert sheet.documents.evidence().count() == 1


@pytest.mark.parametrize("name", ["approve", "return", "reject"])
def test_a_step_that_is_not_open_shows_how_things_stand(name: str, sign_in: SignIn) -> None:
    sheet = DesignationFactory(rejected=True)
    other = UserFactory(head_of=sheet.office, head_of__acting_kind="plh")
    client = sign_in(other)
    NumberTemplateFactory(office=sheet.office)

    page = client.get(reverse(f"villages:{name}", args=[sheet.pk]), follow=True)

    assert sheet.decided_by.name in page.content.decode()
    assert page.redirect_chain == [(sheet.get_absolute_url(), 302)]


def test_a_recorded_decree_covers_a_second_village(sign_in: SignIn) -> None:
    first = DesignationFactory(approved=True)
    second = DesignationFactory(office=first.office, submitted=True)
    decision = {
        "decree": first.decree.pk,
        "signer_level": "office",
        "certificate_signer": "decider",
        "dilihat": second.stamp,
    }

    client = sign_in(first.decided_by)
    address = reverse("villages:approve", args=[second.pk])
    look = client.post(address, decision)
    assert first.decree.number in look.content.decode()
    assert Designation.objects.get(pk=second.pk).decree is None
    client.post(address, {**decision, **read_of(look), "confirmed": "1"})

    second.refresh_from_db()
    assert second.decree == first.decree
    assert second.certificate.facts["decree"]["number"] == first.decree.number


def test_a_date_without_its_number_is_no_decision_yet(sign_in: SignIn) -> None:
    sheet = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=sheet.office)
    client = sign_in(UserFactory(head_of=sheet.office))
    address = reverse("villages:approve", args=[sheet.pk])
    typed = {
        "number": "",
        "dated": sheet.office.today().isoformat(),
        "title": "Penetapan",
        "signer_level": "office",
        "signer_name": "Ratna",
        "certificate_signer": "decider",
        "dilihat": sheet.stamp,
    }

    asked = client.post(address, {**typed, "confirmed": "1"}).content.decode()
    assert "atau kosongkan tanggalnya" in asked
    assert 'type="checkbox" name="unnumbered"' in asked  # what the sentence names is there
    assert Designation.objects.get(pk=sheet.pk).status == "submitted"
    client.post(address, confirmed(client, address, {**typed, "unnumbered": "on"}))

    sheet.refresh_from_db()
    assert sheet.is_approved
    assert sheet.awaits_decree_number


@pytest.mark.parametrize("step", [{}, {"confirmed": "1"}])
def test_a_sheet_that_was_submitted_again_meanwhile_is_shown_anew(
    step: dict[str, str], sign_in: SignIn
) -> None:
    sheet = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=sheet.office)
    client = sign_in(UserFactory(head_of=sheet.office))
    address = reverse("villages:approve", args=[sheet.pk])
    shown = sheet.stamp
    other = UserFactory(head_of=sheet.office, head_of__acting_kind="plh")
    actions.return_to_staff(sheet, note="Lengkapi.", by=other)
    again = actions.submit(sheet, by=sheet.created_by)

    page = client.post(address, {**decision_of(sheet), "dilihat": shown, **step}).content.decode()

    assert f"usulan ini diajukan lagi oleh {sheet.created_by.name}" in page
    assert sheet.findings.get().justification in page
    assert 'value="W.13-77"' in page
    assert f'name="dilihat" value="{again.stamp}"' in page
    sheet.refresh_from_db()
    assert sheet.status == "submitted"
    read = {**decision_of(sheet), "dilihat": again.stamp}
    client.post(address, confirmed(client, address, read))
    sheet.refresh_from_db()
    assert sheet.is_approved


@pytest.mark.parametrize("is_own", [False, True])
def test_what_changed_since_one_checked_it_is_not_submitted_unread(
    is_own: bool, sign_in: SignIn
) -> None:
    sheet = DesignationFactory(complete=True)
    person = sheet.created_by if is_own else UserFactory(staff_of=sheet.office)
    client = sign_in(sheet.created_by)
    address = reverse("villages:review", args=[sheet.pk])
    shown = what_was_read(client.get(address))
    facts = {"held_on": sheet.office.today(), "place": "Balai Desa Baru"}
    actions.write_coordination(sheet, facts=facts, by=person)

    answer = client.post(reverse("villages:submit", args=[sheet.pk]), shown, follow=True)

    page = answer.content.decode()
    who = "Anda" if is_own else person.name
    assert f"Belum diajukan: {who} mencatat koordinasi, " in page
    assert answer.request["PATH_INFO"] == address
    assert "Balai Desa Baru" in page
    sheet.refresh_from_db()
    assert sheet.status == "draft"
    for _ in range(2):  # a second click shows what became of the first
        submitted = client.post(
            reverse("villages:submit", args=[sheet.pk]), what_was_read(answer), follow=True
        )
        assert "diajukan ke Kepala Kantor" in submitted.content.decode()
    assert Entry.objects.about(sheet).filter(verb="designation.submitted").count() == 1


def test_who_does_not_say_what_they_read_submits_nothing(sign_in: SignIn) -> None:
    sheet = DesignationFactory(complete=True)
    actions.write_finding(
        sheet, CriterionFactory(), justification="Banyak yang berangkat.", by=sheet.created_by
    )

    answer = sign_in(sheet.created_by).post(reverse("villages:submit", args=[sheet.pk]))

    assert answer["Location"] == reverse("villages:review", args=[sheet.pk])
    sheet.refresh_from_db()
    assert sheet.status == "draft"


def test_what_was_sent_back_is_not_called_complete_before_somebody_touched_it(
    sign_in: SignIn,
) -> None:
    sheet = DesignationFactory(returned=True)
    client = sign_in(sheet.created_by)
    finding = sheet.findings.get()

    before = client.get(sheet.get_absolute_url()).content.decode()
    actions.write_finding(
        sheet, finding.criterion, justification="Kini lebih lengkap.", by=sheet.created_by
    )
    after = client.get(sheet.get_absolute_url()).content.decode()

    assert before.count("Periksa lagi") == 3  # an empty coordination may be what was meant
    assert "Lengkap</span>" not in before
    assert "Tidak wajib" not in before
    assert after.count("Periksa lagi") == 2


def test_the_first_part_that_a_draft_lacks_leads(sign_in: SignIn) -> None:
    sheet = DesignationFactory()
    client = sign_in(sheet.created_by)
    led_to = []

    for complete in (fill_criterion, fill_in, None):
        page = client.get(sheet.get_absolute_url()).content.decode()
        [first] = re.findall(r'<a class="button" href="([^"]+)">', page)
        led_to.append(first.removeprefix(sheet.get_absolute_url()))
        if complete:
            complete(sheet)

    assert led_to == ["kriteria/", "kesediaan/", "periksa/"]


def test_a_rejected_village_is_proposed_again_with_its_old_words_at_hand(sign_in: SignIn) -> None:
    sheet = DesignationFactory(rejected=True)
    Jurisdiction.objects.get_or_create(office=sheet.office, region=sheet.village.region.regency)
    client, finding = sign_in(UserFactory(staff_of=sheet.office)), sheet.findings.get()

    page = client.get(sheet.get_absolute_url()).content.decode()
    client.post(reverse("villages:propose"), {"region": sheet.village.region_id})
    new = Designation.objects.latest("pk")
    form = client.get(reverse("villages:finding", args=[new.pk, finding.criterion.key]))
    old = client.get(sheet.get_absolute_url()).content.decode()

    assert "Usulkan kembali" in page
    assert (new.village, new.status) == (sheet.village, "draft")
    assert finding.justification in form.content.decode()
    assert "Usulkan kembali" not in old


def fill_criterion(sheet: Designation) -> None:
    words = "Sekitar 140 warga bekerja di luar negeri."
    actions.write_finding(sheet, CriterionFactory(), justification=words, by=sheet.created_by)


def again(sheet: Designation, **facts: object) -> Designation:
    return DesignationFactory(village=sheet.village, office=sheet.office, **facts)


def elsewhere(sheet: Designation) -> Designation:
    return DesignationFactory(village=sheet.village)


def given_another_code(sheet: Designation) -> None:
    Region.objects.filter(pk=sheet.village.region_id).update(retired_on=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("since", "may"),
    [
        (lambda sheet: again(sheet, withdrawn=True), True),
        (again, False),
        (lambda sheet: again(sheet, rejected=True), False),  # the later one offers it
        (elsewhere, True),
        (given_another_code, False),
    ],
)
def test_a_rejected_village_is_offered_again_while_it_may_be_proposed(
    since: Callable[[Designation], object], may: bool, sign_in: SignIn
) -> None:
    sheet = DesignationFactory(rejected=True)
    since(sheet)

    page = sign_in(sheet.created_by).get(sheet.get_absolute_url()).content.decode()

    assert ("Desa ini boleh diusulkan lagi" in page) is may
    assert ("Usulkan kembali" in page) is may


@pytest.mark.parametrize(
    ("page", "said"), [("return", {"note": "Belum jelas."}), ("reject", {"reason": "Belum jelas."})]
)
def test_nor_is_it_sent_back_or_rejected_unread(
    page: str, said: dict[str, str], sign_in: SignIn
) -> None:
    sheet = DesignationFactory(submitted=True)
    client = sign_in(UserFactory(head_of=sheet.office))
    record = client.get(sheet.get_absolute_url()).content.decode()
    address = f"{reverse(f'villages:{page}', args=[sheet.pk])}?dilihat={sheet.stamp}"
    other = UserFactory(head_of=sheet.office, head_of__acting_kind="plh")
    actions.return_to_staff(sheet, note="Lengkapi.", by=other)
    again = actions.submit(sheet, by=sheet.created_by)

    form = client.get(address).content.decode()
    answer = client.post(address, {**said, "dilihat": sheet.stamp}).content.decode()

    assert address in record
    assert f'name="dilihat" value="{sheet.stamp}"' in form
    assert f"usulan ini diajukan lagi oleh {sheet.created_by.name}" in answer
    assert "Belum jelas." in answer
    assert f'name="dilihat" value="{again.stamp}"' in answer
    sheet.refresh_from_db()
    assert sheet.status == "submitted"
    client.post(address, {**said, "dilihat": again.stamp})
    sheet.refresh_from_db()
    assert sheet.status in {"returned", "rejected"}


@pytest.mark.parametrize("days", [-1, 0])
def test_an_sk_older_than_the_villages_letter_is_doubted_and_not_refused(
    days: int, sign_in: SignIn
) -> None:
    sheet = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=sheet.office)
    client = sign_in(UserFactory(head_of=sheet.office))
    address = reverse("villages:approve", args=[sheet.pk])
    letter = sheet.consent.letter_dated
    typed = {**decision_of(sheet), "dated": (letter + timedelta(days=days)).isoformat()}

    look = client.post(address, typed).content.decode()
    client.post(address, confirmed(client, address, typed))

    sheet.refresh_from_db()
    assert ("lebih dahulu daripada dasar usulannya" in look) is (days < 0)
    assert (f"surat kesediaan {formats.long_date(letter)}" in look) is (days < 0)
    assert sheet.is_approved


def test_the_check_names_what_the_sk_designates_already(sign_in: SignIn) -> None:
    first = DesignationFactory(approved=True)
    second = DesignationFactory(office=first.office, submitted=True)
    client = sign_in(first.decided_by)
    address = reverse("villages:approve", args=[second.pk])
    chosen = {
        "decree": first.decree.pk,
        "certificate_signer": "decider",
        "signer_level": "office",
        "dilihat": second.stamp,
    }

    known = client.post(address, chosen).content.decode()
    new = client.post(address, {**decision_of(second), "number": "W.13-123"}).content.decode()

    assert "Sudah dalam SK ini" in known
    assert f"1 desa: {first.village}" in known
    assert "Sudah dalam SK ini" not in new


def test_a_number_is_looked_at_once_more_before_it_orders_certificates(sign_in: SignIn) -> None:
    sheet = DesignationFactory(approved=True, approved__number="")
    client = sign_in(UserFactory(staff_of=sheet.office))
    address = reverse("villages:decree_number", args=[sheet.pk])
    typed = {"number": "W.13-70", "dated": sheet.office.today().isoformat()}

    look = client.post(address, typed)
    sheet.decree.refresh_from_db()
    assert (sheet.decree.number, sheet.certificate) == ("", None)
    back = client.post(address, {**typed, "edit": "1"}).content.decode()
    picture = SimpleUploadedFile("sk.txt", b"bukan gambar", "text/plain")
    refused = client.post(address, {**typed, "scan": picture, "confirmed": "1"})
    client.post(
        address,
        {
            **typed,
            **read_of(look),
            "scan": SimpleUploadedFile("sk.pdf", small_pdf(), "application/pdf"),
            "confirmed": "1",
        },
    )

    sheet.refresh_from_db()
    assert "Catat dan pesan sertifikat" in look.content.decode()
    assert str(sheet.village) in look.content.decode()
    assert sheet.certificate.number in look.content.decode()  # the forecast came true
    assert 'value="W.13-70"' in back
    assert "Catat dan pesan sertifikat" in refused.content.decode()
    assert "error-summary" in refused.content.decode()
    assert sheet.decree.number == "W.13-70"
    assert sheet.documents.filter(purpose="decree").exists()


def test_a_revocation_is_looked_at_once_more_before_it_is_for_good(sign_in: SignIn) -> None:
    sheet = DesignationFactory(revocation_requested=True)
    client = sign_in(sheet.decided_by)
    address = reverse("villages:revoke", args=[sheet.pk])
    typed = {"decree_number": "W.13-C-9", "decree_dated": sheet.office.today().isoformat()}

    look = client.post(address, typed).content.decode()
    back = client.post(address, {**typed, "confirmed": "1", "edit": "1"}).content.decode()
    sheet.refresh_from_db()
    assert sheet.is_approved
    client.post(address, {**typed, "confirmed": "1", "dilihat": sheet.pending_revocation.stamp})

    sheet.refresh_from_db()
    assert "W.13-C-9" in look
    assert sheet.certificate.number in look
    assert 'value="W.13-C-9"' in back
    assert sheet.status == "revoked"


@pytest.mark.parametrize("number", ["W.13-77", "W.13-88"])
def test_a_second_decision_from_another_tab_is_not_swallowed(number: str, sign_in: SignIn) -> None:
    sheet = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=sheet.office)
    client, address = (
        sign_in(UserFactory(head_of=sheet.office)),
        reverse("villages:approve", args=[sheet.pk]),
    )
    client.post(address, confirmed(client, address, decision_of(sheet)), follow=True)

    page = client.post(address, {**decision_of(sheet), "number": number}, follow=True)

    sheet.refresh_from_db()
    assert sheet.decree.number == "W.13-77"
    assert ("Isian Anda di halaman tadi tidak dipakai" in page.content.decode()) is (
        number != "W.13-77"
    )


@pytest.mark.parametrize("stamp", ["", "abc", "9" * 40, "-1"])
def test_a_page_that_does_not_say_what_it_showed_decides_nothing(
    stamp: str, sign_in: SignIn
) -> None:
    sheet = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=sheet.office)
    client = sign_in(UserFactory(head_of=sheet.office))
    decided = {**decision_of(sheet), "dilihat": stamp, "confirmed": "1"}

    page = client.post(reverse("villages:approve", args=[sheet.pk]), decided)

    assert page.status_code == 200
    sheet.refresh_from_db()
    assert sheet.status == "submitted"


@pytest.mark.parametrize("signer", ["decider", "decree"])
def test_an_acting_head_sees_how_they_will_be_printed(signer: str, sign_in: SignIn) -> None:
    sheet = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=sheet.office)
    deputy = UserFactory(head_of=sheet.office, head_of__acting_kind="plh")
    mine = {**decision_of(sheet), "signer_name": deputy.name, "certificate_signer": signer}

    client = sign_in(deputy)
    look = client.post(reverse("villages:approve", args=[sheet.pk]), mine).content.decode()
    theirs = client.post(
        reverse("villages:approve", args=[sheet.pk]), mine | {"signer_name": "Orang Lain"}
    ).content.decode()

    assert "SK ditandatangani oleh" in look
    assert f"{deputy.name}, Plh. Kepala Kantor" in look
    assert f"Plh. Kepala {sheet.office.name}" in look
    assert "Orang Lain, Kepala Kantor" in theirs


def test_a_recorded_decree_needs_nothing_beside_it(sign_in: SignIn) -> None:
    first = DesignationFactory(approved=True)
    second = DesignationFactory(office=first.office, submitted=True)
    decision = {
        "decree": first.decree.pk,
        "certificate_signer": "decider",
        "dilihat": second.stamp,
    }
    client = sign_in(first.decided_by)
    address = reverse("villages:approve", args=[second.pk])

    client.post(address, confirmed(client, address, decision))

    second.refresh_from_db()
    assert second.decree == first.decree


def test_what_was_put_into_the_decree_meanwhile_is_read_before_it_is_decided(
    sign_in: SignIn,
) -> None:
    first = DesignationFactory(approved=True, approved__number="")
    second = DesignationFactory(office=first.office, submitted=True)
    decree, client = first.decree, sign_in(first.decided_by)
    address = reverse("villages:approve", args=[second.pk])
    chosen = {
        "decree": decree.pk,
        "certificate_signer": "decider",
        "dilihat": second.stamp,
    }
    read = confirmed(client, address, chosen)
    reword(decree, title="Penetapan desa yang lain sekali")

    look = client.post(address, read)
    unsaid = client.post(address, {**chosen, "confirmed": "1"})
    undecided = Designation.objects.get(pk=second.pk)
    client.post(address, {**chosen, **read_of(look), "confirmed": "1"})

    second.refresh_from_db()
    assert "berubah sesudah Anda memeriksanya (isi SK)" in look.content.decode()
    assert "halaman tadi tidak memperlihatkan yang akan tercetak" in unsaid.content.decode()
    for page in (look, unsaid):
        assert "Penetapan desa yang lain sekali" in page.content.decode()
    assert (undecided.status, undecided.decree) == ("submitted", None)
    assert second.certificate.facts["decree"]["title"] == "Penetapan desa yang lain sekali"


def test_what_was_put_into_the_decree_in_the_last_moment_stops_the_decision() -> None:
    first = DesignationFactory(approved=True, approved__number="")
    second = DesignationFactory(office=first.office, submitted=True)
    decision = approval(first.office, decree=first.decree)
    read = decision.prints(first.office, [second]).stamp
    reword(first.decree, signer_name="Orang Lain")

    with pytest.raises(TransitionRefused, match=r"Belum diputuskan: .* berubah .*\(isi SK\)"):
        actions.approve(second, replace(decision, printed=read), by=decision.head.user)

    assert Designation.objects.get(pk=second.pk).decree is None


def test_what_was_put_into_the_decree_meanwhile_is_read_before_it_is_numbered(
    sign_in: SignIn,
) -> None:
    sheet = DesignationFactory(approved=True, approved__number="")
    client = sign_in(UserFactory(staff_of=sheet.office))
    address = reverse("villages:decree_number", args=[sheet.pk])
    typed = {"number": "W.13-70", "dated": sheet.office.today().isoformat()}
    read = confirmed(client, address, typed)
    words = {"title": "Penetapan desa yang lain sekali", "number": ""}
    actions.change_decree(sheet.decree, words=words, by=sheet.decided_by)

    look = client.post(address, read)
    with pytest.raises(TransitionRefused, match=r"Belum dicatat: .* berubah .*\(isi SK\)"):
        actions.record_decree(
            sheet,
            number="W.13-70",
            dated=sheet.office.today(),
            by=sheet.created_by,
            printed=read["tercetak"],
        )
    unnumbered = Decree.objects.get().number
    client.post(address, {**typed, **read_of(look), "confirmed": "1"})

    sheet.refresh_from_db()
    assert "berubah sesudah Anda memeriksanya (isi SK)" in look.content.decode()
    assert "Penetapan desa yang lain sekali" in look.content.decode()
    assert unnumbered == ""
    assert sheet.certificate.facts["decree"]["title"] == "Penetapan desa yang lain sekali"


def test_the_scan_alone_is_asked_for_where_the_number_is_recorded(sign_in: SignIn) -> None:
    sheet = DesignationFactory(approved=True)
    client = sign_in(UserFactory(staff_of=sheet.office))
    address = reverse("villages:decree_number", args=[sheet.pk])

    page = client.get(address).content.decode()
    refused = client.post(address, {"csrfmiddlewaretoken": "x"}).content.decode()
    scan = SimpleUploadedFile("sk.pdf", small_pdf(), "application/pdf")
    client.post(address, {"scan": scan})

    before, after = sheet.decree, Decree.objects.get(pk=sheet.decree_id)
    for shown in (page, refused):
        assert f"<title>Pindaian SK {sheet.village}" in shown
        assert "<h1>Pindaian SK</h1>" in shown
        assert sheet.decree.number in shown
        assert formats.long_date(sheet.decree.dated) in shown
        assert 'name="number"' not in shown
        assert 'name="dated"' not in shown
        assert "tercetak pada sertifikat" in shown
    assert "Pilih pindaian SK." in refused
    assert (after.number, after.dated) == (before.number, before.dated)
    assert sheet.documents.get(purpose="decree").name == "sk.pdf"


def test_of_a_decree_from_a_table_its_page_says_who_mends_it(sign_in: SignIn) -> None:
    office = JurisdictionFactory().office
    RegionFactory(code="33.07.06.2009", name="Pakuncen")
    table = bring_in(office, "Pakuncen")
    actions.record_import(table, by=table.created_by)
    sheet = Designation.objects.get()

    address = reverse("villages:decree_number", args=[sheet.pk])
    page = sign_in(table.created_by).get(address).content.decode()

    assert f'<a href="{sheet.decree.get_absolute_url()}">halaman SK</a>' in page


def test_a_criterion_that_was_saved_says_so(sign_in: SignIn) -> None:
    sheet = DesignationFactory()
    criterion = CriterionFactory()
    client = sign_in(sheet.created_by)
    address = reverse("villages:finding", args=[sheet.pk, criterion.key])
    typed = {"justification": "Sekitar 140 warga bekerja di luar negeri."}

    pages = [client.post(address, typed | more, follow=True) for more in ({}, {"next": "again"})]

    for page in pages:
        assert escape(f"Kriteria “{criterion.label}” disimpan.") in page.content.decode()


def test_who_comes_back_to_a_declined_request_sees_the_page_with_both_ways(
    sign_in: SignIn,
) -> None:
    sheet = DesignationFactory(revocation_requested=True)

    page = sign_in(sheet.decided_by).get(reverse("villages:decline_revocation", args=[sheet.pk]))

    assert page.url == reverse("villages:revoke", args=[sheet.pk])


def test_a_meeting_that_many_villages_shared_is_taken_over_by_choice(sign_in: SignIn) -> None:
    sheet = DesignationFactory()
    met = {"held_on": date(2025, 3, 1), "place": "Aula Kecamatan", "attended_by": "Camat",
           "outcome": "Sepakat."}  # fmt: skip
    for _ in range(2):
        other = DesignationFactory(office=sheet.office)
        actions.write_coordination(other, facts=met, by=other.created_by)
    elsewhere = DesignationFactory()
    foreign = met | {"place": "Aula orang lain"}
    stranger = actions.write_coordination(elsewhere, facts=foreign, by=elsewhere.created_by)
    client = sign_in(sheet.created_by)
    address = reverse("villages:coordination", args=[sheet.pk])

    page = client.get(address).content.decode()
    assert page.count("1 Maret 2025, Aula Kecamatan</p>") == 1
    assert "Aula orang lain" not in page
    assert 'value="Aula Kecamatan"' not in page
    [chosen] = re.findall(r"\?dari=(\d+)", page)
    filled = client.get(address, {"dari": chosen}).content.decode()
    assert 'value="Aula Kecamatan"' in filled
    assert f"Terisi dari koordinasi untuk {other.village}" in filled
    refused = client.get(address, {"dari": stranger.pk}).content.decode()
    assert "Aula orang lain" not in refused
    assert not hasattr(Designation.objects.get(pk=sheet.pk), "coordination")


def test_the_list_begins_with_the_latest_step(sign_in: SignIn) -> None:
    first = DesignationFactory(complete=True)
    others = [DesignationFactory(office=first.office) for _ in range(2)]
    actions.submit(first, by=first.created_by)

    listed = sign_in(first.created_by).get(reverse("villages:designations")).text

    order = [listed.index(f'href="{it.get_absolute_url()}"') for it in (first, *reversed(others))]
    assert order == sorted(order)


def test_an_sk_of_before_the_deputy_s_first_day_is_doubted(sign_in: SignIn) -> None:
    sheet = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=sheet.office)
    first = sheet.office.today() - timedelta(days=1)
    deputy = UserFactory(head_of=sheet.office, head_of__acting_kind="plh", head_of__starts_on=first)
    client, address = sign_in(deputy), reverse("villages:approve", args=[sheet.pk])
    typed = {**decision_of(sheet), "signer_name": deputy.name, "certificate_signer": "decree"}

    fitting = client.post(address, typed | {"dated": first.isoformat()}).text
    day = first - timedelta(days=3)
    doubted = client.post(address, typed | {"dated": day.isoformat()}).text

    said = f"bukan Plh. Kepala {sheet.office.name} pada tanggal SK, {formats.long_date(day)}"
    assert f"{deputy.name} {said}" in doubted
    assert "pada tanggal SK" not in fitting


def test_an_sk_that_names_another_village_is_doubted(sign_in: SignIn) -> None:
    sheet = DesignationFactory(submitted=True)
    office, village = sheet.office, sheet.village.name
    first = DesignationFactory(
        office=office, approved=True, approved__title=f"Penetapan {village[:5]} Lain sebagai DBI"
    )
    Region.objects.filter(pk=first.village.region_id).update(name=f"{village[:5]} Lain")
    head, address = sign_in(head_of(office).user), reverse("villages:approve", args=[sheet.pk])
    chosen = {"decree": first.decree_id, "certificate_signer": "decider", "dilihat": sheet.stamp}

    named_another = head.post(address, chosen).text
    Region.objects.filter(pk=sheet.village.region_id).update(name=f"{village[:5]} Lain")
    named_alike = head.post(address, chosen).text

    assert f"Judul SK ini menyebut {village[:5]} Lain, bukan {sheet.village}." in named_another
    assert "Judul SK ini menyebut" not in named_alike


@pytest.mark.parametrize("button", ["revoke", "decline_revocation"])
def test_a_request_to_revoke_that_was_not_read_is_not_answered(
    button: str, sign_in: SignIn
) -> None:
    sheet = DesignationFactory(revocation_requested=True)
    client, address = sign_in(sheet.decided_by), reverse("villages:revoke", args=[sheet.pk])
    page = client.get(address).text
    (seen,) = set(re.findall(r'name="dilihat" value="(\d+)"', page))
    typed = {"decree_number": "W.13-C-9", "decree_dated": sheet.office.today().isoformat()}
    deputy = UserFactory(head_of=sheet.office, head_of__acting_kind="plh")
    actions.decline_revocation(sheet, note="Belum.", head=deputy.memberships.get(), by=deputy)
    other = UserFactory(staff_of=sheet.office)
    ask_to_revoke(sheet, reason="Alasan kedua.", by=other)

    said = {**typed, "note": "Tidak.", "confirmed": "1", "dilihat": seen}
    told = client.post(reverse(f"villages:{button}", args=[sheet.pk]), said, follow=True).text

    assert f"diusulkan lagi oleh {other.name}" in told
    assert Designation.objects.get(pk=sheet.pk).pending_revocation.reason == "Alasan kedua."


def test_the_sk_of_a_revocation_is_told_where_it_is_read_of(sign_in: SignIn) -> None:
    sheet = DesignationFactory(revoked=True)
    staff = sign_in(UserFactory(staff_of=sheet.office))

    page = staff.get(sheet.get_absolute_url()).text

    sk = f"SK W.13-PENCABUTAN-1, {formats.long_date(sheet.office.today())}"
    assert page.count(f"Dengan {sk}.") == 1
    assert page.count(f"{sk}. Desa mengundurkan diri.") == 1  # the history
    assert "<dt>Dicabut dengan SK</dt>" in page


def test_a_revocation_older_than_what_it_revokes_is_refused(sign_in: SignIn) -> None:
    sheet = DesignationFactory(revocation_requested=True)
    day = sheet.decree.dated - timedelta(days=1)
    typed = {"decree_number": "W.13-C-9", "decree_dated": day.isoformat(), "confirmed": "1"}

    page = sign_in(sheet.decided_by).post(reverse("villages:revoke", args=[sheet.pk]), typed).text

    assert "lebih tua daripada SK penetapannya" in page
    head = head_of(sheet.office)
    with pytest.raises(TransitionRefused, match="lebih tua"):
        actions.revoke(sheet, decree_number="1", decree_dated=day, head=head, by=head.user)


def test_the_letter_is_signed_by_the_head_unless_somebody_says_otherwise(sign_in: SignIn) -> None:
    sheet = DesignationFactory()

    page = sign_in(sheet.created_by).get(reverse("villages:consent", args=[sheet.pk]))

    assert f'value="{sheet.village.head_title}"' in page.content.decode()


def test_the_decision_leads_to_the_next_one_that_waits(sign_in: SignIn) -> None:
    sheet = DesignationFactory(submitted=True)
    head = UserFactory(head_of=sheet.office)
    own = DesignationFactory(office=sheet.office, submitted=True, created_by=head)
    later = DesignationFactory(office=sheet.office, submitted=True)
    longest = DesignationFactory(office=sheet.office, submitted=True)
    for waiting, days in ((longest, 9), (own, 19)):
        since = timezone.now() - timedelta(days=days)
        Designation.objects.filter(pk=waiting.pk).update(status_at=since)
    address = reverse("villages:return", args=[sheet.pk])

    said = {"note": "Lengkapi.", "dilihat": sheet.stamp}
    page = sign_in(head).post(address, said, follow=True).content.decode()

    way = f'<a href="{longest.get_absolute_url()}">{longest.village}</a>'
    assert f"Berikutnya menunggu keputusan Anda: {way}." in page
    assert own.get_absolute_url() not in page
    assert later.get_absolute_url() not in page


def test_who_has_submitted_a_sheet_is_offered_the_next_village(sign_in: SignIn) -> None:
    sheet = DesignationFactory(submitted=True)
    colleague = UserFactory(staff_of=sheet.office)

    mine = sign_in(sheet.status_by).get(sheet.get_absolute_url()).content.decode()
    theirs = sign_in(colleague).get(sheet.get_absolute_url()).content.decode()

    assert "Usulkan desa berikutnya" in mine
    assert "Usulkan desa berikutnya" not in theirs


def test_a_known_number_with_other_facts_is_refused_at_its_field(sign_in: SignIn) -> None:
    first = DesignationFactory(approved=True)
    second = DesignationFactory(office=first.office, submitted=True)
    decision = {
        "number": first.decree.number,
        "dated": first.decree.dated.isoformat(),
        "title": "Penetapan desa lain",
        "signer_level": "office",
        "signer_name": "Orang Lain",
        "certificate_signer": "decider",
        "dilihat": second.stamp,
        "confirmed": "1",
    }

    page = sign_in(first.decided_by).post(reverse("villages:approve", args=[second.pk]), decision)

    assert "sudah tercatat dengan isi lain" in page.content.decode()
    assert first.decree.title in page.content.decode()
    assert Designation.objects.get(pk=second.pk).decree is None


@pytest.mark.parametrize("address", ["villages:designations", "villages:villages"])
def test_a_village_is_offered_no_state_that_it_never_sees(address: str, sign_in: SignIn) -> None:
    sheet = DesignationFactory(approved=True)
    villager, staff = UserFactory(village=sheet.village), UserFactory(staff_of=sheet.office)

    theirs = sign_in(villager).get(reverse(address)).content.decode()
    office = sign_in(staff).get(reverse(address)).content.decode()

    for value in ('value="draft"', 'value="tanpa-sertifikat"'):
        assert value not in theirs
    assert 'value="draft"' in office
    assert 'value="returned"' in theirs


@pytest.mark.parametrize("region", ["", "abc", "\x00", "0", "999999999999999999999"])
def test_a_picker_without_a_choice_is_the_page_again(region: str, sign_in: SignIn) -> None:
    client = sign_in(UserFactory(staff_of=OfficeFactory()))

    page = client.post(reverse("villages:propose"), {"region": region})

    assert page.status_code == 200


def test_a_colleagues_draft_is_offered_as_theirs_and_opens_with_a_word(sign_in: SignIn) -> None:
    draft = DesignationFactory()
    staff = UserFactory(staff_of=draft.office)
    region = draft.village.region
    Jurisdiction.objects.create(office=draft.office, region=region.regency, is_confirmed=True)
    client, address = sign_in(staff), reverse("villages:propose")

    offered = client.get(address, {"q": region.name}).content.decode()
    opened = client.post(address, {"region": region.pk}, follow=True)

    assert f"disusun {draft.created_by.name}" in offered
    assert "Lanjutkan" in offered
    assert ">Usulkan <" not in offered
    assert opened.redirect_chain[0][0] == draft.get_absolute_url()
    assert f"sudah ada draf, disusun {draft.created_by.name}" in opened.content.decode()


def test_a_village_without_a_sheet_opens_without_such_a_word(sign_in: SignIn) -> None:
    office, region = OfficeFactory(), RegionFactory()
    Jurisdiction.objects.create(office=office, region=region.regency, is_confirmed=True)
    client, address = sign_in(UserFactory(staff_of=office)), reverse("villages:propose")

    offered = client.get(address, {"q": region.name}).content.decode()
    opened = client.post(address, {"region": region.pk}, follow=True)

    assert ">Usulkan <" in offered
    assert "sudah ada draf" not in opened.content.decode()


def test_the_national_admin_says_who_serves_where(sign_in: SignIn) -> None:
    office = OfficeFactory()
    regency = RegionFactory().regency
    admin = UserFactory(admin_of=office.parent.parent)

    client = sign_in(admin)
    client.post(reverse("villages:jurisdictions", args=[office.code]), {"region": regency.pk})

    claim = Jurisdiction.objects.get(office=office)
    assert claim.is_confirmed
    assert claim.confirmed_by == admin


def test_an_office_admin_reads_jurisdictions_and_settles_none(sign_in: SignIn) -> None:
    office = OfficeFactory()
    client = sign_in(UserFactory(admin_of=office))
    address = reverse("villages:jurisdictions", args=[office.code])

    assert client.get(address).status_code == 200
    assert client.post(address, {"region": RegionFactory().regency.pk}).status_code == 403


def test_another_office_s_head_is_not_prefilled_as_the_decider(sign_in: SignIn) -> None:
    sheet = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=sheet.office)
    head = UserFactory(head_of=sheet.office)
    decision = {
        "title": "Penetapan Desa Binaan Imigrasi",
        "signer_level": "regional",
        "signer_name": head.name,
        "certificate_signer": "decree",
        "dilihat": sheet.stamp,
        "confirmed": "1",
    }

    page = sign_in(head).post(reverse("villages:approve", args=[sheet.pk]), decision)

    assert "Isi nama pejabat yang menandatangani SK itu" in page.content.decode()
    assert Designation.objects.get(pk=sheet.pk).decree is None


def test_a_head_reads_first_what_was_to_be_mended(sign_in: SignIn) -> None:
    sheet = DesignationFactory(returned=True)
    actions.submit(sheet, by=sheet.created_by)
    NumberTemplateFactory(office=sheet.office)
    head = UserFactory(head_of=sheet.office, head_of__acting_kind="plh")

    page = sign_in(head).get(sheet.get_absolute_url())

    assert "dan kini diajukan kembali" in page.content.decode()


def test_a_wrong_decision_form_still_shows_what_is_decided(sign_in: SignIn) -> None:
    sheet = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=sheet.office)
    client = sign_in(UserFactory(head_of=sheet.office))

    page = client.post(f"{sheet.get_absolute_url()}tetapkan/", {"number": "W.1"}).content.decode()

    assert "error-summary" in page
    assert sheet.findings.get().justification in page


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("33.07.06.2009", "Kepala Desa Pakuncen"),
        ("33.07.06.1001", "Lurah Pakuncen"),
        ("11.06.01.2001", "Keuchik Pakuncen"),
        ("13.01.01.2001", "Wali Nagari Pakuncen"),
        ("34.01.01.2001", "Lurah Pakuncen"),
        ("91.01.01.2001", "Kepala Kampung Pakuncen"),
    ],
)
def test_the_consent_form_asks_for_the_one_who_leads_this_village(
    code: str, title: str, sign_in: SignIn
) -> None:
    sheet = DesignationFactory(
        village=VillageFactory(region=RegionFactory(code=code, name="Pakuncen"))
    )
    client = sign_in(sheet.created_by)

    page = client.get(f"{sheet.get_absolute_url()}kesediaan/").content.decode()

    assert f'value="{title}"' in page


def test_a_sheet_that_waits_for_its_paper_is_told_only_what_is_new(sign_in: SignIn) -> None:
    sheet = DesignationFactory(approved=True)
    client = sign_in(sheet.decided_by)
    part = {"HX-Request": "true"}

    nothing = client.get(sheet.get_absolute_url(), {"tampak": "ordered"}, headers=part)
    draw_now(sheet.certificate)
    news = client.get(sheet.get_absolute_url(), {"tampak": "ordered"}, headers=part)

    assert nothing.status_code == 204
    assert "Unduh sertifikat" in news.content.decode()


# --- Mending what came back -----------------------------------------------------------------------


def test_the_note_is_read_where_the_sheet_is_mended(sign_in: SignIn) -> None:
    sheet = DesignationFactory(returned=True)
    client = sign_in(UserFactory(staff_of=sheet.office))
    criterion = sheet.findings.get().criterion
    places = [reverse("villages:finding", args=[sheet.pk, criterion.key])]
    names = ("findings", "coordination", "consent", "review")
    places += [reverse(f"villages:{name}", args=[sheet.pk]) for name in names]

    pages = [client.get(place).content.decode() for place in places]

    assert all(sheet.status_note in page for page in pages)
    assert "Belum ada yang diubah sejak dikembalikan" in pages[-1]


def test_what_is_saved_as_it_stood_is_no_change(sign_in: SignIn) -> None:
    sheet = DesignationFactory(complete=True)
    meeting = {"held_on": sheet.office.today(), "place": "Balai", "attended_by": "", "outcome": ""}
    actions.write_coordination(sheet, facts=meeting, by=sheet.created_by)
    sheet.refresh_from_db()
    actions.submit(sheet, by=sheet.created_by)
    actions.return_to_staff(sheet, note="Lengkapi.", by=head_of(sheet.office).user)
    client = sign_in(sheet.created_by)

    for name, standing in [
        ("coordination", CoordinationForm.initial_of(sheet.coordination)),
        ("consent", ConsentForm.initial_of(sheet.consent)),
    ]:
        address = reverse(f"villages:{name}", args=[sheet.pk])
        typed = {key: value for key, value in standing.items() if key != "scan"}
        assert client.post(address, typed).status_code == 302
    page = client.get(reverse("villages:review", args=[sheet.pk])).content.decode()
    client.post(reverse("villages:coordination", args=[sheet.pk]), meeting | {"place": "Aula"})
    mended = client.get(reverse("villages:review", args=[sheet.pk])).content.decode()

    assert "Belum ada yang diubah sejak dikembalikan" in page
    assert "Belum ada yang diubah sejak dikembalikan" not in mended


def test_the_head_reads_what_was_changed_since_he_sent_it_back(sign_in: SignIn) -> None:
    sheet, untouched = DesignationFactory(returned=True), DesignationFactory(returned=True)
    NumberTemplateFactory(office=sheet.office)
    mender = UserFactory(staff_of=sheet.office, name="Wahyu Hidayat")
    facts = {"held_on": sheet.office.today(), "place": "Balai", "attended_by": "", "outcome": ""}
    actions.write_coordination(sheet, facts=facts, by=mender)
    for it in (sheet, untouched):
        actions.submit(it, by=it.created_by)

    heads = [head_of(it.office).user for it in (sheet, untouched)]
    mended, same = (
        sign_in(head).get(it.get_absolute_url()).content.decode()
        for head, it in zip(heads, (sheet, untouched), strict=True)
    )

    assert "Yang diubah sejak itu:" in mended
    assert "<li>Wahyu Hidayat mencatat koordinasi" in mended
    assert "Belum ada yang diubah sejak dikembalikan" in same
    assert "Yang diubah sejak itu" not in same


def test_what_only_works_on_a_screen_is_not_printed(sign_in: SignIn) -> None:
    sheet = DesignationFactory(approved=True)
    draw_now(sheet.certificate)

    page = sign_in(UserFactory(staff_of=sheet.office)).get(sheet.get_absolute_url())
    told = page.content.decode()

    for words in ("Unggah pindaian SK", "Catat pengukuhan", "Beri tahu desa lewat WhatsApp"):
        before = told[: told.index(words)]
        assert 'class="no-print"' in before[-120:], words
