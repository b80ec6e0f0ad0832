# SPDX-License-Identifier: Apache-2.0
"""The statements of the ledger, in the words of each database.

They are the few that every sync waits for, so they go straight to the driver: on PostgreSQL
many rows travel as arrays in one statement, on SQLite one statement runs once for each.
Values are always bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

MOST_ROWS: Final = 5000
"""A page holds no more rows than this, however small they are."""

_PULL: Final = """
WITH page AS (
  SELECT seq, sum(size + 1) OVER (ORDER BY seq) AS upto
  FROM rec WHERE scope = ? AND seq > ? ORDER BY seq LIMIT {most}
), cut AS (
  SELECT COALESCE(max(seq) FILTER (WHERE upto <= ?), min(seq)) AS seq, max(seq) AS last
  FROM page
)
SELECT s.head, s.digest, s.durable, cut.seq, cut.last,
       r.seq, r.kind, r.id, r.deleted, {json}, r.hash, r.size
FROM scope s CROSS JOIN cut
LEFT JOIN rec r ON r.scope = s.scope AND r.seq > ? AND r.seq <= cut.seq
WHERE s.scope = ? ORDER BY r.seq
"""

_FORKS: Final = """
SELECT h.epoch, COALESCE(f.head, 0) FROM history h
LEFT JOIN fork f ON f.epoch = h.epoch AND f.scope = ?
WHERE h.epoch > (SELECT min(epoch) FROM history) ORDER BY h.epoch
"""

# Negative while an op is in quarantine; of a released one the number it was released under.
_NUMBER: Final = """
CASE WHEN o.released > 0 THEN o.released WHEN o.quarantined <> '' THEN -o.seq ELSE o.seq END
"""

_SEQS_OF: Final = f"""
SELECT o.n, {_NUMBER} FROM op o WHERE o.scope = ? AND o.device = ? AND o.n BETWEEN ? AND ?
UNION ALL
SELECT a.n, COALESCE({_NUMBER}, a.seq) FROM alias a
LEFT JOIN op o ON o.scope = a.scope AND o.seq = a.seq
WHERE a.scope = ? AND a.device = ? AND a.n BETWEEN ? AND ?
"""  # noqa: S608

_HELD: Final = """
SELECT o.seq, o.device, o.n, o.by, o.at, o.body, o.quarantined FROM op o
WHERE o.scope = ? AND o.quarantined <> '' AND o.released = 0 AND o.oid
"""
_RELEASE: Final = """
UPDATE op SET released = ?, released_at = ?, released_by = ?
WHERE scope = ? AND oid = ? AND quarantined <> '' AND released = 0
"""

_REC: Final = "seq, kind, id, deleted, fields, writers, variants, hash, size"
_REC_CONFLICT: Final = """
ON CONFLICT (scope, kind, id) DO UPDATE SET seq = excluded.seq, deleted = excluded.deleted,
fields = excluded.fields, writers = excluded.writers, variants = excluded.variants,
hash = excluded.hash, size = excluded.size
"""
_OP: Final = "seq, device, n, oid, kind, id, by, at, received_at, quarantined, body"
_KEEP_STREAM: Final = """
INSERT INTO stream (scope, device, last_n, chain) VALUES (?, ?, ?, ?)
ON CONFLICT (scope, device) DO UPDATE SET last_n = excluded.last_n, chain = excluded.chain
"""


Call = tuple[str, tuple[Any, ...]]
"""A statement and its values."""


@dataclass(frozen=True, slots=True)
class Statements:
    """What the ledger says to one kind of database."""

    arrays: bool
    lock_scope: str
    make_scope: str
    stream: str
    seqs: str
    seqs_of: str
    rows: str
    keep_rows: str
    keep_head: str
    keep_ops: str
    keep_aliases: str
    keep_stream: str
    held: str
    release: str
    forks: str
    ends: str
    pull: str

    def line(
        self, statement: str, before: tuple[Any, ...], lines: Sequence[Iterable[Any]]
    ) -> list[Call]:
        """The calls of a statement for all of ``lines``; none without lines."""
        if not lines:
            return []
        if self.arrays:
            return [(statement, (*before, *map(list, zip(*lines, strict=True))))]
        return [(statement, (*before, *line)) for line in lines]

    def batch(self, conn: Connection, calls: Sequence[Call]) -> list[list[Any]]:
        """Run the calls in their order; what each of them found.

        On PostgreSQL all of them travel at once, and what is found comes back at once.
        """
        if not self.arrays:
            done = [conn.exec_driver_sql(statement, values) for statement, values in calls]
            return [list(one.all()) if one.returns_rows else [] for one in done]
        raw: Any = conn.connection.driver_connection
        if len(calls) == 1:
            cursors = [raw.execute(*calls[0])]
        else:
            with raw.pipeline():
                cursors = [raw.execute(statement, values) for statement, values in calls]
        return [one.fetchall() if one.description is not None else [] for one in cursors]


def _unnested(table: str, columns: str, types: str, conflict: str = "") -> str:
    names = [f"c{place}" for place in range(len(types.split()))]
    # The driver sends text; json is read from it, so that its words stay as they are.
    chosen = [
        f"{name}::json" if kind == "json" else name
        for name, kind in zip(names, types.split(), strict=True)
    ]
    # Sent as binary: the text form of an array has every quote of the json escaped, one by one.
    arrays = [f"%b::{'text' if kind == 'json' else kind}[]" for kind in types.split()]
    return (
        f"INSERT INTO {table} (scope, {columns}) SELECT %s, {', '.join(chosen)} "  # noqa: S608
        f"FROM unnest({', '.join(arrays)}) AS new({', '.join(names)}) {conflict}"
    )


def _valued(table: str, columns: str, conflict: str = "") -> str:
    marks = ", ".join("?" * (columns.count(",") + 2))
    return f"INSERT INTO {table} (scope, {columns}) VALUES ({marks}) {conflict}"  # noqa: S608


_MAKE_SCOPE: Final = "INSERT INTO scope (scope) VALUES (?) ON CONFLICT (scope) DO NOTHING"
_LOCK: Final = "SELECT head, digest FROM scope WHERE scope = ?"
_KEEP_HEAD: Final = "UPDATE scope SET head = ?, digest = ? WHERE scope = ?"
_ENDS: Final = "SELECT scope, head, digest, durable FROM scope WHERE scope "
_STREAM: Final = "SELECT last_n, chain FROM stream WHERE scope = ? AND device = ?"

_SQLITE: Final = Statements(
    arrays=False,
    lock_scope=_LOCK,
    make_scope=_MAKE_SCOPE,
    stream=_STREAM,
    seqs=f"SELECT o.oid, {_NUMBER} FROM op o WHERE o.scope = ? AND o.oid = ?",  # noqa: S608
    seqs_of=_SEQS_OF,
    rows=f"SELECT {_REC} FROM rec WHERE scope = ? AND kind = ? AND id = ?",  # noqa: S608
    keep_rows=_valued("rec", _REC, _REC_CONFLICT),
    keep_head=_KEEP_HEAD,
    keep_ops=_valued("op", _OP.replace("by,", '"by",')),
    keep_aliases=_valued("alias", "device, n, seq", "ON CONFLICT DO NOTHING"),
    keep_stream=_KEEP_STREAM,
    held=_HELD.replace("o.by", 'o."by"') + "= ?",
    release=_RELEASE,
    forks=_FORKS,
    ends=_ENDS + "= ?",
    pull=_PULL.format(most=MOST_ROWS, json="r.fields, r.writers, r.variants"),
)


def _dollars(statement: str) -> str:
    return statement.replace("?", "%s")


_POSTGRESQL: Final = Statements(
    arrays=True,
    lock_scope=_dollars(_LOCK) + " FOR UPDATE",
    make_scope=_dollars(_MAKE_SCOPE),
    stream=_dollars(_STREAM) + " FOR UPDATE",
    seqs=f"SELECT o.oid, {_NUMBER} FROM op o WHERE o.scope = %s AND o.oid = ANY(%b::text[])",  # noqa: S608
    seqs_of=_dollars(_SEQS_OF),
    rows=(
        f"SELECT {_REC} FROM rec WHERE scope = %s AND (kind, id) IN "  # noqa: S608
        "(SELECT k, i FROM unnest(%b::text[], %b::text[]) AS asked(k, i))"
    ),
    keep_rows=_unnested(
        "rec", _REC, "int8 text text bool json json json int8 int4", _REC_CONFLICT
    ),
    keep_head=_dollars(_KEEP_HEAD),
    keep_ops=_unnested("op", _OP, "int8 text int8 text text text text text text text json"),
    keep_aliases=_unnested("alias", "device, n, seq", "text int8 int8", "ON CONFLICT DO NOTHING"),
    keep_stream=_dollars(_KEEP_STREAM),
    held=_dollars(_HELD) + "= ANY(%b::text[])",
    release=_dollars(_RELEASE),
    forks=_dollars(_FORKS),
    ends=_ENDS + "= ANY(%b::text[])",
    # As text: rows are passed on, and not read.
    pull=_dollars(
        _PULL.format(most=MOST_ROWS, json="r.fields::text, r.writers::text, r.variants::text")
    ),
)


def native(postgresql: bool, statement: str) -> str:
    """A statement whose values stand as ``?``, in the words of a database."""
    return _dollars(statement) if postgresql else statement


def statements(postgresql: bool) -> Statements:
    """The statements for PostgreSQL, or for SQLite."""
    return _POSTGRESQL if postgresql else _SQLITE
