# SPDX-License-Identifier: Apache-2.0
"""Messages read strictly: what cannot be meant is refused, and named without its value."""

from __future__ import annotations

from typing import Any


class BadMessage(ValueError):
    """A message that cannot be read. Says which part, never what it held."""


def steps(numbers: tuple[int, ...]) -> list[int]:
    """Numbers that grow, as the first and its steps: ``5001 1 1 1 …``."""
    return [n - before for before, n in zip((0, *numbers), numbers, strict=False)]


def summed(steps: list[Any]) -> tuple[int, ...]:
    """The numbers that :func:`steps` wrote."""
    numbers, at = [], 0
    for step in steps:
        if type(step) is not int:
            raise BadMessage("seqs")
        at += step
        numbers.append(at)
    return tuple(numbers)


def without_nothing(told: dict[str, Any]) -> dict[str, Any]:
    """Without what says nothing."""
    return {k: v for k, v in told.items() if v is not None and v not in ("", 0, False, [], {})}


def name(value: Any) -> str:
    """A name that is not empty and not long."""
    if not isinstance(value, str) or not 0 < len(value) <= 200:
        raise BadMessage("name")
    return value


def count(value: Any, where: str) -> int:
    """A whole number that is not negative."""
    if type(value) is not int or not 0 <= value < 2**62:
        raise BadMessage(where)
    return value


def number(told: dict[str, Any], name: str, otherwise: int = 0) -> int:
    """A whole number of an object, or what stands for it."""
    return count(told.get(name, otherwise), name)


def text(told: dict[str, Any], name: str, otherwise: str | None = None) -> str:
    """A text of an object that is not long."""
    value = told.get(name, otherwise)
    if not isinstance(value, str) or len(value) > 4096:
        raise BadMessage(name)
    return value


def items(told: dict[str, Any], name: str) -> list[Any]:
    """A list of an object; empty when it is not there."""
    value = told.get(name, [])
    if not isinstance(value, list):
        raise BadMessage(name)
    return value


def members(told: dict[str, Any], name: str) -> dict[Any, Any]:
    """An object of an object; empty when it is not there."""
    value = told.get(name, {})
    if not isinstance(value, dict):
        raise BadMessage(name)
    return value


def pairs(value: Any) -> list[list[Any]]:
    """A list of lists of two."""
    if not isinstance(value, list) or any(
        not isinstance(one, list) or len(one) != 2 for one in value
    ):
        raise BadMessage("pairs")
    return value
