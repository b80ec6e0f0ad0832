# SPDX-License-Identifier: Apache-2.0
"""How an answer of each type is written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.xforms.value import NORMALISERS, calculated, normaliser
from tests.xforms.making import at, session


@pytest.mark.parametrize(
    ("kind", "given_text", "kept"),
    [
        ("int", "10.9", "10"),
        ("int", "-0.5", "0"),
        ("int", "2147483648", ""),
        ("int", "หก", ""),
        ("int", "๑๒", "12"),
        ("int", "1_000", ""),
        ("decimal", "23", "23.0"),
        ("decimal", "5.25", "5.25"),
        ("decimal", "inf", ""),
        ("decimal", "0.0000001", "0.0000001"),
        ("decimal", "1e-20", "0.0"),
        ("date", "2026-02-29", ""),
        ("date", "๒๐๒๖-๑๑-๒๐", "2026-11-20"),
        ("date", "2026-11-20T08:00:00", "2026-11-20"),
        ("date", "2026-11-20T08:00:00+07:00", ""),
        ("time", "22:02", ""),
        ("time", "22:02:00+07:00", "22:02:00+07:00"),
        ("time", "25:00:00", ""),
        ("dateTime", "2026-11-20T08:00:00.000+07:00", "2026-11-20T08:00:00.000+07:00"),
        ("dateTime", "2026-11-20", ""),
        ("geopoint", "16.88 99.12 0 5", "16.88 99.12 0.0 5.0"),
        ("geopoint", "16.88 99.12", "16.88 99.12"),
        ("geopoint", "91 99", ""),
        ("geopoint", "0 0 0 0", ""),
        ("geotrace", "1 1;2 2;", "1.0 1.0;2.0 2.0"),
        ("geotrace", "1 1;2 2;1 1", ""),
        ("geoshape", "1 1;2 2;3 1;1 1", "1.0 1.0;2.0 2.0;3.0 1.0;1.0 1.0"),
        ("geoshape", "1 1;2 2;3 1", ""),
    ],
)
def test_an_answer_is_written_as_its_type(kind: str, given_text: str, kept: str) -> None:
    """F22, fails when a type is not normalised, or Thai digits are not understood."""
    write = normaliser(kind)
    assert write is not None
    assert write(given_text) == kept


@pytest.mark.parametrize("kind", sorted(NORMALISERS))
@given(text=st.text(max_size=30))
@settings(max_examples=40)
def test_writing_twice_is_writing_once(kind: str, text: str) -> None:
    """Fails when a written answer is not understood again: restoring would lose it."""
    write = normaliser(kind)
    assert write is not None
    assert write(write(text)) == write(text)


@pytest.mark.parametrize(
    ("result", "day"),
    [(20777.0, "2026-11-20"), (20777.9, "2026-11-20"),
     ("2026-11-20T09:30:00.000+07:00", "2026-11-20"),
     (float("nan"), ""), (1e12, "")],
)  # fmt: skip
def test_a_date_may_be_calculated_as_days_or_as_a_moment(result: float | str, day: str) -> None:
    """F23."""
    assert calculated(result, "date") == day
    assert calculated(result, "string") is None


def test_a_calculated_truth_says_true_or_false() -> None:
    """F35. Mutant: JavaRosa's way; the record says "1"."""
    one = session("<a/><b/>", '<bind nodeset="/data/a" calculate="1 = 1"/>')
    two = session("<a/><b/>", '<bind nodeset="/data/a" calculate="1 = 2"/>')
    assert (at(one, "a").value, at(two, "a").value) == ("true", "false")
