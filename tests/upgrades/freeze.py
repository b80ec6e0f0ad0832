# SPDX-License-Identifier: Apache-2.0
"""Write what today's tables add to the earlier versions: ``python -m tests.upgrades.freeze``.

It writes the SQL of the newest migration, and only that: a version that was released is never
written again. A table of an earlier version may have got columns at its end, and a trigger may
have become another; whatever else is declared otherwise is refused, because it needs a migration
written by hand.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine

import desktop.store.tables  # noqa: F401 - declares the nouns
from desktop.store import migrations
from desktop.store.schema import metadata

TARGET: Final = Path(migrations.__file__).with_name("m0004_certificates.sql")

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


def migrated(steps: Any) -> list[Entry]:
    """What these migrations make of an empty file."""
    with closing(sqlite3.connect(":memory:")) as raw:
        for step in steps:
            step(raw)
        return raw.execute(SCHEMA).fetchall()


def added(before: list[Entry], after: list[Entry]) -> list[Entry]:
    """The entries of ``after`` that are not in ``before``, and what earlier ones became.

    Refuses what was changed in another way, or lost.
    """
    there = {(kind, name): sql for kind, name, sql in before}
    kept = {(kind, name): sql for kind, name, sql in after}
    columns: list[Entry] = []
    for (kind, name), sql in there.items():
        now = kept.get((kind, name), "")
        if same_words(now) == same_words(sql):
            continue
        if kind == "trigger" and now:
            columns += [("trigger", name, f"DROP TRIGGER {name}"), (kind, name, now)]
            continue
        lines, news = definitions(sql), definitions(now)
        if kind != "table" or any(line not in news for line in lines):
            raise SystemExit(f"{name} is not as an earlier version made it")
        columns += [
            ("column", name, f"ALTER TABLE {name} ADD COLUMN {line}")
            for line in news
            if line not in lines
        ]
    return columns + [one for one in after if (one[0], one[1]) not in there]


def definitions(sql: str) -> list[str]:
    """The columns and keys of a table, one text each; SQLite puts a new column after the keys."""
    inner = same_words(sql).partition("(")[2].rpartition(")")[0]
    parts = re.split(r",\s*(?![^()]*\))", inner)
    return [part.strip() for part in parts]


def as_script(entries: list[Entry]) -> str:
    """The entries as one SQL script; a blank line before each table."""
    parts: list[str] = []
    for kind, _name, sql in entries:
        text = "\n".join(line.rstrip() for line in sql.splitlines() if line.strip())
        parts.append(("\n" if kind == "table" and parts else "") + text + ";\n")
    return "".join(parts)


def told(entry: Entry) -> str:
    """What two schemas must have alike: for a table the definitions, in whatever order."""
    kind, _name, sql = entry
    if kind != "table" or "VIRTUAL" in sql:
        return same_words(sql)
    return f"{sorted(definitions(sql))} {same_words(sql).rpartition(')')[2]}"


def same_words(sql: str) -> str:
    """``sql`` with every run of white space made one blank, for comparing two schemas."""
    return " ".join(sql.split())


if __name__ == "__main__":
    new = added(migrated(migrations.STEPS[:-1]), declared())
    TARGET.write_text(as_script(new), "utf-8")
    print(f"{TARGET.name}: {len(new)} tables, indexes and triggers")
