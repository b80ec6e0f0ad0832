# SPDX-License-Identifier: Apache-2.0
"""The drawing board of the designer: the page itself, with what can be done to it by hand.

By mouse: click, Ctrl+click, a rectangle, drag, the handles; Shift keeps straight (or turns the
shape of a picture loose), Alt catches nothing, Ctrl+wheel is nearer and farther, the middle button
pushes the page. By keyboard: Tab through the elements, arrows (Shift 5 mm, Alt 0.1 mm, else
0.5 mm), Enter to the words, Delete, Ctrl+A, C, X, V, D, ] and [. The mouse moves only what is
shown; the template changes when the button is let go.
"""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.model.template_edit import Handle, flows, moved
from desktop.ui.widgets.canvas_drag import Banding, Flowing, Hand, Moving, Sizing
from desktop.ui.widgets.canvas_hit import handle_at, hits, in_turn, is_ground, within
from desktop.ui.widgets.canvas_paint import HANDLE, SMALL
from desktop.ui.widgets.canvas_picture import Lifted
from desktop.ui.widgets.canvas_scene import Rest
from desktop.ui.widgets.canvas_view import CanvasView

_CATCH: Final = 6.0
"""Pixels within which something is caught."""
_BEGIN: Final = 4
"""Pixels the mouse goes before it drags."""
_STEP: Final = 0.5
_LARGE: Final = 5.0
_FINE: Final = 0.1
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ASKS: Final = {
    (Qt.Key.Key_C, False): "copy",
    (Qt.Key.Key_X, False): "cut",
    (Qt.Key.Key_V, False): "paste",
    (Qt.Key.Key_D, False): "duplicate",
    (Qt.Key.Key_BracketRight, False): "forward",
    (Qt.Key.Key_BracketLeft, False): "backward",
    (Qt.Key.Key_BraceRight, True): "front",
    (Qt.Key.Key_BraceLeft, True): "back",
    (Qt.Key.Key_BracketRight, True): "front",
    (Qt.Key.Key_BracketLeft, True): "back",
}
_CURSORS: Final = {
    "nw": Qt.CursorShape.SizeFDiagCursor,
    "se": Qt.CursorShape.SizeFDiagCursor,
    "ne": Qt.CursorShape.SizeBDiagCursor,
    "sw": Qt.CursorShape.SizeBDiagCursor,
    "n": Qt.CursorShape.SizeVerCursor,
    "s": Qt.CursorShape.SizeVerCursor,
    "e": Qt.CursorShape.SizeHorCursor,
    "w": Qt.CursorShape.SizeHorCursor,
}
Ask = Literal["copy", "cut", "paste", "duplicate", "forward", "backward", "front", "back",
              "delete", "words"]  # fmt: skip


