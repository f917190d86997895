"""Letters: what can be printed, and how large it may be."""

from __future__ import annotations

import pytest

from certificates import lettering
from certificates.lettering import Place

LONG = "Rangkaian nama yang amat panjang sekali " * 13


def test_characters_without_a_shape_are_left_out_wherever_they_are() -> None:
    name = "Pa\u202eku\u200bn\u00adcen\u2066\ufe0f\x00 \n  Dua\u0301"

    assert lettering.legible({"a": [name, 3]}) == {"a": ["Pakuncen Duá", 3]}
    assert lettering.legible("x" + "\u0323\u0302" * 50) == "x\u0323"


def test_what_no_typeface_has_is_named_once() -> None:
    assert lettering.unprintable({"a": ["Desa 😀😀", {"b": "株"}], "c": 3}) == "株😀"
    assert lettering.unprintable("Nagari Koto Baru – “Ampek Koto”, é ñ ș ½") == ""


def test_lines_are_as_even_as_they_can_be() -> None:
    setting = Place("text", 96, 9.2, 21).set(
        "Kepala Kantor Imigrasi Kelas I Khusus TPI Soekarno-Hatta dan Sekitarnya"
    )

    assert len(setting.lines) == 2
    assert abs(len(setting.lines[0]) - len(setting.lines[1])) < 12


@pytest.mark.parametrize("text", ["Pakuncen", LONG, "W" * 300, "a b " * 100])
def test_a_text_is_whole_and_never_wider_than_its_place(text: str) -> None:
    place = Place("text", 200, 20, 60)

    setting = place.set(text)

    em = setting.half_points / 2 * lettering.MILLIMETRES
    widths = lettering.advances("text")
    assert all(sum(widths[sign] for sign in line) * em <= 200 for line in setting.lines)
    assert len(setting.lines) * 1.25 * em <= 20
    assert "".join("".join(setting.lines).split()) == "".join(text.split())


def test_what_does_not_fit_in_the_smallest_letters_is_refused() -> None:
    with pytest.raises(lettering.DoesNotFit):
        Place("text", 20, 3, 21).set(LONG)
