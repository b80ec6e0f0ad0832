# SPDX-License-Identifier: Apache-2.0
"""Referrals (การส่งต่อ): the letter of nine items and whether the agency took the case up.

The nine items and their order are those of the department's 1300 system (แบบส่งต่อ ๙ ข้อ).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Standing = Literal["draft", "sent", "overdue", "acknowledged", "answered"]

PATIENCE: Final = timedelta(days=3)
"""How long an agency may be silent. Plain days: a family does not wait for working days."""


@dataclass(frozen=True, slots=True)
class Referral:
    """One letter. Items ๑ (case number) and ๙ (urgency) are the case's and this one's."""

    id: str
    case_id: str
    written_on: date
    to_organisation_id: str = ""
    to_kind: str = ""
    """Code of the list ``org_type`` where the agency itself is not chosen yet."""
    to_name: str = ""
    informer: str = ""
    """๒ Who told of it."""
    person: str = ""
    """๓ Who asks for help."""
    summary: str = ""
    """๔ What is known of her."""
    problems: frozenset[str] = frozenset()
    """๕ Codes of the list ``problem``."""
    need: str = ""
    """๖ The trouble and what is needed."""
    done: str = ""
    """๗ What was done so far."""
    opinion: str = ""
    """๘ The opinion of whoever answers for the case."""
    urgency: str = ""
    contact: str = ""
    doc_no: str = ""
    sent_on: date | None = None
    acknowledged_on: date | None = None
    acknowledged_by: str = ""
    result: str = ""
    result_on: date | None = None
    record_id: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """All that the printed letter needs, in Thai words."""

    referral: Referral
    case_no: str
    to: str
    problems: tuple[str, ...]
    urgency: str
    owner: str
    owner_position: str
    office: str
    ministry: str
    restricted: bool
    """Whether every page carries the mark of a restricted case."""


def standing(referral: Referral, today: date) -> Standing:
    """How a letter stands: overdue (red) after three days without an acknowledgement."""
    if referral.result_on is not None:
        return "answered"
    if referral.acknowledged_on is not None:
        return "acknowledged"
    if referral.sent_on is None:
        return "draft"
    return "overdue" if today > referral.sent_on + PATIENCE else "sent"
