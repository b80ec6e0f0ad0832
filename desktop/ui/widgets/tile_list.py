# SPDX-License-Identifier: Apache-2.0
"""Things to choose from that are known by their picture: templates, ornaments, files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.tasks import Tasks

Index = QModelIndex | QPersistentModelIndex
_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_PICTURE: Final = int(Qt.ItemDataRole.DecorationRole)
_HINT: Final = int(Qt.ItemDataRole.SizeHintRole)
_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)


@dataclass(frozen=True, slots=True)
class Tile:
    """Something to choose: ``draw(pixels)`` gives its picture, on any thread."""

    key: str
    word: str
    draw: Callable[[int], QImage]
    spoken: str = ""


class TileModel(QAbstractListModel):
    """Tiles; a picture is drawn when it is first asked for."""

    def __init__(self, tasks: Tasks, side: QSize, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._side = tasks, side
        self._tiles: tuple[Tile, ...] = ()
        self._pictures: dict[str, QIcon] = {}
        self._asked: set[str] = set()
        self._states: dict[str, str] = {}
        self.ratio = 1.0

    def show_tiles(self, tiles: Sequence[Tile], states: Mapping[str, str] | None = None) -> None:
        """Hold others. ``states`` by key: a picture is kept as long as its state is the same."""
        self.beginResetModel()
        self._tiles = tuple(tiles)
        before, self._states = self._states, dict(states or {})
        same = {tile.key for tile in tiles if self._states.get(tile.key) == before.get(tile.key)}
        self._pictures = {key: it for key, it in self._pictures.items() if key in same}
        self._asked &= set(self._pictures)
        self.endResetModel()

    def tile(self, row: int) -> Tile | None:
        """The tile of a row."""
        return self._tiles[row] if 0 <= row < len(self._tiles) else None

    @property
    def busy(self) -> bool:
        """Whether pictures are still being drawn."""
        return len(self._asked) > len(self._pictures)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._tiles)

    def data(self, index: Index, role: int = _SHOWN) -> Any:
        tile = self.tile(index.row()) if index.isValid() else None
        if tile is None:
            return None
        if role == _PICTURE:
            if tile.key not in self._asked:
                self._ask(tile)
            return self._pictures.get(tile.key) or self._blank()
        if role == _HINT:
            return QSize(self._side.width() + 24, self._side.height() + theme.scaled(66))
        words = {_SHOWN: tile.word, _TIP: tile.word, _SPOKEN: tile.spoken or tile.word}
        return words.get(role)

    def _blank(self) -> QIcon:
        held = QPixmap(self._side)
        held.fill(Qt.GlobalColor.transparent)
        return QIcon(held)

    def _ask(self, tile: Tile) -> None:
        self._asked.add(tile.key)
        side, ratio = self._side, self.ratio

        def draw() -> QImage:
            image = tile.draw(round(max(side.width(), side.height()) * ratio))
            return image.scaled(
                side * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )

        def then(image: QImage) -> None:
            picture = QPixmap.fromImage(image)
            picture.setDevicePixelRatio(ratio)
            shown = QIcon(picture)
            shown.addPixmap(picture, QIcon.Mode.Selected)
            self._pictures[tile.key] = shown
            for row, each in enumerate(self._tiles):
                if each.key == tile.key:
                    cell = self.index(row)
                    self.dataChanged.emit(cell, cell, [_PICTURE])

        def lost(_error: Exception) -> None:
            # A file that is not on this computer has no picture; its word stands there.
            self._pictures[tile.key] = self._blank()

        self._tasks.run("slow", self, draw, then, lost)


class _Cards(QStyledItemDelegate):
    """Picture over words; the one chosen on a ground of its own with an edge."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        where = QRectF(option.rect).adjusted(3, 3, -3, -3)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(where, theme.RADIUS, theme.RADIUS)
        side = option.decorationSize
        icon = index.data(_PICTURE)
        if isinstance(icon, QIcon):
            left = where.center().x() - side.width() / 2
            room = QRect(round(left), round(where.top() + 8), side.width(), side.height())
            icon.paint(painter, room, Qt.AlignmentFlag.AlignCenter)
            edge = QRectF(QPointF(), QSizeF(icon.actualSize(side)))
            edge.moveCenter(QRectF(room).center())
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(edge.adjusted(-0.5, -0.5, 0.5, 0.5))
        font = theme.font(theme.SMALL, 600 if chosen else 400)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        top = where.top() + side.height() + 12
        words = QRectF(where.left() + 4, top, where.width() - 8, where.bottom() - top - 2)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(
            words, flags.value | Qt.TextFlag.TextWordWrap.value, _broken(index.data())
        )
        painter.restore()


def _broken(words: object) -> str:
    """Words with a place to break wherever a line may end inside Thai."""
    from desktop.thai.breaking import with_breaks

    return with_breaks(str(words or ""))


class TileList(QListView):
    """Tiles in rows. ``chosen(key)`` comes with Enter or a double click, ``moved(key)`` with
    another one."""

    chosen = Signal(str)
    moved = Signal(str)

    def __init__(
        self, tasks: Tasks, name: str, side: QSize, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.tiles = TileModel(tasks, side, self)
        self.tiles.ratio = self.devicePixelRatioF()
        self.setModel(self.tiles)
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setIconSize(side)
        self.setItemDelegate(_Cards(self))
        self.setSpacing(4)
        self.setWordWrap(True)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setFont(theme.font(theme.SMALL))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.activated.connect(self._activated)

    def key(self) -> str:
        """The key of the tile chosen, empty for none."""
        tile = self.tiles.tile(self.currentIndex().row())
        return tile.key if tile is not None else ""

    def show_tiles(
        self, tiles: Sequence[Tile], key: str = "", states: Mapping[str, str] | None = None
    ) -> None:
        """Show others with one of them chosen; ``states`` as of the model."""
        self.tiles.show_tiles(tiles, states)
        row = next((at for at, tile in enumerate(tiles) if tile.key == key), 0)
        if tiles:
            self.setCurrentIndex(self.tiles.index(row))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        tile = self.tiles.tile(current.row())
        self.moved.emit(tile.key if tile is not None else "")

    def _activated(self, cell: QModelIndex) -> None:
        tile = self.tiles.tile(cell.row())
        if tile is not None:
            self.chosen.emit(tile.key)
