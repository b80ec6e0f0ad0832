# SPDX-License-Identifier: Apache-2.0
"""Attendance: marks are facts, and what a person's attendance *is* is derived from them.

A mark says what was seen: this person, this session, came in or went out or was ticked on paper,
at this minute, noted by whom on which laptop. Marks are only ever added; a wrong one is
cancelled by another mark that names it. Two laptops that were apart can therefore put their
marks together in any order and see the same thing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from desktop.model.event import Day, MarkScope, Session, union

MarkKind = Literal["in", "out", "present", "absent", "leave", "cancel"]
State = Literal["expected", "present", "late", "left_early", "leave", "absent"]
Method = Literal["qr", "card", "search", "list", "paper", "bulk"]

CAME: Final[frozenset[str]] = frozenset({"present", "late", "left_early"})


@dataclass(frozen=True, slots=True)
class Mark:
    """One fact about one person at one session."""

    id: str
    """UUIDv7; tells the order in which marks were noted, which ``at`` does not when a clock was
    set back."""
    enrolment_id: str
    session_id: str
    scope: MarkScope
    kind: MarkKind
    minute: int
    """Minute of the session's day at which it happened."""
    at: str
    """UTC instant at which it was noted, ISO to the millisecond."""
    by: str
    device: str
    method: Method
    reason: str = ""
    cancels: str = ""
    """The mark that a ``cancel`` takes back."""


@dataclass(frozen=True, slots=True)
class Presence:
    """What one person's marks say about one session."""

    session_id: str
    state: State
    arrived: int | None
    """First minute present, if any."""
    left: int | None
    spans: tuple[tuple[int, int], ...]
    mark_id: str = ""
    """The latest mark that bears on this session, the one an undo would cancel."""


def in_force(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks that have not been cancelled, in the order they were noted.

    The order is that of their ids, which only grow on one laptop even when its clock is set
    back: what was noted later counts later. A mark stands unless a cancel that itself stands
    names it (redo cancels the undo). Who names whom decides, not the clock: a laptop that runs
    slow may date a cancel before the mark it takes back.
    """
    ordered = sorted(marks, key=lambda mark: mark.id)
    waiting = Counter(mark.cancels for mark in ordered if mark.kind == "cancel")
    by_id = {mark.id: mark for mark in ordered}
    struck: set[str] = set()
    ready = [mark for mark in ordered if not waiting[mark.id]]
    for mark in ready:  # grows while it is read: a mark is ready once its cancels are settled
        if mark.kind != "cancel" or mark.cancels not in by_id:
            continue
        if mark.id not in struck:
            struck.add(mark.cancels)
        waiting[mark.cancels] -= 1
        if not waiting[mark.cancels]:
            ready.append(by_id[mark.cancels])
    return tuple(mark for mark in ordered if mark.kind != "cancel" and mark.id not in struck)


def sessions_in_scope(
    mark_scope: MarkScope, session: Session, sessions: Iterable[Session]
) -> tuple[Session, ...]:
    """The sessions one mark stands for: itself, its half of the day, or the whole day."""
    if mark_scope == "session":
        return (session,)
    same_day = (other for other in sessions if other.day_no == session.day_no)
    if mark_scope == "day":
        return tuple(same_day)
    return tuple(other for other in same_day if other.half == session.half)


def presences(
    marks: Iterable[Mark], sessions: Sequence[Session], late_after: int
) -> dict[str, Presence]:
    """What one person's marks say about each session, by session id.

    A stay runs from the minute a person came in to the minute she went out, or to the end of
    the session. ``late_after`` only names an arrival late; it never adds minutes.
    """
    by_id = {session.id: session for session in sessions}
    spans: dict[str, list[tuple[int, int]]] = {session.id: [] for session in sessions}
    said: dict[str, State] = {}
    latest: dict[str, str] = {}
    for mark in in_force(marks):
        anchor = by_id.get(mark.session_id)
        if anchor is None:
            continue
        for session in sessions_in_scope(mark.scope, anchor, sessions):
            latest[session.id] = mark.id
            spans[session.id] = _after(mark, session, spans[session.id])
            if mark.kind in ("absent", "leave"):
                said[session.id] = "absent" if mark.kind == "absent" else "leave"
            else:
                said.pop(session.id, None)
    return {
        session.id: _presence(
            session,
            union(spans[session.id]),
            said.get(session.id),
            late_after,
            latest.get(session.id, ""),
        )
        for session in sessions
    }


def _after(mark: Mark, session: Session, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stays in ``session`` once ``mark`` is taken into account."""
    if mark.kind == "in":
        return [*spans, (max(mark.minute, session.start), session.end)]
    if mark.kind == "present":
        return [(session.start, session.end)]
    if mark.kind == "out":
        return [
            (start, min(end, mark.minute)) if start < mark.minute else (start, end)
            for start, end in spans
            if start < mark.minute or _came_back(start, mark.minute, session)
        ]
    return []


def _came_back(start: int, out: int, session: Session) -> bool:
    """Whether a stay that starts at or after an out is a return, not the start of the session."""
    return start > out and start > session.start


def _presence(
    session: Session,
    spans: list[tuple[int, int]],
    said: State | None,
    late_after: int,
    mark_id: str,
) -> Presence:
    if not spans:
        return Presence(session.id, said or "expected", None, None, (), mark_id)
    arrived, left = spans[0][0], spans[-1][1]
    state: State = "present"
    if left < session.end:
        state = "left_early"
    elif arrived > session.start + late_after:
        state = "late"
    return Presence(session.id, state, arrived, left, tuple(spans), mark_id)


def session_now(days: Iterable[Day], now: datetime) -> Session | None:
    """The session people at the door are coming to at the local time ``now``.

    The one under way; of several at once the one that counts, then the one that began last.
    Between sessions the next of the day, after the last one that last one. None on a day
    without a date of the event.
    """
    minute = now.hour * 60 + now.minute
    today = [session for day in days if day.on == now.date() for session in day.sessions]
    running = [session for session in today if session.start <= minute < session.end]
    if running:
        return max(running, key=lambda session: (session.counts, session.start))
    ahead = [session for session in today if session.start > minute]
    if ahead:
        return min(ahead, key=lambda session: (session.start, not session.counts))
    return max(today, key=lambda session: (session.end, session.counts), default=None)
