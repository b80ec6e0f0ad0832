# SPDX-License-Identifier: Apache-2.0
"""The scores of an evaluation as a table: a line for each question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject

from desktop.i18n import N_, _
from desktop.model.evaluation import SCALE, Score
from desktop.ui.tables.rows import Rows

QUESTION, MEAN, FIRST = range(3)
"""After these a column for each step of the scale, and one for how many answered."""
COLUMNS: Final = (N_("Question"), N_("Mean"), "1", "2", "3", "4", "5", N_("Who answered"))


class ScoreModel(Rows[Score]):
    """Holds the scores it was given, and how the form words its questions."""

    columns = COLUMNS
    numbers = tuple(range(MEAN, len(COLUMNS)))
    long = (QUESTION,)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: Mapping[str, str] = {}

    def show_scores(self, scores: tuple[Score, ...], words: Mapping[str, str]) -> None:
        """Hold these instead."""
        self._words = dict(words)
        self.hold(scores)

    def heading(self, section: int) -> str:
        word = COLUMNS[section]
        return word if word.isdigit() else _(word)

    def text(self, score: Score, column: int) -> str:
        if column == QUESTION:
            return self._words.get(score.question, score.question)
        if column == MEAN:
            return "–" if score.mean is None else f"{score.mean:.2f}"
        step = column - FIRST
        return str(score.counts[step] if step < len(SCALE) else score.answered)
