# SPDX-License-Identifier: Apache-2.0
"""The instances of a repeat: a row each with its first answers, and one of them open at a time.

A household of a hundred is a hundred rows; the questions of an instance are made when its row is
first opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, ngettext
from desktop.ui import icons, theme
from desktop.ui.forms.answer_words import in_short
from desktop.ui.forms.column import Board, Column
from desktop.ui.forms.question import Question
from desktop.ui.forms.sections import questions
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.xforms.control import Control
    from desktop.xforms.node import Node

_YES_NO: Final = 2
_READ_OPEN: Final = 8
"""So many instances are open from the start where they are only read."""
_TOLD: Final = 3
"""So many answers are told on a closed row."""


class RepeatBoard(Board, Protocol):
    """What a repeat asks of the view beyond what a column may."""

    def add_repeat(self, block: RepeatBlock) -> None:
        """A repeat is on the screen: tell it when instances come and go."""


class RepeatBlock(QWidget):
    """A repeat with its title, its rows, and the button that adds one."""

    def __init__(self, view: RepeatBoard, titled: Control, repeat: Control, within: Node) -> None:
        super().__init__()
        self._view = view
        self._titled, self.repeat, self.within = titled, repeat, within
        self._rows: dict[Node, InstanceRow] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        self._title = Label("", theme.SECTION, "accent", 600, parent=self)
        self._count = Label("", theme.BODY, "quiet", wrap=False, parent=self)
        head.addWidget(self._title, 1)
        head.addWidget(self._count)
        whole.addLayout(head)
        self._empty = Label("", theme.LEAD, "quiet", parent=self)
        whole.addWidget(self._empty)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        whole.addLayout(self._list)
        self._add = Button("", self._add_pressed, icon="plus", parent=self)
        foot = QHBoxLayout()
        foot.addWidget(self._add)
        foot.addStretch(1)
        whole.addLayout(foot)
        view.add_repeat(self)
        self.refresh()
        rows = list(self._rows.values())
        if view.frozen and len(rows) <= _READ_OPEN:
            for row in rows:
                row.open_body()
        elif len(rows) == 1 and not rows[0].summary():
            self.open_row(rows[0], focus=False)

    # ── rows ─────────────────────────────────────────────────────────────────────────────────

    @property
    def rows(self) -> tuple[InstanceRow, ...]:
        """The rows in the order of the instances."""
        return tuple(self._rows.values())

    def refresh(self) -> None:
        """Show the instances there are now; rows that stay are left as they are."""
        session = self._view.session
        instances = [node for node in session.instances(self.repeat, self.within) if node.relevant]
        there = set(instances)
        for node in [node for node in self._rows if node not in there]:
            row = self._rows.pop(node)
            self._view.drop(row)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        ordered: dict[Node, InstanceRow] = {}
        for place, node in enumerate(instances):
            known = self._rows.get(node)
            row = known if known is not None else InstanceRow(self, self._view, node)
            ordered[node] = row
            if known is None or self._list.indexOf(row) != place:
                self._list.insertWidget(place, row)
                row.show()
            row.number(place + 1)
        self._rows = ordered
        self._show_own()

    def show_texts(self) -> None:
        """Everything in the language of the session."""
        self._show_own()
        for row in self._rows.values():
            row.show_texts()

    def _show_own(self) -> None:
        """Title, count and the button that adds."""
        session = self._view.session
        words = self.words()
        count = len(self._rows)
        self._title.setText(words)
        # The page says it already where it is called the same.
        around = self.within.bind.control if self.within.bind is not None else None
        above = session.label(around, self.within) if around is not None else ""
        self._title.setVisible(bool(words) and words != above)
        self._count.setText(
            ngettext("{count} entry", "{count} entries", count).format(count=count)
        )
        self._count.setVisible(count > 1)
        self._empty.setText(_("Nothing is entered here yet."))
        self._empty.setVisible(not count)
        may = not self._view.frozen and session.can_add(self.repeat, self.within)
        self._add.setText(_("Add: {what}").format(what=words) if words else _("Add"))
        self._add.setAccessibleName(self._add.text())
        self._add.setVisible(may)

    def words(self) -> str:
        """What the repeat is called."""
        session = self._view.session
        own = session.label(self._titled, self.within)
        return own or session.label(self.repeat, self.within)

    def row_of(self, node: Node) -> InstanceRow | None:
        """The row of an instance."""
        return self._rows.get(node)

    def open_row(self, row: InstanceRow | None, *, focus: bool = True) -> None:
        """Open one row and close the others; None closes all."""
        for other in self._rows.values():
            if other is not row:
                other.close_body()
        if row is not None:
            row.open_body()
            if focus:
                row.focus_first()

    def _add_pressed(self) -> None:
        self._view.add_instance(self.repeat, self.within)

    # ── walking ──────────────────────────────────────────────────────────────────────────────

    def walk(self) -> Iterator[tuple[QWidget, list[QWidget]]]:
        """What can have the focus, in order."""
        for row in self._rows.values():
            yield from row.walk()
        if not self._add.isHidden():
            yield self._add, [self._add]

    def question_of(self, node: Node) -> Question | None:
        """The question of a node in one of the instances; its row is opened."""
        inside: Node | None = node
        while inside is not None and inside not in self._rows:
            inside = inside.parent
        if inside is None:
            return None
        row = self._rows[inside]
        self.open_row(row, focus=False)
        return row.column.question_of(node) if row.column is not None else None


class _Line(QPushButton):
    """The line of an instance: an arrow that says whether it is open, and its first answers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._open = False
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def turn(self, *, is_open: bool) -> None:
        """Show whether the instance is open."""
        self._open = is_open
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(200), theme.scaled(theme.TARGET))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(120), theme.scaled(theme.TARGET))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.hasFocus() or self.underMouse():
            painter.setPen(
                QPen(theme.colour("focus"), 2) if self.hasFocus() else Qt.PenStyle.NoPen
            )
            painter.setBrush(theme.colour("raised"))
            painter.drawRoundedRect(whole, theme.RADIUS, theme.RADIUS)
        arrow = QRectF(10, (self.height() - 20) / 2, 20, 20)
        icons.paint(painter, arrow, "chevron-down" if self._open else "chevron-right", "accent")
        type_ = theme.font(theme.LEAD, 600 if self._open else 500)
        painter.setFont(type_)
        painter.setPen(theme.colour("accent" if self._open else "text"))
        room = QRectF(40, 0, max(1, self.width() - 52), self.height())
        words = QFontMetricsF(type_).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()


