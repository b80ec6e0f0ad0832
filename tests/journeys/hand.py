# SPDX-License-Identifier: Apache-2.0
"""A facilitator's hand on the real window: it presses, types and reads what is on the screen.

Widgets are found by the words a person (or a screen reader) has for them, among those that can be
seen and used at that moment. Nothing is called behind the window. Words are the program's English
msgids, or what the screen says in the language of the moment.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from desktop.i18n import _, ngettext
from desktop.ui.frame import Frame
from desktop.ui.signin import SignIn
from desktop.ui.start import Start
from desktop.ui.tasks import Lane
from desktop.ui.trouble import Crash
from desktop.ui.widgets.outcome import Outcome
from tests.ui.pages.settling import meeting

W = TypeVar("W", bound=QWidget)
PATIENCE = 60
"""Seconds a person waits for something to appear; a test that waits this long has failed."""
_LOOK = 0.05
"""Seconds between looks at the whole screen while one waits."""
BANGKOK = timezone(timedelta(hours=7))
SHIFT = Qt.KeyboardModifier.ShiftModifier
LANES: tuple[Lane, ...] = ("store", "reader", "slow")
CTRL = Qt.KeyboardModifier.ControlModifier


class Watch:
    """The clock on the wall: it stands still until the story goes on."""

    def __init__(self, text: str) -> None:
        self._now = _moment(text)

    def __call__(self) -> datetime:
        return self._now

    def to(self, text: str) -> None:
        """Set it: ``2019-02-28 08:40``, or ``08:40`` for the same day."""
        self._now = _moment(text if "-" in text else f"{self._now.date()} {text}")


class Hand:
    """One facilitator before one window."""

    def __init__(self, start: Start, watch: Watch) -> None:
        self.start = start
        self.watch = watch

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
        begun = looked = time.monotonic()
        while not so():
            now = time.monotonic()
            if now - looked > _LOOK:
                looked = now
                crashed = any(_crashed(one) for one in QApplication.topLevelWidgets())
                assert not crashed, f"a fault of the program stands on the screen ({what})"
                if now - begun > PATIENCE:
                    raise AssertionError(f"{what or 'never'}; on the screen: {self.words()[:60]}")
            QTest.qWait(1)

    def settle(self) -> None:
        """Wait until all that was begun in the background has been shown."""
        desk = self.start.desk
        assert desk is not None
        # An answer may ask again: what was pressed, what it changed, what then had to be read.
        for _round in range(3):
            answered: list[object] = []
            met = [(lane, work) for lane in LANES for work in meeting(desk.tasks._lanes[lane])]
            for lane, work in met:
                desk.tasks.run(lane, desk, work, answered.append)
            self.until(lambda a=answered, m=met: len(a) == len(m), "what was begun never ended")

    def words(self) -> list[str]:
        """Every text that can be read on the window now, without break marks."""
        found: list[str] = []
        for widget in self.window.findChildren(QWidget):
            if not widget.isVisible():
                continue
            if isinstance(widget, QLabel | QAbstractButton):
                found.append(_plain(widget.text()))
            elif isinstance(widget, QLineEdit | QComboBox):
                shown = widget.text() if isinstance(widget, QLineEdit) else widget.currentText()
                found.append(_plain(shown))
            elif isinstance(widget, Outcome):
                found.append(_plain(widget.accessibleName()))
            elif isinstance(widget, QTableView | QListView) and widget.model() is not None:
                model = widget.model()
                columns = model.columnCount() if isinstance(widget, QTableView) else 1
                found += [
                    _plain(str(model.index(row, column).data() or ""))
                    for row in range(min(model.rowCount(), 500))
                    for column in range(columns)
                ]
        return [text for text in found if text]

    def sees(self, text: str) -> bool:
        """Whether ``text`` (or the msgid in the language of the moment) can be read anywhere."""
        wanted = {_plain(text), _plain(_(text))}
        return any(one in words for words in self.words() for one in wanted)

    def read(self, text: str) -> None:
        """Wait until ``text`` can be read."""
        self.until(lambda: self.sees(text), f"cannot read {text!r}")

    def count(self, one: str, many: str = "") -> int:
        """The number in words such as ``Save {count} ticks``, wherever they are read."""
        self.until(lambda: self.counts(one, many), f"cannot read {one!r}")
        return self.counts(one, many)[0]

    def counts(self, one: str, many: str = "") -> list[int]:
        """The numbers in such words that can be read now."""
        forms = {ngettext(one, many or one, number) for number in (1, 2)}
        patterns = [re.escape(_plain(text)).replace(r"\{count\}", r"([\d,]+)") for text in forms]
        hits = (re.fullmatch(form, words) for words in self.words() for form in patterns)
        return [int(hit[1].replace(",", "")) for hit in hits if hit]

    def find(self, kind: type[W], name: str) -> W:
        """The widget of this kind a person would call ``name``. Waits for it to appear."""
        wanted = {_plain(name), _plain(_(name))}
        found: list[W] = []

        def matches() -> bool:
            seen = [w for w in self.window.findChildren(kind) if w.isVisible() and w.isEnabled()]
            found[:] = [w for w in seen if _names(w) & wanted] or [
                w for w in seen if any(n.startswith(tuple(wanted)) for n in _names(w) if n)
            ]
            return bool(found)

        self.until(matches, f"no {kind.__name__} called {name!r}")
        return found[0]

    def shown(self, kind: type[W]) -> list[W]:
        """All widgets of a kind that can be seen."""
        return [widget for widget in self.window.findChildren(kind) if widget.isVisible()]

    def column(self, table: QTableView, column: int) -> list[str]:
        """What stands in a column of a table."""
        model = table.model()
        return [
            _plain(str(model.index(row, column).data() or "")) for row in range(model.rowCount())
        ]

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
        self.click(self.find(QAbstractButton, name))

    def click(self, button: QWidget) -> None:
        """Click a button one sees, once it can be pressed."""
        self.wake()
        self.until(lambda: button.isVisible() and button.isEnabled(), "it cannot be pressed")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def menu(self, name: str) -> None:
        """Choose an entry of the menu that is open."""
        wanted = {_plain(name), _plain(_(name))}

        def entry() -> bool:
            return isinstance(QApplication.activePopupWidget(), QMenu)

        self.until(entry, "no menu is open")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        found = [one for one in menu.actions() if _plain(one.text().split("\t")[0]) in wanted]
        found = found or [
            one for one in menu.actions() if _plain(one.text()).startswith(tuple(wanted))
        ]
        assert found, [one.text() for one in menu.actions()]
        place = menu.actionGeometry(found[0]).center()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)

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
        self.wake()
        edit.setFocus()
        edit.selectAll()
        if not text:
            edit.clear()
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(edit, event)

    def choose(self, name: str, text: str) -> None:
        """Choose the entry ``text`` of the list called ``name``."""
        box = self.find(QComboBox, name)
        wanted = {_plain(text), _plain(_(text))}
        offered = [_plain(box.itemText(place)) for place in range(box.count())]
        exact = [place for place, words in enumerate(offered) if words in wanted]
        near = [place for place, words in enumerate(offered) if words.startswith(tuple(wanted))]
        assert exact or near, offered
        place = (exact or near)[0]
        box.setFocus()
        box.setCurrentIndex(place)
        box.activated.emit(place)

    def key(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        on: QWidget | None = None,
    ) -> None:
        """Press a key where the focus is; an open list of offers has it before its line."""
        self.wake()
        popup = QApplication.activePopupWidget()
        QTest.keyClick(popup or on or QApplication.focusWidget() or self.window, key, modifiers)

    def wake(self) -> None:
        """Without a window manager nobody gives the keys back when a dialog is closed."""
        window = self.window
        if QApplication.activePopupWidget() is None and not window.isActiveWindow():
            window.activateWindow()
            self.until(window.isActiveWindow, "the window has no keys")

    def scan(self, edit: QLineEdit, keys: str) -> None:
        """What a wedge scanner does: one key event after another, then Enter, whatever the layout.

        Under the Thai layout ``keys`` are the letters that layout gives for the digits.
        """
        for letter in keys:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(edit, event)
        self.key(Qt.Key.Key_Return, on=edit)

    def pick_row(self, table: QTableView, row: int, column: int = 0) -> None:
        """Click a cell of a row."""
        index = table.model().index(row, column)
        table.scrollTo(index)
        place = table.visualRect(index).center()
        QTest.mouseClick(
            table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.x(), place.y())
        )

    @contextmanager
    def file(self, path: Path) -> Iterator[None]:
        """Answer the file dialog that opens meanwhile with ``path``."""
        answered: list[bool] = []
        timer = QTimer(interval=20)

        def answer() -> None:
            asked = QApplication.activeModalWidget()
            if isinstance(asked, QFileDialog) and not answered:
                line = asked.findChild(QLineEdit, "fileNameEdit")
                assert isinstance(line, QLineEdit)
                line.setText(str(path))
                answered.append(True)
                asked.accept()
            elif answered and isinstance(asked, QDialog):
                # "It is there already. Replace it?"
                yes = asked.findChildren(QPushButton)
                if yes and asked.metaObject().className() == "QMessageBox":
                    QTest.mouseClick(yes[0], Qt.MouseButton.LeftButton)

        timer.timeout.connect(answer)
        timer.start()
        try:
            yield
            self.until(lambda: answered, "no file was asked for")
        finally:
            timer.stop()

    def close(self) -> None:
        """Close the window as a person does, and let go of it."""
        if self not in OPEN:
            return
        OPEN.remove(self)
        self.start.window.close()
        self.start.window.deleteLater()
        self.start.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


OPEN: list[Hand] = []
"""Hands whose window was not closed yet."""


def open_window(app: QApplication, profile: Path, watch: Watch) -> Hand:
    """Start the program on a profile, on a screen of 1366×768."""
    start = Start(app, profile, clock=watch)
    start.window.resize(1366, 768)
    start.begin()
    start.window.activateWindow()
    hand = Hand(start, watch)
    OPEN.append(hand)
    return hand


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def _plain(text: str) -> str:
    return text.replace("\u200b", "").replace("\u2060", "").replace("&", "").strip()


def _crashed(widget: QWidget) -> bool:
    return isinstance(widget, Crash) and widget.isVisible()


def _names(widget: QWidget) -> set[str]:
    said = {_plain(widget.accessibleName())}
    if isinstance(widget, QAbstractButton):
        said.add(_plain(widget.text()))
    return said - {""}
