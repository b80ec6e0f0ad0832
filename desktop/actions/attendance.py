# SPDX-License-Identifier: Apache-2.0
"""What is noted at the door and from paper: arrivals, departures, ticks, and taking them back.

Each function is one transaction that adds marks and changes none. Taking back is a ``cancel``
mark; taking that back (redo) is a cancel of the cancel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.actions.done import Done
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.attendance import (
    CAME,
    Mark,
    MarkKind,
    Method,
    Presence,
    in_force,
    presences,
    session_now,
    sessions_in_scope,
)
from desktop.model.eligibility import Moment, moment_now
from desktop.model.event import Half, MarkScope, Session
from desktop.model.roster import EnrolmentStatus
from desktop.store import attendance as kept
from desktop.store import event as events
from desktop.store import roster
from desktop.store.attendance import Board, Door
from desktop.store.clock import Instant
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.store.write import Write

CHANGED: Final = frozenset({"attendance"})
FREE_MINUTES: Final = 5
"""How far from the clock a minute may be without a reason (data dictionary, attendance)."""


class ReasonNeeded(Problem):
    """What is being noted needs a reason: it is not happening now, or takes something back."""


class NotExpected(Problem):
    """This person is not waited for: withdrawn, or somebody came in her place."""


class NotHere(Problem):
    """Somebody who is not there cannot leave."""


class SessionOver(Problem):
    """Whoever came after the end was not there; a mark of it would say nothing."""


@dataclass(frozen=True, slots=True)
class AlreadyHere:
    """The person was noted before; nothing was written."""

    mark: Mark
    presence: Presence


@dataclass(frozen=True, slots=True)
class Tick:
    """One square of a signed sheet: a person, a half of a day, and what the paper says."""

    enrolment_id: str
    day_no: int
    half: Half
    kind: MarkKind = "present"


def _at_the_door(write: Write, enrolment_id: str, session_id: str) -> Door:
    door = kept.door(write.conn, enrolment_id, session_id)
    if door is None:
        roster.enrolment(write.conn, enrolment_id)
        raise Problem(_("This session is no longer in the programme. Choose another one."))
    _demand_expected(door.status)
    return door


def _demand_expected(status: EnrolmentStatus) -> None:
    if status == "substituted":
        raise NotExpected(_("Somebody else came in this person's place. Check that person in."))
    if status == "withdrawn":
        raise NotExpected(_("This person was taken off the roster. Put her back first."))


def _presence(write: Write, enrolment_id: str, door: Door) -> tuple[Presence, tuple[Mark, ...]]:
    """How the person stands at the session, and all her marks."""
    marks = kept.marks_of(write.conn, enrolment_id)
    return presences(marks, door.sessions, door.late_after)[door.session.id], marks


def demand_reason(session: Session, minute: int, now: Instant, reason: str) -> None:
    """Raise :class:`ReasonNeeded` for a minute that is not now and is not explained."""
    if reason.strip() or session.on is None:
        return
    local = now.local
    clock = local.hour * 60 + local.minute
    if session.on != local.date() or abs(minute - clock) > FREE_MINUTES:
        raise ReasonNeeded(
            _("This is more than five minutes away from the clock. Say why it is noted now.")
        )


def _note(write: Write, event_id: str, mark: Mark) -> Mark:
    """Keep ``mark`` under a new id, with who, where and when it was noted."""
    made = _signed(write, mark)
    kept.put_mark(write, made, event_id)
    return made


def _signed(write: Write, mark: Mark) -> Mark:
    return replace(mark, id=new_id(), at=write.now().utc, by=write.by, device=write.device)


def _blank(
    enrolment_id: str,
    session: Session,
    scope: MarkScope,
    kind: MarkKind,
    minute: int,
    method: Method,
    reason: str = "",
) -> Mark:
    return Mark(
        "", enrolment_id, session.id, scope, kind, minute, "", "", "", method, reason.strip()
    )


def arrive(
    store: Store,
    by: str,
    enrolment_id: str,
    session_id: str,
    minute: int,
    method: Method,
    reason: str = "",
) -> Done:
    """Note that a person came in at ``minute`` of the session's day.

    The value is the new :class:`Mark`, or :class:`AlreadyHere` when she is in already. The mark
    stands for the session, its half-day or its day, as the event says. Raises
    :class:`NotExpected`, :class:`SessionOver` for a minute after the end of all it stands for,
    and :class:`ReasonNeeded` for one that is not now.
    """
    with store.write(by) as write:
        door = _at_the_door(write, enrolment_id, session_id)
        here, marks = _presence(write, enrolment_id, door)
        if here.state in CAME and here.left == door.session.end:
            latest = next(mark for mark in marks if mark.id == here.mark_id)
            return Done(frozenset(), AlreadyHere(latest, here))
        mark = _come(write, enrolment_id, door, minute, method, reason)
    return _done((mark,), by, mark)


def come(
    write: Write, enrolment_id: str, session_id: str, minute: int, method: Method, reason: str
) -> Mark:
    """Note the arrival of somebody entered in the same transaction, as :func:`arrive` does."""
    door = _at_the_door(write, enrolment_id, session_id)
    return _come(write, enrolment_id, door, minute, method, reason)


def _come(
    write: Write, enrolment_id: str, door: Door, minute: int, method: Method, reason: str
) -> Mark:
    covered = sessions_in_scope(door.mark_scope, door.session, door.sessions)
    if all(one.end <= minute for one in covered):
        end = max(one.end for one in covered)
        raise SessionOver(
            _(
                "This session ended at {time}. Choose the one that is on, or an earlier time."
            ).format(time=f"{end // 60:02d}.{end % 60:02d}")
        )
    demand_reason(door.session, minute, write.now(), reason)
    said = _blank(enrolment_id, door.session, door.mark_scope, "in", minute, method, reason)
    return _note(write, door.event_id, said)


def leave_early(
    store: Store,
    by: str,
    enrolment_id: str,
    session_id: str,
    minute: int,
    method: Method = "search",
    reason: str = "",
) -> Done:
    """Note that a person who is there goes out at ``minute``; the value is the :class:`Mark`.

    Raises :class:`NotHere` for who never came or came no earlier, and :class:`ReasonNeeded`.
    """
    with store.write(by) as write:
        door = _at_the_door(write, enrolment_id, session_id)
        here, _marks = _presence(write, enrolment_id, door)
        if here.arrived is None:
            raise NotHere(_("This person has not been checked in at this session."))
        if here.arrived >= minute:
            # A stay without a minute would read as not having come at all.
            raise NotHere(
                _(
                    "Checked in from {time}. Going out must be later than that; "
                    "if the arrival is wrong, take it back."
                ).format(time=f"{here.arrived // 60:02d}.{here.arrived % 60:02d}")
            )
        demand_reason(door.session, minute, write.now(), reason)
        said = _blank(enrolment_id, door.session, door.mark_scope, "out", minute, method, reason)
        mark = _note(write, door.event_id, said)
    return _done((mark,), by, mark)


def mark(
    store: Store,
    by: str,
    enrolment_id: str,
    session_id: str,
    kind: MarkKind,
    minute: int | None = None,
    method: Method = "list",
    reason: str = "",
) -> Done:
    """Say outright what a person's attendance is: ``present``, ``absent`` or ``leave``.

    ``minute`` is the start of the session when it is not given. The value is the :class:`Mark`.
    For ``in`` and ``out`` use :func:`arrive` and :func:`leave_early`.
    """
    if kind not in ("present", "absent", "leave"):
        raise ValueError(f"{kind} is not a statement")
    with store.write(by) as write:
        door = _at_the_door(write, enrolment_id, session_id)
        at = door.session.start if minute is None else minute
        said = _blank(enrolment_id, door.session, door.mark_scope, kind, at, method, reason)
        made = _note(write, door.event_id, said)
    return _done((made,), by, made)


def enter_sheet(store: Store, by: str, event_id: str, ticks: Sequence[Tick]) -> Done:
    """Take over a signed sheet in one transaction; the value is the tuple of new marks.

    What the desk knows already is left as it is: a signature does not say when somebody came.
    A tick for a half in which nothing is held, or for somebody who is not on the roster (any
    more), is refused with a sentence.
    """
    made: list[Mark] = []
    with store.write(by) as write:
        event = events.event(write.conn, event_id)
        sessions = events.sessions(write.conn, event_id)
        so_far = kept.marks(write.conn, event_id)
        expected = {one.id: one.status for one in roster.enrolments(write.conn, event_id)}
        for tick in ticks:
            anchor = _first_of(sessions, tick)
            marks = so_far.get(tick.enrolment_id, ())
            here = presences(marks, sessions, event.late_after)[anchor.id]
            if _said(here, tick.kind):
                continue
            _demand_expected(expected.get(tick.enrolment_id, "withdrawn"))
            said = _blank(tick.enrolment_id, anchor, "half", tick.kind, anchor.start, "paper")
            mark = _signed(write, said)
            so_far[tick.enrolment_id] = (*marks, mark)
            made.append(mark)
        kept.put_marks(write, made, event_id)
    return _done(tuple(made), by, tuple(made)) if made else Done(frozenset(), ())


def _first_of(sessions: Sequence[Session], tick: Tick) -> Session:
    held = [one for one in sessions if one.day_no == tick.day_no and one.half == tick.half]
    if not held:
        raise Problem(_("Nothing is held in that half of the day. Check the sheet and the day."))
    return min(held, key=lambda one: one.start)


def _said(here: Presence, kind: MarkKind) -> bool:
    """Whether the tick says nothing new."""
    if kind in ("present", "in"):
        return here.state in CAME
    return here.state == kind


def cancel(store: Store, by: str, mark_id: str, reason: str) -> Done:
    """Take a mark back, with the reason. Raises :class:`ReasonNeeded` when none is given."""
    if not reason.strip():
        raise ReasonNeeded(_("Say why this is taken back."))
    return _cancel(store, by, (mark_id,), reason.strip())


def _cancel(store: Store, by: str, mark_ids: Sequence[str], reason: str) -> Done:
    made: list[Mark] = []
    with store.write(by) as write:
        for mark_id in mark_ids:
            wrong = kept.mark(write.conn, mark_id)
            if not _stands(wrong, kept.marks_of(write.conn, wrong.enrolment_id)):
                continue
            taken_back = replace(wrong, kind="cancel", reason=reason, cancels=mark_id)
            made.append(_note(write, "", taken_back))
    return _done(tuple(made), by, tuple(made)) if made else Done(frozenset(), ())


def _stands(wrong: Mark, marks: Sequence[Mark]) -> bool:
    """Whether nobody took ``wrong`` back yet; of a cancel, whether it still holds."""
    if wrong.kind != "cancel":
        return wrong in in_force(marks)
    return not any(
        other.cancels == wrong.id and _stands(other, marks)
        for other in marks
        if other.kind == "cancel"
    )


def _done(made: Sequence[Mark], by: str, value: object) -> Done:
    ids = tuple(mark.id for mark in made)
    return Done(CHANGED, value, lambda store: _cancel(store, by, ids, _("taken back at once")))


def desk_board(store: Store, event_id: str, session_id: str) -> Board:
    """Who is at a session and who is still missing."""
    with store.read() as conn:
        return kept.board(conn, event_id, session_id)


__all__ = [
    "AlreadyHere",
    "Moment",
    "NotExpected",
    "NotHere",
    "ReasonNeeded",
    "SessionOver",
    "Tick",
    "arrive",
    "cancel",
    "come",
    "demand_reason",
    "desk_board",
    "enter_sheet",
    "leave_early",
    "mark",
    "moment_now",
    "session_now",
]
