# SPDX-License-Identifier: Apache-2.0
"""A facilitator's hand on the real window: it presses, types and reads what is on the screen.

Widgets are found by the words a person (or a screen reader) has for them, among those that can be
seen and used at that moment. Nothing is called behind the window.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.i18n import _
from desktop.ui.frame import Frame
from desktop.ui.signin import SignIn
from desktop.ui.start import Start

W = TypeVar("W", bound=QWidget)
PATIENCE = 20_000
"""Milliseconds a person waits for something to appear; a test that waits this long has failed."""


class Hand:
    """One facilitator before one window. Words are the program's English msgids."""

    def __init__(self, start: Start, qtbot: QtBot) -> None:
        self.start = start
        self._qtbot = qtbot

    # ── seeing ───────────────────────────────────────────────────────────────────────────────

    @property
    def window(self) -> QWidget:
        """What is on top: a dialog if one is open, else the window."""
        return QApplication.activeModalWidget() or self.start.window

    @property
    def frame(self) -> Frame:
        assert self.start.frame is not None, "the store is not open"
        return self.start.frame

    def until(self, so: Callable[[], object], what: str = "") -> None:
        """Wait until ``so()`` is true."""
        try:
            self._qtbot.waitUntil(lambda: bool(so()), timeout=PATIENCE)
        except Exception as late:
            raise AssertionError(
                f"{what or 'never'}; on the screen: {self.words()[:40]}"
            ) from late

    def settle(self) -> None:
        """Wait until all that was begun in the background has been shown."""
        desk = self.start.desk
        assert desk is not None
        for lane in ("store", "reader", "slow", "reader"):
            answered: list[object] = []
            desk.tasks.run(lane, desk, lambda: None, answered.append)  # type: ignore[arg-type]
            self.until(lambda a=answered: a, f"the {lane} lane never finished")

    def words(self) -> list[str]:
        """Every text that can be read on the window now, without break marks."""
        found: list[str] = []
        for widget in self.window.findChildren(QWidget):
            if not widget.isVisible():
                continue
            if isinstance(widget, QLabel | QAbstractButton):
                found.append(_plain(widget.text()))
            if isinstance(widget, QTableView) and widget.model() is not None:
                model = widget.model()
                found += [
                    _plain(str(model.index(row, column).data() or ""))
                    for row in range(min(model.rowCount(), 500))
                    for column in range(model.columnCount())
                ]
        return [text for text in found if text]

    def sees(self, text: str) -> bool:
        """Whether ``text`` can be read anywhere."""
        wanted = _plain(text)
        return any(wanted in words for words in self.words())

    def find(self, kind: type[W], name: str) -> W:
        """The widget of this kind a person would call ``name``. Waits for it to appear."""
        wanted = {_plain(name), _plain(_(name))}

        def matches() -> list[W]:
            seen = [w for w in self.window.findChildren(kind) if w.isVisible() and w.isEnabled()]
            exact = [w for w in seen if _names(w) & wanted]
            return exact or [
                w for w in seen if any(n.startswith(tuple(wanted)) for n in _names(w) if n)
            ]

        self.until(matches, f"no {kind.__name__} called {name!r}")
        return matches()[0]

    # ── doing ────────────────────────────────────────────────────────────────────────────────

    def unlock(self, passphrase: str) -> None:
        """Type the passphrase at the door and wait for the frame."""
        sign = self.start.window.shown()
        assert isinstance(sign, SignIn), sign
        self.until(sign.chosen, "nobody to sign in as")
        self.into(sign.passphrase, passphrase)
        self.key(Qt.Key.Key_Return, on=sign.passphrase)
        self.until(lambda: self.start.frame is not None, "the store did not open")
        self.settle()

    def go(self, page: str) -> None:
        """Press a page's word on the rail."""
        self.press(page)
        self.settle()

    def press(self, name: str) -> None:
        """Click the button called ``name`` (its own words, the msgid, or the start of them)."""
        button = self.find(QAbstractButton, name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def type(self, name: str, text: str) -> None:
        """Clear the field called ``name`` and type ``text`` into it."""
        self.into(self.find(QLineEdit, name), text)

    def write(self, name: str, text: str) -> None:
        """Put a longer text into the box called ``name``."""
        box = self.find(QPlainTextEdit, name)
        box.setFocus()
        box.clear()
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(box, event)

    def into(self, edit: QLineEdit, text: str) -> None:
        """Clear ``edit`` and commit ``text`` as an input method does (Thai needs it)."""
        edit.setFocus()
        edit.selectAll()
        event = QInputMethodEvent()
        event.setCommitString(text)
        if text:
            QApplication.sendEvent(edit, event)
        else:
            edit.clear()

    def choose(self, name: str, text: str) -> None:
        """Choose the entry ``text`` of the list called ``name``."""
        box = self.find(QComboBox, name)
        index = next(
            (i for i in range(box.count()) if _plain(box.itemText(i)) in (_plain(text), _(text))),
            -1,
        )
        assert index >= 0, [box.itemText(i) for i in range(box.count())]
        box.setFocus()
        box.setCurrentIndex(index)
        box.activated.emit(index)

    def key(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        on: QWidget | None = None,
    ) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(on or QApplication.focusWidget() or self.window, key, modifiers)

    def scan(self, edit: QLineEdit, keys: str) -> None:
        """What a wedge scanner does: one key event after another, then Enter, whatever the layout."""
        for letter in keys:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(edit, event)
        self.key(Qt.Key.Key_Return, on=edit)

    def pick_row(self, table: QTableView, row: int) -> None:
        """Click the first cell of a row."""
        index = table.model().index(row, 0)
        table.scrollTo(index)
        place = table.visualRect(index).center()
        QTest.mouseClick(
            table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.x(), place.y())
        )


def _plain(text: str) -> str:
    return text.replace("\u200b", "").replace("&", "").strip()


def _names(widget: QWidget) -> set[str]:
    said = {_plain(widget.accessibleName())}
    if isinstance(widget, QAbstractButton):
        said.add(_plain(widget.text()))
    return said - {""}
