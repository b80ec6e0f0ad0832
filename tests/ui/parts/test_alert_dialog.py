# SPDX-License-Identifier: Apache-2.0
"""The red alert: on every page, 1300 first, raised by keyboard, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions.event import create_event
from desktop.i18n import use_language
from desktop.model.alert import AlertLine
from desktop.store import alert as alerts
from desktop.ui.parts.alert_button import AlertButton
from desktop.ui.parts.alert_dialog import AlertDialog
from desktop.ui.widgets.figure import Figure
from desktop.ui.widgets.tick import Tick
from tests.actions.casework_ground import BY, OTHER, TAMBON
from tests.actions.office_ground import DRAFT
from tests.ui.pages.casework import Casework, put

ENTER = Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot) -> Iterator[Casework]:
    use_language("th")
    made = Casework(tmp_path / "profile", qtbot)
    yield made
    made.close()


def opened(work: Casework) -> AlertDialog:
    """The alert, opened by its key."""
    # The offscreen platform gives the window back to nobody when a dialog closes.
    work.frame.activateWindow()
    work.settle()
    QTest.keyClick(work.frame, Qt.Key.Key_F1)
    work.settle()
    dialog = work.frame.alerting.dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.activateWindow()
    work.settle()
    return dialog


def key(which: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, which, held)


def tab_to(widget: QWidget) -> None:
    """Tab until the focus is there; a person does not need more than a few."""
    for _step in range(6):
        focus = QApplication.focusWidget()
        if focus is widget or (focus is not None and widget.isAncestorOf(focus)):
            return
        key(Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is widget or widget.isAncestorOf(focus), focus


def kept(work: Casework, reader: str = BY) -> tuple[AlertLine, ...]:
    with work.ground.store.read() as conn:
        return alerts.alerts(conn, reader)


def fill(dialog: AlertDialog, work: Casework) -> None:
    """The least that must be said."""
    form = dialog.form
    form.source.set_value("apm")
    form._source_chosen()
    form.urgencies.buttons()[0].click()
    put(form.tambon, "แม่ละเมา")
    form.tambon.take_first()
    put(form.problems.line, "ปล่อยปละ")
    QTest.keyClick(form.problems.line, ENTER)
    work.settle()


def test_the_red_button_is_on_every_page_and_shows_its_key(work: Casework) -> None:
    """Mutants: no button where the check-in desk covers the window; a page hides the top bar."""
    for noun in ("today", "events", "checkin", "roster", "household", "cases", "settings"):
        work.frame.show_page(noun)
        work.settle()
        seen = [one for one in work.frame.findChildren(AlertButton) if one.isVisible()]
        assert seen, noun
        assert seen[0]._key_text == "F1"
        assert seen[0].visibleRegion().boundingRect().width() >= seen[0].sizeHint().width() - 1


@pytest.mark.parametrize("noun", ["today", "checkin", "cases"])
def test_its_key_opens_it_with_1300_first_and_largest(work: Casework, noun: str) -> None:
    """Mutants: the key is a page's; 191 is drawn before or larger than 1300."""
    work.frame.show_page(noun)
    work.settle()
    dialog = opened(work)
    numbers = dialog.call.findChildren(Figure)
    assert [one._value for one in numbers] == ["1300", "191", "1669"]
    assert numbers[0].height() > max(one.height() for one in numbers[1:])
    assert numbers[0].x() < numbers[1].x() < numbers[2].x()


