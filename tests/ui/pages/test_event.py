# SPDX-License-Identifier: Apache-2.0
"""Events, driven as in an office: made from a pattern, changed field by field, taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import event as doing
from desktop.actions.event_draft import EventDraft
from desktop.actions.roster import Entry, add_entries
from desktop.i18n import use_language
from desktop.model.event import CeremonyRole
from desktop.store import event as events
from desktop.ui.desk import Desk
from desktop.ui.pages.event import AWARDS, CEREMONY, TIMETABLE
from desktop.ui.tables.award import AwardModel
from desktop.ui.tables.event import EventModel
from desktop.ui.widgets.area_chips import AreaChips
from tests.actions.office_ground import BY, FIRST, NOW, Ground, cid
from tests.ui.pages.office import CTRL, Office, open_awards


@pytest.fixture
def office(
    ground: Ground, desk: Desk, qtbot: QtBot, settled: Callable[[], None]
) -> Iterator[Office]:
    use_language("en")
    yield Office(ground, desk, qtbot, settled)
    use_language("th")


# ---- the list and a new event


def test_the_list_opens_the_event_under_the_cursor(office: Office) -> None:
    """Mutant: opening by place in all events, not in those shown, opens another one."""
    doing.create_event(office.ground.store, BY, EventDraft("งานวันเด็ก", date_note="มกราคม"))
    office.page.reload()
    office.wait()
    assert office.page.model.rowCount() == 2
    office.type(office.page.box, "อพม")
    office.wait()
    assert office.page.model.rowCount() == 1
    office.press(Qt.Key.Key_Return, on=office.page.table)
    assert office.page.title() == office.ground.event.name
    office.press(Qt.Key.Key_Escape)
    assert office.page.title() == "Events"


def test_f3_makes_an_event_from_a_pattern_and_takes_it_in_hand(office: Office) -> None:
    """Mutant: without ``take_event`` every other page still shows the old one."""
    office.press(Qt.Key.Key_F3)
    form = office.page.form
    office.type(form.name, "เวทีแลกเปลี่ยน")
    form.tiles["training"].click()
    office.type(form.first.focusProxy(), "๓/๓/๒๕๗๐")  # type: ignore[arg-type]
    office.press(Qt.Key.Key_Tab)
    assert form.last.day() == date(2027, 3, 5)
    office.type(form.programme, "โครงการใหม่")
    office.press(Qt.Key.Key_Return, CTRL, form.programme)
    with office.ground.store.read() as conn:
        made = next(row for row in events.events(conn) if row.event.name == "เวทีแลกเปลี่ยน")
        days = events.days(conn, made.event.id)
        programme = events.programme(conn, made.event.programme_id or "")
    assert [len(day.sessions) for day in days] == [3, 2, 2]
    assert (programme.name, programme.fiscal_year) == ("โครงการใหม่", 2570)
    assert office.desk.event_id == made.event.id
    assert office.page.title() == "เวทีแลกเปลี่ยน"


def test_enter_pressed_twice_makes_one_event(office: Office) -> None:
    """Mutant: two events of the same name, of which one is in hand."""
    office.page.add()
    office.type(office.page.form.name, "งานบุญ")
    office.page.form.first.set_date(FIRST)
    office.page.make_event()
    office.page.make_event()
    office.wait()
    assert office.page.model.rowCount() == 2


def test_an_event_is_taken_in_hand_from_the_list(office: Office) -> None:
    """Mutant: the list that cannot do it sends everybody through the event itself."""
    office.page.table.go_to(0)
    office.press(Qt.Key.Key_Return, CTRL, office.page.table)
    assert office.desk.event_id == office.ground.event.id
    office.open()
    office.press(Qt.Key.Key_F2)
    assert office.page.title() == "Events"
    assert office.page.box.hasFocus()


def test_an_event_without_a_date_needs_a_word_about_when(office: Office) -> None:
    """Mutant: a form that lets it through would fail in the store, far from the field."""
    office.page.add()
    form = office.page.form
    office.type(form.name, "งานบุญ")
    form.unknown.setChecked(True)
    office.press(Qt.Key.Key_Return, CTRL, form.name)
    assert form.isVisible()
    office.type(form.note, "หลังฤดูฝน")
    office.press(Qt.Key.Key_Return, CTRL, form.note)
    assert office.page.title() == "งานบุญ"
    assert office.page.view.held is not None
    assert office.page.view.held.event.date_note == "หลังฤดูฝน"


def test_without_a_name_the_form_says_so_and_makes_nothing(office: Office) -> None:
    """Mutant: an event with an empty name."""
    office.page.add()
    office.press(Qt.Key.Key_Return, CTRL, office.page.form.name)
    assert office.page.form._name_field.error == "Type the name of the event."
    assert len(office.page.model._rows) == 1


# ---- facts


def test_a_field_is_kept_when_left_and_taken_back(office: Office) -> None:
    """Mutant: keeping on each key, or not at all, changes the number of things to undo."""
    office.open()
    facts = office.page.view.facts
    office.type(facts.venue, "ศาลาประชาคม")
    QTest.keyClick(facts.venue, Qt.Key.Key_Return)
    facts.venue.editingFinished.emit()
    office.wait()
    assert office.event.venue == "ศาลาประชาคม"
    assert office.said.count("The event was changed") == 1
    office.undo()
    assert office.event.venue == ""
    assert facts.venue.text() == ""


def test_two_fields_left_one_after_the_other_are_both_kept(office: Office) -> None:
    """Mutant: sending the whole event as first read takes the first change back."""
    office.open()
    facts = office.page.view.facts
    facts.venue.setText("ศาลา")
    facts.batch.setText("รุ่นที่ ๒")
    facts.venue.editingFinished.emit()
    facts.batch.editingFinished.emit()
    office.wait()
    assert (office.event.venue, office.event.batch) == ("ศาลา", "รุ่นที่ ๒")


def test_what_cannot_be_is_said_under_its_field(office: Office) -> None:
    """Mutant: without the sentence the wrong number stays and nobody knows."""
    office.open()
    facts = office.page.view.facts
    facts.target.setText("๙๙๙๙๙")
    facts.target.editingFinished.emit()
    assert "5,000" in facts._fields["target"].error
    facts.name.setText("")
    facts.name.editingFinished.emit()
    office.wait()
    assert facts._fields["name"].error
    assert office.event.name == office.ground.event.name
    facts.name.setText("ชื่อใหม่")
    facts.name.editingFinished.emit()
    office.wait()
    assert facts._fields["name"].error == ""
    assert office.event.name == "ชื่อใหม่"


def test_moving_the_first_day_moves_the_whole_event(office: Office) -> None:
    """Mutant: changing one end only would cut or stretch the event."""
    office.open()
    first = office.page.view.facts.first
    first._chosen(date(2026, 11, 27))
    office.wait()
    assert (office.event.date_from, office.event.date_to) == (
        date(2026, 11, 27), date(2026, 11, 28),
    )  # fmt: skip


def test_areas_and_rule_are_kept_and_the_sum_follows(office: Office) -> None:
    """Mutant: a sum that is not reckoned anew shows what was true before."""
    office.open()
    facts, timetable = office.page.view.facts, office.page.view.timetable
    chip = next(one for one in facts.areas._buttons if "Tak" in one.text())
    chip.click()
    office.wait()
    assert office.event.areas == ("50",)
    office.page.view.tabs.setCurrentIndex(TIMETABLE)
    assert "540 minutes" in timetable.sum.text()
    assert "80 % to pass is 432 minutes" in timetable.sum.text()
    facts.percent.setText("๕๐")
    facts.percent.editingFinished.emit()
    office.wait()
    assert office.event.rule.percent == 50
    assert "270 minutes" in timetable.sum.text()


def test_long_names_of_areas_go_below_each_other(qtbot: QtBot, office: Office) -> None:
    """Mutant: a fixed number of columns pushes the page out of the window."""
    from desktop.store.area import area

    chips = AreaChips(lambda _text: ())
    qtbot.addWidget(chips)
    found = area("630204")
    assert found is not None
    chips.show_areas([found, *(a for a in (area("630205"), area("630206")) if a is not None)])
    chips.resize(300, 300)
    chips.show()
    QApplication.processEvents()
    assert chips.minimumSizeHint().width() < 300
    assert len({button.x() for button in chips._buttons}) == 1


# ---- clashes, in hand, closed


def test_people_expected_elsewhere_are_named_with_event_and_days(office: Office) -> None:
    """Mutant: a clash that is not shown sends somebody to two places."""
    office.ground.add("ธิดา ใจดี", identifier_kind="cid", identifier=cid(7))
    other = doing.create_event(
        office.ground.store, BY, EventDraft("อบรมอีกงาน", date_from=FIRST)
    ).value
    add_entries(
        office.ground.store, BY, other.id,
        [Entry(first="ธิดา", last="ใจดี", identifier_kind="cid", identifier=cid(7))],
    )  # fmt: skip
    office.open()
    words = office.page.view.clash_sentence
    assert "ธิดา ใจดี" in words
    assert office.ground.event.name in words
    assert "อบรมอีกงาน" in words
    assert "20 November" in words


def test_an_event_is_taken_in_hand_closed_and_reopened(office: Office) -> None:
    """Mutant: the button of the other state left on would do nothing."""
    office.open()
    office.press(Qt.Key.Key_Return, CTRL)
    assert office.desk.event_id == office.ground.event.id
    office.page._close.trigger()
    office.wait()
    assert office.event.closed
    assert office.page._reopen in office.page.secondary
    office.undo()
    assert not office.event.closed


def test_payments_are_those_of_the_event_in_hand(office: Office) -> None:
    """Mutant: the payments of another event than the one that is looked at."""
    office.open()
    assert office.page._pay not in office.page.secondary
    office.press(Qt.Key.Key_Return, CTRL)
    assert office.page._pay in office.page.secondary
    gone: list[tuple[str, object]] = []
    office.page.go.connect(lambda noun, what: gone.append((noun, what)))
    office.page._pay.trigger()
    assert gone == [("claims", None)]


# ---- models and the small screen


def test_the_tables_keep_the_rules_of_models(office: Office) -> None:
    """Mutant: a row count under a valid parent makes a tree of it."""
    model, awards = EventModel(), AwardModel()
    for each in (model, awards):
        QAbstractItemModelTester(each, QAbstractItemModelTester.FailureReportingMode.Fatal)
    with office.ground.store.read() as conn:
        model.show_rows(events.events(conn), NOW.date(), "")
    assert model.rowCount(model.index(0, 0)) == 0


@pytest.fixture
def awarding(office: Office) -> Office:
    return open_awards(office)


@pytest.mark.parametrize("tab", [0, TIMETABLE, CEREMONY, AWARDS])
def test_no_part_of_an_event_is_wider_than_a_small_screen(awarding: Office, tab: int) -> None:
    """Mutant: one wide line pushes the buttons out of a window of 1093 × 614."""
    awarding.frame.resize(1093, 614)
    awarding.page.view.tabs.setCurrentIndex(tab)
    awarding.wait()
    assert awarding.frame.width() <= 1093
    assert awarding.frame.height() <= 614
    view = awarding.page.view
    for part in (view.facts, view.timetable, view.ceremony):
        holder = part.parentWidget()
        assert holder is not None
        assert part.minimumSizeHint().width() <= 1093 - 64


def test_everything_that_takes_focus_has_a_name(awarding: Office) -> None:
    """Mutant: a nameless part is read as 'edit' by a screen reader."""
    doing.set_ceremony(
        awarding.ground.store, BY, awarding.ground.event.id,
        [CeremonyRole("", "", "mc", "นายสมชาย", "")],
    )  # fmt: skip
    awarding.page.reload()
    awarding.wait()
    nameless = [
        part
        for part in awarding.page.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not part.accessibleName()
        and not part.objectName().startswith("qt_")
        and part.focusProxy() is None
        and not any(up.objectName() == "popup" for up in (part, part.parentWidget()) if up)
    ]
    assert nameless == []
