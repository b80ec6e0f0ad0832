# SPDX-License-Identifier: Apache-2.0
"""Cases as a table."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QObject

from desktop.i18n import N_, _
from desktop.store import codelist
from desktop.store.case_list import CaseRow
from desktop.ui.parts.case_terms import (
    due_state,
    problem_words,
    status_state,
    tambon_word,
    urgency_state,
)
from desktop.ui.tables.rows import Rows, State

COLUMNS: Final = (
    N_("How urgent"), N_("Who"), N_("Problems"), N_("Tambon"), N_("Status"),
    N_("Next follow-up"), N_("Case"), N_("Answers for it"),
)  # fmt: skip
URGENCY, WHO, PROBLEMS, TAMBON, STATUS, NEXT, NUMBER, OWNER = range(len(COLUMNS))


class CaseModel(Rows[CaseRow]):
    """Holds the rows it was given, and the day they are seen from."""

    columns = COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = date.min

    def show_rows(self, rows: tuple[CaseRow, ...], today: date) -> None:
        """Hold these instead."""
        self._today = today
        self.hold(rows)

    def state(self, row: CaseRow, column: int) -> State | None:
        if column == URGENCY:
            return urgency_state(row.case.urgency)
        if column == WHO and row.case.restricted:
            return row.name or _("Restricted"), "lock", "red"
        if column == STATUS:
            return status_state(row.case)
        if column == NEXT and row.next_due is not None:
            return due_state(row.next_due, self._today)
        return None

    def text(self, row: CaseRow, column: int) -> str:
        case = row.case
        if column == WHO:
            return row.name or _("no name yet")
        if column == PROBLEMS:
            return problem_words(case.problems, case.main_problem) or case.detail
        if column == TAMBON:
            return tambon_word(case.area)
        if column == NEXT:
            return _("none planned") if case.is_open else codelist.word("case_status", "closed")
        return case.case_no if column == NUMBER else row.owner
