# SPDX-License-Identifier: Apache-2.0
"""Social cases (เรื่อง): whose trouble it is, how urgent, how far it has come, who may read it.

A case goes forward only, and every step stays in its log. A problem of child protection makes it
restricted: it is then there for those who need to know and for nobody else, and it does not
become open again by itself (Child Protection Act 2546 s.27; domain practice).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final, Literal

Status = Literal["new", "assigned", "plan", "referred", "helped", "followup", "closed"]
"""Codes of the list ``case_status``, in the order they come."""

ORDER: Final[tuple[Status, ...]] = (
    "new", "assigned", "plan", "referred", "helped", "followup", "closed",
)  # fmt: skip

Origin = Literal["visit", "alert", "hand"]

StepKind = Literal[
    "open", "status", "owner", "close", "reopen", "restrict", "lift", "allow", "disallow",
    "visit", "correction", "alert", "follow_up", "move", "called_1300",
]  # fmt: skip
"""What a line of the log says. ``move`` is a follow-up put on another day."""

_FIRST: Final = "ABCDEFGHJKMNPQRSTVWXYZ"
_REST: Final = f"{_FIRST}23456789"
_DEVICE_LETTERS: Final = 4


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case as it stands."""

    id: str
    case_no: str
    """``63-2570-K7M3-0007``: province, fiscal year พ.ศ., laptop, number on that laptop."""
    urgency: str
    """Code of the list ``urgency``."""
    status: Status
    owner_id: str
    """The facilitator who answers for it."""
    opened_on: date
    opened_by: str
    origin: Origin = "hand"
    person_id: str = ""
    household_id: str = ""
    event_id: str = ""
    area: str = ""
    """Tambon code of six digits, or empty when it is not known."""
    targets: frozenset[str] = frozenset()
    problems: frozenset[str] = frozenset()
    risks: frozenset[str] = frozenset()
    main_target: str = ""
    """The target group the case is counted under where it is counted once."""
    main_problem: str = ""
    detail: str = ""
    restricted: bool = False
    readers: frozenset[str] = frozenset()
    """Facilitators who were let in beside the owner and whoever opened it."""
    closed_on: date | None = None
    close_reason: str = ""

    @property
    def is_open(self) -> bool:
        return self.status != "closed"

    def may_be_read_by(self, reader: str) -> bool:
        """Whether facilitator ``reader`` needs to know of it."""
        return not self.restricted or reader in {self.owner_id, self.opened_by, *self.readers}


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One line of a case's log. It is never changed."""

    id: str
    case_id: str
    kind: StepKind
    status: Status
    """The status of the case after it."""
    on: date
    at: datetime
    """When it was noted; ``on`` is the day it happened."""
    by: str
    owner_id: str = ""
    reason: str = ""
    about_noun: str = ""
    about_id: str = ""


def is_ahead(status: Status, of: Status) -> bool:
    """Whether ``status`` comes later than ``of`` on a case's way."""
    return ORDER.index(status) > ORDER.index(of)


def main_problem(problems: Sequence[str], protecting: Collection[str]) -> str:
    """The problem a case is counted under: one of child protection, or the first one told."""
    return next((one for one in problems if one in protecting), next(iter(problems), ""))


def without_none(risks: Iterable[str]) -> frozenset[str]:
    """Risks as they are kept: ``none`` stands alone, so any other risk drives it out."""
    named = frozenset(risks)
    return named - {"none"} or named


def device_code(device: str) -> str:
    """Four letters and digits that stand for a laptop in its case numbers: ``K7M3``.

    They follow from the laptop's id (its incarnation, so a copied store counts under a code of
    its own), without I, L, O, U, 0 and 1. About 590,000 codes: two of a province's twenty laptops
    share one in 1 of 3,000 provinces, and the ids of the cases still differ.
    """
    number = int.from_bytes(sha256(device.encode()).digest()[:8])
    number, place = divmod(number, len(_FIRST))
    code = _FIRST[place]
    for _letter in range(_DEVICE_LETTERS - 1):
        number, place = divmod(number, len(_REST))
        code += _REST[place]
    return code


def number_stem(province: str, fiscal_year: int, device: str) -> str:
    """The part of a case number that stands before its own number: ``63-2570-K7M3-``."""
    return f"{province}-{fiscal_year}-{device_code(device)}-"


def case_number(stem: str, number: int) -> str:
    """A whole case number, with four digits at least."""
    return f"{stem}{number:04d}"
