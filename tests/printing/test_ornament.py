# SPDX-License-Identifier: Apache-2.0
"""Ornaments: each within its box at any size, re-laid and not stretched, whatever a file says."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import pypdfium2
import pytest
from PIL import ImageChops, ImageOps

from desktop.i18n import N_
from desktop.printing import ornament_earlier
from desktop.printing.document import MM, Document
from desktop.printing.ornament import OFFERED, ORNAMENTS, Kind, draw_ornament
from desktop.printing.template_ink import _Following

MARGIN = 36
"""Points of empty paper around every box."""
DOTS = 2
"""Dots a point. Pages are of whole points, so that dots and points meet."""
ODD = ((24.0, 24.0), (18.0, 140.0), (150.0, 30.0), (7.0, 5.0))


def _sizes(kind: Kind) -> tuple[tuple[float, float], ...]:
    return (kind.size, *ODD)


@cache
def _rendered(name: str) -> list[tuple[tuple[float, float], tuple[float, float, float, float]]]:
    """Each size and its ink in millimetres from the box's lower left: left, bottom, right, top."""
    kind = ORNAMENTS[name]
    dark = {
        knob.name: "#000000" for knob in kind.knobs if knob.kind == "colour" and knob.default
    } | {"paper": "#FFFFFF"}
    most = [
        math.ceil(max(size[side] for size in _sizes(kind)) * MM) + 2 * MARGIN for side in (0, 1)
    ]
    document = Document((most[0] / MM, most[1] / MM), title=name)
    for size in _sizes(kind):
        document.canvas.saveState()
        document.canvas.translate(MARGIN, MARGIN)
        draw_ornament(document.canvas, name, size, dark)
        document.canvas.restoreState()
        document.page()
    found = []
    with pypdfium2.PdfDocument(document.save()) as pdf:
        for size, page in zip(_sizes(kind), pdf, strict=True):
            image = ImageOps.invert(page.render(scale=DOTS, grayscale=True).to_pil())
            assert image.size == (most[0] * DOTS, most[1] * DOTS)
            box = image.point(lambda value: 255 * (value > 25)).getbbox()
            left, top, right, bottom = box or (MARGIN * DOTS, image.height - MARGIN * DOTS) * 2
            edges = (left, image.height - bottom, right, image.height - top)
            found.append((size, tuple((edge / DOTS - MARGIN) / MM for edge in edges)))
    return found


@pytest.mark.parametrize("name", OFFERED)
def test_no_ink_leaves_the_box_at_any_size(name: str) -> None:
    """Fails for a line drawn in the middle of the edge, and for a motif that is not brought to
    the size of its box."""
    for size, (left, bottom, right, top) in _rendered(name):
        if (left, bottom) == (right, top):
            continue
        near = 1.2 / DOTS / MM
        assert min(left, bottom) > -near, (name, size)
        assert max(right - size[0], top - size[1]) < near, (name, size)


@pytest.mark.parametrize("name", OFFERED)
def test_every_ornament_fills_the_box_it_is_offered_in(name: str) -> None:
    """Fails for an ornament that draws nothing, or that keeps to a corner of its box."""
    size, (left, bottom, right, top) = _rendered(name)[0]
    assert right - left > 0.55 * size[0] or top - bottom > 0.55 * size[1]
    assert abs((left + right) / 2 - size[0] / 2) < 0.06 * size[0] + 0.5
    assert abs((bottom + top) / 2 - size[1] / 2) < 0.2 * size[1] + 0.5


@pytest.mark.parametrize("name", [name for name in OFFERED if name.startswith("border_")])
def test_a_larger_border_has_more_units_and_not_larger_ones(name: str) -> None:
    """Fails when a border is scaled with its box, which makes its lines fat."""
    small, large = (_stream(name, size) for size in ((120.0, 90.0), (240.0, 180.0)))
    assert large.count(" c\n") > 1.6 * small.count(" c\n")
    assert _weights(small) == _weights(large)


def _weights(stream: str) -> set[float]:
    """The widths of lines as they are seen, in points."""
    lines = _Following(stream.encode()).lines()
    return {round(weight, 2) for _start, _end, weight in lines if weight}


