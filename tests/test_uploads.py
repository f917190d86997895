"""Files from outside: what must not come in does not, and the sentence says what may."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from desabinaan import apart, inspection, turns, uploads
from tests.factories import small_pdf
from tests.hostile_files import (
    CATALOG,
    PAGE,
    PAGES,
    SCRIPT,
    SVG,
    action,
    bomb_pdf,
    huge_png,
    link_to,
    locked_pdf,
    opens_with,
    pdf_with,
    picture,
    signed_pdf,
    with_attachment,
    with_attachment_annotation,
    with_base_address,
    with_hidden_script,
    with_link,
    with_model,
    with_program,
    with_script,
    with_text_from_elsewhere,
    written_pdf,
    zip_file,
)

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    # The type that the browser claims is never believed.
    return SimpleUploadedFile(name, content, "application/pdf")


REFUSED = {
    "a text of Word": ("SURAT.DOCX", zip_file, "document"),
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
    "a pinned attachment": ("surat.pdf", lambda: pdf_with(with_attachment_annotation), "active"),
    "text from elsewhere": ("surat.pdf", lambda: pdf_with(with_text_from_elsewhere), "active"),
    "a link to a share": ("surat.pdf", lambda: link_to(r"\\jahat\x.pdf"), "active"),
    "a link to a file": ("surat.pdf", lambda: link_to("file:///etc/passwd"), "active"),
    "a link that runs": ("surat.pdf", lambda: link_to("JavaScript:app.alert(1)"), "active"),
    "a base for its links": ("surat.pdf", lambda: pdf_with(with_base_address), "active"),
    "a model with a script": ("surat.pdf", lambda: pdf_with(with_model), "active"),
    "a share at opening": ("surat.pdf", lambda: opens_with("GoToR", F=r"\\jahat\x.pdf"), "active"),
    "a file inside at opening": ("surat.pdf", lambda: opens_with("GoToE", F="x"), "active"),
    "an address at opening": ("surat.pdf", lambda: opens_with("URI", URI="http://x/"), "active"),
    "an address after a page": (
        "surat.pdf",
        lambda: opens_with("GoTo", Next=action("URI", URI="http://x/")),
        "active",
    ),
    "a script in the trailer": (
        "surat.pdf",
        lambda: written_pdf(trailer=b"/Root 1 0 R/Info" + SCRIPT),
        "active",
    ),
    "a script in a root in the trailer": (
        "surat.pdf",
        lambda: written_pdf(trailer=b"/Root" + CATALOG[:-2] + SCRIPT[2:]),
        "active",
    ),
    "a script whose name stands apart": (
        "surat.pdf",
        lambda: written_pdf(CATALOG[:-2] + b"/X<</S 4 0 R>>>>", *PAGES, b"/J#61vaScript"),
        "active",
    ),
    "a ZIP behind a PDF": ("surat.pdf", lambda: small_pdf() + zip_file(), "mixed"),
    "a ZIP around a PDF": ("surat.pdf", lambda: written_pdf() + zip_file(b"%%EOF"), "mixed"),
    "a page behind a PDF": ("surat.pdf", lambda: small_pdf() + PAGE, "mixed"),
    "a page in a PDF's head": (
        "surat.pdf",
        lambda: small_pdf().replace(b"\n", b"\n" + PAGE + b"\n", 1),
        "mixed",
    ),
    "a page in a PDF's first comment": (
        "surat.pdf",
        lambda: small_pdf().replace(b"\n", b"\n%" + PAGE + b"\n", 1),
        "mixed",
    ),
    "a page between two revisions": (
        "surat.pdf",
        lambda: small_pdf() + PAGE + b"\n%%EOF\n",
        "mixed",
    ),
    "a PDF without an end": ("surat.pdf", lambda: small_pdf().replace(b"%%EOF", b""), "broken"),
    "a PDF that unfolds to 200 MB": ("surat.pdf", lambda: bomb_pdf(200 * 2**20, 2), "heavy"),
    "a PDF of 100,000 dictionaries": (
        "surat.pdf",
        lambda: written_pdf(CATALOG, *PAGES, b"[" + b"<<>>" * 100_000 + b"]"),
        "heavy",
    ),
    "a PDF of 100,000 lists in lists": (
        "surat.pdf",
        lambda: written_pdf(CATALOG, *PAGES, *[b"[" + b"[]" * 10_000 + b"]"] * 10),
        "heavy",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(what: str) -> None:
    name, content, code = REFUSED[what]

    with pytest.raises(ValidationError) as refusal:
        uploads.check(upload(name, content()))

    assert refusal.value.code == code, refusal.value.message
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
        ("bertautan.pdf", pdf_with(with_link), PDF),
        ("bertanda-tangan.pdf", signed_pdf(), PDF),
        ("ringkas.pdf", bomb_pdf(2**20), PDF),
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


# What a program took, told by a small process: a child begins with the size of its parent, and
# that of these tests grows.
WEIGHED = """
import os, subprocess, sys
it = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
used = os.wait4(it.pid, 0)[2]
print(used.ru_maxrss, used.ru_utime + used.ru_stime)
"""


@pytest.mark.parametrize("what", ["bomb", "crowd", "PNG", "JPEG"])
def test_no_file_takes_much_memory_or_time(what: str) -> None:
    sideways = Image.Exif()
    sideways[0x0112] = 6
    kind, content = {
        "bomb": lambda: ("pdf", bomb_pdf(300 * 2**20, 2)),
        "crowd": lambda: ("pdf", written_pdf(CATALOG, *PAGES, b"[" + b"<<>>" * 2_400_000 + b"]")),
        "PNG": lambda: ("png", picture("PNG", (8_000, 5_000), exif=sideways)),
        "JPEG": lambda: ("jpeg", picture("JPEG", (8_000, 5_000), exif=sideways)),
    }[what]()

    command = [sys.executable, "-c", WEIGHED, sys.executable, "-I", apart.__file__]
    command += [inspection.__file__, kind]
    answer = subprocess.run(command, input=content, stdout=subprocess.PIPE, check=True).stdout
    kilobytes, seconds = answer.split()

    assert int(kilobytes) < 450 * 1024
    assert float(seconds) <= inspection.CPU_SECONDS[kind] + 1


def test_one_file_at_a_time_is_opened_and_the_next_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "TURN_SECONDS", 0.01)

    with turns.in_turn(), pytest.raises(ValidationError, match="dapat dicoba lagi") as refusal:
        uploads.check(upload("surat.pdf", small_pdf()))

    assert refusal.value.code == "busy"
    assert uploads.check(upload("surat.pdf", small_pdf())).name == "surat.pdf"


def test_a_photo_whose_turn_did_not_come_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "TURN_SECONDS", 0.01)
    photo = upload("IMG_7.jpg", picture("JPEG", (40, 30)))

    with turns.in_turn(), pytest.raises(ValidationError, match=r"IMG_7\.jpg: .* dapat dicoba lagi"):
        uploads.PhotosField().clean([photo])

    assert len(uploads.PhotosField().clean([photo]).kept) == 1


def test_an_inspection_that_takes_too_much_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "WALL_SECONDS", 0.01)

    with pytest.raises(ValidationError, match="terlalu rumit") as refusal:
        uploads.check(upload("surat.pdf", small_pdf()))

    assert refusal.value.code == "heavy"


@pytest.mark.parametrize("exit_code", [126, 127, None])
def test_an_inspection_that_cannot_start_does_not_blame_the_file(
    exit_code: int | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    python = tmp_path / "python"
    if exit_code:
        python.write_text(f"#!/bin/sh\necho cannot open shared object file >&2; exit {exit_code}")
        python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))

    with pytest.raises(ValidationError, match="pemeriksaan berkas tidak dapat dijalankan"):
        uploads.check(upload("surat.pdf", small_pdf()))

    assert [each.levelname for each in caplog.records] == ["ERROR"]


def test_an_inspection_finds_its_libraries_and_learns_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "environment.py"
    script.write_text("import os; print(*os.environ.items())")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/python/lib")
    monkeypatch.setenv("SECRET_KEY", "secret")

    _, answer = uploads.opened_apart(str(script), "pdf", b"")

    assert b"('LD_LIBRARY_PATH', '/opt/python/lib')" in answer
    assert b"secret" not in answer


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


def test_a_palette_keeps_its_glass() -> None:
    out = io.BytesIO()
    Image.new("P", (9, 9)).save(out, "PNG", transparency=0)

    content = uploads.check(upload("cap.png", out.getvalue())).content

    assert Image.open(io.BytesIO(content)).convert("RGBA").getpixel((0, 0))[3] == 0


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
