"""Visits to villages: noted by who guides, listed where they belong, read by nobody else."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.models import Visit
from tests.factories import (
    AssignmentFactory,
    OfficeFactory,
    OfficerFactory,
    UserFactory,
    VillageFactory,
    VisitFactory,
)
from tests.races import just_before
from tests.served import served
from villages.models import Assignment

pytestmark = pytest.mark.django_db
ADD = reverse("events:visit_add")


@pytest.fixture
def assignment():
    return AssignmentFactory(village__region__name="Pakuncen")


def typed(assignment, **other) -> dict[str, object]:
    office = assignment.village.office
    told = {"met": "Kepala desa", "said": "Rencana sosialisasi di balai desa."}
    when = {"visited_on": office.today().isoformat(), "visited": "00.01"}
    return {"assignment_id": assignment.pk, **when, **told, "what": "", "due_on": "", **other}


def test_a_pimpasa_notes_a_visit_in_one_form(client, assignment) -> None:
    client.force_login(assignment.officer.user)
    page = client.get(ADD)
    next_week = (assignment.village.office.today() + timedelta(days=7)).isoformat()
    answers = typed(assignment, what="Kirim brosur", due_on=next_week)

    noted = client.post(ADD, answers, follow=True)
    client.post(ADD, answers)  # a second click

    assert page.context["form"].fields["assignment_id"].choices == [
        (assignment.pk, str(page.context["form"].fields["assignment_id"].choices[0][1]))
    ]  # their only village is chosen already
    visit = Visit.objects.get()
    assert (visit.officer, visit.office) == (assignment.officer, assignment.village.office)
    assert visit.follow_ups.get().owner == assignment.officer.user
    assert "Kirim brosur" in noted.content.decode()
    assert Entry.objects.about(visit).last().verb == "visit.noted"
    assert Entry.objects.about(assignment.village).first().verb == "village.visited"


def test_staff_note_it_for_the_officer_and_the_village_is_chosen_from_its_page(
    client, assignment
) -> None:
    office = assignment.village.office
    AssignmentFactory(officer=OfficerFactory(office=office), village=VillageFactory(office=office))
    client.force_login(UserFactory(staff_of=office))

    page = client.get(ADD, {"desa": assignment.village_id})
    client.post(ADD, typed(assignment))

    assert page.context["form"]["assignment_id"].initial == assignment.pk
    assert Visit.objects.get().officer == assignment.officer


def test_what_is_to_be_done_is_due_in_two_weeks_unless_said(client, assignment) -> None:
    client.force_login(assignment.officer.user)

    client.post(ADD, typed(assignment, what="Kirim brosur"))

    visit = Visit.objects.get()
    [follow_up] = visit.follow_ups.all()
    day = visit.office.day_of(visit.visited_at)
    assert follow_up.due_on == day + timedelta(days=14)


def test_a_day_without_anything_to_do_is_asked_for_it(client, assignment) -> None:
    client.force_login(assignment.officer.user)
    due = (assignment.village.office.today() + timedelta(days=3)).isoformat()
    picture = io.BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "JPEG")
    photos = [SimpleUploadedFile(f"{n}.jpg", picture.getvalue(), "image/jpeg") for n in (1, 2)]

    page = client.post(ADD, typed(assignment, due_on=due, photos=photos)).content.decode()

    assert "Isi tindak lanjutnya, atau kosongkan tanggalnya." in page
    assert "1.jpg, 2.jpg belum tersimpan" in page
    assert not Visit.objects.exists()


def test_nobody_notes_it_for_a_village_of_others(client, assignment) -> None:
    others = AssignmentFactory()
    client.force_login(assignment.officer.user)

    client.post(ADD, typed(others))

    assert not Visit.objects.exists()
    client.force_login(UserFactory(head_of=assignment.village.office))
    assert client.get(ADD).status_code == 403


def test_a_day_before_the_assignment_is_refused_in_a_sentence(client, assignment) -> None:
    client.force_login(assignment.officer.user)
    before = (assignment.starts_on - timedelta(days=1)).isoformat()

    page = client.post(ADD, typed(assignment, visited_on=before)).content.decode()

    assert "tidak ditugaskan di" in page
    assert "Kepala desa" in page  # what was typed stays
    assert not Visit.objects.exists()


def test_a_day_to_come_is_refused(client, assignment) -> None:
    client.force_login(assignment.officer.user)
    tomorrow = (assignment.village.office.today() + timedelta(days=1)).isoformat()

    assert "belum tiba" in client.post(ADD, typed(assignment, visited_on=tomorrow)).content.decode()


def test_it_is_listed_on_the_village_and_the_officer_with_their_number(client, assignment) -> None:
    for hours in range(7):
        VisitFactory(assignment=assignment, visited_at=timezone.now() - timedelta(hours=hours + 1))
    client.force_login(UserFactory(staff_of=assignment.village.office))

    for record in (assignment.village, assignment.officer):
        page = client.get(record.get_absolute_url()).content.decode()
        part = page[page.index("Sambang desa <span") :]
        assert '<span class="counter">7</span>' in part[:80]
        assert part.count("/sambang-desa/") >= 5


def test_the_list_is_searched_by_village_officer_and_day(client, assignment) -> None:
    office = assignment.village.office
    old = timezone.now() - timedelta(days=40)
    here = VisitFactory(assignment=assignment, met="Kader posyandu")
    other = AssignmentFactory(
        officer=OfficerFactory(office=office), village=VillageFactory(office=office)
    )
    there = VisitFactory(assignment=other, visited_at=old, met="Karang taruna")
    VisitFactory(met="Kantor lain")
    client.force_login(UserFactory(staff_of=office))
    today = office.today()

    def met(**asked: object) -> set[str]:
        page = client.get(reverse("events:visits"), asked)
        return {visit.met for visit in page.context["page"]}

    assert met() == {here.met, there.met}
    assert met(q="pakuncen") == {here.met}
    assert met(pimpasa=other.officer_id) == {there.met}
    assert met(dari=(today - timedelta(days=7)).isoformat()) == {here.met}
    assert met(sampai=(today - timedelta(days=7)).isoformat()) == {there.met}
    assert met(q="tak\0ada") == set()


def test_the_village_itself_reads_none(client, assignment) -> None:
    visit = VisitFactory(assignment=assignment)
    client.force_login(UserFactory(village=assignment.village))

    assert client.get(visit.get_absolute_url()).status_code == 404
    assert visit.met not in client.get(assignment.village.get_absolute_url()).content.decode()


def test_it_is_mended_by_who_called_while_they_guide(client, assignment) -> None:
    visit = VisitFactory(assignment=assignment)
    address = reverse("events:visit_edit", args=[visit.pk])
    client.force_login(assignment.officer.user)
    opened = client.get(address).context["form"]
    answers = {name: opened[name].value() for name in ("visited_on", "visited", "said")}

    client.post(address, {**answers, "met": "Ketua BPD"})
    visit.refresh_from_db()
    assert visit.met == "Ketua BPD"
    assert "Sekretaris desa" in Entry.objects.about(visit).first().note

    yesterday = assignment.village.office.today() - timedelta(days=1)
    type(assignment).objects.filter(pk=assignment.pk).update(ends_on=yesterday)
    assert client.get(visit.get_absolute_url()).status_code == 200  # their own stays theirs to read
    assert client.get(address).status_code == 403


def test_only_who_guides_the_village_on_that_day_called(assignment) -> None:
    its = {"office": assignment.village.office, "met": "Kades", "said": "Paspor."}
    its |= {"created_by": assignment.officer.user, "village": assignment.village}
    other = OfficerFactory(office=assignment.village.office)

    for officer, days in ((other, 0), (assignment.officer, 20_000)):
        at = timezone.now() - timedelta(days=days)
        with pytest.raises(IntegrityError, match="do not guide"), transaction.atomic():
            Visit.objects.create(officer=officer, visited_at=at, **its)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_in_the_same_moment_are_one_visit() -> None:
    assignment = AssignmentFactory()
    at = timezone.now() - timedelta(hours=1)
    facts = {"visited_at": at, "met": "Kepala desa", "said": "Rencana."}

    def click() -> Visit:
        return actions.note_visit(assignment, facts=facts, by=assignment.officer.user)

    assert just_before(click, click) == Visit.objects.get()


def test_a_visit_stays_with_its_village(assignment) -> None:
    visit = VisitFactory(assignment=assignment)

    for change in ({"village": VillageFactory()}, {"office": OfficeFactory()}):
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            Visit.objects.filter(pk=visit.pk).update(**change)


def test_photos_come_with_the_visit(client, assignment) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "JPEG")
    photo = SimpleUploadedFile("kamera.jpg", out.getvalue())
    client.force_login(assignment.officer.user)

    page = client.post(ADD, typed(assignment, photos=[photo]), follow=True)

    kept = Visit.objects.get().photos.get()
    assert kept.get_absolute_url() in page.content.decode()
    assert client.get(reverse("events:visit_photos", args=[kept.visit_id])).status_code == 200
    client.force_login(UserFactory(village=assignment.village))
    assert served(client, kept.get_absolute_url()).status == 404


def test_whom_they_met_is_mended_after_the_assignment_ended_too(assignment) -> None:
    visit = VisitFactory(assignment=assignment)
    by = assignment.officer.user
    Assignment.objects.filter(pk=assignment.pk).update(
        ends_on=visit.office.day_of(visit.visited_at) - timedelta(days=1)
    )

    changed = actions.change_visit(visit, facts={"met": "Sekretaris desa"}, by=by)

    assert changed.met == "Sekretaris desa"
    later = {"visited_at": visit.visited_at + timedelta(minutes=1)}
    with pytest.raises(TransitionRefused, match="tidak ditugaskan"):
        actions.change_visit(visit, facts=later, by=by)