def test_a_junior_volunteers_alert_is_raised_by_the_keyboard_alone(work: Casework) -> None:
    """Mutants: a field that Tab does not reach; Enter raises too early; the mentor is not known.

    Some sixty keys and a few words: well within a minute.
    """
    dialog = opened(work)
    form = dialog.form
    key(Qt.Key.Key_F8)
    work.qtbot.waitUntil(lambda: dialog.call.called_at == work.ground.clock.now)
    assert QApplication.focusWidget() is form.source
    key(Qt.Key.Key_Down)  # the first source is the junior volunteer
    assert form.source.value() == "noi"
    tab_to(form.mentor)
    put(form.mentor, "สมศรี")
    work.settle()
    form.mentor.take_first()
    assert form.mentor.person_id() == work.ground.mentor_id
    tab_to(form.urgencies.buttons()[0])
    key(Qt.Key.Key_Space)
    assert form.urgency() == "critical"
    tab_to(form.tambon)
    put(form.tambon, "ด่านแม่ละเมา")
    key(ENTER)
    tab_to(form.place)
    put(form.place, "ท้ายหมู่บ้าน")
    form.problems.line.setFocus(Qt.FocusReason.TabFocusReason)
    put(form.problems.line, "ปล่อยปละ")
    key(ENTER)
    assert kept(work) == ()
    key(ENTER, CTRL)
    work.qtbot.waitUntil(lambda: bool(kept(work)))
    work.settle()
    (line,) = kept(work)
    said = line.alert
    assert (said.source, said.urgency, said.problems) == ("noi", "critical", ("v_neglect",))
    assert (said.area, said.place, said.mentor_id) == (
        TAMBON, "ท้ายหมู่บ้าน", work.ground.mentor_id,
    )  # fmt: skip
    assert {step.kind for step in line.steps} == {"called_1300", "told_mentor"}
    assert not line.wants_1300
    assert said.restricted
    assert line.case_no in dialog._headline.text()


def test_each_thing_that_is_missing_is_said_where_it_is(work: Casework) -> None:
    """Mutant: the draft goes to the store unchecked and one sentence stands at the end."""
    dialog = opened(work)
    form = dialog.form
    dialog.press()
    assert form._source.error
    form.source.set_value("noi")
    form._source_chosen()
    dialog.press()
    assert form._mentor.error
    assert not form._source.error
    put(form.mentor, "ป้าแดง")
    dialog.press()
    assert form._urgency.error
    form.urgencies.buttons()[1].click()
    dialog.press()
    assert form._tambon.error
    put(form.place, "ริมห้วย")
    dialog.press()
    assert form._problems.error
    assert kept(work) == ()


def test_what_was_typed_is_there_when_it_is_opened_again(work: Casework) -> None:
    """Mutants: closing throws the form away; the time of the call is not kept."""
    dialog = opened(work)
    fill(dialog, work)
    put(dialog.form.detail, "เด็กอยู่ลำพัง")
    dialog.call.press()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    button = next(one for one in work.frame.findChildren(AlertButton) if one.isVisible())
    assert button._begun

    again = opened(work)
    assert again is not dialog
    assert again.form.problems.codes() == ("v_neglect",)
    assert again.form.detail.plain() == "เด็กอยู่ลำพัง"
    assert again.form.tambon.code() == TAMBON
    assert again.call.called_at == work.ground.clock.now


def test_what_was_typed_outlives_the_program(work: Casework) -> None:
    """Mutant: it is kept in memory alone, and a battery that dies takes it."""
    dialog = opened(work)
    fill(dialog, work)
    work.qtbot.waitUntil(lambda: not dialog._later.isActive())
    work.settle()
    # As after a start: nothing in memory.
    work.frame.alerting.dialog = None
    dialog.hideEvent = lambda event: None  # type: ignore[method-assign]
    dialog.hide()
    again = opened(work)
    work.settle()
    assert again.form.problems.codes() == ("v_neglect",)


def test_a_form_that_was_emptied_by_mistake_comes_back(work: Casework) -> None:
    """Mutants: emptying cannot be taken back; the time of the call is lost with it."""
    dialog = opened(work)
    fill(dialog, work)
    dialog.call.press()
    dialog.empty.click()
    assert dialog.form.is_blank()
    assert dialog.call.called_at is None
    dialog.empty.click()
    assert dialog.form.problems.codes() == ("v_neglect",)
    assert dialog.call.called_at == work.ground.clock.now


def test_an_alert_that_was_raised_leaves_nothing_to_be_raised_twice(work: Casework) -> None:
    """Mutant: the kept words stay, and the next alert begins with those of another child."""
    dialog = opened(work)
    fill(dialog, work)
    dialog.press()
    work.settle()
    assert len(kept(work)) == 1
    assert not any(one._begun for one in work.frame.findChildren(AlertButton))
    dialog.reject()
    work.settle()
    again = opened(work)
    assert again.form.is_blank()
    assert not again.held()


