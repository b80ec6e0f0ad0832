# SPDX-License-Identifier: Apache-2.0
"""Who has passed, who still can, and why, in whole minutes and whole numbers.

Sessions that run beside each other are counted once in every mode, because nobody can be at two.
Credited minutes are the union of a person's stays within counted sessions; ``credited * 100 >=
counted * percent`` is compared in integers, so that 888 of 1,110 at 80 % is exactly enough and
887 is not (A2 of the acceptance stories).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from desktop.model.attendance import Presence
from desktop.model.event import Day, PassRule, Session, counted_spans, union

Standing = Literal["safe", "must_attend", "failed"]
Why = Literal[
    "enough",
    "nothing_required",
    "more_minutes",
    "more_sessions",
    "more_days",
    "mandatory_ahead",
    "too_few_minutes",
    "too_few_sessions",
    "too_few_days",
    "mandatory_missed",
]


@dataclass(frozen=True, slots=True)
class Moment:
    """How far an event has come: a day number and a minute of that day."""

    day_no: int
    minute: int


BEFORE: Final = Moment(0, 0)
OVER: Final = Moment(10_000, 0)
_MIDNIGHT: Final = 24 * 60


def moment_now(
    days: Sequence[Day],
    now: datetime,
    *,
    marked: Collection[str] = (),
    closed: bool = False,
) -> Moment:
    """How far an event has come at the local time ``now``.

    Without dates an event has come as far as its marks: to the end of the last day of which a
    session is in ``marked`` (ids of sessions with at least one mark in force), and it is over
    when every session is. A closed event is over.
    """
    if closed:
        return OVER
    dated = [day for day in days if day.on is not None]
    if not dated:
        begun = [day.no for day in days if any(s.id in marked for s in day.sessions)]
        all_marked = begun and all(s.id in marked for day in days for s in day.sessions)
        return OVER if all_marked else Moment(max(begun), _MIDNIGHT) if begun else BEFORE
    today = now.date()
    past = [day for day in dated if day.on is not None and day.on <= today]
    if not past:
        return BEFORE
    last = max(past, key=lambda day: day.no)
    if last.on == today:
        return Moment(last.no, now.hour * 60 + now.minute)
    return OVER if len(past) == len(dated) else Moment(last.no, _MIDNIGHT)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One person's standing, with the numbers its sentence is made of.

    ``unit`` counts minutes, sessions or days by the rule's mode.
    """

    standing: Standing
    why: Why
    credited: int
    needed: int
    """Units that must be reached."""
    counted: int
    elapsed: int
    missing: int = 0
    """Units still needed (must_attend) or short (failed)."""
    session_id: str = ""
    """The mandatory session spoken of, if any."""


