# SPDX-License-Identifier: Apache-2.0
"""How far one is: the sections of a form with their ticks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, ngettext
from desktop.ui import icons, theme
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll

State = Literal["todo", "done", "fault"]
_MARK: Final = 26
_LEFT: Final = 10
_WIDE: Final = 250
_WIDE_NARROW: Final = 196
_NARROW: Final = 900
_TONES: Final = {"todo": "quiet", "done": "green", "fault": "red"}


@dataclass(frozen=True, slots=True)
class Standing:
    """One section as the list shows it; ``left`` questions must still be answered."""

    title: str
    state: State
    left: int
    shown: bool = True


class _Row(QPushButton):
    """A section: its number, a tick or a warning, and its title in as many lines as it needs."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self._standing = Standing("", "todo", 0)
        self.here = False
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._words = Label("", theme.BODY, parent=self)
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_standing(self, standing: Standing, number: int) -> None:
        """Show how far the section is; ``number`` counts the sections that are asked."""
        self._number = number
        self._standing = standing
        self._words.setText(standing.title)
        self.setVisible(standing.shown)
        said = {
            "done": _("complete"),
            "fault": _("something to mend"),
            "todo": ngettext(
                "{count} question to answer", "{count} questions to answer", standing.left
            ).format(count=standing.left)
            if standing.left
            else "",
        }[standing.state]
        self.setAccessibleName(f"{number}. {standing.title}, {said}".rstrip(", "))
        self.update()

    def mark_here(self, here: bool) -> None:
        """Whether it is the section shown now; that one alone is a stop of the Tab key."""
        self.here = here
        self._words.set_size(theme.BODY, 600 if here else 400)
        self._words.set_tone("accent" if here else "text")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = max(1, width - _LEFT - _MARK - 10 - 8)
        return max(theme.scaled(theme.TARGET), self._words.heightForWidth(room) + 8)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(200), self.heightForWidth(theme.scaled(200)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(120), theme.scaled(theme.TARGET))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left = _LEFT + _MARK + 10
        self._words.setGeometry(left, 0, max(1, self.width() - left - 8), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.colour("focus"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.here or self.underMouse() or self.hasFocus():
            painter.setBrush(theme.colour("accent_soft" if self.here else "raised"))
            painter.drawRoundedRect(whole, theme.RADIUS, theme.RADIUS)
        mark = QRectF(_LEFT, (self.height() - _MARK) / 2, _MARK, _MARK)
        state = self._standing.state
        tone = _TONES[state]
        if state == "todo":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent" if self.here else "edge"), 1.5))
            painter.drawEllipse(mark.adjusted(1, 1, -1, -1))
            painter.setPen(theme.colour("accent" if self.here else "quiet"))
            painter.setFont(theme.font(theme.TINY, 600))
            painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, str(self._number))
        else:
            name = "circle-check" if state == "done" else "triangle-alert"
            icons.paint(painter, mark.adjusted(1, 1, -1, -1), name, tone)
        painter.end()


class SectionList(QWidget):
    """The sections under each other; ``chose(place)`` when one is pressed. Arrows go between."""

    chose = Signal(int)

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Sections of the form"))
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(2)
        self.rows: Final = [_Row(place + 1, inside) for place in range(count)]
        for place, row in enumerate(self.rows):
            row.clicked.connect(lambda _on=False, place=place: self.chose.emit(place))
            column.addWidget(row)
        self._more = Label(
            _("More sections come with the answers."), theme.SMALL, "quiet", parent=inside
        )
        self._more.hide()
        below = QHBoxLayout()
        below.setContentsMargins(_LEFT, 6, 8, 0)
        below.addWidget(self._more)
        column.addLayout(below)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._scroll = Scroll(inside, self)
        whole.addWidget(self._scroll)

    def show_standings(
        self, standings: tuple[Standing, ...], here: int, *, growing: bool = False
    ) -> None:
        """Show how far each section is and which one is open; ``growing``: answers may bring
        others.
        """
        self._more.setVisible(growing and not all(one.shown for one in standings))
        number = 0
        for place, (row, standing) in enumerate(zip(self.rows, standings, strict=True)):
            number += standing.shown
            row.show_standing(standing, number)
            if row.here != (place == here):
                row.mark_here(place == here)
                if place == here:
                    QTimer.singleShot(
                        0, row, lambda row=row: self._scroll.ensureWidgetVisible(row)
                    )

    def fit(self, width: int) -> None:
        """Leave the questions their room in a view of this width, in pixels."""
        narrow = width < theme.scaled(_NARROW)
        self.setFixedWidth(theme.scaled(_WIDE_NARROW if narrow else _WIDE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        shown = [row for row in self.rows if not row.isHidden()]
        focused = next((row for row in shown if row.hasFocus()), None)
        if step and focused is not None:
            place = shown.index(focused) + step
            if 0 <= place < len(shown):
                shown[place].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focused is not None:
            focused.click()
        else:
            super().keyPressEvent(event)
