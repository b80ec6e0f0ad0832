# SPDX-License-Identifier: Apache-2.0
"""The page of forms: begun, kept, filed, read, corrected, thrown away and brought back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.actions import draft
from desktop.actions.done import Done
from desktop.actions.draft import DraftProblem
from desktop.i18n import _, use_language
from desktop.model.draft import Subject
from desktop.store import draft as drafts
from desktop.store import record as records
from desktop.ui.desk import Desk
from desktop.ui.forms.questions.options import RadioCard
from desktop.ui.parts.record_reading import Differences, RecordReading
from desktop.ui.tables.draft import ANSWERED, FORM, DraftModel
from desktop.ui.tasks import Tasks
from desktop.ui.widgets.label import Label
from desktop.xforms.journal import Step
from tests.actions.office_ground import BY, Ground
from tests.ui.forms.sitting import HOUSE, Sitting, xform


@pytest.fixture
def sitting(ground: Ground, desk: Desk, tasks: Tasks, qtbot: QtBot) -> Iterator[Sitting]:
    """The page, and the form of a house in the store."""
    use_language("th")
    made = Sitting(ground, desk, tasks, qtbot)
    made.install(xform(HOUSE))
    yield made
    made.settle()


def fill(sitting: Sitting) -> None:
    """Answer what must be answered."""
    sitting.write("/data/who/first", "มานี")
    sitting.choose("/data/who/has_last", "no")
    sitting.write("/data/who/age", "๔๐")
    sitting.view.next_section()
    sitting.write("/data/people[1]/name", "ปิติ")


def reading(sitting: Sitting) -> RecordReading:
    """The finished record on the page."""
    sitting.qtbot.waitUntil(lambda: sitting.page.reading is not None)
    sitting.settle()
    assert sitting.page.reading is not None
    return sitting.page.reading


def test_a_whole_form_is_filed_and_can_then_only_be_read(sitting: Sitting) -> None:
    """Mutants: ``frozen`` not handed on; the draft is not gone; ``TOLD`` is empty, and a filed
    answer looks as if it could be typed over; instances stay closed.
    """
    which = sitting.begin().draft_id
    fill(sitting)
    sitting.page.finish()
    shown = reading(sitting)
    assert sitting.page.view is None
    with sitting.ground.store.read() as conn:
        assert records.record(conn, BY, which).form_id == "house"
        assert drafts.find_draft(conn, which) is None
    assert not [one for one in shown.findChildren(QLineEdit) if one.isVisible()]
    assert not shown.findChildren(RadioCard)
    words = [one.text() for one in shown.findChildren(Label) if one.isVisible()]
    assert {"มานี", "ไม่ใช่", "40", _("no answer")} <= set(words)
    shown.view.next_section()
    sitting.settle()
    assert "ปิติ" in [one.text() for one in shown.findChildren(Label) if one.isVisible()]
    assert "ใช่" not in words
    assert any("บ้าน" in words for words in sitting.said)


def test_a_form_that_lacks_something_is_not_filed(sitting: Sitting) -> None:
    """Mutant: ``finish`` without ``check``."""
    which = sitting.begin().draft_id
    sitting.page.finish()
    sitting.settle()
    assert sitting.view.on_summary
    with sitting.ground.store.read() as conn:
        assert drafts.find_draft(conn, which) is not None


def test_a_correction_begins_with_the_filed_answers_and_shows_what_it_changed(
    sitting: Sitting,
) -> None:
    """Mutants: the correction begins empty; the differences are not shown."""
    sitting.begin()
    fill(sitting)
    sitting.page.finish()
    first = reading(sitting).record.id
    sitting.page._amend.trigger()
    sitting.qtbot.waitUntil(lambda: sitting.page.view is not None)
    sitting.settle()
    assert sitting.node("/data/who/first").value == "มานี"
    line = sitting.line("/data/who/first")
    line.selectAll()
    sitting.write("/data/who/first", "มานะ")
    sitting.page.finish()
    shown = reading(sitting)
    assert shown.record.amends == first
    (told,) = shown.findChildren(Differences)
    words = [label.text() for label in told.findChildren(Label)]
    assert any("มานี" in one for one in words)
    assert any("มานะ" in one for one in words)


def test_a_draft_that_was_thrown_away_comes_back_with_undo(sitting: Sitting) -> None:
    """Mutant: the page's own undo takes the key although no form is open."""
    which = sitting.begin().draft_id
    sitting.page.keep()
    sitting.settle()
    QTest.keyClick(sitting.page.list.table, Qt.Key.Key_Delete)
    sitting.settle()
    assert not sitting.page.list.model.rows
    assert not sitting.page.undo()
    sitting.desk.undo()
    sitting.settle()
    assert [one.id for one in sitting.page.list.model.rows] == [which]


def test_enter_on_a_draft_goes_on_where_it_was_left(sitting: Sitting) -> None:
    """Mutant: ``resume`` left out; every form begins at its first page again."""
    sitting.begin()
    fill(sitting)
    sitting.page.keep()
    sitting.settle()
    QTest.keyClick(sitting.page.list.table, Qt.Key.Key_Return)
    sitting.qtbot.waitUntil(lambda: sitting.page.view is not None)
    sitting.settle()
    assert sitting.view.here == 1


