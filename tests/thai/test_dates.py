# SPDX-License-Identifier: Apache-2.0
"""Dates in the Buddhist era, held against ICU and Babel, and times of day."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from babel.dates import get_day_names, get_month_names
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Problem
from desktop.thai.dates import (
    ENGLISH_MONTHS,
    MONTHS,
    SHORT_MONTHS,
    be_date,
    be_range,
    be_year,
    clock,
    english_date,
    english_range,
    fiscal_year,
    parse_date,
    parse_time,
    weekday,
)

GOLDEN = Path(__file__).parent.parent / "golden" / "thai" / "buddhist_dates.tsv"
DAYS = st.dates(date(1900, 1, 1), date(2150, 12, 31))


def test_dates_are_those_of_the_buddhist_calendar_of_icu() -> None:
    """Mutant: 544 for 543; two months exchanged; the weekday one off."""
    for row in GOLDEN.read_text(encoding="utf-8").splitlines():
        iso, long_thai, short, day = row.split("\t")
        d = date.fromisoformat(iso)
        assert be_date(d, digits="thai") == long_thai
        assert be_date(d, "short") == short
        assert "วัน" + weekday(d) == day
        assert parse_date(long_thai) == parse_date(short) == d


def test_the_names_of_months_and_days_are_those_of_babel() -> None:
    """Mutant: a letter changed in a month."""
    assert tuple(get_month_names("wide", locale="th").values()) == MONTHS
    assert tuple(get_month_names("abbreviated", locale="th").values()) == SHORT_MONTHS
    assert tuple(get_month_names("wide", locale="en").values()) == ENGLISH_MONTHS
    days = get_day_names("wide", locale="th")
    assert ["วัน" + weekday(date(2024, 1, 1 + n)) for n in range(7)] == [days[n] for n in range(7)]


def test_the_styles_of_a_date() -> None:
    d = date(2019, 3, 3)
    assert be_date(d) == "3 มีนาคม 2562"
    assert be_date(d, "short") == "3 มี.ค. 2562"
    assert be_date(d, "era", "thai") == "๓ มีนาคม พุทธศักราช ๒๕๖๒"
    assert be_date(d, style="abbr", digits="thai") == "๓ มีนาคม พ.ศ. ๒๕๖๒"
    assert english_date(d) == "3 March 2019"
    with pytest.raises(ValueError, match="style"):
        be_date(d, "medium")


@pytest.mark.parametrize(
    ("first", "last", "thai", "english"),
    [
        ((2021, 3, 8), (2021, 3, 10), "8–10 มีนาคม 2564", "8–10 March 2021"),
        ((2019, 2, 28), (2019, 3, 3), "28 กุมภาพันธ์ – 3 มีนาคม 2562", "28 February – 3 March 2019"),
        ((2019, 2, 27), (2019, 3, 1), "27 กุมภาพันธ์ – 1 มีนาคม 2562", "27 February – 1 March 2019"),
        (
            (2018, 12, 30), (2019, 1, 2),
            "30 ธันวาคม 2561 – 2 มกราคม 2562", "30 December 2018 – 2 January 2019",
        ),
        ((2020, 3, 5), (2021, 3, 5), "5 มีนาคม 2563 – 5 มีนาคม 2564", "5 March 2020 – 5 March 2021"),
        ((2022, 9, 30), (2022, 9, 30), "30 กันยายน 2565", "30 September 2022"),
    ],
)  # fmt: skip
def test_a_range_repeats_nothing_it_need_not(
    first: tuple[int, int, int], last: tuple[int, int, int], thai: str, english: str
) -> None:
    """Mutant: compare months without years (March to March of the next year)."""
    assert be_range(date(*first), date(*last)) == thai
    assert english_range(date(*first), date(*last)) == english


def test_a_range_takes_its_dash_and_digits() -> None:
    first, last = date(2021, 3, 8), date(2021, 3, 10)
    assert be_range(first, last, digits="thai") == "๘–๑๐ มีนาคม ๒๕๖๔"
    assert be_range(first, last, dash="–") == "8–10 มีนาคม 2564"
    assert be_range(first, date(2021, 4, 1), dash=" - ", style="short") == (
        "8 มี.ค. - 1 เม.ย. 2564"
    )
    with pytest.raises(ValueError, match="ends before"):
        be_range(last, first)
    with pytest.raises(ValueError, match="ends before"):
        english_range(last, first)


def test_the_fiscal_year_begins_in_october() -> None:
    """Mutant: > for >= ; CE year."""
    days = [(2019, 2, 27), (2021, 3, 8), (2022, 9, 30), (2022, 10, 1), (2026, 11, 20)]
    assert [fiscal_year(date(*d)) for d in days] == [2562, 2564, 2565, 2566, 2570]


@pytest.mark.parametrize(
    "text",
    [
        "3/3/2562", "03/03/2562", "3-3-2562", "3.3.2562", "3 3 2562", "๓/๓/๒๕๖๒", "3/3/2019",
        "2019-03-03", "2562-03-03", "2562/3/3", "2019-03-03 00:00:00", "3 มีนาคม 2562",
        "3 มี.ค. 2562", "3 มีค 2562", "3มี.ค.2562", "3-มี.ค.-2562", "๓ มีนาคม พ.ศ. ๒๕๖๒",
        "วันอาทิตย์ที่ ๓ มีนาคม พ.ศ. ๒๕๖๒", "วันที่ ๓ เดือนมีนาคม พุทธศักราช ๒๕๖๒",
        "3 March 2019", "3 Mar 2019", "3 มีนาคม ค.ศ. 2019", " 3/3/2562\u200b",
    ],
)  # fmt: skip
def test_a_date_is_read_as_people_type_it(text: str) -> None:
    """Mutant: month before day; 543 taken from every year."""
    assert parse_date(text) == date(2019, 3, 3)


@pytest.mark.parametrize(
    "text",
    ["", "x", "3/3", "3/3/62", "3 มี.ค. 62", "31/2/2562", "29/2/2562", "3/13/2562", "3/3/1262",
     "3/3/9999", "3 มีด 2562", "0/1/2562", "3/3/2562 x"],
)  # fmt: skip
def test_what_is_no_date_gets_a_sentence(text: str) -> None:
    """Mutant: let the ValueError of date() out; read 62 as 1962."""
    with pytest.raises(Problem) as caught:
        parse_date(text)
    assert len(str(caught.value)) > 10


def test_the_29th_of_february_is_a_day_of_leap_years_only() -> None:
    assert parse_date("29/2/2563") == date(2020, 2, 29)


@given(
    DAYS, st.sampled_from(["long", "short", "era", "abbr"]), st.sampled_from(["thai", "arabic"])
)
def test_a_date_that_was_written_is_read_back(d: date, style: str, digits: str) -> None:
    """Mutant: a month missing from the words that are read."""
    assert parse_date(be_date(d, style, digits)) == d
    assert parse_date(english_date(d)) == d
    assert parse_date(f"{d.day}/{d.month}/{be_year(d)}") == d


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_a_problem(text: str) -> None:
    """Mutant: an unforeseen exception from a strange digit."""
    for read in (parse_date, parse_time):
        try:
            read(text)
        except Problem:
            continue


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("9.30", 570), ("09:30", 570), ("๙.๓๐ น.", 570), ("0930", 570), ("9", 540), ("9.30น.", 570),
     ("13.00 น.", 780), ("เวลา 9.30 น.", 570), ("9 นาฬิกา", 540), ("0.00", 0), ("24.00", 1440)],
)  # fmt: skip
def test_a_time_is_read_as_people_type_it(text: str, minutes: int) -> None:
    assert parse_time(text) == minutes


@pytest.mark.parametrize("text", ["", "24.01", "25.00", "9.60", "9.5", "เก้าโมง", "-1", "9.30.00"])
def test_what_is_no_time_gets_a_sentence(text: str) -> None:
    """Mutant: no upper bound for hours or minutes."""
    with pytest.raises(Problem):
        parse_time(text)


@given(st.integers(0, 1440), st.sampled_from(["thai", "arabic"]))
def test_a_time_that_was_written_is_read_back(minutes: int, digits: str) -> None:
    assert parse_time(clock(minutes, digits)) == minutes


def test_a_clock_has_four_digits_and_a_point() -> None:
    assert clock(570) == "09.30"
    assert clock(570, digits="thai") == "๐๙.๓๐"
    with pytest.raises(ValueError, match="1440"):
        clock(1441)


def test_the_thai_room_is_light_to_import() -> None:
    """Mutant: take the months from Babel, or icu4py at the head of breaking.py."""
    probe = (
        "import sys; from desktop.thai import (breaking, dates, identifiers, keyboard, names, "
        "normalise, search_key, sort_key); "
        "print(*{'babel', 'icu4py', 'PySide6', 'sqlalchemy'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
