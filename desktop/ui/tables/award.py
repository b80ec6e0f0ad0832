# SPDX-License-Identifier: Apache-2.0
"""The award list as a table, and a list of awards that was read and is being checked."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QObject

from desktop.i18n import N_, _
from desktop.imports.award import ReadAward
from desktop.model.organisation import Award
from desktop.ui import theme
from desktop.ui.tables.rows import INK, SHOWN, Rows, State

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


class AwardModel(Rows[Line]):
    """Holds the lines it was given: awards that are kept, or lines of a list that was read."""

    columns = _HEADINGS
    long = (ORGANISATION, TITLE, FUND)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading = False

    def show_lines(self, lines: tuple[Line, ...], *, reading: bool) -> None:
        """Hold these instead; ``reading`` when they were read and are being checked."""
        self._reading = reading
        self.hold(lines)

    def heading(self, section: int) -> str:
        return _("Line") if section == ORDER and self._reading else super().heading(section)

    def state(self, row: Line, column: int) -> State | None:
        return state_of(row) if column == PROBLEM else None

    def cell(self, row: Line, column: int, role: int) -> Any:
        # The badge alone says it; a reader of the screen hears its word.
        if column == PROBLEM and role == SHOWN:
            return ""
        if role == INK and column == FUND:
            return theme.colour("quiet")
        return super().cell(row, column, role)

    def text(self, row: Line, column: int) -> str:
        return _text(row, column)


def _text(line: Line, column: int) -> str:
    if column == ORDER:
        return str(line.line_no if isinstance(line, ReadAward) else line.order_no)
    if column == ORGANISATION:
        return line.organisation
    if column == TITLE:
        return line.title
    return line.fund
