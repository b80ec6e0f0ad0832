# SPDX-License-Identifier: Apache-2.0
"""The first tables of the centre, from the SQL of each database beside this file."""

from __future__ import annotations

from importlib.resources import files

from sqlalchemy import Connection


def m0001_first(conn: Connection) -> None:
    """Create every table and index, and begin the first history."""
    name = f"m0001_first.{conn.dialect.name}.sql"
    for statement in (files(__package__) / name).read_text("utf-8").split(";\n"):
        if statement.strip():
            conn.exec_driver_sql(statement)
