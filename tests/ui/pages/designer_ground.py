# SPDX-License-Identifier: Apache-2.0
"""Short ways to work in the designer as a person does: by mouse, keys and an input method."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions.template import TemplateCard, copy
from desktop.model.template import AnyElement, Template, Text
from desktop.model.template_edit import Box
from desktop.ui.desk import Desk
from desktop.ui.pages.designer import Designer
from desktop.ui.widgets.canvas_hit import handle_place

Settled = Callable[[], None]
_NONE = Qt.KeyboardModifier.NoModifier


class Table:
    """A page of the designer with a template on it."""

    def __init__(self, qtbot: QtBot, page: Designer, settled: Settled) -> None:
        self.bot, self.page, self._settled = qtbot, page, settled
        self.editor = page.editor
        self.bench = page.editor.bench
        self.canvas = page.editor.canvas
        for timer in (page.editor.render_._later, page.editor.keeping._soon):
            timer.setInterval(10)  # nobody types meanwhile

    def open(self, ref: str = "completion") -> None:
        """Open a template and wait until it is drawn."""
        self.page.arrive({"template": ref})
        self.bot.waitUntil(lambda: self.page.editing, timeout=20_000)
        self.rest()

    def open_own(self) -> TemplateCard:
        """Open a template of the office, that began as a copy."""
        card: TemplateCard = copy(self.page.desk.store, self.page.desk.by, "completion").value
        self.open(card.id)
        self.bot.waitUntil(lambda: self.editor.keeping.opened_ref == card.id)
        self.rest()
        return card

    def rest(self) -> None:
        """Wait until everything is drawn and kept."""
        self.bot.waitUntil(lambda: not self.editor.busy, timeout=30_000)
        self._settled()

    @property
    def template(self) -> Template:
        return self.bench.template

    def named(self, words: str) -> Text:
        """The text that says these words."""
        return next(
            one for one in self.template.elements if isinstance(one, Text) and words in one.text
        )

    def of(self, kind: type) -> AnyElement:
        """The first element of a kind."""
        return next(one for one in self.template.elements if isinstance(one, kind))

    def middle(self, element_id: str) -> QPoint:
        """Where an element is seen, in the canvas."""
        element = self.template.element(element_id)
        box = self.canvas.scene.boxes.get(element_id) or self.canvas.scene.frame(element)
        return self.canvas.scene.sight.rect(box).center().toPoint()

    def click(self, element_id: str, keys: Qt.KeyboardModifier = _NONE) -> None:
        """Click an element."""
        QTest.mouseClick(
            self.canvas.viewport(), Qt.MouseButton.LeftButton, keys, self.middle(element_id)
        )

    def drag(
        self,
        start: QPoint,
        by: tuple[float, float],
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.AltModifier,
        *,
        drop: bool = True,
    ) -> None:
        """Drag from a place by millimetres, in steps, catching nothing unless ``keys`` say so."""
        scale = self.canvas.scene.sight.scale
        pane, left = self.canvas.viewport(), Qt.MouseButton.LeftButton
        QTest.mousePress(pane, left, _NONE, start)
        for part in (0.2, 0.6, 1.0):
            at = QPointF(start) + QPointF(by[0] * scale, by[1] * scale) * part
            event = QMouseEvent(
                QEvent.Type.MouseMove,
                at,
                pane.mapToGlobal(at),
                Qt.MouseButton.NoButton,
                left,
                keys,
            )
            QApplication.sendEvent(pane, event)
        if drop:
            QTest.mouseRelease(pane, left, keys, at.toPoint())

    def handle(self, name: str) -> QPoint:
        """Where a handle of what is chosen is."""
        frame = self.canvas.scene.selection()
        assert frame is not None
        x, y = handle_place(frame, name)  # type: ignore[arg-type]
        return QPointF(self.canvas.scene.sight.x(x), self.canvas.scene.sight.y(y)).toPoint()

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = _NONE) -> None:
        """Press a key in the canvas."""
        QTest.keyClick(self.canvas, key, keys)


def laid(qtbot: QtBot, desk: Desk, settled: Settled) -> Table:
    """A page of the designer, shown, with nothing on it yet."""
    page = Designer(desk)
    qtbot.addWidget(page)
    page.resize(1158, 620)
    page.show()
    return Table(qtbot, page, settled)


def put(editor: QWidget, words: str) -> None:
    """Type Thai as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(editor, event)


def close(box: Box, x: float, y: float) -> bool:
    """Whether a box begins there, to the width of a pixel."""
    return abs(box.x - x) < 0.6 and abs(box.y - y) < 0.6
