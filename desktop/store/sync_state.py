# SPDX-License-Identifier: Apache-2.0
"""How far everything is, read for the window: nothing here changes anything.

A change is *saved* until the centre signed for it, *received* until its number lies in a backup
away from the centre, and *confirmed* then. One the centre put aside stays *saved*: it is not
part of the record there. A record is as far as the least of its changes; one that was only
received is as far as its number.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection

from desktop.model.sync import (
    STAGES,
    AreaSync,
    PutAside,
    Stage,
    SyncState,
    TwoTexts,
    Wording,
)
from desktop.store import centre, received, upload
from desktop.store.centre import last_contact
from desktop.store.following import BROUGHT
from desktop.store.schema import nouns
from desktop.store.shape import shape_of
from desktop.sync.row import digest, row_hash

__all__ = [
    "area_state",
    "last_contact",
    "notes",
    "put_aside",
    "recounted",
    "stage",
    "stages",
    "state",
    "two_texts",
]

_QUARANTINED: Final = "quarantined"
# The place of an op: 2 confirmed, 1 received, 0 saved. Those of closed streams are said again by
# whoever made them, and do not count. A number alone says nothing: it may be a hall's word, and
# only what the centre signed over the same chain is received.
_STAGE: Final = (
    f"CASE WHEN coalesce(p.seq, 0) < 0 THEN CASE WHEN {BROUGHT} THEN 2 ELSE 0 END "
    "WHEN o.n > coalesce(a.acked, 0) THEN 0 WHEN p.seq <= coalesce(s.durable, 0) THEN 2 ELSE 1 END"
)
_OPS: Final = (
    "FROM op o LEFT JOIN op_place p ON p.op = o.seq "
    "LEFT JOIN scope_state s ON s.scope = o.scope "
    "LEFT JOIN stream_ack a ON a.scope = o.scope AND a.device = o.device "
)
_NOTES: Final = (
    "SELECT n.scope, n.device, n.n, n.code, n.detail, o.kind, o.record_id, "
    'o."by", o.at, o.body FROM op_note n '
    "JOIN op o ON o.scope = n.scope AND o.device = n.device AND o.n = n.n "
    "LEFT JOIN op_place p ON p.op = o.seq "
)


# ---- the whole


def state(conn: Connection) -> SyncState:
    """The state of sync of this laptop, scope by scope."""
    told = centre.joined(conn) or {}
    counts = _counts(conn, None)
    rows = conn.exec_driver_sql(
        "SELECT scope, cursor, head, digest, matched_at, granted FROM scope_state"
    ).fetchall()
    known = {row[0]: row for row in rows}
    photos, photo_bytes = upload.photos_waiting(conn)
    conflicts = conn.exec_driver_sql(
        "SELECT count(*) FROM (SELECT DISTINCT kind, id FROM variant)"
    ).scalar_one()
    return SyncState(
        centre=str(told.get("address", "")),
        office=str((told.get("office") or {}).get("name", "")),
        areas=tuple(
            _area(scope, known.get(scope), counts.get(scope, (0, 0, 0)))
            for scope in sorted(known.keys() | counts.keys())
        ),
        photos=photos,
        photo_bytes=photo_bytes,
        conflicts=int(conflicts),
        put_aside=len(put_aside(conn)),
        last_contact=last_contact(conn),
        offset=centre.offset(conn),
    )


def area_state(conn: Connection, scope: str) -> AreaSync:
    """The state of one scope."""
    row = conn.exec_driver_sql(
        "SELECT scope, cursor, head, digest, matched_at, granted FROM scope_state WHERE scope = ?",
        (scope,),
    ).first()
    return _area(scope, row, _counts(conn, scope).get(scope, (0, 0, 0)))


def _area(scope: str, row: Any, counts: tuple[int, int, int]) -> AreaSync:
    if row is None:
        return AreaSync(scope, *counts)
    return AreaSync(
        scope,
        *counts,
        max(0, row[2] - row[1]),
        None if row[3] is None else int(row[3], 16),
        row[4],
        bool(row[5]),
    )


def _counts(conn: Connection, scope: str | None) -> dict[str, tuple[int, int, int]]:
    """Saved, received and confirmed changes by scope.

    Counted by stream, not op by op, because this is asked often and a log is long.
    """
    raw: Any = conn.connection.driver_connection
    aside = {
        (row[0], row[1]): row[2]
        for row in raw.execute(
            "SELECT o.scope, o.device, count(*) FROM op_place p JOIN op o ON o.seq = p.op "  # noqa: S608
            f"WHERE p.seq < 0 AND NOT {BROUGHT} GROUP BY o.scope, o.device"
        )
    }
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for name, device, last, acked, durable in raw.execute(
        "SELECT t.scope, t.device, t.last_n, min(t.last_n, coalesce(a.acked, 0)), "
        "coalesce(s.durable, 0) "
        "FROM stream t LEFT JOIN stream_ack a ON a.scope = t.scope AND a.device = t.device "
        "LEFT JOIN scope_state s ON s.scope = t.scope "
        "WHERE coalesce(a.closed, 0) = 0 AND (t.scope = ?1 OR ?1 IS NULL)",
        (scope,),
    ).fetchall():
        parked = min(acked, aside.get((name, device), 0))
        confirmed = max(0, _durable(raw, (name, device), acked, durable) - parked)
        one = found[name]
        one[0] += last - acked + parked
        one[1] += acked - parked - confirmed
        one[2] += confirmed
    return {name: (one[0], one[1], one[2]) for name, one in found.items()}


def _durable(raw: Any, stream: tuple[str, str], acked: int, durable: int) -> int:
    """How many of the first ``acked`` ops of a stream have numbers up to ``durable``; numbers
    grow along a stream."""

    def beyond(n: int) -> bool:
        row = raw.execute(
            "SELECT p.seq FROM op o LEFT JOIN op_place p ON p.op = o.seq "
            "WHERE o.scope = ? AND o.device = ? AND o.n = ?",
            (*stream, n),
        ).fetchone()
        return row is None or row[0] is None or row[0] > durable

    return bisect_left(range(1, acked + 1), True, key=beyond) if durable and acked else 0


# ---- of records


def stage(conn: Connection, noun: str, record_id: str) -> Stage:
    """How far one record is."""
    return stages(conn, noun, (record_id,))[record_id]


def stages(conn: Connection, noun: str, ids: Iterable[str]) -> dict[str, Stage]:
    """How far each of these records is; ``saved`` for one that is not here."""
    wanted = list(dict.fromkeys(ids))
    listed = json.dumps(wanted)
    rows = conn.exec_driver_sql(
        "SELECT r.id, max(r.seq <= coalesce(s.durable, 0)) + 1 FROM json_each(?) j "  # noqa: S608
        f'JOIN "{noun}" t ON t.id = j.value '
        "JOIN received r ON r.scope = t.scope AND r.kind = ? AND r.id = j.value "
        "LEFT JOIN scope_state s ON s.scope = r.scope GROUP BY r.id",
        (listed, noun),
    )
    found: dict[str, int] = {row[0]: row[1] for row in rows}
    for record_id, place in conn.exec_driver_sql(
        f"SELECT o.record_id, min({_STAGE}) "  # noqa: S608
        f"{_OPS} WHERE o.record_id IN (SELECT value FROM json_each(?)) AND o.kind = ? "
        "AND coalesce(a.closed, 0) = 0 GROUP BY o.record_id",
        (listed, noun),
    ):
        found[record_id] = min(place, found.get(record_id, place))
    return {record_id: STAGES[found.get(record_id, 0)] for record_id in wanted}


def two_texts(conn: Connection, noun: str = "", record_id: str = "") -> tuple[TwoTexts, ...]:
    """The fields that hold two texts: of all records, of a noun, or of one record."""
    found: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for row in conn.exec_driver_sql(
        'SELECT kind, id, field, value, "by", at, oid, scope FROM variant '
        "WHERE (kind = ?1 OR ?1 = '') AND (id = ?2 OR ?2 = '') "
        "ORDER BY kind, id, field, seq = 0, seq, oid",
        (noun, record_id),
    ):
        found[row[0], row[1], row[2]].append(row)
    made = []
    for (kind, one, field), rows in found.items():
        if kind not in nouns or field not in shape_of(kind).columns:
            continue  # of a newer version; it is asked when this one knows the field
        shown = _shown(conn, kind, one, field)
        others = tuple(Wording(row[3], row[4], row[5], row[6]) for row in rows)
        made.append(TwoTexts(kind, one, field, shown, others, rows[0][7]))
    return tuple(made)


def _shown(conn: Connection, kind: str, record_id: str, field: str) -> Wording:
    value = conn.exec_driver_sql(
        f'SELECT "{field}" FROM "{kind}" WHERE id = ?',  # noqa: S608 - both are declared names
        (record_id,),
    ).scalar()
    text = str(value or "")
    # Whose words they are is known when the op that wrote them is here.
    row = conn.exec_driver_sql(
        'SELECT "by", at FROM op WHERE record_id = ? AND kind = ? '
        "AND body -> 'set' ->> ? = ? ORDER BY seq DESC LIMIT 1",
        (record_id, kind, field, text),
    ).first()
    return Wording(text, *(row or ("", "")))


# ---- what the centre said


def put_aside(conn: Connection) -> tuple[PutAside, ...]:
    """The changes the centre keeps apart, the oldest first; one it let in meanwhile is gone."""
    rows = conn.exec_driver_sql(
        f"{_NOTES} WHERE n.code = ? AND coalesce(p.seq, -1) < 0 "
        f"AND NOT {BROUGHT} "
        "ORDER BY n.noted_at, n.scope, n.device, n.n",
        (_QUARANTINED,),
    )
    return tuple(_put_aside(row) for row in rows)


def notes(conn: Connection, noun: str, record_id: str) -> tuple[PutAside, ...]:
    """Everything the centre said about the changes of a record: ``reason`` is ``conflict``,
    ``superseded``, or why it was put aside."""
    rows = conn.exec_driver_sql(
        f"{_NOTES} WHERE o.record_id = ? AND o.kind = ? ORDER BY n.noted_at, n.n",
        (record_id, noun),
    )
    return tuple(_put_aside(row) for row in rows)


def _put_aside(row: Any) -> PutAside:
    scope, device, n, code, detail, kind, record_id, by, at, body = row
    return PutAside(
        scope,
        device,
        n,
        detail if code == _QUARANTINED else code,
        detail,
        kind,
        record_id,
        by,
        at,
        json.loads(body),
    )


def recounted(conn: Connection, scope: str) -> int:
    """The digest over the rows of a scope as they really are here, put together again.

    Slow (10,000 rows: a second), for a thread; holds up no writer.
    """
    raw: Any = conn.connection.driver_connection
    return digest(row_hash(row) for row in received.everything(raw, scope))
