# SPDX-License-Identifier: Apache-2.0
"""The alert, over whatever is being done: 1300 first, then one short form, then its handling.

What is typed is kept as it is typed: closing the window, or losing power, loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui.desk import Desk
from desktop.ui.parts import alert_keeping
from desktop.ui.parts.alert_call import AlertCall
from desktop.ui.parts.alert_form import AlertForm
from desktop.ui.parts.alert_steps import AlertSteps
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.errors import Problem
    from desktop.model.alert import Alert, AlertLine
    from desktop.store.store import Store

_KEEP_AFTER: Final = 800
"""Milliseconds after the last key until what was typed is on the disk."""
_WIDEST: Final = 1120
_HIGHEST: Final = 740


class AlertDialog(QDialog):
    """``case_wanted(case_id)`` when the case that was opened is to be shown."""

    case_wanted = Signal(str)
    begun = Signal(bool)
    """Whether something is typed that was not raised."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        room = parent.size()
        self.resize(min(_WIDEST, room.width() - 24), min(_HIGHEST, room.height() - 16))
        self._desk = desk
        self.by: Final = desk.by
        """Whose words these are."""
        self._alert: Alert | None = None
        self._told: Mapping[str, Any] | None = None
        self._thrown: Mapping[str, Any] = {}
        self.setWindowTitle(_("Alert"))
        self.setModal(True)
        self.call = AlertCall(desk.now, self)
        self.form = AlertForm(desk, self)
        self.steps = AlertSteps(desk, self._read, self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_KEEP_AFTER)
        self._later.timeout.connect(self.keep)
        self._lay()
        self.form.changed.connect(self._changed)
        self.call.noted.connect(self._changed)

    def _lay(self) -> None:
        self._stack = QStackedWidget(self)
        self._form_holder = Scroll(self.form, self._stack)
        done = QWidget(self._stack)
        column = QVBoxLayout(done)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        self._headline = Label("", "section", "green", weight=600, parent=done)
        self._words = Label("", parent=done)
        column.addWidget(self._headline)
        column.addWidget(self._words)
        column.addWidget(self.steps)
        column.addStretch(1)
        self._done = Scroll(done, self._stack)
        self._stack.addWidget(self._form_holder)
        self._stack.addWidget(self._done)
        self._hint = Label("", "small", "quiet", parent=self)
        self.close_button = Button(_("Close"), self.reject, parent=self)
        self.close_button.show_key("Esc")
        self.empty = Button(_("Begin anew"), self._throw, kind="quiet", icon="eraser", parent=self)
        self.case_button = Button(
            _("Open the case"), self._open_case, icon="folder-heart", parent=self
        )
        self.save = Button("", self.press, kind="primary", icon="siren", key="Ctrl+Return",
                           parent=self)  # fmt: skip
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self._hint, 1)
        for button in (self.empty, self.close_button, self.case_button, self.save):
            foot.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 14, 20, 14)
        whole.setSpacing(10)
        whole.addWidget(self.call)
        whole.addWidget(self._stack, 1)
        whole.addLayout(foot)
        self._show_form()

    # ── opening and closing ──────────────────────────────────────────────────────────────────

    def begin(self, held: Mapping[str, Any]) -> None:
        """Show what was kept; an alert that was raised makes room for the next one."""
        called = held.get("called")
        self.call.show_called(datetime.fromisoformat(called) if called else None)
        self.form.fill(held)
        self._told = self.held()
        self._show_form()
        self.begun.emit(bool(self.held()))

    def held(self) -> dict[str, Any]:
        """What is to be kept; empty when nothing was typed."""
        called = self.call.called_at
        if self._alert is not None or (self.form.is_blank() and called is None):
            return {}
        return {**self.form.values(), "called": called.isoformat() if called else ""}

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self._alert is None:
            self.form.refresh_moment()
            self.form.focus_first()

    def hideEvent(self, event: object) -> None:
        self.keep()
        super().hideEvent(event)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # Enter takes an offer or a tick; Ctrl+Enter raises the alert
            return
        super().keyPressEvent(event)

    def _changed(self) -> None:
        if self._thrown:
            self._thrown = {}
            self._name_empty()
        self._hint.setText(_("Kept as you type. Esc closes, and nothing is lost."))
        self._hint.set_tone("quiet")
        self._later.start()
        self.begun.emit(True)

    def keep(self) -> None:
        """Bring what is typed to the disk, if it changed."""
        self._later.stop()
        held = self.held()
        self.begun.emit(bool(held))
        if held == self._told:
            return
        self._told = held
        desk, by = self._desk, self.by
        # Not an act: nobody asked for it, and nobody would take it back.
        desk.tasks.run(
            "store", desk, lambda: alert_keeping.keep(desk.store, by, held), None, desk.fail
        )

    def _throw(self) -> None:
        """Empty the form; pressed once more, what was thrown away is there again."""
        if self._thrown:
            thrown, self._thrown = self._thrown, {}
            called = thrown.get("called")
            self.call.show_called(datetime.fromisoformat(called) if called else None)
            self.form.fill(thrown)
            self.keep()
        else:
            self._thrown = self.held()
            self._clear()
        self._name_empty()

    def _name_empty(self) -> None:
        self.empty.setText(_("Bring it back") if self._thrown else _("Begin anew"))
        self.empty.set_icon("undo-2" if self._thrown else "eraser")

    def _clear(self) -> None:
        self.call.show_called(None)
        self.form.clear()
        self._alert = None
        self._show_form()
        self.keep()
        self.form.focus_first()

    # ── raising ──────────────────────────────────────────────────────────────────────────────

    def _show_form(self) -> None:
        self._alert = None
        self._stack.setCurrentWidget(self._form_holder)
        self.call.show()
        self.case_button.hide()
        self.empty.show()
        self.save.setText(_("Raise the alert"))
        self.save.setEnabled(True)
        self._hint.setText(_("Kept as you type. Esc closes, and nothing is lost."))

    def press(self) -> None:
        """Raise the alert; or, when it is raised, begin the next one."""
        if self._alert is not None:
            self._clear()
            return
        draft = self.form.draft(self.call.called_at)
        if draft is None:
            self._hint.setText(_("Something is missing: see the red words."))
            self._hint.set_tone("red")
            return
        from desktop.actions.alert import raise_alert

        self.save.setEnabled(False)

        def failed(problem: Problem) -> None:
            self.save.setEnabled(True)
            self.form.say(str(problem))
            self._hint.setText(str(problem))
            self._hint.set_tone("red")

        self._desk.act(
            self,
            lambda store, by: raise_alert(store, by, draft),
            self._raised,
            said=_("The alert is kept and its case is open."),
            failed=failed,
        )

    def _raised(self, done: Done) -> None:
        self._alert = done.value
        self.form.clear()
        self.call.show_called(None)
        self.call.hide()
        self.keep()
        self.empty.hide()
        self.case_button.show()
        self._stack.setCurrentWidget(self._done)
        self.save.setText(_("Another alert"))
        self.save.setEnabled(True)
        self._hint.setText(_("Go on with its handling here, or in Cases."))
        self._hint.set_tone("quiet")
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._read()

    def _read(self) -> None:
        alert = self._alert
        if alert is None:
            return
        by = self._desk.by

        def read(store: Store) -> AlertLine:
            from desktop.store import alert as alerts

            with store.read() as conn:
                return alerts.alert(conn, by, alert.id)

        self._desk.look(self, read, self._show_line, latest="alert")

    def _show_line(self, line: AlertLine) -> None:
        if self._alert is None or line.alert.id != self._alert.id:
            return
        self._headline.setText(
            "✓ " + _("The alert is kept. Case {number}").format(number=line.case_no)
        )
        words = _("Now call 1300, and note the time here.") if line.wants_1300 else ""
        if line.alert.restricted:
            kept_to = _(
                "It is restricted: only you, whoever answers for it and those let in can open it."
            )
            words = f"{kept_to} {words}".strip()
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.steps.show_line(line)

    def _open_case(self) -> None:
        alert = self._alert
        if alert is not None:
            self.accept()
            self.case_wanted.emit(alert.case_id)
