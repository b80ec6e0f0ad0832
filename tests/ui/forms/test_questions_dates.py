# SPDX-License-Identifier: Apache-2.0
"""Dates of the Buddhist era, as much of a date as is known, times, and both together."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.i18n import _
from desktop.ui.forms.questions.day import DayQuestion, MonthQuestion, YearQuestion
from desktop.ui.forms.questions.known_day import KnownDayQuestion
from desktop.ui.forms.questions.line import line_of
from desktop.ui.forms.questions.moment import MomentQuestion, TimeQuestion
from tests.ui.forms.asking import Asked, asked, press, put

__all__ = ["asked"]


@pytest.mark.parametrize("typed", ["3/3/2562", "๓ มี.ค. ๒๕๖๒", "3 March 2019", "2019-03-03"])
def test_a_date_of_either_era_is_kept_gregorian(asked: Asked, typed: str) -> None:
    question = asked.ask('input appearance="th-be"/>', "date").of(DayQuestion)
    put(line_of(question.editor), typed)
    press(line_of(question.editor), Qt.Key.Key_Return)
    assert asked.value() == "2019-03-03"
    assert line_of(question.editor).text() == "อา. 3 มีนาคม 2562"  # type: ignore[attr-defined]


def test_what_is_no_date_is_told_and_not_kept(asked: Asked) -> None:
    question = asked.ask("input", "date").of(DayQuestion)
    put(line_of(question.editor), "31/2/2569")
    question.leave()
    assert asked.value() == ""
    assert "ไม่มีวันนี้" in question.message


def test_a_year_of_the_era_in_the_answer_is_offered_its_correction(asked: Asked) -> None:
    """Fails when 2569-11-20 is shown as the year 3112 or silently becomes 2026."""
    question = asked.ask("input", "date", "2569-11-20").of(DayQuestion)
    assert "2569" in question.trouble()
    assert question._notice is not None
    assert question._notice.text() == question.trouble()
    button = question._era
    assert button is not None
    assert "20 พฤศจิกายน 2569" in button.text()
    button.click()
    assert asked.value() == "2026-11-20"
    assert question.trouble() == ""


def test_the_date_is_taken_away_by_emptying_the_line(asked: Asked) -> None:
    question = asked.ask("input", "date", "2019-03-03").of(DayQuestion)
    line_of(question.editor).clear()  # type: ignore[attr-defined]
    question.leave()
    assert asked.value() == ""
    asked.view.undo()
    assert asked.value() == "2019-03-03"
    assert "2562" in line_of(question.editor).text()  # type: ignore[attr-defined]


def test_a_month_and_a_year_keep_their_first_day(asked: Asked) -> None:
    question = asked.ask('input appearance="month-year"/>', "date").of(MonthQuestion)
    question._month.setFocus()
    question._month.set_value(5)
    put(question._year, "๒๕๖๙")
    question.leave()
    assert asked.value() == "2026-05-01"


def test_half_of_a_month_and_year_is_told(asked: Asked) -> None:
    question = asked.ask('input appearance="month-year"/>', "date").of(MonthQuestion)
    put(question._year, "2569")
    question.leave()
    assert asked.value() == ""
    assert question.message


@pytest.mark.parametrize(("typed", "kept"), [("2525", "1982-01-01"), ("1982", "1982-01-01")])
def test_a_year_alone_keeps_its_first_day(asked: Asked, typed: str, kept: str) -> None:
    question = asked.ask('input appearance="year"/>', "date").of(YearQuestion)
    put(question._year, typed)
    question.leave()
    assert asked.value() == kept
    assert question._year.text() == "2525"


def test_a_year_of_three_digits_is_told(asked: Asked) -> None:
    question = asked.ask('input appearance="year"/>', "date").of(YearQuestion)
    put(question._year, "252")
    question.leave()
    assert asked.value() == ""
    assert "2525" in question.message


@pytest.fixture
def birth(asked: Asked) -> KnownDayQuestion:
    """A birthday with the answer beside it that says how much is known."""
    asked.show(
        '<input ref="/data/a" appearance="th-precision"><label>เกิด</label></input>',
        "<a/><a_precision/>",
        '<bind nodeset="/data/a" type="date"/><bind nodeset="/data/a_precision" type="string"/>',
    )
    return asked.of(KnownDayQuestion)


def test_an_age_is_the_first_of_january_and_said_to_be_an_age(
    asked: Asked, birth: KnownDayQuestion
) -> None:
    """Fails when what is only an age looks like a birthday afterwards."""
    birth._buttons["age"].click()
    put(birth._age, "๖๗")
    birth.leave()
    assert asked.value() == "1959-01-01"
    assert asked.value("a_precision") == "age"
    assert birth._about.text().endswith("2502")


def test_a_year_alone_is_said_to_be_a_year(asked: Asked, birth: KnownDayQuestion) -> None:
    birth._buttons["year"].click()
    put(birth._year, "2502")
    birth.leave()
    assert (asked.value(), asked.value("a_precision")) == ("1959-01-01", "year")
    put(birth._year, "x")
    birth.leave()
    assert birth.message


def test_a_whole_birthday_is_said_to_be_whole(asked: Asked, birth: KnownDayQuestion) -> None:
    put(line_of(birth._day), "3/3/2502")
    birth.leave()
    assert (asked.value(), asked.value("a_precision")) == ("1959-03-03", "full")


def test_how_much_is_known_is_taken_back_with_the_birthday(
    asked: Asked, birth: KnownDayQuestion
) -> None:
    """Fails when an age comes back as a birthday on the first of January."""
    birth._buttons["age"].click()
    put(birth._age, "67")
    birth.leave()
    birth._buttons["full"].click()
    birth.leave()
    assert (asked.value(), asked.value("a_precision")) == ("1959-01-01", "age")
    assert birth._age.isVisible()
    birth._buttons["full"].click()
    put(line_of(birth._day), "3/3/2502")
    birth.leave()
    assert (asked.value(), asked.value("a_precision")) == ("1959-03-03", "full")
    asked.view.undo()
    assert (asked.value(), asked.value("a_precision")) == ("1959-01-01", "age")
    asked.view.undo()
    assert (asked.value(), asked.value("a_precision")) == ("", "")
    asked.view.redo()
    assert (asked.value(), asked.value("a_precision")) == ("1959-01-01", "age")


def test_a_time_is_kept_with_the_offset_of_the_place(asked: Asked) -> None:
    question = asked.ask("input", "time").of(TimeQuestion)
    put(question._clock, "๙.๓๐")
    question.leave()
    assert asked.value() == "09:30:00.000+07:00"
    put(question._clock, "99")
    question.leave()
    assert question.message


def test_a_time_of_another_zone_is_shown_as_the_clock_here_has_it(asked: Asked) -> None:
    question = asked.ask("input", "time", "02:30:00.000Z").of(TimeQuestion)
    assert question._clock.text() == "09.30"


def test_a_day_and_a_time_are_one_answer(asked: Asked) -> None:
    question = asked.ask("input", "dateTime").of(MomentQuestion)
    put(line_of(question._day), "20/11/2569")
    press(line_of(question._day), Qt.Key.Key_Tab)
    assert question.message == ""
    question.leave()
    assert asked.value() == ""
    assert question.message == _("Type the time too, for example 9.30.")
    put(question._clock, "0930")
    question.leave()
    assert asked.value() == "2026-11-20T09:30:00.000+07:00"
    assert question.message == ""


def test_one_press_takes_this_minute(asked: Asked) -> None:
    question = asked.ask("input", "dateTime").of(MomentQuestion)
    question._now.click()
    assert asked.value() == "2026-11-20T09:00:00.000+07:00"


def test_the_moment_of_another_zone_is_shown_as_the_wall_has_it(asked: Asked) -> None:
    question = asked.ask("input", "dateTime", "2026-11-20T20:15:00.000Z").of(MomentQuestion)
    assert "21 พฤศจิกายน 2569" in line_of(question._day).text()  # type: ignore[attr-defined]
    assert question._clock.text() == "03.15"


def test_a_moment_of_the_era_is_offered_its_correction(asked: Asked) -> None:
    """Fails when passing through the question corrects it unseen."""
    question = asked.ask("input", "dateTime", "2569-11-20T09:30:00.000+07:00").of(MomentQuestion)
    question.leave()
    assert asked.value().startswith("2569")
    assert "2569" in question.trouble()
    question._era.click()
    assert asked.value() == "2026-11-20T09:30:00.000+07:00"
    assert question.trouble() == ""
