# SPDX-License-Identifier: Apache-2.0
"""The tabs beside the cases: what is due, the calendar, letters, counts."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.actions.case_file import put_case
from desktop.model.case_file import CaseFile
from desktop.store import follow_up as follow_ups
from desktop.store import referral as referrals
from desktop.ui.pages.record import RecordPage
from desktop.ui.parts.due_move import AskDay
from desktop.ui.parts.print_dialog import PrintDialog
from desktop.ui.parts.referral_form import ReferralStep
from desktop.ui.tables import follow_up, referral
from desktop.ui.widgets.badge_cell import STATE
from tests.actions.casework_ground import BY, OTHER, TODAY
from tests.ui.pages.casework import Casework, dialogs, put

# ── due ──────────────────────────────────────────────────────────────────────────────────────


def test_what_is_overdue_stands_first_with_the_days_it_is_late(work: Casework) -> None:
    """Mutants: sorted by name; late ones counted with those of the week."""
    page = work.go("due")
    counts = {part: tile.count for part, tile in page.due.tiles.items()}
    assert counts == {"overdue": 2, "today": 0, "week": 0, "later": 3}
    first = page.due.model.index(0, follow_up.WHEN).data(STATE)
    assert first == ("เกินมา 2 วัน", "triangle-alert", "red") or first[2] == "red"
    assert page.due.model.rows[0].follow_up.due == TODAY - timedelta(days=2)
    page.due.tiles["later"].click()
    assert len(page.due.model.rows) == 3


def test_an_open_alert_stands_above_the_list(work: Casework) -> None:
    """Mutants: an alert that has no follow-up is seen nowhere; one of others is told too."""
    work.restricted()
    page = work.go("due")
    assert page.due.alert_band.isVisible()
    assert page.due.letter_band.isVisible()
    assert "โรงพยาบาลแม่สอด" in page.due.letter_band.words.text()
    work.desk.hand_over(OTHER)
    work.settle()
    assert not page.due.alert_band.isVisible()


def test_writing_a_follow_up_down_begins_its_form_with_the_case_filled_in(work: Casework) -> None:
    """Mutants: the form is begun without its case; the answer is an id nobody can read."""
    page = work.go("due")
    line = page.due.current()
    assert line is not None
    page.due.acts.done.trigger()
    work.settle()
    record = work.frame.page
    assert isinstance(record, RecordPage)
    work.qtbot.waitUntil(lambda: record.view is not None)
    assert record.sheet is not None
    session = record.sheet.opened.session
    path = next(path for path, key in session.form.core.items() if key == "followup.case_id")
    control = session.form.control(path)
    assert control is not None
    node = session.node(control)
    assert node is not None
    assert node.value == line.case_no
    assert record.sheet.opened.draft.subject.case_id == line.follow_up.case_id
    record.keep()
    work.settle()


def test_a_follow_up_moves_only_with_a_reason(work: Casework) -> None:
    """Mutant: it moves without one, and nobody knows why a family was not visited."""
    page = work.go("due")
    line = page.due.current()
    assert line is not None
    page.due.acts.move.trigger()
    ask = work.asked()
    assert isinstance(ask, AskDay)
    ask.day.set_date(date(2026, 12, 5))
    ask._warn()
    assert ask._warning.text()  # a holiday: told, not forbidden
    ask._press()
    assert ask.isVisible()
    put(ask.reason, "ครอบครัวไปเก็บข้าวโพด")
    ask._press()
    work.settle()
    with work.ground.store.read() as conn:
        moved = follow_ups.follow_up(conn, BY, line.follow_up.id)
    assert (moved.due, moved.moved_because) == (date(2026, 12, 5), "ครอบครัวไปเก็บข้าวโพด")
    assert page.due.tiles["overdue"].count == 1


# ── calendar ─────────────────────────────────────────────────────────────────────────────────


def test_the_calendar_shows_the_days_of_its_month_and_the_arrows_turn_it(work: Casework) -> None:
    """Mutants: the month is that of today whatever is shown; Sunday first; no holidays."""
    page = work.go("calendar")
    month = page.calendar.month
    assert month.heading() == "พฤศจิกายน 2569"
    assert month._weeks()[0][0].weekday() == 0
    month.go_to(TODAY - timedelta(days=2))
    assert len(page.calendar.model.rows) == 2
    month.setFocus()
    QTest.keyClick(month, Qt.Key.Key_PageDown)
    work.settle()
    assert page.calendar._heading.text() == "ธันวาคม 2569"
    month.go_to(date(2026, 12, 11))
    work.settle()
    assert len(page.calendar.model.rows) == 3
    month.go_to(date(2026, 12, 10))
    assert "รัฐธรรมนูญ" in page.calendar._told.text()


# ── letters ──────────────────────────────────────────────────────────────────────────────────


def test_a_new_letter_begins_with_what_the_case_knows(work: Casework) -> None:
    """Mutants: an empty form; it opens at its last section."""
    case = work.cases[2]
    page = work.go(("case", case.id))
    page.case._letter.trigger()
    work.settle()
    record = work.frame.page
    assert isinstance(record, RecordPage)
    work.qtbot.waitUntil(lambda: record.view is not None)
    assert record.sheet is not None
    session = record.sheet.opened.session
    answers = {}
    for path, key in session.form.core.items():
        control = session.form.control(path)
        node = session.node(control) if control is not None else None
        answers[key] = node.value if node is not None else ""
    assert answers["referral.case_id"] == case.case_no
    assert answers["referral.person"] == "มึกะ ทดสอบงาม"
    assert set(answers["referral.problems"].split()) == case.problems
    assert record.view is not None
    assert record.view.at_start
    record.keep()
    work.settle()


def test_an_overdue_letter_is_red_with_words_and_is_taken_up(work: Casework) -> None:
    """Mutants: red alone; the acknowledgement is dated today whatever was typed."""
    page = work.go("letters")
    (line,) = page.letters.model.rows
    state = page.letters.model.index(0, referral.STANDING).data(STATE)
    assert state[2] == "red"
    assert state[0]
    assert page.primary is page.letters.taken
    page.letters.taken.trigger()
    ask = work.asked()
    assert isinstance(ask, ReferralStep)
    put(ask.words, "พยาบาลวิภา")
    ask.day.set_date(TODAY - timedelta(days=1))
    ask._press()
    work.settle()
    with work.ground.store.read() as conn:
        taken = referrals.referral(conn, BY, line.referral.id)
    assert (taken.acknowledged_by, taken.acknowledged_on) == (
        "พยาบาลวิภา", TODAY - timedelta(days=1),
    )  # fmt: skip


def test_the_letter_of_a_restricted_case_is_printed_and_noted(work: Casework) -> None:
    """Mutants: the letter is made without a trace; the PDF is handed to whoever sits next."""
    case = work.cases[2]
    put_case_protected(work, case)
    page = work.go(("case", case.id))
    assert page.case.held is not None
    page.case.letters._print(page.case.held.story.referrals[0])
    work.settle()
    dialog = work.asked()
    assert isinstance(dialog, PrintDialog)
    assert ("print", "case_file", case.id) in [one[1:] for one in work.ground.audited()]
    work.qtbot.waitUntil(lambda: not dialog.looking)
    dialog.reject()

    page.case.letters._print(page.case.held.story.referrals[0])
    work.desk.hand_over(OTHER)
    work.settle()
    assert not dialogs()


def put_case_protected(work: Casework, case: CaseFile) -> None:
    """Make it a case of child protection."""
    from dataclasses import replace

    held = work.ground.case(case.id)
    put_case(work.ground.store, BY, replace(held, problems=held.problems | {"v_neglect"}))


# ── the summary ──────────────────────────────────────────────────────────────────────────────


def test_the_summary_totals_five_and_six_with_the_alert(work: Casework) -> None:
    """Mutants: a case of two problems is counted twice in the total; alerts counted as visits."""
    work.restricted()
    page = work.go("summary")
    model = page.summary.model
    assert model.number(0, 1) == 5
    assert model.index(0, 1).data() == "5"
    page.summary.which.set_value(False)
    page.summary.reload()
    work.settle()
    assert model.number(0, 1) == 6


def test_the_public_version_hides_small_numbers_everywhere(work: Casework) -> None:
    """Mutant: the table hides them and the large figures above it tell them."""
    page = work.go("summary")
    page.summary.public.setChecked(True)
    model = page.summary.model
    shown = {
        str(model.index(row, column).data())
        for row in range(model.rowCount())
        for column in range(1, model.columnCount())
    }
    assert shown <= {"< 11", "·"}
    figures = {one._value for one in page.summary.figures.values()}
    assert figures <= {"< 11", "0"}
