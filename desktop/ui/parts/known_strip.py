# SPDX-License-Identifier: Apache-2.0
"""Somebody on file who may be the one being typed in; nothing is joined before it is said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.person import Likeness
from desktop.ui.attendance_words import province_words
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label


class KnownStrip(QFrame):
    """Says who may be on file, and keeps whether it was said that she is the one."""

    shown = Signal(bool)
    """Whether there is somebody to ask about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("tone", "accent")
        self._likes: tuple[Likeness, ...] = ()
        self._at = 0
        self._who = Label("", "small", "text", parent=self)
        self.same = Button(
            _("The same person"), kind="choice", icon="user-check", key="F6",
            parent=self,
        )  # fmt: skip
        self.same.setCheckable(True)
        self._next = Button("", self._turn, kind="quiet", icon="chevron-right", parent=self)
        row = QHBoxLayout()
        row.addWidget(self.same)
        row.addStretch()
        row.addWidget(self._next)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 8)
        column.setSpacing(4)
        column.addWidget(self._who)
        column.addLayout(row)
        self.hide()

    def show_likes(self, likes: Sequence[Likeness]) -> None:
        """Show those it may be; what was said of one of them stays while she is among them."""
        said = self.person_id
        self._likes = tuple(likes)
        ids = [like.person_id for like in self._likes]
        self._at = ids.index(said) if said in ids else 0
        self.same.setChecked(said in ids)
        self._show()

    @property
    def person_id(self) -> str | None:
        """The person on file it was said to be, None when nothing was said."""
        if not self._likes or not self.same.isChecked():
            return None
        return self._likes[self._at].person_id

    def _turn(self) -> None:
        self._at = (self._at + 1) % len(self._likes)
        self.same.setChecked(False)
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._likes))
        self.shown.emit(bool(self._likes))
        if not self._likes:
            return
        like = self._likes[self._at]
        year = like.birth_year
        facts = [
            like.name,
            like.organisation,
            province_words(like.province),
            "" if year is None else _("born in พ.ศ. {year}").format(year=year),
            _("number ends in {digits}").format(digits=like.last4) if like.last4 else "",
        ]
        self._who.setText(
            _("On file: {facts}").format(facts=" · ".join(fact for fact in facts if fact))
        )
        self._next.setVisible(len(self._likes) > 1)
        self._next.setText(f"{self._at + 1}/{len(self._likes)}")
        self._next.setAccessibleName(_("The next one on file"))
