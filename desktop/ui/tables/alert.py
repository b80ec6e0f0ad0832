# SPDX-License-Identifier: Apache-2.0
"""Alerts with how soon they were answered, as a table."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject

from desktop.i18n import N_, _
from desktop.model.alert import AlertLine
from desktop.ui.parts.case_terms import (
    alert_state,
    moment_words,
    problem_words,
    span_words,
    tambon_word,
    urgency_state,
)
from desktop.ui.tables.rows import Rows, State

COLUMNS: Final = (
    N_("State"), N_("How urgent"), N_("What was found"), N_("Tambon"), N_("Seen"),
    N_("First answer after"),
)  # fmt: skip
STANDING, URGENCY, WHAT, TAMBON, SEEN, ANSWER = range(len(COLUMNS))


class AlertModel(Rows[AlertLine]):
    """Holds the lines it was given, and the moment they are seen from."""

    columns = COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now: datetime | None = None

    def show_lines(self, lines: tuple[AlertLine, ...], now: datetime) -> None:
        """Hold these instead."""
        self._now = now
        self.hold(lines)

    def state(self, row: AlertLine, column: int) -> State | None:
        if column == STANDING:
            return alert_state(row)
        return urgency_state(row.alert.urgency) if column == URGENCY else None

    def text(self, line: AlertLine, column: int) -> str:
        if column == WHAT:
            return problem_words(line.alert.problems, next(iter(line.alert.problems), ""))
        if column == TAMBON:
            return tambon_word(line.alert.area) or line.alert.place
        if column == SEEN:
            at, now = line.alert.seen_at, self._now
            return moment_words(at, now if now is not None else at)
        return span_words(line.response.first) or _("not yet")
