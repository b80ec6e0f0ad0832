# SPDX-License-Identifier: Apache-2.0
"""Location paths and predicates made into closures (XPath 1.0, sections 2 and 3.3).

Three short ways: a step to a child by its name, a predicate that is a number, and the equality
of ``instance('name')/root/item[key = value]``, which the environment may answer from an index.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from desktop.xforms.node import ELEMENT, Node
from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.xpath import axes
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.syntax import (
    Binary,
    Call,
    Expression,
    Filter,
    Here,
    KindTest,
    Literal,
    NameTest,
    Number,
    Path,
    Step,
    parts,
    walk,
)
from desktop.xforms.xpath.values import Evaluate, Value, string_value, to_boolean, to_string

if TYPE_CHECKING:
    from desktop.xforms.xpath.compiler import Compiler

Keep: TypeAlias = Callable[[list[Node], Environment], list[Node]]


class _Step(NamedTuple):
    walk: axes.Walk
    keeps: tuple[Keep, ...]
    axis: str


def root(node: Node, _p: int, _s: int, environment: Environment) -> Value:
    """``/``."""
    return [axes.top(node) if environment.root is None else environment.root]


def here(node: Node, _p: int, _s: int, _e: Environment) -> Value:
    """``.``"""
    return [node]


def predicate(compiler: Compiler, tree: Expression) -> Keep:
    """What one predicate leaves of the nodes it is given, which are in the axis's order."""
    if isinstance(tree, Number):
        place = int(tree.value) if 1 <= tree.value < 1e9 and tree.value == int(tree.value) else 0
        if not place:
            return lambda _nodes, _e: []
        return lambda nodes, _e: nodes[place - 1 : place]
    decide = compiler.part(tree)

    def kept(nodes: list[Node], e: Environment) -> list[Node]:
        size = len(nodes)
        found: list[Node] = []
        for position, node in enumerate(nodes, 1):
            value = decide(node, position, size, e)
            if isinstance(value, float):
                if value == position:
                    found.append(node)
            elif value is True or (value is not False and to_boolean(value)):
                found.append(node)
        return found

    return kept


def _walk(compiler: Compiler, step: Step) -> axes.Walk:
    """The nodes of one step before its predicates."""
    relevant_only = compiler.relevant_only
    axis, wanted = step.axis, step.test
    plain = axes.AXES[axis]
    if axis == "child" and isinstance(wanted, NameTest) and not wanted.prefix:
        name = wanted.local
        if name != "*" and "" not in compiler.namespaces:
            if relevant_only:
                return lambda node: [
                    c for c in node.children if c.name == name and c.kind == ELEMENT and c.relevant
                ]
            return lambda node: [c for c in node.children if c.name == name and c.kind == ELEMENT]
    takes = axes.test(axis, wanted, compiler.namespaces)
    if takes is None:
        if relevant_only and axis not in ("self", "parent"):
            return lambda node: [found for found in plain(node) if found.relevant]
        return plain
    test = takes
    if relevant_only:
        return lambda node: [found for found in plain(node) if test(found) and found.relevant]
    return lambda node: [found for found in plain(node) if test(found)]


def _step(compiler: Compiler, step: Step) -> _Step:
    keeps = tuple(predicate(compiler, tree) for tree in step.predicates)
    return _Step(_walk(compiler, step), keeps, step.axis)


def _through(steps: tuple[_Step, ...], nodes: list[Node], e: Environment) -> list[Node]:
    """The nodes at the end of the steps, in document order."""
    for ahead, keeps, axis in steps:
        if len(nodes) == 1:
            found = ahead(nodes[0])
            for keep in keeps:
                found = keep(found, e)
            nodes = found[::-1] if axis in axes.REVERSE else found
        else:
            gathered: list[Node] = []
            for node in nodes:
                found = ahead(node)
                for keep in keeps:
                    found = keep(found, e)
                gathered.extend(found)
            nodes = gathered if axis in axes.IN_ORDER else axes.in_order(gathered)
        if not nodes:
            return []
    return nodes


def path(compiler: Compiler, tree: Path) -> Evaluate:
    """The closure of a path. It never gives a tree's own list of children away."""
    base, steps = tree.base, tree.steps
    if not steps:
        return compiler.part(base)
    simple = _simple(compiler, tree)
    if simple is not None:
        return simple
    made = tuple(_step(compiler, step) for step in steps)
    begin = compiler.part(base)

    def walked(n: Node, p: int, s: int, e: Environment) -> Value:
        nodes = begin(n, p, s, e)
        if not isinstance(nodes, list):
            raise ExpressionRefused.not_nodes("/")
        return list(_through(made, nodes, e))

    looked_up = _indexed(compiler, tree, walked)
    return looked_up or walked


