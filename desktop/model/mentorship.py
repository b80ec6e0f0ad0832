# SPDX-License-Identifier: Apache-2.0
"""Who looks after which junior volunteer (พี่เลี้ยง–อพม.น้อย)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Mentorship:
    """One pair, for the time of an event or from one day to another."""

    id: str
    mentor_id: str
    junior_id: str
    event_id: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair with the names to show."""

    mentorship: Mentorship
    mentor: str
    junior: str
