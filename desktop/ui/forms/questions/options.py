# SPDX-License-Identifier: Apache-2.0
"""Choices as cards that can be pressed anywhere, and the grid they stand in.

The cards are Qt's own radio buttons and check boxes, so that screen readers and the arrow keys
know them; only their looks are drawn here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from desktop.i18n import _
from desktop.ui import icons, theme
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.ui.forms.question import Question
    from desktop.xforms.control import Control

_MARK: Final = 22
_PAD: Final = 12
_GAP: Final = 10
_LEAST: Final = 44
_BETWEEN: Final = 8
_NARROWEST: Final = 104


class _Words(Label):
    """The words of a card; the card behind it is what is pressed."""

    def __init__(self, card: QAbstractButton) -> None:
        super().__init__("", theme.LEAD, parent=card)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, True)

    def isEnabled(self) -> bool:
        """Words of a locked answer are read like any others: the card's ground says it."""
        return True


class Face:
    """What a round and a square card look like."""

    def __init__(self, card: QAbstractButton, *, round_mark: bool) -> None:
        self._card = card
        self._round = round_mark
        self.words: Final = _Words(card)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        card.setSizePolicy(policy)
        card.setCursor(Qt.CursorShape.PointingHandCursor)

    def say(self, text: str) -> None:
        """Show other words."""
        self.words.setText(text)
        self._card.setAccessibleName(text)

    def natural(self) -> int:
        """Width in pixels in which the words stand in one line."""
        return 2 * _PAD + _MARK + _GAP + self.words.widest() + 2

    def tall(self, width: int) -> int:
        """Height in pixels at a width."""
        room = max(1, width - 2 * _PAD - _MARK - _GAP)
        return max(theme.scaled(_LEAST), self.words.heightForWidth(room) + 8)

    def size(self) -> QSize:
        """As large as its words in one line."""
        return QSize(self.natural(), self.tall(self.natural()))

    def place(self) -> None:
        """Put the words beside the mark."""
        left = _PAD + _MARK + _GAP
        card = self._card
        self.words.setGeometry(left, 0, max(1, card.width() - left - _PAD), card.height())

    def draw(self) -> None:
        """Paint the card: ground, mark, focus."""
        card = self._card
        on, able, focus = card.isChecked(), card.isEnabled(), card.hasFocus()
        painter = QPainter(card)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(card.rect()).adjusted(1, 1, -1, -1)
        edge = "focus" if focus else "accent" if on else "edge" if able else "line"
        painter.setPen(QPen(theme.colour(edge), 2 if on or focus else 1))
        hot = able and card.underMouse()
        ground = "accent_soft" if on else "raised" if hot or not able else "surface"
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(whole, theme.RADIUS, theme.RADIUS)
        mark = QRectF(_PAD, (card.height() - _MARK) / 2, _MARK, _MARK).adjusted(1, 1, -1, -1)
        tone = "accent" if on else "edge"
        painter.setPen(QPen(theme.colour(tone), 2))
        painter.setBrush(theme.colour("accent" if on and not self._round else "surface"))
        if self._round:
            painter.drawEllipse(mark)
            if on:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour(tone))
                painter.drawEllipse(mark.adjusted(4.5, 4.5, -4.5, -4.5))
        else:
            painter.drawRoundedRect(mark, 4, 4)
            if on:
                icons.paint(painter, mark.adjusted(2, 2, -2, -2), "check", "on_accent")
        painter.end()


