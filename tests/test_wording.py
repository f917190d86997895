"""What forms say where a field is empty or wrong: our words, in every form of the portal."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from desabinaan.fields import ClockField, CountField, DayField
from desabinaan.templatetags.portal import error_summary
from desabinaan.uploads import CheckedFileField
from tests.factories import AssignmentFactory, OfficerFactory, UserFactory, small_pdf
from villages.forms.profile import AgreementForm, MigrantCountForm
from villages.forms.village import LocationForm

pytestmark = pytest.mark.django_db
DJANGO_SAYS = ("Bidang ini", "Masukkan", "Pastikan", "keseluruhan", "This field", "Enter a")


class AllSorts(forms.Form):
    letter_dated = DayField(label="Tanggal surat")
    since = DayField(label="Menjabat sejak")
    starts = ClockField(label="Mulai pukul", required=False)
    nip = forms.CharField(label="NIP", max_length=5)
    role = forms.ChoiceField(label="Peran", choices=[("a", "A")])
    scan = CheckedFileField(label="Pindaian surat")
    count = CountField(label="Jumlah", min_value=0, max_value=9)
    own = forms.CharField(label="Alasan", error_messages={"required": "Isi alasannya."})


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("letter_dated", "Isi tanggal surat."),
        ("since", "Isi tanggal untuk “Menjabat sejak”."),
        ("nip", "Isi NIP."),
        ("role", "Pilih peran."),
        ("scan", "Pilih pindaian surat."),
        ("count", "Isi jumlah."),
        ("own", "Isi alasannya."),
    ],
)
def test_an_empty_field_says_what_to_fill_in(field: str, sentence: str) -> None:
    assert AllSorts({}).errors[field] == [sentence]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("letter_dated", "31-02-2026", "Tulis tanggal yang ada, misalnya 31-12-2026."),
        ("starts", "25.61", "Tulis jam yang ada, misalnya 09.00."),
        ("nip", "123456", "Paling banyak 5 huruf; sekarang 6."),
        ("role", "b", "Pilih salah satu yang ditawarkan."),
        ("count", "1,5", "Tulis bilangan bulat, misalnya 1.200."),
        ("count", "10", "Paling besar 9."),
        ("count", "-1", "Paling kecil 0."),
    ],
)
def test_a_wrong_one_says_what_is_wrong(field: str, typed: str, sentence: str) -> None:
    assert AllSorts({field: typed}).errors[field] == [sentence]


@pytest.mark.parametrize(
    ("typed", "understood"),
    [("1200", 1200), ("1.200", 1200), ("12.000", 12000), ("1 200", 1200), ("0", 0)],
)
def test_a_figure_is_read_as_people_write_it(typed: str, understood: int) -> None:
    assert CountField().clean(typed) == understood


@pytest.mark.parametrize("typed", ["1,200", "1.2", "12.00", "1.2000", "banyak", "1e3"])
def test_a_figure_that_may_mean_two_things_is_asked_for_again(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        CountField().clean(typed)


def test_figures_of_migrant_workers_take_a_thousands_dot() -> None:
    form = MigrantCountForm(
        {"year": "2025", "men": "1.200", "women": "800", "source": "BPS", "as_of": "2025-12-31"}
    )

    assert form.is_valid(), form.errors
    assert form.cleaned_data["total"] == 2000


@pytest.mark.parametrize("typed", ["-7,353211", "-7.353211", " -7,353211° "])
def test_a_coordinate_takes_a_decimal_comma(typed: str) -> None:
    form = LocationForm({"latitude": typed, "longitude": "109,902187"})

    assert form.is_valid(), form.errors


def test_a_coordinate_that_is_none_is_asked_for_in_our_words() -> None:
    form = LocationForm({"latitude": "7.353.211", "longitude": "timur"})

    assert form.errors["latitude"] == ["Tulis derajat sebagai angka, misalnya -7,353211."]


def every_form() -> list[type[forms.BaseForm]]:
    """Every form class of the portal's own modules."""
    found = set()
    for config in apps.get_app_configs():
        if "." in config.name or not config.path.startswith(str(_root())):
            continue
        for path in sorted((_root() / config.name).glob("forms/*.py")):
            found |= _forms_in(f"{config.name}.forms.{path.stem}")
    return sorted(found | _forms_in("certificates.forms"), key=lambda it: it.__qualname__)


def _root() -> Any:
    return import_string("django.conf.settings").BASE_DIR


def _forms_in(name: str) -> set[type[forms.BaseForm]]:
    module = importlib.import_module(name.removesuffix(".__init__"))
    return {
        it
        for it in vars(module).values()
        if isinstance(it, type) and issubclass(it, forms.BaseForm) and it.__module__ == name
    }


@pytest.mark.parametrize("form", every_form(), ids=lambda form: form.__qualname__)
def test_no_field_speaks_as_django_does(form: type[forms.BaseForm]) -> None:
    class Shown(forms.Form):
        pass

    shown = Shown({})
    shown.fields = {
        name: it.__class__.__deepcopy__(it, {}) for name, it in form.base_fields.items()
    }
    for bound in shown:
        for code, sentence in bound.field.error_messages.items():
            assert not str(sentence).startswith(DJANGO_SAYS), (bound.name, code)


class ApprovedForm(forms.Form):
    name = forms.CharField(label="Nama")
    read = forms.BooleanField(
        label="Saya sudah membaca", error_messages={"required": "Centang dahulu."}
    )


def test_the_summary_lists_errors_in_the_order_of_the_page() -> None:
    form = AllSorts({"letter_dated": "2026-01-01", "since": "2026-01-01", "role": "a"})
    form.is_valid()
    form.add_error("letter_dated", "Periksa tanggalnya.")

    summary = str(error_summary(form))

    assert summary.index("Tanggal surat") < summary.index("NIP") < summary.index("Pindaian surat")


def test_the_summary_does_not_read_a_declaration_out_before_what_is_wrong_with_it() -> None:
    form = ApprovedForm({"name": ""})
    form.is_valid()

    summary = str(error_summary(form))

    assert "Saya sudah membaca" not in summary
    assert ">Centang dahulu.<" in summary
    assert "Nama: " in summary


def test_who_hands_over_reads_errors_from_the_top(client: Client) -> None:
    assignment = AssignmentFactory()
    officer = assignment.officer
    OfficerFactory(office=officer.office)
    client.force_login(UserFactory(admin_of=officer.office))

    page = client.post(reverse("villages:handover", args=[officer.pk]), {"last_day": ""})

    summary = page.content.decode().partition("error-summary")[2].partition("</ul>")[0]
    assert summary.index(str(assignment.village)) < summary.index("Nomor dokumen")


def test_a_field_that_is_sometimes_needed_does_not_say_it_may_stay_empty() -> None:
    shown = str(AgreementForm()["second_party"].as_field_group())

    assert "(boleh dikosongkan)" not in shown
    assert "Wajib untuk MoU dan PKS" in shown


@pytest.mark.parametrize("upload", [True, False])
def test_a_file_that_came_with_a_refused_form_is_asked_for_again(upload: bool) -> None:
    sent = {"scan": SimpleUploadedFile("surat.pdf", small_pdf(), "application/pdf")}
    form = AgreementForm({"kind": "mou"}, sent if upload else {})

    shown = str(form["scan"].as_field_group())

    assert ("surat.pdf belum tersimpan. Pilih lagi berkasnya." in shown) is upload
    assert ("id_scan_lost" in str(form["scan"])) is upload
