# SPDX-License-Identifier: Apache-2.0
"""Ways through a tree: the thirteen axes, tests of nodes, document order (XPath 1.0, 2.2 to 2.3).

A reverse axis gives the nearest first, as predicates count. Namespace nodes stand among an
element's ``attributes`` where the reader of the document put them there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from desktop.xforms.node import ATTRIBUTE, COMMENT, ELEMENT, INSTRUCTION, NAMESPACE, TEXT, Node
from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.xpath.syntax import KindTest, NameTest

Walk: TypeAlias = Callable[[Node], list[Node]]
Test: TypeAlias = Callable[[Node], bool]

REVERSE: Final = frozenset(("ancestor", "ancestor-or-self", "preceding", "preceding-sibling"))
# From nodes in document order these give nodes in document order without another look.
IN_ORDER: Final = frozenset(("attribute", "child", "namespace", "self"))
DEEP: Final = frozenset(("descendant", "descendant-or-self"))
LONG: Final = DEEP | {"following", "following-sibling", "preceding", "preceding-sibling"}
_KINDS: Final = {
    "text": TEXT,
    "comment": COMMENT,
    "processing-instruction": INSTRUCTION,
}


def _child(node: Node) -> list[Node]:
    return node.children


def _parent(node: Node) -> list[Node]:
    return [] if node.parent is None else [node.parent]


def _self(node: Node) -> list[Node]:
    return [node]


def _attribute(node: Node) -> list[Node]:
    return [found for found in node.attributes if found.kind == ATTRIBUTE]


def _namespace(node: Node) -> list[Node]:
    return [found for found in node.attributes if found.kind == NAMESPACE]


def _below(node: Node) -> list[Node]:
    found: list[Node] = []
    waiting = list(reversed(node.children))
    while waiting:
        child = waiting.pop()
        found.append(child)
        if child.children:
            waiting.extend(reversed(child.children))
    return found


def _below_or_self(node: Node) -> list[Node]:
    return [node, *_below(node)]


def _ancestor(node: Node) -> list[Node]:
    found: list[Node] = []
    above = node.parent
    while above is not None:
        found.append(above)
        above = above.parent
    return found


def _ancestor_or_self(node: Node) -> list[Node]:
    return [node, *_ancestor(node)]


def _place(node: Node) -> int:
    """Where ``node`` is among the children of its parent; -1 for what is no child."""
    if node.parent is not None:
        for index, child in enumerate(node.parent.children):
            if child is node:
                return index
    return -1


def _following_sibling(node: Node) -> list[Node]:
    place = _place(node)
    return [] if place < 0 or node.parent is None else node.parent.children[place + 1 :]


def _preceding_sibling(node: Node) -> list[Node]:
    place = _place(node)
    if place < 1 or node.parent is None:
        return []
    return node.parent.children[place - 1 :: -1]


def _following(node: Node) -> list[Node]:
    found: list[Node] = []
    here: Node | None = node
    if node.kind in (ATTRIBUTE, NAMESPACE) and node.parent is not None:
        here = node.parent
        found.extend(_below(here))
    while here is not None:
        for sibling in _following_sibling(here):
            found.extend(_below_or_self(sibling))
        here = here.parent
    return found


def _preceding(node: Node) -> list[Node]:
    found: list[Node] = []
    here = node.parent if node.kind in (ATTRIBUTE, NAMESPACE) else node
    while here is not None:
        for sibling in _preceding_sibling(here):
            found.extend(reversed(_below_or_self(sibling)))
        here = here.parent
    return found


def outermost(nodes: list[Node]) -> list[Node]:
    """Those of some nodes that are below none of the others."""
    there = set(nodes)
    found: list[Node] = []
    for node in nodes:
        above = node.parent
        while above is not None and above not in there:
            above = above.parent
        if above is None:
            found.append(node)
    return found


AXES: Final[Mapping[str, Walk]] = {
    "ancestor": _ancestor,
    "ancestor-or-self": _ancestor_or_self,
    "attribute": _attribute,
    "child": _child,
    "descendant": _below,
    "descendant-or-self": _below_or_self,
    "following": _following,
    "following-sibling": _following_sibling,
    "namespace": _namespace,
    "parent": _parent,
    "preceding": _preceding,
    "preceding-sibling": _preceding_sibling,
    "self": _self,
}


def test(  # noqa: PLR0911 (a closure for each shape of a test)
    axis: str, wanted: NameTest | KindTest, namespaces: Mapping[str, str]
) -> Test | None:
    """Which nodes of the axis a step takes; None: all of them.

    A name without prefix means that name in any namespace, because the answers of a form stand
    in the namespace of whoever made it. Where ``namespaces`` has an entry "", it means the name
    in no namespace or in that one. ExpressionRefused for a prefix that is not declared.
    """
    principal = {"attribute": ATTRIBUTE, "namespace": NAMESPACE}.get(axis, ELEMENT)
    if isinstance(wanted, KindTest):
        if wanted.kind == "node":
            return None
        kind, target = _KINDS[wanted.kind], wanted.target
        if target:
            return lambda node: node.kind == kind and node.name == target
        return lambda node: node.kind == kind
    prefix, local = wanted.prefix, wanted.local
    if prefix:
        namespace = namespaces.get(prefix)
        if namespace is None:
            raise ExpressionRefused.unknown_prefix(prefix)
        if local == "*":
            return lambda node: node.kind == principal and node.namespace == namespace
        return lambda node: (
            node.name == local and node.kind == principal and node.namespace == namespace
        )
    if local == "*":
        return lambda node: node.kind == principal
    if principal != ELEMENT:
        return lambda node: node.name == local and node.kind == principal and not node.namespace
    default = namespaces.get("")
    if default is None:
        return lambda node: node.name == local and node.kind == ELEMENT
    return lambda node: (
        node.name == local and node.kind == ELEMENT and node.namespace in ("", default)
    )


def top(node: Node) -> Node:
    """The node that has no parent."""
    while node.parent is not None:
        node = node.parent
    return node


def _path_key(node: Node) -> list[tuple[int, int]]:
    """The way from the top: attributes before children, each by its place."""
    found: list[tuple[int, int]] = []
    while node.parent is not None:
        above = node.parent
        place = _place(node)
        if place >= 0:
            found.append((1, place))
        else:
            attributes = above.attributes
            found.append((0, next((i for i, a in enumerate(attributes) if a is node), -1)))
        node = above
    found.reverse()
    return found


_MANY: Final = 32


def in_order(nodes: list[Node]) -> list[Node]:
    """The nodes in document order, each once. Several trees follow one another as given."""
    if len(nodes) < 2:
        return nodes
    once = list({id(node): node for node in nodes}.values())
    if len(once) < 2:
        return once
    tops: dict[int, Node] = {}
    for node in once:
        above = top(node)
        tops.setdefault(id(above), above)
    if len(tops) == 1 and len(once) < _MANY:
        return sorted(once, key=_path_key)
    wanted = {id(node) for node in once}
    found: list[Node] = []
    for above in tops.values():
        waiting = [above]
        while waiting:
            node = waiting.pop()
            if id(node) in wanted:
                found.append(node)
            found.extend(a for a in node.attributes if id(a) in wanted)
            waiting.extend(reversed(node.children))
    return found
