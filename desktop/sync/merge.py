# SPDX-License-Identifier: Apache-2.0
"""How an op changes a record. The centre, a laptop's view and a hub all ask here.

An op replaces what its author had on the screen, and nothing else. What she had there is known
from three things: ``base`` (everything the centre numbered up to it), her own stream (a hash
chain, so that what stands before the op was on her laptop), and ``saw`` (ops of others that had
no number yet; of a text not those in ``unseen``). Clocks decide nothing but ties between scalars.

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

from desktop.model.merging import merging
from desktop.sync.merge_author import NONE, TOMBSTONE, Arriving
from desktop.sync.merge_rescue import merge_rescued
from desktop.sync.merge_text import merge_text
from desktop.sync.op import Op
from desktop.sync.row import MEMBER, MOVED, NOT_YET, Row, Writer


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
    arrived: Set[str] = NONE,
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
    arriving = Arriving(row, op, seq, device, base, hlc, arrived, rules, late=late)
    if rules.frozen:
        if _differs(arriving):
            return Merged("frozen")
    elif not _fits(arriving):
        return Merged("malformed")
    if body.get("salvage"):
        merge_rescued(arriving)
    else:
        _change(arriving)
    row.seq = seq
    arriving.forget_arrived()
    return Merged("", tuple(arriving.conflict), tuple(arriving.superseded))


def _differs(op: Arriving) -> bool:
    """Whether a frozen record is here and this op says something else."""
    held, body = op.row.fields, op.body
    if not held:
        return False
    return (
        any(held.get(name) != value for name, value in body.get("set", {}).items())
        or any(set(more) - set(held.get(n) or ()) for n, more in body.get("add", {}).items())
        or any(set(less) & set(held.get(n) or ()) for n, less in body.get("rm", {}).items())
    )


def _fits(op: Arriving) -> bool:
    """Whether what it takes for sets are sets here."""
    held = op.row.fields
    return all(
        isinstance(held.get(name) or [], list)
        for part in ("add", "rm")
        for name in op.body.get(part, ())
    )


def _change(op: Arriving) -> None:
    body, rules, row = op.body, op.rules, op.row
    given = body.get("set")
    if given:
        if not row.fields and not rules.sets and not op.unseen:
            # Most ops say a new record: nothing is there to be compared with.
            row.fields.update(given)
            row.writers.update(dict.fromkeys(given, op.new))
            op.changed = True
        else:
            for name, value in given.items():
                _set(op, name, value)
    if resolve := body.get("resolve"):
        # One op may have left texts waiting in two fields: only one was chosen between. After
        # the fields are set, because what these texts had replaced is replaced with them.
        fields = given or {one.field for one in row.variants}
        row.variants = [v for v in row.variants if v.oid not in resolve or v.field not in fields]
    for part in ("add", "rm"):
        for name, members in body.get(part, {}).items():
            _members(op, name, members, adding=part == "add")
    if body.get("del"):
        _delete(op)
    elif row.deleted and (op.changed or given == {}):
        tombstone = row.writers.get(TOMBSTONE)
        if tombstone is None or op.oid not in tombstone.saw:
            row.deleted = False
            row.writers.pop(TOMBSTONE, None)


def _set(op: Arriving, name: str, value: Any) -> None:
    row = op.row
    held = row.writers.get(name)
    if held is None:
        row.fields[name] = value
        row.writers[name] = op.new_in(name)
        op.changed = True
    elif name in op.rules.texts or (
        not op.rules.known and (isinstance(value, str) or isinstance(row.fields[name], str))
    ):
        merge_text(op, name, value, held)
    else:
        _scalar(op, name, value, held)


def _scalar(op: Arriving, name: str, value: Any, held: Writer) -> None:
    row = op.row
    if op.oid in held.saw:
        row.writers[name] = replace(held, saw=held.saw | op.new.saw)
        return
    op.changed = True
    if not op.knew(held):
        if row.fields.get(name) == value:
            row.writers[name] = op.twin(held, op.new.saw)
            return
        if (op.stamp, op.oid) < (held.hlc, held.oid):
            op.superseded.append(name)
            # What it had replaced does not win over the winner either.
            row.writers[name] = replace(held, saw=held.saw | op.new.saw)
            return
    row.fields[name] = value
    row.writers[name] = op.over(held)


def _members(op: Arriving, name: str, members: Iterable[Any], *, adding: bool) -> None:
    row, new = op.row, op.new
    held = set(row.fields.get(name) or ())
    for member in members:
        key = f"{name}{MEMBER}{member}"
        last = row.writers.get(key)
        if last is not None and op.oid in last.saw:
            row.writers[key] = replace(last, saw=last.saw | new.saw)
            continue
        op.changed = True
        twins = last.twins | {last.oid} if last and adding and member in held else NONE
        if adding:
            held.add(member)
        else:
            held.discard(member)
        # Who took it away is remembered: it is not rescued against her will.
        if not adding or new.saw or op.seq >= NOT_YET or (last is not None and last.saw):
            row.writers[key] = replace(op.over(last) if last else new, twins=twins)
        elif last is not None:
            del row.writers[key]
    if name not in row.fields or held != set(row.fields[name] or ()):
        row.fields[name] = sorted(held, key=str)
    row.writers[name] = new


def _delete(op: Arriving) -> None:
    row = op.row
    if not all(op.knew(one) for one in row.writers.values()) or not all(
        one.oid in op.replaces or one.seq <= op.base or op.is_own(one.device)
        for one in row.variants
    ):
        op.superseded.append("del")
        return
    held = row.writers.get(TOMBSTONE)
    row.writers[TOMBSTONE] = op.new if held is None else op.over(held)
    row.deleted = True
    if op.body.get("to"):
        # Whoever may still read this scope need not be one who may read the other.
        row.fields, row.variants = {}, []
        row.writers = {TOMBSTONE: row.writers[TOMBSTONE], MOVED: op.new}
