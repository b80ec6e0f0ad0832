# SPDX-License-Identifier: Apache-2.0
"""Dates as text, as numbers, and what is calculated with them."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.xforms.xpath import dates
from desktop.xforms.xpath.values import Value
from tests.xforms.xpath.ask import BANGKOK, ask, same, surroundings

DAYS = st.dates(date(1, 1, 2), date(9999, 12, 30))
MOMENTS = st.datetimes(datetime.fromisoformat("1950-01-01"), datetime.fromisoformat("2100-01-01"))


@given(DAYS)
def test_decision_x1_a_date_is_a_whole_number_of_days_and_back(day: date) -> None:
    """Mutant: days of UTC, which are 0.29 less in Bangkok (Environment.instants)."""
    number = ask(f"number('{day.isoformat()}')")
    assert number == float((day - date(1970, 1, 1)).days)
    assert ask(f"date({number})") == day.isoformat()


@given(MOMENTS)
def test_decision_x2_a_time_is_a_part_of_its_day_by_the_clock_of_the_place(at: datetime) -> None:
    """Mutant: UTC days for what has a time, so that the morning comes before its own day."""
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    text = at.replace(tzinfo=BANGKOK).isoformat(timespec="milliseconds")
    number = ask(f"number('{text}')")
    assert isinstance(number, float)
    day = (at.date() - date(1970, 1, 1)).days
    assert day <= number < day + 1
    back = dates.from_days(number, surroundings())
    assert back is not None
    assert abs(back.at.replace(tzinfo=None) - at) <= timedelta(milliseconds=1)
    assert ask(f"'{text}' >= '{at.date().isoformat()}'") is True


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("number('2008-09-05')", 14127.0),
        ("number('1969-12-31')", -1.0),
        ("'2018-01-01' + 1", 17533.0),
        ("number('2026-11-20T12:00:00.000+07:00')", 20777.5),
        ("number('2026-11-20T05:00:00Z')", 20777.5),
        ("now() > today()", True),
        ("today() = '2026-11-20'", True),
        ("'2026-11-20T00:30:00.000+07:00' < '2026-11-20'", False),
        ("'2026-11-20T01:00:00.000+07:00' < '2026-11-19'", False),
    ],
)
def test_decisions_x1_and_x2_by_example(expression: str, value: Value) -> None:
    """Mutant: local midnights counted in UTC."""
    assert ask(expression) == value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("number('2018-01-01')", 17531.0 + 17 / 24),
        ("decimal-date-time('1970-01-02T00:00:00Z')", 1.0),
        ("date(0)", "1970-01-01T07:00:00.000+07:00"),
        ("date('2018-01-01')", "2018-01-01"),
        ("'2018-06-25' < '2018-06-25T00:00:00.000+07:00'", False),
    ],
)
def test_decision_x1_recordings_of_web_forms_count_instants(expression: str, value: Value) -> None:
    assert ask(expression, instants=True) == value


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("date(0)", "1970-01-01"),
        ("date(20777)", "2026-11-20"),
        ("date(today() + 1)", "2026-11-21"),
        ("date('2026-11-20')", "2026-11-20"),
        ("date('2026-1-9')", "2026-01-09"),
        ("date('20777')", "2026-11-20"),
        ("date-time('2026-11-20')", "2026-11-20"),
        ("date('')", ""),
    ],
)
def test_decision_x3_a_whole_number_of_days_is_written_as_a_date(
    expression: str, text: str
) -> None:
    """Mutant: midnight in UTC with a time (ODK Web Forms)."""
    assert ask(expression) == text


@pytest.mark.parametrize(
    "expression",
    [
        "date('nonsense')",
        "date-time('nonsense')",
        "date(true())",
        "date('2026-02-30')",
        "date('0000-01-01')",
        "date(1 div 0)",
        "date(99999999999)",
        "date(number('x'))",
        "date('2026-11-20T25:00:00')",
        "date('2026-11-20T10:00:00+15:00')",
        "date('2026-11-20T10:00:00+07:60')",
        "date('2026-11-20 10:00')",
        "format-date('nonsense', '%Y')",
        "format-date('', '%Y')",
        "format-date('Thu Nov 19 2026 21:46:45 GMT-0700', '%e')",
    ],
)
def test_decision_x4_what_is_no_date_is_blank(expression: str) -> None:
    """Mutant: "Invalid Date" as a person's answer; JavaScript's own dates."""
    assert ask(expression) == ""


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("date('2026-11-20T10:00:00.000+07:00')", "2026-11-20T10:00:00.000+07:00"),
        ("date('2026-11-20T03:00:00Z')", "2026-11-20T10:00:00.000+07:00"),
        ("date(1.5)", "1970-01-02T12:00:00.000+07:00"),
        ("date-time('2026-11-20T10:15')", "2026-11-20T10:15:00.000+07:00"),
        ("date('2026-11-20T00:00:00.000+07:00')", "2026-11-20"),
        ("now()", "2026-11-20T09:30:15.250+07:00"),
        ("today()", "2026-11-20"),
    ],
)
def test_decision_x17_a_time_that_is_not_midnight_stays(expression: str, text: str) -> None:
    """Mutant: ``date`` cutting the time off; times written in UTC."""
    assert ask(expression) == text


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("decimal-date-time('1970-01-02T00:00:00Z')", 1.0),
        ("decimal-date-time('2026-11-20')", 20776 + 17 / 24),
        ("decimal-date-time('2026-11-20T12:00:00.000+07:00')", 20777 + 5 / 24),
        ("decimal-date-time('x')", math.nan),
        ("decimal-date-time(true())", math.nan),
        ("decimal-date-time(1.5)", 1.5),
        ("date-time(20777)", "2026-11-20T07:00:00.000+07:00"),
        ("date-time('20777')", "2026-11-20T07:00:00.000+07:00"),
        ("date-time(decimal-date-time('2003-10-20T08:00'))", "2003-10-20T08:00:00.000+07:00"),
        ("date-time(99999999999)", ""),
    ],
)
def test_decision_x36_decimal_date_times_are_days_of_utc(expression: str, value: Value) -> None:
    """Mutant: the clock of the place, which neither engine counts by here."""
    assert same(ask(expression), value)


@pytest.mark.parametrize(
    ("time", "part"),
    [
        ("12:00", 0.5),
        ("18:00:00.000+07:00", 0.75),
        ("06:00:00Z", 13 / 24),
        ("20:00:00Z", 3 / 24),
        ("24:00:00", math.nan),
        ("06:00:60", math.nan),
        ("06:00:00+07:60", math.nan),
        ("6:00", math.nan),
        ("", math.nan),
        ("12", math.nan),
        ("a", math.nan),
    ],
)
def test_a_time_is_a_part_of_the_day_by_the_clock_of_the_place(time: str, part: float) -> None:
    assert same(ask(f"decimal-time('{time}')"), part)


def test_a_moment_is_formatted_with_every_mark() -> None:
    moment = "'2026-01-05T07:08:09.010+07:00'"
    assert ask(f"format-date({moment}, '%Y %y %m %n %b %d %e %a')") == "2026 26 01 1 Jan 05 5 Mon"
    assert ask(f"format-date-time({moment}, '%H:%M:%S.%3 %h')") == "07:08:09.010 7"
    assert ask("format-date('2026-11-22', '%a')") == "Sun"
    assert ask("format-date(20777, '%d/%m/%Y')") == "20/11/2026"


def test_decision_x29_both_formats_know_the_same_marks_and_leave_others() -> None:
    """Mutant: marks of times left standing in ``format-date`` (ODK Web Forms)."""
    assert ask("format-date('2026-11-20', '%H:%M %q %%')") == "00:00 %q %"


def test_decision_x34_months_are_english_in_what_is_stored() -> None:
    """Mutant: the language of the window in a stored answer, which then changes with it."""
    assert ask("format-date('2026-11-20', '%b %a')") == "Nov Fri"


def test_a_clock_without_zone_is_that_of_the_place() -> None:
    environment = surroundings()
    environment.clock = lambda: datetime.fromisoformat("2026-01-01T05:00")
    assert dates.now(environment).isoformat() == "2026-01-01T05:00:00+07:00"


@given(st.text(max_size=30))
def test_no_text_is_more_than_a_moment_or_none(text: str) -> None:
    found = dates.lenient_moment(text, surroundings())
    assert found is None or isinstance(dates.days(found, surroundings()), float)


@given(st.floats())
def test_no_number_is_more_than_a_moment_or_none(number: float) -> None:
    for instants in (False, True):
        found = dates.from_days(number, surroundings(instants=instants))
        assert found is None or dates.text(found)
