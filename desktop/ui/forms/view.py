# SPDX-License-Identifier: Apache-2.0
"""One session of a form on the screen: its sections, its questions, and what an answer changes.

The engine says what each answer changed, and only that is shown anew. Each answer goes to the
journal as it is given; the mark at the top says when all of them are on the disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.ui import theme
from desktop.ui.forms.answering import Answering
from desktop.ui.forms.column import Item
from desktop.ui.forms.pane import Pane
from desktop.ui.forms.progress import LanguageSwitch, SavedMark, SectionList, Standing
from desktop.ui.forms.question import Question
from desktop.ui.forms.repeat import RepeatBlock
from desktop.ui.forms.sections import Section, is_shown, sections
from desktop.ui.forms.summary import Line, Summary
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.xforms.change import Changes
    from desktop.xforms.control import Control
    from desktop.xforms.node import Node
    from desktop.xforms.session import Session

_COUNT_AFTER: Final = 120
"""Milliseconds after an answer until what is left is counted: not between answer and paint."""
_LIST: Final = 250
_LIST_NARROW: Final = 196
_NARROW: Final = 900


class FormView(QWidget):
    """A session being answered, or a frozen one being read.

    ``one_scroll``: the whole form under each other instead of a section a page.
    """

    turned = Signal()
    """Another section is shown, or its place among them changed."""
    told = Signal(str, bool)
    """A sentence about what happened, and whether it can be taken back here."""

    def __init__(
        self,
        desk: Desk,
        session: Session,
        draft_id: str = "",
        *,
        event_id: str = "",
        frozen: bool = False,
        one_scroll: bool = False,
        saved_at: datetime | None = None,
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
        self._questions: dict[Node, list[Question]] = {}
        self._items: dict[Node, list[Item]] = {}
        self._open_items: list[Item] = []
        self._repeats: dict[tuple[tuple[str, ...], Node], RepeatBlock] = {}
        self._panes: dict[int, Pane] = {}
        self._judged: set[Node] = set()
        self._checked = False
        self._section_of = {
            path: place for place, one in enumerate(self._sections) for path in one.paths
        }
        self.answered = self.left_to_answer = 0
        self._count = QTimer(self)
        self._count.setSingleShot(True)
        self._count.setInterval(_COUNT_AFTER)
        self._count.timeout.connect(self.count_now)
        self.answering: Final = Answering(self, desk, draft_id)
        self._build()
        self.saved.show_saved(saved_at)
        self.answering.journal.saved.connect(self.saved.show_saved)
        self.answering.journal.unsaved.connect(self._unsaved)
        self.saved.again.connect(self.answering.journal.try_now)
        self.count_now()
        self.go_to(self._next_shown(-1, 1))

    def _build(self) -> None:
        head = QFrame(self)
        head.setObjectName("formhead")
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 4, 24, 6)
        row.setSpacing(16)
        self._where = Label("", theme.BODY, "quiet", wrap=False, parent=head)
        self.saved = SavedMark(head)
        self.saved.setVisible(not self._frozen)
        self.languages = LanguageSwitch(self.session.form.languages, head)
        self.languages.chose.connect(self.answering.speak)
        row.addWidget(self._where, 1)
        row.addWidget(self.saved)
        row.addWidget(self.languages)
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

    def go_on(self, question: Question) -> None:
        """Put the focus into the next question; after the last, onto the next section."""
        found = False
        for block, stops in self._stops():
            if block is question:
                found = True
            elif found and stops:
                self._focus(stops[0], block)
                return
        if not self.at_end:
            self.next_section()

    # ── what the parts of a page ask ─────────────────────────────────────────────────────────

    def place_item(self, item: Item) -> None:
        """An item of a column is there."""
        if item.node is not None and item.control.bound:
            self._items.setdefault(item.node, []).append(item)
        if item.control.kind in ("group", "repeat"):
            self._open_items.append(item)

    def add_question(self, question: Question) -> None:
        """A question was made."""
        self._questions.setdefault(question.node, []).append(question)
        question.answered.connect(lambda value: self.answering.answer(question, value))
        question.left.connect(lambda: self._left(question))
        if self._checked or question.node in self._judged:
            QTimer.singleShot(0, question, lambda: self.judge(question))

    def add_repeat(self, block: object, repeat: Control, within: Node) -> None:
        """A repeat is on the screen."""
        if isinstance(block, RepeatBlock):
            self._repeats[(repeat.path, within)] = block

    def add_instance(self, repeat: Control, within: Node) -> None:
        """Add an instance at the end of a repeat, open it, and begin in it."""
        node = self.answering.add(repeat, within)
        if node is None:
            return
        block = self._repeats.get((repeat.path, within))
        row = block.row_of(node) if block is not None else None
        if block is not None and row is not None:
            block.open_row(row)
            self._reveal(row)

    def remove_instance(self, node: Node) -> None:
        """Remove an instance, with a way back."""
        self.answering.remove(node)

    def drop(self, widget: QWidget) -> None:
        """What is in ``widget`` goes away."""
        gone = set(widget.findChildren(Question))
        if gone:
            for node, there in list(self._questions.items()):
                left = [one for one in there if one not in gone]
                if len(left) != len(there):
                    self._questions[node] = left
        self._repeats = {
            key: block for key, block in self._repeats.items() if not widget.isAncestorOf(block)
        }
        self._open_items = [
            item for item in self._open_items if not widget.isAncestorOf(item.column)
        ]

    def name_of(self, node: Node) -> str:
        """What a repeat's instance is called on its row."""
        block = self._repeats.get((node.path, node.parent)) if node.parent is not None else None
        row = block.row_of(node) if block is not None else None
        return row.line.accessibleName() if row is not None else node.name

    def say_at(self, node: Node, sentence: str) -> None:
        """Tell something beside the question of a node, if it is on the screen."""
        for one in self._questions.get(node, ()):
            one.say(sentence)

    # ── what an answer changed ───────────────────────────────────────────────────────────────

    def show_changes(self, changes: Changes, source: Question | None = None) -> None:
        """Show what the engine says is different, and nothing else."""
        for one in self._at(changes.values):
            if one is not source or not one.isAncestorOf(_focused(one)):
                one.show_value(one.node.value)
        for one in self._at(changes.choices):
            one.show_choices()
        for one in self._at(changes.required):
            one.show_required()
        for one in self._at(changes.readonly):
            one.show_readonly()
        for one in self._at(changes.texts - changes.required):
            one.show_texts()
        for one in self._at(changes.validity | changes.answered):
            if one is not source and (self._checked or one.node in self._judged):
                self.judge(one)
        if changes.added or changes.removed or changes.relevance:
            self._turn(changes)
        self._tell_rows(changes.values)
        self._count.start()

    def _at(self, nodes: frozenset[Node]) -> Iterator[Question]:
        for node in nodes:
            yield from self._questions.get(node, ())

    def _turn(self, changes: Changes) -> None:
        for node in changes.relevance:
            for item in self._items.get(node, ()):
                item.column.turn(item)
        for block in list(self._repeats.values()):
            block.refresh()
        # Groups without a node of their own, and repeats: what is in them decides.
        for item in reversed(self._open_items):
            item.column.turn(item)
        for pane in self._panes.values():
            pane.show_texts()

    def _tell_rows(self, nodes: frozenset[Node]) -> None:
        """The line of an instance tells its first answers."""
        rows = set()
        for node in nodes:
            at = node.parent
            while at is not None and at.path:
                block = self._repeats.get((at.path, at.parent)) if at.parent else None
                row = block.row_of(at) if block is not None else None
                if row is not None:
                    rows.add(row)
                at = at.parent
        for row in rows:
            row.show_texts()

    def show_language(self) -> None:
        """Say everything on the screen in the language of the session."""
        for there in self._questions.values():
            for one in there:
                one.show_texts()
                one.show_choices()
                if one.message:
                    self.judge(one)
        for item in self._open_items:
            words = getattr(item.widget, "show_texts", None)
            if words is not None:
                words()
        for pane in self._panes.values():
            pane.show_texts()
        self.languages.show_language(self.session.language)
        self.count_now()
        if self.on_summary:
            self.summary.show_lines(self.faults())
        self.turned.emit()

    # ── judging ──────────────────────────────────────────────────────────────────────────────

    def _left(self, question: Question) -> None:
        self.answering.settle()
        if question.node.value or question.node in self._judged:
            self._judged.add(question.node)
        self.judge(question)

    def judge(self, question: Question) -> None:
        """Say beside a question what is wrong with its answer. That one is missing is not said
        before it was answered once or the whole form was checked.
        """
        node = question.node
        sentence = question.trouble()
        if not sentence and node.relevant and not self._frozen:
            told = self._checked or bool(node.value) or node in self._judged
            sentence = self.session.message(node) if told else ""
        question.set_message(sentence)

    def faults(self) -> tuple[Line, ...]:
        """What keeps the form from being finished, in its order."""
        lines: list[Line] = []
        seen: set[Node] = set()
        for fault in self.session.faults():
            seen.add(fault.node)
            lines.append(self._line(fault.node, fault.message))
        for node, there in self._questions.items():
            for one in there:
                if node not in seen and node.relevant and one.trouble():
                    seen.add(node)
                    lines.append(self._line(node, one.trouble()))
        return tuple(lines)

    def _line(self, node: Node, sentence: str) -> Line:
        control = node.bind.control if node.bind is not None else None
        words = self.session.label(control, node) if control is not None else node.name
        place = self._section_of.get(node.path, 0)
        return Line(
            node,
            self._title(self._sections[place]) if len(self._sections) > 1 else "",
            " ".join(words.replace("**", "").split()) or node.name,
            sentence,
        )

    def check(self) -> bool:
        """Whether the form can be finished; what is missing is listed and shown when not."""
        self.flush()
        lines = self.faults()
        self._checked = bool(lines)
        for there in list(self._questions.values()):
            for one in there:
                self.judge(one)
        self.count_now()
        if not lines:
            return True
        self.summary.show_lines(lines)
        self._here = -1
        self._turn_to(self.summary)
        self.count_now()
        self.summary.focus_first()
        self.turned.emit()
        return False

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
        if self._one_scroll and pane.parts:
            pane.finish()
            part = pane.parts[place]
            pane.show_widget(part.title if not part.title.isHidden() else part.column)
        if focus and self.isVisible():
            self.focus_first()
        self._count.start()
        self.turned.emit()

    def _visited(self, place: int) -> None:
        """A section was left: what is wrong with its answers is said when she comes back."""
        for node, there in self._questions.items():
            if self._section_of.get(node.path) == place:
                for one in there:
                    self.judge(one)

    def _turn_to(self, page: QWidget) -> None:
        """Show a page. The focus leaves the old one first: Qt would look for its next place while
        the page is neither the old one nor the new.
        """
        focused = self.focusWidget()
        if focused is not None and self._stack.isAncestorOf(focused):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stack.setCurrentWidget(page)

    def focus_first(self) -> None:
        """Put the focus into the first question of the section."""
        if self.on_summary:
            self.summary.focus_first()
            return
        for block, stops in self._stops():
            if stops:
                self._focus(stops[0], block)
                return

    def jump(self, node: Node) -> None:
        """Show the question of a node and put the focus into it."""
        place = self._section_of.get(node.path)
        if place is None:
            return
        self.go_to(place, focus=False)
        pane = self._panes[0 if self._one_scroll else place]
        question = pane.find(node)
        if question is not None:
            pane.show_widget(question)
            question.focus_first()
            self.judge(question)

    def _next_shown(self, place: int, step: int) -> int:
        place += step
        while 0 <= place < len(self._sections):
            if self._is_asked(self._sections[place]):
                return place
            place += step
        return -1

    def _is_asked(self, section: Section) -> bool:
        root = self.session.root
        return any(is_shown(self.session, one, root) for one in section.controls)

    def _title(self, section: Section) -> str:
        session = self.session
        if section.group is None:
            first = section is self._sections[0]
            return _("Beginning") if first else _("Questions")
        words = session.label(section.group, session.node(section.group) or session.root)
        if not words and section.group.children:
            words = session.label(section.group.children[0], session.root)
        return " ".join(words.split()) or section.group.path[-1]

    # ── counting ─────────────────────────────────────────────────────────────────────────────

    def count_now(self) -> None:
        """Count what is answered and what must still be, and show it."""
        self._count.stop()
        size = len(self._sections)
        left, given, bad = [0] * size, [0] * size, [0] * size
        for node in _leaves(self.session.root):
            place = self._section_of.get(node.path)
            if place is None or node.readonly:
                continue
            if node.value:
                given[place] += 1
                bad[place] += not node.valid
            elif node.required:
                left[place] += 1
        standings = []
        for place, section in enumerate(self._sections):
            faulty = bad[place] or (self._checked and left[place])
            done = not left[place] and given[place]
            standings.append(
                Standing(
                    self._title(section),
                    "fault" if faulty else "done" if done else "todo",
                    left[place],
                    self._is_asked(section),
                )
            )
        self.answered, self.left_to_answer = sum(given), sum(left)
        self.list.show_standings(tuple(standings), self._here)
        self.languages.show_language(self.session.language)
        self._show_where(standings)

    def _show_where(self, standings: list[Standing]) -> None:
        shown = [place for place, one in enumerate(standings) if one.shown]
        parts = []
        if len(shown) > 1 and self._here in shown:
            parts.append(
                _("Section {place} of {count}").format(
                    place=shown.index(self._here) + 1, count=len(shown)
                )
            )
        if not self._frozen:
            left = self.left_to_answer
            parts.append(
                ngettext(
                    "{count} question must still be answered",
                    "{count} questions must still be answered",
                    left,
                ).format(count=left)
                if left
                else _("everything that must be answered is")
            )
        self._where.setText("  ·  ".join(parts))

    # ── keys and focus ───────────────────────────────────────────────────────────────────────

    def _stops(self) -> Iterator[tuple[QWidget, list[QWidget]]]:
        if self.on_summary:
            yield self.summary, self.summary.stops()
            return
        pane = self._panes.get(0 if self._one_scroll else self._here)
        if pane is not None:
            yield from pane.stops()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own name
        chain = [(stop, block) for block, stops in self._stops() for stop in stops]
        focused = self.focusWidget()
        widgets = [stop for stop, _block in chain]
        inside = focused is not None and self._stack.isAncestorOf(focused)
        if focused not in widgets and inside:
            # Between stops (a card that is not the chosen one): from its question onwards.
            block = _block_of(focused, [block for _stop, block in chain])
            here = [number for number, (_stop, one) in enumerate(chain) if one is block]
            place = (here[-1] if next else here[0]) if here else -1
        elif focused in widgets:
            place = widgets.index(focused)
        else:
            return bool(super().focusNextPrevChild(next))
        place += 1 if next else -1
        if 0 <= place < len(chain):
            self._focus(*chain[place])
            return True
        return self._leave(next, focused)

    def _leave(self, forwards: bool, focused: QWidget | None) -> bool:
        """Go to what stands before or after the form in the window."""
        at = focused
        while at is not None:
            at = at.nextInFocusChain() if forwards else at.previousInFocusChain()
            if at is focused or at is None:
                return False
            may = at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isEnabled()
            if may and at.isVisible() and not self._stack.isAncestorOf(at):
                reason = Qt.FocusReason.TabFocusReason
                at.setFocus(reason if forwards else Qt.FocusReason.BacktabFocusReason)
                return True
        return False

    def _focus(self, stop: QWidget, block: QWidget) -> None:
        pane = self._stack.currentWidget()
        if isinstance(pane, Pane):
            pane.show_widget(stop, block)
        stop.setFocus(Qt.FocusReason.TabFocusReason)

    def _reveal(self, widget: QWidget) -> None:
        pane = self._stack.currentWidget()
        if isinstance(pane, Pane):
            pane.show_widget(widget)

    def flush(self) -> None:
        """Make an answer of what is being typed."""
        focused = self.focusWidget()
        at = focused
        while at is not None and at is not self:
            if isinstance(at, Question):
                at.flush()
                return
            at = at.parentWidget()

    # ── the frame around it ──────────────────────────────────────────────────────────────────

    def _unsaved(self, count: int, why: str) -> None:
        self.saved.show_unsaved(count)
        if why:
            self.desk.trouble.emit(why)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        narrow = self.width() < theme.scaled(_NARROW)
        self.list.setFixedWidth(theme.scaled(_LIST_NARROW if narrow else _LIST))


def _focused(question: Question) -> QWidget:
    window = question.window()
    focused = window.focusWidget()
    return focused if focused is not None else window


def _block_of(widget: QWidget, blocks: list[QWidget]) -> QWidget | None:
    """The block a widget stands in."""
    return next((block for block in blocks if block.isAncestorOf(widget)), None)


def _leaves(node: Node) -> Iterator[Node]:
    for inside in node.children:
        if inside.kind or not inside.relevant:
            continue
        if inside.children:
            yield from _leaves(inside)
        else:
            yield inside
