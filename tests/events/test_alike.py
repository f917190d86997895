"""People who look alike: proposed whatever came first, merged by a person, and shown again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import permutations, product
from string import ascii_lowercase

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

import events.alike
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.actions import Person
from events.alike import FARTHEST, MOST_COMPARED, MOST_OF_A_NAME, Likenesses, alike, is_near
from events.models import Attendee, Event, Merge, Source
from tests.factories import EventFactory
from tests.races import just_before
from villages.models.region import search_key

pytestmark = pytest.mark.django_db

PEOPLE = {
    Source.OFFICER: [Person("Siti Aminah", "Desa Pakuncen"), Person("Slamet Riyadi", "Desa Tieng")],
    Source.SELF: [Person("Siti Aminah", "Ds. Pakuncen"), Person("Slamet Riyadi", "Desa Tieng")],
    Source.PAPER: [
        Person("Selamet Riyadi", "Desa Tieng"),
        Person("Siti Aminah", "Desa Pakuncen", phone="0812000001"),
        Person("Slamet Riyadi", "Desa Burat"),
    ],
}


@pytest.fixture
def event(office) -> Event:
    return EventFactory(office=office)


def attend(event: Event, *people: Person, source: Source = Source.PAPER) -> list[Attendee]:
    by = None if source == Source.SELF else event.created_by
    noted = actions.attend(event, people, source=source, by=by)
    return list(noted.new)


def pairs(event: Event) -> list[tuple[str, ...]]:
    return [
        (str(it.first), it.first.institution, str(it.second), it.second.institution, it.reason)
        for it in Likenesses(event).open
    ]


def test_the_same_pairs_are_proposed_whatever_came_first(event) -> None:
    found = []
    for order in permutations(PEOPLE):
        for backwards in (False, True):
            with transaction.atomic():
                for source in order:
                    people = PEOPLE[source][::-1] if backwards else PEOPLE[source]
                    attend(event, *people, source=source)
                found.append(pairs(event))
                transaction.set_rollback(True)

    assert [it for it in found if it != found[0]] == []
    assert {(it[0], it[1], it[2], it[3]) for it in found[0]} == {
        ("Selamet Riyadi", "Desa Tieng", "Slamet Riyadi", "Desa Tieng"),
        ("Siti Aminah", "Desa Pakuncen", "Siti Aminah", "Desa Pakuncen"),
        ("Siti Aminah", "Desa Pakuncen", "Siti Aminah", "Ds. Pakuncen"),
        ("Slamet Riyadi", "Desa Burat", "Slamet Riyadi", "Desa Tieng"),
    } | {("Siti Aminah", "Desa Pakuncen", "Siti Aminah", "Ds. Pakuncen")}
    assert len(found[0]) == 5  # Siti three times, two by two; Slamet twice


TITLED = {
    Source.OFFICER: [
        Person("Suparman Hadi", "Desa Tieng"),
        Person("Hj. Nur Laila", "Desa Burat"),
        Person("Bapak", "Desa Burat"),
    ],
    Source.SELF: [
        Person("suparman hadi spd", "Desa Tieng"),
        Person("nur laela, s.h.", "Desa Burat"),
        Person("Ibu", "Desa Burat"),
    ],
    Source.PAPER: [
        Person("Drs. H. Suparman Hadi", "Desa Tieng"),
        Person("Suparman Hadi, S.Pd.", "Desa Tieng"),  # the same row as the one without dots
        Person("Bpk Suparman Hadi, M.Tr.A.P.", "Ds. Tieng"),
    ],
}


def test_forms_of_address_and_degrees_hide_nobody_whatever_came_first(event) -> None:
    found = []
    for order in permutations(TITLED):
        for backwards in (False, True):
            with transaction.atomic():
                for source in order:
                    people = TITLED[source][::-1] if backwards else TITLED[source]
                    attend(event, *people, source=source)
                found.append(
                    {(it.first.name_key, it.second.name_key, it.reason)
                     for it in Likenesses(event).open}
                )  # fmt: skip
                transaction.set_rollback(True)

    said, far = "Nama sama tanpa sapaan dan gelar", "instansi atau desa ditulis lain"
    near = f"{said}, instansi atau desa sama"
    assert [it for it in found if it != found[0]] == []
    assert found[0] == {
        ("drshsuparmanhadi", "suparmanhadi", near),
        ("drshsuparmanhadi", "suparmanhadispd", near),
        ("suparmanhadi", "suparmanhadispd", near),
        ("bpksuparmanhadimtrap", "drshsuparmanhadi", f"{said}, {far}"),
        ("bpksuparmanhadimtrap", "suparmanhadi", f"{said}, {far}"),
        ("bpksuparmanhadimtrap", "suparmanhadispd", f"{said}, {far}"),
        ("hjnurlaila", "nurlaelash", "Nama hampir sama, instansi atau desa sama"),
    }


SHORTENED = {
    Source.OFFICER: [Person("Moh. Yusuf", "Desa Tieng"), Person("Siti", "Desa Burat")],
    Source.SELF: [Person("Mohammad Yusuf, S.H.", "Desa Tieng"), Person("M Yusuf", "Desa Burat")],
    Source.PAPER: [
        Person("M. Yusuf Hidayat", "Desa Tieng"),
        Person("Siti Aminah", "Desa Burat"),
        Person("St. Aminah P.", "Desa Burat"),
        Person("Siti A.", "Desa Tieng"),
    ],
}


def test_shortened_names_of_one_place_are_proposed_once_whatever_came_first(event) -> None:
    found = []
    for order in permutations(SHORTENED):
        with transaction.atomic():
            for source in order:
                attend(event, *SHORTENED[source], source=source)
            found.append([(it.first.name_key, it.second.name_key) for it in Likenesses(event).open])
            assert {it.reason for it in Likenesses(event).open} == {
                "Nama disingkat, instansi atau desa sama"
            }
            transaction.set_rollback(True)

    assert [it for it in found if it != found[0]] == []
    assert found[0] == [
        ("mohammadyusufsh", "mohyusuf"),
        ("mohammadyusufsh", "myusufhidayat"),
        ("mohyusuf", "myusufhidayat"),
        ("sitiaminah", "staminahp"),
    ]


def test_a_flood_of_shortened_names_is_no_flood_of_work() -> None:
    people = [row(f"Siti A. {n:04}", "Desa Palsu") for n in range(3_000)]

    assert len(alike([*people, row("Siti Aminah", "Desa Palsu")])) <= 2 * MOST_COMPARED


def test_a_flooded_place_leaves_the_others_their_turn() -> None:
    flood = [row(f"Aa{n:04} Siti A. {n:04}", "A Palsu") for n in range(900)]
    here = [row(name, "Desa Tieng") for name in ("Slamet Riyadi", "Selamet Riyadi", "Slamet R.")]

    found = alike([*flood, *here])

    assert len([it for it in found if it.first.place_key == here[0].place_key]) == 2


def test_no_degree_makes_two_rows_one(event) -> None:
    people = [Person(name, "Desa Tieng") for name in ("Siti Aminah", "Siti Aminah, S.Pd.")]

    attend(event, *people)
    attend(event, *people[::-1])

    assert event.attendees.present().count() == 2


def row(name: str, place: str, phone: str = "") -> Attendee:
    key, place_key = search_key(name), search_key(place)
    return Attendee(name=name, name_key=key, place_key=place_key, phone_digits=phone)


def test_a_flood_of_one_name_proposes_no_flood_of_pairs() -> None:
    people = [row("Budi", "Desa Palsu", f"{n:05}") for n in range(3_000)]

    assert len(alike(people)) == len(people) - 1
    assert len(alike(people[:MOST_OF_A_NAME])) == MOST_OF_A_NAME * (MOST_OF_A_NAME - 1) // 2


def test_a_flood_of_one_name_with_degrees_proposes_no_flood_of_pairs() -> None:
    titles = ("Budi", "Budi, S.H.", "Drs. Budi", "Pak Budi")
    people = [row(titles[n % 4], f"Desa {n % 9}", f"{n:05}") for n in range(3_000)]

    found = alike(people)

    # Each beside the next of the same spelling, and the spellings beside one another once.
    assert len(found) == len(people) - 1
    assert len({frozenset((id(it.first), id(it.second))) for it in found}) == len(found)
    assert [(it.first, it.second) for it in alike(people[::-1])] == [
        (it.first, it.second) for it in found
    ]


def test_numbered_names_are_compared_no_more_than_is_allowed(monkeypatch) -> None:
    people = [row(f"Peserta {n:04}", "Desa Tieng") for n in range(800)]
    compared = []
    near = events.alike.is_near
    monkeypatch.setattr(events.alike, "is_near", lambda *names: compared.append(1) or near(*names))

    forwards = alike(people)

    assert len(compared) == MOST_COMPARED
    assert [(it.first, it.second) for it in alike(people[::-1])] == [
        (it.first, it.second) for it in forwards
    ]


HALF = "ab" * 29
FLOODS = {
    "drawn": lambda n: f"Budi {3 ** (70 + n):b}"[:120],
    "three places far apart": lambda n: (
        f"{ascii_lowercase[n % 9]}{HALF}{ascii_lowercase[n // 9]}{HALF}"
        f"{ascii_lowercase[(n + n // 9) % 9]}"
    ),
    "many words": lambda n: f"Budi {('a ab ', 'ab a ')[n % 2] * 22}{n:04}",
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_of_long_names_is_no_flood_of_work(flood: str) -> None:
    people = [row(FLOODS[flood](n), "Desa Palsu") for n in range(60)]

    assert steps(lambda: alike(people)) < 500 * len(people) * (len(people) - 1) // 2


def test_names_of_any_length_are_compared_in_few_steps() -> None:
    short, long = ("ab" * half for half in (10, 500))

    def compare(same: str) -> int:
        return steps(lambda: is_near(f"p{same}q{same}r", f"s{same}t{same}u"))

    assert compare(long) < 3 * compare(short)


def steps(work: Callable[[], object]) -> int:
    """How many lines of Python that runs, which no slow machine makes more."""
    lines = 0

    def count(_: object, happened: str, __: object) -> object:
        nonlocal lines
        lines += happened == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)  # type: ignore[arg-type]
    try:
        work()
    finally:
        sys.settrace(before)
    return lines


def test_names_are_as_far_apart_as_the_textbook_says() -> None:
    words = ["".join(letters) for many in range(6) for letters in product("ab", repeat=many)]
    words += ["".join(letters) for letters in product("abc", repeat=4)]
    words += [f"{one}{other}" for one, other in product(words[30:40], words[50:60])]

    wrong = [
        (one, other)
        for one, other in product(words, repeat=2)
        if min(events.alike._distance(one, other), FARTHEST + 1)
        != min(textbook(one, other), FARTHEST + 1)
    ]

    assert wrong == []


def textbook(one: str, other: str) -> int:
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, its in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != its)))
        before = now
    return before[-1]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("slametriyadi", "selametriyadi", True),
        ("slametriyadi", "slamatriyati", True),
        ("slametriyadi", "slamatrijati", False),
        ("muhammadali", "mohamadali", True),
        ("ani", "adi", True),
        ("ani", "ina", False),
        ("budi", "rudy", False),
    ],
)
def test_names_that_differ_by_two_letters_are_near(one: str, other: str, near: bool) -> None:
    assert is_near(one, other) is near
    assert is_near(other, one) is near


def test_nothing_near_is_lost_by_looking_quickly(event) -> None:
    names = [f"Peserta {a}{b}an {c}" for a in "abc" for b in "aeiou" for c in ("Sri", "Tri", "Adi")]
    people = attend(event, *(Person(name, "Desa Tieng") for name in names))

    quick = {frozenset((it.first.pk, it.second.pk)) for it in alike(people)}
    slow = {
        frozenset((one.pk, other.pk))
        for one in people
        for other in people
        if one.pk < other.pk and is_near(one.name_key, other.name_key)
    }

    assert slow
    assert quick == slow


def test_two_rows_are_merged_and_shown_again(client, staff, event) -> None:
    first, second = attend(event, Person("Siti Aminah", "Desa Pakuncen"),
                           Person("Siti Aminah", "Ds. Pakuncen"))  # fmt: skip
    client.force_login(staff)
    address = reverse("events:alike", args=[event.pk])
    pressed = {"first": first.pk, "second": second.pk, "keep": second.pk}

    assert "Siti Aminah" in client.get(address).content.decode()
    client.post(address, pressed)
    client.post(address, pressed)

    assert list(event.attendees.present()) == [second]
    assert pairs(event) == []
    assert attend(event, Person("siti aminah", "desa pakuncen")) == []  # noted again, still hidden
    assert list(event.attendees.present()) == [second]
    client.post(reverse("events:merge_undo", args=[Merge.objects.get().pk]))
    assert event.attendees.present().count() == 2
    assert len(pairs(event)) == 1
    verbs = Entry.objects.about(event).filter(verb__contains="merge").values_list("verb", flat=True)
    assert list(verbs) == ["event.merge_undone", "event.attendees_merged"]


def test_two_people_of_one_name_are_not_proposed_again(client, staff, event) -> None:
    first, second = attend(event, Person("Siti", "Desa Tieng"), Person("Siti", "Desa Burat"))
    client.force_login(staff)
    address = reverse("events:alike", args=[event.pk])

    client.post(address, {"first": first.pk, "second": second.pk})
    client.post(address, {"first": second.pk, "second": first.pk})

    assert pairs(event) == []
    assert event.attendees.present().count() == 2
    said = Merge.objects.get()
    assert not said.is_one
    actions.undo_merge(said, by=staff)
    actions.undo_merge(said, by=staff)
    assert len(pairs(event)) == 1


@pytest.mark.parametrize("turned", [False, True])
def test_two_that_were_kept_apart_and_then_merged_are_one_and_nothing_else(
    event, staff, turned: bool
) -> None:
    first, second = attend(event, Person("Siti", "Desa Tieng"), Person("Siti", "Desa Burat"))
    actions.keep_apart(*((second, first) if turned else (first, second)), by=staff)

    merged = actions.merge(first, second, by=staff)

    assert Merge.objects.get() == merged
    assert merged.is_one
    actions.undo_merge(merged, by=staff)
    assert len(pairs(event)) == 1


def test_who_is_hidden_is_merged_with_nobody_else(event, staff) -> None:
    first, second, third = attend(event, *(Person("Siti", f"Desa {it}") for it in "ABC"))
    actions.merge(first, second, by=staff)

    for pair in ((second, third), (third, second)):
        with pytest.raises(TransitionRefused, match="sudah digabungkan"):
            actions.merge(*pair, by=staff)
    actions.merge(third, first, by=staff)  # the second stays hidden behind the first
    assert list(event.attendees.present()) == [third]


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_crosswise_at_once_hide_one_of_them() -> None:
    event = EventFactory()
    first, second = attend(event, Person("Siti", "Desa Tieng"), Person("Siti", "Desa Burat"))
    by = event.created_by

    refused = just_before(
        lambda: actions.merge(first, second, by=by), lambda: actions.merge(second, first, by=by)
    )

    assert isinstance(refused, TransitionRefused)
    assert list(event.attendees.present()) == [first]


def test_people_of_another_event_are_not_found(client, staff, event) -> None:
    [own] = attend(event, Person("Siti", "Desa Tieng"))
    [foreign] = attend(EventFactory(office=event.office), Person("Siti", "Desa Tieng"))
    client.force_login(staff)
    address = reverse("events:alike", args=[event.pk])

    answer = client.post(address, {"first": own.pk, "second": foreign.pk, "keep": own.pk})
    client.post(address, {"first": own.pk, "second": own.pk, "keep": own.pk})
    client.post(address, {"first": own.pk, "second": "x", "keep": "9" * 30})

    assert answer.status_code == 404
    assert not Merge.objects.exists()


def test_a_row_taken_off_gives_back_what_it_hid(event, staff) -> None:
    first, second = attend(event, Person("Siti", "Desa Tieng"), Person("Siti", "Desa Burat"))
    actions.merge(first, second, by=staff)

    actions.drop_attendee(first, reason="Salah.", by=staff)

    assert list(event.attendees.present()) == [second]


def test_the_database_merges_within_one_event_and_before_it_is_settled(event, staff) -> None:
    first, second = attend(event, Person("Siti", "Desa Tieng"), Person("Siti", "Desa Burat"))
    [foreign] = attend(EventFactory(), Person("Siti", "Desa Tieng"))
    told = {"event": event, "kept": first, "is_one": True, "by": staff}

    with pytest.raises(IntegrityError, match="two events"), transaction.atomic():
        Merge.objects.create(other=foreign, **told)
    with pytest.raises(IntegrityError, match="merge_of_two"), transaction.atomic():
        Merge.objects.create(other=first, **told)
    actions.merge(first, second, by=staff)
    actions.cancel(event, reason="Batal.", by=staff)
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        Merge.objects.all().delete()
