# SPDX-License-Identifier: Apache-2.0
"""What a move left behind is brought along to where the record lies now.

Two people who do not see each other's work: one moves a record (a case becomes restricted, a
household goes to another tambon), the other changes it where it was. Whoever comes second to the
centre hears of it. The author whose change was put aside as ``moved`` has it said again in the new
scope, in her own name, if her laptop holds that; a mover whose tombstone did not count, because
there were changes she had not seen, brings those along and leaves the old scope once more. Texts
are laid beside what stands there (``salvage``): nothing is replaced.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from desktop.model.merging import is_text, merging
from desktop.store import received
from desktop.store.schema import nouns
from desktop.store.shape import shape_of
from desktop.sync.row import Row

if TYPE_CHECKING:
    from desktop.store.write import Write

BROUGHT: Final = (
    "EXISTS (SELECT 1 FROM op_note f WHERE f.scope = o.scope AND f.device = o.device "
    "AND f.n = o.n AND f.code = 'followed')"
)
"""SQL: the words of op ``o`` were brought along, which is noted beside it."""
_WAITING: Final = (
    'SELECT n.scope, n.device, n.n, n.code, o.kind, o.record_id, o."by", o.body FROM op_note n '  # noqa: S608
    "JOIN op o ON o.scope = n.scope AND o.device = n.device AND o.n = n.n "
    "WHERE (n.code = 'quarantined' AND n.detail = 'moved' "
    f" OR n.code = 'superseded' AND o.body ->> 'to' IS NOT NULL) AND NOT {BROUGHT}"
)
_LEAVING: Final = (
    "SELECT 1 FROM op o LEFT JOIN op_place p ON p.op = o.seq "  # noqa: S608
    "WHERE o.kind = ? AND o.record_id = ? AND o.scope = ? AND o.body ->> 'to' = ? "
    "AND (p.seq IS NULL OR EXISTS (SELECT 1 FROM op_note n WHERE n.scope = o.scope "
    f" AND n.device = o.device AND n.n = o.n AND n.code = 'superseded') AND NOT {BROUGHT}) "
    "LIMIT 1"
)


def leaving(raw: Any, kind: str, record_id: str, scope: str, lies: str) -> bool:
    """Whether this laptop moved the record from ``scope`` to where it lies, and the centre did
    not let it count yet."""
    return raw.execute(_LEAVING, (kind, record_id, scope, lies)).fetchone() is not None


def elsewhere(raw: Any, kind: str, ids: Iterable[str], scope: str) -> dict[str, list[Row]]:
    """Records that are alive in other scopes of which this laptop has received them, by scope."""
    found: dict[str, list[Row]] = {}
    lines = raw.execute(
        "SELECT id, scope FROM received WHERE kind = ? AND scope <> ? AND deleted = 0 "
        "AND id IN (SELECT value FROM json_each(?))",
        (kind, scope, json.dumps(list(ids))),
    ).fetchall()
    for record_id, other in lines:
        rows = received.rows(raw, other, [(kind, record_id)])
        found.setdefault(other, []).extend(rows.values())
    return found


def follow(write: Write) -> int:
    """Bring along what can be; how many changes were."""
    raw: Any = write.conn.connection.driver_connection
    count = 0
    for scope, device, n, code, kind, record_id, by, text in raw.execute(_WAITING).fetchall():
        if kind not in nouns:
            continue
        lies = raw.execute(shape_of(kind).select, (record_id,)).fetchone()
        if lies is None or lies[0] == scope or lies[1]:
            continue
        body = json.loads(text)
        if code == "superseded":
            if lies[0] != body["to"] or not _leave(write, scope, lies[0], by, body):
                continue
        elif not _bring(write, lies[0], by, body):
            continue
        raw.execute(
            "INSERT INTO op_note (scope, device, n, code, detail, noted_at) "
            "VALUES (?, ?, ?, 'followed', ?, ?)",
            (scope, device, n, lies[0], write.now().utc),
        )
        count += 1
    return count


def _bring(write: Write, scope: str, by: str, body: dict[str, Any]) -> bool:
    """Say the texts and elements of an op again where the record lies."""
    kind, rules = body["kind"], merging(body["kind"])
    words = {
        name: value
        for name, value in body.get("set", {}).items()
        if is_text(kind, name, value) or name in rules.sets
    }
    words |= body.get("add", {})
    if (
        body.get("del")
        or rules.frozen
        or words.keys()
        != (body.get("set", {}).keys() | body.get("add", {}).keys() | body.get("rm", {}).keys())
    ):
        return False  # what cannot be laid beside stays in the tray, for a person to see
    for name, value in words.items():
        _lay(write, kind, body["id"], scope, by, name, value)
    return True


def _leave(write: Write, scope: str, to: str, by: str, body: dict[str, Any]) -> bool:
    """Take along what the mover had not seen, and leave the old scope again."""
    raw: Any = write.conn.connection.driver_connection
    kind, record_id = body["kind"], body["id"]
    row = received.rows(raw, scope, [(kind, record_id)]).get((kind, record_id))
    if row is None or row.deleted or row.seq <= body["base"]:
        return False  # what was not seen has not come yet
    rules = merging(kind)
    for name, value in row.fields.items():
        writer = row.writers.get(name)
        unseen = writer is not None and writer.shown > body["base"]
        if unseen and (is_text(kind, name, value) or name in rules.sets):
            _lay(write, kind, record_id, to, by, name, value)
    for one in row.variants:
        if one.seq > body["base"]:
            _lay(write, kind, record_id, to, by, one.field, one.value)
    gone = write.seen(shape_of(kind), record_id, scope, None)
    write.log.note(kind, record_id, scope, by, {"del": True, "to": to}, gone)
    return True


def _lay(
    write: Write, kind: str, record_id: str, scope: str, by: str, name: str, value: Any
) -> None:
    """Let a text wait beside the one that is there, or add elements, unless it is there."""
    raw: Any = write.conn.connection.driver_connection
    shape = shape_of(kind)
    if name not in shape.columns:
        write.rescue(kind, record_id, scope, {name: value}, by=by)
        return
    (there,) = raw.execute(
        f'SELECT "{name}" FROM "{kind}" WHERE id = ?',  # noqa: S608
        (record_id,),
    ).fetchone()
    held = shape.decode(name, there)
    if isinstance(value, list):
        if set(value) - set(held or ()):
            write.rescue(kind, record_id, scope, {name: value}, by=by)
        return
    waits = raw.execute(
        "SELECT 1 FROM variant WHERE kind = ? AND id = ? AND field = ? AND value = ?",
        (kind, record_id, name, value),
    ).fetchone()
    if value and value != held and waits is None:
        write.wait_again(kind, record_id, scope, name, value, by=by)
