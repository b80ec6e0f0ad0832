# SPDX-License-Identifier: Apache-2.0
"""A form filled in the window: what an answer shows, hides, keeps and takes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.actions import draft as drafts_done
from desktop.errors import Problem
from desktop.store import draft as drafts
from desktop.ui.forms.question import Question
from desktop.ui.tasks import Tasks
from desktop.ui.widgets.button import ActionButton
from desktop.xforms.codec import to_json
from tests.ui.forms.sitting import Sitting, type_in

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_question_is_shown_only_when_another_answer_asks_for_it(sitting: Sitting) -> None:
    """Mutant: ``Shown._turn`` left out; the surname is never asked."""
    sitting.begin()
    assert not any(
        one.node is sitting.node("/data/who/last") for one in sitting.view.findChildren(Question)
    )
    sitting.choose("/data/who/has_last", "yes")
    assert sitting.is_seen("/data/who/last")
    sitting.choose("/data/who/has_last", "no")
    assert not sitting.is_seen("/data/who/last")


def test_a_question_that_comes_stands_in_its_place_for_the_tab_key(sitting: Sitting) -> None:
    """Mutant: ``focusNextPrevChild`` left to Qt; the late question comes last."""
    sitting.begin()
    sitting.choose("/data/who/has_last", "yes")
    sitting.card("/data/who/has_last", "yes").setFocus()
    sitting.press(Qt.Key.Key_Tab)
    assert sitting.focused() is sitting.question("/data/who/last")
    sitting.press(Qt.Key.Key_Tab)
    assert sitting.focused() is sitting.question("/data/who/age")
    sitting.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert sitting.focused() is sitting.question("/data/who/last")


def test_an_arrow_and_tab_ask_the_next_question_before_tab_looks_for_it(
    sitting: Sitting,
) -> None:
    """Mutant: no ``flush`` at the Tab key; the surname is stepped over."""
    sitting.begin()
    sitting.card("/data/who/has_last", "yes").setFocus()
    sitting.press(Qt.Key.Key_Down)
    sitting.press(Qt.Key.Key_Tab)
    assert sitting.node("/data/who/has_last").value == "yes"
    assert sitting.focused() is sitting.question("/data/who/last")


def test_digits_choose_and_delete_takes_the_answer_away(sitting: Sitting) -> None:
    """Mutant: ``_card_key`` without its digits."""
    sitting.begin()
    sitting.card("/data/who/area", "north").setFocus()
    sitting.press(Qt.Key.Key_2)
    assert sitting.node("/data/who/area").value == "south"
    sitting.press(Qt.Key.Key_Delete)
    assert sitting.node("/data/who/area").value == ""


def test_what_is_wrong_is_said_after_the_field_is_left_and_not_while_typing(
    sitting: Sitting,
) -> None:
    """Mutant: ``judge`` called in ``answered``; the red line comes with the second digit."""
    sitting.begin()
    line = sitting.line("/data/who/age")
    line.setFocus()
    type_in(line, "๑๒๑")
    sitting.question("/data/who/age").flush()
    assert sitting.node("/data/who/age").value == "121"
    assert sitting.question("/data/who/age").message == ""
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert sitting.question("/data/who/age").message == "อายุ 0–120"
    line.selectAll()
    sitting.write("/data/who/age", "12")
    assert sitting.question("/data/who/age").message == ""


def test_what_is_no_number_is_told_and_not_kept(sitting: Sitting) -> None:
    """Mutant: ``trouble`` of numbers always empty."""
    sitting.begin()
    sitting.write("/data/who/age", "สิบสอง")
    assert sitting.node("/data/who/age").value == ""
    assert "12" in sitting.question("/data/who/age").message
    assert not sitting.view.check()
    assert "/data/who/age" in [
        sitting.view.session.reference(line.line.node) for line in sitting.view.summary.lines
    ]


def test_that_an_answer_is_missing_is_said_when_the_form_is_checked(sitting: Sitting) -> None:
    """Mutant: ``checked`` never set."""
    sitting.begin()
    line = sitting.line("/data/who/first")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert sitting.question("/data/who/first").message == ""
    sitting.page.finish()
    assert sitting.view.on_summary
    assert sitting.question("/data/who/first").message


def test_a_line_of_the_summary_leads_to_its_question(sitting: Sitting) -> None:
    """Mutant: ``jump`` without ``focus_first``."""
    sitting.begin()
    sitting.view.add_instance(
        next(one for one in sitting.view.session.form.controls() if one.kind == "repeat"),
        sitting.view.session.root,
    )
    assert not sitting.view.check()
    lines = sitting.view.summary.lines
    asked = [line.line.question for line in lines]
    assert asked == ["ชื่อ", "มีนามสกุลหรือไม่", *(["ชื่อสมาชิก"] * 2)]
    lines[-1].click()
    assert sitting.view.here == 1
    focused = sitting.focused()
    assert focused is not None
    assert focused.node is lines[-1].line.node


def test_the_language_is_switched_while_typing_without_losing_a_letter_or_the_focus(
    sitting: Sitting,
) -> None:
    """Mutant: the questions are made anew."""
    sitting.begin()
    line = sitting.line("/data/who/first")
    line.setFocus()
    type_in(line, "กุลธิ")
    sitting.view.languages.buttons["English (en)"].click()
    assert QApplication.focusWidget() is line
    assert sitting.text("/data/who/first") == "กุลธิ"
    type_in(line, "ดา")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    sitting.settle()
    assert sitting.node("/data/who/first").value == "กุลธิดา"
    assert sitting.question("/data/who/first").name == "First name"
    assert sitting.card("/data/who/has_last", "no").accessibleName() == "No"
    assert sitting.page.title() == "House"


def test_an_answer_that_no_longer_fits_is_cleared_told_and_comes_back_with_undo(
    sitting: Sitting,
) -> None:
    """Mutants: nothing told; or ``lost`` left out of the way back."""
    sitting.begin()
    sitting.choose("/data/who/area", "north")
    sitting.choose("/data/who/place", "nan")
    sitting.choose("/data/who/area", "south")
    assert sitting.node("/data/who/place").value == ""
    assert any("จังหวัด" in words for words in sitting.said)
    assert sitting.values("/data/who/place") == ["trang"]
    assert sitting.page.undo()
    sitting.settle()
    assert sitting.node("/data/who/area").value == "north"
    assert sitting.node("/data/who/place").value == "nan"
    assert sitting.card("/data/who/place", "nan").isChecked()
    assert sitting.page.redo()
    assert sitting.node("/data/who/area").value == "south"


def test_ctrl_z_takes_back_a_word_and_not_a_letter(sitting: Sitting) -> None:
    """Mutant: every breath of typing is one answer of its own."""
    sitting.begin()
    line = sitting.line("/data/who/first")
    line.setFocus()
    for piece in ("กุล", "ธิ", "ดา"):
        type_in(line, piece)
        sitting.question("/data/who/first").flush()
    QTest.keyClick(line, Qt.Key.Key_Tab)
    sitting.settle()
    assert sitting.page.undo()
    assert sitting.node("/data/who/first").value == ""
    assert sitting.text("/data/who/first") == ""


def test_a_choice_that_excludes_the_others_is_told_by_the_forms_own_sentence(
    sitting: Sitting,
) -> None:
    """Mutant: several choices are never judged."""
    sitting.begin()
    sitting.choose("/data/who/risks", "none")
    sitting.choose("/data/who/risks", "drug")
    assert sitting.question("/data/who/risks").message == "เลือกไม่มีอย่างเดียว"
    sitting.choose("/data/who/risks", "none")
    assert sitting.question("/data/who/risks").message == ""
    assert sitting.node("/data/who/risks").value == "drug"


def test_a_note_shows_the_sum_in_bold_and_nothing_else_of_what_is_typed(
    sitting: Sitting,
) -> None:
    """Mutant: ``escape`` left out of a note."""
    from desktop.ui.forms.questions.note import marked_up

    sitting.begin()
    sitting.view.go_to(1)
    sitting.write("/data/people[1]/income", "40")
    sitting.view.go_to(2)
    rich = [one.text() for one in sitting.question("/data/last_part/told").findChildren(QLabel)]
    assert any("<b>40</b>" in text for text in rich)
    assert "<img" not in marked_up("<img src=x> **a<i>**")
    assert "<b>a&lt;i&gt;</b>" in marked_up("<img src=x> **a<i>**")


# ── the disk ─────────────────────────────────────────────────────────────────────────────────


def test_every_answer_is_on_the_disk_and_the_mark_says_so_only_then(sitting: Sitting) -> None:
    """Mutant: ``saved`` shown in ``note``."""
    sitting.begin()
    sitting.choose("/data/who/has_last", "yes")
    assert [(one.place, one.value) for one in sitting.steps()] == [("/data/who/has_last", "yes")]
    assert "09:00:00" in sitting.view.saved.text()


def test_what_is_typed_is_an_answer_a_second_after_the_last_key(
    sitting: Sitting, qtbot: QtBot
) -> None:
    """Mutant: ``commit_soon`` does nothing; a crash takes the whole story."""
    sitting.begin()
    sitting.view.go_to(2)
    box = sitting.line("/data/last_part/story")
    box.setFocus()
    type_in(box, "ฝนตกหนัก")
    assert sitting.node("/data/last_part/story").value == ""
    question = sitting.question("/data/last_part/story")
    assert question._pause.isActive()
    assert question._pause.interval() <= 1000
    question._pause.timeout.emit()
    sitting.settle()
    assert sitting.steps()[-1].value == "ฝนตกหนัก"
    assert QApplication.focusWidget() is box


def test_what_was_killed_opens_again_to_the_byte(sitting: Sitting) -> None:
    """Mutant: ``add`` not noted; the journal does not fit the form any more."""
    view = sitting.begin()
    sitting.write("/data/who/first", "มานี")
    sitting.choose("/data/who/area", "north")
    sitting.choose("/data/who/place", "tak")
    view.go_to(1)
    sitting.write("/data/people[1]/name", "ปิติ")
    sitting.repeat()._add.click()
    sitting.settle()
    sitting.write("/data/people[2]/name", "ชูใจ")
    sitting.repeat().rows[0].bin.click()
    sitting.page.undo()
    sitting.settle()
    kept = to_json(view.session)
    which = view.draft_id
    # Nothing is closed or saved: the page is simply gone, as after a kill.
    sitting.page.sheet = None
    sitting.open(which)
    assert sitting.view is not view
    assert to_json(sitting.view.session) == kept
    assert sitting.text("/data/who/first") == "มานี"


def test_a_failed_write_is_told_and_written_later_in_order(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutants: the step is dropped on failure; or a later one overtakes it."""
    sitting.begin()
    real = drafts_done.note
    full = True

    def note(*given: object) -> object:
        if full:
            raise Problem("ดิสก์เต็ม ลบไฟล์ที่ไม่ใช้แล้วลองใหม่")
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(drafts_done, "note", note)
    sitting.choose("/data/who/has_last", "yes")
    sitting.choose("/data/who/area", "north")
    assert sitting.steps() == ()
    assert "2" in sitting.view.saved.text()
    assert any("ดิสก์เต็ม" in one for one in sitting.troubles)
    full = False
    sitting.view.answering.journal.try_now()
    sitting.settle()
    assert [one.value for one in sitting.steps()] == ["yes", "north"]
    assert "09:00:00" in sitting.view.saved.text()


