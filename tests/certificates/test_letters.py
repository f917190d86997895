"""Letters: numbered where their kind is, frozen, drawn like certificates, kept in their office."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

import certificates.actions
from audit.models import Entry
from certificates import kinds, pdf, storage, tasks
from certificates.models import Letter, RegisterEntry, Status
from certificates.templatetags.paper import untorn
from desabinaan.templatetags.portal import bernomor
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    FACTS,
    NOTE,
    CertificateFactory,
    LetterFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegisterEntryFactory,
    UserFactory,
    draw_now,
    note,
)

DRAFT = kinds.LetterKind("test-draft", "Draf", NOTE.template, is_numbered=False)


@dataclass(frozen=True)
class Page:
    """A letter as the press sees it."""

    facts: dict[str, Any] = field(default_factory=lambda: FACTS)
    template: str = NOTE.template
    number: str = "12/DBI/III/2024"
    emblem: None = None
    pictures: tuple[bytes, ...] = ()


@pytest.fixture
def draft_kind(monkeypatch):
    monkeypatch.setitem(kinds._LETTERS, DRAFT.key, DRAFT)


# --- Ordering ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_letter_takes_the_next_number_of_its_own_kind() -> None:
    office = OfficeFactory()
    NumberTemplateFactory(office=office)

    first, second = (LetterFactory(office=office) for _ in range(2))

    assert [first.entry.serial, second.entry.serial] == [1, 2]
    assert {first.entry.kind, first.kind} == {NOTE.key}
    assert Entry.objects.about(first).get().verb == "letter.ordered"


@pytest.mark.django_db
def test_without_a_chosen_pattern_no_letter_is_made() -> None:
    office = OfficeFactory()

    with pytest.raises(TransitionRefused, match="belum memilih pola nomor"):
        certificates.actions.order_letter(note(office), by=UserFactory())

    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_a_draft_takes_no_number(draft_kind) -> None:
    office = OfficeFactory()
    paper = note(office)
    draft = certificates.actions.Paper(DRAFT.key, office, paper.dated, "Draf", paper.facts)

    letter = certificates.actions.order_letter(draft, by=UserFactory())

    assert letter.number == ""
    assert not RegisterEntry.objects.exists()


@pytest.mark.django_db
def test_a_sign_without_a_typeface_is_named_and_takes_no_number() -> None:
    office = OfficeFactory()
    NumberTemplateFactory(office=office, kind=NOTE.key)

    with pytest.raises(TransitionRefused, match="村"):
        certificates.actions.order_letter(note(office, place="村"), by=UserFactory())

    assert not RegisterEntry.objects.exists()


# --- The database ------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    ["title = 'lain'", "facts = '{}'", "entry_id = NULL", "size = 1", "status = 'ordered'"],
)
def test_a_drawn_letter_never_changes(change: str) -> None:
    letter = LetterFactory(ready=True)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE certificates_letter SET {change} WHERE id = {letter.pk}")  # noqa: S608


@pytest.mark.django_db
def test_a_letter_is_never_deleted() -> None:
    letter = LetterFactory()

    with pytest.raises(IntegrityError, match="letter is for ever"), transaction.atomic():
        letter.delete()


@pytest.mark.django_db
def test_a_letter_carries_no_number_of_another_register() -> None:
    letter = LetterFactory()
    strange = RegisterEntryFactory(office=letter.office)

    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(
            kind=NOTE.key,
            office=letter.office,
            entry=strange,
            title="Nota",
            facts={},
            ordered_by=letter.ordered_by,
        )


@pytest.mark.django_db
def test_a_letter_is_not_revoked() -> None:
    letter = LetterFactory()

    with pytest.raises(IntegrityError, match="letter_status_known"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(status=Status.REVOKED)


# --- The worker --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_worker_draws_a_letter_once() -> None:
    letter = LetterFactory()

    tasks.draw_letter(letter.pk)
    letter.refresh_from_db()
    first = letter.sha256
    tasks.draw_letter(letter.pk)

    letter.refresh_from_db()
    assert letter.is_ready
    assert letter.sha256 == first
    assert storage.read(letter.file, first).startswith(b"%PDF-")
    assert Entry.objects.filter(verb="letter.drawn").count() == 1


@pytest.mark.django_db
def test_a_letter_that_waits_is_owed_like_a_certificate() -> None:
    letter = LetterFactory()
    fresh = Letter.objects.owed().exists()
    Letter.objects.update(ordered_at=timezone.now() - timedelta(minutes=1))

    assert not fresh
    assert Letter.objects.owed().get() == letter


# --- The paper ---------------------------------------------------------------------------------


def words(drawn: bytes) -> list[str]:
    with pypdfium2.PdfDocument(drawn) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return [" ".join(page.split()) for page in pages]


def test_a_letter_is_one_upright_tagged_archivable_page() -> None:
    drawn = pdf.render_letter(Page())

    with pikepdf.open(io.BytesIO(drawn)) as document:
        left, low, right, high = map(float, document.pages[0].MediaBox)
        assert (round(right - left), round(high - low)) == (595, 842)
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("id")
        assert document.open_metadata()["pdfaid:part"] == "3"
    (page,) = words(drawn)
    assert "Nomor 12/DBI/III/2024" in page
    assert "NIP 19850101 201001 2 001" in page
    assert "Halaman" not in page


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert pdf.render_letter(Page()) == pdf.render_letter(Page())


def test_long_names_flow_and_later_pages_are_numbered() -> None:
    office = {**FACTS["office"], "name": "Kantor Imigrasi " * 200, "address": "Jalan" * 300}
    signer = {**FACTS["signer"], "name": "Sri" * 150}

    pages = words(pdf.render_letter(Page({**FACTS, "office": office, "signer": signer})))

    assert len(pages) > 1
    assert "Halaman" not in pages[0]
    assert f"Halaman 2 dari {len(pages)}" in pages[1]
    assert "".join("".join(pages).split()).count("Sri") == 150


def test_a_number_or_a_date_within_a_clause_is_never_torn() -> None:
    number, dated = "W.13.IMI.IMI.6-GR.03.05-0412", "4 Maret 2024"
    clause = untorn(f"Keputusan Nomor {number} tanggal {dated} tentang <b>Desa</b>")

    assert f'<span class="nowrap">{number}</span>' in clause
    assert f'<span class="nowrap">{dated}</span>' in clause
    assert "&lt;b&gt;Desa" in clause


# --- The pages ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_office_reads_the_letter_and_takes_its_bytes(sign_in) -> None:
    letter = LetterFactory(ready=True)
    browser = sign_in(UserFactory(staff_of=letter.office))

    page = browser.get(letter.get_absolute_url()).content.decode()
    file = browser.get(reverse("certificates:letter_download", args=[letter.pk]))

    assert bernomor(letter.number) in page
    assert "Siap dicetak" in page
    assert file.content == storage.read(letter.file, letter.sha256)
    assert file["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_a_letter_in_the_making_waits_without_noise(sign_in) -> None:
    letter = LetterFactory()
    browser = sign_in(UserFactory(staff_of=letter.office))
    address = letter.get_absolute_url()

    page = browser.get(address).content.decode()
    again = browser.get(address, {"tampak": "ordered"}, headers={"HX-Request": "true"})
    file = browser.get(reverse("certificates:letter_download", args=[letter.pk]), follow=True)

    assert f'hx-get="{address}?tampak=ordered"' in page
    assert again.status_code == 204
    assert "Berkas masih disiapkan" in file.content.decode()


@pytest.mark.django_db
def test_the_badge_of_a_letter_is_renewed_with_what_it_says(sign_in) -> None:
    letter = LetterFactory()
    browser = sign_in(UserFactory(staff_of=letter.office))
    address = letter.get_absolute_url()

    waiting = browser.get(address).content.decode()
    draw_now(letter)
    part = browser.get(address, {"tampak": "ordered"}, headers={"HX-Request": "true"})

    assert waiting.count('id="keadaan"') == 1
    assert "hx-swap-oob" not in waiting
    badge = part.content.decode().partition('id="keadaan" hx-swap-oob="true"')[2]
    assert "Siap diunduh" in badge.partition("</div>")[0]


@pytest.mark.django_db
def test_certificates_and_letters_have_their_own_rows() -> None:
    certificate, letter = CertificateFactory(), LetterFactory()

    assert certificate.entry_id != letter.entry_id
    assert not hasattr(certificate.entry, "letter")
