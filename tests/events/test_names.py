"""Names without forms of address and degrees."""

from __future__ import annotations

import pytest

from events.names import bare_key


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
