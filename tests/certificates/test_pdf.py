"""The paper: one page, archivable, readable by people, machines and screen readers."""

from __future__ import annotations

import io
import itertools
import math
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageOps

from certificates import pdf

MILLIMETRE = 72 / 25.4
FACTS: dict[str, Any] = {
    "title": "Sertifikat Penghargaan",
    "village": {
        "term": "Desa",
        "name": "Pakuncen",
        "code": "33.07.06.2009",
        "district": "Kecamatan Selomerto",
        "regency": "Kabupaten Wonosobo",
        "province": "Jawa Tengah",
    },
    "office": {
        "name": "Kantor Imigrasi Kelas II Non TPI Wonosobo",
        "letterhead": [
            "KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN REPUBLIK INDONESIA",
            "DIREKTORAT JENDERAL IMIGRASI",
            "KANTOR WILAYAH JAWA TENGAH",
        ],
        "address": "Jalan Raya Banyumas Km 5, Wonosobo 56361",
        "city": "Wonosobo",
    },
    "decree": {
        "number": "W.13.IMI.IMI.6-GR.03.05-0412 Tahun 2024",
        "date": "2024-03-04",
        "title": "Penetapan Desa Pakuncen sebagai Desa Binaan Imigrasi",
        "signer_title": "Kepala Kantor Imigrasi Kelas II Non TPI Wonosobo",
    },
    "dated": "2024-03-07",
    "place": "Wonosobo",
    "signer": {
        "title": "Kepala Kantor Imigrasi Kelas II Non TPI Wonosobo",
        "acting": "",
        "name": "Rahmat Setiawan, S.H.",
        "rank": "Penata Tk. I (III/d)",
        "nip": "198609262015051001",
    },
}
LONG = ("Rangkaian nama yang amat panjang sekali " * 13)[:500].strip()


@dataclass(frozen=True)
class Paper:
    facts: dict[str, Any] = field(default_factory=lambda: FACTS)
    template: str = "villages/pdf/designation.html"
    code: str = "ABCDEFGHJKLM"
    address: str = "http://localhost:8000/v/ABCDEFGHJKLM"
    number: str = "0001/DBI/III/2024"
    emblem: bytes | None = None


def paper(emblem: bytes | None = None, **changes: str) -> Paper:
    """A paper with some facts changed: village__name="…"."""
    facts = deepcopy(FACTS)
    for path, value in changes.items():
        *groups, key = path.split("__")
        place = facts
        for group in groups:
            place = place[group]
        place[key] = value
    return Paper(facts, emblem=emblem)


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 1000)) -> bytes:
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((20, 20, size[0] - 20, size[1] - 20), fill=(22, 41, 77, 255))
    result = io.BytesIO()
    (image if kind == "PNG" else image.convert("RGB")).save(result, kind)
    return result.getvalue()


def text(drawn: bytes) -> str:
    with pypdfium2.PdfDocument(drawn) as document:
        words = document[0].get_textpage().get_text_range()
    return " ".join(words.split())


def boxes(drawn: bytes) -> list[tuple[float, float, float, float]]:
    """Every run of text: left, top, right, bottom in millimetres from the top left."""
    with pypdfium2.PdfDocument(drawn) as document:
        page = document[0].get_textpage()
        corners = [page.get_rect(index) for index in range(page.count_rects())]
    height = 210 * MILLIMETRE
    return [
        (
            left / MILLIMETRE,
            (height - top) / MILLIMETRE,
            right / MILLIMETRE,
            (height - low) / MILLIMETRE,
        )
        for left, low, right, top in corners
    ]


def page_image(drawn: bytes, dpi: int = 200) -> Image.Image:
    with pypdfium2.PdfDocument(drawn) as document:
        return document[0].render(scale=dpi / 72).to_pil().convert("L")


