# SPDX-License-Identifier: Apache-2.0
"""The roster of an event: who is expected, on which seat, standing for whom.

A badge carries fourteen digits: the event's six, the person's six, two check digits (ISO 7064
MOD 97-10). Digits only, because a scanner types them through whatever keyboard layout is on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

Source = Literal["preregistered", "walkin", "substitute"]
EnrolmentStatus = Literal["enrolled", "withdrawn", "substituted"]

BADGE_DIGITS: Final = 14
SHEET_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One person's place on the roster of one event."""

    id: str
    event_id: str
    person_id: str
    seat: int | None
    badge_no: int
    role: str
    """Code of the list ``event_role``."""
    group: str
    """Code of the list ``person_group``."""
    organisation_id: str | None
    position: str
    area: str
    """Area the person stands for, 2, 4 or 6 digits."""
    team: int | None
    source: Source
    status: EnrolmentStatus
    substitute_for: str = ""
    food: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One line of a roster, with everything a page or a sheet shows of it."""

    enrolment_id: str
    person_id: str
    seat: int | None
    badge_no: int
    name: str
    """Full name with title, as it is printed."""
    sort_key: str
    title: str
    first: str
    last: str
    organisation_id: str | None
    organisation: str
    organisation_kind: str
    position: str
    area: str
    province: str
    """Two-digit code, or empty."""
    group: str
    role: str
    team: int | None
    phone: str
    last4: str
    food: str
    note: str
    source: Source
    status: EnrolmentStatus
    substitute_for: str
    name_confirmed: bool
    sex: str = ""

    @property
    def expected(self) -> bool:
        """Whether this person counts among those the event waits for."""
        return self.status == "enrolled"


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """How one province of an event fills its seats."""

    province: str
    enrolled: int
    quota: int | None

    @property
    def missing(self) -> int:
        return max(0, (self.quota or 1) - self.enrolled)


def quota_lines(
    areas: Iterable[str], quota: int | None, enrolled_by_province: Mapping[str, int]
) -> tuple[QuotaLine, ...]:
    """Every province the event is meant for, and any other that sent someone, by code."""
    wanted = {area[:2] for area in areas}
    codes = sorted(wanted | {code for code in enrolled_by_province if code})
    return tuple(
        QuotaLine(code, enrolled_by_province.get(code, 0), quota if code in wanted else None)
        for code in codes
    )


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which amphoe and tambon of an event somebody stands for."""

    wanted: int
    missing: tuple[str, ...]
    """Codes nobody came for, in order."""

    @property
    def there(self) -> int:
        return self.wanted - len(self.missing)


def coverage(areas: Iterable[str], represented: Iterable[str]) -> Coverage:
    """How the areas below the province are covered (A0: 32 of 32 tambons).

    An area is covered by anybody who stands for it or for a place inside it.
    """
    wanted = sorted({area for area in areas if len(area) > 2})
    sent = {area[:length] for area in represented for length in (4, 6) if len(area) >= length}
    return Coverage(len(wanted), tuple(area for area in wanted if area not in sent))


def check_digits(number: str) -> str:
    """Two check digits over a string of digits (ISO 7064 MOD 97-10)."""
    return f"{98 - int(number) * 100 % 97:02d}"


def badge_code(event_code: str, badge_no: int) -> str:
    """The fourteen digits of a badge."""
    body = f"{event_code}{badge_no:06d}"
    return body + check_digits(body)


def read_badge(digits: str) -> tuple[str, int] | None:
    """(event code, badge number) of a scanned badge, or None when it is not one."""
    if len(digits) != BADGE_DIGITS or not digits.isascii() or not digits.isdigit():
        return None
    if check_digits(digits[:-2]) != digits[-2:]:
        return None
    return digits[:6], int(digits[6:12])


def sheet_code(event_code: str, day_no: int, page: int) -> str:
    """The twelve digits printed on one page of a sign-in sheet."""
    body = f"{event_code}{day_no:02d}{page:02d}"
    return body + check_digits(body)


def read_sheet_code(digits: str) -> tuple[str, int, int] | None:
    """(event code, day number, page) of a sheet, or None when it is not one."""
    if len(digits) != SHEET_DIGITS or not digits.isascii() or not digits.isdigit():
        return None
    if check_digits(digits[:-2]) != digits[-2:]:
        return None
    return digits[:6], int(digits[6:8]), int(digits[8:10])
