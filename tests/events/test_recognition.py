"""Who came by whatever way is recognised as the guest they are, surely or for a person to say."""

from __future__ import annotations

from itertools import permutations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.actions import Person
from events.arrivals import likely
from events.models import Attendee, Event, GuestDenial, Invitee, Source
from events.names import bare_key
from events.recognition import Guests
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db

BENER = "Desa Bener, Kecamatan Wonosobo, Kabupaten Wonosobo"
HEAD = {"title": "Kepala Desa Bener", "institution": BENER, "kind": "village"}
CAMAT = {"title": "Camat", "institution": "Kecamatan Selomerto", "kind": "district"}


@pytest.fixture
def event(office) -> Event:
    return EventFactory(office=office)


def invited(event: Event, person: str = "", **facts) -> Invitee:
    facts = HEAD | {"region": None, "person": person} | facts
    return actions.invite(event, facts=facts, by=event.created_by)


def attend(event: Event, *people: Person, source: Source = Source.OFFICER) -> actions.Noted:
    by = None if source == Source.SELF else event.created_by
    return actions.attend(event, people, source=source, by=by)


def guest(pk: int, **facts) -> Invitee:
    return Invitee(**({"pk": pk, "person": ""} | HEAD | facts))


@pytest.mark.parametrize(
    "name",
    [
        "Suparman Hadi",
        "H. Suparman Hadi",
        "Bapak Drs. H. SUPARMAN HADI",
        "suparman hadi, S.Pd., MM",
    ],
)
def test_a_name_is_compared_without_forms_of_address_and_degrees(name: str) -> None:
    assert bare_key(name) == "suparmanhadi"


def test_a_name_that_is_a_form_of_address_stays_a_name() -> None:
    assert (bare_key("Haji"), bare_key("Suparman, Desa")) == ("haji", "suparmandesa")


@pytest.mark.parametrize(
    ("title", "institution"),
    [
        ("Kepala Desa", "Desa Bener"),
        ("kepala desa", "Bener"),
        ("Kades", "Ds. Bener"),
        ("Kepala Desa Bener", "Pemerintah Desa Bener"),
        ("Kades Bener", BENER),
    ],
)
def test_a_post_is_the_same_however_it_is_written(title: str, institution: str) -> None:
    guests = Guests([guest(1), guest(2, title="Camat", institution="Kecamatan Bener")])

    assert guests.surely(Person("H. Suparman", institution, title)) == 1


@pytest.mark.parametrize(
    ("title", "institution"),
    [
        ("Kepala Desa", "Desa Benerwojo"),
        ("Kepala Desa", "Kelurahan Bener"),
        ("Kepala Desa", "Desa Bener, Kecamatan Kepil"),
        ("Kepala Dusun", "Desa Bener"),
        ("Sekretaris Desa", "Desa Bener"),
        ("", "Desa Bener"),
    ],
)
def test_another_post_or_place_is_nobody_who_is_invited(title: str, institution: str) -> None:
    comer = Person("H. Suparman", institution, title)

    assert Guests([guest(1)]).surely(comer) is None
    assert Guests([guest(1)]).perhaps(comer) == []


def test_the_person_or_the_deputy_is_recognised_without_a_title() -> None:
    guests = Guests([
        guest(1, person="Suparman, S.IP."),
        guest(2, **CAMAT, person="Slamet", represented_by="Siti Aminah, Sekcam"),
    ])  # fmt: skip

    assert guests.surely(Person("H. Suparman", "Bener")) == 1
    assert guests.surely(Person("Ibu Siti Aminah, S.Sos.", "Kec. Selomerto")) == 2
    assert guests.surely(Person("Slamet", "Kantor Kecamatan Selomerto")) == 2


@pytest.mark.parametrize(
    ("person", "comer"),
    [
        ("", Person("Tuti", "Desa Bener", "Plt. Kepala Desa")),  # holds the post for a while
        ("", Person("Tuti", "Desa Bener", "Mewakili Kepala Desa")),
        ("Suparman", Person("Tuti", "Desa Bener", "Kepala Desa")),  # another name than was invited
        ("Suparman Hadi", Person("Suparman Hady", "Desa Bener")),
        ("Suparman Hadi", Person("Suparman Hadi", "Balai pertemuan")),
    ],
)
def test_whom_a_person_should_look_at(person: str, comer: Person) -> None:
    guests = Guests([guest(1, person=person)])

    assert guests.surely(comer) is None
    assert guests.perhaps(comer) == [1]


