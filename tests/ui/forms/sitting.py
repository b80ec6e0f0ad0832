# SPDX-License-Identifier: Apache-2.0
"""Somebody at the page with a form: a real draft in a real store, driven by keys and clicks."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import draft as drafts_done
from desktop.model.draft import Subject
from desktop.store import draft as drafts
from desktop.store import form as forms
from desktop.ui.desk import Desk
from desktop.ui.forms.question import Question
from desktop.ui.forms.questions.options import CheckCard, RadioCard
from desktop.ui.forms.repeat import RepeatBlock
from desktop.ui.forms.view import FormView
from desktop.ui.pages.record import RecordPage
from desktop.ui.tasks import Tasks
from desktop.xforms.journal import Step
from desktop.xforms.node import Node
from tests.actions.office_ground import BY, Ground
from tests.ui.pages.settling import settle

_NONE = Qt.KeyboardModifier.NoModifier
HOUSE = """
| survey | | | | | | | | | |
| | type | name | label::ไทย (th) | label::English (en) | hint::ไทย (th) | required | relevant | \
constraint | constraint_message::ไทย (th) | choice_filter | appearance | calculation |
| | begin group | who | ผู้รับการเยี่ยม | Person | | | | | | | | |
| | text | first | ชื่อ | First name | ตามบัตร | yes | | | | | | |
| | select_one yn | has_last | มีนามสกุลหรือไม่ | Has a surname | | yes | | | | | | |
| | text | last | นามสกุล | Surname | | yes | ${has_last}='yes' | | | | | |
| | integer | age | อายุ (ปี) | Age (years) | | | | . >= 0 and . <= 120 | อายุ 0–120 | | | |
| | select_one area | area | ภาค | Region | | | | | | | | |
| | select_one place | place | จังหวัด | Province | | | | | | area=${area} | | |
| | select_multiple risk | risks | ความเสี่ยง | Risks | | | | \
not(selected(.,'none') and count-selected(.)>1) | เลือกไม่มีอย่างเดียว | | | |
| | end group | | | | | | | | | | | |
| | begin repeat | people | สมาชิก | Member | | | | | | | | |
| | text | name | ชื่อสมาชิก | Name | | yes | | | | | | |
| | decimal | income | รายได้ (บาท) | Income (baht) | | | | | | | | |
| | end repeat | | | | | | | | | | | |
| | begin group | last_part | สรุป | Closing | | | | | | | | |
| | calculate | total | | | | | | | | | | sum(${income}) |
| | note | told | รวม **${total}** บาท | **${total}** baht in all | | | | | | | | |
| | text | story | เรื่องราว | Story | | | | | | | multiline | |
| | end group | | | | | | | | | | | |
| choices | | | | | |
| | list_name | name | label::ไทย (th) | label::English (en) | area |
| | yn | yes | ใช่ | Yes | |
| | yn | no | ไม่ใช่ | No | |
| | area | north | เหนือ | North | |
| | area | south | ใต้ | South | |
| | place | tak | ตาก | Tak | north |
| | place | nan | น่าน | Nan | north |
| | place | trang | ตรัง | Trang | south |
| | risk | none | ไม่มี | None | |
| | risk | drug | ยาเสพติด | Drugs | |
| | risk | harm | ทำร้าย | Violence | |
| settings | | | |
| | form_id | version | form_title | default_language |
| | house | 1 | บ้าน · House | ไทย (th) |
"""


def xform(rows: str) -> bytes:
    """An XForm from the rows of an XLSForm."""
    from pyxform.xls2xform import convert

    return str(convert(xlsform=rows, file_type=".md").xform).encode()


class Sitting:
    """The page ``record`` with a form on it."""

    def __init__(self, ground: Ground, desk: Desk, tasks: Tasks, qtbot: QtBot) -> None:
        self.ground, self.desk, self.tasks, self.qtbot = ground, desk, tasks, qtbot
        self.over = False
        """Whether the test has closed the lanes itself."""
        self.said: list[str] = []
        self.troubles: list[str] = []
        desk.said.connect(lambda words, _undo: self.said.append(words))
        desk.trouble.connect(self.troubles.append)
        self.page = RecordPage(desk)
        desk.changed.connect(self._changed)
        qtbot.addWidget(self.page)
        self.page.resize(1158, 620)
        self.page.show()
        self.page.activateWindow()
        self.settle()

    def _changed(self, nouns: frozenset[str]) -> None:
        """As the frame does."""
        if nouns & self.page.watches:
            self.page.reload()

    def settle(self) -> None:
        """Until the lanes are empty."""
        settle(self.tasks)

    # ── opening ──────────────────────────────────────────────────────────────────────────────

    def install(self, data: bytes, form_id: str = "house", version: str = "1") -> None:
        """Put a form into the store."""
        with self.ground.store.write(BY) as write:
            forms.put_form(write, form_id, version, ("บ้าน", "House"), data)

    def begin(self, form_id: str = "house", subject: Subject | None = None) -> FormView:
        """Begin a draft and show it."""
        done = drafts_done.begin(self.ground.store, BY, form_id, subject or Subject())
        return self.open(done.value.id)

    def open(self, which: str) -> FormView:
        """Show a draft."""
        self.page.open(which)
        self.qtbot.waitUntil(
            lambda: self.page.view is not None and self.page.view.draft_id == which
        )
        self.settle()
        return self.view

    @property
    def view(self) -> FormView:
        assert self.page.view is not None
        return self.page.view

    # ── the store ────────────────────────────────────────────────────────────────────────────

    def steps(self) -> tuple[Step, ...]:
        """The journal as it is on the disk."""
        with self.ground.store.read() as conn:
            return drafts.steps(conn, self.view.draft_id)

    # ── the window ───────────────────────────────────────────────────────────────────────────

    def node(self, place: str) -> Node:
        """The node at a place."""
        found = self.view.session.find(place)
        assert found is not None, place
        return found

    def question(self, place: str) -> Question:
        """The question at a place, on the screen."""
        node = self.node(place)
        (found,) = [one for one in self.view.findChildren(Question) if one.node is node]
        return found

    def is_seen(self, place: str) -> bool:
        """Whether the question at a place is on the screen."""
        node = self.node(place)
        return any(
            one.node is node and one.isVisible() for one in self.view.findChildren(Question)
        )

    def line(self, place: str) -> QLineEdit | QPlainTextEdit:
        """The line of a question to type into."""
        question = self.question(place)
        editor = question.editor
        if isinstance(editor, QLineEdit | QPlainTextEdit):
            return editor
        found = [one for one in question.findChildren(QLineEdit) if one.isVisible()]
        return found[0]

    def write(self, place: str, text: str) -> None:
        """Type into a question and go on with Tab."""
        line = self.line(place)
        line.setFocus()
        type_in(line, text)
        QTest.keyClick(line, Qt.Key.Key_Tab)
        self.settle()

    def choose(self, place: str, value: str) -> None:
        """Click a card."""
        card = self.card(place, value)
        QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(20, card.height() // 2))
        self.settle()

    def card(self, place: str, value: str) -> RadioCard | CheckCard:
        """The card of a choice."""
        cards = self.cards(place)
        return next(card for card in cards if card.value == value and not card.isHidden())

    def values(self, place: str) -> list[str]:
        """The values of the cards a question offers."""
        return [card.value for card in self.cards(place) if card.isVisible()]

    def cards(self, place: str) -> list[RadioCard | CheckCard]:
        """The cards of a question, those that are going away too."""
        question = self.question(place)
        found: list[RadioCard | CheckCard] = list(question.findChildren(RadioCard))
        found += question.findChildren(CheckCard)
        return found

    def text(self, place: str) -> str:
        """What stands in the line of a question."""
        line = self.line(place)
        return line.text() if isinstance(line, QLineEdit) else line.toPlainText()

    def repeat(self) -> RepeatBlock:
        """The repeat on the screen."""
        (found,) = [one for one in self.view.findChildren(RepeatBlock) if one.isVisible()]
        return found

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)
        self.settle()

    def focused(self) -> Question | None:
        """The question that has the focus."""
        at: QWidget | None = QApplication.focusWidget()
        while at is not None and not isinstance(at, Question):
            at = at.parentWidget()
        return at


def type_in(line: QWidget, text: str) -> None:
    """Commit text as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)
