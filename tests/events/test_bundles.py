"""All papers of one sort of an event in one file, and what happens to it when one is revoked."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import certificates.actions
from accounts.models import Membership
from certificates import tasks
from certificates.models import Certificate, Export
from desabinaan.workflow import TransitionRefused
from events import actions
from events.actions import Person
from events.bundles import CERTIFICATES, LETTERS
from events.invitation_letters import INVITATION, InvitationWords
from events.models import Event
from tests.events.certified import certified
from tests.factories import (
    AssignmentFactory,
    EventFactory,
    MembershipFactory,
    NumberTemplateFactory,
    OfficerFactory,
    VillageFactory,
    draw_now,
)
from tests.races import together
from tests.served import served
from villages.papers import signer_of

pytestmark = pytest.mark.django_db

SITI, JOKO = Person("Siti Aminah", "Desa Tieng"), Person("Joko Santoso", "Polsek Kejajar")
GUESTS = ("Camat Wuluhan", "Kapolsek Wuluhan", "Danramil Wuluhan")


@pytest.fixture
def event(office) -> Event:
    return certified(office, SITI, JOKO)


@pytest.fixture
def planned(office) -> Event:
    MembershipFactory(office=office, role="head", user__name="Hendarto Wirasena")
    NumberTemplateFactory(office=office, kind=INVITATION.key, pattern="{nomor}/UND/{tahun}")
    event = EventFactory(office=office, title="Sosialisasi Wuluhan")
    facts = {"kind": "district", "institution": "Wuluhan", "person": ""}
    for title in GUESTS:
        actions.invite(event, facts={**facts, "title": title}, by=event.created_by)
    return event


def order(event: Event) -> list[Certificate]:
    return actions.order_certificates(event, by=event.created_by)


def invite_all(event: Event, **changes: Any) -> list[Any]:
    head = event.office.memberships.get(role="head")
    words = {
        "subject": "Undangan",
        "nature": "Biasa",
        "opening": ["Bersama ini kami mengundang Bapak/Ibu pada:"],
        "closing": [],
        "contact": "",
        "copies": [],
        "with_agenda": False,
        "one_each": True,
        "dated": event.starts_on,
        "signer": signer_of(head),
    }
    told = InvitationWords(**{**words, **changes})  # type: ignore[arg-type]
    return actions.order_invitations(event, event.invitees.all(), told, by=event.created_by)


def exported(client: Client, event: Event, form: str) -> Export:
    address = reverse("events:certificates_export", args=[event.pk])
    export = Export.objects.get(pk=client.post(address, {"bentuk": form})["Location"].split("/")[2])
    tasks.make_export(export.pk)
    export.refresh_from_db()
    return export


def test_all_certificates_that_are_ready_come_in_one_file(client, event) -> None:
    client.force_login(event.created_by)
    address = reverse("events:certificates_export", args=[event.pk])
    papers = order(event)
    for form in ("zip", "sandi"):
        nothing = client.post(address, {"bentuk": form})
        assert nothing["Location"] == reverse("events:certificates", args=[event.pk])
    for paper in papers:
        tasks.draw(paper.pk)

    archive, book = exported(client, event, "zip"), exported(client, event, "pdf")

    assert (archive.done, archive.total) == (3, 3)
    got = served(client, reverse("certificates:export_download", args=[archive.pk]))
    with zipfile.ZipFile(io.BytesIO(got.content)) as found:
        assert [it.split("-")[0] for it in found.namelist()] == ["0001", "0002", "0003"]
        assert all(found.read(it).startswith(b"%PDF-") for it in found.namelist())
    got = served(client, reverse("certificates:export_download", args=[book.pk]))
    assert got.answer["Content-Disposition"].endswith('.pdf"')
    with pikepdf.open(io.BytesIO(got.content)) as whole:
        assert len(whole.pages) == 3
    page = client.get(book.get_absolute_url()).content.decode()
    assert "3 sertifikat" in page
    assert reverse("events:certificates", args=[event.pk]) in page


def test_more_than_one_pdf_holds_come_as_an_archive(client, event, monkeypatch) -> None:
    for paper in order(event):
        draw_now(paper)
    for module in ("certificate_list", "bundles"):
        monkeypatch.setattr(f"events.{module}.MOST_IN_PDF", 2)
    client.force_login(event.created_by)

    page = client.get(reverse("events:certificates", args=[event.pk])).content.decode()
    answer = client.post(
        reverse("events:certificates_export", args=[event.pk]), {"bentuk": "pdf"}, follow=True
    )

    assert "3 berkas dalam satu ZIP" in page
    assert "Satu PDF" not in page
    assert "Lebih dari 1.000 sertifikat untuk satu PDF" in answer.content.decode()
    assert not Export.objects.exists()


def test_who_left_the_office_gets_no_file(client, event) -> None:
    client.force_login(event.created_by)
    for paper in order(event):
        draw_now(paper)
    address = reverse("events:certificates_export", args=[event.pk])
    client.post(address, {"bentuk": "zip"})
    yesterday = timezone.now().date() - timedelta(days=1)
    Membership.objects.filter(user=event.created_by).update(ends_on=yesterday)

    tasks.make_export(Export.objects.get().pk)

    assert Export.objects.get().is_refused


def test_who_only_reads_the_event_by_now_gets_no_file(client, event) -> None:
    user = event.created_by
    client.force_login(user)
    for paper in order(event):
        draw_now(paper)
    client.post(reverse("events:certificates_export", args=[event.pk]), {"bentuk": "zip"})
    # Whoever guides a village of the event reads it all the same.
    Membership.objects.filter(user=user).update(ends_on=event.office.today() - timedelta(days=1))
    region = event.regions.get()
    village = VillageFactory(office=event.office, region=region)
    AssignmentFactory(officer=OfficerFactory(user=user, office=event.office), village=village)
    assert client.get(event.get_absolute_url()).status_code == 200

    tasks.make_export(Export.objects.get().pk)

    assert Export.objects.get().is_refused


def test_a_file_that_holds_a_revoked_certificate_is_served_no_more(
    client, event, django_capture_on_commit_callbacks
) -> None:
    client.force_login(event.created_by)
    papers = order(event)
    for paper in papers:
        draw_now(paper)
    made, waiting = exported(client, event, "zip"), order_of(event, "pdf")
    name = made.file

    its = event.participations.get(certificate=papers[0])
    with django_capture_on_commit_callbacks(execute=True):
        actions.revoke_participation(its, reason="Salah nama.", by=event.created_by)
    tasks.make_export(waiting.pk)
    answer = client.get(reverse("certificates:export_download", args=[made.pk]), follow=True)

    assert "Isinya tidak berlaku lagi" in answer.content.decode()
    never = client.get(waiting.get_absolute_url()).content.decode()
    assert "atau isinya tidak berlaku lagi" in never
    assert not Export.objects.lasting().exists()
    assert exported(client, event, "zip").total == 2
    assert not storages["papers"].exists(name)


def order_of(event: Event, form: str) -> Export:
    return actions.order_bundle(event, CERTIFICATES, form, by=event.created_by)


@pytest.mark.django_db(transaction=True)
def test_whoever_orders_while_one_is_revoked_gets_no_file_with_it(event) -> None:
    papers = order(event)
    for paper in papers:
        draw_now(paper)
    its = event.participations.get(certificate=papers[0])
    by = event.created_by

    def revoke() -> None:
        actions.revoke_participation(its, reason="Salah nama.", by=by)

    together([revoke, lambda: order_of(event, "zip")])

    assert [it.total for it in Export.objects.lasting()] in ([], [2])


def test_letters_of_those_who_are_invited_come_in_one_file(client, planned) -> None:
    client.force_login(planned.created_by)
    letters = invite_all(planned)
    page = reverse("events:invitees", args=[planned.pk])
    assert "dalam satu ZIP" not in client.get(page).content.decode()
    for letter in letters:
        tasks.draw_letter(letter.pk)
    certificates.actions.void_number(letters[1].entry, reason="Keliru.", by=planned.created_by)
    assert "2 surat dalam satu ZIP" in client.get(page).content.decode()

    archive = made(client, planned, "zip")
    book = made(client, planned, "pdf")

    got = served(client, reverse("certificates:export_download", args=[archive.pk]))
    with zipfile.ZipFile(io.BytesIO(got.content)) as found:
        assert [it.split("-")[0] for it in found.namelist()] == ["0001", "0002"]
        assert "camat-wuluhan" in found.namelist()[0]
    got = served(client, reverse("certificates:export_download", args=[book.pk]))
    with pikepdf.open(io.BytesIO(got.content)) as whole:
        assert len(whole.pages) == 2
    assert page in client.get(book.get_absolute_url()).content.decode()


def test_a_file_that_holds_a_letter_whose_number_is_voided_is_served_no_more(
    client, planned, django_capture_on_commit_callbacks
) -> None:
    client.force_login(planned.created_by)
    letters = invite_all(planned)
    for letter in letters:
        draw_now(letter)
    archive, book = made(client, planned, "zip"), made(client, planned, "pdf")

    with django_capture_on_commit_callbacks(execute=True):
        certificates.actions.void_number(letters[1].entry, reason="Keliru.", by=planned.created_by)

    answer = client.get(reverse("certificates:export_download", args=[archive.pk]), follow=True)
    assert "Isinya tidak berlaku lagi" in answer.content.decode()
    assert not Export.objects.lasting().exists()
    assert not any(storages["papers"].exists(it.file) for it in (archive, book))
    assert made(client, planned, "zip").total == len(GUESTS) - 1


def test_the_page_that_voids_a_letter_withdraws_its_files_and_no_others(client, planned) -> None:
    by = planned.created_by
    client.force_login(by)
    letters = invite_all(planned)
    another = EventFactory(office=planned.office, created_by=by)
    facts = {"kind": "district", "institution": "Wuluhan", "person": "", "title": "Camat"}
    actions.invite(another, facts=facts, by=by)
    for letter in [*letters, *invite_all(another)]:
        draw_now(letter)
    gone, stays = made(client, planned, "pdf"), made(client, another, "pdf")

    address = reverse("certificates:number_void", args=[letters[0].entry_id])
    client.post(address, {"reason": "Salah alamat."})

    assert [it.pk for it in Export.objects.lasting()] == [stays.pk]
    assert client.get(gone.get_absolute_url()).status_code == 200


def test_a_file_that_holds_a_letter_that_came_again_is_served_no_more(client, planned) -> None:
    client.force_login(planned.created_by)
    for letter in invite_all(planned):
        draw_now(letter)
    made(client, planned, "zip")

    invite_all(planned, nature="Penting")

    assert not Export.objects.lasting().exists()


def test_a_letter_that_came_again_stands_for_the_one_before(client, planned) -> None:
    client.force_login(planned.created_by)
    first = invite_all(planned, one_each=False)
    for letter in [*first, *invite_all(planned)]:
        draw_now(letter)

    archive = made(client, planned, "zip")

    assert archive.total == len(GUESTS)


def test_without_a_letter_there_is_no_file(planned) -> None:
    with pytest.raises(TransitionRefused, match="Belum ada surat undangan yang siap"):
        actions.order_bundle(planned, LETTERS, "zip", by=planned.created_by)


def made(client: Client, event: Event, form: str) -> Export:
    address = reverse("events:letters_export", args=[event.pk])
    export = Export.objects.get(pk=client.post(address, {"bentuk": form})["Location"].split("/")[2])
    tasks.make_export(export.pk)
    export.refresh_from_db()
    return export
