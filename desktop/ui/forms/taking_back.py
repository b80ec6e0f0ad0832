# SPDX-License-Identifier: Apache-2.0
"""The answers of this sitting, to be undone and done again.

The journal is never shortened: taking an answer back is a step that gives the former one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from desktop.xforms.control import Control
    from desktop.xforms.node import Node
    from desktop.xforms.session import Session

_DEPTH: Final = 300


@dataclass(frozen=True, slots=True)
class Taken:
    """Something that was done: how it is taken back, how it is done again, what it was.

    ``place`` names the question whose typing goes on, so that a word typed in three breaths is
    taken back whole; empty when nothing goes on.
    """

    undo: Callable[[], None]
    redo: Callable[[], None]
    words: str
    place: str = ""


class TakingBack:
    """Two stacks."""

    def __init__(self) -> None:
        self._undo: list[Taken] = []
        self._redo: list[Taken] = []

    def push(self, taken: Taken) -> None:
        """Something was done. What was undone before is forgotten."""
        self._redo.clear()
        last = self._undo[-1] if self._undo else None
        if last is not None and taken.place and last.place == taken.place:
            self._undo[-1] = replace(taken, undo=last.undo)
            return
        self._undo = [*self._undo[-_DEPTH:], taken]

    def join(self, taken: Taken) -> None:
        """Something was done that belongs to the last thing: both are taken back as one."""
        if not self._undo:
            self.push(taken)
            return
        last = self._undo[-1]

        def back() -> None:
            taken.undo()
            last.undo()

        def again() -> None:
            last.redo()
            taken.redo()

        self._undo[-1] = Taken(back, again, last.words, last.place)

    def settle(self) -> None:
        """The typing is over: the next answer to the same question is one of its own."""
        if self._undo and self._undo[-1].place:
            self._undo[-1] = replace(self._undo[-1], place="")

    def undo(self) -> str | None:
        """Take the last thing back; what it was, None when there is none."""
        return self._turn(self._undo, self._redo, back=True)

    def redo(self) -> str | None:
        """Do again what was taken back last; what it was, None when there is none."""
        return self._turn(self._redo, self._undo, back=False)

    @staticmethod
    def _turn(stack: list[Taken], other: list[Taken], *, back: bool) -> str | None:
        if not stack:
            return None
        taken = replace(stack.pop(), place="")
        other.append(taken)
        (taken.undo if back else taken.redo)()
        return taken.words


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The answers of an instance of a repeat before it was removed."""

    values: tuple[tuple[Control, str], ...]
    inside: tuple[tuple[Control, tuple[Snapshot, ...]], ...]


def snapshot(session: Session, controls: tuple[Control, ...], within: Node) -> Snapshot:
    """The answers in an instance, with those of the repeats in it."""
    values: list[tuple[Control, str]] = []
    inside: list[tuple[Control, tuple[Snapshot, ...]]] = []

    def walk(some: tuple[Control, ...]) -> None:
        for control in some:
            if control.kind == "repeat":
                inside.append(
                    (
                        control,
                        tuple(
                            snapshot(session, control.children, one)
                            for one in session.instances(control, within)
                        ),
                    )
                )
            elif control.kind == "group":
                walk(control.children)
            else:
                node = session.node(control, within)
                if node is not None:
                    values.append((control, node.value))

    walk(controls)
    return Snapshot(tuple(values), tuple(inside))
