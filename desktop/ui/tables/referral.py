# SPDX-License-Identifier: Apache-2.0
"""Letters to agencies and how they stand, as a table: overdue ones first."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import N_, _, ngettext
from desktop.store import codelist
from desktop.store.referral import ReferralLine
from desktop.ui.parts.case_terms import State, day_words, standing_state
from desktop.ui.widgets.badge_cell import STATE

_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
COLUMNS: Final = (
    N_("State"), N_("To which agency"), N_("Who"), N_("Sent"), N_("Silent for"), N_("Case"),
)  # fmt: skip
STANDING, AGENCY, WHO, SENT, SILENT, NUMBER = range(len(COLUMNS))
_Index = QModelIndex | QPersistentModelIndex


class ReferralModel(QAbstractTableModel):
    """Holds the lines it was given, and the day they are seen from."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[ReferralLine, ...] = ()
        self._today = date.min

    def show_lines(self, lines: tuple[ReferralLine, ...], today: date) -> None:
        """Hold these instead."""
        self.beginResetModel()
        self._lines, self._today = lines, today
        self.endResetModel()

    @property
    def lines(self) -> tuple[ReferralLine, ...]:
        """The letters that are shown."""
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

    def _text(self, line: ReferralLine, column: int) -> str:
        letter = line.referral
        if column == AGENCY:
            return line.to or codelist.word("org_type", letter.to_kind)
        if column == WHO:
            return line.name or _("no name yet")
        if column == SENT:
            return day_words(letter.sent_on) or _("not sent")
        if column == SILENT:
            if letter.sent_on is None or line.standing not in ("sent", "overdue"):
                return ""
            days = (self._today - letter.sent_on).days
            return ngettext("{count} day", "{count} days", days).format(count=days)
        return line.case_no


def _state(line: ReferralLine, column: int) -> State | None:
    if column == STANDING:
        return standing_state(line.standing)
    if column == WHO and line.restricted:
        return line.name or _("Restricted"), "lock", "red"
    return None
