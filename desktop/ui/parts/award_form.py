# SPDX-License-Identifier: Apache-2.0
"""One honoured project beside the list: a new one, one that is kept, or a line that was read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.award import AwardEntry
from desktop.i18n import _
from desktop.imports.award import LONGEST, ReadAward
from desktop.model.organisation import Award, Organisation
from desktop.ui import theme
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.field import Field, LongText, TextEdit, TypeAhead
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.undo_through import UndoThrough

_WIDTH = 340


class AwardForm(QFrame):
    """``saved`` when what stands here is to be kept, ``removed``, and ``moved(step)``."""

    saved = Signal()
    removed = Signal()
    moved = Signal(int)
    organisation_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFixedWidth(theme.scaled(_WIDTH))
        self._line: Award | ReadAward | None = None
        self._headline = Label("", "section", weight=600, parent=self)
        self.organisation = TypeAhead(_("Type a part of its name"), self)
        self.organisation.setMaxLength(300)
        self.organisation.asked.connect(self.organisation_asked)
        self.project = LongText(rows=4, parent=self)
        self.fund = TextEdit(longest=300, parent=self)
        self._fields = {
            "organisation": Field(_("Organisation"), self.organisation, must=True, parent=self),
            "title": Field(_("Project"), self.project, must=True, parent=self),
            "fund": Field(_("Fund (may be empty)"), self.fund, parent=self),
        }
        self.save = Button("", self.saved.emit, icon="save", parent=self)
        self.up = IconButton("chevron-up", _("Move up"), lambda: self.moved.emit(-1), self)
        self.down = IconButton("chevron-down", _("Move down"), lambda: self.moved.emit(1), self)
        self.remove = IconButton("trash-2", _("Take off the list"), self.removed.emit, self)
        self._keys = Label("", "small", "quiet", parent=self)
        self.save.show_key("Ctrl+S")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 4, 12, 8)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._headline, 1)
        for button in (self.up, self.down, self.remove):
            head.addWidget(button)
        column.addLayout(head)
        for field in self._fields.values():
            column.addWidget(field)
        column.addWidget(self._keys)
        column.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(Scroll(inside, self), 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 16, 12)
        foot.addWidget(self.save)
        whole.addLayout(foot)
        UndoThrough(self)

    def show_line(
        self, line: Award | ReadAward | None, *, fund: str = "", first: bool, last: bool
    ) -> None:
        """Show a line, or an empty form with the ``fund`` that most of the list has."""
        self._line = line
        self.organisation.set_value(None, line.organisation if line else "")
        self.organisation.setCursorPosition(0)
        self.project.setPlainText(line.title if line else "")
        self.fund.setText(line.fund if line else fund)
        self.fund.setCursorPosition(0)
        if line is None:
            self._headline.setText(_("Another project"))
        elif isinstance(line, Award):
            self._headline.setText(_("Project {number}").format(number=line.order_no))
        else:
            self._headline.setText(_("Line {number}").format(number=line.line_no))
        self.save.setText(_("Put on the list") if line is None else _("Save"))
        self.remove.setVisible(line is not None)
        for button, end in ((self.up, first), (self.down, last)):
            button.setVisible(isinstance(line, Award))
            button.setEnabled(not end)
        words = _("Del takes it off") if line is not None else ""
        if isinstance(line, Award):
            words = _("Alt+↑ Alt+↓ move it, Del takes it off")
        self._keys.setText(words)
        self._keys.setVisible(bool(words))
        problems = line.problems if isinstance(line, ReadAward) else ()
        for name, field in self._fields.items():
            at = (name, "") if name == "title" else (name,)
            field.set_error(next((one.sentence for one in problems if one.field in at), ""))

    def offer(self, found: Sequence[Organisation]) -> None:
        """Offer organisations that are known."""
        self.organisation.offer([(one, one.name) for one in found])

    def start(self) -> None:
        """Go to the first question."""
        self.organisation.setFocus(Qt.FocusReason.OtherFocusReason)

    def title(self) -> str:
        """The title as it stands, on one line."""
        return " ".join(self.project.plain().split())

    def error(self, name: str) -> str:
        """The sentence under a field, or empty."""
        return self._fields[name].error

    def entry(self) -> AwardEntry | None:
        """What stands here; None when something must be put right, which is then said."""
        name, title = self.organisation.plain(), self.title()
        wrong = "" if name else _("Type the name of the organisation.")
        self._fields["organisation"].set_error(wrong)
        sentence = "" if title else _("Type the name of the project.")
        if len(title) > LONGEST:
            sentence = _("The name is longer than {count} characters. Shorten it.").format(
                count=LONGEST
            )
        self._fields["title"].set_error(sentence)
        if wrong or sentence:
            return None
        found = self.organisation.value()
        if isinstance(found, Organisation):
            return AwardEntry(name, title, found.kind, found.area, self.fund.plain())
        return AwardEntry(name, title, fund=self.fund.plain())