class _Bin(IconButton):
    """The button that removes an instance; Enter never comes to it by itself."""

    asks = False


class InstanceRow(QFrame):
    """One instance: a line that opens it, a button that removes it, and its questions."""

    def __init__(self, block: RepeatBlock, view: Board, node: Node) -> None:
        super().__init__()
        self.setObjectName("card")
        self._block, self._view = block, view
        self.node: Final = node
        self.column: Column | None = None
        self._place = 0
        self._told = self._own = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(6, 4, 6, 4)
        whole.setSpacing(10)
        self._whole = whole
        head = QHBoxLayout()
        head.setSpacing(4)
        self.line = _Line(self)
        self.line.clicked.connect(lambda _on=False: self._turn())
        head.addWidget(self.line, 1)
        self.bin = _Bin("trash-2", "", self._remove, self)
        head.addWidget(self.bin)
        whole.addLayout(head)

    def number(self, place: int) -> None:
        """It is the ``place``-th now."""
        if place != self._place:
            fresh = not self._place
            self._place = place
            if fresh:
                self.show_texts()
            else:
                self._show_words()

    def summary(self) -> str:
        """The first answers of the instance, or empty."""
        session = self._view.session
        told: list[str] = []
        for control in questions(self._block.repeat.children):
            node = session.node(control, self.node)
            if node is None or not node.relevant or not node.value:
                continue
            # Yes and no, and what the form filled in, tell one instance from no other.
            if not control.choosing or len(session.choices(control, node)) > _YES_NO:
                words = in_short(session, control, node)
                if words:
                    told.append(words)
                if len(told) == _TOLD:
                    break
        return "  ·  ".join(told)

    def show_texts(self) -> None:
        """Title and button in the language of the session."""
        session = self._view.session
        self._told = self.summary()
        self._own = ""
        if not self._told and self._block.repeat.label is not None:
            self._own = session.label(self._block.repeat, self.node)
        self._show_words()
        self.bin.setVisible(not self._view.frozen and session.can_remove(self.node))

    def _show_words(self) -> None:
        called = self._block.words()
        self.line.setText(f"{self._place}.  {self._told or self._own or called}")
        what = f"{called} {self._place}: {self._told}".rstrip(": ")
        self.line.setAccessibleName(what)
        self.bin.set_name(_("Remove: {what}").format(what=what))

    @property
    def is_open(self) -> bool:
        """Whether its questions are shown."""
        return self.column is not None and not self.column.isHidden()

    def open_body(self) -> None:
        """Show its questions, made the first time."""
        if self.column is None:
            self.column = Column(self._view, self._block.repeat.children, self.node, self)
            self.column.setContentsMargins(12, 0, 12, 12)
            self.column.grow_whole()
            self._whole.addWidget(self.column)
        self.column.show()
        self.line.turn(is_open=True)

    def close_body(self) -> None:
        """Leave the line alone to be seen."""
        if self.column is not None and not self.column.isHidden():
            self.column.hide()
            self.line.turn(is_open=False)

    def focus_first(self) -> None:
        """Put the focus into its first question."""
        if self.column is None:
            return
        for _block, stops in self.column.stops():
            if stops:
                stops[0].setFocus(Qt.FocusReason.TabFocusReason)
                return

    def walk(self) -> Iterator[tuple[QWidget, list[QWidget]]]:
        """What can have the focus, in order: the line, the questions if open, the button."""
        yield self.line, [self.line]
        if self.column is not None and not self.column.isHidden():
            yield from self.column.stops()
        if not self.bin.isHidden():
            yield self.bin, [self.bin]

    def _turn(self) -> None:
        self._block.open_row(None if self.is_open else self)

    def _remove(self) -> None:
        self._view.remove_instance(self.node)
