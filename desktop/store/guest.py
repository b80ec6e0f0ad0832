# SPDX-License-Identifier: Apache-2.0
"""Records of other scopes that a hall's event names: people, organisations, the programme.

A desk shows them like its own while the event is worked on, and never sends them anywhere. A
change made to one at the desk says what its author saw: the number and history at which the hub
had it, and the ops that had no number there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from desktop.model.chain import canonical
from desktop.sync.row import Row


@dataclass(frozen=True, slots=True)
class Guest:
    """One record as the hub of a hall shows it."""

    scope: str
    row: Row
    """``seq`` is the number of the row the hub had received; 0 for none."""
    epoch: int
    saw: frozenset[str]
    """Ops the hub shows in it that have no number there yet."""


def keep(raw: Any, hall: str, guests: list[Guest]) -> None:
    """Keep what the hub of ``hall`` (a scope) told, over what it told before."""
    raw.executemany(
        "INSERT OR REPLACE INTO guest_row (kind, id, hall, scope, seq, epoch, deleted, fields, "
        "saw) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                one.row.kind,
                one.row.id,
                hall,
                one.scope,
                one.row.seq,
                one.epoch,
                int(one.row.deleted),
                canonical(one.row.fields),
                canonical(sorted(one.saw)),
            )
            for one in guests
        ],
    )


def guests(raw: Any, hall: str) -> tuple[Guest, ...]:
    """What the hub of ``hall`` told."""
    found = raw.execute(
        "SELECT kind, id, scope, seq, epoch, deleted, fields, saw FROM guest_row "
        "WHERE hall = ? ORDER BY kind, id",
        (hall,),
    ).fetchall()
    return tuple(
        Guest(
            line[2],
            Row(line[0], line[1], line[3], bool(line[5]), json.loads(line[6])),
            line[4],
            frozenset(json.loads(line[7])),
        )
        for line in found
    )
