# SPDX-License-Identifier: Apache-2.0
"""Alerts with how soon they were answered, as a table."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import N_, _
from desktop.model.alert import AlertLine
from desktop.ui.parts.case_terms import (
    State,
    alert_state,
    moment_words,
    problem_words,
    span_words,
    tambon_word,
    urgency_state,
)
from desktop.ui.widgets.badge_cell import STATE

_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
COLUMNS: Final = (
    N_("State"), N_("How urgent"), N_("What was found"), N_("Tambon"), N_("Seen"),
    N_("First answer after"),
)  # fmt: skip
STANDING, URGENCY, WHAT, TAMBON, SEEN, ANSWER = range(len(COLUMNS))
_Index = QModelIndex | QPersistentModelIndex


class AlertModel(QAbstractTableModel):
    """Holds the lines it was given, and the moment they are seen from."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[AlertLine, ...] = ()
        self._now: datetime | None = None

    def show_lines(self, lines: tuple[AlertLine, ...], now: datetime) -> None:
        """Hold these instead."""
        self.beginResetModel()
        self._lines, self._now = lines, now
        self.endResetModel()

    @property
    def lines(self) -> tuple[AlertLine, ...]:
        """The alerts that are shown."""
        return self._lines

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _SHOWN) -> Any:
        if role == _SHOWN and orientation == Qt.Orientation.Horizontal:
            return _(COLUMNS[section])
        return None

    def data(self, index: _Index, role: int = _SHOWN) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line, column = self._lines[index.row()], index.column()
        if role == STATE:
            return _state(line, column)
        if role in (_SHOWN, _SPOKEN):
            state = _state(line, column)
            return state[0] if state is not None else self._text(line, column)
        return None

    def _text(self, line: AlertLine, column: int) -> str:
        if column == WHAT:
            return problem_words(line.alert.problems, next(iter(line.alert.problems), ""))
        if column == TAMBON:
            return tambon_word(line.alert.area) or line.alert.place
        if column == SEEN:
            at, now = line.alert.seen_at, self._now
            return moment_words(at, now if now is not None else at)
        return span_words(line.response.first) or _("not yet")


def _state(line: AlertLine, column: int) -> State | None:
    if column == STANDING:
        return alert_state(line)
    return urgency_state(line.alert.urgency) if column == URGENCY else None