def structure(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The elements of the structure tree in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from structure(kid)


def test_it_is_one_archivable_page_with_language_title_and_date() -> None:
    drawn = pdf.render(paper())

    with pikepdf.open(io.BytesIO(drawn)) as document:
        metadata = document.open_metadata()
        assert len(document.pages) == 1
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert document.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "id"
        assert metadata["dc:title"] == "Sertifikat Penghargaan Desa Pakuncen"
        assert metadata["xmp:CreateDate"] == "2024-03-07"
        width, height = (float(side) for side in document.pages[0].MediaBox[2:])
        assert (round(width / MILLIMETRE), round(height / MILLIMETRE)) == (297, 210)
        assert "/EmbeddedFiles" not in document.Root.get("/Names", {})


def test_every_typeface_is_ours_embedded_and_cut_to_what_is_used() -> None:
    drawn = pdf.render(paper())

    with pikepdf.open(io.BytesIO(drawn)) as document:
        fonts = [font.DescendantFonts[0] for font in document.pages[0].Resources.Font.values()]
        names = {str(font.BaseFont).partition("+")[2] for font in fonts}
        sizes = [len(font.FontDescriptor.FontFile3.read_bytes()) for font in fonts]

    assert names == {"Portal-Serif", "Portal-Serif-Italic", "Portal-Serif-Semi-Bold", "Portal-Sans"}
    assert max(sizes) < 25_000


def test_it_is_read_aloud_in_the_order_of_its_meaning() -> None:
    drawn = pdf.render(paper(picture()))

    with pikepdf.open(io.BytesIO(drawn)) as document:
        elements = list(structure(document.Root.StructTreeRoot))
        kinds = [str(element.S) for element in elements]
        spoken = [str(element.Alt) for element in elements if "/Alt" in element]

    assert kinds.index("/H1") < kinds.index("/H2")
    assert spoken == [
        "Lambang Kantor Imigrasi Kelas II Non TPI Wonosobo",
        "Kode QR menuju http://localhost:8000/v/ABCDEFGHJKLM",
    ]
    words = text(drawn)
    order = ["KEMENTERIAN", "SERTIFIKAT", "Pakuncen", "berdasarkan", "7 Maret", "Rahmat", "Periksa"]
    assert [words.index(word) for word in order] == sorted(words.index(word) for word in order)


def test_it_says_what_the_facts_say() -> None:
    words = text(pdf.render(paper()))

    for sentence in (
        "KANTOR WILAYAH JAWA TENGAH",
        "KANTOR IMIGRASI KELAS II NON TPI WONOSOBO",
        "Nomor 0001/DBI/III/2024",
        "Desa Pakuncen",
        "Kecamatan Selomerto, Kabupaten Wonosobo, Provinsi Jawa Tengah (33.07.06.2009)",
        "Nomor W.13.IMI.IMI.6-GR.03.05-0412 Tahun 2024 tanggal 4 Maret 2024",
        "Wonosobo, 7 Maret 2024",
        "NIP 19860926 201505 1 001",
        "Kode ABCD-EFGH-JKLM",
        "atau ketik kode di localhost:8000/v/",
    ):
        assert sentence in words


@pytest.mark.parametrize(
    ("term", "name", "printed"),
    [
        ("Nagari", "Koto Baru", "Nagari Koto Baru"),
        ("Nagari", "Nagari Koto Baru", "Nagari Koto Baru"),
        ("Gampong", "GAMPONG Jawa", "GAMPONG Jawa"),
        ("Desa", "Desaku Makmur", "Desa Desaku Makmur"),
    ],
)
def test_the_village_has_its_own_word_once(term: str, name: str, printed: str) -> None:
    words = text(pdf.render(paper(village__term=term, village__name=name)))

    assert f"diberikan kepada {printed} Kecamatan" in words


def test_what_the_signer_does_not_have_leaves_no_label() -> None:
    words = text(pdf.render(paper(signer__acting="Plh.", signer__rank="", signer__nip="")))

    assert "Plh. Kepala Kantor Imigrasi" in words
    assert "NIP" not in words


def test_the_name_of_the_village_is_the_largest_line() -> None:
    heights = sorted(bottom - top for _, top, _, bottom in boxes(pdf.render(paper())))

    assert heights[-1] > 1.4 * heights[-2]


@pytest.mark.parametrize("emblem", [None, picture()])
def test_the_qr_leads_to_the_short_address_from_a_grey_print(emblem: bytes | None) -> None:
    image = page_image(pdf.render(paper(emblem)))

    (code,) = zxingcpp.read_barcodes(image)

    assert code.text == "http://localhost:8000/v/ABCDEFGHJKLM"
    assert code.ec_level in "MQH"
    corners = (code.position.top_left, code.position.bottom_right)
    left, top, right, bottom = (value for point in corners for value in (point.x, point.y))
    assert right - left >= 24 / 25.4 * 200
    module = (right - left) / 29
    quiet = tuple(round(v) for v in (left - 4 * module, top - 4 * module, right + 4 * module))
    for edge in (
        (quiet[0], quiet[1], quiet[2], top - 2),
        (quiet[0], bottom + 3, quiet[2], bottom + 3.8 * module),
        (quiet[0], quiet[1], left - 2, bottom),
        (right + 3, quiet[1], quiet[2], bottom),
    ):
        assert image.crop(edge).getextrema() == (255, 255)


def test_nothing_is_printed_where_printers_cut() -> None:
    image = page_image(pdf.render(paper()))
    clear = math.ceil(6 / 25.4 * 200)

    inside = ImageOps.invert(image).getbbox()

    assert inside is not None
    left, top, right, bottom = inside
    assert min(left, top, image.width - right, image.height - bottom) >= clear - 1


def test_the_short_address_is_a_link_on_a_screen() -> None:
    drawn = pdf.render(paper())

    with pikepdf.open(io.BytesIO(drawn)) as document:
        (page,) = document.pages
        (link,) = page.Annots

        assert str(link.A.URI) == "http://localhost:8000/v/ABCDEFGHJKLM"
        assert int(link.F) & 4


def test_two_drawings_of_the_same_facts_are_the_same_bytes() -> None:
    first = pdf.render(paper(picture()))
    pdf.render(paper(village__name="Lain"))
    pdf._press.cache_clear()

    assert pdf.render(paper(picture())) == first


def test_it_is_small_enough_for_a_weak_signal() -> None:
    assert len(pdf.render(paper())) <= 50_000
    assert len(pdf.render(paper(picture()))) <= 60_000


EXTREMES = {
    "usual": {},
    "long village": {
        "village__name": "Tanjung Harapan Jaya Makmur Sejahtera Transmigrasi Blok C",
        "signer__title": "Kepala Kantor Imigrasi Kelas I Khusus TPI Soekarno-Hatta dan Sekitarnya",
        "signer__acting": "Plh.",
        "decree__number": "W.13.IMI.IMI.6-GR.03.05-" * 4 + "2024",
    },
    "five hundred characters": {
        "village__name": LONG,
        "village__district": LONG,
        "village__regency": LONG,
        "village__province": LONG,
        "office__name": LONG,
        "office__address": LONG,
        "decree__number": "X" * 100,
        "decree__title": LONG,
        "decree__signer_title": LONG,
        "signer__title": LONG,
        "signer__name": LONG,
        "signer__rank": LONG,
        "place": LONG,
    },
    "short village, long basis": {
        "village__name": "Pakuncen",
        "decree__title": "Penetapan Desa Pakuncen sebagai Desa Binaan Imigrasi dalam rangka "
        "Pencegahan Tindak Pidana Perdagangan Orang dan Penyelundupan Manusia di Wilayah Kerja",
        "signer__title": "Kepala Kantor Imigrasi Kelas I Khusus TPI Bandar Udara Internasional X",
    },
    "one word": {"village__name": "W" * 500, "signer__name": "W" * 200},
    "empty": {"village__name": "A", "office__address": "", "decree__title": "", "signer__rank": ""},
}


@pytest.mark.parametrize("emblem", [None, picture(), picture("JPEG", (2000, 300))])
@pytest.mark.parametrize("changes", EXTREMES.values(), ids=EXTREMES)
def test_nothing_is_cut_or_overlaps(changes: dict[str, str], emblem: bytes | None) -> None:
    drawn = pdf.render(paper(emblem, **changes))

    runs = boxes(drawn)
    assert all(left > 21 and right < 276 for left, _, right, _ in runs)
    assert all(top > 20 and bottom < 190 for _, top, _, bottom in runs)
    for a, b in itertools.combinations(runs, 2):
        across = min(a[2], b[2]) - max(a[0], b[0])
        down = min(a[3], b[3]) - max(a[1], b[1])
        assert across < 0.2 or down < 0.35 * min(a[3] - a[1], b[3] - b[1])
    for value in changes.values():
        assert "".join(value.split()).casefold() in "".join(text(drawn).split()).casefold()


@pytest.mark.parametrize("emblem", [None, picture()])
@pytest.mark.parametrize("changes", EXTREMES.values(), ids=EXTREMES)
def test_the_date_stands_apart_from_what_is_said(
    changes: dict[str, str], emblem: bytes | None
) -> None:
    runs = boxes(pdf.render(paper(emblem, **changes)))

    date = min((run for run in runs if run[0] > 150 and run[1] > 132), key=lambda run: run[1])
    said = [bottom for _, top, _, bottom in runs if top > 100 and bottom < date[3] - 1]
    assert date[1] - max(said) > 2


@pytest.mark.parametrize("emblem", [None, picture()])
def test_nothing_crowds_the_frame_or_the_rule_of_the_letterhead(emblem: bytes | None) -> None:
    runs = sorted(boxes(pdf.render(paper(emblem))), key=lambda run: run[1])

    assert max(bottom for _, _, _, bottom in runs) < 185  # the frame's lettering begins at 189
    address, title = runs[4], runs[5]
    assert title[1] - address[3] > 7.5  # between them lies the rule


@pytest.mark.parametrize("size", [(2000, 300), (900, 1000), (300, 2000)])
def test_an_emblem_of_any_shape_stands_in_the_middle(size: tuple[int, int]) -> None:
    bare, with_it = (page_image(pdf.render(paper(emblem))) for emblem in (None, picture(size=size)))
    high = round(36 / 25.4 * 200)  # above the names of the offices

    box = ImageChops.difference(bare, with_it).crop((0, 0, bare.width, high)).getbbox()

    assert box is not None
    assert abs((box[0] + box[2]) / 2 - bare.width / 2) <= 2


@pytest.mark.parametrize("changes", EXTREMES.values(), ids=EXTREMES)
def test_ink_and_stamp_have_their_room(changes: dict[str, str]) -> None:
    right_side = [
        box for box in boxes(pdf.render(paper(**changes))) if box[0] > 150 and box[1] > 132
    ]

    bottoms = sorted({box[3] for box in right_side if box[1] < 150})
    tops = sorted({box[1] for box in right_side if box[1] > 150})
    assert tops[0] - bottoms[-1] >= 25


@pytest.mark.parametrize(
    "name",
    [
        "Rahmat Setiawan, S.H.",
        "Prof. Dr. H. Muhammad Rahmat Setiawan Wicaksono Hadiningrat, S.H., M.H., M.Si.",
        ("Raden Mas " * 12)[:120].strip(),
        LONG,
    ],
)
def test_the_signers_name_is_never_smaller_than_the_rank(name: str) -> None:
    drawn = pdf.render(paper(signer__name=name))

    assert size_of(drawn, name.split(maxsplit=1)[0]) >= size_of(drawn, "Penata")
    assert "".join(name.split()) in "".join(text(drawn).split())


def size_of(drawn: bytes, word: str) -> float:
    """The size of the letters in which the last such word of the page is set."""
    with pypdfium2.PdfDocument(drawn) as document:
        page = document[0].get_textpage()
        at = page.get_text_range().rindex(word)
        return round(float(pdfium.FPDFText_GetFontSize(page.raw, at)), 2)


@pytest.mark.parametrize("more", range(0, 60, 4))
def test_a_date_or_the_year_of_a_number_is_never_torn(more: int) -> None:
    title = "Penetapan Desa Pakuncen sebagai Desa Binaan Imigrasi " + "x" * more
    signer = "Kepala Kantor Imigrasi Kelas II Non TPI " + "Wonosobo " * (1 + more // 10)
    changes = {"decree__title": title, "decree__signer_title": signer}

    lines = printed_lines(pdf.render(paper(**changes)))

    assert any("tanggal 4 Maret 2024" in line or line.startswith("4 Maret 2024") for line in lines)
    assert any("03.05-0412 Tahun 2024" in line for line in lines)


def printed_lines(drawn: bytes) -> list[str]:
    with pypdfium2.PdfDocument(drawn) as document:
        words = document[0].get_textpage().get_text_range()
    return [" ".join(line.split()) for line in words.splitlines()]


def test_markup_in_facts_is_only_text() -> None:
    name = "<img src='file:///etc/passwd'><script>x</script> & <br>Co"

    words = text(pdf.render(paper(village__name=name)))

    assert "".join(name.split()) in "".join(words.split())


def test_characters_without_a_shape_are_left_out() -> None:
    name = "Pa\u202eku\u200bn\u00adcen\u2066\ufe0f\x00 \n  Dua\u0301"

    assert "Desa Pakuncen Duá" in text(pdf.render(paper(village__name=name)))


@pytest.mark.parametrize("strange", ["😀", "سلام", "株"])
def test_a_character_that_no_typeface_has_is_named_not_replaced(strange: str) -> None:
    with pytest.raises(pdf.DrawingFailed, match="no typeface"):
        pdf.render(paper(village__name=f"Pakuncen {strange}"))


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://localhost/x.png",
        "https://example.org/x.png",
        "data:image/png;base64,iVBORw0KGgo=",
        "ftp://localhost/x",
        "typeface:../../etc/passwd",
        "portal:emblem",
        "relative.png",
    ],
)
@pytest.mark.parametrize(
    "page",
    [
        '<img src="{}" alt="x">',
        '<link rel="stylesheet" href="{}">',
        '<p style="background: url({})">x</p>',
        '<style>@import url("{}");</style>',
        '<style>@font-face {{ font-family: X; src: url("{}") }}</style>',
        '<link rel="attachment" href="{}">',
    ],
)
def test_a_page_can_fetch_nothing_but_its_own(settings: Any, page: str, address: str) -> None:
    html = f'<html lang="id"><body>{page.format(address)}</body></html>'
    settings.TEMPLATES = [with_page(settings.TEMPLATES[0], html)]

    drawn = drawn_or_refused(replace(paper(), template="page.html"))

    if isinstance(drawn, str):
        assert "may not fetch" in drawn
    else:
        # Some of these WeasyPrint does not even ask for; then there is nothing on the page.
        with pikepdf.open(io.BytesIO(drawn)) as document:
            assert "/EmbeddedFiles" not in document.Root.get("/Names", {})
            assert not document.pages[0].Resources.get("/XObject")


def drawn_or_refused(asked: Paper) -> bytes | str:
    try:
        return pdf.render(asked)
    except pdf.DrawingFailed as refusal:
        return str(refusal)


def with_page(engine: dict[str, Any], html: str) -> dict[str, Any]:
    """The template engine, with one more page."""
    options = dict(engine["OPTIONS"])
    options["loaders"] = [
        ("django.template.loaders.locmem.Loader", {"page.html": html}),
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    return {**engine, "OPTIONS": options, "APP_DIRS": False}


@pytest.mark.parametrize(
    "emblem", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"", picture()[:200]]
)
def test_an_emblem_that_is_no_whole_picture_is_refused(emblem: bytes) -> None:
    with pytest.raises(pdf.DrawingFailed):
        pdf.render(paper(emblem))