class RadioCard(QRadioButton):
    """One of several."""

    def __init__(self, value: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.value: Final = value
        self.face: Final = Face(self, round_mark=True)

    def hitButton(self, pos: QPoint) -> bool:
        return bool(self.rect().contains(pos))

    def sizeHint(self) -> QSize:
        return self.face.size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.face.place()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.face.draw()


class CheckCard(QCheckBox):
    """One of any number."""

    def __init__(self, value: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.value: Final = value
        self.face: Final = Face(self, round_mark=False)

    def hitButton(self, pos: QPoint) -> bool:
        return bool(self.rect().contains(pos))

    def sizeHint(self) -> QSize:
        return self.face.size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.face.place()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.face.draw()


Card = RadioCard | CheckCard


class Grid(QWidget):
    """Cards in as many equal columns as fit; heading rows may stand between them.

    ``all_across``: the cards of a scale stand in one row while each has room. ``columns``: so
    many while each has room, as the form wants it; 0 leaves it to the words.
    """

    def __init__(
        self, parent: QWidget | None = None, *, all_across: bool = False, columns: int = 0
    ) -> None:
        super().__init__(parent)
        self._wanted = columns
        self._items: list[Card | Label] = []
        self._all_across = all_across
        self._natural = 0
        self._heights: dict[int, int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def cards(self) -> list[Card]:
        """The cards in order, without the headings."""
        return [item for item in self._items if not isinstance(item, Label)]

    @property
    def items(self) -> list[Card | Label]:
        """Cards and headings in order."""
        return self._items

    def set_items(self, items: Sequence[Card | Label]) -> None:
        """Show these, children of this widget; a Label is a heading over what follows."""
        self._items = list(items)
        self.refit()

    def refit(self) -> None:
        """Their words changed, or some were hidden: measure again."""
        cards = self.cards
        self._natural = max((card.face.natural() for card in cards), default=0)
        self._heights.clear()
        # Placed before they are shown: what has no place yet is asked for its size when shown.
        self._arrange(self.width(), move=True)
        for item in self._items:
            item.setVisible(not item.property("out"))
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # Every layout around asks, many times for each answer. Another text size makes the
        # pages anew.
        known = self._heights.get(width)
        if known is None:
            known = self._heights[width] = self._arrange(width, move=False)
        return known

    def sizeHint(self) -> QSize:
        width = theme.scaled(560)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(160), theme.scaled(_LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width(), move=True)

    def _columns(self, width: int, count: int) -> tuple[int, int]:
        """How many columns, and the width of one, in pixels."""
        if self._all_across and (width + _BETWEEN) // max(1, count) - _BETWEEN >= _NARROWEST:
            wide = (width + _BETWEEN) // max(1, count) - _BETWEEN
            return count, min(wide, max(self._natural, theme.scaled(150)))
        if self._wanted:
            wide = (width + _BETWEEN) // self._wanted - _BETWEEN
            if wide >= _NARROWEST:
                return self._wanted, wide
        natural = max(self._natural, theme.scaled(_NARROWEST))
        fit = max(1, (width + _BETWEEN) // (natural + _BETWEEN))
        if fit == 1 and count > 1 and natural * 0.62 * 2 + _BETWEEN <= width:
            # Two columns of two lines are sooner read than one long column.
            return 2, (width - _BETWEEN) // 2
        return fit, min(natural, width)

    def _arrange(self, width: int, *, move: bool) -> int:
        shown = [item for item in self._items if not item.property("out")]
        if not shown or width < 8:
            return 0
        count = sum(not isinstance(item, Label) for item in shown)
        columns, wide = self._columns(width, count)
        top, place = 0, 0
        row: list[Card] = []

        def close() -> None:
            nonlocal top, row
            if not row:
                return
            tall = max(card.face.tall(wide) for card in row)
            if move:
                for number, card in enumerate(row):
                    card.setGeometry(number * (wide + _BETWEEN), top, wide, tall)
            top += tall + _BETWEEN
            row = []

        for item in shown:
            if isinstance(item, Label):
                close()
                place = 0
                tall = item.heightForWidth(width)
                top += 4 if top else 0
                if move:
                    item.setGeometry(0, top, width, tall)
                top += tall
                continue
            row.append(item)
            place += 1
            if place % columns == 0:
                close()
        close()
        return max(theme.scaled(_LEAST), top - _BETWEEN)


def digit_of(event: QKeyEvent) -> int:
    """The number typed, 1 to 9, in Arabic or Thai digits; 0 for another key."""
    from desktop.thai.digits import to_arabic

    text = to_arabic(event.text())
    return int(text) if len(text) == 1 and text in "123456789" else 0


def stay(cards: Sequence[Card], choices: Sequence[str]) -> bool:
    """Whether the cards are of these values in this order, so that only words change."""
    return [card.value for card in cards] == list(choices)


def columns_of(control: Control) -> int:
    """The number of columns the form wants (``columns-3``), 0 where it does not say."""
    for word in control.appearance:
        found = re.fullmatch(r"(?:quick)?(?:columns|compact|horizontal)-(\d{1,2})", word)
        if found:
            return int(found.group(1))
    return 0


def unanswered(question: Question, grid: Grid) -> Iterator[Label]:
    """What stands in the place of cards where a finished record has no answer."""
    if question.view.frozen:
        yield Label(_("no answer"), theme.LEAD, "quiet", wrap=False, parent=grid)
