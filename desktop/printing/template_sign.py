# SPDX-License-Identifier: Apache-2.0
"""Signers side by side: a line or the picture of a hand, the name under it, then the position.

A row has one base line, whatever stands on its letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from desktop.model.certificate import Signer
from desktop.model.template import Signatories, TextStyle
from desktop.printing.document import MM
from desktop.printing.template_fit import SCALES, Stack, in_style, set_stack
from desktop.printing.template_mark import Mark, Shown, Stroke

_NAME_GAP: Final = 1.1 * MM
_POSITION_GAP: Final = 0.5 * MM
_WIDEST: Final = 108.0
"""Millimetres that a signer's name and position take at most."""
_MOST: Final = 3
"""So many sign side by side."""
_BETWEEN: Final = 6.0
"""Millimetres between the words of two signers, and half as much more between their lines."""

Setter = Callable[[TextStyle, str, float, float], Stack]
"""Sets a text: style, text, width in millimetres, scale."""
Row = tuple[float, float, float, list[tuple[int, Stack]]]
"""Gap over a row, height over its base line and under it, and whose texts stand in it."""


def sign(
    element: Signatories,
    signers: tuple[Signer, ...],
    hands: tuple[str, ...],
    top: float,
    setter: Setter,
) -> tuple[list[Mark], list[Stack], bool]:
    """The marks of a row of signers, its texts, and whether they have room.

    ``hands`` are digests of pictures, "" for a line; ``top`` is the upper edge in points.
    """
    share = element.width / len(signers)
    if element.align != "centre":
        share = min(share, max(element.width / _MOST, element.line_width + 2 * _BETWEEN))
    start = element.x
    if element.align == "right":
        start += element.width - share * len(signers)
    width = min(share - _BETWEEN, _WIDEST)
    room = (element.height - element.hand) * MM
    rows: list[Row] = []
    fits = False
    for scale in SCALES:
        rows = list(_rows(element, signers, width, _at(setter, scale)))
        fits = sum(gap + rise + under for gap, rise, under, _stacks in rows) <= room + 0.01
        if fits:
            break
    middles = [(start + share * (index + 0.5)) * MM for index in range(len(signers))]
    y = top - element.hand * MM
    line = max(0.0, min(element.line_width, share - 2 * _BETWEEN))
    marks = list(_hands(element, hands, middles, y, line * MM / 2))
    made: list[Stack] = []
    for gap, rise, under, stacks in rows:
        y -= gap + rise
        for index, each in stacks:
            made.append(each)
            marks += set_stack(each, middles[index] - width * MM / 2, width * MM, y)
        y -= under
    return marks, made, fits


def _at(setter: Setter, scale: float) -> Callable[[TextStyle, str, float], Stack]:
    return lambda style, text, width: setter(style, text, width, scale)


def _rows(
    element: Signatories,
    signers: tuple[Signer, ...],
    width: float,
    setter: Callable[[TextStyle, str, float], Stack],
) -> Iterator[Row]:
    names = [f"({one.name})" if one.name and element.brackets else one.name for one in signers]
    for style, gap, texts in (
        (element.signer, _NAME_GAP, names),
        (element.position, _POSITION_GAP, [one.position for one in signers]),
    ):
        stacks = [
            (index, setter(style, in_style(text, style), width))
            for index, text in enumerate(texts)
            if text
        ]
        if stacks:
            rise = max(made.rise for _index, made in stacks)
            yield gap, rise, max(made.height - made.rise for _index, made in stacks), stacks


def _hands(
    element: Signatories, hands: tuple[str, ...], middles: list[float], y: float, half: float
) -> Iterator[Mark]:
    for hand, middle in zip(hands, middles, strict=True):
        if hand:
            yield Shown(hand, middle - half, y, 2 * half, element.hand * MM, "contain", foot=True)
        elif element.line != "none":
            dotted = element.line == "dotted"
            weight, colour = (0.9 if dotted else 0.6), element.position.colour
            yield Stroke(middle - half, y, middle + half, y, weight, colour, dotted)
