# SPDX-License-Identifier: Apache-2.0
"""What was checked since the page was opened: in memory alone, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.actions.proof import Verdict
from desktop.i18n import N_
from desktop.ui.parts.verify_words import state_words
from desktop.ui.tables.rows import Rows, State

COLUMNS: Final = (N_("Verdict"), N_("Name"), N_("Its number"), N_("Page"))
VERDICT, NAME, NUMBER, PAGE = range(len(COLUMNS))


@dataclass(frozen=True, slots=True)
class Checked:
    """One code that was checked, or a page on which none was found."""

    verdict: Verdict | None
    page: int = 0
    """Page of the file it was on; 0 for a code that was scanned or typed."""
    text: str = ""
    """What was scanned, to judge it anew when something changed."""


class VerifyModel(Rows[Checked]):
    """Holds what was checked."""

    columns = COLUMNS
    long = (NAME,)

    def state(self, row: Checked, column: int) -> State | None:
        return state_words(row.verdict) if column == VERDICT else None

    def text(self, row: Checked, column: int) -> str:
        if column == PAGE:
            return str(row.page) if row.page else ""
        claim = row.verdict.claim if row.verdict is not None else None
        if claim is None:
            return ""
        return claim.recipient if column == NAME else claim.number_text
