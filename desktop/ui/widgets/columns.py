# SPDX-License-Identifier: Apache-2.0
"""Widths of a table's columns by what stands in them, and text too long for its cell.

Agencies of one kind begin alike and differ in their last word (ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัด…),
so what is left out of them is left out of the middle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui import theme

_LONGEST = 12
"""Texts measured of a column; letters differ in width, so the longest is not always the widest."""
_AROUND = 30
"""What a cell leaves free left and right of its text."""


class MiddleCell(QStyledItemDelegate):
    """Draws a cell as usual, and leaves out the middle of what is too long."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        middle = QStyleOptionViewItem(option)
        middle.textElideMode = Qt.TextElideMode.ElideMiddle
        super().paint(painter, middle, index)


def wide_enough(texts: Iterable[str], heading: str = "") -> int:
    """Width in pixels of a column in which each of ``texts`` and the heading has room."""
    cell = QFontMetrics(theme.font())
    head = QFontMetrics(theme.font(theme.SMALL, 600))
    widest = max((cell.horizontalAdvance(text) for text in nlargest(_LONGEST, texts, len)),
                 default=0)  # fmt: skip
    return max(widest, head.horizontalAdvance(heading)) + _AROUND


def share(
    room: int, least: Mapping[int, int], wanted: Mapping[int, int], order: Sequence[int]
) -> dict[int, int]:
    """Widths of columns by number: each its least, then, in ``order``, what it wants.

    What is wanted of the room that is left goes to the first before the second gets any.
    """
    widths = {column: min(least[column], wanted[column]) for column in order}
    free = room - sum(widths.values())
    for column in order:
        more = min(max(0, free), wanted[column] - widths[column])
        widths[column] += more
        free -= more
    return widths
