"""The last look at certificates once the event was reported: who waits, and under which name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

import certificates.actions
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.actions import Person
from events.alike import Likenesses
from events.candidates import Candidates, Why
from events.models import Attendee, CertificateName, Contributor, Event, Merge, Source
from events.report import UNCERTIFIED, ReportPrints
from events.story import Story
from tests.events.certified import certified
from tests.events.held import by_the_head
from tests.factories import EventFactory, MembershipFactory, report
from tests.races import just_before

pytestmark = pytest.mark.django_db

SITI, AGAIN = Person("Siti Aminah", "Desa Tieng"), Person("Siti Aminah", "Ds. Tieng")
JOKO = Person("Joko Santoso", "Polsek Kejajar")


def check_address(event: Event) -> str:
    return reverse("events:certificates_check", args=[event.pk])


def order(event: Event) -> list[str]:
    ordered = actions.order_certificates(event, by=event.created_by)
    return sorted(it.facts["name"] for it in ordered)


def fresh(event: Event) -> Event:
    return Event.objects.with_page().get(pk=event.pk)


# --- Before the report -------------------------------------------------------------------------


def next_step(client: Client, event: Event) -> str:
    page = client.get(event.get_absolute_url()).content.decode()
    return page.partition("Langkah berikutnya")[2].partition("</section>")[0]


def report_look(event: Event) -> list[str]:
    return ReportPrints(Story.of(event), by_the_head(event)).doubts


def test_what_is_over_leads_to_the_names_before_the_report(client, office) -> None:
    event = certified(office, SITI)
    client.force_login(event.created_by)
    names = f'class="button" href="{reverse("events:certificates", args=[event.pk])}"'
    filing = f'href="{reverse("events:report", args=[event.pk])}"'

    before, doubts = next_step(client, event), report_look(event)
    order(event)
    after = next_step(client, event)

    assert "Laporan menutup daftar hadir" in before
    assert before.index(names) < before.index(filing)
    assert UNCERTIFIED in doubts
    assert names not in after
    assert f'class="button" {filing}' in after
    assert UNCERTIFIED not in report_look(event)


def test_where_nobody_is_named_the_report_comes_next(client, office) -> None:
    event = certified(office)
    client.force_login(event.created_by)

    assert "Laporan menutup daftar hadir" not in next_step(client, event)
    assert UNCERTIFIED not in report_look(event)


# --- Who may be somebody else ------------------------------------------------------------------


@pytest.fixture
def doubtful(office) -> Event:
    """Reported, with two rows of which nobody said whether they are one person."""
    return certified(office, SITI, AGAIN, JOKO, reported=True)


def pair(event: Event) -> dict[str, int]:
    first, second = event.attendees.filter(name="Siti Aminah").order_by("pk")
    return {"first": first.pk, "second": second.pk}


def test_a_pair_that_nobody_judged_waits_after_the_report_too(client, doubtful) -> None:
    client.force_login(doubtful.created_by)

    look = client.get(check_address(doubtful)).content.decode()
    waiting = client.get(f"{check_address(doubtful)}?tampil=mirip").content.decode()

    assert order(doubtful) == ["Joko Santoso", "Yoga Prasetya"]
    assert "Mirip orang lain (2)" in look
    assert "2 orang" in look.split("Mungkin satu orang", 1)[0]
    assert waiting.count(reverse("events:alike", args=[doubtful.pk])) >= 2
    assert "Siti Aminah" in waiting


def test_two_people_are_said_after_the_report_and_both_get_one(client, doubtful) -> None:
    client.force_login(doubtful.created_by)
    address = reverse("events:alike", args=[doubtful.pk])

    page = client.get(address).content.decode()
    for _ in range(2):  # a second click
        client.post(address, pair(doubtful))

    assert "Satu orang, pakai" not in page
    assert "Dua orang" in page
    assert [it.is_one for it in Merge.objects.all()] == [False]
    told = Entry.objects.about(doubtful).filter(verb="event.attendees_apart")
    assert told.count() == 1
    assert order(doubtful).count("Siti Aminah") == 2


def test_one_of_a_pair_is_excluded_and_the_other_gets_one(client, doubtful) -> None:
    client.force_login(doubtful.created_by)
    second = doubtful.attendees.get(institution="Ds. Tieng")
    address = reverse("events:attendee_exclude", args=[second.pk])

    page = client.get(reverse("events:alike", args=[doubtful.pk])).content.decode()
    client.post(address, {"reason": "Tercatat dua kali."})

    assert address in page
    after = client.get(reverse("events:alike", args=[doubtful.pk])).content.decode()
    assert "Tidak ada yang perlu diperiksa" in after
    assert order(doubtful).count("Siti Aminah") == 1


def test_nothing_waits_for_whoever_was_excluded_and_then_merged_twice(office) -> None:
    places = ("Desa Tieng", "Ds. Tieng", "Tieng", "Desa Tieng Baru")
    event = certified(office, *(Person("Siti Aminah", it) for it in places))
    by = event.created_by
    first, second, third, another = (event.attendees.get(institution=it) for it in places)
    actions.exclude(first, reason="Tercatat dua kali.", by=by)
    actions.merge(second, first, by=by)
    actions.merge(third, second, by=by)
    assert [(it.first, it.second) for it in Likenesses(event).open] == [(another, third)]

    report(event)

    event.refresh_from_db()
    assert Likenesses(event).open == []
    assert order(event).count("Siti Aminah") == 1


def test_whoever_was_struck_out_does_not_come_back_by_another_row(office) -> None:
    event = certified(office, SITI)
    by = event.created_by
    order(event)
    its = event.participations.get(attendee__name="Siti Aminah")
    actions.revoke_participation(its, reason="Tidak hadir.", unreplaced=True, by=by)
    actions.attend(event, [AGAIN], source=Source.PAPER, by=by)
    report(event)
    event.refresh_from_db()

    assert order(event) == []
    assert [it.why for it in Candidates.of(event).all][1:] == [Why.UNREPLACED, Why.ALIKE]


def test_after_the_report_nobody_is_merged_and_two_people_are_unsaid(client, doubtful) -> None:
    by = doubtful.created_by
    client.force_login(by)
    address = reverse("events:alike", args=[doubtful.pk])
    client.post(address, {**pair(doubtful), "keep": pair(doubtful)["first"]})
    assert not Merge.objects.exists()

    client.post(address, pair(doubtful))
    client.post(reverse("events:merge_undo", args=[Merge.objects.get().pk]))

    assert not Merge.objects.exists()
    assert "Siti Aminah" not in order(doubtful)


def test_what_was_merged_before_the_report_stays_merged(client, office) -> None:
    event = certified(office, SITI, AGAIN)
    by = event.created_by
    first, second = event.attendees.order_by("pk")
    said = actions.merge(first, second, by=by)
    report(event)
    client.force_login(by)

    page = client.get(reverse("events:alike", args=[event.pk])).content.decode()

    assert "digabungkan ke" in page
    assert reverse("events:merge_undo", args=[said.pk]) not in page
    with pytest.raises(TransitionRefused, match="tidak dapat diubah lagi"):
        actions.undo_merge(said, by=by)


def test_of_what_was_called_off_nothing_is_said_any_more(client, office) -> None:
    event = EventFactory(office=office)
    by = event.created_by
    first, second = actions.attend(event, [SITI, AGAIN], source=Source.PAPER, by=by).new
    actions.cancel(event, reason="Hujan.", by=by)
    client.force_login(by)

    page = client.get(reverse("events:alike", args=[event.pk]))

    assert page["Location"] == event.get_absolute_url()
    with pytest.raises(TransitionRefused, match="tidak dapat diubah lagi"):
        actions.keep_apart(first, second, by=by)


def test_the_database_says_two_people_of_what_was_reported_and_nothing_else(doubtful) -> None:
    first, second = doubtful.attendees.filter(name="Siti Aminah").order_by("pk")
    told = {"event": doubtful, "kept": first, "other": second, "by": doubtful.created_by}

    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        Merge.objects.create(is_one=True, **told)
    said = Merge.objects.create(is_one=False, **told)
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        Merge.objects.filter(pk=said.pk).update(is_one=True)
    said.delete()


# --- Under which name --------------------------------------------------------------------------


@pytest.fixture
def reported(office) -> Event:
    """Reported, with nobody certified yet."""
    return certified(office, SITI, JOKO, reported=True)


def name_address(person: Attendee | Contributor) -> str:
    return reverse(f"events:{person._meta.model_name}_certificate_name", args=[person.pk])


def test_a_name_is_mended_for_the_certificate_after_the_report(client, reported) -> None:
    siti, yoga = reported.attendees.get(name="Siti Aminah"), reported.contributors.get()
    client.force_login(reported.created_by)

    look = client.get(check_address(reported)).content.decode()
    for person, name in ((siti, "Hj. Siti Aminah, S.Pd."), (yoga, "Yoga Prasetya, S.H.")):
        assert f'href="{name_address(person)}"' in look
        assert str(person) in client.get(name_address(person)).content.decode()
        for _ in range(2):  # a second click
            done = client.post(name_address(person), {"name": name})
        assert done["Location"] == check_address(reported)
    after = client.get(check_address(reported)).content.decode()

    assert "Pada daftar: Siti Aminah" in after
    assert order(reported) == ["Hj. Siti Aminah, S.Pd.", "Joko Santoso", "Yoga Prasetya, S.H."]
    told = Entry.objects.about(reported).filter(verb="event.certificate_named")
    assert list(told.values_list("note", flat=True)) == [
        "Yoga Prasetya, Kasubsi, Kanim: Yoga Prasetya, S.H.",
        "Siti Aminah, Desa Tieng: Hj. Siti Aminah, S.Pd.",
    ]
    siti.refresh_from_db()
    assert siti.name == "Siti Aminah"
    listed = reverse("events:certificates", args=[reported.pk])
    assert "Kini tercatat" not in client.get(listed).content.decode()


def test_before_the_report_the_list_itself_is_mended(client, office) -> None:
    event = certified(office, SITI)
    siti = event.attendees.get()
    client.force_login(event.created_by)
    mended_at = reverse("events:attendee_edit", args=[siti.pk]) + "?untuk=sertifikat"

    look = client.get(check_address(event)).content.decode()
    asked = client.get(name_address(siti))
    sent = client.post(name_address(siti), {"name": "Lain"}, follow=True)

    assert f'href="{mended_at}"' in look
    assert asked["Location"] == mended_at
    assert "pada daftarnya sendiri" in sent.content.decode()
    assert not CertificateName.objects.exists()


def test_whoever_has_one_in_force_is_revoked_first(client, reported) -> None:
    siti = reported.attendees.get(name="Siti Aminah")
    order(reported)
    its = siti.participations.get()
    client.force_login(reported.created_by)
    revoking = reverse("events:certificate_revoke", args=[its.pk])

    page = client.get(name_address(siti)).content.decode()
    having = client.get(f"{check_address(reported)}?tampil=punya").content.decode()
    sent = client.post(name_address(siti), {"name": "Siti A."}, follow=True).content.decode()

    assert revoking in page
    assert revoking in having
    assert "masih berlaku" in sent
    assert not CertificateName.objects.exists()


def test_so_is_whoever_has_it_by_another_row(office) -> None:
    event = certified(office, SITI)
    by = event.created_by
    order(event)
    actions.attend(event, [AGAIN], source=Source.PAPER, by=by)
    first, second = event.attendees.order_by("pk")
    its = first.participations.get()
    with pytest.raises(TransitionRefused, match="masih berlaku"):
        actions.merge(second, first, by=by)
    actions.revoke_participation(its, reason="Salah.", by=by)
    actions.merge(second, first, by=by)
    order(event)
    report(event)

    with pytest.raises(TransitionRefused, match="masih berlaku"):
        actions.name_on_certificate(second, name="Siti A.", by=by)
    assert not CertificateName.objects.exists()


def test_the_name_that_was_said_last_counts(reported) -> None:
    siti, by = reported.attendees.get(name="Siti Aminah"), reported.created_by

    actions.name_on_certificate(siti, name="Siti A.", by=by)
    order(reported)
    actions.revoke_participation(
        siti.participations.get(), reason="Salah.", mended_name="Siti B.", by=by
    )
    assert order(reported) == ["Siti B."]
    actions.revoke_participation(siti.participations.in_force().get(), reason="Salah.", by=by)
    actions.name_on_certificate(siti, name="Siti C.", by=by)

    assert order(reported) == ["Siti C."]
    assert CertificateName.objects.count() == 1
    [its] = reported.participations.in_force().with_list().filter(attendee=siti)
    assert (its.called, its.is_outdated) == ("Siti C.", False)


def test_a_list_that_was_mended_since_is_believed(reported) -> None:
    siti, by = reported.attendees.get(name="Siti Aminah"), reported.created_by
    actions.name_on_certificate(siti, name="Siti A.", by=by)
    certificates.actions.void_number(reported.report.letter.entry, reason="Salah.", by=by)
    actions.take_report_back(reported, by=by)

    assert "Siti A." in [it.person.name for it in Candidates.of(fresh(reported)).wanted]
    actions.change_attendee(siti, facts={"name": "Siti Aminatun"}, by=by)
    report(reported)

    assert "Siti Aminatun" in order(reported)
    [its] = reported.participations.with_list().filter(attendee=siti)
    assert not its.is_outdated


def test_a_name_that_counts_no_more_is_said_again(client, reported) -> None:
    siti, by = reported.attendees.get(name="Siti Aminah"), reported.created_by
    actions.name_on_certificate(siti, name="Siti A.", by=by)
    certificates.actions.void_number(reported.report.letter.entry, reason="Salah.", by=by)
    actions.take_report_back(reported, by=by)
    actions.change_attendee(siti, facts={"name": "Siti Aminatun"}, by=by)
    report(reported)
    client.force_login(by)

    form = client.get(name_address(siti)).context["form"]
    assert form["name"].value() == "Siti Aminatun"  # as the certificate would call her
    client.post(name_address(siti), {"name": "Siti A.", "dibuka": form["dibuka"].value()})

    assert CertificateName.objects.get().instead_of == "Siti Aminatun"
    assert "Siti A." in order(reported)


def test_a_name_that_no_typeface_has_is_refused(client, reported) -> None:
    siti = reported.attendees.get(name="Siti Aminah")
    client.force_login(reported.created_by)

    for name in ("", "Siti 村"):
        answer = client.post(name_address(siti), {"name": name})
        assert "name" in answer.context["form"].errors


def test_the_database_keeps_whose_name_it_is(reported) -> None:
    by = reported.created_by
    siti, joko = reported.attendees.get(name="Siti Aminah"), reported.attendees.get(name=JOKO.name)
    yoga, planned = reported.contributors.get(), EventFactory(office=reported.office)
    said = actions.name_on_certificate(siti, name="Siti A.", by=by)
    actions.exclude(joko, reason="Salah.", by=by)
    actions.exclude(siti, reason="Salah.", by=by)
    order(reported)

    def add(**changes: Any) -> None:
        facts = {"event": reported, "attendee": joko, "name": "A", "instead_of": "B", "by": by}
        CertificateName.objects.create(**facts | changes)

    def change(**changes: Any) -> None:
        CertificateName.objects.filter(pk=said.pk).update(**changes)

    broken: list[tuple[str, Callable[[], Any]]] = [
        ("certificate_name_attendee_once", lambda: add(attendee=siti)),
        ("certificate_name_said", lambda: add(name="")),
        ("this person has a certificate", lambda: add(attendee=None, contributor=yoga)),
        ("somebody of an event", lambda: add(event=planned)),
        ("stays with whose it is", lambda: change(attendee=joko)),
        ("stays with whose it is", lambda: change(event=planned)),
    ]
    for message, step in broken:
        with pytest.raises(IntegrityError, match=message), transaction.atomic():
            step()
    actions.revoke_participation(yoga.participations.get(), reason="Salah.", by=by)
    with pytest.raises(IntegrityError, match="name_of_one"), transaction.atomic():
        add(contributor=yoga)
    actions.name_on_certificate(yoga, name="Yoga P.", by=by)
    with pytest.raises(IntegrityError, match="contributor_once"), transaction.atomic():
        add(attendee=None, contributor=yoga)
    change(name="Siti B.")


@pytest.mark.django_db(transaction=True)
def test_an_order_at_the_same_time_bears_the_name_or_is_refused_first() -> None:
    event = certified(MembershipFactory(role="staff").office, SITI, reported=True)
    siti, by = event.attendees.get(), event.created_by

    told = just_before(
        lambda: actions.name_on_certificate(siti, name="Siti A.", by=by),
        lambda: actions.order_certificates(event, by=by),
    )

    assert sorted(it.facts["name"] for it in told) == ["Siti A.", "Yoga Prasetya"]


def test_the_event_says_who_waits_once_others_have_theirs(client, office) -> None:
    event = certified(office, SITI, AGAIN, JOKO)
    client.force_login(event.created_by)

    def page() -> str:
        return client.get(event.get_absolute_url()).content.decode()

    assert "pasang nama yang mirip" not in page()  # the next step speaks of the names
    order(event)
    assert f'{reverse("events:alike", args=[event.pk])}">1 pasang nama yang mirip' in page()
    actions.keep_apart(*event.attendees.filter(name=SITI.name), by=event.created_by)
    assert "pasang nama yang mirip" not in page()


def test_who_mends_a_name_before_the_report_comes_back_to_the_look(client, office) -> None:
    event = certified(office, SITI)
    siti, yoga = event.attendees.get(), event.contributors.get()
    client.force_login(event.created_by)
    look, the_list = check_address(event), reverse("events:attendance", args=[event.pk])
    page = client.get(look).content.decode()

    for row, name, otherwise in (
        (siti, "attendee", the_list),
        (yoga, "contributor", event.get_absolute_url()),
    ):
        address = reverse(f"events:{name}_edit", args=[row.pk])
        from_the_look = f"{address}?untuk=sertifikat"
        assert f'href="{from_the_look}"' in page
        for asked, back in (
            (from_the_look, look),
            (address, otherwise),
            (f"{address}?untuk=https://elsewhere.example", otherwise),
        ):
            shown = client.get(asked)
            assert f'href="{back}">Batal</a>' in shown.content.decode()
            form = shown.context["form"]
            sent = {it.html_name: it.value() or "" for it in form} | {"name": f"{row.name} {back}"}
            assert client.post(asked, sent).url == back
