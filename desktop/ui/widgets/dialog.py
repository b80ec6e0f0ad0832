# SPDX-License-Identifier: Apache-2.0
"""A question that stops the work: only for what cannot be undone, or needs one line first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui.widgets.button import Button, Kind
from desktop.ui.widgets.label import Label


class Dialog(QDialog):
    """Headline, words, whatever is added to ``body``, and two buttons; the verb is on the right.

    Esc and Cancel leave everything as it was. ``check`` may keep it open: it returns a sentence
    that is shown, or an empty one when all is well.
    """

    def __init__(
        self,
        parent: QWidget | None,
        headline: str,
        words: str,
        verb: str,
        *,
        kind: Kind = "primary",
        icon: str = "",
        check: Callable[[], str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(headline)
        self.setModal(True)
        self.setMinimumWidth(440)
        self._check = check
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        self.headline = Label(headline, "section", weight=600, parent=self)
        column.addWidget(self.headline)
        self.lead = Label(words, parent=self)
        self.lead.setVisible(bool(words))
        column.addWidget(self.lead)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        column.addLayout(self.body)
        self._wrong = Label("", "small", "red", parent=self)
        self._wrong.hide()
        column.addWidget(self._wrong)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch()
        self.stay = Button(_("Cancel"), self.reject, key="", parent=self)
        self.stay.show_key("Esc")
        self.verb = Button(verb, self._press, kind=kind, icon=icon, parent=self)
        if kind == "danger":
            self.verb.setProperty("final", "true")
            self.stay.setDefault(True)
        else:
            self.verb.setDefault(True)
        row.addWidget(self.stay)
        row.addWidget(self.verb)
        column.addLayout(row)
        self.foot = row
        """The row of the buttons; what is put in at its left end stands opposite them."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._grow()
        first = next(
            (edit for edit in self.findChildren(QLineEdit) if not edit.isReadOnly()), None
        )
        if first is not None:
            first.setFocus()

    def wrong(self, sentence: str) -> None:
        """Show what keeps the dialog open."""
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def fit(self) -> None:
        """Be no higher than what is shown now needs, after parts were hidden."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            self._grow()
            self.resize(self.width(), self.minimumHeight())

    def _grow(self) -> None:
        """Be as high as wrapped words need: Qt asks for a height without knowing the width."""
        layout = self.layout()
        if layout is None:
            return
        needed = layout.totalHeightForWidth(self.width())
        if needed > 0 and needed != self.minimumHeight():
            self.setMinimumHeight(needed)
            if self.height() < needed:
                self.resize(self.width(), needed)

    def _press(self) -> None:
        sentence = self._check() if self._check is not None else ""
        if sentence:
            self.wrong(sentence)
        else:
            self.accept()


def confirm(
    parent: QWidget,
    headline: str,
    words: str,
    verb: str,
    then: Callable[[], object],
    *,
    kind: Kind = "danger",
) -> Dialog:
    """Ask before something that cannot be undone; ``then`` runs when the verb is pressed."""
    asked = Dialog(parent, headline, words, verb, kind=kind)
    asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    asked.accepted.connect(then)
    asked.open()
    return asked
