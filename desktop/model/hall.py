# SPDX-License-Identifier: Apache-2.0
"""Who was seen at which door, and which seats a door may give.

A person that two desks noted as coming in is *seen twice*.

Both marks stay and her attendance is the same as with one of them: stays that overlap are one
stay, from the first minute (``attendance.presences``). Being seen twice is only shown, so that
the people at the doors can ask themselves who came in with whose badge.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from desktop.model.attendance import Mark, in_force, sessions_in_scope
from desktop.model.event import Session

LANES: Final = 16
"""Doors of one hall that have seats of their own to give."""
BLOCK: Final = 10
"""Seats that follow each other at one door."""


@dataclass(frozen=True, slots=True)
class SeatLane:
    """Which seats one laptop of a hall gives to those who come without being on the roster.

    Two doors that cannot hear each other must not give the same seat, so each has blocks of its
    own behind the roster's last seat: the hub 431–440, the first desk 441–450, and so on.
    """

    first: int
    """The first seat behind the roster when the hall was opened."""
    lane: int
    """0 for the hub, then by the order in which the desks joined."""

    def next(self, taken: Collection[int | None]) -> int:
        """The first seat of this laptop that nobody has."""
        for turn in count():
            start = self.first + BLOCK * (self.lane + LANES * turn)
            for seat in range(start, start + BLOCK):
                if seat not in taken:
                    return seat
        raise AssertionError("unreachable")


@dataclass(frozen=True, slots=True)
class Sighting:
    """One desk noted somebody as coming in."""

    device: str
    minute: int
    mark_id: str = ""


def sightings(
    marks: Iterable[Mark], session: Session, sessions: Sequence[Session]
) -> tuple[Sighting, ...]:
    """The arrivals of one person at ``session`` that say the same thing, each desk's first, by
    minute; only the latest such group, because whoever went out may come in by another door.

    ``sessions``: all of its day, for marks that stand for a half or the whole of it.
    """
    by_id = {one.id: one for one in sessions}
    group: dict[str, Sighting] = {}
    standing = sorted(in_force(marks), key=lambda mark: (mark.minute, mark.id))
    for mark in standing:
        anchor = by_id.get(mark.session_id)
        if anchor is None or session not in sessions_in_scope(mark.scope, anchor, sessions):
            continue
        if mark.kind == "in":
            group.setdefault(mark.device, Sighting(mark.device, mark.minute, mark.id))
        elif mark.kind != "present":
            group.clear()
    return tuple(group.values())


def seen_twice(
    marks: Mapping[str, Sequence[Mark]], session: Session, sessions: Sequence[Session]
) -> dict[str, tuple[Sighting, ...]]:
    """Those whom more than one desk noted as coming in to ``session``, by enrolment id."""
    found = {who: sightings(theirs, session, sessions) for who, theirs in marks.items()}
    return {who: seen for who, seen in found.items() if len(seen) > 1}


def door_name(device: str, doors: Mapping[str, str]) -> str:
    """The name of a laptop's door, or the last characters of its id where nobody named it."""
    return doors.get(device) or device[-4:]
