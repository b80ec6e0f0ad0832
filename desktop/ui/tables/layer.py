# SPDX-License-Identifier: Apache-2.0
"""The layers of a template, the uppermost first; texts of a column under it, down the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.i18n import _
from desktop.model.template import Column, Template, Text
from desktop.model.template_edit import Box, flows, into_column, ordered, out_of_column, texts_of
from desktop.ui.parts.designer_words import element_word, icon_of

Index = QModelIndex | QPersistentModelIndex
_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_MIME: Final = "application/x-samut-layer"
LAYER: Final = int(Qt.ItemDataRole.UserRole)
"""The ``Layer`` of a row."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One row."""

    id: str
    word: str
    icon: str
    inside: bool
    locked: bool
    hidden: bool
    wrong: bool = False


def layers_of(template: Template, wrong: frozenset[str] = frozenset()) -> tuple[Layer, ...]:
    """The rows of a template."""
    order = []
    for one in reversed(template.elements):
        if not flows(one):
            order.append((one, False))
            if isinstance(one, Column):
                order += [(text, True) for text in texts_of(template, one.id)]
    return tuple(
        Layer(
            one.id,
            element_word(template.purpose, one),
            icon_of(one),
            inside,
            one.locked,
            one.hidden,
            one.id in wrong,
        )
        for one, inside in order
    )


def dropped_at(template: Template, element_id: str, row: int, box: Box | None) -> Template:
    """The template after the row of an element was dragged before row number ``row``.

    A text dragged under a column or between its texts flows there; one dragged out of it gets
    ``box``. Anything else lies over what is below it in the list.
    """
    rows = layers_of(template)
    moved = template.element(element_id)
    above = next((one for one in reversed(rows[:row]) if one.id != element_id), None)
    if isinstance(moved, Text) and above is not None:
        column = _column_under(template, above)
        if column:
            order = [one.id for one in texts_of(template, column) if one.id != element_id]
            place = order.index(above.id) + 1 if above.inside else 0
            return into_column(template, element_id, column, place)
    if isinstance(moved, Text) and moved.column:
        if box is None:
            return template
        template = out_of_column(template, element_id, box)
    others = [one.id for one in template.elements if one.id != element_id]
    below = next((one.id for one in rows[row:] if not one.inside and one.id != element_id), None)
    return ordered(template, element_id, others.index(below) + 1 if below is not None else 0)


def _column_under(template: Template, above: Layer) -> str:
    """The column that goes on under a row: its own, or that of a text in it; else empty."""
    found = template.element(above.id)
    if isinstance(found, Column):
        return found.id
    return found.column if isinstance(found, Text) else ""


class LayerModel(QAbstractListModel):
    """Holds the rows it was given. ``dropped(id, row)`` when one is dragged before a row."""

    dropped = Signal(str, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layers: tuple[Layer, ...] = ()

    def show_layers(self, layers: tuple[Layer, ...]) -> None:
        """Hold other rows; where there are as many, only what differs is told."""
        if len(layers) != len(self._layers):
            self.beginResetModel()
            self._layers = layers
            self.endResetModel()
            return
        before, self._layers = self._layers, layers
        for row, (old, new) in enumerate(zip(before, layers, strict=True)):
            if old != new:
                cell = self.index(row)
                self.dataChanged.emit(cell, cell)

    def layer(self, row: int) -> Layer | None:
        """The layer of a row."""
        return self._layers[row] if 0 <= row < len(self._layers) else None

    def row_of(self, element_id: str) -> int:
        """The row of an element, -1 for none."""
        return next((row for row, one in enumerate(self._layers) if one.id == element_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._layers)

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        if index.isValid():
            return usual | Qt.ItemFlag.ItemIsDragEnabled
        return usual | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        held = QMimeData()
        layer = self.layer(indexes[0].row()) if indexes else None
        if layer is not None:
            held.setData(_MIME, layer.id.encode())
        return held

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        del action, column
        place = row if row >= 0 else parent.row() if parent.isValid() else len(self._layers)
        self.dropped.emit(bytes(data.data(_MIME).data()).decode(), place)
        return False  # the template says what the rows are

    def data(self, index: Index, role: int = _SHOWN) -> Any:
        layer = self.layer(index.row()) if index.isValid() else None
        if layer is None:
            return None
        if role == _SHOWN:
            return layer.word
        if role == LAYER:
            return layer
        if role == _SPOKEN:
            states = [
                word
                for on, word in (
                    (layer.hidden, _("hidden")),
                    (layer.locked, _("locked")),
                    (layer.wrong, _("something is wrong")),
                )
                if on
            ]
            return ", ".join([layer.word, *states])
        return None
