# SPDX-License-Identifier: Apache-2.0
"""Texts: one is shown, the others wait beside it until a person chooses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desktop.sync.merge_author import EMPTY, NONE, Arriving
from desktop.sync.row import Variant, Writer


def merge_text(op: Arriving, name: str, value: Any, held: Writer) -> None:
    """Write ``value`` into the text ``name`` that ``held`` wrote, or lay it beside."""
    row = op.row
    # Whoever replaces a text that waits has replaced what that one had replaced.
    replaces, new = op.replaces_in(name), op.new_in(name)
    saw = new.saw | _drop_replaced(op, name, replaces)
    if op.oid in held.saw:
        row.writers[name] = replace(held, saw=held.saw | saw)
        return
    seen = op.knew(held, replaces)
    if _replaced_by_variant(op, name, held, saw, seen=seen):
        return
    op.changed = True
    shown = row.fields.get(name)
    if shown == value and not seen:
        row.writers[name] = op.twin(held, saw)
    elif seen or shown in EMPTY:
        row.fields[name] = value
        row.writers[name] = replace(new, saw=saw | held.saw)
        if row.variants:
            row.variants = [v for v in row.variants if (v.field, v.value) != (name, value)]
    elif value in EMPTY:
        op.superseded.append(name)
    else:
        op.conflict.append(name)
        lay_beside(op, name, value, saw)


def _replaced_by_variant(
    op: Arriving, name: str, held: Writer, saw: frozenset[str], *, seen: bool
) -> bool:
    """Whether a text that waits had replaced this one before it came."""
    row = op.row
    for at, variant in enumerate(row.variants):
        if variant.field != name or op.oid not in variant.saw:
            continue
        saw |= variant.saw
        if seen:
            # It replaced what is shown, and the variant replaced it: from now on the
            # variant is what people see.
            row.fields[name] = variant.value
            row.writers[name] = Writer(
                variant.seq,
                variant.device,
                op.stamp,
                variant.oid,
                saw | held.saw,
                since=op.seq,
            )
            del row.variants[at]
            op.changed = True
        else:
            row.variants[at] = replace(variant, saw=saw)
        return True
    return False


def lay_beside(op: Arriving, name: str, value: str, saw: frozenset[str]) -> None:
    """Let a text wait beside the one that is shown; ``saw`` is what it had replaced.

    Rescued words are nobody's own: whoever said them again does not replace them by writing.
    """
    for at, one in enumerate(op.row.variants):
        if one.field == name and one.value == value:
            op.row.variants[at] = replace(one, saw=one.saw | saw)
            return
    device = "" if op.body.get("salvage") else op.device
    op.row.variants.append(
        Variant(name, value, op.oid, op.seq, device, op.said.by, op.said.at, saw)
    )


def _drop_replaced(op: Arriving, name: str, replaces: frozenset[str]) -> frozenset[str]:
    """Take away variants that the author replaced, her own, while she had not heard back of
    them; what they had replaced."""
    if not op.row.variants:
        return NONE
    kept, saw = [], NONE
    for one in op.row.variants:
        own = op.is_own(one.device) and one.seq > op.base
        if one.field == name and (one.oid in replaces or own):
            saw |= one.saw
        else:
            kept.append(one)
    op.row.variants = kept
    return saw
