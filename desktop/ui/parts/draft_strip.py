# SPDX-License-Identifier: Apache-2.0
"""What is not finished yet, above everything else: each form with a way on, the oldest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _, language, ngettext
from desktop.model.record import HOME_VISIT
from desktop.thai import dates
from desktop.ui.icons import Icon
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.model.draft import Draft

MOST: Final = 2
"""Forms that are named, one in a low window; the others are counted, with a way to their list."""


class DraftStrip(QFrame):
    """``resumed(draft_id)``, ``thrown(draft)``, ``all_wanted()``. Hidden when all is done."""

    resumed = Signal(str)
    thrown = Signal(object)
    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("tone", "amber")
        self._drafts: tuple[Draft, ...] = ()
        self._most = MOST
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 8, 6)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._words = Label("", weight=600, parent=self)
        self._all = Button(_("All of them"), self.all_wanted.emit, kind="quiet", parent=self)
        head.addWidget(Icon("notebook-pen", "amber", 20, self))
        head.addWidget(self._words, 1)
        head.addWidget(self._all)
        column.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        column.addLayout(self._rows)
        self.hide()

    def show_drafts(
        self, drafts: tuple[Draft, ...], titles: Mapping[str, str], now: datetime
    ) -> None:
        """Show what is unfinished; ``titles`` are those of the forms by their ids."""
        oldest = tuple(sorted(drafts, key=lambda one: (one.started_at, one.id)))
        self._drafts = oldest
        self.setVisible(bool(oldest))
        count = len(oldest)
        if all(one.form_id == HOME_VISIT for one in oldest):
            words = ngettext(
                "{count} visit is not finished. It is kept on this laptop.",
                "{count} visits are not finished. They are kept on this laptop.",
                count,
            )
        else:
            words = ngettext(
                "{count} form is not finished. It is kept on this laptop.",
                "{count} forms are not finished. They are kept on this laptop.",
                count,
            )
        self._words.setText(words.format(count=count))
        self._all.setVisible(count > self._most)
        while self._rows.count():
            old = self._rows.takeAt(0)
            widget = old.widget() if old is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, one in enumerate(oldest[:MOST]):
            row = self._row(one, titles, now)
            row.setVisible(place < self._most)
            self._rows.addWidget(row)

    def set_low(self, low: bool) -> None:
        """Leave the room to the list in a low window."""
        self._most = 1 if low else MOST
        self._all.setVisible(len(self._drafts) > self._most)
        for place in range(self._rows.count()):
            item = self._rows.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setVisible(place < self._most)

    def first(self) -> str:
        """The oldest form, empty when there is none."""
        return self._drafts[0].id if self._drafts else ""

    def _row(self, one: Draft, titles: Mapping[str, str], now: datetime) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(28, 0, 0, 0)
        row.setSpacing(8)
        title = one.title or titles.get(one.form_id, one.form_id)
        words = Label(f"{title}  ·  {_facts(one, titles, now)}", wrap=False, parent=holder)
        words.setMinimumWidth(80)
        on = Button(
            _("Go on filling"), partial(self.resumed.emit, one.id), icon="pencil", parent=holder
        )
        on.setAccessibleName(_("Go on with {form}").format(form=title))
        off = IconButton(
            "trash-2",
            _("Throw away {form}").format(form=title),
            partial(self.thrown.emit, one),
            holder,
        )
        row.addWidget(words, 1)
        row.addWidget(on)
        row.addWidget(off)
        return holder


def _facts(one: Draft, titles: Mapping[str, str], now: datetime) -> str:
    """Which form, how far, when it was touched last."""
    parts = [titles.get(one.form_id, one.form_id)] if one.title else []
    if one.questions:
        parts.append(_("{count} of {all} answered").format(count=one.answered, all=one.questions))
    at = datetime.fromisoformat(one.touched_at).astimezone(now.tzinfo)
    time = dates.clock(at.hour * 60 + at.minute)
    if at.date() == now.date():
        parts.append(_("today {time}").format(time=time))
    else:
        day = (
            dates.english_date(at.date())
            if language() == "en"
            else dates.be_date(at.date(), "short")
        )
        parts.append(f"{day} {time}")
    return " · ".join(parts)


__all__ = ["MOST", "DraftStrip"]
