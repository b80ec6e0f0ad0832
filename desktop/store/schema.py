# SPDX-License-Identifier: Apache-2.0
"""The tables this room owns, and ``synced``, by which a noun declares its own.

Every synced table has the same four columns in front: ``id`` (UUIDv7 or natural UUIDv5),
``scope`` (unit of access, cursor and op stream: ``t:630101``, ``w:<uuid>``, ``u:<uuid>``,
``forms``), ``deleted`` (a tombstone; rows are never removed) and ``changed_at`` (UTC).

A column says how two laptops' changes to it are merged by ``info={"merge": …}``:
``"scalar"`` (default; the later stamp is shown), ``"text"`` (both kept until a person chooses)
or ``"set"`` (a JSON list; additions and removals travel instead of the whole list).
"""

from __future__ import annotations

from typing import Final, Literal

from sqlalchemy import (
    DDL,
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    event,
)
from sqlalchemy.schema import SchemaItem

Merge = Literal["scalar", "text", "set"]

metadata: Final = MetaData()
nouns: Final[dict[str, Table]] = {}
"""Synced tables by name; the name of the table is the name of the noun."""

only_grow: Final[set[str]] = set()
"""Nouns whose facts never change once written."""

COMMON: Final = ("id", "scope", "deleted", "changed_at")
_PLAIN: Final = (
    String,
    Text,
    Integer,
    BigInteger,
    Boolean,
    Float,
    JSON,
)


def _refuse(table: Table, name: str, what: str, why: str) -> None:
    trigger = DDL(  # type: ignore[no-untyped-call]
        f"CREATE TRIGGER {table.name}_{name} BEFORE {what} ON {table.name} "
        f"BEGIN SELECT RAISE(ABORT, '{table.name} {why}'); END"
    )
    event.listen(table, "after_create", trigger)


def synced(name: str, *columns: SchemaItem, append_only: bool = False) -> Table:
    """Declare the synced table ``name`` with the common columns in front, and register it.

    Columns may be text, integer, boolean, float or JSON, because a value must travel in an op
    and come back the same; dates and instants are ISO text. ``append_only`` adds triggers
    that refuse to change or remove a fact; it may be moved, and its tombstone set.
    """
    for column in columns:
        if isinstance(column, Column):
            if not isinstance(column.type, _PLAIN) or isinstance(column.type, LargeBinary):
                raise TypeError(f"{name}.{column.name}: {column.type!r} cannot travel in an op")
            if column.default is not None:
                raise TypeError(f"{name}.{column.name}: use server_default, or give the value")
            if column.info.get("merge") == "set" and not isinstance(column.type, JSON):
                raise TypeError(f"{name}.{column.name}: a set is a JSON list")
    table = Table(
        name,
        metadata,
        Column("id", Text, primary_key=True, nullable=False),
        Column("scope", Text, nullable=False),
        Column("deleted", Integer, nullable=False, server_default="0"),
        Column("changed_at", Text, nullable=False),
        *columns,
    )
    nouns[name] = table
    if append_only:
        only_grow.add(name)
        # Where a fact lies is no part of it: a case that becomes restricted takes its facts along.
        facts = [c.name for c in table.columns if c.name not in ("scope", "deleted", "changed_at")]
        _refuse(table, "keeps_facts", f"UPDATE OF {', '.join(facts)}", "only grows")
    _refuse(table, "keeps_rows", "DELETE", "keeps its rows")
    return table


setting: Final = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
    comment="Values of this laptop, as JSON; never synced.",
)

device: Final = Table(
    "device",
    metadata,
    Column("id", Text, primary_key=True, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("is_this", Integer, nullable=False, server_default="0"),
    Index("device_this", "is_this", unique=True, sqlite_where=Column("is_this") == 1),
    comment="Incarnations: a restored or cloned file continues under a new random id.",
)

stream: Final = Table(
    "stream",
    metadata,
    Column("scope", Text, primary_key=True, nullable=False),
    Column("device", Text, primary_key=True, nullable=False),
    Column("last_n", Integer, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("hlc", Text, nullable=False),
    comment="Where each numbered stream of ops stands: last number, hash chain, last stamp.",
    sqlite_with_rowid=False,
)

op: Final = Table(
    "op",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("scope", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Index("op_stream", "scope", "device", "n", unique=True),
    Index("op_record", "record_id"),
    comment="Every change ever made here, numbered 1, 2, 3 for each (scope, device).",
)

audit: Final = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("noun", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    comment="Who did, saw, printed or exported what; never what it said.",
)

# The name under which a stream is known is no part of what was said: a laptop that finds itself
# to be a copy goes on with its ops under another name, and the chain over the bodies stays.
_SAID: Final = ", ".join(f'"{c.name}"' for c in op.columns if c.name != "device")
_refuse(op, "is_kept", f"UPDATE OF {_SAID}", "is never rewritten")
_refuse(audit, "is_kept", "UPDATE", "is never rewritten")
for _log in (op, audit):
    _refuse(_log, "is_whole", "DELETE", "is never shortened")
