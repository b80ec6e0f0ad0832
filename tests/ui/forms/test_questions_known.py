# SPDX-License-Identifier: Apache-2.0
"""What the office knows, found by typing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from desktop.actions.case_file import open_case
from desktop.actions.casework import CaseDraft, protecting
from desktop.actions.household import put_household, put_member
from desktop.actions.organisation import put_organisation
from desktop.i18n import _, use_language
from desktop.model.household import Household, Member
from desktop.model.organisation import Organisation
from desktop.model.visit import read_people
from desktop.ui.forms.questions.find import FindQuestion
from desktop.ui.forms.questions.household import HouseholdQuestion
from desktop.ui.forms.questions.known import (
    AreaQuestion,
    CaseQuestion,
    EnrolleeQuestion,
    EventQuestion,
    OrganisationQuestion,
)
from desktop.ui.forms.questions.one import SelectOne
from desktop.ui.forms.questions.people import PeopleQuestion
from desktop.ui.forms.questions.pick import PickLine
from desktop.ui.forms.questions.text import TextQuestion
from tests.actions.office_ground import BY
from tests.ui.forms.asking import Asked, asked, press, put

__all__ = ["asked"]
Settled = Callable[[], None]


def typed(question: FindQuestion, text: str, settled: Settled) -> None:
    put(question.line, text)
    settled()


def test_a_tambon_is_found_by_a_part_of_its_name(asked: Asked) -> None:
    question = asked.ask('input appearance="th-area"/>').of(AreaQuestion)
    put(question.line, "ด่านแม่ละเมา")
    question.leave()
    assert asked.value() == "630609"
    assert question.line.text() == "ตำบลด่านแม่ละเมา อำเภอแม่สอด จังหวัดตาก"
    question.leave()
    assert asked.value() == "630609"


def test_tambon_of_one_name_are_told_apart_by_the_amphoe(asked: Asked) -> None:
    question = asked.ask('input appearance="th-area"/>').of(AreaQuestion)
    put(question.line, "แม่สอด ตาก")
    question.leave()
    assert asked.value() == "630601"


def test_an_unknown_tambon_is_told_and_not_kept(asked: Asked) -> None:
    """Fails when what was typed becomes the code."""
    question = asked.ask('input appearance="th-area"/>').of(AreaQuestion)
    put(question.line, "ฮฮฮฮ")
    question.leave()
    assert asked.value() == ""
    assert question.message == _("Nothing of this name is known. Choose one of the list.")


def test_the_name_of_a_tambon_follows_the_language(asked: Asked) -> None:
    question = asked.ask('input appearance="th-area"/>', value="630609").of(AreaQuestion)
    assert question.line.text().startswith("ตำบล")
    use_language("en")
    question.show_texts()
    assert question.line.text().endswith("Tak")


def test_an_emptied_line_takes_the_tambon_away(asked: Asked) -> None:
    question = asked.ask('input appearance="th-area"/>', value="630609").of(AreaQuestion)
    question.line.clear()
    question.leave()
    assert asked.value() == ""
    asked.view.undo()
    assert asked.value() == "630609"
    assert "ด่านแม่ละเมา" in question.line.text()


def test_an_organisation_is_found_or_new(asked: Asked, settled: Settled) -> None:
    known = Organisation("", "เทศบาลตำบลแม่ปะ", "lgo", "630605")
    put_organisation(asked.ground.store, BY, known)
    question = asked.ask('input appearance="th-org"/>').of(OrganisationQuestion)
    typed(question, "แม่ปะ", settled)
    press(question.line, Qt.Key.Key_Down)
    assert question.line.take_first()
    assert asked.value() == "เทศบาลตำบลแม่ปะ"
    question.line.clear()
    put(question.line, "มูลนิธิใหม่")
    question.leave()
    assert asked.value() == "มูลนิธิใหม่"


def test_an_event_is_found_and_named_with_its_days(asked: Asked, settled: Settled) -> None:
    question = asked.ask('input appearance="th-event"/>').of(EventQuestion)
    typed(question, "อพม", settled)
    question.leave()
    assert asked.value() == asked.ground.event.id
    again = asked.ask('input appearance="th-event"/>', value=asked.value()).of(EventQuestion)
    settled()
    assert again.line.text() == "อบรม อพม.น้อย · 20–21 พ.ย. 2569"


def test_an_event_of_elsewhere_is_said_to_be_elsewhere(asked: Asked, settled: Settled) -> None:
    question = asked.ask('input appearance="th-event"/>', value="gone").of(EventQuestion)
    settled()
    assert question.line.text() == _("An event that is not on this computer")
    question.leave()
    assert asked.value() == "gone"


def test_a_place_on_the_roster_is_found_by_name(asked: Asked, settled: Settled) -> None:
    enrolled = asked.ground.add("สมศรี ใจดี", "บุญมี แซ่ลี")
    question = asked.ask('input appearance="th-enrollee"/>').of(EnrolleeQuestion)
    typed(question, "สมศรี", settled)
    question.leave()
    assert asked.value() == enrolled[0]
    assert question.line.text().startswith("สมศรี ใจดี")


def test_a_case_one_may_not_read_is_not_found(asked: Asked, settled: Settled) -> None:
    """Fails when a restricted case of another facilitator is offered by its number."""
    problem = min(protecting())
    case = open_case(asked.ground.store, BY, CaseDraft(problems=(problem,), area="630609")).value
    assert case.restricted
    question = asked.ask('input appearance="th-case"/>').of(CaseQuestion)
    typed(question, case.case_no, settled)
    question.leave()
    assert asked.value() == case.case_no
    asked.desk.hand_over("another")
    again = asked.ask('input appearance="th-case"/>').of(CaseQuestion)
    typed(again, case.case_no, settled)
    again.leave()
    assert asked.value() == ""
    assert again.message == _("Nothing of this name is known. Choose one of the list.")


@pytest.fixture
def house(asked: Asked) -> str:
    """A household with two people in it; its id."""
    store = asked.ground.store
    made = str(
        put_household(
            store, BY, Household("", "630609", house_no="12/3", moo="4", village="บ้านห้วยปลาหลด")
        ).value
    )
    put_member(store, BY, Member("", made, "นางบุญมี แซ่ลี", relation="head"))
    put_member(store, BY, Member("", made, "เด็กชายดี แซ่ลี", relation="child"))
    return made


@pytest.mark.parametrize("text", ["บุญมี", "12/3", "ห้วยปลาหลด", "ด่านแม่ละเมา"])
def test_a_household_is_found_loosely(
    asked: Asked, house: str, settled: Settled, text: str
) -> None:
    question = asked.ask('input appearance="th-household"/>').of(HouseholdQuestion)
    typed(question, text, settled)
    question.leave()
    assert asked.value() == house
    assert "2 คน" in question.facts.text()


def test_a_household_visited_before_may_still_be_a_new_one(
    asked: Asked, house: str, settled: Settled
) -> None:
    question = asked.ask('input appearance="th-household"/>', value=house).of(HouseholdQuestion)
    settled()
    assert "นางบุญมี แซ่ลี" in question.line.text()
    question.new.click()
    assert asked.value() == ""
    assert question.line.text() == ""
    asked.view.undo()
    assert asked.value() == house


def test_the_households_of_late_are_offered_with_an_arrow(
    asked: Asked, house: str, settled: Settled
) -> None:
    question = asked.ask('input appearance="th-household"/>').of(HouseholdQuestion)
    question.line.setFocus()
    press(question.line, Qt.Key.Key_Down)
    settled()
    assert house in question._words


def test_several_people_are_facilitators_people_and_names(asked: Asked, settled: Settled) -> None:
    asked.ground.add("สมศรี ใจดี")
    question = asked.ask('input appearance="th-people"/>').of(PeopleQuestion)
    for text in ("ธิดา", "สมศรี", "ลุงมี; [บ้านล่าง]"):
        put(question.line, text)
        settled()
        press(question.line, Qt.Key.Key_Return)
    people = read_people(asked.value())
    assert [one.name for one in people] == ["ธิดา ใจดี", "สมศรี ใจดี", "ลุงมี บ้านล่าง"]
    assert [bool(one.person_id) for one in people] == [False, True, False]


def test_nobody_is_named_twice(asked: Asked, settled: Settled) -> None:
    question = asked.ask('input appearance="th-people"/>', value="ลุงมี").of(PeopleQuestion)
    put(question.line, "ลุงมี")
    settled()
    press(question.line, Qt.Key.Key_Return)
    assert asked.value() == "ลุงมี"


def test_an_offer_taken_with_the_arrow_names_somebody_once(asked: Asked, settled: Settled) -> None:
    """Fails when Qt writes the offer into the line after it was taken: on the way out the same
    person is named once more, without her id."""
    asked.ground.add("สมศรี ใจดี")
    question = asked.ask('input appearance="th-people"/>').of(PeopleQuestion)
    question.line.setFocus()
    put(question.line, "สมศรี")
    settled()
    popup = question.line.completer().popup()
    press(popup, Qt.Key.Key_Down)
    press(popup, Qt.Key.Key_Return)
    question.leave()
    (one,) = read_people(asked.value())
    assert one.name == "สมศรี ใจดี"
    assert one.person_id


def test_tab_over_an_open_list_goes_to_the_question_the_answer_brings(asked: Asked) -> None:
    """Fails when an open list takes the Tab past the question: what the choice brings is asked
    too late, and stepped over."""
    items = "".join(f"<item><label>เหตุ {n}</label><value>{n}</value></item>" for n in range(9))
    asked.show(
        f'<select1 ref="/data/a"><label>ก</label>{items}</select1>'
        '<input ref="/data/b"><label>ข</label></input>'
        '<input ref="/data/c"><label>ค</label></input>',
        "<a/><b/><c/>",
        '<bind nodeset="/data/a" type="string"/>'
        '<bind nodeset="/data/b" type="string" relevant="/data/a = \'7\'"/>'
        '<bind nodeset="/data/c" type="string"/>',
    )
    (line,) = asked.of(SelectOne).findChildren(PickLine)
    put(line, "เหตุ 7")
    popup = line.completer().popup()
    assert popup.isVisible()
    press(popup, Qt.Key.Key_Tab)
    assert asked.value() == "7"
    assert asked.view.focusWidget() is asked.of(TextQuestion, "b").editor


def test_a_name_is_taken_away_with_its_chip_or_a_key(asked: Asked) -> None:
    question = asked.ask('input appearance="th-people"/>', value="ก ข; ค ง").of(PeopleQuestion)
    question.chips._chips[0].click()
    assert asked.value() == "ค ง"
    question.line.setFocus()
    press(question.line, Qt.Key.Key_Backspace)
    assert asked.value() == ""
    asked.view.undo()
    assert asked.value() == "ค ง"


def test_a_name_left_in_the_line_is_added(asked: Asked, settled: Settled) -> None:
    """Fails when a name typed without Enter is lost on the way to the next question."""
    question = asked.ask('input appearance="th-people"/>').of(PeopleQuestion)
    put(question.line, "ป้าแก้ว")
    settled()
    question.leave()
    assert asked.value() == "ป้าแก้ว"


def test_the_focus_is_not_called_back_to_a_name_that_was_left(
    asked: Asked, settled: Settled
) -> None:
    """Fails when adding the name on the way out takes the focus from the next question."""
    asked.show(
        '<input ref="/data/a" appearance="th-people"><label>ใคร</label></input>'
        '<input ref="/data/b" appearance="th-org"><label>หน่วยงาน</label></input>',
        "<a/><b/>",
        '<bind nodeset="/data/a" type="string"/><bind nodeset="/data/b" type="string"/>',
    )
    question = asked.of(PeopleQuestion)
    put(question.line, "ป้าแก้ว")
    settled()
    press(question.line, Qt.Key.Key_Tab)
    assert asked.of(OrganisationQuestion, "b").line.hasFocus()
    assert asked.value() == "ป้าแก้ว"
