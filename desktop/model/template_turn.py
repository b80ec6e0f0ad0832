# SPDX-License-Identifier: Apache-2.0
"""Another size of page, or the same page turned: everything is laid anew, as a person would.

What goes along an edge stays along it; what reaches across keeps its margins; what stands in the
middle stays in the middle; pictures and QR codes keep their size.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from desktop.model.template import Template
from desktop.model.template_edit import Box, box_of, flows, keeps_shape, put

_WIDE: Final = 0.5
"""What takes more than half of the page reaches across it."""
_NEAR: Final = 0.3
"""What lies within this part of the page from an edge belongs to the edge."""
A4: Final = (210.0, 297.0)


def turned(template: Template) -> Template:
    """The page landscape instead of portrait, or the other way round."""
    return on_page(template, template.height, template.width)


def on_page(template: Template, width: float, height: float) -> Template:
    """The template on a page of another size."""
    if (width, height) == (template.width, template.height):
        return template
    boxes = {}
    for one in template.elements:
        if flows(one):
            continue
        box, fixed = box_of(one), keeps_shape(one)
        x, wide = _laid(box.x, box.width, template.width, width, fixed=fixed)
        y, high = _laid(box.y, box.height, template.height, height, fixed=fixed)
        boxes[one.id] = Box(x, y, wide, high)
    return replace(put(template, boxes), width=width, height=height)


def _laid(
    at: float, length: float, before: float, after: float, *, fixed: bool
) -> tuple[float, float]:
    """Start and length along one direction of a page that was ``before`` and is ``after`` long."""
    end = before - at - length
    if not fixed and length > before * _WIDE:
        return at, max(1.0, after - at - end)
    length = min(length, after)
    middle = at + length / 2
    if abs(at - end) <= before * 0.02:
        start = (after - length) / 2
    elif middle < before * _NEAR:
        start = at
    elif middle > before * (1 - _NEAR):
        start = after - end - length
    else:
        start = middle / before * after - length / 2
    return max(0.0, min(start, after - length)), length
