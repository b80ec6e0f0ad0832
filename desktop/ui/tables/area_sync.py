# SPDX-License-Identifier: Apache-2.0
"""The areas of this laptop as a table: what waits in each, how far the rest has come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QObject

from desktop.i18n import N_, _
from desktop.model.sync import AreaSync
from desktop.ui.parts.sync_words import matched_words, scope_words
from desktop.ui.tables.rows import Rows, State

AREA, WAITING, RECEIVED, CONFIRMED, MATCH = range(5)
_HEADINGS: Final = (
    N_("Area"),
    N_("Waiting"),
    N_("The centre has it"),
    N_("Confirmed"),
    N_("Compared with the centre"),
)


class AreaSyncModel(Rows[AreaSync]):
    """Holds the areas it was given, and the names of those that are no tambon."""

    columns = _HEADINGS
    numbers = (WAITING, RECEIVED, CONFIRMED)
    long = (AREA,)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: Mapping[str, str] = {}
        self._now = datetime.now(UTC)

    def show_areas(
        self, areas: tuple[AreaSync, ...], names: Mapping[str, str], now: datetime
    ) -> None:
        """Hold these instead."""
        self._names, self._now = names, now
        self.hold(areas)

    def state(self, row: AreaSync, column: int) -> State | None:
        if column != MATCH:
            return None
        if row.coming:
            return _("{count} still to come").format(count=f"{row.coming:,}"), "download", "accent"
        if row.digest is None or not row.matched_at:
            return _("not compared yet"), "circle", "grey"
        return matched_words(row.digest, row.matched_at, self._now), "circle-check", "green"

    def text(self, row: AreaSync, column: int) -> str:
        if column == AREA:
            return scope_words(row.scope, self._names.get(row.scope, ""))
        number = {WAITING: row.saved, RECEIVED: row.received, CONFIRMED: row.confirmed}[column]
        return f"{number:,}" if number else "–"
