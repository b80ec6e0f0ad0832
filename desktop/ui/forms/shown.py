# SPDX-License-Identifier: Apache-2.0
"""What of a session is on the screen, by node, and how it is told what an answer changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.ui.forms.column import GroupBox, Item
from desktop.ui.forms.judging import Judging
from desktop.ui.forms.question import Question
from desktop.ui.forms.repeat import InstanceRow, RepeatBlock

if TYPE_CHECKING:
    from desktop.xforms.change import Changes
    from desktop.xforms.node import Node

_Where = tuple[tuple[str, ...], "Node"]


class Shown:
    """Questions, groups and repeats that were made. Only what ``Changes`` name is shown anew."""

    def __init__(self) -> None:
        self._questions: dict[Node, list[Question]] = {}
        self._items: dict[Node, list[Item]] = {}
        self._groups: list[Item] = []
        self._repeats: dict[_Where, RepeatBlock] = {}

    # ── what is there ────────────────────────────────────────────────────────────────────────

    def put_question(self, question: Question) -> None:
        """A question was made."""
        self._questions.setdefault(question.node, []).append(question)

    def put_item(self, item: Item) -> None:
        """An item of a column is there, made or not."""
        if item.node is not None and item.control.bound:
            self._items.setdefault(item.node, []).append(item)
        if item.control.kind in ("group", "repeat"):
            self._groups.append(item)

    def put_repeat(self, block: RepeatBlock) -> None:
        """A repeat was made."""
        self._repeats[(block.repeat.path, block.within)] = block

    def drop(self, widget: QWidget) -> None:
        """What is in ``widget`` goes away."""
        for question in widget.findChildren(Question):
            there = self._questions.get(question.node, [])
            if question in there:
                there.remove(question)
            if not there:
                self._questions.pop(question.node, None)
        self._repeats = {
            key: block for key, block in self._repeats.items() if not widget.isAncestorOf(block)
        }
        self._groups = [one for one in self._groups if not widget.isAncestorOf(one.column)]
        for node, items in list(self._items.items()):
            left = [one for one in items if not widget.isAncestorOf(one.column)]
            if not left:
                del self._items[node]
            elif len(left) != len(items):
                self._items[node] = left

    def questions(self) -> Iterator[Question]:
        """Every question that was made."""
        for there in self._questions.values():
            yield from there

    def at(self, nodes: frozenset[Node]) -> Iterator[Question]:
        """The questions of these nodes that were made."""
        for node in nodes:
            yield from self._questions.get(node, ())

    def repeat(self, path: tuple[str, ...], within: Node) -> RepeatBlock | None:
        """The repeat of a path around a node, if it was made."""
        return self._repeats.get((path, within))

    def row(self, node: Node) -> InstanceRow | None:
        """The row of an instance, if it was made."""
        block = self._repeats.get((node.path, node.parent)) if node.parent is not None else None
        return block.row_of(node) if block is not None else None

    # ── what an answer changed ───────────────────────────────────────────────────────────────

    def show(self, changes: Changes, source: Question | None, judging: Judging) -> None:
        """Show what the engine says is different. ``source`` shows its own answer already."""
        self._show_answers(changes, source)
        for one in self.at(changes.validity | changes.answered):
            if one is not source and judging.is_told(one.node):
                judging.judge(one)
        if changes.added or changes.removed or changes.relevance:
            self._turn(changes)
        self._tell_rows(changes.values)

    def _show_answers(self, changes: Changes, source: Question | None) -> None:
        for one in self.at(changes.values):
            if one is not source or not _has_focus(one):
                one.show_value(one.node.value)
        for one in self.at(changes.choices):
            one.show_choices()
        for one in self.at(changes.required):
            one.show_required()
        for one in self.at(changes.readonly):
            one.show_readonly()
        for one in self.at(changes.texts - changes.required):
            one.show_texts()
        for node in changes.texts:
            self._retell(node)

    def _retell(self, node: Node) -> None:
        """The title of a group or of an instance changed."""
        for item in self._items.get(node, ()):
            if isinstance(item.widget, GroupBox):
                item.widget.show_texts()
        row = self.row(node)
        if row is not None:
            row.show_texts()

    def _turn(self, changes: Changes) -> None:
        for node in changes.relevance:
            for item in self._items.get(node, ()):
                item.column.turn(item)
        moved = {
            (node.path, node.parent)
            for node in (*changes.relevance, *changes.added, *changes.removed)
            if node.bind is not None and node.bind.repeat is not None
        }
        for (path, within), block in list(self._repeats.items()):
            # An instance that was taken out has no parent any more.
            if (path, within) in moved or (path, None) in moved:
                block.refresh()
        # Groups and repeats: what is in them decides whether they are to be seen. Inner first.
        for item in reversed(list(self._groups)):
            item.column.turn(item)

    def _tell_rows(self, nodes: frozenset[Node]) -> None:
        """The line of an instance tells its first answers."""
        rows = set()
        for node in nodes:
            at = node.parent
            while at is not None and at.path:
                row = self.row(at)
                if row is not None:
                    rows.add(row)
                at = at.parent
        for row in rows:
            row.show_texts()

    def show_texts(self, judging: Judging) -> None:
        """Say everything in the language of the session."""
        for one in list(self.questions()):
            one.show_texts()
            one.show_choices()
            if one.message:
                judging.judge(one)
        for item in self._groups:
            words = getattr(item.widget, "show_texts", None)
            if words is not None:
                words()


def _has_focus(question: Question) -> bool:
    return question.isAncestorOf(question.window().focusWidget())
