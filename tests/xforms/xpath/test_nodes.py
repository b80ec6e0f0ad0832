# SPDX-License-Identifier: Apache-2.0
"""Functions that are about nodes: names, places, repeats, chance."""

from __future__ import annotations

import math

import pytest

from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.xpath.compiler import Compiler
from tests.xforms.xpath.ask import ask, named, same, surroundings, texts, tree

NAN = math.nan


def test_decision_x16_a_position_is_among_siblings_of_the_same_name() -> None:
    xml = "<d><a/><b/><a/><c/><a/></d>"
    assert ask("position(//a[3])", xml) == 3.0
    assert ask("position(//a)", xml) == 1.0
    assert same(ask("position(//none)", xml), NAN)
    assert ask("position(..)", xml, "d") == 1.0
    with pytest.raises(ExpressionRefused):
        ask("position('a')", xml)


def test_names_tell_prefix_namespace_and_language() -> None:
    xml = "<d xmlns:p='urn:p' xml:lang='th-TH'><p:x p:y='1'/></d>"
    assert ask("name(//p:x)", xml, namespaces={"p": "urn:p"}) == "p:x"
    assert ask("local-name(/d/*)", xml) == "x"
    assert ask("namespace-uri(/d/*)", xml) == "urn:p"
    assert ask("name(/d/*/@*)", xml) == "p:y"
    assert ask("name()", xml) == ""
    assert ask("lang('TH')", xml, "x") is True
    assert ask("lang('t')", xml, "x") is False
    assert texts("id('b a')", "<d><e id='a'>1</e><e id='b'>2</e></d>") == ["1", "2"]


def test_decision_x33_indexed_repeat_finds_the_outer_repeat_first() -> None:
    """Mutant: pairs taken in the order they are written."""
    xml = "<d><h><p><n>1</n></p><p><n>2</n></p></h><h><p><n>3</n></p><p><n>4</n></p></h></d>"
    assert texts("indexed-repeat(/d/h/p/n, /d/h, 2, /d/h/p, 1)", xml) == ["3"]
    assert texts("indexed-repeat(/d/h/p/n, /d/h/p, 1, /d/h, 2)", xml) == ["3"]
    assert texts("indexed-repeat(/d/h/p/n, /d/h, 1)", xml) == ["1", "2"]
    for expression in (
        "indexed-repeat(/d/h/p/n, /d/h, 3)",
        "indexed-repeat(/d/h/p/n, /d/h, 0)",
        "indexed-repeat(/d/h/p/n, /d/h, 'x')",
        "indexed-repeat(/d/h/p/n, /d/none, 1)",
        "indexed-repeat(/d/h/p/n, /d/h, 1, /d/h/p, 3)",
    ):
        assert texts(expression, xml) == []
    for expression in ("indexed-repeat('x', /d/h, 1)", "indexed-repeat(/d, /d)"):
        with pytest.raises(ExpressionRefused):
            ask(expression, xml)


def test_once_keeps_the_answer_there_is() -> None:
    """Mutant: the argument evaluated all the same."""
    assert ask("once(uuid())", "<d><a>kept</a></d>", "a") == "kept"
    assert ask("once(1 + 1)", "<d><a/></d>", "a") == "2"


def test_decision_x28_current_is_where_the_expression_began() -> None:
    xml = "<d><k>2</k><i><c>1</c></i><i><c>2</c></i></d>"
    assert texts("/d/i[c = current()]/c", xml, "k") == ["2"]
    assert texts("/d/i[c = current()/../k]", xml, "k") == ["2"]
    environment = surroundings(tree(xml))
    other = named(environment.root or tree(xml), "k")
    environment.current = other
    node = named(environment.root or tree(xml), "i")
    assert Compiler({}).compile("current()")(node, 1, 1, environment) == [other]
    assert environment.current is other


def test_decision_x25_the_same_seed_gives_the_order_of_other_engines() -> None:
    """The orders are JavaRosa's. Mutant: Python's remainder, or another shuffle."""
    xml = "<d>" + "".join(f"<x>{letter}</x>" for letter in "ABCDEF") + "</d>"
    for seed, order in (
        ("42", "AFCBDE"),
        ("0", "CBEAFD"),
        ("''", "CBEAFD"),
        ("-42", "EDAFBC"),
        ("1.9", "BFEACD"),
        ("4294967296", "ECFDBA"),
        ("-1 div 0", "ABFCDE"),
    ):
        assert texts(f"randomize(//x, {seed})", xml) == list(order)
    for seed in ("'word'", "1 div 0"):
        once, again = texts(f"randomize(//x, {seed})", xml), texts(f"randomize(//x, {seed})", xml)
        assert once == again
        assert sorted(once) == list("ABCDEF")
    assert sorted(texts("randomize(//x)", xml)) == list("ABCDEF")


def test_functions_of_nodes_refuse_values() -> None:
    for name in ("count", "sum", "count-non-empty", "name", "randomize", "local-name"):
        with pytest.raises(ExpressionRefused, match=name):
            ask(f"{name}('x')")
    for expression in ("'a' | .", "'a'/b", "(1)[1]"):
        with pytest.raises(ExpressionRefused):
            ask(expression)
