# SPDX-License-Identifier: Apache-2.0
"""What lies on the designer's table: a template, its steps, what is chosen. No widget.

Panels and canvas read it and ask it to change; it tells them all when it did.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop.i18n import _
from desktop.model.template import AnyElement, Purpose, Template, Text
from desktop.model.template_copy import MOST, copied, duplicated, pasted
from desktop.model.template_edit import (
    Box,
    added,
    flows,
    has,
    into_column,
    ordered,
    raised,
    texts_of,
    without,
)
from desktop.model.template_form import BadTemplate
from desktop.model.template_history import History, Work
from desktop.ui.widgets.canvas_scene import EMPTY

MIME: Final = "application/x-samut-template-elements"


class Bench(QObject):
    """The template being worked on. ``turned`` comes after every change, ``chose`` when something
    else is chosen, ``said`` with a sentence for the person."""

    turned = Signal()
    chose = Signal()
    said = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = History(Work(EMPTY))
        self._chosen: frozenset[str] = frozenset()
        self.boxes: dict[str, Box] = {}
        """Where everything was set last, for texts that leave a column."""

    # ── reading ──────────────────────────────────────────────────────────────────────────────

    @property
    def work(self) -> Work:
        """The template with the name it was given here."""
        return self._history.now

    @property
    def template(self) -> Template:
        return self._history.now.template

    @property
    def purpose(self) -> Purpose:
        return self.template.purpose

    @property
    def chosen(self) -> frozenset[str]:
        return self._chosen

    def elements(self) -> tuple[AnyElement, ...]:
        """The elements chosen, in their order."""
        return tuple(one for one in self.template.elements if one.id in self._chosen)

    @property
    def can_undo(self) -> bool:
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        return self._history.can_redo

    # ── steps ────────────────────────────────────────────────────────────────────────────────

    def begin(self, saved: Template, draft: Template | None = None) -> None:
        """Take up a template; with a draft the saved one is one step back."""
        self._history = History(Work(saved))
        if draft is not None:
            self._history = self._history.did(Work(draft))
        self._chosen = frozenset()
        self.boxes = {}
        self.turned.emit()
        self.chose.emit()

    def do(self, template: Template, key: str = "") -> None:
        """Change the template; steps of one key become one. What no file holds is refused."""
        if len(template.elements) > MOST:
            self.said.emit(
                _("A template has {most} parts at most. Make a picture of some of them.").format(
                    most=MOST
                )
            )
            return
        self._step(replace(self.work, template=template), key)

    def entitle(self, name: str) -> None:
        """Give the template itself another name; empty for the one it had."""
        self._step(replace(self.work, name=name))

    def _step(self, work: Work, key: str = "") -> None:
        before = self._history
        self._history = before.did(work, key)
        if self._history is not before:
            self._after()

    def settle(self) -> None:
        """End a step: what is typed next is another one."""
        self._history = self._history.settled()

    def undo(self) -> bool:
        """Take the last step back. False when there is none."""
        return self._turn(self._history.undone())

    def redo(self) -> bool:
        """Do it again. False when there is nothing."""
        return self._turn(self._history.redone())

    def _turn(self, history: History) -> bool:
        if history is self._history:
            return False
        self._history = history
        self._after()
        return True

    def _after(self) -> None:
        kept = frozenset(name for name in self._chosen if has(self.template, name))
        gone = kept != self._chosen
        self._chosen = kept
        self.turned.emit()
        if gone:
            self.chose.emit()

    # ── choosing ─────────────────────────────────────────────────────────────────────────────

    def choose(self, ids: frozenset[str]) -> None:
        """Choose elements."""
        ids = frozenset(name for name in ids if has(self.template, name))
        if ids != self._chosen:
            self._chosen = ids
            self.settle()
            self.chose.emit()

    # ── what is asked by key, menu or button ─────────────────────────────────────────────────

    def ask(self, what: str) -> None:
        """Do one of the canvas's ``Ask``, but for words, which are the panel's."""
        doing: dict[str, Callable[[], object]] = {
            "copy": self.copy,
            "cut": self.cut,
            "paste": self.paste,
            "duplicate": self.duplicate,
            "delete": self.delete,
            "forward": lambda: self.raise_("forward"),
            "backward": lambda: self.raise_("backward"),
            "front": lambda: self.raise_("front"),
            "back": lambda: self.raise_("back"),
            "earlier": lambda: self.raise_("forward"),
            "later": lambda: self.raise_("backward"),
        }
        if what in doing:
            doing[what]()

    def add(self, element: AnyElement) -> str:
        """Add an element and choose it; into the column it says, when it is a text."""
        template, name = added(self.template, element)
        if isinstance(element, Text) and element.column:
            template = into_column(template, name, element.column)
        self.do(template)
        self.choose(frozenset({name}))
        return name

    def add_lowest(self, element: AnyElement) -> str:
        """Add an element under everything else."""
        template, name = added(self.template, element)
        self.do(ordered(template, name, 0))
        self.choose(frozenset({name}))
        return name

    def delete(self) -> None:
        """Take what is chosen out."""
        if self._chosen:
            self.do(without(self.template, self._chosen))

    def duplicate(self) -> None:
        """Copy what is chosen beside itself."""
        self._put(lambda: duplicated(self.template, self._chosen))

    def copy(self) -> None:
        """Copy what is chosen; other templates take it too."""
        if not self._chosen:
            return
        held = QMimeData()
        held.setData(MIME, copied(self.template, self._chosen))
        QGuiApplication.clipboard().setMimeData(held)
        self.said.emit(_("Copied. Ctrl+V pastes it, in another template too."))

    def cut(self) -> None:
        """Copy what is chosen and take it out."""
        self.copy()
        self.delete()

    @property
    def can_paste(self) -> bool:
        return QGuiApplication.clipboard().mimeData().hasFormat(MIME)

    def paste(self) -> None:
        """Put in what was copied."""
        held = QGuiApplication.clipboard().mimeData()
        if not held.hasFormat(MIME):
            self.said.emit(_("There is nothing to paste. Copy a part of a template first."))
            return
        data = held.data(MIME).data()
        self._put(lambda: pasted(self.template, bytes(data)))

    def _put(self, make: Callable[[], tuple[Template, tuple[str, ...]]]) -> None:
        try:
            template, ids = make()
        except BadTemplate:
            self.said.emit(_("That cannot be pasted here."))
            return
        if ids:
            self.do(template)
            self.choose(frozenset(ids))

    def raise_(self, way: str) -> None:
        """Bring forward or backward; of a text in a column: earlier or later down it."""
        some = self.elements()
        if len(some) == 1 and flows(some[0]) and isinstance(some[0], Text):
            text = some[0]
            order = [one.id for one in texts_of(self.template, text.column)]
            place = order.index(text.id)
            to = {"forward": place - 1, "backward": place + 1, "front": 0}.get(way, len(order))
            if to >= 0:
                self.do(into_column(self.template, text.id, text.column, to))
            return
        self.do(raised(self.template, self._chosen, way))  # type: ignore[arg-type]

    def name(self, element_id: str, name: str) -> None:
        """Call an element something in the list of layers."""
        found = self.template.element(element_id)
        elements = tuple(
            replace(one, name=name.strip()) if one is found else one
            for one in self.template.elements
        )
        self.do(replace(self.template, elements=elements), f"name {element_id}")
