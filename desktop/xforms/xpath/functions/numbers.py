# SPDX-License-Identifier: Apache-2.0
"""Numbers (XPath 1.0, section 4.4; ODK XForms, Number Functions)."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal
from typing import Final

from desktop.xforms.node import Node
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.functions.registry import function, needs_nodes
from desktop.xforms.xpath.values import (
    INFINITY,
    NAN,
    WHITE,
    Value,
    string_value,
    text_number,
    to_number,
)


def _filled(values: tuple[Value, ...], environment: Environment) -> list[float]:
    """The numbers of all values and nodes that are not blank (JavaRosa: a half-filled

    household must still total). Text that is no number gives NaN, so that it is noticed.
    """
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            texts = [string_value(node) for node in value]
            found += [text_number(t, environment) for t in texts if t.strip(WHITE)]
        elif not isinstance(value, str) or value.strip(WHITE):
            found.append(to_number(value, environment))
    return found


@function("count", 1)
def _count(_node: Node, _environment: Environment, nodes: Value) -> float:
    """How many nodes; one that is not relevant is not counted (JavaRosa)."""
    return float(sum(1 for node in needs_nodes("count", nodes) if node.relevant))


@function("count-non-empty", 1)
def _count_non_empty(_node: Node, _environment: Environment, nodes: Value) -> float:
    found = needs_nodes("count-non-empty", nodes)
    return float(sum(1 for node in found if string_value(node)))


@function("sum", 1)
def _sum(_node: Node, environment: Environment, nodes: Value) -> float:
    """The total of all nodes that are not blank; 0 of none."""
    total = 0.0
    for number in _filled((needs_nodes("sum", nodes),), environment):
        total += number
    return total


def _extreme(
    best: Callable[[list[float]], float],
) -> Callable[..., float]:
    def chosen(_node: Node, environment: Environment, *values: Value) -> float:
        found = _filled(values, environment)
        if not found or any(math.isnan(number) for number in found):
            return NAN
        return best(found)

    return chosen


function("max", 0, None)(_extreme(max))
function("min", 0, None)(_extreme(min))


@function("floor", 1)
def _floor(_node: Node, environment: Environment, value: Value) -> float:
    number = to_number(value, environment)
    return float(math.floor(number)) if math.isfinite(number) else number


@function("ceiling", 1)
def _ceiling(_node: Node, environment: Environment, value: Value) -> float:
    number = to_number(value, environment)
    return float(math.ceil(number)) if math.isfinite(number) else number


@function("int", 1)
def _int(_node: Node, environment: Environment, value: Value) -> float:
    """Without its fraction, towards zero."""
    number = to_number(value, environment)
    return float(math.trunc(number)) if math.isfinite(number) else number


_MOST_PLACES: Final = 30
_CONTEXT: Final = Context(prec=400)


@function("round", 1, 2)
def _round(
    _node: Node, environment: Environment, value: Value, places: Value | None = None
) -> float:
    """To ``places`` decimals, before the point when negative; the digits written are what counts.

    Halves go upwards: -2.5 becomes -2 (XPath 1.0; JavaRosa with places too).
    """
    number = to_number(value, environment)
    if not math.isfinite(number):
        return number
    exponent = 0.0 if places is None else to_number(places, environment)
    if not abs(exponent) <= _MOST_PLACES:
        return NAN
    written = Decimal(repr(number))
    halves = ROUND_HALF_DOWN if number < 0 else ROUND_HALF_UP
    unit = Decimal(1).scaleb(-int(exponent))
    return float(written.quantize(unit, rounding=halves, context=_CONTEXT))


def _of_one(name: str, calculate: Callable[[float], float]) -> None:
    def calculated(_node: Node, environment: Environment, value: Value) -> float:
        number = to_number(value, environment)
        if math.isnan(number):
            return NAN
        try:
            return calculate(number)
        except ValueError:
            return NAN
        except OverflowError:
            return INFINITY

    function(name, 1)(calculated)


def _logarithm(calculate: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -INFINITY if number == 0 else calculate(number)


_of_one("abs", abs)
_of_one("sqrt", math.sqrt)
_of_one("exp", math.exp)
_of_one("exp10", lambda number: math.pow(10.0, number))
_of_one("log", _logarithm(math.log))
_of_one("log10", _logarithm(math.log10))
_of_one("sin", math.sin)
_of_one("cos", math.cos)
_of_one("tan", math.tan)
_of_one("asin", math.asin)
_of_one("acos", math.acos)
_of_one("atan", math.atan)


@function("atan2", 2)
def _atan2(_node: Node, environment: Environment, y: Value, x: Value) -> float:
    return math.atan2(to_number(y, environment), to_number(x, environment))


@function("pow", 2)
def _pow(_node: Node, environment: Environment, base: Value, exponent: Value) -> float:
    """``base`` raised; NaN for roots of negatives (XPath 3.0, ``math:pow``)."""
    number, power = to_number(base, environment), to_number(exponent, environment)
    if math.isnan(number) or math.isnan(power):
        return NAN
    try:
        return math.pow(number, power)
    except OverflowError:
        odd = number < 0 and math.fmod(power, 2) != 0
        return -INFINITY if odd else INFINITY
    except ValueError:
        # 0 to a negative power is infinite, a root of a negative is no number.
        return INFINITY if number == 0 else NAN


@function("pi")
def _pi(_node: Node, _environment: Environment) -> float:
    return math.pi


@function("random")
def _random(_node: Node, environment: Environment) -> float:
    """At least 0 and less than 1, by the chance of the environment."""
    return environment.chance.random()
