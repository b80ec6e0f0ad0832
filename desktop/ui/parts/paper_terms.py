# SPDX-License-Identifier: Apache-2.0
"""What the office says of itself on its papers, as fields (ข้อความบนเอกสาร)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Field, NumberEdit, TextEdit

if TYPE_CHECKING:
    from desktop.actions.office_paper import PaperSettings

_YEARS = 100


class PaperTerms(QWidget):
    """Five answers and the button that keeps them. ``asked`` comes with the ``PaperSettings``."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: PaperSettings | None = None
        self.watermark = TextEdit(longest=80, parent=self)
        self.contact = TextEdit(longest=120, parent=self)
        self.dpo = TextEdit(longest=120, parent=self)
        self.case_years = NumberEdit(least=1, most=_YEARS, parent=self)
        self.photo_years = NumberEdit(least=1, most=_YEARS, parent=self)
        self._mark_field = Field(
            _("Across a paper about a restricted case"),
            self.watermark,
            _("With the name of whoever prints it and the time; an empty line gives the usual."),
            parent=self,
        )
        contact = Field(
            _("How to reach the office"),
            self.contact,
            _("Telephone; it is read aloud before each visit"),
            parent=self,
        )
        officer = Field(
            _("Data protection officer"),
            self.dpo,
            _("Name or post, and how to reach her"),
            parent=self,
        )
        self._case_field = Field(_("Years cases are kept after closing"), self.case_years,
                                 parent=self)  # fmt: skip
        self._photo_field = Field(_("Years photos are kept"), self.photo_years, parent=self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._mark_field, 0, 0, 1, 2)
        grid.addWidget(contact, 1, 0)
        grid.addWidget(officer, 1, 1)
        grid.addWidget(self._case_field, 2, 0)
        grid.addWidget(self._photo_field, 2, 1)
        row = QHBoxLayout()
        row.addStretch()
        self.keep = Button(_("Save these words"), self._ask, icon="save", parent=self)
        row.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addLayout(row)

    def show_settings(self, said: PaperSettings) -> None:
        """Show what is kept; what is being typed stays when nothing else was kept meanwhile."""
        if said == self._shown:
            return
        self._shown = said
        for edit, text in (
            (self.watermark, said.watermark),
            (self.contact, said.contact),
            (self.dpo, said.dpo),
        ):
            edit.setText(text)
            edit.setCursorPosition(0)
        self.case_years.set_number(said.case_years)
        self.photo_years.set_number(said.photo_years)

    def refuse(self, sentence: str) -> None:
        """Say beside the first answer what the store would not keep."""
        self._mark_field.set_error(sentence)

    def _ask(self) -> None:
        from desktop.actions.office_paper import PaperSettings

        self._mark_field.set_error()
        numbers = []
        for edit, field in (
            (self.case_years, self._case_field),
            (self.photo_years, self._photo_field),
        ):
            number = edit.number()
            field.set_error(
                ""
                if number is not None
                else _("Type a number of years from 1 to {most}.").format(most=_YEARS)
            )
            if number is not None:
                numbers.append(number)
        if len(numbers) == 2:
            # What comes back is shown, tidied, also when it is what stood there before.
            self._shown = None
            self.asked.emit(
                PaperSettings(
                    self.watermark.plain(), self.contact.plain(), self.dpo.plain(), *numbers
                )
            )
