# SPDX-License-Identifier: Apache-2.0
"""What an action did, step by step, so that it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.store.shape import Fields


@dataclass(frozen=True, slots=True)
class Step:
    """What one ``put`` or ``delete`` did to one record, as plain values.

    ``before`` is None for a record that was not there; ``"deleted"`` stands among the fields
    when the tombstone was set or taken away.
    """

    noun: str
    id: str
    before: Fields | None
    after: Fields
    resolved: tuple[tuple[str, str], ...] = ()
    """Fields and texts that waited to be chosen until this step."""
    waits: tuple[str, ...] = ()
    """Ops whose texts wait to be chosen again since this step, which took a choice back."""
    moved: tuple[str, str] | None = None
    """The scopes it was moved from and to."""


@dataclass(slots=True)
class Undo:
    """The steps of one action, in the order they were done."""

    steps: list[Step]

    def __bool__(self) -> bool:
        return bool(self.steps)
