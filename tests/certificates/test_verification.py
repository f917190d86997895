"""The public page: what a stranger with a certificate in hand is told, and at what cost."""

import gzip
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Office
from audit.models import Entry
from certificates import codes
from certificates.models import Certificate
from desabinaan import formats
from desabinaan.templatetags.portal import bernomor
from tests.factories import CertificateFactory, DesignationFactory, UserFactory
from villages.models import Designation, Region

pytestmark = pytest.mark.django_db

BUDGET = 15_000  # bytes of the first view, compressed


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def unknown_code(but: str = "") -> str:
    code = codes.new()
    return code if code != but else unknown_code(but)


def spoilt(code: str, position: int) -> str:
    other = next(sign for sign in codes.ALPHABET if sign != code[position])
    return code[:position] + other + code[position + 1 :]


def test_a_drawn_certificate_is_valid(client: Client) -> None:
    sheet = DesignationFactory(approved=True, approved__ready=True)
    facts = sheet.certificate.facts

    page = text_of(client, f"/v/{sheet.certificate.code}")

    assert "</svg>SAH</h1>" in page
    assert sheet.village.full_name in page
    assert facts["office"]["name"] in page
    assert facts["decree"]["number"] in page
    assert facts["signer"]["title"] in page
    assert bernomor(sheet.certificate.number) in page
    assert codes_grouped(sheet.certificate.code) in page
    assert f"{settings.PORTAL_URL}/v/" in page
    assert "sedang disiapkan" not in page


def codes_grouped(code: str) -> str:
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def test_while_it_is_drawn_it_is_valid_and_says_so(client: Client) -> None:
    sheet = DesignationFactory(approved=True)

    page = text_of(client, f"/v/{sheet.certificate.code}")

    assert "</svg>SAH</h1>" in page
    assert "Dokumen sedang disiapkan" in page


def test_a_revoked_certificate_is_known_for_ever(client: Client) -> None:
    sheet = DesignationFactory(revoked=True)

    page = text_of(client, f"/v/{sheet.certificate.code}")

    assert "</svg>DICABUT</h1>" in page
    assert "Isi sertifikat yang dicabut" in page
    assert not [asked for asked in ("Cocokkan", "Ada yang berbeda") if asked in page]
    assert "tidak berlaku lagi" in page
    assert "Jangan menerima lembar ini sebagai bukti" in page
    assert f"laporkan kepada {sheet.certificate.facts['office']['name']}" in page
    assert sheet.certificate.revoked_reason not in page


@pytest.mark.parametrize("is_governmental", [True, False])
def test_who_uses_a_revoked_sheet_is_reported_where_the_page_proves_itself(
    client: Client, settings: LazySettings, is_governmental: bool
) -> None:
    sheet = DesignationFactory(
        revoked=True, office__phone="(0286) 321123", office__whatsapp="+6281234567890"
    )
    settings.PORTAL_URL = f"https://desabinaan.imigrasi.{'go.id' if is_governmental else 'example'}"

    page = text_of(client, f"/v/{sheet.certificate.code}")

    assert ('<a href="tel:0286321123">(0286) 321123</a>' in page) == is_governmental
    assert ('href="https://wa.me/6281234567890"' in page) == is_governmental


