# SPDX-License-Identifier: Apache-2.0
"""Who is here, and her passphrase: the unlock window, and the cover of the soft lock.

Only Qt is needed to show it. Who may sign in is filled in by ``offer`` when the key file has been
read, which happens while the first letters are typed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.sheet import Sheet
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Choice, Field, PassphraseEdit, TextEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.tick import Tick

Person = tuple[str, str]
"""Id of a facilitator and the short name she goes by on the unlock window."""
_FEW: Final = 4


class SignIn(Sheet):
    """Asks for a facilitator and her passphrase. ``wrong`` and ``busy`` answer what was tried."""

    tried = Signal(str, str)
    """Facilitator id and passphrase."""
    recovery_wanted = Signal()

    def __init__(
        self,
        headline: str,
        words: str = "",
        verb: str = "",
        *,
        recovery: bool = True,
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Samut Sanam"), 480, parent)
        self._people: tuple[Person, ...] = ()
        self._chosen = ""
        self._busy = False
        self._choices: list[Button] = []
        self.body.addWidget(Label(headline, "section", weight=600, parent=self))
        if words:
            self.body.addWidget(Label(words, tone="quiet", parent=self))
        if note:
            self.body.addWidget(_note(note, self))
        self._who = QWidget(self)
        # Room for one name, so that nothing jumps when the key file has been read.
        self._who.setMinimumHeight(theme.scaled(theme.TARGET))
        self._who_column = QVBoxLayout(self._who)
        self._who_column.setContentsMargins(0, 0, 0, 0)
        self._who_column.setSpacing(6)
        self.body.addWidget(self._who)
        self.passphrase = PassphraseEdit(_("Passphrase"), self)
        self.field = Field(
            _("Passphrase"),
            self.passphrase,
            _("Thai or English keyboard: the same keys are the same passphrase."),
            parent=self,
        )
        self.body.addWidget(self.field)
        shown = Tick(_("Show the letters"), parent=self)
        shown.toggled.connect(self.passphrase.show_letters)
        self.body.addWidget(shown)
        if recovery:
            self.foot.addWidget(
                Button(
                    _("Forgotten passphrase"),
                    self.recovery_wanted.emit,
                    kind="quiet",
                    parent=self,
                )
            )
        self.foot.addStretch()
        self.verb = Button(
            verb or _("Open"), self._try, kind="primary", icon="lock-open", parent=self
        )
        self.verb.show_key("Enter")
        self.foot.addWidget(self.verb)
        self.passphrase.returnPressed.connect(self._try)
        self.setFocusProxy(self.passphrase)
        self._enable()

    def offer(self, people: Sequence[Person], chosen: str = "") -> None:
        """Say who may sign in, and who is thought to be here."""
        self._people = tuple(people)
        ids = [person for person, _name in self._people]
        self._chosen = chosen if chosen in ids else ids[0] if ids else ""
        while self._who_column.count():
            old = self._who_column.takeAt(0)
            widget = old.widget() if old is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._choices = []
        if len(self._people) > _FEW:
            picked = Choice(self._people, self._chosen, self._who)
            picked.chose.connect(self._choose)
            self._who_column.addWidget(Field(_("Facilitator"), picked, parent=self._who))
        else:
            for person, name in self._people:
                button = Button(name, kind="choice", icon="user", parent=self._who)
                button.setCheckable(True)
                button.setAutoExclusive(True)
                button.setChecked(person == self._chosen)
                button.clicked.connect(lambda _on=False, one=person: self._choose(one))
                self._choices.append(button)
                self._who_column.addWidget(button)
        self._enable()

    def chosen(self) -> str:
        """Id of the facilitator who is chosen, empty before ``offer``."""
        return self._chosen

    def busy(self, busy: bool = True) -> None:
        """Wait for an answer."""
        self._busy = busy
        self.passphrase.setReadOnly(busy)
        self.verb.setText(_("Opening…") if busy else _("Open"))
        self._enable()

    def wrong(self, sentence: str) -> None:
        """Say why it was not taken; the passphrase is selected to be typed again."""
        self.busy(False)
        self.field.set_error(sentence)
        self.passphrase.setFocus()
        self.passphrase.selectAll()

    def _choose(self, person: str) -> None:
        self._chosen = person
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enable(self) -> None:
        self.verb.setEnabled(bool(self._chosen) and not self._busy)

    def _try(self) -> None:
        if self._busy or not self._chosen:
            return
        if not self.passphrase.text():
            self.field.set_error(_("Type your passphrase."))
            return
        self.field.set_error()
        self.busy()
        self.tried.emit(self._chosen, self.passphrase.text())


class Recover(Sheet):
    """The way in with the code of the recovery sheet: code, facilitator, a new passphrase."""

    tried = Signal(str, str, str)
    """Code, facilitator id, new passphrase."""
    cancelled = Signal()

    def __init__(
        self,
        people: Sequence[Person],
        grade: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Samut Sanam"), 560, parent)
        self._grade = grade
        self.body.addWidget(
            Label(_("Open with the recovery sheet"), "section", weight=600, parent=self)
        )
        self.body.addWidget(
            Label(
                _("Type the code of the recovery sheet and choose a new passphrase."),
                tone="quiet",
                parent=self,
            )
        )
        self.code = TextEdit(placeholder="ABCDE-…", parent=self)
        self.code_field = Field(
            _("Recovery code"),
            self.code,
            _("Seven groups of five; capitals, spaces and hyphens do not matter."),
            parent=self,
        )
        self.body.addWidget(self.code_field)
        self.who = Choice(people, people[0][0] if people else None, self)
        self.body.addWidget(Field(_("Facilitator"), self.who, parent=self))
        self.passphrase = PassphraseEdit(_("New passphrase"), self)
        self.passphrase_field = Field(
            _("New passphrase"),
            self.passphrase,
            _("At least ten characters; four words that do not belong together are best."),
            parent=self,
        )
        self.body.addWidget(self.passphrase_field)
        shown = Tick(_("Show the letters"), checked=False, parent=self)
        shown.toggled.connect(self.passphrase.show_letters)
        self.body.addWidget(shown)
        self.foot.addWidget(Button(_("Back"), self.cancelled.emit, kind="quiet", parent=self))
        self.foot.addStretch()
        self.verb = Button(
            _("Open and set the new passphrase"), self._try, kind="primary", parent=self
        )
        self.verb.show_key("Enter")
        self.passphrase.returnPressed.connect(self._try)
        self.foot.addWidget(self.verb)
        self.setFocusProxy(self.code)

    def wrong(self, sentence: str) -> None:
        """Say why the code was not taken."""
        self.verb.setEnabled(True)
        self.code_field.set_error(sentence)
        self.code.setFocus()

    def _try(self) -> None:
        self.code_field.set_error(
            "" if self.code.plain() else _("Type the code of the recovery sheet.")
        )
        self.passphrase_field.set_error(self._grade(self.passphrase.text()))
        if self.code_field.error or self.passphrase_field.error:
            return
        self.verb.setEnabled(False)
        self.tried.emit(self.code.plain(), str(self.who.value() or ""), self.passphrase.text())


def _note(words: str, parent: QWidget) -> QFrame:
    frame = QFrame(parent)
    frame.setProperty("tone", "gold")
    column = QVBoxLayout(frame)
    column.setContentsMargins(12, 8, 12, 8)
    column.addWidget(Label(words, parent=frame))
    return frame
