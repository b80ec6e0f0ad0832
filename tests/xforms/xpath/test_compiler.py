# SPDX-License-Identifier: Apache-2.0
"""Closures: short ways that give what the long ones do, lists behind an index, deep nesting."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.xforms.node import DOCUMENT, ELEMENT, Node
from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.xpath.compiler import Compiler
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.functions import FUNCTIONS
from desktop.xforms.xpath.parser import DEEPEST
from desktop.xforms.xpath.values import string_value
from tests.xforms.xpath.ask import ask, named, surroundings, tree

LIST = """<d><want>10</want><two>10</two><two>30</two><instance id='amphoe'><root>
<item><name>1001</name><prov>10</prov><kind>a</kind></item>
<item><name>1002</name><prov>10</prov><kind>b</kind></item>
<item><name>3001</name><prov>30</prov><kind>a</kind></item>
<item><name>3002</name><prov>30</prov><kind>b</kind></item>
<item><name>0010</name><prov>010</prov><kind>c</kind></item>
</root></instance></d>"""


class Listed(Environment):
    """An environment with one list, that notes what its index is asked for."""

    __slots__ = ("asked", "indexed", "list")

    def __init__(self, top: Node, *, indexed: bool) -> None:
        super().__init__(top)
        self.list = named(top, "instance")
        self.indexed = indexed
        self.asked: list[tuple[str, tuple[str, ...], str, str]] = []

    def instance(self, name: str) -> list[Node]:
        assert name == "amphoe"
        return [self.list]

    def matching(
        self, name: str, path: tuple[str, ...], child: str, value: str
    ) -> Sequence[Node] | None:
        self.asked.append((name, path, child, value))
        if not self.indexed:
            return None
        items = [node for node in named(self.list, "root").children if node.kind == ELEMENT]
        return [i for i in items if string_value(named(i, child)) == value]


@pytest.mark.parametrize(
    ("inside", "rest", "found", "asked"),
    [
        ("prov = '10'", "", ["1001", "1002"], "10"),
        ("'10' = prov", "", ["1001", "1002"], "10"),
        ("prov = /d/want", "", ["1001", "1002"], "10"),
        ("prov = current()/../want", "", ["1001", "1002"], "10"),
        ("prov = string(/d/want)", "", ["1001", "1002"], "10"),
        ("prov = concat('3', '0')", "", ["3001", "3002"], "30"),
        ("prov = current()/../want and kind = 'b'", "", ["1002"], "10"),
        ("kind = 'b' and prov = '10'", "", ["1002"], "b"),
        ("prov = '10' and 1", "", ["1001", "1002"], "10"),
        ("prov = '10'][kind = 'b'", "", ["1002"], "10"),
        ("prov = '30'][2", "", ["3002"], "30"),
        ("prov = '30'][last()", "", ["3002"], "30"),
        ("prov = '10'", "[1]/kind", ["a"], "10"),
        ("prov = 'x'", "", [], "x"),
        ("prov = /d/none", "", [], None),
        ("prov = 10", "", ["1001", "1002", "0010"], None),
        ("prov = true()", "", ["1001", "1002", "3001", "3002", "0010"], None),
        ("prov = /d/two", "", ["1001", "1002", "3001", "3002"], None),
        ("prov = kind", "", [], None),
        ("prov = '10' and position() = 2", "", ["1002"], None),
        ("prov != '10'", "", ["3001", "3002", "0010"], None),
        ("prov = '10' or kind = 'c'", "", ["1001", "1002", "0010"], None),
        ("prov = string-length()", "", [], None),
    ],
)
def test_decision_x30_an_equality_on_a_list_is_answered_from_an_index(
    inside: str, rest: str, found: list[str], asked: str | None
) -> None:
    """With the index, without it, and as a plain path the same items.

    Mutant: an index asked for a number ("010" is 10), or for what each item has of its own.
    """
    top = tree(LIST)
    node = named(top, "want")
    step = rest or "/name"
    for indexed in (True, False):
        environment = Listed(top, indexed=indexed)
        made = Compiler({}).compile(f"instance('amphoe')/root/item[{inside}]{step}")
        given_back = made(node, 1, 1, environment)
        assert isinstance(given_back, list)
        assert [string_value(one) for one in given_back] == found
        assert [value for *_ask, value in environment.asked] == ([] if asked is None else [asked])
        plain = Compiler({}).compile(f"/d/instance/root/item[{inside}]{step}")
        assert plain(node, 1, 1, environment) == given_back


def test_decision_x30_places_are_counted_for_each_parent_behind_an_index_too() -> None:
    """Mutant: the second item of the whole list for ``[2]``."""
    group = "<g><item><k>1</k><n>{0}</n></item><item><k>1</k><n>{1}</n></item></g>"
    top = tree(
        f"<instance><root>{group.format('a', 'b')}{group.format('c', 'd')}</root></instance>"
    )

    class Grouped(Listed):
        __slots__ = ()

        def matching(
            self, name: str, path: tuple[str, ...], child: str, value: str
        ) -> Sequence[Node] | None:
            groups = named(self.list, "root").children
            return [item for one in groups for item in one.children] if self.indexed else None

    made = Compiler({}).compile("instance('amphoe')/root/g/item[k = '1'][2]/n")
    for indexed in (True, False):
        found = made(top, 1, 1, Grouped(top, indexed=indexed))
        assert isinstance(found, list)
        assert [string_value(node) for node in found] == ["b", "d"]


def test_decision_x30_pulldata_asks_the_index_too() -> None:
    top = tree(LIST)
    made = Compiler({}).compile("pulldata('amphoe', 'name', 'prov', '30')")
    for indexed in (True, False):
        environment = Listed(top, indexed=indexed)
        assert made(top, 1, 1, environment) == "3001"
        assert environment.asked == [("amphoe", ("root", "item"), "prov", "30")]
    missing = Compiler({}).compile("pulldata('amphoe', 'name', 'prov', 'x')")
    assert missing(top, 1, 1, Listed(top, indexed=True)) == ""


def test_what_an_index_gives_is_not_changed() -> None:
    """Mutant: the environment's own list returned, and then sorted by a session."""
    top = tree(LIST)

    class Same(Listed):
        __slots__ = ("same",)

        def matching(
            self, name: str, path: tuple[str, ...], child: str, value: str
        ) -> Sequence[Node] | None:
            self.same = list(super().matching(name, path, child, value) or [])
            return self.same

    environment = Same(top, indexed=True)
    found = Compiler({}).compile("instance('amphoe')/root/item[prov='10']")(top, 1, 1, environment)
    assert found == environment.same
    assert found is not environment.same


