# SPDX-License-Identifier: Apache-2.0
"""QR codes drawn as rectangles: sharp at any size, and the same for the same text.

Badges, sheets and certificates carry digits, which a QR code packs at three and a third bits
each, so the modules come out large enough for a cheap scanner and a bad printer. No identity
number goes into one.
"""

from __future__ import annotations

from functools import cache
from itertools import compress
from typing import Any, Final

from desktop.printing.document import MM, numbers
from desktop.printing.qr_symbol import modules

QUIET: Final = 4
"""Light modules that ISO/IEC 18004 wants around the symbol."""


class _Runs(dict[tuple[int, int], str]):
    """What is written for the dark modules from one place of a symbol to another, once each."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self._line = side + 1
        self.places = tuple(range(side * self._line))

    def __missing__(self, span: tuple[int, int]) -> str:
        column, row = divmod(span[0], self._line)
        long = span[1] - span[0]
        said = self[span] = f"{column} {self._line - 1 - row - long} 1 {long} re"
        return said


@cache
def _runs(side: int) -> _Runs:
    return _Runs(side)


def draw_qr(
    canvas: Any, text: str, x: float, y: float, side_mm: float, *, white: bool = False
) -> None:
    """Draw ``text`` in black, error correction M, with its lower left corner at (x, y) points.

    ``side_mm`` is the side with the quiet zone in it, in millimetres. Digits alone make the
    smallest code; 12 mm is enough for 20 of them, 24 mm for 430 of them or 200 letters. With
    ``white`` the whole square is white first.
    """
    side, dark = modules(text)
    unit = side_mm * MM / (side + 2 * QUIET)
    left, foot = x + QUIET * unit, y + QUIET * unit
    here = int.from_bytes(dark, "big")
    before = here >> 8
    both = here & before
    starts = (here ^ both).to_bytes(len(dark), "big")
    ends = (before ^ both).to_bytes(len(dark), "big")
    runs = _runs(side)
    spans = zip(compress(runs.places, starts), compress(runs.places, ends), strict=True)
    whole = side + 2 * QUIET
    ground = f"1 1 1 rg {-QUIET} {-QUIET} {whole} {whole} re f " if white else ""
    # One path for the whole symbol, in units of a module: no hairlines between neighbours.
    canvas._code.append(
        f"q {numbers(unit, 0, 0, unit, left, foot)} cm {ground}0 0 0 rg "
        f"{' '.join(map(runs.__getitem__, spans))} f Q"
    )
    canvas.packed_lightly = True
