# SPDX-License-Identifier: Apache-2.0
"""Who lives in a household, drawn as a family: parents above the head, the spouse beside, children
below. The arrows go from one to another, Enter opens one, and the same stands in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _
from desktop.model.household import Generation, family
from desktop.ui import theme
from desktop.ui.parts.household_words import age_words, relation_word

if TYPE_CHECKING:
    from desktop.model.household import Member

_WIDE: Final = 200
_LEAST: Final = 138
_HIGH: Final = 62
_GAP: Final = 16
_BETWEEN: Final = 34
"""Between two generations: the room of the lines."""
_LEFT: Final = 8
_BAND: Final = 30
"""Room of the words above those of whom nobody said how they are related."""


@dataclass(frozen=True, slots=True)
class _Card:
    """A member at her place; ``member`` is None for the head whom nobody named."""

    member: Member | None
    where: QRect
    level: int | None


class FamilyTree(QWidget):
    """``chosen(member_id)`` comes with Enter or a click on somebody."""

    chosen = Signal(str)
    moved = Signal(QRect)
    """The place of the card that an arrow led to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._generations: tuple[Generation, ...] = ()
        self._members: tuple[Member, ...] = ()
        self._at = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_members(self, members: Sequence[Member]) -> None:
        """Show these people."""
        self._members = tuple(members)
        self._generations = family(self._members)
        ids = [card.member.id for card in self._cards(self.width()) if card.member]
        if self._at not in ids:
            self._at = ids[0] if ids else ""
        self._say()
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The same in words: a line for each generation."""
        return "\n".join(in_words(generation) for generation in self._generations)

    # ── where everybody stands ───────────────────────────────────────────────────────────────

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        cards = self._cards(width)
        return max((card.where.bottom() for card in cards), default=0) + 10

    def sizeHint(self) -> QSize:
        return QSize(
            3 * theme.scaled(_WIDE) + 2 * _GAP, self.heightForWidth(max(self.width(), 400))
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(_WIDE) + 2 * _LEFT, self.heightForWidth(max(self.width(), 400)))

    def _cards(self, width: int) -> list[_Card]:
        """Every card with its place, generation after generation."""
        least, high = theme.scaled(_LEAST), theme.scaled(_HIGH)
        room = width - 2 * _LEFT
        fits = max(1, (room + _GAP) // (least + _GAP))
        cards: list[_Card] = []
        top = 6
        for generation in self._shown():
            people: list[Member | None] = list(generation.members)
            if generation.level == 0 and not self._headed:
                people.insert(0, None)
            across = min(len(people), fits)
            wide = min(theme.scaled(_WIDE), (room - (across - 1) * _GAP) // across)
            if generation.level is None:
                top += theme.scaled(_BAND) if cards or len(self._generations) > 1 else 0
            for start in range(0, len(people), fits):
                row = people[start : start + fits]
                across = len(row) * wide + (len(row) - 1) * _GAP
                left = max(_LEFT, (width - across) // 2)
                for place, member in enumerate(row):
                    where = QRect(left + place * (wide + _GAP), top, wide, high)
                    cards.append(_Card(member, where, generation.level))
                top += high + (_GAP if start + fits < len(people) else _BETWEEN)
        return cards

    def _shown(self) -> list[Generation]:
        """The generations, with an empty place for a head whom nobody named."""
        made = list(self._generations)
        levels = [one.level for one in made if one.level is not None]
        if levels and not self._headed and 0 not in levels:
            place = sum(1 for level in levels if level < 0)
            made.insert(place, Generation(0, ()))
        return made

    @property
    def _headed(self) -> bool:
        """Whether somebody is named the head."""
        return any(one.relation == "head" for one in self._members)

    # ── drawing ──────────────────────────────────────────────────────────────────────────────

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cards = self._cards(self.width())
        self._draw_lines(painter, cards)
        for card in cards:
            self._draw_card(painter, card)
        painter.end()

    def _draw_lines(self, painter: QPainter, cards: list[_Card]) -> None:
        painter.setPen(QPen(theme.colour("edge"), 1.5))
        levels: dict[int, list[_Card]] = {}
        for card in cards:
            if card.level is not None:
                levels.setdefault(card.level, []).append(card)
        head = [card for card in levels.get(0, []) if _relation(card) in ("head", "spouse", "")]
        same_row = [card for card in head if card.where.top() == head[0].where.top()]
        for left, right in pairwise(same_row):
            y = left.where.center().y()
            painter.drawLine(left.where.right(), y, right.where.left(), y)
        for upper, lower in pairwise(sorted(levels)):
            above = head if upper == 0 else levels[upper]
            below = levels[lower]
            if lower == 0:
                below = [card for card in below if _relation(card) != "spouse"]
            if above and below:
                self._join(painter, above, below)
        loose = [card for card in cards if card.level is None]
        if loose and len(loose) < len(cards):
            band = theme.scaled(_BAND)
            first = loose[0].where.top()
            painter.setFont(theme.font(theme.SMALL, 600))
            painter.setPen(theme.colour("quiet"))
            room = QRect(0, first - band - 2, self.width(), band)
            painter.drawText(
                room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
                _("Nobody said yet how they are related"),
            )  # fmt: skip

    @staticmethod
    def _join(painter: QPainter, above: list[_Card], below: list[_Card]) -> None:
        """From the parents down to a bar, and from the bar to each child."""
        foot = max(card.where.bottom() for card in above)
        last = [card for card in above if card.where.bottom() == foot]
        couple = len(last) == 2 and last[0].level == 0
        if couple:
            middle = (last[0].where.right() + last[1].where.left()) // 2
            starts = [QPointF(middle, last[0].where.center().y())]
        else:
            starts = [QPointF(card.where.center().x(), card.where.bottom()) for card in last]
        rows: dict[int, list[_Card]] = {}
        for card in below:
            rows.setdefault(card.where.top(), []).append(card)
        tops = sorted(rows)
        first_bar = (foot + tops[0]) / 2
        for start in starts:
            painter.drawLine(start, QPointF(start.x(), first_bar))
        trunk = min(card.where.left() for card in below) - _GAP / 2
        for top in tops:
            bar = first_bar if top == tops[0] else top - _GAP / 2
            ends = [card.where.center().x() for card in rows[top]]
            if top == tops[0]:
                ends += [round(start.x()) for start in starts]
            if len(tops) > 1:
                ends.append(round(trunk))
            painter.drawLine(QPointF(min(ends), bar), QPointF(max(ends), bar))
            for card in rows[top]:
                x = card.where.center().x()
                painter.drawLine(QPointF(x, bar), QPointF(x, top))
        if len(tops) > 1:
            painter.drawLine(QPointF(trunk, first_bar), QPointF(trunk, tops[-1] - _GAP / 2))

    def _draw_card(self, painter: QPainter, card: _Card) -> None:
        member, box = card.member, QRectF(card.where).adjusted(1, 1, -1, -1)
        head = member is not None and member.relation == "head"
        here = member is not None and member.id == self._at and self.hasFocus()
        edge = "focus" if here else "accent" if head else "edge"
        pen = QPen(theme.colour(edge), 2 if here or head else 1)
        if member is None or card.level is None:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        ground = "accent_soft" if head or here else "surface" if member is not None else "ground"
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        room = card.where.adjusted(12, 6, -10, -6)
        if member is None:
            name, under = _("Head of the household"), _("not named yet")
        else:
            name, under = member.name, _under(member)
        half = room.height() // 2
        for place, (text, font, tone) in enumerate(
            (
                (name, theme.font(theme.BODY, 600), "text" if member is not None else "quiet"),
                (under, theme.font(theme.SMALL), "quiet"),
            )
        ):
            painter.setFont(font)
            painter.setPen(theme.colour(tone))
            row = QRect(room.left(), room.top() + place * half, room.width(), half)
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, row.width())
            painter.drawText(
                row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown
            )

    # ── going about ──────────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }.get(Qt.Key(event.key()))
        if step is not None:
            if not self._step(*step):
                super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def _step(self, across: int, down: int) -> bool:
        """Go to the nearest card that way; False when there is none."""
        cards = [card for card in self._cards(self.width()) if card.member is not None]
        here = next((card for card in cards if card.member and card.member.id == self._at), None)
        if here is None:
            return False
        from_x, from_y = here.where.center().x(), here.where.center().y()

        def far(card: _Card) -> float:
            x, y = card.where.center().x() - from_x, card.where.center().y() - from_y
            return abs(y) * 4 + abs(x) if down else abs(x) + abs(y) * 40

        ahead = [
            card
            for card in cards
            if (card.where.center().x() - from_x) * across > 0
            or (card.where.center().y() - from_y) * down > 0
        ]
        if across:
            ahead = [card for card in ahead if card.where.top() == here.where.top()]
        if not ahead:
            return False
        found = min(ahead, key=far)
        if found.member is not None:
            self._at = found.member.id
        self._say()
        self.update()
        self.moved.emit(found.where)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        member = self._under_pointer(event)
        if member is not None:
            self._at = member.id
            self._say()
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        member = self._under_pointer(event)
        if member is not None:
            self.chosen.emit(member.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hand = self._under_pointer(event) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def _under_pointer(self, event: QMouseEvent) -> Member | None:
        point = event.position().toPoint()
        return next(
            (card.member for card in self._cards(self.width()) if card.where.contains(point)), None
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._say()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def _say(self) -> None:
        here = next((one for one in self._members if one.id == self._at), None)
        title = _("Family")
        said = "" if here is None else f"{here.name}, {_under(here) or relation_word(here)}"
        self.setAccessibleName(f"{title}: {said}" if said else title)
        self.setAccessibleDescription(self.text())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))


def in_words(generation: Generation) -> str:
    """The people of one generation in a line."""
    people = ", ".join(
        f"{one.name} ({under})" if (under := _under(one)) else one.name
        for one in generation.members
    )
    if generation.level is None:
        return _("Relation not said: {people}").format(people=people)
    word = {
        -3: _("Great-grandparents"),
        -2: _("Grandparents"),
        -1: _("Parents"),
        0: _("Head of the household and beside"),
        1: _("Children"),
        2: _("Grandchildren"),
    }.get(generation.level, _("Great-grandchildren"))
    return f"{word}: {people}"


def _under(member: Member) -> str:
    related = relation_word(member) if member.relation else ""
    return " · ".join(part for part in (age_words(member), related) if part)


def _relation(card: _Card) -> str:
    return "" if card.member is None else card.member.relation
