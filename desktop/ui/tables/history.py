# SPDX-License-Identifier: Apache-2.0
"""What happened to the papers of one certificate number, as a table."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.i18n import N_, _, language
from desktop.thai import dates
from desktop.ui.tables.certificate import STATES
from desktop.ui.tables.rows import Rows, State

if TYPE_CHECKING:
    from desktop.actions.certificate_history import HistoryLine

WHEN, WHAT, WHO, WHY = range(4)


class HistoryModel(Rows["HistoryLine"]):
    """Holds the steps it was given, in their order."""

    columns = (N_("When"), N_("State"), N_("By"), N_("Why, and to whom"))
    long = (WHO, WHY)

    def state(self, row: HistoryLine, column: int) -> State | None:
        if column != WHAT:
            return None
        word, icon, tone = STATES.get(row.what, (row.what, "circle", "grey"))
        said = _(word)
        if row.edition > 1 and row.what == "issued":
            said = _("Replacement {edition}").format(edition=row.edition - 1)
        return said, icon, tone

    def text(self, row: HistoryLine, column: int) -> str:
        if column == WHEN:
            return _when(row.at, row.on)
        if column == WHO:
            return row.who
        parts = [row.reason]
        if row.whom:
            parts.append(_("to {name}").format(name=row.whom))
        if row.printer:
            parts.append(row.printer)
        if row.copies > 1:
            parts.append(_("{count} copies").format(count=row.copies))
        return " · ".join(part for part in parts if part)


def _when(at: str, on: str) -> str:
    """The day it happened, and the time it was noted when that was the same day."""
    noted = datetime.fromisoformat(at).astimezone() if at else None
    day = date.fromisoformat(on) if on else noted.date() if noted is not None else None
    if day is None:
        return ""
    said = dates.english_date(day) if language() == "en" else dates.be_date(day)
    if noted is not None and noted.date() == day:
        return f"{said} {noted:%H:%M}"
    return said
