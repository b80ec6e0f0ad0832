# SPDX-License-Identifier: Apache-2.0
"""A whole home visit filled and filed with the keyboard alone, as it comes through Tab."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from desktop.model.draft import Subject
from desktop.model.record import HOME_VISIT
from desktop.store import household
from desktop.store import record as records
from desktop.ui.forms.question import Question
from desktop.ui.forms.questions.options import CheckCard, RadioCard
from desktop.ui.forms.questions.pick import PickLine
from desktop.ui.forms.repeat import InstanceRow
from tests.actions.office_ground import BY, cid
from tests.ui.forms.sitting import Sitting, type_in

CTRL: Final = Qt.KeyboardModifier.ControlModifier
CHOICES: Final = {
    "purpose": "1",
    "met": "1",
    "notice_read": "1",
    "basis": "3",
    "photo_ok": "2",
    "consent_by": "1",
    "has_surname": "1",
    "sex": "2",
    "dob_kind": "3",
    "marital": "1",
    "has_members": "1",
    "m_rel": "1",
    "d_income": "3",
    "d_health": "1",
    "d_housing": "1",
    "d_education": "1",
    "d_state": "1",
    "urgency": "2",
    "has_aid": "2",
    "refer": "2",
    "sign_how": "1",
}
"""The number key pressed on the cards of a question."""
TEXTS: Final = {
    "team": "สมศรี ใจดี",
    "first_name": "กุลธิดา",
    "last_name": "ศรีสวัสดิ์วงศ์",
    "age_est": "๖๘",
    "title": "นาง",
    "id_kind": "เลขประจำตัวประชาชน",
    "cid": cid(7),
    "phone": "081-234-5678",
    "house_no": "๑๒/๓",
    "moo": "๔",
    "area": "ด่านแม่ละเมา",
    "tenure": "บ้าน",
    "m_name": "ลุงมี",
    "m_age": "70",
    "problem_detail": "รายได้ไม่พอ",
    "opinion": "ควรช่วยเรื่องรายได้",
}
"""What is typed into a line, as people type it."""
TICKS: Final = frozenset({"targets", "problems", "risks", "outcomes"})
_MOST: Final = 260


def stop() -> QWidget:
    """Where the focus is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def question_of(widget: QWidget) -> Question | None:
    """The question a widget stands in."""
    at: QWidget | None = widget
    while at is not None and not isinstance(at, Question):
        at = at.parentWidget()
    return at


def answer(sitting: Sitting, question: Question) -> None:
    """Answer the question that has the focus, by keys."""
    name, widget = question.node.name, stop()
    if isinstance(widget, RadioCard) and name in CHOICES:
        QTest.keyClick(widget, Qt.Key(ord(CHOICES[name])))
    elif name in TICKS:
        if isinstance(widget, QLineEdit):
            QTest.keyClick(widget, Qt.Key.Key_Return)
        assert isinstance(stop(), CheckCard)
        QTest.keyClick(stop(), Qt.Key.Key_Space)
    elif name in TEXTS and isinstance(widget, QLineEdit | QPlainTextEdit):
        type_in(widget, TEXTS[name])
    elif isinstance(widget, PickLine) and name in CHOICES:
        choices = sitting.view.session.choices(question.control, question.node)
        type_in(widget, choices[int(CHOICES[name]) - 1].label)
    sitting.settle()


def test_a_home_visit_is_filled_and_filed_by_keys_alone(sitting: Sitting) -> None:
    """Mutants: a question that comes late is stepped over by Tab; a kind that Tab cannot leave;
    a required answer that only the mouse can give.
    """
    sitting.begin(HOME_VISIT, Subject())
    sitting.view.focus_first()
    done: set[str] = set()
    for _press in range(_MOST):
        question = question_of(stop())
        if question is None and isinstance(stop().parentWidget(), InstanceRow):
            QTest.keyClick(stop(), Qt.Key.Key_Tab)
            continue
        if question is None:
            if sitting.view.at_end:
                break
            sitting.page._next.trigger()  # Ctrl+PgDown; the frame owns the key
            sitting.settle()
            continue
        place = sitting.view.session.place(question.node)
        if place not in done:
            done.add(place)
            if not question.node.value:
                answer(sitting, question)
        before = stop()
        QTest.keyClick(before, Qt.Key.Key_Tab)
        sitting.settle()
        if stop() is before and sitting.view.at_end:
            break
        if stop() is before:
            sitting.page._next.trigger()
            sitting.settle()
    QTest.keyClick(stop(), Qt.Key.Key_F9)
    sitting.page.finish()
    sitting.settle()
    missing = [
        (line.line.question, line.line.sentence)
        for line in (sitting.view.summary.lines if sitting.page.sheet is not None else ())
    ]
    assert missing == []
    sitting.qtbot.waitUntil(lambda: sitting.page.reading is not None)
    reading = sitting.page.reading
    assert reading is not None
    with sitting.ground.store.read() as conn:
        record = records.record(conn, BY, reading.record.id)
        found = household.household(conn, record.household_id)
        people = household.members(conn, found.id)
    assert found.moo == "4"
    assert found.area == "630609"
    assert {"ลุงมี"} <= {one.name for one in people}
