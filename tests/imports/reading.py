# SPDX-License-Identifier: Apache-2.0
"""Short ways to say what was read of a list."""

from __future__ import annotations

from desktop.imports.roster import RosterReading


def fields(reading: RosterReading) -> list[str]:
    """What each column was taken for."""
    return [column.field for column in reading.columns]


def said(reading: RosterReading, row: int = 0) -> list[tuple[str, str]]:
    """The problems of a row: the field, and how bad it is."""
    return [(problem.field, problem.level) for problem in reading.rows[row].problems]
