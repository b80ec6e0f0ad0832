# SPDX-License-Identifier: Apache-2.0
"""What home visits need, from the SQL beside this file."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from sqlcipher3.dbapi2 import complete_statement


def m0002_home_visits(raw: Any) -> None:
    """Create the tables, indexes and triggers that came after version 1."""
    text = (files(__package__) / "m0002_home_visits.sql").read_text("utf-8")
    statement = ""
    for line in text.splitlines(keepends=True):
        statement += line
        if complete_statement(statement):
            raw.execute(statement)
            statement = ""
