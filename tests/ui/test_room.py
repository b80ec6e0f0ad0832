# SPDX-License-Identifier: Apache-2.0
"""Room: what gives way in a narrow or a low window, and what never does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.page import Page
from desktop.ui.rail import Place
from desktop.ui.widgets.button import ActionButton
from desktop.ui.widgets.columns import share, wide_enough
from desktop.ui.widgets.search_box import SearchBox
from tests.actions.office_ground import Ground
from tests.ui.pages.door import Door


class _Busy(Page):
    """A page with a long primary and three secondaries."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        QVBoxLayout(self).addWidget(SearchBox("ค้นหา", parent=self))
        self.primary = self.command("ล็อกรายชื่อและให้เลขที่นั่ง", lambda: None, "", "lock")
        self.secondary = tuple(
            self.command(word, lambda: None, key, icon)
            for word, key, icon in (
                ("นำเข้ารายชื่อ", "Ctrl+I", "upload"),
                ("เพิ่มคนทีละคน", "F3", "user-plus"),
                ("พิมพ์เอกสารของกิจกรรม", "F5", "printer"),
            )
        )

    def title(self) -> str:
        return "หน้า"

    def subtitle(self) -> str:
        return "กิจกรรม"


def _frame(desk: Desk, qtbot: QtBot, settled: Callable[[], None]) -> Frame:
    made = Frame(desk, (Place("one", "One", "house"),), {"one": _Busy})
    qtbot.addWidget(made)
    made.resize(1093, 614)
    made.show()
    settled()
    return made


def test_beside_a_notice_no_button_leaves_the_window(
    desk: Desk, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    """Fails when the buttons keep all their words while a notice stands beside them."""
    frame = _frame(desk, qtbot, settled)
    desk.said.emit("เพิ่มแล้ว 152 คน", True)
    settled()
    buttons = frame._foot.findChildren(ActionButton)
    assert len(buttons) == 4
    assert frame.width() == 1093
    for button in buttons:
        assert button.geometry().right() <= frame._foot.width()
        assert button.accessibleName()
    primary = next(button for button in buttons if button.kind == "primary")
    assert primary.width() >= primary.sizeHint().width() > 200
    frame._notice.clear()
    settled()
    assert not any(button.toolTip() for button in buttons)


def test_a_low_window_has_title_and_event_in_one_line(
    desk: Desk, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    """Fails when the head keeps the height it has in a high window."""
    frame = _frame(desk, qtbot, settled)
    assert frame._title.y() < frame._subtitle.geometry().bottom()
    low = frame._head.height()
    frame.resize(1366, 768)
    settled()
    assert low * 2 <= frame._head.height() + 8


def test_the_event_in_hand_is_read_whole_where_there_is_room(
    desk: Desk, ground: Ground, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    """Fails when the name is cut at a fixed width, or the window cannot be made narrow again."""
    frame = _frame(desk, qtbot, settled)
    name = "โครงการอบรมเชิงปฏิบัติการเสริมสร้างและพัฒนาเครือข่าย อพม.น้อย"
    frame.resize(1366, 768)
    settled()
    frame._top._name_event(name)
    settled()
    assert frame._top._event.text() == name
    frame.resize(900, 614)
    settled()
    frame.resize(620, 614)
    settled()
    assert frame.width() == 620
    assert "…" in frame._top._event.text()
    assert name in frame._top._event.accessibleName()


def test_the_walk_in_form_is_whole_in_a_low_window(
    ground: Ground, desk: Desk, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    """Fails when the form is squeezed between the search box and the keys of the desk."""
    door = Door(ground, desk, qtbot, settled)
    door.frame.resize(1093, 614)
    door.page.begin_walk_in()
    door.settle()
    form = door.view.walk_in
    for field in (form.name, form.organisation, form.province, form.group, form.number, form.note):
        assert field.height() >= 36
        bottom = field.mapTo(form._scroll.viewport(), field.rect().bottomLeft()).y()
        assert bottom <= form._scroll.viewport().height()


def test_columns_share_what_is_left_in_order() -> None:
    assert share(100, {0: 30, 1: 40}, {0: 60, 1: 90}, (0, 1)) == {0: 60, 1: 40}
    assert share(140, {0: 30, 1: 40}, {0: 60, 1: 90}, (0, 1)) == {0: 60, 1: 80}
    assert share(40, {0: 30, 1: 40}, {0: 20, 1: 90}, (0, 1)) == {0: 20, 1: 40}


def test_a_column_is_as_wide_as_its_longest_text_or_its_heading(qtbot: QtBot) -> None:
    long = wide_enough(["ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดพระนครศรีอยุธยา", "กอง"], "หน่วยงาน")
    assert long > wide_enough(["กอง"], "หน่วยงาน") == wide_enough([], "หน่วยงาน")
