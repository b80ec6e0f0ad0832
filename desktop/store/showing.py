# SPDX-License-Identifier: Apache-2.0
"""Rows that were said elsewhere, let people see them: the nouns' own tables, without an op.

A row is shown whole. What it does not name is empty, what a column cannot hold is shown as
nothing (it stays in ``received``), and a kind without a table is not shown at all.

A record stands in one scope here. It may have moved: its tombstone in the old scope then says
nothing about the row in the new one, whichever of the two comes first.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from desktop.store import following, received
from desktop.store.schema import nouns, only_grow
from desktop.store.shape import Shape, quoted, shape_of
from desktop.store.write import Write
from desktop.sync.row import Key, Row

_VARIANTS: Final = (
    'INSERT OR REPLACE INTO variant (kind, id, oid, field, scope, value, seq, device, "by", at) '
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_WHOSE: Final = frozenset({"office", "facilitator"})
_SENT: Final = (
    "AND sha256 NOT IN (SELECT sha256 FROM attachment_file "
    "WHERE sha256 NOT IN (SELECT sha256 FROM upload WHERE sent_at <> '')) "
)


@dataclass(slots=True)
class _Lines:
    """What is to be written of one noun."""

    fresh: list[tuple[Any, ...]] = field(default_factory=list)
    changed: list[tuple[Any, ...]] = field(default_factory=list)
    marked: list[tuple[Any, ...]] = field(default_factory=list)
    """Facts of which only the tombstone changes."""
    replaced: list[tuple[Any, ...]] = field(default_factory=list)
    """Facts of which another was first at the centre."""
    before: list[tuple[str, str, Any]] = field(default_factory=list)
    """Id, scope and columns of rows that are there and change."""


def show(write: Write, scope: str, rows: Iterable[Row], *, part: bool = False) -> dict[Key, Row]:
    """Write these rows of ``scope``; returns those that the nouns' tables now hold.

    ``part``: the rows are told in part, and what they do not name stays as it is here.
    """
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    shown: dict[Key, Row] = {}
    for kind, group in by_kind.items():
        if kind in nouns:
            shown |= _show(write, kind, scope, group, part=part)
        else:
            shown |= {row.key: row for row in group}
    return shown


def _show(
    write: Write, kind: str, scope: str, rows: Sequence[Row], *, part: bool
) -> dict[Key, Row]:
    raw: Any = write.conn.connection.driver_connection
    shape, lines, now = shape_of(kind), _Lines(), write.now().utc
    listed = json.dumps([row.id for row in rows])
    held = {line[0]: line for line in raw.execute(shape.select_many, (listed,)).fetchall()}
    shown: dict[Key, Row] = {}
    for row in {row.id: row for row in rows}.values():
        there = held.get(row.id)
        if there is None and not row.fields:
            continue  # nothing to see, and nothing was here
        if (
            there is not None
            and there[1] != scope
            and (row.deleted or following.leaving(raw, kind, row.id, scope, there[1]))
        ):
            continue  # moved away: it is what its new scope says
        shown[row.key] = row
        rest = dict(zip(shape.columns, there[3:], strict=True)) if part and there else shape.empty
        _sort(lines, shape, (scope, now), row, there, rest)
    if lines.before:
        received.copy_before_change(raw, kind, lines.before)
    _write(raw, shape, lines)
    _variants(raw, kind, scope, shown.values())
    if shown:
        write.touch(kind, [row_id for _kind, row_id in shown])
    left = [row.id for row in shown.values() if row.deleted and not row.fields and row.id in held]
    if left and not part:
        # It had come back to life here meanwhile, and lies where it was moved to.
        for other, alive in following.elsewhere(raw, kind, left, scope).items():
            _show(write, kind, other, alive, part=False)
    return shown


def _sort(
    lines: _Lines,
    shape: Shape,
    place: tuple[str, str],
    row: Row,
    there: Sequence[Any] | None,
    rest: Mapping[str, Any],
) -> None:
    (scope, now), fields, deleted = place, row.fields, int(row.deleted)
    values = tuple(
        shape.fitted(name, fields[name]) if name in fields else rest[name]
        for name in shape.columns
    )
    if there is None:
        lines.fresh.append((row.id, scope, deleted, now, *values))
        return
    same = there[1] == scope and tuple(there[3:]) == values
    if same and there[2] == deleted:
        return
    lines.before.append((row.id, there[1], there[3:]))
    if same:
        lines.marked.append((deleted, now, row.id))
    elif shape.noun in only_grow:
        lines.replaced.append((row.id, scope, deleted, now, *values))
    else:
        lines.changed.append((scope, deleted, now, *values, row.id))


def _write(raw: Any, shape: Shape, lines: _Lines) -> None:
    names = quoted(["id", "scope", "deleted", "changed_at", *shape.columns])
    into = f'INTO "{shape.noun}" ({", ".join(names)}) VALUES ({", ".join("?" * len(names))})'
    raw.executemany(f"INSERT {into}", lines.fresh)
    # The triggers refuse an UPDATE of a fact. A fact that was written elsewhere first takes the
    # place of ours as a whole; ours stays in the op log, and the centre tells of it.
    raw.executemany(f"INSERT OR REPLACE {into}", lines.replaced)
    raw.executemany(
        f'UPDATE "{shape.noun}" SET deleted = ?, changed_at = ? WHERE id = ?',  # noqa: S608
        lines.marked,
    )
    raw.executemany(
        f'UPDATE "{shape.noun}" SET {", ".join(f"{name} = ?" for name in names[1:])} '  # noqa: S608
        "WHERE id = ?",
        lines.changed,
    )


def hide(write: Write, scope: str) -> None:
    """Nobody sees the records of ``scope`` any more, until they are shown again.

    Of what others wrote nothing is kept but the ids; records that were written to here keep
    their words, which stand in this laptop's log for good anyway. A file that is only here keeps
    its row: without one it would be put away (``tidy.py``). The office and its people are whose
    laptop this is; without them no page would open, and no unsent work could be handed over.
    """
    raw: Any = write.conn.connection.driver_connection
    for kind in nouns:
        if kind in _WHOSE:
            continue
        gone = raw.execute(
            f'UPDATE "{kind}" SET deleted = 1 WHERE scope = ? AND deleted = 0 '  # noqa: S608
            f"{_SENT if kind == 'attachment' else ''}RETURNING id",
            (scope,),
        ).fetchall()
        if gone:
            write.touch(kind, [row[0] for row in gone])
        _blank(raw, kind, scope)
    raw.execute("DELETE FROM variant WHERE scope = ?", (scope,))


def _blank(raw: Any, kind: str, scope: str) -> None:
    """Empty the records of a scope that are hidden and were never written to here."""
    shape = shape_of(kind)
    names, empty = quoted(shape.empty), tuple(shape.empty.values())
    others = (
        "scope = ? AND deleted = 1 "
        "AND id NOT IN (SELECT record_id FROM op WHERE scope = ? AND kind = ?)"
    )
    if kind in only_grow:
        raw.execute(
            f'INSERT OR REPLACE INTO "{kind}" (id, scope, deleted, changed_at, '  # noqa: S608
            f"{', '.join(names)}) SELECT id, scope, 1, changed_at, {', '.join('?' * len(names))} "
            f'FROM "{kind}" WHERE {others}',
            (*empty, scope, scope, kind),
        )
    else:
        raw.execute(
            f'UPDATE "{kind}" SET {", ".join(f"{name} = ?" for name in names)} '  # noqa: S608
            f"WHERE {others}",
            (*empty, scope, scope, kind),
        )


def _variants(raw: Any, kind: str, scope: str, rows: Iterable[Row]) -> None:
    rows = list(rows)
    raw.execute(
        "DELETE FROM variant WHERE kind = ? AND id IN (SELECT value FROM json_each(?))",
        (kind, json.dumps([row.id for row in rows])),
    )
    raw.executemany(
        _VARIANTS,
        [
            (kind, row.id, v.oid, v.field, scope, v.value, v.seq, v.device, v.by, v.at)
            for row in rows
            for v in row.variants
        ],
    )
