# SPDX-License-Identifier: Apache-2.0
"""The events of the office as a table: a line each, the newest first."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QObject

from desktop.i18n import N_, _
from desktop.store.event import EventRow
from desktop.ui.hand import when
from desktop.ui.tables.rows import SHOWN, Rows, State

NAME, WHEN, PLACE, PEOPLE, STATUS = range(5)
_HEADINGS: Final = (N_("Event"), N_("Days"), N_("Place"), N_("Enrolled / expected"), N_("State"))


def state_of(row: EventRow, today: date, in_hand: str) -> tuple[str, str, str]:
    """Word, icon and tone of what is to be known of an event first."""
    event = row.event
    if event.id == in_hand:
        return _("In hand"), "circle-check", "accent"
    if event.closed:
        return _("Closed"), "lock", "grey"
    first = row.first_day or event.date_from
    last = row.last_day or event.date_to or first
    if first is None or last is None:
        return _("No date yet"), "calendar", "amber"
    if last < today:
        return _("Over"), "check", "grey"
    if first > today:
        return _("Coming"), "calendar-days", "grey"
    return _("Now"), "clock", "green"


def people_words(enrolled: int, target: int | None) -> str:
    """How many are enrolled, of how many when that is set."""
    return f"{enrolled:,}" if target is None else f"{enrolled:,} / {target:,}"


class EventModel(Rows[EventRow]):
    """Holds the lines it was given."""

    columns = _HEADINGS
    numbers = (PEOPLE,)
    long = (NAME, PLACE)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = date.min
        self._in_hand = ""

    def show_rows(self, rows: tuple[EventRow, ...], today: date, in_hand: str) -> None:
        """Hold these instead; ``in_hand`` is the id of the event being worked on."""
        self._today, self._in_hand = today, in_hand
        self.hold(rows)

    def place_of(self, event_id: str) -> int:
        """Where an event stands; -1 when it does not."""
        return next((n for n, row in enumerate(self._rows) if row.event.id == event_id), -1)

    def state(self, row: EventRow, column: int) -> State | None:
        return state_of(row, self._today, self._in_hand) if column == STATUS else None

    def cell(self, row: EventRow, column: int, role: int) -> Any:
        # The badge alone says it; a reader of the screen hears its word.
        if column == STATUS and role == SHOWN:
            return ""
        return super().cell(row, column, role)

    def text(self, row: EventRow, column: int) -> str:
        event = row.event
        if column == NAME:
            return " · ".join(part for part in (event.name, event.batch) if part)
        if column == WHEN:
            return when(event)
        if column == PLACE:
            return event.venue
        if column == PEOPLE:
            return people_words(row.enrolled, event.target)
        return ""
