# SPDX-License-Identifier: Apache-2.0
"""The designer by hand, on a real store: what is dragged, typed, chosen, taken back and kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import template as templates
from desktop.model.template import Column, Image, Ornament, Qr, Text
from desktop.model.template_edit import box_of, texts_of, with_element
from desktop.ui.desk import Desk
from desktop.ui.pages.designer import Designer
from desktop.ui.widgets.canvas_drag import Flowing, Moving
from tests.actions.office_ground import BY, Ground
from tests.ui.pages.designer_ground import Table, close, put

Settled = Callable[[], None]
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def table(qtbot: QtBot, desk: Desk, settled: Settled) -> Table:
    page = Designer(desk)
    qtbot.addWidget(page)
    page.resize(1158, 620)
    page.show()
    made = Table(qtbot, page, settled)
    made.open()
    return made


def test_a_shipped_template_is_changed_as_a_copy(table: Table, ground: Ground) -> None:
    """Mutant: the shipped template itself on the table, whose changes nobody could keep."""
    cards = templates.templates(ground.store)
    own = [card for card in cards if not card.shipped]
    assert [card.id for card in own] == [table.editor.keeping.card.id]  # type: ignore[union-attr]
    assert table.template == templates.template_card(ground.store, "completion").template


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


def test_enter_goes_to_the_words_and_thai_typed_there_is_one_step(table: Table) -> None:
    """Mutant: an undo that takes one letter back, or Thai that only keys can type."""
    given = table.named("{opening}")
    table.click(given.id)
    table.canvas.setFocus()
    table.key(Qt.Key.Key_Return)
    words = table.editor.properties.words.words
    assert QApplication.focusWidget() is words
    for part in ("ขอมอบ", "ใบประกาศ", "นี้ให้แก่ ปู่กู้ที่น้ำ"):
        put(words, part)
    found = table.template.element(given.id)
    assert isinstance(found, Text)
    assert found.text == "ขอมอบใบประกาศนี้ให้แก่ ปู่กู้ที่น้ำ"
    QTest.keySequence(words, QKeySequence("Ctrl+Z"))
    table.page.undo()
    assert table.template.element(given.id) == given
    assert given.text in words.toPlainText() or "‹" in words.toPlainText()


def test_exact_numbers_take_thai_digits(table: Table) -> None:
    """Mutant: a place that only Arabic digits can say."""
    code = table.of(Qr)
    table.click(code.id)
    edit = table.editor.properties.place.edits["x"]
    edit.setFocus()
    edit.selectAll()
    put(edit, "๑๒.๕")
    assert table.template.element(code.id).x == 12.5
    edit.selectAll()
    put(edit, "สิบสอง")
    assert edit.property("bad") == "true"
    assert table.template.element(code.id).x == 12.5
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "12.5"
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert table.template.element(code.id).x == 13


def test_what_is_copied_is_put_into_another_template(
    table: Table, ground: Ground, qtbot: QtBot
) -> None:
    code = table.of(Qr)
    table.click(code.id)
    table.key(Qt.Key.Key_C, _CTRL)
    table.key(Qt.Key.Key_V, _CTRL)
    assert len([one for one in table.template.elements if isinstance(one, Qr)]) == 2
    table.key(Qt.Key.Key_Delete)
    assert len([one for one in table.template.elements if isinstance(one, Qr)]) == 1
    first = table.editor.keeping.card
    table.page._leave()
    table.open("participation")
    assert table.editor.keeping.card != first
    count = len(table.template.elements)
    table.key(Qt.Key.Key_V, _CTRL)
    assert len(table.template.elements) == count + 1
    assert table.bench.can_undo


def test_something_else_on_the_clipboard_is_said_to_be_nothing(table: Table, desk: Desk) -> None:
    said: list[str] = []
    desk.said.connect(lambda words, _undo: said.append(words))
    QApplication.clipboard().setText("{}")
    before = table.template
    table.key(Qt.Key.Key_V, _CTRL)
    assert table.template == before
    assert said


def test_a_draft_outlives_the_program(
    table: Table, ground: Ground, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    """Mutant: work that is lost when the laptop goes out before Save."""
    code = table.of(Qr)
    table.click(code.id)
    table.key(Qt.Key.Key_Right)
    table.page.end()
    settled()
    card = table.editor.keeping.card
    assert card is not None
    draft = templates.draft_of(ground.store, card.id)
    assert draft is not None
    assert draft.template == table.template
    again = Designer(desk)
    qtbot.addWidget(again)
    again.resize(1158, 620)
    again.show()
    other = Table(qtbot, again, settled)
    other.open(card.id)
    assert other.template == draft.template
    assert other.page.undo()
    assert other.template == card.template


def test_saving_makes_a_version_and_ends_the_draft(
    table: Table, ground: Ground, settled: Settled
) -> None:
    card = table.editor.keeping.card
    assert card is not None
    table.click(table.of(Qr).id)
    table.key(Qt.Key.Key_Right)
    table.page.save.trigger()
    table.rest()
    assert len(templates.revisions(ground.store, card.id)) == 2
    assert templates.template_card(ground.store, card.id).template == table.template
    assert templates.draft_of(ground.store, card.id) is None


def test_what_somebody_else_saved_meanwhile_is_not_lost(
    table: Table, ground: Ground, settled: Settled
) -> None:
    """Mutant: a save that writes over another's without a word."""
    card = table.editor.keeping.card
    assert card is not None
    code = table.of(Qr)
    theirs = with_element(card.template, Qr(id=code.id, x=1, y=1, width=20, height=20))
    templates.save(ground.store, BY, card.id, theirs, card.revision)
    table.click(code.id)
    table.key(Qt.Key.Key_Right)
    mine = table.template
    table.page.save.trigger()
    table.rest()
    assert templates.template_card(ground.store, card.id).template == theirs
    dialog = table.editor.dialog
    assert dialog is not None
    dialog.verb.click()
    table.rest()
    assert templates.template_card(ground.store, card.id).template == mine
    assert len(templates.revisions(ground.store, card.id)) == 3


