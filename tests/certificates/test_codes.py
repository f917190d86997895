"""Public codes: every slip of a finger is caught, and the group is named."""

import itertools

import pytest

from certificates import codes

ALPHABET = codes.ALPHABET
SIZE = len(ALPHABET)
BASE = codes.new()
KNOWN = "6N2F7N8TWQJM"  # of which no group holds by chance when its signs move


def groups_of(code: str) -> list[str]:
    return [code[:4], code[4:8], code[8:]]


def valid_groups(number: int) -> set[str]:
    """Every group that can stand at this place: three free signs and the one check that fits."""
    inverse = pow(4, -1, SIZE)
    found = set()
    for a, b, c in itertools.product(range(SIZE), repeat=3):
        check = (number - a - 2 * b - 3 * c) * inverse % SIZE
        found.add("".join(ALPHABET[value] for value in (a, b, c, check)))
    return found


def test_a_new_code_is_twelve_signs_of_the_alphabet_and_holds() -> None:
    for code in (codes.new() for _ in range(200)):
        assert len(code) == 12
        assert set(code) <= set(ALPHABET)
        assert codes.check(code) == codes.Checked(code, ())
        assert codes.check(code).plausible


def test_signs_that_are_easily_confused_are_not_used() -> None:
    assert SIZE == 31
    assert not set("ILO01") & set(ALPHABET)


@pytest.mark.parametrize("position", range(12))
def test_every_single_error_is_caught_and_its_group_named(position: int) -> None:
    for sign in set(ALPHABET) - {BASE[position]}:
        typed = BASE[:position] + sign + BASE[position + 1 :]

        assert codes.check(typed).wrong_groups == (position // 4 + 1,)


@pytest.mark.parametrize("number", codes.GROUPS)
def test_no_group_is_one_slip_or_one_swap_from_another(number: int) -> None:
    # Not only neighbours of one sample: all 29,791 groups that can stand at this place.
    valid = valid_groups(number)

    assert len(valid) == SIZE**3
    for position in range(4):
        assert len({group[:position] + group[position + 1 :] for group in valid}) == SIZE**3
    for group in valid:
        for i, j in itertools.combinations(range(4), 2):
            signs = list(group)
            signs[i], signs[j] = signs[j], signs[i]
            assert group[i] == group[j] or "".join(signs) not in valid


def test_the_enumeration_and_the_check_agree() -> None:
    for number in codes.GROUPS:
        for group in itertools.islice(valid_groups(number), 500):
            signs = groups_of(BASE)
            signs[number - 1] = group
            assert codes.check("".join(signs)).plausible


def test_no_group_can_stand_at_two_places_so_exchanged_groups_are_named() -> None:
    first, second, third = map(valid_groups, codes.GROUPS)
    assert not first & second
    assert not second & third
    assert not first & third

    one, two, three = groups_of(BASE)
    assert codes.check(two + one + three).wrong_groups == (1, 2)
    assert codes.check(one + three + two).wrong_groups == (2, 3)
    assert codes.check(three + two + one).wrong_groups == (1, 3)
    assert codes.check(two + three + one).wrong_groups == (1, 2, 3)


@pytest.mark.parametrize(
    "written",
    ["{0}-{1}-{2}", "{0} {1} {2}", " {0}{1}{2}\n", "{0}.{1}.{2}", "{0}–{1}—{2}", "{0}/{1}/{2}/"],
)
def test_separators_and_lower_case_are_accepted(written: str) -> None:
    typed = written.format(*groups_of(BASE))

    assert codes.check(typed).code == BASE
    assert codes.check(typed.lower()).code == BASE


@pytest.mark.parametrize(
    "written",
    [
        "https://desabinaan.example/v/{0}",
        "desabinaan.example/v/{0}",
        "localhost:8000/v/{0}?x=1",
        "https://desabinaan.example/portal/v/{0}/#isi",
        "www.desabinaan.example/periksa/v/{0}/",
        "Periksa di desabinaan.example/v/{0}",
        "https://desabinaan.example/v/{0} terima kasih",
        "https://desabinaan.example/v/?kode={0}&x=1",
        "/v/{0}",
        "v/{0}",
        "{0}?x=1",
        "kode: {0}",
        "KODE={0}",
        "Kode sertifikat: {0}",
        "Kode publik: {0}",
        "kode QR {0}",
        "Kodenya {0}, mohon diperiksa",
        "“{0}”",
        "'{0}'",
        "({0})",
        "*{0}*",
        "_{0}_",
        "{0}!",
        "\u200e{0}\u200f",
        "https://desabinaan.example/sertifikat/{0}/ atau https://desabinaan.example/v/{0}",
        "Nomor 0001/DBI/III/2024, kode {0}",
    ],
)
def test_a_code_is_found_in_what_surrounds_it_with_a_slip_too(written: str) -> None:
    slip = spoilt(BASE)

    for code in (BASE, slip):
        for typed in (code, "-".join(groups_of(code)), " ".join(groups_of(code)).lower()):
            assert codes.check(written.format(typed)).code == code
        assert codes.check(written.format(code).upper()).code == code
    assert codes.check(written.format(BASE)).plausible
    assert codes.check(written.format(slip)).doubtful_groups == (3,)


def spoilt(code: str) -> str:
    """The code with another last sign."""
    return code[:11] + ALPHABET[ALPHABET.index(code[11]) - 1]


def test_letters_of_another_width_and_what_nobody_sees_are_the_same_code() -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in BASE)
    soft = "\u00ad".join(BASE)

    assert codes.check(wide).code == codes.check(f"Kode: {soft}").code == BASE