def test_lists_within_lists_are_compiled_once_a_level() -> None:
    """Mutant: each equality compiled twice, which doubles sixty times."""
    top = tree(LIST)
    expression = "instance('amphoe')/root/item[prov=" * 60 + "'10'" + "]/prov" * 60
    environment = Listed(top, indexed=False)
    found = Compiler({}).compile(expression)(top, 1, 1, environment)
    assert isinstance(found, list)
    assert [string_value(node) for node in found] == ["10", "10"]
    assert len(environment.asked) == 60


SIMPLE = "<d><a>1</a><g><a>2</a><b>x</b></g><a/></d>"


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (".", "self::node()[true()]"),
        ("a", "child::a[true()]"),
        ("*", "child::*[true()]"),
        ("..", "parent::node()[true()]"),
        ("../a", "parent::node()/child::a[true()]"),
        ("../*", "parent::node()/child::*[true()]"),
        ("/d/a", "/d[true()]/a[true()]"),
        ("a > 1", "a > (0 + 1)"),
        ("1 < a", "(0 + 1) < a"),
        ("b = 'x'", "b = concat('x')"),
        ("'x' != b", "concat('x') != b"),
        ("a + 1", "a + (0 + 1)"),
        ("a - -1", "a - (0 - 1)"),
        ("a[1]", "a[0 + 1]"),
        ("a = 2 and b", "boolean(a = 2 and b)"),
        ("a = 9 or b = 'x' or c", "boolean(a = 9 or (b = 'x' or c))"),
    ],
)
def test_short_ways_give_what_the_long_ones_do(short: str, long: str) -> None:
    top = tree(SIMPLE)
    for relevant_only in (False, True):
        compiler = Compiler({}, relevant_only=relevant_only)
        one, other = compiler.compile(short), compiler.compile(long)
        for node in (top, *(named(top, name) for name in ("d", "a", "g", "b"))):
            found = one(node, 1, 1, surroundings(top))
            wanted = other(node, 1, 1, surroundings(top))
            assert found == wanted or found != found


def test_and_and_or_go_no_further_than_needed() -> None:
    """Mutant: all terms evaluated."""
    late = Compiler({}, late=True)
    node = tree("<d/>")
    for expression, truth in (
        ("false() and f()", False),
        ("1 or f()", True),
        ("1 and 0 and f()", False),
        ("0 or '' or 'x' or f()", True),
        ("'a' and 'b'", True),
        ("0 or ''", False),
    ):
        assert late.compile(expression)(node, 1, 1, surroundings()) is truth


@pytest.mark.parametrize("length", [2, 3, 4, 2000])
def test_long_chains_are_one_loop(length: int) -> None:
    """Mutant: a closure within a closure for each term, which overflows the stack."""
    for operator, value in ((" + ", float(length)), (" * ", 1.0), (" or ", True), (" and ", True)):
        assert ask(operator.join(["/d/a"] * length), "<d><a>1</a></d>") == value
    assert ask("count(" + "|".join(["/d/a"] * length) + ")", "<d><a>1</a></d>") == 1.0
    assert ask(" - ".join(["1"] * length)) == 2.0 - length
    assert ask("/d/a[. = " + "+".join(["0"] * length) + "+1]", "<d><a>1</a></d>") != []


