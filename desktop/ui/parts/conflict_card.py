# SPDX-License-Identifier: Apache-2.0
"""Two texts side by side, with who wrote each and when; one is chosen, or both are combined."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.sync import TwoTexts, Wording
from desktop.thai.text_difference import Span, combined, compare
from desktop.ui import theme
from desktop.ui.icons import Icon
from desktop.ui.parts.sync_words import field_words, kind_words, moment_words
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Field, LongText
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.marked_text import MarkedText

if TYPE_CHECKING:
    from desktop.actions.conflict import Conflict

COMBINED = 1000
"""Stands for the combined text where the others have their place."""


class _Text(QFrame):
    """One text: who and when above it, the way to take it below."""

    def __init__(self, place: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.place = place
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 14)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.who = Label("", weight=600, parent=self)
        self.when = Label("", theme.SMALL, "quiet", parent=self)
        drawn = QVBoxLayout()
        # Beside the name, whose line is higher than the icon.
        drawn.setContentsMargins(0, theme.scaled(5), 0, 0)
        drawn.addWidget(Icon("user", "quiet", 18, self))
        drawn.addStretch(1)
        head.addLayout(drawn)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.who)
        said.addWidget(self.when)
        head.addLayout(said, 1)
        self.words = MarkedText(parent=self)
        self.take = Button("", kind="choice", icon="circle", parent=self)
        self.take.setCheckable(True)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addStretch(1)
        column.addWidget(self.take)

    def show_text(self, spans: tuple[Span, ...], who: str, when: str, *, shown: bool) -> None:
        """Show a text; ``shown`` when it is the one that stands in the record now."""
        self.who.setText(who)
        self.when.setText(_("{when} · shown now").format(when=when) if shown else when)
        self.words.show_spans(spans)
        self.take.setText(_("Use this text"))
        self.take.setAccessibleName(_("Use the text of {name}").format(name=who))


class ConflictCard(QWidget):
    """``chose(texts, text)``: keep this text in the field of these two. ``opened``: the record."""

    chose = Signal(object, str)
    ready = Signal()
    """Something is chosen, or no longer: the verb is to be asked again."""
    opened = Signal(str, str)
    grew = Signal()
    """The edit of the combined text appeared: bring it into sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.conflict: Conflict | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        self.headline = Label("", theme.SECTION, weight=600, parent=self)
        self.way = Button("", self._open, kind="quiet", icon="arrow-right", icon_after=True,
                          parent=self)  # fmt: skip
        head.addWidget(self.headline, 1)
        head.addWidget(self.way)
        self._column.addLayout(head)
        self._column.addWidget(
            Label(
                _(
                    "Each was written without having seen the other. Words that only one of them "
                    "has are underlined."
                ),
                theme.SMALL,
                "quiet",
                parent=self,
            )
        )
        self.wrong = Label("", "small", "red", weight=500, parent=self)
        self.wrong.hide()
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._column.addLayout(self._grid)
        self.combine = Button(_("Combine them"), kind="choice", icon="circle", parent=self)
        self.combine.setCheckable(True)
        self.edit = LongText(rows=4, parent=self)
        self._field = Field(
            _("The combined text"),
            self.edit,
            _("Both texts stand here, one under the other. Make one of them."),
            parent=self,
        )
        self._column.addWidget(self.combine)
        self._column.addWidget(self._field)
        self._column.addWidget(self.wrong)
        self._column.addStretch(1)
        self._texts: list[_Text] = []
        self._group = QButtonGroup(self)
        self._group.addButton(self.combine, COMBINED)
        self._group.idToggled.connect(self._turned)
        self.edit.textChanged.connect(self.ready)

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_conflict(self, conflict: Conflict | None, now: datetime) -> None:
        """Show another one; what is chosen and written stays while the texts are the same."""
        before, self.conflict = self.conflict, conflict
        if conflict is None or (before is not None and before.texts == conflict.texts):
            return
        texts = conflict.texts
        name = conflict.about.name or kind_words(texts.kind)
        self.headline.setText(f"{name} · {field_words(texts.kind, texts.field)}")
        self.way.setVisible(bool(conflict.about.home_id) and conflict.about.home != "person")
        self.way.setText(_("Open it"))
        self._lay_texts(1 + len(texts.others))
        self._fill(texts, conflict.names, now)
        self._clear_choice()
        self.edit.setPlainText(combined([texts.shown.text, *(one.text for one in texts.others)]))
        self.say("")

    def _lay_texts(self, count: int) -> None:
        while len(self._texts) > count:
            old = self._texts.pop()
            self._group.removeButton(old.take)
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        while len(self._texts) < count:
            place = len(self._texts)
            one = _Text(place, self)
            self._group.addButton(one.take, place)
            self._texts.append(one)
            self._grid.addWidget(one, place // 2, place % 2)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)
        before: QWidget = self.way
        for part in (*(one.take for one in self._texts), self.combine, self.edit):
            QWidget.setTabOrder(before, part)
            before = part

    def _fill(self, texts: TwoTexts, names: Mapping[str, str], now: datetime) -> None:
        first = texts.others[0] if texts.others else texts.shown
        ours, _theirs = compare(texts.shown.text, first.text)
        self._show_one(0, ours, texts.shown, names, now)
        for place, other in enumerate(texts.others, start=1):
            _ours, theirs = compare(texts.shown.text, other.text)
            self._show_one(place, theirs, other, names, now)

    def _show_one(
        self,
        place: int,
        spans: tuple[Span, ...],
        one: Wording,
        names: Mapping[str, str],
        now: datetime,
    ) -> None:
        who = names.get(one.by) or (
            _("a colleague on another computer") if one.by or place else _("from the centre")
        )
        when = moment_words(one.at, now) if one.at else ""
        self._texts[place].show_text(spans, who, when, shown=place == 0)

    # ── choosing ─────────────────────────────────────────────────────────────────────────────

    def chosen(self) -> int | None:
        """The place of the text that is chosen, ``COMBINED``, or None."""
        found = self._group.checkedId()
        return None if self._group.checkedButton() is None else found

    def text(self) -> str:
        """The text that would be kept, empty when nothing is chosen."""
        place = self.chosen()
        if place is None or self.conflict is None:
            return ""
        if place == COMBINED:
            return self.edit.plain()
        texts = self.conflict.texts
        return (texts.shown, *texts.others)[place].text

    def verb(self) -> str:
        """What the primary button says."""
        place = self.chosen()
        if place is None:
            return _("Keep the text")
        if place == COMBINED:
            return _("Keep the combined text")
        return _("Keep the text of {name}").format(name=self._texts[place].who.text())

    def keep(self) -> None:
        """Keep what is chosen."""
        if self.conflict is None:
            return
        if self.chosen() is None:
            self.say(_("Choose one of the texts, or combine them."))
            return
        self.chose.emit(self.conflict.texts, self.text())

    def say(self, sentence: str) -> None:
        """Say why it could not be kept."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    def focus_first(self) -> None:
        """Onto the first choice."""
        if self._texts:
            self._texts[0].take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear_choice(self) -> None:
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)
        self._field.hide()
        self.ready.emit()

    def _turned(self, place: int, on: bool) -> None:
        button = self._group.button(place)
        if isinstance(button, Button):
            button.set_icon("circle-check" if on else "circle")
        if place == COMBINED:
            self._field.setVisible(on)
            if on:
                self.edit.moveCursor(QTextCursor.MoveOperation.End)
                self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
                self.grew.emit()
        self.say("")
        self.ready.emit()

    def _open(self) -> None:
        if self.conflict is not None:
            self.opened.emit(self.conflict.about.home, self.conflict.about.home_id)