def test_of_two_guests_of_one_post_nobody_is_surely_either() -> None:
    guests = Guests([guest(1), guest(2, institution="Desa Bener, Kecamatan Kepil")])

    assert guests.surely(Person("Suparman", "Desa Bener", "Kepala Desa")) is None
    assert guests.perhaps(Person("Suparman", "Desa Bener", "Kepala Desa")) == [1, 2]
    assert guests.surely(Person("Suparman", "Desa Bener, Kecamatan Kepil", "Kades")) == 2


KADES = Person("H. Suparman", "Desa Bener", "Kepala Desa")


def test_whom_an_officer_or_a_table_names_is_noted_as_the_guest_they_are(event) -> None:
    head = invited(event)
    camat = invited(event, "Slamet", **CAMAT)

    [person] = attend(event, KADES).new
    other = Person("Drs. Slamet", "Kec. Selomerto")
    [imported] = attend(event, other, source=Source.IMPORT).new

    assert (person.invitee, imported.invitee) == (head, camat)
    assert list(event.invitees.awaited()) == []
    [entry] = Entry.objects.about(person)
    assert (entry.verb, entry.note) == ("attendee.noted", str(head))


def test_who_enters_themselves_is_only_proposed(event) -> None:
    invited(event)

    [person] = attend(event, KADES, source=Source.SELF).new

    assert person.invitee is None


def test_the_officer_vouches_for_who_entered_themselves(event) -> None:
    head = invited(event)
    [there] = attend(event, KADES, source=Source.SELF).new

    assert attend(event, KADES).known == (there,)

    there.refresh_from_db()
    assert there.invitee == head


WAYS = [
    (KADES, Source.SELF),
    (Person("Suparman", "Desa Bener", "Kades"), Source.PAPER),
    (Person("Siti Aminah, S.Sos.", "Kecamatan Selomerto"), Source.IMPORT),
    (Person("Siti Aminah", "Kec. Selomerto", "Sekcam"), Source.SELF),
]


@pytest.mark.parametrize("order", list(permutations(range(len(WAYS)))))
def test_the_same_guests_came_whatever_came_first(event, order: tuple[int, ...]) -> None:
    head = invited(event)
    camat = invited(event, "Slamet", **CAMAT)
    facts = {"reply": "represented", "represented_by": "Siti Aminah, Sekcam"}
    actions.note_reply(camat, facts=facts, by=event.created_by)
    joko = Person("Joko Susilo", "Desa Wadas", "Kades")
    other = invited(event, **HEAD | {"title": "Kepala Desa Wadas", "institution": "Desa Wadas"})
    attend(event, joko, source=Source.SELF)

    for place in order:
        person, source = WAYS[place]
        attend(event, person, source=source)

    noted = event.attendees.filter(invitee__isnull=False)
    came = {it.invitee: (it.name, it.source) for it in noted.select_related("invitee")}
    assert came == {head: ("Suparman", "paper"), camat: ("Siti Aminah, S.Sos.", "import")}
    assert {pk: [it.name for it in people] for pk, people in _proposed(event).items()} == {
        other.pk: ["Joko Susilo"]
    }


def _proposed(event: Event) -> dict[int, list[Attendee]]:
    return likely(event, event.invitees.missing())


def test_one_guest_is_one_person_of_a_table(event) -> None:
    head = invited(event)

    people = attend(event, KADES, Person("Budi", "Bener", "Kades"), source=Source.IMPORT).new

    assert [it.name for it in people if it.invitee == head] == ["Budi"]  # by name, not by line


