# SPDX-License-Identifier: Apache-2.0
"""How a record stands in the table ``rec``, and back."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import Any, Final, NamedTuple

from desktop.model.chain import canonical
from desktop.sync.row import (
    Row,
    WireText,
    row_hash,
    row_to_wire,
    variants_from_state,
    variants_to_state,
    writers_from_state,
    writers_to_state,
)

_SIGN: Final = 2**63
_ALL: Final = 2**64
_ONE_LINE: Final = 5
"""Brackets that open in the writers of a row that has a single one."""


class PackedRow(NamedTuple):
    """A row in the order of the columns; ``fields``, ``writers``, ``variants`` as JSON."""

    seq: int
    kind: str
    id: str
    deleted: bool
    fields: Any
    writers: Any
    variants: Any
    hash: int
    size: int


def signed(number: int) -> int:
    """64 bits as the database's signed number."""
    return number - _ALL if number >= _SIGN else number


def unsigned(number: int) -> int:
    """The 64 bits that :func:`signed` gave away."""
    return number % _ALL


def packed(row: Row) -> PackedRow:
    """``row`` as it is kept."""
    fields = canonical(row.fields)
    # The fields are most of a row: they are written out once, and counted where they would be.
    wire = row_to_wire(row)
    wire[4] = {}
    return PackedRow(
        row.seq,
        row.kind,
        row.id,
        row.deleted,
        fields,
        canonical(writers_to_state(row.writers)),
        canonical(variants_to_state(row.variants)),
        signed(row_hash(row)),
        len(canonical(wire).encode()) - 2 + len(fields.encode()),
    )


def unpacked(kept: PackedRow) -> Row:
    """The row that :func:`packed` kept."""
    return Row(
        kept.kind,
        kept.id,
        kept.seq,
        bool(kept.deleted),
        parsed(kept.fields),
        writers_from_state(parsed(kept.writers)),
        variants_from_state(parsed(kept.variants)),
    )


def written(kept: PackedRow) -> WireText:
    """The row that :func:`packed` kept, as it is sent; its columns are text.

    What nobody has to look into goes on as it stands: most of what a centre does is this.
    """
    writers: str = kept.writers
    # Most rows were written whole by one op, the last, and nothing is to be said of writers:
    # one line of plain names, then this number, and at its end nobody seen and shown since ever.
    plainly = (
        kept.variants == "[]"
        and writers.endswith(",[],[],0]]")
        and writers.count("[") == _ONE_LINE
        and "\\" not in writers
        and f'],{kept.seq},"' in writers
    )
    if not plainly:
        return WireText(canonical(row_to_wire(unpacked(kept))))
    return WireText(
        f"[{kept.seq},{encode_basestring(kept.kind)},{encode_basestring(kept.id)},"
        f"{int(kept.deleted)},{kept.fields}]"
    )


def parsed(value: Any) -> Any:
    """What a JSON column holds; PostgreSQL's driver has parsed it already."""
    return json.loads(value) if isinstance(value, str) else value
