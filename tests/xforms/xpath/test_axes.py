# SPDX-License-Identifier: Apache-2.0
"""Ways through a document: axes, tests, document order, predicates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.xforms.node import ATTRIBUTE, DOCUMENT, ELEMENT, Node
from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.xpath import axes
from desktop.xforms.xpath.compiler import Compiler
from tests.xforms.xpath.ask import ask, named, surroundings, texts, tree

DOC = (
    "<!DOCTYPE r><r><!--one--><a id='x'>1<b>2</b>3</a><?go now?>"
    "<c xmlns:p='urn:p'><p:d>4</p:d><b>5</b></c><![CDATA[6]]></r>"
)


def names(expression: str, at: str = "") -> list[str]:
    found = ask(expression, DOC, at, namespaces={"p": "urn:p"})
    assert isinstance(found, list)
    return [node.name for node in found]


@pytest.mark.parametrize(
    ("expression", "at", "found"),
    [
        ("child::*", "r", ["a", "c"]),
        ("descendant::*", "r", ["a", "b", "c", "d", "b"]),
        ("descendant-or-self::*", "a", ["a", "b"]),
        ("ancestor::*", "b", ["r", "a"]),
        ("ancestor-or-self::*", "b", ["r", "a", "b"]),
        ("ancestor::*[1]", "b", ["a"]),
        ("ancestor::*[last()]", "b", ["r"]),
        ("following::*", "b", ["c", "d", "b"]),
        ("preceding::*", "c", ["a", "b"]),
        ("preceding::*[1]", "c", ["b"]),
        ("following-sibling::*", "a", ["c"]),
        ("preceding-sibling::*", "c", ["a"]),
        ("preceding-sibling::node()[1]", "c", ["go"]),
        ("parent::node()", "a", ["r"]),
        ("self::a", "a", ["a"]),
        ("self::b", "a", []),
        ("@id", "a", ["id"]),
        ("@*", "c", []),
        ("namespace::*", "c", ["p"]),
        ("processing-instruction()", "r", ["go"]),
        ("processing-instruction('no')", "r", []),
        ("p:d", "c", ["d"]),
        ("p:*", "c", ["d"]),
        ("//b", "", ["b", "b"]),
        ("//@id/..", "", ["a"]),
        ("//@id/following::*", "", ["b", "c", "d", "b"]),
        ("//b/ancestor::*", "", ["r", "a", "c"]),
        ("//b | //a | //b", "", ["a", "b", "b"]),
        ("/r/c/preceding-sibling::*/b", "", ["b"]),
        ("..", "r", [""]),
        ("/..", "", []),
    ],
)
def test_each_axis_gives_its_nodes_in_document_order(
    expression: str, at: str, found: list[str]
) -> None:
    """Mutant: reverse axes given in reverse; siblings of attributes."""
    assert names(expression, at) == found


def test_text_comments_and_sections_are_nodes() -> None:
    assert texts("/r/text()", DOC) == ["6"]
    assert texts("//comment()", DOC) == ["one"]
    assert texts("/r/a/text()", DOC) == ["1", "3"]
    assert ask("string(/r)", DOC) == "123456"
    assert ask("string(/)", DOC) == "123456"


def test_decision_x23_the_namespace_axis_has_the_declarations_of_the_element() -> None:
    assert ask("name(//c/namespace::node())", DOC) == "p"
    assert ask("count(//d/namespace::*)", DOC) == 0.0


def test_decision_x12_a_name_without_prefix_is_of_any_namespace_unless_one_is_given() -> None:
    """Mutant: no namespace alone, so that a form in the namespace of Kobo has no answers."""
    xml = "<d xmlns='urn:a'><x>1</x><x xmlns=''>2</x></d>"
    assert texts("//x", xml) == ["1", "2"]
    found = ask("//x", xml, namespaces={"": "urn:b"})
    assert isinstance(found, list)
    assert [node.namespace for node in found] == [""]
    assert ask("count(//x)", xml, namespaces={"": "urn:a"}) == 2.0
    with pytest.raises(ExpressionRefused):
        ask("//q:x", xml)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("/d/x[2]", ["2"]),
        ("/d/x[last()]", ["3"]),
        ("/d/x[position() > 1]", ["2", "3"]),
        ("/d/x[. > 1][1]", ["2"]),
        ("/d/x[0]", []),
        ("/d/x[1.5]", []),
        ("/d/x[-1]", []),
        ("/d/x['']", []),
        ("/d/x['no number']", ["1", "2", "3"]),
        ("/d/x[true()]", ["1", "2", "3"]),
        ("/d/x[../y]", ["1", "2", "3"]),
        ("/d/x[../z]", []),
        ("/d/x[number(../y)]", ["2"]),
        ("(//x)[2]", ["2"]),
        ("(/d/x | /d/y)[last()]", ["2"]),
        ("/d/*[self::y]", ["2"]),
        ("/d/x[. = current()/d/y]", ["2"]),
    ],
)
def test_predicates_keep_by_place_or_by_truth(expression: str, found: list[str]) -> None:
    """Mutant: a number as a truth; places counted over all parents."""
    assert texts(expression, "<d><x>1</x><x>2</x><x>3</x><y>2</y></d>") == found


def test_places_are_counted_for_each_parent() -> None:
    xml = "<d><g><x>1</x><x>2</x></g><g><x>3</x></g></d>"
    assert texts("//x[1]", xml) == ["1", "3"]
    assert texts("(//x)[1]", xml) == ["1"]
    assert texts("/d/g/x[last()]", xml) == ["2", "3"]


def test_decision_x27_what_is_not_relevant_has_no_text_and_no_path_leads_to_it() -> None:
    """Mutant: the answer of a hidden question counted."""
    top = tree("<d><x>1</x><g><x>2</x></g><x>3</x></d>")
    named(top, "g").relevant = False
    for child in named(top, "g").children:
        child.relevant = False
    environment = surroundings(top)
    only = Compiler({}, relevant_only=True)
    for expression, value in (
        ("count(//x)", 2.0),
        ("sum(//x)", 4.0),
        ("string(/d)", "13"),
        ("count(/d/g)", 0.0),
        ("count(/d/*)", 2.0),
        ("count(//node())", 5.0),
    ):
        assert only.compile(expression)(top, 1, 1, environment) == value
    every = Compiler({})
    found = every.compile("//x")(top, 1, 1, environment)
    assert isinstance(found, list)
    assert len(found) == 3
    assert every.compile("count(//x)")(top, 1, 1, environment) == 2.0
    assert every.compile("string(/d/g/x)")(top, 1, 1, environment) == ""


def test_a_path_never_gives_away_a_trees_own_children() -> None:
    """Mutant: the list of children itself, which a session would then change."""
    top = tree("<d><x/></d>")
    data = named(top, "d")
    for expression in ("node()", "*", "child::node()", "self::node()/node()"):
        found = Compiler({}).compile(expression)(data, 1, 1, surroundings(top))
        assert found == data.children
        assert found is not data.children


@st.composite
def forests(draw: st.DrawFn) -> tuple[Node, list[Node]]:
    """A tree, and its nodes in document order."""
    top = Node(DOCUMENT)
    order = [top]

    def grow(parent: Node, depth: int) -> None:
        for _ in range(draw(st.integers(0, 1)) if parent.kind == ELEMENT else 0):
            parent.attributes.append(Node(ATTRIBUTE, "a", parent))
            order.append(parent.attributes[-1])
        for _ in range(draw(st.integers(0, 3)) if depth else 0):
            child = Node(ELEMENT, "e", parent)
            parent.children.append(child)
            order.append(child)
            grow(child, depth - 1)

    grow(top, 4)
    return top, order


@given(forests(), st.randoms(use_true_random=False))
def test_nodes_are_put_in_document_order_each_once(
    forest: tuple[Node, list[Node]], chance: object
) -> None:
    """Mutant: the order of many (a walk) other than that of few (a sort)."""
    _top, order = forest
    mixed = order + order[::2]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert axes.in_order(mixed) == order
    few = mixed[:7]
    wanted = [node for node in order if any(node is one for one in few)]
    assert axes.in_order(few) == wanted


@given(forests())
def test_five_axes_part_the_document(forest: tuple[Node, list[Node]]) -> None:
    """XPath 1.0, section 2.2: ancestor, descendant, following, preceding and self."""
    _top, order = forest
    elements = [node for node in order if node.kind != ATTRIBUTE]
    for node in elements[:8]:
        met = [node]
        for axis in ("ancestor", "descendant", "following", "preceding"):
            met += axes.AXES[axis](node)
        assert axes.in_order(met) == elements
        assert len(met) == len(elements)
