# SPDX-License-Identifier: Apache-2.0
"""A signature, or what stands for one: a thumb print with a witness, or why nobody signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import Problem
from desktop.i18n import _
from desktop.ui.forms.elsewhere import beside, just_before
from desktop.ui.forms.keeping import Content, keep, show_again
from desktop.ui.forms.pad import SignaturePad
from desktop.ui.forms.photo_making import png
from desktop.ui.forms.question import Question
from desktop.ui.forms.questions.mark_panel import MarkPanel
from desktop.ui.widgets.button import Button

if TYPE_CHECKING:
    from desktop.xforms.node import Node

_REST: Final = 900
"""Milliseconds without a stroke after which a signature is whole and kept."""
_WITNESSES: Final = ("witness_name", "witness", "consent_witness")
_HOW: Final = "sign_how"
_THUMB: Final = "thumb"


class SignatureQuestion(Question):
    """``upload`` with appearance ``signature`` or ``draw``. The answer is a picture's name.

    The form may ask itself for the witness beside it (a text named ``witness_name`` or
    ``<name>_witness``); where it does not, the witness is asked here and stands in the picture.
    """

    stretches = True

    def make_editor(self) -> QWidget:
        self._name_shown = ""
        self._seen: dict[str, QImage] = {}
        self._locked = False
        self._unkept = False
        """Whether there are strokes that are not in the store yet."""
        self._followed: Question | None = None
        self._turn = 0
        """Counts what makes a picture on its way to the store worthless: clearing, undo."""
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST)
        self._resting.timeout.connect(self.flush)
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.pad = SignaturePad(holder)
        self.pad.signed.connect(self._signed)
        self.watch(self.pad)
        column.addWidget(self.pad)
        column.addLayout(self._row(holder))
        self._rows = column
        self._marks: MarkPanel | None = None
        return holder

    @property
    def marks(self) -> MarkPanel:
        """What is asked instead of a signature; made when it is first asked."""
        if self._marks is None:
            self._marks = MarkPanel(self, self.editor)
            self._marks.hide()
            self._marks.made.connect(self._mark_made)
            self._marks.closed.connect(self._back_to_pad)
            self._rows.addWidget(self._marks)
            self._name()
        return self._marks

    @property
    def _asking(self) -> bool:
        """Whether a mark is asked for now."""
        return self._marks is not None and not self._marks.isHidden()

    def _row(self, holder: QWidget) -> QHBoxLayout:
        self.again = Button("", self.clear, icon="eraser", parent=holder)
        self.back = Button("", self._take_back, icon="undo-2", parent=holder)
        self.thumb = Button("", self.open_thumb, kind="quiet", icon="fingerprint", parent=holder)
        self.unable = Button("", self.open_reason, kind="quiet", icon="ban", parent=holder)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.back, self.again, self.thumb, self.unable):
            row.addWidget(button)
        row.addStretch(1)
        return row

    # ── signing ──────────────────────────────────────────────────────────────────────────────

    def _signed(self) -> None:
        self._unkept = self.pad.strokes > 0
        if self._unkept:
            self._resting.start()
        else:
            self._resting.stop()
        self._dress()

    def typed(self) -> str | None:
        """Nothing at once: a new signature is sealed first, and its name is the answer."""
        if self._unkept and self.pad.strokes:
            self._resting.stop()
            self._unkept = False
            self._keep(self.pad.picture())
        return None

    def _keep(self, image: QImage, *, then_shown: bool = False) -> None:
        if self._locked:
            return
        content = Content(png(image), "signature", image.width(), image.height())
        turn = self._turn

        def then(name: str) -> None:
            if turn != self._turn:
                return
            self._seen[name] = image
            self._name_shown = name
            inside = self._focus_inside()
            if then_shown:
                self.marks.hide()
                self.pad.show_picture(image)
            self.say()
            self.commit(name)
            self._dress()
            if then_shown:
                if inside:
                    self.pad.setFocus(Qt.FocusReason.OtherFocusReason)
                self.left.emit()

        keep(self, content, then, self._failed)

    def _failed(self, error: Exception) -> None:
        # Leaving the question, or one more stroke, tries again.
        self._unkept = self.pad.strokes > 0
        if isinstance(error, Problem):
            self.say(str(error))
        else:
            self.view.desk.fail(error)

    def clear(self) -> None:
        """Take everything away; taking back the answer brings it again."""
        if self._locked:
            return
        self._turn += 1
        self._resting.stop()
        self._unkept = False
        self._name_shown = ""
        self.pad.show_picture(None)
        self.commit("")
        self._dress()
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_back(self) -> None:
        if self.pad.take_back() and not self.pad.strokes:
            self._turn += 1
            self._name_shown = ""
            self.commit("")
            self._dress()
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── a mark instead ───────────────────────────────────────────────────────────────────────

    def open_thumb(self, *, focus: bool = True) -> None:
        """Ask for the picture of a thumb print."""
        self.marks.open_thumb(
            asks_witness=self._witness() is None, leaves=self._how() is None, focus=focus
        )
        self._dress()

    def open_reason(self) -> None:
        """Ask why nobody signs."""
        self.marks.open_reason(asks_witness=self._witness() is None)
        self._dress()

    def _witness(self) -> object | None:
        """The form's own question about the witness, when it is asked now."""
        return beside(self.node, f"{self.node.name}_witness", *_WITNESSES)

    def _mark_made(self, image: object) -> None:
        if isinstance(image, QImage):
            self._resting.stop()
            self._unkept = False
            self._keep(image, then_shown=True)

    def _back_to_pad(self) -> None:
        self.marks.hide()
        self._dress()
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_value(self, value: str) -> None:
        if value == self._name_shown:
            return
        self._turn += 1
        self._name_shown = value
        self._resting.stop()
        self._unkept = False
        if not value:
            self.pad.show_picture(None)
        elif value in self._seen:
            self.pad.show_picture(self._seen[value])
        else:

            def then(image: QImage) -> None:
                self._seen[value] = image
                if self._name_shown == value:
                    self.pad.show_picture(image)

            show_again(self, value, then, self._failed)
        self._dress()

    def load(self) -> None:
        super().load()
        self._follow()

    # ── a form that asks itself how somebody signs ───────────────────────────────────────────

    def _how(self) -> Node | None:
        """The form's own question, right before this one, about how it is signed."""
        return just_before(self.node, _HOW)

    def _follow(self) -> None:
        """Show paper to sign on or ask for a thumb print, as the form's question says."""
        how = self._how()
        if how is None:
            return
        empty = not self.node.value and not self.pad.strokes and not self._locked
        if how.value == _THUMB and empty and not self._asking:
            self.open_thumb(focus=False)
        elif how.value != _THUMB and self._asking:
            self.marks.hide()
        self._dress()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        how = self._how()
        if how is None:
            return
        self._follow()
        if self._followed is None:
            asks = self.window().findChildren(Question)
            self._followed = next((one for one in asks if one.node is how), None)
            if self._followed is not None:
                # Once the answer is in the session.
                self._followed.answered.connect(self._follow, Qt.ConnectionType.QueuedConnection)

    def _dress(self) -> None:
        kept = bool(self._name_shown) or self.pad.strokes > 0
        asking = self._asking
        self.again.setText(_("Sign again"))
        self.back.setText(_("Take the last stroke back"))
        self.back.show_key("⌫")
        self.thumb.setText(_("Thumb print"))
        self.unable.setText(_("Cannot sign"))
        if self._marks is not None:
            self._marks.retranslate()
        self.pad.setVisible(not asking)
        free = not self._locked and not asking
        self.again.setVisible(free and kept)
        self.back.setVisible(free and self.pad.strokes > 0)
        # Where the form asks how it is signed, that question decides.
        own = free and not kept and self._how() is None
        self.thumb.setVisible(own)
        self.unable.setVisible(own)
        self._name()
        self.pad.update()

    def show_texts(self) -> None:
        super().show_texts()
        self._dress()

    def set_locked(self, locked: bool) -> None:
        self._locked = locked
        self.pad.setEnabled(not locked)
        if locked and self._marks is not None:
            self._marks.hide()
        self._dress()

    def focus_first(self) -> None:
        where = self.marks.first() if self._asking else self.pad
        where.setFocus(Qt.FocusReason.TabFocusReason)

    def name_editor(self, name: str, description: str) -> None:
        kept = bool(self._name_shown) or self.pad.strokes > 0
        here = _("Signed") if kept else _("Not signed yet")
        self.pad.setAccessibleName(name)
        self.pad.setAccessibleDescription(f"{here}. {description}".rstrip(". "))
        for button in (self.again, self.back, self.thumb, self.unable):
            button.setAccessibleName(f"{name}: {button.text()}")
        if self._marks is not None:
            self._marks.name(name)

    def mark_bad(self, bad: bool) -> None:
        self.pad.setProperty("bad", "true" if bad else "false")
        self.pad.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.pad and isinstance(event, QKeyEvent) and self._key(event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        """Ctrl+Z takes strokes back before it takes answers back; Delete begins anew."""
        if event.matches(QKeySequence.StandardKey.Undo) and self.pad.strokes:
            if event.type() == QEvent.Type.KeyPress:
                self._take_back()
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Delete:
            self.clear()
            return True
        return False
