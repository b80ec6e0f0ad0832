# SPDX-License-Identifier: Apache-2.0
"""The alert's key and button on every page, and the one dialog behind them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.desk import Desk
from desktop.ui.parts.alert_button import KEY, OTHER_KEY, AlertButton

if TYPE_CHECKING:
    from desktop.ui.parts.alert_dialog import AlertDialog

_REACHED: Final = "alert_key"


class Alerting(QObject):
    """Made by the frame. ``case_wanted(case_id)`` when the case of an alert is to be shown."""

    case_wanted = Signal(str)

    def __init__(self, desk: Desk, frame: QWidget) -> None:
        super().__init__(frame)
        self._desk, self._frame = desk, frame
        self._buttons: list[AlertButton] = []
        self._begun = False
        self.dialog: AlertDialog | None = None
        self._give_key(frame)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._reach)
        desk.by_changed.connect(lambda _by: self._let_go())
        self._look()

    def _give_key(self, part: QWidget) -> None:
        shortcut = QShortcut(part)
        shortcut.setObjectName(_REACHED)
        shortcut.setKeys([QKeySequence(KEY), QKeySequence(OTHER_KEY)])
        shortcut.activated.connect(self.open)

    def _reach(self, _window: object = None) -> None:
        """Give the key to a question that stands open: it must not stand in the way of an alert.

        Not where the window is covered: a locked laptop opens nothing.
        """
        asked = QApplication.activeModalWidget()
        if asked is None or asked is self.dialog or not self._frame.isVisible():
            return
        if asked.findChild(QShortcut, _REACHED) is None:
            self._give_key(asked)

    def button(self, parent: QWidget) -> AlertButton:
        """One more of the red buttons."""
        made = AlertButton(self.open, parent)
        made.show_begun(self._begun)
        self._buttons.append(made)
        made.destroyed.connect(lambda: self._drop(made))
        return made

    def open(self) -> None:
        """Show the alert with what was typed into it before."""
        dialog = self.dialog
        if dialog is not None and dialog.isVisible():
            dialog.raise_()
            dialog.activateWindow()
            return
        from desktop.ui.parts.alert_dialog import AlertDialog

        held = self._let_go()
        self.dialog = dialog = AlertDialog(self._desk, self._frame)
        dialog.begun.connect(self._show_begun)
        dialog.case_wanted.connect(self.case_wanted)
        # What is in memory is newer than what is on the disk.
        dialog.begin(held if held is not None else {})
        dialog.open()
        if held is None:
            self._look(dialog)

    def retranslate(self) -> None:
        """Speak the language of the moment: the dialog is made anew, with what it holds."""
        for button in self._buttons:
            button.retranslate()

    def _let_go(self) -> Mapping[str, Any] | None:
        """Close and drop the dialog; what it held of whoever sits here, None when unknown."""
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            self._look()
            return None
        held = dialog.held() if dialog.by == self._desk.by else None
        dialog.keep()
        dialog.hide()
        dialog.deleteLater()
        if held is None:
            self._look()
        return held

    def _look(self, dialog: AlertDialog | None = None) -> None:
        """What was typed before the program was closed."""
        from desktop.ui.parts.alert_keeping import begun

        by = self._desk.by

        def then(held: Mapping[str, Any]) -> None:
            if by != self._desk.by:
                return
            if dialog is None:
                self._show_begun(bool(held))
            elif held and dialog is self.dialog and not dialog.held():
                dialog.begin(held)

        # On the lane that writes: what was just kept is read back.
        store = self._desk.store
        self._desk.tasks.run("store", self, lambda: begun(store, by), then, self._desk.fail)

    def _show_begun(self, begun: bool) -> None:
        self._begun = begun
        for button in self._buttons:
            button.show_begun(begun)

    def _drop(self, button: AlertButton) -> None:
        self._buttons = [one for one in self._buttons if one is not button]
