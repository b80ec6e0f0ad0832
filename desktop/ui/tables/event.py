# SPDX-License-Identifier: Apache-2.0
"""The events of the office as a table: a line each, the newest first."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import N_, _
from desktop.store.event import EventRow
from desktop.ui.hand import when
from desktop.ui.widgets.badge_cell import STATE

Index = QModelIndex | QPersistentModelIndex
_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGN: Final = int(Qt.ItemDataRole.TextAlignmentRole)
_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)

NAME, WHEN, PLACE, PEOPLE, STATUS = range(5)
_HEADINGS: Final = (N_("Event"), N_("Days"), N_("Place"), N_("Enrolled / expected"), N_("State"))


def state_of(row: EventRow, today: date, in_hand: str) -> tuple[str, str, str]:
    """Word, icon and tone of what is to be known of an event first."""
    event = row.event
    if event.id == in_hand:
        return _("In hand"), "circle-check", "accent"
    if event.closed:
        return _("Closed"), "lock", "grey"
    first = row.first_day or event.date_from
    last = row.last_day or event.date_to or first
    if first is None or last is None:
        return _("No date yet"), "calendar", "amber"
    if last < today:
        return _("Over"), "check", "grey"
    if first > today:
        return _("Coming"), "calendar-days", "grey"
    return _("Now"), "clock", "green"


def people_words(enrolled: int, target: int | None) -> str:
    """How many are enrolled, of how many when that is set."""
    return f"{enrolled:,}" if target is None else f"{enrolled:,} / {target:,}"


class EventModel(QAbstractTableModel):
    """Holds the lines it was given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[EventRow, ...] = ()
        self._today = date.min
        self._in_hand = ""

    def show_rows(self, rows: tuple[EventRow, ...], today: date, in_hand: str) -> None:
        """Hold these instead; ``in_hand`` is the id of the event being worked on."""
        self.beginResetModel()
        self._rows, self._today, self._in_hand = rows, today, in_hand
        self.endResetModel()

    def row_at(self, place: int) -> EventRow | None:
        """The line at a place, None when there is none."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, event_id: str) -> int:
        """Where an event stands; -1 when it does not."""
        return next((n for n, row in enumerate(self._rows) if row.event.id == event_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _SHOWN) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _SHOWN:
            return _(_HEADINGS[section]) if 0 <= section < len(_HEADINGS) else None
        if orientation == Qt.Orientation.Horizontal and role == _ALIGN and section == PEOPLE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = _SHOWN) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = index.column()
        if role == STATE:
            return state_of(row, self._today, self._in_hand) if column == STATUS else None
        if role == _SPOKEN and column == STATUS:
            return state_of(row, self._today, self._in_hand)[0]
        if role in (_SHOWN, _SPOKEN) or (role == _TIP and column in (NAME, PLACE)):
            return _text(row, column)
        if role == _ALIGN and column == PEOPLE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


def _text(row: EventRow, column: int) -> str:
    event = row.event
    if column == NAME:
        return " · ".join(part for part in (event.name, event.batch) if part)
    if column == WHEN:
        return when(event)
    if column == PLACE:
        return event.venue
    if column == PEOPLE:
        return people_words(row.enrolled, event.target)
    return ""
