# SPDX-License-Identifier: Apache-2.0
"""How far each scope and each numbered stream of ops is: sent, numbered, received.

The op log itself is only ever added to; what the centre says about an op stands beside it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from desktop.model.chain import START, canonical, link
from desktop.store import received
from desktop.sync.ports import LoggedOp, ScopeState, StreamState
from desktop.sync.protocol import Fork, Op
from desktop.sync.row import Key

_SCOPE: Final = (
    "SELECT scope, cursor, head, durable, digest, matched_at, granted, forks, "
    "repair FROM scope_state"
)
_INSERT: Final = (
    'INSERT INTO op (scope, device, n, kind, record_id, "by", at, body, chain) '
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_KEEP_STREAM: Final = (
    "INSERT INTO stream (scope, device, last_n, chain, hlc) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (scope, device) DO UPDATE SET "
    "last_n = excluded.last_n, chain = excluded.chain, hlc = excluded.hlc"
)
_COPIES: Final = (
    "FROM op o JOIN op c ON c.record_id = o.record_id AND c.scope = o.scope "
    "AND c.body ->> 'oid' = o.body ->> 'oid'"
)
"""An op (``o``) and every copy of it in its scope (``c``), itself among them."""

# ---- scopes


def scopes(raw: Any) -> tuple[ScopeState, ...]:
    """Every scope that has a state or ops here, in order."""
    found = {row[0]: _state(row) for row in raw.execute(_SCOPE).fetchall()}
    for (name,) in raw.execute("SELECT DISTINCT scope FROM stream").fetchall():
        found.setdefault(name, ScopeState(name))
    return tuple(found[name] for name in sorted(found))


def scope(raw: Any, name: str) -> ScopeState:
    """The state of one scope; a new one for a scope nobody heard of."""
    row = raw.execute(f"{_SCOPE} WHERE scope = ?", (name,)).fetchone()
    return _state(row) if row else ScopeState(name)


def _state(row: Any) -> ScopeState:
    return ScopeState(
        row[0],
        row[1],
        row[2],
        row[3],
        None if row[4] is None else int(row[4], 16),
        row[5],
        bool(row[6]),
        tuple(Fork(*one) for one in json.loads(row[7])),
        row[8],
    )


def keep_scope(raw: Any, state: ScopeState) -> None:
    """Keep the state of one scope."""
    raw.execute(
        "INSERT OR REPLACE INTO scope_state "
        "(scope, cursor, head, durable, digest, matched_at, granted, forks, repair) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            state.scope,
            state.cursor,
            state.head,
            state.durable,
            None if state.digest is None else f"{state.digest:016x}",
            state.matched_at,
            int(state.granted),
            canonical([[one.epoch, one.head] for one in state.forks]),
            state.repair,
        ),
    )


# ---- streams


def streams(raw: Any, scope: str) -> tuple[StreamState, ...]:
    """The streams of a scope, closed ones too, by device."""
    rows = raw.execute(
        "SELECT s.device, s.last_n, s.chain, coalesce(a.acked, 0), coalesce(a.closed, 0) "
        "FROM stream s LEFT JOIN stream_ack a ON a.scope = s.scope AND a.device = s.device "
        "WHERE s.scope = ? ORDER BY s.device",
        (scope,),
    )
    return tuple(
        StreamState(row[0], row[1], bytes(row[2]), row[3], bool(row[4])) for row in rows.fetchall()
    )


def keep_ack(raw: Any, scope: str, device: str, column: str, value: int) -> None:
    """Keep one column of ``stream_ack``: ``acked``, ``placed`` or ``closed``."""
    raw.execute(
        f"INSERT INTO stream_ack (scope, device, {column}) VALUES (?, ?, ?) "  # noqa: S608
        f"ON CONFLICT (scope, device) DO UPDATE SET {column} = excluded.{column}",
        (scope, device, value),
    )


def chain_at(raw: Any, scope: str, device: str, n: int) -> bytes | None:
    """The hash chain after op ``n``; ``b""`` for 0, None for an op that is not here."""
    if n == 0:
        return START
    row = raw.execute(
        "SELECT chain FROM op WHERE scope = ? AND device = ? AND n = ?", (scope, device, n)
    ).fetchone()
    return None if row is None else bytes(row[0])


def rename(raw: Any, before: str, device: str, now: str) -> None:
    """Let this laptop's own streams be called ``device`` from now on, in place.

    The bodies stay, so the chains do. Nothing is acknowledged under the new name. The numbers
    of certificates that were lent to the old one are given up: its copy may use them.
    """
    raw.execute("UPDATE device SET is_this = 0")
    raw.execute("INSERT INTO device (id, created_at, is_this) VALUES (?, ?, 1)", (device, now))
    for (name,) in raw.execute("SELECT scope FROM stream WHERE device = ?", (before,)).fetchall():
        move(raw, name, before, device)
    raw.execute("DELETE FROM lease")


def move(raw: Any, scope: str, device: str, to: str) -> None:
    """Let one stream be called ``to``; nothing of it is acknowledged.

    Should there be one of this name already, it is called something longer: ops are never
    thrown away, and the centre knows each by its oid.
    """
    while raw.execute(
        "SELECT 1 FROM stream WHERE scope = ? AND device = ?", (scope, to)
    ).fetchone():
        to += "~"
    for table in ("op", "stream", "stream_ack", "op_note"):
        raw.execute(
            f"UPDATE {table} SET device = ? WHERE scope = ? AND device = ?",  # noqa: S608
            (to, scope, device),
        )
    raw.execute(
        "UPDATE stream_ack SET acked = 0, closed = 0 WHERE scope = ? AND device = ?", (scope, to)
    )


# ---- ops


def ops(raw: Any, scope: str, device: str, first: int, limit: int) -> tuple[LoggedOp, ...]:
    """Ops ``first`` and following of a stream, at most ``limit``."""
    rows = raw.execute(
        'SELECT o.n, o."by", o.at, o.body, coalesce(p.seq, 0) FROM op o '
        "LEFT JOIN op_place p ON p.op = o.seq "
        "WHERE o.scope = ? AND o.device = ? AND o.n >= ? ORDER BY o.n LIMIT ?",
        (scope, device, first, limit),
    )
    return tuple(
        LoggedOp(device, n, Op(by, at, json.loads(body)), seq)
        for n, by, at, body, seq in rows.fetchall()
    )


def append(raw: Any, scope: str, device: str, first: int, ops: Sequence[Op]) -> None:
    """Keep ops of another laptop. ``ValueError`` when ``first`` is not the next of its stream."""
    if not ops:
        return
    row = raw.execute(
        "SELECT last_n, chain FROM stream WHERE scope = ? AND device = ?", (scope, device)
    ).fetchone()
    n, chain = (row[0], bytes(row[1])) if row else (0, START)
    if first != n + 1:
        raise ValueError(f"op {first} of a stream that has {n}")
    lines = []
    for one in ops:
        body = one.text
        n, chain = n + 1, link(chain, body)
        kind, record_id = one.body["kind"], one.body["id"]
        lines.append((scope, device, n, kind, record_id, one.by, one.at, body, chain))
    raw.executemany(_INSERT, lines)
    raw.execute(_KEEP_STREAM, (scope, device, n, chain, ops[-1].body["hlc"]))
    raw.execute(
        f"INSERT OR REPLACE INTO op_place (op, seq) SELECT o.seq, p.seq {_COPIES} "
        "JOIN op_place p ON p.op = c.seq WHERE o.scope = ? AND o.device = ? AND o.n >= ? "
        "AND c.seq <> o.seq",
        (scope, device, first),
    )


def place(raw: Any, scope: str, device: str, numbers: Mapping[int, int]) -> None:
    """Note the numbers the centre gave, for every copy of these ops in the scope."""
    raw.executemany(
        f"INSERT OR REPLACE INTO op_place (op, seq) SELECT c.seq, ? {_COPIES} "
        "WHERE o.scope = ? AND o.device = ? AND o.n = ?",
        [(seq, scope, device, n) for n, seq in numbers.items() if seq],
    )


def unplace(raw: Any, scope: str) -> None:
    """Forget the numbers of all ops of a scope."""
    raw.execute("DELETE FROM op_place WHERE op IN (SELECT seq FROM op WHERE scope = ?)", (scope,))
    raw.execute("UPDATE stream_ack SET placed = 0 WHERE scope = ?", (scope,))


def unplaced(raw: Any, scope: str, device: str, upto: int) -> tuple[int, int] | None:
    """First and last op up to ``upto`` whose number is unknown, or None."""
    row = raw.execute(
        "SELECT placed FROM stream_ack WHERE scope = ? AND device = ?", (scope, device)
    ).fetchone()
    placed = row[0] if row else 0
    if placed >= upto:
        return None
    first, last = raw.execute(
        "SELECT min(o.n), max(o.n) FROM op o LEFT JOIN op_place p ON p.op = o.seq "
        "WHERE o.scope = ? AND o.device = ? AND o.n > ? AND o.n <= ? "
        "AND p.op IS NULL",
        (scope, device, placed, upto),
    ).fetchone()
    known = _last(raw, scope, device, upto) if first is None else first - 1
    if known > placed:
        # So that a long stream is not read through at every sync.
        keep_ack(raw, scope, device, "placed", known)
    return None if first is None else (first, last)


def parked(raw: Any, scope: str, device: str) -> tuple[int, int] | None:
    """First and last op of a stream that the centre put aside, or None."""
    row = raw.execute(
        "SELECT min(o.n), max(o.n) FROM op_place p JOIN op o ON o.seq = p.op "
        "WHERE p.seq < 0 AND o.scope = ? AND o.device = ?",
        (scope, device),
    ).fetchone()
    return None if row[0] is None else (row[0], row[1])


def _last(raw: Any, scope: str, device: str, upto: int) -> int:
    row = raw.execute(
        "SELECT last_n FROM stream WHERE scope = ? AND device = ?", (scope, device)
    ).fetchone()
    return min(upto, row[0]) if row else 0


def authors(raw: Any, scope: str, seqs: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Device and oid of the ops of the log with these numbers; of copies, this laptop's."""
    rows = raw.execute(
        "SELECT p.seq, o.device, o.body ->> 'oid' FROM json_each(?) j "
        "JOIN op_place p ON p.seq = j.value JOIN op o ON o.seq = p.op "
        "LEFT JOIN device d ON d.id = o.device WHERE o.scope = ? "
        "ORDER BY coalesce(d.is_this, 0), o.device DESC",
        (json.dumps(list(seqs)), scope),
    )
    return {row[0]: (row[1], row[2]) for row in rows.fetchall()}


