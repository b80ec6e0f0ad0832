# SPDX-License-Identifier: Apache-2.0
"""Asks an expression of a small document, as the tests of this folder do."""

from __future__ import annotations

import math
import random
from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.command.form_xpath_document import read
from desktop.xforms.node import ELEMENT, Node
from desktop.xforms.xpath.compiler import Compiler
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.values import Value, string_value

BANGKOK = ZoneInfo("Asia/Bangkok")
NOW = datetime(2026, 11, 20, 9, 30, 15, 250_000, tzinfo=BANGKOK)


def tree(xml: str) -> Node:
    """The document node of ``xml``."""
    return read(xml).top


def named(top: Node, name: str) -> Node:
    """The first element called ``name``."""
    waiting = [top]
    while waiting:
        node = waiting.pop(0)
        if node.kind == ELEMENT and node.name == name:
            return node
        waiting[:0] = node.children
    raise LookupError(name)


def surroundings(
    root: Node | None = None, *, seed: int = 1, instants: bool = False
) -> Environment:
    """An environment on a fixed morning in Bangkok, with chance that repeats itself."""
    return Environment(
        root, clock=lambda: NOW, chance=random.Random(seed), zone=BANGKOK, instants=instants
    )


def ask(
    expression: str,
    xml: str = "<data/>",
    at: str = "",
    *,
    relevant_only: bool = False,
    instants: bool = False,
    namespaces: dict[str, str] | None = None,
) -> Value:
    """The value of ``expression`` at the first element called ``at`` (else the document)."""
    top = tree(xml)
    node = named(top, at) if at else top
    made = Compiler(namespaces or {}, relevant_only=relevant_only).compile(expression)
    return made(node, 1, 1, surroundings(top, instants=instants))


def texts(expression: str, xml: str, at: str = "") -> list[str]:
    """The texts of the nodes an expression gives."""
    found = ask(expression, xml, at)
    assert isinstance(found, list)
    return [string_value(node) for node in found]


def same(found: Value, wanted: object) -> bool:
    """Whether two values are equal; no number is the same as no number."""
    if isinstance(found, float) and isinstance(wanted, float):
        return found == wanted or (math.isnan(found) and math.isnan(wanted))
    return found == wanted
