# SPDX-License-Identifier: Apache-2.0
"""One section as a page that scrolls: its title, its questions, made piece by piece."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.forms.column import BETWEEN, Board, Column
from desktop.ui.forms.question import Question
from desktop.ui.forms.sections import Section, node_of, repeat_of
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from desktop.xforms.node import Node

_AT_ONCE: Final = 8
"""Questions made before the page is shown: more than a screen holds."""
_SLICE: Final = 0.008
"""Seconds of making between two looks at the keyboard."""
_WIDEST: Final = 980
"""Lines longer than this are hard to follow."""


class _Part:
    """A section in a pane: its title and its column."""

    def __init__(self, section: Section, title: Label, column: Column) -> None:
        self.section = section
        self.title = title
        self.column = column


class Pane(QWidget):
    """One or more sections under each other (more where the whole form is one scroll)."""

    def __init__(
        self, view: Board, sections: tuple[Section, ...], *, titled: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._titled = titled
        inside = QWidget(self)
        self._inside = inside
        holder = QVBoxLayout(inside)
        holder.setContentsMargins(24, 12, 24, 32)
        holder.setSpacing(BETWEEN)
        self.parts: Final[list[_Part]] = []
        session = view.session
        for section in sections:
            group = section.group
            whole = repeat_of(group) if group is not None else None
            title = Label("", theme.SECTION, weight=600, parent=inside)
            title.set_tone("accent")
            if group is None or whole is not None:
                column = Column(view, section.controls, session.root, inside)
            else:
                node = node_of(session, group, session.root) or session.root
                column = Column(view, group.children, node, inside)
            holder.addWidget(title)
            holder.addWidget(column)
            self.parts.append(_Part(section, title, column))
        holder.addStretch(1)
        self.area: Final = Scroll(inside, self)
        whole_layout = QVBoxLayout(self)
        whole_layout.setContentsMargins(0, 0, 0, 0)
        whole_layout.addWidget(self.area)
        self._growing: Iterator[QWidget] | None = self._grow()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._slice)
        self.show_texts()

    def _grow(self) -> Iterator[QWidget]:
        for part in self.parts:
            yield from part.column.grow()

    # ── making ───────────────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """Make the first screen now and the rest between two keys."""
        if self._growing is None or self._timer.isActive():
            return
        for _number in range(_AT_ONCE):
            if next(self._growing, None) is None:
                self._growing = None
                return
        self._timer.start()

    def finish(self) -> None:
        """Make all of it now."""
        if self._growing is not None:
            for _made in self._growing:
                pass
            self._growing = None
        self._timer.stop()

    def _slice(self) -> None:
        late = time.perf_counter() + _SLICE
        while self._growing is not None and time.perf_counter() < late:
            if next(self._growing, None) is None:
                self._growing = None
        if self._growing is None:
            self._timer.stop()

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_texts(self) -> None:
        """Titles in the language of the session; those of hidden sections are hidden."""
        from desktop.ui.forms.sections import is_shown

        session = self._view.session
        for part in self.parts:
            group = part.section.group
            shown = group is None or is_shown(session, group, session.root)
            words = ""
            if self._titled and group is not None and repeat_of(group) is None:
                words = session.label(group, part.column.within)
            part.title.setText(words)
            part.title.setVisible(shown and bool(words))
            part.column.setVisible(shown)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        spare = self.width() - theme.scaled(_WIDEST) - 48
        layout = self._inside.layout()
        if layout is not None:
            layout.setContentsMargins(24, 12, 24 + max(0, spare), 32)

    # ── walking ──────────────────────────────────────────────────────────────────────────────

    def stops(self) -> Iterator[tuple[QWidget, list[QWidget]]]:
        """What can have the focus, in the order of the form."""
        for part in self.parts:
            if not part.column.isHidden():
                yield from part.column.stops()

    def question_of(self, node: Node) -> Question | None:
        """The question of a node in this pane."""
        self.finish()
        for part in self.parts:
            found = part.column.question_of(node)
            if found is not None:
                return found
        return None

    def show_part(self, place: int) -> None:
        """Scroll so that a section begins at the top."""
        bar = self.area.verticalScrollBar()
        if not place and not bar.value():
            return  # it is there, and the rest need not be made for it
        self.finish()
        self._settle()
        part = self.parts[place]
        top = part.title if not part.title.isHidden() else part.column
        bar.setValue(max(0, top.mapTo(self._inside, QPoint(0, 0)).y() - 12))

    def show_widget(self, widget: QWidget, whole: QWidget | None = None) -> None:
        """Scroll so that a widget is seen, and the whole question around it where it fits."""
        self._settle()
        around = whole if whole is not None else widget
        room = self.area.viewport().height()
        top = around.mapTo(self._inside, QPoint(0, 0)).y()
        if around.height() > room - 24:
            around = widget
            top = around.mapTo(self._inside, QPoint(0, 0)).y()
        bar = self.area.verticalScrollBar()
        if top - 12 < bar.value():
            bar.setValue(max(0, top - 24))
        elif top + around.height() + 24 > bar.value() + room:
            bar.setValue(top + around.height() + 24 - room)

    def _settle(self) -> None:
        """Lay out now what was just made or shown, so that its place is known."""
        layout = self._inside.layout()
        if layout is not None:
            layout.activate()
        self.area.fit()
