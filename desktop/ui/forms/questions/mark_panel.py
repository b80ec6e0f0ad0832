# SPDX-License-Identifier: Apache-2.0
"""What is asked when somebody does not sign with her name: a thumb print, or the reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import Problem
from desktop.i18n import N_, _
from desktop.thai.normalise import normalise
from desktop.ui import theme
from desktop.ui.forms import mark, photo_making
from desktop.ui.forms.keeping import in_background
from desktop.ui.forms.picture_frame import PictureFrame
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Choice, Field, TextEdit
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.ui.forms.question import Question

_REASONS: Final = (
    N_("Cannot write"),
    N_("Hands hurt or are disabled"),
    N_("Bedridden or unwell"),
    N_("Does not wish to sign"),
    N_("Another reason"),
)
_LONGEST: Final = 120


class MarkPanel(QFrame):
    """``made`` brings the picture to keep; ``closed`` comes when one goes back to signing."""

    made = Signal(object)
    closed = Signal()

    def __init__(self, question: Question, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setMaximumWidth(theme.scaled(640))
        self._question = question
        self._print: QImage | None = None
        self._thumb = True
        self._asks_witness = True
        self.frame = PictureFrame(self, wide=200, high=170)
        self.frame.wanted.connect(self.choose_file)
        self.frame.files.connect(lambda paths: self.take_file(paths[0]))
        self.frame.pasted.connect(self._take_image)
        self.frame.unwanted.connect(self._drop)
        self.reason = Choice(parent=self)
        self.reason.chose.connect(lambda _code: self._dress())
        self.words = TextEdit(longest=_LONGEST, parent=self)
        self.witness = TextEdit(longest=_LONGEST, parent=self)
        self._witness_field: Field | None = None
        self.wrong = Label("", "body", "red", weight=500, parent=self)
        self.keep = Button("", self._press, kind="primary", icon="check", parent=self)
        self.cancel = Button("", self.closed.emit, icon="arrow-left", parent=self)
        self._build()
        self.retranslate()

    def _build(self) -> None:
        self._reason_field = Field(_("Reason"), self.reason, must=True, parent=self)
        self._words_field = Field(_("In your own words"), self.words, parent=self)
        self._witness_field = Field(
            _("Name of the witness"), self.witness, _("Who saw it, beside the facilitator."),
            must=True, parent=self,
        )  # fmt: skip
        self._head = Label("", "body", weight=600, parent=self)
        fields = QVBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(self._head)
        for field in (self._reason_field, self._words_field, self._witness_field):
            field.editor.setMaximumWidth(420)
            fields.addWidget(field)
        fields.addWidget(self.wrong)
        fields.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.frame, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(fields, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addLayout(row)
        column.addLayout(buttons)
        self.wrong.hide()

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        at = self.reason.currentIndex()
        self.reason.set_options(
            [(None, _("Choose a reason"))] + [(words, _(words)) for words in _REASONS]
        )
        self.reason.setCurrentIndex(max(0, at))
        self._dress()

    def name(self, name: str) -> None:
        """Say to screen readers what is asked."""
        self.frame.setAccessibleName(f"{name}: {_('Thumb print')}")

    # ── opening ──────────────────────────────────────────────────────────────────────────────

    def open_thumb(self, *, asks_witness: bool, leaves: bool = True, focus: bool = True) -> None:
        """Ask for the picture of a thumb print; ``leaves``: with a way back to signing."""
        self.cancel.setVisible(leaves)
        self._open(thumb=True, asks_witness=asks_witness, focus=focus)

    def open_reason(self, *, asks_witness: bool) -> None:
        """Ask why there is no signature."""
        self.cancel.show()
        self._open(thumb=False, asks_witness=asks_witness)

    def _open(self, *, thumb: bool, asks_witness: bool, focus: bool = True) -> None:
        self._thumb, self._asks_witness = thumb, asks_witness
        self._say("")
        self.show()
        self._dress()
        if focus:
            self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def first(self) -> QWidget:
        """Where the focus goes first."""
        return self.frame if self._thumb else self.reason

    def _dress(self) -> None:
        other = self.reason.value() == _REASONS[-1]
        self.frame.setVisible(self._thumb)
        self._reason_field.setVisible(not self._thumb)
        self._words_field.setVisible(not self._thumb and other)
        if self._witness_field is not None:
            self._witness_field.setVisible(self._asks_witness)
        self._head.setText(
            _("Press the thumb on paper, and take a picture of the print.")
            if self._thumb
            else _("Why is there no signature?")
        )
        self.keep.setText(_("Use this thumb print") if self._thumb else _("Record it"))
        self.cancel.setText(_("Back to signing"))

    # ── the print ────────────────────────────────────────────────────────────────────────────

    def choose_file(self) -> None:
        """Ask for the picture of the print."""
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        name, _kind = QFileDialog.getOpenFileName(
            self.window(), _("Thumb print"), place, _("Pictures") + " (*.jpg *.jpeg *.png *.webp)"
        )
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Take the print of a file."""
        self.frame.show_busy(_("Making the picture smaller …"))

        def then(image: object) -> None:
            if isinstance(image, QImage):
                self._take_image(image)

        def failed(error: Exception) -> None:
            self.frame.show_image(self._print)
            if isinstance(error, Problem):
                self._say(str(error))
            else:
                self._question.view.desk.fail(error)

        in_background(
            self,
            self._question,
            lambda: photo_making.read_image(photo_making.read_file(path), 800),
            then,
            failed,
        )

    def _take_image(self, image: object) -> None:
        if isinstance(image, QImage):
            self._print = image
            self.frame.show_image(image)
            self._say("")

    def _drop(self) -> None:
        self._print = None
        self.frame.show_image(None)

    # ── making ───────────────────────────────────────────────────────────────────────────────

    def _press(self) -> None:
        sentence = self._missing()
        self._say(sentence)
        if sentence:
            return
        witness = normalise(self.witness.text()).strip()
        told = [_("Witness: {name}").format(name=witness)] if self._asks_witness else []
        if self._thumb and self._print is not None:
            self.made.emit(mark.thumb_print(self._print, [_("Thumb print"), *told]))
        else:
            reason = normalise(self.words.text()).strip() or _(str(self.reason.value()))
            self.made.emit(
                mark.words_alone([_("No signature: {reason}").format(reason=reason), *told])
            )

    def _missing(self) -> str:
        if self._thumb and self._print is None:
            return _("Choose the picture of the thumb print first.")
        if not self._thumb and self.reason.value() is None:
            return _("Choose the reason first.")
        if not self._thumb and self.reason.value() == _REASONS[-1] and not self.words.plain():
            return _("Write the reason in your own words.")
        if self._asks_witness and not self.witness.plain():
            return _("Write the name of the witness.")
        return ""

    def _say(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
