"""The pattern of an office's numbers: tried, seen, chosen; never assumed."""

import pytest

from audit.models import Entry
from certificates import register
from certificates.models import NumberTemplate
from tests.factories import NOTE, NumberTemplateFactory, OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db
KIND = "designation"
PAGE = "/kantor/kanim-a/penomoran/designation/"
GOOD = {
    "pattern": "{kode}.{nomor}-{klasifikasi} Tahun {tahun}",
    "unit_code": "W13.IMI.7",
    "classification": "GR.03.05",
    "serial_width": "3",
}


@pytest.fixture
def office():
    return OfficeFactory(code="kanim-a")


@pytest.fixture
def browser(sign_in, office):
    return sign_in(UserFactory(admin_of=office))


def test_at_first_nothing_is_chosen_and_three_real_shapes_are_shown(browser, office) -> None:
    page = browser.get(PAGE).content.decode()

    assert "Belum dipilih" in page
    assert "bukan ketentuan resmi" in page
    assert all(seen in page for seen in ("W.30.099", "W.18.IMI.1-UM.01.01-4562", "IMI-0722"))


def test_an_example_fills_the_form_and_chooses_nothing(browser, office) -> None:
    response = browser.get(PAGE, {"contoh": "2"})

    assert response.context["form"]["pattern"].value() == "{kode}-{klasifikasi}-{nomor}"
    assert not NumberTemplate.objects.exists()


def test_the_preview_shows_the_next_number_and_saves_nothing(browser, office) -> None:
    page = browser.post(PAGE, {**GOOD, "preview": "1"}).content.decode()

    assert f"W13.IMI.7.001-GR.03.05 Tahun {office.today().year}" in page
    assert not NumberTemplate.objects.exists()


def test_the_live_part_equals_the_part_of_the_page(browser, office) -> None:
    part = browser.get(PAGE, GOOD, headers={"HX-Request": "true"}).content.decode()
    page = browser.post(PAGE, GOOD).content.decode()

    section = part[part.index("<section") : part.index("</section>")]
    assert section in page
    assert "<html" not in part


def test_a_chosen_pattern_is_kept_and_remembered(browser, office) -> None:
    response = browser.post(PAGE, {**GOOD, "choose": "1"})

    template = NumberTemplate.objects.get(office=office, kind=KIND)
    assert response["Location"] == PAGE
    assert (template.pattern, template.serial_width) == (GOOD["pattern"], 3)
    entry = Entry.objects.about(office).get(verb="number_template.chosen")
    assert entry.note == GOOD["pattern"]
    assert "Sudah dipilih" in browser.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("pattern", {"pattern": ""}),
        ("pattern", {"pattern": "DBI/{tahun}"}),
        ("pattern", {"pattern": "{nomor}/{nomor}"}),
        ("pattern", {"pattern": "{nomor}/{minggu}"}),
        ("pattern", {"pattern": "{nomor}/{"}),
        ("pattern", {"pattern": "{nomor}" + "x" * 74}),
        ("unit_code", {"unit_code": ""}),
        ("unit_code", {"unit_code": "{nomor}"}),
        ("classification", {"classification": " "}),
        ("serial_width", {"serial_width": "0"}),
        ("serial_width", {"serial_width": "7"}),
    ],
)
def test_a_pattern_that_cannot_work_is_refused_in_words(browser, office, field, changed) -> None:
    response = browser.post(PAGE, {**GOOD, **changed, "choose": "1"})

    assert field in response.context["form"].errors
    assert not NumberTemplate.objects.exists()


def test_a_number_longer_than_its_line_is_refused(browser, office) -> None:
    long = {"pattern": "{nomor}{kode}{klasifikasi}" + "x" * 50, "unit_code": "u" * 30}
    long["classification"] = "k" * 20

    response = browser.post(PAGE, {**GOOD, **long, "choose": "1"})

    assert "pattern" in response.context["form"].errors


def test_without_the_year_the_page_warns_of_the_next(browser, office) -> None:
    page = browser.post(PAGE, {**GOOD, "pattern": "{nomor}/{kode}"}).content.decode()

    assert f"muncul lagi tahun {office.today().year + 1}" in page


def test_a_change_counts_on_from_the_numbers_already_given(browser, office) -> None:
    NumberTemplateFactory(office=office)
    register.take_number(office, KIND, office.today(), by=UserFactory())

    page = browser.post(PAGE, GOOD).content.decode()

    assert "W13.IMI.7.002-GR.03.05" in page
    assert "sudah diberikan 1 nomor" in page


def test_a_number_that_was_given_already_is_pointed_out(browser, office) -> None:
    NumberTemplateFactory(office=office, pattern="1{nomor}")
    first = register.take_number(office, KIND, office.today(), by=UserFactory())
    assert first.number == "11"

    for _ in range(9):
        register.take_number(office, KIND, office.today(), by=UserFactory())
    page = browser.post(PAGE, {**GOOD, "pattern": "{nomor}", "serial_width": "1"}).content.decode()

    assert "sudah ada dalam register" in page


def test_a_pattern_that_another_kind_has_is_pointed_out(browser, office) -> None:
    NumberTemplateFactory(office=office, kind=NOTE.key, pattern="{nomor}/A/{tahun}")

    page = browser.post(PAGE, {**GOOD, "pattern": "{nomor}/A/{tahun}", "serial_width": "1"})

    assert f"nomor yang sama dengan {NOTE.label}" in page.content.decode()


def test_each_kind_is_chosen_by_itself(browser, office) -> None:
    page = f"/kantor/kanim-a/penomoran/{NOTE.key}/"

    browser.post(page, {**GOOD, "choose": "1"})

    assert NumberTemplate.objects.get(office=office).kind == NOTE.key
    assert "Belum dipilih" in browser.get(PAGE).content.decode()
    assert "memilih pola nomor" not in browser.get(PAGE).content.decode()


def test_the_list_shows_each_kind_with_its_last_and_next_number(browser, office) -> None:
    NumberTemplateFactory(office=office, kind=NOTE.key, pattern="N-{nomor}")
    for _ in range(3):
        register.take_number(office, NOTE.key, office.today(), by=UserFactory())

    page = browser.get("/kantor/kanim-a/penomoran/").content.decode()

    assert NOTE.label in page
    assert "N-4" in page
    assert "Dokumen ini belum dapat dibuat" in page  # the certificate, not chosen yet


def test_a_kind_that_takes_no_number_has_no_pattern(browser, office) -> None:
    assert browser.get("/kantor/kanim-a/penomoran/other/").status_code == 404
