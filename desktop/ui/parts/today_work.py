# SPDX-License-Identifier: Apache-2.0
"""What waits in the field: alerts that are open, follow-ups that are due, forms not finished.

Counts only: the first page is seen by whoever stands behind the chair. What belongs to a
restricted case of others is not even counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.model.follow_up import WEEK
from desktop.ui import theme
from desktop.ui.icons import Icon
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.store.store import Store

_A_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the facilitator at the desk still has to do outside the hall."""

    overdue: int = 0
    today: int = 0
    week: int = 0
    alerts: int = 0
    uncalled: int = 0
    """Most urgent alerts for which nobody has noted the call to 1300."""
    oldest_alert: int = 0
    """Minutes since the open alert that was seen first."""
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
    seen = min((one.alert.seen_at for one in alerts), default=now)
    return Waiting(
        len(due.overdue),
        len(due.today),
        len(due.week),
        len(alerts),
        sum(one.wants_1300 for one in alerts),
        max(0, int((now - seen).total_seconds() // 60)),
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
        else _("The first was seen {time} ago").format(time=_ago(waiting.oldest_alert))
    )
    return Card(
        "cases", "alerts", "red", "siren", head.format(count=waiting.alerts), under,
        _("See the alerts"),
    )  # fmt: skip


def _due(waiting: Waiting) -> Card | None:
    late, today, week = waiting.overdue, waiting.today, waiting.week
    said = []
    if late:
        words = ngettext("{count} follow-up is overdue", "{count} follow-ups are overdue", late)
        said.append(words.format(count=late))
    if today:
        words = ngettext("{count} follow-up today", "{count} follow-ups today", today)
        said.append(words.format(count=today))
    if week:
        words = ngettext(
            "{count} follow-up in seven days", "{count} follow-ups in seven days", week
        )
        said.append(words.format(count=week))
    if not said:
        return None
    tone, icon = "grey", "calendar-days"
    if today:
        tone, icon = "amber", "clock"
    if late:
        tone, icon = "red", "triangle-alert"
    return Card("cases", "due", tone, icon, said[0], " · ".join(said[1:]), _("See what is due"))


def _drafts(waiting: Waiting) -> Card | None:
    count = len(waiting.drafts)
    if not count:
        return None
    head = ngettext("{count} form is not finished", "{count} forms are not finished", count)
    what: object = waiting.drafts[0] if count == 1 else None
    return Card(
        "record", what, "amber", "notebook-pen", head.format(count=count), waiting.draft_form,
        _("Go on with it") if count == 1 else _("See the forms"),
    )  # fmt: skip


def _ago(minutes: int) -> str:
    if minutes < 60:
        return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    if minutes < _A_DAY:
        hours = minutes // 60
        return ngettext("{count} hour", "{count} hours", hours).format(count=hours)
    days = minutes // _A_DAY
    return ngettext("{count} day", "{count} days", days).format(count=days)


class TodayWork(QWidget):
    """The cards in a row; hidden when nothing waits. ``wanted(noun, what)`` for ``Page.go``."""

    wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: tuple[Card, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
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
        frame = QFrame(self)
        if card.tone == "grey":
            frame.setObjectName("card")
        else:
            frame.setProperty("tone", card.tone)
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(10)
        tone = "accent" if card.tone == "grey" else card.tone
        row.addWidget(Icon(card.icon, tone, 22, frame), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(card.head, weight=600, parent=frame))
        if card.under:
            words.addWidget(Label(card.under, theme.SMALL, parent=frame))
        row.addLayout(words, 1)
        button = Button(card.verb, kind="quiet", icon="arrow-right", icon_after=True, parent=frame)
        button.setAccessibleName(f"{card.head}. {card.under}. {card.verb}")
        button.clicked.connect(lambda _on=False: self.wanted.emit(card.noun, card.what))
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return frame
