# SPDX-License-Identifier: Apache-2.0
"""Nodes and their names (XPath 1.0, section 4.1; ODK XForms, Node-set Functions)."""

from __future__ import annotations

import hashlib
import math
from typing import Final

from desktop.xforms.node import ATTRIBUTE, ELEMENT, INSTRUCTION, NAMESPACE, Node
from desktop.xforms.xpath import axes
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.functions.registry import function, needs_nodes, node_or_here
from desktop.xforms.xpath.values import (
    INFINITY,
    Value,
    string_value,
    strings,
    to_number,
    to_string,
)

_XML: Final = "http://www.w3.org/XML/1998/namespace"


@function("local-name", 0, 1)
def _local_name(node: Node, _environment: Environment, nodes: Value | None = None) -> str:
    found = node_or_here("local-name", node, nodes)
    named = found is not None and found.kind in (ELEMENT, ATTRIBUTE, INSTRUCTION, NAMESPACE)
    return found.name if found is not None and named else ""


@function("name", 0, 1)
def _name(node: Node, _environment: Environment, nodes: Value | None = None) -> str:
    found = node_or_here("name", node, nodes)
    if found is None or found.kind not in (ELEMENT, ATTRIBUTE, INSTRUCTION, NAMESPACE):
        return ""
    return f"{found.prefix}:{found.name}" if found.prefix else found.name


@function("namespace-uri", 0, 1)
def _namespace_uri(node: Node, _environment: Environment, nodes: Value | None = None) -> str:
    found = node_or_here("namespace-uri", node, nodes)
    return found.namespace if found is not None and found.kind in (ELEMENT, ATTRIBUTE) else ""


@function("id", 1)
def _id(node: Node, environment: Environment, value: Value) -> list[Node]:
    """The elements whose attribute ``id`` is one of the names in the value."""
    wanted = set(" ".join(strings((value,))).split())
    top = axes.top(environment.root or node)
    return [
        found
        for found in axes.AXES["descendant-or-self"](top)
        if found.kind == ELEMENT
        and any(a.name == "id" and a.value in wanted for a in found.attributes)
    ]


@function("lang", 1)
def _lang(node: Node, _environment: Environment, value: Value) -> bool:
    """Whether ``xml:lang`` at the node or above is the language or a kind of it."""
    wanted = to_string(value).lower()
    here: Node | None = node
    while wanted and here is not None:
        for attribute in here.attributes:
            if attribute.name == "lang" and attribute.namespace == _XML:
                found = attribute.value.lower()
                return found == wanted or found.startswith(wanted + "-")
        here = here.parent
    return False


@function("instance", 1)
def _instance(_node: Node, environment: Environment, name: Value) -> list[Node]:
    return list(environment.instance(to_string(name)))


@function("pulldata", 4)
def _pulldata(
    _node: Node,
    environment: Environment,
    name: Value,
    wanted: Value,
    key: Value,
    value: Value,
) -> str:
    """``instance(name)/root/item[key = value]/wanted`` of the first item, or ""."""
    instance, child, text = to_string(name), to_string(key), to_string(value)
    items = environment.matching(instance, ("root", "item"), child, text)
    if items is None:
        items = [
            item
            for above in environment.instance(instance)
            for root in _children(above, "root")
            for item in _children(root, "item")
            if any(string_value(found) == text for found in _children(item, child))
        ]
    for item in items:
        for found in _children(item, to_string(wanted)):
            return string_value(found)
    return ""


def _children(node: Node, name: str) -> list[Node]:
    return [child for child in node.children if child.name == name and child.kind == ELEMENT]


# ── an order by chance ───────────────────────────────────────────────────────────────────────
_MODULUS: Final = 2_147_483_647
_MULTIPLIER: Final = 16_807
_LONG: Final = 2**63


def _seed(value: Value, environment: Environment) -> int:
    """The whole number a seed is, as Java's ``longValue``; text by its digest (JavaRosa)."""
    number = to_number(value, environment)
    if math.isnan(number):
        written = to_string(value)
        if not written:
            return 0
        made = hashlib.sha256(written.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(made[:8], "big", signed=True)
    if number in (INFINITY, -INFINITY) or abs(number) >= _LONG:
        return _LONG - 1 if number > 0 else -_LONG
    return math.trunc(number)


@function("randomize", 1, 2)
def _randomize(
    _node: Node, environment: Environment, nodes: Value, seed: Value | None = None
) -> list[Node]:
    """The nodes in another order: Fisher and Yates inside out, Park and Miller with a seed.

    The same seed gives the same order as in JavaRosa and ODK Web Forms.
    """
    given = needs_nodes("randomize", nodes)
    state = 0
    if seed is not None:
        number = _seed(seed, environment)
        # Java's remainder has the sign of the number divided.
        state = abs(number) % _MODULUS * (-1 if number < 0 else 1)
        if state <= 0:
            state += _MODULUS - 1
    mixed: list[Node] = []
    for place, node in enumerate(given):
        if seed is None:
            part = environment.chance.random()
        else:
            state = state * _MULTIPLIER % _MODULUS
            part = (state - 1) / (_MODULUS - 1)
        other = int(part * (place + 1))
        if other == place:
            mixed.append(node)
        else:
            mixed.append(mixed[other])
            mixed[other] = node
    return mixed
