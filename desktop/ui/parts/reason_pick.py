# SPDX-License-Identifier: Apache-2.0
"""Why a certificate is made again: from the code list, and in one's own words."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.i18n import _
from desktop.store import codelist
from desktop.ui.widgets.field import Choice, Field, TextEdit


class ReasonPick(QWidget):
    """A reason from the code list, and words of one's own. ``reason()`` is empty until given.

    ``label`` says of what it is the reason, where that is not plain.
    """

    def __init__(self, parent: QWidget | None = None, *, value: str = "", label: str = "") -> None:
        super().__init__(parent)
        offered = [("", _("Choose a reason"))]
        offered += [
            (code.code, codelist.word("reprint_reason", code.code))
            for code in codelist.codes("reprint_reason")
        ]
        self.pick = Choice(offered, value, self)
        self.more = TextEdit(longest=200, parent=self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.field = Field(label or _("Reason"), self.pick, must=True, parent=self)
        grid.addWidget(self.field, 0, 0)
        grid.addWidget(Field(_("In your own words"), self.more, parent=self), 0, 1)

    def reason(self) -> str:
        """The reason as the register has it; "other" asks for words."""
        code, more = str(self.pick.value() or ""), self.more.plain()
        if not code:
            return more
        if code == "other":
            return more
        found = codelist.code("reprint_reason", code)
        word = found.th if found is not None else code
        return f"{word}: {more}" if more else word

    def missing(self) -> str:
        """What to say while there is no reason; empty when there is one."""
        if self.reason():
            return ""
        if self.pick.value() == "other":
            return _("Write the reason in your own words.")
        return _("Choose a reason. It is kept in the register.")
