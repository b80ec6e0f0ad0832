# SPDX-License-Identifier: Apache-2.0
"""Texts that two people wrote apart and nobody has chosen from: how many, where, since when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, and_, select

from desktop.centre.record import PackedRow, parsed, unpacked
from desktop.centre.reports import account_names, device_names, has_variants
from desktop.centre.schema import op, rec
from desktop.sync.row import variants_from_state

_MOST_OPEN: Final = 20_000
"""Records; more are not read for one page."""


@dataclass(frozen=True, slots=True)
class OpenArea:
    """How many records of one scope have two texts or more, and since when."""

    scope: str
    records: int
    texts: int
    oldest: str
    """When the centre received the oldest of them."""


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """One record with texts that wait."""

    scope: str
    kind: str
    id: str
    texts: int
    fields: tuple[str, ...]
    since: str


def open_records(conn: Connection, scope: str = "") -> tuple[OpenRecord, ...]:
    """Records with texts that wait, the oldest first; of one scope when it is named."""
    which = [has_variants()] + ([rec.c.scope == scope] if scope else [])
    rows = conn.execute(
        select(rec.c.scope, rec.c.kind, rec.c.id, rec.c.variants).where(*which).limit(_MOST_OPEN)
    ).all()
    waiting = [(row, variants_from_state(parsed(row.variants))) for row in rows]
    seqs: dict[str, set[int]] = {}
    for row, variants in waiting:
        seqs.setdefault(row.scope, set()).update(variant.seq for variant in variants)
    received: dict[tuple[str, int], str] = {}
    for where, numbers in seqs.items():
        for found in conn.execute(
            select(op.c.seq, op.c.received_at)
            .where(and_(op.c.scope == where, op.c.seq.in_(numbers)))
        ):  # fmt: skip
            received[where, found.seq] = found.received_at
    return tuple(sorted(
        (
            OpenRecord(
                row.scope, row.kind, row.id, len(variants),
                tuple(sorted({variant.field for variant in variants})),
                min((received.get((row.scope, v.seq), v.at) for v in variants), default=""),
            )
            for row, variants in waiting
        ),
        key=lambda one: one.since,
    ))  # fmt: skip


def open_areas(records: Iterable[OpenRecord]) -> tuple[OpenArea, ...]:
    """The same by scope, the one with the oldest first."""
    by_scope: dict[str, list[OpenRecord]] = {}
    for record in records:
        by_scope.setdefault(record.scope, []).append(record)
    return tuple(
        OpenArea(scope, len(found), sum(one.texts for one in found), found[0].since)
        for scope, found in by_scope.items()
    )


@dataclass(frozen=True, slots=True)
class OneText:
    """One of two or more texts."""

    field: str
    value: str
    at: str
    by: str
    """Name of the account, or its id when the centre does not know it."""
    device: str
    shown: bool
    """Whether it is the one people see now."""


def texts(conn: Connection, scope: str, kind: str, record_id: str) -> tuple[OneText, ...]:
    """The texts of one record that wait, each field's shown one first."""
    found = conn.execute(
        select(*(rec.c[name] for name in PackedRow._fields)).where(
            rec.c.scope == scope, rec.c.kind == kind, rec.c.id == record_id
        )
    ).first()
    if found is None:
        return ()
    row = unpacked(PackedRow(*found))
    numbers = {writer.seq for writer in row.writers.values()}
    said = {
        one.seq: one
        for one in conn.execute(
            select(op.c.seq, op.c.by, op.c.at).where(op.c.scope == scope, op.c.seq.in_(numbers))
        )
    }
    names = account_names(conn, {*(v.by for v in row.variants), *(o.by for o in said.values())})
    laptops = device_names(
        conn, {*(v.device for v in row.variants), *(w.device for w in row.writers.values())}
    )
    told: list[OneText] = []
    for name in sorted({variant.field for variant in row.variants}):
        writer = row.writers.get(name)
        author = said.get(writer.seq) if writer else None
        told.append(OneText(
            name, str(row.fields.get(name, "")), author.at if author else "",
            names.get(author.by, author.by) if author else "",
            laptops.get(writer.device, "") if writer else "", shown=True,
        ))  # fmt: skip
        told += [
            OneText(
                name, variant.value, variant.at, names.get(variant.by, variant.by),
                laptops.get(variant.device, ""), shown=False,
            )
            for variant in row.variants if variant.field == name
        ]  # fmt: skip
    return tuple(told)
