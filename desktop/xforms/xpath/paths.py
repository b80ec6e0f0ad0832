# SPDX-License-Identifier: Apache-2.0
"""Location paths and predicates made into closures (XPath 1.0, sections 2 and 3.3).

Short ways: ``.``, a step to a child by its name, that of the parent, a predicate that is a number.
The equalities an environment answers from an index are in ``lookup``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from desktop.xforms.node import ELEMENT, Node
from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.xpath import axes
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.syntax import (
    Call,
    Expression,
    Filter,
    Here,
    KindTest,
    NameTest,
    Number,
    Path,
    Root,
    Step,
)
from desktop.xforms.xpath.values import Evaluate, Value, to_boolean

if TYPE_CHECKING:
    from desktop.xforms.xpath.compiler import Compiler

Keep: TypeAlias = Callable[[list[Node], Environment], list[Node]]


_MANY: Final = 32
"""Nodes of one step that are not worth counting."""


class Stride(NamedTuple):
    walk: axes.Walk
    keeps: tuple[Keep, ...]
    axis: str
    once: bool
    """Whether nodes below others of those it begins at may be left out: it finds theirs too."""


def root(node: Node, _p: int, _s: int, environment: Environment) -> Value:
    """``/``."""
    return [_root_node(node, environment)]


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
        e.spend(size)
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


def walk_of(compiler: Compiler, step: Step) -> axes.Walk:
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


def stride(compiler: Compiler, step: Step) -> Stride:
    keeps: list[Keep] = []
    walk = walk_of(compiler, step)
    if step.axis in axes.LONG:
        # All that is walked is counted, then the test keeps what is asked for.
        keeps.append(_counted(axes.test(step.axis, step.test, compiler.namespaces), compiler))
        walk = axes.AXES[step.axis]
    for tree in step.predicates:
        keeps.append(predicate(compiler, tree))  # noqa: PERF401 (one frame a level)
    once = step.axis in axes.DEEP and not step.predicates
    return Stride(walk, tuple(keeps), step.axis, once)


def _counted(takes: axes.Test | None, compiler: Compiler) -> Keep:
    """The test of a step over a long way, which counts the nodes on it."""
    relevant_only = compiler.relevant_only

    def kept(nodes: list[Node], e: Environment) -> list[Node]:
        e.spend(len(nodes))
        if takes is not None:
            nodes = [node for node in nodes if takes(node)]
        return [node for node in nodes if node.relevant] if relevant_only else nodes

    return kept


def through(steps: tuple[Stride, ...], nodes: list[Node], e: Environment) -> list[Node]:
    """The nodes at the end of the steps, in document order."""
    for ahead, keeps, axis, once in steps:
        if len(nodes) == 1:
            found = ahead(nodes[0])
            if len(found) > _MANY:
                e.spend(len(found))
            for keep in keeps:
                found = keep(found, e)
            nodes = found[::-1] if axis in axes.REVERSE else found
        else:
            gathered: list[Node] = []
            if once:
                nodes = axes.outermost(nodes)  # the others are below these
            for node in nodes:
                found = ahead(node)
                for keep in keeps:
                    found = keep(found, e)
                gathered.extend(found)
            e.spend(len(gathered))
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
    found: list[Stride] = []
    for step in steps:
        found.append(stride(compiler, step))  # noqa: PERF401 (one frame a level)
    made = tuple(found)
    begin = compiler.part(base)

    def walked(n: Node, p: int, s: int, e: Environment) -> Value:
        nodes = begin(n, p, s, e)
        if not isinstance(nodes, list):
            raise ExpressionRefused.not_nodes("/")
        return list(through(made, nodes, e))

    return walked


def _simple(compiler: Compiler, tree: Path) -> Evaluate | None:
    """``.``, ``name``, ``..`` and ``../name``, which is what most of a form is made of."""
    if not isinstance(tree.base, Here) or any(step.predicates for step in tree.steps):
        return _plain(compiler, tree)
    match tree.steps:
        case (Step("self", KindTest("node")),):
            return here
        case (Step("parent", KindTest("node")),):
            return lambda n, _p, _s, _e: [] if n.parent is None else [n.parent]
        case (Step("child", NameTest("", local)) as only,) if local != "*":
            ahead = walk_of(compiler, only)
            return lambda n, _p, _s, _e: ahead(n)
        case (Step("parent", KindTest("node")), Step("child", NameTest("", local)) as last) if (
            local != "*"
        ):
            ahead = walk_of(compiler, last)
            return lambda n, _p, _s, _e: [] if n.parent is None else ahead(n.parent)
        case _:
            return _plain(compiler, tree)


def _plain(compiler: Compiler, tree: Path) -> Evaluate | None:
    """``/data/group/name``, ``../../name`` and the like: up, then down by names alone."""
    up, down = _up_and_down(tree.steps)
    begin = _begin(tree.base)
    if compiler.relevant_only or "" in compiler.namespaces or not down or begin is None:
        return None

    def walked(n: Node, _p: int, _s: int, e: Environment) -> Value:
        node: Node | None = begin(n, e)
        for _level in range(up):
            if node is None:
                break
            node = node.parent
        if node is None:
            return []
        nodes = [node]
        for name in down:
            if len(nodes) == 1:
                children = nodes[0].children
                nodes = [c for c in children if c.name == name and c.kind == ELEMENT]
            else:
                nodes = [
                    c
                    for one in nodes
                    for c in one.children
                    if c.name == name and c.kind == ELEMENT
                ]
        if len(nodes) > _MANY:
            e.spend(len(nodes))
        return nodes

    return walked


def _up_and_down(steps: tuple[Step, ...]) -> tuple[int, tuple[str, ...]]:
    """How many parents up, then which names down; no names for steps of another kind."""
    up = 0
    names: list[str] = []
    for step in steps:
        match step:
            case Step("parent", KindTest("node"), ()) if not names:
                up += 1
            case Step("child", NameTest("", local), ()) if local != "*":
                names.append(local)
            case _:
                return 0, ()
    return up, tuple(names)


def _begin(base: Expression) -> Callable[[Node, Environment], Node] | None:
    """What gives the one node a path begins at; None where there may be another number."""
    match base:
        case Root():
            return _root_node
        case Here():
            return _here_node
        case Call("current", ()):
            return _current_node
        case _:
            return None


def _root_node(node: Node, environment: Environment) -> Node:
    return axes.top(node) if environment.root is None else environment.root


def _here_node(node: Node, _environment: Environment) -> Node:
    return node


def _current_node(node: Node, environment: Environment) -> Node:
    return node if environment.current is None else environment.current


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
