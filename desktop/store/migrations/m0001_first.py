# SPDX-License-Identifier: Apache-2.0
"""The first schema, from the SQL beside this file."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from sqlcipher3.dbapi2 import complete_statement


def m0001_first(raw: Any) -> None:
    """Create every table, index and trigger of the first release."""
    text = (files(__package__) / "m0001_first.sql").read_text("utf-8")
    statement = ""
    for line in text.splitlines(keepends=True):
        statement += line
        if complete_statement(statement):
            raw.execute(statement)
            statement = ""
