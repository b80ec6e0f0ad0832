# SPDX-License-Identifier: Apache-2.0
"""A number on a scale: no value until the slider is touched."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.forms.question import Question
from desktop.ui.forms.questions.one import Likert, SelectOne
from desktop.ui.forms.slider import Slider
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.xforms.control import Control

_MOST_STEPS: Final = 10_000
_PAUSE: Final = 350


class RangeQuestion(Question):
    """``range`` with ``start``, ``end`` and ``step``. Delete takes the answer away."""

    stretches = True

    def make_editor(self) -> QWidget:
        self._start, self._step, self._steps = scale(self.control)
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self.slider = Slider(self._steps, self._said, holder)
        self.slider.ticks = "no-ticks" not in self.control.appearance
        self.slider.valueChanged.connect(self._moved)
        self.watch(self.slider)
        self._value = Label("", theme.PAGE, "accent", 600, wrap=False, parent=holder)
        self._value.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._none = Button("", self.clear, kind="quiet", icon="x", parent=holder)
        row.addWidget(self.slider, 8)
        row.addWidget(self._value)
        row.addWidget(self._none)
        row.addStretch(1)
        return holder

    def _said(self, step: int) -> str:
        return written(self._start + step * self._step)

    def _moved(self, _step: int) -> None:
        self._dress()
        # While a key is held or the handle is drawn along, only where it rests is an answer.
        self.commit_soon(_PAUSE)

    def typed(self) -> str | None:
        if not self.slider.touched:
            return ""
        # 5 and 5.0 are one answer, however the form writes it.
        same = self._step_of(self.node.value) == self.slider.value()
        return self.node.value if same else self._said(self.slider.value())

    def _step_of(self, value: str) -> int | None:
        """The step a value stands at; None for none of them."""
        try:
            step = (Decimal(value) - self._start) / self._step
        except InvalidOperation:
            return None
        fits = step.is_finite() and step == int(step) and 0 <= step <= self._steps
        return int(step) if fits else None

    def show_value(self, value: str) -> None:
        self.slider.show_step(self._step_of(value))
        self._dress()

    def clear(self) -> None:
        """Take the answer away."""
        self.slider.show_step(None)
        self.commit("")
        self._dress()
        self.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dress(self) -> None:
        on = self.slider.touched
        words = self._said(self.slider.value()) if on else _("not chosen yet")
        self._value.set_size(theme.PAGE if on else theme.BODY, 600 if on else 400)
        self._value.set_tone("accent" if on else "quiet")
        self._value.setText(words)
        self._none.setText(_("Clear"))
        self._none.setVisible(on and self.slider.isEnabled() and not self.node.required)
        self._name()

    def show_texts(self) -> None:
        super().show_texts()
        self._dress()

    def set_locked(self, locked: bool) -> None:
        self.slider.setEnabled(not locked)
        self._dress()

    def focus_first(self) -> None:
        self.slider.setFocus(Qt.FocusReason.TabFocusReason)

    def name_editor(self, name: str, description: str) -> None:
        said = self._said(self.slider.value()) if self.slider.touched else _("not chosen yet")
        self.slider.setAccessibleName(name)
        self.slider.setAccessibleDescription(f"{said}. {description}".rstrip(". "))
        self._none.setAccessibleName(f"{name}: {self._none.text()}")

    def mark_bad(self, bad: bool) -> None:
        self.slider.setProperty("bad", "true" if bad else "false")
        self.slider.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if (
            pressed
            and watched is self.slider
            and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)  # type: ignore[attr-defined]
        ):
            self.clear()
            return True
        return super().eventFilter(watched, event)


def _decimal(text: str | None, otherwise: str) -> Decimal:
    try:
        number = Decimal(text or otherwise)
    except InvalidOperation:
        return Decimal(otherwise)
    return number if number.is_finite() else Decimal(otherwise)


def written(number: Decimal) -> str:
    """A number as ODK writes it: 5, 2.5, without an exponent and without zeros at the end."""
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def scale(control: Control) -> tuple[Decimal, Decimal, int]:
    """Where a scale begins, how far a step goes, and how many steps there are."""
    given = control.parameters
    start, end = _decimal(given.get("start"), "1"), _decimal(given.get("end"), "10")
    step = abs(_decimal(given.get("step"), "1")) or Decimal(1)
    # A scale may run downwards: from 10 to 1.
    return start, step if end >= start else -step, min(_MOST_STEPS, int(abs(end - start) / step))


def values(control: Control) -> list[str]:
    """Every number of a scale in order."""
    start, step, steps = scale(control)
    return [written(start + number * step) for number in range(steps + 1)]


def plain(value: str) -> str:
    """5.0 as 5: a form writes numbers in its own way."""
    try:
        return written(Decimal(value))
    except InvalidOperation:
        return value


class RatingQuestion(Likert):
    """``range`` with appearance ``rating``: the numbers as cards in one row."""

    def show_choices(self) -> None:
        self._show_cards([(number, number) for number in values(self.control)])

    def show_value(self, value: str) -> None:
        super().show_value(plain(value))

    def typed(self) -> str | None:
        return _kept(super().typed(), self.node.value)


class PickerQuestion(SelectOne):
    """``range`` with appearance ``picker``: a line that opens the numbers."""

    def show_choices(self) -> None:
        self._show_line([(number, number) for number in values(self.control)])

    def show_value(self, value: str) -> None:
        super().show_value(plain(value))

    def typed(self) -> str | None:
        return _kept(super().typed(), self.node.value)


def _kept(given: str | None, value: str) -> str | None:
    """The node's own writing of a number where it is the same one."""
    return value if given is not None and value and plain(value) == given else given
