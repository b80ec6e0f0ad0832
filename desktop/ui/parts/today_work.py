# SPDX-License-Identifier: Apache-2.0
"""What waits in the field: alerts that are open, follow-ups that are due, forms not finished.

Counts only: the first page is seen by whoever stands behind the chair. What belongs to a
restricted case of others is not even counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import _, language, ngettext
from desktop.model.follow_up import WEEK
from desktop.thai import dates
from desktop.ui import theme
from desktop.ui.icons import Icon
from desktop.ui.widgets.button import IconButton
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the facilitator at the desk still has to do outside the hall."""

    overdue: int = 0
    today: int = 0
    week: int = 0
    alerts: int = 0
    uncalled: int = 0
    """Most urgent alerts for which nobody has noted the call to 1300."""
    oldest_alert: str = ""
    """When the open alert that was seen first was seen, in words."""
    drafts: tuple[str, ...] = ()
    """Ids, the oldest first."""
    draft_form: str = ""
    """What the form of the oldest is called."""

    @property
    def nothing(self) -> bool:
        return self == Waiting()


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that waits: where it is done and how it is said."""

    noun: str
    what: object
    tone: str
    icon: str
    head: str
    under: str
    verb: str


def read_waiting(store: Store, reader: str, now: datetime) -> Waiting:
    """Read what waits for ``reader`` at a local moment."""
    from desktop.store import alert, draft, follow_up, form

    with store.read() as conn:
        due = follow_up.due(conn, reader, now.date(), WEEK)
        alerts = alert.alerts(conn, reader, open_only=True, limit=-1)
        drafts = sorted(draft.drafts(conn, reader), key=lambda one: (one.started_at, one.id))
        called = ""
        if drafts:
            titles = {one.form_id: one.title for one in form.forms(conn)}
            called = titles.get(drafts[0].form_id, "")
    seen = min((one.alert.seen_at for one in alerts), default=None)
    return Waiting(
        len(due.overdue),
        len(due.today),
        len(due.week),
        len(alerts),
        sum(one.wants_1300 for one in alerts),
        "" if seen is None else _when(seen.astimezone(now.tzinfo), now),
        tuple(one.id for one in drafts),
        called,
    )


def cards(waiting: Waiting) -> tuple[Card, ...]:
    """What is shown of it, the red ones first; nothing when nothing waits."""
    found = [one for one in (_alerts(waiting), _due(waiting), _drafts(waiting)) if one is not None]
    order = ("red", "amber", "grey")
    return tuple(sorted(found, key=lambda one: order.index(one.tone)))


def _alerts(waiting: Waiting) -> Card | None:
    if not waiting.alerts:
        return None
    head = ngettext("{count} alert is open", "{count} alerts are open", waiting.alerts)
    under = (
        _("Call 1300 first")
        if waiting.uncalled
        else _("First seen {when}").format(when=waiting.oldest_alert)
    )
    return Card(
        "cases", "alerts", "red", "siren", head.format(count=waiting.alerts), under,
        _("See the alerts"),
    )  # fmt: skip


def _due(waiting: Waiting) -> Card | None:
    late, today, week = waiting.overdue, waiting.today, waiting.week
    soon = [
        _("today {count}").format(count=today) if today else "",
        _("in seven days {count}").format(count=week) if week else "",
    ]
    if late:
        head = ngettext("{count} follow-up is overdue", "{count} follow-ups are overdue", late)
        count, tone, icon = late, "red", "triangle-alert"
    elif today:
        head = ngettext("{count} follow-up today", "{count} follow-ups today", today)
        count, tone, icon = today, "amber", "clock"
        soon[0] = ""
    elif week:
        head = ngettext(
            "{count} follow-up in seven days", "{count} follow-ups in seven days", week
        )
        count, tone, icon = week, "grey", "calendar-days"
        soon = []
    else:
        return None
    return Card(
        "cases", "due", tone, icon, head.format(count=count),
        " · ".join(part for part in soon if part), _("See what is due"),
    )  # fmt: skip


def _drafts(waiting: Waiting) -> Card | None:
    count = len(waiting.drafts)
    if not count:
        return None
    head = ngettext("{count} form is not finished", "{count} forms are not finished", count)
    what: object = waiting.drafts[0] if count == 1 else None
    return Card(
        "record", what, "amber", "notebook-pen", head.format(count=count),
        waiting.draft_form if count == 1 else "",
        _("Go on with it") if count == 1 else _("See the forms"),
    )  # fmt: skip


def _when(seen: datetime, now: datetime) -> str:
    """The hour of today, the day of an earlier one: it stays true while the page is open."""
    if seen.date() == now.date():
        return _("today {time}").format(time=dates.clock(seen.hour * 60 + seen.minute))
    if language() == "en":
        return dates.english_date(seen.date())
    return dates.be_date(seen.date(), "short")


class TodayWork(QWidget):
    """The cards in a row; hidden when nothing waits. ``wanted(noun, what)`` for ``Page.go``."""

    wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: tuple[Card, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def cards(self) -> tuple[Card, ...]:
        """What is shown."""
        return self._cards

    def show_cards(self, shown: Sequence[Card]) -> None:
        """Show these; who has the focus keeps it while nothing else waits."""
        if tuple(shown) == self._cards:
            return
        self._cards = tuple(shown)
        while self._row.count():
            old = self._row.takeAt(0)
            widget = old.widget() if old is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for card in self._cards:
            self._row.addWidget(self._made(card), 1)
        self.setVisible(bool(self._cards))

    def _made(self, card: Card) -> QFrame:
        frame = _Pressed(lambda: self.wanted.emit(card.noun, card.what), self)
        if card.tone == "grey":
            frame.setObjectName("card")
        else:
            frame.setProperty("tone", card.tone)
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 1, 4, 1)
        row.setSpacing(10)
        tone = "accent" if card.tone == "grey" else card.tone
        row.addWidget(Icon(card.icon, tone, 22, frame))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch()
        words.addWidget(Label(card.head, weight=600, wrap=False, parent=frame))
        if card.under:
            words.addWidget(Label(card.under, theme.SMALL, wrap=False, parent=frame))
        words.addStretch()
        row.addLayout(words, 1)
        said = ". ".join(part for part in (card.head, card.under, card.verb) if part)
        button = IconButton("arrow-right", said, frame.press, frame)
        button.setToolTip(card.verb)
        row.addWidget(button)
        return frame


class _Pressed(QFrame):
    """A card that the mouse may press anywhere; the keyboard has its button."""

    def __init__(self, press: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.press: Final = press
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.press()
