# SPDX-License-Identifier: Apache-2.0
"""The visits to a household, the latest first, each with its corrections under it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from desktop.i18n import _
from desktop.store import codelist
from desktop.ui.parts.household_lines import Line
from desktop.ui.parts.household_words import day_words, met_word
from desktop.ui.parts.sync_words import stage_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.parts.household_reading import VisitLine


def visit_lines(visits: Sequence[VisitLine]) -> tuple[Line, ...]:
    """The entries of the list; the key of each is the record it opens."""
    lines = []
    for one in visits:
        visit = one.visit
        purpose = codelist.word("visit_purpose", visit.purpose) if visit.purpose else ""
        outcomes = ", ".join(codelist.word("visit_outcome", code) for code in visit.outcomes)
        team = ", ".join(who.name for who in visit.team)
        head = " · ".join(part for part in (day_words(visit.visited_on), purpose) if part)
        far = stage_state(one.stage)[0] if one.stage is not None else ""
        under = " · ".join(part for part in (met_word(visit.met), outcomes, team, far) if part)
        state = (_("restricted"), "lock", "red") if one.restricted else None
        first = one.records[0].id if one.records else ""
        lines.append(Line(first, head, under, state))
        lines += [
            Line(
                record.id,
                _("Corrected on {day}").format(day=_local_day(record.finished_at)),
                depth=1,
            )
            for record in one.records[1:]
        ]
    return tuple(lines)


def visit_of(visits: Sequence[VisitLine], record_id: str) -> str:
    """The visit that a record belongs to; the latest one for none."""
    for one in visits:
        if record_id and any(record.id == record_id for record in one.records):
            return one.visit.id
    return visits[0].visit.id if visits else ""


def _local_day(instant: str) -> str:
    return day_words(datetime.fromisoformat(instant).astimezone().date().isoformat())
