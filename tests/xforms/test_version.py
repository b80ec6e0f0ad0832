# SPDX-License-Identifier: Apache-2.0
"""Versions as forms of the world write them, in the order they came."""

from __future__ import annotations

import random

from desktop.xforms.version import newness

RISING = (
    "", "draft", "v1.9", "v1.10", "0.9", "1", "1.2", "1.2b", "1.10", "9", "10", "2026112009",
    "2026112101", "2026112101-2",
)  # fmt: skip


def test_numbers_count_and_text_stands_before_them() -> None:
    """Mutants: compared as text; a version of thousands of digits raises."""
    shuffled = list(RISING)
    random.Random(3).shuffle(shuffled)
    assert tuple(sorted(shuffled, key=newness)) == RISING
    assert newness("01") != newness("1")
    assert newness("9" * 20_000) > newness("8" * 20_000)
