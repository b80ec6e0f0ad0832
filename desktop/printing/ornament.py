# SPDX-License-Identifier: Apache-2.0
"""The ornaments (ลวดลาย) a template can hold, each drawing itself into a box.

Everything is a vector: a border is as sharp at 600 dots per inch as on the screen and costs a few
kilobytes once per file. Nothing official is drawn: no Garuda, no ministry's emblem
(พ.ร.บ. เครื่องหมายครุฑพ่าห์ พ.ศ. ๒๕๓๔ and พ.ร.บ. เครื่องหมายราชการ พ.ศ. ๒๔๘๒ say who may use
those); an office puts in its own.

A kind says what of it can be changed (its ``knobs``), so that a designer can offer it and whatever
a file says can be drawn: what is missing or no good value is the usual one. No ink leaves the box.
Kinds that begin with "earlier:" draw what older layouts held; they are not offered.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from desktop.i18n import N_
from desktop.printing import ornament_earlier as earlier
from desktop.printing import ornament_emblem as emblem
from desktop.printing import ornament_frame as frame
from desktop.printing import ornament_scroll as scroll
from desktop.printing.ornament_pen import Pen, Size

KnobKind = Literal["colour", "length", "count", "line", "choice"]
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")

GOLD: Final = "#8C6A1E"
BRIGHT: Final = "#B98F35"
"""The two golds of the usual palette, dark enough for a copier and light enough to shine."""


@dataclass(frozen=True, slots=True)
class Knob:
    """Something of an ornament that can be changed.

    ``kind``: a colour (``#RRGGBB``; "" for none where ``least`` is 0), a length in millimetres, a
    whole number, the width of a line in points, or one of ``choices`` (value, words for people).
    """

    name: str
    label: str
    kind: KnobKind
    default: str | float | int
    least: float = 0.0
    most: float = 0.0
    choices: tuple[tuple[str, str], ...] = ()

    def value(self, said: Any) -> str | float | int:
        """What was said, if it can be, else the default; numbers are brought within bounds."""
        if self.kind == "choice":
            known = isinstance(said, str) and said in {value for value, _words in self.choices}
            return said if known else self.default
        if self.kind == "colour":
            good = isinstance(said, str) and (_COLOUR.fullmatch(said) or said == "")
            return said if good else self.default
        number = isinstance(said, int | float) and not isinstance(said, bool)
        if not number or not math.isfinite(said):
            return self.default
        kept = min(self.most, max(self.least, said))
        return round(kept) if self.kind == "count" else float(kept)


@dataclass(frozen=True, slots=True)
class Kind:
    """One ornament: what people call it, the group it is offered in, its usual size and knobs."""

    label: str
    group: str
    size: Size
    knobs: tuple[Knob, ...]
    draw: Callable[[Pen, Size, Mapping[str, Any]], None]

    def __call__(self, canvas: Any, size: Size, properties: Mapping[str, Any]) -> None:
        """Draw into a box of ``size`` millimetres whose lower left corner is the origin."""
        values = {knob.name: knob.value(properties.get(knob.name)) for knob in self.knobs}
        self.draw(Pen(canvas), size, values)


def draw_ornament(canvas: Any, drawing: str, size: Size, properties: Mapping[str, Any]) -> None:
    """Draw ornament ``drawing`` into a box. KeyError for an unknown one."""
    kind = ORNAMENTS[drawing]
    if min(size) <= 0:
        return
    canvas.saveState()
    canvas.setLineCap(1 if properties.get("style") == "dotted" else 0)
    kind(canvas, size, properties)
    canvas.restoreState()


def _colour(name: str, label: str, default: str) -> Knob:
    return Knob(name, label, "colour", default)


_MAIN: Final = _colour("colour", N_("Colour"), GOLD)
_SECOND: Final = _colour("second", N_("Second colour"), BRIGHT)
_PAPER: Final = _colour("paper", N_("Colour of the paper"), "#FFFFFF")
_GROUND: Final = _colour("ground", N_("Colour behind"), "")
_COLOURS: Final = (_MAIN, _SECOND, _PAPER)


def _line(default: float, most: float = 6.0) -> Knob:
    return Knob("line", N_("Thickness of line"), "line", default, 0.2, most)


def _length(name: str, label: str, default: float, least: float, most: float) -> Knob:
    return Knob(name, label, "length", default, least, most)


def _count(label: str, default: int, least: int, most: int, name: str = "count") -> Knob:
    return Knob(name, label, "count", default, least, most)


def _choice(name: str, label: str, *choices: tuple[str, str]) -> Knob:
    return Knob(name, label, "choice", choices[0][0], choices=choices)


def _yes(name: str, label: str, default: str = "yes") -> Knob:
    return Knob(name, label, "choice", default, choices=(("yes", N_("Yes")), ("no", N_("No"))))


_HEART: Final = _choice(
    "heart", N_("In its middle"),
    ("lotus", N_("Lotus")), ("flower", N_("Flower")), ("star", N_("Star")),
    ("none", N_("Nothing")),
)  # fmt: skip
_WHERE: Final = _choice(
    "where", N_("Which corners"),
    ("all", N_("All four")), ("top", N_("Both at the top")), ("bottom", N_("Both at the bottom")),
    ("left", N_("Both on the left")), ("right", N_("Both on the right")),
    ("top-left", N_("Top left")), ("top-right", N_("Top right")),
    ("bottom-left", N_("Bottom left")), ("bottom-right", N_("Bottom right")),
)  # fmt: skip

_FRAMES: Final = N_("Frames and lines")
_BORDERS: Final = N_("Borders")
_BANDS: Final = N_("Bands")
_CORNERS: Final = N_("Corners")
_DIVIDERS: Final = N_("Dividers")
_EMBLEMS: Final = N_("Emblems and seals")
_GROUNDS: Final = N_("Grounds")
_PAGE: Final = (281.0, 194.0)


def _border(label: str, filling: frame.Filling, height: float, *more: Knob) -> Kind:
    knobs = (*_COLOURS, _GROUND, _length("height", N_("Width of the band"), height, 2, 16),
             _line(1.3, 4), *more)  # fmt: skip
    return Kind(label, _BORDERS, _PAGE, knobs, frame.border(filling))


def _band(label: str, filling: frame.Filling, height: float, *more: Knob) -> Kind:
    knobs = (_MAIN, _SECOND, _GROUND, _yes("rules", N_("Lines beside it")), _line(0.8, 4), *more)
    return Kind(label, _BANDS, (120.0, height), knobs, frame.band(filling))


def _corner(label: str, motif: Callable[[], Any], size: float, *more: Knob) -> Kind:
    knobs = (_MAIN, _SECOND, *more, _length("size", N_("Size of a corner"), size, 5, 120), _WHERE)
    return Kind(label, _CORNERS, (273.0, 186.0), knobs, scroll.corners(motif))


_STRANDS: Final = _count(N_("Fine lines"), 7, 1, 14)

_OFFERED: Final[dict[str, Kind]] = {
    "frame": Kind(
        N_("Plain frame"), _FRAMES, _PAGE,
        (_MAIN, _SECOND, _line(1.4), _count(N_("How many lines"), 2, 1, 3),
         _length("gap", N_("Between the lines"), 0.9, 0.3, 10),
         _length("radius", N_("Round the corners by"), 0, 0, 60)),
        frame.frame,
    ),
    "frame_notched": Kind(
        N_("Frame with notched corners"), _FRAMES, _PAGE,
        (*_COLOURS, _line(1.3), _length("gap", N_("Between the lines"), 1.3, 0.5, 6),
         _length("radius", N_("Size of the notch"), 11, 2, 40),
         _yes("flower", N_("A flower in each notch"))),
        frame.notched,
    ),
    "box": Kind(
        N_("Box"), _FRAMES, (60.0, 30.0),
        (_colour("fill", N_("Filled with"), ""),
         _colour("colour", N_("Colour of the line"), "#1E2136"),
         _line(0.7), _length("radius", N_("Round the corners by"), 0, -60, 60)),
        frame.box,
    ),
    "line": Kind(
        N_("Straight line"), _FRAMES, (80.0, 2.0),
        (_colour("colour", N_("Colour"), "#1E2136"), _line(0.7),
         _choice("style", N_("Drawn"), ("solid", N_("Solid")), ("dotted", N_("Dotted")),
                 ("dashed", N_("Dashed")))),
        frame.line,
    ),
    "border_prajamyam": _border(N_("Border of four-petalled flowers"), frame.prajamyam, 5.2),
    "border_lotus": _border(N_("Border of lotus petals"), frame.lotus, 5.6),
    "border_kanok": _border(N_("Border of flames"), frame.kanok, 7.0),
    "border_waves": _border(N_("Border of waves"), frame.waves, 5.0),
    "border_guilloche": _border(N_("Border of fine lines"), frame.guilloche, 5.0, _STRANDS),
    "band_prajamyam": _band(N_("Band of four-petalled flowers"), frame.prajamyam, 7, _PAPER),
    "band_lotus": _band(N_("Band of lotus petals"), frame.lotus, 7, _PAPER),
    "band_kanok": _band(N_("Band of flames"), frame.kanok, 9, _PAPER),
    "band_waves": _band(N_("Band of waves"), frame.waves, 8),
    "band_guilloche": _band(N_("Band of fine lines"), frame.guilloche, 8, _STRANDS),
    "corners_kanok": _corner(N_("Corners with a vine"), scroll.kanok, 44, _PAPER),
    "corners_lotus": _corner(N_("Corners with a lotus"), scroll.lotus, 44, _PAPER),
    "corners_prajamyam": _corner(N_("Corners with flowers"), scroll.prajamyam, 40, _PAPER),
    "corners_lines": _corner(N_("Corners of lines"), scroll.lines, 30),
    "rule": Kind(N_("Tapering line"), _DIVIDERS, (90.0, 2.4), (_MAIN, _SECOND, _line(1.0, 3)),
                 scroll.rule),
    "rule_lotus": Kind(N_("Line with a lotus"), _DIVIDERS, (90.0, 8.0),
                       (*_COLOURS, _line(0.9, 3)), scroll.rule_lotus),
    "rule_kanok": Kind(N_("Flourish"), _DIVIDERS, (90.0, 12.0), _COLOURS, scroll.rule_kanok),
    "emblem_ring": Kind(N_("Ring with a lotus"), _EMBLEMS, (24.0, 24.0), (*_COLOURS, _HEART),
                        emblem.ring),
    "medallion": Kind(N_("Medallion"), _EMBLEMS, (30.0, 30.0),
                      (*_COLOURS, _HEART, _count(N_("Waves"), 28, 8, 60)), emblem.medallion),
    "seal": Kind(
        N_("Seal"), _EMBLEMS, (26.0, 38.0),
        (*_COLOURS, _colour("ribbon", N_("Colour of the ribbon"), "#232A5C"), _HEART,
         _yes("tails", N_("With a ribbon")), _count(N_("Teeth"), 32, 8, 60)),
        emblem.seal,
    ),
    "ribbon": Kind(
        N_("Banner"), _EMBLEMS, (110.0, 18.0),
        (_colour("colour", N_("Colour"), "#232A5C"),
         _colour("second", N_("Second colour"), "#3A4380"),
         _colour("shade", N_("Colour of the fold"), "#141A40"), _PAPER),
        emblem.ribbon,
    ),
    "wreath_laurel": Kind(N_("Laurel wreath"), _EMBLEMS, (34.0, 34.0),
                          (*_COLOURS, _count(N_("Pairs of leaves"), 10, 5, 18)),
                          scroll.wreath_of("laurel")),
    "wreath_lotus": Kind(N_("Wreath with a lotus"), _EMBLEMS, (34.0, 34.0),
                         (*_COLOURS, _count(N_("Pairs of leaves"), 10, 5, 18)),
                         scroll.wreath_of("lotus")),
    "rosette": Kind(
        N_("Rosette of fine lines"), _GROUNDS, (120.0, 120.0),
        (_colour("colour", N_("Colour"), "#F3ECDA"),
         _colour("second", N_("Second colour"), "#F3ECDA"),
         _line(0.35, 1.5), _count(N_("Petals"), 18, 5, 40),
         _count(N_("Rounds of lines"), 6, 2, 12, "rounds")),
        emblem.rosette,
    ),
    "ground_pattern": Kind(
        N_("Pattern all over"), _GROUNDS, (240.0, 150.0),
        (_colour("colour", N_("Colour"), "#F3ECDA"), _line(0.35, 1.5),
         _choice("style", N_("Drawn"), ("scales", N_("Water scales")),
                 ("lattice", N_("Flower lattice")), ("diamonds", N_("Diamonds"))),
         _length("cell", N_("Size of a cell"), 12, 4, 60)),
        emblem.pattern,
    ),
    "ground_water": Kind(
        N_("Flowing lines"), _GROUNDS, (297.0, 40.0),
        (_colour("colour", N_("Colour"), "#CFE3E1"), _line(0.35, 1.5),
         _count(N_("Fine lines"), 22, 3, 60)),
        emblem.water,
    ),
}  # fmt: skip

OFFERED: Final[tuple[str, ...]] = tuple(_OFFERED)
"""What a designer offers, in this order."""


def _kept(name: str) -> Kind:
    """An ornament of an earlier layout: its box is the page, its properties the old layer."""

    def draw(canvas: Any, size: Size, properties: Mapping[str, Any]) -> None:
        try:
            earlier.draw_art(canvas, size, name, properties)
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError):
            return  # a template from elsewhere, with properties that no earlier layout has

    return _Kept(name, "", _PAGE, (), lambda _pen, _size, _values: None, draw)


@dataclass(frozen=True, slots=True)
class _Kept(Kind):
    """A kind that takes its properties as they are."""

    drawn: Callable[[Any, Size, Mapping[str, Any]], None]

    def __call__(self, canvas: Any, size: Size, properties: Mapping[str, Any]) -> None:
        self.drawn(canvas, size, properties)


ORNAMENTS: Final[Mapping[str, Kind]] = {
    **_OFFERED,
    **{f"earlier:{name}": _kept(name) for name in earlier.ORNAMENTS},
}
"""Every ornament by the name that templates use."""
