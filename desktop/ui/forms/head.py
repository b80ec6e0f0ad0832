# SPDX-License-Identifier: Apache-2.0
"""The lines over a form: which it is and where one is, that all is on the disk, its languages."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QHBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.ui import theme
from desktop.ui.icons import Icon
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.label import Label

_LOW: Final = 540
"""Pixels of a view under which the head stands in one line."""


class Head(QWidget):
    """The form's title over where one is, and beside them what is always in sight; all in one
    line where the window is low. ``other_way``: a section a page, or one scroll, whichever is not.
    """

    other_way = Signal()

    def __init__(
        self,
        languages: tuple[str, ...],
        *,
        frozen: bool,
        one_scroll: bool | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 6)
        row.setSpacing(16)
        self._row = row
        self._words = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._title = Label("", theme.SECTION, weight=600, wrap=False, parent=self)
        self._title.hide()
        self._where = Label("", theme.BODY, "quiet", wrap=False, parent=self)
        self._words.addWidget(self._title)
        self._words.addWidget(self._where)
        self._about = self._place = ""
        self.saved: Final = SavedMark(self)
        self.saved.setVisible(not frozen)
        self.languages: Final = LanguageSwitch(languages, self)
        row.addLayout(self._words, 1)
        row.addWidget(self.saved)
        if one_scroll is not None:
            name = _("A section a page") if one_scroll else _("The whole form as one page")
            way = IconButton(
                "layout-grid" if one_scroll else "list", name, self.other_way.emit, self
            )
            way.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(way)
        row.addWidget(self.languages)
        self.fit(2 * theme.scaled(_LOW))

    def show_title(self, title: str, about: str) -> None:
        """Say which form it is, and of whom."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._about = about
        self._show_where()

    def show_place(self, words: str) -> None:
        """Say where one is in the form."""
        self._place = words
        self._show_where()

    def _show_where(self) -> None:
        words = "  ·  ".join(part for part in (self._place, self._about) if part)
        self._where.setText(words)
        self._where.setToolTip(words)

    def fit(self, height: int) -> None:
        """Leave the questions their room in a view of this height, in pixels: one line if low."""
        low = height < theme.scaled(_LOW)
        across = QBoxLayout.Direction.LeftToRight
        self._words.setDirection(across if low else QBoxLayout.Direction.TopToBottom)
        self._words.setSpacing(16 if low else 0)
        self._words.setStretchFactor(self._title, 1 if low else 0)
        self._words.setStretchFactor(self._where, 2 if low else 0)
        self._title.set_size(theme.BODY if low else theme.SECTION, 600)
        self._row.setContentsMargins(24, 4 if low else 8, 24, 2 if low else 6)


class SavedMark(QWidget):
    """That everything is on the disk, and since when; or that something is not yet."""

    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._icon = Icon("hard-drive", "green", 18, self)
        self._words = Label("", theme.BODY, "green", wrap=False, parent=self)
        self._again = Button(
            _("Try again"), self.again.emit, kind="quiet", icon="refresh-cw", parent=self
        )
        row.addWidget(self._icon)
        row.addWidget(self._words)
        row.addWidget(self._again)
        self._again.hide()

    def show_saved(self, at: datetime | None) -> None:
        """Everything is on the disk since ``at``; None before the first answer."""
        words = _("Saved {time}").format(time=f"{at:%H:%M:%S}") if at else _("Saved")
        self._show(words, "hard-drive", "green")
        self._again.hide()

    def show_saving(self) -> None:
        """Something is on its way."""
        self._show(_("Saving…"), "refresh-cw", "amber")

    def show_unsaved(self, count: int) -> None:
        """So many answers could not be written."""
        words = ngettext("{count} answer not saved", "{count} answers not saved", count)
        self._show(words.format(count=count), "triangle-alert", "red")
        self._again.show()

    def text(self) -> str:
        """The words that are shown."""
        return self._words.text()

    def _show(self, words: str, icon: str, tone: str) -> None:
        self._icon.show_icon(icon, tone)
        self._words.set_tone(tone)
        self._words.setText(words)
        self.setAccessibleName(words)


class LanguageSwitch(QWidget):
    """The languages of the form as buttons of which one is on. ``chose(language)``."""

    chose = Signal(str)

    def __init__(self, languages: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.buttons: Final[dict[str, QAbstractButton]] = {}
        for language in languages:
            button = Button(plain_language(language), kind="choice", parent=self)
            button.setCheckable(True)
            # A press must not take the focus from the question that is being answered.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setToolTip("Ctrl+E")
            button.clicked.connect(lambda _on=False, one=language: self.chose.emit(one))
            self.buttons[language] = button
            row.addWidget(button)
        self.setVisible(len(languages) > 1)

    def show_language(self, language: str) -> None:
        """Mark the language that is on."""
        for one, button in self.buttons.items():
            button.setChecked(one == language)


def plain_language(name: str) -> str:
    """A form's name of a language without its code: ``ไทย (th)`` is ไทย."""
    return name.partition("(")[0].strip() or name
