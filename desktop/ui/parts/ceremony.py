# SPDX-License-Identifier: Apache-2.0
"""Who opens, closes, reports and signs: a line each, in the order they stand on the papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.event import CeremonyRole
from desktop.store import codelist
from desktop.ui import theme
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.field import Choice, TextEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.tick import Tick
from desktop.ui.widgets.undo_through import UndoThrough

_ROLE: Final = 210
_SIGNS: Final = 90


def role_options(also: str = "") -> list[tuple[str, str]]:
    """The parts of a ceremony as (code, word), with one more that an event has already."""
    codes = [one for one in codelist.codes("event_role") if one.extra.get("ceremony")]
    options = [(one.code, codelist.word("event_role", one.code)) for one in codes]
    if also and also not in dict(options):
        options.append((also, codelist.word("event_role", also)))
    return options


class Ceremony(QWidget):
    """``edited(roles)`` brings all the parts there are to be, in order."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event_id = ""
        self._roles: tuple[CeremonyRole, ...] | None = None
        self.rows: list[RoleRow] = []
        card = QFrame(self)
        card.setObjectName("card")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._none = Label(_("Nobody has a part in the ceremony yet."), tone="quiet", parent=card)
        self._wrong = Label("", "small", "red", weight=500, parent=card)
        self._wrong.hide()
        self.add = Button(_("Add a part"), self.add_role, icon="plus", parent=card)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch()
        words = _(
            "Names and positions are printed exactly as they stand here. Who signs stands on the "
            "certificates, in this order."
        )
        otherwise = _("Nobody ticked: whoever closes the event signs, or else whoever opens it.")
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(Label(f"{words} {otherwise}", tone="quiet", parent=card))
        column.addWidget(self._none)
        column.addLayout(self._lines)
        column.addWidget(self._wrong)
        column.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 8, 24, 16)
        whole.addWidget(card)
        whole.addStretch()

    def show_roles(self, event_id: str, roles: Sequence[CeremonyRole]) -> None:
        """Show the parts as they are kept; a line that has no name yet stays."""
        same = event_id == self._event_id
        if same and tuple(roles) == self._roles:
            return
        drafts = [row.role() for row in self.rows if not row.role().id] if same else []
        names = {role.person_name for role in roles}
        drafts = [role for role in drafts if role.person_name not in names]
        self._event_id, self._roles = event_id, tuple(roles)
        self.refuse("")
        self._show([*roles, *drafts])

    def _show(self, roles: Sequence[CeremonyRole]) -> None:
        while len(self.rows) > len(roles):
            row = self.rows.pop()
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < len(roles):
            made = RoleRow(self)
            made.left.connect(self._keep)
            made.moved.connect(self._move)
            made.dropped.connect(self._drop)
            self._lines.addWidget(made)
            self.rows.append(made)
        for place, (row, role) in enumerate(zip(self.rows, roles, strict=True)):
            row.show_role(role, first=place == 0, last=place == len(roles) - 1)
        self._none.setVisible(not roles)

    def add_role(self) -> None:
        """One more line, with the first part nobody has yet."""
        had = {row.role().role for row in self.rows}
        codes = [code for code, _word in role_options()]
        code = next((code for code in codes if code not in had), codes[0])
        self._show([*self._asked(), CeremonyRole("", self._event_id, code, "", "")])
        self.rows[-1].name.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say why it was not kept; empty takes it away."""
        if sentence:
            self._roles = None
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    @property
    def refusal(self) -> str:
        """The sentence shown, or empty."""
        return "" if self._wrong.isHidden() else self._wrong.text()

    def _asked(self) -> list[CeremonyRole]:
        return [row.role() for row in self.rows]

    def _keep(self) -> None:
        roles = self._asked()
        nameless = [role for role in roles if role.id and not role.person_name]
        if nameless:
            self.refuse(_("Type the name of the person who has this part."))
            return
        # A new line without a name is not there yet.
        named = tuple(role for role in roles if role.person_name)
        if named != self._roles:
            self.refuse("")
            self._roles = named
            self.edited.emit(named)

    def _move(self, row: RoleRow, step: int) -> None:
        roles, place = self._asked(), self.rows.index(row)
        if 0 <= place + step < len(roles):
            roles[place], roles[place + step] = roles[place + step], roles[place]
            self._show(roles)
            self.rows[place + step].name.setFocus(Qt.FocusReason.OtherFocusReason)
            self._keep()

    def _drop(self, row: RoleRow) -> None:
        roles = self._asked()
        del roles[self.rows.index(row)]
        self._show(roles)
        self._keep()
        near = self.rows[-1].name if self.rows else self.add
        near.setFocus(Qt.FocusReason.OtherFocusReason)


class RoleRow(QWidget):
    """One part in the ceremony. Alt+Up and Alt+Down move it."""

    left = Signal()
    moved = Signal(object, int)
    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = CeremonyRole("", "", "chair_open", "", "")
        self.part = Choice(role_options(), parent=self)
        self.part.setMinimumWidth(theme.scaled(_ROLE))
        self.part.setMaximumWidth(theme.scaled(_ROLE + 100))
        self.part.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.part.chose.connect(lambda _value: self.left.emit())
        self.name = TextEdit(placeholder=_("Name with title"), longest=200, parent=self)
        self.position = TextEdit(placeholder=_("Position"), longest=300, parent=self)
        self.name.editingFinished.connect(self.left)
        self.position.editingFinished.connect(self.left)
        self.signs = Tick(_("Signs"), parent=self)
        self.signs.setMinimumWidth(theme.scaled(_SIGNS))
        self.signs.clicked.connect(lambda _on: self.left.emit())
        self.up = IconButton("chevron-up", _("Move up"), partial(self._step, -1), self)
        self.down = IconButton("chevron-down", _("Move down"), partial(self._step, 1), self)
        self.remove = IconButton(
            "trash-2", _("Remove this part"), lambda: self.dropped.emit(self), self
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.part, 2)
        row.addWidget(self.name, 2)
        row.addWidget(self.position, 3)
        for part in (self.signs, self.up, self.down, self.remove):
            row.addWidget(part)
        UndoThrough(self)

    def role(self) -> CeremonyRole:
        """The part as it stands in the line."""
        return replace(
            self._role,
            role=self.part.value(),
            person_name=self.name.plain(),
            position=self.position.plain(),
            signs=self.signs.isChecked(),
        )

    def show_role(self, role: CeremonyRole, *, first: bool, last: bool) -> None:
        """Show a part; the first cannot go up and the last not down."""
        self._role = role
        self.part.set_options(role_options(role.role), role.role)
        if self.name.plain() != role.person_name:
            self.name.setText(role.person_name)
        if self.position.plain() != role.position:
            self.position.setText(role.position)
            self.position.setCursorPosition(0)  # a long one shows its beginning
        self.signs.setChecked(role.signs)
        self.up.setEnabled(not first)
        self.down.setEnabled(not last)
        word = codelist.word("event_role", role.role)
        for part, said in (
            (self.part, _("Part in the ceremony")), (self.name, _("Name with title")),
            (self.position, _("Position")), (self.signs, _("Signs certificates")),
            (self.up, _("Move up")), (self.down, _("Move down")),
            (self.remove, _("Remove this part")),
        ):  # fmt: skip
            part.setAccessibleName(f"{said}: {word}")

    def _step(self, step: int) -> None:
        self.moved.emit(self, step)
