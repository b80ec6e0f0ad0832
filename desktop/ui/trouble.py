# SPDX-License-Identifier: Apache-2.0
"""Where errors end: a whole screen with a sentence when the program cannot go on, and a dialog
for a fault of the program itself that says what was kept."""

from __future__ import annotations

import platform
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from desktop import __version__
from desktop.i18n import _
from desktop.ui.icons import Icon
from desktop.ui.sheet import Sheet
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.label import Label


class Trouble(Sheet):
    """The program cannot go on: the sentence, the folder of the data, try again, close."""

    def __init__(
        self,
        sentence: str,
        folder: Path,
        again: Callable[[], object] | None,
        close: Callable[[], object],
        parent: QWidget | None = None,
        *,
        back: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """``back`` is the words for a copy that can be gone back to, and what does so."""
        super().__init__(_("Samut Sanam"), 640, parent)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(Icon("triangle-alert", "amber", 40, self))
        row.addWidget(Label(_("The data cannot be opened"), "section", weight=600, parent=self), 1)
        self.body.addLayout(row)
        self.sentence = Label(sentence, parent=self)
        self.body.addWidget(self.sentence)
        place = _("The data folder is {folder}").format(folder=folder)
        self.body.addWidget(Label(place, "small", "quiet", parent=self))
        self.foot.addWidget(
            Button(
                _("Open the data folder"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))),
                kind="quiet",
                parent=self,
            )
        )
        self.foot.addStretch()
        if back is not None:
            kept = _(
                "What was entered after that copy is not thrown away: the damaged file is kept "
                "in a folder beside it, for the centre to rescue from."
            )
            self.body.addWidget(
                Button(*back, icon="history", parent=self), alignment=Qt.AlignmentFlag.AlignLeft
            )
            self.body.addWidget(Label(kept, "small", "quiet", parent=self))
        leave = Button(_("Close the program"), close, parent=self)
        self.foot.addWidget(leave)
        if again is not None:
            self.foot.addWidget(Button(_("Try again"), again, kind="primary", parent=self))


def describe(error: BaseException) -> str:
    """What a maintainer needs of an error: its class and the places it passed, never its text.

    The text of an exception may hold a person's name.
    """
    steps = traceback.extract_tb(error.__traceback__)
    places = [f"  {Path(step.filename).name}:{step.lineno} {step.name}" for step in steps]
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return "\n".join([f"Samut Sanam {__version__}, {system}", type(error).__name__, *places])


class Crash(Dialog):
    """A fault of the program: what was kept, the details to copy, go on or close."""

    def __init__(self, parent: QWidget | None, error: BaseException) -> None:
        super().__init__(
            parent,
            _("The program made a mistake"),
            _(
                "Everything that was saved before is kept. The last thing you did may not have "
                "been done: look whether it is there, and do it again if it is not."
            ),
            _("Go on"),
        )
        self.stay.hide()
        details = describe(error)
        text = QPlainTextEdit(details, self)
        text.setReadOnly(True)
        text.setAccessibleName(_("Details of the mistake"))
        text.setFixedHeight(140)
        words = _("If it happens again, send these details to the centre. They name nobody.")
        self.body.addWidget(Label(words, "small", "quiet", parent=self))
        self.body.addWidget(text)
        self.body.addWidget(
            Button(
                _("Copy the details"),
                lambda: QGuiApplication.clipboard().setText(details),
                kind="quiet",
                icon="copy",
                parent=self,
            )
        )
