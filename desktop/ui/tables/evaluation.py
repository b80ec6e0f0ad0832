# SPDX-License-Identifier: Apache-2.0
"""The scores of an evaluation as a table: a line for each question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import N_, _
from desktop.model.evaluation import SCALE, Score

_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_ALIGN: Final = int(Qt.ItemDataRole.TextAlignmentRole)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
QUESTION, MEAN, FIRST = range(3)
"""After these a column for each step of the scale, and one for how many answered."""
COLUMNS: Final = (N_("Question"), N_("Mean"), "1", "2", "3", "4", "5", N_("Who answered"))
_Index = QModelIndex | QPersistentModelIndex


class ScoreModel(QAbstractTableModel):
    """Holds the scores it was given, and how the form words its questions."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scores: tuple[Score, ...] = ()
        self._words: Mapping[str, str] = {}

    def show_scores(self, scores: tuple[Score, ...], words: Mapping[str, str]) -> None:
        """Hold these instead."""
        self.beginResetModel()
        self._scores, self._words = scores, dict(words)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._scores)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _SHOWN) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == _SHOWN:
                word = COLUMNS[section]
                return word if word.isdigit() else _(word)
            if role == _ALIGN and section != QUESTION:
                return _RIGHT
        return None

    def data(self, index: _Index, role: int = _SHOWN) -> Any:
        if not index.isValid() or index.row() >= len(self._scores):
            return None
        column = index.column()
        if role == _ALIGN and column != QUESTION:
            return _RIGHT
        if role in (_SHOWN, _SPOKEN) or (role == _TIP and column == QUESTION):
            return self._text(self._scores[index.row()], column)
        return None

    def _text(self, score: Score, column: int) -> str:
        if column == QUESTION:
            return self._words.get(score.question, score.question)
        if column == MEAN:
            return "–" if score.mean is None else f"{score.mean:.2f}"
        step = column - FIRST
        return str(score.counts[step] if step < len(SCALE) else score.answered)
