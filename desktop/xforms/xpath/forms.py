# SPDX-License-Identifier: Apache-2.0
"""Functions that decide themselves which of their arguments are evaluated, or look around them.

``if`` evaluates one branch, ``once`` nothing when there is an answer; ``position`` and ``last``
are about where the node stands, ``current`` about where the expression began.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from desktop.xforms.node import ELEMENT, Node
from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.functions.registry import needs_nodes
from desktop.xforms.xpath.syntax import Expression, Filter, Path
from desktop.xforms.xpath.values import (
    NAN,
    Evaluate,
    Value,
    string_value,
    to_boolean,
    to_number,
    to_string,
)

if TYPE_CHECKING:
    from desktop.xforms.xpath.compiler import Compiler

Form: TypeAlias = Callable[["Compiler", tuple[Expression, ...]], Evaluate]


def _counted(name: str, arguments: tuple[Expression, ...], *allowed: int) -> None:
    if len(arguments) not in allowed:
        raise ExpressionRefused.wrong_count(name, len(arguments))


def _if(compiler: Compiler, arguments: tuple[Expression, ...]) -> Evaluate:
    _counted("if", arguments, 3)
    condition, then = compiler.part(arguments[0]), compiler.part(arguments[1])
    otherwise = compiler.part(arguments[2])

    def chosen(n: Node, p: int, s: int, e: Environment) -> Value:
        if to_boolean(condition(n, p, s, e)):
            return then(n, p, s, e)
        return otherwise(n, p, s, e)

    return chosen


def _position(compiler: Compiler, arguments: tuple[Expression, ...]) -> Evaluate:
    """Where the node stands, or where the given one does among siblings of its name (ODK)."""
    _counted("position", arguments, 0, 1)
    if not arguments:
        return lambda _n, p, _s, _e: float(p)
    inner = compiler.part(arguments[0])

    def counted(n: Node, p: int, s: int, e: Environment) -> Value:
        nodes = needs_nodes("position", inner(n, p, s, e))
        if not nodes:
            return NAN
        wanted = nodes[0]
        if wanted.parent is None:
            return 1.0
        place = 0
        for sibling in wanted.parent.children:
            if sibling.kind == ELEMENT and sibling.name == wanted.name:
                place += 1
            if sibling is wanted:
                break
        return float(max(place, 1))

    return counted


def _last(_compiler: Compiler, arguments: tuple[Expression, ...]) -> Evaluate:
    _counted("last", arguments, 0)
    return lambda _n, _p, s, _e: float(s)


def _current(_compiler: Compiler, arguments: tuple[Expression, ...]) -> Evaluate:
    _counted("current", arguments, 0)
    return lambda n, _p, _s, e: [n if e.current is None else e.current]


def _once(compiler: Compiler, arguments: tuple[Expression, ...]) -> Evaluate:
    """The answer there is, or what is calculated where there is none."""
    _counted("once", arguments, 1)
    inner = compiler.part(arguments[0])

    def kept(n: Node, p: int, s: int, e: Environment) -> Value:
        answer = string_value(n)
        return answer or to_string(inner(n, p, s, e))

    return kept


def _is_within(node: Node, above: Node) -> bool:
    here: Node | None = node
    while here is not None:
        if here is above:
            return True
        here = here.parent
    return False


def _indexed_repeat(compiler: Compiler, arguments: tuple[Expression, ...]) -> Evaluate:
    """``indexed-repeat(target, repeat, place, …)``: targets in the repeat instance at a place.

    Pairs may come in any order; the outermost repeat is sought first. All are evaluated at the
    context node.
    """
    if len(arguments) < 3 or len(arguments) % 2 == 0:
        raise ExpressionRefused.wrong_count("indexed-repeat", len(arguments))
    if any(not isinstance(each, Path | Filter) for each in (arguments[0], *arguments[1::2])):
        raise ExpressionRefused.not_nodes("indexed-repeat")
    target = compiler.part(arguments[0])
    pairs = [
        (compiler.part(arguments[at]), compiler.part(arguments[at + 1]))
        for at in range(1, len(arguments), 2)
    ]

    def chosen(n: Node, p: int, s: int, e: Environment) -> Value:
        repeats: list[tuple[int, list[Node], int]] = []
        for nodes_of, place_of in pairs:
            number = to_number(place_of(n, p, s, e), e)
            nodes = needs_nodes("indexed-repeat", nodes_of(n, p, s, e))
            if not nodes or not 1 <= number <= len(nodes) or number != math.floor(number):
                return []
            repeats.append((_depth(nodes[0]), nodes, int(number)))
        repeats.sort(key=lambda found: found[0])
        within: Node | None = None
        for _, nodes, place in repeats:
            inner = nodes
            if within is not None:
                inner = [node for node in nodes if _is_within(node, within)]
            if place > len(inner):
                return []
            within = inner[place - 1]
        found = needs_nodes("indexed-repeat", target(n, p, s, e))
        return [node for node in found if within is not None and _is_within(node, within)]

    return chosen


def _depth(node: Node) -> int:
    depth = 0
    above = node.parent
    while above is not None:
        depth += 1
        above = above.parent
    return depth


FORMS: Final[Mapping[str, Form]] = {
    "if": _if,
    "position": _position,
    "last": _last,
    "current": _current,
    "once": _once,
    "indexed-repeat": _indexed_repeat,
}
