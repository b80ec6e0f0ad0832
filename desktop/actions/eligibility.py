# SPDX-License-Identifier: Apache-2.0
"""Who has passed, each with the reason in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.i18n import _, ngettext
from desktop.model.attendance import Mark, in_force, presences
from desktop.model.eligibility import Moment, Verdict, judge, moment_now
from desktop.model.event import PassRule, Session
from desktop.model.roster import RosterRow
from desktop.store import attendance as kept
from desktop.store import event as events
from desktop.store import roster
from desktop.store.clock import Instant
from desktop.store.store import Store

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Ruling:
    """One person's standing."""

    row: RosterRow
    verdict: Verdict
    sentence: str


def review(store: Store, event_id: str, moment: Moment | None = None) -> tuple[Ruling, ...]:
    """The standing of everybody expected at an event, in the order of the roster.

    ``moment`` is how far the event has come; by the clock of this computer when not given.
    """
    with store.read() as conn:
        return rulings(conn, event_id, moment or moment_of(conn, event_id, store.now()))


def rulings(conn: Connection, event_id: str, moment: Moment) -> tuple[Ruling, ...]:
    """The same inside a transaction."""
    event = events.event(conn, event_id)
    sessions = events.sessions(conn, event_id)
    marks = kept.marks(conn, event_id)
    found = []
    for row in roster.roster(conn, event_id):
        if row.expected:
            theirs = presences(marks.get(row.enrolment_id, ()), sessions, event.late_after)
            verdict = judge(theirs, sessions, event.rule, moment)
            found.append(Ruling(row, verdict, sentence(verdict, sessions, event.rule)))
    return tuple(found)


def moment_of(conn: Connection, event_id: str, now: Instant) -> Moment:
    """How far an event has come: by its dates and ``now``, or by its marks when it has none."""
    event = events.event(conn, event_id)
    days = events.days(conn, event_id)
    marks: Mapping[str, Sequence[Mark]] = {} if event.has_dates else kept.marks(conn, event_id)
    marked = {mark.session_id for theirs in marks.values() for mark in in_force(theirs)}
    return moment_now(days, now.local, marked=marked, closed=event.closed)


def sentence(verdict: Verdict, sessions: Sequence[Session], rule: PassRule | None = None) -> str:
    """Why a person stands where she stands, in one sentence with its numbers."""
    rule = rule or PassRule()
    if verdict.why == "nothing_required":
        return _("This event asks for no minimum of attendance.")
    if verdict.why in ("mandatory_missed", "mandatory_ahead"):
        title = next((one.title for one in sessions if one.id == verdict.session_id), "")
        if verdict.why == "mandatory_missed":
            return _("Missed the session everybody must attend: {title}.").format(title=title)
        return _("Must still attend the session everybody must attend: {title}.").format(
            title=title
        )
    words = _WORDS[rule.mode](verdict)
    numbers = {
        "credited": f"{verdict.credited:,}",
        "counted": f"{verdict.counted:,}",
        "needed": f"{verdict.needed:,}",
        "missing": f"{verdict.missing:,}",
        "percent": rule.percent,
    }
    return words.format(**numbers)


def _minutes(verdict: Verdict) -> str:
    if verdict.why == "enough":
        return _(
            "Attended {credited} of {counted} minutes; this reaches the {needed} minutes asked "
            "for ({percent} %)."
        )
    if verdict.why == "more_minutes":
        return ngettext(
            "Must attend at least {missing} more minute: {credited} of the {needed} asked for.",
            "Must attend at least {missing} more minutes: {credited} of the {needed} asked for.",
            verdict.missing,
        )
    return ngettext(
        "{missing} minute short of the {needed} minutes asked for ({percent} %).",
        "{missing} minutes short of the {needed} minutes asked for ({percent} %).",
        verdict.missing,
    )


def _sessions(verdict: Verdict) -> str:
    if verdict.why == "enough":
        return _(
            "Attended {credited} of {counted} sessions; this reaches the {needed} sessions "
            "asked for ({percent} %)."
        )
    if verdict.why == "more_sessions":
        return ngettext(
            "Must attend at least {missing} more session: {credited} of the {needed} asked for.",
            "Must attend at least {missing} more sessions: {credited} of the {needed} asked for.",
            verdict.missing,
        )
    return ngettext(
        "{missing} session short of the {needed} sessions asked for ({percent} %).",
        "{missing} sessions short of the {needed} sessions asked for ({percent} %).",
        verdict.missing,
    )


def _days(verdict: Verdict) -> str:
    if verdict.why == "enough":
        return _(
            "Attended {credited} of {counted} days; this reaches the {needed} days asked for "
            "({percent} %)."
        )
    if verdict.why == "more_days":
        return ngettext(
            "Must attend at least {missing} more day: {credited} of the {needed} asked for.",
            "Must attend at least {missing} more days: {credited} of the {needed} asked for.",
            verdict.missing,
        )
    return ngettext(
        "{missing} day short of the {needed} days asked for ({percent} %).",
        "{missing} days short of the {needed} days asked for ({percent} %).",
        verdict.missing,
    )


_WORDS = {"minutes": _minutes, "sessions": _sessions, "days": _days}
