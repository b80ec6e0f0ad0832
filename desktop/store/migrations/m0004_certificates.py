# SPDX-License-Identifier: Apache-2.0
"""What templates, proof and the life of a certificate need, from the SQL beside this file."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from sqlcipher3.dbapi2 import complete_statement


def m0004_certificates(raw: Any) -> None:
    """Create the tables, indexes and triggers that came after version 3, and the new columns."""
    text = (files(__package__) / "m0004_certificates.sql").read_text("utf-8")
    statement = ""
    for line in text.splitlines(keepends=True):
        statement += line
        if complete_statement(statement):
            raw.execute(statement)
            statement = ""
