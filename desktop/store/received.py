# SPDX-License-Identifier: Apache-2.0
"""Records as the centre last said them, and how far each is shown as it came.

A record that is shown just as it came keeps its values in the noun's own table alone
(``tables/sync.py``). Reading puts it together again to the last digit, because the digest of a
scope is made over exactly what the centre said.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from desktop.model.chain import canonical
from desktop.store.schema import nouns
from desktop.store.shape import Fields, Shape, shape_of
from desktop.sync.row import DIGEST_MODULUS, Key, Row, Variant, Writer, row_hash

PAGE: Final = 500
_COLUMNS: Final = "kind, id, seq, deleted, mask, fields, extra, numbers, variants"
_KEEP: Final = (
    "INSERT OR REPLACE INTO received "
    "(scope, kind, id, seq, deleted, hash, mask, fields, extra, numbers, variants) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def keep(raw: Any, scope: str, rows: Iterable[tuple[Row, bool]]) -> None:
    """Keep rows as they came; each with whether the noun's own table shows just these values."""
    raw.executemany(_KEEP, [_line(scope, row, shown=shown) for row, shown in rows])


def forget(raw: Any, scope: str) -> None:
    """Drop what came of a scope; the nouns' own tables stay."""
    raw.execute("DELETE FROM received WHERE scope = ?", (scope,))


def drop(raw: Any, scope: str, keys: Iterable[Key]) -> None:
    """Drop rows that the centre does not have."""
    raw.executemany(
        "DELETE FROM received WHERE scope = ? AND kind = ? AND id = ?",
        [(scope, *key) for key in keys],
    )


def numbers(raw: Any, scope: str, keys: Iterable[Key]) -> dict[Key, int]:
    """The numbers of those of these records that came."""
    found: dict[Key, int] = {}
    for kind, ids in _by_kind(keys).items():
        lines = raw.execute(
            "SELECT id, seq FROM received WHERE scope = ? AND kind = ? "
            "AND id IN (SELECT value FROM json_each(?))",
            (scope, kind, json.dumps(ids)),
        ).fetchall()
        found |= {(kind, line[0]): line[1] for line in lines}
    return found


def _by_kind(keys: Iterable[Key]) -> dict[str, list[str]]:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, record_id in keys:
        by_kind[kind].append(record_id)
    return by_kind


def digest(raw: Any, scope: str) -> int:
    """The sum of the row hashes of a scope, modulo 2**64."""
    # Two halves: SQLite has no unsigned numbers, and its sum must not run over.
    high, low = raw.execute(
        "SELECT coalesce(sum((hash >> 32) & 4294967295), 0), "
        "coalesce(sum(hash & 4294967295), 0) FROM received WHERE scope = ?",
        (scope,),
    ).fetchone()
    return int(((high << 32) + low) % DIGEST_MODULUS)


def rows(raw: Any, scope: str, keys: Iterable[Key]) -> dict[Key, Row]:
    """Those of these records that came."""
    found: dict[Key, Row] = {}
    for kind, ids in _by_kind(keys).items():
        lines = raw.execute(
            f"SELECT {_COLUMNS} FROM received WHERE scope = ? AND kind = ? "  # noqa: S608
            "AND id IN (SELECT value FROM json_each(?))",
            (scope, kind, json.dumps(ids)),
        ).fetchall()
        found |= {row.key: row for row in _read(raw, lines)}
    return found


def everything(raw: Any, scope: str) -> Iterator[Row]:
    """All rows of a scope, in the order of kind and id."""
    kind, last = "", ""
    while lines := raw.execute(
        f"SELECT {_COLUMNS} FROM received WHERE scope = ? AND (kind, id) > (?, ?) "  # noqa: S608
        "ORDER BY kind, id LIMIT ?",
        (scope, kind, last, PAGE),
    ).fetchall():
        kind, last = lines[-1][0], lines[-1][1]
        yield from _read(raw, lines)


