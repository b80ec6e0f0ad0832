# SPDX-License-Identifier: Apache-2.0
"""What lies under the mouse."""

from __future__ import annotations

from desktop.model.template import Column, Image, Ornament, Qr, Template, Text
from desktop.model.template_edit import Box
from desktop.ui.widgets.canvas_hit import frame_of, handle_at, hits, in_turn, within

PAGE = Template(
    purpose="certificate",
    titles={},
    width=297,
    height=210,
    elements=(
        Image(id="ground", x=0, y=0, width=297, height=210, slot="background"),
        Ornament(id="frame", x=6, y=6, width=285, height=198, drawing="frame"),
        Column(id="column", x=40, y=40, width=217, height=120),
        Text(id="name", x=40, y=0, width=217, height=0, text="", column="column"),
        Text(id="wide", x=20, y=170, width=250, height=20, text=""),
        Qr(id="code", x=30, y=165, width=24, height=24),
        Qr(id="fast", x=200, y=165, width=24, height=24, locked=True),
        Qr(id="gone", x=230, y=165, width=24, height=24, hidden=True),
    ),
)
BOXES = {"name": Box(100, 80, 97, 9), "wide": Box(120, 175, 57, 6)}


def at(x: float, y: float) -> tuple[str, ...]:
    return hits(PAGE, BOXES, x, y, 0.5)


def test_a_text_is_taken_by_its_ink() -> None:
    """Mutant: a wide empty box of a text that covers everything under it."""
    assert at(140, 178)[0] == "wide"
    assert at(42, 178)[0] == "code"
    assert at(140, 84)[0] == "name"


def test_what_covers_the_page_comes_last() -> None:
    assert at(20, 20) == ("frame", "ground")
    assert at(60, 60) == ("column", "frame", "ground")


def test_what_is_held_fast_or_hidden_is_not_taken() -> None:
    assert "fast" not in at(210, 170)
    assert "gone" not in at(240, 170)


def test_a_rectangle_takes_what_it_touches_but_no_ground() -> None:
    assert within(PAGE, BOXES, Box(20, 160, 150, 30)) == {"wide", "code"}
    everything = within(PAGE, BOXES, Box(-1, -1, 300, 220))
    assert everything == {"ground", "frame", "column", "name", "wide", "code"}


def test_handles_are_at_the_corners_and_sides() -> None:
    box = Box(10, 10, 40, 20)
    assert handle_at(box, 10.5, 9.8, 1, level=False) == "nw"
    assert handle_at(box, 30, 30, 1, level=False) == "s"
    assert handle_at(box, 30, 30, 1, level=True) is None
    assert handle_at(box, 50, 20, 1, level=True) == "e"
    assert handle_at(box, 30, 20, 1, level=False) is None


def test_a_low_text_is_taken_in_its_middle_not_by_a_handle_nobody_sees() -> None:
    """Mutant: handles that are not drawn, and are caught all the same."""
    low = Box(10, 10, 60, 6)
    assert handle_at(low, 40, 13, 3.5, level=False) == "n"
    assert handle_at(low, 40, 13, 3.5, level=False, least=13) is None
    assert handle_at(low, 69, 15, 3.5, level=False, least=13) == "se"


def test_a_text_of_a_column_is_framed_where_it_was_set() -> None:
    assert frame_of(PAGE.element("name"), BOXES) == Box(40, 80, 217, 9)
    assert frame_of(PAGE.element("name"), {}) == Box(40, 0, 217, 0)


def test_tab_goes_down_the_page_with_texts_after_their_column() -> None:
    assert in_turn(PAGE) == ("ground", "frame", "column", "name", "code", "wide")
