# SPDX-License-Identifier: Apache-2.0
"""How an op changes a record. The centre, a laptop's view and a hub all ask here.

An op replaces what its author had on the screen, and nothing else. What she had there is known
from three things: ``base`` (everything the centre numbered up to it), her own stream (a hash
chain, so that what stands before the op was on her laptop), and ``saw`` (ops of others that had
no number yet). Clocks decide nothing but ties between scalars.

- **Text**: one text is shown, the others wait beside it as *variants* until a person chooses
  (``resolve``). A text replaces the one that is shown if its author saw that; otherwise it
  becomes a variant. It replaces its author's own variants she had not heard back about.
- **Scalar**: seen, or the later stamp; the loser stays in the log and its author is told.
- **Set**: elements are added and taken away one by one, in the order of arrival.
- **Tombstone**: counts only if its author saw everything that is there. An edit she had not
  seen lifts it.
- **Moved** (``del`` with ``to``): the record lives in another scope, and its words leave this
  one. What others change here without knowing is refused, until it comes home (``from``).
- **Frozen** kinds are facts: the first op that says one wins, another that says something else
  is refused, word for word.
- ``salvage`` says words again that would be lost; it fills what is empty, lays texts beside
  others, and never replaces anything.

Ops of different laptops arrive in any order. One that arrives after an op that had replaced it
(its oid is in that op's ``saw``) is *superseded*: it changes nothing any more, and what it had
replaced is replaced too.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from typing import Any, Final

from desktop.model.merging import Merging, merging
from desktop.sync.protocol import Op
from desktop.sync.row import MEMBER, MOVED, NOT_YET, Row, Variant, Writer

_NONE: Final[frozenset[str]] = frozenset()
_EMPTY: Final = (None, "")
TOMBSTONE: Final = ""
"""The key of the tombstone among a row's writers."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of an op."""

    refused: str = ""
    """Why the row was left alone: ``frozen``, ``moved`` or ``malformed``."""
    conflict: tuple[str, ...] = ()
    """Text fields that hold two texts because of this op."""
    superseded: tuple[str, ...] = ()
    """Fields (or ``del``) in which somebody's unseen change was kept instead."""


_PLAINLY: Final = Merged()


def merge(
    row: Row,
    op: Op,
    seq: int,
    device: str,
    *,
    base: int,
    stamp: str = "",
    arrived: Set[str] = _NONE,
    late: bool = False,
) -> Merged:
    """Change ``row`` by ``op``, which has the number ``seq`` and stands in ``device``'s stream.

    ``base`` is the op's, rebased. ``stamp`` is used instead of the op's ``hlc``. ``arrived``: of
    the ops it saw, those that are here already and need not be remembered. ``late``:
    later ops of its stream may have been merged already, so that what its own stream wrote need
    not have been there before it. The row is untouched when the answer is ``refused``.
    """
    body = op.body
    rules = merging(body["kind"])
    if MOVED in row.writers and not body.get("del"):
        if body["oid"] in row.writers[TOMBSTONE].saw:
            row.seq = seq
            return _PLAINLY
        if not body.get("from"):
            return Merged("moved")
        row.writers.clear()
        row.deleted = False
    hlc = stamp or body["hlc"]
    merging_of = _Merging(row, op, seq, device, base, hlc, arrived, rules, late=late)
    if rules.frozen:
        if merging_of.differs():
            return Merged("frozen")
    elif not merging_of.fits():
        return Merged("malformed")
    if body.get("salvage"):
        merging_of.salvage()
    else:
        merging_of.change()
    row.seq = seq
    merging_of.forget_arrived()
    return Merged("", tuple(merging_of.conflict), tuple(merging_of.superseded))


