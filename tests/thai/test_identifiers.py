# SPDX-License-Identifier: Apache-2.0
"""Identity and telephone numbers. Test numbers carry the registrar 99, which no person has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Problem
from desktop.thai.digits import to_thai
from desktop.thai.identifiers import (
    KINDS,
    Identifier,
    check_digit,
    last4,
    masked,
    read_identifier,
    read_phone,
)

TWELVE = st.text("0123456789", min_size=12, max_size=12)
GOOD = "5991938573831"
BAD = "5991938573832"


def with_check(first12: str) -> str:
    return first12 + str(check_digit(first12))


@given(TWELVE, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_never_passes(first12: str, place: int, by: int) -> None:
    """Mutant: weights 12 to 1, or modulo 10.

    The scheme itself has two holes: the third digit weighs 11, which is nothing modulo 11, and the
    remainders 0 and 10 share a check digit.
    """
    other = first12[:place] + str((int(first12[place]) + by) % 10) + first12[place + 1 :]
    if place != 2 and {_weighted(first12), _weighted(other)} != {0, 10}:
        assert check_digit(first12) != check_digit(other)


def _weighted(first12: str) -> int:
    return sum(int(d) * (13 - n) for n, d in enumerate(first12)) % 11


@pytest.mark.parametrize("number", [GOOD, "3992833888925", "1997316401818", "1994328393367"])
def test_the_numbers_of_the_fixtures_pass(number: str) -> None:
    """Mutant: any change of the arithmetic."""
    assert check_digit(number[:12]) == int(number[12])
    assert read_identifier(number) == Identifier("cid", number)


@pytest.mark.parametrize(
    "text", ["5-9919-38573-83-1", " 5 9919 38573 83 1 ", to_thai(GOOD), "'" + GOOD]
)
def test_a_number_is_read_however_it_is_written(text: str) -> None:
    """Mutant: no Thai digits; no dashes."""
    assert read_identifier(text) == Identifier("cid", GOOD)


@pytest.mark.parametrize("first", "123458")
def test_a_wrong_check_digit_is_an_error_for_registered_people(first: str) -> None:
    """Mutant: take a digit out of _CHECKED_STRICTLY."""
    number = with_check(first + "99190000001")
    assert read_identifier(number) == Identifier("cid", number)
    wrong = number[:12] + str((int(number[12]) + 1) % 10)
    found = read_identifier(wrong)
    assert (found.kind, found.value) == ("cid", wrong)
    assert found.problem
    assert not found.warning


@pytest.mark.parametrize(("first", "kind"), [("0", "cid0"), ("6", "pink"), ("7", "pink")])
def test_a_wrong_check_digit_is_only_a_warning_for_those_without_status(
    first: str, kind: str
) -> None:
    """Mutant: an error for 0, 6 and 7 turns highland people away."""
    number = with_check(first + "99190000001")
    assert read_identifier(number) == Identifier(kind, number)
    found = read_identifier(number[:12] + str((int(number[12]) + 1) % 10))
    assert (found.kind, found.problem) == (kind, "")
    assert found.warning


def test_no_number_begins_with_nine() -> None:
    assert read_identifier(with_check("999190000001")).problem


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("G123456789012", "gcode", "G123456789012"),
        ("g-1234-5678-9012", "gcode", "G123456789012"),
        ("AB123456", "passport", "AB123456"),
        ("", "none", ""),
        ("-", "none", ""),
        ("ไม่มี", "none", ""),
    ],
)
def test_other_papers_are_recognised(text: str, kind: str, value: str) -> None:
    """Mutant: a check digit for G-codes; "none" as a problem."""
    assert read_identifier(text) == Identifier(kind, value)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (GOOD[:12], None), (GOOD + "0", None), ("5991938573x", None), ("สมชาย", None),
        ("G12345678901", None), (BAD, None), ("G12345678901", "gcode"), ("AB", "passport"),
        ("", "cid"), (GOOD, "cid0"), (GOOD, "pink"), ("AB123456", "cid"), ("1234", None),
    ],
)  # fmt: skip
def test_what_is_wrong_gets_a_sentence_that_does_not_quote_it(text: str, kind: str | None) -> None:
    """Mutant: put the number into the sentence, from where it reaches a log."""
    found = read_identifier(text, kind)
    assert found.problem
    assert not text or text not in found.problem


def test_a_person_may_choose_the_kind() -> None:
    assert read_identifier("เลขที่ 12/2562", "house") == Identifier("house", "เลขที่ 12/2562")
    assert read_identifier("anything", "none") == Identifier("none", "")
    with pytest.raises(ValueError, match="kind"):
        read_identifier(GOOD, "card")


@given(st.text(max_size=20), st.sampled_from([None, *KINDS]))
def test_any_text_is_read_to_an_end(text: str, kind: str | None) -> None:
    """Mutant: int() of a digit that is neither Thai nor Arabic."""
    found = read_identifier(text, kind)
    assert found.kind in KINDS


def test_a_masked_number_shows_four_digits_of_thirteen() -> None:
    """Mutant: show the district digits."""
    assert masked("1997316401818") == "1-xxxx-xxxxx-81-8"
    assert masked("G123456789012") == "xxxxxxxxxx012"
    assert masked("AB123") == "xxxx3"
    assert masked("") == ""
    assert last4("1997316401818") == "1818"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("081-234-5678", "0812345678"), ("๐๘๑ ๒๓๔ ๕๖๗๘", "0812345678"),
        ("+66 81 234 5678", "0812345678"), ("+66 (0) 81 234 5678", "0812345678"),
        ("66812345678", "0812345678"), ("0066812345678", "0812345678"),
        ("812345678", "0812345678"), ("02 123 4567", "021234567"), ("21234567", "021234567"),
        ("055-123-456", "055123456"), ("โทร. 081 2345678", "0812345678"), ("", ""), ("-", ""),
        ("'0812345678", "0812345678"), ("0661234567", "0661234567"),
    ],
)  # fmt: skip
def test_a_telephone_number_is_kept_in_one_form(text: str, kept: str) -> None:
    """Mutant: +66 left as it is; the zero a spreadsheet dropped not put back."""
    assert read_phone(text) == kept


@pytest.mark.parametrize(
    "text",
    ["1300", "191", "08123", "08123456789", "081-234-5678, 089-999-9999", "02-123-4567 ต่อ 12",
     "0112345678", "สมชาย", "+1 212 555 0100"],
)  # fmt: skip
def test_what_is_no_telephone_number_gets_a_sentence(text: str) -> None:
    with pytest.raises(Problem) as caught:
        read_phone(text)
    assert text not in str(caught.value)
