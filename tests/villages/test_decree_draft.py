"""The decree's own page, and its draft: words to mend, villages in the annex, no number."""

import re
from dataclasses import replace
from time import process_time

import pypdfium2
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Office
from audit.models import Entry
from certificates import pdf
from certificates.models import Letter, RegisterEntry
from tests.factories import (
    DesignationFactory,
    OfficeFactory,
    UserFactory,
    checked_pdf,
)
from villages import actions
from villages.decree_drafts import CONSIDERING, draft_paper, proposed

pytestmark = pytest.mark.django_db
DRAFT = "/sk/draf/"


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def browser(sign_in, office):
    return sign_in(UserFactory(staff_of=office))


def words(office, *sheets, **changed) -> dict[str, object]:
    draft = proposed(office)
    return {
        "sheets": [sheet.pk for sheet in sheets],
        "subject": draft.subject,
        "considering": "\n".join(draft.considering),
        "recalling": "\n".join(draft.recalling),
        "decides": "\n".join(draft.decides),
        "signer_title": draft.signer_title,
        "signer_name": "Ratna Wulandari",
        **changed,
    }


def text(letter: Letter) -> list[str]:
    with pypdfium2.PdfDocument(pdf.render_letter(letter)) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


# --- The draft ---------------------------------------------------------------------------------


def test_the_draft_names_its_villages_and_leaves_the_number_open(browser, office) -> None:
    first, second = (DesignationFactory(office=office, submitted=True) for _ in range(2))

    answer = browser.post(DRAFT, words(office, first, second))

    letter = Letter.objects.get()
    assert answer["Location"] == letter.get_absolute_url()
    pages = text(letter)
    assert "NOMOR ……" in pages[0]
    assert "Menimbang : a. bahwa" in pages[0]
    assert "KESATU :" in " ".join(pages)
    for sheet in (first, second):
        assert sheet.village.region.code in pages[-1]
    assert f"Halaman {len(pages)} dari {len(pages)}" in pages[-1]
    assert not RegisterEntry.objects.filter(letter=letter).exists()
    assert Entry.objects.about(first).filter(verb="designation.decree_drafted").exists()


def test_the_words_are_proposed_and_may_be_changed(browser, office) -> None:
    sheet = DesignationFactory(office=office, submitted=True)

    page = browser.get(DRAFT, {"usulan": sheet.pk}).content.decode()
    browser.post(DRAFT, words(office, sheet, considering="bahwa satu;\n\n bahwa  dua;"))

    assert CONSIDERING[0] in page
    assert "checked" in page
    facts = Letter.objects.get().facts
    assert facts["considering"] == [["a", "bahwa satu;"], ["b", "bahwa dua;"]]


def test_what_was_ordered_stays_when_the_office_takes_another_name(browser, office) -> None:
    browser.post(DRAFT, words(office, DesignationFactory(office=office, submitted=True)))

    Office.objects.filter(pk=office.pk).update(name="Kantor Imigrasi Baru")

    assert office.name.upper() in text(Letter.objects.get())[0]


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("sheets", {"sheets": []}),
        ("subject", {"subject": ""}),
        ("considering", {"considering": " \n "}),
        ("recalling", {"recalling": "Undang-Undang 村"}),
        ("decides", {"decides": "\n".join(["Menetapkan."] * 11)}),
        ("signer_name", {"signer_name": ""}),
    ],
)
def test_a_draft_that_cannot_be_is_refused_at_its_field(browser, office, field, changed) -> None:
    sheet = DesignationFactory(office=office, submitted=True)

    answer = browser.post(DRAFT, words(office, sheet, **changed))

    assert field in answer.context["form"].errors
    assert not Letter.objects.exists()


def test_only_sheets_without_a_numbered_decree_are_offered(browser, office) -> None:
    offered = [
        DesignationFactory(office=office, submitted=True),
        DesignationFactory(office=office, approved=True, approved__number=""),
    ]
    others = [
        DesignationFactory(office=office),
        DesignationFactory(office=office, approved=True),
        DesignationFactory(submitted=True),
    ]

    form = browser.get(DRAFT).context["form"]
    answers = [browser.post(DRAFT, words(office, sheet)) for sheet in others]

    assert set(form.fields["sheets"].queryset) == set(offered)
    assert all("sheets" in answer.context["form"].errors for answer in answers)


def test_a_whole_kecamatan_fits_and_its_table_begins_anew_on_each_page(office) -> None:
    sheet = DesignationFactory(office=office, submitted=True)
    paper = draft_paper(office, [sheet] * 120, proposed(office))
    letter = Letter(kind=paper.kind, facts=paper.facts, office=office)

    pages = text(letter)

    assert sum("Kode wilayah" in page for page in pages) >= 3
    assert "120 " in pages[-1]


@pytest.mark.parametrize("word", ["bermakna ", "bermakna"], ids=["words", "one word"])
def test_the_longest_clauses_are_drawn_whole_and_long_before_a_worker_gives_up(
    office, word
) -> None:
    clause = word * 650
    draft = replace(proposed(office), considering=[clause], recalling=[clause], decides=[clause])
    paper = draft_paper(office, [DesignationFactory(office=office, submitted=True)], draft)
    letter = Letter(kind=paper.kind, facts=paper.facts, office=office)

    begun = process_time()
    drawn = pdf.render_letter(letter)
    took = process_time() - begun

    with pypdfium2.PdfDocument(drawn) as document:
        pages = [page.get_textpage() for page in document]
        signs = "".join(page.get_text_range() for page in pages)
        ends = [page.get_charbox(at)[2] for page in pages for at in range(page.count_chars())]
        right_edge = document[0].get_width()
    running = re.sub(r"Halaman \d+ dari \d+|\s", "", signs)
    assert running.count("bermakna") == 3 * 650
    assert max(ends) < right_edge
    assert took < settings.CELERY_TASK_TIME_LIMIT / 4


@pytest.mark.parametrize("role", ["admin", "observer"])
def test_others_draft_nothing(sign_in, office, role) -> None:
    where = office.parent if role == "observer" else office

    assert sign_in(UserFactory(**{f"{role}_of": where})).get(DRAFT).status_code == 403


# --- The page of a decree ----------------------------------------------------------------------


def test_the_decree_lists_its_villages_and_its_scans(browser, office) -> None:
    first = DesignationFactory(office=office, approved=True)
    decree = first.decree
    known = {"number": decree.number, "dated": decree.dated}
    actions.record_decree(first, **known, scan=checked_pdf("sk-bertanda.pdf"), by=first.created_by)

    page = browser.get(decree.get_absolute_url()).content.decode()
    sheet = browser.get(first.get_absolute_url()).content.decode()

    assert first.village.full_name in page
    assert "sk-bertanda.pdf" in page
    assert "Bernomor" in page
    assert decree.get_absolute_url() in sheet


def test_a_decree_without_number_says_what_to_do(browser, office) -> None:
    sheet = DesignationFactory(office=office, approved=True, approved__number="")

    page = browser.get(sheet.decree.get_absolute_url()).content.decode()

    assert "Menunggu nomor" in page
    assert reverse("villages:decree_number", args=[sheet.pk]) in page


def test_the_pages_ask_no_more_for_more_villages(browser, office) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        return len(queries)

    DesignationFactory(office=office, submitted=True)
    browser.get(DRAFT)
    few = asked(DRAFT)
    for _ in range(3):
        DesignationFactory(office=office, submitted=True)

    assert asked(DRAFT) == few <= 10
