# SPDX-License-Identifier: Apache-2.0
"""The page of cases: what is due, the calendar, one case and who may read it, letters, counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.actions.case_file import allow, put_case
from desktop.i18n import use_language
from desktop.model.case_file import CaseFile
from desktop.store import follow_up as follow_ups
from desktop.store import referral as referrals
from desktop.ui.pages.record import RecordPage
from desktop.ui.parts.assistance_form import AssistanceForm
from desktop.ui.parts.case_asking import CaseAsking
from desktop.ui.parts.case_new import CaseNew
from desktop.ui.parts.due_move import AskDay
from desktop.ui.parts.print_dialog import PrintDialog
from desktop.ui.parts.referral_form import ReferralStep
from desktop.ui.tables import alert, case_file, follow_up, referral, summary
from desktop.ui.widgets.badge_cell import STATE
from desktop.ui.widgets.label import Label
from tests.actions.casework_ground import BY, OTHER, TODAY
from tests.ui.pages.casework import Casework, dialogs, put


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot) -> Iterator[Casework]:
    use_language("th")
    made = Casework(tmp_path / "profile", qtbot)
    yield made
    made.close()


def words(part: QWidget) -> str:
    """All that is written on a part of the screen."""
    return "\n".join(one.text() for one in part.findChildren(Label) if one.isVisible())


def named(work: Casework, name: str) -> CaseFile:
    """The case of somebody of the five."""
    with work.ground.store.read() as conn:
        from desktop.store.case_list import CaseFilter, cases

        (row,) = cases(conn, BY, CaseFilter(text=name, open_only=False))
        return row.case


def restricted(work: Casework) -> str:
    """The case that a most urgent alert opened."""
    case_id: str = work.ground.alert().value.case_id
    return case_id


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
    restricted(work)
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


# ── the list and who may read ────────────────────────────────────────────────────────────────


def test_cases_are_found_by_a_loose_name_and_narrowed_by_filters(work: Casework) -> None:
    """Mutants: the search is exact; a filter is not asked."""
    page = work.go("list")
    assert len(page.list.model.rows) == 5
    put(page.list.box, "มึกะ")
    work.settle()
    assert [row.name for row in page.list.model.rows] == ["มึกะ ทดสอบงาม"]
    page.list.box.clear()
    page.list.urgency.set_value("urgent")
    page.list.reload()
    work.settle()
    assert len(page.list.model.rows) == 2


def test_a_restricted_case_is_not_there_for_others_and_says_whom_to_ask(work: Casework) -> None:
    """Mutants: it is listed for everybody; the page of the case opens; nobody is named."""
    case_id = restricted(work)
    page = work.go("list")
    assert len(page.list.model.rows) == 6
    lock = page.list.model.index(0, case_file.WHO).data(STATE)
    assert lock is not None
    assert lock[1] == "lock"

    work.desk.hand_over(OTHER)
    work.settle()
    assert len(work.go("list").list.model.rows) == 5
    page = work.go(("case", case_id))
    assert page._shown is page._refused
    assert "ธิดา ใจดี" in words(page._refused)
    assert page.case.held is None


def test_whoever_sits_down_next_does_not_see_the_case_that_was_open(work: Casework) -> None:
    """Mutant: the page keeps what it showed when another facilitator takes the laptop."""
    case_id = restricted(work)
    page = work.go(("case", case_id))
    assert page._shown is page.case
    work.desk.hand_over(OTHER)
    work.settle()
    assert page.case.held is None
    assert page._shown is not page.case


def test_somebody_who_was_let_in_reads_it(work: Casework) -> None:
    """Mutant: letting in changes the screen and not the case."""
    case_id = restricted(work)
    page = work.go(("case", case_id))
    page.case.people._let_in()
    ask = work.asked()
    assert isinstance(ask, CaseAsking)
    ask.pick.set_value(OTHER)
    ask._press()
    work.settle()
    assert "สมพร มั่นคง" in words(page.case.people)
    work.desk.hand_over(OTHER)
    work.settle()
    page = work.go(("case", case_id))
    assert page._shown is page.case


def test_looking_again_after_a_change_is_no_second_look(work: Casework) -> None:
    """Mutant: each reload writes a line into the audit log, which drowns the true looks."""
    case_id = restricted(work)
    work.go(("case", case_id))
    work.settle()
    allow(work.ground.store, BY, case_id, OTHER)
    work.desk.changed.emit(frozenset({"cases"}))
    work.settle()
    looks = [one for one in work.ground.audited() if one[1] == "view" and one[3] == case_id]
    assert len(looks) == 1


# ── one case ─────────────────────────────────────────────────────────────────────────────────


def test_closing_asks_for_a_reason_and_a_closed_case_opens_again(work: Casework) -> None:
    """Mutants: it closes without one; what belongs to an open case stays on the screen."""
    case = named(work, "นอแอ")
    page = work.go(("case", case.id))
    page.case._close.trigger()
    ask = work.asked()
    assert isinstance(ask, CaseAsking)
    ask._press()
    assert ask.isVisible()
    put(ask.reason, "ได้บัตรแล้ว")
    ask._press()
    work.settle()
    assert work.ground.case(case.id).close_reason == "ได้บัตรแล้ว"
    assert not page.case._done.isEnabled()
    assert page.primary is page.case._reopen
    assert not page.case.aids.button.isVisible()
    page.case._reopen.trigger()
    ask = work.asked()
    assert isinstance(ask, CaseAsking)
    put(ask.reason, "บัตรหาย")
    ask._press()
    work.settle()
    assert work.ground.case(case.id).is_open


def test_a_case_goes_forward_and_shows_who_moved_it(work: Casework) -> None:
    """Mutant: steps behind are offered."""
    case = work.cases[2]
    page = work.go(("case", case.id))
    page.case._move.trigger()
    ask = work.asked()
    assert isinstance(ask, CaseAsking)
    offered = [ask.pick.itemData(place) for place in range(ask.pick.count())]
    assert offered == ["helped", "followup"]
    ask.pick.set_value("helped")
    ask._press()
    work.settle()
    assert work.ground.case(case.id).status == "helped"
    assert "helped" in page.case.way._reached


def test_money_asks_for_its_fund(work: Casework) -> None:
    """Mutants: money without a fund is kept; satang are lost."""
    case = named(work, "ซอแฮ")
    page = work.go(("case", case.id))
    page.case._aid.trigger()
    form = work.asked()
    assert isinstance(form, AssistanceForm)
    form.kind.set_value("money")
    form.state.set_value("given")
    form._fit()
    put(form.amount, "๒,๐๐๐.๕๐")
    form._press()
    assert form.isVisible()
    assert form._fund.error
    form.fund.set_value("dsdw")
    form._press()
    work.settle()
    assert page.case.held is not None
    (given,) = [one for one in page.case.held.story.assistance if one.kind == "money"]
    assert (given.amount, given.fund, given.state) == (200050, "dsdw", "given")
    assert "2,000.50" in words(page.case.aids)


def test_enter_pressed_twice_keeps_a_help_once(work: Casework) -> None:
    """Mutant: the button stays awake while the store is at work, and a family gets two lines."""
    page = work.go(("case", named(work, "ซอแฮ").id))
    assert page.case.held is not None
    before = len(page.case.held.story.assistance)
    page.case._aid.trigger()
    form = work.asked()
    assert isinstance(form, AssistanceForm)
    form.verb.click()
    form.verb.click()
    work.settle()
    assert len(page.case.held.story.assistance) == before + 1


def test_what_is_known_is_put_right_and_child_protection_restricts(work: Casework) -> None:
    """Mutant: the words are kept, and the case stays open to everybody."""
    case = named(work, "ซอแฮ")
    page = work.go(("case", case.id))
    page.case._edit.trigger()
    form = work.asked()
    put(form.problems.line, "ปล่อยปละ")  # type: ignore[attr-defined]
    QTest.keyClick(form.problems.line, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    form._press()  # type: ignore[attr-defined]
    work.settle()
    assert work.ground.case(case.id).restricted
    assert page.case.people.let_in.isVisible()


def test_a_case_is_opened_by_hand(work: Casework) -> None:
    """Mutants: a name that is not known is dropped; nothing has to be said."""
    page = work.go("list")
    page.list.new.trigger()
    form = work.asked()
    assert isinstance(form, CaseNew)
    form._press()
    work.settle()
    assert form.isVisible()
    put(form.person, "ป้าแดง")
    form._press()
    assert form._person.error
    form.person.clear()
    put(form.person, "ซอแฮ")
    work.settle()
    form.person.take_first()
    put(form.problems.line, "หนี้สิน")
    QTest.keyClick(form.problems.line, Qt.Key.Key_Return)
    form._press()
    work.settle()
    assert page.case.held is not None
    case = page.case.held.story.case
    assert (case.origin, case.problems) == ("hand", frozenset({"i_debt"}))
    assert page.case.held.story.person == "ซอแฮ"


def test_a_question_about_a_case_is_put_away_when_another_sits_down(work: Casework) -> None:
    """Mutant: the words of a restricted case stand in a dialog before whoever unlocks."""
    page = work.go(("case", restricted(work)))
    page.case._edit.trigger()
    work.asked()
    work.desk.hand_over(OTHER)
    work.settle()
    assert not dialogs()


def test_a_step_that_is_being_typed_outlives_a_change_elsewhere(work: Casework) -> None:
    """Mutant: the cards are made anew with each change, and what was typed is gone."""
    case_id = restricted(work)
    page = work.go(("case", case_id))
    (steps,) = page.case._steps.values()
    steps.ask("arrived")
    put(steps.asking.more, "เด็กปลอดภัย")
    work.desk.changed.emit(frozenset({"cases"}))
    work.settle()
    assert steps.asking.isVisible()
    assert steps.asking.more.plain() == "เด็กปลอดภัย"
    steps.asking.press()
    work.settle()
    assert page.case.held is not None
    (line,) = page.case.held.story.alerts
    assert line.steps[-1].note == "เด็กปลอดภัย"


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
    restricted(work)
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


# ── the page ─────────────────────────────────────────────────────────────────────────────────


def test_the_keys_of_what_is_not_seen_sleep(work: Casework) -> None:
    """Mutant: F3 is heard by two tabs, and Qt does neither."""
    page = work.go("due")
    for name in ("due", "calendar", "list", "alerts", "letters", "summary"):
        work.go(name)
        awake = [one for one in page.actions() if one.isEnabled() and not one.shortcut().isEmpty()]
        keys = [one.shortcut().toString() for one in awake]
        assert len(keys) == len(set(keys)), (name, keys)
    work.go(("case", work.cases[0].id))
    awake = [one for one in page.actions() if one.isEnabled() and not one.shortcut().isEmpty()]
    keys = [one.shortcut().toString() for one in awake]
    assert len(keys) == len(set(keys)), keys


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_nothing_is_wider_than_a_small_window(work: Casework, size: tuple[int, int]) -> None:
    """Mutant: two columns of cards in a window that has room for one."""
    restricted(work)
    work.frame.resize(*size)
    for name in ("due", "calendar", "list", "alerts", "letters", "summary"):
        work.go(name)
        assert work.frame.width() == size[0], name
    page = work.go(("case", work.cases[2].id))
    assert work.frame.width() == size[0]
    assert page.case._inside.width() <= page.case._scroll.viewport().width()


def test_the_tables_keep_to_the_rules_of_their_kind(work: Casework, qtbot: QtBot) -> None:
    restricted(work)
    page = work.go("due")
    for name in ("due", "list", "alerts", "letters", "summary"):
        work.go(name)
    models = (
        page.due.model, page.list.model, page.alerts.model, page.letters.model,
        page.summary.model,
    )  # fmt: skip
    kinds = (
        follow_up.FollowUpModel, case_file.CaseModel, alert.AlertModel, referral.ReferralModel,
        summary.SummaryModel,
    )  # fmt: skip
    for model, kind in zip(models, kinds, strict=True):
        assert isinstance(model, kind)
        assert model.rowCount()
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
