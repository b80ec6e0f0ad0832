# SPDX-License-Identifier: Apache-2.0
"""What each function gives, subject by subject; dates and patterns have files of their own."""

from __future__ import annotations

import math
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.xpath.compiler import Compiler
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.forms import FORMS
from desktop.xforms.xpath.functions import FUNCTIONS
from desktop.xforms.xpath.functions.odk import UNSUPPORTED
from desktop.xforms.xpath.values import Value
from tests.xforms.xpath.ask import ask, named, same, surroundings, tree

NAN = math.nan
# The 70 of the ODK XForms specification (2024), section XPath Functions.
SPECIFIED = """
    string concat join substr substring-before substring-after translate string-length
    normalize-space contains starts-with ends-with uuid digest pulldata if coalesce once true
    false boolean boolean-from-string not regex checklist weighted-checklist number random int sum
    max min round pow log log10 abs sin cos tan asin acos atan atan2 sqrt exp exp10 pi count
    count-non-empty position instance current randomize today now format-date format-date-time
    date decimal-date-time decimal-time selected selected-at count-selected jr:choice-name
    jr:itext indexed-repeat area distance base64-decode
"""
BESIDE = """
    local-name name namespace-uri id lang last floor ceiling substring is-selected date-time
    enclosed-area geofence intersects version
"""


def test_every_function_of_the_specification_is_there() -> None:
    assert len(SPECIFIED.split()) == 70
    known = set(FUNCTIONS) | set(FORMS)
    assert not {*SPECIFIED.split(), *BESIDE.split()} - known


def test_decision_x24_what_is_left_out_is_refused_by_name() -> None:
    for name in UNSUPPORTED:
        with pytest.raises(ExpressionRefused, match=name):
            Compiler({}).compile(f"{name}(1, 2)")


def test_decision_x13_unknown_functions_are_refused_before_a_form_is_filled_in() -> None:
    """Mutant: refused only when an evaluation comes to it, in the middle of a visit."""
    for expression in ("true() or explode()", "1 + frob(2)", "substr('a')", "pi(1)", "if(1, 2)"):
        with pytest.raises(ExpressionRefused):
            Compiler({}).compile(expression)
    late = Compiler({}, late=True)
    node = tree("<d/>")
    assert late.compile("true() or explode(1)")(node, 1, 1, surroundings()) is True
    with pytest.raises(ExpressionRefused):
        late.compile("false() or explode(1)")(node, 1, 1, surroundings())


