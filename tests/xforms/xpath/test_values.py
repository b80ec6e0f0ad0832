# SPDX-License-Identifier: Apache-2.0
"""How values become one another, and how they compare."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.xforms.xpath.values import number_text, to_boolean, to_number, to_string
from tests.xforms.xpath.ask import ask, surroundings

NAN = math.nan


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_without_exponent_and_read_as_the_same_number(number: float) -> None:
    """Mutant: Python's own ``str`` of a float (1e-07)."""
    text = number_text(number)
    assert "e" not in text
    assert Decimal(text) == Decimal(repr(number))
    assert to_number(text, surroundings()) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (-1.5, "-1.5"),
        (1e21, "1" + "0" * 21),
        (1e-7, "0.0000001"),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
    ],
)
def test_numbers_are_written_as_people_write_them(number: float, text: str) -> None:
    """Decision X18: no exponents in what is written."""
    assert number_text(number) == text


def test_decision_x8_what_is_no_number_is_written_as_nothing() -> None:
    """Mutant: "NaN", which would be read on a certificate."""
    assert number_text(NAN) == ""
    assert ask("string(1 div 'x')") == ""
    assert ask("coalesce(1 div 'x', '0')") == "0"
    assert ask("concat('a', number(''))") == "a"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (" 12 ", 12.0),
        ("-1.5", -1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("", NAN),
        (" ", NAN),
        ("+1", NAN),
        ("1e3", NAN),
        ("0x10", NAN),
        ("1,5", NAN),
        ("- 1", NAN),
        ("๑๒", NAN),
        ("Infinity", NAN),
        ("1_000", NAN),
        ("2026-11-20", 20777.0),
        ("2026-13-01", NAN),
        ("12-34-5678", NAN),
    ],
)
def test_text_becomes_a_number_by_the_grammar_of_xpath_alone(text: str, number: float) -> None:
    """Decision X18: what is read is stricter than Python's ``float``."""
    found = to_number(text, surroundings())
    assert found == number or (math.isnan(found) and math.isnan(number))


def test_truths_are_read_off_values() -> None:
    for value, truth in (
        (0.0, False),
        (NAN, False),
        (-1.0, True),
        ("", False),
        ("false", True),
        ([], False),
        (True, True),
    ):
        assert to_boolean(value) is truth  # type: ignore[arg-type]
    assert to_string(True) == "true"
    assert to_string([]) == ""


NODES = "<data><n>1</n><n>2</n><n>x</n><e/></data>"


@pytest.mark.parametrize(
    ("expression", "truth"),
    [
        ("/data/n = 2", True),
        ("/data/n != 2", True),
        ("/data/n = 3", False),
        ("3 = /data/n", False),
        ("/data/n = 'x'", True),
        ("/data/none = ''", False),
        ("/data/none != ''", False),
        ("/data/e = ''", True),
        ("/data/n = true()", True),
        ("/data/none = false()", True),
        ("/data/n = /data/e", False),
        ("/data/n != /data/n", True),
        ("/data/e != /data/e", False),
        ("/data/n[1] = '1.0'", False),
        ("/data/n[1] = 1.0", True),
        ("'1' = 1", True),
        ("'a' = 'a'", True),
        ("true() = 'x'", True),
        ("/data/n > 1", True),
        ("/data/n > 2", False),
        ("1 < /data/n", True),
        ("/data/n >= /data/n[2]", True),
        ("'10' > '9'", True),
        ("'b' > 'a'", False),
        ("'2026-11-19' < today()", True),
        ("'2026-11-20' < today()", False),
        ("2 > 1 > 0", True),
    ],
)
def test_comparisons_ask_whether_any_node_holds(expression: str, truth: bool) -> None:
    """Mutant: only the first node compared; "!=" as the opposite of "="."""
    assert ask(expression, NODES) is truth


def test_decision_x9_a_truth_is_compared_by_size_as_a_number() -> None:
    """Mutant: nodes made a truth first, as XPath 1.0 has it (both engines do not)."""
    assert ask("/data/n > true()", NODES) is True
    assert ask("/data/e >= false()", NODES) is False
    assert ask("true() < /data/n", NODES) is True


def test_decision_x35_a_path_is_true_when_it_leads_to_a_node() -> None:
    """Mutant: a blank answer as false (JavaRosa): ``/d/e != ''`` asks for that."""
    assert ask("boolean(/data/e)", NODES) is True
    assert ask("not(/data/none)", NODES) is True
    assert ask("count(/data/n[. = /data/e])", NODES) == 0.0
    assert ask("count(/data[e])", NODES) == 1.0


def test_decision_x37_answers_are_texts_whatever_their_type() -> None:
    """Mutant: an answer of type int compared with text as a number (JavaRosa)."""
    assert ask("/data/n = '1.0'", NODES) is False
    assert ask("/data/n = 1.0", NODES) is True


def test_decision_x7_numbers_are_equal_only_when_they_are() -> None:
    """Mutant: a tolerance, as in JavaRosa."""
    assert ask("6.1 - 7.8 = -1.7") is False
    assert ask("0.5 + 0.25 = 0.75") is True


@pytest.mark.parametrize(
    ("expression", "number"),
    [
        ("1 + 2 * 3", 7.0),
        ("10 - 2 - 3", 5.0),
        ("7 mod 2", 1.0),
        ("-7 mod 2", -1.0),
        ("7 mod -2", 1.0),
        ("1.5 mod 0.5", 0.0),
        ("1 div 0", math.inf),
        ("-1 div 0", -math.inf),
        ("0 div 0", NAN),
        ("1 mod 0", NAN),
        ("5 mod (1 div 0)", 5.0),
        ("(1 div 0) mod 5", NAN),
        ("'' + 1", NAN),
        ("true() + true()", 2.0),
        ("8 div 2 div 2", 2.0),
        ("2 * 3 mod 4", 2.0),
        ("--3", 3.0),
        ("- '4'", -4.0),
        ("1 - - 1", 2.0),
        ("today() - '2026-11-18'", 2.0),
    ],
)
def test_arithmetic_goes_from_the_left(expression: str, number: float) -> None:
    found = ask(expression)
    assert isinstance(found, float)
    assert found == number or (math.isnan(found) and math.isnan(number))


@given(st.integers(-1000, 1000), st.integers(-1000, 1000))
def test_a_remainder_has_the_sign_of_what_is_divided(a: int, b: int) -> None:
    """Mutant: Python's ``%``."""
    found = ask(f"{a} mod {b}")
    assert isinstance(found, float)
    assert math.isnan(found) if b == 0 else found == math.fmod(a, b)
