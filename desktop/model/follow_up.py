# SPDX-License-Identifier: Apache-2.0
"""Follow-ups (การติดตาม): when a case is looked at again, by its urgency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

Progress = Literal["better", "same", "worse", "solved", "moved", "died"]
Method = Literal["visit", "phone", "line", "agency"]

METHODS: Final[tuple[Method, ...]] = ("visit", "phone", "line", "agency")
PROGRESSES: Final[tuple[Progress, ...]] = ("better", "same", "worse", "solved", "moved", "died")

ENDS: Final[frozenset[str]] = frozenset({"solved", "moved", "died"})
"""After these a case is closed, which needs a reason."""

LADDER: Final = (1, 7, 30, 90, 180)
"""Days between looks, wider each time (domain practice): most urgent 1, urgent 7, else 30."""

WEEK: Final = 7

HORIZON: Final = 30
"""Days ahead that a due list shows."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One appointment, and what was found when it was kept."""

    id: str
    case_id: str
    made_on: date
    due: date
    owner_id: str
    first_due: date | None = None
    """The day first set, when it was moved."""
    moved_because: str = ""
    visit_id: str = ""
    done_at: datetime | None = None
    done_by: str = ""
    method: str = ""
    progress: str = ""
    received: frozenset[str] = frozenset()
    """Codes of the list ``aid_kind``: what has arrived meanwhile."""
    detail: str = ""
    record_id: str = ""

    @property
    def is_done(self) -> bool:
        return self.done_at is not None


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """A follow-up with what a list shows of its case."""

    follow_up: FollowUp
    case_no: str
    name: str
    """The person's name, or empty."""
    area: str
    urgency: str
    main_problem: str
    restricted: bool
    owner: str
    first_name: str = ""
    """The person's name without title and surname, for lists that hang on a wall."""


@dataclass(frozen=True, slots=True)
class DueList:
    """Open follow-ups by when they fall due. Red ones first in each."""

    overdue: tuple[FollowUpLine, ...] = ()
    today: tuple[FollowUpLine, ...] = ()
    week: tuple[FollowUpLine, ...] = ()
    """Tomorrow to seven days from today."""
    later: tuple[FollowUpLine, ...] = ()
    """After that, as far as was asked."""


def grouped(lines: Iterable[FollowUpLine], today: date) -> DueList:
    """Lines in their order, by when they fall due."""
    parts: dict[str, list[FollowUpLine]] = {"overdue": [], "today": [], "week": [], "later": []}
    for line in lines:
        days = (line.follow_up.due - today).days
        part = (
            "overdue" if days < 0 else "today" if not days else "week" if days <= WEEK else "later"
        )
        parts[part].append(line)
    return DueList(**{name: tuple(found) for name, found in parts.items()})


def next_wait(urgency_days: int, waited: int, progress: str = "") -> int:
    """Days until the next look: the next rung of the ladder above what was ``waited``.

    Never shorter than the urgency asks; one that got worse goes back to it.
    """
    if progress == "worse":
        return urgency_days
    above = next((rung for rung in LADDER if rung > waited), LADDER[-1])
    return max(above, urgency_days)


def due_after(day: date, days: int) -> date:
    """The day that lies ``days`` after ``day``."""
    return day + timedelta(days=days)
