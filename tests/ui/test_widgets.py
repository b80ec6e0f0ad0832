# SPDX-License-Identifier: Apache-2.0
"""The parts pages are made of: Thai digits, Thai line ends, keys, and what screen readers hear."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QStringListModel, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QImage,
    QInputMethodEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.idle import Idle
from desktop.ui.widgets.big_name import _set
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.clock_edit import ClockEdit
from desktop.ui.widgets.field import Field, NumberEdit, TextEdit, TypeAhead
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.pane import Pane
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.table import Table
from desktop.ui.widgets.tiles import Tile, Tiles

LONG = "การอบรมอาสาสมัครพัฒนาสังคมและความมั่นคงของมนุษย์น้อย ณ ศูนย์ฟื้นฟูอาชีพคนพิการ"


def _lines(label: Label, width: int) -> list[str]:
    layout, _height = label._laid(float(width))
    text = layout.text()
    found = []
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        start = line.textStart()
        found.append(text[start : start + line.textLength()].replace("\u200b", ""))
    return found


def test_a_thai_sentence_is_broken_between_words(qtbot: QtBot) -> None:
    """Fails without ``with_breaks`` where libthai is not installed."""
    from desktop.thai.breaking import break_points

    label = Label(LONG)
    qtbot.addWidget(label)
    lines = _lines(label, 200)
    assert "".join(lines) == LONG
    assert len(lines) > 2
    ends, at = set(break_points(LONG)), 0
    for line in lines[:-1]:
        at += len(line)
        assert at in ends
    assert label.text() == LONG


@pytest.mark.parametrize("size", ["small", "body", "page"])
def test_marks_above_and_below_stay_inside_the_label(qtbot: QtBot, size: str) -> None:
    """Fails when a line is 1.5 times the type and no more: the top mark of ปื้ loses its head."""
    label = Label("ปื้ฟื้ ฎูฏุ", size, weight=700)
    qtbot.addWidget(label)
    label.resize(label.sizeHint())
    image = QImage(label.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    label.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
    painter.end()
    edges = [
        image.pixelColor(column, row).alpha()
        for row in (0, image.height() - 1)
        for column in range(image.width())
    ]
    assert max(edges) == 0
    assert QFontMetricsF(theme.font(size)).height() <= label.height()


def test_a_wrapped_label_is_never_squeezed_in_a_scroll(qtbot: QtBot) -> None:
    """Fails with a plain QScrollArea: it gives three lines the room of one."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    labels = [Label(LONG * 2, parent=inside) for _number in range(6)]
    for label in labels:
        column.addWidget(label)
    area = Scroll(inside)
    qtbot.addWidget(area)
    area.resize(260, 200)
    area.show()
    QApplication.processEvents()
    for label in labels:
        assert label.height() >= label.heightForWidth(label.width())


def test_numbers_are_typed_in_thai_digits_too(qtbot: QtBot) -> None:
    edit = NumberEdit(least=1, most=500)
    qtbot.addWidget(edit)
    for text, number in (("๑๕๔", 154), ("154", 154), ("", None), ("501", None), ("ก", None)):
        edit.setText(text)
        assert edit.number() == number
    assert not edit.is_blank()


def test_a_time_is_read_and_stepped(qtbot: QtBot) -> None:
    edit = ClockEdit()
    qtbot.addWidget(edit)
    edit.setText("๐๙๓๐")
    assert edit.minutes() == 570
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert (edit.minutes(), edit.text()) == (575, "09.35")
    edit.setText("25.00")
    assert edit.minutes() is None
    assert edit.problem()


def test_whoever_hears_of_a_wrong_time_may_ask_what_is_wrong(qtbot: QtBot) -> None:
    """Fails when asking reads the line again and tells it again, without end."""
    edit = ClockEdit()
    qtbot.addWidget(edit)
    heard: list[str] = []
    edit.timed.connect(lambda _minutes: heard.append(edit.problem()))
    edit.setText("25.99")
    assert edit.minutes() is None
    assert edit.minutes() is None
    assert len(heard) == 1
    assert heard[0]


def test_an_error_is_said_with_its_field(qtbot: QtBot) -> None:
    edit = TextEdit()
    field = Field("ชื่อกิจกรรม", edit, "ตามที่จะพิมพ์")
    qtbot.addWidget(field)
    assert edit.accessibleName() == "ชื่อกิจกรรม"
    field.set_error("พิมพ์ชื่อกิจกรรม")
    assert edit.accessibleDescription() == field.error == "พิมพ์ชื่อกิจกรรม"
    field.set_error()
    assert field.error == ""
    assert edit.accessibleDescription() == "ตามที่จะพิมพ์"


def test_an_offer_is_taken_and_forgotten_when_typed_over(qtbot: QtBot) -> None:
    edit = TypeAhead()
    qtbot.addWidget(edit)
    edit.setText("ตาก")
    edit.offer([("63", "จังหวัดตาก"), ("6305", "อำเภอแม่สอด")])
    assert edit.take_first()
    assert (edit.value(), edit.text()) == ("63", "จังหวัดตาก")
    edit.textEdited.emit("จังหวัดตา")
    assert edit.value() is None


def test_keys_in_a_table(qtbot: QtBot) -> None:
    model = QStandardItemModel(0, 2)
    for number in range(5):
        model.appendRow([QStandardItem(str(number)), QStandardItem("ชื่อ")])
    table = Table("รายชื่อ", model, widths=(60,), stretch=1)
    model.setParent(table)
    qtbot.addWidget(table)
    table.show()
    heard: list[object] = []
    table.moved.connect(lambda row: heard.append(("moved", row)))
    table.chosen.connect(lambda row: heard.append(("chosen", row)))
    table.ticked.connect(lambda row: heard.append(("ticked", row)))
    table.go_to(0)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClick(table, Qt.Key.Key_Space)
    table.go_to(99)
    assert heard == [("moved", 0), ("moved", 1), ("chosen", 1), ("ticked", 1)]
    assert table.rowHeight(0) == 40
    assert table.rows_chosen() == (1,)


