# SPDX-License-Identifier: Apache-2.0
"""What the page of events shows, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.model.event import Programme
from desktop.store import event as events
from desktop.store.event import EventRow
from desktop.thai.search_key import search_key
from desktop.ui.parts.event_view import Held, read_event

if TYPE_CHECKING:
    from desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class EventState:
    """The list, the programmes to choose from, and the event that is open."""

    rows: tuple[EventRow, ...]
    programmes: tuple[Programme, ...]
    held: Held | None


def read_events(store: Store, open_id: str) -> EventState:
    """Read the events and all of the one with ``open_id`` (empty for none)."""
    with store.read() as conn:
        rows, programmes = events.events(conn), events.programmes(conn)
    return EventState(rows, programmes, read_event(store, open_id) if open_id else None)


def fitting(rows: tuple[EventRow, ...], text: str) -> tuple[EventRow, ...]:
    """The events in whose name, batch, programme or place ``text`` is found; all for no text."""
    wanted = search_key(text)
    return tuple(row for row in rows if not wanted or wanted in _key(row))


def _key(row: EventRow) -> str:
    event = row.event
    return search_key(" ".join((event.name, event.batch, row.programme_name, event.venue)))