def test_a_person_says_of_who_is_proposed_that_it_is_them(client, staff, event) -> None:
    head = invited(event)
    [person] = attend(event, KADES, source=Source.SELF).new
    client.force_login(staff)
    address = reverse("events:attendance", args=[event.pk])

    page = client.get(address).content.decode()
    assert "Mungkin sudah tercatat" in page
    guests = client.get(reverse("events:invitees", args=[event.pk])).content.decode()
    assert "Mungkin: H. Suparman" in guests
    said = {"undangan": head.pk}
    answer = client.post(reverse("events:attendee_identify", args=[person.pk]), said)

    assert answer.url.startswith(address)
    person.refresh_from_db()
    assert person.invitee == head
    assert Entry.objects.about(person)[0].verb == "attendee.identified"
    assert "Mungkin sudah tercatat" not in client.get(address).content.decode()


def test_no_phone_of_a_stranger_becomes_the_guest_s(event, staff) -> None:
    guest = invited(event)
    its = {"name": "H. Suparman", "institution": "Desa Bener", "phone": "081999888777"}
    [person] = actions.attend(event, [Person(**its)], source=Source.SELF, by=None).new

    actions.identify(person, guest, by=staff)

    person.refresh_from_db()
    assert (person.invitee, person.vouched_by, person.phone) == (guest, staff, "")


@pytest.mark.parametrize(
    ("is_hidden", "way_out"), [(False, "Pakai baris itu"), (True, "pernah digabungkan")]
)
def test_a_stranger_s_phone_stays_nobody_s_where_a_row_without_it_is_there(
    event, staff, is_hidden: bool, way_out: str
) -> None:
    guest = invited(event)
    its = {"name": "H. Suparman", "institution": "Desa Bener"}
    [person] = attend(event, Person(**its, phone="081999888777"), source=Source.SELF).new
    [twin] = attend(event, Person(**its), source=Source.SELF).new
    if is_hidden:
        [near] = attend(event, Person("Suparmin", "Desa Bener"), source=Source.SELF).new
        actions.merge(near, twin, by=staff)

    with pytest.raises(TransitionRefused, match=way_out):
        actions.identify(person, guest, by=staff)

    person.refresh_from_db()
    assert (person.invitee, person.vouched_by) == (None, None)
    facts = {"phone": "0811111111"}  # an officer asked them
    actions.change_attendee(person, facts=facts, by=staff)
    assert actions.identify(person, guest, by=staff).phone == "0811111111"


def test_the_phone_of_a_row_that_an_officer_merged_was_chosen(event, staff) -> None:
    guest = invited(event)
    its = {"name": "H. Suparman", "institution": "Desa Bener"}
    [person] = attend(event, Person(**its, phone="081999888777"), source=Source.SELF).new
    [twin] = attend(event, Person(**its), source=Source.SELF).new
    actions.merge(person, twin, by=staff)

    assert actions.identify(person, guest, by=staff).phone == "081999888777"


def test_denied_they_are_proposed_no_more_and_noted_again_they_stay_apart(
    client, staff, event
) -> None:
    head = invited(event)
    [person] = attend(event, KADES).new
    client.force_login(staff)
    address = reverse("events:attendance", args=[event.pk])

    client.post(reverse("events:attendee_deny", args=[person.pk]), {"undangan": head.pk})
    attend(event, KADES)

    person.refresh_from_db()
    assert person.invitee is None
    assert list(event.invitees.awaited()) == [head]
    assert Entry.objects.about(person)[0].verb == "attendee.denied"
    assert "Mungkin sudah tercatat" not in client.get(address).content.decode()
    actions.identify(person, head, by=staff)
    person.refresh_from_db()
    assert (person.invitee, GuestDenial.objects.count()) == (head, 0)


def test_who_said_that_they_stay_away_and_came_is_proposed_too(client, staff, event) -> None:
    head = invited(event)
    facts = {"reply": "absent", "represented_by": ""}
    actions.note_reply(head, facts=facts, by=staff)
    attend(event, KADES, source=Source.SELF)
    client.force_login(staff)

    page = client.get(reverse("events:attendance", args=[event.pk])).content.decode()

    assert "Mungkin sudah tercatat" in page


