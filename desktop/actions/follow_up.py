# SPDX-License-Identifier: Apache-2.0
"""Follow-ups: planned by urgency, moved for a reason, kept; keeping one plans the next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from desktop.actions import casework
from desktop.actions.case_file import named_case
from desktop.actions.casework import advance, demand_open, follow_days, note, today, told_moment
from desktop.actions.done import Done, finished
from desktop.actions.finish import Finish
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.case_file import CaseFile
from desktop.model.follow_up import ENDS, METHODS, PROGRESSES, FollowUp, due_after, next_wait
from desktop.store import case_file as cases
from desktop.store import follow_up as kept
from desktop.store.holiday import holiday
from desktop.store.ids import natural_id, new_id
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.thai.normalise import normalise

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SATURDAY: Final = 5
_MOST_DAYS: Final = 366 * 2
"""No case waits longer than two years: a year was mistyped."""


class FollowUpProblem(Problem):
    """A follow-up cannot be kept as written."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of keeping a follow-up."""

    follow_up: FollowUp
    next: FollowUp | None
    closed: bool
    """Whether the case was closed with it."""


def warning(due: date) -> str:
    """What to say about a day: a holiday or a weekend; empty for a working day.

    It warns and never forbids: families are at home on Sundays.
    """
    name = holiday(due)
    if name is not None:
        return _("That day is a holiday: {name}.").format(name=name)
    if due.weekday() < _SATURDAY:
        return ""
    return (
        _("That day is a Saturday.") if due.weekday() == _SATURDAY else _("That day is a Sunday.")
    )


def suggested(conn: Connection, reader: str, case_id: str, today: date) -> date:
    """The day for the next look at a case: by its urgency, or the next rung after the last."""
    case = cases.case_file(conn, reader, case_id)
    return due_after(today, _wait(kept.follow_ups(conn, reader, case_id), case))


def _wait(before: tuple[FollowUp, ...], case: CaseFile) -> int:
    first = follow_days(case.urgency)
    done = [one for one in before if one.is_done]
    if not done:
        return first
    last = max(done, key=lambda one: one.due)
    return next_wait(first, (last.due - last.made_on).days, last.progress)


def plan(store: Store, by: str, case_id: str, due: date | None = None) -> Done:
    """Plan a look at a case, by its urgency when no day is given; the value is it."""
    with store.write(by) as write:
        case = cases.case_file(write.conn, by, case_id)
        demand_open(case)
        planned = _planned(write, case, due)
    return finished(write, planned)


def _planned(
    write: Write, case: CaseFile, due: date | None, *, follow_up_id: str = "", visit_id: str = ""
) -> FollowUp:
    day = today(write)
    due = due or due_after(day, _wait(kept.follow_ups(write.conn, write.by, case.id), case))
    _demand_ahead(due, day)
    planned = FollowUp(
        follow_up_id or new_id(), case.id, day, due, case.owner_id, visit_id=visit_id
    )
    kept.put(write, planned)
    return planned


def _demand_ahead(due: date, today: date) -> None:
    if due < today:
        raise FollowUpProblem(_("This day has passed. Choose today or a day to come."))
    if (due - today).days > _MOST_DAYS:
        raise FollowUpProblem(_("This day is more than two years away. Put the year right."))


def move(store: Store, by: str, follow_up_id: str, due: date, reason: str) -> Done:
    """Put a follow-up on another day, for a reason that stays in the log of the case."""
    with store.write(by) as write:
        held = kept.follow_up(write.conn, by, follow_up_id)
        _demand_not_done(held)
        case = cases.case_file(write.conn, by, held.case_id)
        demand_open(case)
        _demand_ahead(due, today(write))
        why = casework.demand_reason(reason)
        moved = replace(held, due=due, first_due=held.first_due or held.due, moved_because=why)
        kept.put(write, moved)
        note(write, case, "move", reason=why, about=("follow_up", held.id))
    return finished(write, moved)


def cancel(store: Store, by: str, follow_up_id: str) -> Done:
    """Take off a follow-up that was planned by mistake. Raises :class:`FollowUpProblem`."""
    with store.write(by) as write:
        _demand_not_done(kept.follow_up(write.conn, by, follow_up_id))
        kept.delete(write, follow_up_id)
    return finished(write)


def _demand_not_done(follow_up: FollowUp) -> None:
    if follow_up.is_done:
        raise FollowUpProblem(_("This follow-up has been done already."))


def done(  # noqa: PLR0913 - what is said of it
    store: Store,
    by: str,
    follow_up_id: str,
    *,
    method: str,
    progress: str,
    detail: str,
    received: Collection[str] = (),
    at: datetime | None = None,
    next_due: date | None = None,
    again: bool = True,
    close_reason: str = "",
) -> Done:
    """A follow-up was kept; the value is :class:`Kept`.

    The next one is planned on ``next_due``, or by the ladder of waits, unless ``again`` is
    False. A problem that ended and a person who died close the case, which needs
    ``close_reason``; so does one who cannot be found, when nobody looks again. Raises
    :class:`FollowUpProblem` and ``CaseProblem``.
    """
    with store.write(by) as write:
        held = kept.follow_up(write.conn, by, follow_up_id)
        _demand_not_done(held)
        case = cases.case_file(write.conn, by, held.case_id)
        demand_open(case)
        found = replace(
            held,
            method=method,
            progress=progress,
            received=frozenset(received),
            detail=detail,
            done_at=at,
        )
        result = _keep(write, case, found, next_due if again else None, again, close_reason)
    return finished(write, result)


