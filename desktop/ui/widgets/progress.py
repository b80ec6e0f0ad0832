# SPDX-License-Identifier: Apache-2.0
"""Long work: how many of how many, how long still, and a way to stop it."""

from __future__ import annotations

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label

_SURE_AFTER = 1.0
"""Seconds of work before a guess of the time left is worth saying."""


class Progress(QFrame):
    """A bar with a count, the time left and a cancel button. ``step`` fits ``Desk.slow``."""

    cancelled = Signal()

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._began = time.monotonic()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        self._words = Label(words, weight=600, parent=self)
        self._count = Label("", "small", "quiet", wrap=False, parent=self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._stop = Button(_("Cancel"), self._cancel, icon="x", parent=self)
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        row.addWidget(self._stop)
        column.addLayout(row)
        column.addWidget(self._bar)
        column.addWidget(self._count)
        self.start(words)
        self.hide()

    def start(self, words: str) -> None:
        """Begin to show work called ``words``."""
        self._began = time.monotonic()
        self._words.setText(words)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(words or _("Progress"))
        self._count.setText("")
        self._stop.setEnabled(True)
        self._stop.setText(_("Cancel"))
        self.show()

    def step(self, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` are done; a ``total`` of 0 is not known yet."""
        if total < 1:
            self._count.setText(_("{done} so far").format(done=done))
            return
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        counted = _("{done} of {total}").format(done=done, total=total)
        left = self._left(done, total)
        self._count.setText(f"{counted} · {left}" if left else counted)

    def finish(self) -> None:
        """The work is over."""
        self.hide()

    def _left(self, done: int, total: int) -> str:
        spent = time.monotonic() - self._began
        if spent < _SURE_AFTER or done < 1 or done >= total:
            return ""
        seconds = round(spent / done * (total - done))
        if seconds < 60:
            return ngettext(
                "about {count} second left", "about {count} seconds left", seconds
            ).format(count=max(1, seconds))
        minutes = round(seconds / 60)
        return ngettext("about {count} minute left", "about {count} minutes left", minutes).format(
            count=minutes
        )

    def _cancel(self) -> None:
        self._stop.setEnabled(False)
        self._stop.setText(_("Stopping…"))
        self.cancelled.emit()