def test_leaving_keeps_the_field_under_the_cursor_and_tells_the_list(sitting: Sitting) -> None:
    """Mutant: ``_leave`` without ``flush``."""
    view = sitting.begin()
    which = view.draft_id
    line = sitting.line("/data/who/first")
    line.setFocus()
    type_in(line, "วีระ")
    sitting.page.keep()
    sitting.settle()
    with sitting.ground.store.read() as conn:
        assert [one.value for one in drafts.steps(conn, which)] == ["วีระ"]
        assert drafts.draft(conn, which).answered == 1
    assert [one.id for one in sitting.page.list.model.rows] == [which]


def test_closing_the_program_keeps_the_field_under_the_cursor(
    sitting: Sitting, tasks: Tasks
) -> None:
    """Mutant: ``end`` does nothing; the last word is lost when the window is closed."""
    which = sitting.begin().draft_id
    line = sitting.line("/data/who/first")
    line.setFocus()
    type_in(line, "ชูใจ")
    sitting.page.end()
    tasks.close()
    sitting.over = True
    sitting.page.close()
    with sitting.ground.store.read() as conn:
        assert [one.value for one in drafts.steps(conn, which)] == ["ชูใจ"]


def test_the_whole_form_as_one_page_and_back_keeps_place_and_answers(sitting: Sitting) -> None:
    """Mutant: the other way begins a session of its own."""
    sitting.begin()
    sitting.write("/data/who/first", "มานี")
    sitting.view.go_to(1)
    former = sitting.view
    former.other_way.emit()
    sitting.settle()
    assert sitting.view is not former
    assert sitting.view.at_end
    assert sitting.text("/data/who/first") == "มานี"
    assert sitting.is_seen("/data/last_part/story")
    sitting.view.go_to(2)
    focused = sitting.focused()
    assert focused is not None
    assert focused.node is sitting.node("/data/last_part/story")
    sitting.write("/data/people[1]/name", "ปิติ")
    sitting.view.other_way.emit()
    sitting.settle()
    sitting.view.go_to(1)
    sitting.repeat().open_row(sitting.repeat().rows[0])
    assert sitting.text("/data/people[1]/name") == "ปิติ"


def test_enter_at_the_last_question_comes_to_what_is_done_next(sitting: Sitting) -> None:
    """Mutant: ``go_on`` ends at the last page."""
    sitting.begin()
    while not sitting.view.at_end:
        sitting.view.next_section()
    sitting.settle()
    assert sitting.page.primary is not None
    button = ActionButton(sitting.page.primary, "primary", sitting.page)
    button.show()
    sitting.line("/data/last_part/story").setFocus()
    sitting.view.go_on(sitting.question("/data/last_part/story"))
    assert QApplication.focusWidget() is button
