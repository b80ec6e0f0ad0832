# SPDX-License-Identifier: Apache-2.0
"""Digits of the two styles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.thai.digits import styled, to_arabic, to_thai


@given(st.text().filter(lambda text: not set(text) & set("๐๑๒๓๔๕๖๗๘๙")))
def test_digits_survive_the_way_there_and_back(text: str) -> None:
    """Mutant: swap two digits in one of the tables."""
    assert to_arabic(to_thai(text)) == text
    assert not set(to_thai(text)) & set("0123456789")


def test_every_digit_has_its_partner() -> None:
    """Mutant: shift both tables by one."""
    assert to_thai("เลขที่ 1234567890") == "เลขที่ ๑๒๓๔๕๖๗๘๙๐"
    assert to_arabic("๑๒๓๔๕๖๗๘๙๐") == "1234567890"


def test_a_style_is_thai_or_arabic() -> None:
    assert styled("1๒", "thai") == "๑๒"
    assert styled("1๒", "arabic") == "12"
    with pytest.raises(ValueError, match="style"):
        styled("1", "roman")
