# SPDX-License-Identifier: Apache-2.0
"""Pictures and typefaces that come to the designer from outside: dropped, pasted, chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject, QPointF
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.i18n import _
from desktop.ui.desk import Desk

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.store.store import Store

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of one file."""
ENDINGS: Final = (".png", ".jpg", ".jpeg", ".pdf")


class Files(QObject):
    """Puts files in for the office. ``took(sha256, label)`` hears of a picture that is in."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk

    def picture(self, place: Path, took: Callable[[str], object]) -> None:
        """Put a picture of the computer in."""
        data = self._read(place)
        if data is not None:
            self._keep("picture", place.stem[:120] or _("Picture"), data, took)

    def pixels(self, image: QImage, took: Callable[[str], object]) -> None:
        """Put in a picture that another program copied."""
        held = QBuffer()
        held.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(held, "PNG")  # type: ignore[call-overload]
        self._keep("picture", _("From the clipboard"), bytes(held.data().data()), took)

    def typeface(self, place: Path, took: Callable[[str], object]) -> None:
        """Put in a typeface that the office has a right to: it goes to its other computers."""
        data = self._read(place)
        if data is not None:
            self._keep("font", "", data, took)

    def choose_typeface(self, parent: QWidget, took: Callable[[str], object]) -> None:
        """Ask for the file of a typeface, and put it in."""
        chosen, _kind = QFileDialog.getOpenFileName(
            parent, _("A typeface of the office"), "", f"{_('Typefaces')} (*.ttf *.otf)"
        )
        if chosen:
            self.typeface(Path(chosen), took)

    def _read(self, place: Path) -> bytes | None:
        try:
            large = place.stat().st_size > LARGEST
            data = b"" if large else place.read_bytes()
        except OSError:
            self._desk.trouble.emit(_("This file cannot be read."))
            return None
        if large:
            words = _("This file is too large: {most} MB at most.")
            self._desk.trouble.emit(words.format(most=LARGEST // 1024**2))
            return None
        return data

    def _keep(self, kind: str, label: str, data: bytes, took: Callable[[str], object]) -> None:
        def action(store: Store, by: str) -> Done:
            from desktop.actions.asset import import_asset

            # What it is for is a step of the table; the file itself is taken away in its list.
            return replace(import_asset(store, by, kind, label, data), undo=None)

        self._desk.act(
            self,
            action,
            lambda done: took(done.value.sha256),
            lambda done: _("Added: {name}").format(name=done.value.label),
        )


def file_in(held: QMimeData) -> Path | None:
    """The one picture file among what is dragged; None for anything else."""
    for url in held.urls():
        place = Path(url.toLocalFile())
        if url.isLocalFile() and place.suffix.lower() in ENDINGS:
            return place
    return None


def copied_picture() -> QImage | None:
    """A picture that another program has put on the clipboard."""
    held = QGuiApplication.clipboard().mimeData()
    if not held.hasImage():
        return None
    image = QGuiApplication.clipboard().image()
    return None if image.isNull() else image


def nearest(place: QPointF, width: float, height: float, side: float) -> tuple[float, float]:
    """Upper left corner of a box of ``side`` around a place, kept on the page (millimetres)."""
    return (
        max(0.0, min(place.x() - side / 2, width - side)),
        max(0.0, min(place.y() - side / 2, height - side)),
    )
