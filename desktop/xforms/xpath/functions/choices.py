# SPDX-License-Identifier: Apache-2.0
"""What was chosen, and how it is called (ODK XForms, Select and Translation Functions)."""

from __future__ import annotations

from desktop.xforms.node import Node
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.functions.registry import function
from desktop.xforms.xpath.values import WHITE, Value, to_number, to_string


def _chosen(value: Value) -> list[str]:
    return to_string(value).split()


@function("selected is-selected", 2)
def _selected(_node: Node, _environment: Environment, chosen: Value, wanted: Value) -> bool:
    """Whether ``wanted`` is one of the choices; "" is, where nothing was chosen."""
    return to_string(wanted).strip(WHITE) in (_chosen(chosen) or [""])


@function("selected-at", 2)
def _selected_at(_node: Node, environment: Environment, chosen: Value, place: Value) -> str:
    """The choice at the 0-based ``place``, or ""."""
    found = _chosen(chosen)
    number = to_number(place, environment)
    return found[int(number)] if -1 < number < len(found) else ""


@function("count-selected", 1)
def _count_selected(_node: Node, _environment: Environment, chosen: Value) -> float:
    return float(len(_chosen(chosen)))


@function("jr:choice-name", 2)
def _choice_name(node: Node, environment: Environment, value: Value, question: Value) -> str:
    """The label of a choice in the language of the moment; ``question`` is a path as text."""
    return environment.choice_name(to_string(value), to_string(question), node)


@function("jr:itext", 1)
def _itext(_node: Node, environment: Environment, name: Value) -> Value:
    """A text of the form in the language of the moment."""
    return environment.itext(to_string(name))
