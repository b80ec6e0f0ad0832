# SPDX-License-Identifier: Apache-2.0
"""An op on its way into a row: what it says, what its author saw, what has become of it so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from typing import Any, Final

from desktop.model.merging import Merging
from desktop.sync.op import Op
from desktop.sync.row import Row, Writer

NONE: Final[frozenset[str]] = frozenset()
EMPTY: Final = (None, "")
_NOTHING: Final[Mapping[str, Iterable[str]]] = {}
TOMBSTONE: Final = ""
"""The key of the tombstone among a row's writers."""


class Arriving:
    """One op being merged into one row."""

    __slots__ = (
        "arrived", "base", "body", "changed", "conflict", "device", "new", "oid", "own",
        "replaces", "row", "rules", "said", "saw", "seq", "stamp", "superseded", "unseen",
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
        self.unseen: Mapping[str, Iterable[str]] = body.get("unseen", _NOTHING)
        self.arrived = arrived
        kept = self.replaces - arrived if arrived else self.replaces
        self.new = Writer(seq, device, stamp, self.oid, kept)
        self.changed = False
        self.conflict: list[str] = []
        self.superseded: list[str] = []

    def replaces_in(self, text: str) -> frozenset[str]:
        """What it replaces in a text: not what its author left waiting there, or never saw."""
        unseen = self.unseen.get(text)
        if not unseen:
            return self.replaces
        return (self.saw - frozenset(unseen)).union(self.body.get("resolve", ()))

    def new_in(self, text: str) -> Writer:
        """The new writer of a text."""
        if text not in self.unseen:
            return self.new
        return replace(self.new, saw=self.replaces_in(text) - self.arrived)

    def knew(self, held: Writer, replaces: frozenset[str] | None = None) -> bool:
        """Whether its author had what ``held`` wrote on the screen; ``replaces``: of one text."""
        if replaces is None:
            replaces = self.replaces
        return (
            held.shown <= self.base
            or self.is_own(held.device)
            or held.oid in replaces
            or not held.twins.isdisjoint(replaces)
        )

    def is_own(self, device: str) -> bool:
        """Whether what ``device`` wrote was there when its author wrote this."""
        return device == self.own != ""

    def is_text(self, name: str, value: Any) -> bool:
        """Whether ``name`` is a text; of a kind nobody knows, whatever is written in letters."""
        return name in self.rules.texts or (not self.rules.known and isinstance(value, str))

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
