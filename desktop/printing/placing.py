# SPDX-License-Identifier: Apache-2.0
"""Where each text of a certificate goes: sizes, lines and base lines, worked out from ink.

The column is measured with what the texts really ink (Thai stacks three high and hangs half an em
low, and a script face more), never with the font's nominal height alone, so no line touches its
neighbour whatever the names are. A nominal height is the least a line takes all the same: without
it the base lines of a batch would dance from page to page with the marks of each name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from desktop.errors import Problem
from desktop.i18n import _
from desktop.printing.document import MM
from desktop.printing.layout import FIELDS, Block, Layout
from desktop.printing.lines import Fitted, TextDoesNotFit, fit, fit_lines
from desktop.printing.typeface import Align, Ink, Unprintable, typeface

if TYPE_CHECKING:
    from desktop.printing.certificate import CertificatePage

_RISE: Final = 0.92
"""Least height of a line over its base line in em: the top of "ที่" in Sarabun."""
_DROP: Final = 0.24
_CLEAR: Final = 0.9
"""Clear space between the ink of two lines of one text, in points."""
_TIGHTEST: Final = 0.34
"""How far a gap may shrink before sizes do."""
_LOOSEST: Final = 1.9
"""How far a gap may stretch; what is left over goes above and below the column."""
_SCALES: Final = (1.0, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76, 0.72)
_DIGITS: Final = frozenset("0123456789๐๑๒๓๔๕๖๗๘๙")


class PageProblem(Problem):
    """A text of one certificate cannot be printed; the sentence names the certificate and text."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Placed:
    """One line of text in its place, in points; ``ink`` is left, bottom, right, top."""

    field: str
    face: str
    text: str
    x: float
    y: float
    size: float
    align: Align
    condense: float
    colour: str
    ink: Ink


@dataclass(frozen=True, slots=True)
class DottedLine:
    """A line to sign on, in points."""

    x: float
    y: float
    width: float
    colour: str


@dataclass(frozen=True, slots=True)
class Placement:
    """A page worked out: everything on it but the art."""

    texts: tuple[Placed, ...]
    lines: tuple[DottedLine, ...]


@dataclass(frozen=True, slots=True)
class _Stack:
    """A block's lines with their measures in points: over the first base line, between, under."""

    block: Block
    face: str
    fitted: Fitted
    rise: float
    steps: tuple[float, ...]
    drop: float

    @property
    def height(self) -> float:
        return self.rise + sum(self.steps) + self.drop


def place(page: CertificatePage, layout: Layout) -> Placement:
    """Work a page out.

    Raises ``PageProblem``, naming certificate and text, when a text does not fit or has a
    character that its font lacks.
    """
    texts: list[Placed] = []
    flowing: list[tuple[Block, str]] = []
    for block in layout.blocks:
        text = FIELDS[block.field].value(page)
        if not text:
            continue
        if block.y is None:
            flowing.append((block, text))
        else:
            stack = _stack(block, text, 1.0, page)
            texts += _set(stack, block.x * MM, block.y * MM)
    texts += _flow(page, layout, flowing)
    signers, lines = _sign(page, layout)
    return Placement(tuple(texts + signers), lines)


def _flow(page: CertificatePage, layout: Layout, flowing: list[tuple[Block, str]]) -> list[Placed]:
    """The flowing blocks from top to bottom; gaps give way first, then sizes."""
    room = (layout.flow_top - layout.flow_bottom) * MM
    gaps = sum(block.gap for block, _text in flowing) * MM
    for scale in _SCALES:
        stacks = [_stack(block, text, scale, page) for block, text in flowing]
        heights = sum(stack.height for stack in stacks)
        if heights + gaps * _TIGHTEST <= room:
            break
    else:
        block, text = max(flowing, key=lambda pair: len(pair[1]))
        raise PageProblem(str(TextDoesNotFit(text, _whose(page, block.field))), block.field)
    stretch = min(_LOOSEST, (room - heights) / gaps) if gaps else 0.0
    y = layout.flow_top * MM - (room - heights - gaps * stretch) / 2
    placed: list[Placed] = []
    for stack in stacks:
        y -= stack.block.gap * MM * stretch + stack.rise
        placed += _set(stack, stack.block.x * MM, y)
        y -= sum(stack.steps) + stack.drop
    return placed


