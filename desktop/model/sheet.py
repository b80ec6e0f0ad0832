# SPDX-License-Identifier: Apache-2.0
"""Sign-in sheets: a page of paper, the rows printed on it, and the code that finds it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.model.event import Half

ROWS: Final = 20
BLANK_ROWS: Final = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a day's sign-in sheet as it was printed."""

    id: str
    event_id: str
    day_no: int
    page: int
    pages: int
    code: str
    enrolment_ids: tuple[str, ...]
    """In the order of the printed rows; blank rows are not listed."""
    halves: tuple[Half, ...]


def paginate(
    enrolment_ids: tuple[str, ...], rows: int = ROWS, blank: int = BLANK_ROWS
) -> tuple[tuple[str, ...], ...]:
    """The printed rows of each page, leaving ``blank`` rows on every page for walk-ins.

    A roster that is empty still gives one page of blank rows.
    """
    named = max(1, rows - blank)
    pages = tuple(
        enrolment_ids[start : start + named] for start in range(0, len(enrolment_ids), named)
    )
    return pages or ((),)
