"""Wet ink: the signed paper comes back as a scan, which the village then gets; all is kept."""

import io
import resource
from collections.abc import Callable
from functools import cache

import pikepdf
import pypdfium2
import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageFilter

import certificates.actions
from audit.models import Entry
from certificates import pdf, storage, symbols
from certificates.models import Scan
from desabinaan.formats import grouped
from desabinaan.uploads import CheckedFile
from desabinaan.workflow import TransitionRefused
from tests.factories import DesignationFactory, LetterFactory, UserFactory, small_pdf
from tests.hostile_files import tangled_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    return DesignationFactory(approved=True, approved__ready=True)


@pytest.fixture
def paper(sheet):
    return sheet.certificate


@pytest.fixture
def staff(sheet):
    return UserFactory(staff_of=sheet.office)


@pytest.fixture
def villager(sheet):
    return UserFactory(village=sheet.village)


@cache  # a PDF carries the second in which it was made
def scanned(pages: int = 2, name: str = "pindai.pdf") -> CheckedFile:
    return CheckedFile(name, "application/pdf", small_pdf(pages=pages))


def address(name: str, paper) -> str:
    return reverse(f"certificates:{name}", args=[paper.code])


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "JPEG")
    return out.getvalue()


def photographed(paper) -> bytes:
    """The drawn certificate as somebody would photograph it: turned a little, grey, not sharp."""
    with pypdfium2.PdfDocument(pdf.render(paper)) as document:
        page = document[0].render(scale=150 / 72).to_pil().convert("L")
    out = io.BytesIO()
    turned = page.rotate(2, expand=True, fillcolor=200).filter(ImageFilter.GaussianBlur(0.7))
    turned.save(out, "JPEG", quality=60)
    return out.getvalue()


