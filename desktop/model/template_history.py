# SPDX-License-Identifier: Apache-2.0
"""What was done to a template, step by step, to take it back and do it again.

A step is all that lies on the designer's table: a whole template, and the name it goes by. Acts
that belong together (a drag, typing into one text, holding an arrow key) carry the same key and
become one step; ``settled`` ends it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from desktop.model.template import Template

_DEPTH: Final = 300


@dataclass(frozen=True, slots=True)
class Work:
    """What lies on the designer's table."""

    template: Template
    name: str = ""
    """The name it was given there; empty for the one it had."""


@dataclass(frozen=True, slots=True)
class History:
    """What lay there before, what lies there now, and what was taken back."""

    now: Work
    past: tuple[Work, ...] = ()
    future: tuple[Work, ...] = ()
    key: str = ""
    """What the last step was, as long as more of it may come."""

    def did(self, work: Work, key: str = "") -> History:
        """Go on to this. The same changes nothing."""
        if work == self.now:
            return self
        if key and key == self.key and self.past:
            return replace(self, now=work, future=())
        return History(work, (*self.past[-_DEPTH:], self.now), (), key)

    def settled(self) -> History:
        """The step is over: what comes next is another one."""
        return replace(self, key="") if self.key else self

    @property
    def can_undo(self) -> bool:
        return bool(self.past)

    @property
    def can_redo(self) -> bool:
        return bool(self.future)

    def undone(self) -> History:
        """One step back; the same when there is none."""
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (self.now, *self.future))

    def redone(self) -> History:
        """The step that was taken back last, again; the same when there is none."""
        if not self.future:
            return self
        return History(self.future[0], (*self.past, self.now), self.future[1:])
