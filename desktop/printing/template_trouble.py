# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a page that is worked out: found by ink, so what is told can be seen."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from desktop.i18n import _
from desktop.model import template as kinds
from desktop.model.template import AnyElement, Template
from desktop.printing.document import MM
from desktop.printing.qr import QUIET
from desktop.printing.qr_symbol import modules
from desktop.printing.template_asset import Assets
from desktop.printing.template_ink import covers
from desktop.printing.template_label import label_of
from desktop.printing.template_mark import (
    Code,
    Decor,
    Part,
    Placement,
    Set,
    Trouble,
    extent,
    extent_of,
)
from desktop.printing.typeface import Ink

_TOUCH: Final = 0.2 * MM
"""What is nearer than this touches."""
_SMALLEST_MODULE: Final = 0.3
"""Millimetres: what a cheap scanner still tells apart on office paper."""


def troubles_of(template: Template, placement: Placement, assets: Assets) -> list[Trouble]:
    """Faults, typefaces that are missing, ink that touches ink, ink too near the edge."""
    found = list(placement.faults)
    found += _strange_faces(placement, assets)
    found += _small_codes(placement)
    words = [(part, _solid(part, template)) for part in placement.parts]
    words = [(part, inks) for part, inks in words if inks]
    for part, inks in words:
        if isinstance(part.element, kinds.Image):
            continue
        if any(_too_near(ink, template) for ink in inks):
            said = _("“{what}” comes nearer to the edge of the paper than {safe} mm.").format(
                what=label_of(part.element), safe=f"{template.safe:g}"
            )
            found.append(Trouble(part.element.id, "edge", "", said))
        for other in placement.parts:
            if isinstance(other.element, kinds.Ornament) and any(
                isinstance(mark, Decor) and covers(mark, ink)
                for mark in other.marks
                for ink in inks
            ):
                found.append(_collision(part.element, other.element))
    for (one, some), (other, more) in combinations(words, 2):
        if isinstance(one.element, kinds.Image) and isinstance(other.element, kinds.Image):
            continue
        if any(_touch(ink, ink_too) for ink in some for ink_too in more):
            first, second = one.element, other.element
            if isinstance(first, kinds.Image):
                first, second = second, first
            found.append(_collision(first, second))
    return found


def _collision(one: AnyElement, other: AnyElement) -> Trouble:
    said = _("“{one}” touches “{other}”.").format(one=label_of(one), other=label_of(other))
    return Trouble(one.id, "collision", other.id, said)


def _solid(part: Part, template: Template) -> list[Ink]:
    """The rectangles of an element that nothing else may touch, in points."""
    element = part.element
    if isinstance(element, kinds.Ornament | kinds.Column):
        return []
    if isinstance(element, kinds.Image):
        whole = element.width * element.height > template.width * template.height / 2
        if whole or element.slot == "background":
            return []
    if isinstance(element, kinds.Table):
        ink = extent(part.marks)
        return [ink] if ink else []
    return [ink for mark in part.marks if (ink := extent_of(mark)) is not None]


def _too_near(ink: Ink, template: Template) -> bool:
    safe = template.safe * MM - 0.01
    left, bottom, right, top = ink
    return (
        left < safe
        or bottom < safe
        or right > template.width * MM - safe
        or top > template.height * MM - safe
    )


def _touch(one: Ink, other: Ink) -> bool:
    return (
        one[0] < other[2] + _TOUCH
        and other[0] < one[2] + _TOUCH
        and one[1] < other[3] + _TOUCH
        and other[1] < one[3] + _TOUCH
    )


def _strange_faces(placement: Placement, assets: Assets) -> Iterator[Trouble]:
    for part in placement.parts:
        names = dict.fromkeys(_faces(part.element)) if _worded(part) else ()
        for name in names:
            if assets.face(name).missing:
                said = _(
                    "The typeface {face} is not on this computer; Sarabun stands in. Put the file "
                    "of the typeface into the office's pictures and typefaces."
                ).format(face=name)
                yield Trouble(part.element.id, "missing", "", said)


def _small_codes(placement: Placement) -> Iterator[Trouble]:
    for part in placement.parts:
        for mark in part.marks:
            if isinstance(mark, Code):
                side = modules(mark.text)[0] + 2 * QUIET
                if mark.side / MM / side < _SMALLEST_MODULE:
                    said = _("A scanner cannot read “{what}”: make it {side} mm wide at least.")
                    least = math.ceil(side * _SMALLEST_MODULE)
                    sentence = said.format(what=label_of(part.element), side=least)
                    yield Trouble(part.element.id, "overflow", "", sentence)


def _worded(part: Part) -> bool:
    return any(isinstance(mark, Set) for mark in part.marks)


def _faces(element: AnyElement) -> Iterator[str]:
    styles = []
    if isinstance(element, kinds.Text):
        styles = [element.style]
    elif isinstance(element, kinds.Signatories):
        styles = [element.signer, element.position]
    elif isinstance(element, kinds.Table):
        styles = [element.head, *(column.style for column in element.columns)]
    for style in styles:
        yield style.face
        if style.digits_face:
            yield style.digits_face
