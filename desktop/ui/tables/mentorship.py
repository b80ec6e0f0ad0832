# SPDX-License-Identifier: Apache-2.0
"""Mentors and their juniors as a table: a line for each pair, mentor by mentor."""

from __future__ import annotations

from typing import Final

from desktop.i18n import N_
from desktop.ui.parts.activity_reading import PairRow, day_words
from desktop.ui.tables.rows import Rows

COLUMNS: Final = (N_("Mentor"), N_("Junior volunteer"), N_("Since"), N_("Part of the event"))
MENTOR, JUNIOR, SINCE, EVENT = range(len(COLUMNS))


class PairModel(Rows[PairRow]):
    """Holds the pairs it was given."""

    columns = COLUMNS

    def text(self, row: PairRow, column: int) -> str:
        if column == SINCE:
            since = row.pair.mentorship.since
            return day_words(since) if since is not None else ""
        return {MENTOR: row.pair.mentor, JUNIOR: row.pair.junior, EVENT: row.event}[column]
