# SPDX-License-Identifier: Apache-2.0
"""An answer on its way: into the session, into the journal, and back if it is taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, SignalInstance

from desktop.errors import Problem
from desktop.i18n import _
from desktop.ui.forms.journal import Journal
from desktop.ui.forms.question import Question
from desktop.ui.forms.taking_back import Snapshot, Taken, TakingBack, snapshot
from desktop.xforms import journal as steps
from desktop.xforms import place as places
from desktop.xforms.journal import Step

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.forms.head import SavedMark
    from desktop.ui.forms.seen import Seen
    from desktop.xforms.change import Changes
    from desktop.xforms.control import Control
    from desktop.xforms.finish import Finished
    from desktop.xforms.node import Node
    from desktop.xforms.session import Session


class Screen(Protocol):
    """What answering asks of the view that has the session on the screen."""

    session: Session

    @property
    def frozen(self) -> bool:
        """Whether nothing can be answered."""

    @property
    def seen(self) -> Seen:
        """What was seen and answered, section by section."""

    @property
    def saved(self) -> SavedMark:
        """The mark that says whether everything is on the disk."""

    @property
    def told(self) -> SignalInstance:
        """A sentence about what happened, and whether it can be taken back."""

    def show_changes(self, changes: Changes, source: Question | None = None) -> None:
        """Show what the engine says is different."""

    def show_language(self) -> None:
        """Say everything in the language of the session."""

    def name_of(self, node: Node) -> str:
        """What an instance is called on its row."""

    def say_at(self, node: Node, sentence: str) -> None:
        """Tell something beside the question of a node."""

    def jump(self, node: Node) -> None:
        """Put the focus into the question of a node."""

    def flush(self) -> None:
        """Make an answer of what is being typed."""


class Answering(QObject):
    """What a view does with answers. The session's clock stands at the moment of each step."""

    def __init__(self, view: Screen, desk: Desk, draft_id: str, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._desk = desk
        self._session = view.session
        self.journal: Final = Journal(desk, draft_id, self)
        self._taking: Final = TakingBack()
        self._cascades = any(
            bind.choices is not None and bind.choices.reads
            for bind in self._session.form.binds.values()
        )

    # ── answers ──────────────────────────────────────────────────────────────────────────────

    def answer(self, question: Question, value: str) -> None:
        """An answer was given in the window."""
        session, node = self._session, question.node
        where, former = session.place(node), node.value
        at_risk = dict(self._at_risk())
        changes = self._do(steps.ANSWER, where, value)
        if changes is None:
            question.show_value(node.value)
            return
        lost = [
            (session.place(one), at_risk[one])
            for one in changes.cleared
            if one is not node and at_risk.get(one)
        ]
        self._taking.push(
            Taken(
                lambda: self._give([(where, former), *lost]),
                lambda: self._give([(where, value)]),
                question.name,
                where if question.types else "",
            )
        )
        self._view.show_changes(changes, question)
        question.say()
        self._tell_cleared(changes, question)

    def give(self, node: Node, value: str, *, with_last: bool = False) -> None:
        """Answer a node that is not that of the question in hand, with a way back.

        ``with_last``: it belongs to the answer just given, and is taken back with it.
        """
        where, former = self._session.place(node), node.value
        if node.readonly or former == value:
            return
        self._answer_quietly(node, value)
        keep = self._taking.join if with_last else self._taking.push
        keep(
            Taken(
                lambda: self._give([(where, former)]),
                lambda: self._give([(where, value)]),
                self._name(node),
            )
        )

    def _name(self, node: Node) -> str:
        control = node.bind.control
        words = self._session.label(control, node) if control is not None else ""
        return " ".join(words.split()) or node.name

    def _at_risk(self) -> Iterator[tuple[Node, str]]:
        """Answers whose choices depend on other answers: they may be cleared by the next."""
        if not self._cascades:
            return
        left = [self._session.root]
        while left:
            for node in left.pop().children:
                if node.children:
                    left.append(node)
                elif node.value and node.bind is not None and node.bind.choices is not None:
                    yield node, node.value

    def _tell_cleared(self, changes: Changes, question: Question) -> None:
        for node in changes.cleared:
            if node is question.node:
                continue
            sentence = _(
                "The answer to “{question}” was cleared, because it does not go with “{other}”."
            ).format(question=self._name(node), other=question.name)
            self._view.told.emit(sentence, True)
            self._view.say_at(node, _("Choose again: the former answer no longer fits."))

    def begin_with(self, answers: Sequence[tuple[Node, str]]) -> None:
        """Give what is known before anybody asks; nobody would want to take it back."""
        for node, value in answers:
            self._answer_quietly(node, value)

    def finalise(self) -> Finished | None:
        """The record for good, at this moment; None when something is missing after all."""
        clock = self._session.clock
        if isinstance(clock, steps.Clock):
            clock.moment = self._desk.now()
        try:
            return self._session.finalise()
        except Problem as problem:
            self._desk.fail(problem)
            return None

    def settle(self) -> None:
        """The focus went on: what is typed next is an answer of its own."""
        self._taking.settle()

    # ── instances ────────────────────────────────────────────────────────────────────────────

    def add(self, repeat: Control, within: Node) -> Node | None:
        """Add an instance at the end of a repeat; None when the form does not allow it."""
        parent = _above(repeat, within)
        if parent is None:
            return None
        where = f"{self._session.place(parent)}/{repeat.path[-1]}"
        made: list[Node] = []

        def again() -> None:
            changes = self._do(steps.ADD, where, "")
            if changes is not None:
                made[:] = changes.added[:1]
                self._view.show_changes(changes)

        def back() -> None:
            if made:
                self._take_out(made[0])

        again()
        if not made:
            return None
        self._taking.push(Taken(back, again, self._session.label(repeat, within)))
        return made[0]

    def remove(self, node: Node) -> None:
        """Remove an instance; its answers are kept until the form is closed."""
        session = self._session
        repeat, parent = node.bind.repeat, node.parent
        if repeat is None or parent is None:
            return
        kept = snapshot(session, repeat.children, node)
        place = session.instances(repeat, node).index(node)
        words = self._view.name_of(node)
        there = [node]

        def back() -> None:
            where = f"{session.place(parent)}/{node.name}"
            changes = self._do(steps.ADD, where, str(place))
            if changes is None or not changes.added:
                return
            there[0] = changes.added[0]
            self._view.show_changes(changes)
            self._restore(kept, there[0])

        def again() -> None:
            self._take_out(there[0])

        again()
        self._taking.push(Taken(back, again, words))
        self._view.told.emit(_("Removed: {what}").format(what=words), True)

    def _take_out(self, node: Node) -> None:
        changes = self._do(steps.REMOVE, self._session.place(node), "")
        if changes is not None:
            self._view.show_changes(changes)

    def _restore(self, kept: Snapshot, within: Node) -> None:
        session = self._session
        for control, value in kept.values:
            node = session.node(control, within)
            if node is not None and node.value != value and not node.readonly:
                self._answer_quietly(node, value)
        for control, instances in kept.inside:
            for place, one in enumerate(instances):
                there = session.instances(control, within)
                if place >= len(there):
                    parent = _above(control, within)
                    if parent is None or not session.can_add(control, within):
                        break
                    self._do(steps.ADD, f"{session.place(parent)}/{control.path[-1]}", "")
                    there = session.instances(control, within)
                self._restore(one, there[place])

    # ── language ─────────────────────────────────────────────────────────────────────────────

    def speak(self, language: str) -> None:
        """Show the form in another of its languages."""
        if language != self._session.language:
            if self._view.frozen:
                self._session.language = language
            else:
                self._do(steps.LANGUAGE, "", language)
        self._view.show_language()

    # ── taking back ──────────────────────────────────────────────────────────────────────────

    def undo(self) -> bool:
        """Take the last thing back; False when there is none."""
        self._view.flush()
        words = self._taking.undo()
        if words is None:
            return False
        self._view.told.emit(_("Undone: {what}").format(what=words), False)
        return True

    def redo(self) -> bool:
        """Do again what was taken back last; False when there is nothing."""
        words = self._taking.redo()
        if words is None:
            return False
        self._view.told.emit(_("Done again: {what}").format(what=words), False)
        return True

    def _give(self, answers: Sequence[tuple[str, str]]) -> None:
        first: Node | None = None
        for where, value in answers:
            node = self._session.find(where)
            if node is not None and not node.readonly:
                first = first or node
                self._answer_quietly(node, value)
        if first is not None and first.relevant:
            self._view.jump(first)

    def _answer_quietly(self, node: Node, value: str) -> None:
        changes = self._do(steps.ANSWER, self._session.place(node), value)
        if changes is not None:
            self._view.show_changes(changes)

    # ── one step ─────────────────────────────────────────────────────────────────────────────

    def _do(self, kind: str, where: str, value: str) -> Changes | None:
        """Do a step and put it into the journal; None when the form does not allow it, or when
        what it is about is gone: an older step was taken back since.
        """
        about = where.rpartition("/")[0] if kind == steps.ADD else where
        if about and self._session.find(about) is None:
            return None
        step = Step(kind, where, value, self._desk.now())
        clock = self._session.clock
        if isinstance(clock, steps.Clock):
            clock.moment = step.at
        try:
            changes = steps.take(self._session, step)
        except Problem as problem:
            self._desk.fail(problem)
            return None
        self.journal.note(steps.noted(self._session, step))
        if kind == steps.ANSWER:
            self._view.seen.answer(where)
        self._view.saved.show_saving()
        return changes


def _above(repeat: Control, within: Node) -> Node | None:
    """The node that holds the instances of a repeat."""
    found = places.nearest(within, repeat.path[:-1])
    return found[0] if found else None
