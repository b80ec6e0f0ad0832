# SPDX-License-Identifier: Apache-2.0
"""What only a newer version knew, shown now that this one knows it too.

Fields and whole records of newer versions wait in ``received.extra``. After a migration those
that have got a column or a table of their own are shown there.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection

from desktop.store import centre, received, showing
from desktop.store.schema import nouns, only_grow
from desktop.store.shape import quoted, shape_of
from desktop.store.write import Write
from desktop.sync.row import Row

_DONE: Final = "adopted"
_WAITING: Final = (
    "SELECT scope, kind, id, fields IS NULL FROM received WHERE extra IS NOT NULL ORDER BY scope"
)


def wanted(conn: Connection, version: int) -> bool:
    """Whether something may wait for this version of the file."""
    waits = conn.exec_driver_sql("SELECT 1 FROM received WHERE extra IS NOT NULL LIMIT 1").first()
    return waits is not None and centre.value(conn, _DONE) != version


def adopt(write: Write, version: int) -> None:
    """Show all that this version knows and an earlier one did not."""
    raw: Any = write.conn.connection.driver_connection
    count = 0
    for scope, kind, record_id, as_it_came in raw.execute(_WAITING).fetchall():
        if kind not in nouns:
            continue
        (row,) = received.rows(raw, scope, [(kind, record_id)]).values()
        shape = shape_of(kind)
        (mask,) = raw.execute(
            "SELECT mask FROM received WHERE scope = ? AND kind = ? AND id = ?",
            (scope, kind, record_id),
        ).fetchone()
        fresh = [n for n, bit in shape.bits.items() if n in row.fields and not mask & bit]
        if not fresh:
            continue
        count += 1
        if as_it_came or kind in only_grow:
            shown = showing.show(write, scope, [row]).get(row.key)
            same = shown is not None and received.shown_as_it_came(row, shown)
        else:
            _fill(write, scope, row, fresh)
            same = False
        received.keep(raw, scope, [(row, same)])
    if count:
        write.audit("adopt", "sync", detail=str(count))
    centre.keep(write, _DONE, version)


def _fill(write: Write, scope: str, row: Row, names: list[str]) -> None:
    """Show the new fields of a record of which others were changed here; those stay."""
    shape = shape_of(row.kind)
    write.conn.exec_driver_sql(
        f'UPDATE "{row.kind}" SET {", ".join(f"{name} = ?" for name in quoted(names))} '  # noqa: S608
        "WHERE id = ? AND scope = ?",
        (*(shape.fitted(name, row.fields[name]) for name in names), row.id, scope),
    )
    write.touch(row.kind, (row.id,))