def _simple(compiler: Compiler, tree: Path) -> Evaluate | None:  # noqa: PLR0911 (one a shape)
    """``.``, ``name``, ``..`` and ``../name``, which is what most of a form is made of."""
    if not isinstance(tree.base, Here) or any(step.predicates for step in tree.steps):
        return None
    match tree.steps:
        case (Step("self", KindTest("node")),):
            return here
        case (Step("child", NameTest("", local)) as only,):
            ahead = _walk(compiler, only)
            if local == "*":
                return lambda n, _p, _s, _e: list(ahead(n))
            return lambda n, _p, _s, _e: ahead(n)
        case (Step("parent", KindTest("node")),):
            return lambda n, _p, _s, _e: [] if n.parent is None else [n.parent]
        case (Step("parent", KindTest("node")), Step("child", NameTest("", local)) as last):
            if local == "*":
                return None
            ahead = _walk(compiler, last)
            return lambda n, _p, _s, _e: [] if n.parent is None else ahead(n.parent)
        case _:
            return None


def filtered(compiler: Compiler, tree: Filter) -> Evaluate:
    """``(a | b)[1]``: predicates over nodes in document order."""
    inner = compiler.part(tree.base)
    keeps = tuple(predicate(compiler, each) for each in tree.predicates)

    def kept(n: Node, p: int, s: int, e: Environment) -> Value:
        nodes = inner(n, p, s, e)
        if not isinstance(nodes, list):
            raise ExpressionRefused.not_nodes("[ ]")
        for keep in keeps:
            nodes = keep(nodes, e)
        return nodes

    return kept


# ── an index behind an equality ──────────────────────────────────────────────────────────────
# Functions whose value depends on the node they stand at, or is another each time.
_DEPENDENT: Final = frozenset(
    (
        "jr:choice-name",
        "lang",
        "last",
        "now",
        "once",
        "position",
        "random",
        "randomize",
        "today",
        "uuid",
    )
)
_OF_THE_NODE: Final = frozenset(
    ("local-name", "name", "namespace-uri", "normalize-space", "number", "string", "string-length")
)


def independent(tree: Expression) -> bool:
    """Whether an expression in a predicate has one value for all nodes the predicate is given."""
    match tree:
        case Here():
            return False
        case Path(base=base) | Filter(base=base):
            return independent(base)
        case Call(name=name, arguments=arguments) if name in _DEPENDENT or (
            name in _OF_THE_NODE and not arguments
        ):
            return False
        case _:
            return all(independent(inner) for inner in parts(tree))


def _key_name(tree: Expression) -> str:
    """The child a side of an equality is; "" for anything else."""
    match tree:
        case Path(Here(), (Step("child", NameTest("", local), ()),)) if local != "*":
            return local
        case _:
            return ""


def _names(steps: tuple[Step, ...]) -> list[str]:
    """The names of the steps up to the first with a predicate; none for other steps."""
    names: list[str] = []
    for step in steps:
        if step.axis != "child" or not isinstance(step.test, NameTest):
            return []
        if step.test.prefix or step.test.local == "*":
            return []
        names.append(step.test.local)
        if step.predicates:
            break
    return names


class _Lookup(NamedTuple):
    """A child, what it must equal, and what else the predicate wants."""

    key: str
    value: Expression
    others: tuple[Expression, ...]


def _lookup(tree: Expression) -> _Lookup | None:
    """The equality in ``child = value``, either way round, alone or in a chain of ``and``."""
    terms: list[Expression] = []
    waiting = [tree]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Binary) and found.operator == "and":
            waiting += [found.right, found.left]
        else:
            terms.append(found)
    if any(isinstance(inner, Call) and inner.name in ("position", "last") for inner in walk(tree)):
        # Among fewer nodes they would have other places.
        return None
    for place, term in enumerate(terms):
        if isinstance(term, Binary) and term.operator == "=":
            for one, other in ((term.left, term.right), (term.right, term.left)):
                key = _key_name(one)
                if key and independent(other):
                    return _Lookup(key, other, (*terms[:place], *terms[place + 1 :]))
    return None


def _indexed(compiler: Compiler, tree: Path, walked: Evaluate) -> Evaluate | None:
    """A closure that asks ``Environment.matching`` first; None where the shape is another."""
    match tree.base:
        case Call("instance", (Literal(value=name),)):
            names = _names(tree.steps)
        case _:
            return None
    if not names or not tree.steps[len(names) - 1].predicates:
        return None
    first, *others = tree.steps[len(names) - 1].predicates
    lookup = _lookup(first)
    if lookup is None:
        return None
    key, places = lookup.key, tuple(names)
    wanted = compiler.part(lookup.value)
    # A term of ``and`` is a truth, also where it is a number.
    keeps = tuple(predicate(compiler, Call("boolean", (each,))) for each in lookup.others)
    keeps += tuple(predicate(compiler, each) for each in others)
    rest = tuple(_step(compiler, step) for step in tree.steps[len(names) :])

    def looked_up(n: Node, p: int, s: int, e: Environment) -> Value:
        value = wanted(n, p, s, e)
        if isinstance(value, list):
            if not value:
                return []
            text = string_value(value[0])
            several = len(value) > 1 and any(string_value(node) != text for node in value)
        else:
            # A number is compared as a number: "01" is 1.
            several = not isinstance(value, str)
            text = to_string(value)
        found = None if several else e.matching(name, places, key, text)
        if found is None:
            return walked(n, p, s, e)
        nodes = list(found)
        for keep in keeps:
            nodes = keep(nodes, e)
        return list(_through(rest, nodes, e)) if rest else nodes

    return looked_up
