# SPDX-License-Identifier: Apache-2.0
"""Rescued words (``salvage``): they fill what is empty, lie beside others, replace nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from desktop.sync.merge_author import EMPTY, TOMBSTONE, Arriving
from desktop.sync.merge_text import lay_beside
from desktop.sync.row import MEMBER, Writer


def merge_rescued(op: Arriving) -> None:
    """Say the words of ``op`` again where they would be missed."""
    row, body = op.row, op.body
    unknown = not row.fields and not row.deleted
    for name, value in body.get("set", {}).items():
        held = row.writers.get(name)
        if held is None or _fills(op, name, value, held):
            row.fields[name] = value
            # Whoever said a text again does not replace it by writing, shown or waiting.
            row.writers[name] = replace(op.new, device="") if op.is_text(name, value) else op.new
            op.changed = True
        elif name in op.rules.sets:
            _add_rescued(op, name, value)
        elif (
            op.is_text(name, value)
            and op.oid not in held.saw
            and value not in EMPTY
            and row.fields.get(name) != value
            and not any(op.oid in one.saw for one in row.variants)
        ):
            op.changed = True
            op.conflict.append(name)
            lay_beside(op, name, value, op.new.saw)
    if body.get("del"):
        if unknown:
            row.deleted = True
            row.writers[TOMBSTONE] = op.new
    elif row.deleted and op.changed:
        # Whoever deleted it here cannot have seen these words.
        row.deleted = False
        row.writers.pop(TOMBSTONE, None)


def _fills(op: Arriving, name: str, value: Any, held: Writer) -> bool:
    """Whether a rescued value stands where only an empty one is: records are written whole,
    with nothing in the fields that nobody knew yet."""
    return (
        name not in op.rules.sets
        and op.row.fields.get(name) in EMPTY
        and value not in EMPTY
        and op.oid not in held.saw
        and not any(one.field == name for one in op.row.variants)
    )


def _add_rescued(op: Arriving, name: str, members: Iterable[Any]) -> None:
    row = op.row
    held = set(row.fields.get(name) or ())
    new = {one for one in members if f"{name}{MEMBER}{one}" not in row.writers} - held
    if new:
        op.changed = True
        row.fields[name] = sorted(held | new, key=str)
        row.writers[name] = op.new
