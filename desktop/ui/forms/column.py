# SPDX-License-Identifier: Apache-2.0
"""Questions and groups one under the other, each made when it is first to be seen.

Making a widget costs a hundred times what showing one costs, and most questions of a long form
are never relevant: so a question has no widget until it is, and a long section goes on being made
while its beginning is already being answered (``grow``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.forms import kinds
from desktop.ui.forms.question import Host, Question
from desktop.ui.forms.sections import is_shown, node_of, repeat_of
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.xforms.control import Control
    from desktop.xforms.node import Node

BETWEEN: Final = 22
"""Pixels between two questions."""


class Board(Host, Protocol):
    """What the parts of a page ask of the view beyond what a question may."""

    def place_item(self, item: Item) -> None:
        """An item of a column is there: tell it when its relevance changes."""

    def add_question(self, question: Question) -> None:
        """A question was made: show in it what changes, and take its answers."""

    def drop(self, widget: QWidget) -> None:
        """What is in ``widget`` goes away."""

    def add_instance(self, repeat: Control, within: Node) -> None:
        """Add an instance at the end of a repeat."""

    def remove_instance(self, node: Node) -> None:
        """Remove an instance, with a way back."""

    def make_repeat(self, titled: Control, repeat: Control, within: Node) -> QWidget:
        """The instances of a repeat as a widget. They have columns themselves, so a column does
        not know them.
        """


_ROW: Final = 4
"""A row of the grid that ``w1`` to ``w4`` are parts of."""


def _width(control: Control) -> int:
    """The part of a row that a question wants, 0 where it does not say."""
    for word in control.appearance:
        found = re.fullmatch(r"w(\d{1,2})", word)
        if found:
            return int(found.group(1))
    return 0


class Item:
    """One control of a column for the node around it; its widget comes when it is relevant."""

    __slots__ = ("column", "control", "node", "widget")

    def __init__(self, column: Column, control: Control, node: Node | None) -> None:
        self.column = column
        self.control = control
        self.node = node
        self.widget: QWidget | None = None


class Column(QWidget):
    """The controls of a section, a group or an instance."""

    def __init__(
        self,
        view: Board,
        controls: Sequence[Control],
        within: Node,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.view = view
        self.within: Final = within
        self._layout: QVBoxLayout | QGridLayout
        # What is only read stands in one column: what was asked, and the answer beside it.
        beside = not view.frozen and any(_width(control) for control in controls)
        self._layout = QGridLayout(self) if beside else QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(BETWEEN // 2 if view.frozen else BETWEEN)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._grown = False
        session = view.session
        self.items: Final[list[Item]] = []
        for control in controls:
            repeat = repeat_of(control)
            if repeat is not None:
                node = None
            elif control.kind == "group":
                node = node_of(session, control, within)
            else:
                node = session.node(control, within)
                if node is None:
                    continue
            item = Item(self, control, node)
            self.items.append(item)
            view.place_item(item)

    # ── making ───────────────────────────────────────────────────────────────────────────────

    def grow(self) -> Iterator[QWidget]:
        """Make what is to be seen, one question a step."""
        for item in self.items:
            if item.widget is None and self._wanted(item):
                yield from self._make(item)
        self._grown = True

    def grow_whole(self) -> None:
        """Make all that is to be seen now."""
        for _made in self.grow():
            pass

    def _wanted(self, item: Item) -> bool:
        return is_shown(self.view.session, item.control, self.within)

    def _make(self, item: Item) -> Iterator[QWidget]:
        repeat = repeat_of(item.control)
        if repeat is not None:
            block = self.view.make_repeat(item.control, repeat, self.within)
            self._insert(item, block)
            yield block
        elif item.control.kind == "group":
            if item.node is not None:
                group = GroupBox(self.view, item.control, item.node)
                self._insert(item, group)
                yield from group.column.grow()
        elif item.node is not None:
            question = kinds.make(self.view, item.control, item.node)
            self.view.add_question(question)
            question.load()
            self._insert(item, question)
            yield question

    def _insert(self, item: Item, widget: QWidget) -> None:
        item.widget = widget
        if isinstance(self._layout, QGridLayout):
            widget.setParent(self)
            widget.show()
            self._set_beside(self._layout)
            return
        place = self.items.index(item)
        before = sum(1 for one in self.items[:place] if one.widget is not None)
        self._layout.insertWidget(before, widget)
        widget.show()

    def _set_beside(self, grid: QGridLayout) -> None:
        """Set questions side by side as their widths allow (``w1`` to ``w4`` of a row of four)."""
        row = column = 0
        for item in self.items:
            if item.widget is None or item.widget.isHidden():
                continue
            span = min(_width(item.control) or _ROW, _ROW)
            if column + span > _ROW:
                row, column = row + 1, 0
            grid.removeWidget(item.widget)
            grid.addWidget(item.widget, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
            column += span
        for each in range(_ROW):
            grid.setColumnStretch(each, 1)

    # ── relevance ────────────────────────────────────────────────────────────────────────────

    def turn(self, item: Item) -> None:
        """The relevance of an item may have changed: show it, make it, or hide it."""
        wanted = self._wanted(item)
        if item.widget is not None:
            if item.widget.isHidden() == wanted:
                item.widget.setVisible(wanted)
                if isinstance(self._layout, QGridLayout):
                    self._set_beside(self._layout)
        elif wanted and self._grown:
            for _made in self._make(item):
                pass

    # ── walking ──────────────────────────────────────────────────────────────────────────────

    def stops(self) -> Iterator[tuple[QWidget, list[QWidget]]]:
        """What can have the focus, block by block, in the order of the form."""
        for item in self.items:
            widget = item.widget
            if widget is None or widget.isHidden():
                continue
            if isinstance(widget, Question):
                yield widget, widget.stops()
            elif isinstance(widget, GroupBox):
                yield from widget.column.stops()
            else:
                walk = getattr(widget, "walk", None)
                if walk is not None:
                    yield from walk()

    def question_of(self, node: Node) -> Question | None:
        """The question of a node, made if it is to be seen and was not yet."""
        for item in self.items:
            if item.node is node and item.control.kind != "group":
                if item.widget is None:
                    for _made in self._make(item) if self._wanted(item) else ():
                        pass
                return item.widget if isinstance(item.widget, Question) else None
            if item.control.kind in ("group", "repeat") and self._holds(item, node):
                if item.widget is None:
                    for _made in self._make(item) if self._wanted(item) else ():
                        pass
                if isinstance(item.widget, GroupBox):
                    found = item.widget.column.question_of(node)
                else:
                    search = getattr(item.widget, "question_of", None)
                    found = search(node) if search is not None else None
                if found is not None:
                    return found
        return None

    def _holds(self, item: Item, node: Node) -> bool:
        path = item.control.path
        return node.path[: len(path)] == path


class GroupBox(QFrame):
    """A group inside a section: its title, and its questions set in by a line."""

    def __init__(self, view: Board, control: Control, node: Node) -> None:
        super().__init__()
        self._view = view
        self.control: Final = control
        self.node: Final = node
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 0)
        whole.setSpacing(10)
        self._title = Label("", theme.SECTION, "accent", 600, parent=self)
        whole.addWidget(self._title)
        row = QHBoxLayout()
        row.setSpacing(0)
        line = QFrame(self)
        line.setObjectName("rule")
        line.setFixedWidth(2)
        line.setMaximumHeight(16_777_215)
        line.setStyleSheet("max-height: 16777215px;")
        self.column: Final = Column(view, control.children, node, self)
        row.addWidget(line)
        row.addSpacing(16)
        row.addWidget(self.column, 1)
        whole.addLayout(row)
        self.show_texts()

    def show_texts(self) -> None:
        """The title in the language of the session."""
        words = self._view.session.label(self.control, self.node)
        self._title.setText(words)
        self._title.setVisible(bool(words))
        if words:
            self.setAccessibleName(words)