def _stream(
    name: str, size: tuple[float, float], properties: Mapping[str, object] = MappingProxyType({})
) -> str:
    document = Document((300, 300), title="one")
    draw_ornament(document.canvas, name, size, properties)
    return "\n".join(document.canvas._code) + "\n"


@pytest.mark.parametrize("name", OFFERED)
def test_what_a_file_says_wrongly_is_drawn_as_usual(name: str) -> None:
    """Fails when a value is taken without a look: a colour of five digits, a count of infinity."""
    kind = ORNAMENTS[name]
    usual = _stream(name, kind.size)
    for wrong in (None, "#12345", "red", [], {}, float("nan"), True):
        told = {knob.name: wrong for knob in kind.knobs} | {"stranger": wrong}
        assert _stream(name, kind.size, told) == usual
    for knob in kind.knobs:
        if knob.kind not in ("colour", "choice"):
            assert knob.value(1e9) == knob.most
            assert knob.value(-1e9) == knob.least


@pytest.mark.parametrize("name", OFFERED)
def test_every_knob_changes_the_drawing(name: str) -> None:
    """Fails for a knob that is offered and read by nobody."""
    kind = ORNAMENTS[name]
    usual = _stream(name, kind.size)
    for knob in kind.knobs:
        others: list[object]
        if knob.kind == "choice":
            others = [value for value, _words in knob.choices if value != knob.default]
        elif knob.kind == "colour":
            others = ["#123456"]
        else:
            others = [knob.least, knob.most]
        assert any(_stream(name, kind.size, {knob.name: other}) != usual for other in others), (
            f"{name}: {knob.name}"
        )


def test_no_ornament_is_drawn_in_a_box_without_room() -> None:
    for name in OFFERED:
        assert _stream(name, (0.0, 20.0)) == "\n"
        _stream(name, (0.4, 0.4))


def test_people_are_told_what_everything_is() -> None:
    """Fails for a kind, a knob or a choice without words."""
    for name in OFFERED:
        kind = ORNAMENTS[name]
        words = [kind.label, kind.group, *(knob.label for knob in kind.knobs)]
        words += [words for knob in kind.knobs for _value, words in knob.choices]
        assert all(words), name
        assert len({knob.name for knob in kind.knobs}) == len(kind.knobs)
    assert len({ORNAMENTS[name].label for name in OFFERED}) == len(OFFERED)
    assert N_("Frame with notched corners") in {ORNAMENTS[name].label for name in OFFERED}


def test_what_earlier_layouts_held_is_drawn_as_it_was() -> None:
    """Fails when an earlier ornament is moved, scaled or drawn by one of today's of its name."""
    layer = {"inset": 8, "stroke": "#8C6A1E", "line": 1.6, "notch": 5}
    document = Document((297, 210), title="one")
    ornament_earlier.draw_art(document.canvas, (297, 210), "frame", layer)
    was = "\n".join(document.canvas._code)
    assert was in _stream("earlier:frame", (297, 210), layer)
    assert not any(name.startswith("earlier:") for name in OFFERED)
    assert {f"earlier:{name}" for name in ornament_earlier.ORNAMENTS} <= ORNAMENTS.keys()


@pytest.mark.parametrize("name", sorted(set(ORNAMENTS) - set(OFFERED)))
@pytest.mark.parametrize("said", [{}, {"inset": "x", "stroke": ["a"]}, {"paths": [3], "x": None}])
def test_a_template_from_elsewhere_that_names_one_wrongly_draws_nothing(
    name: str, said: Mapping[str, object]
) -> None:
    """The mutant: the properties of an earlier layout believed to be all there."""
    assert _stream(name, (50.0, 50.0), said)


def test_a_dotted_line_is_dots_and_a_solid_one_is_not() -> None:
    document = Document((100, 10), title="lines")
    for style in ("solid", "dotted"):
        draw_ornament(document.canvas, "line", (90, 4), {"style": style, "colour": "#000000"})
        document.page()
    with pypdfium2.PdfDocument(document.save()) as pdf:
        solid, dotted = (page.render(scale=4, grayscale=True).to_pil() for page in pdf)
    assert ImageChops.difference(solid, dotted).getbbox() is not None
    row = [dotted.getpixel((x, dotted.height - round(2 * MM * 4))) for x in range(100, 900)]
    assert min(row) < 120
    assert max(row) > 230
