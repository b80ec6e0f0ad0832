# SPDX-License-Identifier: Apache-2.0
"""The award list as a table, and a list of awards that was read and is being checked."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import N_, _
from desktop.imports.award import ReadAward
from desktop.model.organisation import Award
from desktop.ui import theme
from desktop.ui.widgets.badge_cell import STATE

Index = QModelIndex | QPersistentModelIndex
_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_INK: Final = int(Qt.ItemDataRole.ForegroundRole)

ORDER, ORGANISATION, TITLE, FUND, PROBLEM = range(5)
_HEADINGS: Final = (
    N_("No."), N_("Organisation"), N_("Project"), N_("Fund"), N_("To see to"),
)  # fmt: skip

Line = Award | ReadAward


def state_of(line: Line) -> tuple[str, str, str]:
    """Word, icon and tone of a line that was read."""
    problems = line.problems if isinstance(line, ReadAward) else ()
    if any(problem.level == "error" for problem in problems):
        return _("To be put right"), "circle-x", "red"
    if problems:
        return _("To look at"), "triangle-alert", "amber"
    return _("Good"), "circle-check", "green"


class AwardModel(QAbstractTableModel):
    """Holds the lines it was given: awards that are kept, or lines of a list that was read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._reading = False

    def show_lines(self, lines: tuple[Line, ...], *, reading: bool) -> None:
        """Hold these instead; ``reading`` when they were read and are being checked."""
        self.beginResetModel()
        self._lines, self._reading = lines, reading
        self.endResetModel()

    def line_at(self, place: int) -> Line | None:
        """The line at a place, None when there is none."""
        return self._lines[place] if 0 <= place < len(self._lines) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _SHOWN) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != _SHOWN:
            return None
        if section == ORDER and self._reading:
            return _("Line")
        return _(_HEADINGS[section]) if 0 <= section < len(_HEADINGS) else None

    def data(self, index: Index, role: int = _SHOWN) -> Any:
        line = self.line_at(index.row()) if index.isValid() else None
        if line is None:
            return None
        column = index.column()
        if role == STATE:
            return state_of(line) if column == PROBLEM else None
        if role == _SPOKEN and column == PROBLEM:
            return state_of(line)[0]
        if role in (_SHOWN, _SPOKEN) or (role == _TIP and column in (ORGANISATION, TITLE, FUND)):
            return _text(line, column)
        if role == _INK and column == FUND:
            return theme.colour("quiet")
        return None


def _text(line: Line, column: int) -> str:
    if column == ORDER:
        return str(line.line_no if isinstance(line, ReadAward) else line.order_no)
    if column == ORGANISATION:
        return line.organisation
    if column == TITLE:
        return line.title
    return line.fund if column == FUND else ""