def test_which_of_two_codes_is_meant_is_not_guessed() -> None:
    assert not codes.check(f"{BASE} {codes.new()}").plausible


def test_twelve_signs_inside_a_longer_word_are_no_code() -> None:
    assert not codes.check(f"Kode {BASE}A").plausible
    assert not codes.check(f"A{BASE} desa").plausible


def test_a_code_torn_off_at_the_end_of_an_address_is_told_from_the_address() -> None:
    assert codes.check(f"https://desabinaan.example/v/{BASE[:9]}").code == BASE[:9]


@pytest.mark.parametrize(
    "number",
    [
        "001/PERAGAAN/WSB/V/2026",
        "Nomor 001/PERAGAAN/WSB/V/2026",
        "WSB/v/2026",
        "PERAGAAN-001.CLP.GR.03.05 Tahun 2026",
        "WIM.13.IMI.9-0412.GR.03.05",
        "SK 7 tahun 2026",
        "0001/GRAHA/2026",
        "WIM13IMI90412",
        "W.13-001",
        "W13/12",
        "3307062009",
        "33.07.06.2009",
        "198609262015051001",
        "234567892345",
    ],
)
def test_a_number_is_told_apart_from_a_code(number: str) -> None:
    assert codes.check(number).is_number


@pytest.mark.parametrize(
    "written",
    ["{0}.{1}.{2}A", "{0}/{1}/{2}", "{0}{1}{2}A", "kode: {0}.{1}.{2}", "{0}{1}{2}0", "{0}1{1}{2}"],
)
def test_a_code_with_a_slip_is_no_number(written: str) -> None:
    typed = written.format(*groups_of(spoilt(BASE)))

    assert codes.check(typed).wrong_groups
    assert not codes.check(typed).is_number


@pytest.mark.parametrize("typed", ["A", "desa", "kode saya hilang", ""])
def test_words_without_a_digit_are_no_number(typed: str) -> None:
    assert not codes.check(typed).is_number


@pytest.mark.parametrize(
    ("typed", "right", "doubtful"),
    [
        (KNOWN[:-1], (1, 2), (3,)),
        (KNOWN[:2] + KNOWN[3:], (), ()),
        (KNOWN[:6] + KNOWN[7:], (1,), (2,)),
        (KNOWN[:4] + "A" + KNOWN[4:], (1,), (2,)),
        (KNOWN[:4], (1,), (2,)),
        (KNOWN + "A", (1, 2, 3), (4,)),
        (KNOWN * 2, (1, 2, 3), (4,)),
        ("", (), ()),
    ],
)
def test_a_sign_too_few_or_too_many_lies_behind_the_groups_that_hold(
    typed: str, right: tuple[int, ...], doubtful: tuple[int, ...]
) -> None:
    checked = codes.check(typed)

    assert not checked.complete
    assert not checked.plausible
    assert checked.right_groups == right
    assert checked.doubtful_groups == doubtful


def test_what_is_far_too_long_is_known_to_be_cut() -> None:
    checked = codes.check(BASE * 50)

    assert checked.is_cut
    assert codes.check(checked.code).is_cut  # as the address of the answer carries it
    assert len(checked.shown) == codes.LONGEST_SHOWN
    assert not codes.check(BASE * 3).is_cut


def test_signs_that_no_code_has_are_named() -> None:
    typed = "O" + BASE[1:11] + "1"

    assert codes.check(typed).strange_signs == "O1"
    assert codes.check(typed).doubtful_groups == (1, 3)


def test_when_every_group_is_wrong_none_is_blamed() -> None:
    one, two, three = groups_of(BASE)

    assert codes.check(two + three + one).doubtful_groups == ()
