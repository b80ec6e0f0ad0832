# SPDX-License-Identifier: Apache-2.0
"""What is wrong with answers, and when it is said: after the question, not while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from desktop.ui.forms.question import Question
from desktop.ui.forms.summary import Line

if TYPE_CHECKING:
    from desktop.xforms.node import Node
    from desktop.xforms.session import Session


class Judging:
    """The faults of one session on the screen.

    ``there`` gives the questions that were made, ``section`` the title of a node's section.
    """

    def __init__(
        self,
        session: Session,
        there: Callable[[], Iterable[Question]],
        section: Callable[[Node], str],
        *,
        frozen: bool,
    ) -> None:
        self._session = session
        self._there = there
        self._section = section
        self._frozen = frozen
        self._judged: set[Node] = set()
        self.checked = False
        """Whether the whole form was checked and found wanting: then what is missing is said."""

    def left(self, question: Question) -> None:
        """The focus left a question."""
        if question.node.value:
            self._judged.add(question.node)
        self.judge(question)

    def is_told(self, node: Node) -> bool:
        """Whether a fault of this node is said when it comes about."""
        return self.checked or node in self._judged

    def judge(self, question: Question) -> None:
        """Say beside a question what is wrong with its answer. That one is missing is not said
        before it was answered once, or the whole form was checked.
        """
        node = question.node
        sentence = question.trouble()
        if not sentence and node.relevant and not self._frozen:
            told = self.is_told(node) or bool(node.value)
            sentence = self._session.message(node) if told else ""
        question.set_message(sentence)

    def judge_all(self, among: Callable[[Node], bool] = lambda _node: True) -> None:
        """Say it beside every question that was made whose node is ``among`` these."""
        for question in list(self._there()):
            if among(question.node):
                self.judge(question)

    def faults(self) -> tuple[Line, ...]:
        """What keeps the form from being finished, in its order."""
        lines: list[Line] = []
        seen: set[Node] = set()
        for fault in self._session.faults():
            seen.add(fault.node)
            lines.append(self._line(fault.node, fault.message))
        for question in self._there():
            node = question.node
            if node not in seen and node.relevant and question.trouble():
                seen.add(node)
                lines.append(self._line(node, question.trouble()))
        return tuple(lines)

    def _line(self, node: Node, sentence: str) -> Line:
        control = node.bind.control if node.bind is not None else None
        words = self._session.label(control, node) if control is not None else ""
        asked = " ".join(words.replace("**", "").split()) or node.name
        return Line(node, self._section(node), asked, sentence)
