"""Certificates of attendance: who gets one, ordered once, taken back, made anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import certificates.actions
from accounts.models import Membership
from audit.models import Entry
from certificates import storage, tasks
from certificates.models import Certificate, RegisterEntry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.actions import Person
from events.candidates import Candidates, Why
from events.models import CertificateRule, Event, Participation, Source
from events.participation import PARTICIPANT
from events.participation_prints import ParticipationPrints
from tests.events.certified import certified
from tests.factories import (
    EventFactory,
    MembershipFactory,
    UserFactory,
    draw_now,
    report,
    signed_pdf,
)
from tests.looks import read_of
from tests.notices import post_after
from tests.races import together

pytestmark = pytest.mark.django_db

SITI, JOKO = Person("Siti Aminah", "Desa Tieng"), Person("Joko Santoso", "Polsek Kejajar")


@pytest.fixture
def event(office) -> Event:
    return certified(office, SITI, JOKO)


def order(event: Event) -> list[Certificate]:
    return actions.order_certificates(event, by=event.created_by)


def names(event: Event) -> list[str]:
    return [it.name for it in event.participations.in_force().with_list().order_by("pk")]


def check_address(event: Event) -> str:
    return reverse("events:certificates_check", args=[event.pk])


# --- Who gets one ------------------------------------------------------------------------------


def test_who_does_not_get_one_hears_why(office) -> None:
    event = certified(
        office,
        SITI,
        Person("Siti Aminah", "Desa Burat"),
        Person("Ratna", "Kantor Imigrasi Wonosobo"),
        Person("Pak 村", "Desa Tieng"),
        Person("Agus", "Desa Burat"),
        Person("Agus", "Dusun Burat"),
        contributions=[],
    )
    agus = event.attendees.filter(name="Agus")
    actions.merge(*agus, by=event.created_by)

    candidates = Candidates.of(event)

    assert [it.row.name for it in candidates.wanted] == ["Agus"]
    assert [(it.row.name, it.why) for it in candidates.left_out] == [
        ("Pak 村", Why.LETTERS),
        ("Yoga Prasetya", Why.RULE),
        ("Ratna", Why.RULE),
        ("Agus", Why.MERGED),
    ]
    assert [(it.row.name, it.because) for it in candidates.alike] == [
        ("Siti Aminah", "Siti Aminah, Desa Tieng"),
        ("Siti Aminah", "Siti Aminah, Desa Burat"),
    ]
    assert candidates.waiting == 3


def test_a_row_that_turned_out_to_be_somebody_with_a_certificate_gets_no_second(event) -> None:
    order(event)
    by = event.created_by
    actions.attend(event, [Person("Siti Aminah", "Ds. Tieng")], source=Source.PAPER, by=by)
    known, again = event.attendees.filter(name="Siti Aminah").order_by("pk")

    with pytest.raises(TransitionRefused, match="masih berlaku"):
        actions.merge(again, known, by=by)
    actions.merge(known, again, by=by)

    assert Candidates.of(event).wanted == []


def test_the_preview_shows_both_and_orders_what_was_read(client, event) -> None:
    client.force_login(event.created_by)

    page = client.get(check_address(event))
    sent = {**read_of(page), "confirmed": "1"}
    actions.change_attendee(
        event.attendees.get(name="Joko Santoso"), facts={"name": "Joko S."}, by=event.created_by
    )
    refused = client.post(check_address(event), sent)

    assert "Pesan 3 sertifikat" in page.content.decode()
    assert "(daftar penerima)" in refused.content.decode()
    assert not Certificate.objects.exists()
    for _ in range(2):  # a second click
        done = client.post(check_address(event), {**read_of(refused), "confirmed": "1"})
    assert done["Location"] == reverse("events:certificates", args=[event.pk])
    assert names(event) == ["Joko S.", "Siti Aminah", "Yoga Prasetya"]


def test_names_whose_letters_look_wrong_are_pointed_out(client, office) -> None:
    odd = [Person("siti NURHALIZAH", "Desa Tieng"), Person("BUDI SANTOSO", "Desa Burat")]
    event = certified(office, SITI, JOKO, *odd)
    client.force_login(event.created_by)

    page = client.get(check_address(event)).content.decode()

    assert "2 nama ditulis dengan huruf kecil" in page
    assert page.count("</svg>Periksa huruf</span>") == 2
    for row in event.attendees.all():
        address = reverse("events:attendee_edit", args=[row.pk]) + "?untuk=sertifikat"
        mends = f'href="{address}">Betulkan {row.name}</a>'
        assert (mends in page) == (row.name in {it.name for it in odd}), row.name
    assert "BUDI SANTOSO" in [it.facts["name"] for it in order(event)]  # nothing changes by itself
    assert "Periksa huruf" not in client.get(check_address(event)).content.decode()


def test_once_it_is_reported_nobody_is_led_to_mend_odd_letters(client, office) -> None:
    event = certified(office, Person("BUDI SANTOSO", "Desa Burat"), reported=True)
    client.force_login(event.created_by)

    page = client.get(check_address(event)).content.decode()

    assert "1 nama ditulis dengan huruf kecil" in page
    assert "Betulkan BUDI" not in page


def test_a_doubt_about_who_signs_is_part_of_what_was_read(event) -> None:
    def prints() -> ParticipationPrints:
        rule = CertificateRule.objects.with_held().get(event=event)
        return ParticipationPrints(event, rule, Candidates.of(event).wanted)

    before = prints()
    Membership.objects.filter(pk=before.rule.signed_as_id).update(
        ends_on=before.dated - timedelta(days=1)
    )
    after = prints()

    assert (before.doubts, bool(after.doubts)) == ([], True)
    assert after.facts == before.facts
    assert "penanda tangan" in after.changes(before.stamp)


# --- The order ---------------------------------------------------------------------------------


def test_each_kind_has_its_own_register_and_the_day_of_the_event(event) -> None:
    papers = order(event)

    year = event.ends_on.year
    assert [it.number for it in papers] == [
        f"1/PARTICIPANT/{year}", f"2/PARTICIPANT/{year}", f"1/SPEAKER/{year}",
    ]  # fmt: skip
    assert {it.facts["dated"] for it in papers} == {event.ends_on.isoformat()}
    notes = Entry.objects.about(event).filter(verb="event.certificates_ordered")
    assert sorted(notes.values_list("note", flat=True)) == [
        f"1 sertifikat narasumber, nomor 1/SPEAKER/{year}",
        f"2 sertifikat peserta, nomor 1/PARTICIPANT/{year} sampai 2/PARTICIPANT/{year}",
    ]


def test_a_second_order_adds_only_who_is_missing(event) -> None:
    order(event)
    late = [Person("Wahyuni", "Desa Burat")]
    actions.attend(event, late, source=Source.PAPER, by=event.created_by)

    assert [it.facts["name"] for it in order(event)] == ["Wahyuni"]
    assert order(event) == []
    assert len(names(event)) == 4


def test_an_order_is_bounded_and_the_next_one_goes_on(event, monkeypatch) -> None:
    monkeypatch.setattr("events.candidates.MOST_AT_ONCE", 2)

    assert [len(order(event)) for _ in range(3)] == [2, 1, 0]
    assert len(set(names(event))) == 3


def test_without_a_pattern_nothing_is_ordered(client, event) -> None:
    event.office.number_templates.filter(kind="speaker").delete()
    client.force_login(event.created_by)

    with pytest.raises(TransitionRefused, match="belum memilih pola nomor sertifikat narasumber"):
        order(event)

    assert not RegisterEntry.objects.exists()
    page = client.get(reverse("events:certificates", args=[event.pk])).content.decode()
    assert "belum memilih pola nomor sertifikat narasumber" in page
    assert reverse("certificates:numbering", args=[event.office.code]) in page


def test_before_the_end_there_are_none(office) -> None:
    event = EventFactory(office=office)

    for step in (
        lambda: actions.order_certificates(event, by=event.created_by),
        lambda: actions.write_certificate_rule(event, facts={}, by=event.created_by),
    ):
        with pytest.raises(TransitionRefused, match="dinyatakan selesai"):
            step()


def test_a_reported_event_gets_its_certificates(office) -> None:
    event = certified(office, SITI, reported=True)

    assert len(order(event)) == 2


def test_whose_role_was_struck_out_signs_nothing(event) -> None:
    rule = event.certificate_rule
    type(rule).objects.update(signed_as=None)

    with pytest.raises(TransitionRefused, match="Penanda tangan belum dipilih"):
        order(Event.objects.get(pk=event.pk))


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_order_once() -> None:
    event = certified(MembershipFactory(role="staff").office, SITI, JOKO)
    people = [UserFactory(staff_of=event.office) for _ in range(4)]

    told = together(*(lambda by=by: actions.order_certificates(event, by=by) for by in people))

    assert sorted(map(len, told)) == [0, 0, 0, 3]
    assert Participation.objects.count() == RegisterEntry.objects.count() == 3


# --- Taken back --------------------------------------------------------------------------------


def test_a_wrong_name_is_revoked_and_made_anew(client, event) -> None:
    order(event)
    siti = event.attendees.get(name="Siti Aminah")
    by = event.created_by
    actions.change_attendee(siti, facts={"name": "Siti Aminatun"}, by=by)
    client.force_login(by)
    listed = reverse("events:certificates", args=[event.pk])
    its = siti.participations.get()

    assert "Kini tercatat: Siti Aminatun" in client.get(listed).content.decode()
    assert order(event) == []
    client.post(
        reverse("events:certificate_revoke", args=[its.pk]),
        {"reason": "Nama salah tulis.", "unreplaced": "ganti"},
    )
    [paper] = order(event)

    assert paper.facts["name"] == "Siti Aminatun"
    assert Certificate.objects.get(pk=its.pk).revoked_reason == "Nama salah tulis."
    assert siti.participations.count() == 2
    assert "Diganti" in client.get(listed).content.decode()


def test_once_it_is_reported_the_right_name_is_said_with_the_reason(client, office) -> None:
    event = certified(office, SITI, JOKO)
    order(event)
    report(event)
    its = event.attendees.get(name="Siti Aminah").participations.get()
    client.force_login(event.created_by)
    listed = reverse("events:certificates", args=[event.pk])

    told = {"reason": "Nama salah tulis.", "unreplaced": "ganti", "mended_name": "Siti Aminatun"}
    client.post(reverse("events:certificate_revoke", args=[its.pk]), told)
    [paper] = order(event)

    assert paper.facts["name"] == "Siti Aminatun"
    assert "Kini tercatat" not in client.get(listed).content.decode()
    its.refresh_from_db()
    with pytest.raises(IntegrityError, match="whose"), transaction.atomic():
        Participation.objects.filter(pk=its.pk).update(mended_name="Lain")
    assert order(event) == []


def test_whoever_has_one_stays_until_it_is_revoked(event) -> None:
    order(event)
    by = event.created_by
    siti, yoga = event.attendees.get(name="Siti Aminah"), event.contributors.get()

    for step in (
        lambda: actions.drop_attendee(siti, reason="Tidak datang.", by=by),
        lambda: actions.drop_contributor(yoga, by=by),
        lambda: actions.reopen(event, by=by),
    ):
        with pytest.raises(TransitionRefused, match="masih berlaku"):
            step()

    its = siti.participations.get()
    actions.revoke_participation(its, reason="Tidak datang.", by=by)
    actions.drop_attendee(siti, reason="Tidak datang.", by=by)
    its.refresh_from_db()
    assert its.attendee is None
    assert order(event) == []


def test_the_database_keeps_one_in_force_and_whose_it_is(event) -> None:
    order(event)
    siti = event.attendees.get(name="Siti Aminah")
    its = siti.participations.get()
    other = event.participations.exclude(pk=its.pk).first()

    def add(**changes: Any) -> None:
        paper = certificates.actions.order_all(
            [
                certificates.actions.Paper(
                    PARTICIPANT.key, event.office, event.ends_on, "S", its.certificate.facts
                )
            ],
            by=event.created_by,
        )[0]
        facts = {"certificate": paper, "event": event, "attendee": siti, "key": "a" * 12}
        Participation.objects.create(**facts | changes)

    broken = {
        "participation_once": [
            add,
            lambda: add(event=EventFactory(office=event.office, went="finished")),
        ],
        "participation_stays": [
            its.delete,
            lambda: Participation.objects.filter(pk=its.pk).update(attendee=None),
            lambda: Participation.objects.filter(pk=its.pk).update(key="b" * 12),
            lambda: Participation.objects.filter(pk=its.pk).update(mended_name="Lain"),
            lambda: Participation.objects.filter(pk=its.pk).update(event=other.event_id + 1),
        ],
    }
    for constraint, steps in broken.items():
        for step in steps:
            with pytest.raises(IntegrityError, match="certificate"), transaction.atomic():
                step()
            assert constraint


# --- The paper ---------------------------------------------------------------------------------


def test_the_paper_says_who_came_to_what(event) -> None:
    siti = order(event)[1]
    tasks.draw(siti.pk)
    siti.refresh_from_db()

    with pypdfium2.PdfDocument(storage.read(siti.file, siti.sha256)) as document:
        assert len(document) == 1
        text = " ".join(document[0].get_textpage().get_text_range().split())

    for said in (
        siti.number,
        "Siti Aminah",
        "Desa Tieng",
        "sebagai peserta pada kegiatan",
        "Sosialisasi Wuluhan",
        "Aula Kecamatan Selomerto",
        "Hendarto Wirasena",
    ):
        assert said in text
    assert siti.address in text


def test_strangers_read_what_is_printed_and_it_stays_true(client, event) -> None:
    siti = order(event)[1]
    draw_now(siti)
    address = reverse("certificates:verify", args=[siti.code])

    page = client.get(address).content.decode()
    with pytest.raises(IntegrityError, match="was held"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(status="planned")
    for its in event.participations.with_held():
        actions.revoke_participation(its, reason="Tidak jadi.", by=event.created_by)
    actions.reopen(event, by=event.created_by)
    over = client.get(address).content.decode()

    assert "SAH" in page
    assert "Siti Aminah" in page
    assert "DICABUT" in over


# --- The holder's page -------------------------------------------------------------------------


def holder_page(its: Participation) -> str:
    response = Client().get(its.get_absolute_url())
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    return response.content.decode()


def test_whoever_holds_the_key_fetches_the_file_while_it_is_in_force(event) -> None:
    paper = order(event)[1]
    its = paper.participation
    download = reverse("events:participation_download", args=[its.key])

    waiting = holder_page(its)
    before = Client().get(download)
    draw_now(paper)
    ready = holder_page(its)
    file = Client().get(download)
    actions.revoke_participation(its, reason="Salah orang.", by=event.created_by)
    revoked = holder_page(its)
    after = Client().get(download)

    assert "sedang disiapkan" in waiting
    assert before["Location"] == after["Location"] == its.get_absolute_url()
    assert "Siti Aminah" in ready
    assert download in ready
    assert paper.address in ready
    assert file.content.startswith(b"%PDF-")
    assert "Salah orang" not in revoked
    assert "telah dicabut" in revoked
    assert download not in revoked


def test_a_file_that_cannot_be_read_is_told_to_its_holder(event) -> None:
    paper = order(event)[1]
    draw_now(paper)
    paper.refresh_from_db()
    storages["papers"].delete(paper.file)

    answer = Client().get(reverse("events:participation_download", args=[paper.participation.key]))

    assert answer.status_code == 503
    assert "Sertifikat Anda tetap berlaku. Coba unduh lagi" in answer.content.decode()


def test_what_was_signed_is_what_they_fetch(event) -> None:
    paper = order(event)[1]
    draw_now(paper)
    scan = certificates.actions.attach_scan(paper, signed_pdf(), by=event.created_by)

    told = post_after()
    file = Client().get(reverse("events:participation_download", args=[paper.participation.key]))

    assert file["ETag"] == f'"{scan.sha256}"'
    assert told == []  # whoever came has no account that could be told


def test_a_device_that_tries_keys_has_to_wait(event) -> None:
    paper = order(event)[1]
    browser = Client()

    tried = [browser.get("/p/aaaaaaaaaaaa/").status_code for _ in range(32)]

    assert tried[0] == 404
    assert tried[-1] == 429
    assert browser.get(paper.participation.get_absolute_url()).status_code == 200
    assert Client().get("/p/aaaaaaaaaaaa/").status_code == 404


# --- For the office ----------------------------------------------------------------------------


def test_the_list_carries_what_each_is_sent(client, office) -> None:
    event = certified(office, Person("Siti Aminah", "Desa Tieng", phone="0812 0000 0000"))
    [siti, _] = order(event)
    client.force_login(event.created_by)

    page = client.get(reverse("events:certificates", args=[event.pk])).content.decode()
    client.force_login(UserFactory(head_of=office, head_of__acting_kind="plh"))
    head = client.get(reverse("events:certificates", args=[event.pk])).content.decode()

    assert "https://wa.me/6281200000000?text=Yth.%20Siti%20Aminah" in page
    assert siti.participation.get_absolute_url() in page
    assert "81200000000" not in head
    assert "wa.me" not in head


def test_the_page_counts_honestly_and_asks_until_all_are_there(client, event) -> None:
    first, second, third = order(event)
    client.force_login(event.created_by)
    address = reverse("events:certificates", args=[event.pk])

    def seen() -> str:
        return " ".join(client.get(address).content.decode().split())

    draw_now(first)
    Certificate.objects.filter(pk=second.pk).update(attempts=3, tried_at=timezone.now())
    page = seen()
    progress = page.split("tampak=", 1)[1].split('"', 1)[0]
    headers = {"HX-Request": "true"}
    same = client.get(f"{address}?tampak={progress}", headers=headers)
    draw_now(second)
    draw_now(third)
    other = client.get(f"{address}?tampak={progress}", headers=headers)

    assert "<strong>1</strong> dari 3 sertifikat siap, 2 sedang disiapkan" in page
    assert "1 di antaranya belum berhasil dan dicoba lagi" in page
    assert same.status_code == 204
    assert "3 sertifikat siap" in other.content.decode()
    assert "every 2s" not in seen()


def test_the_rule_says_who_signs_for_the_head(client, event) -> None:
    client.force_login(event.created_by)
    address = reverse("events:certificate_rule", args=[event.pk])
    form = client.get(address).context["form"]
    told = {name: form[name].value() for name in form.fields}
    told = {name: value for name, value in told.items() if value not in (None, False)}

    nobody = client.post(address, {**told, "signer": "an"})
    typed = {"signer": "an", "signer_title": "Kasubbag TU", "signer_name": "Hartini"}
    done = client.post(address, {**told, **typed})

    assert {"signer_title", "signer_name"} <= nobody.context["form"].errors.keys()
    assert done["Location"] == check_address(event)
    assert order(event)[0].facts["signer"]["on_behalf"] == f"Kepala {event.office.name}"


def test_somebody_gets_one(client, event) -> None:
    client.force_login(event.created_by)
    address = reverse("events:certificate_rule", args=[event.pk])

    refused = client.post(address, {"dated": "event", "signer": "an"})

    assert "Pilih sedikitnya satu kelompok" in refused.content.decode()


def test_a_certificate_says_where_it_tells_what_the_event_no_longer_is(client, event) -> None:
    client.force_login(event.created_by)
    papers = order(event)
    its = event.participations.get(certificate=papers[0])
    actions.revoke_participation(its, reason="Keliru.", by=event.created_by)
    address = reverse("events:certificates", args=[event.pk])
    edit = reverse("events:event_edit", args=[event.pk])
    assert "2 sertifikat yang berlaku memuat" in client.get(edit).content.decode()
    assert "memuat nama, hari, atau tempat" not in client.get(address).content.decode()

    actions.change(event, facts={"venue": "Pendopo Wuluhan"}, by=event.created_by)
    page = client.get(address).content.decode()

    assert "2 sertifikat yang berlaku memuat nama, hari, atau tempat" in page
    assert page.count("Memuat kegiatan Sosialisasi Wuluhan") == 2
    order(event)  # the one that lacks comes with the new place
    assert "2 sertifikat yang berlaku memuat" in client.get(address).content.decode()