LIST = "<d><n>3</n><n/><n>-1</n><t>ก</t><t>ข</t><w>x</w></d>"


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        # texts
        ("concat('a', 1, true())", "a1true"),
        ("concat(//t)", "กข"),
        ("concat()", ""),
        ("join(', ', //t, 'ค')", "ก, ข, ค"),
        ("join('-')", ""),
        ("contains('สมชาย', 'ชาย')", True),
        ("contains('a', '')", True),
        ("starts-with('abc', 'ab')", True),
        ("ends-with('abc', 'bc')", True),
        ("ends-with('abc', '')", True),
        ("substring-before('1999/04', '/')", "1999"),
        ("substring-before('a', 'b')", ""),
        ("substring-before('a', '')", ""),
        ("substring-after('1999/04', '/')", "04"),
        ("substring-after('a--b', '--')", "b"),
        ("substring-after('a', '')", "a"),
        ("substring('12345', 2, 3)", "234"),
        ("substring('12345', 2)", "2345"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring('12345', 0, 3)", "12"),
        ("substring('12345', 0 div 0, 3)", ""),
        ("substring('12345', 1, 0 div 0)", ""),
        ("substring('12345', -42, 1 div 0)", "12345"),
        ("substring('12345', -1 div 0, 1 div 0)", ""),
        ("substr('hello', 1, 3)", "el"),
        ("substr('hello', -2)", "lo"),
        ("substr('hello', 1, -1)", "ell"),
        ("substr('hello', 9)", ""),
        ("substr('hello', 3, 1)", ""),
        ("substr('hello', 'x')", ""),
        ("string-length('น้ำ')", 3.0),
        ("normalize-space('  a \t b\n')", "a b"),
        ("normalize-space('\u00a0a')", "\u00a0a"),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("translate('abc', 'cb', 'x')", "ax"),
        ("translate('aa', 'aa', 'xy')", "xx"),
        ("digest('abc', 'SHA-256', 'hex')",
         "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("digest('abc', 'MD5')", "kAFQmDzST7DWlj99KOF/cg=="),
        ("base64-decode('4LiB')", "ก"),
        ("base64-decode('not base64!')", ""),
        # truths
        ("boolean('false')", True),
        ("boolean-from-string('1')", True),
        ("boolean-from-string('TRUE')", False),
        ("not('')", True),
        ("coalesce('', 'b')", "b"),
        ("coalesce(//none, //t)", "ก"),
        ("if('x', 1, 2)", 1.0),
        ("if(//none, 1, 'no')", "no"),
        # numbers
        ("number('1.50')", 1.5),
        ("int(-2.7)", -2.0),
        ("int('x')", NAN),
        ("abs(-3)", 3.0),
        ("floor(-1.5)", -2.0),
        ("ceiling(-1.5)", -1.0),
        ("floor(1 div 0)", math.inf),
        ("round(2.5)", 3.0),
        ("round(1.005, 2)", 1.01),
        ("round(1234.5, -2)", 1200.0),
        ("round('x')", NAN),
        ("round(1.5, 99)", NAN),
        ("pow(2, 10)", 1024.0),
        ("pow(-8, 1 div 3)", NAN),
        ("pow(0, -1)", math.inf),
        ("pow(10, 400)", math.inf),
        ("pow(-10, 401)", -math.inf),
        ("sqrt(-1)", NAN),
        ("log(0)", -math.inf),
        ("log(-1)", NAN),
        ("log10(1000)", 3.0),
        ("exp10(2)", 100.0),
        ("exp(9999)", math.inf),
        ("sin(1 div 0)", NAN),
        ("atan2(1, 0)", math.pi / 2),
        ("pi()", math.pi),
        ("count(//n)", 3.0),
        ("count-non-empty(//n)", 2.0),
        # choices
        ("selected('a b  c', 'b')", True),
        ("selected('ab', 'a')", False),
        ("selected-at('a b', 1)", "b"),
        ("selected-at('a b', 2)", ""),
        ("selected-at('a b', -1)", ""),
        ("selected-at('a b', 'x')", ""),
        ("count-selected(' a  b ')", 2.0),
        ("count-selected('')", 0.0),
        # nodes
        ("local-name(//t)", "t"),
        ("name(//none)", ""),
        ("position(//t[2])", 2.0),
        ("string(//t)", "ก"),
    ],
)  # fmt: skip
def test_a_function_gives_its_value(expression: str, value: object) -> None:
    assert same(ask(expression, LIST), value)


def test_decision_x5_a_half_filled_household_is_totalled() -> None:
    """Mutant: NaN for a blank (ODK Web Forms); a word left out in silence."""
    assert ask("sum(//n)", LIST) == 2.0
    assert ask("max(//n)", LIST) == 3.0
    assert ask("min(//n, 7)", LIST) == -1.0
    assert ask("sum(//none)", LIST) == 0.0
    for expression in (
        "sum(//w)",
        "max(//n | //w)",
        "min(//w, 1)",
        "max(//none)",
        "max('')",
        "min()",
    ):
        assert same(ask(expression, LIST), NAN)


def test_decision_x6_the_largest_of_negatives_is_the_largest() -> None:
    """Mutant: JavaRosa's 4.9e-324."""
    assert ask("max(-3, -7)") == -3.0


def test_decision_x14_halves_are_rounded_upwards() -> None:
    """Mutant: Python's rounding to even, or away from zero."""
    assert [ask(f"round({x})") for x in (0.5, 1.5, -0.5, -1.5)] == [1.0, 2.0, 0.0, -1.0]
    assert ask("round(-12.345, 2)") == -12.34
    assert ask("round(12.345, 2)") == 12.35
    assert ask("round(-50.55, -2)") == -100.0


