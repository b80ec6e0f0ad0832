# SPDX-License-Identifier: Apache-2.0
"""The canvas of the designer by hand: what is dragged, drawn out, chosen, nudged."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.model.template import Column, Image, Ornament, Qr, Text
from desktop.model.template_edit import box_of, texts_of
from desktop.ui.desk import Desk
from desktop.ui.widgets.canvas_drag import Flowing, Moving
from tests.ui.pages.designer_ground import Table, close, laid, put

Settled = Callable[[], None]
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def table(qtbot: QtBot, desk: Desk, settled: Settled) -> Table:
    made = laid(qtbot, desk, settled)
    made.open()
    return made


def test_what_is_dragged_lies_where_it_was_dropped(table: Table) -> None:
    """Mutant: a drop that forgets the drag, or counts pixels for millimetres."""
    code = table.of(Qr)
    before = box_of(code)
    table.click(code.id)
    assert table.bench.chosen == {code.id}
    table.drag(table.middle(code.id), (20, -15))
    assert close(box_of(table.template.element(code.id)), before.x + 20, before.y - 15)
    assert table.page.undo()
    assert table.template.element(code.id) == code
    assert table.page.redo()
    assert close(box_of(table.template.element(code.id)), before.x + 20, before.y - 15)


def test_while_it_is_dragged_its_own_picture_moves_and_the_page_is_not_drawn_anew(
    table: Table,
) -> None:
    """Mutant: a drag that asks for a new PDF with every pixel."""
    code = table.of(Qr)
    table.click(code.id)
    table.rest()
    asked = table.editor.render_._asked
    table.drag(table.middle(code.id), (10, -10), drop=False)
    grip, lifted = table.canvas.scene.grip, table.canvas.scene.lifted
    assert isinstance(grip, Moving)
    assert lifted is not None
    assert lifted.ids == {code.id}
    assert not lifted.layer.isNull()
    assert lifted.layer.hasAlphaChannel()
    assert table.editor.render_._asked == asked
    assert table.template.element(code.id) == code
    shown = table.editor.properties.place.edits["x"].value()
    assert shown == pytest.approx(code.x + 10, abs=0.6)
    assert table.page.back()
    assert table.canvas.scene.grip is None
    assert table.template.element(code.id) == code


def test_the_page_is_drawn_anew_after_the_drop(table: Table) -> None:
    """Mutant: a canvas that goes on showing the page from before."""
    code = table.of(Qr)
    before = table.canvas.scene.picture
    table.click(code.id)
    table.drag(table.middle(code.id), (30, -30))
    table.rest()
    assert table.canvas.scene.picture != before
    assert table.canvas.scene.rest is None
    x, y, _w, _h = (
        getattr(table.canvas.scene.boxes[code.id], part) for part in ("x", "y", "width", "height")
    )
    assert (x, y) == pytest.approx((code.x + 30, code.y - 30), abs=0.6)


def test_a_drag_catches_the_middle_of_the_page(table: Table) -> None:
    code = table.of(Qr)
    table.click(code.id)
    box = box_of(code)
    to = table.template.width / 2 - (box.x + box.width / 2)
    table.drag(table.middle(code.id), (to + 0.8, -60), Qt.KeyboardModifier(0))
    found = box_of(table.template.element(code.id))
    assert found.x + found.width / 2 == pytest.approx(table.template.width / 2, abs=0.011)


def test_a_corner_keeps_the_shape_of_a_code(table: Table) -> None:
    """Mutant: a QR code drawn out into a rectangle."""
    code = table.of(Qr)
    table.click(code.id)
    table.drag(table.handle("ne"), (8, -3))
    found = box_of(table.template.element(code.id))
    assert found.width == pytest.approx(found.height)
    assert found.width > code.width + 2


def test_a_frame_is_drawn_out_by_a_side(table: Table) -> None:
    column = table.of(Column)
    table.bench.choose(frozenset({column.id}))
    table.drag(table.handle("e"), (-12, 4))
    found = table.template.element(column.id)
    assert found.width == pytest.approx(column.width - 12, abs=0.6)
    assert (found.x, found.y, found.height) == (column.x, column.y, column.height)


def test_a_text_gets_another_place_in_its_column_by_dragging(table: Table) -> None:
    """Mutant: a text of a column that can be dragged over the one beside it."""
    name = table.named("{recipient}")
    order = [one.id for one in texts_of(table.template, name.column)]
    opening = order[order.index(name.id) - 1]
    table.click(name.id)
    boxes = table.canvas.scene.boxes
    step = boxes[opening].y - boxes[name.id].y - boxes[name.id].height / 2
    table.drag(table.middle(name.id), (0, step), drop=False)
    assert isinstance(table.canvas.scene.grip, Flowing)
    pane = table.canvas.viewport()
    QTest.mouseRelease(pane, Qt.MouseButton.LeftButton, _ALT, QPoint(0, 0))
    after = [one.id for one in texts_of(table.template, name.column)]
    assert after.index(name.id) < after.index(opening)
    assert sorted(after) == sorted(order)


def test_a_text_dragged_far_out_of_its_column_stands_alone(table: Table) -> None:
    name = table.named("{recipient}")
    column = box_of(table.template.element(name.column))
    table.click(name.id)
    down = column.bottom - table.canvas.scene.boxes[name.id].y + 14
    table.drag(table.middle(name.id), (0, down))
    found = table.template.element(name.id)
    assert isinstance(found, Text)
    assert found.column == ""
    assert found.y > column.bottom


def test_a_rectangle_and_ctrl_click_choose_several(table: Table) -> None:
    code, number = table.of(Qr), table.named("{number}")
    table.click(code.id)
    table.click(number.id, _CTRL)
    assert table.bench.chosen == {code.id, number.id}
    table.click(number.id, _CTRL)
    assert table.bench.chosen == {code.id}
    start = table.middle(code.id) - QPoint(60, 60)
    table.bench.choose(frozenset())
    table.drag(start, (45, 45), Qt.KeyboardModifier(0))
    assert code.id in table.bench.chosen
    assert not any(isinstance(one, Ornament) and one.width > 250 for one in table.bench.elements())


def test_the_border_of_the_page_is_not_dragged_away_by_accident(table: Table) -> None:
    """Mutant: an empty place of the page that drags the frame around it."""
    before = table.template
    place = table.canvas.scene.sight
    table.drag(QPoint(round(place.x(40)), round(place.y(150))), (30, 10))
    assert table.template == before


def test_arrows_move_by_half_a_millimetre_five_and_a_tenth(table: Table) -> None:
    code = table.of(Qr)
    table.click(code.id)
    table.key(Qt.Key.Key_Right)
    table.key(Qt.Key.Key_Down, _SHIFT)
    table.key(Qt.Key.Key_Left, _ALT)
    found = table.template.element(code.id)
    assert (found.x, found.y) == (
        pytest.approx(code.x + 0.4), pytest.approx(code.y + 5),
    )  # fmt: skip
    table.page.undo()
    assert table.template == table.editor.keeping.card.template  # type: ignore[union-attr]


def test_tab_goes_through_the_parts_and_then_on_to_the_panels(table: Table) -> None:
    """Mutant: a canvas that nobody gets out of with the keyboard."""
    table.canvas.setFocus()
    seen = []
    for _press in range(80):
        QTest.keyClick(table.canvas, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is not table.canvas:
            break
        seen += [next(iter(table.bench.chosen))]
    assert QApplication.focusWidget() is not table.canvas
    assert len(seen) == len(set(seen))
    assert len(seen) == len([o for o in table.template.elements if not o.hidden and not o.locked])
    assert table.canvas.accessibleDescription()


def test_what_is_done_to_a_row_needs_a_row(table: Table) -> None:
    """Mutant: an eye and a lock that can be pressed and do nothing."""
    tools = table.editor.layers.tools.buttons
    assert not any(button.isEnabled() for button in tools)
    table.click(table.of(Qr).id)
    assert all(button.isEnabled() for button in tools)


def test_layers_hide_lock_and_reorder(table: Table) -> None:
    code = table.of(Qr)
    table.bench.choose(frozenset({code.id}))
    layers = table.editor.layers
    assert layers.list.currentIndex().row() == layers.list.layers.row_of(code.id)
    layers.list.setFocus()
    QTest.keyClick(layers.list, Qt.Key.Key_Space)
    assert table.template.element(code.id).hidden
    layers._turn("locked")
    assert table.template.element(code.id).locked
    at = [one.id for one in table.template.elements].index(code.id)
    QTest.keyClick(layers.list, Qt.Key.Key_Down, _ALT)
    assert [one.id for one in table.template.elements].index(code.id) == at - 1


def test_nearer_and_farther_keep_the_place_under_the_mouse(table: Table) -> None:
    sight = table.canvas.scene.sight
    at = table.middle(table.of(Qr).id)
    place = sight.mm(at.toPointF())
    table.canvas.set_zoom(2.0, at.toPointF())
    assert table.canvas.scene.sight.mm(at.toPointF()) == pytest.approx(place, abs=0.5)
    table.page._fit()
    assert table.canvas.fits
    table.page._fit()
    assert table.canvas.zoom == pytest.approx(1.0)


def test_words_that_are_drawn_out_are_set_anew_while_one_drags(table: Table, qtbot: QtBot) -> None:
    """Mutant: letters drawn out like a picture."""
    column = table.of(Column)
    table.bench.choose(frozenset({column.id}))
    table.rest()
    before = table.canvas.scene.lifted
    assert before is not None
    table.drag(table.handle("e"), (-60, 0), drop=False)
    qtbot.waitUntil(lambda: table.canvas.scene.lifted is not before, timeout=10_000)
    after = table.canvas.scene.lifted
    assert after is not None
    assert after.without is before.without or after.without == before.without
    assert after.layer.size() != before.layer.size() or after.layer != before.layer
    table.page.back()
    assert table.template.element(column.id) == column


def test_several_are_drawn_out_and_numbered_together(table: Table) -> None:
    ids = frozenset(one.id for one in table.template.elements if isinstance(one, Image))
    boxes = {name: box_of(table.template.element(name)) for name in ids}
    table.bench.choose(ids)
    edit = table.editor.properties.place.edits["width"]
    wide = edit.value()
    assert wide is not None
    edit.setFocus()
    edit.selectAll()
    put(edit, str(wide * 2))
    for name in ids:
        assert table.template.element(name).width == pytest.approx(boxes[name].width * 2)
