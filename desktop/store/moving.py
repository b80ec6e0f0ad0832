# SPDX-License-Identifier: Apache-2.0
"""A record that goes into another scope: a case that becomes restricted, a household that moves.

Scopes are what people may receive, so the old one keeps nothing but the word that the record is
elsewhere, and the new one hears all of it: every field, also those that only a newer version
knows, and the texts that wait to be chosen. ``from`` says that the record comes home when it had
lain there before.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from desktop.model.seen import Changing
from desktop.store.seen import keep_what_came
from desktop.store.shape import Fields, Shape, shape_of
from desktop.store.step import Step

if TYPE_CHECKING:
    from desktop.store.write import Write


def move(write: Write, noun: str, record_id: str, scope: str) -> bool:
    """Move the record; False if it lies in ``scope``. ``KeyError`` if there is no record."""
    raw: Any = write.conn.connection.driver_connection
    shape = shape_of(noun)
    found = raw.execute(shape.select, (record_id,)).fetchone()
    if found is None:
        raise KeyError(f"no {noun} with this id")
    before = found[0]
    if before == scope:
        return False
    held = dict(zip(shape.columns, found[2:], strict=True))
    body = _whole(raw, shape, record_id, before, held)
    gone: Fields = {"del": True, "to": scope}
    here = write.seen(shape, record_id, before, None)
    there = write.seen(shape, record_id, scope, Changing(body["set"], shape.elements(body)))
    keep_what_came(raw, shape, record_id, before, held)
    keep_what_came(raw, shape, record_id, scope, held)
    raw.execute(
        f'UPDATE "{noun}" SET scope = ?, changed_at = ? WHERE id = ?',  # noqa: S608
        (scope, write.now().utc, record_id),
    )
    waiting = raw.execute(
        "SELECT field, value FROM variant WHERE kind = ? AND id = ? ORDER BY seq, oid",
        (noun, record_id),
    ).fetchall()
    raw.execute("DELETE FROM variant WHERE kind = ? AND id = ?", (noun, record_id))
    write.touch(noun, (record_id,))
    write.log.note(noun, record_id, before, write.by, gone, here)
    said = body | {"from": before} | ({"del": True} if found[1] else {})
    write.log.note(noun, record_id, scope, write.by, said, there)
    for field, value in waiting:
        write.wait_again(noun, record_id, scope, field, value)
    write.audit("move", noun, record_id)
    write.undo.steps.append(Step(noun, record_id, {}, {}, moved=(before, scope)))
    return True


def move_back(write: Write, noun: str, record_id: str, before: str, scope: str) -> bool:
    """Take a move back; False if the record lies elsewhere by now."""
    raw: Any = write.conn.connection.driver_connection
    found = raw.execute(shape_of(noun).select, (record_id,)).fetchone()
    if found is None or found[0] != scope:
        return False
    return move(write, noun, record_id, before)


def _whole(raw: Any, shape: Shape, record_id: str, scope: str, held: Fields) -> dict[str, Any]:
    plain = {name: shape.decode(name, value) for name, value in held.items()}
    body = shape.difference(dict.fromkeys(plain), plain)
    row = raw.execute(
        "SELECT extra FROM received WHERE scope = ? AND kind = ? AND id = ?",
        (scope, shape.noun, record_id),
    ).fetchone()
    unknown = json.loads(row[0]) if row and row[0] else {}
    body["set"] = {n: v for n, v in {**unknown, **body["set"]}.items() if v is not None}
    return body
