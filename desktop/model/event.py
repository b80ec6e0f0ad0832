# SPDX-License-Identifier: Apache-2.0
"""Events: a programme, one run of it, its days and sessions, and who has a part in the ceremony.

A minute is counted from midnight of the session's day (09:00 is 540), so that an event whose
dates are not known yet has a timetable all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Half = Literal["am", "pm", "eve"]
PassMode = Literal["minutes", "sessions", "days"]
MarkScope = Literal["session", "half", "day"]
DigitStyle = Literal["thai", "arabic"]

NOON: Final = 12 * 60
EVENING: Final = 17 * 60


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme (โครงการ) under which events are held."""

    id: str
    name: str
    fiscal_year: int
    """Thai fiscal year in พ.ศ. (October to September)."""
    year_no: int | None = None
    fund: str = ""


@dataclass(frozen=True, slots=True)
class PassRule:
    """When a participant has passed.

    ``percent`` of the counted minutes, sessions or days, and every mandatory session. The usual
    rule of the department is 80 % of the minutes (domain practice, a setting of each event).
    """

    mode: PassMode = "minutes"
    percent: int = 80


@dataclass(frozen=True, slots=True)
class Event:
    """One run of a programme (กิจกรรม/รุ่น)."""

    id: str
    code: str
    """Six digits that stand for the event in QR codes."""
    name: str
    kind: str
    """Code of the list ``event_kind``."""
    programme_id: str | None = None
    batch: str = ""
    date_from: date | None = None
    date_to: date | None = None
    date_note: str = ""
    venue: str = ""
    venue_area: str = ""
    hosts: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    """Area codes of 2, 4 or 6 digits the event is meant for."""
    area_label: str = ""
    target: int | None = None
    quota: int | None = None
    """Seats for each province of ``areas``."""
    rule: PassRule = PassRule()
    late_after: int = 15
    """Minutes after a session's start until an arrival is called late. Never changes credit."""
    mark_scope: MarkScope = "half"
    """How much of the day one check-in stands for."""
    digits: DigitStyle = "arabic"
    certificate_kind: str = "completion"
    """Code of the list ``cert_kind``; empty when the event gives none."""
    roster_locked: bool = False
    closed: bool = False

    @property
    def has_dates(self) -> bool:
        return self.date_from is not None


@dataclass(frozen=True, slots=True)
class Session:
    """A part of a day for which attendance may be taken (คาบ)."""

    id: str
    event_id: str
    day_no: int
    on: date | None
    start: int
    """Minutes after midnight."""
    end: int
    kind: str
    """Code of the list ``session_kind``."""
    title: str
    counts: bool
    mandatory: bool = False
    lecturer: str = ""
    place: str = ""

    @property
    def half(self) -> Half:
        """The half of the day on whose column of the sign-in sheet this session falls."""
        return "am" if self.start < NOON else "pm" if self.start < EVENING else "eve"

    @property
    def minutes(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Day:
    """A day of an event with its sessions in order of start."""

    id: str
    event_id: str
    no: int
    on: date | None
    sessions: tuple[Session, ...] = ()

    @property
    def halves(self) -> tuple[Half, ...]:
        """The halves in which something is held, in order: the columns to sign."""
        held = {session.half for session in self.sessions}
        order: tuple[Half, ...] = ("am", "pm", "eve")
        return tuple(half for half in order if half in held)


@dataclass(frozen=True, slots=True)
class CeremonyRole:
    """A part in the ceremony; name and position as they stand on the day."""

    id: str
    event_id: str
    role: str
    """Code of the list ``event_role``: ``chair_open``, ``chair_close``, ``reporter``, ``mc``…"""
    person_name: str
    position: str
    at: str = ""
    """ISO local date and time, or empty."""
    signs: bool = False
    """Whether this person signs the certificates."""


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A session of a pattern, before it has an event."""

    day_no: int
    start: int
    end: int
    kind: str
    title: str
    counts: bool
    mandatory: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A shape of event to start from."""

    code: str
    kind: str
    days: int
    certificate_kind: str
    rule: PassRule
    sessions: tuple[PlannedSession, ...]


def _p(day: int, start: str, end: str, kind: str, title: str, *, counts: bool) -> PlannedSession:
    return PlannedSession(day, _minute(start), _minute(end), kind, title, counts)


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


PATTERNS: Final = (
    Pattern(
        "ceremony",
        "ceremony",
        1,
        "project",
        PassRule("minutes", 0),
        (
            _p(1, "08:30", "09:00", "reg", "ลงทะเบียน", counts=False),
            _p(1, "09:00", "09:30", "opening", "พิธีเปิด", counts=False),
            _p(1, "09:30", "11:00", "panel", "อภิปราย", counts=True),
            _p(1, "11:00", "12:00", "closing", "พิธีมอบประกาศนียบัตร", counts=False),
        ),
    ),
    Pattern(
        "training",
        "training",
        3,
        "completion",
        PassRule("minutes", 80),
        (
            _p(1, "09:00", "09:30", "opening", "พิธีเปิด", counts=False),
            _p(1, "09:30", "12:00", "lecture", "บรรยาย", counts=True),
            _p(1, "13:00", "16:30", "group", "กิจกรรมกลุ่ม", counts=True),
            _p(2, "09:00", "12:00", "practice", "ฝึกปฏิบัติ", counts=True),
            _p(2, "13:00", "16:30", "practice", "ฝึกปฏิบัติ", counts=True),
            _p(3, "09:00", "11:00", "present", "นำเสนอผลงาน", counts=True),
            _p(3, "11:00", "12:00", "closing", "พิธีปิดและมอบประกาศนียบัตร", counts=False),
        ),
    ),
    Pattern(
        "visits",
        "community",
        2,
        "participation",
        PassRule("minutes", 80),
        (
            _p(1, "09:00", "12:00", "lecture", "บรรยาย", counts=True),
            _p(1, "13:00", "16:00", "group", "กิจกรรมกลุ่ม", counts=True),
            _p(2, "09:00", "12:00", "home_visit", "เยี่ยมบ้าน", counts=True),
            _p(2, "13:00", "16:00", "volunteer", "กิจกรรมจิตอาสา", counts=True),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Clash:
    """The same person expected in two events on the same days."""

    person_id: str
    event_id: str
    other_event_id: str
    other_event_name: str
    days: tuple[date, ...]


def counted_minutes(sessions: Iterable[Session]) -> int:
    """Minutes that count towards passing; parallel sessions are counted once.

    The union of the counted sessions of each day, so that an exhibition beside a panel does not
    make the day longer than it was.
    """
    return sum(end - start for spans in counted_spans(sessions).values() for start, end in spans)


def counted_spans(sessions: Iterable[Session]) -> dict[int, list[tuple[int, int]]]:
    """For each day number the merged spans (start, end) of counted time."""
    by_day: dict[int, list[tuple[int, int]]] = {}
    for session in sessions:
        if session.counts:
            by_day.setdefault(session.day_no, []).append((session.start, session.end))
    return {day: union(spans) for day, spans in by_day.items()}


def union(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans merged where they touch or overlap, empty ones dropped, in order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