class _Merging:
    """One op being merged into one row."""

    __slots__ = (
        "base", "body", "changed", "conflict", "device", "new", "oid", "op", "own", "replaces",
        "row", "rules", "saw", "seq", "stamp", "superseded",
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
        self.row, self.op, self.seq, self.device, self.base = row, op, seq, device, base
        self.body, self.rules, self.stamp = body, rules, stamp
        self.oid: str = body["oid"]
        self.own = "" if late else device
        saw = body.get("saw")
        self.saw = frozenset(saw) if saw else _NONE
        resolve = body.get("resolve")
        self.replaces = self.saw.union(resolve) if resolve else self.saw
        kept = self.replaces - arrived if arrived else self.replaces
        self.new = Writer(seq, device, stamp, self.oid, kept)
        self.changed = False
        self.conflict: list[str] = []
        self.superseded: list[str] = []

    def differs(self) -> bool:
        """Whether a frozen record is here and this op says something else."""
        held, body = self.row.fields, self.body
        if not held:
            return False
        return (
            any(held.get(name) != value for name, value in body.get("set", {}).items())
            or any(set(more) - set(held.get(n) or ()) for n, more in body.get("add", {}).items())
            or any(set(less) & set(held.get(n) or ()) for n, less in body.get("rm", {}).items())
        )

    def fits(self) -> bool:
        """Whether what it takes for sets are sets here."""
        held = self.row.fields
        return all(
            isinstance(held.get(name) or [], list)
            for part in ("add", "rm")
            for name in self.body.get(part, ())
        )

    def change(self) -> None:
        body, rules, row = self.body, self.rules, self.row
        given = body.get("set")
        if given:
            if not row.fields and not rules.sets:
                # Most ops say a new record: nothing is there to be compared with.
                row.fields.update(given)
                row.writers.update(dict.fromkeys(given, self.new))
                self.changed = True
            else:
                for name, value in given.items():
                    self._set(name, value)
        if resolve := body.get("resolve"):
            # One op may have left texts waiting in two fields: only one was chosen between. After
            # the fields are set, because what these texts had replaced is replaced with them.
            fields = given or {one.field for one in row.variants}
            row.variants = [
                v for v in row.variants if v.oid not in resolve or v.field not in fields
            ]
        for part in ("add", "rm"):
            for name, members in body.get(part, {}).items():
                self._members(name, members, adding=part == "add")
        if body.get("del"):
            self._delete()
        elif row.deleted and (self.changed or given == {}):
            tombstone = row.writers.get(TOMBSTONE)
            if tombstone is None or self.oid not in tombstone.saw:
                row.deleted = False
                row.writers.pop(TOMBSTONE, None)

    def _set(self, name: str, value: Any) -> None:
        row = self.row
        held = row.writers.get(name)
        if held is None:
            row.fields[name] = value
            row.writers[name] = self.new
            self.changed = True
        elif name in self.rules.texts or (
            not self.rules.known and (isinstance(value, str) or isinstance(row.fields[name], str))
        ):
            self._text(name, value, held)
        else:
            self._scalar(name, value, held)

    def _scalar(self, name: str, value: Any, held: Writer) -> None:
        row = self.row
        if self.oid in held.saw:
            row.writers[name] = replace(held, saw=held.saw | self.new.saw)
            return
        self.changed = True
        if not self._saw(held):
            if row.fields.get(name) == value:
                row.writers[name] = self._twin(held, self.new.saw)
                return
            if (self.stamp, self.oid) < (held.hlc, held.oid):
                self.superseded.append(name)
                # What it had replaced does not win over the winner either.
                row.writers[name] = replace(held, saw=held.saw | self.new.saw)
                return
        row.fields[name] = value
        row.writers[name] = self._over(held)

    def _text(self, name: str, value: Any, held: Writer) -> None:
        row = self.row
        # Whoever replaces a text that waits has replaced what that one had replaced.
        saw = self.new.saw | self._drop_replaced(name)
        if self.oid in held.saw:
            row.writers[name] = replace(held, saw=held.saw | saw)
            return
        seen = self._saw(held)
        if self._replaced_by_variant(name, held, saw, seen=seen):
            return
        self.changed = True
        shown = row.fields.get(name)
        if shown == value and not seen:
            row.writers[name] = self._twin(held, saw)
        elif seen or shown in _EMPTY:
            row.fields[name] = value
            row.writers[name] = replace(self.new, saw=saw | held.saw)
            if row.variants:
                row.variants = [v for v in row.variants if (v.field, v.value) != (name, value)]
        elif value in _EMPTY:
            self.superseded.append(name)
        else:
            self.conflict.append(name)
            self._lay_beside(name, value, saw)

    def _replaced_by_variant(
        self, name: str, held: Writer, saw: frozenset[str], *, seen: bool
    ) -> bool:
        """Whether a text that waits had replaced this one before it came."""
        row = self.row
        for at, variant in enumerate(row.variants):
            if variant.field != name or self.oid not in variant.saw:
                continue
            saw |= variant.saw
            if seen:
                # It replaced what is shown, and the variant replaced it: from now on the
                # variant is what people see.
                row.fields[name] = variant.value
                row.writers[name] = Writer(
                    variant.seq,
                    variant.device,
                    self.stamp,
                    variant.oid,
                    saw | held.saw,
                    since=self.seq,
                )
                del row.variants[at]
                self.changed = True
            else:
                row.variants[at] = replace(variant, saw=saw)
            return True
        return False

    def _lay_beside(self, name: str, value: str, saw: frozenset[str]) -> None:
        for at, one in enumerate(self.row.variants):
            if one.field == name and one.value == value:
                self.row.variants[at] = replace(one, saw=one.saw | saw)
                return
        self.row.variants.append(
            Variant(name, value, self.oid, self.seq, self.device, self.op.by, self.op.at, saw)
        )

    def _members(self, name: str, members: Iterable[Any], *, adding: bool) -> None:
        row, new = self.row, self.new
        held = set(row.fields.get(name) or ())
        for member in members:
            key = f"{name}{MEMBER}{member}"
            last = row.writers.get(key)
            if last is not None and self.oid in last.saw:
                row.writers[key] = replace(last, saw=last.saw | new.saw)
                continue
            self.changed = True
            twins = last.twins | {last.oid} if last and adding and member in held else _NONE
            if adding:
                held.add(member)
            else:
                held.discard(member)
            # Who took it away is remembered: it is not rescued against her will.
            if not adding or new.saw or self.seq >= NOT_YET or (last is not None and last.saw):
                row.writers[key] = replace(self._over(last) if last else new, twins=twins)
            elif last is not None:
                del row.writers[key]
        if name not in row.fields or held != set(row.fields[name] or ()):
            row.fields[name] = sorted(held, key=str)
        row.writers[name] = new

    def _delete(self) -> None:
        row = self.row
        if not all(self._saw(one) for one in row.writers.values()) or not all(
            one.oid in self.replaces or one.seq <= self.base or one.device == self.own
            for one in row.variants
        ):
            self.superseded.append("del")
            return
        held = row.writers.get(TOMBSTONE)
        row.writers[TOMBSTONE] = self.new if held is None else self._over(held)
        row.deleted = True
        if self.body.get("to"):
            # Whoever may still read this scope need not be one who may read the other.
            row.fields, row.variants = {}, []
            row.writers = {TOMBSTONE: row.writers[TOMBSTONE], MOVED: self.new}

    def salvage(self) -> None:
        row, body = self.row, self.body
        unknown = not row.fields and not row.deleted
        for name, value in body.get("set", {}).items():
            held = row.writers.get(name)
            if held is None or self._fills(name, value, held):
                row.fields[name] = value
                row.writers[name] = self.new
                self.changed = True
            elif name in self.rules.sets:
                self._add_rescued(name, value)
            elif (
                (name in self.rules.texts or (not self.rules.known and isinstance(value, str)))
                and self.oid not in held.saw
                and value not in _EMPTY
                and row.fields.get(name) != value
                and not any(self.oid in one.saw for one in row.variants)
            ):
                self.changed = True
                self.conflict.append(name)
                self._lay_beside(name, value, self.new.saw)
        if body.get("del"):
            if unknown:
                row.deleted = True
                row.writers[TOMBSTONE] = self.new
        elif row.deleted and self.changed:
            # Whoever deleted it here cannot have seen these words.
            row.deleted = False
            row.writers.pop(TOMBSTONE, None)

    def _fills(self, name: str, value: Any, held: Writer) -> bool:
        """Whether a rescued value stands where only an empty one is: records are written whole,
        with nothing in the fields that nobody knew yet."""
        return (
            name not in self.rules.sets
            and self.row.fields.get(name) in _EMPTY
            and value not in _EMPTY
            and self.oid not in held.saw
            and not any(one.field == name for one in self.row.variants)
        )

    def _add_rescued(self, name: str, members: Iterable[Any]) -> None:
        row = self.row
        held = set(row.fields.get(name) or ())
        new = {one for one in members if f"{name}{MEMBER}{one}" not in row.writers} - held
        if new:
            self.changed = True
            row.fields[name] = sorted(held | new, key=str)
            row.writers[name] = self.new

    # ---- who saw what

    def _saw(self, held: Writer) -> bool:
        """Whether the author of this op had what ``held`` wrote on the screen."""
        return (
            held.shown <= self.base
            or (held.device == self.own and held.device != "")
            or held.oid in self.replaces
            or not held.twins.isdisjoint(self.replaces)
        )

    def _over(self, held: Writer) -> Writer:
        """The new writer, who goes on superseding what the old one had replaced."""
        return replace(self.new, saw=self.new.saw | held.saw) if held.saw else self.new

    def _twin(self, held: Writer, saw: frozenset[str]) -> Writer:
        """Two who wrote the same: whoever saw either saw both."""
        return replace(held, twins=held.twins | {self.oid}, saw=held.saw | saw)

    def _drop_replaced(self, name: str) -> frozenset[str]:
        """Take away variants that the author replaced, her own, while she had not heard back of
        them; what they had replaced."""
        if not self.row.variants:
            return _NONE
        kept, saw = [], _NONE
        for one in self.row.variants:
            own = one.device == self.own and one.seq > self.base
            if one.field == name and (one.oid in self.replaces or own):
                saw |= one.saw
            else:
                kept.append(one)
        self.row.variants = kept
        return saw

    def forget_arrived(self) -> None:
        """The op is here: nobody has to remember having superseded it."""
        oid, writers = self.oid, self.row.writers
        for name, held in writers.items():
            if held.saw and oid in held.saw:
                writers[name] = replace(held, saw=held.saw - {oid})
        for at, one in enumerate(self.row.variants):
            if one.saw and oid in one.saw:
                self.row.variants[at] = replace(one, saw=one.saw - {oid})