def _sign(page: CertificatePage, layout: Layout) -> tuple[list[Placed], tuple[DottedLine, ...]]:
    """Signers side by side: a dotted line, the name in brackets, the position under it."""
    signing = layout.signing
    column = (signing.right - signing.left) / max(1, len(page.signers))
    width = min(column - 6, 108)
    line = min(signing.line_width, column - 12) * MM
    middles = [(signing.left + column * (index + 0.5)) * MM for index in range(len(page.signers))]
    texts: list[Placed] = []
    y = signing.line_y * MM
    for block, row in (
        (signing.name, [f"({signer.name})" if signer.name else "" for signer in page.signers]),
        (signing.position, [signer.position for signer in page.signers]),
    ):
        stacks = [
            (middle, _stack(_widened(block, width), text, 1.0, page))
            for middle, text in zip(middles, row, strict=True)
            if text
        ]
        if stacks:  # one base line for the row, whatever stands on its letters
            y -= block.gap * MM + max(stack.rise for _middle, stack in stacks)
            for middle, stack in stacks:
                texts += _set(stack, middle, y)
            y -= max(stack.height - stack.rise for _middle, stack in stacks)
    return texts, tuple(
        DottedLine(middle - line / 2, signing.line_y * MM, line, signing.colour)
        for middle in middles
    )


@lru_cache(maxsize=64)
def _widened(block: Block, width: float) -> Block:
    return replace(block, width=width)


def _whose(page: CertificatePage, field: str) -> str:
    label = _(FIELDS[field].label) if field in FIELDS else _("signer")
    return _("Certificate {number}, {label}").format(number=page.number, label=label)


def _stack(block: Block, text: str, scale: float, page: CertificatePage) -> _Stack:
    try:
        return _measured(block, text, scale)
    except (TextDoesNotFit, Unprintable) as problem:
        whose = _whose(page, block.field)
        raise PageProblem(f"{whose}: {problem}", block.field) from problem


@lru_cache(maxsize=4096)
def _measured(block: Block, text: str, scale: float) -> _Stack:
    name = block.digits if block.digits and _DIGITS.intersection(text) else block.face
    face = typeface(name)
    size = max(block.smallest, block.size * scale)
    setter = fit if block.keep == "line" else fit_lines
    fitted = setter(
        face, text, size, block.width * MM, smallest=block.smallest, max_lines=block.max_lines
    )
    inks = [face.ink(line, fitted.size) for line in fitted.lines]
    steps = tuple(
        max(block.leading * fitted.size, below[3] - above[1] + _CLEAR)
        for above, below in pairwise(inks)
    )
    # A name shrunk to its line keeps the height of the others: the column stays where it is.
    nominal = fitted.size if steps else size
    return _Stack(
        block,
        name,
        fitted,
        rise=max(_RISE * nominal, inks[0][3]),
        steps=steps,
        drop=max(_DROP * nominal, -inks[-1][1]),
    )


def _set(stack: _Stack, x: float, y: float) -> list[Placed]:
    block, fitted = stack.block, stack.fitted
    face = typeface(stack.face)
    placed: list[Placed] = []
    for index, text in enumerate(fitted.lines):
        base = y - sum(stack.steps[:index])
        left, bottom, right, top = face.ink(text, fitted.size, condense=fitted.condense)
        start = x
        if block.align != "left":
            width = face.width(text, fitted.size, condense=fitted.condense)
            start = x - (width if block.align == "right" else width / 2)
        placed.append(
            Placed(
                block.field,
                stack.face,
                text,
                x,
                base,
                fitted.size,
                block.align,
                fitted.condense,
                block.colour,
                (start + left, base + bottom, start + right, base + top),
            )
        )
    return placed
