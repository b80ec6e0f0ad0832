# SPDX-License-Identifier: Apache-2.0
"""The photos of a household's visits: small ones in rows, each large with Enter.

They are read from their sealed files on the slow lane and shrunk there; nothing is written out.
What the consent does not cover is not read at all, only counted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import (
    QIcon,
    QImage,
    QImageReader,
    QKeyEvent,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.parts.household_words import day_words
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.store.store import Store
    from desktop.ui.parts.household_reading import PhotoLine

_SIDE: Final = 132
_LARGE: Final = 900
_MARGIN: Final = 24
"""Of a dialog, left and right."""
_NAME: Final = int(Qt.ItemDataRole.UserRole) + 1
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)


class HouseholdPhotos(QWidget):
    """Thumbnails of the photos that may be shown, and how many may not."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: tuple[PhotoLine, ...] = ()
        self._pictures: dict[str, QImage] = {}
        self._rows = QStandardItemModel(self)
        self.list = _Thumbs(self._rows, self._open, self)
        self.kept_back = Label("", theme.SMALL, "quiet", parent=self)
        self.none = Label(_("No photo was taken yet."), theme.BODY, "quiet", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.list, self.none, self.kept_back):
            column.addWidget(part)

    def show_photos(self, photos: tuple[PhotoLine, ...]) -> None:
        """Show these; the pictures come when they are read."""
        shown = tuple(one for one in photos if one.allowed)
        hidden = len(photos) - len(shown)
        self.kept_back.setText(
            ngettext(
                "{count} photo is not shown: the consent that holds now does not cover it.",
                "{count} photos are not shown: the consent that holds now does not cover them.",
                hidden,
            ).format(count=hidden)
        )
        self.kept_back.setVisible(bool(hidden))
        self.none.setVisible(not photos)
        self.list.setVisible(bool(shown))
        names = {one.file.name for one in shown}
        self._pictures = {name: it for name, it in self._pictures.items() if name in names}
        self._shown = shown
        self._fill()
        missing = tuple(name for name in dict.fromkeys(names) if name not in self._pictures)
        if missing:
            store = self._desk.store
            self._desk.tasks.run(
                "slow", self, lambda: _read(store, missing, _SIDE * 2), self._came,
                self._desk.fail, latest="photos",
            )  # fmt: skip

    def _came(self, pictures: dict[str, QImage]) -> None:
        self._pictures |= pictures
        self._fill()

    def _fill(self) -> None:
        here = self.list.currentIndex().row()
        self._rows.clear()
        side = theme.scaled(_SIDE)
        for one in self._shown:
            words = f"{_kind(one.file.kind)}\n{day_words(one.visited_on)}"
            item = QStandardItem(words)
            image = self._pictures.get(one.file.name)
            drawn = QPixmap(side, side * 3 // 4)
            drawn.fill(theme.colour("raised"))
            if image is not None and not image.isNull():
                drawn = _cropped(image, side, side * 3 // 4)
            item.setIcon(QIcon(drawn))
            item.setData(one.file.name, _NAME)
            said = words.replace("\n", ", ")
            lost = one.file.name in self._pictures and (image is None or image.isNull())
            if lost:
                said = _("{photo}, not on this computer").format(photo=said)
                item.setText(f"{_kind(one.file.kind)}\n{_('not on this computer')}")
            item.setData(said, _SPOKEN)
            item.setEditable(False)
            self._rows.appendRow(item)
        if self._shown:
            self.list.setCurrentIndex(self._rows.index(max(0, here), 0))
        self.list.fit()

    def _open(self, row: int) -> None:
        if not 0 <= row < len(self._shown):
            return
        one, store = self._shown[row], self._desk.store
        name = one.file.name

        def show(pictures: dict[str, QImage]) -> None:
            image = pictures[name]
            if image.isNull():
                self._desk.trouble.emit(
                    _("This photo is not on this computer. It comes with the next sync.")
                )
                return
            words = f"{_kind(one.file.kind)} · {day_words(one.visited_on)}"
            _Large(image, words, self).open()

        self._desk.tasks.run(
            "slow", self, lambda: _read(store, (name,), _LARGE), show, self._desk.fail
        )


class _Thumbs(QListView):
    """Rows of pictures, as high as they need."""

    def __init__(
        self, model: QStandardItemModel, opened: Callable[[int], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._opened = opened
        self.setModel(model)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setWordWrap(False)
        self.setSpacing(4)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Photos"))
        self.doubleClicked.connect(lambda cell: opened(cell.row()))

    def fit(self) -> None:
        """Be as high as the pictures need in the width there is."""
        side = theme.scaled(_SIDE)
        self.setIconSize(QSize(side, side * 3 // 4))
        cell = QSize(side + 12, side * 3 // 4 + theme.scaled(52))
        self.setGridSize(cell)
        across = max(1, (self.width() - 8) // cell.width())
        rows = -(-self.model().rowCount() // across)
        self.setFixedHeight(max(1, rows) * cell.height() + 8)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._opened(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]


class _Large(Dialog):
    """One photo as large as the window allows."""

    def __init__(self, image: QImage, words: str, parent: QWidget) -> None:
        super().__init__(parent, words, "", _("Close"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = parent.window().size() * 0.72
        shown = QLabel(self)
        shown.setPixmap(
            QPixmap.fromImage(image).scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )  # fmt: skip
        shown.setAccessibleName(words)
        shown.setFixedSize(shown.pixmap().size())
        self.setMinimumWidth(shown.width() + 2 * _MARGIN)
        self.body.addWidget(shown)
        self.stay.hide()


def _kind(kind: str) -> str:
    return {
        "house_out": _("House outside"),
        "house_in": _("House inside"),
        "person": _("Person"),
        "problem": _("The problem"),
        "family": _("Family"),
        "housereg": _("House registration"),
        "handover": _("Aid handed over"),
    }.get(kind, _("Photo"))


def _read(store: Store, names: tuple[str, ...], side: int) -> dict[str, QImage]:
    """The pictures no larger than ``side``; an empty one for what is not on this computer."""
    from desktop.actions.attachment import FileLost, content

    found = {}
    for name in names:
        try:
            found[name] = _image(content(store, name), side)
        except FileLost:
            found[name] = QImage()
    return found


def _image(data: bytes, side: int) -> QImage:
    kept = QByteArray(data)
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if size.isValid():
        size.scale(side, side, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(size)
    return reader.read()


def _cropped(image: QImage, wide: int, high: int) -> QPixmap:
    """The middle of a picture, filling the room."""
    filled = image.scaled(
        wide, high, Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )  # fmt: skip
    left, top = (filled.width() - wide) // 2, (filled.height() - high) // 2
    return QPixmap.fromImage(filled.copy(left, top, wide, high))
