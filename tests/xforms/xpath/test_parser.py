# SPDX-License-Identifier: Apache-2.0
"""Expressions read into trees, and refused with the character where reading ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.xpath.parser import DEEPEST, LONGEST, parse
from desktop.xforms.xpath.syntax import (
    Binary,
    Call,
    Expression,
    Filter,
    Here,
    KindTest,
    Literal,
    NameTest,
    Negation,
    Number,
    Path,
    Root,
    Step,
    Union,
    walk,
)


def step(name: str, *predicates: Expression, axis: str = "child") -> Step:
    return Step(axis, NameTest("", name), predicates)


SELF = Step("self", KindTest("node"))
UP = Step("parent", KindTest("node"))
BELOW = Step("descendant-or-self", KindTest("node"))


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("1", Number(1.0)),
        (".5", Number(0.5)),
        ("2.5e-3", Number(0.0025)),
        ("'ก \"ข'", Literal('ก "ข')),
        (".", Path(Here(), (SELF,))),
        ("/", Path(Root(), ())),
        ("/data/a", Path(Root(), (step("data"), step("a")))),
        ("//a", Path(Root(), (BELOW, step("a")))),
        ("../a", Path(Here(), (UP, step("a")))),
        ("@id", Path(Here(), (step("id", axis="attribute"),))),
        ("ancestor::x", Path(Here(), (step("x", axis="ancestor"),))),
        ("jr:x/*", Path(Here(), (Step("child", NameTest("jr", "x")), step("*")))),
        ("jr:*", Path(Here(), (Step("child", NameTest("jr", "*")),))),
        ("a[2]", Path(Here(), (step("a", Number(2.0)),))),
        ("(a)[2]", Filter(Path(Here(), (step("a"),)), (Number(2.0),))),
        ("current()/..", Path(Call("current", ()), (UP,))),
        ("-1", Negation(Number(1.0))),
        ("--1", Negation(Negation(Number(1.0)))),
        ("a|b", Union(Path(Here(), (step("a"),)), Path(Here(), (step("b"),)))),
        ("เลขที่", Path(Here(), (step("เลขที่"),))),
        ("div div mod", Binary("div", Path(Here(), (step("div"),)), Path(Here(), (step("mod"),)))),
        ("* * *", Binary("*", Path(Here(), (step("*"),)), Path(Here(), (step("*"),)))),
        ("comment()", Path(Here(), (Step("child", KindTest("comment")),))),
        (
            "processing-instruction('x')",
            Path(Here(), (Step("child", KindTest("processing-instruction", "x")),)),
        ),
    ],
)
def test_each_shape_is_read(source: str, tree: Expression) -> None:
    """Mutant: a name after an operand taken for a name, or "*" for a product."""
    assert parse(source) == tree


def test_operators_bind_as_strongly_as_the_recommendation_says() -> None:
    """Mutant: any two strengths exchanged."""
    assert parse("1 or 2 and 3 = 4 < 5 + 6 * 7") == Binary(
        "or",
        Number(1.0),
        Binary(
            "and",
            Number(2.0),
            Binary(
                "=",
                Number(3.0),
                Binary(
                    "<",
                    Number(4.0),
                    Binary("+", Number(5.0), Binary("*", Number(6.0), Number(7.0))),
                ),
            ),
        ),
    )
    assert parse("1 - 2 - 3") == Binary("-", Binary("-", Number(1.0), Number(2.0)), Number(3.0))
    assert parse("-a|b") == Negation(parse("a|b"))


def test_an_operator_may_lean_on_what_follows_it() -> None:
    assert parse("1 or-1") == Binary("or", Number(1.0), Negation(Number(1.0)))
    assert parse("1and 1") == Binary("and", Number(1.0), Number(1.0))


@pytest.mark.parametrize(
    ("source", "position"),
    [
        ("", 1),
        ("1 +", 4),
        ("a b", 3),
        ("a[1", 4),
        ("f(1,)", 5),
        ("'open", 1),
        ("a::b", 1),
        ("$x", 1),
        ("a/", 3),
        ("#", 1),
        ("1 = = 2", 5),
        (")", 1),
        ("a/text(", 8),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_character(source: str, position: int) -> None:
    """Mutant: positions counted from 0."""
    with pytest.raises(ExpressionRefused, match=rf"\b{position}\b"):
        parse(source)


def test_decision_x26_length_and_depth_are_bounded() -> None:
    """Mutant: no count of levels (the stack overflows), or none of characters."""
    with pytest.raises(ExpressionRefused):
        parse("1" * (LONGEST + 1))
    for opening, closing in (
        ("(", ")"),
        ("not(", ")"),
        ("a[", "]"),
        ("1-(", ")"),
        ("if(1,2,", ")"),
    ):
        with pytest.raises(ExpressionRefused):
            parse(opening * (DEEPEST * 5) + "1" + closing * (DEEPEST * 5))
    assert parse("(" * (DEEPEST - 1) + "1" + ")" * (DEEPEST - 1)) == Number(1.0)
    with pytest.raises(ExpressionRefused):
        parse("1" + "=1" * 2000)


@pytest.mark.parametrize("operator", ["or", "and", "+", "-", "*", "div", "|"])
def test_decision_x26_chains_may_be_thousands_long(operator: str) -> None:
    """Mutant: a recursive walk of what leans to the left."""
    tree = parse(f" {operator} ".join(["a"] * 3000))
    assert sum(1 for found in walk(tree) if isinstance(found, Path)) == 3000


def test_walking_goes_from_left_to_right_into_predicates() -> None:
    names = [
        found.name
        for found in walk(parse("f(g(), a[h()]) + (i())[j()]"))
        if isinstance(found, Call)
    ]
    assert names == ["f", "g", "h", "i", "j"]


ATOMS = st.sampled_from(["1", "2.5", "'x'", "a", "../b", "/data/c", ".", "f()", "@id", "//d"])
OPERATORS = st.sampled_from(["or", "and", "=", "!=", "<", "<=", "+", "-", "*", "div", "mod"])
SOURCES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, OPERATORS, inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.lists(inner, max_size=3).map(lambda given: f"f({', '.join(given)})"),
        inner.map(lambda one: f"-{one}"),
        inner.map(lambda one: f"a[{one}]"),
    ),
    max_leaves=12,
)


def written(tree: Expression) -> str:
    """The tree as a source again."""
    match tree:
        case Number(value):
            return format(value, "f")
        case Literal(value):
            return f"'{value}'"
        case Root() | Here():
            return ""
        case Path(base, steps):
            head = "/" if isinstance(base, Root) else ""
            return head + "/".join(written_step(one) for one in steps)
        case Call(name, arguments):
            return f"{name}({','.join(map(written, arguments))})"
        case Binary(operator, left, right):
            return f"({written(left)} {operator} {written(right)})"
        case Negation(operand):
            return f"- {written(operand)}"
        case Filter(base, predicates):
            return f"({written(base)})" + "".join(f"[{written(one)}]" for one in predicates)
        case Union(left, right):
            return f"({written(left)}|{written(right)})"


def written_step(one: Step) -> str:
    if isinstance(one.test, KindTest):
        test = f"{one.test.kind}({one.test.target!r})" if one.test.target else f"{one.test.kind}()"
    else:
        test = f"{one.test.prefix}:{one.test.local}" if one.test.prefix else one.test.local
    return f"{one.axis}::{test}" + "".join(f"[{written(each)}]" for each in one.predicates)


@given(SOURCES)
def test_what_a_tree_says_is_read_as_the_same_tree(source: str) -> None:
    tree = parse(source)
    assert parse(written(tree)) == tree