def judge(
    presence: Mapping[str, Presence],
    sessions: Sequence[Session],
    rule: PassRule,
    moment: Moment = OVER,
) -> Verdict:
    """The standing of one person at ``moment``.

    A mandatory session is met when the rule's percentage of its own minutes was attended.
    """
    done, possible, total, elapsed = _MEASURES[rule.mode](presence, sessions, rule, moment)
    needed = -(-total * rule.percent // 100)
    missed = _mandatory(presence, sessions, rule, moment, possible_too=True)
    ahead = _mandatory(presence, sessions, rule, moment, possible_too=False)
    numbers = (done, needed, total, elapsed)
    unit = rule.mode
    if missed:
        return Verdict("failed", "mandatory_missed", *numbers, 0, missed[0])
    if possible < needed:
        short: dict[str, Why] = {
            "minutes": "too_few_minutes",
            "sessions": "too_few_sessions",
            "days": "too_few_days",
        }
        return Verdict("failed", short[unit], *numbers, needed - possible)
    if done < needed:
        more: dict[str, Why] = {
            "minutes": "more_minutes",
            "sessions": "more_sessions",
            "days": "more_days",
        }
        return Verdict("must_attend", more[unit], *numbers, needed - done)
    if ahead:
        return Verdict("must_attend", "mandatory_ahead", *numbers, 0, ahead[0])
    return Verdict("safe", "enough" if needed else "nothing_required", *numbers)


def _until(moment: Moment, day_no: int) -> int:
    """The minute of ``day_no`` up to which time has passed."""
    if day_no < moment.day_no:
        return 24 * 60
    return moment.minute if day_no == moment.day_no else 0


def _length(spans: Iterable[tuple[int, int]]) -> int:
    return sum(end - start for start, end in spans)


def _within(
    spans: Iterable[tuple[int, int]], windows: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    return union(
        (max(start, low), min(end, high)) for start, end in spans for low, high in windows
    )


def _stays(presence: Mapping[str, Presence], sessions: Iterable[Session]) -> list[tuple[int, int]]:
    return union(
        span
        for session in sessions
        if session.counts and session.id in presence
        for span in presence[session.id].spans
    )


_Measure = tuple[int, int, int, int]


def _minutes(
    presence: Mapping[str, Presence], sessions: Sequence[Session], rule: PassRule, moment: Moment
) -> _Measure:
    del rule
    done = possible = total = elapsed = 0
    for day_no, counted in counted_spans(sessions).items():
        now = _until(moment, day_no)
        today = [session for session in sessions if session.day_no == day_no]
        stays = _within(_stays(presence, today), counted)
        past = _within(stays, [(0, now)])
        ahead = _within(counted, [(now, 24 * 60)])
        done += _length(past)
        possible += _length(union([*past, *ahead]))
        total += _length(counted)
        elapsed += _length(_within(counted, [(0, now)]))
    return done, possible, total, elapsed


def _attended(presence: Mapping[str, Presence], session: Session, rule: PassRule) -> bool:
    here = presence.get(session.id)
    stayed = _length(here.spans) if here else 0
    return stayed > 0 and stayed * 100 >= session.minutes * rule.percent


def _over(session: Session, moment: Moment) -> bool:
    return _until(moment, session.day_no) >= session.end


def _slots(sessions: Iterable[Session]) -> list[list[Session]]:
    """Counted sessions, those that run beside each other together: nobody can be at two."""
    slots: list[list[Session]] = []
    end = 0
    for session in sorted((s for s in sessions if s.counts), key=lambda s: (s.day_no, s.start)):
        if slots and slots[-1][0].day_no == session.day_no and session.start < end:
            slots[-1].append(session)
            end = max(end, session.end)
        else:
            slots.append([session])
            end = session.end
    return slots


def _used(
    presence: Mapping[str, Presence], slot: Iterable[Session], rule: PassRule, moment: Moment
) -> bool:
    """Whether one of the sessions beside each other was attended to its end."""
    return any(_over(one, moment) and _attended(presence, one, rule) for one in slot)


def _past(slot: Iterable[Session], moment: Moment) -> bool:
    return all(_over(one, moment) for one in slot)


def _sessions(
    presence: Mapping[str, Presence], sessions: Sequence[Session], rule: PassRule, moment: Moment
) -> _Measure:
    slots = _slots(sessions)
    past = [_past(slot, moment) for slot in slots]
    used = [_used(presence, slot, rule, moment) for slot in slots]
    possible = sum(one or not gone for one, gone in zip(used, past, strict=True))
    return sum(used), possible, len(slots), sum(past)


def _days(
    presence: Mapping[str, Presence], sessions: Sequence[Session], rule: PassRule, moment: Moment
) -> _Measure:
    done = possible = over = 0
    days: dict[int, list[list[Session]]] = {}
    for slot in _slots(sessions):
        days.setdefault(slot[0].day_no, []).append(slot)
    for today in days.values():
        finished = all(_past(slot, moment) for slot in today)
        came = all(_used(presence, s, rule, moment) for s in today if _past(s, moment))
        over += finished
        done += finished and came
        possible += came
    return done, possible, len(days), over


_MEASURES: Final = {"minutes": _minutes, "sessions": _sessions, "days": _days}


def _mandatory(
    presence: Mapping[str, Presence],
    sessions: Sequence[Session],
    rule: PassRule,
    moment: Moment,
    *,
    possible_too: bool,
) -> list[str]:
    """Mandatory sessions missed for good (``possible_too``) or not met yet."""
    return [
        session.id
        for session in sessions
        if session.mandatory
        and _over(session, moment) is possible_too
        and (not possible_too or not _attended(presence, session, rule))
    ]
