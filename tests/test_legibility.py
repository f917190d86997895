"""Words as they are stored: two that look the same are the same, whoever typed or pasted them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.db import IntegrityError

from accounts.actions import Person, create_user
from accounts.models import User
from certificates.models import RegisterEntry
from desabinaan import legibility
from desabinaan.fields import TextField
from tests.factories import DecreeFactory, DesignationFactory, OfficeFactory, UserFactory
from villages.models import Consent

ROOT = Path(settings.BASE_DIR)
UNSEEN = "\u200b\u200d\u2060\ufeff\u00ad\u202e\u2066\u034f\u115f\u3164\u2800\ufe0f\U000e0101\x07"


@pytest.mark.parametrize("sign", UNSEEN)
def test_a_sign_that_nobody_sees_is_not_kept(sign: str) -> None:
    assert legibility.line(f"SK{sign}-1") == "SK-1"


@pytest.mark.parametrize("space", "\u00a0\u2003\u202f\u3000\t\n")
def test_every_space_is_one_space(space: str) -> None:
    assert legibility.line(f" SK{space} {space}1 ") == "SK 1"


@pytest.mark.parametrize(
    "typed", ["Nomor: W.13 Tahun 2026", "NOMOR W.13 Tahun 2026", "No. W.13  Tahun 2026"]
)
def test_a_number_is_kept_without_the_word_for_it(typed: str) -> None:
    assert legibility.number(typed) == "W.13 Tahun 2026"


@pytest.mark.parametrize("number", ["NO-12/2026", "Nota 5/2026", "012", "W.13.NO.7"])
def test_a_number_that_only_looks_so_stays(number: str) -> None:
    assert legibility.number(number) == number


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("TENTANG: PENETAPAN DESA.", "PENETAPAN DESA"),
        ("Tentang Desa", "Desa"),
        ("Tentangan", "Tentangan"),
    ],
)
def test_a_subject_is_kept_as_a_part_of_a_sentence(typed: str, kept: str) -> None:
    assert legibility.subject(typed) == kept


def test_letters_are_composed_and_lines_stay_where_they_may() -> None:
    assert legibility.line("Dua\u0301") == "Du\u00e1"
    assert legibility.lines("  Satu\u200b \r\n\n dua ") == "Satu\n\ndua"


def test_what_has_no_shape_is_nothing_at_all() -> None:
    field = TextField()

    with pytest.raises(forms.ValidationError, match="tidak boleh kosong"):
        field.clean("\u200b \u3164")


@pytest.mark.parametrize("name", ["<b>Ratna", "Ratna >"])
def test_no_name_has_the_brackets_of_markup(name: str) -> None:
    with pytest.raises(forms.ValidationError, match="tidak dapat dipakai"):
        TextField().clean(name)
    assert TextField(widget=forms.Textarea()).clean(name) == name


def test_every_text_that_people_type_is_tidied() -> None:
    """A field of Django's own keeps what was pasted; only passwords and codes may be one."""
    modules = [path for app in ("accounts", "certificates", "villages") for path in _forms(app)]
    found = {
        f"{form.__name__}.{name}"
        for module in modules
        for form in vars(import_module(module)).values()
        if isinstance(form, type) and issubclass(form, forms.Form)
        for name, field in form.base_fields.items()
        if type(field) is forms.CharField and field.strip
    }

    assert len(modules) > 15
    assert {name for name in found if not name.startswith(SIGN_IN)} == set()


SIGN_IN = ("ActivationForm.code", "NamedActivationForm.")  # compared with what is stored, not kept


def _forms(app: str) -> list[str]:
    folder = ROOT / app
    paths = [*folder.glob("forms.py"), *folder.glob("forms/*.py")]
    skipped = {"__init__", "sign_in", "second_factor"}  # allauth's own
    return [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in paths
        if path.stem not in skipped
    ]


@pytest.mark.django_db
def test_the_same_number_by_invisible_signs_is_the_same_number(client) -> None:
    office = OfficeFactory()
    client.force_login(UserFactory(staff_of=office))
    address = f"/kantor/{office.code}/register/tulis/"
    told = {"kind": "other", "dated": office.today().isoformat(), "subject": "Surat\u200b biasa"}

    first = client.post(address, {**told, "number": "B\u200b/7\u00a0/2026"})
    again = client.post(address, {**told, "number": "B/7 /2026\ufeff"})

    assert first.status_code == 302
    assert "sudah ada dalam register" in str(again.context["form"].errors["number"])
    entry = RegisterEntry.objects.get()
    assert (entry.number, entry.subject) == ("B/7 /2026", "Surat biasa")


@pytest.mark.django_db
def test_a_consent_keeps_what_everybody_can_read(client) -> None:
    sheet = DesignationFactory(complete=True)
    client.force_login(sheet.created_by)
    letter = {
        "letter_number": "045\u200b/1",
        "letter_dated": "2026-02-10",
        "signatory_name": "Slamet\u202e Riyanto",
        "signatory_title": "Kepala  Desa",
    }

    client.post(f"/penetapan/{sheet.pk}/kesediaan/", letter)

    consent = Consent.objects.get(designation=sheet)
    assert (consent.letter_number, consent.signatory_name) == ("045/1", "Slamet Riyanto")
    assert consent.signatory_title == "Kepala Desa"


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["SK\u200b-1", "SK -1 ", "SK  1", "SK\u00a01", "Du\u0061\u0301"])
def test_the_database_keeps_no_decree_whose_number_hides_something(number: str) -> None:
    with pytest.raises(IntegrityError, match="decree_number_legible"):
        DecreeFactory(number=number)


@pytest.mark.django_db
def test_a_name_is_tidied_at_the_one_door_of_accounts() -> None:
    person = Person("Ratna\u200b  Wulandari", "198609262015051001")

    create_user(person, by=None)

    assert User.objects.get(username="198609262015051001").name == "Ratna Wulandari"