def test_the_way_to_the_office_costs_no_more_queries(
    client: Client, settings: LazySettings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.PORTAL_URL = "https://desabinaan.imigrasi.go.id"
    code = DesignationFactory(revoked=True, office__phone="(0286) 321123").certificate.code

    with django_assert_num_queries(2):  # the office, for its time zone too
        client.get(f"/v/{code}")


def test_a_sheet_without_ink_is_not_taken_for_a_forgery(client: Client) -> None:
    said = "Lembar tanpa tanda tangan tinta dan cap bukan tanda pemalsuan"

    assert said in text_of(client, "/v/")
    assert said in text_of(client, f"/v/{DesignationFactory(approved=True).certificate.code}")
    assert said not in text_of(client, f"/v/{DesignationFactory(revoked=True).certificate.code}")


def test_a_certificate_whose_designation_no_longer_stands_is_not_called_valid(
    client: Client,
) -> None:
    orphan = CertificateFactory(ready=True)

    page = text_of(client, f"/v/{orphan.code}")

    assert "</svg>DICABUT</h1>" in page
    assert "dasar sertifikat ini tidak berlaku lagi" in page


def test_an_ended_guidance_leaves_the_certificate_true(client: Client) -> None:
    sheet = DesignationFactory(ended=True)

    page = text_of(client, f"/v/{sheet.certificate.code}")

    assert "</svg>SAH, SUDAH BERAKHIR</h1>" in page
    assert "<title>SAH, SUDAH BERAKHIR" in page
    assert page.count("SAH") == 2  # said once, beside the title
    ended = formats.long_date(sheet.status_at, sheet.office)
    assert f"<strong>Masa pembinaan berakhir {ended}.</strong>" in page
    assert "verdict-progress" in page  # neither in force nor a typing error: its own colour
    assert "berlaku" not in page
    assert "tidak lagi menjadi Desa Binaan Imigrasi" in page


@pytest.mark.parametrize("is_known", [True, False])
def test_a_looked_up_answer_says_when(client: Client, is_known: bool) -> None:
    sheet = DesignationFactory(approved=True)
    known = sheet.certificate.code
    before = formats.moment(timezone.now())

    page = text_of(client, f"/v/{known if is_known else unknown_code(known)}", 404 - 204 * is_known)

    after = formats.moment(timezone.now())
    assert any(f"Diperiksa {moment}</p>" in page for moment in (before, after))
    assert after.endswith(" WIB")


def test_what_was_not_looked_up_says_no_time(client: Client) -> None:
    known = codes.new()

    assert "Diperiksa" not in text_of(client, f"/v/{spoilt(known, 1)}", status=404)


@pytest.mark.parametrize(
    "typed",
    [
        "12/W13.IMI.7/DBI/2026",
        "Nomor 0001/DBI/III/2024",
        "W13 / 12",
        "001/PERAGAAN/WSB/V/2026",
        "PERAGAAN-001.CLP.GR.03.05 Tahun 2026",
        "WIM13IMI90412",
        "W.13-001",
        "3307062009",
        "198609262015051001",
    ],
)
def test_a_number_in_place_of_the_code_is_told_apart(client: Client, typed: str) -> None:
    form = " ".join(client.get("/v/", {"kode": typed}).content.decode().split())
    address = text_of(client, f"/v/{quote(typed)}", status=404)

    for page in (form, address):
        assert "tampaknya nomor, bukan kode" in page
        assert "kiri bawah lembar, tepat di bawah kode QR" in page
    assert "Ketik dahulu" not in form
    assert "Kode tidak pernah memuat" not in address
    assert "Ada salah ketik" not in address
    assert "tidak pernah dikeluarkan" not in address


@pytest.mark.parametrize(
    "typed",
    [
        "{0}",
        "{1}",
        "{2}",
        "https://portal.example/v/{0}",
        "Yth. Pemerintah Desa Burat, sertifikatnya dapat diperiksa " * 8 + "di *{0}*.",
    ],
)
def test_a_code_with_strokes_or_a_whole_address_is_no_number(client: Client, typed: str) -> None:
    code = DesignationFactory(approved=True).certificate.code
    groups = [code[:4], code[4:8], code[8:]]
    said = typed.format(code, "/".join(groups), "/".join(groups).lower())

    page = client.get("/v/", {"kode": said}, follow=True).content.decode()

    assert "</svg>SAH</h1>" in page


def test_an_address_in_capitals_leads_to_the_same_answer(client: Client) -> None:
    code = DesignationFactory(approved=True).certificate.code

    answer = client.get(f"/V/{code}")
    pasted = client.get("/v/", {"kode": f"HTTP://LOCALHOST:8000/V/{code}"})

    assert answer["Location"] == pasted["Location"] == f"/v/{code}"
    assert client.get("/V/")["Location"] == "/v/"


def test_a_code_that_was_never_given_out_is_unknown(client: Client) -> None:
    page = text_of(client, f"/v/{unknown_code()}", status=404)

    assert "</svg>TIDAK DIKENAL</h1>" in page
    assert "tidak pernah mengeluarkan sertifikat" in page
    assert "verdict-attention" in page


def test_a_slip_is_not_an_answer_about_the_paper(client: Client) -> None:
    by_form = {"Sec-Fetch-Site": "same-origin"}  # as a browser says of what a page of ours asks

    answer = client.get("/v/", {"kode": spoilt(codes.new(), 2)}, headers=by_form, follow=True)
    page = " ".join(answer.content.decode().split())

    assert "?" not in answer.redirect_chain[-1][0]
    assert "Sec-Fetch-Site" in answer["Vary"]
    assert "</svg>KODE BELUM BENAR</h1>" in page
    assert "<title>KODE BELUM BENAR" in page
    assert "TIDAK DIKENAL" not in page
    assert "tidak pernah mencetak" not in page
    assert "Sudah disalin persis dan tetap begini?" in page
    assert "jangan membayar" in page


def test_of_a_code_that_no_sheet_of_ours_has_whoever_scanned_it_is_warned_first(
    client: Client,
) -> None:
    page = text_of(client, "/v/ABCD-EFGH-JKLM", status=404)

    assert "</svg>BUKAN KODE PORTAL</h1>" in page
    assert "<title>BUKAN KODE PORTAL" in page
    assert "salah ketik" not in page
    warned, compared = "jangan terima lembar itu sebagai bukti", "cocokkan kelompok demi kelompok"
    assert 0 < page.index("tidak pernah mencetak") < page.index(warned) < page.index(compared)


@pytest.mark.parametrize("site", [None, "none", "cross-site", "same-site"])
def test_no_address_on_a_forged_sheet_can_say_that_it_was_typed(
    client: Client, site: str | None
) -> None:
    headers = {"Sec-Fetch-Site": site} if site else {}
    code = spoilt(codes.new(), 2)

    scanned = client.get(f"/v/{code}?diketik=1", headers=headers)
    through_the_form = client.get("/v/", {"kode": code}, headers=headers, follow=True)

    for answer in (scanned, through_the_form):
        assert "</svg>BUKAN KODE PORTAL</h1>" in answer.content.decode()


@pytest.mark.parametrize("address", ["/v/", "/v/A", "/masuk/", "/desa-binaan/99.99.99.9999/"])
def test_a_stranger_finds_the_public_list(client: Client, address: str) -> None:
    page = client.get(address, follow=True).content.decode()

    assert f'href="{reverse("villages:public_villages")}"' in page


@pytest.mark.parametrize(
    "address",
    ["/v/{unknown}", "/v/{mistyped}", "/v/W13-1", "/desa-binaan/99.99.99.9999/"],
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_a_browser_with_a_session_is_answered_as_strangers_are(
    client: Client, address: str, signed_in: bool
) -> None:
    client.cookies["sessionid"] = "x"  # of a session that is over, or that never was
    if signed_in:
        client.force_login(UserFactory())
    code = unknown_code()

    response = client.get(address.format(unknown=code, mistyped=spoilt(code, 1)))

    assert response.status_code == 404


@pytest.mark.parametrize(("position", "group"), [(0, 1), (5, 2), (11, 3)])
def test_a_slip_names_the_group_to_look_at_again(client: Client, position: int, group: int) -> None:
    code = DesignationFactory(approved=True).certificate.code

    page = text_of(client, f"/v/{spoilt(code, position)}", status=404)

    assert f"periksa kelompok ke-{group}" in page
    assert page.count("<mark>") == 1


def test_exchanged_groups_are_both_named(client: Client) -> None:
    code = codes.new()

    page = text_of(client, f"/v/{code[4:8]}{code[:4]}{code[8:]}", status=404)

    assert "periksa kelompok ke-1 dan kelompok ke-2" in page


@pytest.mark.parametrize(
    ("typed", "said", "marked"),
    [
        ("6N2F7N8TWQJ", "yang Anda masukkan 11. Kelompok ke-1 dan kelompok ke-2", "WQJ"),
        (
            "6N2F7N8AT-WQJM",
            "Kelompok ke-1 sudah benar: <strong>periksa mulai kelompok ke-2",
            "7N8A",
        ),
        ("6N2F7N8TWQJMM", "Ketiga kelompok pertama sudah benar", "M"),
        ("N" * 300, "yang Anda masukkan lebih dari 40.", ""),
    ],
)
def test_a_sign_too_few_or_too_many_is_looked_for_behind_what_holds(
    client: Client, typed: str, said: str, marked: str
) -> None:
    response = client.get("/v/", {"kode": typed}, follow=True)
    page = " ".join(response.content.decode().split())

    assert said in page
    assert re.findall("<mark>(.*?)</mark>", page) == [marked] * bool(marked)


@pytest.mark.parametrize(
    "typed",
    [
        "A",
        "----",
        "<script>alert(1)</script>",
        "%00",
        "%FF%FE",
        "'; DROP TABLE",
        "../../etc",
        "9" * 3000,
    ],
)
def test_whatever_is_typed_gets_an_answer_in_words(client: Client, typed: str) -> None:
    page = text_of(client, f"/v/{typed}", status=404)

    assert "BUKAN KODE PORTAL" in page
    assert "tidak pernah mencetak kode seperti ini" in page
    assert "<script" not in page


@pytest.mark.parametrize("written", ["{0}-{1}-{2}", "{0} {1} {2}", "{0}{1}{2}/"])
def test_untidy_codes_are_answered_without_a_detour(client: Client, written: str) -> None:
    code = DesignationFactory(approved=True).certificate.code
    typed = written.format(code[:4], code[4:8], code[8:]).lower()

    assert "</svg>SAH</h1>" in text_of(client, f"/v/{typed}")


def test_the_form_leads_to_the_answer(client: Client) -> None:
    code = codes.new()

    response = client.get("/v/", {"kode": f" {code[:4].lower()} {code[4:]} "})

    assert response.status_code == 302
    assert response["Location"] == f"/v/{code}"


def test_the_empty_form_asks_for_the_code(client: Client) -> None:
    assert "Ketik dahulu" not in text_of(client, "/v/")
    assert "Ketik dahulu" in text_of(client, "/v/?kode=+-")


def test_only_frozen_facts_are_shown(client: Client) -> None:
    sheet = DesignationFactory(approved=True)
    before = facts_of(text_of(client, f"/v/{sheet.certificate.code}"))

    Office.objects.filter(pk=sheet.office.pk).update(name="Nama Baru", address="Pindah", city="X")
    Region.objects.filter(pk=sheet.village.region.pk).update(name="Nama Lain")

    assert facts_of(text_of(client, f"/v/{sheet.certificate.code}")) == before


def facts_of(page: str) -> str:
    """The page without the minute at which it was asked for."""
    return re.sub(r"Diperiksa [^<]+", "", page)


def test_no_personal_number_is_shown(client: Client) -> None:
    sheet = DesignationFactory(approved=True)
    nip = sheet.certificate.facts["signer"]["nip"]

    page = text_of(client, f"/v/{sheet.certificate.code}")

    assert re.fullmatch(r"\d{18}", nip)
    assert nip not in page.replace(" ", "")


def test_one_query_whoever_asks(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    code = DesignationFactory(approved=True, approved__ready=True).certificate.code
    client.force_login(UserFactory())
    signed_in = client.cookies["sessionid"].value

    # The certificate, its number and scan, and whether its designation stands.
    with django_assert_num_queries(1):
        response = client.get(f"/v/{code}")

    assert not response.cookies
    assert client.cookies["sessionid"].value == signed_in


def test_a_code_that_cannot_be_right_costs_no_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        client.get(f"/v/{spoilt(codes.new(), 2)}")
    with django_assert_num_queries(0):
        client.get("/v/")


def test_the_answer_is_neither_kept_nor_indexed(client: Client) -> None:
    for address in ("/v/", f"/v/{codes.new()}"):
        response = client.get(address)

        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert "Set-Cookie" not in response


def test_the_page_needs_no_script_and_no_font(client: Client) -> None:
    code = DesignationFactory(approved=True).certificate.code

    for address in (f"/v/{code}", "/v/"):
        page = text_of(client, address)
        assert "<script" not in page
        assert "@font-face" not in page
        assert " hx-" not in page


def test_the_first_view_fits_a_weak_signal(client: Client) -> None:
    code = DesignationFactory(approved=True, approved__ready=True).certificate.code

    for address in (f"/v/{code}", f"/v/{spoilt(code, 1)}", "/v/"):
        page = client.get(address).content
        static = sum(len(gzip.compress(file.read_bytes(), 9)) for file in linked_by(page))
        assert len(gzip.compress(page, 6)) + static <= BUDGET


def linked_by(page: bytes) -> list[Path]:
    """The files that a browser fetches for this page, each once."""
    found = re.findall(r'(?:href|src)="/static/([\w/.-]+)"', page.decode())
    names = {re.sub(r"\.[0-9a-f]{12}(?=\.)", "", name) for name in found}
    assert any(name.endswith(".css") for name in names)
    return [Path(settings.BASE_DIR, "static", name) for name in names]


@pytest.mark.parametrize("path", ["/v/", "/v/A", "{known}"])
def test_the_page_is_proved_by_what_a_copy_cannot_say(
    client: Client, settings: LazySettings, path: str
) -> None:
    path = path.format(known=f"/v/{DesignationFactory(approved=True).certificate.code}")

    settings.PORTAL_URL = "https://desabinaan.imigrasi.go.id"
    governmental = client.get(path).content.decode()
    settings.PORTAL_URL = "https://desabinaan-imigrasi.example"
    anywhere = client.get(path).content.decode()

    assert "harus tepat <strong>desabinaan.imigrasi.go.id</strong>" in governmental
    assert "garis miring pertama" in governmental
    assert "halaman tiruan dapat menuliskan alamatnya sendiri" in anywhere
    assert "go.id" not in anywhere


def test_the_public_pages_say_whose_they_are(client: Client) -> None:
    sheet = DesignationFactory(approved=True)
    code = sheet.village.region.code

    for address in (
        "/v/",
        f"/v/{sheet.certificate.code}",
        "/desa-binaan/",
        f"/desa-binaan/{code}/",
    ):
        page = text_of(client, address)
        for part in re.findall(r"<(?:header class=.masthead|footer).*?</(?:header|footer)>", page):
            assert "Direktorat Jenderal Imigrasi, Kementerian Imigrasi" in part
        assert page.count("Kementerian Imigrasi dan Pemasyarakatan") == 2


def test_a_printed_answer_carries_its_address_and_the_signers_rank(client: Client) -> None:
    certificate = DesignationFactory(approved=True).certificate

    page = text_of(client, f"/v/{certificate.code}")

    assert f'print-only small">Alamat halaman ini: {certificate.address}<' in page
    assert certificate.facts["signer"]["rank"] in page


def test_posting_is_refused(client: Client) -> None:
    assert client.post(f"/v/{codes.new()}").status_code == 405


def test_asking_leaves_no_trace(client: Client) -> None:
    sheet = DesignationFactory(approved=True)
    before = Entry.objects.count()

    client.get(f"/v/{sheet.certificate.code}")

    assert Entry.objects.count() == before
    assert Designation.objects.get(pk=sheet.pk).status == sheet.status
    assert Certificate.objects.get(code=sheet.certificate.code).status == "ordered"
