# SPDX-License-Identifier: Apache-2.0
"""Write today's declared tables to ``m0001_first.sql``: ``python -m tests.upgrades.freeze``.

Only while version 1 is unreleased. After its release a change of a table is a new migration,
and this module only serves the test that compares the migrated with the declared schema.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import create_engine

import desktop.store.tables  # noqa: F401 - declares the nouns
from desktop.store import migrations
from desktop.store.schema import metadata

TARGET: Final = Path(migrations.__file__).with_name("m0001_first.sql")

Entry = tuple[str, str, str]
"""Type, name, SQL text as SQLite keeps it."""

SCHEMA: Final = """
SELECT type, name, sql FROM sqlite_master AS entry
WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT IN (
  SELECT shadow.name FROM pragma_table_list AS shadow WHERE shadow.type = 'shadow')
ORDER BY (SELECT min(rowid) FROM sqlite_master AS t WHERE t.tbl_name = entry.tbl_name),
  type = 'trigger', type = 'index', name
"""


def declared() -> list[Entry]:
    """What ``metadata`` creates, in the order it creates it."""
    engine = create_engine("sqlite://")
    with engine.begin() as conn:
        metadata.create_all(conn)
        rows = conn.exec_driver_sql(SCHEMA).fetchall()
    engine.dispose()
    return [(row[0], row[1], row[2]) for row in rows]


def as_script(entries: list[Entry]) -> str:
    """The entries as one SQL script; a blank line before each table."""
    parts: list[str] = []
    for kind, _name, sql in entries:
        text = "\n".join(line.rstrip() for line in sql.splitlines() if line.strip())
        parts.append(("\n" if kind == "table" and parts else "") + text + ";\n")
    return "".join(parts)


def same_words(sql: str) -> str:
    """``sql`` with every run of white space made one blank, for comparing two schemas."""
    return " ".join(sql.split())


if __name__ == "__main__":
    TARGET.write_text(as_script(declared()), "utf-8")
    print(f"{TARGET.name}: {len(declared())} tables, indexes and triggers")
