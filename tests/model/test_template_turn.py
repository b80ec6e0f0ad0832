# SPDX-License-Identifier: Apache-2.0
"""A page turned: what stood well on the one stands well on the other."""

from __future__ import annotations

from desktop.model.template import Column, Image, Ornament, Qr, Template, Text
from desktop.model.template_edit import Box, box_of
from desktop.model.template_turn import on_page, turned

PAGE = Template(
    purpose="certificate",
    titles={},
    width=297,
    height=210,
    elements=(
        Ornament(id="frame", x=6, y=6, width=285, height=198, drawing="frame"),
        Image(id="emblem", x=133.5, y=14, width=30, height=30, slot="emblem"),
        Column(id="column", x=30, y=60, width=237, height=90),
        Text(id="name", x=30, y=0, width=237, height=0, text="{recipient}", column="column"),
        Qr(id="qr", x=260, y=175, width=24, height=24),
        Text(id="number", x=227, y=12, width=60, height=8, text="{number}"),
    ),
)


def test_a_frame_keeps_its_margins_and_pictures_their_size() -> None:
    """Mutant: everything stretched, and a QR code that no scanner reads."""
    after = turned(PAGE)
    assert (after.width, after.height) == (210, 297)
    assert box_of(after.element("frame")) == Box(6, 6, 198, 285)
    assert box_of(after.element("emblem")) == Box(90, 14, 30, 30)
    assert box_of(after.element("qr")) == Box(173, 262, 24, 24)
    assert box_of(after.element("number")) == Box(140, 12, 60, 8)


def test_texts_of_a_column_have_its_new_width() -> None:
    after = turned(PAGE)
    assert after.element("column").width == 150
    assert (after.element("name").x, after.element("name").width) == (30, 150)


def test_everything_stays_on_the_page() -> None:
    small = on_page(PAGE, 148, 105)
    for one in small.elements:
        assert one.x >= 0
        assert one.x + one.width <= 148
        if one.id != "name":
            assert one.y + one.height <= 105


def test_the_same_size_is_the_same_template() -> None:
    assert on_page(PAGE, 297, 210) is PAGE
    assert turned(turned(PAGE)).element("frame") == PAGE.element("frame")
