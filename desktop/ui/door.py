# SPDX-License-Identifier: Apache-2.0
"""What the check-in desk asks the store, each in one question answered off the GUI thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal

from desktop.actions import attendance, checkin, hall
from desktop.model.attendance import CAME, Mark, Presence
from desktop.model.event import Day, Event, Session
from desktop.model.hall import Sighting
from desktop.model.roster import RosterRow, read_badge
from desktop.store import attendance as marks
from desktop.store import event as events
from desktop.store import facilitator, person, roster
from desktop.store.attendance import Board
from desktop.store.search import LARGE, LIMIT
from desktop.store.store import Store
from desktop.thai.keyboard import looks_mistyped, scanned_digits
from desktop.thai.names import Name
from desktop.thai.normalise import normalise_name
from desktop.ui.tables.found import Hit

MOST: Final = 8
"""Lines under the box: what eyes can take in, and one digit each."""
GLANCE: Final = 5 * MOST
"""Lines looked at where very many are expected: each is read from another place of the file."""
First = Literal["", "missing", "here"]


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
    badges: Mapping[int, RosterRow]
    """The roster by the number on the badge, so that a scan needs no look-up."""
    twice: Mapping[str, tuple[Sighting, ...]] = field(default_factory=dict)
    """Whom more than one door noted as coming in, by enrolment id."""
    doors: Mapping[str, str] = field(default_factory=dict)
    """The names of the doors, by laptop."""

    def wearer(self, digits: str) -> RosterRow | None:
        """Whose badge of this event these fourteen digits are, as far as the desk knows."""
        found = read_badge(digits)
        if found is None or found[0] != self.event.code:
            return None
        return self.badges.get(found[1])

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
        badges = {row.badge_no: row for row in roster.roster(conn, event_id)}
    doors = hall.doors(store)
    # One laptop alone sees nobody at two doors.
    several = len(doors) > 1 and session is not None
    twice = hall.twice(store, event_id, session.id) if several and session else {}
    return Opening(event, days, session, chosen is not None, board, names, badges, twice, doors)


def find(
    store: Store, event_id: str, text: str, board: Board, first: First = ""
) -> tuple[Hit, ...]:
    """Whom the text in the box may mean: digits of either layout, or a part of a name.

    When nothing is found and the text looks typed under the wrong layout, what was meant is
    looked for instead. Names that hold the very letters come before those that only sound alike:
    Enter takes the first line. Those withdrawn or substituted come last; with ``first`` those
    who are missing, or those who are here, come before the others.
    """
    asked = scanned_digits(text) or text
    most = GLANCE if board.expected > LARGE else LIMIT
    with store.read() as conn:
        found = roster.search(conn, asked, event_id=event_id, limit=most)
        meant = None if found else looks_mistyped(text)
        if meant is not None:
            asked = meant
            found = roster.search(conn, asked, event_id=event_id, limit=most)
    nothing = Presence(board.session_id, "expected", None, None, ())
    rows = [row for row in found if isinstance(row, RosterRow)]
    hits = [Hit(row, board.states.get(row.enrolment_id, nothing)) for row in rows]
    letters = normalise_name(asked)

    def rank(hit: Hit) -> tuple[bool, int, bool]:
        here = hit.presence.state in CAME
        wanted = here if first == "missing" else not here and bool(first)
        return not hit.row.expected, _closeness(hit.row, letters), wanted

    return tuple(sorted(hits, key=rank)[:MOST])


def _closeness(row: RosterRow, letters: str) -> int:
    """0 when the letters begin a word of the name, 1 when they stand in it, 2 when neither."""
    name = " ".join((row.first, row.last, row.name))
    if name.startswith(letters) or f" {letters}" in name:
        return 0
    return 1 if letters in name else 2


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody known who bears a name like the one typed; ``row`` when she is on this roster."""

    person_id: str
    name: str
    organisation: str
    province: str
    last4: str
    row: RosterRow | None


def alike(store: Store, event_id: str, name: Name, province: str) -> tuple[Known, ...]:
    """At most three people known who may be the one at the desk, those of this roster first."""
    with store.read() as conn:
        found = person.likenesses(
            conn, name=name, identifier=None, province=province, birth_year=None
        )
        if not found:
            return ()
        rows = {row.person_id: row for row in roster.roster(conn, event_id) if row.expected}
    known = [
        Known(
            one.person_id,
            one.name,
            one.organisation,
            one.province,
            one.last4,
            rows.get(one.person_id),
        )
        for one in found
    ]
    return tuple(sorted(known, key=lambda one: one.row is None)[:3])


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
