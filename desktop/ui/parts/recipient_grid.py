# SPDX-License-Identifier: Apache-2.0
"""A grid to type what stands on one certificate alone, or to paste it from Excel."""

from __future__ import annotations

import csv
import io
from contextlib import suppress

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.ui import theme
from desktop.ui.tables.recipient import FIXED, NAME, NAMES, SEAT, Recipient, RecipientModel
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.columns import MiddleCell
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.pane import Pane
from desktop.ui.widgets.typing_grid import TypingGrid


class RecipientGrid(Pane):
    """``typed({(key, name): value})`` brings what is to be kept; ``moved(key)`` whose row is on.

    A column is filled at once by pasting a column of Excel onto its first cell, or with Ctrl+D:
    the cell above (or the chosen cell) goes down to the end.
    """

    typed = Signal(object)
    moved = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RecipientModel(self)
        self.model.typed.connect(self.typed)
        self.grid = TypingGrid(_("What stands on one certificate alone"), self)
        self.grid.setModel(self.model)
        self.grid.setColumnWidth(SEAT, theme.scaled(64))
        self.grid.setColumnWidth(NAME, theme.scaled(190))
        self.grid.setItemDelegateForColumn(NAME, MiddleCell(self.grid))
        head = self.grid.horizontalHeader()
        # A heading that has no room says that it goes on, instead of ending in half a letter.
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        for section in range(FIXED, FIXED + len(NAMES)):
            head.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        self.grid.deleted.connect(self._clear)
        self.grid.moved.connect(self._moved)
        self.grid.hear(self.paste, self.fill_down)
        self._how = Label(
            _(
                "Type into a cell, or paste a column of Excel onto its first cell. "
                "Empty cells leave no mark on the certificate."
            ),
            "small",
            "quiet",
            parent=self,
        )
        self.said = Label("", "small", "amber", weight=500, parent=self)
        self.said.hide()
        self.paste_button = Button(_("Paste"), self.paste, icon="clipboard-paste", parent=self)
        self.paste_button.show_key("Ctrl+V")
        self.down_button = Button(_("Fill down"), self.fill_down, icon="chevron-down", parent=self)
        self.down_button.show_key("Ctrl+D")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._how, 1)
        row.addWidget(self.paste_button)
        row.addWidget(self.down_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.said)
        column.addWidget(self.grid, 1)
        self.setFocusProxy(self.grid)

    def show_rows(self, rows: tuple[Recipient, ...]) -> None:
        """Show these recipients; the cell that is on stays where the people stay."""
        self.model.hold(rows)
        if not self.grid.currentIndex().isValid() and rows:
            first = self.model.index(0, FIXED)
            self.grid.setCurrentIndex(first)

    def paste(self) -> None:
        """Lay the clipboard's cells over the grid from the current cell on."""
        here = self.grid.currentIndex()
        text = QGuiApplication.clipboard().text()
        if not here.isValid() or not text.strip():
            self._say(_("Copy cells in Excel first, then paste them onto the first cell."))
            return
        column = max(here.column(), FIXED)
        put, lost = self.model.put(here.row(), column, cells_of(text))
        self._tell(put, lost)

    def fill_down(self) -> None:
        """Put the current cell into every cell under it."""
        here = self.grid.currentIndex()
        name = self.model.field_of(here.column())
        row = self.model.row_at(here.row())
        if row is None or not name:
            return
        value = row.values.get(name, "")
        below = [[value] for _one in self.model.rows[here.row() :]]
        put, _lost = self.model.put(here.row(), here.column(), below)
        self._tell(put, 0)

    def _clear(self) -> None:
        changes = {}
        for cell in self.grid.selectionModel().selectedIndexes():
            row, name = self.model.row_at(cell.row()), self.model.field_of(cell.column())
            if row is not None and name and not row.frozen and row.values.get(name):
                changes[row.key, name] = ""
        if changes:
            self.typed.emit(changes)

    def _tell(self, put: int, lost: int) -> None:
        if lost:
            words = ngettext(
                "{count} cell found no place: the list is shorter, or the certificate is issued.",
                "{count} cells found no place: the list is shorter, or the certificates are "
                "issued.",
                lost,
            )
            self._say(words.format(count=lost))
        else:
            self._say("" if put else _("Nothing changed: the cells hold this already."))

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    def _moved(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None:
            self.moved.emit(row.key)


def cells_of(text: str) -> list[list[str]]:
    """Cells of a piece of Excel as the clipboard has it: lines and tabs, quoted where needed."""
    text = text.rstrip("\r\n")
    lines = [line.split("\t") for line in text.splitlines()]
    if '"' in text:
        with suppress(csv.Error):  # a quote that is none: the text is taken as it stands
            lines = list(csv.reader(io.StringIO(text), delimiter="\t"))
    return [[" ".join(cell.split()) for cell in line] or [""] for line in lines]
