"""Names without forms of address and degrees, and names whose letters look odd on a certificate."""

from __future__ import annotations

import pytest

from events.names import bare_key, is_oddly_written


@pytest.mark.parametrize(
    "name",
    [
        "Suparman Hadi",
        "Suparman Hadi, S.Pd.",
        "Suparman Hadi, S.Pd., M.Si.",
        "Suparman Hadi, S. Pd. M. Si",
        "SUPARMAN HADI SPD MSI",
        "Suparman Hadi S E",
        "Suparman Hadi, A.Md.Kep.",
        "Suparman Hadi,S.Tr.Xyz.",
        "Drs. Suparman Hadi",
        "Drs.H.Suparman Hadi",
        "Bapak Suparman Hadi",
        "bpk suparman hadi",
        "H. Suparman Hadi",
        "Hj. Suparman Hadi",
        "Prof. Dr. Ir. K.H. Suparman Hadi, S.T., M.T., Ph.D.",
        "Ust. Suparman Hadi, Lc.",
        "dr. Suparman Hadi, Sp.A",
        "Sdri. Suparman Hadi",
        "Suparman Hadi,",
    ],
)
def test_a_name_is_what_is_left_without_address_and_degrees(name: str) -> None:
    assert bare_key(name) == "suparmanhadi"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Hadi", "hadi"),
        ("Hasan", "hasan"),
        ("Irwan", "irwan"),
        ("Ibu", "ibu"),
        ("Bapak Haji", "haji"),
        ("S.H.", "sh"),
        ("Drajat Prasetyo", "drajatprasetyo"),
        ("Ma'ruf Amin", "marufamin"),
        ("Suparman, Desa Tieng", "suparmandesatieng"),
        ("Hadi, Suparman", "hadisuparman"),
        ("Muhammad Ali", "muhammadali"),
        ("村", ""),
    ],
)
def test_what_only_looks_like_an_address_or_a_degree_stays(name: str, key: str) -> None:
    assert bare_key(name) == key


@pytest.mark.parametrize(
    "name",
    [
        "siti nurhalizah",
        "SITI NURHALIZAH",
        "siti NURHALIZAH",
        "BUDI santoso",
        "Budi santoso",
        "Budi SANTOSO, S.H.",
        "BuDi Santoso",
        "bapak Budi Santoso",
        "Budi Santoso, s.pd.",
        "M. NUR",
        "ma'ruf Amin",
        "ÉLISE",
    ],
)
def test_letters_that_look_wrong_on_paper_are_seen(name: str) -> None:
    assert is_oddly_written(name)


@pytest.mark.parametrize(
    "name",
    [
        "Siti Nurhalizah",
        "Siti Nurhalizah, S.Pd.I., M.Si.",
        "Siti Nurhalizah, SKM, MKes",
        "Siti Nurhalizah SPd",
        "dr. Siti Nurhalizah, Sp.OG.",
        "Drs. H. Ma'ruf Amin",
        "Nur'Aini",
        "Abdullah bin Umar",
        "K.H. A. R. Fachruddin",
        "AR Fachruddin",
        "Siti Nur-Aini",
        "Raden Mas Said III",
        "Élise",
        "村",
        "Budi 2",
        "Ma\N{RIGHT SINGLE QUOTATION MARK}ruf",
    ],
)
def test_initials_degrees_and_small_words_are_what_they_are(name: str) -> None:
    assert not is_oddly_written(name)
