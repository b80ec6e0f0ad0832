# SPDX-License-Identifier: Apache-2.0
"""What the check-in desk does beyond one mark: read a badge, and know where it was left.

A badge is read, looked up and marked in one go, so that nothing stands between the scanner and
the commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from desktop.actions import attendance
from desktop.actions.done import Done
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.attendance import session_now
from desktop.model.event import Day, Session
from desktop.model.roster import RosterRow, read_badge
from desktop.store import event as events
from desktop.store import roster, setting
from desktop.store.store import Store

_LEFT_AT: Final = "checkin_desk"


class UnknownBadge(Problem):
    """What was scanned is no badge of this event."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """Whose badge was read, and what came of it: a ``Mark`` or ``AlreadyHere``."""

    row: RosterRow
    outcome: Any


@dataclass(frozen=True, slots=True)
class LeftAt:
    """Where the desk was left: a session chosen by hand, and the day on which it was."""

    event_id: str
    session_id: str
    on: str
    """ISO date on which it was chosen."""


def scan(
    store: Store,
    by: str,
    event_id: str,
    session_id: str,
    digits: str,
    minute: int,
    reason: str = "",
) -> Done:
    """Check in whoever wears the badge with these digits; the value is :class:`Scanned`.

    Raises :class:`UnknownBadge` for digits that were read wrongly, belong to another event or to
    nobody, and whatever ``attendance.arrive`` raises.
    """
    row = wearer(store, event_id, digits)
    done = attendance.arrive(store, by, row.enrolment_id, session_id, minute, "qr", reason)
    return replace(done, value=Scanned(row, done.value))


def wearer(store: Store, event_id: str, digits: str) -> RosterRow:
    """The line of the roster whose badge this is. Raises :class:`UnknownBadge`."""
    found = read_badge(digits)
    if found is None:
        raise UnknownBadge(_("The scanner did not read this badge whole. Scan it again."))
    code, number = found
    with store.read() as conn:
        event = events.event(conn, event_id)
        if code != event.code:
            other = events.by_code(conn, code)
            if other is None:
                raise UnknownBadge(
                    _("This badge is of an event that is not on this laptop. Search by name.")
                )
            raise UnknownBadge(
                _("This badge is of another event: {event}.").format(event=other.name)
            )
        enrolment_id = roster.find_badge(conn, event_id, f"{number:06d}")
        if enrolment_id is None:
            raise UnknownBadge(_("Nobody on this roster has this badge. Search by name."))
        return roster.row(conn, enrolment_id)


def nearest_session(days: Sequence[Day], now: datetime) -> Session | None:
    """The session a desk opens at: the one on now, or else the nearest one.

    Before the first day the first session, after the last the last, between two days the next
    one. None when no day has a date yet: then somebody has to choose.
    """
    found = session_now(days, now)
    if found is not None:
        return found
    dated = [one for day in days for one in day.sessions if one.on is not None]
    ahead = [one for one in dated if one.on is not None and one.on > now.date()]
    if ahead:
        return min(ahead, key=lambda one: (one.day_no, one.start))
    return max(dated, key=lambda one: (one.day_no, one.end, one.counts), default=None)


def leave_at(store: Store, by: str, event_id: str, session_id: str, on: str) -> Done:
    """Remember the session chosen by hand, for when the program is started again.

    An empty ``session_id`` follows the clock again.
    """
    with store.write(by) as write:
        setting.keep(write, _LEFT_AT, {"event": event_id, "session": session_id, "on": on})
    return Done(frozenset())


def left_at(store: Store) -> LeftAt | None:
    """Where the desk was left, if a session was ever chosen by hand."""
    with store.read() as conn:
        kept = setting.value(conn, _LEFT_AT)
    if not isinstance(kept, dict) or not kept.get("session"):
        return None
    return LeftAt(str(kept.get("event")), str(kept["session"]), str(kept.get("on")))
