# SPDX-License-Identifier: Apache-2.0
"""Households as a table: who lives where, when they were seen last, what is due."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from desktop.i18n import N_, _
from desktop.ui.parts.household_words import address, case_state, day_words, due_state
from desktop.ui.tables.rows import Rows, State

if TYPE_CHECKING:
    from desktop.ui.parts.household_reading import HouseholdRow


NAME, ADDRESS, PEOPLE, LAST, CASE, NEXT = range(6)
_HEADINGS: Final = (
    N_("Household of"),
    N_("Address"),
    N_("Members"),
    N_("Last visit"),
    N_("Open case"),
    N_("Next follow-up"),
)


class HouseholdModel(Rows["HouseholdRow"]):
    """Holds the lines it was given."""

    columns = _HEADINGS
    numbers = (PEOPLE,)
    long = (NAME, ADDRESS)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = date.min

    def show_rows(self, rows: tuple[HouseholdRow, ...], today: date) -> None:
        """Hold these instead."""
        self._today = today
        self.hold(rows)

    def place_of(self, household_id: str) -> int:
        """Where a household stands; -1 when it does not."""
        found = (n for n, row in enumerate(self._rows) if row.id == household_id)
        return next(found, -1)

    def state(self, row: HouseholdRow, column: int) -> State | None:
        if column == CASE:
            return case_state(row.cases)
        if column == NEXT and row.next_due is not None:
            return due_state(row.next_due, self._today)
        return None

    def text(self, row: HouseholdRow, column: int) -> str:
        if column == NAME:
            return row.found.name or _("(no name)")
        if column == ADDRESS:
            return address(row.found.household, row.found.area_name)
        if column == PEOPLE:
            return str(len(row.found.members))
        if column == LAST:
            return day_words(row.found.last_visited) or _("never")
        return ""