def rewritten(content: bytes, change: Callable[[pikepdf.Pdf], None] = lambda _document: None):
    """The same PDF written anew, with a change."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        change(document)
        document.save(out)
    return out.getvalue()


def with_ink(document: pikepdf.Pdf) -> None:
    """A signature drawn on the page, as a tablet or an office program leaves it."""
    page = document.pages[0]
    page.contents_add(document.make_stream(b"q 2 w 400 120 m 460 160 l 500 110 l S Q"))


def with_words(document: pikepdf.Pdf) -> None:
    """What an OCR puts behind the picture of a page."""
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                              BaseFont=pikepdf.Name.Helvetica)  # fmt: skip
    page = document.pages[0]
    page.Resources.Font = pikepdf.Dictionary(F=font)
    page.contents_add(document.make_stream(b"BT /F 9 Tf 3 Tr 50 50 Td (SERT1FIKAT Desa) Tj ET"))


def with_signature(document: pikepdf.Pdf) -> None:
    """An electronic signature that shows nothing on the page."""
    value = pikepdf.Dictionary(
        Type=pikepdf.Name.Sig,
        Filter=pikepdf.Name("/Adobe.PPKLite"),
        SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
        ByteRange=[0, 10, 20, 10],
        Contents=pikepdf.String(b"0" * 32),
    )
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Sig,
        T=pikepdf.String("TTE"),
        V=document.make_indirect(value),
        Rect=[0, 0, 0, 0],
        F=132,
    )
    field = document.make_indirect(field)
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)
    document.pages[0].Annots = pikepdf.Array([field])


# --- Uploading ---------------------------------------------------------------------------------


def test_staff_upload_the_signed_paper_and_it_is_remembered(sign_in, paper, staff) -> None:
    file = SimpleUploadedFile("pindai.jpg", photographed(paper), "image/jpeg")

    answer = sign_in(staff).post(address("scan_attach", paper), {"scan": file}, follow=True)

    page = answer.content.decode()
    scan = Scan.objects.get()
    assert "Sertifikat bertanda tangan siap diunduh" in page
    assert (scan.content_type, scan.uploaded_by, scan.name) == ("image/jpeg", staff, "pindai.jpg")
    entry = Entry.objects.about(paper).get(verb="certificate.scan_attached", by=staff)
    assert entry.note == "pindai.jpg; kode QR cocok"


def test_a_scanned_pdf_is_read_as_well(sign_in, paper, staff) -> None:
    out = io.BytesIO()
    Image.open(io.BytesIO(photographed(paper))).save(out, "PDF", resolution=150)
    file = SimpleUploadedFile("pindai.pdf", out.getvalue(), "application/pdf")

    sign_in(staff).post(address("scan_attach", paper), {"scan": file})

    assert Entry.objects.get(verb="certificate.scan_attached").note.endswith("kode QR cocok")


def test_the_scan_of_another_certificate_is_refused(sign_in, paper, staff) -> None:
    other = DesignationFactory(approved=True, approved__ready=True).certificate
    file = SimpleUploadedFile("pindai.jpg", photographed(other), "image/jpeg")

    answer = sign_in(staff).post(address("scan_attach", paper), {"scan": file, "compared": "on"})

    (sentence,) = answer.context["form"].errors["scan"]
    assert f"{grouped(other.code)}, milik sertifikat lain" in sentence
    assert grouped(paper.code) in sentence
    assert not Scan.objects.exists()


def test_a_scan_of_several_is_nobodys(sign_in, paper, staff) -> None:
    other = DesignationFactory(approved=True, approved__ready=True).certificate
    both = pikepdf.open(io.BytesIO(pdf.render(paper)))
    both.pages.extend(pikepdf.open(io.BytesIO(pdf.render(other))).pages)
    out = io.BytesIO()
    both.save(out)
    file = SimpleUploadedFile("pindai.pdf", out.getvalue(), "application/pdf")

    answer = sign_in(staff).post(address("scan_attach", paper), {"scan": file, "compared": "on"})

    (sentence,) = answer.context["form"].errors["scan"]
    assert f"{grouped(other.code)}, milik sertifikat lain" in sentence
    assert not Scan.objects.exists()


def test_where_no_code_can_be_read_somebody_compares_and_says_so(sign_in, paper, staff) -> None:
    def blank() -> SimpleUploadedFile:
        return SimpleUploadedFile("pindai.jpg", picture(), "image/jpeg")

    client = sign_in(staff)
    before = client.get(address("scan_attach", paper)).content.decode()
    asked = client.post(address("scan_attach", paper), {"scan": blank()})
    untouched = not Scan.objects.exists()
    client.post(address("scan_attach", paper), {"scan": blank(), "compared": "on"})

    assert "Saya sudah mencocokkan" not in before
    assert "Saya sudah mencocokkan" in asked.content.decode()
    assert "tidak terbaca" in asked.context["form"].errors["compared"][0]
    assert untouched
    assert "dicocokkan oleh" in Entry.objects.get(verb="certificate.scan_attached").note


def test_a_file_that_breaks_the_reader_is_refused_whatever_is_ticked(sign_in, paper, staff) -> None:
    def taken() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    before = taken()
    file = SimpleUploadedFile("pindai.pdf", tangled_pdf(), "application/pdf")

    answer = sign_in(staff).post(address("scan_attach", paper), {"scan": file, "compared": "on"})

    (sentence,) = answer.context["form"].errors["scan"]
    assert "terlalu rumit untuk diperiksa" in sentence
    assert not Scan.objects.exists()
    assert taken() - before < symbols.CPU_SECONDS["pdf"] + 3


def test_another_symbol_on_the_scan_is_no_code(sign_in, paper, staff) -> None:
    drawn = io.BytesIO()
    segno.make_qr("https://esurat.example/verifikasi/123").save(drawn, kind="png", scale=8)
    file = SimpleUploadedFile("pindai.png", drawn.getvalue(), "image/png")

    answer = sign_in(staff).post(address("scan_attach", paper), {"scan": file})

    assert "compared" in answer.context["form"].errors


def symbol(text: str) -> SimpleUploadedFile:
    """A picture of nothing but a QR symbol."""
    drawn = io.BytesIO()
    segno.make_qr(text).save(drawn, kind="png", scale=8)
    return SimpleUploadedFile("pindai.png", drawn.getvalue(), "image/png")


@pytest.mark.parametrize(
    "foreign",
    [
        "http://evil.example/v/{code}",
        "https://portal.example.evil.example/v/{code}",
        "https://portal.example@evil.example/v/{code}",
        "https://evil.example/?https://portal.example/v/{code}",
        "https://portal.example/masuk/?next=/v/{code}",
        "https://portal.example/v/{code}/../../x",
        "Kode {code} dari kami",
    ],
)
def test_a_code_at_the_address_of_others_is_no_word_of_ours(
    sign_in, paper, staff, settings, foreign
) -> None:
    settings.PORTAL_URL = "https://portal.example"
    text = foreign.format(code=paper.code)

    answer = sign_in(staff).post(address("scan_attach", paper), {"scan": symbol(text)})

    assert "compared" in answer.context["form"].errors
    assert not Scan.objects.exists()


@pytest.mark.parametrize(
    "own",
    [
        "https://portal.example/v/{code}",
        "HTTP://PORTAL.EXAMPLE/V/{code}",
        "https://lama.example/v/{code}",
        "{code}",
        "{grouped}",
    ],
)
def test_ones_own_address_is_known_and_the_one_before_the_portal_moved(
    sign_in, paper, staff, settings, own
) -> None:
    settings.PORTAL_URL = "https://portal.example/"
    settings.FORMER_PORTAL_URLS = ["https://lama.example"]
    text = own.format(code=paper.code, grouped=grouped(paper.code))

    sign_in(staff).post(address("scan_attach", paper), {"scan": symbol(text)})

    assert Entry.objects.get(verb="certificate.scan_attached").note.endswith("kode QR cocok")


# --- Taken back --------------------------------------------------------------------------------


def test_a_wrong_scan_is_withdrawn_and_the_original_is_downloaded_again(
    sign_in, paper, staff, villager
) -> None:
    scan = certificates.actions.attach_scan(paper, scanned(), by=staff)
    browser = sign_in(staff)

    browser.post(reverse("certificates:scan_withdraw", args=[scan.pk]), {"reason": "Lembar lain."})

    page = browser.get(paper.get_absolute_url()).content.decode()
    again = browser.get(reverse("certificates:scan", args=[scan.pk]))
    downloaded = sign_in(villager).get(address("download", paper)).content
    assert "Lembar lain." in page
    assert again.content == scanned().content
    assert downloaded == storage.read(paper.file, paper.sha256)
    assert "tangan tersimpan" not in Client().get(address("verify", paper)).content.decode()
    entry = Entry.objects.about(paper).get(verb="certificate.scan_withdrawn")
    assert (entry.by, entry.note) == (staff, "pindai.pdf\nLembar lain.")


def test_a_scan_is_withdrawn_once_and_the_same_file_may_come_again(paper, staff) -> None:
    first = certificates.actions.attach_scan(paper, scanned(), by=staff)
    certificates.actions.withdraw_scan(first, reason="Salah.", by=staff)

    with pytest.raises(TransitionRefused, match="sudah diganti atau ditarik"):
        certificates.actions.withdraw_scan(first, reason="Salah.", by=UserFactory())
    second = certificates.actions.attach_scan(paper, scanned(), by=staff)

    assert second != first
    assert type(paper).objects.get(pk=paper.pk).scan == second


def test_what_was_replaced_is_not_withdrawn_and_needs_a_reason(sign_in, paper, staff) -> None:
    first = certificates.actions.attach_scan(paper, scanned(2), by=staff)
    second = certificates.actions.attach_scan(paper, scanned(3), by=staff)
    browser = sign_in(staff)

    browser.post(reverse("certificates:scan_withdraw", args=[first.pk]), {"reason": "Salah."})
    asked = browser.post(reverse("certificates:scan_withdraw", args=[second.pk]), {"reason": " "})

    assert "reason" in asked.context["form"].errors
    assert not Scan.objects.exclude(withdrawn_at=None).exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"withdrawn_reason": "Lain."},
        {"withdrawn_at": None, "withdrawn_by": None, "withdrawn_reason": ""},
        {"name": "lain.pdf"},
    ],
)
def test_the_database_keeps_what_was_withdrawn(paper, staff, changed) -> None:
    scan = certificates.actions.attach_scan(paper, scanned(), by=staff)
    certificates.actions.withdraw_scan(scan, reason="Salah.", by=staff)

    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        Scan.objects.filter(pk=scan.pk).update(**changed)


def test_what_is_no_picture_nor_pdf_is_refused_at_the_field(sign_in, paper, staff) -> None:
    file = SimpleUploadedFile("pindai.pdf", b"MZ not a pdf", "application/pdf")

    answer = sign_in(staff).post(address("scan_attach", paper), {"scan": file})

    assert "tidak sesuai dengan namanya" in answer.context["form"].errors["scan"][0]
    assert not Scan.objects.exists()


def test_the_unsigned_original_is_no_signed_scan(sign_in, paper, staff) -> None:
    drawn = storage.read(paper.file, paper.sha256)
    file = SimpleUploadedFile("asli.pdf", drawn, "application/pdf")

    answer = sign_in(staff).post(address("scan_attach", paper), {"scan": file, "compared": "on"})
    with pytest.raises(TransitionRefused, match="belum bertanda tangan"):
        certificates.actions.attach_scan(
            paper, CheckedFile("asli.pdf", "application/pdf", drawn), by=staff
        )

    assert "Ini berkas asli dari portal" in answer.content.decode()
    assert not Scan.objects.exists()


@pytest.fixture
def printed():
    """A certificate of which the very file lies in the store that the worker draws."""
    sheet = DesignationFactory(approved=True)
    certificates.actions.attach(sheet.certificate, pdf.render(sheet.certificate))
    sheet.certificate.refresh_from_db()
    return sheet.certificate


TICKED = {"compared": "on", "signed": "on"}


def sent(client: Client, paper, content: bytes, **ticked: str):
    file = SimpleUploadedFile("pindai.pdf", content, "application/pdf")
    return client.post(address("scan_attach", paper), {"scan": file, **ticked})


def test_the_unsigned_original_in_another_wrapping_is_none_either(sign_in, printed) -> None:
    client = sign_in(UserFactory(staff_of=printed.office))
    drawn = storage.read(printed.file, printed.sha256)

    for content in (drawn + b"\n", rewritten(drawn)):
        answer = sent(client, printed, content, **TICKED)
        assert "belum bertanda tangan" in answer.context["form"].errors["scan"][0]

    assert not Scan.objects.exists()


@pytest.mark.parametrize("hand", [with_ink, with_signature])
def test_the_file_that_was_signed_itself_is_taken_on_somebody_s_word(
    hand, sign_in, printed
) -> None:
    client = sign_in(UserFactory(staff_of=printed.office))
    before = client.get(address("scan_attach", printed)).content.decode()
    signed = rewritten(storage.read(printed.file, printed.sha256), hand)

    asked = sent(client, printed, signed)
    untouched = not Scan.objects.exists()
    sent(client, printed, signed, signed="on")

    assert 'name="signed"' not in before
    assert "tulisan yang sama persis" in asked.context["form"].errors["signed"][0]
    assert 'name="signed"' in asked.content.decode()
    assert untouched
    note = Entry.objects.get(verb="certificate.scan_attached").note
    assert note == "pindai.pdf; kode QR cocok; dinyatakan bertanda tangan oleh yang mengunggah"


def test_a_scan_with_the_words_of_an_ocr_is_asked_nothing(sign_in, printed) -> None:
    client = sign_in(UserFactory(staff_of=printed.office))
    out = io.BytesIO()
    Image.open(io.BytesIO(photographed(printed))).save(out, "PDF", resolution=150)

    sent(client, printed, rewritten(out.getvalue(), with_words))

    assert Entry.objects.get(verb="certificate.scan_attached").note == "pindai.pdf; kode QR cocok"


def test_a_letter_s_unsigned_original_is_no_scan_of_it(sign_in) -> None:
    letter = LetterFactory()
    drawn = pdf.render_letter(letter)
    certificates.actions.attach(letter, drawn)
    client = sign_in(UserFactory(staff_of=letter.office))
    where = reverse("certificates:letter_scan", args=[letter.pk])

    def uploaded(content: bytes):
        file = SimpleUploadedFile("pindai.pdf", content, "application/pdf")
        return client.post(where, {"scan": file, "signed": "on"})

    refused = uploaded(drawn + b"\n")
    taken = uploaded(rewritten(drawn, with_ink))

    assert "belum bertanda tangan" in refused.context["form"].errors["scan"][0]
    assert taken["Location"] == letter.get_absolute_url()
    assert Scan.objects.get().letter == letter


def test_the_same_file_again_is_the_same_scan(paper, staff) -> None:
    first = certificates.actions.attach_scan(paper, scanned(), by=staff)
    again = certificates.actions.attach_scan(paper, scanned(), by=staff)

    assert first == again
    assert Scan.objects.count() == 1


@pytest.mark.parametrize("stage", [{"approved": True}, {"revoked": True}])
def test_only_a_drawn_certificate_in_force_is_signed(sign_in, stage) -> None:
    sheet = DesignationFactory(**stage)
    staff = UserFactory(staff_of=sheet.office)

    with pytest.raises(TransitionRefused):
        certificates.actions.attach_scan(sheet.certificate, scanned(), by=staff)
    page = sign_in(staff).get(address("scan_attach", sheet.certificate), follow=True)

    assert "Pindaian belum dapat diunggah" in page.content.decode()
    assert not Scan.objects.exists()


# --- Who gets what -----------------------------------------------------------------------------


def test_from_then_on_the_village_downloads_the_scan(sign_in, paper, staff, villager) -> None:
    browser = sign_in(villager)
    before = browser.get(address("download", paper)).content
    certificates.actions.attach_scan(paper, scanned(), by=staff)

    after = browser.get(address("download", paper))

    assert before == storage.read(paper.file, paper.sha256)
    assert after.content == scanned().content
    assert "bertanda-tangan.pdf" in after["Content-Disposition"]
    assert browser.get(address("original", paper)).content == before
    assert address("original", paper) in browser.get(paper.get_absolute_url()).content.decode()


def test_the_office_keeps_the_original_and_every_earlier_scan(sign_in, paper, staff) -> None:
    first = certificates.actions.attach_scan(paper, scanned(2, "satu.pdf"), by=staff)
    certificates.actions.attach_scan(paper, scanned(3, "dua.pdf"), by=staff)
    browser = sign_in(staff)

    page = browser.get(paper.get_absolute_url()).content.decode()

    assert "satu.pdf" in page
    assert "sudah diganti" in page
    assert browser.get(address("download", paper)).content == scanned(3, "dua.pdf").content
    assert (
        browser.get(reverse("certificates:scan", args=[first.pk])).content
        == scanned(2, "satu.pdf").content
    )
    original = browser.get(address("original", paper)).content
    assert original == storage.read(paper.file, paper.sha256)


def test_the_village_sees_the_scan_but_not_who_uploaded_which(
    sign_in, paper, staff, villager
) -> None:
    certificates.actions.attach_scan(paper, scanned(), by=staff)
    browser = sign_in(villager)

    page = browser.get(paper.get_absolute_url()).content.decode()

    assert "Sertifikat bertanda tangan siap diunduh" in page
    assert staff.name not in page
    assert "Ganti pindaian" not in page
    assert (
        browser.get(reverse("certificates:scan", args=[Scan.objects.get().pk])).status_code == 404
    )


def test_a_scan_of_a_revoked_certificate_stays_with_the_office(sign_in, paper, staff, villager):
    certificates.actions.attach_scan(paper, scanned(), by=staff)
    certificates.actions.revoke(paper, reason="Salah cetak.", by=staff)

    assert sign_in(villager).get(address("download", paper)).status_code == 403
    assert sign_in(staff).get(address("download", paper)).content == scanned().content


def test_the_public_learns_that_it_exists_and_gets_no_file(
    paper, staff, django_assert_max_num_queries
) -> None:
    unsigned = Client().get(address("verify", paper)).content.decode()
    certificates.actions.attach_scan(paper, scanned(), by=staff)

    with django_assert_max_num_queries(2):
        signed = Client().get(address("verify", paper)).content.decode()

    sentence = "Salinan bertanda tangan tersimpan pada kantor penerbit."
    assert sentence in signed
    assert sentence not in unsigned
    assert "pindaian/" not in signed


def test_a_scan_that_was_replaced_does_not_count_again_when_the_wrong_one_goes(
    sign_in, paper, staff, villager
) -> None:
    certificates.actions.attach_scan(paper, scanned(), by=staff)
    wrong = certificates.actions.attach_scan(paper, scanned(pages=3, name="keliru.pdf"), by=staff)
    certificates.actions.withdraw_scan(wrong, reason="Lembar lain.", by=staff)

    public = Client().get(address("verify", paper)).content.decode()

    assert "tangan tersimpan" not in public
    assert sign_in(villager).get(address("download", paper)).content == storage.read(
        paper.file, paper.sha256
    )


# --- The database ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    ["UPDATE certificates_scan SET name = 'lain'", "DELETE FROM certificates_scan"],
)
def test_a_scan_is_never_changed_nor_removed(paper, staff, statement) -> None:
    certificates.actions.attach_scan(paper, scanned(), by=staff)

    with (
        pytest.raises(IntegrityError, match="stays as it is"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("changed", "promise"),
    [
        ({"sha256": "x"}, "scan_is_whole"),
        ({"file": ""}, "scan_is_whole"),
        ({"size": 0}, "scan_is_whole"),
        ({"content_type": "text/html"}, "scan_type_allowed"),
    ],
)
def test_a_scan_is_whole(paper, staff, changed, promise) -> None:
    whole = {"file": "a/b.pdf", "name": "b.pdf", "content_type": "application/pdf"}
    whole |= {"sha256": "0" * 64, "size": 1}

    with pytest.raises(IntegrityError, match=promise):
        Scan.objects.create(certificate=paper, uploaded_by=staff, **{**whole, **changed})


@pytest.mark.parametrize("stage", [{"approved": True}, {"revoked": True}])
def test_the_database_takes_no_scan_of_what_is_not_in_force(stage) -> None:
    paper = DesignationFactory(**stage).certificate
    whole = {"file": "a/b.pdf", "name": "b.pdf", "content_type": "application/pdf"}

    with pytest.raises(IntegrityError, match="in force"):
        Scan.objects.create(
            certificate=paper, uploaded_by=UserFactory(), sha256="0" * 64, size=1, **whole
        )


@pytest.mark.parametrize("of_a_letter", [False, True], ids=["certificate", "letter"])
def test_the_database_takes_no_drawn_file_for_a_scan_of_it(paper, staff, of_a_letter) -> None:
    paper = LetterFactory(ready=True) if of_a_letter else paper
    told = {"letter" if of_a_letter else "certificate": paper, "uploaded_by": staff}
    whole = {"file": "a/b.pdf", "name": "b.pdf", "content_type": "application/pdf", "size": 1}

    with pytest.raises(IntegrityError, match="scan_is_signed"), transaction.atomic():
        Scan.objects.create(sha256=paper.sha256, **told, **whole)

    assert Scan.objects.create(sha256="0" * 64, **told, **whole)
