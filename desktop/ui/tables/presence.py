# SPDX-License-Identifier: Apache-2.0
"""Who came and who is missing, as a table."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import N_, _
from desktop.model.presence import Line
from desktop.ui import icons, theme
from desktop.ui.attendance_words import province_words, seat_words, state_words, when_words

_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_ICON: Final = int(Qt.ItemDataRole.DecorationRole)
_COLOUR: Final = int(Qt.ItemDataRole.ForegroundRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
COLUMNS: Final = (N_("Status"), N_("Seat"), N_("Name"), N_("Province"), N_("Agency"), N_("Phone"))
STATE, SEAT, NAME, PROVINCE, AGENCY, PHONE = range(len(COLUMNS))
_Index = QModelIndex | QPersistentModelIndex


class PresenceModel(QAbstractTableModel):
    """Holds the lines it was given, and the session they are shown for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._session_id = ""

    def show_lines(self, lines: tuple[Line, ...], session_id: str) -> None:
        """Hold these instead."""
        self.beginResetModel()
        self._lines, self._session_id = lines, session_id
        self.endResetModel()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are shown."""
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
        if role in (_SHOWN, _SPOKEN):
            return self._text(line, column)
        if column == STATE and role in (_ICON, _COLOUR):
            _word, icon, tone = state_words(line.at(self._session_id))
            return icons.icon(icon, tone, 18) if role == _ICON else theme.colour(tone)
        return None

    def _text(self, line: Line, column: int) -> str:
        row = line.row
        if column == STATE:
            presence = line.at(self._session_id)
            return f"{state_words(presence)[0]} {when_words(presence)}".strip()
        if column == SEAT:
            return seat_words(row.seat)
        if column == PROVINCE:
            return province_words(row.province)
        return {NAME: row.name, AGENCY: row.organisation, PHONE: row.phone}[column]
