# SPDX-License-Identifier: Apache-2.0
"""The window: pages made when wanted, reloaded when what they show changed, reached by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions.attendance import arrive
from desktop.actions.office import change_office
from desktop.store.facilitator import office
from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.page import Page
from desktop.ui.rail import Place
from desktop.ui.widgets.button import ActionButton
from desktop.ui.widgets.search_box import SearchBox
from tests.actions.office_ground import BY, Ground


class _Page(Page):
    """Notes what is asked of it."""

    watches = frozenset({"office"})

    def __init__(self, desk: Desk, noun: str) -> None:
        super().__init__(desk)
        self.asked: list[object] = []
        self.name = noun
        self.box = SearchBox("ค้นหา", parent=self)
        QVBoxLayout(self).addWidget(self.box)
        self.primary = self.command("ทำ", lambda: self.asked.append("primary"), "F3", "plus")

    def title(self) -> str:
        return f"หน้า {self.name}"

    def reload(self) -> None:
        self.asked.append("reload")

    def arrive(self, what: object) -> None:
        self.asked.append(("arrive", what))


@pytest.fixture
def frame(desk: Desk, qtbot: QtBot, settled: Callable[[], None]) -> Iterator[Frame]:
    made = Frame(
        desk,
        (Place("one", "One", "house"), Place("two", "Two", "users"), Place("three", "3", "x")),
        {noun: lambda desk, noun=noun: _Page(desk, noun) for noun in ("one", "two", "three")},
    )
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    settled()
    yield made
    settled()


def _page(frame: Frame, noun: str) -> _Page:
    page = frame.page_of(noun)
    assert isinstance(page, _Page)
    return page


def test_a_page_is_made_when_it_is_first_shown(frame: Frame) -> None:
    assert set(frame._pages) == {"one"}
    frame.show_page("two")
    assert set(frame._pages) == {"one", "two"}
    assert _page(frame, "two").asked == [("arrive", None), "reload"]


def test_only_the_page_that_is_seen_reloads_at_once(
    frame: Frame, desk: Desk, ground: Ground, settled: Callable[[], None]
) -> None:
    """Fails when every page made reloads at every change, or a hidden one is never reloaded."""
    frame.show_page("two")
    frame.show_page("one")
    one, two = _page(frame, "one"), _page(frame, "two")
    one.asked.clear()
    two.asked.clear()

    def action(store: object, by: str) -> object:
        with ground.store.read() as conn:
            before = office(conn)
        return change_office(ground.store, by, replace(before, name="ใหม่"))

    desk.act(frame, action)  # type: ignore[arg-type]
    settled()
    assert (one.asked, two.asked) == (["reload"], [])
    frame.show_page("two")
    assert two.asked == [("arrive", None), "reload"]


def test_the_keys_lead_to_pages_and_back(frame: Frame) -> None:
    frame.setFocus()
    QTest.keyClick(frame, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert frame.page is _page(frame, "three")
    QTest.keyClick(frame, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(frame, Qt.Key.Key_Escape)
    assert frame.page is _page(frame, "three")
    QTest.keyClick(frame, Qt.Key.Key_Escape)
    assert frame.page is _page(frame, "one")
    QTest.keyClick(frame, Qt.Key.Key_F2)
    assert _page(frame, "one").box.hasFocus()
    QTest.keyClick(frame, Qt.Key.Key_F3)
    assert "primary" in _page(frame, "one").asked


def test_going_to_where_one_came_from_is_going_back(frame: Frame) -> None:
    """Mutant: a way back that leads into the page just left (Esc opens the stage again)."""
    frame.show_page("two")
    frame.show_page("three")
    frame.show_page("two")
    assert frame.page is _page(frame, "two")
    QTest.keyClick(frame, Qt.Key.Key_Escape)
    assert frame.page is _page(frame, "one")


def test_keys_of_a_page_that_is_not_seen_are_deaf(frame: Frame) -> None:
    frame.show_page("two")
    _page(frame, "one").asked.clear()
    QTest.keyClick(frame, Qt.Key.Key_F3)
    assert _page(frame, "one").asked == []
    assert "primary" in _page(frame, "two").asked


def test_the_primary_button_is_the_last_one_and_shows_its_key(frame: Frame) -> None:
    buttons = [button for button in frame.findChildren(ActionButton) if button.isVisible()]
    assert [button.kind for button in buttons] == ["primary"]
    assert buttons[0].accessibleDescription() == "F3"
    assert buttons[0].height() >= 40


def test_the_notice_takes_the_last_thing_back(
    frame: Frame, desk: Desk, ground: Ground, settled: Callable[[], None]
) -> None:
    enrolment = ground.add("กุลธิดา ศรีสวัสดิ์วงศ์")[0]
    session = ground.sessions()[0]
    desk.take_event(ground.event.id)
    desk.act(
        frame,
        lambda store, by: arrive(store, by, enrolment, session.id, 541, "search"),
        said="กุลธิดา มาแล้ว",
    )
    settled()
    settled()
    assert frame._notice.text() == "กุลธิดา มาแล้ว"
    assert frame.hand.came == 1
    QTest.keyClick(frame, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled()
    settled()
    assert frame.hand.came == 0


def test_the_top_bar_says_what_is_in_hand_now(
    frame: Frame, desk: Desk, ground: Ground, settled: Callable[[], None]
) -> None:
    ground.add("กุลธิดา ศรีสวัสดิ์วงศ์", "ธีรพงษ์ มาดี")
    desk.take_event(ground.event.id)
    settled()
    assert frame.hand.event is not None
    assert frame.hand.event.id == ground.event.id
    assert frame.hand.now == ground.sessions()[0]
    assert (frame.hand.came, frame.hand.expected) == (0, 2)
    assert frame._top._count.text() == "09.00–12.00 · 0/2"


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1093, 614), (800, 520)])
def test_nothing_sticks_out_of_a_small_window(frame: Frame, width: int, height: int) -> None:
    frame.resize(width, height)
    QApplication.processEvents()
    assert frame.width() == width, "the frame asks for more width than the screen has"
    for part in frame.findChildren(QWidget):
        if part.isVisible() and part.parent() is frame:
            right = part.mapTo(frame, part.rect().topRight()).x()
            assert right <= width, part


def test_the_facilitator_is_named(frame: Frame, settled: Callable[[], None]) -> None:
    settled()
    assert frame._top._person.text() == "ธิดา ใจดี"
    assert frame.desk.by == BY


def test_pages_made_anew_leave_nothing_behind(frame: Frame, settled: Callable[[], None]) -> None:
    """Fails when a page, its commands or its buttons keep a parent that stays: each change of
    the language would make the window heavier, and F3 would be ambiguous.
    """
    frame.show_page("two")
    settled()

    def everything() -> int:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(frame.findChildren(QObject))

    frame.remake_pages()
    settled()
    once = everything()
    for _time in range(5):
        frame.remake_pages()
        settled()
    assert everything() == once
    assert frame.page is _page(frame, "two")
    QTest.keyClick(frame, Qt.Key.Key_F3)
    assert "primary" in _page(frame, "two").asked


def test_icons_stand_alone_where_words_would_crowd(frame: Frame) -> None:
    wide = frame._rail.width()
    frame.resize(1093, 614)
    QApplication.processEvents()
    assert (wide, frame._rail.width()) == (208, 64)
    assert [item.accessibleName() for item in frame._rail._items.values()] == ["One", "Two", "3"]
