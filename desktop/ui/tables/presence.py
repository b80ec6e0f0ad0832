# SPDX-License-Identifier: Apache-2.0
"""Who came and who is missing, as a table."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QObject

from desktop.i18n import N_
from desktop.model.presence import Line
from desktop.ui import icons, theme
from desktop.ui.attendance_words import province_words, seat_words, state_words, when_words
from desktop.ui.tables.rows import ICON, INK, Rows

COLUMNS: Final = (N_("Status"), N_("Seat"), N_("Name"), N_("Province"), N_("Agency"), N_("Phone"))
STATE, SEAT, NAME, PROVINCE, AGENCY, PHONE = range(len(COLUMNS))


class PresenceModel(Rows[Line]):
    """Holds the lines it was given, and the session they are shown for."""

    columns = COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session_id = ""

    def show_lines(self, lines: tuple[Line, ...], session_id: str) -> None:
        """Hold these instead."""
        self._session_id = session_id
        self.hold(lines)

    def cell(self, row: Line, column: int, role: int) -> Any:
        if column == STATE and role in (ICON, INK):
            _word, icon, tone = state_words(row.at(self._session_id))
            return icons.icon(icon, tone, 18) if role == ICON else theme.colour(tone)
        return super().cell(row, column, role)

    def text(self, line: Line, column: int) -> str:
        row = line.row
        if column == STATE:
            presence = line.at(self._session_id)
            return f"{state_words(presence)[0]} {when_words(presence)}".strip()
        if column == SEAT:
            return seat_words(row.seat)
        if column == PROVINCE:
            return province_words(row.province)
        return {NAME: row.name, AGENCY: row.organisation, PHONE: row.phone}[column]