def test_another_facilitator_does_not_see_what_was_typed(work: Casework) -> None:
    """Mutant: the words are kept for the laptop, not for who typed them."""
    dialog = opened(work)
    fill(dialog, work)
    work.desk.hand_over(OTHER)
    work.settle()
    assert work.frame.alerting.dialog is None
    assert opened(work).form.is_blank()
    work.desk.hand_over(BY)
    work.settle()
    assert opened(work).form.problems.codes() == ("v_neglect",)


def test_the_moment_is_now_until_somebody_says_another(work: Casework) -> None:
    """Mutant: a form opened in the morning raises an alert of the morning."""
    dialog = opened(work)
    fill(dialog, work)
    dialog.reject()
    work.ground.clock.forward(minutes=90)
    again = opened(work)
    assert again.form.clock.minutes() == 13 * 60 + 30
    again.form.clock.setText("12.15")
    again.press()
    work.settle()
    (line,) = kept(work)
    assert line.alert.seen_at == work.ground.clock.now - timedelta(minutes=75)


def test_its_handling_is_noted_with_the_time_of_each_step(work: Casework) -> None:
    """Mutants: every step carries the moment it was typed; a closed alert takes more steps."""
    dialog = opened(work)
    fill(dialog, work)
    dialog.press()
    work.settle()
    work.ground.clock.forward(minutes=40)
    dialog.steps.ask("told_agency")
    dialog.steps.asking.agency.set_value("bpd")
    dialog.steps.asking.clock.setText("12.20")
    dialog.steps.asking.press()
    work.settle()
    dialog.steps.ask("closed")
    dialog.steps.asking.press()
    work.settle()
    (line,) = kept(work)
    told, closed = (step for step in line.steps if step.kind != "called_1300")
    assert (told.kind, told.whom) == ("told_agency", "bpd")
    assert told.at == line.alert.seen_at + timedelta(minutes=20)
    assert closed.at == work.ground.clock.now
    assert not line.is_open
    assert dialog.steps._row.isHidden()


def test_the_case_it_opened_is_one_click_away_from_any_page(work: Casework) -> None:
    """Mutant: the page of cases is shown without the case."""
    work.frame.show_page("checkin")
    work.settle()
    dialog = opened(work)
    fill(dialog, work)
    dialog.press()
    work.settle()
    dialog.case_button.click()
    work.settle()
    (line,) = kept(work)
    assert work.frame.page is work.page
    assert work.page.case.held is not None
    assert work.page.case.held.story.case.id == line.alert.case_id


def test_a_question_that_stands_open_does_not_block_it(work: Casework) -> None:
    """Mutant: the key belongs to the window, which a question has made deaf."""
    page = work.go(("case", work.cases[0].id))
    page.case._close.trigger()
    asked = work.asked()
    asked.activateWindow()
    work.settle()
    QTest.keyClick(asked, Qt.Key.Key_F1)
    work.settle()
    dialog = work.frame.alerting.dialog
    assert dialog is not None
    assert dialog.isVisible()
    fill(dialog, work)
    dialog.press()
    work.settle()
    assert len(kept(work)) == 1
    dialog.reject()
    assert asked.isVisible()
    asked.reject()


def test_an_alert_belongs_to_the_event_that_is_on_and_to_no_other(work: Casework) -> None:
    """Mutant: whatever event was in hand last counts an alert of next year as its own."""
    event = create_event(work.ground.store, BY, DRAFT).value
    work.desk.take_event(event.id)
    dialog = opened(work)
    fill(dialog, work)
    assert dialog.form.at_event.isVisible()
    assert dialog.form.at_event.isChecked()
    dialog.press()
    work.settle()
    dialog.reject()
    work.ground.clock.forward(days=40)
    later = opened(work)
    assert not later.form.at_event.isChecked()
    fill(later, work)
    later.press()
    work.settle()
    assert sorted(line.alert.event_id for line in kept(work)) == ["", event.id]


def test_the_tab_key_goes_past_the_list_of_problems_and_down_into_it(work: Casework) -> None:
    """Mutant: each of the forty ticks is a stop on the way to the agencies."""
    form = opened(work).form
    form.problems.line.setFocus()
    key(Qt.Key.Key_Down)
    first = QApplication.focusWidget()
    assert isinstance(first, Tick)
    assert form.problems.isAncestorOf(first)
    form.problems.line.setFocus()
    key(Qt.Key.Key_Tab)
    at = QApplication.focusWidget()
    assert at is not None
    assert form.agencies.isAncestorOf(at)
