# SPDX-License-Identifier: Apache-2.0
"""The one window of the program: first start, unlock, the frame, the cover of the soft lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from desktop.i18n import _

_SMALL_SCREEN: Final = 1400
"""Up to this width of the screen the window takes all of it."""


class Window(QMainWindow):
    """Shows one thing at a time. What is covered stays as it was, hidden and deaf to keys."""

    def __init__(self, closing: Callable[[], object]) -> None:
        super().__init__()
        self._closing = closing
        self._stack = QStackedWidget(self)
        self._cover: QWidget | None = None
        self._under: QWidget | None = None
        self._put_away: list[QDialog] = []
        self.setCentralWidget(self._stack)
        self.setMinimumSize(760, 480)
        self.resize(1280, 720)
        self.name("")
        full = QShortcut(QKeySequence("F11"), self)
        full.activated.connect(self._full)

    def name(self, title: str) -> None:
        """Put the title of a page before the name of the program."""
        own = _("Samut Sanam")
        self.setWindowTitle(f"{title} – {own}" if title and self._cover is None else own)

    def fill_small_screen(self) -> None:
        """Take the whole of a screen on which the window would leave only edges."""
        if self.screen().availableSize().width() <= _SMALL_SCREEN:
            self.showMaximized()

    def show_only(self, part: QWidget) -> None:
        """Show ``part`` and let go of what was shown before."""
        for place in reversed(range(self._stack.count())):
            old = self._stack.widget(place)
            if old is not None and old is not part:
                self._stack.removeWidget(old)
                old.deleteLater()
        self._cover = self._under = None
        self._stack.addWidget(part)
        self._stack.setCurrentWidget(part)

    def cover(self, part: QWidget) -> None:
        """Show ``part`` over what is shown, which is kept; questions are put away with it."""
        if self._cover is not None:
            return
        self._put_away = _put_away()
        self._under = self._stack.currentWidget()
        self._cover = part
        self._stack.addWidget(part)
        self._stack.setCurrentWidget(part)
        self.name("")

    def uncover(self) -> None:
        """Take the cover away."""
        cover, self._cover = self._cover, None
        if cover is None:
            return
        if self._under is not None:
            self._stack.setCurrentWidget(self._under)
        self._stack.removeWidget(cover)
        cover.deleteLater()
        for dialog in self._put_away:
            if isValid(dialog):
                dialog.show()
        self._put_away = []

    @property
    def covered(self) -> bool:
        """Whether something is covered."""
        return self._cover is not None

    def shown(self) -> QWidget | None:
        """What is shown now."""
        return self._stack.currentWidget()

    def _full(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._closing()
        super().closeEvent(event)


def _put_away() -> list[QDialog]:
    """Hide every dialog and menu: they stand over a cover and would be read and used there."""
    menu = QApplication.activePopupWidget()
    while menu is not None:
        menu.close()
        after = QApplication.activePopupWidget()
        menu = after if after is not menu else None
    shown = [
        part
        for part in QApplication.topLevelWidgets()
        if isinstance(part, QDialog) and part.isVisible()
    ]
    for dialog in shown:
        dialog.hide()
    return shown