def shown_as_it_came(row: Row, shown: Row) -> bool:
    """Whether the noun's table, which holds ``shown``, gives ``row`` back exactly."""
    if row.kind not in nouns:
        return True  # there is no table: all of it is in ``extra``
    if shown.deleted != row.deleted or shown.fields.keys() != row.fields.keys():
        return False
    shape = shape_of(row.kind)
    for name, value in row.fields.items():
        here = shown.fields[name]
        # ``==`` is not enough: 1, 1.0 and true are one to Python, and three on the wire.
        if here is not value and canonical(here) != canonical(value):
            return False
        if name in shape.columns and not shape.exact(name, value):
            return False
    return True


def copy_before_change(raw: Any, kind: str, held: Sequence[tuple[str, str, Any]]) -> None:
    """Copy the values of received records before their row here changes.

    ``held``: id, scope of the row, and its columns as the file holds them.
    """
    shape = shape_of(kind)
    masks = {
        (line[0], line[1]): line[2]
        for line in raw.execute(
            "SELECT r.id, r.scope, r.mask FROM json_each(?) j JOIN received r "
            "ON r.scope = j.value ->> 1 AND r.kind = ? AND r.id = j.value ->> 0 "
            "WHERE r.fields IS NULL",
            (json.dumps([[one[0], one[1]] for one in held]), kind),
        ).fetchall()
    }
    raw.executemany(
        "UPDATE received SET fields = ? WHERE scope = ? AND kind = ? AND id = ?",
        [
            (canonical(shape.masked(masks[record_id, scope], raws)), scope, kind, record_id)
            for record_id, scope, raws in held
            if (record_id, scope) in masks
        ],
    )


def _line(scope: str, row: Row, *, shown: bool) -> tuple[Any, ...]:
    shape = shape_of(row.kind) if row.kind in nouns else None
    known, extra = split(shape, row.fields)
    variants = [[v.field, v.value, v.oid, v.seq, v.device, v.by, v.at] for v in row.variants]
    return (
        scope,
        row.kind,
        row.id,
        row.seq,
        int(row.deleted),
        _signed(row_hash(row)),
        shape.mask(known) if shape else 0,
        None if shown else canonical(known),
        canonical(extra) if extra else None,
        _numbers(row),
        canonical(variants) if variants else None,
    )


def split(shape: Shape | None, fields: Fields) -> tuple[Fields, Fields]:
    """The fields this version has columns for, and the others."""
    if shape is None:
        return {}, dict(fields)
    if fields.keys() <= shape.columns.keys():
        return fields, {}
    known = {name: value for name, value in fields.items() if name in shape.columns}
    return known, {name: value for name, value in fields.items() if name not in known}


def _numbers(row: Row) -> str | None:
    numbers = {n: row.writers[n].seq for n in row.fields if n in row.writers}
    if all(seq == row.seq for seq in numbers.values()):
        return None
    ((common, _count),) = Counter(numbers.values()).most_common(1)
    return canonical({n: seq for n, seq in numbers.items() if seq != common} | {"": common})


def _signed(value: int) -> int:
    return value - DIGEST_MODULUS if value >= DIGEST_MODULUS // 2 else value


def _read(raw: Any, lines: Sequence[Any]) -> list[Row]:
    """Rows from lines of ``_COLUMNS``, with the values that stand in the nouns' tables."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for kind, record_id, _seq, _deleted, mask, fields, *_rest in lines:
        if fields is None and mask:
            wanted[kind].append(record_id)
    typed: dict[Key, Any] = {}
    for kind, ids in wanted.items():
        for found in raw.execute(shape_of(kind).select_many, (json.dumps(ids),)).fetchall():
            typed[kind, found[0]] = found[3:]
    made = []
    for kind, record_id, seq, deleted, mask, fields, extra, numbers, variants in lines:
        if fields is not None:
            values = json.loads(fields)
        elif mask:
            values = shape_of(kind).masked(mask, typed[kind, record_id])
        else:
            values = {}
        if extra is not None:
            values |= json.loads(extra)
        told = json.loads(numbers) if numbers is not None else {}
        common = told.get("", seq)
        made.append(
            Row(
                kind,
                record_id,
                seq,
                bool(deleted),
                values,
                {name: Writer(told.get(name, common)) for name in values},
                [Variant(*one) for one in json.loads(variants)] if variants else [],
            )
        )
    return made
