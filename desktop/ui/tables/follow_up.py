# SPDX-License-Identifier: Apache-2.0
"""Follow-ups by when they are due, as a table."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QObject

from desktop.i18n import N_, _
from desktop.model.follow_up import FollowUpLine
from desktop.store import codelist
from desktop.ui.parts.case_terms import due_state, tambon_word, urgency_state
from desktop.ui.tables.rows import Rows, State

COLUMNS: Final = (
    N_("When"), N_("How urgent"), N_("Who"), N_("Tambon"), N_("Problem"), N_("Case"),
    N_("Answers for it"),
)  # fmt: skip
WHEN, URGENCY, WHO, TAMBON, PROBLEM, NUMBER, OWNER = range(len(COLUMNS))


class FollowUpModel(Rows[FollowUpLine]):
    """Holds the lines it was given, and the day they are seen from."""

    columns = COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = date.min

    def show_lines(self, lines: tuple[FollowUpLine, ...], today: date) -> None:
        """Hold these instead."""
        self._today = today
        self.hold(lines)

    def state(self, line: FollowUpLine, column: int) -> State | None:
        if column in (WHEN, URGENCY) and line.follow_up.is_done:
            return _("Done"), "circle-check", "green"
        if column == WHEN:
            return due_state(line.follow_up.due, self._today)
        if column == URGENCY:
            return urgency_state(line.urgency)
        if column == WHO and line.restricted:
            return line.name or _("Restricted"), "lock", "red"
        return None

    def text(self, line: FollowUpLine, column: int) -> str:
        if column == WHO:
            return line.name or _("no name yet")
        if column == TAMBON:
            return tambon_word(line.area)
        if column == PROBLEM:
            return codelist.word("problem", line.main_problem) if line.main_problem else ""
        return line.case_no if column == NUMBER else line.owner
