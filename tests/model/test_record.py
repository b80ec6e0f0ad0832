# SPDX-License-Identifier: Apache-2.0
"""Core values of a record as plain types."""

from __future__ import annotations

from datetime import date

from desktop.model.record import Core

CORE = Core(
    {
        "visit.at": "2026-11-20T08:30:00.000+07:00",
        "visit.lat_lon": "16.5 98.5 0 0",
        "case.targets": "elder poor elder",
        "case.amount": "12.5",
        "blank": "",
        "member.name": ("ก", "ข", ""),
        "member.age": ("", "71.0", ""),
        "member.self_care": ("yes", "no", ""),
    }
)


def test_values_come_as_what_they_are_and_as_nothing_when_not_answered() -> None:
    assert CORE.day("visit.at") == date(2026, 11, 20)
    assert CORE.moment("visit.at") is not None
    assert CORE.codes("case.targets") == ("elder", "poor")
    assert (CORE.number("case.amount"), CORE.whole("case.amount")) == (12.5, 12)
    position = CORE.position("visit.lat_lon")
    assert position is not None
    assert (position.latitude, position.longitude, position.altitude) == (16.5, 98.5, None)
    for key in ("blank", "missing"):
        assert CORE.text(key) == ""
        assert CORE.codes(key) == ()
        assert [CORE.number(key), CORE.day(key), CORE.moment(key), CORE.position(key)] == [
            None
        ] * 4
    assert Core({"n": "nan"}).whole("n") is None


def test_a_repeat_is_given_row_by_row_and_an_empty_row_is_none() -> None:
    """Mutant: drop unanswered values before the rows are put together."""
    rows = CORE.rows("member")
    assert [(row.text("member.name"), row.whole("member.age")) for row in rows] == [
        ("ก", None),
        ("ข", 71),
    ]
    assert [row.yes("member.self_care") for row in rows] == [True, False]
    assert Core({"member.name": ("", "")}).rows("member") == ()
    assert Core({"a.b": "x"}).rows("a")[0].text("a.b") == "x"
    assert CORE.has("member")
    assert not Core({"a.b": ("",)}).has("a")
