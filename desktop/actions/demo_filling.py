# SPDX-License-Identifier: Apache-2.0
"""A form filled without a window: question after question, as somebody would answer it.

Only what is asked can be answered, and what the form would not take is an error here: a
demonstration that shows what nobody could have typed would be a lie.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from desktop.xforms import journal
from desktop.xforms.control import Control
from desktop.xforms.journal import Step
from desktop.xforms.node import Node

if TYPE_CHECKING:
    from desktop.xforms.session import Session

Answer: TypeAlias = "str | bytes | Sequence[Answers]"
"""The answer of a question, a picture, or the rounds of a repeat."""
Answers: TypeAlias = Mapping[str, Answer]
"""By the name of the question or the repeat."""

PACE: Final = timedelta(seconds=8)
"""From one answer to the next."""


class Filling:
    """One walk through a form. ``keep(place, picture)`` gives the answer of a picture.

    ``steps`` are what was done, for the journal; ``clock`` is the session's and goes on.
    """

    def __init__(
        self, session: Session, clock: journal.Clock, keep: Callable[[str, bytes], str]
    ) -> None:
        self.session = session
        self.steps: list[Step] = []
        self._clock = clock
        self._keep = keep

    def fill(self, answers: Answers) -> None:
        """Answer everything in ``answers``, in the order of the form.

        Raises ``ValueError`` for what is not asked and what is not taken.
        """
        if left := answers.keys() - self._walk(self.session.form.body, None, answers):
            raise ValueError(f"nobody asks for {', '.join(sorted(left))}")

    def _walk(
        self, controls: Sequence[Control], within: Node | None, answers: Answers
    ) -> set[str]:
        done: set[str] = set()
        for control in controls:
            name = control.path[-1]
            if control.kind == "group":
                done |= self._walk(control.children, within, answers)
            elif name not in answers:
                continue
            elif control.kind == "repeat":
                rounds = answers[name]
                if isinstance(rounds, str | bytes):
                    raise ValueError(f"{name} has rounds")
                for number, told in enumerate(rounds):
                    self._round(control, within, number, told)
                done.add(name)
            elif self._answer(control, within, answers[name]):
                done.add(name)
        return done

    def _round(self, repeat: Control, within: Node | None, number: int, told: Answers) -> None:
        if number >= len(self.session.instances(repeat, within)):
            self._on()
            node, _changes = self.session.add(repeat, within)
            place = journal.added_at(node)
            self.steps.append(Step(journal.ADD, place, "", self._clock.moment))
        instance = self.session.instances(repeat, within)[number]
        if left := told.keys() - self._walk(repeat.children, instance, told):
            raise ValueError(f"nobody asks for {', '.join(sorted(left))} in {repeat.path[-1]}")

    def _answer(self, control: Control, within: Node | None, answer: object) -> bool:
        """Answer one question; False when it is not asked now."""
        node = self.session.node(control, within)
        if node is None or not node.relevant:
            return False
        place = self.session.place(node)
        value = self._keep(place, answer) if isinstance(answer, bytes) else str(answer)
        self._on()
        step = Step(journal.ANSWER, place, value, self._clock.moment)
        journal.take(self.session, step)
        if bool(node.value) != bool(value) or not node.valid:
            raise ValueError(f"{control.path[-1]} does not take {value}")
        self.steps.append(step)
        return True

    def _on(self) -> None:
        self._clock.moment += PACE

    def name(self) -> str:
        """What the form calls the record as it stands (``instanceName``)."""
        meta = next((one for one in self.session.root.children if one.name == "meta"), None)
        names = [one.value for one in meta.children if one.name == "instanceName"] if meta else []
        return " ".join(" ".join(names).split()).strip("· ")

    def counted(self) -> tuple[int, int]:
        """Questions answered, and those with the ones that must still be."""
        given = left = 0
        for control in self.session.form.controls():
            if not _asked_once(control):
                continue
            node = self.session.node(control)
            if node is None or not node.relevant or node.readonly:
                continue
            given += bool(node.value)
            left += node.required and not node.value
        return given, given + left


def _asked_once(control: Control) -> bool:
    """Whether it is a question outside every repeat."""
    above: Control | None = control
    while above is not None:
        if above.kind == "repeat" or (above is control and above.kind == "group"):
            return False
        above = above.parent
    return True