def test_decision_x15_nothing_is_chosen_where_nothing_was_chosen() -> None:
    assert ask("selected('', '')") is True
    assert ask("selected('a', '')") is False
    assert ask("selected('', 'a')") is False


def test_decision_x19_text_after_is_what_follows_the_whole_part() -> None:
    """Mutant: one character after where the part begins (ODK Web Forms)."""
    assert ask("substring-after('ab::c', '::')") == "c"


def test_decision_x20_a_checklist_counts_what_is_not_blank() -> None:
    """Mutant: no -1 for "no limit" in the weighted one (JavaRosa)."""
    assert ask("checklist(-1, 2, //n)", LIST) is True
    assert ask("checklist(3, -1, //n)", LIST) is False
    assert ask("checklist(1, 1, true(), false(), '')") is True
    assert ask("weighted-checklist(2, -1, true(), 999, false(), 5)") is True
    assert ask("weighted-checklist(-1, 2, true(), 3)") is False
    assert ask("weighted-checklist(4, 4, //t, //n)", LIST) is False
    with pytest.raises(ExpressionRefused):
        ask("weighted-checklist(1, 2, true())")


def test_if_evaluates_one_branch() -> None:
    assert ask("if(true(), 1, digest('a', 'none'))") == 1.0


def test_decision_x32_uuids_are_of_version_4_and_of_the_given_chance() -> None:
    one = ask("uuid()")
    assert isinstance(one, str)
    assert uuid.UUID(one).version == 4
    assert ask("uuid()") == one
    assert ask("string-length(uuid(12))") == 12.0
    assert ask("uuid(-1)") == ""
    assert ask("uuid('x')") == ""
    assert ask("random() < 1 and random() >= 0") is True


def test_decision_x31_an_unknown_digest_is_refused() -> None:
    for expression in ("digest('a', 'CRC')", "digest('a', 'MD5', 'octal')"):
        with pytest.raises(ExpressionRefused):
            ask(expression)


class Form(Environment):
    """A form with one list, two texts and a version."""

    __slots__ = ()

    def itext(self, name: str) -> str:
        return {"hello": "สวัสดี"}[name]

    def choice_name(self, value: str, question: str, node: object) -> str:
        return f"{question}:{value}"

    def form_version(self) -> str:
        return "2026112001"


def test_decision_x22_texts_labels_and_the_version_come_from_the_form() -> None:
    node = tree("<d/>")
    for expression, value in (
        ("jr:itext('hello')", "สวัสดี"),
        ("jr:choice-name(1, '/d/a')", "/d/a:1"),
        ("version()", "2026112001"),
    ):
        assert Compiler({}).compile(expression)(node, 1, 1, Form()) == value
    for expression in ("jr:itext('none')", "instance('none')", "pulldata('none', 'a', 'b', 'c')"):
        with pytest.raises(ExpressionRefused):
            ask(expression)
    assert ask("version()") == ""
    assert ask("jr:choice-name('a', '/d')") == "a"


@given(st.text(max_size=12), st.text(max_size=3), st.text(max_size=3))
def test_text_before_and_after_a_part_make_the_whole(text: str, part: str, other: str) -> None:
    top = tree("<d><t/><p/><o/></d>")
    for name, value in (("t", text), ("p", part), ("o", other)):
        named(top, name).value = value

    def value(expression: str) -> Value:
        return Compiler({}).compile(expression)(named(top, "d"), 1, 1, surroundings(top))

    if part and part in text:
        assert value("concat(substring-before(t, p), p, substring-after(t, p))") == text
    assert value("concat(substr(t, 0, 3), substr(t, 3))") == text
    assert value("substring(t, 1, string-length(t))") == text
    assert value("string-length(translate(t, p, ''))") == float(
        len([letter for letter in text if letter not in part])
    )
