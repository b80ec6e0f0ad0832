# SPDX-License-Identifier: Apache-2.0
"""The privacy notice to be read aloud: the form's own short text, and the whole one on demand.

The version shown is the one that the form says was read (``notice_version``), so that what is
kept with the consent is what was heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.forms.questions.note import NoteQuestion
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.model.notice import Notice
    from desktop.store.store import Store

NAME: Final = "pdpa_note"
"""The node that a form gives its notice."""
_VERSION: Final = "notice_version"


class NoticeQuestion(NoteQuestion):
    """A note with the whole notice under it, large enough to be read out across a table."""

    def make_editor(self) -> QWidget:
        note = super().make_editor()
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(note)
        self._whole = Button("", self._turn_whole, icon="book-open", parent=holder)
        self._simple = Button("", self._turn_simple, icon="volume-2", parent=holder)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._whole)
        row.addWidget(self._simple)
        row.addStretch(1)
        column.addLayout(row)
        self._panel = QFrame(holder)
        self._panel.setObjectName("card")
        self._inside = QVBoxLayout(self._panel)
        self._inside.setContentsMargins(20, 12, 20, 16)
        self._inside.setSpacing(8)
        self._panel.hide()
        column.addWidget(self._panel)
        self._shown = ""
        self._said: dict[str, str] = {}
        self._asked = False
        return holder

    def show_texts(self) -> None:
        super().show_texts()
        whole, simple = self._shown == "whole", self._shown == "simple"
        self._whole.setText(_("Close the notice") if whole else _("The whole notice"))
        self._simple.setText(_("Close the notice") if simple else _("In plain words"))
        for button in (self._whole, self._simple):
            button.setAccessibleName(button.text())
        if self._shown:
            self._fill()

    def stops(self) -> list[QWidget]:
        return [self._whole, self._simple]

    def _turn_whole(self) -> None:
        self._turn("whole")

    def _turn_simple(self) -> None:
        self._turn("simple")

    def _turn(self, which: str) -> None:
        self._shown = "" if self._shown == which else which
        self._panel.setVisible(bool(self._shown))
        self.show_texts()
        if self._shown and not self._asked:
            self._asked = True
            self.view.desk.look(self, _of_the_office, self._named)

    def _named(self, said: dict[str, str]) -> None:
        self._said = said
        self.show_texts()

    def _fill(self) -> None:
        while (item := self._inside.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        notice = self._read_aloud()
        simple = self._shown == "simple"
        self._put(notice.simple_title if simple else notice.title, theme.SECTION, 600)
        if simple:
            for sentence in notice.simple:
                self._put(sentence, theme.SECTION)
        else:
            for part in notice.parts:
                self._put(part.heading, theme.LEAD, 600, "accent")
                self._put(part.text, theme.SECTION)
        words = _("Notice {version}").format(version=notice.version)
        self._put(words, theme.SMALL, tone="quiet")

    def _put(self, words: str, size: str, weight: int = 400, tone: str = "text") -> None:
        label = Label(words, size, tone, weight, parent=self._panel)
        self._inside.addWidget(label)
        label.show()

    def _read_aloud(self) -> Notice:
        from desktop.model.notice import filled
        from desktop.store import notice as notices

        language = "en" if "(en)" in self.view.session.language else "th"
        version = self._version()
        known = version if version in notices.versions() else None
        return filled(
            notices.notice(language, known),
            {
                **self._said,
                # What the office has not said is told by whoever reads.
                "contact": self._said.get("contact") or _("the telephone number of this office"),
                "dpo": self._said.get("dpo") or _("the data protection officer of the department"),
            },
        )

    def _version(self) -> str:
        around = self.node.parent
        beside = around.children if around is not None else []
        return next((node.value for node in beside if node.name == _VERSION), "")


def _of_the_office(store: Store) -> dict[str, str]:
    from desktop.actions.office_paper import notice_blanks

    with store.read() as conn:
        return notice_blanks(conn)
