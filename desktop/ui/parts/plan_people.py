# SPDX-License-Identifier: Apache-2.0
"""Who signs a certificate, one to three in order, and who issues it together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.field import Choice, TextEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import bring_into_sight
from desktop.ui.widgets.undo_through import UndoThrough

MOST: Final = 3
"""So many sign side by side."""
ADD: Final = "+"
"""Chosen to bring in a new picture of a signature."""
_USUAL: Final = "="


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, as what, and the picture of her hand: SHA-256, empty for a pen, None as usual
    (the picture the office keeps under this name)."""

    name: str
    position: str
    picture: str | None = None


class Signatories(QWidget):
    """``edited(signatories)`` brings all who sign, in order; nobody: those of the ceremony do.

    ``picture_wanted(place)`` asks for a new picture of that one's signature.
    """

    edited = Signal(object)
    picture_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Signatory, ...] | None = None
        self._usual: tuple[Signatory, ...] = ()
        self._pictures: tuple[tuple[str, str], ...] = ()
        self.rows: list[_Line] = []
        self._head = Label(_("Who signs, in this order"), "small", weight=600, parent=self)
        self._note = Label("", "small", "quiet", parent=self)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(16)
        self.add = Button(_("Another signatory"), self._add, icon="plus", parent=self)
        self.usual = Button(
            _("As in the ceremony"), self._back, kind="quiet", icon="rotate-ccw", parent=self
        )
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.add)
        foot.addWidget(self.usual)
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._head)
        column.addWidget(self._note)
        column.addLayout(self._lines)
        column.addLayout(foot)

    def show_people(
        self,
        chosen: Sequence[Signatory],
        usual: Sequence[Signatory],
        pictures: Sequence[tuple[str, str]],
    ) -> None:
        """Show who signs; of nobody chosen the ``usual``. ``pictures``: (SHA-256, label)."""
        self._usual, self._pictures = tuple(usual), tuple(pictures)
        # A line that was added and has no name yet stays where it is.
        named = [one for one in self._people() if one.name]
        if self._shown != tuple(chosen) or named != list(chosen or self._usual):
            self._shown = tuple(chosen)
            self._show(chosen or self._usual)
        for row in self.rows:
            row.offer(self._pictures)
        self._say()

    def _say(self) -> None:
        own = bool(self._shown)
        self.usual.setVisible(own)
        self.add.setEnabled(len(self.rows) < MOST)
        if own:
            words = _("These sign instead of who signs in the ceremony.")
        elif self._usual:
            words = _("Taken from the ceremony of the event. Change a line to have it otherwise.")
        else:
            words = _("Nobody signs yet. Add who signs, or mark it in the ceremony of the event.")
        self._note.setText(words)

    def _show(self, people: Sequence[Signatory]) -> None:
        while len(self.rows) > len(people):
            row = self.rows.pop()
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < len(people):
            row = _Line(self)
            row.left.connect(self._keep)
            row.moved.connect(self._move)
            row.dropped.connect(self._drop)
            row.picture_wanted.connect(lambda one: self.picture_wanted.emit(self.rows.index(one)))
            self._lines.addWidget(row)
            self.rows.append(row)
        for place, (row, person) in enumerate(zip(self.rows, people, strict=True)):
            row.show_person(person, place, last=place == len(people) - 1)
            row.offer(self._pictures)

    def give_picture(self, place: int, picture: str) -> None:
        """The new picture of somebody's signature is there."""
        if place < len(self.rows):
            self.rows[place].take(picture)
            self._keep()

    def _people(self) -> list[Signatory]:
        return [row.person() for row in self.rows]

    def _keep(self) -> None:
        named = tuple(one for one in self._people() if one.name)
        if named == self._shown or (not self._shown and named == self._usual):
            return
        self._shown = named
        self.edited.emit(named)

    def _add(self) -> None:
        if len(self.rows) < MOST:
            self._show([*self._people(), Signatory("", "")])
            self._say()
            self.rows[-1].name.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_sight(self.rows[-1])

    def _back(self) -> None:
        self._shown = ()
        self._show(self._usual)
        self._say()
        self.edited.emit(())

    def _move(self, row: _Line, step: int) -> None:
        people, place = self._people(), self.rows.index(row)
        if 0 <= place + step < len(people):
            people[place], people[place + step] = people[place + step], people[place]
            self._show(people)
            self.rows[place + step].name.setFocus(Qt.FocusReason.OtherFocusReason)
            self._keep()

    def _drop(self, row: _Line) -> None:
        people = self._people()
        del people[self.rows.index(row)]
        self._show(people)
        self._keep()
        near = self.rows[-1].name if self.rows else self.add
        near.setFocus(Qt.FocusReason.OtherFocusReason)


