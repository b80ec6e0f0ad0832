# SPDX-License-Identifier: Apache-2.0
"""A total that every entry of a repeat asks for is added up once.

``../age div sum(../../person/age)`` in a hundred entries would walk ten thousand ages for one
answer. While one computation is evaluated for many entries nothing it reads changes, so the value
of ``sum(…)`` is kept for the node its path climbs to, and thrown away with the round.
"""

from __future__ import annotations

from typing import Final

from desktop.xforms.node import Node
from desktop.xforms.xpath.compiler import Compiler, Evaluate, Value
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.syntax import Call, Expression, Here, Path, Root

_TOTALS: Final = frozenset({"sum", "count", "count-non-empty", "min", "max", "join"})
Memo = dict[tuple[Evaluate, Node | None], Value]


class SharingEnvironment(Environment):
    """An environment with a place for totals; ``memo`` is None outside a round."""

    __slots__ = ("memo",)
    memo: Memo | None


class SharingCompiler(Compiler):
    """A compiler whose totals over whole repeats are kept for a round."""

    __slots__ = ()

    def part(self, tree: Expression) -> Evaluate:
        """As the compiler; a total over a path without predicates looks in the memo first."""
        made = super().part(tree)
        climb = _climb(tree)
        return made if climb is None else _shared(made, climb)


def _climb(tree: Expression) -> int | None:
    """How many parents a total's path climbs before it descends; -1 from the root; None: other."""
    if not isinstance(tree, Call) or tree.name not in _TOTALS:
        return None
    path = tree.arguments[-1] if tree.arguments else None
    if not isinstance(path, Path) or not isinstance(path.base, Root | Here):
        return None
    climbed = 0
    while climbed < len(path.steps) and path.steps[climbed].axis == "parent":
        climbed += 1
    if any(
        step.predicates or step.axis != ("parent" if number < climbed else "child")
        for number, step in enumerate(path.steps)
    ):
        return None
    if isinstance(path.base, Root):
        return None if climbed else -1
    return climbed if climbed > 1 else None


def _shared(made: Evaluate, climb: int) -> Evaluate:
    def total(n: Node, p: int, s: int, e: Environment) -> Value:
        memo = e.memo if isinstance(e, SharingEnvironment) else None
        if memo is None:
            return made(n, p, s, e)
        anchor: Node | None = n if climb >= 0 else None
        for _parent in range(climb):
            anchor = anchor.parent if anchor is not None else None
        key = (made, anchor)
        value = memo.get(key)
        if value is None:
            value = memo[key] = made(n, p, s, e)
        return value

    return total
