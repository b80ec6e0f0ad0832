# SPDX-License-Identifier: Apache-2.0
"""The attendance a story tells, as the marks a desk would have made.

Everybody signs once each half-day; whoever missed minutes by the story has an in and an out at
each session, placed so that exactly those counted minutes are missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.actions.fixture import FixtureEvent, Variant
from desktop.model.attendance import Mark, MarkKind
from desktop.model.event import Day, MarkScope, Session, counted_spans, union

_MIDNIGHT: Final = 24 * 60
_Windows = dict[int, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Sighting:
    """What the desk would have noted of one seat: an arrival or a departure."""

    session: Session
    kind: MarkKind
    minute: int
    scope: MarkScope


def sightings(fixture: FixtureEvent) -> dict[int, tuple[Sighting, ...]]:
    """What was seen of every seat of the roster, in order of time."""
    told = {variant.seat: variant for variant in fixture.variants}
    everybody = tuple(_each_half(fixture.days))
    found = {}
    for row in fixture.rows:
        variant = told.get(row.seat)
        if variant is None or not variant.absent_minutes:
            found[row.seat] = everybody
        else:
            missed = _missed(variant, fixture.sessions)
            found[row.seat] = tuple(_around(missed, fixture.sessions))
    return found


def marks_of_story(fixture: FixtureEvent) -> dict[int, tuple[Mark, ...]]:
    """The same as marks of a desk with one laptop, for judging without a store."""
    return {
        seat: tuple(
            Mark(
                id=f"{number:04}",
                enrolment_id=str(seat),
                session_id=seen.session.id,
                scope=seen.scope,
                kind=seen.kind,
                minute=seen.minute,
                at=f"{number:04}",
                by="",
                device="",
                method="paper",
            )
            for number, seen in enumerate(theirs)
        )
        for seat, theirs in sightings(fixture).items()
    }


def _each_half(days: Iterable[Day]) -> Iterable[Sighting]:
    for day in days:
        for half in day.halves:
            first = min(
                (session for session in day.sessions if session.half == half),
                key=lambda session: session.start,
            )
            yield Sighting(first, "in", first.start, "half")


def _missed(variant: Variant, sessions: Sequence[Session]) -> _Windows:
    """The windows of each day in which the person was away."""
    spans = counted_spans(sessions)
    days = sorted(spans, key=lambda day: (day != variant.day_no, day))
    left = variant.absent_minutes
    missed: _Windows = {}
    for day in days:
        from_the_end = variant.at_the_end and day == variant.day_no
        for start, end in reversed(spans[day]) if from_the_end else spans[day]:
            take = min(left, end - start)
            left -= take
            if take:
                away = (end - take, _MIDNIGHT) if from_the_end else (0, start + take)
                missed.setdefault(day, []).append(away)
        if missed.get(day) and sum(
            max(0, min(end, high) - max(start, low))
            for start, end in spans[day]
            for low, high in union(missed[day])
        ) == sum(end - start for start, end in spans[day]):
            # All that counts was missed: nobody was seen at the ceremonies of that day either.
            missed[day] = [(0, _MIDNIGHT)]
    return missed


def _around(missed: _Windows, sessions: Sequence[Session]) -> Iterable[Sighting]:
    for session in sessions:
        arrived = session.start
        for low, high in [*union(missed.get(session.day_no, ())), (_MIDNIGHT, _MIDNIGHT)]:
            if arrived < min(low, session.end):
                yield Sighting(session, "in", arrived, "session")
                if low < session.end:
                    yield Sighting(session, "out", low, "session")
            arrived = max(arrived, high)
