# SPDX-License-Identifier: Apache-2.0
"""One session of a form on the screen: its sections, its questions, and what an answer changes.

The engine says what each answer changed, and only that is shown anew. Each answer goes to the
journal as it is given; the mark at the top says when all of them are on the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.forms.answering import Answering
from desktop.ui.forms.column import Item
from desktop.ui.forms.counting import Counted, count, is_asked, title_of
from desktop.ui.forms.head import Head
from desktop.ui.forms.judging import Judging
from desktop.ui.forms.pane import Pane
from desktop.ui.forms.progress import SectionList
from desktop.ui.forms.question import Question
from desktop.ui.forms.repeat import RepeatBlock
from desktop.ui.forms.sections import sections
from desktop.ui.forms.seen import Seen
from desktop.ui.forms.shown import Shown
from desktop.ui.forms.summary import Summary
from desktop.ui.forms.walking import Walking, first_asked

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.xforms.change import Changes
    from desktop.xforms.control import Control
    from desktop.xforms.node import Node
    from desktop.xforms.session import Session

_COUNT_AFTER: Final = 120
"""Milliseconds after an answer until what is left is counted: not between answer and paint."""


class FormView(QWidget):
    """A session being answered, or read when frozen; a section a page, or ``one_scroll``."""

    turned = Signal()
    """Another section is shown, or its place among them changed."""
    told = Signal(str, bool)
    """A sentence about what happened, and whether it can be taken back here."""
    other_way = Signal()
    """One scroll is wanted instead of a section a page, or the other way about."""

    def __init__(
        self,
        desk: Desk,
        session: Session,
        draft_id: str = "",
        *,
        event_id: str = "",
        frozen: bool = False,
        one_scroll: bool = False,
        answered: Iterable[str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.session = session
        self.draft_id = draft_id
        self.event_id = event_id
        self._frozen = frozen
        self._sections: Final = sections(session.form.body)
        self._one_scroll = one_scroll or len(self._sections) < 2
        self._here = -1
        self._shown: Final = Shown()
        self._panes: dict[int, Pane] = {}
        self.seen: Final = Seen(session, self._sections, answered)
        self._section_of: Final = self.seen.section_of
        self.counted = Counted(0, 0, ())
        self._count = QTimer(self, singleShot=True, interval=_COUNT_AFTER)
        self._count.timeout.connect(self.count_now)
        self.answering: Final = Answering(self, desk, draft_id, self)
        self.judging: Final = Judging(
            session, self._shown.questions, self._section_title, frozen=frozen
        )
        self._build()
        self._walking: Final = Walking(self._stack, self._stops, self._focus)
        self.saved.show_saved(None)
        self.answering.journal.saved.connect(self.saved.show_saved)
        self.answering.journal.unsaved.connect(self.saved.show_unsaved)
        self.saved.again.connect(self.answering.journal.try_now)
        self.count_now()
        self.go_to(self._next_shown(-1, 1))

    def _build(self) -> None:
        way = self._one_scroll if len(self._sections) > 1 and not self._frozen else None
        head = Head(self.session.form.languages, frozen=self._frozen, one_scroll=way, parent=self)
        head.other_way.connect(self.other_way)
        self.head, self.saved, self.languages = head, head.saved, head.languages
        self.languages.chose.connect(self.answering.speak)
        self.list = SectionList(len(self._sections), self)
        self.list.chose.connect(self.go_to)
        self.list.setVisible(len(self._sections) > 1)
        self._stack = QStackedWidget(self)
        self.summary = Summary(self)
        self.summary.wanted.connect(self.jump)
        self._stack.addWidget(self.summary)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.list)
        across.addWidget(self._stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addLayout(across, 1)

    # ── what a question may ask ──────────────────────────────────────────────────────────────

    @property
    def frozen(self) -> bool:
        """Whether nothing can be answered."""
        return self._frozen

    def now(self) -> datetime:
        """The local date and time, aware."""
        return self.desk.now()

    def undo(self) -> bool:
        """Take the last answer back; False when there is none."""
        return self.answering.undo()

    def redo(self) -> bool:
        """Give again what was taken back last; False when there is nothing."""
        return self.answering.redo()

    def give(self, node: Node, value: str, *, with_last: bool = False) -> None:
        """Answer another node than that of the question that asks for it."""
        self.answering.give(node, value, with_last=with_last)

    def go_on(self, question: Question) -> None:
        """Put the focus into the next question; after the last, onto what follows the page."""
        if not self._walking.after(question):
            self._walking.leave(question) if self.at_end else self.next_section()

    # ── what the parts of a page ask ─────────────────────────────────────────────────────────

    def place_item(self, item: Item) -> None:
        """An item of a column is there."""
        self._shown.put_item(item)

    def add_question(self, question: Question) -> None:
        """A question was made."""
        self._shown.put_question(question)
        question.answered.connect(lambda value: self.answering.answer(question, value))
        question.left.connect(lambda: self._left(question))
        if self.judging.is_told(question.node):
            QTimer.singleShot(0, question, lambda: self.judging.judge(question))

    def make_repeat(self, titled: Control, repeat: Control, within: Node) -> RepeatBlock:
        """The instances of a repeat as a widget."""
        return RepeatBlock(self, titled, repeat, within)

    def add_repeat(self, block: RepeatBlock) -> None:
        """A repeat is on the screen."""
        self._shown.put_repeat(block)

    def add_instance(self, repeat: Control, within: Node) -> None:
        """Add an instance at the end of a repeat, open it, and begin in it."""
        node = self.answering.add(repeat, within)
        if node is None:
            return
        block = self._shown.repeat(repeat.path, within)
        row = block.row_of(node) if block is not None else None
        if block is not None and row is not None:
            block.open_row(row)
            self._reveal(row)

    def remove_instance(self, node: Node) -> None:
        """Remove an instance, with a way back."""
        self.answering.remove(node)

    def drop(self, widget: QWidget) -> None:
        """What is in ``widget`` goes away."""
        self._shown.drop(widget)

    def name_of(self, node: Node) -> str:
        """What a repeat's instance is called on its row."""
        row = self._shown.row(node)
        return row.line.accessibleName() if row is not None else node.name

    def say_at(self, node: Node, sentence: str) -> None:
        """Tell something beside the question of a node, if it is on the screen."""
        for one in self._shown.at(frozenset({node})):
            one.say(sentence)

    # ── what an answer changed ───────────────────────────────────────────────────────────────

    def show_changes(self, changes: Changes, source: Question | None = None) -> None:
        """Show what the engine says is different, and nothing else."""
        self._shown.show(changes, source, self.judging)
        if changes.added or changes.removed or changes.relevance or changes.texts:
            for pane in self._panes.values():
                pane.show_texts()
        self._count.start()

    def show_language(self) -> None:
        """Say everything on the screen in the language of the session."""
        self._shown.show_texts(self.judging)
        for pane in self._panes.values():
            pane.show_texts()
        self.count_now()
        if self.on_summary:
            self.summary.show_lines(self.judging.faults())
        self.turned.emit()

    # ── judging ──────────────────────────────────────────────────────────────────────────────

    def _left(self, question: Question) -> None:
        self.answering.settle()
        self.judging.left(question)

    def check(self) -> bool:
        """Whether the form can be finished; what is missing is listed and shown when not."""
        self.flush()
        lines = self.judging.faults()
        self.judging.checked = bool(lines)
        self.judging.judge_all()
        if lines:
            self.summary.show_lines(lines)
            self._here = -1
            self._turn_to(self.summary)
            self.summary.focus_first()
        self.count_now()
        self.turned.emit()
        return not lines

    @property
    def on_summary(self) -> bool:
        """Whether the list of faults is shown."""
        return self._stack.currentWidget() is self.summary

    # ── sections ─────────────────────────────────────────────────────────────────────────────

    @property
    def here(self) -> int:
        """The section shown; -1 on the list of faults."""
        return self._here

    @property
    def at_end(self) -> bool:
        """Whether no section follows."""
        return self._one_scroll or self._next_shown(self._here, 1) < 0

    @property
    def at_start(self) -> bool:
        """Whether no section comes before."""
        return self._one_scroll or self._next_shown(self._here, -1) < 0

    def next_section(self) -> None:
        """Go to the next section that is asked."""
        self.go_to(self._next_shown(self._here, 1))

    def previous_section(self) -> None:
        """Go to the section before; from the list of faults to the last."""
        start = len(self._sections) if self.on_summary else self._here
        self.go_to(self._next_shown(start, -1))

    def go_to(self, place: int, *, focus: bool = True) -> None:
        """Show a section."""
        if not 0 <= place < len(self._sections):
            return
        self.flush()
        key = 0 if self._one_scroll else place
        pane = self._panes.get(key)
        if pane is None:
            shown = self._sections if self._one_scroll else (self._sections[place],)
            pane = Pane(self, shown, titled=len(self._sections) > 1, parent=self)
            self._panes[key] = pane
            self._stack.addWidget(pane)
            pane.begin()
        if self._here >= 0 and self._here != place:
            self._visited(self._here)
        self._here = place
        self._turn_to(pane)
        if self._one_scroll:
            pane.show_part(place)
        if focus and self.isVisible():
            self.focus_first()
        self._count.start()
        self.turned.emit()

    def resume(self, place: str) -> None:
        """Show the section of the answer at a place, where it was left."""
        node = self.session.find(place) if place else None
        section = self._section_of.get(node.path) if node is not None else None
        if section is not None and is_asked(self.session, self._sections[section]):
            self.go_to(section)

    def _visited(self, place: int) -> None:
        """A section was left: what is wrong with its answers is said when she comes back."""
        self.seen.left(place)
        self.judging.judge_all(lambda node: self._section_of.get(node.path) == place)

    def _turn_to(self, page: QWidget) -> None:
        """Show a page. The focus leaves the old one first: Qt would look for its next place while
        the page is neither the old one nor the new.
        """
        if self._stack.isAncestorOf(self.window().focusWidget()):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stack.setCurrentWidget(page)

    def focus_first(self) -> None:
        """Put the focus into the first question of the section."""
        if self.on_summary:
            self.summary.focus_first()
        else:
            pane = self._panes[0 if self._one_scroll else self._here]
            part = pane.parts[self._here if self._one_scroll else 0]
            # Where it stands: a page is read from its top.
            stop = first_asked(part.column.stops()) or pane.area
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def jump(self, node: Node) -> None:
        """Show the question of a node and put the focus into it."""
        place = self._section_of.get(node.path)
        if place is None:
            return
        self.go_to(place, focus=False)
        pane = self._panes[0 if self._one_scroll else place]
        question = pane.question_of(node)
        if question is not None:
            pane.show_widget(question)
            question.focus_first()
            self.judging.judge(question)

    def _next_shown(self, place: int, step: int) -> int:
        places = range(place + step, len(self._sections) if step > 0 else -1, step)
        shown = (one for one in places if is_asked(self.session, self._sections[one]))
        return next(shown, -1)

    # ── counting ─────────────────────────────────────────────────────────────────────────────

    def count_now(self) -> None:
        """Count what is answered and what must still be, and show it."""
        self._count.stop()
        self.counted = count(self.session, self._sections, self.seen, checked=self.judging.checked)
        self.list.show_standings(self.counted.standings, self._here, growing=not self._frozen)
        self.languages.show_language(self.session.language)
        here = -1 if self._one_scroll else self._here
        self.head.show_place(self.counted.words(here, frozen=self._frozen))

    def _section_title(self, node: Node) -> str:
        place = self._section_of.get(node.path, 0)
        if len(self._sections) < 2:
            return ""
        return title_of(self.session, self._sections[place], first=place == 0)

    # ── keys and focus ───────────────────────────────────────────────────────────────────────

    def _stops(self) -> Iterator[tuple[QWidget, list[QWidget]]]:
        if self.on_summary:
            yield self.summary, self.summary.stops()
            return
        pane = self._panes.get(0 if self._one_scroll else self._here)
        if pane is not None:
            yield from pane.stops()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own name
        went = self._walking.step(self.focusWidget(), forwards=next)
        return bool(super().focusNextPrevChild(next)) if went is None else went

    def _focus(self, stop: QWidget, block: QWidget) -> None:
        pane = self._stack.currentWidget()
        if isinstance(pane, Pane):
            pane.show_widget(stop, block)
        stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reveal(self, widget: QWidget) -> None:
        pane = self._stack.currentWidget()
        if isinstance(pane, Pane):
            pane.show_widget(widget)

    def flush(self) -> None:
        """Make an answer of what is being typed."""
        at: QWidget | None = self.focusWidget()
        while at is not None and at is not self:
            if isinstance(at, Question):
                at.flush()
                return
            at = at.parentWidget()

    # ── the frame around it ──────────────────────────────────────────────────────────────────

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.list.fit(self.width())
        self.head.fit(self.height())
