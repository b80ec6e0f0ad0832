# SPDX-License-Identifier: Apache-2.0
"""Truths and conversions (XPath 1.0, sections 4.2 to 4.4; ODK XForms, Boolean Functions)."""

from __future__ import annotations

from desktop.xforms.node import Node
from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.functions.registry import function
from desktop.xforms.xpath.values import (
    INFINITY,
    Value,
    numbers,
    string_value,
    text_number,
    to_boolean,
    to_number,
    to_string,
)


@function("true")
def _true(_node: Node, _environment: Environment) -> bool:
    return True


@function("false")
def _false(_node: Node, _environment: Environment) -> bool:
    return False


@function("boolean", 1)
def _boolean(_node: Node, _environment: Environment, value: Value) -> bool:
    return to_boolean(value)


@function("not", 1)
def _not(_node: Node, _environment: Environment, value: Value) -> bool:
    return not to_boolean(value)


@function("boolean-from-string", 1)
def _boolean_from_string(_node: Node, _environment: Environment, value: Value) -> bool:
    """True for "true" and "1" alone."""
    return to_string(value) in ("true", "1")


@function("number", 0, 1)
def _number(node: Node, environment: Environment, value: Value | None = None) -> float:
    if value is None:
        return text_number(string_value(node), environment)
    return to_number(value, environment)


@function("string", 0, 1)
def _string(node: Node, _environment: Environment, value: Value | None = None) -> str:
    return string_value(node) if value is None else to_string(value)


@function("coalesce", 2)
def _coalesce(_node: Node, _environment: Environment, first: Value, second: Value) -> str:
    """The first that is not blank; what cannot be calculated is blank."""
    return to_string(first) or to_string(second)


def _between(total: float, least: Value, most: Value, environment: Environment) -> bool:
    """-1 as the most is no limit, as the least none either."""
    highest = to_number(most, environment)
    if highest == -1:
        highest = INFINITY
    return to_number(least, environment) <= total <= highest


@function("checklist", 2, None)
def _checklist(
    _node: Node, environment: Environment, least: Value, most: Value, *values: Value
) -> bool:
    """Whether between ``least`` and ``most`` of the values (and of all nodes in them) are true.

    A node counts when it is not blank, as ODK Web Forms does and JavaRosa for answers of 1.
    """
    total = 0
    for value in values:
        if isinstance(value, list):
            total += sum(1 for node in value if string_value(node).strip() != "")
        else:
            total += to_boolean(value)
    return _between(total, least, most, environment)


@function("weighted-checklist", 2, None)
def _weighted_checklist(
    _node: Node, environment: Environment, least: Value, most: Value, *values: Value
) -> bool:
    """As ``checklist``, of pairs of a value and what it weighs; node-sets pair by place."""
    if len(values) % 2:
        raise ExpressionRefused.wrong_count("weighted-checklist", len(values) + 2)
    total = 0.0
    for place in range(0, len(values), 2):
        value = values[place]
        if isinstance(value, list):
            truths = [string_value(node).strip() != "" for node in value]
        else:
            truths = [to_boolean(value)]
        weights = numbers(values[place + 1], environment)
        if len(weights) > len(truths):
            return False
        total += sum(w for truth, w in zip(truths, weights, strict=False) if truth)
    return _between(total, least, most, environment)