def test_the_list_tells_form_and_how_far_it_is(sitting: Sitting) -> None:
    """Mutant: ``describe`` never called."""
    sitting.begin()
    fill(sitting)
    sitting.page.keep()
    sitting.settle()
    model = sitting.page.list.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert isinstance(model, DraftModel)
    assert model.index(0, FORM).data() == "บ้าน"
    shown = model.index(0, ANSWERED).data()
    assert [piece for piece in shown.split() if piece.isdigit()] == ["4", "4"]


def test_a_draft_stays_with_the_version_it_was_begun_with(sitting: Sitting) -> None:
    """Mutant: the newest version of the form is opened."""
    which = sitting.begin().draft_id
    sitting.write("/data/who/first", "มานี")
    sitting.page.keep()
    sitting.settle()
    newer = HOUSE.replace("| house | 1 |", "| house | 2 |").replace("ชื่อ |", "ชื่อจริง |")
    sitting.install(xform(newer), version="2")
    sitting.open(which)
    assert sitting.question("/data/who/first").name == "ชื่อ"
    sitting.page.keep()
    sitting.begin()
    assert sitting.question("/data/who/first").name == "ชื่อจริง"


def test_what_the_subject_knows_is_answered_before_anybody_asks(sitting: Sitting) -> None:
    """Mutant: ``known_answers`` left out; the household is chosen a second time."""
    rows = """
| survey | | | | |
| | type | name | label | bind::dsdw:core |
| | text | event_link | Event | visit.event_id |
| | text | other | Other | |
| settings | | | | |
| | form_id | version | form_title | namespaces |
| | linked | 1 | Linked | dsdw="https://dsdw.go.th/ns/xforms" |
"""
    sitting.install(xform(rows), "linked")
    event_id = sitting.ground.event.id
    sitting.begin("linked", Subject(event_id=event_id))
    assert sitting.node("/data/event_link").value == event_id
    assert [one.value for one in sitting.steps()] == [event_id]


def test_esc_goes_back_to_the_list_and_then_leaves_the_page(sitting: Sitting) -> None:
    """Mutant: ``back`` always True; Esc is caught for ever."""
    sitting.begin()
    assert sitting.page.back()
    assert sitting.page.view is None
    assert not sitting.page.back()


def test_whoever_came_from_another_page_goes_back_there(sitting: Sitting) -> None:
    """Mutant: ``keep`` always shows the list; the family one was with has to be found again."""
    left: list[bool] = []
    sitting.page.leave.connect(lambda: left.append(True))
    sitting.begin()
    sitting.page.arrive(None)
    assert sitting.page.back()
    assert left == []
    sitting.begin()
    sitting.page.arrive(sitting.page.sheet.opened.draft.id)
    sitting.settle()
    assert sitting.page.back()
    assert left == [True]
    assert not sitting.page.back()


def test_the_keys_of_a_form_sleep_while_the_list_is_shown(sitting: Sitting) -> None:
    """Mutant: all actions awake; F9 in the list files what is not there."""
    assert not sitting.page._finish.isEnabled()
    sitting.begin()
    assert sitting.page._finish.isEnabled()
    assert sitting.page._next.isEnabled()
    assert not sitting.page._discard.isEnabled()


def test_answers_not_on_the_disk_when_a_form_is_left_come_there(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutants: the journal goes with the view; "kept" is said before it is so; the form is
    opened again without what is still on its way."""
    which = sitting.begin().draft_id
    sitting.write("/data/who/first", "มานี")
    sitting.settle()
    full, note = [True], draft.note

    def note_unless_full(*given: Any) -> Done:
        if full:
            raise DraftProblem("full")
        return note(*given)

    monkeypatch.setattr(draft, "note", note_unless_full)
    sitting.write("/data/who/age", "๔๐")
    sitting.qtbot.waitUntil(lambda: sitting.troubles == ["full"])
    journal = sitting.view.answering.journal
    sitting.page.keep()
    sitting.settle()
    assert not [words for words in sitting.said if "เก็บ" in words]
    sitting.page.open(which)
    assert sitting.page.view is None
    full.clear()
    journal.try_now()
    sitting.qtbot.waitUntil(lambda: sitting.page.view is not None)
    assert [words for words in sitting.said if "เก็บ" in words]
    assert sitting.node("/data/who/age").value == "40"


def test_a_step_without_a_place_is_told(sitting: Sitting) -> None:
    """Mutant: what a replay passed over is passed over in silence."""
    view = sitting.begin()
    sitting.write("/data/who/first", "มานี")
    sitting.settle()
    which = view.draft_id
    step = Step("answer", "/data/people[#gone]/name", "ปิติ", sitting.desk.now())
    draft.note(sitting.ground.store, BY, which, step)
    sitting.page.keep()
    sitting.settle()
    sitting.open(which)
    assert sitting.node("/data/who/first").value == "มานี"
    assert len(sitting.troubles) == 1