@pytest.mark.parametrize(
    ("opening", "inner", "closing"),
    [
        ("(", "1", ")"),
        ("not(", "1", ")"),
        ("if(1,", "1", ",2)"),
        ("if(0,2,", "1", ")"),
        (".[.", "", "]"),
        ("a[../a", "", "]"),
        ("(", ".", ")[1]"),
        ("-(", "1", ")"),
        ("(1+", "1", ")"),
        ("(.|", ".", ")"),
        ("(", ".", ")/."),
        ("(0 or ", "1", ")"),
        ("concat(1,2,", "1", ")"),
        ("position(.[", "1", "])"),
        ("once(", "1", ")"),
    ],
)
def test_decision_x26_what_is_read_fits_the_stack(opening: str, inner: str, closing: str) -> None:
    """From a caller three hundred frames down. Mutant: five frames a level when compiling."""
    top = tree("<d><a>1</a></d>")

    def deep(levels: int) -> None:
        if levels:
            deep(levels - 1)
            return
        for nested in range(DEEPEST, 0, -1):
            try:
                made = Compiler({}).compile(opening * nested + inner + closing * nested)
            except ExpressionRefused:
                continue
            made(named(top, "a"), 1, 1, surroundings(top))
            assert nested >= 49
            return

    limit = sys.getrecursionlimit()
    here = len([1 for _ in iter(_frames())])
    sys.setrecursionlimit(1000 + here)
    try:
        deep(300)
    finally:
        sys.setrecursionlimit(limit)


def _frames() -> list[object]:
    found: list[object] = []
    frame = sys._getframe()
    while frame is not None:
        found.append(frame)
        frame = frame.f_back  # type: ignore[assignment]
    return found


# ── nothing but a refusal ────────────────────────────────────────────────────────────────────
CALLS = sorted(name for name in FUNCTIONS if name != "randomize")
ODD = st.sampled_from(
    [
        *("1", "-1", "0", "1e300", "(1 div 0)", "(-1 div 0)", "(0 div 0)", "0.1", "99999999999"),
        *("''", "'x'", "'2026-11-20'", "'9999-12-31T23:59:59Z'", "'0001-01-01T00:00:00+14:00'"),
        *("'12:30'", "'1 2 3'", "'15.1 100.2; 15.2 100.3;'", "'(a+)+$'", "'[ก-'", "'\ud800'"),
        *("true()", "false()", ".", "..", "//*", "//@*", "/", "a", "none", "//text()", "today()"),
        *("current()", "position()", "last()", "now()", "uuid()", "@*", "namespace::*"),
    ]
)
EXPRESSIONS = st.recursive(
    ODD,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(CALLS), st.lists(inner, max_size=4)).map(
            lambda t: f"{t[0]}({', '.join(t[1])})"
        ),
        st.tuples(
            inner, st.sampled_from(["+", "-", "*", "div", "mod", "=", "!=", "<", "|"]), inner
        ).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(inner, inner).map(lambda t: f"({t[0]})[{t[1]}]"),
        st.tuples(inner, inner).map(lambda t: f"({t[0]})/*[{t[1]}]"),
        st.tuples(inner, inner).map(lambda t: f"randomize({t[0]}, {t[1]})"),
        st.tuples(inner, inner, inner).map(lambda t: f"indexed-repeat({', '.join(t)})"),
    ),
    max_leaves=8,
)


@settings(max_examples=200)
@given(EXPRESSIONS, st.booleans())
def test_no_expression_raises_anything_but_a_refusal(expression: str, instants: bool) -> None:
    """Mutant: any ``except`` of the functions removed (OverflowError, ValueError)."""
    top = tree("<d xml:lang='th'><a id='1'>1</a><a>2026-11-20</a><b>x y<c/></b></d>")
    try:
        made = Compiler({}).compile(expression)
        for node in (top, named(top, "a")):
            value = made(node, 1, 1, surroundings(top, instants=instants))
            assert type(value) in (float, str, bool, list)
    except ExpressionRefused:
        pass


@given(st.text(alphabet="a1.'\"()[]/@:*+-=<>|, $#ก\t\x00", max_size=20))
def test_no_source_raises_anything_but_a_refusal(source: str) -> None:
    with contextlib.suppress(ExpressionRefused):
        Compiler({}).compile(source)


@given(st.lists(st.sampled_from(["1", "2", "x", ""]), max_size=6), st.floats(-3, 8))
def test_a_number_in_brackets_is_a_place(values: list[str], place: float) -> None:
    top = Node(DOCUMENT)
    data = Node(ELEMENT, "d", top)
    top.children.append(data)
    data.children = [Node(ELEMENT, "a", data, value) for value in values]
    found = Compiler({}).compile(f"a[{format(place, 'f')}]")(data, 1, 1, surroundings(top))
    rounded = float(format(place, "f"))
    wanted = [n for i, n in enumerate(data.children, 1) if i == rounded]
    assert found == wanted
