# SPDX-License-Identifier: Apache-2.0
"""Assistance (ความช่วยเหลือ): wanted, then promised, then given, each step kept.

Money is counted in satang, because a sum of baht with decimals does not add up in floats.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

State = Literal["wanted", "promised", "given"]

ORDER: Final[tuple[State, ...]] = ("wanted", "promised", "given")

SATANG: Final = 100
"""To the baht."""


@dataclass(frozen=True, slots=True)
class Assistance:
    """One thing a case wants, is promised or was given, as it stands."""

    id: str
    case_id: str
    kind: str
    """Code of the list ``aid_kind``."""
    state: State
    on: date
    """The day it came to this state."""
    amount: int | None = None
    """Satang, or None when it is not about money."""
    fund: str = ""
    """Code of the list ``money_category``; demanded with an amount."""
    item: str = ""
    quantity: int | None = None
    receipt: str = ""
    """What proves that it was given: the number of a receipt, or words."""
    visit_id: str = ""


@dataclass(frozen=True, slots=True)
class AssistanceStep:
    """What was said of it when it came to a state. It is never changed."""

    id: str
    assistance_id: str
    state: State
    on: date
    at: datetime
    by: str
    amount: int | None = None
    fund: str = ""
    item: str = ""
    quantity: int | None = None
    receipt: str = ""


def is_ahead(state: State, of: State) -> bool:
    """Whether ``state`` comes after ``of``."""
    return ORDER.index(state) > ORDER.index(of)
