# SPDX-License-Identifier: Apache-2.0
"""Rules of cases, follow-ups and letters that need no store."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.model.case_file import (
    ORDER,
    case_number,
    device_code,
    is_ahead,
    main_problem,
    number_stem,
    without_none,
)
from desktop.model.follow_up import next_wait
from desktop.model.referral import Referral, standing


def test_a_number_is_of_province_year_laptop_and_place() -> None:
    device = "01a1f850-d3df-7f0a-931d-dc0e3a923712"
    stem = number_stem("63", 2570, device)
    assert stem == f"63-2570-{device_code(device)}-"
    assert case_number(stem, 7) == f"{stem}0007"
    assert case_number(stem, 12345) == f"{stem}12345"


def test_a_laptop_s_code_can_be_read_over_the_telephone_and_differs() -> None:
    """Fails when a letter that looks like a digit comes into it, or laptops share it."""
    codes = {device_code(f"laptop {number}") for number in range(300)}
    assert len(codes) == 300
    assert all(len(code) == 4 and code[0].isalpha() for code in codes)
    assert not set("".join(codes)) & set("ILOU01")


def test_a_case_is_counted_under_child_protection_first() -> None:
    assert main_problem(("i_low", "v_neglect"), {"v_neglect"}) == "v_neglect"
    assert main_problem(("i_low", "h_unfit"), {"v_neglect"}) == "i_low"
    assert main_problem((), {"v_neglect"}) == ""


def test_no_risk_stands_alone() -> None:
    assert without_none(("none", "drug")) == {"drug"}
    assert without_none(("none",)) == {"none"}
    assert without_none(()) == frozenset()


def test_the_way_of_a_case_has_one_direction() -> None:
    for place, status in enumerate(ORDER):
        assert [is_ahead(other, status) for other in ORDER].count(True) == len(ORDER) - place - 1


@pytest.mark.parametrize(
    ("urgency", "waited", "wait"),
    [(1, 1, 7), (7, 7, 30), (30, 30, 90), (30, 5, 30), (7, 200, 180), (1, 0, 1)],
)
def test_the_next_wait_is_longer_and_never_shorter_than_the_urgency(
    urgency: int, waited: int, wait: int
) -> None:
    assert next_wait(urgency, waited) == wait
    assert next_wait(urgency, waited, "worse") == urgency


def test_a_letter_that_was_answered_is_never_red() -> None:
    sent = date(2026, 11, 2)
    late = sent + timedelta(days=40)
    one = Referral("1", "c", sent, sent_on=sent)
    assert standing(one, late) == "overdue"
    assert standing(Referral("1", "c", sent, sent_on=sent, acknowledged_on=sent), late) == (
        "acknowledged"
    )
    assert standing(Referral("1", "c", sent, sent_on=sent, result_on=late), late) == "answered"
    assert standing(Referral("1", "c", sent), late) == "draft"
