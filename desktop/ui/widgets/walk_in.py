# SPDX-License-Identifier: Apache-2.0
"""Somebody who is not on the list, in six fields; the name is split while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui.widgets.area_pick import AreaPick, Search
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Choice, Field, TextEdit, TypeAhead
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from desktop.thai.names import Name


@dataclass(frozen=True, slots=True)
class WalkInAnswers:
    """What was typed, the name in its parts."""

    name: Name
    organisation: str
    area: str
    group: str
    number: str
    """A telephone number, or whatever digits were given."""
    note: str


class WalkIn(QFrame):
    """``done(answers)`` comes with Ctrl+Enter or Enter in the last field; ``left`` with Esc."""

    done = Signal(object)
    left = Signal()
    organisation_asked = Signal(str)
    known_taken = Signal(object)
    """The value of the known person of whom it was said: that is she."""

    def __init__(
        self,
        provinces: Search,
        groups: Callable[[], Sequence[tuple[str, str]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._groups = groups
        self._head = Label("", "section", weight=600, parent=self)
        self.name = TextEdit(longest=160, parent=self)
        self._split = Label("", "small", "quiet", parent=self)
        self.organisation = TypeAhead(parent=self)
        self.province = AreaPick(provinces, parent=self)
        self.group = Choice(parent=self)
        self.number = TextEdit(longest=20, parent=self)
        self.note = TextEdit(longest=200, parent=self)
        self._name = Field(
            _("Name with title"), self.name, _("as it is to be printed"), must=True, parent=self
        )
        self._number = Field(_("Phone"), self.number, parent=self)
        self._fields = (
            (self._name, 0, 0, 2),
            (Field(_("Agency"), self.organisation, parent=self), 2, 0, 1),
            (Field(_("Province"), self.province, parent=self), 2, 1, 1),
            (Field(_("Group"), self.group, parent=self), 3, 0, 1),
            (self._number, 3, 1, 1),
            (Field(_("Note"), self.note, parent=self), 4, 0, 2),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for field, row, column, span in self._fields:
            grid.addWidget(field, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._split, 1, 0, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self._known = QFrame(self)
        self._known.setProperty("tone", "amber")
        self._known_rows = QVBoxLayout(self._known)
        self._known_rows.setContentsMargins(16, 8, 16, 8)
        self._known_rows.setSpacing(6)
        self._known.hide()
        self._verb = Button("", self._answer, kind="primary", icon="check", parent=self)
        self._verb.show_key("Ctrl+Enter")
        self._stay = Button(_("Cancel"), self.left.emit, parent=self)
        self._stay.show_key("Esc")
        row_of_buttons = QHBoxLayout()
        row_of_buttons.setSpacing(12)
        row_of_buttons.addStretch()
        row_of_buttons.addWidget(self._stay)
        row_of_buttons.addWidget(self._verb)
        self._lay(grid, row_of_buttons)
        self.name.textChanged.connect(self._show_split)
        self.organisation.asked.connect(self.organisation_asked)
        self.organisation.editingFinished.connect(lambda: self.organisation.offer(()))

    def _lay(self, grid: QGridLayout, row_of_buttons: QHBoxLayout) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 12, 24, 12)
        whole.setSpacing(8)
        whole.addWidget(self._head)
        inside = QWidget(self)
        asked = QVBoxLayout(inside)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(8)
        asked.addWidget(self._known)
        asked.addLayout(grid)
        asked.addStretch()
        # The question who she is stands first: in a low window the fields go below the fold.
        self._scroll = Scroll(inside, self)
        whole.addWidget(self._scroll, 1)
        whole.addLayout(row_of_buttons)

    def begin(
        self,
        headline: str,
        verb: str,
        *,
        name: str = "",
        organisation: str = "",
        province: object = None,
        group: str = "",
    ) -> None:
        """Empty every field but those given, and wait for the name."""
        self._head.setText(headline)
        self._verb.setText(verb)
        self._verb.setEnabled(True)
        self.name.setText(name)
        self._show_split(name)
        self.organisation.set_value(None, organisation)
        self.province.set_area(province)  # type: ignore[arg-type]  # an Area; model is not known here
        self.group.set_options([("", _("Not said")), *self._groups()], group)
        self.number.clear()
        self.note.clear()
        self.offer_known(())
        for field, *_where in self._fields:
            field.set_error()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_known(self, people: Sequence[tuple[object, str]]) -> None:
        """Ask whether she is one of these (value, words) who are known already; none: stop asking.

        Saving once more says that she is none of them.
        """
        while (item := self._known_rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._known.setVisible(bool(people))
        if not people:
            return
        question = _("Is she one of these? If not, save once more.")
        self._known_rows.addWidget(Label(question, weight=600, parent=self._known))
        first: Button | None = None
        for value, words in people:
            pick = Button(
                words, partial(self.known_taken.emit, value), icon="user-check", parent=self._known
            )
            self._known_rows.addWidget(pick, 0, Qt.AlignmentFlag.AlignLeft)
            first = first or pick
        self._verb.setEnabled(True)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.verticalScrollBar().setValue(0)

    def refuse(self, sentence: str) -> None:
        """Say under the name what keeps it from being saved."""
        self._verb.setEnabled(True)
        self._name.set_error(sentence)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = self.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(pressed, Button) and not event.modifiers():
            pressed.click()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier or self.note.hasFocus():
            self._answer()
        else:
            self.focusNextChild()

    def _answer(self) -> None:
        from desktop.thai.names import split_name

        if not self._verb.isEnabled():
            return
        name = split_name(self.name.text())
        if not name.first:
            self.refuse(_("Type the name."))
            return
        self._name.set_error()
        self._verb.setEnabled(False)  # until it is saved or refused: Enter twice is one person
        self.province.take_first()
        self.done.emit(
            WalkInAnswers(
                name,
                self.organisation.plain(),
                self.province.code(),
                str(self.group.value() or ""),
                self.number.plain(),
                self.note.plain(),
            )
        )

    def _show_split(self, text: str) -> None:
        from desktop.thai.names import split_name

        if not text.strip():
            self._split.setText(_("Title, first name and surname are told apart as you type."))
            return
        name = split_name(text)
        shown = [
            (_("Title"), name.title),
            (_("First name"), name.first),
            (_("Middle name"), name.middle),
            (_("Surname"), name.last),
        ]
        self._split.setText("   ·   ".join(f"{word}: {part}" for word, part in shown if part))
