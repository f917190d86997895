"""Who of the invited came: noted with one press, once however often and by however many."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.actions import Person
from events.arrivals import FRESH, Arrival, likely
from events.attendance import GUESTS_SHOWN
from events.attendance_prints import expected
from events.models import Attendee, Event, Invitee, Source
from tests.factories import EventFactory, UserFactory
from tests.races import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(office) -> Event:
    return EventFactory(office=office)


def invited(event: Event, person: str = "Slamet", title: str = "Camat", **facts) -> Invitee:
    facts = {"kind": "district", "institution": "Kecamatan Selomerto", "region": None} | facts
    facts |= {"person": person, "title": title}
    return actions.invite(event, facts=facts, by=event.created_by)


def answered(guest: Invitee, reply: str, represented_by: str = "") -> Invitee:
    facts = {"reply": reply, "represented_by": represented_by}
    return actions.note_reply(guest, facts=facts, by=guest.event.created_by)


def note(guest: Invitee) -> actions.Noted:
    return actions.note_invited(guest, by=guest.event.created_by)


def attend(event: Event, *people: Person, source: Source = Source.OFFICER) -> tuple[Attendee, ...]:
    by = None if source == Source.SELF else event.created_by
    return actions.attend(event, people, source=source, by=by).new


def list_of(event: Event) -> str:
    return reverse("events:attendance", args=[event.pk])


def awaited(client, event: Event, text: str = "", **asked: str) -> list[str]:
    found = client.get(list_of(event), {"q": text, **asked}).context["list"].awaited
    return [it.guest.title for it in found]


def test_one_press_notes_the_person_who_is_named(client, staff, event) -> None:
    guest = invited(event)
    client.force_login(staff)

    answer = client.post(reverse("events:invitee_came", args=[guest.pk]))

    person = event.attendees.get()
    assert answer.url == f"{list_of(event)}?di={guest.pk}#pesan"
    page = client.get(answer.url).content.decode()
    assert "Slamet dicatat hadir" in page
    assert page.count('id="pesan"') == 1  # and it stands at the guests, below the form
    assert page.index("Catat yang hadir") < page.index('id="pesan"')
    assert (person.name, person.title) == ("Slamet", "Camat")
    assert (person.institution, person.source) == ("Kecamatan Selomerto", "officer")
    assert (person.invitee, person.recorded_by) == (guest, staff)
    assert [it.verb for it in Entry.objects.about(person)] == ["attendee.noted"]


@pytest.mark.parametrize(
    ("person", "represented_by", "name", "title"),
    [
        ("Slamet", "", "Slamet", "Camat"),
        ("Slamet", "Siti Aminah, Sekretaris Kecamatan", "Siti Aminah", "Sekretaris Kecamatan"),
        ("", "Siti Aminah", "Siti Aminah", "Mewakili Camat"),
        ("", "", "", "Camat"),
        ("", "中文, Staf", "", "Staf"),
        ("", "S" * 121, "", "Mewakili Camat"),
    ],
)
def test_whom_a_press_notes(person: str, represented_by: str, name: str, title: str) -> None:
    guest = Invitee(kind="district", institution="Kecamatan", title="Camat", person=person)
    guest.represented_by = represented_by

    assert Arrival.of(guest) == Arrival(name, "Kecamatan", title)


def test_the_head_of_a_village_is_noted_for_the_village_alone() -> None:
    guest = Invitee(kind="village", institution="Desa Tieng, Kecamatan Kejajar", title="Kades")

    assert Arrival.of(guest).institution == "Desa Tieng"


def test_of_whom_no_name_is_known_only_the_name_is_typed(client, staff, event) -> None:
    guest = invited(event, person="")
    client.force_login(staff)
    asked = f"{list_of(event)}?undangan={guest.pk}"

    page = client.get(asked)
    assert f'href="{asked}#catat"' in client.get(list_of(event)).content.decode()
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in ("name", "institution", "title")}
    assert sent == {"name": "", "institution": "Kecamatan Selomerto", "title": "Camat"}
    refused = client.post(list_of(event), sent | {"undangan": guest.pk}).content.decode()
    assert f'name="undangan" value="{guest.pk}"' in refused
    client.post(list_of(event), sent | {"undangan": guest.pk, "name": "Budi"})

    assert event.attendees.get().invitee == guest
    assert client.get(asked).context["guest"] is None
    with pytest.raises(TransitionRefused, match="belum diketahui"):
        note(invited(event, person="", title="Sekcam"))


def test_somebody_else_may_come_than_was_named(client, staff, event) -> None:
    guest = invited(event)
    client.force_login(staff)

    form = client.get(list_of(event), {"undangan": guest.pk}).context["form"]

    assert form["name"].value() is None
    assert form["title"].value() == "Mewakili Camat"


def test_the_awaited_are_found_and_counted(client, staff, event) -> None:
    for number in range(GUESTS_SHOWN):
        invited(event, title=f"Staf {number}")
    answered(invited(event, title="Bupati"), "absent")
    note(invited(event, title="Kapolsek", person="Budi"))
    invited(event, title="Danramil", person="Joko", institution="Koramil")
    client.force_login(staff)

    page = client.get(list_of(event)).content.decode()

    assert f"1 dari {GUESTS_SHOWN + 3} undangan tercatat hadir; {GUESTS_SHOWN + 1} belum" in page
    assert len(awaited(client, event)) == GUESTS_SHOWN
    assert awaited(client, event, undangan_halaman="2") == ["Danramil"]
    assert "undangan_halaman=2#undangan" in page
    assert awaited(client, event, "koramil") == ["Danramil"]
    assert awaited(client, event, "joko") == ["Danramil"]
    assert awaited(client, event, "bupati") == awaited(client, event, "kapolsek") == []


def test_who_is_on_the_list_already_is_said_to_be_the_guest(event) -> None:
    [there] = attend(event, Person("slamet", "Kecamatan Selomerto", phone="0812 0000 0001"))
    guest = invited(event)

    noted = note(guest)

    assert noted.known == (there,)
    there.refresh_from_db()
    assert (there.invitee, there.title) == (guest, "Camat")
    verbs = [it.verb for it in Entry.objects.about(there)]
    assert verbs == ["attendee.completed", "attendee.noted"]


def test_pressed_twice_they_came_once_and_dropped_they_are_awaited_again(event) -> None:
    guest = invited(event)
    [person] = note(guest).new
    actions.change_attendee(person, facts={"name": "Slamet Riyadi"}, by=event.created_by)

    assert note(guest).known == (person,)
    actions.drop_attendee(person, reason="Salah.", by=event.created_by)

    assert list(event.invitees.awaited()) == [guest]


def test_a_guest_is_no_other_person_as_well(client, staff, event) -> None:
    guest = invited(event)
    note(guest)

    [other] = attend(event, Person("Budi", "Kecamatan", invitee_id=guest.pk))

    assert other.invitee is None


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_note_one_person() -> None:
    event = EventFactory()
    guest = invited(event)

    both = together(*(lambda: note(guest) for _ in range(4)))

    assert sorted(len(it.new) for it in both) == [0, 0, 0, 1]
    assert event.attendees.get().invitee == guest


def test_a_guest_who_came_stays_invited(event) -> None:
    guest = invited(event)
    note(guest)

    with pytest.raises(TransitionRefused, match="dicatat hadir: Slamet"):
        actions.drop_invitee(guest, by=event.created_by)

    other = invited(event, title="Sekcam")
    actions.drop_invitee(other, by=event.created_by)
    with pytest.raises(TransitionRefused, match="tidak diundang lagi"):
        note(other)


def test_of_one_person_the_guest_came_whichever_row_is_kept(client, staff, event) -> None:
    guest = invited(event)
    [kept] = attend(event, Person("Slamet Riyadi", "Kec. Selomerto"))
    [other] = note(guest).new
    said = actions.merge(kept, other, by=staff)
    client.force_login(staff)

    [person] = client.get(list_of(event)).context["list"].page
    assert (person, person.was_invited) == (kept, True)
    assert event.invitees.with_noted().get().noted_name == "Slamet Riyadi"
    actions.undo_merge(said, by=staff)
    assert event.invitees.with_noted().get().noted_name == "Slamet"


def test_what_was_merged_may_be_merged_again(client, staff, event) -> None:
    guest, other_guest = invited(event), invited(event, "Budi", "Sekcam")
    [first] = note(guest).new
    [second] = attend(event, Person("Slamet R.", "Kec. Selomerto"))
    [last] = attend(event, Person("Slamet Riyadi", "Kecamatan Selomerto, Wonosobo"))
    actions.merge(second, first, by=staff)
    actions.merge(last, second, by=staff)
    client.force_login(staff)

    [person] = client.get(list_of(event)).context["list"].page
    assert (person, person.was_invited) == (last, True)
    assert event.invitees.with_noted().get(pk=guest.pk).noted_name == "Slamet Riyadi"
    assert likely(event, [other_guest, guest]) == {}
    assert actions.identify(last, guest, by=staff) == last
    with pytest.raises(TransitionRefused, match="sudah tercatat sebagai undangan"):
        actions.identify(last, other_guest, by=staff)
    actions.deny(last, guest, by=staff)
    first.refresh_from_db()
    assert first.invitee is None


def test_the_guests_tell_who_came_and_who_did_not(client, staff, event) -> None:
    note(answered(invited(event), "coming"))
    answered(invited(event, title="Kapolsek"), "coming")
    client.force_login(staff)
    address = reverse("events:invitees", args=[event.pk])

    def found(reply: str) -> list[str]:
        return [str(it.title) for it in client.get(address, {"jawaban": reply}).context["page"]]

    assert (found("came"), found("missing")) == (["Camat"], ["Kapolsek"])
    for page in (address, event.get_absolute_url()):
        text = client.get(page).content.decode()
        told = "1 dari 2 undangan tercatat hadir. Jawaban: 2 menyatakan akan hadir"
        assert told in text
        assert "enyatakan akan hadir" in text.replace(told, "")


def test_a_representative_who_came_is_not_printed_twice(event) -> None:
    note(answered(invited(event), "represented", "Siti Aminah, Sekcam"))

    assert [it.name for it in expected(event)] == ["Siti Aminah"]


def test_the_database_keeps_one_person_a_guest_of_one_event(event) -> None:
    guest = invited(event)
    note(guest)
    [other] = attend(event, Person("Budi", "Polsek"))
    [elsewhere] = attend(EventFactory(), Person("Budi", "Polsek"))

    with pytest.raises(IntegrityError, match="attendee_of_invitee_once"), transaction.atomic():
        Attendee.objects.filter(pk=other.pk).update(invitee=guest)
    with pytest.raises(IntegrityError, match="does not come to another"), transaction.atomic():
        Attendee.objects.filter(pk=elsewhere.pk).update(invitee=guest)


# --- Onto what somebody entered themselves -----------------------------------------------------

CAMAT = {"person": "Hadi Y", "title": "Camat Y", "institution": "Kecamatan Y"}


def stranger(event: Event, phone: str = "081999888777", **facts: str) -> Attendee:
    told = {"name": "hadi y", "institution": "KECAMATAN Y", "title": "Makelar TKI"} | facts
    return actions.attend(event, [Person(**told, phone=phone)], source=Source.SELF, by=None).new[0]


def words_of(person: Attendee) -> tuple[str, str, str, str]:
    person.refresh_from_db()
    return person.name, person.title, person.institution, person.phone


def test_no_words_and_no_phone_of_a_stranger_become_the_guest(client, staff, event) -> None:
    person = stranger(event)
    guest = invited(event, **CAMAT)
    client.force_login(staff)

    address = reverse("events:invitee_came", args=[guest.pk])
    told = client.post(address, follow=True).content.decode()

    assert words_of(person) == ("Hadi Y", "Camat Y", "Kecamatan Y", "")
    assert (person.invitee, person.vouched_by) == (guest, staff)
    assert event.attendees.count() == 1
    assert "Hadi Y sudah ada dalam daftar" in told
    assert "Jabatan: Makelar TKI → Camat Y" in told
    assert "Nomor HP dari isian mandiri dihapus" in told
    [entry] = Entry.objects.about(person).filter(verb="attendee.changed")
    assert entry.by == staff
    assert entry.note.splitlines() == [
        "Nama: hadi y → Hadi Y",
        "Instansi atau desa: KECAMATAN Y → Kecamatan Y",
        "Jabatan: Makelar TKI → Camat Y",
        "Nomor HP dari isian mandiri dihapus.",
    ]
    assert "81999888777" not in str(list(Entry.objects.values_list("note", "data")))


def test_a_deputy_keeps_the_title_that_they_gave(client, staff, event) -> None:
    guest = invited(event)
    [person] = attend(event, Person("Retno", guest.institution, "Sekcam"), source=Source.SELF)
    [other] = attend(event, Person("Budi", guest.institution), source=Source.SELF)
    client.force_login(staff)
    address = f"{list_of(event)}?undangan={guest.pk}"
    form = client.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in ("name", "institution", "title")}

    client.post(address, sent | {"undangan": guest.pk, "name": "Retno"})

    assert words_of(person)[1] == "Sekcam"
    assert (person.invitee, person.vouched_by) == (guest, staff)
    actions.deny(person, guest, by=staff)
    client.post(address, sent | {"undangan": guest.pk, "name": "Budi"})
    assert words_of(other)[1] == "Mewakili Camat"


def test_the_title_that_an_officer_types_stands_above_a_stranger_s(client, staff, event) -> None:
    guest = invited(event)
    said = Person("Retno", guest.institution, "Makelar TKI")
    [person] = attend(event, said, source=Source.SELF)
    client.force_login(staff)
    sent = {"undangan": guest.pk, "name": "Retno", "institution": guest.institution}

    client.post(list_of(event), sent | {"title": "Mewakili Camat, Kasi Trantib"})

    assert words_of(person)[1] == "Mewakili Camat, Kasi Trantib"


def test_of_two_who_may_be_a_guest_one_sees_which_is_which(client, staff, event) -> None:
    guest = invited(event)
    said = {"name": guest.person, "institution": f"Kantor {guest.institution}"}
    attend(event, Person(**said), source=Source.SELF)
    attend(event, Person(**said, phone="0811 2222 3333"), source=Source.SELF)
    client.force_login(staff)

    page = client.get(list_of(event)).content.decode()

    assert "· Mengisi sendiri</span>" in page
    assert "· Mengisi sendiri, 0811 2222 3333</span>" in page


def test_what_an_officer_wrote_of_them_stays(event) -> None:
    [noted] = attend(event, Person("hadi y", "Kec. Y", "Plt. Camat", phone="0812 0000 0001"))
    seen = stranger(event, institution="Desa Tieng")
    actions.change_attendee(seen, facts={"title": "Wakil"}, by=event.created_by)

    for person in (noted, seen):
        guest = invited(event, **CAMAT | {"institution": person.institution})
        assert note(guest).known == (person,)

    assert words_of(noted) == ("hadi y", "Plt. Camat", "Kec. Y", "0812 0000 0001")
    assert words_of(seen) == ("hadi y", "Wakil", "Desa Tieng", "081999888777")


def test_the_phone_that_an_officer_noted_too_stays(event) -> None:
    person = stranger(event)
    attend(event, Person("Hadi Y", "Kecamatan Y", phone="081999888777"))

    noted = note(invited(event, **CAMAT))

    assert noted.known == (person,)
    assert words_of(person)[3] == "081999888777"


def test_of_several_rows_of_the_name_the_officers_is_the_guest(event) -> None:
    strangers = [stranger(event, phone) for phone in ("0811111111", "", "0822222222")]
    [noted] = attend(event, Person("Hadi Y", "Kecamatan Y", phone="0833333333"))

    assert note(invited(event, **CAMAT)).known == (noted,)
    assert [words_of(it)[1] for it in strangers] == ["Makelar TKI"] * 3


def test_a_row_without_a_phone_is_the_guest_and_no_two_become_one(event) -> None:
    first, second = stranger(event, "0811111111"), stranger(event, "")

    assert note(invited(event, **CAMAT)).known == (second,)
    assert words_of(first)[3] == "0811111111"


def test_a_row_whose_twin_was_hidden_is_refused_in_a_sentence(event) -> None:
    shown, hidden = stranger(event, "0811111111"), stranger(event, "")
    near = stranger(event, "0822222222", name="hadi yy")
    actions.merge(near, hidden, by=event.created_by)

    with pytest.raises(TransitionRefused, match="periksa nama yang mirip"):
        note(invited(event, **CAMAT))

    assert words_of(shown)[3] == "0811111111"


def test_a_row_that_an_officer_merged_is_the_guest_however_many_there_are(event) -> None:
    hidden, shown = stranger(event, ""), stranger(event, "0811111111")
    other = stranger(event, "0822222222")
    actions.merge(shown, hidden, by=event.created_by)
    guest = invited(event, **CAMAT)

    note(guest)

    assert event.attendees.get(invitee=guest) == shown
    assert words_of(shown) == ("Hadi Y", "Camat Y", "Kecamatan Y", "0811111111")  # it was chosen
    assert words_of(other)[3] == "0822222222"


def test_who_is_typed_as_the_guest_is_called_as_typed(client, staff, event) -> None:
    person = stranger(event, "")
    guest = invited(event, **CAMAT | {"person": ""})
    client.force_login(staff)
    sent = {"name": "Hadi Y", "institution": "Kecamatan Y", "title": "Camat Y"}

    client.post(list_of(event), sent | {"undangan": guest.pk})

    assert words_of(person) == ("Hadi Y", "Camat Y", "Kecamatan Y", "")
    assert person.invitee == guest


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_say_it_of_one_row_once() -> None:
    event = EventFactory()
    person, guest = stranger(event), invited(event, **CAMAT)

    together(*(lambda: note(guest) for _ in range(4)))

    assert words_of(person) == ("Hadi Y", "Camat Y", "Kecamatan Y", "")
    assert Entry.objects.about(person).filter(verb="attendee.changed").count() == 1


def press(client, name: str, record: Attendee | Invitee, asked: str = "", **said: object) -> str:
    return client.post(reverse(f"events:{name}", args=[record.pk]) + asked, said).url


def test_the_next_one_is_ticked_where_the_last_one_was(client, staff, event) -> None:
    guest = invited(event)
    client.force_login(staff)

    address = press(client, "invitee_came", guest, "?q=sel&undangan_halaman=2&x=1")

    assert address == f"{list_of(event)}?q=sel&undangan_halaman=2&di={guest.pk}#pesan"


def test_it_is_said_before_the_next_one_of_the_list(client, staff, event) -> None:
    for place, name in enumerate(("Ani", "Budi", "Candra")):
        invited(event, name, f"Staf {place}")
    [_, guest, _] = event.invitees.all()
    client.force_login(staff)

    page = client.get(press(client, "invitee_came", guest)).content.decode()
    order = [page.rindex(it) for it in (">Ani<", 'id="pesan"', "Budi dicatat hadir", ">Candra<")]
    assert order == sorted(order)
    last = event.invitees.last()
    page = client.get(press(client, "invitee_came", last)).content.decode()
    assert page.index(">Ani<") < page.index("Candra dicatat hadir")
    page = client.get(press(client, "invitee_came", event.invitees.first())).content.decode()
    assert page.index("3 dari 3 undangan") < page.index("Ani dicatat hadir")


def test_a_press_may_say_whether_a_man_or_a_woman_came(client, staff, event) -> None:
    client.force_login(staff)

    press(client, "invitee_came", invited(event), jk="L")
    press(client, "invitee_came", invited(event, "Siti", "Sekcam"), jk="P")
    press(client, "invitee_came", invited(event, "Joko", "Kasi"), jk="X")

    assert dict(event.attendees.values_list("name", "sex")) == {
        "Slamet": "L", "Siti": "P", "Joko": "",
    }  # fmt: skip


def test_a_wrong_press_is_taken_back_with_one_press(client, staff, event) -> None:
    guest = invited(event)
    client.force_login(staff)
    page = client.get(press(client, "invitee_came", guest)).content.decode()
    person = event.attendees.get()

    back = reverse("events:arrival_take_back", args=[person.pk])
    assert f'action="{back}' in page
    address = press(client, "arrival_take_back", person)

    assert not event.attendees.exists()
    assert list(event.invitees.awaited()) == [guest]
    assert "Slamet tidak jadi dicatat hadir" in client.get(address).content.decode()
    assert Entry.objects.about(event)[0].verb == "event.arrival_taken_back"


def test_what_is_not_a_fresh_press_is_not_taken_back_so(staff, event) -> None:
    [person] = note(invited(event)).new
    [walked_in] = attend(event, Person("Budi", "Polsek"))
    late = timezone.now() + FRESH

    for row, by, at in (
        (person, staff, None),  # another officer noted them
        (person, event.created_by, late),
        (walked_in, event.created_by, None),
    ):
        with pytest.raises(TransitionRefused, match="hapus lewat namanya"):
            actions.take_back(row, by=by, at=at)
    actions.change_attendee(person, facts={"name": "Slamet Riyadi"}, by=event.created_by)
    with pytest.raises(TransitionRefused, match="hapus lewat namanya"):
        actions.take_back(person, by=event.created_by)
    actions.cancel(event, reason="Hujan.", by=event.created_by)
    with pytest.raises(TransitionRefused, match="dibatalkan"):
        actions.take_back(person, by=event.created_by)


def entered(event: Event, person: Person) -> None:
    actions.attend(event, [person], source=Source.SELF, by=None)


def on_paper(event: Event, person: Person) -> None:
    actions.attend(event, [person], source=Source.PAPER, by=event.created_by)


def imported(event: Event, person: Person) -> None:
    actions.import_attendees(event, [person], file="hadir.xlsx", by=event.created_by)


def typed_by_hand(event: Event, person: Person) -> None:
    attend(event, person)


def pressed_by_another(event: Event, _person: Person) -> None:
    actions.note_invited(event.invitees.get(), by=UserFactory())


@pytest.mark.parametrize("way", [entered, on_paper, imported, typed_by_hand, pressed_by_another])
def test_who_was_noted_since_by_another_way_stays_however_wrong_the_press_was(
    event, way: Callable[[Event, Person], None]
) -> None:
    [person] = note(invited(event)).new

    way(event, Person("SLAMET", "Kecamatan Selomerto"))
    way(event, Person("SLAMET", "Kecamatan Selomerto"))

    with pytest.raises(TransitionRefused, match="hapus lewat namanya"):
        actions.take_back(person, by=event.created_by)
    assert event.attendees.get() == person
    told = [it.verb for it in Entry.objects.about(person)]
    assert told == ["attendee.noted_again", "attendee.noted"]  # once, however often


def test_a_second_press_of_ones_own_is_the_same_press(event) -> None:
    guest = invited(event)
    [person] = note(guest).new

    note(guest)
    actions.take_back(person, by=event.created_by)

    assert not event.attendees.exists()


@pytest.mark.django_db(transaction=True)
def test_whoever_enters_while_the_press_is_taken_back_is_on_the_list(event) -> None:
    [person] = note(invited(event)).new

    def take_back() -> None:
        with suppress(TransitionRefused):
            actions.take_back(person, by=event.created_by)

    together(take_back, lambda: entered(event, Person("Slamet", "Kecamatan Selomerto")))

    assert event.attendees.get().name == "Slamet"


def test_who_was_merged_is_not_taken_back_by_a_press(event) -> None:
    [person] = note(invited(event)).new
    [other] = attend(event, Person("Slamet R.", "Kec. Selomerto"))
    actions.merge(person, other, by=event.created_by)

    with pytest.raises(TransitionRefused, match="hapus lewat namanya"):
        actions.take_back(person, by=event.created_by)


def test_who_was_there_before_the_press_stays_and_is_let_go_as_the_guest(
    client, staff, event
) -> None:
    guest = invited(event)
    [there] = actions.attend(
        event, [Person("slamet", "Kecamatan Selomerto")], source=Source.SELF, by=None
    ).new
    client.force_login(staff)

    page = client.get(press(client, "invitee_came", guest)).content.decode()

    assert reverse("events:attendee_deny", args=[there.pk]) in page
    assert reverse("events:arrival_take_back", args=[there.pk]) not in page
    press(client, "attendee_deny", there, undangan=guest.pk)
    assert list(event.invitees.awaited()) == [guest]
