# SPDX-License-Identifier: Apache-2.0
"""The layers of a template, the uppermost first; texts of a column under it, down the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import _
from desktop.model.template import Column, Template
from desktop.model.template_edit import flows, texts_of
from desktop.ui.parts.designer_words import element_word, icon_of

Index = QModelIndex | QPersistentModelIndex
_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
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


class LayerModel(QAbstractListModel):
    """Holds the rows it was given."""

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
                    (layer.locked, _("held fast")),
                    (layer.wrong, _("something is wrong")),
                )
                if on
            ]
            return ", ".join([layer.word, *states])
        return None