class _Line(QWidget):
    """One who signs. Alt+Up and Alt+Down move her."""

    left = Signal()
    moved = Signal(object, int)
    dropped = Signal(object)
    picture_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: str | None = None
        self.name = TextEdit(placeholder=_("Name with title"), longest=200, parent=self)
        self.position = TextEdit(placeholder=_("Position"), longest=300, parent=self)
        self.name.editingFinished.connect(self.left)
        self.position.editingFinished.connect(self.left)
        self.picture = Choice(parent=self)
        self.picture.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.picture.chose.connect(self._chose)
        self.up = IconButton("chevron-up", _("Move up"), partial(self._step, -1), self)
        self.down = IconButton("chevron-down", _("Move down"), partial(self._step, 1), self)
        self.remove = IconButton("trash-2", _("Take away"), lambda: self.dropped.emit(self), self)
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(partial(self._step, step))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.name, 0, 0)
        grid.addWidget(self.position, 1, 0)
        grid.addWidget(self.picture, 2, 0)
        for row, button in enumerate((self.up, self.down, self.remove)):
            grid.addWidget(button, row, 1)
        grid.setColumnStretch(0, 1)
        UndoThrough(self)

    def person(self) -> Signatory:
        """Who stands in the line."""
        return Signatory(self.name.plain(), self.position.plain(), self._picture)

    def show_person(self, person: Signatory, place: int, *, last: bool) -> None:
        """Show who signs; the first cannot go up and the last not down."""
        self._picture = person.picture
        for edit, text in ((self.name, person.name), (self.position, person.position)):
            if edit.plain() != text:
                edit.setText(text)
                edit.setCursorPosition(0)
        self.up.setEnabled(place > 0)
        self.down.setEnabled(not last)
        for part, said in (
            (self.name, _("Name with title")), (self.position, _("Position")),
            (self.picture, _("Picture of the signature")), (self.up, _("Move up")),
            (self.down, _("Move down")), (self.remove, _("Take away")),
        ):  # fmt: skip
            part.setAccessibleName(f"{said}: {place + 1}")

    def offer(self, pictures: Sequence[tuple[str, str]]) -> None:
        """Offer the office's pictures of signatures."""
        known = dict(pictures)
        usual = _("Picture under this name")
        if self.name.plain() not in known.values():
            usual = _("By pen: no picture under this name")
        options = [(_USUAL, usual), ("", _("By pen")), *pictures]
        if self._picture and self._picture not in known:
            options.append((self._picture, _("Picture of a signature")))
        options.append((ADD, _("New picture…")))
        chosen = _USUAL if self._picture is None else self._picture
        self.picture.set_options(options, chosen)

    def take(self, picture: str) -> None:
        """Sign by this picture from now on."""
        self._picture = picture

    def _chose(self, value: object) -> None:
        if value == ADD:
            self.picture.set_value(_USUAL if self._picture is None else self._picture)
            self.picture_wanted.emit(self)
        else:
            self._picture = None if value == _USUAL else str(value or "")
            self.left.emit()

    def _step(self, step: int) -> None:
        self.moved.emit(self, step)