def uncovered(
    raw: Any, scope: str, keys: Sequence[Key], fresh: Mapping[Key, int]
) -> dict[Key, list[LoggedOp]]:
    """The ops whose effect the received rows cannot show, by record, in the order of stamps.

    ``fresh``: numbers of rows that came in this transaction and are not written yet.
    """
    wanted = set(keys)
    found: dict[Key, list[LoggedOp]] = defaultdict(list)
    for kind, record_id, device, n, by, at, body, seq in raw.execute(
        'SELECT o.kind, o.record_id, o.device, o.n, o."by", o.at, o.body, coalesce(p.seq, 0) '
        "FROM json_each(?) j JOIN op o ON o.record_id = j.value "
        "LEFT JOIN op_place p ON p.op = o.seq "
        "LEFT JOIN stream_ack a ON a.scope = o.scope AND a.device = o.device "
        "WHERE o.scope = ? AND coalesce(a.closed, 0) = 0",
        (json.dumps(sorted({record_id for _kind, record_id in wanted})), scope),
    ).fetchall():
        if (kind, record_id) in wanted:
            one = LoggedOp(device, n, Op(by, at, json.loads(body)), seq)
            found[kind, record_id].append(one)
    numbers = {**received.numbers(raw, scope, found), **fresh}
    still = {
        key: sorted(
            (one for one in ops if one.seq <= 0 or one.seq > numbers.get(key, 0)),
            key=lambda one: (one.op.body["hlc"], one.device, one.n),
        )
        for key, ops in found.items()
    }
    return {key: ops for key, ops in still.items() if ops}
