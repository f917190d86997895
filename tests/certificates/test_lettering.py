"""Letters: how large they may be in their place."""

from __future__ import annotations

import pytest

from certificates import lettering
from certificates.lettering import Place
from desabinaan import typefaces

LONG = "Rangkaian nama yang amat panjang sekali " * 13


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
    widths = typefaces.advances("text")
    assert all(sum(widths[sign] for sign in line) * em <= 200 for line in setting.lines)
    assert len(setting.lines) * 1.25 * em <= 20
    assert "".join("".join(setting.lines).split()) == "".join(text.split())


def test_what_does_not_fit_in_the_smallest_letters_is_refused() -> None:
    with pytest.raises(lettering.DoesNotFit):
        Place("text", 20, 3, 21).set(LONG)
