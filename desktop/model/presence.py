# SPDX-License-Identifier: Apache-2.0
"""Who came and who is missing, put together by province, agency, group or session.

Everything here is worked out from a roster and what the marks say, so that a page can turn the
same answer any way without asking again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from desktop.model.attendance import CAME, Mark, Presence, presences
from desktop.model.event import Session
from desktop.model.roster import RosterRow

By = Literal["province", "organisation", "group"]
BY: Final[tuple[By, ...]] = ("province", "organisation", "group")


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a roster and what her marks say about each session."""

    row: RosterRow
    presences: Mapping[str, Presence]

    def at(self, session_id: str) -> Presence:
        """What is known of one session; "expected" when nothing is."""
        return self.presences.get(session_id) or Presence(session_id, "expected", None, None, ())

    def came(self, session_id: str) -> bool:
        """Whether she was there."""
        return self.at(session_id).state in CAME


@dataclass(frozen=True, slots=True)
class Part:
    """How one part of a roster stands: a province, an agency, a group, or a session."""

    key: str
    came: int
    expected: int

    @property
    def missing(self) -> int:
        return self.expected - self.came


def lines(
    roster: Iterable[RosterRow],
    marks: Mapping[str, Sequence[Mark]],
    sessions: Sequence[Session],
    late_after: int,
) -> tuple[Line, ...]:
    """Everybody the event waits for, in the order of the roster.

    Whoever was withdrawn or substituted is not waited for and is left out.
    """
    nothing: dict[str, Presence] = {}
    return tuple(
        Line(row, presences(found, sessions, late_after) if found else nothing)
        for row in roster
        if row.expected
        for found in (marks.get(row.enrolment_id, ()),)
    )


def key_of(by: By) -> Callable[[Line], str]:
    """What tells the parts apart: a province code, an organisation's id, or a group code."""
    if by == "province":
        return lambda line: line.row.province
    if by == "organisation":
        return lambda line: line.row.organisation_id or ""
    return lambda line: line.row.group


def parts(everybody: Sequence[Line], by: By, session_id: str) -> tuple[Part, ...]:
    """The parts of a roster at one session: those with somebody missing first, then by key."""
    key = key_of(by)
    counts: dict[str, list[int]] = {}
    for line in everybody:
        count = counts.setdefault(key(line), [0, 0])
        count[0] += line.came(session_id)
        count[1] += 1
    found = (Part(name, came, expected) for name, (came, expected) in counts.items())
    return tuple(sorted(found, key=lambda part: (part.missing == 0, part.key == "", part.key)))


def sessions_as_parts(everybody: Sequence[Line], sessions: Iterable[Session]) -> tuple[Part, ...]:
    """How each session stands, in the order of the programme."""
    return tuple(
        Part(session.id, sum(line.came(session.id) for line in everybody), len(everybody))
        for session in sessions
    )


def missing_first(everybody: Iterable[Line], session_id: str) -> tuple[Line, ...]:
    """The same people, those who are not there before those who are; the order stays otherwise."""
    return tuple(sorted(everybody, key=lambda line: line.came(session_id)))
