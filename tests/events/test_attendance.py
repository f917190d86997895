"""Who came: noted in a moment, once however often it is told, mended, taken off, counted."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.actions import Person
from events.attendance import Numbers, with_numbers
from events.categories import Categories
from events.models import Attendee, Category, Event, SchoolCount, Source
from events.models.attendance import who
from tests.factories import EventFactory, RegionFactory, UserFactory, VillageFactory
from tests.races import together

pytestmark = pytest.mark.django_db

LONG_WHEN_SPELT_OUT = "\N{SQUARE RAD OVER S SQUARED}"  # "rads2": five signs of a key
SITI = Person("Siti Aminah", "Desa Pakuncen", "Kader", "0812 0000 0001", "P")


@pytest.fixture
def event(office) -> Event:
    return EventFactory(office=office)


def attend(event: Event, *people: Person, source: Source = Source.OFFICER) -> actions.Noted:
    by = None if source == Source.SELF else event.created_by
    return actions.attend(event, people, source=source, by=by)


def numbers_of(event: Event) -> Numbers:
    return Numbers(with_numbers(Event.objects.all()).get(pk=event.pk))


def names(event: Event) -> list[str]:
    return [it.name for it in event.attendees.present()]


def test_somebody_is_noted_with_name_and_village(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:attendance", args=[event.pk])

    page = client.post(
        address, {"name": "Siti  Aminah", "institution": "Desa Pakuncen"}, follow=True
    )

    assert page.redirect_chain == [(f"{address}#pesan", 302)]  # where it says so
    person = event.attendees.get()
    assert (person.name, person.source, person.category) == ("Siti Aminah", "officer", "village")
    assert person.recorded_by == staff
    assert "Siti Aminah dicatat hadir" in page.content.decode()
    assert Entry.objects.about(person).get().note == ""


def test_the_same_person_again_is_the_same_row(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:attendance", args=[event.pk])
    attend(
        event, Person("Siti Aminah", "Desa Pakuncen", phone="0812-0000-0001"), source=Source.SELF
    )

    again = {"name": "SITI AMINAH", "institution": "desa pakuncen", "phone": "+62 812 0000 0001"}
    page = client.post(address, again | {"sex": "P", "source": "paper"}, follow=True)

    person = event.attendees.get()
    assert (person.name, person.source, person.sex) == ("Siti Aminah", "self", "P")
    assert "sudah ada dalam daftar" in page.content.decode()


def test_the_same_set_comes_of_any_order_of_sources(event) -> None:
    lists = [
        (Source.OFFICER, [SITI, Person("Slamet", "Desa Tieng")]),
        (Source.SELF, [Person("siti aminah", "Desa Pakuncen", phone="62812 0000 0001")]),
        (
            Source.PAPER,
            [Person("SLAMET", "desa tieng"), Person("Slamet", "Desa Tieng", phone="1" * 9)],
        ),
    ]
    found = set()
    for order in permutations(lists):
        with transaction.atomic():
            for source, people in order:
                attend(event, *people, source=source)
            keys = event.attendees.values_list("name_key", "place_key", "phone_digits", "sex")
            found.add(frozenset(keys))
            transaction.set_rollback(True)

    assert len(found) == 1
    assert len(found.pop()) == 3


@pytest.mark.parametrize(
    ("name", "phone"),
    [
        ("H. Muhammad Nur'aini, S.H.", "+62 (812) 34-56"),
        ("Jos\u00e9 \u03a9mega \uff26\uff4c \ufb01 \u0130 \u00df \u212a \u017f", "0062812"),
        ("a\N{COMBINING ACUTE ACCENT}b 1½", "620812000"),
        ("\u01c4 \u4e2d x", "\u0660\u0668 08"),
    ],
)
def test_code_and_database_agree_on_who_somebody_is(event, name: str, phone: str) -> None:
    [person] = attend(event, Person(name, name, phone=phone)).new
    person.refresh_from_db()

    assert who(name, name, phone) == (person.name_key, person.place_key, person.phone_digits)


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_once_note_one_person() -> None:
    event = EventFactory()

    both = together(*(lambda: attend(event, SITI) for _ in range(4)))

    assert sorted(len(it.new) for it in both) == [0, 0, 0, 1]
    assert event.attendees.count() == 1


def test_the_database_keeps_one_row_a_person(event) -> None:
    [person] = attend(event, SITI).new
    person.pk, person.name = None, "siti aminah."

    with pytest.raises(IntegrityError, match="attendee_once"), transaction.atomic():
        person.save(force_insert=True)


def test_a_name_without_letters_is_refused(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:attendance", args=[event.pk])

    page = client.post(address, {"name": "中文", "institution": "-"}).content.decode()

    assert page.count("Tulis dengan huruf Latin") >= 2
    assert not event.attendees.exists()


def test_a_name_whose_signs_stand_for_too_many_letters_is_refused(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:attendance", args=[event.pk])
    sent = {"name": LONG_WHEN_SPELT_OUT * 120, "institution": LONG_WHEN_SPELT_OUT * 160}

    page = client.post(address, sent).content.decode()

    assert page.count("Terlalu panjang: tanda khusus") >= 2
    assert not event.attendees.exists()
    [person] = attend(event, SITI).new
    edit = reverse("events:attendee_edit", args=[person.pk])
    form = client.get(edit).context["form"]
    as_it_was = {name: form[name].value() for name in form.fields}
    assert "Terlalu panjang" in client.post(edit, as_it_was | sent).content.decode()


def test_signs_that_no_paper_prints_are_refused_from_officers_too(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:attendance", args=[event.pk])
    strange = {"name": "Siti ☃", "institution": "Desa ☃", "title": "Kader ☃"}

    page = client.post(address, strange).content.decode()

    assert page.count("Tanda ☃ tidak dapat dicetak") >= 3
    assert not event.attendees.exists()
    [person] = attend(event, SITI).new
    edit = reverse("events:attendee_edit", args=[person.pk])
    form = client.get(edit).context["form"]
    as_it_was = {name: form[name].value() for name in form.fields}
    assert "Tanda ☃ tidak dapat dicetak" in client.post(edit, as_it_was | strange).content.decode()


def test_the_longest_key_is_kept(event) -> None:
    attend(event, Person(LONG_WHEN_SPELT_OUT * 96, LONG_WHEN_SPELT_OUT * 128))

    person = event.attendees.get()
    assert (len(person.name_key), len(person.place_key)) == (480, 640)


def test_nobody_has_come_before_the_day(staff, office) -> None:
    event = EventFactory(office=office, starts_at=timezone.now() + timedelta(days=3))

    with pytest.raises(TransitionRefused, match="mulai hari kegiatan"):
        attend(event, SITI)


def test_somebody_is_mended_but_not_made_another_who_is_there(client, staff, event) -> None:
    first, _ = attend(event, SITI, Person("Slamet", "Desa Tieng")).new
    client.force_login(staff)
    address = reverse("events:attendee_edit", args=[first.pk])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}

    refused = client.post(
        address, sent | {"name": "slamet", "institution": "Desa Tieng", "phone": ""}
    )
    assert "sudah ada dalam daftar hadir" in refused.content.decode()
    client.post(address, sent | {"title": "Ketua kader"})

    first.refresh_from_db()
    assert first.title == "Ketua kader"
    assert [it.verb for it in Entry.objects.about(first)] == ["attendee.changed", "attendee.noted"]


def test_history_keeps_who_stood_on_the_list_and_no_phone(client, staff, event) -> None:
    [person] = attend(event, Person("Siti Aminah", "Desa Pakuncen", phone="0812 0000 0001")).new
    client.force_login(staff)
    address = reverse("events:attendee_edit", args=[person.pk])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    mended = {"name": "Siti Aisyah", "institution": "Desa Tieng", "title": "Kader"}

    client.post(address, sent | mended | {"phone": "0812 0000 0002"})

    told = Entry.objects.about(person).first()
    assert told.note == (
        "Nama: Siti Aminah → Siti Aisyah\n"
        "Instansi atau desa: Desa Pakuncen → Desa Tieng\n"
        "Jabatan: – → Kader"
    )
    assert told.data["fields"] == ["institution", "name", "phone", "title"]
    assert "0812" not in f"{told.note}{told.data}"
    assert "Siti Aminah → Siti Aisyah" in client.get(address).content.decode()


def test_a_wrong_row_is_taken_off_with_its_reason(client, staff, event) -> None:
    [person] = attend(event, SITI).new
    client.force_login(staff)
    address = reverse("events:attendee_drop", args=[person.pk])

    assert "Isi alasan" in client.post(address, {"reason": ""}).content.decode()
    client.post(address, {"reason": "Salah orang."})

    assert not event.attendees.exists()
    told = Entry.objects.about(event).first()
    assert told.note == "Siti Aminah, Desa Pakuncen: Salah orang."
    actions.drop_attendee(person, reason="Lagi.", by=staff)
    assert Entry.objects.about(event).first() == told


def test_phone_numbers_stay_with_those_who_keep_the_event(client, office, staff, event) -> None:
    attend(event, SITI)
    address = reverse("events:attendance", args=[event.pk])
    seen = {}
    for who_, user in {"staff": staff, "observer": UserFactory(observer_of=office.parent)}.items():
        client.force_login(user)
        seen[who_] = client.get(address).content.decode()

    assert "0812 0000 0001" in seen["staff"]
    assert "Siti Aminah" in seen["observer"]
    assert "0812" not in seen["observer"]
    assert not Entry.objects.filter(note__contains="0812").exists()


def test_villages_read_how_many_and_no_names(client, office) -> None:
    village = VillageFactory(office=office)
    event = EventFactory(office=office, regions=[village.region])
    attend(event, SITI)
    client.force_login(UserFactory(village=village))

    page = client.get(event.get_absolute_url()).content.decode()

    assert "1 perempuan" in page
    assert SITI.name not in page
    assert client.get(reverse("events:attendance", args=[event.pk])).status_code == 403


def test_people_are_found_by_name_and_institution(client, staff, event) -> None:
    attend(event, SITI, Person("Slamet", "Polsek Selomerto"))
    client.force_login(staff)
    address = reverse("events:attendance", args=[event.pk])

    def found(text: str) -> list[str]:
        return [str(it) for it in client.get(address, {"q": text}).context["list"].page]

    assert found("polsek") == ["Slamet"]
    assert found("sitiam") == ["Siti Aminah"]
    assert found("\0") == []


def test_pupils_are_counted_by_class_and_never_named(client, staff, event) -> None:
    client.force_login(staff)
    address = reverse("events:school_add", args=[event.pk])
    sent = {"school": "SMK Negeri 1", "grade": "XI TKJ", "boys": "20", "girls": "12"}

    client.post(address, sent)
    client.post(address, sent)
    double = client.post(address, sent | {"boys": "3"}).content.decode()
    spelt_out = {"school": LONG_WHEN_SPELT_OUT * 160, "grade": LONG_WHEN_SPELT_OUT * 40}
    too_long = client.post(address, spelt_out | {"boys": "1", "girls": "1"}).content.decode()
    none = client.post(address, sent | {"boys": "0", "girls": "0"}).content.decode()

    school = event.school_counts.get()
    assert school.total == 32
    assert "sudah dihitung" in double
    assert "Isi jumlah siswa" in none
    assert too_long.count("Terlalu panjang: tanda khusus") >= 2
    form = client.get(reverse("events:school_edit", args=[school.pk])).context["form"]
    mended = {name: form[name].value() for name in form.fields} | {"boys": "21"}
    client.post(reverse("events:school_edit", args=[school.pk]), mended)
    assert numbers_of(event).pupils.total == 33
    client.post(reverse("events:school_drop", args=[school.pk]))
    assert not event.school_counts.exists()


def test_numbers_by_institution_and_sex(event) -> None:
    attend(
        event,
        SITI,
        Person("Slamet", "DESA PAKUNCEN", sex="L"),
        Person("Budi", "Polsek Selomerto"),
    )
    numbers = numbers_of(event)

    assert [(it.label, it.total) for it in numbers.by_category] == [("Desa", 2), ("Instansi", 1)]
    assert [(it.total, it.male, it.female) for it in numbers.by_institution] == [
        (2, 1, 1),
        (1, 0, 0),
    ]
    assert numbers.people.words == "1 laki-laki, 1 perempuan, 1 tidak dicatat"


@pytest.mark.parametrize(
    ("institution", "category"),
    [
        ("Kantor Imigrasi Wonosobo", Category.OFFICER),
        ("Desa Pakuncen", Category.VILLAGE),
        ("Pakuncen", Category.VILLAGE),
        ("Kantor Desa Tieng", Category.VILLAGE),
        ("SMK Negeri 1", Category.AGENCY),
        ("Nagari Sumpur", Category.VILLAGE),
        ("Kec. Selomerto", Category.AGENCY),
        ("BP3MI", Category.AGENCY),
        ("Warga", Category.PUBLIC),
    ],
)
def test_an_institution_says_for_whom_somebody_came(institution: str, category: Category) -> None:
    event = EventFactory(regions=[RegionFactory(name="Pakuncen")])

    assert Categories.of(event).of_institution(institution) == category


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Beran", "Desa Beran"),
        ("beran", "Desa Beran"),
        ("ds. BERAN", "Desa Beran"),
        ("desa beran kec. selomerto", "Desa Beran"),
        ("Desa Beran, Kecamatan Selomerto", "Desa Beran"),
        ("Beran, Kec. Sukoharjo", "Beran, Kec. Sukoharjo"),  # another place
        ("Kelurahan Beran", "Kelurahan Beran"),
        ("Kampung", "Kampung"),  # two of the event are called so
        ("Kelurahan Kampung", "Kelurahan Kampung"),
        ("Polsek Beran", "Polsek Beran"),
    ],
)
def test_a_village_of_the_event_is_kept_by_its_full_name(typed: str, kept: str) -> None:
    event = EventFactory(
        regions=[
            RegionFactory(code="33.07.06.2901", name="Beran"),
            RegionFactory(code="33.07.06.1902", name="Kampung"),
            RegionFactory(code="33.07.06.2903", name="Kampung"),
        ]
    )

    [noted] = attend(event, Person("Wahyu Nugraha", typed)).new

    assert noted.institution == kept


def test_a_village_spelt_in_two_ways_makes_nobody_two() -> None:
    event = EventFactory(regions=[RegionFactory(name="Pakuncen")])
    attend(event, SITI)
    name = SITI.institution.removeprefix("Desa ")

    its = {"phone": SITI.phone}
    noted = attend(event, Person(SITI.name, name, **its), Person(SITI.name, f"ds {name}", **its))

    assert (len(noted.new), len(noted.known)) == (0, 1)


def test_who_came_stays_once_the_event_is_settled(event) -> None:
    [person] = attend(event, SITI).new
    facts = {"school": "SMK", "grade": "X", "boys": 1, "girls": 1}
    school = actions.write_school(event, facts=facts, by=event.created_by)
    actions.cancel(event, reason="Batal.", by=event.created_by)

    with pytest.raises(TransitionRefused):
        attend(event, Person("Lain", "Lain"))
    with pytest.raises(TransitionRefused):
        actions.drop_attendee(person, reason="x", by=event.created_by)
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        Attendee.objects.filter(pk=person.pk).delete()
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        SchoolCount.objects.filter(pk=school.pk).update(boys=3)


def test_one_village_spelt_in_short_is_counted_once(event) -> None:
    places = ("Ds. Plobangan", "Desa Plobangan", "KEC. Mojotengah", "Kecamatan Mojotengah", "Kelud")
    attend(event, *(Person(f"Warga {n}", place) for n, place in enumerate(places, 1)))

    its = with_numbers(Event.objects.filter(pk=event.pk)).get()
    told = {it.label: it.total for it in Numbers(its).by_institution}

    assert told == {"Desa Plobangan": 2, "Kecamatan Mojotengah": 2, "Kelud": 1}


def test_one_odd_spelling_renames_nobody(event) -> None:
    attend(event, *(Person(f"Warga {n}", "Desa Tieng") for n in range(1, 4)))
    attend(event, Person("Pengacau", "desa tieng 💩"))

    its = with_numbers(Event.objects.filter(pk=event.pk)).get()

    assert [it.label for it in Numbers(its).by_institution] == ["Desa Tieng"]


def test_who_enters_themselves_adds_nothing_to_what_was_noted(event) -> None:
    attend(event, Person("Ratna Dewi", "Desa Tieng"))
    told = Person("RATNA DEWI", "desa tieng", "Tersangka TPPO", sex="P")

    actions.attend(event, [told], source=Source.SELF, by=None)

    noted = event.attendees.get()
    assert (noted.title, noted.sex) == ("", "")
