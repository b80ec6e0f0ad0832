# SPDX-License-Identifier: Apache-2.0
"""Dates and times (ODK XForms, Date and Time Functions)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias

from desktop.xforms.node import Node
from desktop.xforms.xpath import dates
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.functions.registry import function
from desktop.xforms.xpath.values import NAN, WHITE, Value, to_number, to_string


@function("today")
def _today(_node: Node, environment: Environment) -> str:
    return dates.now(environment).date().isoformat()


@function("now")
def _now(_node: Node, environment: Environment) -> str:
    return dates.timestamp(dates.now(environment))


_Count: TypeAlias = Callable[[float, Environment], dates.Moment | None]


def _moment(
    value: Value, environment: Environment, count: _Count = dates.from_days
) -> dates.Moment | None:
    """The moment of a text, of a number of days (``count`` says how), or None."""
    if isinstance(value, float):
        return count(value, environment)
    if isinstance(value, bool):
        return None
    text = to_string(value).strip(WHITE)
    found = dates.lenient_moment(text, environment)
    if found is None and text:
        # A calculation wrote its number of days into an answer.
        number = to_number(text, environment)
        return None if math.isnan(number) else count(number, environment)
    return found


@function("date", 1)
def _date(_node: Node, environment: Environment, value: Value) -> str:
    """A date, or a date and time, in the zone of the environment; "" for what is neither."""
    found = _moment(value, environment)
    return "" if found is None else dates.text(found)


@function("date-time", 1)
def _date_time(_node: Node, environment: Environment, value: Value) -> str:
    """As ``date``; a number is days of UTC, as ``decimal-date-time`` gives them."""
    found = _moment(value, environment, dates.from_instant)
    return "" if found is None else dates.text(found)


@function("decimal-date-time", 1)
def _decimal_date_time(_node: Node, environment: Environment, value: Value) -> float:
    """Days of UTC since 1970-01-01, with the part of the day."""
    found = _moment(value, environment, dates.from_instant)
    return NAN if found is None else dates.instant(found)


@function("decimal-time", 1)
def _decimal_time(_node: Node, environment: Environment, value: Value) -> float:
    """The part of the day a time is, by the clock of the environment's zone: noon is 0.5."""
    part = dates.day_part(to_string(value).strip(WHITE), environment)
    return NAN if part is None else part


@function("format-date format-date-time", 2)
def _format(_node: Node, environment: Environment, value: Value, form: Value) -> str:
    """The moment written as ``form`` says (``%d/%m/%Y``); "" for what is no moment."""
    found = _moment(value, environment)
    return "" if found is None else dates.formatted(found, to_string(form))
