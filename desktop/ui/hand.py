# SPDX-License-Identifier: Apache-2.0
"""What is in hand: the event, the session that is on now or comes next, and how many came.

The top bar and the first page show the same thing, so it is asked for in one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.model.event import Event, Session
    from desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class EventWord:
    """An event as the list under the top bar shows it."""

    id: str
    name: str
    batch: str
    when: str


@dataclass(frozen=True, slots=True)
class Hand:
    """The state of the event in hand. Everything is empty when there is none."""

    event: Event | None = None
    enrolled: int = 0
    sessions: tuple[Session, ...] = ()
    now: Session | None = None
    """The session that is on."""
    next: Session | None = None
    """The next one that has a date and has not begun."""
    came: int = 0
    expected: int = 0
    """Counts of ``now``, or of the last session that began when none is on."""
    counted: Session | None = None
    """The session ``came`` and ``expected`` are of."""
    certificates: int = 0
    ended: bool = False
    """Whether the last dated session is over."""
    others: tuple[EventWord, ...] = ()
    """Every event, newest first."""

    @property
    def begun(self) -> bool:
        """Whether a session of the event has begun."""
        return self.counted is not None


def read_hand(store: Store, event_id: str, now: datetime) -> Hand:
    """Read the state of an event at a local moment; an unknown id gives the list alone."""
    from desktop.store import attendance, certificate, event

    with store.read() as conn:
        rows = event.events(conn)
        others = tuple(
            EventWord(row.event.id, row.event.name, row.event.batch, when(row.event))
            for row in rows
        )
        held = next((row for row in rows if row.event.id == event_id), None)
        if held is None:
            return Hand(others=others)
        sessions = event.sessions(conn, event_id)
        today, minute = now.date(), now.hour * 60 + now.minute
        is_on = tuple(s for s in sessions if s.on == today and s.start <= minute < s.end)
        begun = tuple(
            s for s in sessions if s.on is not None and (s.on, s.start) <= (today, minute)
        )
        later = tuple(
            s for s in sessions if s.on is not None and (s.on, s.start) > (today, minute)
        )
        on_now = is_on[-1] if is_on else None
        counted = on_now or (begun[-1] if begun else None)
        came = expected = 0
        if counted is not None:
            board = attendance.board(conn, event_id, counted.id)
            came, expected = board.came, board.expected
        return Hand(
            event=held.event,
            enrolled=held.enrolled,
            sessions=sessions,
            now=on_now,
            next=later[0] if later else None,
            came=came,
            expected=expected,
            counted=counted,
            certificates=sum(
                1
                for one in certificate.register(conn, event_id=event_id)
                if one.status == "issued"
            ),
            ended=bool(begun) and not later and not is_on,
            others=others,
        )


def when(event: Event) -> str:
    """The days of an event in the language of the moment, or what is known of them."""
    from desktop.i18n import language
    from desktop.thai import dates

    if event.date_from is None:
        return event.date_note
    last = event.date_to or event.date_from
    if language() == "en":
        return dates.english_range(event.date_from, last)
    return dates.be_range(event.date_from, last, style="short")
