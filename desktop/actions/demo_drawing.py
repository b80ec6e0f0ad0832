# SPDX-License-Identifier: Apache-2.0
"""Two drawings that stand for the photographs of a home visit. Nobody's house was photographed."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

SIZE: Final = (960, 720)
"""Width and height in pixels."""

_FINE: Final = 2
"""It is drawn this much larger, so that slanting lines are smooth."""
_QUALITY: Final = 82

Point = tuple[float, float]


class _Sheet:
    """Draws in the pixels of the finished picture."""

    def __init__(self, draw: ImageDraw) -> None:
        self._draw = draw

    def box(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        self._draw.rectangle(tuple(_FINE * n for n in (left, top, right, bottom)), fill)

    def shape(self, points: Sequence[Point], fill: str) -> None:
        self._draw.polygon([(_FINE * x, _FINE * y) for x, y in points], fill)

    def round(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        self._draw.ellipse(tuple(_FINE * n for n in (left, top, right, bottom)), fill)

    def line(self, points: Sequence[Point], fill: str, width: float) -> None:
        far = [(_FINE * x, _FINE * y) for x, y in points]
        self._draw.line(far, fill, round(_FINE * width))


def house() -> bytes:
    """A house on stilts under hills, as JPEG."""
    return _drawn(_house)


def kitchen() -> bytes:
    """A kitchen with an open hearth, as JPEG."""
    return _drawn(_kitchen)


def _drawn(by: Callable[[_Sheet], None]) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (SIZE[0] * _FINE, SIZE[1] * _FINE))
    by(_Sheet(ImageDraw.Draw(image)))
    held = io.BytesIO()
    image.resize(SIZE, Image.Resampling.BOX).save(held, "JPEG", quality=_QUALITY)
    return held.getvalue()


def _house(s: _Sheet) -> None:
    s.box(0, 0, 960, 720, "#cfe3ee")
    s.round(730, 60, 820, 150, "#f7dfa0")
    s.shape([(0, 360), (190, 190), (360, 320), (540, 150), (760, 330), (960, 220), (960, 480),
             (0, 480)], "#9fb7b0")  # fmt: skip
    s.shape([(0, 420), (260, 300), (520, 410), (760, 290), (960, 380), (960, 500), (0, 500)],
            "#7c9c86")  # fmt: skip
    s.box(0, 470, 960, 720, "#b89a6c")
    s.shape([(0, 470), (960, 470), (960, 520), (420, 545), (0, 510)], "#8fa763")
    s.shape([(560, 720), (820, 720), (690, 600), (625, 600)], "#cdb48a")
    for x, high in ((120, 330), (860, 350)):  # bananas beside the house
        s.box(x - 8, high, x + 8, 560, "#7d8a4e")
        for way in (-1, 1):
            for drop in (0, 34, 70):
                s.shape([(x, high + drop / 3), (x + way * 58, high - 40 + drop),
                         (x + way * 92, high + 26 + drop), (x + way * 48, high + drop)],
                        "#5f8f4a" if drop else "#6fa457")  # fmt: skip
    for x in (250, 400, 560, 710):  # stilts
        s.box(x, 470, x + 18, 590, "#6b4a30")
    s.box(225, 455, 750, 480, "#7a5636")
    s.box(245, 310, 730, 458, "#c49a62")
    for x in range(265, 730, 20):
        s.line([(x, 312), (x, 456)], "#ab8350", 2)
    s.box(300, 345, 380, 410, "#4b3a2c")
    s.box(338, 345, 342, 410, "#c49a62")
    s.box(590, 335, 670, 457, "#5a4029")
    s.shape([(190, 325), (300, 180), (680, 180), (785, 325)], "#8a6b45")
    for share in (0.25, 0.5, 0.75):
        eave, edge = 180 + 145 * share, 110 * share
        s.line([(300 - edge, eave), (680 + 0.95 * edge, eave)], "#755837", 3)
    s.shape([(340, 205), (470, 205), (475, 262), (325, 262)], "#9aa5a8")  # mended with tin
    for x in range(350, 470, 16):
        s.line([(x, 208), (x - 3, 260)], "#808c90", 2)
    for x in (602, 652):  # ladder
        s.line([(x, 460), (x + 26, 600)], "#5a4029", 7)
    for step in range(5):
        s.line(
            [(606 + 5 * step, 480 + 25 * step), (658 + 5 * step, 480 + 25 * step)], "#5a4029", 5
        )
    s.round(800, 545, 880, 570, "#4a7d96")
    s.box(800, 557, 880, 625, "#5b90aa")
    s.round(800, 612, 880, 638, "#5b90aa")


def _kitchen(s: _Sheet) -> None:
    s.box(0, 0, 960, 500, "#b98f5f")
    for x in range(0, 960, 48):
        s.line([(x, 0), (x, 500)], "#9d7747", 3)
    s.shape([(0, 500), (960, 500), (960, 720), (0, 720)], "#8c6a48")
    for x in range(-400, 1400, 110):
        s.line([(480 + (x - 480) * 0.7, 500), (x, 720)], "#765839", 3)
    s.box(90, 110, 330, 320, "#5d4327")  # window
    s.box(104, 124, 316, 306, "#d6e8f0")
    s.shape([(104, 306), (104, 250), (180, 205), (250, 260), (316, 220), (316, 306)], "#86a68c")
    s.box(206, 124, 214, 306, "#5d4327")
    for y in (150, 260):  # shelves
        s.box(540, y, 880, y + 14, "#6a4a2c")
    for x, colour in ((565, "#d9d2c0"), (640, "#b9c7c9"), (715, "#d9d2c0"), (790, "#c7a58a")):
        s.shape([(x, 118), (x + 56, 118), (x + 44, 150), (x + 12, 150)], colour)
    for x, high, colour in ((570, 66, "#7e8d90"), (650, 48, "#a9744f"), (735, 74, "#5f7f8a"),
                            (815, 52, "#8a6f4b")):  # fmt: skip
        s.box(x, 260 - high, x + 46, 260, colour)
        s.box(x + 8, 252 - high, x + 38, 262 - high, "#4b3a2c")
    s.shape([(300, 640), (690, 640), (640, 560), (350, 560)], "#57504a")  # hearth
    for x in (410, 490, 570):
        s.round(x - 26, 540, x + 26, 596, "#7d766f")
    for x, high in ((455, 60), (490, 84), (527, 64)):  # fire
        s.shape([(x - 16, 596), (x, 596 - high), (x + 16, 596)], "#e0892f")
        s.shape([(x - 8, 596), (x, 600 - high / 2), (x + 8, 596)], "#f4cf63")
    s.line([(360, 600), (470, 588)], "#4b3320", 12)
    s.line([(620, 604), (512, 590)], "#4b3320", 12)
    s.round(405, 430, 575, 560, "#2f2d2c")  # pot
    s.box(405, 420, 575, 492, "#2f2d2c")
    s.round(395, 405, 585, 438, "#474442")
    s.round(478, 396, 502, 414, "#2f2d2c")
    s.line([(440, 380), (432, 340), (446, 300)], "#d9cdbd", 5)
    s.line([(530, 380), (540, 336), (526, 292)], "#d9cdbd", 5)
    s.round(730, 520, 880, 560, "#a98a58")  # basket of rice
    s.shape([(730, 540), (880, 540), (856, 640), (754, 640)], "#c2a067")
    for y in (560, 585, 610):
        s.line([(738, y), (872, y)], "#a98a58", 4)
    s.round(744, 524, 866, 552, "#f0ead9")
    s.round(90, 520, 220, 560, "#4a6f7a")  # water
    s.shape([(90, 540), (220, 540), (204, 650), (106, 650)], "#5f8a97")
