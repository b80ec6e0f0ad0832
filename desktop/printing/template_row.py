# SPDX-License-Identifier: Apache-2.0
"""Slots side by side, as emblems of offices that issue together: none leaves a gap in its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop.model.template import AnyElement, Image, Ornament, Template

_SAME = 0.5
"""Millimetres within which two middles are one."""


def in_rows(template: Template, values: Sequence[Any]) -> list[tuple[AnyElement, Any]]:
    """The elements where they stand on a page, each with its value; None: it is not there.

    A row that is full stands as it was designed: its first slot may be the one in the middle.
    One that is not keeps the distance of its middles, the first slot at the left. What has a row
    and no slot, as a wreath, is there while one of the row stands in its middle.
    """
    pairs = list(zip(template.elements, values, strict=True))
    rows = {name: _middles(name, pairs) for name in {_row(element) for element, _value in pairs}}
    return [_stood(element, value, rows.get(_row(element), {})) for element, value in pairs]


def _row(element: AnyElement) -> str:
    return element.row if isinstance(element, Image | Ornament) else ""


def _middles(
    name: str, pairs: Sequence[tuple[AnyElement, Any]]
) -> Mapping[str, tuple[float, float]]:
    """The middle of each slot of a row that is not empty: as designed, and on this page."""
    if not name:
        return {}
    designed: dict[str, float] = {}
    here: set[str] = set()
    for element, value in pairs:
        if isinstance(element, Image | Ornament) and element.row == name and element.slot:
            designed.setdefault(element.slot, element.x + element.width / 2)
            if value is not None:
                here.add(element.slot)
    if len(here) in (0, len(designed)):
        return {slot: (designed[slot], designed[slot]) for slot in here}
    left, right = min(designed.values()), max(designed.values())
    apart = (right - left) / (len(designed) - 1)
    first = (left + right - (len(here) - 1) * apart) / 2
    return {
        slot: (designed[slot], first + place * apart) for place, slot in enumerate(sorted(here))
    }


def _stood(
    element: AnyElement, value: Any, middles: Mapping[str, tuple[float, float]]
) -> tuple[AnyElement, Any]:
    if value is None or not isinstance(element, Image | Ornament) or not element.row:
        return element, value
    if element.slot:
        designed, stands = middles[element.slot]
        return (replace(element, x=element.x + stands - designed), value)
    middle = element.x + element.width / 2
    held = any(abs(stands - middle) < _SAME for _designed, stands in middles.values())
    return element, value if held else None
