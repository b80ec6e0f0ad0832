# SPDX-License-Identifier: Apache-2.0
"""Where each function is written down with the number of arguments it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from desktop.xforms.node import Node
from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.values import Value

# A function is given the context node, the environment and the values of its arguments.
Body: TypeAlias = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Function:
    """A function by its name in an expression; ``most`` None is any number of arguments."""

    name: str
    body: Body
    least: int
    most: int | None


FUNCTIONS: Final[dict[str, Function]] = {}


def function(names: str, least: int = 0, most: int | None = -1) -> Callable[[Body], Body]:
    """Register what follows under ``names``; ``most`` -1 is the same as ``least``."""

    def registered(body: Body) -> Body:
        for name in names.split():
            FUNCTIONS[name] = Function(name, body, least, least if most == -1 else most)
        return body

    return registered


def needs_nodes(name: str, value: Any) -> list[Node]:
    """The nodes of an argument; ExpressionRefused when it is no path."""
    if type(value) is not list:
        raise ExpressionRefused.not_nodes(name)
    return value


def node_or_here(name: str, node: Node, value: Value | None) -> Node | None:
    """The first node of an optional argument, or the context node without one."""
    if value is None:
        return node
    nodes = needs_nodes(name, value)
    return nodes[0] if nodes else None


__all__ = ["FUNCTIONS", "Environment", "Function", "function", "needs_nodes", "node_or_here"]
