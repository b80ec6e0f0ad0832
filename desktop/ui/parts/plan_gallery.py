# SPDX-License-Identifier: Apache-2.0
"""The templates there are, as small pages with the event's own words: one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.i18n import _
from desktop.ui import icons, theme
from desktop.ui.pdf import Pages
from desktop.ui.tables.rows import SHOWN, SPOKEN
from desktop.ui.tasks import Tasks

Index = QModelIndex | QPersistentModelIndex
_CARD: Final = int(Qt.ItemDataRole.UserRole) + 2
_IMAGE: Final = int(Qt.ItemDataRole.UserRole) + 3
_WIDE: Final = 190
_HIGH: Final = 146
_WORDS: Final = 48
_PAD: Final = 6


@dataclass(frozen=True, slots=True)
class Offer:
    """A template that can be chosen. ``made`` changes when its picture has to be drawn anew."""

    ref: str
    title: str
    note: str
    made: str


class _Offers(QAbstractListModel):
    """Holds the offers and draws their pictures when they are first asked for."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._offers: tuple[Offer, ...] = ()
        self._make: Callable[[str], bytes] | None = None
        self._images: dict[str, QImage] = {}
        self._asked: set[str] = set()
        self._draws = False
        self.ratio = 1.0
        self.chosen = ""

    @property
    def offers(self) -> tuple[Offer, ...]:
        return self._offers

    def hold(self, offers: Sequence[Offer], chosen: str, make: Callable[[str], bytes]) -> None:
        same = [one.ref for one in offers] == [one.ref for one in self._offers]
        stale = {one.made for one in self._offers} - {one.made for one in offers}
        for made in stale:
            self._images.pop(made, None)
            self._asked.discard(made)
        if not same:
            self.beginResetModel()
        self._offers, self.chosen, self._make = tuple(offers), chosen, make
        if not same:
            self.endResetModel()
        elif offers:
            self.dataChanged.emit(self.index(0), self.index(len(offers) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._offers)

    def data(self, index: Index, role: int = SHOWN) -> Any:
        if not index.isValid() or index.row() >= len(self._offers):
            return None
        offer = self._offers[index.row()]
        if role == SHOWN:
            return offer.title
        if role == SPOKEN:
            chosen = _("chosen") if offer.ref == self.chosen else ""
            return ". ".join(part for part in (offer.title, offer.note, chosen) if part)
        if role == _CARD:
            return offer
        if role == _IMAGE:
            if offer.made not in self._images:
                self._ask(offer)
            return self._images.get(offer.made)
        return None

    def begin(self) -> None:
        """Draw the pictures from now on."""
        if not self._draws:
            self._draws = True
            if self._offers:
                self.dataChanged.emit(self.index(0), self.index(len(self._offers) - 1))

    def _ask(self, offer: Offer) -> None:
        if offer.made in self._asked or self._make is None or not self._draws:
            return
        self._asked.add(offer.made)
        make, ratio = self._make, self.ratio
        room = theme.scaled(_WIDE) - 2 * _PAD, theme.scaled(_HIGH) - 2 * _PAD

        def draw() -> QImage:
            with Pages(make(offer.ref)) as pages:
                wide, high = pages.sizes[0]
                fitting = min(room[0], room[1] * wide / high)
                return pages.image(0, max(1, round(fitting * ratio)))

        def then(image: QImage) -> None:
            image.setDevicePixelRatio(ratio)
            self._images[offer.made] = image
            if self._offers:
                self.dataChanged.emit(self.index(0), self.index(len(self._offers) - 1))

        # A template that cannot be drawn stays an empty sheet; the large preview says why.
        self._tasks.run("slow", self, draw, then, lambda _error: None)


class Gallery(QListView):
    """``chose(ref)`` comes with Enter, the space bar or a click; arrows move."""

    chose = Signal(str)
    moved = Signal(str)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Templates"))
        self._model = _Offers(tasks, self)
        self.setModel(self._model)
        self.setItemDelegate(_Card(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setWordWrap(True)
        self.setSpacing(0)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._choose)

    def show_offers(
        self, offers: Sequence[Offer], chosen: str, make: Callable[[str], bytes]
    ) -> None:
        """Show these; ``make(ref)`` draws one page of PDF off the GUI thread."""
        self._model.ratio = self.devicePixelRatioF()
        self._model.hold(offers, chosen, make)
        here = self.ref()
        if here not in {one.ref for one in offers}:
            self.go_to(chosen)

    def begin(self) -> None:
        """Draw the small pages from now on: the large one that is waited for comes first."""
        self._model.begin()

    def ref(self) -> str:
        """The template the cursor is on."""
        offers, row = self._model.offers, self.currentIndex().row()
        return offers[row].ref if 0 <= row < len(offers) else ""

    def go_to(self, ref: str) -> None:
        """Move the cursor to a template."""
        for row, offer in enumerate(self._model.offers):
            if offer.ref == ref:
                self.setCurrentIndex(self._model.index(row))
                self.executeDelayedItemsLayout()  # a row that is new has no place before
                self.scrollTo(self._model.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        if current.isValid():
            self.moved.emit(self.ref())

    def resizeEvent(self, event: QResizeEvent) -> None:
        here = self.currentIndex()
        seen = here.isValid() and self.visualRect(here).intersects(self.viewport().rect())
        super().resizeEvent(event)
        least = theme.scaled(_WIDE)
        columns = max(1, self.viewport().width() // least)
        wide = self.viewport().width() // columns - 1
        self.setGridSize(QSize(wide, theme.scaled(_HIGH + _WORDS)))
        self.scheduleDelayedItemsLayout()
        if seen:
            # A notice under the page takes a line of it: whoever is on a tile goes on seeing it.
            self.executeDelayedItemsLayout()
            self.scrollTo(here)

    def _choose(self, cell: QModelIndex) -> None:
        offer = cell.data(_CARD)
        if isinstance(offer, Offer) and offer.ref != self._model.chosen:
            self.chose.emit(offer.ref)

    @property
    def chosen(self) -> str:
        """The template that is chosen."""
        return self._model.chosen


class _Card(QStyledItemDelegate):
    """Draws the small page, its title, whose it is, and which one is chosen."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        view = self.parent()
        return view.gridSize() if isinstance(view, QListView) else super().sizeHint(option, index)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        offer = index.data(_CARD)
        model = index.model()
        if not isinstance(offer, Offer) or not isinstance(model, _Offers):
            return
        chosen = offer.ref == model.chosen
        here = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = here and bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = QRectF(option.rect).adjusted(3, 3, -3, -3)
        edge = "focus" if focused else "accent" if chosen else "line"
        painter.setPen(QPen(theme.colour(edge), 2 if focused or chosen else 1))
        painter.setBrush(theme.colour("accent_soft" if chosen else "surface"))
        painter.drawRoundedRect(room, theme.RADIUS, theme.RADIUS)
        sheet = QRectF(
            room.left() + _PAD, room.top() + _PAD, room.width() - 2 * _PAD,
            room.height() - theme.scaled(_WORDS) - _PAD,
        )  # fmt: skip
        image = index.data(_IMAGE)
        if isinstance(image, QImage) and not image.isNull():
            _draw_fitting(painter, sheet, image)
        words = QRectF(sheet.left() + 4, sheet.bottom() + 4, sheet.width() - 8, 0)
        self._say(painter, words, offer, chosen)
        painter.restore()

    def _say(self, painter: QPainter, words: QRectF, offer: Offer, chosen: bool) -> None:
        line = round(theme.pixels(theme.SMALL) * theme.LINE)
        tick = 22.0 if chosen else 0.0
        if chosen:
            where = QRectF(words.left(), words.top() + (line - 18) / 2, 18, 18)
            icons.paint(painter, where, "circle-check", "accent")
        for place, (text, tone, weight) in enumerate(
            ((offer.title, "text", 600), (offer.note, "quiet", 400))
        ):
            painter.setFont(theme.font(theme.SMALL, weight))
            painter.setPen(theme.colour(tone))
            left = tick if place == 0 else 0.0
            said = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideMiddle, int(words.width() - left)
            )
            where = QRectF(words.left() + left, words.top() + place * line, words.width(), line)
            painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter), said)


def _draw_fitting(painter: QPainter, room: QRectF, image: QImage) -> None:
    shape = image.width() / image.height()
    wide = min(room.width(), room.height() * shape)
    high = wide / shape
    left = room.left() + (room.width() - wide) / 2
    sheet = QRectF(left, room.top() + (room.height() - high) / 2, wide, high)
    painter.drawImage(sheet, image)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("line"), 1))
    painter.drawRect(sheet)
