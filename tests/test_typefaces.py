"""Typefaces: what can be printed."""

from desabinaan import typefaces


def test_characters_without_a_shape_are_left_out_wherever_they_are() -> None:
    name = "Pa\u202eku\u200bn\u00adcen\u2066\ufe0f\x00 \n  Dua\u0301"

    assert typefaces.legible({"a": [name, 3]}) == {"a": ["Pakuncen Duá", 3]}
    assert typefaces.legible("x" + "\u0323\u0302" * 50) == "x\u0323"


def test_what_no_typeface_has_is_named_once() -> None:
    assert typefaces.unprintable({"a": ["Desa 😀😀", {"b": "株"}], "c": 3}) == "株😀"
    assert typefaces.unprintable("Nagari Koto Baru – “Ampek Koto”, é ñ ș ½") == ""
