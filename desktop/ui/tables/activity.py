# SPDX-License-Identifier: Apache-2.0
"""Activities of volunteers as a table: a line each, the latest first."""

from __future__ import annotations

from typing import Any, Final

from desktop.i18n import N_
from desktop.store import codelist
from desktop.ui.parts.activity_reading import ActivityRow, day_words, role_numbers
from desktop.ui.tables.rows import SPOKEN, TIP, Rows

COLUMNS: Final = (
    N_("Held on"), N_("Volunteer activity"), N_("Where it was"), N_("Roles"), N_("Took part"),
    N_("Part of the event"),
)  # fmt: skip
DAY, NAME, WHERE, ROLES, PEOPLE, EVENT = range(len(COLUMNS))


class ActivityModel(Rows[ActivityRow]):
    """Holds the rows it was given."""

    columns = COLUMNS
    numbers = (PEOPLE,)
    long = (NAME, WHERE, EVENT)

    def place_of(self, activity_id: str) -> int:
        """The place of an activity, -1 when it is not shown."""
        ids = [row.activity.id for row in self._rows]
        return ids.index(activity_id) if activity_id in ids else -1

    def cell(self, row: ActivityRow, column: int, role: int) -> Any:
        if role in (SPOKEN, TIP) and column == ROLES:
            codes = (one.code for one in codelist.codes("noi_role"))
            done = (one for one in codes if one in row.activity.noi_roles)
            return ", ".join(codelist.word("noi_role", one) for one in done)
        return super().cell(row, column, role)

    def text(self, row: ActivityRow, column: int) -> str:
        one = row.activity
        if column == DAY:
            return day_words(one.held_on)
        if column == ROLES:
            return " · ".join(str(number) for number in role_numbers(one.noi_roles))
        if column == PEOPLE:
            return f"{one.people:,}"
        return {NAME: one.name, WHERE: row.where, EVENT: row.event}[column]
