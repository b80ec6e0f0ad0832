# SPDX-License-Identifier: Apache-2.0
"""One record as the centre holds it: its fields, who wrote each, and what is still undecided."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from desktop.model.chain import canonical

Key = tuple[str, str]
"""Kind and id of a record."""

DIGEST_MODULUS: Final = 2**64


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote a field last."""

    seq: int
    """The number the centre gave that op in its scope; numbers of ops it has not seen yet are
    above :data:`NOT_YET`."""
    device: str = ""
    hlc: str = ""
    oid: str = ""
    saw: frozenset[str] = frozenset()
    """Ops that this one replaced and the centre may not have had yet; should one of them arrive
    later, it is already superseded."""
    twins: frozenset[str] = frozenset()
    """Ops that wrote the same value without knowing of this one: whoever saw them saw it."""
    since: int = 0
    """The number since which it is shown, if it had been waiting before; 0: since its own."""

    @property
    def shown(self) -> int:
        """Whoever had received the record up to this number had it on the screen, shown."""
        return self.since or self.seq


MEMBER: Final = "\x1f"
"""Between a set's name and one of its elements, as the key of a writer."""

MOVED: Final = "\x1fto"
"""Among the writers of a tombstone: the record lives in another scope."""

NOT_YET: Final = 10**15
"""Ops that are only on laptops are merged as if numbered from here."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A text that nobody chose yet: it was written without having seen the one that is shown."""

    field: str
    value: str
    oid: str
    seq: int
    device: str
    """Whose stream; empty for rescued words, which are nobody's own."""
    by: str
    at: str
    """When its author wrote it: RFC 9557 text, by the author's clock."""
    saw: frozenset[str] = frozenset()
    """As :attr:`Writer.saw`."""


@dataclass(slots=True)
class Row:
    """The state of one record. ``merge`` changes it in place; a copy is ``row.copy()``."""

    kind: str
    id: str
    seq: int = 0
    deleted: bool = False
    fields: dict[str, Any] = field(default_factory=dict)
    writers: dict[str, Writer] = field(default_factory=dict)
    """By field; also by ``""``: the tombstone, and by ``field + MEMBER + element``: one element
    of a set, while that is needed."""
    variants: list[Variant] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.kind, self.id

    def copy(self) -> Row:
        """An independent copy; values of fields are never changed in place."""
        return Row(
            self.kind,
            self.id,
            self.seq,
            self.deleted,
            dict(self.fields),
            dict(self.writers),
            list(self.variants),
        )


def row_hash(row: Row) -> int:
    """64 bits over what both ends must agree on; who wrote a field is not part of it."""
    seen = [
        row.kind,
        row.id,
        row.seq,
        int(row.deleted),
        row.fields,
        sorted([v.field, v.value, v.oid] for v in row.variants),
    ]
    return int.from_bytes(hashlib.blake2b(canonical(seen).encode(), digest_size=8).digest(), "big")


def digest(hashes: Iterable[int]) -> int:
    """The digest of a scope: the sum of its row hashes, modulo 2**64; order does not matter."""
    return sum(hashes) % DIGEST_MODULUS


# ---- on the wire


@dataclass(frozen=True, slots=True)
class WireText:
    """JSON text of something that is sent, of a row or of a whole message: whoever holds rows as
    text need not read them only to write them again."""

    text: str


Wire = list[Any] | WireText


def plain_wire(wire: Wire) -> list[Any]:
    """The plain values of what is sent."""
    return list(json.loads(wire.text)) if isinstance(wire, WireText) else wire


def row_to_wire(row: Row) -> list[Any]:
    """``[seq, kind, id, deleted, fields, writers, variants]``, the last two only when needed.

    ``deleted`` is 2 for a record that moved to another scope.

    ``writers`` maps a field to the number of the op that wrote it (and the number since which it
    is shown, if that is another), under ``""`` the number
    that most fields share; it is left out when that is the row's own for all. Who they were
    stays at the centre.
    """
    deleted = int(row.deleted) + (MOVED in row.writers)
    wire: list[Any] = [row.seq, row.kind, row.id, deleted, row.fields]
    numbers = {name: writer.seq for name, writer in row.writers.items() if name in row.fields}
    common = max(numbers.values(), key=list(numbers.values()).count, default=row.seq)
    writers: dict[str, Any] = {name: seq for name, seq in numbers.items() if seq != common}
    writers |= {n: [numbers[n], row.writers[n].since] for n in numbers if row.writers[n].since}
    if common != row.seq:
        writers[""] = common
    variants = [[v.field, v.value, v.oid, v.seq, v.device, v.by, v.at] for v in row.variants]
    if writers or variants:
        wire.append(writers)
    if variants:
        wire.append(variants)
    return wire


def row_from_wire(wire: Wire) -> Row:
    """The row that ``row_to_wire`` wrote. ``ValueError`` for anything else."""
    told = plain_wire(wire)
    try:
        seq, kind, record_id, deleted, fields = told[:5]
        writers: dict[str, Any] = told[5] if len(told) > 5 else {}
        variants = [Variant(*one) for one in told[6]] if len(told) > 6 else []
        common = writers.get("", seq)
        if not (isinstance(kind, str) and isinstance(record_id, str) and isinstance(fields, dict)):
            raise ValueError("not a row")  # noqa: TRY004 – a value from the wire, not a caller
        named = {}
        for name in fields:
            number = writers.get(name, common)
            shown: list[Any] = number if isinstance(number, list) else [number, 0]
            named[name] = Writer(int(shown[0]), since=int(shown[1]))
        if deleted == 2:
            named |= {"": Writer(int(seq)), MOVED: Writer(int(seq))}
        return Row(
            kind,
            record_id,
            int(seq),
            bool(deleted),
            fields,
            named,
            variants,
        )
    except (TypeError, AttributeError, IndexError) as wrong:
        raise ValueError("not a row") from wrong


# ---- whole, as the centre keeps it


def writers_to_state(writers: dict[str, Writer]) -> list[list[Any]]:
    """All writers as JSON can hold them; those that are equal share a line."""
    lines: dict[Writer, list[str]] = {}
    for name, writer in writers.items():
        lines.setdefault(writer, []).append(name)
    return [
        [names, w.seq, w.device, w.hlc, w.oid, sorted(w.saw), sorted(w.twins), w.since]
        for w, names in lines.items()
    ]


def writers_from_state(state: Iterable[list[Any]]) -> dict[str, Writer]:
    """What ``writers_to_state`` wrote."""
    writers = {}
    for names, seq, device, hlc, oid, saw, twins, since in state:
        one = Writer(seq, device, hlc, oid, frozenset(saw), frozenset(twins), since)
        writers.update(dict.fromkeys(names, one))
    return writers


def variants_to_state(variants: Iterable[Variant]) -> list[list[Any]]:
    """All variants as JSON can hold them."""
    return [
        [v.field, v.value, v.oid, v.seq, v.device, v.by, v.at, sorted(v.saw)] for v in variants
    ]


def variants_from_state(state: Iterable[list[Any]]) -> list[Variant]:
    """What ``variants_to_state`` wrote."""
    return [
        Variant(field, value, oid, seq, device, by, at, frozenset(saw))
        for field, value, oid, seq, device, by, at, saw in state
    ]
