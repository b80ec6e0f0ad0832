# SPDX-License-Identifier: Apache-2.0
"""The four kinds of values and how each becomes another (XPath 1.0, sections 3.2 to 4.4).

A number is a ``float``, a text a ``str``, a truth a ``bool``, nodes a list in document order.
Text that is an ISO date or date and time is a number too (ODK XForms, function ``number``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Final, TypeAlias

from desktop.xforms.node import ELEMENT, TEXT, Node
from desktop.xforms.xpath import dates
from desktop.xforms.xpath.environment import Environment

Value: TypeAlias = float | str | bool | list[Node]
Evaluate: TypeAlias = Callable[[Node, int, int, Environment], Value]

NAN: Final = math.nan
INFINITY: Final = math.inf
# XPath's white space, which is not all of Unicode's.
WHITE: Final = " \t\r\n"
_SHORT: Final = 6
_NUMBER: Final = re.compile(r"[ \t\r\n]*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*")


def string_value(node: Node) -> str:
    """The text of a node: its own, or that of all text within; "" when it is not relevant."""
    if not node.relevant:
        return ""
    children = node.children
    if not children:
        return node.value
    if len(children) == 1 and children[0].kind == TEXT:
        return children[0].value
    pieces: list[str] = []
    waiting = list(reversed(children))
    while waiting:
        child = waiting.pop()
        if child.kind == TEXT:
            pieces.append(child.value)
        elif child.kind == ELEMENT and child.relevant:
            if child.children:
                waiting.extend(reversed(child.children))
            else:
                pieces.append(child.value)
    return "".join(pieces)


@lru_cache(2048)
def _short_number(text: str) -> float:
    """Ages, counts and sums of money come again and again. Nothing longer is kept here: what
    identifies a person must not outlive the record in a cache.
    """
    return float(text) if _NUMBER.fullmatch(text) else NAN


def text_number(text: str, environment: Environment) -> float:
    """A number, or the days of a date, or NaN. No exponents, no signs but minus."""
    if len(text) <= _SHORT:
        return _short_number(text)
    if _NUMBER.fullmatch(text):
        return float(text)
    if len(text) < 10 or "-" not in text:
        return NAN
    if not environment.instants:
        day = dates.whole_day(text)
        if day is not None:
            return float(day)
    found = dates.moment(text.strip(WHITE), environment)
    return NAN if found is None else dates.days(found, environment)


def to_number(value: Value, environment: Environment) -> float:
    """The value as a number; nodes by the first of them, none is NaN."""
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        return text_number(value, environment)
    if isinstance(value, list):
        return text_number(string_value(value[0]), environment) if value else NAN
    return 1.0 if value else 0.0


def number_text(number: float) -> str:
    """The number without exponent, and whole where it is; "" for what is no number.

    XPath says "NaN", which is no word for a person: both ODK engines leave such an answer
    blank, and so a blank is what other expressions see.
    """
    if math.isnan(number):
        return ""
    if number in (INFINITY, -INFINITY):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number):
        return str(int(number)) if abs(number) < 1e16 else format(Decimal(repr(number)), ".0f")
    text = repr(number)
    return format(Decimal(text), "f") if "e" in text else text


def to_string(value: Value) -> str:
    """The value as text; nodes by the first of them, none is ""."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return string_value(value[0]) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value)


def to_boolean(value: Value) -> bool:
    """False for false, 0, NaN, "" and no nodes; everything else is true, also "false"."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value != 0.0 and not math.isnan(value)
    return bool(value)


def strings(values: tuple[Value, ...]) -> list[str]:
    """The texts of all values; nodes give one each."""
    found: list[str] = []
    for value in values:
        if isinstance(value, list):
            found.extend([string_value(node) for node in value])
        else:
            found.append(to_string(value))
    return found


# ── comparing ────────────────────────────────────────────────────────────────────────────────
def equal(  # noqa: PLR0911 (one for each pair of kinds)
    left: Value, right: Value, environment: Environment
) -> bool:
    """``left = right`` (XPath 1.0, section 3.4): nodes are equal when any of them is."""
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, list):
        if not isinstance(right, list):
            return _any_equal(left, right, environment)
        if len(left) == 1 and len(right) == 1:
            return string_value(left[0]) == string_value(right[0])
        wanted = {string_value(node) for node in right}
        return any(string_value(node) in wanted for node in left)
    if isinstance(right, list):
        return _any_equal(right, left, environment)
    if isinstance(left, float) or isinstance(right, float):
        return to_number(left, environment) == to_number(right, environment)
    return left == right


def _any_equal(nodes: list[Node], value: float | str, environment: Environment) -> bool:
    if isinstance(value, float):
        return any(text_number(string_value(node), environment) == value for node in nodes)
    return any(string_value(node) == value for node in nodes)


def unequal(left: Value, right: Value, environment: Environment) -> bool:
    """``left != right``: not the opposite of ``=`` for nodes, but any of them that differs."""
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) != to_boolean(right)
    if isinstance(left, list):
        if not isinstance(right, list):
            return _any_unequal(left, right, environment)
        others = {string_value(node) for node in right}
        if len(others) > 1:
            return bool(left)
        return bool(others) and any(string_value(node) not in others for node in left)
    if isinstance(right, list):
        return _any_unequal(right, left, environment)
    return not equal(left, right, environment)


def _any_unequal(nodes: list[Node], value: float | str, environment: Environment) -> bool:
    if isinstance(value, float):
        return any(text_number(string_value(node), environment) != value for node in nodes)
    return any(string_value(node) != value for node in nodes)


def numbers(value: Value, environment: Environment) -> list[float]:
    """The number of a value, or of each node."""
    if isinstance(value, list):
        return [text_number(string_value(node), environment) for node in value]
    return [to_number(value, environment)]