def _keep(
    write: Write,
    case: CaseFile,
    found: FollowUp,
    next_due: date | None,
    again: bool,
    close_reason: str,
) -> Kept:
    """Write what was found, then close the case or plan the next look."""
    now = write.now().local
    if found.method not in METHODS or found.progress not in PROGRESSES:
        raise FollowUpProblem(_("Choose how you followed up and how it stands."))
    if found.done_at is not None and found.done_at > now:
        raise FollowUpProblem(_("This moment is still to come. Put the time right."))
    told = replace(
        found,
        done_at=found.done_at or now,
        done_by=write.by,
        detail=normalise(found.detail).strip(),
    )
    kept.put(write, told)
    note(write, case, "follow_up", reason=told.progress, about=("follow_up", told.id))
    given_up = told.progress in ENDS and not (told.progress == "moved" and again)
    if given_up or close_reason.strip():
        casework.close(write, case, close_reason)
        return Kept(told, None, closed=True)
    case = advance(write, case, "followup")
    open_one = kept.next_open(write.conn, case.id)
    if not again or (open_one is not None and next_due is None):
        return Kept(told, open_one, closed=False)
    if open_one is not None and next_due == open_one.due:
        return Kept(told, open_one, closed=False)
    return Kept(told, _planned(write, case, next_due), closed=False)


# ---- from forms


def from_visit(write: Write, finish: Finish) -> Finish:
    """Plan the look that a visit set a day for, by urgency when it set none.

    Only when the visit belongs to a case. The day of a visit that is corrected is changed with
    it, as long as nobody moved or kept the follow-up since.
    """
    if not finish.case_id:
        return finish
    core, first = finish.core, finish.first_record or finish.record_id
    follow_up_id = natural_id("follow_up", first)
    case = cases.case_file(write.conn, write.by, finish.case_id)
    held = kept.standing(write.conn, follow_up_id)
    due = core.day("followup.due")
    if held is not None:
        if due and not held.is_done and held.first_due is None and due >= held.made_on:
            kept.put(write, replace(held, due=due, visit_id=finish.visit_id))
        return finish
    if core.text("visit.purpose") == "followup":
        _kept_by_visit(write, finish, case)
    if due is None and kept.next_open(write.conn, case.id) is not None:
        return finish
    if due is None and not core.text("case.urgency"):
        return finish
    day = today(write)
    # A visit typed some days later may have set a day that has passed: it is overdue, not lost.
    due = due or due_after(core.day("visit.visited_on") or day, follow_days(case.urgency))
    kept.put(
        write,
        FollowUp(
            follow_up_id, case.id, min(day, due), due, case.owner_id, visit_id=finish.visit_id
        ),
    )
    return finish


def _kept_by_visit(write: Write, finish: Finish, case: CaseFile) -> None:
    """A visit that was made to follow up is the keeping of the appointment that was due."""
    held, at = (
        kept.next_open(write.conn, case.id),
        told_moment(write, finish.core.moment("visit.at")),
    )
    if held is not None:
        kept.put(
            write,
            replace(held, done_at=at or write.now().local, done_by=write.by, method="visit"),
        )
        note(write, case, "follow_up", about=("follow_up", held.id))
        advance(write, case, "followup")


def from_form(write: Write, finish: Finish) -> Finish:
    """Keep the follow-up that a form tells of: the one of its case that is due next.

    One that nobody planned is kept too. A correction changes what was found; the next
    appointment and a closing stay as the first telling made them. Raises ``NotYours``.
    """
    core, conn = finish.core, write.conn
    case = named_case(write, core.text("followup.case_id") or finish.case_id)
    first = finish.first_record or finish.record_id
    before = kept.of_record(conn, first)
    day = today(write)
    held = (
        before
        or kept.next_open(conn, case.id)
        or FollowUp(natural_id("follow_up", first), case.id, day, day, case.owner_id)
    )
    found = replace(
        held,
        method=core.text("followup.method"),
        progress=core.text("followup.progress"),
        received=frozenset(core.codes("followup.received")),
        detail=normalise(core.text("followup.detail")).strip(),
        done_at=told_moment(write, core.moment("followup.at")),
        record_id=first,
    )
    if before is not None:
        kept.put(write, replace(found, done_at=found.done_at or before.done_at))
        note(write, case, "correction", about=("follow_up", held.id))
    else:
        if not case.is_open:
            case = casework.open_again(write, case, "")
        if urgency := core.text("case.urgency"):
            case = replace(case, urgency=urgency)
            casework.keep(write, case)
        _keep(
            write,
            case,
            found,
            core.day("followup.next"),
            core.yes("followup.again"),
            core.text("case.close_reason"),
        )
    return replace(
        finish,
        scope=cases.scope_of(conn, case.id),
        case_id=case.id,
        noun="follow_up",
        noun_id=held.id,
    )
