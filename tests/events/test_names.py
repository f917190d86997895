"""Names without forms of address and degrees, and names whose letters look odd on a certificate."""

from __future__ import annotations

import pytest

from events.names import bare_key, bare_words, is_oddly_written, is_shortened


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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moh. Yusuf", "Mohammad Yusuf"),
        ("M. Yusuf", "H. Muhammad Yusuf, S.Pd."),
        ("Ach Fauzi", "Akhmad Fauzi"),
        ("Abd. Rahman", "Abdul Rahman"),
        ("St. Aminah", "Siti Aminah"),
        ("Sri Lestari", "Sri Lestari Rahayu"),
        ("Sri Lestari R.", "Sri Lestari Rahayu"),
        ("Sri L. Rahayu", "Sri Lestari Rahayu"),
        ("I Made S.", "I Made Suardana"),
        ("Y. Prasetya", "Yoga Prasetya Utama"),
    ],
)
def test_a_name_may_be_shortened(one: str, other: str) -> None:
    assert is_shortened(bare_words(one), bare_words(other))
    assert is_shortened(bare_words(other), bare_words(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siti", "Siti Aminah"),
        ("S. A.", "Siti Aminah"),
        ("Sri Lestari", "Sri Wahyuni"),
        ("Sri Lestari R.", "Sri Lestari Wati"),
        ("Yusuf", "Muhammad Yusuf"),
        ("Muhammad Yusuf", "Ahmad Yusuf"),
        ("Peserta 1", "Peserta 12"),
        ("Sri", "Sriyani Dewi"),
        ("Lestari Sri", "Sri Lestari"),
    ],
)
def test_not_everything_that_is_shorter_is_the_same_name(one: str, other: str) -> None:
    assert not is_shortened(bare_words(one), bare_words(other))
    assert not is_shortened(bare_words(other), bare_words(one))
