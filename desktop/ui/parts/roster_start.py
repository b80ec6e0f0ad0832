# SPDX-License-Identifier: Apache-2.0
"""Where a list comes in: a file dropped or chosen, lines pasted, an empty list to send out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.ui.icons import Icon
from desktop.ui.widgets.button import ActionButton, Button
from desktop.ui.widgets.field import LongText
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.progress import Progress


def dropped_file(event: QDragEnterEvent | QDropEvent) -> Path | None:
    """The one local file that is being dropped, None for anything else."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())


class RosterStart(QWidget):
    """``dropped(path)`` and ``pasted(text)`` bring a list. ``left`` goes back to the roster."""

    dropped = Signal(object)
    pasted = Signal(str)
    left = Signal()

    def __init__(
        self,
        choose: QAction,
        paste: QAction,
        others: Sequence[QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._refused = _Refused(self)
        self.progress = Progress(parent=self)
        self._stack = QStackedWidget(self)
        self._room = self._make_room(choose, paste, others)
        self._paste = self._make_paste()
        self._stack.addWidget(self._room)
        self._stack.addWidget(self._paste)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._refused)
        column.addWidget(self.progress)
        column.addWidget(self._stack, 1)

    def _make_room(self, choose: QAction, paste: QAction, others: Sequence[QAction]) -> QFrame:
        room = QFrame(self)
        room.setObjectName("card")
        centre = Qt.AlignmentFlag.AlignHCenter
        self._head = Label("", "section", weight=600, align=centre, parent=room)
        words = _(
            "Excel (.xlsx) or text (.csv), as the agency sent it. Every name is shown before "
            "anything is kept."
        )
        column = QVBoxLayout(room)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(Icon("upload", "accent", 48, room), 0, centre)
        column.addSpacing(4)
        column.addWidget(self._head)
        column.addWidget(Label(words, tone="quiet", align=centre, parent=room))
        column.addSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch()
        self.choose = ActionButton(choose, "primary", room)
        row.addWidget(self.choose)
        row.addWidget(ActionButton(paste, "secondary", room))
        row.addStretch()
        column.addLayout(row)
        column.addSpacing(16)
        second = QHBoxLayout()
        second.setSpacing(12)
        second.addStretch()
        for action in others:
            second.addWidget(ActionButton(action, "quiet", room))
        second.addStretch()
        column.addLayout(second)
        column.addStretch(3)
        return room

    def _make_paste(self) -> QFrame:
        room = QFrame(self)
        room.setObjectName("card")
        self.text = LongText(rows=10, parent=room)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.text.setAccessibleName(_("Pasted names"))
        self.text.setPlaceholderText(_("1. นางสาวกุลธิดา ศรีสวัสดิ์วงศ์\n2. นายสมชาย ใจดี\n3. …"))
        back = Button(_("Back"), self.show_room, icon="arrow-left", parent=room)
        back.show_key("Esc")
        read = Button(
            _("Read the names"), self._read, kind="primary", icon="list", key="Ctrl+Return",
            parent=room,
        )  # fmt: skip
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(back)
        row.addStretch()
        row.addWidget(read)
        column = QVBoxLayout(room)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(Label(_("Paste the names here"), "section", weight=600, parent=room))
        column.addWidget(
            Label(
                _("One person a line, as in LINE, with or without numbers; or rows from Excel."),
                tone="quiet",
                parent=room,
            )
        )
        column.addWidget(self.text, 1)
        column.addLayout(row)
        return room

    # ── what is shown ────────────────────────────────────────────────────────────────────────

    def show_room(self, headline: str = "") -> None:
        """The place to drop a file on."""
        self._head.setText(headline or _("Drop the list of names here"))
        self._stack.setCurrentWidget(self._room)
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_paste(self, text: str = "") -> None:
        """The box to paste into, with what the clipboard holds when it looks like a list."""
        self._refused.hide()
        self._stack.setCurrentWidget(self._paste)
        if text:
            self.text.setPlainText(text)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def pasting(self) -> bool:
        """Whether the box to paste into is open."""
        return self._stack.currentWidget() is self._paste

    def refuse(self, sentence: str) -> None:
        """Say in one sentence why a list was not taken, and what to do."""
        self._refused.say(sentence)

    @property
    def refusal(self) -> str:
        """The sentence that is shown, or empty."""
        return self._refused.sentence

    def busy(self, words: str) -> None:
        """A list is being read."""
        self._refused.hide()
        self._stack.setEnabled(False)
        self.progress.start(words)

    def done(self) -> None:
        """It was read, or refused."""
        self.progress.finish()
        self._stack.setEnabled(True)

    def _read(self) -> None:
        if self.text.plain():
            self.pasted.emit(self.text.toPlainText())

    # ── dropping ─────────────────────────────────────────────────────────────────────────────

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event) is not None:
            event.acceptProposedAction()
            self._room.setProperty("tone", "accent")
            self._polish()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._room.setProperty("tone", None)
        self._polish()

    def dropEvent(self, event: QDropEvent) -> None:
        self._room.setProperty("tone", None)
        self._polish()
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _polish(self) -> None:
        self._room.style().unpolish(self._room)
        self._room.style().polish(self._room)


class _Refused(QFrame):
    """One sentence about a list that was not taken."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("tone", "red")
        self._words = Label(parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(12)
        row.addWidget(Icon("triangle-alert", "red", 24, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def sentence(self) -> str:
        return "" if self.isHidden() else self._words.text()

    def say(self, sentence: str) -> None:
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
