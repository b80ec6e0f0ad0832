# SPDX-License-Identifier: Apache-2.0
"""What the author of a change had on the screen: the ``base`` and ``saw`` of an op.

``base`` is the number of the record as it was received; everything the centre numbered up to it
was seen. ``saw`` names what ``base`` cannot: ops that have no such number yet, this laptop's own
and those it got in a hall. An op without them is taken for one whose author saw neither.

Which ops those are for a text, a scalar and a set is said in ``model/seen.py``. Own ops are named
like others': the centre may put one aside and let it in after later ones of its stream, and a copy
of this laptop may know them under another name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from desktop.model.chain import canonical
from desktop.model.seen import Changing, Replaced, replaced
from desktop.store.shape import Shape

_RECEIVED: Final = (
    "SELECT seq, fields IS NULL, mask FROM received WHERE scope = ? AND kind = ? AND id = ?"
)
_GUEST: Final = "SELECT seq, epoch, saw FROM guest_row WHERE kind = ? AND id = ?"
_UNCOVERED: Final = (
    "SELECT o.body FROM op o LEFT JOIN op_place p ON p.op = o.seq "
    "LEFT JOIN stream_ack a ON a.scope = o.scope AND a.device = o.device "
    "WHERE o.record_id = ? AND o.kind = ? AND o.scope = ? AND coalesce(a.closed, 0) = 0 "
    "AND (p.seq IS NULL OR p.seq < 0 OR p.seq > ?)"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """The state a person changed."""

    base: int = 0
    above: Replaced = field(default_factory=Replaced)

    def body(self) -> dict[str, Any]:
        """Its part of the op."""
        return {"base": self.base} | self.above.body()


NOTHING: Final = Seen()


def seen(
    raw: Any,
    shape: Shape,
    record: tuple[str, str],
    changing: Changing | None,
    pending: Iterable[Mapping[str, Any]] = (),
) -> Seen:
    """What the author sees who changes a record (id, scope).

    ``changing`` is None for a deletion; ``pending`` are the bodies of ops of the same transaction.
    """
    record_id, scope = record
    base, guest = _base(raw, shape.noun, record_id, scope)
    rows = raw.execute(_UNCOVERED, (record_id, shape.noun, scope, base)).fetchall()
    bodies = [json.loads(row[0]) for row in rows]
    above = replaced(changing, shape.merged_texts, [*bodies, *pending])
    return Seen(base, Replaced(above.saw | guest, above.unseen))


def _base(raw: Any, noun: str, record_id: str, scope: str) -> tuple[int, set[str]]:
    row = raw.execute(_RECEIVED, (scope, noun, record_id)).fetchone()
    if row is not None:
        return int(row[0]), set()
    guest = raw.execute(_GUEST, (noun, record_id)).fetchone()
    if guest is None:
        return 0, set()
    return (int(guest[0]) if guest[1] == epoch(raw) else 0), set(json.loads(guest[2]))


def epoch(raw: Any) -> int:
    """The history of the centre that new ops are counted in."""
    row = raw.execute("SELECT value FROM centre WHERE key = 'epoch'").fetchone()
    return int(json.loads(row[0])) if row else 0


# ---- copy on write


def keep_what_came(
    raw: Any, shape: Shape, record_id: str, scope: str, held: Mapping[str, Any]
) -> None:
    """Copy the values of a received record before they are changed here for the first time.

    ``held``: the columns as the file holds them.
    """
    row = raw.execute(_RECEIVED, (scope, shape.noun, record_id)).fetchone()
    if row is None or not row[1]:
        return
    raw.execute(
        "UPDATE received SET fields = ? WHERE scope = ? AND kind = ? AND id = ?",
        (
            canonical(shape.masked(row[2], [held[name] for name in shape.columns])),
            scope,
            shape.noun,
            record_id,
        ),
    )


def drop_own_variants(
    raw: Any, noun: str, record_id: str, device: str, fields: Iterable[str]
) -> None:
    """Own newer words replace the own words that waited to be chosen."""
    raw.execute(
        "DELETE FROM variant WHERE kind = ? AND id = ? AND device = ? "
        "AND field IN (SELECT value FROM json_each(?))",
        (noun, record_id, device, json.dumps(list(fields))),
    )


def shown_variants(raw: Any, noun: str, record_id: str, oids: Iterable[str]) -> list[Any]:
    """``(field, value)`` of the texts that wait and are named; they wait no more."""
    listed = json.dumps(list(oids))
    where = "WHERE kind = ? AND id = ? AND oid IN (SELECT value FROM json_each(?))"
    found = raw.execute(
        f"SELECT field, value FROM variant {where} ORDER BY seq, oid",  # noqa: S608
        (noun, record_id, listed),
    ).fetchall()
    raw.execute(f"DELETE FROM variant {where}", (noun, record_id, listed))  # noqa: S608
    return list(found)
