# SPDX-License-Identifier: Apache-2.0
"""Letters to agencies and how they stand, as a table: overdue ones first."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QObject

from desktop.i18n import N_, _, ngettext
from desktop.store import codelist
from desktop.store.referral import ReferralLine
from desktop.ui.parts.case_terms import day_words, standing_state
from desktop.ui.tables.rows import Rows, State

COLUMNS: Final = (
    N_("State"), N_("To which agency"), N_("Who"), N_("Sent"), N_("Silent for"), N_("Case"),
)  # fmt: skip
STANDING, AGENCY, WHO, SENT, SILENT, NUMBER = range(len(COLUMNS))


class ReferralModel(Rows[ReferralLine]):
    """Holds the lines it was given, and the day they are seen from."""

    columns = COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = date.min

    def show_lines(self, lines: tuple[ReferralLine, ...], today: date) -> None:
        """Hold these instead."""
        self._today = today
        self.hold(lines)

    def state(self, row: ReferralLine, column: int) -> State | None:
        if column == STANDING:
            return standing_state(row.standing)
        if column == WHO and row.restricted:
            return row.name or _("Restricted"), "lock", "red"
        return None

    def text(self, line: ReferralLine, column: int) -> str:
        letter = line.referral
        if column == AGENCY:
            return line.to or codelist.word("org_type", letter.to_kind)
        if column == WHO:
            return line.name or _("no name yet")
        if column == SENT:
            return day_words(letter.sent_on) or _("not sent")
        if column == SILENT:
            if letter.sent_on is None or line.standing not in ("sent", "overdue"):
                return ""
            days = (self._today - letter.sent_on).days
            return ngettext("{count} day", "{count} days", days).format(count=days)
        return line.case_no


def _state(line: ReferralLine, column: int) -> State | None:
    if column == STANDING:
        return standing_state(line.standing)
    if column == WHO and line.restricted:
        return line.name or _("Restricted"), "lock", "red"
    return None
