# SPDX-License-Identifier: Apache-2.0
"""The first start: language, office and its area, facilitator, passphrase, recovery sheet.

One question a screen. Nothing is written until the passphrase is accepted; from then on the
store exists, and the last step only makes sure that the recovery code is on paper.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.i18n import _, language, use_language
from desktop.ui import strength
from desktop.ui.sheet import Sheet
from desktop.ui.widgets.area_pick import AreaPick
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Field, PassphraseEdit, TextEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.tick import Tick

_STEPS = ("language", "office", "person", "passphrase", "recovery")


@dataclass(frozen=True, slots=True)
class Answers:
    """What the first start learned."""

    language: str
    office: str
    area: str
    """Area code of the office."""
    name: str
    position: str
    label: str
    """What the unlock window shows of her, in the clear."""
    passphrase: str


class FirstStart(QWidget):
    """``found_wanted(answers)`` asks for the store; answer with ``founded`` or ``failed``."""

    found_wanted = Signal(object)
    print_wanted = Signal()
    save_wanted = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self._answers = {"office": "", "name": "", "position": "", "label": ""}
        self._area: object = None
        self._code = ""
        self._step = 0
        self._sheet: Sheet | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._show()

    # ── answers from outside ─────────────────────────────────────────────────────────────────

    def founded(self, code: str) -> None:
        """The store is made; show how to keep its recovery code."""
        self._code = code
        self._step = len(_STEPS) - 1
        self._show()

    def failed(self, sentence: str) -> None:
        """The store could not be made."""
        self._verb.setEnabled(True)
        self._verb.setText(self._verb_words())
        self._passphrase_field.set_error(sentence)

    def kept(self) -> None:
        """The recovery sheet was printed or saved: the last step may be left."""
        self._kept.setChecked(True)

    def say(self, sentence: str) -> None:
        """Say under the buttons of the last step why the sheet could not be kept."""
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))

    @property
    def joins(self) -> bool:
        """Whether she wants to join the centre of her office next."""
        return self.step == "recovery" and self._joins.isChecked()

    @property
    def step(self) -> str:
        """The step that is shown."""
        return _STEPS[self._step]

    # ── the steps ────────────────────────────────────────────────────────────────────────────

    def _show(self) -> None:
        old = self._sheet
        self._sheet = sheet = Sheet(_("Samut Sanam"), 600, self)
        number = _("Step {number} of {total}").format(number=self._step + 1, total=len(_STEPS))
        sheet.body.addWidget(Label(number, "small", "quiet", wrap=False, parent=sheet))
        self._verb = Button("", self._next, kind="primary", parent=sheet)
        self._back = Button(_("Back"), self._previous, kind="secondary", parent=sheet)
        self._back.setVisible(0 < self._step < len(_STEPS) - 1)
        sheet.foot.addStretch()
        sheet.foot.addWidget(self._back)
        sheet.foot.addWidget(self._verb)
        first = getattr(self, f"_{self.step}")(sheet)
        self._verb.setText(self._verb_words())
        self._verb.show_key("Enter")
        self._column.addWidget(sheet)
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.setFocusProxy(first)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, or presses the button that has the focus."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        here = self.focusWidget()
        if isinstance(here, Button) and not here.isChecked():
            here.click()
        elif self._verb.isEnabled():
            self._next()

    def _verb_words(self) -> str:
        return {
            "passphrase": _("Make my notebook"),
            "recovery": _("Start working"),
        }.get(self.step, _("Next"))

    def _head(self, sheet: Sheet, headline: str, words: str) -> None:
        sheet.body.addWidget(Label(headline, "section", weight=600, parent=sheet))
        sheet.body.addWidget(Label(words, tone="quiet", parent=sheet))

    def _language(self, sheet: Sheet) -> QWidget:
        self._head(sheet, "ภาษา · Language", "เลือกภาษาของโปรแกรม · Choose the language")
        first: QWidget | None = None
        for code, name in (("th", "ไทย"), ("en", "English")):
            button = Button(name, kind="choice", icon="languages", parent=sheet)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setChecked(language() == code)
            button.clicked.connect(lambda _on=False, one=code: self._speak(one))
            sheet.body.addWidget(button)
            if language() == code:
                first = button
        return first or self._verb

    def _speak(self, code: str) -> None:
        if code != language():
            use_language(code)
            app = QApplication.instance()
            if isinstance(app, QApplication):
                app.setProperty("language", code)
            self._show()

    def _office(self, sheet: Sheet) -> QWidget:
        from desktop.store.area import search_areas

        self._head(
            sheet,
            _("Your office"),
            _("Its name stands on certificates and registers. It can be changed later."),
        )
        self._office_edit = TextEdit(self._answers["office"], longest=200, parent=sheet)
        self._office_field = Field(
            _("Name of the office"),
            self._office_edit,
            _("e.g. Chiang Mai Provincial Social Development and Human Security Office"),
            parent=sheet,
        )
        self._area_pick = AreaPick(
            lambda text: search_areas(text, limit=8), _("Type a part of the name"), sheet
        )
        if self._area is not None:
            self._area_pick.set_area(self._area)  # type: ignore[arg-type]
        self._area_field = Field(
            _("Province, amphoe or tambon it works in"), self._area_pick, parent=sheet
        )
        sheet.body.addWidget(self._office_field)
        sheet.body.addWidget(self._area_field)
        return self._office_edit

    def _person(self, sheet: Sheet) -> QWidget:
        self._head(
            sheet,
            _("Who are you?"),
            _(
                "Everything done on this computer is noted with the name of who did it. "
                "Colleagues can be added later, each with a passphrase of her own."
            ),
        )
        self._name_edit = TextEdit(self._answers["name"], longest=120, parent=sheet)
        self._name_field = Field(_("Name and surname"), self._name_edit, parent=sheet)
        self._position_edit = TextEdit(self._answers["position"], longest=120, parent=sheet)
        sheet.body.addWidget(self._name_field)
        sheet.body.addWidget(
            Field(_("Position (may be empty)"), self._position_edit, parent=sheet)
        )
        self._label_edit = TextEdit(self._answers["label"], longest=20, parent=sheet)
        sheet.body.addWidget(
            Field(
                _("Short name on the unlock window"),
                self._label_edit,
                _("Seen before anything is unlocked: a nickname, not the full name."),
                parent=sheet,
            )
        )
        return self._name_edit

    def _passphrase(self, sheet: Sheet) -> QWidget:
        self._head(
            sheet,
            _("A passphrase"),
            _(
                "It locks everything kept on this computer. Nobody can open it without the "
                "passphrase or the recovery sheet of the next step."
            ),
        )
        self._secret = PassphraseEdit(_("Passphrase"), sheet)
        self._passphrase_field = Field(
            _("Passphrase"),
            self._secret,
            _("At least ten characters; four words that do not belong together are best."),
            parent=sheet,
        )
        self._strength = QProgressBar(sheet)
        self._strength.setRange(0, 100)
        self._strength.setTextVisible(False)
        self._strength.setAccessibleName(_("Strength of the passphrase"))
        self._strength_words = Label(" ", "small", "quiet", parent=sheet)
        self._again = PassphraseEdit(_("The same once more"), sheet)
        self._again_field = Field(
            _("The same once more"),
            self._again,
            _("Thai or English keyboard: the same keys are the same passphrase."),
            parent=sheet,
        )
        shown = Tick(_("Show the letters"), parent=sheet)
        shown.toggled.connect(self._secret.show_letters)
        shown.toggled.connect(self._again.show_letters)
        self._secret.textChanged.connect(self._weigh)
        for part in (
            self._passphrase_field,
            self._strength,
            self._strength_words,
            self._again_field,
            shown,
        ):
            sheet.body.addWidget(part)
        return self._secret

    def _weigh(self, text: str) -> None:
        from desktop.thai.keyboard import canonical_secret

        secret = canonical_secret(text)
        grade = strength.grade(secret)
        share = {"short": 15, "weak": 35, "fair": 70, "good": 100}[grade] if text else 0
        self._strength.setValue(share)
        self._strength_words.setText(strength.words(grade) if text else " ")
        self._strength_words.set_tone(
            {"short": "red", "weak": "amber", "fair": "green", "good": "green"}[grade]
        )
        self._passphrase_field.set_error()

    def _recovery(self, sheet: Sheet) -> QWidget:
        self._head(
            sheet,
            _("The recovery sheet"),
            _(
                "If every passphrase is forgotten, this code alone opens the data. Print it and "
                "lock it away at the office, not in the bag of this computer."
            ),
        )
        code = TextEdit(self._code, parent=sheet)
        code.setReadOnly(True)
        code.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        sheet.body.addWidget(Field(_("Recovery code"), code, parent=sheet))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(
            Button(_("Print"), self.print_wanted.emit, icon="printer", key="F5", parent=sheet)
        )
        row.addWidget(
            Button(
                _("Save as PDF"),
                self.save_wanted.emit,
                icon="download",
                key="Ctrl+S",
                parent=sheet,
            )
        )
        row.addStretch()
        sheet.body.addLayout(row)
        self._notice = Label("", "small", "amber", parent=sheet)
        self._notice.hide()
        sheet.body.addWidget(self._notice)
        self._kept = Tick(
            _("The code is on paper or on a USB stick, in a safe place"), parent=sheet
        )
        self._kept.toggled.connect(self._verb.setEnabled)
        self._verb.setEnabled(False)
        sheet.body.addWidget(self._kept)
        self._joins = Tick(_("My office has a centre: join it next"), parent=sheet)
        sheet.body.addWidget(self._joins)
        return code

    # ── going on ─────────────────────────────────────────────────────────────────────────────

    def _previous(self) -> None:
        self._keep()
        self._step -= 1
        self._show()

    def _next(self) -> None:
        self._keep()
        if not self._well():
            return
        if self.step == "passphrase":
            self._verb.setEnabled(False)
            self._verb.setText(_("Making it…"))
            self.found_wanted.emit(self._gathered())
        elif self.step == "recovery":
            self.finished.emit()
        else:
            self._step += 1
            self._show()

    def _keep(self) -> None:
        if self.step == "office":
            self._answers["office"] = self._office_edit.plain()
            self._area_pick.take_first()
            self._area = self._area_pick.area()
        elif self.step == "person":
            self._answers["name"] = self._name_edit.plain()
            self._answers["position"] = self._position_edit.plain()
            self._answers["label"] = self._label_edit.plain()

    def _well(self) -> bool:
        """Whether this step is answered; what is missing is said under it."""
        if self.step == "office":
            named = self._answers["office"]
            self._office_field.set_error("" if named else _("Type the name of the office."))
            self._area_field.set_error(
                ""
                if self._area is not None
                else _("Type a part of the name and choose from the list.")
            )
            return bool(named) and self._area is not None
        if self.step == "person":
            self._name_field.set_error("" if self._answers["name"] else _("Type your name."))
            return bool(self._answers["name"])
        if self.step == "passphrase":
            sentence = refusal(self._secret.text())
            self._passphrase_field.set_error(sentence)
            same = _same(self._secret.text(), self._again.text())
            self._again_field.set_error(
                "" if same or sentence else _("The two are not the same. Type it once more.")
            )
            return not sentence and same
        return self.step != "recovery" or self._kept.isChecked()

    def _gathered(self) -> Answers:
        code = getattr(self._area, "code", "")
        return Answers(
            language(),
            self._answers["office"],
            str(code),
            self._answers["name"],
            self._answers["position"],
            self._answers["label"],
            self._secret.text(),
        )


def refusal(passphrase: str) -> str:
    """Why a new passphrase is not taken, or empty."""
    from desktop.thai.keyboard import canonical_secret

    grade = strength.grade(canonical_secret(passphrase))
    return strength.words(grade) if grade in ("short", "weak") else ""


def _same(first: str, second: str) -> bool:
    from desktop.thai.keyboard import canonical_secret

    return canonical_secret(first) == canonical_secret(second)