class Canvas(CanvasView):
    """The page with what hands and keys do. Whoever holds it keeps the template."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._from = QPoint()
        self._pressed = ""
        self._waits = False
        self._pan: QPoint | None = None

    # ── the mouse ────────────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        if event.button() != Qt.MouseButton.LeftButton or self.scene.grip is not None:
            return
        self._from = event.position().toPoint()
        self._waits = True
        x, y = self.scene.sight.mm(event.position())
        handle = self._handle(x, y)
        if handle is not None:
            self.scene.grip = Sizing(self.template, self.chosen, handle, x, y)
            self._waits = False
            self._want()
            return
        under = hits(self.template, self.scene.boxes, x, y, 1.0)
        # What is chosen already is dragged on, though something lies over it.
        mine = next((name for name in under if name in self.chosen), "")
        self._pressed = mine or (under[0] if under else "")
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self._pressed:
                self.choose(self.chosen ^ {self._pressed}, say=True)
            self._pressed = ""
        elif self._pressed and not mine and not self._ground(self._pressed):
            self.choose(frozenset({self._pressed}), say=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._pan is not None:
            step = place.toPoint() - self._pan
            self._pan = place.toPoint()
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - step.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - step.y())
            return
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._look(place)
            return
        x, y = self.scene.sight.mm(place)
        if self._waits:
            if (place.toPoint() - self._from).manhattanLength() < _BEGIN:
                return
            self._waits = False
            self._begin(event.modifiers())
        self._follow(x, y, event.modifiers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan = None
            self.viewport().unsetCursor()
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        grip, self.scene.grip = self.scene.grip, None
        if grip is None:
            if self._waits:
                self._clicked(event)
        elif isinstance(grip, Banding):
            self.viewport().update()
        else:
            self._drop(grip)
        self._waits = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.chosen:
            self._waits = False
            self.asked.emit("words")

    def _handle(self, x: float, y: float) -> Handle | None:
        frame = self.scene.selection()
        if frame is None or not self.scene.drawable_out():
            return None
        reach = (HANDLE / 2 + 3) / self.scene.sight.scale
        least = SMALL / self.scene.sight.scale
        return handle_at(frame, x, y, reach, level=self.scene.level(), least=least)

    def _ground(self, name: str) -> bool:
        return is_ground(self.template, self.template.element(name))

    def _look(self, place: QPointF) -> None:
        """Show what would be taken."""
        x, y = self.scene.sight.mm(place)
        handle = self._handle(x, y)
        under = () if handle else hits(self.template, self.scene.boxes, x, y, 1.0)
        hover = under[0] if under else ""
        if handle is not None:
            self.viewport().setCursor(_CURSORS[handle])
        elif any(name in self.chosen for name in under):
            self.viewport().setCursor(Qt.CursorShape.SizeAllCursor)
        else:
            self.viewport().unsetCursor()
        if hover != self.scene.hover:
            self.scene.hover = hover
            self.viewport().update()

    def _begin(self, keys: Qt.KeyboardModifier) -> None:
        """The mouse went far enough: something is dragged."""
        x, y = self.scene.sight.mm(QPointF(self._from))
        name = self._pressed
        if not name or (name not in self.chosen and self._ground(name)):
            before = self.chosen if keys & Qt.KeyboardModifier.ShiftModifier else frozenset()
            self.scene.grip = Banding(before, x, y)
            return
        some = self.scene.chosen_elements()
        if len(some) == 1 and flows(some[0]):
            self.scene.grip = Flowing(self.template, name, self.scene.boxes, x, y)
        else:
            self.scene.grip = Moving(self.template, self.chosen, x, y)
        self._want()

    def _want(self) -> None:
        """Ask for the pictures of what is dragged, if they are not here yet."""
        wanted = self.scene.grip.carried if self.scene.grip is not None else frozenset()
        if wanted and (self.scene.lifted is None or self.scene.lifted.ids != wanted):
            self.lifted.emit(wanted)

    def _follow(self, x: float, y: float, keys: Qt.KeyboardModifier) -> None:
        grip = self.scene.grip
        if grip is None:
            return
        grip.to(
            Hand(
                x,
                y,
                _CATCH / self.scene.sight.scale,
                straight=bool(keys & Qt.KeyboardModifier.ShiftModifier),
                loose=bool(keys & Qt.KeyboardModifier.AltModifier),
                middle=bool(keys & Qt.KeyboardModifier.ControlModifier),
            )
        )
        if isinstance(grip, Banding):
            self.choose(grip.before | within(self.template, self.scene.boxes, grip.now), say=True)
        elif not isinstance(grip, Flowing):
            self.dragged.emit(grip.result())
        self.viewport().update()

    def _drop(self, grip: Moving | Sizing | Flowing) -> None:
        after = grip.result()
        lifted = self.scene.lifted
        if lifted is not None and lifted.ids == grip.carried:
            self._let_go(grip, lifted)
        self.scene.lifted = None
        self.viewport().update()
        if after != self.template:
            self.edited.emit(after, "")
            self.tell()
        self.lifted.emit(self.carried(self.chosen))

    def _let_go(self, grip: Moving | Sizing | Flowing, lifted: Lifted) -> None:
        """It stays where it was dropped, until the page is drawn anew."""
        if isinstance(grip, Moving):
            self.scene.rest = Rest(lifted, grip.dx, grip.dy)
            self.scene.boxes = {
                name: box.moved(grip.dx, grip.dy) if name in grip.carried else box
                for name, box in self.scene.boxes.items()
            }
        elif isinstance(grip, Sizing):
            stretched = grip.stretches
            self.scene.rest = Rest(
                lifted,
                before=grip.start if stretched else None,
                after=grip.now if stretched else None,
            )

    def _clicked(self, event: QMouseEvent) -> None:
        """A click without a drag chooses what lies there alone."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return
        self.choose(frozenset({self._pressed} if self._pressed else ()), say=True)

    def cancel(self) -> bool:
        """Leave what is being dragged where it was. False when nothing is."""
        if self.scene.grip is None:
            return False
        self.scene.grip = None
        self._waits = False
        self.viewport().update()
        self.dragged.emit(self.template)
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            x, y = self.scene.sight.mm(QPointF(event.pos()))
            under = hits(self.template, self.scene.boxes, x, y, 1.0)
            if under and not any(name in self.chosen for name in under):
                self.choose(frozenset({under[0]}), say=True)
            self.menu_wanted.emit(event.globalPos())
            return
        frame = self.scene.selection()
        where = self.scene.sight.rect(frame).center().toPoint() if frame else QPoint(40, 40)
        self.menu_wanted.emit(self.viewport().mapToGlobal(where))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            step = 1.0015 ** event.angleDelta().y()
            self.set_zoom(self.zoom * step, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    # ── the keyboard ─────────────────────────────────────────────────────────────────────────

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.scene.grip is not None:
                event.accept()
                return True
        elif (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and self._next(1 if event.key() == Qt.Key.Key_Tab else -1)
        ):
            return True
        return bool(super().event(event))

    def _next(self, step: int) -> bool:
        """Choose the element after or before. False at the end: the key goes on to the panels."""
        order = in_turn(self.template)
        here = [place for place, name in enumerate(order) if name in self.chosen]
        if not order:
            return False
        to = (here[-1 if step > 0 else 0] + step) if here else (0 if step > 0 else len(order) - 1)
        if not 0 <= to < len(order):
            return False
        self.choose(frozenset({order[to]}), say=True)
        self.show_element(order[to])
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, key = event.modifiers(), Qt.Key(event.key())
        control = bool(keys & Qt.KeyboardModifier.ControlModifier)
        shift = bool(keys & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_Escape and self.cancel():
            return
        if key in _ARROWS and not control:
            self._nudge(key, shift=shift, fine=bool(keys & Qt.KeyboardModifier.AltModifier))
        elif control and (key, shift) in _ASKS:
            self.asked.emit(_ASKS[(key, shift)])
        elif control and key == Qt.Key.Key_A:
            self.choose(frozenset(in_turn(self.template)), say=True)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not control:
            self.asked.emit("delete")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen:
            self.asked.emit("words")
        else:
            super().keyPressEvent(event)

    def _nudge(self, key: Qt.Key, *, shift: bool, fine: bool) -> None:
        step = _LARGE if shift else _FINE if fine else _STEP
        across, down = _ARROWS[key]
        some = self.scene.chosen_elements()
        if not some:
            bar = self.horizontalScrollBar() if across else self.verticalScrollBar()
            bar.setValue(bar.value() + (across or down) * 40)
            return
        if len(some) == 1 and flows(some[0]):
            if down:
                self.asked.emit("later" if down > 0 else "earlier")
            return
        after = moved(self.template, self.chosen, across * step, down * step)
        if after != self.template:
            self.edited.emit(after, f"nudge {sorted(self.chosen)}")
            self.tell()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
