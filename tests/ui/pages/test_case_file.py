# SPDX-License-Identifier: Apache-2.0
"""The page of cases: the list and who may read, one case, the keys and widths of its tabs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desktop.actions.case_file import allow
from desktop.ui.parts.assistance_form import AssistanceForm
from desktop.ui.parts.case_asking import CaseAsking
from desktop.ui.parts.case_new import CaseNew
from desktop.ui.tables import alert, case_file, follow_up, referral, summary
from desktop.ui.widgets.badge_cell import STATE
from tests.actions.casework_ground import BY, OTHER
from tests.ui.pages.casework import Casework, dialogs, put, words

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
    case_id = work.restricted()
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
    case_id = work.restricted()
    page = work.go(("case", case_id))
    assert page._shown is page.case
    work.desk.hand_over(OTHER)
    work.settle()
    assert page.case.held is None
    assert page._shown is not page.case


def test_somebody_who_was_let_in_reads_it(work: Casework) -> None:
    """Mutant: letting in changes the screen and not the case."""
    case_id = work.restricted()
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
    case_id = work.restricted()
    work.go(("case", case_id))
    work.settle()
    allow(work.ground.store, BY, case_id, OTHER)
    work.desk.changed.emit(frozenset({"cases"}))
    work.settle()
    assert _looks(work, case_id) == 1


def test_a_look_that_is_read_anew_before_it_is_shown_is_one_look(work: Casework) -> None:
    """Mutant: the reload of a page asks as a look too; where the answer of the first was on its
    way already, one look stands in the audit log twice.
    """
    case_id = work.restricted()
    page = work.go("list")
    page.open_case(case_id)
    work.tasks._lanes["reader"].submit(lambda: None).result()  # it was read, and is not shown yet
    allow(work.ground.store, BY, case_id, OTHER)
    page.reload()
    work.settle()
    assert _looks(work, case_id) == 1
    assert page._shown is page.case
    assert "สมพร มั่นคง" in words(page.case.people)


def _looks(work: Casework, case_id: str) -> int:
    """How often looking at a case was noted."""
    return sum(1 for one in work.ground.audited() if one[1] == "view" and one[3] == case_id)


# ── one case ─────────────────────────────────────────────────────────────────────────────────


def test_closing_asks_for_a_reason_and_a_closed_case_opens_again(work: Casework) -> None:
    """Mutants: it closes without one; what belongs to an open case stays on the screen."""
    case = work.named("นอแอ")
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
    case = work.named("ซอแฮ")
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
    page = work.go(("case", work.named("ซอแฮ").id))
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
    case = work.named("ซอแฮ")
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
    page = work.go(("case", work.restricted()))
    page.case._edit.trigger()
    work.asked()
    work.desk.hand_over(OTHER)
    work.settle()
    assert not dialogs()


def test_a_step_that_is_being_typed_outlives_a_change_elsewhere(work: Casework) -> None:
    """Mutant: the cards are made anew with each change, and what was typed is gone."""
    case_id = work.restricted()
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
    work.restricted()
    work.frame.resize(*size)
    for name in ("due", "calendar", "list", "alerts", "letters", "summary"):
        work.go(name)
        assert work.frame.width() == size[0], name
    page = work.go(("case", work.cases[2].id))
    assert work.frame.width() == size[0]
    assert page.case._inside.width() <= page.case._scroll.viewport().width()


def test_the_tables_keep_to_the_rules_of_their_kind(work: Casework, qtbot: QtBot) -> None:
    work.restricted()
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
