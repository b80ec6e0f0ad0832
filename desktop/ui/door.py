# SPDX-License-Identifier: Apache-2.0
"""What the check-in desk asks the store, each in one question answered off the GUI thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from desktop.actions import attendance, checkin
from desktop.model.attendance import CAME, Mark, Presence
from desktop.model.event import Day, Event, Session
from desktop.model.roster import RosterRow
from desktop.store import attendance as marks
from desktop.store import event as events
from desktop.store import facilitator, roster
from desktop.store.attendance import Board
from desktop.store.store import Store
from desktop.thai.keyboard import looks_mistyped, scanned_digits
from desktop.ui.tables.found import Hit

MOST: Final = 8
"""Lines under the box: what eyes can take in, and one digit each."""
_NO_EVENT: Final = "no event in hand"


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything the desk shows before anybody comes."""

    event: Event
    days: tuple[Day, ...]
    session: Session | None
    by_hand: bool
    """Whether the session was chosen by hand and stays when the clock goes on."""
    board: Board | None
    names: Mapping[str, str]
    """Facilitators by id: who noted what."""

    @property
    def sessions(self) -> tuple[Session, ...]:
        return tuple(session for day in self.days for session in day.sessions)


def read_opening(store: Store, event_id: str, now: datetime) -> Opening | None:
    """The event in hand at the session that is on, or at the one chosen by hand today."""
    left = checkin.left_at(store)
    with store.read() as conn:
        if not event_id:
            return None
        event = events.event(conn, event_id)
        days = events.days(conn, event_id)
        known = {session.id: session for day in days for session in day.sessions}
        chosen = None
        if left is not None and left.event_id == event_id and left.on == now.date().isoformat():
            chosen = known.get(left.session_id)
        session = chosen or checkin.nearest_session(days, now)
        board = None if session is None else marks.board(conn, event_id, session.id)
        names = {one.id: one.name for one in facilitator.facilitators(conn)}
    return Opening(event, days, session, chosen is not None, board, names)


def find(store: Store, event_id: str, text: str, board: Board) -> tuple[Hit, ...]:
    """Whom the text in the box may mean: digits of either layout, or a part of a name.

    When nothing is found and the text looks typed under the wrong layout, what was meant is
    looked for instead. People still expected come before those who are there already.
    """
    asked = scanned_digits(text) or text
    with store.read() as conn:
        found = roster.search(conn, asked, event_id=event_id, limit=50)
        meant = None if found else looks_mistyped(text)
        if meant is not None:
            found = roster.search(conn, meant, event_id=event_id, limit=50)
    nothing = Presence(board.session_id, "expected", None, None, ())
    rows = [row for row in found if isinstance(row, RosterRow)]
    rows.sort(key=lambda row: not row.expected)
    return tuple(Hit(row, board.states.get(row.enrolment_id, nothing)) for row in rows[:MOST])


def minute_of(session: Session, now: datetime) -> int:
    """The minute a mark made now has: the clock's, or the session's start on another day."""
    minute = now.hour * 60 + now.minute
    if session.on is None:
        return minute if session.start <= minute < session.end else session.start
    return minute if session.on == now.date() else session.start


def is_past(session: Session, now: datetime) -> bool:
    """Whether marking "now" at this session would say nothing: it is over, or another day's."""
    if session.on is None:
        return False
    if session.on != now.date():
        return True
    return now.hour * 60 + now.minute >= session.end


def after(board: Board, mark: Mark, presence: Presence) -> Board:
    """The board once a mark is known, without asking the store again."""
    before = board.states.get(mark.enrolment_id)
    # Whoever is not on the board was entered a moment ago and is expected from now on.
    expected = board.expected + (before is None)
    came = board.came - (before is not None and before.state in CAME) + (presence.state in CAME)
    return replace(
        board,
        came=came,
        expected=expected,
        states={**board.states, mark.enrolment_id: presence},
    )


def presence_after(session: Session, late_after: int, mark: Mark) -> Presence:
    """What an arrival or a departure just noted makes of somebody at this session.

    The same as ``model.attendance.presences`` for one stay; the board is asked again whenever
    something else than the desk's own mark changed it.
    """
    if mark.kind == "out":
        return Presence(session.id, "left_early", None, mark.minute, (), mark.id)
    arrived = max(mark.minute, session.start)
    late = arrived > session.start + late_after
    spans = ((arrived, session.end),)
    return Presence(
        session.id, "late" if late else "present", arrived, session.end, spans, mark.id
    )


def already(outcome: object) -> attendance.AlreadyHere | None:
    """The earlier arrival, when that is what came of an action."""
    return outcome if isinstance(outcome, attendance.AlreadyHere) else None
