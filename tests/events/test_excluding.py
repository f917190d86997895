"""Who gets no certificate of attendance: revoked for good, excluded, twice on the lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse

import certificates.actions
from audit.models import Entry
from certificates.models import Certificate
from desabinaan.workflow import TransitionRefused
from events import actions
from events.actions import Person
from events.candidates import Candidates, Why
from events.models import Attendee, Contributor, Event, Exclusion, Participation, Source
from events.participation import PARTICIPANT
from tests.events.certified import certified
from tests.factories import EventFactory, MembershipFactory, UserFactory, report
from tests.looks import read_of
from tests.races import just_before, together

pytestmark = pytest.mark.django_db

SITI, JOKO = Person("Siti Aminah", "Desa Tieng"), Person("Joko Santoso", "Polsek Kejajar")
SPEAKER_CAME = Person("YOGA Prasetya", "Desa Burat")


@pytest.fixture
def event(office) -> Event:
    return certified(office, SITI, JOKO)


def order(event: Event) -> list[str]:
    ordered = actions.order_certificates(event, by=event.created_by)
    return sorted(it.facts["name"] for it in ordered)


def check_address(event: Event) -> str:
    return reverse("events:certificates_check", args=[event.pk])


def left_out(event: Event) -> list[tuple[str, Why | None, str]]:
    return [(it.person.name, it.why, it.because) for it in Candidates.of(event).left_out]


def notes(event: Event, verb: str) -> list[str]:
    found = Entry.objects.about(event).filter(verb=f"event.certificate_{verb}")
    return list(found.values_list("note", flat=True))


# --- Revoked for good --------------------------------------------------------------------------


@pytest.mark.parametrize("reported", [False, True])
def test_what_was_revoked_for_cause_does_not_come_back(client, event, reported) -> None:
    order(event)
    if reported:
        report(event)
    siti = event.attendees.get(name="Siti Aminah")
    its = siti.participations.get()
    client.force_login(event.created_by)
    address = reverse("events:certificate_revoke", args=[its.pk])

    unsaid = client.post(address, {"reason": "Tidak hadir."})
    client.post(address, {"reason": "Tidak hadir.", "unreplaced": "tidak"})

    assert "Pilih apakah sertifikat ini diganti" in unsaid.content.decode()
    assert order(event) == []
    assert left_out(event) == [("Siti Aminah", Why.UNREPLACED, "Tidak hadir.")]
    page = client.get(f"{check_address(event)}?tampil=tidak").content.decode()
    assert "Dicabut, tidak diganti" in page
    assert f"{event.created_by}, " in page.split("Tidak hadir.", 1)[1]
    assert notes(event, "revoked") == [
        f"{its.certificate.title}, nomor {its.certificate.number}: Tidak hadir.\nTidak diganti."
    ]
    listed = reverse("events:certificates", args=[event.pk])
    assert "Tidak diganti." in client.get(listed).content.decode()


def test_whoever_was_struck_out_is_taken_in_again(client, event) -> None:
    order(event)
    siti = event.attendees.get(name="Siti Aminah")
    its, by = siti.participations.get(), event.created_by
    actions.revoke_participation(its, reason="Tidak hadir.", unreplaced=True, by=by)
    client.force_login(by)
    address = reverse("events:attendee_take_in", args=[siti.pk])

    for _ in range(2):  # a second click
        done = client.post(address)

    assert done["Location"].startswith(check_address(event))
    assert notes(event, "taken_in") == ["Siti Aminah, Desa Tieng"]
    assert order(event) == ["Siti Aminah"]
    its.refresh_from_db()
    assert not its.unreplaced


def test_a_name_is_said_only_of_what_is_replaced(client, office) -> None:
    event = certified(office, SITI)
    order(event)
    report(event)
    its = event.participations.get(attendee__name="Siti Aminah")
    client.force_login(event.created_by)
    told = {"reason": "Tidak hadir.", "unreplaced": "tidak", "mended_name": "Siti Aminatun"}

    refused = client.post(reverse("events:certificate_revoke", args=[its.pk]), told)

    assert "mended_name" in refused.context["form"].errors
    actions.revoke_participation(its, reason="Salah.", mended_name="Siti A.", by=event.created_by)
    with pytest.raises(IntegrityError, match="mended_is_replaced"), transaction.atomic():
        Participation.objects.filter(pk=its.pk).update(unreplaced=True)


def test_another_row_of_the_same_person_gets_none_either(event) -> None:
    order(event)
    by = event.created_by
    its = event.participations.get(attendee__name="Siti Aminah")
    actions.revoke_participation(its, reason="Tidak hadir.", unreplaced=True, by=by)
    actions.attend(event, [Person("Siti Aminah", "Ds. Tieng")], source=Source.PAPER, by=by)
    first, second = event.attendees.filter(name="Siti Aminah").order_by("pk")

    actions.merge(second, first, by=by)

    assert order(event) == []
    assert [it.why for it in Candidates.of(event).left_out] == [Why.UNREPLACED, Why.MERGED]
    actions.take_in(second, by=by)
    assert order(event) == ["Siti Aminah"]


# --- Excluded beforehand -----------------------------------------------------------------------


@pytest.mark.parametrize("reported", [False, True])
def test_whoever_is_excluded_is_left_out_with_the_reason(client, office, reported) -> None:
    event = certified(office, SITI, JOKO, reported=reported)
    joko, yoga = event.attendees.get(name="Joko Santoso"), event.contributors.get()
    client.force_login(event.created_by)
    address = reverse("events:attendee_exclude", args=[joko.pk])

    read = client.get(check_address(event))
    empty = client.post(address, {"reason": " "})
    for reason in ("Hanya mengantar.", "Lagi."):  # a second click changes nothing
        client.post(address, {"reason": reason})
    client.post(reverse("events:contributor_exclude", args=[yoga.pk]), {"reason": "Batal."})
    stale = client.post(check_address(event), {**read_of(read), "confirmed": "1"})

    assert address in read.content.decode()
    assert "Isi alasan" in empty.content.decode()
    assert "(daftar penerima)" in stale.content.decode()
    assert not Certificate.objects.exists()
    assert left_out(event) == [
        ("Yoga Prasetya", Why.EXCLUDED, "Batal."),
        ("Joko Santoso", Why.EXCLUDED, "Hanya mengantar."),
    ]
    assert len(notes(event, "excluded")) == 2
    assert order(event) == ["Siti Aminah"]
    page = client.get(f"{check_address(event)}?tampil=tidak").content.decode()
    for person in ("attendee", "contributor"):
        pk = {"attendee": joko, "contributor": yoga}[person].pk
        client.post(reverse(f"events:{person}_take_in", args=[pk]))
        assert reverse(f"events:{person}_take_in", args=[pk]) in page
    assert order(event) == ["Joko Santoso", "Yoga Prasetya"]


def test_nobody_who_has_one_is_excluded(event) -> None:
    order(event)

    for person in (event.attendees.first(), event.contributors.get()):
        with pytest.raises(TransitionRefused, match="masih berlaku"):
            actions.exclude(person, reason="Salah.", by=event.created_by)


def test_whoever_was_taken_off_meanwhile_is_not_excluded(event) -> None:
    siti = event.attendees.get(name="Siti Aminah")
    actions.drop_attendee(type(siti).objects.get(pk=siti.pk), reason="Salah.", by=event.created_by)

    with pytest.raises(TransitionRefused, match="sudah dilepas"):
        actions.exclude(siti, reason="Salah.", by=event.created_by)
    assert not Exclusion.objects.exists()


def test_before_the_end_nobody_is_excluded(client, office) -> None:
    event = EventFactory(office=office)
    by = event.created_by
    [siti] = actions.attend(event, [SITI], source=Source.OFFICER, by=by).new
    client.force_login(by)

    answer = client.get(reverse("events:attendee_exclude", args=[siti.pk]))

    assert answer["Location"] == event.get_absolute_url()
    for step in (
        lambda: actions.exclude(siti, reason="Salah.", by=by),
        lambda: actions.take_in(siti, by=by),
    ):
        with pytest.raises(TransitionRefused, match="dinyatakan selesai"):
            step()


def test_the_database_gives_none_to_whoever_is_excluded(event) -> None:
    order(event)
    by, yoga = event.created_by, event.contributors.get()
    siti, joko = event.attendees.get(name="Siti Aminah"), event.attendees.get(name="Joko Santoso")
    its, spare = siti.participations.get(), joko.participations.get()
    actions.revoke_participation(its, reason="Tidak hadir.", unreplaced=True, by=by)
    actions.revoke_participation(spare, reason="Salah.", by=by)
    said, planned = siti.exclusions.get(), EventFactory(office=event.office)

    def add(**changes: Any) -> None:
        facts = {"event": event, "attendee": joko, "reason": "Salah.", "by": by}
        Exclusion.objects.create(**facts | changes)

    def order_for(person: Attendee, **changes: Any) -> None:
        paper = certificates.actions.Paper(
            PARTICIPANT.key, event.office, event.ends_on, "S", its.certificate.facts
        )
        [ordered] = certificates.actions.order_all([paper], by=by)
        facts = {"event": event, "attendee": person, "key": "a" * 12}
        Participation.objects.create(certificate=ordered, **facts | changes)

    broken: list[tuple[str, Callable[[], Any]]] = [
        ("exclusion_attendee_once", lambda: add(attendee=siti)),
        ("exclusion_with_a_reason", lambda: add(reason="")),
        ("this person has a certificate", lambda: add(attendee=None, contributor=yoga)),
        ("somebody of an event", lambda: add(event=planned)),
        ("said again", lambda: Exclusion.objects.filter(pk=said.pk).update(reason="Lain.")),
        ("until they are taken in again", lambda: order_for(siti)),
        ("until they are taken in again", lambda: order_for(joko, unreplaced=True)),
        (
            "whose a certificate is",
            lambda: Participation.objects.filter(contributor=yoga).update(unreplaced=True),
        ),
    ]
    for message, step in broken:
        with pytest.raises(IntegrityError, match=message), transaction.atomic():
            step()
    speaks = yoga.participations.get()
    actions.revoke_participation(speaks, reason="Salah.", unreplaced=True, by=by)
    Exclusion.objects.filter(contributor=yoga).delete()
    with pytest.raises(IntegrityError, match="exclusion_of_one"), transaction.atomic():
        add(contributor=yoga)
    order_for(joko)


@pytest.mark.parametrize("reported", [False, True])
def test_whoever_is_excluded_stays_so_merged_once_and_merged_again(office, reported) -> None:
    places = ("Desa Tieng", "Ds. Tieng", "Tieng")
    event = certified(office, JOKO, *(Person("Siti Aminah", it) for it in places))
    by = event.created_by
    first, second, third = (event.attendees.get(institution=it) for it in places)
    actions.exclude(first, reason="Hanya mengantar.", by=by)

    actions.merge(second, first, by=by)
    actions.merge(third, second, by=by)
    if reported:
        report(event)
        event.refresh_from_db()

    assert [(it.row, it.why) for it in Candidates.of(event).left_out] == [
        (third, Why.EXCLUDED), (first, Why.MERGED), (second, Why.MERGED)
    ]  # fmt: skip
    assert order(event) == ["Joko Santoso", "Yoga Prasetya"]


@pytest.mark.django_db(transaction=True)
def test_an_order_at_the_same_time_is_before_or_after() -> None:
    event = certified(MembershipFactory(role="staff").office, SITI, JOKO)
    siti, by = event.attendees.get(name="Siti Aminah"), event.created_by

    told = just_before(
        lambda: actions.exclude(siti, reason="Hanya mengantar.", by=by),
        lambda: actions.order_certificates(event, by=by),
    )

    assert sorted(it.facts["name"] for it in told) == ["Joko Santoso", "Yoga Prasetya"]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_says_why() -> None:
    event = certified(MembershipFactory(role="staff").office, SITI, JOKO)
    siti, joko = event.attendees.get(name="Siti Aminah"), event.attendees.get(name="Joko Santoso")
    people = [UserFactory(staff_of=event.office) for _ in range(3)]
    order(event)
    its = siti.participations.get()
    actions.revoke_participation(joko.participations.get(), reason="Salah.", by=event.created_by)

    excluded = together(
        *(lambda by=by: actions.exclude(joko, reason=f"Kata {by.pk}.", by=by) for by in people)
    )
    together(
        *(
            lambda by=by: actions.revoke_participation(
                its, reason="Tidak hadir.", unreplaced=True, by=by
            )
            for by in people
        )
    )

    assert len({it.pk for it in excluded}) == 1
    assert Exclusion.objects.count() == 2
    assert len(notes(event, "excluded")) == len(notes(event, "revoked")) - 1 == 1


def test_whoever_gets_none_is_not_taken_off_until_they_are_taken_in(event) -> None:
    by, yoga = event.created_by, event.contributors.get()
    siti, joko = event.attendees.get(name="Siti Aminah"), event.attendees.get(name="Joko Santoso")
    order(event)
    for its in (siti.participations.get(), yoga.participations.get()):
        actions.revoke_participation(its, reason="Tidak hadir.", unreplaced=True, by=by)
    actions.revoke_participation(joko.participations.get(), reason="Salah.", by=by)
    actions.exclude(joko, reason="Hanya mengantar.", by=by)
    drops: list[tuple[Attendee | Contributor, Callable[[], None]]] = [
        (siti, lambda: actions.drop_attendee(siti, reason="Salah.", by=by)),
        (joko, lambda: actions.drop_attendee(joko, reason="Salah.", by=by)),
        (yoga, lambda: actions.drop_contributor(yoga, by=by)),
    ]

    for person, drop in drops:
        with pytest.raises(TransitionRefused, match=f"{person} dikecualikan.*Masukkan lagi dahulu"):
            drop()
    assert len(left_out(event)) == 3
    assert order(event) == []
    for person, drop in drops:
        actions.take_in(person, by=by)
        drop()
    assert not event.attendees.exists()
    assert not event.contributors.exists()


def past_the_code(person: Attendee) -> None:
    with connection.cursor() as cursor:
        for step in (
            "UPDATE events_participation SET attendee_id = NULL WHERE attendee_id = %s",
            "DELETE FROM events_attendee WHERE id = %s",
        ):
            cursor.execute(step, [person.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_takes_nobody_off_who_gets_none(event) -> None:
    order(event)
    by, siti = event.created_by, event.attendees.get(name="Siti Aminah")
    joko, its = event.attendees.get(name="Joko Santoso"), siti.participations.get()
    actions.revoke_participation(its, reason="Tidak hadir.", unreplaced=True, by=by)
    actions.revoke_participation(joko.participations.get(), reason="Salah.", by=by)
    actions.exclude(joko, reason="Hanya mengantar.", by=by)
    siti.exclusions.get().delete()

    with pytest.raises(IntegrityError, match="whose a certificate is"), transaction.atomic():
        siti.delete()
    with pytest.raises(IntegrityError, match="whose a certificate is"), transaction.atomic():
        Participation.objects.filter(pk=its.pk).update(attendee=None, unreplaced=False)
    with pytest.raises(ProtectedError):
        joko.delete()
    with pytest.raises(IntegrityError, match="events_exclusion"), transaction.atomic():
        past_the_code(joko)
    Participation.objects.filter(pk=its.pk).update(unreplaced=False)
    siti.delete()


@pytest.mark.django_db(transaction=True)
def test_whoever_is_excluded_at_the_same_time_stays() -> None:
    event = certified(MembershipFactory(role="staff").office, SITI)
    siti, by = event.attendees.get(), event.created_by

    said = just_before(
        lambda: actions.exclude(siti, reason="Hanya mengantar.", by=by),
        lambda: actions.drop_attendee(siti, reason="Salah.", by=by),
    )

    assert isinstance(said, TransitionRefused)
    assert siti.exclusions.exists()


# --- On both lists -----------------------------------------------------------------------------


def test_a_speaker_who_signed_the_list_is_told_and_one_press_settles_it(client, office) -> None:
    event = certified(office, SITI, SPEAKER_CAME)
    client.force_login(event.created_by)
    came = event.attendees.get(institution="Desa Burat")
    address = reverse("events:attendee_exclude", args=[came.pk])

    page = client.get(check_address(event)).content.decode()
    reason = "Orang yang sama mendapat sertifikat sebagai narasumber."
    assert "Nama yang akan mendapat dua sertifikat" in page
    notice = page.split('id="dua-sertifikat"', 1)[1].split("</section>", 1)[0]
    for said in ("Yoga Prasetya", "YOGA Prasetya", f'action="{address}"', f'value="{reason}"'):
        assert said in notice
    assert reverse("events:contributor_exclude", args=[event.contributors.get().pk]) in notice
    assert "Siti" not in notice

    after = client.post(address, {"reason": reason}, follow=True).content.decode()

    assert "dua-sertifikat" not in after
    assert order(event) == ["Siti Aminah", "Yoga Prasetya"]


def test_a_degree_hides_nobody_who_is_on_both_lists(office) -> None:
    event = certified(office, SITI, Person("Drs. Yoga Prasetya, M.Si.", "Desa Burat"))

    assert len(Candidates.of(event).twice) == 1


def test_whoever_has_one_and_would_get_the_other_is_told_too(event) -> None:
    order(event)
    actions.attend(event, [SPEAKER_CAME], source=Source.PAPER, by=event.created_by)

    [both] = Candidates.of(event).twice
    assert (both.contributor.excluded_at, both.attendee.why) == ("", None)

    order(event)
    assert Candidates.of(event).twice == []