def test_a_name_too_long_is_told_while_one_designs_and_is_jumped_to(table: Table) -> None:
    """Mutant: troubles of the shown sample alone."""
    name = table.named("{recipient}")
    column = table.template.element(name.column)
    assert table.editor.troubles.faults == ()
    small = with_element(
        table.template,
        Text(id=name.id, x=100, y=40, width=40, height=8, text=name.text, style=name.style),
    )
    table.bench.do(small)
    table.rest()
    faults = [one for one in table.editor.troubles.faults if one.element_id == name.id]
    assert faults
    assert name.id in table.canvas.scene.troubles
    assert column is not None
    table.editor.troubles.see.click()
    jumped = next(iter(table.bench.chosen))
    assert jumped in {one.element_id for one in table.editor.troubles.faults}


def test_samples_are_switched_on_the_page_itself(table: Table) -> None:
    before = table.canvas.scene.picture
    pick = table.editor.bar.sample
    pick.set_value("worst")
    pick.chose.emit("worst")
    table.rest()
    assert table.editor.render_.look.sample == "worst"
    assert table.canvas.scene.picture != before


def test_every_part_that_can_be_added_is_there_and_drawn(table: Table) -> None:
    adding = table.editor.adding
    before = len(table.template.elements)
    table.bench.choose(frozenset())
    adding.text()
    table.bench.choose(frozenset())
    adding.field("score")
    adding.slot("signature:1")
    adding.slot("background")
    adding.ornament("rule")
    adding.ornament("border_lotus")
    assert len(table.template.elements) == before + 6
    assert isinstance(table.template.elements[0], Ornament)
    assert isinstance(table.template.elements[1], Image)
    table.rest()
    assert table.canvas.scene.boxes


def test_the_page_is_turned_and_turned_back(table: Table) -> None:
    table.bench.choose(frozenset())
    table.editor.properties.page._turned("portrait")
    assert (table.template.width, table.template.height) == (210, 297)
    table.rest()
    assert table.canvas.scene.picture.height() > table.canvas.scene.picture.width()
    table.page.undo()
    assert table.template.width == 297


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
