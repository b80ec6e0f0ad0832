# SPDX-License-Identifier: Apache-2.0
"""Whose record it is that has two texts, or that the centre put aside: its name and its page.

Which records those are is told by ``sync_state.py``; here they get the name people know them by.
What hangs on a restricted case of others has none, and no text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from desktop.store import household as households
from desktop.store.case_file import hidden_cases, people_names
from desktop.store.schema import nouns


@dataclass(frozen=True, slots=True)
class About:
    """What a record is about, as people know it."""

    name: str = ""
    """Of the household, the person, the event…; empty when it is not known here."""
    home: str = ""
    """The noun the record is shown with: ``household``, ``case_file``, ``event``, ``person``,
    ``activity``; empty for none."""
    home_id: str = ""
    hidden: bool = False
    """It hangs on a case this reader may not read: nothing of it may be shown to her."""


_PARTS = (
    ("case_id", "case_file"),
    ("household_id", "household"),
    ("event_id", "event"),
    ("person_id", "person"),
)
"""The columns by which a record hangs on another, the first that is filled being its home."""


def about(
    conn: Connection, reader: str, records: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], About]:
    """What these records ``(kind, id)`` are about, for ``reader``.

    A kind this version does not know, or a record that is not here, is an ``About()``.
    """
    hidden = hidden_cases(conn, reader)
    return {key: _about(conn, hidden, *key) for key in dict.fromkeys(records)}


def scope_names(conn: Connection, reader: str, scopes: Iterable[str]) -> dict[str, str]:
    """Names of the scopes that are an event (``w:``) or a case (``c:``) this laptop knows."""
    named = {}
    hidden = hidden_cases(conn, reader)
    for scope in scopes:
        kind, _colon, rest = scope.partition(":")
        noun = {"w": "event", "c": "case_file"}.get(kind)
        found = _about(conn, hidden, noun, rest) if noun else About()
        if found.name and not found.hidden:
            named[scope] = found.name
    return named


def _about(conn: Connection, hidden: frozenset[str], kind: str, record_id: str) -> About:
    table = nouns.get(kind)
    if table is None:
        return About()
    row = conn.execute(select(table).where(table.c.id == record_id)).mappings().first()
    if row is None:
        return About()
    home, home_id = kind, record_id
    if kind not in ("household", "case_file", "event", "person", "activity"):
        home, home_id = _home(conn, row)
    case = home_id if home == "case_file" else str(row.get("case_id") or "")
    if case in hidden:
        return About(hidden=True)
    return About(_name(conn, home, home_id), home, home_id)


def _home(conn: Connection, row: Any) -> tuple[str, str]:
    for column, noun in _PARTS:
        if row.get(column):
            return noun, str(row[column])
    for column, noun in (("visit_id", "visit"), ("enrolment_id", "enrolment")):
        if row.get(column):
            table = nouns[noun]
            above = conn.execute(select(table).where(table.c.id == row[column])).mappings()
            if (found := above.first()) is not None:
                return _home(conn, found)
    return "", ""


def _name(conn: Connection, home: str, home_id: str) -> str:
    if home == "household":
        return households.names(conn, [home_id]).get(home_id, "")
    if home == "person":
        return people_names(conn, [home_id]).get(home_id, "")
    table = nouns.get(home)
    row = None
    if table is not None:
        row = conn.execute(select(table).where(table.c.id == home_id)).mappings().first()
    if row is None:
        return ""
    if home != "case_file":
        return str(row.get("name") or "")
    name = people_names(conn, [row["person_id"]]).get(row["person_id"], "")
    name = name or households.names(conn, [row["household_id"]]).get(row["household_id"], "")
    return " · ".join(part for part in (name, row["case_no"]) if part)
