# SPDX-License-Identifier: Apache-2.0
"""Where text falls on stock with the border printed on it: moved, scaled, text alone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop.actions.calibration import LEAST_SCALE, MOST_MM, MOST_SCALE, Calibration
from desktop.i18n import _
from desktop.thai.digits import to_arabic
from desktop.ui import theme
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Field, TextEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.tick import Tick


class CalibrationForm(QFrame):
    """The values of one printer. ``wrong`` is a sentence while one of them is no number."""

    try_out = Signal()
    """A test page is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._kept = Calibration()
        self.text_only = Tick(_("Paper with the border on it: text alone"), parent=self)
        self.right = TextEdit("0", longest=8, parent=self)
        self.up = TextEdit("0", longest=8, parent=self)
        self.scale = TextEdit("100", longest=8, parent=self)
        self.test = Button(_("Print a test page"), self.try_out.emit, icon="printer", parent=self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for place, (label, edit) in enumerate(
            (
                (_("Right, mm"), self.right),
                (_("Up, mm"), self.up),
                (_("Size, %"), self.scale),
            )
        ):
            grid.addWidget(Field(label, edit, parent=self), 0, place)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(Label(_("This printer and this paper"), weight=600, parent=self))
        column.addWidget(self.text_only)
        column.addLayout(grid)
        column.addWidget(
            Label(
                _(
                    "Print a test page, hold it against a sheet of the paper, and type how far "
                    "the text must go. It is remembered for this printer."
                ),
                "small",
                "quiet",
                parent=self,
            )
        )
        column.addWidget(self.test)
        column.addStretch()
        self.setFixedWidth(theme.scaled(364))

    def show_calibration(self, kept: Calibration) -> None:
        """Show what is kept for a printer."""
        self._kept = kept
        self.text_only.setChecked(kept.text_only)
        self.right.setText(f"{kept.right:g}")
        self.up.setText(f"{kept.up:g}")
        self.scale.setText(f"{kept.scale * 100:g}")

    def calibration(self) -> Calibration:
        """The values typed; what is no number counts as kept before."""
        right, up, scale = (_number(edit.text()) for edit in (self.right, self.up, self.scale))
        return Calibration(
            right=self._kept.right if right is None else right,
            up=self._kept.up if up is None else up,
            scale=self._kept.scale if scale is None else scale / 100,
            text_only=self.text_only.isChecked(),
        )

    @property
    def changed(self) -> bool:
        """Whether it differs from what is kept."""
        return self.calibration() != self._kept

    def wrong(self) -> str:
        """What is wrong with what was typed, in a sentence."""
        for edit in (self.right, self.up):
            number = _number(edit.text())
            if number is None or abs(number) > MOST_MM:
                return _("Move by -{most} to {most} millimetres.").format(most=f"{MOST_MM:g}")
        scale = _number(self.scale.text())
        least, most = LEAST_SCALE * 100, MOST_SCALE * 100
        if scale is None or not least <= scale <= most:
            return _("The size is {least} to {most} percent.").format(
                least=f"{least:g}", most=f"{most:g}"
            )
        return ""


def _number(text: str) -> float | None:
    plain = to_arabic(text).strip().replace(",", ".").replace("−", "-").replace("–", "-")
    try:
        number = float(plain)
    except ValueError:
        return None
    return number if abs(number) < 1000 else None
