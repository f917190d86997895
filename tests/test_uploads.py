"""Files from outside: what must not come in does not, and the sentence says what may."""

import io
import struct
import zlib
from typing import Any

import pikepdf
import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from desabinaan import uploads
from tests.factories import small_pdf

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    # The type that the browser claims is never believed.
    return SimpleUploadedFile(name, content, "application/pdf")


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind, **options)
    return out.getvalue()


def pdf_with(change: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_pdf())) as document:
        change(document)
        document.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="rahasia", user="rahasia"))
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A picture bomb: a few bytes that would fill the memory when decoded."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
    )


def with_hidden_script(document: pikepdf.Pdf) -> None:
    action = document.make_indirect(
        pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    )
    document.pages[0].AA = pikepdf.Dictionary(O=action)


def with_program(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("a.exe"))


def with_attachment(document: pikepdf.Pdf) -> None:
    document.attachments["lampiran.txt"] = b"halo"


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "a page behind a PDF's name": ("surat.pdf", lambda: b"<html><script>1</script></html>", "type"),
    "a PDF behind a picture's name": ("foto.png", small_pdf, "type"),
    "a picture behind a PDF's name": ("surat.pdf", picture, "type"),
    "a JPEG behind PNG's name": ("foto.png", lambda: picture("JPEG"), "type"),
    "an SVG": ("gambar.svg", lambda: SVG, "type"),
    "an SVG behind a picture's name": ("gambar.png", lambda: SVG, "type"),
    "a program": ("surat.exe", lambda: b"MZ" + bytes(100), "type"),
    "two endings": ("surat.pdf.exe", small_pdf, "type"),
    "no ending": ("surat", small_pdf, "type"),
    "a page before the PDF": ("surat.pdf", lambda: b"<html>" + small_pdf(), "type"),
    "half a PDF": ("surat.pdf", lambda: b"%PDF-1.7\n" + bytes(200), "broken"),
    "half a picture": ("foto.png", lambda: picture()[:40], "broken"),
    "zero bytes": ("surat.pdf", lambda: b"", "type"),
    "a PDF of 10,000 pages": ("surat.pdf", lambda: small_pdf(10_000), "pages"),
    "a PDF of 51 pages": ("surat.pdf", lambda: small_pdf(51), "pages"),
    "a PDF of no pages": ("surat.pdf", lambda: small_pdf(0), "pages"),
    "a picture of 30,000 × 30,000": ("foto.png", lambda: huge_png(30_000, 30_000), "pixels"),
    "a picture just too large": ("foto.png", lambda: huge_png(8_001, 5_000), "pixels"),
    "more than 10 MB": ("surat.pdf", lambda: small_pdf() + bytes(uploads.MAX_BYTES), "size"),
    "a locked PDF": ("surat.pdf", locked_pdf, "locked"),
    "a PDF with a script": ("surat.pdf", lambda: pdf_with(with_script), "active"),
    "a PDF with a hidden script": ("surat.pdf", lambda: pdf_with(with_hidden_script), "active"),
    "a PDF that starts a program": ("surat.pdf", lambda: pdf_with(with_program), "active"),
    "a PDF with an attachment": ("surat.pdf", lambda: pdf_with(with_attachment), "active"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(what: str) -> None:
    name, content, code = REFUSED[what]

    with pytest.raises(ValidationError) as refusal:
        uploads.check(upload(name, content()))

    assert refusal.value.code == code
    assert refusal.value.message.endswith(".")


def test_the_limit_is_in_the_sentence() -> None:
    with pytest.raises(ValidationError, match=r"10\.000 halaman\. Paling banyak 50 halaman"):
        uploads.check(upload("surat.pdf", small_pdf(10_000)))
    with pytest.raises(ValidationError, match="8001 × 5000 piksel"):
        uploads.check(upload("foto.png", huge_png(8_001, 5_000)))
    with pytest.raises(ValidationError, match="Paling besar 40 megapiksel"):
        uploads.check(upload("foto.png", huge_png(30_000, 30_000)))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("surat.pdf", small_pdf(), PDF),
        ("SURAT.PDF", small_pdf(50), PDF),
        ("foto.jpg", picture("JPEG"), JPEG),
        ("foto.jpeg", picture("JPEG"), JPEG),
        ("foto.png", picture("PNG"), PNG),
    ],
)
def test_let_in(name: str, content: bytes, kind: str) -> None:
    checked = uploads.check(upload(name, content))

    assert checked.name == name
    assert checked.content_type == kind
    assert len(checked.sha256) == 64


def test_a_pdf_is_kept_as_it_is_since_it_may_be_signed() -> None:
    content = small_pdf()

    assert uploads.check(upload("surat.pdf", content)).content == content


def test_a_picture_loses_what_it_says_about_its_maker() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kamera"
    exif[0x8825] = {1: "S", 2: (7.0, 21.0, 0.0)}  # where it was taken

    content = uploads.check(upload("foto.jpg", picture("JPEG", exif=exif))).content

    assert b"Kamera" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_a_picture_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter

    content = uploads.check(upload("foto.jpg", picture("JPEG", exif=exif))).content

    assert Image.open(io.BytesIO(content)).size == (30, 40)


def test_what_hides_behind_a_picture_is_left_behind() -> None:
    polyglot = picture() + b"PK\x03\x04<script>alert(1)</script>"

    content = uploads.check(upload("foto.png", polyglot)).content

    assert b"<script>" not in content


def test_a_picture_with_a_palette_or_glass_is_let_in() -> None:
    for mode in ("P", "LA", "RGBA", "L", "1"):
        out = io.BytesIO()
        Image.new(mode, (9, 9)).save(out, "PNG")

        assert uploads.check(upload("foto.png", out.getvalue())).content_type == PNG


@pytest.mark.parametrize(
    ("name", "tidied"),
    [
        ("C:\\Users\\Desa\\surat.pdf", "surat.pdf"),
        ("../../etc/surat.pdf", "surat.pdf"),
        ("surat\u202efdp.pdf", "suratfdp.pdf"),
        ("..pdf.pdf", "pdf.pdf"),
        (f"{'panjang' * 40}.pdf", f"{('panjang' * 40)[:100]}.pdf"),
    ],
)
def test_a_name_is_only_a_name(name: str, tidied: str) -> None:
    file = upload("surat.pdf", small_pdf())
    file._name = name  # Django tidies it as well; here the check stands alone

    assert uploads.check(file).name == tidied


def test_a_form_keeps_nothing_of_what_it_refuses() -> None:
    class Letter(forms.Form):
        scan = uploads.CheckedFileField()

    form = Letter(files={"scan": upload("surat.pdf", b"<html>")})

    assert not form.is_valid()
    assert "Isi berkas tidak sesuai" in form.errors["scan"][0]
    assert form.cleaned_data == {}
    assert not default_storage.exists("surat.pdf")
