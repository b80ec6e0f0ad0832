# SPDX-License-Identifier: Apache-2.0
"""Other answers of the same form, as a question needs them: the nearest of a type, one beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.xforms.node import Node


def nearest(node: Node, data_type: str) -> Node | None:
    """The closest other answer of a type that can be given now; None when there is none.

    Closest is the one in the smallest group around ``node``, so that a photograph in a repeat
    finds the place in its own instance first.
    """
    here = node.parent
    while here is not None:
        for found in _leaves(here):
            bind = found.bind
            if found is node or bind is None or bind.data_type != data_type:
                continue
            if bind.control is not None and found.relevant and not found.readonly:
                return found
        here = here.parent
    return None


def beside(node: Node, *names: str) -> Node | None:
    """The first answer in the same group that can be given now and has one of these names."""
    siblings = node.parent.children if node.parent is not None else []
    for name in names:
        for found in siblings:
            if found.name == name and found.relevant and found is not node:
                return found
    return None


def just_before(node: Node, name: str) -> Node | None:
    """The answer asked right before this one in its group, when it has this name."""
    siblings = node.parent.children if node.parent is not None else []
    place = siblings.index(node) if node in siblings else 0
    found = siblings[place - 1] if place else None
    return found if found is not None and found.name == name and found.relevant else None


def _leaves(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if not one.children:
            yield one
        elif one.relevant:
            waiting += reversed(one.children)