def test_what_is_said_of_one_guest_holds_for_no_second(event) -> None:
    by = event.created_by
    head, camat = invited(event), invited(event, "Slamet", **CAMAT)
    [person, other] = attend(event, Person("Budi", "Polsek"), Person("Joko", "Koramil")).new
    actions.identify(person, head, by=by)

    assert actions.identify(person, head, by=by) == person
    with pytest.raises(TransitionRefused, match="sudah tercatat sebagai"):
        actions.identify(person, camat, by=by)
    with pytest.raises(TransitionRefused, match="sudah tercatat hadir: Budi"):
        actions.identify(other, head, by=by)
    kept = actions.merge(other, person, by=by)
    with pytest.raises(TransitionRefused, match="sudah tercatat sebagai"):
        actions.identify(kept.kept, camat, by=by)
    actions.deny(other, head, by=by)
    assert list(event.invitees.awaited()) == [head, camat]
    actions.drop_attendee(other, reason="Salah.", by=by)
    with pytest.raises(TransitionRefused, match="tidak ada lagi"):
        actions.identify(other, camat, by=by)


def test_nothing_is_said_of_whoever_is_elsewhere(client, staff, event) -> None:
    head = invited(event)
    elsewhere = invited(EventFactory(office=event.office))
    [person] = attend(event, Person("Budi", "Polsek")).new
    client.force_login(staff)

    for name in ("events:attendee_identify", "events:attendee_deny"):
        address = reverse(name, args=[person.pk])
        assert client.post(address, {"undangan": elsewhere.pk}).status_code == 404
        assert client.post(address).status_code == 302  # no button was pressed
    person.refresh_from_db()
    assert (person.invitee, head.denials.count()) == (None, 0)


def test_a_settled_event_tells_of_its_guests_for_good(event) -> None:
    by = event.created_by
    head = invited(event)
    [person] = attend(event, KADES, source=Source.SELF).new
    actions.deny(person, head, by=by)
    actions.cancel(event, reason="Hujan.", by=by)

    for say in (actions.identify, actions.deny):
        with pytest.raises(TransitionRefused):
            say(person, head, by=by)
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        GuestDenial.objects.all().delete()


def test_the_database_compares_people_with_the_guests_of_their_event(event) -> None:
    elsewhere = invited(EventFactory())
    [person] = attend(event, KADES).new

    with pytest.raises(IntegrityError, match="of one event"), transaction.atomic():
        GuestDenial.objects.create(
            event=event, attendee=person, invitee=elsewhere, by=event.created_by
        )
    head = invited(event)
    facts = {"event": event, "attendee": person, "invitee": head, "by": event.created_by}
    GuestDenial.objects.create(**facts)
    with pytest.raises(IntegrityError, match="guest_denial_once"), transaction.atomic():
        GuestDenial.objects.create(**facts)


def test_the_page_of_a_person_tells_which_guest_they_are_or_not(client, staff, event) -> None:
    head = invited(event)
    [person] = attend(event, KADES).new
    client.force_login(staff)
    address = reverse("events:attendee_edit", args=[person.pk])

    assert "Hadir sebagai undangan" in client.get(address).content.decode()
    actions.deny(person, head, by=staff)
    page = client.get(address).content.decode()
    assert "Dinyatakan bukan undangan" in page
    assert "menyatakan bukan undangan" in page


def test_pages_ask_as_much_of_many_guests_as_of_few(
    client, staff, event, django_assert_max_num_queries
) -> None:
    for number in range(12):
        its = {"title": f"Kepala Desa D{number}", "institution": f"Desa D{number}"}
        head = invited(event, **HEAD | its)
        comer = Person(f"Orang {number}", f"Desa D{number}", "Kades")
        attend(event, comer, source=Source.SELF)
    attend(event, Person("Siti", "Desa D11", "Kades"))  # the last one came
    client.force_login(staff)
    address = reverse("events:attendance", args=[event.pk])

    client.get(address)  # the first page notes the sign-in
    with django_assert_max_num_queries(10):
        page = client.get(f"{address}?di={head.pk}").content.decode()
    with django_assert_max_num_queries(10):
        client.get(reverse("events:invitees", args=[event.pk]))

    assert page.count("Mungkin sudah tercatat") == 11
