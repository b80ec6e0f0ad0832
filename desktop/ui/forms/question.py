# SPDX-License-Identifier: Apache-2.0
"""What every question of a form is: label, hint, guidance, its answer, and the message beside it.

A kind of question subclasses :class:`Question` and says three things: which widget is its answer
(``make_editor``), how a value is shown there (``show_value``), and when an answer is given
(it calls ``commit``). Everything else is the same for all of them and stands here.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.widgets.button import IconButton
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.xforms.control import Control
    from desktop.xforms.node import Node
    from desktop.xforms.session import Session

_STAYS: Final = frozenset(
    {
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.MenuBarFocusReason,
    }
)
"""The focus goes to what belongs to the answer itself: its list, its menu."""
PAUSE: Final = 1000
"""Milliseconds without a key after which what was typed is an answer."""


_ASKED: Final = 2
_ANSWERED: Final = 3
"""How what was asked and a filed answer share the width."""
_ALL: Final = 1000
"""A stretch beside which the one at the end of the row is nothing."""


class Host(Protocol):
    """What a question may ask of the view it stands in."""

    desk: Desk
    session: Session
    draft_id: str
    """The draft being filled; empty when a finished record is shown."""
    event_id: str
    """The event the draft belongs to, or empty."""

    @property
    def frozen(self) -> bool:
        """Whether nothing can be answered: a finished record is shown."""

    def now(self) -> datetime:
        """The local date and time, aware."""

    def go_on(self, question: Question) -> None:
        """Enter was pressed: put the focus into the next question."""

    def undo(self) -> bool:
        """Take the last answer back."""

    def give(self, node: Node, value: str, *, with_last: bool = False) -> None:
        """Answer another node than the one of the question that calls.

        ``with_last``: it belongs to the answer just given, and is taken back with it.
        """


class Question(QWidget):
    """One control of the form for one node."""

    answered = Signal(str)
    """The value the facilitator gave, when it differs from the node's."""
    left = Signal()
    """The focus went away, or a choice was made: the moment to say what is wrong with it."""

    types = False
    """Whether the answer is typed, so that it grows letter by letter."""
    asks = True
    """Whether it wants an answer, or is only read."""
    stretches = False
    """Whether the editor takes the whole width, or as much as it asks for."""

    def __init__(self, view: Host, control: Control, node: Node) -> None:
        super().__init__()
        self.view: Final = view
        self.control: Final = control
        self.node: Final = node
        self._hint: Label | None = None
        self._guidance: Label | None = None
        self._open: IconButton | None = None
        self._message: Label | None = None
        self._notice: Label | None = None
        self._required = False
        self._fault = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._column = column
        self._heading = QHBoxLayout()
        self._heading.setSpacing(8)
        self._label = Label("", theme.SECTION, weight=500, parent=self)
        self._heading.addWidget(self._label, _ALL)
        self._heading.addStretch(1)
        column.addLayout(self._heading)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.flush)
        self.editor: Final = self.make_editor()
        row = QHBoxLayout()
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.editor, _ALL if self.stretches else 0)
        self.answer_row: Final = row
        """Stands after the editor: a unit, a button."""
        row.addStretch(1)
        column.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    # ── what a kind of question says ─────────────────────────────────────────────────────────

    def make_editor(self) -> QWidget:
        """The widget that holds the answer. Called once, before ``load``."""
        raise NotImplementedError

    def show_value(self, value: str) -> None:
        """Show a value of the node in the editor, without telling ``commit`` of it."""
        raise NotImplementedError

    def typed(self) -> str | None:
        """The value as it stands in the editor; None when it is nothing to keep (yet)."""
        return None

    def trouble(self) -> str:
        """A sentence about what stands in the editor and is no value of this kind, or empty."""
        return ""

    def show_choices(self) -> None:
        """The choices, or the language of their words, changed."""

    def set_locked(self, locked: bool) -> None:
        """Let the answer be read only, or be changed."""
        self.editor.setEnabled(not locked)

    def focus_first(self) -> None:
        """Put the focus where the answer begins."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def name_editor(self, name: str, description: str) -> None:
        """Say to screen readers what is asked; a kind with several parts names each."""
        self.editor.setAccessibleName(name)
        self.editor.setAccessibleDescription(description)

    # ── showing the node ─────────────────────────────────────────────────────────────────────

    def load(self) -> None:
        """Show everything of the node: texts, choices, value, whether it can be answered."""
        self.show_texts()
        self.show_choices()
        self.show_value(self.node.value)
        self.show_readonly()

    def show_texts(self) -> None:
        """Label, hint and guidance in the language of the session."""
        session = self.view.session
        self._required = self.node.required and not self.view.frozen
        words = session.label(self.control, self.node)
        mark = " *" if self._required else ""
        self._label.setText(words + mark)
        # As wide as its words, so that what stands after them stands beside them.
        self._label.setMaximumWidth(self._label.widest() + 4)
        self._label.setVisible(bool(words))
        hint = "" if self.view.frozen else _said(session.hint(self.control, self.node))
        if hint or self._hint is not None:
            if self._hint is None:
                self._hint = Label("", theme.BODY, "quiet", parent=self)
                self._column.insertWidget(1, self._hint)
            self._hint.setText(hint)
            self._hint.setVisible(bool(hint))
        if not self.view.frozen:
            self._show_guidance(_said(session.guidance(self.control, self.node)))
        self._name()

    def show_required(self) -> None:
        """Whether an answer is needed changed."""
        self.show_texts()

    def show_readonly(self) -> None:
        """Whether the answer can be changed changed."""
        self.set_locked(self.node.readonly or self.view.frozen)

    @property
    def name(self) -> str:
        """What is asked, as one line for lists and screen readers."""
        words = self.view.session.label(self.control, self.node)
        return " ".join(words.replace("**", "").split()) or self.node.name

    def _name(self) -> None:
        name = self.name
        if self._required:
            name = f"{name} ({_('must be answered')})"
        hint = self._hint.text() if self._hint is not None else ""
        self.name_editor(name, self._fault or hint)

    def _show_guidance(self, words: str) -> None:
        if not words and self._guidance is None:
            return
        if self._guidance is None or self._open is None:
            self._guidance = Label("", theme.BODY, "quiet", parent=self)
            self._guidance.hide()
            self._open = IconButton("circle-question-mark", "", self._turn_guidance, self)
            self.add_to_heading(self._open)
            self._column.insertWidget(self._column.indexOf(self.answer_row), self._guidance)
        self._guidance.setText(words)
        self._open.setVisible(bool(words))
        self._open.set_name(_("How to answer: {question}").format(question=self.name))
        if not words:
            self._guidance.hide()

    def add_to_heading(self, widget: QWidget) -> None:
        """Put something after the label."""
        self._heading.insertWidget(self._heading.count() - 1, widget, 0, Qt.AlignmentFlag.AlignTop)

    def _turn_guidance(self) -> None:
        if self._guidance is not None:
            self._guidance.setVisible(self._guidance.isHidden())

    def lay_aside(self) -> None:
        """Stand beside what was asked instead of under it: it is only read."""
        self._column.setDirection(QBoxLayout.Direction.LeftToRight)
        self._column.setSpacing(24)
        self._column.setStretch(self._column.indexOf(self._heading), _ASKED)
        self._column.setStretch(self._column.indexOf(self.answer_row), _ANSWERED)
        self._column.setAlignment(self._heading, Qt.AlignmentFlag.AlignTop)
        self.answer_row.setContentsMargins(0, 0, 0, 0)
        self._label.set_size(theme.BODY, 400)
        self._label.set_tone("quiet")

    # ── answering ────────────────────────────────────────────────────────────────────────────

    def commit(self, value: str) -> None:
        """Give an answer. Nothing happens when it is the node's value already."""
        self._pause.stop()
        if value != self.node.value and not self.view.frozen and not self.node.readonly:
            self.answered.emit(value)

    def commit_soon(self, pause: int = PAUSE) -> None:
        """A key was pressed: what stands there is an answer when no other follows in ``pause``
        milliseconds.
        """
        self._pause.start(pause)

    def flush(self) -> None:
        """Make an answer of what stands in the editor now."""
        self._pause.stop()
        value = self.typed()
        if value is not None:
            self.commit(value)

    def leave(self) -> None:
        """The focus went away: keep what stands there, and let it be judged."""
        self.flush()
        self.left.emit()

    def done(self) -> None:
        """Enter: keep what stands there and go on to the next question."""
        self.leave()
        self.view.go_on(self)

    def watch(self, editor: QWidget) -> None:
        """Call ``leave`` when the focus goes away from ``editor``, and ``done`` on Enter.

        For every part of the answer that has the focus itself.
        """
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            if event.reason() not in _STAYS:
                if self._focus_inside():
                    # On the way from one part of the answer to the next: nothing to judge yet.
                    self.flush()
                else:
                    self.leave()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.takes_enter(watched):
                    return False
                self.done()
                return True
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                # Before the next stop is looked for: the answer may bring it about.
                self.flush()
        return bool(super().eventFilter(watched, event))

    def _focus_inside(self) -> bool:
        """Whether the focus is in the answer now; the guidance beside it is no part of that."""
        focused = QApplication.focusWidget()
        return focused is not None and focused is not self._open and self.isAncestorOf(focused)

    def stops(self) -> list[QWidget]:
        """Where the Tab key stops in this question, in order."""
        return [*self.tab_stops(self.editor), *self.extra_stops()]

    def extra_stops(self) -> list[QWidget]:
        """The stops beside the editor: what follows it in its row, and the guidance."""
        made: list[QWidget] = []
        for place in range(1, self.answer_row.count()):
            item = self.answer_row.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                made += self.tab_stops(widget)
        if self._open is not None:
            made += self.tab_stops(self._open)
        return made

    @staticmethod
    def tab_stops(widget: QWidget) -> list[QWidget]:
        """``widget`` and what is in it, as far as the Tab key stops there now."""
        found = [widget, *widget.findChildren(QWidget)]
        return [
            one
            for one in found
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and one.isEnabled()
            and one.focusProxy() is None
            and (one.isVisible() or one is widget)
            and not one.isHidden()
        ]

    def takes_enter(self, watched: QObject) -> bool:
        """Whether Enter means something inside this part of the answer."""
        del watched
        return False

    # ── what is said beside it ───────────────────────────────────────────────────────────────

    def set_message(self, sentence: str = "") -> None:
        """Say under the answer what is wrong with it; an empty sentence takes it away."""
        if sentence == self._fault:
            return
        self._fault = sentence
        if self._message is None:
            self._message = Label("", theme.BODY, "red", weight=500, parent=self)
            self._column.addWidget(self._message)
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))
        self.mark_bad(bool(sentence))
        self._name()
        if sentence:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    @property
    def message(self) -> str:
        """The sentence under the answer, or empty."""
        return self._fault

    def mark_bad(self, bad: bool) -> None:
        """Draw the editor as one whose answer is wrong."""
        self.editor.setProperty("bad", "true" if bad else "false")
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

    def say(self, sentence: str = "") -> None:
        """Tell something that is no fault: the answer was cleared, or is not on the disk yet."""
        if self._notice is None:
            if not sentence:
                return
            self._notice = Label("", theme.BODY, "amber", parent=self)
            self._column.addWidget(self._notice)
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))


def _said(words: str) -> str:
    """A text of the form; a lone dash is what XLSForm puts where a language has none."""
    return "" if words.strip() == "-" else words
