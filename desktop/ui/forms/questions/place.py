# SPDX-License-Identifier: Apache-2.0
"""A place: typed, pasted, said by a satellite receiver, or read from a photograph."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import Problem
from desktop.i18n import _, ngettext
from desktop.model.exif import read_exif
from desktop.model.nmea import Fix
from desktop.model.position import (
    Position,
    from_answer,
    outside_thailand,
    parse_position,
    spoken,
    to_answer,
)
from desktop.ui import theme
from desktop.ui.forms import photo_making
from desktop.ui.forms.keeping import in_background
from desktop.ui.forms.questions.line import LineQuestion, mark
from desktop.ui.forms.receiver import Receiver
from desktop.ui.forms.serial_line import lines
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import TextEdit
from desktop.ui.widgets.label import Label


class PlaceQuestion(LineQuestion):
    """``input`` of a geopoint. The line shows the place as it is said, and takes any writing."""

    stretches = True

    def make_editor(self) -> QWidget:
        self._position: Position | None = None
        self._trouble = ""
        self._locked = False
        self._receiver: Receiver | None = None
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.line = TextEdit(longest=2000, parent=holder)
        self.line.setMaximumWidth(theme.scaled(460))
        self.line.textEdited.connect(lambda _text: self.commit_soon())
        self.watch(self.line)
        self.listen = Button("", self._turn, icon="satellite-dish", parent=holder)
        self.paste = Button("", self._paste, icon="clipboard-paste", parent=holder)
        self.photo = Button("", self.choose_photo, icon="image", parent=holder)
        self.use = Button("", self._use_fix, kind="primary", icon="check", parent=holder)
        self.heard = Label("", parent=holder)
        self.far = Label("", "body", "amber", weight=500, parent=holder)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.listen, self.paste, self.photo):
            row.addWidget(button)
        row.addStretch(1)
        now = QHBoxLayout()
        now.setSpacing(12)
        now.addWidget(self.use)
        now.addWidget(self.heard, 1)
        column.addWidget(self.line)
        column.addWidget(self.far)
        column.addLayout(row)
        column.addLayout(now)
        self.use.hide()
        self.heard.hide()
        self.far.hide()
        return holder

    # ── typed ────────────────────────────────────────────────────────────────────────────────

    def typed(self) -> str | None:
        text = self.line.plain()
        if text == self._said():
            self._trouble = ""
            return self._answer()
        if not text:
            self._position, self._trouble = None, ""
            return ""
        try:
            self._position = parse_position(text)
        except Problem as problem:
            self._trouble = str(problem)
            return None
        self._trouble = ""
        return self._answer()

    def _answer(self) -> str:
        """The answer; as the form has it already when that is the same place."""
        if self._position is None:
            return ""
        made = to_answer(self._position)
        return self.node.value if from_answer(self.node.value) == from_answer(made) else made

    def trouble(self) -> str:
        return self._trouble

    def leave(self) -> None:
        super().leave()
        if not self._trouble:
            self.show_value(self.node.value)

    def _said(self) -> str:
        return "" if self._position is None else spoken(self._position)

    def _paste(self) -> None:
        """What is on the clipboard, a link of a map or two numbers."""
        text = QGuiApplication.clipboard().text().strip()
        if not text:
            self.say(_("There is nothing on the clipboard. Copy the place on the map first."))
            return
        try:
            self.take(parse_position(text))
        except Problem as problem:
            self.say(str(problem))

    def take(self, position: Position) -> None:
        """Take a place as the answer."""
        self.say()
        self._trouble = ""
        self._show(position)
        self.commit(to_answer(position))
        self.left.emit()

    # ── of a photograph ──────────────────────────────────────────────────────────────────────

    def choose_photo(self) -> None:
        """Ask for a photograph that was taken at the place."""
        if self._locked:
            return
        where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        name, _kind = QFileDialog.getOpenFileName(
            self.window(), self.name, where, _("Pictures") + " (*.jpg *.jpeg *.png *.webp)"
        )
        if name:
            self.take_photo(Path(name))

    def take_photo(self, path: Path) -> None:
        """Take the place that a photograph says; the photograph itself is not kept."""

        def then(position: object) -> None:
            if isinstance(position, Position):
                self.take(position)
            else:
                self.say(_("This picture does not say where it was taken."))

        def failed(error: Exception) -> None:
            if isinstance(error, Problem):
                self.say(str(error))
            else:
                self.view.desk.fail(error)

        in_background(
            self, self, lambda: read_exif(photo_making.read_file(path)).position, then, failed
        )

    # ── of a receiver ────────────────────────────────────────────────────────────────────────

    def lines(self) -> tuple[str, ...]:
        """Where a receiver may hang at this computer."""
        return lines()

    def _turn(self) -> None:
        if self._receiver is not None:
            self._hush()
            return
        found = self.lines()
        if not found:
            self.say(_("No receiver is plugged in. Plug one in, or type the place."))
            return
        self.say()
        self._receiver = Receiver(found, self)
        self._receiver.said.connect(self._hear)
        self._receiver.trouble.connect(self._broken)
        self._receiver.start()
        self.heard.setText(_("Listening to the receiver …"))
        self._dress()

    def _hear(self, fix: object) -> None:
        if not isinstance(fix, Fix):
            return
        count = ngettext("{count} satellite", "{count} satellites", fix.satellites).format(
            count=fix.satellites
        )
        if fix.position is None:
            self.heard.setText(_("Looking for satellites … {count}").format(count=count))
        else:
            self.heard.setText(f"{spoken(fix.position)} · {count}")
        self._dress()

    def _broken(self, sentence: str) -> None:
        self._hush()
        self.say(sentence)

    def _use_fix(self) -> None:
        best = self._receiver.best if self._receiver is not None else None
        self._hush()
        if best is not None and best.position is not None:
            self.take(best.position)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hush(self) -> None:
        if self._receiver is not None:
            self._receiver.stop()
            self._receiver.deleteLater()
            self._receiver = None
        self._dress()

    def hideEvent(self, event: object) -> None:
        # Another section is shown: nobody waits for satellites any more.
        if self._receiver is not None and not self.window().isMinimized():
            self._hush()
        super().hideEvent(event)  # type: ignore[arg-type]

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_value(self, value: str) -> None:
        self._show(from_answer(value))

    def _show(self, position: Position | None) -> None:
        self._position = position
        self._trouble = ""
        if self.line.text() != self._said():
            self.line.setText(self._said())
        far = position is not None and outside_thailand(position)
        self.far.setText(_("This place is outside Thailand. Check the numbers.") if far else "")
        self.far.setVisible(far)

    def _dress(self) -> None:
        on = self._receiver is not None
        free = not self._locked
        best = self._receiver.best if self._receiver is not None else None
        self.line.setPlaceholderText(_("e.g. 16.88012, 99.12034 or a link of a map"))
        self.listen.setText(_("Stop listening") if on else _("Satellite receiver"))
        self.paste.setText(_("Paste"))
        self.photo.setText(_("From a photograph"))
        self.use.setText(_("Use this place"))
        for button in (self.listen, self.paste, self.photo):
            button.setVisible(free)
        self.heard.setVisible(on)
        self.use.setVisible(on and best is not None)
        self._name()

    def show_texts(self) -> None:
        super().show_texts()
        self._dress()

    def set_locked(self, locked: bool) -> None:
        self._locked = locked
        self.line.setReadOnly(locked)
        self._dress()

    def focus_first(self) -> None:
        self.line.setFocus(Qt.FocusReason.TabFocusReason)

    def name_editor(self, name: str, description: str) -> None:
        self.line.setAccessibleName(name)
        self.line.setAccessibleDescription(description)
        for button in (self.listen, self.paste, self.photo, self.use):
            button.setAccessibleName(f"{name}: {button.text()}")

    def mark_bad(self, bad: bool) -> None:
        mark(self.line, bad)
