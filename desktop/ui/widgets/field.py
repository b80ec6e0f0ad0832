# SPDX-License-Identifier: Apache-2.0
"""A question and its answer: label above, hint under it, the error under the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QRectF, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QCompleter,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import icons, theme
from desktop.ui.widgets.label import Label


class Field(QWidget):
    """Wraps any editor with its label, a hint and an error sentence."""

    def __init__(
        self,
        label: str,
        editor: QWidget,
        hint: str = "",
        *,
        must: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint_text = hint
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._label = Label(label + (" *" if must else ""), "small", weight=600, parent=self)
        self._hint = Label(hint, "small", "quiet", parent=self)
        self._error = Label("", "small", "red", weight=500, parent=self)
        self._label.setBuddy(editor)
        column.addWidget(self._label)
        column.addWidget(self._hint)
        column.addSpacing(1)
        column.addWidget(editor)
        column.addWidget(self._error)
        column.addStretch(1)
        self._hint.setVisible(bool(hint))
        self._error.hide()
        editor.setAccessibleName(label)
        if hint:
            editor.setAccessibleDescription(hint)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def set_error(self, sentence: str = "") -> None:
        """Say under the answer what is wrong with it; an empty sentence takes it away."""
        if sentence == self._error.text() and self._error.isHidden() != bool(sentence):
            return
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self.editor.setAccessibleDescription(sentence or self._hint_text)
        self.editor.setProperty("bad", "true" if sentence else "false")
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

    @property
    def error(self) -> str:
        """The sentence shown, or empty."""
        return "" if self._error.isHidden() else self._error.text()


class TextEdit(QLineEdit):
    """One line of text. ``left`` comes when the focus goes away or Enter is pressed."""

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        longest: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(placeholder)
        if longest:
            self.setMaxLength(longest)

    def plain(self) -> str:
        """What was typed without spaces at its ends."""
        return self.text().strip()


class LongText(QPlainTextEdit):
    """Several lines; Tab goes on to the next field."""

    def __init__(self, text: str = "", rows: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._rows = rows
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def plain(self) -> str:
        """What was typed without spaces at its ends."""
        return self.toPlainText().strip()

    def sizeHint(self) -> QSize:
        line = round(theme.pixels(theme.BODY) * theme.LINE)
        return QSize(theme.scaled(320), line * self._rows + 24)


class NumberEdit(QLineEdit):
    """A whole number in Arabic or Thai digits. ``number()`` is None when empty or wrong."""

    numbered = Signal(object)

    def __init__(
        self,
        number: int | None = None,
        *,
        least: int = 0,
        most: int = 999_999,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.setMaximumWidth(theme.scaled(160))
        self.set_number(number)
        self.textEdited.connect(lambda _text: self.numbered.emit(self.number()))

    def number(self) -> int | None:
        """The number that stands there, when it is one between ``least`` and ``most``."""
        from desktop.thai.digits import to_arabic

        text = to_arabic(self.text()).replace(",", "").strip()
        if not text.isascii() or not text.isdigit():
            return None
        return int(text) if self._least <= int(text) <= self._most else None

    def set_number(self, number: int | None) -> None:
        """Show a number, or nothing."""
        self.setText("" if number is None else str(number))

    def is_blank(self) -> bool:
        """Whether nothing was typed (as against something that is no number)."""
        return not self.text().strip()


_COMBO_PAD: Final = 11


class Choice(QComboBox):
    """One of a few. Options are (value, word); the wheel does not change it by accident."""

    chose = Signal(object)

    def __init__(
        self,
        options: Sequence[tuple[Any, str]] = (),
        value: Any = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        popup = QListView(self)
        popup.setObjectName("popup")
        self.setView(popup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(8)
        self.set_options(options, value)
        self.activated.connect(lambda _place: self.chose.emit(self.value()))

    def set_options(self, options: Sequence[tuple[Any, str]], value: Any = None) -> None:
        """Offer other options, with ``value`` chosen when it is one of them."""
        self.blockSignals(True)
        self.clear()
        for each, word in options:
            self.addItem(word, each)
        self.blockSignals(False)
        self.set_value(value)

    def value(self) -> Any:
        """The value chosen, None when there is none."""
        return self.currentData()

    def set_value(self, value: Any) -> None:
        """Choose the option of a value; another value chooses nothing new."""
        place = next((n for n in range(self.count()) if self.itemData(n) == value), None)
        if place is not None:
            self.setCurrentIndex(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        # As Qt paints it, but of a word that is too long the middle is left out.
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.width() - 2 * _COMBO_PAD - 32
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideMiddle, room
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        where = QRectF(self.width() - 30, (self.height() - 18) / 2, 18, 18)
        icons.paint(painter, where, "chevron-down", "quiet" if self.isEnabled() else "edge")
        painter.end()


class TypeAhead(QLineEdit):
    """A line that offers what fits while one types. The offers come from outside.

    ``asked(text)`` comes with each key; answer with ``offer``. ``took(value)`` comes when an
    offer is taken, ``value()`` is it; typing on forgets it (None).
    """

    asked = Signal(str)
    took = Signal(object)

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: Any = None
        self._offers: dict[str, Any] = {}
        self.setPlaceholderText(placeholder)
        self._words = QStringListModel(self)
        offers = QCompleter(self._words, self)
        offers.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        offers.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = QListView(self)
        self._popup = popup
        popup.setObjectName("popup")
        popup.setAccessibleName(placeholder)
        offers.setPopup(popup)
        offers.setMaxVisibleItems(8)
        offers.activated.connect(self._take)
        self.setCompleter(offers)
        self.textEdited.connect(self._typed)

    def value(self) -> Any:
        """What was taken from the offers, or None when the text is free."""
        return self._value

    def plain(self) -> str:
        """What stands there without spaces at its ends."""
        return self.text().strip()

    def set_value(self, value: Any, word: str) -> None:
        """Show something taken before."""
        self._value = value
        self.setText(word)

    def offer(self, options: Sequence[tuple[Any, str]]) -> None:
        """Offer these (value, word) under the line, in this order."""
        self._offers = {word: value for value, word in options}
        self._words.setStringList(list(self._offers))
        if self.hasFocus() and self._offers and self._value is None:
            self.completer().complete()
        else:
            self._popup.hide()

    def take_first(self) -> bool:
        """Take the offer that stands in the line, otherwise the first, as Enter and leaving the
        line do. False when there is none.
        """
        if self._value is None and self._offers and self.plain():
            # Enter on an offer further down comes here too, with that offer in the line.
            here = self.text()
            self._take(here if here in self._offers else next(iter(self._offers)))
            return True
        return False

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            and self._popup.isVisible()
        ):
            # An open list hands its keys on past every event filter: whoever keeps the answer
            # before the focus goes would not hear of this one.
            self._popup.hide()
            QApplication.sendEvent(self, event.clone())
            return True
        return bool(super().event(event))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Qt writes an offer into the line from here on: whoever took it has the last word.
        self.completer().activated.disconnect(self._take)
        self.completer().activated.connect(self._take)

    def _typed(self, text: str) -> None:
        self._value = None
        self.asked.emit(text)

    def _take(self, word: str) -> None:
        if word in self._offers:
            self._value = self._offers[word]
            self.setText(word)
            self.took.emit(self._value)


class PassphraseEdit(QLineEdit):
    """A secret line; ``show_letters`` lets it be seen."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )

    def show_letters(self, shown: bool) -> None:
        """Show what is typed, or dots."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


class LeaveWatcher(QWidget):
    """Nothing to see: tells when the focus leaves an editor that has no signal for it."""

    def __init__(self, editor: QWidget, left: Callable[[], object]) -> None:
        super().__init__(editor)
        self.hide()
        self._left = left
        editor.installEventFilter(self)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self._left()
        return bool(super().eventFilter(watched, event))