def test_escape_first_empties_the_search_box(qtbot: QtBot) -> None:
    box = SearchBox("ค้นหา")
    qtbot.addWidget(box)
    box.show()
    heard: list[str] = []
    box.asked.connect(heard.append)
    box.setText("กุล")
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert heard == ["กุล", ""]


def test_tiles_are_walked_and_pressed_by_keys(qtbot: QtBot) -> None:
    tiles = Tiles("จังหวัด")
    qtbot.addWidget(tiles)
    tiles.resize(340, 200)
    tiles.show_tiles([Tile("50", "เชียงใหม่", 1, 2), Tile("63", "ตาก", 2, 2)])
    tiles.show()
    pressed: list[str] = []
    tiles.pressed.connect(pressed.append)
    QTest.keyClick(tiles, Qt.Key.Key_Right)
    QTest.keyClick(tiles, Qt.Key.Key_Space)
    assert pressed == ["63"]
    assert tiles.accessibleName() == "จังหวัด: ตาก 2 / 2"


def test_a_notice_holds_its_way_back_and_goes_quiet(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    notice.say("มาแล้ว", True)
    taken: list[bool] = []
    notice.undo.connect(lambda: taken.append(True))
    undo = next(button for button in notice.findChildren(Button) if not button.isHidden())
    undo.click()
    assert taken == [True]
    assert notice.isHidden()
    notice.warn("ดิสก์เต็ม")
    assert not undo.isVisible()
    assert notice._timer.isActive()


@pytest.fixture
def idle(qapp: QApplication) -> Iterator[Idle]:
    made = Idle(qapp, 5)
    yield made
    qapp.removeEventFilter(made)
    made.deleteLater()


def test_a_key_or_a_scan_keeps_the_window_open(idle: Idle, qtbot: QtBot) -> None:
    """Fails when the filter listens to one window alone, or swallows the key."""
    box = SearchBox("ค้นหา")
    qtbot.addWidget(box)
    box.show()
    idle._timer.stop()
    QTest.keyClick(box, Qt.Key.Key_1)
    assert idle._timer.isActive()
    assert box.text() == "1"
    idle.set_minutes(0)
    QTest.keyClick(box, Qt.Key.Key_1)
    assert not idle._timer.isActive()


def test_the_list_of_offers_is_a_model_of_its_owner(qtbot: QtBot) -> None:
    edit = TypeAhead()
    qtbot.addWidget(edit)
    assert len(edit.findChildren(QStringListModel)) == 1


def test_an_offer_further_down_is_taken_alone(qtbot: QtBot) -> None:
    """Fails when Enter on the second offer takes the first one too: an event for a tambon was
    then for the amphoe of the same name as well.
    """
    edit = TypeAhead()
    qtbot.addWidget(edit)
    taken: list[object] = []
    edit.took.connect(taken.append)
    edit.editingFinished.connect(edit.take_first)
    edit.asked.connect(lambda _text: edit.offer([(1, "อำเภอพุนพิน"), (2, "ตำบลพุนพิน")]))
    edit.show()
    edit.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    event = QInputMethodEvent()
    event.setCommitString("พุนพิน")
    QApplication.sendEvent(edit, event)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(popup, key)
    assert set(taken) == {2}
    assert edit.value() == 2


@pytest.mark.parametrize("width", [700, 560, 480])
def test_a_large_name_breaks_at_its_space_and_not_inside_a_surname(
    qtbot: QtBot, width: int
) -> None:
    """Mutant: the longest first line (นางสาวมณีรัตน์ ดำ / รงค์ศักดิ์), which is read out wrong."""
    layout, high = _set("นางสาวมณีรัตน์ ดำรงค์ศักดิ์", width, 182, 64)
    lines = [layout.lineAt(number) for number in range(layout.lineCount())]
    texts = [layout.text()[one.textStart() :][: one.textLength()].strip() for one in lines]
    assert texts in (["นางสาวมณีรัตน์", "ดำรงค์ศักดิ์"], ["นางสาวมณีรัตน์ ดำรงค์ศักดิ์"])
    assert high <= 182


def test_a_long_name_without_spaces_is_broken_rather_than_tiny(qtbot: QtBot) -> None:
    """Mutant: words that are always whole, so that nobody on the stage can read them."""
    name = "มูลนิธิส่งเสริมอาสาสมัครพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัดแม่ฮ่องสอน"
    layout, _high = _set(name, 600, 182, 64)
    assert layout.lineCount() == 2
    assert layout.font().pixelSize() >= 30


def test_tab_reaches_what_stands_before_the_control_a_part_begins_with(qtbot: QtBot) -> None:
    """Mutant: a focus proxy, with which Qt takes the whole part for one control."""
    whole = QWidget()
    qtbot.addWidget(whole)
    part = Pane(whole)
    column, inner = QVBoxLayout(whole), QVBoxLayout(part)
    outside = TextEdit(parent=whole)
    before, first, after = (TextEdit(parent=part) for _ in range(3))
    for edit in (before, first, after):
        inner.addWidget(edit)
    column.addWidget(part)
    column.addWidget(outside)
    part.setFocusProxy(first)
    whole.show()
    whole.activateWindow()
    part.setFocus()
    assert whole.focusWidget() is first
    seen = []
    for _ in range(4):
        QTest.keyClick(whole.focusWidget(), Qt.Key.Key_Tab)
        seen.append(whole.focusWidget())
    assert set(seen) == {after, outside, before, first}
