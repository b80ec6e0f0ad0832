# SPDX-License-Identifier: Apache-2.0
"""What an office does in the designer, by mouse, keys and an input method."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PIL import Image as Pixels
from PIL import ImageDraw
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit

from desktop.model.template import AnyElement, Template, Text
from desktop.ui.pages.designer import Designer
from desktop.ui.widgets.canvas import Canvas
from desktop.ui.widgets.tile_list import TileList
from tests.journeys.hand import CTRL, Hand

E = TypeVar("E", bound=AnyElement)
_LEFT = Qt.MouseButton.LeftButton


def emblem(place: Path) -> Path:
    """The emblem of the office: a golden wheel on nothing."""
    picture = Pixels.new("RGBA", (240, 240), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((8, 8, 232, 232), outline=(176, 138, 46, 255), width=14)
    pen.ellipse((80, 80, 160, 160), fill=(110, 20, 35, 255))
    for start in range(0, 360, 45):
        pen.pieslice((24, 24, 216, 216), start, start + 12, fill=(176, 138, 46, 255))
    picture.save(place)
    return place


class Drawing:
    """The page on the designer's table, as a hand works on it."""

    def __init__(self, hand: Hand) -> None:
        hand.until(lambda: isinstance(hand.frame.page, Designer), "the designer did not open")
        page = hand.frame.page
        assert isinstance(page, Designer)
        self._hand, self._page = hand, page
        hand.until(lambda: page.editing, "no template is on the table")
        self.rest()

    @property
    def template(self) -> Template:
        """What is on the table."""
        return self._page.editor.template

    @property
    def _canvas(self) -> Canvas:
        return self._page.editor.canvas

    def rest(self) -> None:
        """Wait until the page is drawn and all its samples are looked through."""
        self._hand.until(lambda: not self._page.editor.busy, "the page is never drawn")
        self._hand.settle()

    # ── seeing ───────────────────────────────────────────────────────────────────────────────

    def chosen(self, kind: type[E]) -> E:
        """The one part that is chosen."""
        (found,) = self._page.editor.bench.elements()
        assert isinstance(found, kind)
        return found

    def part(self, kind: type[E], words: str = "") -> E:
        """The first part of a kind; of texts the one that says these words."""
        return next(
            one
            for one in self.template.elements
            if isinstance(one, kind) and (not isinstance(one, Text) or words in one.text)
        )

    def troubles(self) -> list[str]:
        """What does not fit in any of the samples, as the strip under the page tells it."""
        self.rest()
        strip = self._page.editor.troubles
        return [strip.sentence(fault) for fault in strip.faults]

    # ── pointing ─────────────────────────────────────────────────────────────────────────────

    def _middle(self, element_id: str) -> QPoint:
        scene = self._canvas.scene
        element = self.template.element(element_id)
        box = scene.boxes.get(element_id) or scene.frame(element)
        return scene.sight.rect(box).center().toPoint()

    def click(self, one: AnyElement) -> None:
        """Click a part of the page."""
        self.rest()
        self._hand.wake()
        QTest.mouseClick(self._canvas.viewport(), _LEFT, pos=self._middle(one.id))
        assert self._page.editor.bench.chosen == {one.id}, "something else lies over it"

    def drag(self, one: AnyElement, right: float, down: float) -> None:
        """Drag a part by millimetres and let it go; it catches what it comes near to."""
        self.rest()
        start, scale = self._middle(one.id), self._canvas.scene.sight.scale
        pane = self._canvas.viewport()
        QTest.mousePress(pane, _LEFT, pos=start)
        at = QPointF(start)
        for share in (0.3, 0.8, 1.0):
            at = QPointF(start) + QPointF(right * scale, down * scale) * share
            moved = QMouseEvent(
                QEvent.Type.MouseMove, at, pane.mapToGlobal(at), Qt.MouseButton.NoButton, _LEFT,
                Qt.KeyboardModifier.NoModifier,
            )  # fmt: skip
            QApplication.sendEvent(pane, moved)
        QTest.mouseRelease(pane, _LEFT, pos=at.toPoint())
        self.rest()

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key on the page."""
        self._canvas.setFocus()
        self._hand.key(key, keys, on=self._canvas)

    # ── typing ───────────────────────────────────────────────────────────────────────────────

    def number(self, name: str, text: str) -> None:
        """Type an exact number."""
        self._hand.type(name, text)
        self._hand.key(Qt.Key.Key_Return)

    def place(self, x: str, y: str, width: str = "", height: str = "") -> None:
        """Type where what is chosen is to lie, in millimetres."""
        for name, text in (("Width", width), ("Height", height), ("From the left", x),
                           ("From the top", y)):  # fmt: skip
            if text:
                self.number(name, text)

    def words(self, text: str) -> None:
        """Type the words of the text that is chosen over those that are there."""
        self.key(Qt.Key.Key_Return)
        box = QApplication.focusWidget()
        assert isinstance(box, QPlainTextEdit)
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(box, event)
        self.rest()

    def field(self, name: str) -> None:
        """Put a field behind the words."""
        self._hand.press("Insert a field")
        self._hand.menu(name)
        self.rest()

    # ── adding ───────────────────────────────────────────────────────────────────────────────

    def nothing(self) -> None:
        """Choose nothing: what is added then stands alone."""
        while self._page.editor.bench.chosen:
            self._hand.key(Qt.Key.Key_Escape, on=self._canvas)

    def add(self, word: str) -> None:
        """Add something from the menu."""
        self.nothing()
        self._hand.key(Qt.Key.Key_F3, on=self._canvas)
        self._hand.menu(word)

    def add_ornament(self, word: str) -> None:
        """Add the ornament of this name."""
        self.add("Ornament…")
        tiles = self._hand.find(TileList, "Ornaments")
        self._pick(tiles, word)
        self._hand.press("Insert")
        self._closed()

    def add_picture(self, file: Path, kind: str) -> None:
        """Put a file of the office in, and onto the page."""
        self.add("Picture…")
        self._hand.until(lambda: isinstance(self._hand.window, QDialog), "no pictures are shown")
        self._hand.choose("Kind", kind)
        self._hand.settle()
        with self._hand.file(file):
            self._hand.press("Add from a file…")
        self._hand.settle()
        self._pick(self._hand.find(TileList, "Pictures of the office"), file.stem)
        self._hand.press("Insert")
        self._closed()

    def remove_picture(self, label: str, kind: str) -> str:
        """Try to take a file of the office away; returns why that is refused, if it is."""
        self.add("Picture…")
        self._hand.until(lambda: isinstance(self._hand.window, QDialog), "no pictures are shown")
        self._hand.choose("Kind", kind)
        self._hand.settle()
        self._pick(self._hand.find(TileList, "Pictures of the office"), label)
        before = self._hand.words()
        self._hand.press("Remove this file")
        self._hand.settle()
        said = [words for words in self._hand.words() if words not in before]
        if isinstance(self._hand.window, QDialog):
            self._hand.key(Qt.Key.Key_Escape)
        self._closed()
        return " ".join(said)

    def _pick(self, tiles: TileList, word: str) -> None:
        model = tiles.model()
        rows = [row for row in range(model.rowCount()) if word in model.index(row, 0).data()]
        assert rows, [model.index(row, 0).data() for row in range(model.rowCount())]
        index = model.index(rows[0], 0)
        tiles.scrollTo(index)
        QTest.mouseClick(tiles.viewport(), _LEFT, pos=tiles.visualRect(index).center())

    def _closed(self) -> None:
        hand = self._hand
        hand.until(lambda: not isinstance(hand.window, QDialog), "the list did not close")
        self.rest()

    # ── keeping ──────────────────────────────────────────────────────────────────────────────

    def save(self) -> None:
        """Save a version for the office."""
        self._hand.key(Qt.Key.Key_S, CTRL)
        self.rest()
        keeping = self._page.editor.keeping
        self._hand.until(
            lambda: keeping.card is not None and keeping.card.template == self.template,
            "the template was not saved",
        )

    def leave(self) -> None:
        """Esc, until the page one came from is there again."""
        self.nothing()
        for _press in range(3):
            if self._hand.frame.page is not self._page:
                break
            self._hand.key(Qt.Key.Key_Escape)
        self._hand.until(lambda: self._hand.frame.page is not self._page, "Esc does not leave")
        self._hand.settle()
