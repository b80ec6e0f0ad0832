# SPDX-License-Identifier: Apache-2.0
"""An op on its way into a row: what it says, what its author saw, what has become of it so far."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from typing import Final

from desktop.model.merging import Merging
from desktop.sync.op import Op
from desktop.sync.row import Row, Writer

NONE: Final[frozenset[str]] = frozenset()
EMPTY: Final = (None, "")
TOMBSTONE: Final = ""
"""The key of the tombstone among a row's writers."""


class Arriving:
    """One op being merged into one row."""

    __slots__ = (
        "base", "body", "changed", "conflict", "device", "new", "oid", "own", "replaces", "row",
        "rules", "said", "saw", "seq", "stamp", "superseded",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913 – the arguments of ``merge``
        self,
        row: Row,
        op: Op,
        seq: int,
        device: str,
        base: int,
        stamp: str,
        arrived: Set[str],
        rules: Merging,
        *,
        late: bool,
    ) -> None:
        body = op.body
        self.row, self.said, self.seq, self.device, self.base = row, op, seq, device, base
        self.body, self.rules, self.stamp = body, rules, stamp
        self.oid: str = body["oid"]
        self.own = "" if late else device
        saw = body.get("saw")
        self.saw = frozenset(saw) if saw else NONE
        resolve = body.get("resolve")
        self.replaces = self.saw.union(resolve) if resolve else self.saw
        kept = self.replaces - arrived if arrived else self.replaces
        self.new = Writer(seq, device, stamp, self.oid, kept)
        self.changed = False
        self.conflict: list[str] = []
        self.superseded: list[str] = []

    def knew(self, held: Writer) -> bool:
        """Whether its author had what ``held`` wrote on the screen."""
        return (
            held.shown <= self.base
            or (held.device == self.own and held.device != "")
            or held.oid in self.replaces
            or not held.twins.isdisjoint(self.replaces)
        )

    def over(self, held: Writer) -> Writer:
        """The new writer, who goes on superseding what the old one had replaced."""
        return replace(self.new, saw=self.new.saw | held.saw) if held.saw else self.new

    def twin(self, held: Writer, saw: frozenset[str]) -> Writer:
        """Two who wrote the same: whoever saw either saw both."""
        return replace(held, twins=held.twins | {self.oid}, saw=held.saw | saw)

    def forget_arrived(self) -> None:
        """The op is here: nobody has to remember having superseded it."""
        oid, writers = self.oid, self.row.writers
        for name, held in writers.items():
            if held.saw and oid in held.saw:
                writers[name] = replace(held, saw=held.saw - {oid})
        for at, one in enumerate(self.row.variants):
            if one.saw and oid in one.saw:
                self.row.variants[at] = replace(one, saw=one.saw - {oid})
