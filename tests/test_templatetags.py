"""The vocabulary of pages: formats, badges, forms and error pages as a reader meets them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.paginator import Paginator
from django.db.models import TextChoices
from django.template import Context, RequestContext, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import Settings

from certificates.models import certificate
from desabinaan import formats
from desabinaan.templatetags import portal
from villages.models import designation

MORNING = datetime(2024, 3, 7, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Settings) -> Iterator[None]:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    portal.asset.cache_clear()  # the portal keeps these addresses as long as it runs
    yield
    portal.asset.cache_clear()


def render(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


def test_a_select_offers_its_choices_as_words_and_keeps_what_was_chosen() -> None:
    choices = [("a", "Kanim <b>Jember</b>"), ('"b', "Kanim Wonosobo")]

    told = render("{% options choices chosen %}", choices=choices, chosen='"b')

    assert told == (
        '<option value="a">Kanim &lt;b&gt;Jember&lt;/b&gt;</option>'
        '<option value="&quot;b" selected>Kanim Wonosobo</option>'
    )
    assert "selected" not in render("{% options choices %}", choices=choices)


def test_addresses_that_stay_are_those_that_are_looked_up_anew() -> None:
    again = '{% load static %}{% static "css/portal.css" %} {% url "villages:public_villages" %}'
    kept = '{% asset "css/portal.css" %} {% address "villages:public_villages" %}'

    assert render(kept) == render(again) == render(kept)


@pytest.mark.parametrize(
    ("path", "is_here"),
    [("/penetapan/", True), ("/penetapan/7/", True), ("/sk/7/", True), ("/sk/lain/", False)],
)
def test_a_link_of_the_navigation_knows_what_belongs_to_it(path: str, is_here: bool) -> None:
    source = (
        '{% nav_link "villages:designations" also="/sk/" but="/lain/" %}Penetapan{% endnav_link %}'
    )

    shown = Template(source).render(Context({"request": RequestFactory().get(path)}))

    assert ('aria-current="page"' in shown) == is_here


class ConsentForm(forms.Form):
    number = forms.CharField(label="Nomor surat", help_text="Seperti pada surat.")
    answer = forms.ChoiceField(
        label="Jawaban", choices=[("yes", "Bersedia"), ("no", "Tidak")], widget=forms.RadioSelect
    )
    scan = forms.FileField(label="Pindaian", required=False)

    def clean(self) -> None:
        self.add_error(None, "Surat ini sudah dipakai.")


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Jakarta", "7 Maret 2024, 09.00 WIB"),
        ("Asia/Pontianak", "7 Maret 2024, 09.00 WIB"),
        ("Asia/Makassar", "7 Maret 2024, 10.00 WITA"),
        ("Asia/Jayapura", "7 Maret 2024, 11.00 WIT"),
    ],
)
def test_an_instant_is_told_in_the_time_of_the_office(zone: str, words: str) -> None:
    office = SimpleNamespace(timezone=zone)

    told = render("{{ at|waktu:office }}", at=MORNING, office=office)

    assert told == words


def test_the_date_of_an_instant_is_the_date_at_the_office() -> None:
    late = datetime(2024, 3, 7, 16, 0, tzinfo=UTC)

    assert render("{{ at|tanggal:'Asia/Jayapura' }}", at=late) == "8 Maret 2024"
    assert render("{{ at|tanggal:'Asia/Jakarta' }}", at=late) == "7 Maret 2024"


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        ({"seconds": 20}, "kurang dari 1 menit"),
        ({"minutes": 12}, "12 menit"),
        ({"hours": 5}, "5 jam"),
        ({"days": 3}, "3 hari"),
        ({"days": 65}, "2 bulan"),
        ({"days": 800}, "2 tahun"),
    ],
)
def test_an_age_is_told_calmly(passed: dict[str, int], words: str) -> None:
    since = timezone.now() - timedelta(**passed)

    assert render("{{ since|sejak }}", since=since) == words


@pytest.mark.parametrize(
    ("source", "value", "words"),
    [
        ("{{ it|tanggal }}", date(2024, 8, 17), "17 Agustus 2024"),
        ("{{ it|angka }}", 91599, "91.599"),
        ("{{ it|berkelompok }}", "K7PQR2MX9TB4", "K7PQ-R2MX-9TB4"),
        ("{{ it|bernomor }}", "ST-1/W.13/2026", "ST-1/<wbr>W.13/<wbr>2026"),
        ("{{ it|bernomor }}", "<b>/1", "&lt;b&gt;/<wbr>1"),
        ("{{ it|ukuran }}", 48_211, "48\N{NO-BREAK SPACE}KB"),
        ("{{ it|ukuran }}", 1_248_211, "1,2\N{NO-BREAK SPACE}MB"),
    ],
)
def test_values_are_written_the_indonesian_way(source: str, value: object, words: str) -> None:
    assert render(source, it=value) == words


def test_an_age_in_days_agrees_with_the_dates_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    zone = ZoneInfo("Asia/Jakarta")
    at_noon = datetime(2026, 11, 26, 12, tzinfo=zone)
    monkeypatch.setattr(timezone, "now", lambda: at_noon)

    # Both more than two whole days ago and less than three; one of them on the twenty-third.
    assert formats.age(datetime(2026, 11, 23, 18, tzinfo=zone)) == "3 hari"
    assert formats.age(datetime(2026, 11, 24, 9, tzinfo=zone)) == "2 hari"
    assert formats.age(datetime(2026, 11, 25, 18, tzinfo=zone)) == "18 jam"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 27), date(2026, 11, 27), "Jumat, 27 November 2026"),
        (date(2026, 11, 27), date(2026, 11, 28), "Jumat–Sabtu, 27–28 November 2026"),
        (date(2026, 11, 30), date(2026, 12, 1), "Senin, 30 November – Selasa, 1 Desember 2026"),
        (
            date(2026, 12, 31),
            date(2027, 1, 1),
            "Kamis, 31 Desember 2026 – Jumat, 1 Januari 2027",
        ),
    ],
)
def test_days_are_said_with_month_and_year_once(first: date, last: date, said: str) -> None:
    assert formats.days(first, last) == said


def test_of_several_days_the_first_hour_and_the_last_are_said() -> None:
    begins = datetime(2026, 11, 27, 1, tzinfo=UTC)
    said = formats.opened_and_closed(begins, begins + timedelta(hours=31), "Asia/Jayapura")
    late = formats.opened_and_closed(begins, begins + timedelta(hours=40), "Asia/Jakarta")

    assert said == "10.00 WIT (hari pertama) sampai 17.00 WIT (hari terakhir)"
    assert late == "08.00 WIB (hari pertama) sampai 24.00 WIB (hari terakhir)"


@pytest.mark.parametrize("name", ["tanggal", "waktu", "sejak", "angka", "ukuran"])
def test_what_is_missing_is_a_dash(name: str) -> None:
    assert render("{{ it|" + name + " }}", it=None) == "\N{EN DASH}"


def test_a_status_has_colour_word_and_icon() -> None:
    record = SimpleNamespace(status="returned", get_status_display=lambda: "Dikembalikan")

    badge = render("{% status record %}", record=record)

    assert "tone-attention" in badge
    assert ">Dikembalikan</span>" in badge
    assert 'aria-hidden="true"' in badge


@pytest.mark.parametrize("statuses", [certificate.Status, designation.Status, designation.Outcome])
def test_no_status_is_without_a_tone(statuses: type[TextChoices]) -> None:
    assert set(statuses.values) <= set(portal.STATUS_TONES)


def test_tags_escape_what_people_typed() -> None:
    typed = "<script>x</script>"
    record = SimpleNamespace(status="draft", get_status_display=lambda: typed)

    page = render(
        "{% status record %}{% panel typed %}{{ typed }}{% endpanel %}"
        "{% row typed %}{{ typed }}{% endrow %}{% task typed typed %}{{ typed }}{% endtask %}"
        "{% choice typed typed %}{{ typed }}{% endchoice %}{% breadcrumbs typed typed %}"
        "{% file typed typed %}{{ typed }}{% endfile %}{% dialog typed typed %}{% enddialog %}",
        typed=typed,
        record=record,
    )

    assert "<script" not in page


def test_errors_are_tied_to_their_fields_and_gathered_on_top() -> None:
    form = ConsentForm({"number": ""})

    page = str(form)

    assert "<li>Surat ini sudah dipakai.</li>" in page
    assert 'href="#id_number"' in page
    assert 'href="#id_answer_0"' in page
    assert 'aria-describedby="id_number_helptext id_number_error"' in page
    assert 'id="id_number_error"' in page
    assert 'aria-invalid="true"' in page


def test_a_fresh_form_has_no_summary_and_names_what_may_stay_empty() -> None:
    page = str(ConsentForm())

    assert "error-summary" not in page
    assert page.count("(boleh dikosongkan)") == 1


def test_a_file_input_has_a_label_of_its_own() -> None:
    page = str(ConsentForm()["scan"].as_field_group())

    assert '<label for="id_scan">' in page
    assert "<fieldset" not in page


def test_paging_keeps_the_filters() -> None:
    request = RequestFactory().get("/desa/", {"q": "paku", "halaman": "2"})
    page = Paginator(range(1234), 25).page(2)

    nav = Template("{% pagination page %}").render(RequestContext(request, {"page": page}))

    assert "?q=paku&amp;halaman=3" in nav
    assert "26\N{EN DASH}50 dari 1.234" in nav


def test_a_message_out_of_band_comes_only_when_there_is_something_to_say() -> None:
    silent = render_to_string("components/messages.html", {"oob": True, "messages": []})
    region = render_to_string("components/messages.html", {"messages": []})

    assert "pesan" not in silent
    assert 'role="status"' in region


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html", "503.html", "507.html"])
def test_an_error_page_needs_neither_request_nor_database(name: str) -> None:
    page = render_to_string(name)

    assert "<h1>" in page
    assert "<script" not in page


@pytest.mark.parametrize(("number", "folded"), [(0, 0), (1, 0), (12, 0), (13, 3), (60, 50)])
def test_a_long_history_shows_the_latest_and_keeps_the_rest_behind_a_press(
    number: int, folded: int
) -> None:
    entries = [
        SimpleNamespace(sentence=f"Catatan {n}.", note="", at=MORNING) for n in range(number)
    ]

    page = render("{% history entries %}", entries=iter(entries))

    shown, _, earlier = page.partition("<details>")
    assert [f"Catatan {n}." in shown for n in range(number)].count(True) == number - folded
    assert (f"{folded} catatan sebelumnya" in earlier) == bool(folded)
    assert all(f"Catatan {n}." in page for n in range(number))
    assert ("Belum ada catatan." in page) == (number == 0)
