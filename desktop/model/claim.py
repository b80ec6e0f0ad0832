# SPDX-License-Identifier: Apache-2.0
"""Claims (ค่าใช้จ่ายผู้เข้าร่วม): what a participant is paid for coming, and signs a receipt for.

Amounts are satang. No rate stands in the program: rates come with circulars of the Ministry of
Finance (ระเบียบว่าด้วยค่าใช้จ่ายในการฝึกอบรม พ.ศ. 2549 and its changes), and the office types what
it pays at each event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

ClaimKind = Literal["meal", "lodging", "fare", "per_diem", "honorarium"]
CLAIM_KINDS: Final[tuple[ClaimKind, ...]] = (
    "meal", "lodging", "fare", "per_diem", "honorarium",
)  # fmt: skip
"""In the order of the receipt form; codes as in the data dictionary."""
MOST: Final = 100_000_000
"""Satang of one amount: a million baht is a slip of the hand, not a bus fare."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One amount of one kind for one person at one event."""

    id: str
    event_id: str
    enrolment_id: str
    kind: ClaimKind
    amount: int
    detail: str = ""
    """What it is for, when the kind does not say enough (จากแม่สอดถึงกรุงเทพฯ ไป-กลับ)."""
    paid_on: date | None = None
    """The day it was paid; from then on the amount stays as it is."""


@dataclass(frozen=True, slots=True)
class Usual:
    """A usual amount in satang, for the whole event or for each day somebody came."""

    satang: int
    daily: bool = False

    def due(self, days: int) -> int:
        """What is due to somebody who came on ``days`` days."""
        return self.satang * (days if self.daily else min(days, 1))


@dataclass(frozen=True, slots=True)
class ClaimPlan:
    """What is usually paid at an event, and who pays."""

    event_id: str
    usual: Mapping[ClaimKind, Usual] = field(default_factory=dict)
    payer: str = ""
    payer_position: str = ""


def by_kind(claims: Iterable[Claim]) -> dict[ClaimKind, int]:
    """The sum of each kind that was claimed, in the order of the form."""
    sums: dict[ClaimKind, int] = {}
    for claim in claims:
        sums[claim.kind] = sums.get(claim.kind, 0) + claim.amount
    return {kind: sums[kind] for kind in CLAIM_KINDS if kind in sums}


def total(claims: Iterable[Claim]) -> int:
    """The sum of all."""
    return sum(claim.amount for claim in claims)
